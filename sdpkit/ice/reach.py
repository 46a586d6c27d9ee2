"""How far a candidate reaches: who can send to it, and why perhaps nobody can."""

import enum

from sdpkit.ice.address import Scope
from sdpkit.ice.candidate import Candidate

REFLEXIVE = ("srflx", "prflx")


class Exposure(enum.StrEnum):
    """From where a candidate can be reached."""

    OPEN = "open"  # from anywhere
    MAPPED = "mapped"  # from where its side has sent to: so are NATs, and TURN servers with their permissions
    CLOSED = "closed"  # from its own network


def exposure(candidate: Candidate) -> Exposure:
    """From where a candidate can be reached. Firewalls are not thought of, as no candidate tells of them.

    >>> host = Candidate.parse("candidate:1 1 udp 2130706431 192.168.1.5 5000 typ host")
    >>> str(exposure(host))
    'closed'
    """
    if candidate.typ.lower() != "host":
        return Exposure.MAPPED
    is_public = candidate.scope in (Scope.GLOBAL, Scope.DOCUMENTATION, Scope.NAME)
    return Exposure.OPEN if is_public else Exposure.CLOSED


def where(candidate: Candidate) -> str:
    """Where a candidate is, as transport addresses are written.

    >>> where(Candidate.parse("candidate:1 1 udp 2122260223 2001:db8::1 5000 typ host"))
    '[2001:db8::1]:5000'
    """
    address = f"[{candidate.address}]" if ":" in candidate.address else candidate.address
    return f"{address}:{candidate.port}"


def flaw(candidate: Candidate) -> str | None:
    """Why nothing can be at the address of a candidate; None where something may be."""
    if candidate.scope is Scope.UNSPECIFIED:
        return "no address"
    if candidate.scope is Scope.MULTICAST:
        return "a multicast address"
    if not 0 < candidate.port < 65536:
        return f"port {candidate.port}" if candidate.port < 65536 else "an impossible port"
    return None


def reach(candidate: Candidate) -> str:
    """Who can reach a candidate, in a few words.

    >>> reach(Candidate.parse("candidate:1 1 udp 1694498815 203.0.113.7 5000 typ srflx raddr 192.168.1.5 rport 5000"))
    'through its NAT'
    """
    if flaw(candidate):
        return f"nobody ({flaw(candidate)})"
    if candidate.transport.lower() == "tcp" and (candidate.tcptype or "").lower() == "active":
        return "nobody (active)"
    if candidate.scope is Scope.MASKED:
        return "nobody (masked)"
    if candidate.typ.lower() == "relay":
        return "through the relay"
    if candidate.typ.lower() in REFLEXIVE:
        return "through its NAT"
    return _OF_HOSTS[candidate.scope]


_OF_HOSTS = {
    Scope.GLOBAL: "anyone",
    Scope.DOCUMENTATION: "anyone (example address)",
    Scope.NAME: "who can look the name up",
    Scope.PRIVATE: "same network or VPN",
    Scope.SHARED: "same provider",
    Scope.LINK_LOCAL: "same link",
    Scope.LOOPBACK: "this machine",
    Scope.RESERVED: "nobody (reserved address)",
    Scope.MDNS: "same link, by mDNS",
}
