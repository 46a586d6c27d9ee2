"""The candidates of a description, as plain data: what `sdpkit candidates` shows, and its JSON.

The field names are those of the JSON schema `sdpkit/schemas/candidates.json`, which is made from these types.
"""

import ipaddress
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import msgspec

from sdpkit.explanation.priorities import writers
from sdpkit.explanation.reading import Part
from sdpkit.ice.address import Family, Scope, family, scope
from sdpkit.ice.candidate import Candidate
from sdpkit.ice.network import network_kind
from sdpkit.ice.priority import Priority
from sdpkit.ice.reach import reach
from sdpkit.inspection import Reach, inspect_description
from sdpkit.sdp.description import SessionDescription


class Place(msgspec.Struct, frozen=True):
    """Where a candidate is listed: the m-section, None before the first m= line; and its port there."""

    index: int | None
    mid: str | None
    port: int


class ListedCandidate(msgspec.Struct, frozen=True):
    """A candidate, and what its numbers mean.

    `candidate` is as the first place has it; the others differ in ports and foundation only. `reading` says what its
    priority means in `program`, which seems to have made it. `network_kind` is what the network-cost says. `reach` says
    who can reach it.
    """

    candidate: Candidate
    places: tuple[Place, ...]
    priority_parts: Priority
    family: str
    scope: str
    program: str | None
    reading: str | None
    network_kind: str | None
    reach: str


class Network(msgspec.Struct, frozen=True):
    """The candidates of one network interface, by libwebrtc's network-id, which counts interfaces in no order.

    `id` is None for those without one. `kind` is what the network-cost says. `remark` says what such addresses often
    are: of a virtual adapter, which leads nowhere.
    """

    id: int | None
    kind: str | None
    candidates: int
    addresses: tuple[str, ...]
    remark: str | None


class CandidateList(msgspec.Struct, frozen=True):
    """All candidates of a description, those that m-sections have alike as one.

    `lines` is how many lines they stand on. `reach` is how far they reach together; None without candidates.
    `notes` are what a person should know who wonders why nothing connects.
    """

    maker: str | None
    lines: int
    candidates: tuple[ListedCandidate, ...]
    networks: tuple[Network, ...]
    end_of_candidates: bool
    reach: Reach | None
    notes: tuple[str, ...]


def list_candidates(description: SessionDescription) -> CandidateList:
    """All candidates of a description, by network, and there by priority; those of rejected m-sections do not count.

    >>> from sdpkit import parse
    >>> found = list_candidates(parse("a=candidate:1 1 udp 2122260223 192.168.1.5 5000 typ host network-id 1"))
    >>> found.candidates[0].reading, found.candidates[0].reach, found.networks[0].id
    ('first adapter, IPv4', 'same network or VPN', 1)
    """
    inspection = inspect_description(description)
    maker = inspection.maker.value
    found = [_listed(candidate, places, maker) for candidate, places in _folded(description)]
    found.sort(key=lambda listed: -listed.candidate.priority)
    networks = dict.fromkeys(listed.candidate.network_id for listed in found)
    grouped = {number: [each for each in found if each.candidate.network_id == number] for number in networks}
    return CandidateList(
        maker,
        sum(len(listed.places) for listed in found),
        tuple(chain.from_iterable(grouped.values())),
        tuple(_network(number, listed) for number, listed in grouped.items()),
        any("end-of-candidates" in part for part in (description, *description.media)),
        inspection.reach,
        inspection.notes,
    )


def _folded(description: SessionDescription) -> Iterable[tuple[Candidate, list[Place]]]:
    """Each candidate as it first stands, and all its places: m-sections may list it alike but for the ports."""
    live = [(index, section) for index, section in enumerate(description.media) if not section.is_rejected]
    parts = [(None, None, description.candidates), *((index, each.mid, each.candidates) for index, each in live)]
    found: dict[Candidate, tuple[Candidate, list[Place]]] = {}
    for index, mid, candidates in parts:
        for candidate in candidates:
            alike = msgspec.structs.replace(candidate, port=0, rport=None, foundation="", order=())
            found.setdefault(alike, (candidate, []))[1].append(Place(index, mid, candidate.port))
    return found.values()


def _listed(candidate: Candidate, places: Iterable[Place], maker: str | None) -> ListedCandidate:
    cost, said = candidate.network_cost, _reading(candidate.priority_parts, maker)
    return ListedCandidate(
        candidate,
        tuple(places),
        candidate.priority_parts,
        candidate.family,
        candidate.scope,
        said.value if said else None,
        said.meaning.en if said else None,
        None if cost is None else network_kind(cost) or None,
        reach(candidate),
    )


def _reading(priority: Priority, maker: str | None) -> Part | None:
    """What a priority means to the ICE library of its maker; where that makes no such number, to the likeliest one."""
    parts = list(writers(priority))
    library = _LIBRARIES.get(maker or "", maker)
    likeliest = parts[0] if parts else None
    return next((part for part in parts if library in part.value.split(", ")), likeliest)


_LIBRARIES = {
    "aiortc": "aioice",
    "LiveKit": "Pion",
    "libdatachannel": "libjuice",
    "GStreamer": "libnice",
    "Janus": "libnice",
    "Kurento": "libnice",
}
"""The ICE libraries of programs that have another name."""


def _network(number: int | None, listed: Sequence[ListedCandidate]) -> Network:
    addresses = dict.fromkeys(each.candidate.address for each in listed if each.candidate.typ.lower() == "host")
    kinds = (each.network_kind for each in listed if each.network_kind)
    remarks = (remark for address in addresses for remark in _remarks(address))
    return Network(number, next(kinds, None), len(listed), tuple(addresses), next(remarks, None))


def _remarks(address: str) -> Iterator[str]:
    """What an address often is, by the ranges that programs use unless they are told otherwise."""
    if scope(address) is Scope.LINK_LOCAL and family(address) is Family.IP4:
        yield "no DHCP server gave it an address"
    if scope(address) is Scope.PRIVATE and family(address) is Family.IP4:
        number = ipaddress.ip_address(address)
        yield from (f"often {what}" for network, what in _USUAL if number in network)


_USUAL = [
    (ipaddress.ip_network("172.17.0.0/16"), "a virtual adapter (Docker)"),
    (ipaddress.ip_network("192.168.56.0/24"), "a virtual adapter (VirtualBox)"),
    (ipaddress.ip_network("192.168.122.0/24"), "a virtual adapter (libvirt)"),
]
