"""What two peers are to do."""

import msgspec
from aiortc import RTCIceServer

from sdpkit.peer.source import Source


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be run. A plan without video, audio and data is one with a test picture."""

    video: Source | None = None
    audio: Source | None = None
    data: bool = False
    """Whether messages go through a data channel and back."""
    seconds: float = 10.0
    """How long media flows."""
    trickle: bool = False
    """Whether candidates follow the descriptions one by one."""
    codecs: tuple[str, ...] = ()
    """Codecs to prefer, by name, such as H264."""
    servers: tuple[RTCIceServer, ...] = ()
    relay_only: bool = False
    loss: float = 0.0
    """How many of 100 packets are dropped on their way out of each peer."""
    offerer_direction: str = "sendonly"
    answerer_direction: str = "recvonly"
    timeout: float = 10.0
    """How many seconds the peers have to connect, and then the media to come."""

    @property
    def is_a_picture(self) -> bool:
        """Whether nothing is named to send, so that it is a test picture."""
        return self.video is None and self.audio is None and not self.data
