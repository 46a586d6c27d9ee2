"""From where the checks of a candidate are sent: its base (RFC 8445 §5.1.1.2)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sdpkit.ice.address import Family, Scope, scope
from sdpkit.ice.candidate import Candidate
from sdpkit.ice.reach import REFLEXIVE

_CONCEALED = (Scope.UNSPECIFIED, Scope.MASKED)

_Hosts = Mapping[object, list[int]]


def bases(candidates: Sequence[Candidate]) -> list[int]:
    """For each candidate of one side, the place of its base in the list.

    A host or relayed candidate is its own base. The related address of a reflexive one is its base; where no candidate
    has this address, the first one with this base stands for it. Browsers may hide the related address (RFC 8839 §5.1):
    then the base is the only host candidate that it can be, if there is just one of its family, or of these with its
    local preference.

    >>> host = Candidate.parse("candidate:1 1 udp 2122260223 192.168.1.5 5000 typ host")
    >>> srflx = Candidate.parse("candidate:2 1 udp 1686052607 203.0.113.7 6000 typ srflx raddr 192.168.1.5 rport 5000")
    >>> bases([srflx, host])
    [1, 1]
    """
    first: dict[object, int] = {}
    for place, candidate in enumerate(candidates):
        if not _is_reflexive(candidate):
            first.setdefault((_socket(candidate), candidate.address.lower(), candidate.port), place)
    hosts = _hosts(candidates)
    found = []
    for place, candidate in enumerate(candidates):
        if not _is_reflexive(candidate):
            found.append(first[_socket(candidate), candidate.address.lower(), candidate.port])
        elif candidate.raddr is None or scope(candidate.raddr) in _CONCEALED:
            found.append(_only_host(candidate, hosts, place))
        else:
            found.append(first.setdefault((_socket(candidate), candidate.raddr.lower(), candidate.rport), place))
    return found


def _is_reflexive(candidate: Candidate) -> bool:
    return candidate.typ.lower() in REFLEXIVE


def _socket(candidate: Candidate) -> tuple[int, str, str]:
    """What a candidate has in common with its base, apart from the address."""
    return candidate.component, candidate.transport.lower(), (candidate.tcptype or "").lower()


def _hosts(candidates: Iterable[Candidate]) -> _Hosts:
    """The places of the host candidates by their likeness, with and without the local preference."""
    hosts: dict[object, list[int]] = defaultdict(list)
    for place, candidate in enumerate(candidates):
        if candidate.typ.lower() == "host":
            for preference in (None, candidate.priority_parts.local_preference):
                hosts[_socket(candidate), preference, candidate.family].append(place)
    return hosts


def _only_host(candidate: Candidate, hosts: _Hosts, otherwise: int) -> int:
    """The one host candidate that can be the base; a name can have an address of any family."""
    for preference in (None, candidate.priority_parts.local_preference):
        likely = [
            place
            for family in (candidate.family, Family.NAME)
            for place in hosts.get((_socket(candidate), preference, family), ())[:2]
        ]
        if len(likely) == 1:
            return likely[0]
    return otherwise
