"""Redaction: descriptions that can be shown to others, which say and do the same and name nobody."""

from sdpkit.redaction.places import CATEGORIES
from sdpkit.redaction.redactor import PrivateValue, Redactor, find_private, redact
from sdpkit.redaction.table import Mapping, Style

__all__ = ["CATEGORIES", "Mapping", "PrivateValue", "Redactor", "Style", "find_private", "redact"]
