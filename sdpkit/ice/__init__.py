"""ICE: candidates, their addresses and priorities."""
