"""Live peers: aiortc's, with sdpkit between them. Importing this imports aiortc, so only what needs a peer does."""

from sdpkit.peer.plan import Plan
from sdpkit.peer.session import loopback

__all__ = ["Plan", "loopback"]
