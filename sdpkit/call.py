"""A live call with a peer elsewhere, as plain data: what this side knows of it."""

import msgspec

from sdpkit.finding import Finding
from sdpkit.outcome import Opened, Pair, Step


class Carried(msgspec.Struct, frozen=True):
    """A description that was carried by hand, and what sdpkit's parser says of it."""

    by: str
    """offerer or answerer."""
    type: str
    text: str
    findings: tuple[Finding, ...]


class Handshake(msgspec.Struct, frozen=True):
    """What DTLS agreed on; `fingerprint_matches`: the other side showed the certificate that its description names."""

    role: str
    version: str
    cipher: str
    fingerprint_matches: bool


class Stream(msgspec.Struct, frozen=True):
    """Media of one kind in one direction, counted on this side."""

    kind: str
    way: str
    """sent or received."""
    codec: str | None
    payload_type: int | None
    frames: int
    fps: float
    """Over the whole time from the first to the last frame."""
    bitrate: float
    """RTP with its headers, in bits a second."""
    packets: int
    packets_lost: int
    jitter_ms: float | None
    """RFC 3550 §6.4.1; None for what is sent."""
    round_trip_ms: float | None
    """By RTCP (RFC 3550 §6.4.1); None for what is received, and before the first report."""
    width: int | None
    height: int | None


class Message(msgspec.Struct, frozen=True):
    """What came or went through a data channel."""

    way: str
    """sent or received."""
    text: str


class Call(msgspec.Struct, frozen=True):
    """A call so far."""

    role: str
    """offerer or answerer: this side."""
    mode: str
    """vanilla or trickle."""
    sources: tuple[Opened, ...]
    steps: tuple[Step, ...]
    carried: tuple[Carried, ...]
    pair: Pair | None
    handshake: Handshake | None
    streams: tuple[Stream, ...]
    messages: tuple[Message, ...]
    notes: tuple[str, ...]
    connected: bool
    over: str | None
    """Why the call is over; None while it goes on."""
    failure: str | None
    """What went wrong, and what to do; None when nothing did."""
    source_failed: bool
    seconds: float
    verdict: str
    """The call in one line."""
