"""Validation: SHACL shapes and check queries, and the report on both."""

from musnad.validation.profiles import PROFILES, Profile
from musnad.validation.report import SEVERITIES, Report, Result, Severity
from musnad.validation.validator import conforms, validate, validate_store

__all__ = [
    "PROFILES",
    "SEVERITIES",
    "Profile",
    "Report",
    "Result",
    "Severity",
    "conforms",
    "validate",
    "validate_store",
]
