"""What is said: dates, quantities, places, entities, frames, propositions."""
