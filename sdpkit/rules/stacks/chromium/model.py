"""What libwebrtc keeps of a session description, once it is parsed.

The names are libwebrtc's where it has any: a section has one transport, RTP sections have codecs and tracks, and a
track is what one sender's a=ssrc and a=msid lines say together.
"""

from enum import StrEnum
from functools import cached_property

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
    protocol: str
    is_rtp: bool
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


class Group(msgspec.Struct, frozen=True, eq=False):
    """A BUNDLE group. Two groups are never equal, whatever their mids are."""

    mids: tuple[str, ...]


class Session(msgspec.Struct, dict=True):
    """A session description. Once it is parsed and its sections have their mids, it is not changed any more."""

    sections: list[Section] = []
    groups: list[Group] = []
    transport: Transport = msgspec.field(default_factory=Transport)
    extensions: list[Extension] = []

    @cached_property
    def live(self) -> list[Section]:
        """The sections that are not rejected."""
        return [section for section in self.sections if not section.rejected]

    @cached_property
    def by_mid(self) -> dict[str, Section]:
        """The sections by their mids."""
        return {section.mid: section for section in reversed(self.sections)}

    @cached_property
    def group_by_mid(self) -> dict[str, Group]:
        """The BUNDLE group of each mid that is in one."""
        return {mid: group for group in reversed(self.groups) for mid in group.mids}

    def tag_of(self, mid: str) -> str:
        """The first mid of the BUNDLE group: the section that has the transport. A section in no group has its own."""
        group = self.group_by_mid.get(mid)
        return group.mids[0] if group else mid

    def owns_transport(self, section: Section) -> bool:
        """Whether a section has a transport of its own: it is in no BUNDLE group, or the first of its group."""
        return self.tag_of(section.mid) == section.mid

    @cached_property
    def sharing(self) -> frozenset[str]:
        """The mids of the sections that have an SSRC which an earlier one of their BUNDLE group has."""
        owners: dict[tuple[str, int], str] = {}
        return frozenset(
            section.mid
            for section in self.live
            for track in section.tracks
            for ssrc in track.ssrcs
            if owners.setdefault((self.tag_of(section.mid), ssrc), section.mid) != section.mid
        )
