"""Candidates on their way (TRK)."""
