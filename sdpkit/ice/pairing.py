"""Which two candidates make a pair, and who checks it (RFC 8445 §6.1.2.2, RFC 6544 §6.2)."""

from typing import NamedTuple, Self

from sdpkit.ice.address import Family, Scope
from sdpkit.ice.candidate import Candidate
from sdpkit.ice.checklist import LOCAL, REMOTE
from sdpkit.ice.reach import flaw

_FACING = {"udp": "udp", "tcp active": "tcp passive", "tcp passive": "tcp active", "tcp so": "tcp so"}
"""The transports that ICE has, with the type of TCP candidates, and with what each makes a pair."""

_FAMILIES = {Family.IP4: "IPv4", Family.IP6: "IPv6"}


class Kind(NamedTuple):
    """All of a candidate that decides with which others it makes a pair: candidates of one kind are alike in this."""

    component: int
    transport: str
    family: Family
    link_local: bool
    masked: bool
    flaw: str | None

    @classmethod
    def of(cls, candidate: Candidate) -> Self:
        """The kind of a candidate. A masked address, or a name, may be of any scope."""
        family, scope = candidate.family, candidate.scope
        link_local = family is Family.IP6 and scope is Scope.LINK_LOCAL
        return cls(
            candidate.component, _transport(candidate), family, link_local, scope is Scope.MASKED, flaw(candidate)
        )


class Obstacle(NamedTuple):
    """Why two candidates make no pair."""

    kind: str
    reason: str


def obstacle(local: Kind, remote: Kind, full: tuple[str, ...]) -> Obstacle | None:
    """Why two kinds of the same component make no pair; None where they make one. `full` are the sides that check."""
    return (
        _unusable(LOCAL, local)
        or _unusable(REMOTE, remote)
        or _unfit_transports(local.transport, remote.transport)
        or _unfit_addresses(local, remote)
        or _unchecked(local, remote, full)
    )


def checked_by(local: Kind, remote: Kind, full: tuple[str, ...]) -> tuple[str, ...]:
    """The sides that send checks for a pair: full ones that know where to send, and do not wait for a connection."""
    senders = ((LOCAL, local, remote), (REMOTE, remote, local))
    return tuple(
        side
        for side, sender, receiver in senders
        if side in full and not receiver.masked and sender.transport != "tcp passive"
    )


def _transport(candidate: Candidate) -> str:
    """The transport, and the type of a TCP candidate; without one it is taken for passive, as browsers do."""
    transport = candidate.transport.lower()
    if transport == "tcp":
        tcptype = (candidate.tcptype or "").lower()
        return f"tcp {tcptype if tcptype in ('active', 'so') else 'passive'}"
    return "udp" if transport == "udp" else "other"


def _unusable(side: str, kind: Kind) -> Obstacle | None:
    if kind.flaw:
        return Obstacle("address", f"the {side} candidate has {kind.flaw}")
    if kind.transport not in _FACING:
        return Obstacle("transport", f"the {side} candidate is neither UDP nor TCP")
    return None


def _unfit_transports(local: str, remote: str) -> Obstacle | None:
    if _FACING[local] == remote:
        return None
    if "udp" in (local, remote):
        return Obstacle("transport", f"{local[:3].upper()} with {remote[:3].upper()}")
    words = {
        ("tcp active", "tcp active"): "both open TCP connections, neither takes any",
        ("tcp passive", "tcp passive"): "both wait for TCP connections, neither opens any",
    }
    return Obstacle("tcp", words.get((local, remote)) or f"TCP {local[4:]} with {remote[4:]}")


def _unfit_addresses(local: Kind, remote: Kind) -> Obstacle | None:
    """A name may have addresses of both families; a masked address may be of any scope."""
    if Family.NAME in (local.family, remote.family):
        return None
    if local.family is not remote.family:
        return Obstacle("family", f"{_FAMILIES[local.family]} with {_FAMILIES[remote.family]}")
    if local.link_local != remote.link_local and not (local.masked or remote.masked):
        return Obstacle("link-local", "a link-local IPv6 address with one that is not")
    return None


def _unchecked(local: Kind, remote: Kind, full: tuple[str, ...]) -> Obstacle | None:
    """Two lite sides never check, and do without it (RFC 8445 §8.2); else one side has to."""
    if not full or checked_by(local, remote, full):
        return None
    if local.masked or remote.masked:
        return Obstacle("address", "the address that checks would go to is masked")
    return Obstacle("tcp", "a lite side would have to open the TCP connection")
