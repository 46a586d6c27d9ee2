"""Data channels over SCTP.

Every class here reads one attribute's value with `parse` (SDPError when it does not fit) and writes it with `str`.
"""

from typing import Self

import msgspec

from sdpkit.grammar import Grammar
from sdpkit.sdp.attributes.registry import Attribute, Level, Mux, integer, text


class Sctpmap(msgspec.Struct, frozen=True, gc=False):
    """a=sctpmap (draft-ietf-mmusic-sctp-sdp-06): the SCTP port of old, with its protocol and number of streams."""

    port: int
    protocol: str
    streams: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        port, protocol, streams = _SCTPMAP.read(text)
        return cls(int(port), protocol, streams and int(streams))

    def __str__(self) -> str:
        text = f"{self.port} {self.protocol}"
        return text if self.streams is None else f"{text} {self.streams}"


_SCTPMAP = Grammar(
    "{port:digits} {protocol:token}[ {streams:digits}]", code="SCT010", reference="draft-ietf-mmusic-sctp-sdp-06"
)


class ChannelMap(msgspec.Struct, frozen=True, gc=False):
    """a=dcmap (RFC 8864 §5.1): a data channel agreed on in SDP, by its stream id and options."""

    stream_id: int
    options: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        stream_id, options = _CHANNEL_MAP.read(text)
        return cls(int(stream_id), options)

    def __str__(self) -> str:
        return str(self.stream_id) if self.options is None else f"{self.stream_id} {self.options}"


_CHANNEL_MAP = Grammar("{stream id:digits}[ {options:text}]", code="SCT011", reference="RFC 8864 §5.1")


class ChannelAttribute(msgspec.Struct, frozen=True, gc=False):
    """a=dcsa (RFC 8864 §5.2): an attribute of the protocol that one data channel carries."""

    stream_id: int
    attribute: str

    @classmethod
    def parse(cls, text: str) -> Self:
        stream_id, attribute = _CHANNEL_ATTRIBUTE.read(text)
        return cls(int(stream_id), attribute)

    def __str__(self) -> str:
        return f"{self.stream_id} {self.attribute}"


_CHANNEL_ATTRIBUTE = Grammar("{stream id:digits} {attribute:text}", code="SCT012", reference="RFC 8864 §5.2")


ATTRIBUTES = (
    Attribute(
        "sctp-port",
        Level.MEDIA,
        Mux.CAUTION,
        "RFC 8841 §5.1",
        "SCTP port used inside the DTLS connection for data channels.",
        integer,
    ),
    Attribute(
        "max-message-size",
        Level.MEDIA,
        Mux.CAUTION,
        "RFC 8841 §6.1",
        "Largest SCTP message in bytes the writer accepts; 0 means any, absent means 64K.",
        integer,
    ),
    Attribute(
        "sctpmap",
        Level.MEDIA,
        None,
        "draft-ietf-mmusic-sctp-sdp (replaced by RFC 8841)",
        "Legacy: maps an SCTP port to the data channel protocol and its stream count.",
        Sctpmap.parse,
        repeats=True,
    ),
    Attribute(
        "sctp-init",
        Level.MEDIA,
        None,
        "draft-hancke-tsvwg-snap",
        "Carries the SCTP INIT chunk in SDP so data channels open without an SCTP handshake.",
        text,
    ),
    Attribute(
        "dcmap",
        Level.MEDIA,
        Mux.SPECIAL,
        "RFC 8864 §5.1",
        "Sets up one data channel in SDP: stream id, label, subprotocol and reliability.",
        ChannelMap.parse,
        repeats=True,
    ),
    Attribute(
        "dcsa",
        Level.MEDIA,
        Mux.SPECIAL,
        "RFC 8864 §5.2",
        "Applies an ordinary SDP attribute to the protocol inside one data channel.",
        ChannelAttribute.parse,
        repeats=True,
    ),
)
