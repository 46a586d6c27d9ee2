"""Candidates that came on their own, and the descriptions that they belong to."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sdpkit.extraction.recording import Event, PeerConnection, Round, Side
from sdpkit.finding import SDPError
from sdpkit.ice.candidate import Candidate
from sdpkit.intake import Find, Kind
from sdpkit.reception import RemoteCandidate, candidates_of
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse

_Way = str | int | None
"""A way to an m-section: its mid, its index, or None where neither is said."""


class _Set(NamedTuple):
    """A description that was set: its place among all that happened, and the ufrags that hold in its m-sections."""

    place: int
    number: int
    ufrags: dict[_Way, str]


class Owners:
    """Which description each candidate of a peer connection belongs to.

    It is one with the ufrag of the candidate, which only an ICE restart changes: of several the first, but those that
    came to an exchange before those that did not.
    """

    def __init__(self, rounds: Iterable[Round], descriptions: Mapping[int, Event]) -> None:
        self._by_side: dict[Side | None, list[_Set]] = defaultdict(list)
        self._numbers: dict[tuple[str, _Way], int] = {}
        for place, event in descriptions.items():
            if event.is_set and event.number is not None:
                known = _Set(place, event.number, _ufrags(parse(event.find.text)))
                self._by_side[event.side].append(known)
        exchanged = {number for each in rounds if each.offer and each.answer for number in (each.offer, each.answer)}
        everything = [known for side in self._by_side.values() for known in side]
        for known in sorted(everything, key=lambda known: (known.number not in exchanged, known.place)):
            for way, ufrag in known.ufrags.items():
                self._numbers.setdefault((ufrag, way), known.number)
                self._numbers.setdefault((ufrag, None), known.number)

    def of(self, find: Find, side: Side | None, place: int) -> int | None:
        """The number of the description that a candidate or fragment belongs to; None where there is none."""
        if "Fail" in (find.event or ""):  # addIceCandidateFailed
            return None
        try:
            candidates = list(candidates_of(find))
        except SDPError:
            return None
        said = next(filter(None, (find.ufrag, *_ufrags_said(find, candidates))), None)
        ways = (way for each in candidates for way in _ways(each))
        numbers = (self._numbers.get((said or self._ufrag(side, place, way), way)) for way in ways)
        return next((number for number in numbers if number is not None), None)

    def _ufrag(self, side: Side | None, place: int, way: _Way) -> str:
        """The ufrag that holds for what does not say its own; empty where there is none.

        It is that of the description before; of an unknown side it is known only if there is no other description.
        """
        known = self._by_side[side]
        if not known or (side is None and len(known) > 1):
            return ""
        behind = bisect_left(known, place, key=lambda each: each.place)
        return known[max(0, behind - 1)].ufrags.get(way, "")


def _ufrags(description: SessionDescription) -> dict[_Way, str]:
    """The ufrags that hold in a description by all ways to its m-sections."""
    found: dict[_Way, str] = {}
    for index, section in enumerate(description.media):
        if section.ice.ufrag:
            found |= {way: section.ice.ufrag for way in (section.mid, index) if way is not None}
            found.setdefault(None, section.ice.ufrag)
    return found


def _ufrags_said(find: Find, candidates: Iterable[RemoteCandidate]) -> Iterator[str | None]:
    """The ufrags that candidates say, or the fragment that they are in."""
    yield from (each.candidate.ufrag for each in candidates if each.candidate)
    if find.kind is Kind.FRAGMENT:
        fragment = parse(find.text)
        yield from (section.ice.ufrag for section in (fragment, *fragment.media))


def _ways(candidate: RemoteCandidate) -> list[_Way]:
    """The ways to the m-section of a candidate, the best first."""
    ways: list[_Way] = [way for way in (candidate.mid, candidate.m_line_index) if way is not None]
    return ways or [None]


def by_ufrag(connection: PeerConnection) -> Mapping[tuple[Side | None, str], list[Event]]:
    """The candidates that came on their own, by their side and each ufrag of the description that they belong to.

    They hold for all descriptions that have this ufrag, until ICE restarts (RFC 8839 §4.4.1.1.1).
    """
    found: dict[tuple[Side | None, str], list[Event]] = defaultdict(list)
    descriptions = connection.descriptions
    for number, events in connection.candidates.items():
        if number is not None:
            described = descriptions[number]
            for ufrag in set(_ufrags(parse(described.find.text)).values()):
                found[described.side, ufrag] += events
    return found


def with_candidates(description: SessionDescription, events: Iterable[Event]) -> SessionDescription:
    """A copy of a description that has the candidates that followed it, too, as if they had been gathered before.

    Those that it has already, or that it has no m-section for, are left out.
    """
    whole = description.copy()
    indexed = list(enumerate(whole.media))
    sections = {way: section for index, section in reversed(indexed) for way in (None, index, section.mid)}
    known = {id(section): {_key(each) for each in section.candidates} for section in whole.media}
    new: dict[int, list[Candidate]] = defaultdict(list)
    for each in (each for event in events for each in candidates_of(event.find)):
        section = next((sections[way] for way in _ways(each) if way in sections), None)
        if each.candidate is None:
            (section or whole).set("end-of-candidates", True)
        elif section is not None and _key(each.candidate) not in known[id(section)]:
            known[id(section)].add(_key(each.candidate))
            new[id(section)].append(each.candidate)
    for section in whole.media:
        section.add("candidate", *new[id(section)])
    return whole


def _key(candidate: Candidate) -> tuple[object, ...]:
    """What makes one candidate different from another, whoever wrote them."""
    return candidate.component, candidate.transport.lower(), candidate.address, candidate.port, candidate.typ
