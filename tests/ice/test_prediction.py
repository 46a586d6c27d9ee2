"""Which pair is expected to be selected, by what lies between the sides."""

import pytest

from sdpkit import pairs
from sdpkit.ice.candidate import Candidate

HOST = "1 1 udp 2122260223 192.168.1.5 5000 typ host"
SRFLX = "2 1 udp 1686052607 203.0.113.7 6000 typ srflx raddr 192.168.1.5 rport 5000"
RELAY = "3 1 udp 58663167 203.0.113.5 7000 typ relay raddr 203.0.113.7 rport 6000"
PUBLIC = "4 1 udp 2122260223 203.0.113.8 5001 typ host"
LOOPBACK = "5 1 udp 2122260223 127.0.0.1 5002 typ host"
MDNS = "6 1 udp 2113937151 a1.local 5003 typ host"
MDNS_SRFLX = "7 1 udp 1677729535 203.0.113.7 6003 typ srflx raddr 0.0.0.0 rport 0"
MASKED = "8 1 udp 2122260223 192.168.xxx.xxx 5004 typ host"
PASSIVE = "9 1 tcp 1518280447 203.0.113.8 443 typ host tcptype passive"
ACTIVE = "10 1 tcp 1518280447 192.168.1.5 9 typ host tcptype active"

THEIR_HOST = "21 1 udp 2113937151 192.168.7.9 8000 typ host"
THEIR_SRFLX = "22 1 udp 1677729535 198.51.100.9 8001 typ srflx raddr 192.168.7.9 rport 8000"
THEIR_RELAY = "23 1 udp 41885439 198.51.100.5 8002 typ relay"

Ports = tuple[int, int] | None


def read(lines: list[str]) -> list[Candidate]:
    return [Candidate.decode(line) for line in lines]


def expected(local: list[str], remote: list[str], controlling: bool = True) -> list[Ports]:
    """The ports of the pair that is expected in one network, through NATs, and by a relay."""
    (checklist,) = pairs(read(local), read(remote), controlling).checklists
    by_number = {pair.number: (pair.local.port, pair.remote.port) for pair in checklist.pairs}
    return [by_number[each.number] if each.number else None for each in checklist.expected]


@pytest.mark.parametrize(
    ("local", "remote", "ports"),
    [
        ([HOST], [THEIR_HOST], [(5000, 8000), None, None]),
        ([HOST, SRFLX], [THEIR_HOST, THEIR_SRFLX], [(5000, 8000), (5000, 8001), None]),
        ([HOST, SRFLX, RELAY], [THEIR_HOST, THEIR_SRFLX], [(5000, 8000), (5000, 8001), (7000, 8001)]),
        ([HOST, SRFLX], [THEIR_HOST, THEIR_RELAY], [(5000, 8000), None, (5000, 8002)]),
        ([HOST, RELAY], [THEIR_HOST, THEIR_RELAY], [(5000, 8000), None, (7000, 8002)]),
        ([RELAY], [THEIR_RELAY], [None, None, (7000, 8002)]),
        # the relay lets nothing in from an address that its side does not know
        ([HOST, RELAY], [THEIR_HOST], [(5000, 8000), None, None]),
        # one public side is enough: it answers whom it did not know
        ([HOST], [PUBLIC], [(5000, 5001), (5000, 5001), None]),
        ([PUBLIC], [THEIR_HOST], [(5001, 8000), (5001, 8000), None]),
        ([PUBLIC], [THEIR_HOST, THEIR_SRFLX], [(5001, 8000), (5001, 8001), None]),
        ([PUBLIC], [PUBLIC], [(5001, 5001), (5001, 5001), None]),
        # a NAT lets nothing in from whom its side has not sent to
        ([HOST], [THEIR_HOST, THEIR_SRFLX], [(5000, 8000), None, None]),
        ([SRFLX], [THEIR_SRFLX], [None, (6000, 8001), None]),
        # names
        ([MDNS], [THEIR_HOST], [(5003, 8000), None, None]),
        ([MDNS, MDNS_SRFLX], [THEIR_HOST, THEIR_SRFLX], [(5003, 8000), (5003, 8001), None]),
        ([HOST], [MDNS, MDNS_SRFLX], [(5000, 5003), None, None]),
        # the loopback address leads to no other machine
        ([LOOPBACK], [LOOPBACK], [(5002, 5002), None, None]),
        ([LOOPBACK, HOST], [THEIR_HOST], [(5000, 8000), None, None]),
        ([LOOPBACK], [PUBLIC], [None, None, None]),
        ([PUBLIC], [LOOPBACK], [None, None, None]),
        # masked ones are known to their own side
        ([MASKED], [THEIR_HOST], [(5004, 8000), None, None]),
        ([MASKED], [PUBLIC], [(5004, 5001), (5004, 5001), None]),
        # TCP
        ([ACTIVE], [PASSIVE], [(9, 443), (9, 443), None]),
        ([PASSIVE], [ACTIVE], [(443, 9), (443, 9), None]),
        ([HOST, ACTIVE], [THEIR_HOST, PASSIVE], [(5000, 8000), (9, 443), None]),
    ],
)
def test_expected_pairs(local: list[str], remote: list[str], ports: list[Ports]) -> None:
    assert expected(local, remote) == ports


WIFI = "1 1 udp 2122260223 192.168.1.5 5000 typ host network-id 1 network-cost 10"
MOBILE = "2 1 udp 2122262783 10.0.0.5 5001 typ host network-id 2 network-cost 900"


def test_libwebrtc_looks_at_its_costs_first() -> None:
    assert expected([MOBILE, WIFI], [THEIR_HOST])[0] == (5000, 8000)
    assert expected([THEIR_HOST], [MOBILE, WIFI], controlling=False)[0] == (8000, 5000)
    assert expected([THEIR_HOST], [MOBILE, WIFI])[0] == (8000, 5001)  # a side that writes no costs knows none


@pytest.mark.parametrize(
    ("local", "remote", "reasons"),
    [
        (
            [HOST],
            [THEIR_HOST],
            ["", "neither side lists a public address (srflx)", "neither side lists a relay"],
        ),
        (
            [HOST, SRFLX],
            [THEIR_RELAY],
            ["the remote side lists no host candidate", "the remote side lists no public address (srflx)", ""],
        ),
        (
            [HOST, RELAY],
            [THEIR_HOST],
            [
                "",
                "neither side lists a public address (srflx)",
                "the remote side lists no public address that the relay could let in",
            ],
        ),
        (
            [PUBLIC],
            [THEIR_HOST],
            ["", "its remote address will be another, which a NAT gives it (peer-reflexive)", ""],
        ),
        (
            [LOOPBACK],
            [PUBLIC],
            [
                "no two host candidates reach each other",
                "the local side lists no public address (srflx)",
                "neither side lists a relay",
            ],
        ),
        (
            [SRFLX, "1 1 udp 9 2001:db8::1 1 typ host"],
            ["1 1 udp 9 ::1 1 typ host", *(line.replace(" udp ", " tcp ") for line in (THEIR_SRFLX, THEIR_RELAY))],
            [
                "no two host candidates reach each other",
                "no two public addresses make a pair",
                "no pair with a relay fits",
            ],
        ),
    ],
)
def test_why_none_is_expected(local: list[str], remote: list[str], reasons: list[str]) -> None:
    (checklist,) = pairs(read(local), read(remote)).checklists
    found = [each.reason for each in checklist.expected]
    assert [said for said, wanted in zip(found, reasons, strict=True) if wanted] == [each for each in reasons if each]


def test_pairs_of_which_none_can_work() -> None:
    (checklist,) = pairs(read([LOOPBACK]), read([PUBLIC])).checklists
    assert checklist.problem == "pairs can be formed, but none of them leads from one side to the other"
    assert checklist.remedy == "use a STUN server on both sides, and a TURN server on one"


def test_each_component_is_for_itself() -> None:
    second = [line.replace(" 1 udp", " 2 udp") for line in (HOST, THEIR_HOST)]
    (checklist,) = pairs(read([HOST, second[0]]), read([THEIR_HOST, second[1]])).checklists
    assert [(each.component, each.number) for each in checklist.expected] == [
        (component, number) for component in (1, 2) for number in (component, None, None)
    ]
