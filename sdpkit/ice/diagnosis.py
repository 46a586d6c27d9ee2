"""What a person should know of the candidates of two sides: why nothing can work, what to do, and what is unusual."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from sdpkit.ice.address import Scope
from sdpkit.ice.candidate import Candidate
from sdpkit.ice.checklist import LOCAL, REMOTE, CandidatePair, Expectation, LeftOut
from sdpkit.ice.streams import Side

_MOST = 5  # reasons in one sentence

_REMEDIES = {
    "address": "take the descriptions as they were before their addresses were masked or taken out",
    "family": "give both sides an address of the same family, or use a TURN server that has both",
    "link-local": "list addresses other than link-local ones on both sides",
    "tcp": "list UDP candidates on both sides, or one that takes TCP connections (tcptype passive)",
    "transport": "list UDP candidates on both sides; where UDP is blocked, use a TURN server",
    "component": "agree on rtcp-mux, or list candidates for the same components on both sides",
    "limit": "allow more pairs",
}
"""What to do about pairs that were left out, by the kind of reason, the most telling first."""


class Diagnosis(NamedTuple):
    """What is wrong, and what to do."""

    problem: str
    remedy: str


def diagnose(
    local: Side,
    remote: Side,
    pairs: Sequence[CandidatePair],
    left_out: Sequence[LeftOut],
    expected: Iterable[Expectation],
) -> Diagnosis | None:
    """Why no pair can be selected; None where one can."""
    if any(each.number is not None for each in expected):
        return None
    empty = {name: side for name, side in ((LOCAL, local), (REMOTE, remote)) if not side.candidates}
    if empty:
        return _no_candidates(empty)
    if pairs:
        problem = "pairs can be formed, but none of them leads from one side to the other"
        return Diagnosis(problem, "use a STUN server on both sides, and a TURN server on one")
    reasons = {kind: [group.reason for group in left_out if group.kind == kind] for kind in _REMEDIES}
    kind = next(kind for kind in _REMEDIES if reasons[kind])
    said = dict.fromkeys(chain.from_iterable(reasons.values()))
    return Diagnosis(f"no pair can be formed: {'; '.join(islice(said, _MOST))}", _REMEDIES[kind])


def _no_candidates(sides: Mapping[str, Side]) -> Diagnosis:
    """What to say of the sides that list none."""
    without = [name for name, side in sides.items() if not side.uses_ice]
    if without:
        who = "neither side uses" if len(without) == 2 else f"the {without[0]} side does not use"
        return Diagnosis(f"{who} ICE", "without ICE, media goes to the addresses of the c= lines")
    who = "neither side lists candidates" if len(sides) == 2 else f"the {next(iter(sides))} side lists no candidates"
    if all(side.waiting for side in sides.values()):
        remedy = "they may follow one by one (trickle): add them, or copy the description after gathering has ended"
        return Diagnosis(f"{who} yet", remedy)
    remedy = "copy the description after gathering has ended; if it has none then, the machine has no network to use"
    return Diagnosis(who, remedy)


def notes(sides: Sequence[tuple[Side, Side]], lite: tuple[str, ...], controlling: bool) -> Iterator[str]:
    """What is unusual; `sides` are the local and the remote one of each transport."""
    if len(lite) == 2:
        yield "both sides are lite: nobody sends checks, each takes a pair for granted (RFC 8445 §8.2)"
    elif lite:
        yield f"the {lite[0]} side is lite: it answers checks and sends none"
        if controlling is (lite[0] == LOCAL):
            yield "a lite side is not controlling where the other side is full (RFC 8445 §6.1.1)"
    yield from _addresses(LOCAL, [ours.candidates for ours, _ in sides])
    yield from _addresses(REMOTE, [theirs.candidates for _, theirs in sides])


def _addresses(side: str, lists: Sequence[Sequence[Candidate]]) -> Iterator[str]:
    """What is unusual about the addresses and priorities that a side lists for each transport."""
    scopes = Counter(candidate.scope for candidates in lists for candidate in candidates)
    for scope, words in _SCOPES.items():
        if scopes[scope]:
            yield f"{scopes[scope]} of {scopes.total()} {side} addresses are {words}"
    for candidates in lists:
        for priority, count in Counter(candidate.priority for candidate in candidates).most_common(1):
            if count > 1:
                yield f"{count} {side} candidates have the priority {priority}: the order of their pairs is arbitrary"


_SCOPES = {
    Scope.MASKED: "masked: nobody can send there",
    Scope.MDNS: ".local names: only multicast DNS on the same link finds them",
    Scope.NAME: "host names: many agents look no names up",
}
