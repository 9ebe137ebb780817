"""Who said what in the news, on whose word, and who contradicts whom."""
