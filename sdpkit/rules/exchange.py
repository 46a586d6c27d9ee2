"""Answers against offers, and renegotiation (OAN)."""
