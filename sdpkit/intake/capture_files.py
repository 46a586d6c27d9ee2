"""The files of network captures, pcap and pcapng: the packets in them, and when each was captured.

A file that was cut, or is malformed from some place on, has the packets that stand before that.
"""

from collections.abc import Iterator
from struct import Struct
from typing import Literal, NamedTuple

Order = Literal["little", "big"]

# draft-ietf-opsawg-pcap §4: the magic number in either byte order, and the units of time in a second
_PCAP: dict[bytes, tuple[Order, int]] = {
    bytes.fromhex("a1b2c3d4"): ("big", 10**6),
    bytes.fromhex("d4c3b2a1"): ("little", 10**6),
    bytes.fromhex("a1b23c4d"): ("big", 10**9),
    bytes.fromhex("4d3cb2a1"): ("little", 10**9),
}
# draft-ietf-opsawg-pcapng §4.1: a section header's type is the same in either byte order; what follows says which it is
_SECTION = bytes.fromhex("0a0d0d0a")
_ORDERS: dict[bytes, Order] = {bytes.fromhex("1a2b3c4d"): "big", bytes.fromhex("4d3c2b1a"): "little"}
_INTERFACE, _SIMPLE_PACKET, _ENHANCED_PACKET = 1, 3, 6
_TIME_RESOLUTION, _TIME_OFFSET = 9, 14  # options of an interface (§4.2)
_BINARY = 0x80  # the resolution is a power of 2, not of 10


class Packet(NamedTuple):
    """A packet as it was captured; `time` is in ms since 1970, None where the file does not say it."""

    time: float | None
    link_type: int
    data: bytes


def is_capture(data: bytes) -> bool:
    """Whether bytes begin as a pcap or pcapng file does."""
    return is_pcap(data) or (data[:4] == _SECTION and data[8:12] in _ORDERS)


def is_pcap(data: bytes) -> bool:
    """Whether bytes begin as a pcap file does."""
    return data[:4] in _PCAP


def packets(data: bytes) -> Iterator[Packet]:
    """The packets in a capture, in their order in the file."""
    return _pcap_packets(data) if is_pcap(data) else _pcapng_packets(data)


def _pcap_packets(data: bytes) -> Iterator[Packet]:
    """draft-ietf-opsawg-pcap §4 and §5."""
    order, units = _PCAP[data[:4]]
    record = Struct("<IIII" if order == "little" else ">IIII")
    link_type = number(data[20:24], order) & 0xFFFF  # the other bits tell of a check sum
    place = 24
    while place + record.size <= len(data):
        seconds, fraction, size, _ = record.unpack_from(data, place)
        place += record.size
        yield Packet(seconds * 1000 + fraction * 1000 / units, link_type, data[place : place + size])
        place += size


class _Interface(NamedTuple):
    """Where packets were captured: how their time is counted, in units of a second, from which second on."""

    link_type: int
    units: int = 10**6
    offset: int = 0


def _pcapng_packets(data: bytes) -> Iterator[Packet]:
    """draft-ietf-opsawg-pcapng §3.1 and §4; blocks of other types are passed over."""
    order: Order = "little"
    interfaces: list[_Interface] = []
    place = 0
    while place + 12 <= len(data):
        if data[place : place + 4] == _SECTION:
            order = _ORDERS.get(data[place + 8 : place + 12], order)
            interfaces = []
        size = number(data[place + 4 : place + 8], order)
        if size < 12:
            return
        block = number(data[place : place + 4], order)
        body = data[place + 8 : place + size - 4]
        place += size + -size % 4
        if block == _INTERFACE:
            interfaces.append(_interface(body, order))
        elif block == _SIMPLE_PACKET and interfaces:
            yield Packet(None, interfaces[0].link_type, body[4 : 4 + number(body[:4], order)])
        elif block == _ENHANCED_PACKET and number(body[:4], order) < len(interfaces):
            yield _enhanced(body, order, interfaces)


def _interface(body: bytes, order: Order) -> _Interface:
    """§4.2; its options are those of §3.5."""
    found = _Interface(number(body[:2], order))
    place = 8
    while place + 4 <= len(body):
        code, size = number(body[place : place + 2], order), number(body[place + 2 : place + 4], order)
        value = body[place + 4 : place + 4 + size]
        if code == _TIME_RESOLUTION and value:
            found = found._replace(units=2 ** (value[0] & 0x7F) if value[0] & _BINARY else 10 ** value[0])
        elif code == _TIME_OFFSET and len(value) == 8:
            found = found._replace(offset=int.from_bytes(value, order, signed=True))
        place += 4 + size + -size % 4
    return found


def _enhanced(body: bytes, order: Order, interfaces: list[_Interface]) -> Packet:
    """§4.3."""
    interface = interfaces[number(body[:4], order)]
    ticks = number(body[4:8], order) << 32 | number(body[8:12], order)
    time = interface.offset * 1000 + ticks * 1000 / interface.units
    return Packet(time, interface.link_type, body[20 : 20 + number(body[12:16], order)])


def number(data: bytes, order: Order = "big") -> int:
    """A number of any size without a sign; 0 where there are no bytes."""
    return int.from_bytes(data, order)
