"""Which candidate is the base of which."""

import pytest

from sdpkit.ice.bases import bases
from sdpkit.ice.candidate import Candidate

HOST = "1 1 udp 2122260223 192.168.1.5 5000 typ host"
OTHER_HOST = "2 1 udp 2122194687 10.8.0.6 5001 typ host"
IPV6_HOST = "3 1 udp 2122262783 fd00::5 5002 typ host"
MDNS_HOST = "4 1 udp 2122260223 a1.local 5003 typ host"
TCP_HOST = "5 1 tcp 1518280447 192.168.1.5 9 typ host tcptype active"


def srflx(related: str, address: str = "203.0.113.7 6000", priority: int = 1686052607, component: int = 1) -> str:
    return f"6 {component} udp {priority} {address} typ srflx{related}"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([], []),
        ([HOST, OTHER_HOST], [0, 1]),
        ([HOST, HOST], [0, 0]),
        ([HOST, srflx(" raddr 192.168.1.5 rport 5000")], [0, 0]),
        ([srflx(" raddr 192.168.1.5 rport 5000"), HOST], [1, 1]),
        ([HOST, srflx(" raddr 192.168.1.5 rport 5001")], [0, 1]),
        ([HOST, srflx(" raddr 192.168.1.5 rport 5000", component=2)], [0, 1]),
        ([srflx(" raddr 10.0.0.1 rport 7"), srflx(" raddr 10.0.0.1 rport 7", "203.0.113.8 6000")], [0, 0]),
        # hidden: the only host candidate that it can be
        ([HOST, srflx(" raddr 0.0.0.0 rport 0")], [0, 0]),
        ([HOST, srflx("")], [0, 0]),
        ([HOST, srflx(" raddr 192.168.xxx.xxx rport 5000")], [0, 0]),
        ([MDNS_HOST, srflx(" raddr 0.0.0.0 rport 0")], [0, 0]),
        ([IPV6_HOST, srflx(" raddr :: rport 0")], [0, 1]),
        ([TCP_HOST, srflx(" raddr 0.0.0.0 rport 0")], [0, 1]),
        ([HOST, OTHER_HOST, srflx(" raddr 0.0.0.0 rport 0")], [0, 1, 0]),
        ([HOST, OTHER_HOST, srflx(" raddr 0.0.0.0 rport 0", priority=1686000000)], [0, 1, 2]),
        ([HOST, MDNS_HOST, srflx(" raddr 0.0.0.0 rport 0")], [0, 1, 2]),
        # a relayed candidate is its own, whatever it is related to
        ([HOST, "7 1 udp 58663167 203.0.113.5 7000 typ relay raddr 192.168.1.5 rport 5000"], [0, 1]),
        ([HOST, "8 1 udp 1845501695 203.0.113.5 7000 typ PRFLX raddr 192.168.1.5 rport 5000"], [0, 0]),
    ],
)
def test_bases(lines: list[str], found: list[int]) -> None:
    assert bases([Candidate.decode(line) for line in lines]) == found
