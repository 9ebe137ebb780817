"""The graph: names from content, the record as quads and back, queries, stores."""
