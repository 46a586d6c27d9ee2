"""What two peers are to do."""

from collections import Counter

import msgspec
from aiortc import RTCIceServer, RTCRtpSender

from sdpkit.peer.source import Source
from sdpkit.sdp.section import DIRECTIONS

SENDING = ("sendonly", "sendrecv")
"""The directions in which media goes out."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be run. A plan without video, audio and data is one with a test picture.

    Raises ValueError for values that make no sense.
    """

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
    """How many seconds each may take: finding a pair, the DTLS handshake, the first media."""

    def __post_init__(self) -> None:
        _check(self.seconds > 0, f"media cannot flow for {self.seconds:g} s")
        _check(self.timeout > 0, f"nothing can be waited for {self.timeout:g} s")
        _check(0 <= self.loss <= 100, f"{self.loss:g} of 100 packets cannot be dropped")
        for direction in (self.offerer_direction, self.answerer_direction):
            _check(direction in DIRECTIONS, f'"{direction}" is none of {", ".join(DIRECTIONS)}')
        there = [name for kind in ("audio", "video") for name in codec_names(kind)]
        for name in self.codecs:
            _check(name.lower() in map(str.lower, there), f'there is no codec "{name}": aiortc has {", ".join(there)}')
        kinds = Counter(str(server.urls)[:4] for server in self.servers)
        _check(all(count == 1 for count in kinds.values()), "aiortc asks one STUN and one TURN server, not several")
        _check("turn" in kinds or not self.relay_only, "without a TURN server there can be no relay")

    @property
    def is_a_picture(self) -> bool:
        """Whether nothing is named to send, so that it is a test picture."""
        return self.video is None and self.audio is None and not self.data


def codec_names(kind: str) -> list[str]:
    """The codecs that aiortc has for a kind, by name."""
    names = (codec.mimeType.partition("/")[2] for codec in RTCRtpSender.getCapabilities(kind).codecs)
    return [name for name in dict.fromkeys(names) if name.lower() != "rtx"]


def _check(is_right: bool, wrong: str) -> None:
    if not is_right:
        raise ValueError(wrong)
