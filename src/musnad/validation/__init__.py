"""Validation: SHACL shapes and check queries, and the report on both."""
