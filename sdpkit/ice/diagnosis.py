"""What a person should know of the candidates of two sides: why nothing can work, what to do, and what is unusual."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from sdpkit.ice.address import Scope
from sdpkit.ice.candidate import Candidate
from sdpkit.ice.checklist import LOCAL, REMOTE, CandidatePair, Expectation, LeftOut

_MOST = 5  # reasons in one sentence

_REMEDIES = {
    "address": "take the descriptions as they were before the addresses were masked",
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
    local: Sequence[Candidate],
    remote: Sequence[Candidate],
    pairs: Sequence[CandidatePair],
    left_out: Sequence[LeftOut],
    expected: Iterable[Expectation],
    waiting: Mapping[str, bool],
) -> Diagnosis | None:
    """Why no pair can be selected; None where one can. `waiting` are the sides whose candidates may still come."""
    if any(each.number is not None for each in expected):
        return None
    empty = [side for side, listed in ((LOCAL, local), (REMOTE, remote)) if not listed]
    if empty:
        return _no_candidates(empty, waiting)
    if pairs:
        problem = "pairs can be formed, but none of them leads from one side to the other"
        return Diagnosis(problem, "use a STUN server on both sides, and a TURN server on one")
    reasons = {kind: [group.reason for group in left_out if group.kind == kind] for kind in _REMEDIES}
    kind = next(kind for kind in _REMEDIES if reasons[kind])
    said = dict.fromkeys(chain.from_iterable(reasons.values()))
    return Diagnosis(f"no pair can be formed: {'; '.join(islice(said, _MOST))}", _REMEDIES[kind])


def _no_candidates(sides: Sequence[str], waiting: Mapping[str, bool]) -> Diagnosis:
    who = f"the {sides[0]} side lists no candidates" if len(sides) == 1 else "neither side lists candidates"
    if all(waiting[side] for side in sides):
        remedy = "they may follow one by one (trickle): add them, or copy the description after gathering has ended"
        return Diagnosis(f"{who} yet", remedy)
    remedy = "copy the description after gathering has ended; if it has none then, the machine has no network to use"
    return Diagnosis(who, remedy)


def notes(
    listed: Sequence[tuple[Sequence[Candidate], Sequence[Candidate]]], lite: tuple[str, ...], controlling: bool
) -> Iterator[str]:
    """What is unusual; `listed` are the candidates of the local and the remote side for each transport."""
    if len(lite) == 2:
        yield "both sides are lite: nobody sends checks, each takes a pair for granted (RFC 8445 §8.2)"
    elif lite:
        yield f"the {lite[0]} side is lite: it answers checks and sends none"
        if controlling is (lite[0] == LOCAL):
            yield "a lite side is not controlling where the other side is full (RFC 8445 §6.1.1)"
    for side, lists in ((LOCAL, [ours for ours, _ in listed]), (REMOTE, [theirs for _, theirs in listed])):
        scopes = Counter(candidate.scope for candidates in lists for candidate in candidates)
        for scope, words in _SCOPES.items():
            if scopes[scope]:
                yield f"{scopes[scope]} {side} {words}"
        priorities = (Counter(candidate.priority for candidate in candidates) for candidates in lists)
        for priority, count in (each for counts in priorities for each in counts.most_common(1)):
            if count > 1:
                yield f"{count} {side} candidates have the priority {priority}: the order of their pairs is arbitrary"


_SCOPES = {
    Scope.MASKED: "addresses are masked: nobody can send there",
    Scope.MDNS: "addresses are .local names: only multicast DNS on the same link finds them",
    Scope.NAME: "addresses are host names: many agents look no names up",
}
