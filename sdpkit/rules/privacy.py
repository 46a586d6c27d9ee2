"""What a description tells of its writer (PRV)."""
