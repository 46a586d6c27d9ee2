"""What libwebrtc keeps of a session description, once it is parsed.

The names are libwebrtc's where it has any: a section has one transport, RTP sections have codecs and tracks, and a
track is what one sender's a=ssrc and a=msid lines say together.
"""

from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What a section is for. Any media or protocol that libwebrtc does not know is unsupported: taken, and rejected."""

    AUDIO = "audio"
    VIDEO = "video"
    DATA = "data"
    UNSUPPORTED = "unsupported"


class Fingerprint(msgspec.Struct, frozen=True):
    """The hash of a certificate, with the algorithm in lower case."""

    algorithm: str
    length: int
    """The number of bytes of the digest."""
    digest: str


class Transport(msgspec.Struct):
    """ICE and DTLS of a section; a later line of the same name wins."""

    ufrag: str = ""
    password: str = ""
    fingerprint: Fingerprint | None = None
    setup: str = ""
    """In lower case; empty when nothing is said."""


class Extension(msgspec.Struct, frozen=True):
    """A header extension."""

    id: int
    uri: str
    encrypted: bool = False


class Codec(msgspec.Struct):
    """What the lines about one payload type say; it has no name as long as there is no a=rtpmap."""

    payload_type: int
    name: str = ""
    clock_rate: int = 90000
    channels: int = 1
    parameters: dict[str, str] = {}

    def is_named(self, *names: str) -> bool:
        """Whether it has one of these names, which are in lower case."""
        return self.name.lower() in names


class SourceGroup(msgspec.Struct, frozen=True):
    """SSRCs that belong together."""

    semantics: str
    ssrcs: tuple[int, ...]


class Track(msgspec.Struct):
    """One sender's streams."""

    id: str
    stream: str
    """The first MediaStream; empty when there is none."""
    ssrcs: list[int] = []
    groups: list[SourceGroup] = []


class Rid(msgspec.Struct, frozen=True):
    """A stream by name; the direction is "send" or "recv"."""

    id: str
    direction: str


class Section(msgspec.Struct):
    """An m-section."""

    kind: Kind
    media: str
    protocol: str
    is_rtp: bool
    is_sctp: bool
    formats: tuple[str, ...]
    payload_types: dict[int, None]
    """In their order."""
    transport: Transport
    has_port: bool
    """Whether the port is another than 0."""
    mid: str = ""
    bundle_only: bool = False
    rejected: bool = False
    has_candidates: bool = False
    rtcp_mux: bool = False
    direction: str = "sendrecv"
    codecs: dict[int, Codec] = {}
    extensions: list[Extension] = []
    rids: list[Rid] = []
    layers: list[tuple[str, str]] | None = None
    """The rids of a=simulcast, with their directions; None when there is no such line."""
    tracks: list[Track] = []
    sctp_port: int = 5000
    uses_sctpmap: bool = True

    # what the lines have said so far about tracks
    stream_ids: list[str] = []
    track_id: str = ""
    has_msid: bool = False
    sources: dict[int, tuple[str, str]] = {}
    """The MediaStream and the track of each SSRC, as a=ssrc lines name them."""
    source_groups: list[SourceGroup] = []

    @property
    def is_media(self) -> bool:
        """Whether it is audio or video."""
        return self.kind in (Kind.AUDIO, Kind.VIDEO)

    @property
    def sends(self) -> bool:
        """Whether the one who wrote it sends."""
        return self.direction in ("sendrecv", "sendonly")

    @property
    def receives(self) -> bool:
        """Whether the one who wrote it receives."""
        return self.direction in ("sendrecv", "recvonly")


class Session(msgspec.Struct):
    """A session description."""

    sections: list[Section] = []
    groups: list[tuple[str, ...]] = []
    """The mids of each BUNDLE group."""
    transport: Transport = msgspec.field(default_factory=Transport)
    extensions: list[Extension] = []
    _groups: dict[str, tuple[str, ...]] = {}

    @property
    def live(self) -> list[Section]:
        """The sections that are not rejected."""
        return [section for section in self.sections if not section.rejected]

    def group_of(self, section: Section) -> tuple[str, ...]:
        """The BUNDLE group of a section; empty when it is in none."""
        return self.group_by_mid.get(section.mid, ())

    def owns_transport(self, section: Section) -> bool:
        """Whether a section has a transport of its own: it is in no BUNDLE group, or the first of its group."""
        group = self.group_of(section)
        return not group or group[0] == section.mid

    @property
    def group_by_mid(self) -> dict[str, tuple[str, ...]]:
        """The BUNDLE group of each mid."""
        if len(self._groups) == 0:
            self._groups = {mid: group for group in reversed(self.groups) for mid in group}
        return self._groups

    @property
    def by_mid(self) -> dict[str, Section]:
        """The sections by their mids."""
        return {section.mid: section for section in reversed(self.sections)}
