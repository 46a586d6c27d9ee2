"""What a run with live peers gave, as plain data: for screens, for JSON, and for programs."""

from typing import Self

import msgspec

from sdpkit.finding import Finding


class Opened(msgspec.Struct, frozen=True):
    """A source as it was really opened: what was asked for is often not what a device gives."""

    what: str
    """What kind of source it is: camera, file, microphone, pattern, tone."""
    device: str | None = None
    """The node, index or path that was opened."""
    name: str | None = None
    """The device's own name."""
    width: int | None = None
    height: int | None = None
    format: str | None = None
    """The pixel or sample format, or the codec, of what the source delivers."""
    rate: float | None = None
    """Frames a second of video, samples a second of audio."""


class Step(msgspec.Struct, frozen=True):
    """One step of a run, when it was reached."""

    name: str
    after_ms: float
    """Since the peers were made; sources are opened before."""
    what: str


class Signalled(msgspec.Struct, frozen=True):
    """A description as it was carried to the other peer, read by sdpkit's own parser."""

    by: str
    type: str
    text: str
    candidates: tuple[str, ...]
    """In the description, or sent one by one after it; of the transport that everything is bundled on."""
    findings: tuple[Finding, ...]


class End(msgspec.Struct, frozen=True):
    """One end of a candidate pair."""

    type: str
    protocol: str
    address: str
    port: int

    def __str__(self) -> str:
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"


class Pair(msgspec.Struct, frozen=True):
    """The nominated candidate pair of the offerer."""

    local: End
    remote: End


class Security(msgspec.Struct, frozen=True):
    """What DTLS agreed on; `fingerprints_match` says that each certificate is the one that its description names."""

    offerer_role: str
    answerer_role: str
    version: str
    cipher: str
    fingerprints_match: bool


class PictureCheck(msgspec.Struct, frozen=True):
    """Whether what was received is what was sent.

    `by` says how: the burnt-in counter was read, the received frame was compared with the sent one (`psnr_db`, the
    median), or the tone was heard.
    """

    by: str
    checked: int
    right: int
    psnr_db: float | None = None


class Delay(msgspec.Struct, frozen=True):
    """How long frames took from their source to the receiver's decoded frame, in ms."""

    median_ms: float
    p95_ms: float
    worst_ms: float


class Flow(msgspec.Struct, frozen=True):
    """Media of one kind from one peer to the other. Frames and packets are counted by sdpkit at both ends."""

    kind: str
    sender: str
    receiver: str
    codec: str
    payload_type: int
    ssrc: int | None
    frames_sent: int
    frames_received: int
    seconds: float
    fps: float
    bitrate: float
    """RTP with its headers as it arrived, in bits a second."""
    packets_sent: int
    packets_received: int
    packets_lost: int
    """Which never came, not counting retransmissions (RFC 3550 §A.3)."""
    packets_retransmitted: int
    dropped_on_purpose: int
    jitter_ms: float
    """RFC 3550 §6.4.1."""
    round_trip_ms: float | None
    """From sender to receiver and back, by RTCP (RFC 3550 §6.4.1); None before the first report, after about 1 s."""
    delay: Delay | None
    width: int | None
    height: int | None
    check: PictureCheck | None


class Echo(msgspec.Struct, frozen=True):
    """Messages that went through the data channel and came back."""

    sent: int
    returned: int
    median_ms: float | None
    least_ms: float | None
    most_ms: float | None


class Outcome(msgspec.Struct, frozen=True):
    """What a run gave, or has given so far."""

    mode: str
    """vanilla or trickle."""
    sources: tuple[Opened, ...]
    steps: tuple[Step, ...]
    signalled: tuple[Signalled, ...]
    pair: Pair | None
    security: Security | None
    flows: tuple[Flow, ...]
    echo: Echo | None
    notes: tuple[str, ...]
    connected: bool
    flowed: bool
    """All media and data that were agreed on came through."""
    interrupted: bool
    failure: str | None
    """What went wrong, and at which step; None when nothing did."""
    source_failed: bool
    """It was the source that failed, not the connection."""
    seconds: float
    connect_ms: float | None
    """When media could flow, DTLS being done; None when it never could."""
    verdict: str
    """The run in one line."""


class Comparison(msgspec.Struct, frozen=True):
    """The same run with all candidates in the descriptions, and with candidates that follow one by one."""

    vanilla: Outcome
    trickle: Outcome
    saved_ms: float | None
    """How much sooner trickle connected; below 0 it was later; None when one of them did not connect."""

    @classmethod
    def of(cls, vanilla: Outcome, trickle: Outcome) -> Self:
        """The comparison of two runs."""
        times = vanilla.connect_ms, trickle.connect_ms
        return cls(vanilla, trickle, None if times[0] is None or times[1] is None else times[0] - times[1])
