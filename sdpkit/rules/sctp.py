"""Data channels (SCT)."""
