"""ICE credentials and candidates (ICE)."""
