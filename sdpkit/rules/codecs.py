"""Codecs and their format parameters (COD)."""
