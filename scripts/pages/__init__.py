"""The generated pages of the documentation site, each made from the thing that it documents."""
