"""The explorer: the collection as pages, in English and Arabic, on an address of one's own machine."""
