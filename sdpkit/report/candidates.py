"""The screens of `sdpkit candidates`."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sdpkit.ice.listing import CandidateList, ListedCandidate, Network
from sdpkit.ice.reach import where
from sdpkit.report.labels import labelled
from sdpkit.report.tables import table

_MOST = 200  # rows of a table
_WIDE = 80  # columns from which on there is room for two addresses


def overview(found: CandidateList, title: str, width: int) -> str:
    """The candidates, what their priorities say, the networks that they are on, and how far all of them reach."""
    blocks = [
        labelled("input", title, width) + "\n" + "\n".join(_counts(found, width)),
        _candidates(found.candidates, width),
        _priorities(found.candidates, width),
        _networks(found.networks, width),
        "\n".join(_facts(found, width)),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _counts(found: CandidateList, width: int) -> Iterator[str]:
    types = Counter(each.candidate.typ for each in found.candidates)
    kinds = ", ".join(f"{count} {typ}" for typ, count in types.most_common(10)) or "none"
    lines = f"{found.lines} line{'' if found.lines == 1 else 's'}"
    ended = f"end-of-candidates: {'yes' if found.end_of_candidates else 'no'}"
    yield labelled("candidates", f"{lines}, {len(found.candidates)} different: {kinds}; {ended}", width)
    if found.maker:
        yield labelled("maker", found.maker, width)


def _candidates(listed: Sequence[ListedCandidate], width: int) -> str:
    if not listed:
        return ""
    components = any(each.candidate.component != 1 for each in listed)
    headers = ["net", "typ", "comp", "proto", "address", "related", "reach"]
    rows = [_row(each, components, width >= _WIDE) for each in listed[:_MOST]]
    return table(headers, rows, width, right=["net", "comp"], wrap=["related", "reach"])


def _row(listed: ListedCandidate, components: bool, related: bool) -> tuple[object, ...]:
    candidate = listed.candidate
    proto = candidate.transport.lower()
    ports = dict.fromkeys(place.port for place in listed.places)
    return (
        candidate.network_id,
        candidate.typ,
        candidate.component if components else None,
        f"{proto} {candidate.tcptype}" if candidate.tcptype else proto,
        " ".join([where(candidate), *map(str, list(ports)[1:])]),
        candidate.raddr if related else None,
        listed.reach,
    )


def _priorities(listed: Sequence[ListedCandidate], width: int) -> str:
    """What the priorities mean, each once, highest first."""
    if not listed:
        return ""
    headers = ["priority", "its parts", "written by", "which says"]
    said = {each.candidate.priority: each for each in listed[:_MOST]}
    rows = [
        (priority, each.priority_parts, each.program, each.reading)
        for priority, each in sorted(said.items(), reverse=True)
    ]
    return table(headers, rows, width, right=["priority"], wrap=["which says"])


def _networks(networks: Sequence[Network], width: int) -> str:
    """The network interfaces, where there are network-ids to tell them apart."""
    if all(network.id is None for network in networks):
        return ""
    headers = ["net", "kind", "candidates", "addresses", "remark"]
    rows = [
        (
            "none" if network.id is None else network.id,
            network.kind,
            network.candidates,
            ", ".join(network.addresses),
            network.remark,
        )
        for network in networks[:_MOST]
    ]
    return table(headers, rows, width, right=["net", "candidates"], wrap=["addresses", "remark"])


def _facts(found: CandidateList, width: int) -> Iterator[str]:
    if found.reach:
        reach = found.reach
        said = [
            f"same network: {reach.same_network}",
            f"through NAT: {reach.through_nat}",
            f"by relay: {reach.by_relay}",
            f"UDP blocked: {reach.udp_blocked}",
        ]
        yield labelled("reach", "; ".join(said), width)
    for note in found.notes:
        yield labelled("note", note, width)
