import pytest

from sdpkit.explanation import explain
from sdpkit.explanation.glossary import TERMS

CANDIDATE = (
    "candidate:1510613869 1 udp 2122194687 10.8.0.6 55001 typ host generation 0 network-id 3 network-cost 50 x-new 1"
)
FIREFOX = "relay over UDP, as Firefox has it"


def test_every_part_of_a_candidate() -> None:
    (reading,) = explain(CANDIDATE).readings
    assert reading.title == "host candidate over udp: 10.8.0.6 port 55001, component 1"
    assert reading.reference == "RFC 8839 §5.1"
    assert [(row.part, row.value, row.meaning) for row in reading.rows] == [
        ("foundation", "1510613869", TERMS["foundation"].words.en),
        ("component", "1", "RTP, or everything with rtcp-mux and for data channels"),
        ("transport", "udp", "over UDP, as nearly all media"),
        ("priority", "2122194687", "126 (host) | 32286 | component 1; libwebrtc: second adapter, IPv4"),
        ("address", "10.8.0.6", "private: reachable only on that network or through its VPN (RFC 1918, RFC 4193)"),
        ("port", "55001", "a port for short use, chosen by the system"),
        (
            "type",
            "host",
            "an address of the machine itself: reached from the same network, or from anywhere if it is public",
        ),
        ("generation", "0", TERMS["generation"].words.en),
        ("network-id", "3", TERMS["network-id"].words.en),
        (
            "network-cost",
            "50",
            "an unknown kind of network, often a virtual adapter; networks of higher cost (0 to 999) are avoided",
        ),
        ("x-new", "1", "an extension that no standard knows; agents skip it"),
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "raddr 0.0.0.0 rport 9",
            [("raddr", "0.0.0.0", "hidden on purpose"), ("rport", "9", "hidden on purpose")],
        ),
        (
            "raddr 10.0.0.1",
            [
                (
                    "raddr",
                    "10.0.0.1",
                    "where it comes from: private: reachable only on that network or through its VPN"
                    " (RFC 1918, RFC 4193)",
                )
            ],
        ),
        ("TCPTYPE active", [("tcptype", "active", "opens TCP connections and accepts none; its port is always 9")]),
        (
            "network-cost 11",
            [("network-cost", "11", "VPN; below it Wi-Fi; networks of higher cost (0 to 999) are avoided")],
        ),
        ("network-cost 12", [("network-cost", "12", "no cost that libwebrtc gives")]),
        ("priority 84215552", [("priority", "84215552", f"5 ({FIREFOX}) | 1287 | component 256")]),
        ("component 2", [("component", "2", "RTCP, where it has a port of its own")]),
        ("component 300", [("component", "300", "neither RTP (1) nor RTCP (2)")]),
    ],
)
def test_parts_of_candidates(text: str, rows: list[tuple[str, str, str]]) -> None:
    (reading,) = explain(text).readings
    assert reading.read_as == "part of a candidate"
    assert [(row.part, row.value, row.meaning) for row in reading.rows] == rows


@pytest.mark.parametrize(
    "text",
    [
        "network-cost",
        "network-cost 50 generation",
        "relay typ",
        "x-new 1",
        "priority high",
        "typ x",
        "transport address",
    ],
)
def test_what_is_not_pairs_of_parts(text: str) -> None:
    assert "part of a candidate" not in [reading.read_as for reading in explain(text).readings]
