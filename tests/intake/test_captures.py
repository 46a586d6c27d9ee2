"""Network captures: files, link layers, fragments and streams, made here packet by packet."""

import gzip
import struct
import zlib
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit import strategies
from sdpkit.intake import Find, find_descriptions, find_in_stream

FIXTURES = Path(__file__).parents[2] / "fixtures"
OFFER = (FIXTURES / "sip" / "desk_phone.offer.sdp").read_bytes().decode()
ANSWER = (FIXTURES / "sip" / "desk_phone.answer.sdp").read_bytes().decode()
SECONDS = 1_700_000_000
TIME = SECONDS * 1000 + 250
V4, V6 = ("192.0.2.21", "192.0.2.22"), ("2001:db8::21", "2001:db8::22")

Wrap = Callable[[bytes], bytes]


def invite(text: str, call: str = "Call-ID: 7f3a@192.0.2.21") -> bytes:
    body = text.encode("utf-8", "surrogateescape")
    head = f"INVITE sip:bob@192.0.2.22 SIP/2.0\r\n{call}\r\nCSeq: 1 INVITE\r\nContent-Type: application/sdp\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def udp(payload: bytes, source: int = 5060, target: int = 5060) -> bytes:
    return struct.pack(">HHHH", source, target, 8 + len(payload), 0) + payload


def tcp(payload: bytes, sequence: int, flags: int = 0x18, source: int = 5060) -> bytes:
    return struct.pack(">HHIIBBHHH", source, 5060, sequence % 2**32, 0, 5 << 4, flags, 1000, 0, 0) + payload


def ipv4(data: bytes, protocol: int = 17, place: int = 0, ends: tuple[str, str] = V4) -> bytes:
    addresses = b"".join(ip_address(end).packed for end in ends)
    return struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(data), 7, place, 64, protocol, 0) + addresses + data


def ipv6(data: bytes, protocol: int = 17) -> bytes:
    addresses = b"".join(ip_address(end).packed for end in V6)
    return struct.pack(">IHBB", 6 << 28, len(data), protocol, 64) + addresses + data


def ethernet(data: bytes, tags: bytes = b"") -> bytes:
    return b"\x02" * 12 + tags + (b"\x08\x00" if data[0] >> 4 == 4 else b"\x86\xdd") + data + b"\0" * 4


def pcap(packets: Iterable[bytes], link: int = 1, order: str = "<", units: int = 10**6) -> bytes:
    magic = 0xA1B2C3D4 if units == 10**6 else 0xA1B23C4D
    head = struct.pack(f"{order}IHHiIII", magic, 2, 4, 0, 0, 262144, link)
    record = f"{order}IIII"
    return head + b"".join(struct.pack(record, SECONDS, units // 4, len(p), len(p)) + p for p in packets)


def block(kind: int, body: bytes, order: str) -> bytes:
    body += b"\0" * (-len(body) % 4)
    size = struct.pack(f"{order}I", len(body) + 12)
    return struct.pack(f"{order}I", kind) + size + body + size


def pcapng(packets: Iterable[bytes], link: int = 1, order: str = "<", resolution: int = 6) -> bytes:
    units = 2 ** (resolution & 0x7F) if resolution & 0x80 else 10**resolution
    ticks = SECONDS * units + units // 4
    options = struct.pack(f"{order}HHB3xHH", 9, 1, resolution, 0, 0)
    return (
        block(0x0A0D0D0A, struct.pack(f"{order}IHHq", 0x1A2B3C4D, 1, 0, -1), order)
        + block(0xBAD, b"not known", order)
        + block(1, struct.pack(f"{order}HHI", link, 0, 0) + options, order)
        + b"".join(
            block(6, struct.pack(f"{order}IIIII", 0, ticks >> 32, ticks % 2**32, len(p), len(p)) + p, order)
            for p in packets
        )
    )


def simple_pcapng(packets: Iterable[bytes]) -> bytes:
    return pcapng([]) + b"".join(block(3, struct.pack("<I", len(p)) + p, "<") for p in packets)


def only(data: bytes) -> Find:
    (found,) = find_descriptions(data)
    return found


def test_the_call_in_the_fixtures() -> None:
    found = find_descriptions((FIXTURES / "dumps" / "sip_call.pcap").read_bytes())
    assert [(find.text, find.event, find.time) for find in found] == [
        (OFFER, "SIP INVITE", 1_700_000_000_000),
        (ANSWER, "SIP 200", 1_700_000_003_902),
    ]
    assert [find.type for find in found] == ["offer", "answer"]
    assert {find.peer_connection for find in found} == {"3848276298220188511@192.0.2.21"}


PACKET = ethernet(ipv4(udp(invite(OFFER))))
FILES: dict[str, tuple[bytes, str]] = {
    "little-endian": (pcap([PACKET]), "pcap"),
    "big-endian": (pcap([PACKET], order=">"), "pcap"),
    "nanoseconds": (pcap([PACKET], units=10**9), "pcap"),
    "big-endian nanoseconds": (pcap([PACKET], order=">", units=10**9), "pcap"),
    "check sums": (pcap([PACKET], link=1 | 0x4400_0000), "pcap"),
    "pcapng": (pcapng([PACKET]), "pcapng"),
    "big-endian pcapng": (pcapng([PACKET], order=">"), "pcapng"),
    "pcapng in nanoseconds": (pcapng([PACKET], resolution=9), "pcapng"),
    "pcapng in powers of two": (pcapng([PACKET], resolution=0x80 | 20), "pcapng"),
    "two sections": (pcapng([], link=101) + pcapng([PACKET], order=">"), "pcapng"),
}


@pytest.mark.parametrize("name", FILES)
def test_files(name: str) -> None:
    data, read_as = FILES[name]
    found = only(data)
    assert (found.text, found.read_as[0], found.time) == (OFFER, read_as, TIME)
    assert (found.event, found.type, found.peer_connection) == ("SIP INVITE", "offer", "7f3a@192.0.2.21")


def test_simple_packets_have_no_time() -> None:
    found = only(simple_pcapng([PACKET]))
    assert (found.text, found.time) == (OFFER, None)


LINKS: dict[str, tuple[int, Wrap]] = {
    "Ethernet": (1, ethernet),
    "802.1Q": (1, lambda data: ethernet(data, b"\x81\0\0\x07")),
    "802.1ad": (1, lambda data: ethernet(data, b"\x88\xa8\0\x07\x81\0\0\x08")),
    "Linux cooked": (113, lambda data: b"\0" * 14 + (b"\x08\0" if data[0] >> 4 == 4 else b"\x86\xdd") + data),
    "Linux cooked v2": (276, lambda data: (b"\x08\0" if data[0] >> 4 == 4 else b"\x86\xdd") + b"\0" * 18 + data),
    "BSD loopback": (0, lambda data: b"\x02\0\0\0" + data),
    "OpenBSD loopback": (108, lambda data: b"\0\0\0\x02" + data),
    "raw IP": (101, bytes),
    "IPv4": (228, bytes),
    "IPv6": (229, bytes),
}


def fragments_of_6(payload: bytes, size: int = 400) -> list[bytes]:
    return [
        ipv6(struct.pack(">BBHI", 17, 0, at | (at + size < len(payload)), 99) + payload[at : at + size], 44)
        for at in range(0, len(payload), size)
    ]


def fragments_of_4(payload: bytes, size: int = 400) -> list[bytes]:
    return [
        ipv4(payload[at : at + size], place=at // 8 | (0x2000 if at + size < len(payload) else 0))
        for at in range(0, len(payload), size)
    ]


def segments(payload: bytes, size: int = 300, first: int = 2**32 - 500) -> list[bytes]:
    return [tcp(payload[at : at + size], first + at) for at in range(0, len(payload), size)]


SYN = tcp(b"", 2**32 - 501, flags=2)
NETWORKS: dict[str, Callable[[bytes], list[bytes]]] = {
    "UDP in IPv4": lambda message: [ipv4(udp(message))],
    "UDP in IPv6": lambda message: [ipv6(udp(message))],
    "extension headers": lambda message: [ipv6(b"\x3c\0" + b"\0" * 6 + b"\x11\0" + b"\0" * 6 + udp(message), 0)],
    "IPv4 fragments": lambda message: fragments_of_4(udp(message)),
    "IPv4 fragments backwards": lambda message: fragments_of_4(udp(message))[::-1],
    "IPv4 fragments twice": lambda message: [each for each in fragments_of_4(udp(message)) for _ in range(2)],
    "IPv6 fragments": lambda message: fragments_of_6(udp(message)),
    "TCP": lambda message: [ipv4(each, 6) for each in segments(message)],
    "TCP backwards": lambda message: [ipv4(each, 6) for each in (SYN, *segments(message)[::-1])],
    "TCP backwards without its start": lambda message: [ipv4(each, 6) for each in segments(message)[::-1]],
    "TCP twice": lambda message: [ipv4(each, 6) for each in segments(message) * 2],
    "TCP overlapping": lambda message: [ipv4(each, 6) for each in (*segments(message, 200), *segments(message, 300))],
}


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("network", NETWORKS)
def test_links_and_networks(link: str, network: str) -> None:
    number, wrap = LINKS[link]
    packets = [wrap(packet) for packet in NETWORKS[network](invite(OFFER))]
    found = find_descriptions(pcap(packets, link=number))
    assert {find.text for find in found} == {OFFER}


@given(st.data(), strategies.descriptions(), st.sampled_from(sorted(LINKS)), st.sampled_from(sorted(NETWORKS)))
def test_every_description_comes_back(data: st.DataObject, text: str, link: str, network: str) -> None:
    number, wrap = LINKS[link]
    packets = [wrap(packet) for packet in NETWORKS[network](invite(text))]
    write = data.draw(st.sampled_from((pcap, pcapng)))
    assert {find.text for find in find_descriptions(write(packets, link=number))} == {text}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_tcp_in_any_order(order: tuple[int, ...]) -> None:
    parts = segments(invite(OFFER), len(invite(OFFER)) // 3 + 1)
    assert len(parts) == 3
    assert only(pcap([ipv4(each, 6) for each in (SYN, *(parts[at] for at in order))], link=101)).text == OFFER


def test_messages_of_a_stream_are_cut_apart() -> None:
    data = invite(OFFER) + b"\r\n\r\n" + invite(ANSWER, "i: other@192.0.2.21")
    found = find_descriptions(pcap([ipv4(each, 6) for each in segments(data, 500)], link=101))
    assert [(find.text, find.peer_connection) for find in found] == [
        (OFFER, "7f3a@192.0.2.21"),
        (ANSWER, "other@192.0.2.21"),
    ]


def test_behind_a_gap_a_stream_begins_anew() -> None:
    lost = tcp(b"x" * 50, 0)
    parts = [tcp(invite(OFFER), 1000), tcp(invite(ANSWER), 1000 + len(invite(OFFER)) + len(lost))]
    found = find_descriptions(pcap([ipv4(each, 6) for each in parts], link=101))
    assert [find.text for find in found] == [OFFER, ANSWER]


def test_a_port_that_is_used_again() -> None:
    streams = [(invite(OFFER), 1000), (invite(ANSWER), 900)]
    packets = [ipv4(each, 6) for data, at in streams for each in (tcp(b"", at - 1, flags=2), tcp(data, at))]
    assert [find.text for find in find_descriptions(pcap(packets, link=101))] == [OFFER, ANSWER]


def test_what_answers_no_offer_is_not_called_an_answer() -> None:
    reply = invite(OFFER).replace(b"INVITE sip:bob@192.0.2.22 SIP/2.0", b"SIP/2.0 200 OK")
    assert only(pcap([ipv4(udp(reply))], link=101)).type is None


def test_both_ways_are_one_connection() -> None:
    reply = b"RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\n" + ANSWER.encode()
    packets = [ipv4(udp(OFFER.encode(), 1000, 2000)), ipv4(udp(reply, 2000, 1000), ends=V4[::-1])]
    found = find_descriptions(pcap(packets, link=101))
    assert [find.peer_connection for find in found] == ["192.0.2.21:1000 → 192.0.2.22:2000"] * 2
    assert found[1].event == "RTSP 200"


HEAD = bytes((0x20, 1, 0, 7)) + ip_address("192.0.2.21").packed + b"auth"
SAP: dict[str, bytes] = {
    "plain": HEAD + OFFER.encode(),
    "with its type": HEAD + b"application/sdp\0" + OFFER.encode(),
    "compressed": b"\x21" + HEAD[1:] + zlib.compress(b"application/sdp\0" + OFFER.encode()),
    "from IPv6": b"\x30\0\0\7" + ip_address("2001:db8::21").packed + b"application/sdp\0" + OFFER.encode(),
}


@pytest.mark.parametrize("name", SAP)
def test_announcements(name: str) -> None:
    packet = ipv4(udp(SAP[name], 1024, 9875), ends=("192.0.2.21", "224.2.127.254"))
    assert only(pcap([packet], link=101)).text == OFFER


@pytest.mark.parametrize("data", [pcap([PACKET]), pcapng([PACKET])])
def test_gzip_and_files_piece_by_piece(data: bytes) -> None:
    assert only(gzip.compress(data)).text == OFFER
    rtp = ethernet(ipv4(udp(b"\x80" + b"\0" * 1200)))
    long = data + (pcap([rtp])[24:] if data[:4] == pcap([])[:4] else block(0xBAD, rtp, "<")) * 8000
    pieces = [long[at : at + 2**20] for at in range(0, len(long), 2**20)]
    for chunks in (pieces, [gzip.compress(long, 1)]):
        (found,) = find_in_stream(chunks)
        assert found.text == OFFER


@pytest.mark.parametrize("data", [FILES["little-endian"][0], FILES["pcapng"][0]])
def test_files_that_were_cut(data: bytes) -> None:
    for end in range(len(data)):
        assert all(OFFER.startswith(find.text.rstrip("\r\n")) for find in find_descriptions(data[:end]))


MAGICS = [data[:24] for data, _ in FILES.values()]


@given(st.sampled_from(MAGICS), st.binary(max_size=300))
def test_garbage_never_raises(magic: bytes, data: bytes) -> None:
    find_descriptions(magic + data)


@given(st.sampled_from([0, 1, 101, 113, 276]), st.lists(st.binary(max_size=80)), st.sampled_from([4, 6]))
def test_malformed_packets_never_raise(link: int, packets: list[bytes], version: int) -> None:
    find_descriptions(pcap(packets, link=link))
    find_descriptions(pcapng([bytes([version << 4 | 5]) + packet for packet in packets], link=101))


@given(st.data())
def test_damaged_captures_never_raise(data: st.DataObject) -> None:
    packets = [ethernet(each) for name in NETWORKS for each in NETWORKS[name](invite(OFFER))]
    damaged = bytearray(data.draw(st.sampled_from([pcap(packets), pcapng(packets)])))
    for _ in range(20):
        damaged[data.draw(st.integers(24, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    find_descriptions(bytes(damaged))
