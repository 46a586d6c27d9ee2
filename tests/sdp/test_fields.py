"""The lines of RFC 8866 §5: values both ways, and what is wrong with wrong ones."""

from datetime import UTC, datetime
from typing import Any

import pytest

from sdpkit.finding import SDPError
from sdpkit.ice.address import Family, Scope
from sdpkit.sdp.fields import (
    Bandwidth,
    ConnectionData,
    EncryptionKey,
    Media,
    Origin,
    RepeatTime,
    TimeZones,
    Timing,
    TypedTime,
)

EXAMPLES = [
    ("- 1 2 IN IP4 192.0.2.1", Origin("-", 1, 2, "IN", "IP4", "192.0.2.1")),
    (
        "jdoe 123456789012345678901234567890 18446744073709551616 IN IP6 2001:db8::1",
        Origin("jdoe", 123456789012345678901234567890, 2**64, "IN", "IP6", "2001:db8::1"),
    ),
    ("ä@ü 0 0 IN IP4 192.168.xxx.xxx", Origin("ä@ü", 0, 0, "IN", "IP4", "192.168.xxx.xxx")),
    ("IN IP4 192.0.2.1", ConnectionData("IN", "IP4", "192.0.2.1")),
    ("IN IP4 233.252.0.1/127", ConnectionData("IN", "IP4", "233.252.0.1", 127)),
    ("IN IP4 233.252.0.1/127/3", ConnectionData("IN", "IP4", "233.252.0.1", 127, 3)),
    ("IN IP4 233.252.0.1/0", ConnectionData("IN", "IP4", "233.252.0.1", 0)),
    ("IN IP6 ff00::db8:0:101", ConnectionData("IN", "IP6", "ff00::db8:0:101")),
    ("IN IP6 ff00::db8:0:101/3", ConnectionData("IN", "IP6", "ff00::db8:0:101", None, 3)),
    ("IN IP6 fe80::1%eth0", ConnectionData("IN", "IP6", "fe80::1%eth0")),
    ("IN IP4 peer.example.com", ConnectionData("IN", "IP4", "peer.example.com")),
    ("ATM NSAP 47.0091", ConnectionData("ATM", "NSAP", "47.0091")),
    ("AS:128", Bandwidth("AS", 128)),
    ("X-YZ:0", Bandwidth("X-YZ", 0)),
    ("TIAS:99999999999999999999", Bandwidth("TIAS", 99999999999999999999)),
    ("0 0", Timing(0, 0)),
    ("3724394400 3724398000", Timing(3724394400, 3724398000)),
    ("7d 1h 0 25h", RepeatTime(TypedTime(7, "d"), TypedTime(1, "h"), (TypedTime(0), TypedTime(25, "h")))),
    ("604800 3600 0s", RepeatTime(TypedTime(604800), TypedTime(3600), (TypedTime(0, "s"),))),
    ("3730928400 -1h", TimeZones(((3730928400, TypedTime(-1, "h")),))),
    ("3730928400 -1h 3749680800 0", TimeZones(((3730928400, TypedTime(-1, "h")), (3749680800, TypedTime(0))))),
    ("prompt", EncryptionKey("prompt")),
    ("clear:a b:c", EncryptionKey("clear", "a b:c")),
    ("audio 49170 RTP/AVP 0", Media("audio", 49170, "RTP/AVP", ("0",))),
    ("video 49170/2 RTP/AVP 31 99", Media("video", 49170, "RTP/AVP", ("31", "99"), 2)),
    ("video 49170/0 RTP/AVP 31", Media("video", 49170, "RTP/AVP", ("31",), 0)),
    ("image 9 udptl t38", Media("image", 9, "udptl", ("t38",))),
    (
        "application 9 UDP/DTLS/SCTP webrtc-datachannel",
        Media("application", 9, "UDP/DTLS/SCTP", ("webrtc-datachannel",)),
    ),
    ("message 7654 TCP/MSRP *", Media("message", 7654, "TCP/MSRP", ("*",))),
    ("x-foo 99999 TCP/RTP-x3 a/b ü", Media("x-foo", 99999, "TCP/RTP-x3", ("a/b", "ü"))),
]

# what reads it, the text, what is found, from which column on, and up to which one
WRONG = [
    (Origin, "", "SES004", 1, 2),
    (Origin, "- 1 2 IN IP4", "SES004", 13, 14),
    (Origin, "- one 2 IN IP4 192.0.2.1", "SES004", 3, 6),
    (Origin, "- -1 2 IN IP4 192.0.2.1", "SES004", 3, 5),
    (Origin, "- 1 ٢ IN IP4 192.0.2.1", "SES004", 5, 6),
    (Origin, "- 1 2 IN IP4 192.0.2.1 x", "SES004", 23, 25),
    (ConnectionData, "", "SES009", 1, 2),
    (ConnectionData, "IN IP4", "SES009", 7, 8),
    (ConnectionData, "IN IP4 192.0.2.1/x", "SES009", 18, 19),
    (ConnectionData, "IN IP4 192.0.2.1/1/2/3", "SES009", 21, 23),
    (Bandwidth, "128", "SES012", 4, 5),
    (Bandwidth, "AS:fast", "SES012", 4, 8),
    (Bandwidth, "AS:1.5", "SES012", 5, 7),
    (Timing, "0", "SES015", 2, 3),
    (Timing, "now 0", "SES015", 1, 4),
    (Timing, "-1 0", "SES015", 1, 3),
    (RepeatTime, "7d 1h", "SES018", 1, 6),
    (RepeatTime, "7d 1w 0", "SES018", 4, 6),
    (RepeatTime, "7d  1h 0", "SES018", 4, 5),
    (RepeatTime, "", "SES018", 1, 2),
    (TimeZones, "3730928400", "SES018", 1, 11),
    (TimeZones, "3730928400 -1h 3749680800", "SES018", 16, 26),
    (TimeZones, "3730928400 +1h", "SES018", 12, 15),
    (EncryptionKey, "", "SES019", 1, 2),
    (EncryptionKey, "clear:", "SES019", 7, 8),
    (Media, "", "MED001", 1, 2),
    (Media, "audio", "MED001", 6, 7),
    (Media, "audio high RTP/AVP 0", "MED001", 7, 11),
    (Media, "audio -1 RTP/AVP 0", "MED001", 7, 9),
    (Media, "audio 9/two RTP/AVP 0", "MED001", 9, 12),
    (Media, "audio 9 RTP/AVP", "MED001", 16, 17),
    (Media, "audio 9 RTP/AVP ", "MED001", 17, 18),
    (Media, "audio 9 RTP/AVP 0 ", "MED001", 18, 19),
    (Media, "audio  9 RTP/AVP 0", "MED001", 7, 9),
    (Media, "audio 9 RTP/AVP 0\t8", "MED001", 18, 20),
    (Media, "audio ٣ RTP/AVP 0", "MED001", 7, 8),
    (Media, "audio +9 RTP/AVP 0", "MED001", 7, 9),
    (Media, f"audio {'1' * 1001} RTP/AVP 0", "MED001", 1007, 1008),
]

# read, but written otherwise
TIDIED: list[tuple[Any, str, str]] = [
    (Bandwidth, "AS:0128", "AS:128"),
    (Origin, "- 007 01 IN IP4 192.0.2.1", "- 7 1 IN IP4 192.0.2.1"),
    (TimeZones, "1h -0", "3600 0"),
]


@pytest.mark.parametrize(("text", "value"), EXAMPLES)
def test_both_ways(text: str, value: Any) -> None:
    assert type(value).parse(text) == value
    assert str(value) == text


@pytest.mark.parametrize(("kind", "text", "code", "start", "end"), WRONG)
def test_wrong(kind: Any, text: str, code: str, start: int, end: int) -> None:
    with pytest.raises(SDPError) as caught:
        kind.parse(text)
    (finding,) = caught.value.findings
    assert (finding.code, finding.span.start, finding.span.end) == (code, start, end)


@pytest.mark.parametrize(("kind", "text", "tidy"), TIDIED)
def test_tidied(kind: Any, text: str, tidy: str) -> None:
    assert str(kind.parse(text)) == tidy
    assert kind.parse(tidy) == kind.parse(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0", 0), ("3600", 3600), ("-60m", -3600), ("1h", 3600), ("7d", 604800), ("5s", 5), ("-1", -1)],
)
def test_typed_time(text: str, seconds: int) -> None:
    assert TypedTime.parse(text).seconds == seconds
    assert str(TypedTime.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "starts_at", "stops_at"),
    [
        ("0 0", None, None),
        ("3724394400 3724398000", datetime(2018, 1, 8, 10, tzinfo=UTC), datetime(2018, 1, 8, 11, tzinfo=UTC)),
        ("1 " + "9" * 100, datetime(1900, 1, 1, 0, 0, 1, tzinfo=UTC), None),
    ],
)
def test_moments(text: str, starts_at: datetime | None, stops_at: datetime | None) -> None:
    timing = Timing.parse(text)
    assert (timing.starts_at, timing.stops_at) == (starts_at, stops_at)


@pytest.mark.parametrize(
    ("text", "family", "scope"),
    [
        ("IN IP4 192.168.1.5", Family.IP4, Scope.PRIVATE),
        ("IN IP4 0.0.0.0", Family.IP4, Scope.UNSPECIFIED),
        ("IN IP4 233.252.0.1/127", Family.IP4, Scope.MULTICAST),
        ("IN IP4 192.168.xxx.xxx", Family.IP4, Scope.MASKED),
        ("IN IP4 2001:db8::1", Family.IP6, Scope.DOCUMENTATION),  # the address type is wrong
        ("IN IP4 6c1e9f1a.local", Family.NAME, Scope.MDNS),
        ("IN IP4 peer.example.com", Family.NAME, Scope.NAME),
    ],
)
def test_connection_address(text: str, family: Family, scope: Scope) -> None:
    connection = ConnectionData.parse(text)
    assert (connection.family, connection.scope) == (family, scope)
