"""RTCP, error correction, and RTP over multicast.

Every class here reads one attribute's value with `parse` (SDPError when it does not fit) and writes it with `str`.
"""

from typing import Self

import msgspec

from sdpkit.grammar import Grammar
from sdpkit.sdp.attributes.record import record
from sdpkit.sdp.attributes.registry import (
    Attribute,
    Level,
    Mux,
    flag,
    integer,
    one_of,
    optional_text,
    text,
    words,
    write_flag,
    write_words,
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
