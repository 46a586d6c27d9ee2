"""How far candidates reach."""

import pytest

from sdpkit.ice.candidate import Candidate
from sdpkit.ice.reach import exposure, flaw, reach, where


@pytest.mark.parametrize(
    ("line", "seen_from", "who"),
    [
        ("1 1 udp 1 9.9.9.9 5000 typ host", "open", "anyone"),
        ("1 1 udp 1 2001:4860::1 5000 typ host", "open", "anyone"),
        ("1 1 udp 1 192.0.2.1 5000 typ host", "open", "anyone (example address)"),
        ("1 1 udp 1 sfu.example.com 5000 typ host", "open", "who can look the name up"),
        ("1 1 udp 1 192.168.1.5 5000 typ host", "closed", "same network or VPN"),
        ("1 1 udp 1 100.64.0.1 5000 typ host", "closed", "same provider"),
        ("1 1 udp 1 fe80::1%eth0 5000 typ host", "closed", "same link"),
        ("1 1 udp 1 ::1 5000 typ host", "closed", "this machine"),
        ("1 1 udp 1 a1.local 5000 typ host", "closed", "same link, by mDNS"),
        ("1 1 udp 1 192.168.xxx.xxx 5000 typ host", "closed", "nobody (masked)"),
        ("1 1 udp 1 240.0.0.1 5000 typ host", "closed", "nobody (reserved address)"),
        ("1 1 tcp 1 9.9.9.9 9 typ host tcptype active", "open", "nobody (active)"),
        ("1 1 tcp 1 9.9.9.9 443 typ host tcptype passive", "open", "anyone"),
        ("1 1 udp 1 9.9.9.9 5000 typ srflx raddr 0.0.0.0 rport 0", "mapped", "through its NAT"),
        ("1 1 udp 1 9.9.9.9 5000 typ prflx", "mapped", "through its NAT"),
        ("1 1 udp 1 9.9.9.9 5000 typ relay", "mapped", "through the relay"),
    ],
)
def test_who_can_reach_a_candidate(line: str, seen_from: str, who: str) -> None:
    candidate = Candidate.decode(line)
    assert (exposure(candidate), flaw(candidate), reach(candidate)) == (seen_from, None, who)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("0.0.0.0 5000", "no address"),
        (":: 5000", "no address"),
        ("224.0.0.251 5000", "a multicast address"),
        ("192.0.2.1 0", "port 0"),
        ("192.0.2.1 65536", "an impossible port"),
        (f"192.0.2.1 {10**30}", "an impossible port"),
    ],
)
def test_where_nothing_can_be(address: str, why: str) -> None:
    candidate = Candidate.decode(f"1 1 udp 1 {address} typ host")
    assert (flaw(candidate), reach(candidate)) == (why, f"nobody ({why})")


def test_where_is_written_as_transport_addresses_are() -> None:
    lines = ["192.0.2.1 5", "2001:db8::1 5", "a1.local 5"]
    found = [where(Candidate.decode(f"1 1 udp 1 {line} typ host")) for line in lines]
    assert found == ["192.0.2.1:5", "[2001:db8::1]:5", "a1.local:5"]
