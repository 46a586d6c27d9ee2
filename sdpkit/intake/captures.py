"""Network captures: the messages in their packets, put together again from fragments and TCP streams.

Only what may hold a description is looked at more closely, so that hours of RTP cost little. Packets that are cut or
malformed are passed over.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from ipaddress import ip_address
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from sdpkit.intake.capture_files import Packet, is_pcap, number, packets
from sdpkit.intake.encodings import ZLIB, inflate
from sdpkit.intake.find import Find, Source, inside
from sdpkit.intake.marks import is_promising

if TYPE_CHECKING:
    from sdpkit.intake.search import Search

# Link types (draft-ietf-opsawg-pcaplinktype): where the EtherType is, and where what it names begins.
_TYPED = {1: (12, 14), 113: (14, 16), 276: (0, 20)}  # Ethernet, Linux cooked, Linux cooked v2
_BARE = {0: 4, 108: 4, 12: 0, 101: 0, 228: 0, 229: 0}  # BSD loopback, raw IP: an IP header follows at once
_VLAN = (0x8100, 0x88A8, 0x9100)  # IEEE 802.1Q, 802.1ad, and what came before it
_IP = (0x0800, 0x86DD)

_TCP, _UDP, _FRAGMENT = 6, 17, 44
_IPV6_EXTENSIONS = (0, 43, 60, 135)  # RFC 8200 §4: hop-by-hop, routing, destination options; RFC 6275: mobility
_SYN = 2
_SAP_PORT = 9875
_MOST_INCOMPLETE = 1024  # datagrams of which fragments are awaited

# Where a message begins in a stream: the start line of SIP, RTSP or HTTP.
_START = re.compile(
    rb"^(?=[A-Z][A-Z_]{2,19} [^\s]{1,2000} (?:SIP|RTSP|HTTP)/[0-9]|(?:SIP|RTSP|HTTP)/[0-9.]{1,3} [1-6][0-9]{2} )", re.M
)
_SIP = re.compile(rb"[^\r\n]{0,2100}\bSIP/2\.0")
_SUCCESS = re.compile(rb"SIP/2\.0 2[0-9]{2} ")
_CALL_ID = re.compile(rb"^(?:call-id|i)[ \t]*:[ \t]*(\S{1,255})", re.M | re.I)  # RFC 3261 §20.8
_CSEQ = re.compile(rb"^cseq[ \t]*:[ \t]*([0-9]{1,10})[ \t]{1,10}INVITE\b", re.M | re.I)  # RFC 3261 §20.16


def read_capture(data: bytes, source: Source, search: "Search") -> Iterator[Find]:
    """What is in the messages of a capture, in the order in which they were sent."""
    within = inside(source, "pcap" if is_pcap(data) else "pcapng")
    connections: dict[frozenset[_End], str] = {}
    invitations: set[tuple[str, str | None]] = set()  # those with an offer
    for message in _messages(data):
        sender, receiver = message.ends
        connection = connections.setdefault(frozenset(message.ends), f"{sender} → {receiver}")
        call = _header(_CALL_ID, message.data) or connection
        invitation = (call, _header(_CSEQ, message.data))
        is_answer = invitation in invitations and _SUCCESS.match(message.data)  # RFC 3261 §13.2.1
        known = inside(within, time=message.time, peer_connection=call, type="answer" if is_answer else None)
        for find in search.in_text(_text(message.data), known):
            if find.event == "SIP INVITE":
                invitations.add(invitation)
            yield find


class _End(NamedTuple):
    """Where a message comes from, or goes to."""

    address: bytes
    port: int

    def __str__(self) -> str:
        address = ip_address(self.address)
        return f"{address}:{self.port}" if address.version == 4 else f"[{address}]:{self.port}"


class _Datagram(NamedTuple):
    """What an IP packet carries; fragments have been put together."""

    sender: bytes
    receiver: bytes
    protocol: int
    data: bytes


class _Message(NamedTuple):
    """What one end said to the other: the payload of a datagram, or a message in a stream.

    `packet` is the number of the packet in which it begins.
    """

    packet: int
    time: float | None
    ends: tuple[_End, _End]
    data: bytes


def _messages(data: bytes) -> list[_Message]:
    """All that may hold a description, in the order in which it was sent."""
    fragments = _Fragments()
    streams = _Streams()
    messages = []
    for place, packet in enumerate(packets(data)):
        datagram = _datagram(_network(packet), fragments)
        if datagram is None:
            continue
        if datagram.protocol == _TCP:
            streams.add(place, packet.time, datagram)
        elif datagram.protocol == _UDP and len(datagram.data) > 8:
            message = _udp(place, packet.time, datagram)
            if _may_hold(message.data):
                messages.append(message)
    messages += (message for message in streams.messages() if _may_hold(message.data))
    return sorted(messages, key=attrgetter("packet"))


def _may_hold(data: bytes) -> bool:
    return data[:1].isascii() and is_promising(_text(data))  # RTP begins with 0x80 or more


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _header(pattern: re.Pattern[bytes], data: bytes) -> str | None:
    """The value of a header of a SIP message."""
    found = pattern.search(data.partition(b"\r\n\r\n")[0]) if _SIP.match(data) else None
    return found[1].decode("utf-8", "replace") if found else None


# Packets


def _network(packet: Packet) -> bytes:
    """The IP packet in a packet; nothing where there is none, or none that is known how to be found."""
    data = packet.data
    if packet.link_type in _BARE:
        return data[_BARE[packet.link_type] :]
    if packet.link_type not in _TYPED:
        return b""
    place, start = _TYPED[packet.link_type]
    kind = number(data[place : place + 2])
    while kind in _VLAN:
        kind = number(data[start + 2 : start + 4])
        start += 4
    return data[start:] if kind in _IP else b""


def _datagram(data: bytes, fragments: "_Fragments") -> _Datagram | None:
    """What an IP packet carries; None for none, or for a fragment whose datagram is not complete yet."""
    version = data[0] >> 4 if data else 0
    if version == 4 and len(data) >= 20:
        return _ipv4(data, fragments)
    return _ipv6(data, fragments) if version == 6 and len(data) >= 40 else None


def _ipv4(data: bytes, fragments: "_Fragments") -> _Datagram | None:
    """RFC 791 §3.1."""
    end = number(data[2:4]) or len(data)  # 0 where the network card was to cut it into packets
    carried = _Datagram(data[12:16], data[16:20], data[9], data[(data[0] & 15) * 4 : end])
    place = number(data[6:8])
    if place & 0x3FFF == 0:
        return carried
    return fragments.add(carried, number(data[4:6]), (place & 0x1FFF) * 8, is_last=not place & 0x2000)


def _ipv6(data: bytes, fragments: "_Fragments") -> _Datagram | None:
    """RFC 8200 §3, §4 and §4.5."""
    size = number(data[4:6])
    end = 40 + size if size else len(data)
    sender, receiver = data[8:24], data[24:40]
    kind, place = data[6], 40
    while kind in _IPV6_EXTENSIONS and place + 8 <= end:
        kind, place = number(data[place : place + 1]), place + 8 + number(data[place + 1 : place + 2]) * 8
    if kind != _FRAGMENT:
        return _Datagram(sender, receiver, kind, data[place:end])
    header = data[place : place + 8]
    carried = _Datagram(sender, receiver, number(header[:1]), data[place + 8 : end])
    offset = number(header[2:4])
    return fragments.add(carried, number(header[4:8]), offset & 0xFFF8, is_last=not offset & 1)


class _Fragments:
    """Fragments of datagrams that are not complete yet; of too many the oldest are given up."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[bytes, bytes, int, int], _Parts] = {}

    def add(self, part: _Datagram, identification: int, offset: int, *, is_last: bool) -> _Datagram | None:
        """Takes a fragment; gives the datagram that it is of once it is complete."""
        key = (part.sender, part.receiver, part.protocol, identification)
        parts = self._waiting.setdefault(key, _Parts())
        if offset not in parts.at:
            parts.at[offset] = part.data
            parts.size += len(part.data)
        if is_last:
            parts.end = offset + len(part.data)
        if parts.end is not None and parts.size >= parts.end:
            del self._waiting[key]
            return parts.joined(part)
        if len(self._waiting) > _MOST_INCOMPLETE:
            del self._waiting[next(iter(self._waiting))]
        return None


class _Parts:
    """The fragments of a datagram by their offsets, and where it ends, once that is known."""

    def __init__(self) -> None:
        self.at: dict[int, bytes] = {}
        self.size = 0
        self.end: int | None = None

    def joined(self, part: _Datagram) -> _Datagram | None:
        """The whole of which this is a part; None where parts overlap, which nothing honest does (RFC 5722 §3)."""
        whole = bytearray()
        for offset, data in sorted(self.at.items()):
            if offset != len(whole):
                return None
            whole += data
        return part._replace(data=bytes(whole))


def _udp(packet: int, time: float | None, datagram: _Datagram) -> _Message:
    """RFC 768."""
    data = datagram.data
    ends = (_End(datagram.sender, number(data[:2])), _End(datagram.receiver, number(data[2:4])))
    payload = data[8 : number(data[4:6]) or len(data)]
    return _Message(packet, time, ends, _announced(payload) if ends[1].port == _SAP_PORT else payload)


def _announced(data: bytes) -> bytes:
    """The description in an announcement of SAP (RFC 2974 §3 and §6); other data as it is."""
    if len(data) < 4 or data[0] >> 5 != 1:
        return data
    payload = data[(20 if data[0] & 0x10 else 8) + data[1] * 4 :]
    if data[0] & 1:
        inflated = inflate(payload, ZLIB)
        payload = inflated.data if inflated else b""
    kind, end, rest = payload.partition(b"\0")
    return rest if end and b"/" in kind and not payload.startswith(b"v=0") else payload


# Streams


class _Segment(NamedTuple):
    """A piece of a TCP stream, and the packet it came in; `place` counts from the first that was seen of the stream."""

    place: int
    packet: int
    time: float | None
    data: bytes


class _Streams:
    """TCP streams, each direction on its own."""

    def __init__(self) -> None:
        self._first: dict[tuple[_End, _End], int] = {}
        self._segments: dict[tuple[_End, _End, int], list[_Segment]] = defaultdict(list)

    def add(self, packet: int, time: float | None, datagram: _Datagram) -> None:
        """Takes a segment (RFC 9293 §3.1)."""
        data = datagram.data
        if len(data) < 20:
            return
        ends = (_End(datagram.sender, number(data[:2])), _End(datagram.receiver, number(data[2:4])))
        sequence = number(data[4:8])
        if data[13] & _SYN:
            self._first[ends] = sequence + 1  # the first of a stream; what came before is another one's
            return
        payload = data[(data[12] >> 4) * 4 :]
        if payload:
            first = self._first.setdefault(ends, sequence)
            place = (sequence - first + 2**31) % 2**32 - 2**31
            self._segments[(*ends, first)].append(_Segment(place, packet, time, payload))

    def messages(self) -> Iterator[_Message]:
        """The messages in all streams."""
        for (sender, receiver, _), segments in self._segments.items():
            for piece in _pieces(segments):
                yield from _cut(piece, (sender, receiver))


def _pieces(segments: list[_Segment]) -> Iterator[list[_Segment]]:
    """The segments of a stream in order, none of them twice; where something is missing, a new piece begins."""
    piece: list[_Segment] = []
    end = 0
    for segment in sorted(segments):
        if piece and segment.place > end:
            yield piece
            piece = []
        known = end - segment.place if piece else 0
        if known < len(segment.data):
            piece.append(segment._replace(place=segment.place + known, data=segment.data[known:]))
            end = segment.place + len(segment.data)
    yield piece


def _cut(piece: list[_Segment], ends: tuple[_End, _End]) -> Iterator[_Message]:
    """The messages in a piece of a stream, each with the time of the packet in which it begins."""
    data = b"".join(segment.data for segment in piece)
    starts = sorted({0, *(found.start() for found in _START.finditer(data))})
    following = iter(piece)
    segment = next(following)
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        while segment.place + len(segment.data) <= piece[0].place + start:
            segment = next(following)
        yield _Message(segment.packet, segment.time, ends, data[start:end])
