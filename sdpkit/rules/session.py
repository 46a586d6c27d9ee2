"""The session part (SES)."""
