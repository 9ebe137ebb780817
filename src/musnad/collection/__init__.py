"""The collection: the object people work with."""
