import struct

import pytest

from sdpkit.peer.wire import RtpHeader, Stream


def packet(sequence_number: int, timestamp: int = 0, *, payload_type: int = 97, marker: bool = False) -> bytes:
    return struct.pack("!BBHII", 0x80, marker << 7 | payload_type, sequence_number, timestamp, 7) + b"payload"


def test_the_header_of_an_rtp_packet() -> None:
    assert RtpHeader.parse(packet(65535, 3000, marker=True)) == RtpHeader(97, 65535, 3000, 7)


@pytest.mark.parametrize(
    "datagram",
    [
        b"",
        packet(1)[:11],
        b"\x00\x01\x00\x08" + bytes(20),  # STUN
        b"\x16\xfe\xfd" + bytes(20),  # DTLS
        struct.pack("!BBHI", 0x80, 200, 6, 7) + bytes(20),  # an RTCP sender report
        struct.pack("!BBHI", 0x81, 206, 6, 7) + bytes(20),  # RTCP feedback
    ],
)
def test_what_is_no_rtp_packet(datagram: bytes) -> None:
    assert RtpHeader.parse(datagram) is None


def stream(*sequence_numbers: int, clock_rate: int = 90000) -> Stream:
    headers = [header for number in sequence_numbers if (header := RtpHeader.parse(packet(number)))]
    counted = Stream(headers[0], clock_rate)
    for header in headers:
        counted.add(header, 100)
    return counted


@pytest.mark.parametrize(
    ("sequence_numbers", "lost"),
    [
        ([1], 0),
        ([1, 2, 3], 0),
        ([1, 3], 1),
        ([1, 3, 2], 0),
        ([5, 4, 6], 0),
        ([65534, 65535, 0, 1], 0),
        ([65534, 1], 2),
        ([1, 1, 2], 0),
        ([1, 1001], 999),
    ],
)
def test_lost_packets_are_those_that_are_missing(sequence_numbers: list[int], lost: int) -> None:
    assert stream(*sequence_numbers).lost == lost


def test_packets_and_octets_are_counted() -> None:
    counted = stream(1, 2, 3)
    assert (counted.packets, counted.octets) == (3, 300)
    assert counted.bitrate > 0


def test_bitrate_is_that_behind_the_first_packet(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, *(number * 0.01 for number in range(4))])
    monkeypatch.setattr("sdpkit.peer.wire.time.monotonic", lambda: next(clock))
    assert stream(1, 2, 3, 4).bitrate == pytest.approx(300 * 8 / 0.03)


def test_jitter_when_time_stamps_begin_again(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, *(number * 0.02 for number in range(50))])
    monkeypatch.setattr("sdpkit.peer.wire.time.monotonic", lambda: next(clock))
    headers = [RtpHeader(0, number, (2**32 - 1600 + number * 160) % 2**32, 7) for number in range(50)]
    counted = Stream(headers[0], 8000)
    for header in headers:
        counted.add(header, 172)
    assert counted.jitter_ms < 0.001


def test_jitter_is_that_of_arrival_against_time_stamps(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, *(number * 0.02 + (number % 2) * 0.008 for number in range(200))])
    monkeypatch.setattr("sdpkit.peer.wire.time.monotonic", lambda: next(clock))
    headers = [RtpHeader(0, number, number * 160, 7) for number in range(200)]
    counted = Stream(headers[0], 8000)
    for header in headers:
        counted.add(header, 172)
    assert counted.jitter_ms == pytest.approx(8, rel=0.01)
