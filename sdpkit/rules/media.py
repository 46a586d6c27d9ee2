"""m= lines, payload types, header extensions (MED)."""
