"""Which m-sections, tracks and streams belong together.

Every class here reads one attribute's value with `parse` (SDPError when it does not fit) and writes it with `str`.
"""

from typing import Self

import msgspec

from sdpkit.grammar import Grammar
from sdpkit.sdp.attributes.record import through_sdp_transform
from sdpkit.sdp.attributes.registry import Attribute, Level, Mux, flag, token, word, write_flag


class Group(msgspec.Struct, frozen=True, gc=False):
    """a=group (RFC 5888 §5): m-sections by their mids, and what they share: BUNDLE (RFC 9143), LS, FID, DUP …

    >>> Group.parse("BUNDLE 0 1 2")
    Group(semantics='BUNDLE', mids=('0', '1', '2'))
    """

    semantics: str
    mids: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        semantics, mids = _GROUP.read(text)
        return cls(semantics, tuple(mids.split(" ")) if mids else ())

    def __str__(self) -> str:
        return " ".join([self.semantics, *self.mids])


_GROUP = Grammar("{semantics:token}[ {mids:words}]", code="BUN021", reference="RFC 5888 §5")


class Msid(msgspec.Struct, frozen=True, gc=False):
    """a=msid (RFC 8830 §2): the MediaStream that the section's track belongs to (`-`: none), and maybe the track."""

    stream: str
    track: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        stream, _, track = text.partition(" ")
        if stream and track and " " not in track and "\t" not in text:
            return cls(stream, track)  # the same as below, for most streams
        return cls(*_MSID.read(text))

    def __str__(self) -> str:
        return self.stream if self.track is None else f"{self.stream} {self.track}"


_MSID = Grammar("{stream:word}[ {track:word}]", code="RID017", reference="RFC 8830 §2")


class MsidSemantic(msgspec.Struct, frozen=True, gc=False):
    """a=msid-semantic (draft-ietf-mmusic-msid-08): the MediaStreams of a session; libwebrtc writes blanks before it.

    >>> MsidSemantic.parse(" WMS stream"), str(MsidSemantic.parse("WMS *"))
    (MsidSemantic(semantic='WMS', streams=('stream',), gap=' '), 'WMS *')
    """

    semantic: str
    streams: tuple[str, ...] = ()
    gap: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        gap, semantic, streams = _MSID_SEMANTIC.read(text)
        return cls(semantic, tuple(streams.split(" ")) if streams else (), gap or "")

    def __str__(self) -> str:
        return self.gap + " ".join([self.semantic, *self.streams])


_MSID_SEMANTIC = Grammar(
    "[{gap:blanks}]{semantic:token}[ {streams:words}]", code="RID022", reference="draft-ietf-mmusic-msid-08"
)


ATTRIBUTES = (
    Attribute(
        "group",
        Level.SESSION,
        Mux.NORMAL,
        "RFC 5888 §5",
        "Ties media sections together by mid: BUNDLE shares a transport, LS means lip sync.",
        Group.parse,
        repeats=True,
    ),
    Attribute(
        "mid",
        Level.MEDIA,
        Mux.NORMAL,
        "RFC 5888 §4",
        "Gives the media section a name other attributes (group, RTP mid) can refer to.",
        word,
    ),
    Attribute(
        "bundle-only",
        Level.MEDIA,
        Mux.NORMAL,
        "RFC 9143 §6",
        "This section is only usable inside its BUNDLE group; offered with port 0.",
        flag,
        write_flag,
    ),
    Attribute(
        "msid",
        Level.MEDIA,
        Mux.NORMAL,
        "RFC 8830 §2",
        "Tells which MediaStream, and formerly which track, this section sends belongs to.",
        Msid.parse,
        repeats=True,
    ),
    Attribute(
        "msid-semantic",
        Level.SESSION,
        None,
        "draft-ietf-mmusic-msid (dropped before RFC 8830)",
        "Legacy: names the meaning of msid (always WMS) and may list the stream ids.",
        MsidSemantic.parse,
    ),
    Attribute(
        "label",
        Level.MEDIA,
        Mux.NORMAL,
        "RFC 4574 §4",
        "Application-chosen tag for this media, for use by other protocols.",
        token,
    ),
    Attribute(
        "content",
        Level.MEDIA,
        Mux.NORMAL,
        "RFC 4796 §5",
        "Says what the media shows (slides, speaker, sign language...) so it can be laid out.",
        through_sdp_transform("content"),
    ),
)
