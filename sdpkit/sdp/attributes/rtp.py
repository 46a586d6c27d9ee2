"""Payload formats, RTP streams, header extensions and RTCP.

Every class here reads one attribute's value with `parse` (SDPError when it does not fit) and writes it with `str`.
"""

import re
from typing import Literal, Self

import msgspec

from sdpkit.finding import fault
from sdpkit.grammar import Grammar
from sdpkit.sdp.attributes.record import record, through_sdp_transform
from sdpkit.sdp.attributes.registry import (
    Attribute,
    Level,
    Mux,
    decimal,
    flag,
    integer,
    one_of,
    optional_text,
    text,
    words,
    write_decimal,
    write_flag,
    write_words,
)

ENCRYPT = "urn:ietf:params:rtp-hdrext:encrypt"  # RFC 6904 §4


class Rtpmap(msgspec.Struct, frozen=True, gc=False):
    """a=rtpmap (RFC 8866 §6.6): the codec of a payload type; for audio `parameters` is the number of channels.

    >>> Rtpmap.parse("111 opus/48000/2")
    Rtpmap(payload_type=111, name='opus', clock_rate=48000, parameters='2')
    """

    payload_type: int
    name: str
    clock_rate: int
    parameters: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        payload_type, name, clock_rate, parameters = _RTPMAP.read(text)
        return cls(int(payload_type), name, int(clock_rate), parameters)

    def __str__(self) -> str:
        text = f"{self.payload_type} {self.name}/{self.clock_rate}"
        return text if self.parameters is None else f"{text}/{self.parameters}"


_RTPMAP = Grammar(
    "{payload type:digits} {encoding name:token}/{clock rate:digits}[/{encoding parameters:token}]",
    code="MED012",
    reference="RFC 8866 §6.6",
)


class Fmtp(msgspec.Struct, frozen=True, gc=False):
    """a=fmtp (RFC 8866 §6.15): the format parameters of one format of the m= line, as the codec's own RFC has them.

    >>> fmtp = Fmtp.parse("111 minptime=10;useinbandfec=1")
    >>> fmtp.format, fmtp.pairs
    ('111', (('minptime', '10'), ('useinbandfec', '1')))
    """

    format: str
    parameters: str

    @classmethod
    def parse(cls, text: str) -> Self:
        format, _, parameters = text.partition(" ")
        if not format or not parameters or parameters.isspace():
            raise _FMTP.error(text.rstrip())
        return cls(format, parameters)

    def __str__(self) -> str:
        return f"{self.format} {self.parameters}"

    @property
    def pairs(self) -> tuple[tuple[str, str | None], ...]:
        """The parameters as names and values, blanks around them taken off; None where there is no equals sign.

        Only the first equals sign of a parameter divides it: base64 values end with more of them.
        """
        parts = (part.strip().partition("=") for part in self.parameters.split(";") if part.strip())
        return tuple((name.rstrip(), value.lstrip() if equals else None) for name, equals, value in parts)


_FMTP = Grammar("{format:word} {format parameters:text}", code="MED026", reference="RFC 8866 §6.15")


class RtcpFeedback(msgspec.Struct, frozen=True, gc=False):
    """a=rtcp-fb (RFC 4585 §4.2): a feedback message that may be sent about one payload type, or about all (`*`).

    >>> RtcpFeedback.parse("96 nack pli"), RtcpFeedback.parse("* ccm tmmbr smaxpr=120").parameter
    (RtcpFeedback(payload_type=96, type='nack', parameter='pli'), 'tmmbr smaxpr=120')
    """

    payload_type: int | Literal["*"]
    type: str
    parameter: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        payload_type, type, parameter = _RTCP_FEEDBACK.read(text)
        return cls("*" if payload_type == "*" else int(payload_type), type, parameter)

    def __str__(self) -> str:
        text = f"{self.payload_type} {self.type}"
        return text if self.parameter is None else f"{text} {self.parameter}"


_RTCP_FEEDBACK = Grammar(
    "{payload type:digits-or-star} {feedback type:token}[ {parameter:words}]", code="MED025", reference="RFC 4585 §4.2"
)


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


class Rtcp(msgspec.Struct, frozen=True, gc=False):
    """a=rtcp (RFC 3605 §2.1): where RTCP goes when it does not go to the next port; the address may be missing."""

    port: int
    network_type: str | None = None
    address_type: str | None = None
    address: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        port, network_type, address_type, address = _RTCP.read(text)
        return cls(int(port), network_type, address_type, address)

    def __str__(self) -> str:
        if self.address is None:
            return str(self.port)
        return f"{self.port} {self.network_type} {self.address_type} {self.address}"


_RTCP = Grammar(
    "{port:digits}[ {network type:token} {address type:token} {address:word}]",
    code="MED036",
    reference="RFC 3605 §2.1",
)


ATTRIBUTES = (
    Attribute(
        "rtpmap",
        Level.MEDIA,
        Mux.IDENTICAL_PER_PT,
        "RFC 8866 §6.6",
        "Names the codec, clock rate and channel count behind one RTP payload type number.",
        Rtpmap.parse,
        repeats=True,
    ),
    Attribute(
        "fmtp",
        Level.MEDIA,
        Mux.IDENTICAL_PER_PT,
        "RFC 8866 §6.15",
        "Carries the codec-specific parameters of one format, such as profile or bitrate.",
        Fmtp.parse,
        repeats=True,
    ),
    Attribute(
        "rtcp-fb",
        Level.MEDIA,
        Mux.IDENTICAL_PER_PT,
        "RFC 4585 §4.2",
        "Offers one kind of RTCP feedback (NACK, PLI, REMB...) for a payload type or all.",
        RtcpFeedback.parse,
        repeats=True,
    ),
    Attribute(
        "ptime",
        Level.MEDIA,
        Mux.IDENTICAL_PER_PT,
        "RFC 8866 §6.4",
        "Preferred length of media in one packet, in milliseconds.",
        decimal,
        write_decimal,
    ),
    Attribute(
        "maxptime",
        Level.MEDIA,
        Mux.IDENTICAL_PER_PT,
        "RFC 8866 §6.5",
        "Longest stretch of media one packet may carry, in milliseconds.",
        decimal,
        write_decimal,
    ),
    Attribute(
        "framerate",
        Level.MEDIA,
        Mux.IDENTICAL_PER_PT,
        "RFC 8866 §6.13",
        "Highest video frame rate, in frames per second.",
        decimal,
        write_decimal,
    ),
    Attribute(
        "maxprate",
        Level.BOTH,
        Mux.SPECIAL,
        "RFC 3890 §6.3",
        "Highest packet rate, in packets per second; goes with b=TIAS.",
        decimal,
        write_decimal,
    ),
    Attribute(
        "imageattr",
        Level.MEDIA,
        Mux.IDENTICAL_PER_PT,
        "RFC 6236 §3.1",
        "Negotiates image sizes and aspect ratios one can send or wants to receive per codec.",
        text,
        repeats=True,
    ),
    Attribute(
        "framesize",
        Level.MEDIA,
        Mux.CAUTION,
        "RFC 6064 (3GPP TS 26.234)",
        "Largest video frame of one payload type, width by height in pixels.",
        record("{payload type:digits} {width:digits}-{height:digits}", reference="RFC 6064 (3GPP TS 26.234)"),
        repeats=True,
    ),
    Attribute(
        "depend",
        Level.MEDIA,
        Mux.IDENTICAL_PER_PT,
        "RFC 5583 §5.2.2",
        "Payload types that need other streams to decode, as with layered coding.",
        record("{format:word} {type:lay|mdc} {dependencies:text}", reference="RFC 5583 §5.2.2"),
        repeats=True,
    ),
    Attribute(
        "packetization",
        Level.MEDIA,
        None,
        "libwebrtc",
        "Chrome-only: sends this video payload type in raw form without codec packetization.",
        record("{payload type:digits} {packetization:token}", reference="libwebrtc"),
        repeats=True,
    ),
    Attribute(
        "x-google-flag",
        Level.MEDIA,
        None,
        "libwebrtc",
        'Chrome-only switch; the sole value "conference" turned on legacy simulcast.',
        through_sdp_transform("x-google-flag"),
        repeats=True,
    ),
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
    Attribute(
        "rtcp",
        Level.MEDIA,
        Mux.TRANSPORT,
        "RFC 3605 §2.1",
        "States the RTCP port, and if need be address, when it is not RTP port plus one.",
        Rtcp.parse,
    ),
    Attribute(
        "rtcp-mux", Level.MEDIA, Mux.IDENTICAL, "RFC 5761 §5.1.1", "RTP and RTCP may share one port.", flag, write_flag
    ),
    Attribute(
        "rtcp-mux-only",
        Level.MEDIA,
        Mux.IDENTICAL,
        "RFC 8858 §3",
        "RTCP must share the RTP port; there is no separate RTCP port to fall back to.",
        flag,
        write_flag,
    ),
    Attribute(
        "rtcp-rsize",
        Level.MEDIA,
        Mux.IDENTICAL,
        "RFC 5506 §5",
        "Reduced-size RTCP, without the full compound packet, may be sent.",
        flag,
        write_flag,
    ),
    Attribute(
        "rtcp-xr",
        Level.BOTH,
        Mux.NORMAL,
        "RFC 3611 §5.1",
        "Lists the extended RTCP report blocks the writer wants to receive.",
        optional_text,
        repeats=True,
    ),
    Attribute(
        "rtcp-rgrp",
        Level.BOTH,
        Mux.IDENTICAL,
        "RFC 8861 §3.6",
        "The endpoint groups its SSRCs so that one of them reports RTCP for all.",
        flag,
        write_flag,
    ),
    Attribute(
        "rtcp-unicast",
        Level.MEDIA,
        Mux.IDENTICAL,
        "RFC 5760 §10",
        "Multicast receivers send RTCP by unicast: plain reflection or summaries (rsi).",
        one_of("reflection", "rsi"),
    ),
    Attribute(
        "multicast-rtcp",
        Level.BOTH,
        Mux.IDENTICAL,
        "RFC 6128 §3",
        "RTCP port of the multicast session, when not RTP port plus one.",
        integer,
    ),
    Attribute(
        "rtcp-idms",
        Level.MEDIA,
        Mux.NORMAL,
        "RFC 7272 §11",
        "Playout is kept in sync between receivers; names the sync group.",
        text,
    ),
    Attribute(
        "remote-net-estimate",
        Level.MEDIA,
        None,
        "libwebrtc",
        "Chrome-only: the receiver may report its network estimate in RTCP.",
        flag,
        write_flag,
    ),
    Attribute(
        "ecn-capable-rtp",
        Level.MEDIA,
        Mux.IDENTICAL,
        "RFC 6679 §6.1",
        "Offers ECN for RTP: how to probe it, read or set mode, and which codepoint.",
        text,
    ),
    Attribute(
        "fec-source-flow",
        Level.MEDIA,
        Mux.SPECIAL,
        "RFC 6364 §4.4",
        "Marks a flow protected by FEC and gives its identifier.",
        text,
    ),
    Attribute(
        "fec-repair-flow",
        Level.MEDIA,
        Mux.SPECIAL,
        "RFC 6364 §4.5",
        "Describes an FEC repair flow: scheme number and its parameters.",
        text,
    ),
    Attribute(
        "repair-window",
        Level.MEDIA,
        Mux.SPECIAL,
        "RFC 6364 §4.6",
        "How long the source packets of one FEC block may be spread in time.",
        record("{length:digits}{unit:ms|us}", reference="RFC 6364 §4.6"),
    ),
    Attribute(
        "duplication-delay",
        Level.BOTH,
        Mux.NORMAL,
        "RFC 7197 §3",
        "Delay in ms after which each duplicate of the stream is sent.",
        words,
        write_words,
    ),
)
