"""Which pair will be selected, by what lies between the two sides; and why none can be.

Which of the pairs that work is selected is up to the controlling side (RFC 8445 §8.1.1). Here it is the first one in
the order of checks. libwebrtc looks at its network-cost before that (p2p/base/basic_ice_controller.cc), so where the
controlling side writes costs, it is the pair with the lowest sum of them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from sdpkit.ice.address import Scope
from sdpkit.ice.bases import bases
from sdpkit.ice.candidate import Candidate
from sdpkit.ice.checklist import LOCAL, REMOTE, CandidatePair, Expectation
from sdpkit.ice.reach import Exposure, exposure

_Candidates = Sequence[Candidate]
_Faces = dict[Candidate, Exposure]

_NEW_ADDRESS = "its remote address will be another, which a NAT gives it (peer-reflexive)"


def expectations(
    local: _Candidates, remote: _Candidates, pairs: Iterable[CandidatePair], controlling: bool
) -> Iterator[Expectation]:
    """What to expect of each component under each of the three assumptions."""
    faces = _faces(local)
    weighs = any(candidate.network_cost is not None for candidate in (local if controlling else remote))
    no_direct, no_public, no_relay = _no_direct(local, remote), _no_public(local, remote), _no_relay(local, remote)
    ordered = sorted(pairs, key=lambda pair: (pair.component, _cost(pair) if weighs else 0))
    for component in dict.fromkeys(pair.component for pair in ordered):
        own = [pair for pair in ordered if pair.component == component]
        direct = _first(own, _is_direct)
        yield Expectation("one network", component, direct, "" if direct else no_direct)
        yield _through_nats(component, own, faces, no_public)
        relayed = _first(own, lambda pair: _is_relayed(pair, faces))
        yield Expectation("only a relay", component, relayed, "" if relayed else no_relay)


def _first(pairs: Iterable[CandidatePair], works: Callable[[CandidatePair], bool]) -> int | None:
    return next((pair.number for pair in pairs if works(pair)), None)


def _cost(pair: CandidatePair) -> int:
    return (pair.local.network_cost or 0) + (pair.remote.network_cost or 0)


def _faces(candidates: _Candidates) -> _Faces:
    """From where each candidate can be reached at whatever address its base has."""
    order = list(Exposure)
    widest: dict[int, Exposure] = {}
    found = list(zip(candidates, bases(candidates), strict=True))
    for candidate, base in found:
        widest[base] = min(exposure(candidate), widest.get(base, Exposure.CLOSED), key=order.index)
    return {candidate: widest[base] for candidate, base in found}


# --- one network ---


def _is_direct(pair: CandidatePair) -> bool:
    ends = (pair.local, pair.remote)
    loopback = {end.scope is Scope.LOOPBACK for end in ends}
    return len(loopback) == 1 and all(end.typ.lower() == "host" for end in ends)


def _no_direct(local: _Candidates, remote: _Candidates) -> str:
    lacking = _lacking(local, remote, lambda candidate: candidate.typ.lower() == "host", "host candidate")
    return lacking or "no two host candidates reach each other"


# --- each side behind its own NAT, which keeps its mapping (RFC 4787: endpoint-independent) ---


def _through_nats(component: int, pairs: Sequence[CandidatePair], faces: _Faces, no_public: str) -> Expectation:
    assumption = "NATs keep their mapping"
    number = _first(pairs, lambda pair: _passes_nats(pair, faces))
    if number is not None:
        return Expectation(assumption, component, number)
    number = _first(pairs, lambda pair: _is_called(pair, faces))
    if number is not None:
        return Expectation(assumption, component, number, _NEW_ADDRESS)
    return Expectation(assumption, component, None, no_public)


def _no_public(local: _Candidates, remote: _Candidates) -> str:
    lacking = _lacking(local, remote, lambda each: _is_public(each) and not _is_relay(each), "public address (srflx)")
    return lacking or "no two public addresses make a pair"


def _passes_nats(pair: CandidatePair, faces: _Faces) -> bool:
    """Whether the local side's checks arrive: at an open address always, at a NAT only if its side sends, too."""
    if not _goes_out(pair) or not _sends(pair, LOCAL):
        return False
    both_send = _sends(pair, REMOTE) and faces[pair.local] is not Exposure.CLOSED
    return exposure(pair.remote) is Exposure.OPEN or (both_send and _is_public(pair.remote))


def _is_called(pair: CandidatePair, faces: _Faces) -> bool:
    """Whether the other side's checks arrive at an open local address, from wherever its NAT sends them."""
    return _goes_out(pair) and _sends(pair, REMOTE) and faces[pair.local] is Exposure.OPEN


def _goes_out(pair: CandidatePair) -> bool:
    """Whether a pair leads from machine to machine, without a relay."""
    return not _has_relay(pair) and Scope.LOOPBACK not in (pair.local.scope, pair.remote.scope)


def _sends(pair: CandidatePair, side: str) -> bool:
    """Whether a side sends checks; of two lite sides, each sends media without any."""
    return side in pair.checked_by or not pair.checked_by


def _is_public(candidate: Candidate) -> bool:
    return exposure(candidate) is not Exposure.CLOSED


# --- only relays ---


def _is_relayed(pair: CandidatePair, faces: _Faces) -> bool:
    """Whether a relay and its peer can know each other: a TURN server lets in only whom its side has sent to."""
    return _has_relay(pair) and _is_public(pair.remote) and faces[pair.local] is not Exposure.CLOSED


def _has_relay(pair: CandidatePair) -> bool:
    return _is_relay(pair.local) or _is_relay(pair.remote)


def _is_relay(candidate: Candidate) -> bool:
    return candidate.typ.lower() == "relay"


def _no_relay(local: _Candidates, remote: _Candidates) -> str:
    if not any(_is_relay(candidate) for candidate in (*local, *remote)):
        return "neither side lists a relay"
    lacking = _lacking(local, remote, _is_public, "public address that the relay could let in")
    return lacking or "no pair with a relay fits"


def _lacking(local: _Candidates, remote: _Candidates, wanted: Callable[[Candidate], bool], what: str) -> str:
    """That a side lists no candidate of some sort; empty where both do."""
    sides = [side for side, listed in ((LOCAL, local), (REMOTE, remote)) if not any(map(wanted, listed))]
    if len(sides) == 2:
        return f"neither side lists a {what}"
    return f"the {sides[0]} side lists no {what}" if sides else ""
