"""sdp-transform's dict, there and back, and what it loses."""

import json
from typing import Any

import pytest
from hypothesis import given

from sdpkit import SDPError, parse, strategies
from sdpkit.conversion import from_sdp_transform, lost_by_sdp_transform, to_sdp_transform

SESSION = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n"


def test_the_shape() -> None:
    shape = to_sdp_transform(parse(f"{SESSION}m=audio 9 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=mid:a\r\n"))
    assert shape["origin"]["address"] == "192.0.2.1"
    assert shape["media"][0]["rtp"] == [{"payload": 0, "codec": "PCMU", "rate": 8000}]
    assert shape["media"][0]["mid"] == "a"


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("a=ice-options:trickle renomination", "a=ice-options:trickle"),
        ("a=ice-ufrag:1e5", "a=ice-ufrag:100000.0"),
        ("a=mid:007", "a=mid:7"),
        ("k=prompt", None),
        (
            "a=candidate:1 1 tcp 1 192.0.2.1 9 typ host tcptype active generation 0",
            "a=candidate:1 1 tcp 1 192.0.2.1 9 typ host",
        ),
    ],
)
def test_what_is_lost(line: str, becomes: str | None) -> None:
    lost = lost_by_sdp_transform(parse(f"{SESSION}m=audio 9 RTP/AVP 0\r\n{line}\r\n"))
    assert [(loss.line, loss.text, loss.becomes) for loss in lost.lines] == [(6, line, becomes)]


def test_what_becomes_something_else() -> None:
    lost = lost_by_sdp_transform(parse(f"{SESSION}m=audio 9 RTP/AVP 0\r\na=rtcp-mux-only\r\n"))
    assert [(loss.text, loss.becomes) for loss in lost.lines] == [("a=rtcp-mux-only", None)]
    assert lost.added == ("a=rtcp-mux",)


def test_nothing_is_lost() -> None:
    assert not lost_by_sdp_transform(parse(SESSION))


@given(strategies.descriptions() | strategies.broken_texts())
def test_the_dict_is_json_and_its_losses_are_true(text: str) -> None:
    description = parse(text)
    shape = to_sdp_transform(description)
    assert json.loads(json.dumps(shape, allow_nan=False)) == shape
    try:
        back = from_sdp_transform(shape)
    except SDPError:  # the package cannot write all that it reads
        with pytest.raises(SDPError, match="CNV001 sdp-transform cannot write this"):
            lost_by_sdp_transform(description)
        return
    lost = lost_by_sdp_transform(description)
    assert bool(lost) == (str(back) != text)
    lines = {line.number: line.text for line in description.lines}
    assert all(lines[loss.line] == loss.text for loss in lost.lines)
    kept = len(lines) - sum(loss.becomes is None for loss in lost.lines)
    assert len(back.lines) == kept + len(lost.added)


JAVASCRIPT = {
    "version": 0,
    "origin": {
        "username": "-",
        "sessionId": "7654334866991908966",
        "sessionVersion": "1732327200000000001",
        "netType": "IN",
        "ipVer": 4,
        "address": "127.0.0.1",
    },
    "name": "-",
    "timing": {"start": 0, "stop": 0},
    "msid": [{"id": "stream-1"}],
    "media": [
        {
            "rtp": [{"payload": 96, "codec": "VP8", "rate": 90000}],
            "fmtp": [],
            "type": "video",
            "port": 9,
            "protocol": "UDP/TLS/RTP/SAVPF",
            "payloads": 96,
            "msid": [{"id": "stream-0", "appdata": "track-0"}, {"id": "-"}],
            "candidates": [
                {
                    "foundation": 1,
                    "component": 1,
                    "transport": "udp",
                    "priority": 1685987071,
                    "ip": "198.51.100.1",
                    "port": 40000,
                    "type": "srflx",
                    "raddr": "192.0.2.1",
                    "rport": 50000,
                    "generation": 0,
                    "network-id": 1,
                },
                {
                    "foundation": 2,
                    "component": 1,
                    "transport": "tcp",
                    "priority": 1518280447,
                    "ip": "192.0.2.1",
                    "port": 9,
                    "type": "host",
                    "tcptype": "active",
                },
            ],
        }
    ],
}


def test_the_dict_of_javascript() -> None:
    assert str(from_sdp_transform(JAVASCRIPT)).splitlines() == [
        "v=0",
        "o=- 7654334866991908966 1732327200000000001 IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        "a=msid:stream-1",
        "m=video 9 UDP/TLS/RTP/SAVPF 96",
        "a=rtpmap:96 VP8/90000",
        "a=candidate:1 1 udp 1685987071 198.51.100.1 40000 typ srflx raddr 192.0.2.1 rport 50000 "
        "generation 0 network-id 1",
        "a=candidate:2 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active",
        "a=msid:stream-0 track-0",
        "a=msid:-",
    ]


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ([], "has a list of m-sections"),
        ({}, "has a list of m-sections"),
        (
            {"media": [], "name": "x\r\na=evil:1"},
            "^1:1: error CNV001 a value of a dict of sdp-transform cannot hold a line break",
        ),
        (
            {"media": [{"invalid": [{"value": "x\na=evil:1"}]}]},
            "^1:1: error CNV001 a value of a dict of sdp-transform cannot hold a line break",
        ),
        ({"media": [{}]}, "sdp-transform cannot write this"),
        ({"media": [None]}, "sdp-transform cannot write this"),
        ({"media": [], "origin": {"sessionVersion": "x"}}, "sdp-transform cannot write this"),
        ({"media": [{"type": "audio", "candidates": [{"transport": 1}]}]}, "sdp-transform cannot write this"),
        ({"media": [{"type": "audio", "msid": [1]}]}, "sdp-transform cannot write this"),
        ({"media": [], "timing": {"start": "x", "stop": 0}}, "sdp-transform cannot write this"),
    ],
)
def test_what_is_no_such_dict(shape: Any, message: str) -> None:
    with pytest.raises(SDPError, match=message):
        from_sdp_transform(shape)


def test_the_dict_of_a_caller_stays_as_it_is() -> None:
    shape: dict[str, Any] = {"media": [{"type": "audio", "port": 9, "protocol": "RTP/AVP"}]}
    before = json.dumps(shape)
    from_sdp_transform(shape)
    assert json.dumps(shape) == before
