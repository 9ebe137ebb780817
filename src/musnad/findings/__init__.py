"""Findings: what comparing the claims of one question shows."""
