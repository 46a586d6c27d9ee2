"""mids and groups (BUN)."""
