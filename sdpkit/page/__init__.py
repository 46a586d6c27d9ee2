"""The page for hand signaling in a browser, and the server that it asks about descriptions."""
