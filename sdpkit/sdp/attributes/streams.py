"""RTP streams and their header extensions.

Every class here reads one attribute's value with `parse` (SDPError when it does not fit) and writes it with `str`.
"""

import re
from typing import Self

import msgspec

from sdpkit.finding import fault
from sdpkit.grammar import NUMBERS, Grammar
from sdpkit.sdp.attributes.registry import (
    Attribute,
    Level,
    Mux,
    flag,
    write_flag,
)

ENCRYPT = "urn:ietf:params:rtp-hdrext:encrypt"  # RFC 6904 §4


class Extmap(msgspec.Struct, frozen=True, gc=False):
    """a=extmap (RFC 8285 §5): the number that stands for a header extension; `attributes` are the extension's own.

    >>> Extmap.parse("2/recvonly urn:ietf:params:rtp-hdrext:csrc-audio-level").direction
    'recvonly'
    >>> Extmap.parse("9 urn:ietf:params:rtp-hdrext:encrypt urn:ietf:params:rtp-hdrext:sdes:mid").encrypts
    'urn:ietf:params:rtp-hdrext:sdes:mid'
    """

    id: int
    uri: str
    direction: str | None = None
    attributes: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        id, _, uri = text.partition(" ")
        if id in NUMBERS and uri and " " not in uri and "\t" not in uri:
            return cls(NUMBERS[id], uri)  # the same as below, for most extensions
        id, direction, uri, attributes = _EXTMAP.read(text)
        return cls(int(id), uri, direction, attributes)

    def __str__(self) -> str:
        direction = "" if self.direction is None else f"/{self.direction}"
        attributes = "" if self.attributes is None else f" {self.attributes}"
        return f"{self.id}{direction} {self.uri}{attributes}"

    @property
    def encrypts(self) -> str | None:
        """The URI of the extension that is sent encrypted (RFC 6904); None when this is a plain one."""
        return self.attributes.split(" ")[0] if self.uri == ENCRYPT and self.attributes else None


_EXTMAP = Grammar(
    "{id:digits}[/{direction:sendrecv|sendonly|recvonly|inactive}] {URI:word}[ {extension attributes:text}]",
    code="MED023",
    reference="RFC 8285 §8",
)


class Ssrc(msgspec.Struct, frozen=True, gc=False):
    """a=ssrc (RFC 5576 §4.1): something said of one RTP stream: cname, msid, fmtp …"""

    id: int
    attribute: str
    value: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        id, attribute, value = _SSRC.read(text)
        return cls(int(id), attribute, value)

    def __str__(self) -> str:
        text = f"{self.id} {self.attribute}"
        return text if self.value is None else f"{text}:{self.value}"


_SSRC = Grammar("{ssrc:digits} {attribute:token}[:{value:any}]", code="RID013", reference="RFC 5576 §4.1")


class SsrcGroup(msgspec.Struct, frozen=True, gc=False):
    """a=ssrc-group (RFC 5576 §4.2): RTP streams that belong together: FID (with its rtx), SIM, FEC-FR …"""

    semantics: str
    ssrcs: tuple[int, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        semantics, ssrcs = _SSRC_GROUP.read(text)
        return cls(semantics, tuple(map(int, ssrcs.split(" "))) if ssrcs else ())

    def __str__(self) -> str:
        return " ".join([self.semantics, *map(str, self.ssrcs)])


_SSRC_GROUP = Grammar("{semantics:token}[ {ssrcs:numbers}]", code="RID021", reference="RFC 5576 §4.2")


class Rid(msgspec.Struct, frozen=True, gc=False):
    """a=rid (RFC 8851 §10): one RTP stream by name, with what it is restricted to.

    >>> rid = Rid.parse("hi send pt=96,97;max-width=1280;max-fps=30")
    >>> rid.payload_types, rid.restrictions[1:]
    ((96, 97), (('max-width', '1280'), ('max-fps', '30')))
    """

    id: str
    direction: str
    restrictions: tuple[tuple[str, str | None], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        id, direction, restrictions = _RID.read(text)
        if restrictions is None:
            return cls(id, direction)
        pairs = (part.strip().partition("=") for part in restrictions.split(";"))
        return cls(id, direction, tuple((name, value if equals else None) for name, equals, value in pairs))

    def __str__(self) -> str:
        pairs = (name if value is None else f"{name}={value}" for name, value in self.restrictions)
        return f"{self.id} {self.direction} {';'.join(pairs)}".rstrip(" ")

    @property
    def payload_types(self) -> tuple[int, ...]:
        """The payload types that the stream may use; empty when it may use all of its m-section."""
        listed = next((value or "" for name, value in self.restrictions if name == "pt"), "")
        return tuple(int(number) for number in listed.split(",") if _PAYLOAD_TYPE(number))


_PAYLOAD_TYPE = re.compile("[0-9]{1,3}").fullmatch


_RID = Grammar("{rid:token} {direction:send|recv}[ {restrictions:text}]", code="RID020", reference="RFC 8851 §10")


class SimulcastStream(msgspec.Struct, frozen=True, gc=False):
    """One way to send a simulcast stream: a rid, and whether it is paused at first (`~`)."""

    rid: str
    paused: bool = False

    def __str__(self) -> str:
        return "~" * self.paused + self.rid


class Simulcast(msgspec.Struct, frozen=True, gc=False):
    """a=simulcast (RFC 8853 §5.1): for each direction the streams, and for each stream its alternatives.

    >>> simulcast = Simulcast.parse("send hi,hi2;~lo recv 1;2")
    >>> [[str(alternative) for alternative in stream] for stream in simulcast.send]
    [['hi', 'hi2'], ['~lo']]
    >>> str(simulcast)
    'send hi,hi2;~lo recv 1;2'
    """

    send: tuple[tuple[SimulcastStream, ...], ...] = ()
    recv: tuple[tuple[SimulcastStream, ...], ...] = ()
    recv_first: bool = False

    @classmethod
    def parse(cls, text: str) -> "Simulcast | SimulcastDraft":
        if "=" in text:
            return SimulcastDraft.parse(text)
        first, streams, second, others = _SIMULCAST.read(text)
        if first == second:
            start = text.rindex(second)
            message = f"{second} stands here twice"
            raise fault("RID005", message, "RFC 8853 §5.1", start=start, end=start + len(second))
        by_direction = {first: _read_streams(streams), second: _read_streams(others or "")}
        return cls(by_direction.get("send", ()), by_direction.get("recv", ()), first == "recv")

    def __str__(self) -> str:
        parts = [("send", self.send), ("recv", self.recv)]
        written = [f"{direction} {_write_streams(streams)}" for direction, streams in parts if streams]
        return " ".join(reversed(written) if self.recv_first else written)


_SIMULCAST = Grammar(
    "{direction:send|recv} {streams:word}[ {direction:send|recv} {streams:word}]",
    code="RID005",
    reference="RFC 8853 §5.1",
)


def _read_streams(text: str) -> tuple[tuple[SimulcastStream, ...], ...]:
    return tuple(
        tuple(SimulcastStream(rid.removeprefix("~"), rid.startswith("~")) for rid in alternatives.split(","))
        for alternatives in text.split(";")
        if text
    )


def _write_streams(streams: tuple[tuple[SimulcastStream, ...], ...]) -> str:
    return ";".join(",".join(map(str, alternatives)) for alternatives in streams)


class SimulcastDraft(msgspec.Struct, frozen=True, gc=False):
    """a=simulcast as in draft-ietf-mmusic-sdp-simulcast-03, which browsers wrote until about 2018.

    >>> draft = SimulcastDraft.parse(" send rid=5;6,7 paused=7 recv pt=96")
    >>> draft.parts[0].streams, draft.parts[1].by, str(draft)
    ((('5',), ('6', '7')), 'pt', ' send rid=5;6,7 paused=7 recv pt=96')
    """

    parts: tuple["DraftPart", ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        holes = _SIMULCAST_DRAFT.read(text)
        return cls(tuple(_read_part(*part) for part in (holes[:4], holes[4:]) if part[0]))

    def __str__(self) -> str:
        return "".join(f" {part}" for part in self.parts)


class DraftPart(msgspec.Struct, frozen=True, gc=False):
    """One direction of the draft: its streams with their alternatives, named `by` "pt" (payload types) or "rid"."""

    direction: str
    by: str
    streams: tuple[tuple[str, ...], ...]
    paused: tuple[str, ...] = ()

    def __str__(self) -> str:
        streams = ";".join(",".join(alternatives) for alternatives in self.streams)
        paused = f" paused={','.join(self.paused)}" if self.paused else ""
        return f"{self.direction} {self.by}={streams}{paused}"


def _read_part(direction: str, by: str, streams: str, paused: str | None) -> DraftPart:
    alternatives = tuple(tuple(stream.split(",")) for stream in streams.split(";"))
    return DraftPart(direction, by, alternatives, tuple(paused.split(",")) if paused else ())


_DRAFT_PART = "{direction:send|recv} {by:pt|rid}={streams:word}[ paused={paused:word}]"


_SIMULCAST_DRAFT = Grammar(
    f"[ ]{_DRAFT_PART}[ {_DRAFT_PART}]", code="RID005", reference="draft-ietf-mmusic-sdp-simulcast-03"
)

ATTRIBUTES = (
    Attribute(
        "rid",
        Level.MEDIA,
        Mux.SPECIAL,
        "RFC 8851 §4",
        "Names one RTP stream (a simulcast layer), its direction and its restrictions.",
        Rid.parse,
        repeats=True,
    ),
    Attribute(
        "simulcast",
        Level.MEDIA,
        Mux.NORMAL,
        "RFC 8853 §5.1",
        'Declares which rids are simulcast layers; "," gives alternatives, "~" starts paused.',
        Simulcast.parse,
    ),
    Attribute(
        "ssrc",
        Level.MEDIA,
        Mux.NORMAL,
        "RFC 5576 §4.1",
        "Attaches an attribute such as cname to one RTP source by its SSRC number.",
        Ssrc.parse,
        repeats=True,
    ),
    Attribute(
        "ssrc-group",
        Level.MEDIA,
        Mux.NORMAL,
        "RFC 5576 §4.2",
        "Ties SSRCs together, e.g. a stream with its retransmission (FID) or layers (SIM).",
        SsrcGroup.parse,
        repeats=True,
    ),
    Attribute(
        "extmap",
        Level.BOTH,
        Mux.SPECIAL,
        "RFC 8285 §5",
        "Binds a local number to an RTP header extension URI, optionally with a direction.",
        Extmap.parse,
        repeats=True,
    ),
    Attribute(
        "extmap-allow-mixed",
        Level.BOTH,
        Mux.IDENTICAL,
        "RFC 8285 §6",
        "One-byte and two-byte header extensions may be mixed in one RTP stream.",
        flag,
        write_flag,
    ),
    Attribute(
        "cryptex",
        Level.BOTH,
        Mux.TRANSPORT,
        "RFC 9335 §4",
        "The writer can receive SRTP with encrypted header extensions and CSRCs.",
        flag,
        write_flag,
    ),
)
