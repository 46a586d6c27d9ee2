"""The screens of `sdpkit extract`."""

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import takewhile
from operator import itemgetter

import msgspec

from sdpkit.extraction import Event, Extraction, Judged, Judgement, Notice, PeerConnection, Round
from sdpkit.finding import Finding, SDPError, Severity
from sdpkit.ice.checklist import Checklist, ChecklistSet
from sdpkit.ice.reach import where
from sdpkit.intake import Kind, LeftOut
from sdpkit.masking import mask, mask_lines
from sdpkit.offer_answer.munging import MUNGINGS
from sdpkit.reception import RemoteCandidate, candidates_of
from sdpkit.report.escaping import escape
from sdpkit.report.labels import labelled, labelled_each
from sdpkit.report.masking import without_secrets
from sdpkit.report.tables import cut, table
from sdpkit.report.validate import Checked
from sdpkit.rules import Report
from sdpkit.sdp.lines import Limits, split

_MOST = 20  # things of a kind that are said
_UNANSWERED = "the offer was rolled back, refused or replaced, or the recording ends"
_NAMELESS = "edited in a way that libwebrtc has no name for"
_LONGEST_ID = 60  # characters of a peer connection's name
_FAILURE = re.compile("OnFailure$|Failed$|error$")
_STATES = {
    "signalingstatechange": "signaling",
    "iceconnectionstatechange": "ICE",
    "connectionstatechange": "connection",
}
_SINCE_1970 = 1e11  # ms; a time below is counted from the beginning of the recording


def heading(found: Extraction, name: str, start: float | None, width: int) -> str:
    """What was read, as what, what is in it, when the recording began, in ms, and what failed."""
    events = [event for connection in found.peer_connections for event in connection.events]
    shapes = ", ".join(_common_shapes(events))
    named = sum(connection.id is not None for connection in found.peer_connections)
    counts = [
        *([_count(named, "peer connection")] if named else ()),
        _count(sum(len(connection.descriptions) for connection in found.peer_connections), "description"),
        _count(sum(event.find.kind is not Kind.DESCRIPTION for event in events), "candidate"),
    ]
    lines = [labelled("input", f"{name}: {shapes}" if shapes else name, width)]
    lines.append(labelled("found", ", ".join(counts), width))
    if start is not None and start > _SINCE_1970:
        lines.append(labelled("from", _moment(start), width))
    if len(found.peer_connections) > 1:
        lines += labelled_each("failed", filter(None, map(_failed_in_short, found.peer_connections)), width)
    return "\n".join(lines) + "\n"


def _failed_in_short(connection: PeerConnection) -> str:
    """What failed on a peer connection; empty where nothing is known to have failed."""
    failed = dict.fromkeys(_call(notice) for notice in connection.notices if _is_failure(notice))
    return f"{cut(connection.id or 'not named', _LONGEST_ID)}: {', '.join(failed)}" if failed else ""


def _is_failure(notice: Notice) -> bool:
    return notice.what == "failed" or _FAILURE.search(notice.event) is not None


def _call(notice: Notice) -> str:
    """The call that failed, or what has a state."""
    return _STATES.get(notice.event.lower().removeprefix("on")) or _FAILURE.sub("", notice.event).removeprefix("on")


def _common_shapes(events: Iterable[Event]) -> Iterator[str]:
    """What all was wrapped in."""
    levels = zip(*(event.find.read_as for event in events), strict=False)
    return (shapes[0] for shapes in takewhile(lambda shapes: len(set(shapes)) == 1, levels))


def start_of(found: Extraction) -> float | None:
    """The time of the first event, in ms; None where none has a time."""
    events = (event for connection in found.peer_connections for event in connection.events)
    return min((event.find.time for event in events if event.find.time is not None), default=None)


def _moment(time: float) -> str:
    try:
        moment = datetime.fromtimestamp(time / 1000, UTC)
    except (ValueError, OverflowError, OSError):  # beyond the calendar
        return f"{time} ms"
    return f"{moment.isoformat(' ', 'milliseconds').removesuffix('+00:00')} UTC"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def timeline(connection: PeerConnection, start: float | None, width: int) -> str:
    """All that happened on a peer connection, in its order; times are since `start`, in s."""
    rows = [row for _, row in heapq.merge(_events(connection, start), _notices(connection, start), key=itemgetter(0))]
    shown = table(["s", "side", "event", "no", "what"], rows, width, right=["s", "no"], wrap=["event", "what"])
    return f"{_title(connection)}\n\n{shown}\n"


_Row = tuple[str, str | None, str, int | None, str]
"""A row of a timeline: seconds, side, event, number of a description, what it was about."""


def _events(connection: PeerConnection, start: float | None) -> Iterator[tuple[int, _Row]]:
    """The descriptions and candidates, each with the number of events before it."""
    seen: set[int | None] = set()
    for place, event in enumerate(connection.events):
        what = _what(event, event.number in seen)
        yield place, (_seconds(event.find.time, start), event.side, _event_name(event), event.number, what)
        if event.find.kind is Kind.DESCRIPTION:
            seen.add(event.number)


def _notices(connection: PeerConnection, start: float | None) -> Iterator[tuple[int, _Row]]:
    """What was reported, each with the number of events before it and its own place before the next event."""
    for notice in connection.notices:
        yield notice.after - 1, (_seconds(notice.time, start), None, notice.event, None, notice.what)


def _title(connection: PeerConnection) -> str:
    if connection.id is None:
        return "peer connection: not named in the recording"
    return f"peer connection {cut(escape(connection.id), _LONGEST_ID)}"


def _seconds(time: float | None, start: float | None) -> str:
    return "" if time is None or start is None else f"{(time - start) / 1000:.3f}"


def _event_name(event: Event) -> str:
    """What was done, or else where it was found."""
    find = event.find
    return find.event or (find.path if find.line is None else f"line {find.line}")


def _what(event: Event, is_known: bool) -> str:
    """What an event was about."""
    if event.find.kind is not Kind.DESCRIPTION:
        return _candidates_in_words(event) + ", for no description here" * (event.number is None)
    type = event.type or "description"
    if is_known:
        return f"the same {type}"
    is_edited = event.created is not None and event.created != event.number
    return f"{type}, {_size(event)}" + f"; {event.created} was created" * is_edited


def _size(event: Event) -> str:
    lines = split(event.find.text, Limits())
    return f"{_count(sum(line.type == 'm' for line in lines), 'm-section')}, {_count(len(lines), 'line')}"


def _candidates_in_words(event: Event) -> str:
    found = _candidates(event)
    if not found:
        return "candidate that cannot be read"
    if event.find.kind is Kind.FRAGMENT:
        return f"fragment with {_types(found) or 'no candidates'}"
    (each,) = found
    place = f"mid {each.mid}" if each.mid is not None else f"m-section {each.m_line_index}"
    place = "" if each.mid is None and each.m_line_index is None else f"{place}: "
    if each.candidate is None:
        return f"{place}end of candidates"
    candidate = each.candidate
    kind = " ".join(filter(None, (candidate.typ, candidate.transport.lower(), candidate.tcptype)))
    return f"{place}{kind} {where(candidate)}"


def _candidates(event: Event) -> list[RemoteCandidate]:
    """The candidates of an event; none where they cannot be read."""
    try:
        return list(candidates_of(event.find))
    except SDPError:
        return []


def _types(candidates: Iterable[RemoteCandidate]) -> str:
    """How many candidates there are of each type."""
    types = Counter(each.candidate.typ for each in candidates if each.candidate)
    return ", ".join(f"{number} {typ}" for typ, number in types.most_common(_MOST))


def overview(connection: PeerConnection, start: float | None, width: int) -> str:
    """The rounds of a peer connection, with what there is to say of them, and what belongs to none."""
    screen = _Screen(connection, start, width)
    blocks = ["\n".join([_title(connection), *screen.notices(connection)])]
    blocks += ["\n".join(screen.round(number, each)) for number, each in enumerate(connection.rounds, 1)]
    blocks += ["\n".join(screen.rest(connection))]
    return "\n\n".join(filter(None, blocks)) + "\n"


class _Screen:
    """What the lines about a peer connection have in common."""

    def __init__(self, connection: PeerConnection, start: float | None, width: int) -> None:
        self._events = connection.descriptions
        self._candidates = connection.candidates
        self._undone = connection.undone
        self._start = start
        self._width = width

    def notices(self, connection: PeerConnection) -> Iterator[str]:
        """What failed, then the states one after the other."""
        failures: dict[tuple[str, str], list[Notice]] = defaultdict(list)
        for notice in filter(_is_failure, connection.notices):
            failures[_call(notice), notice.what].append(notice)
        yield from self._lines("failed", (self._failed(*key, each) for key, each in failures.items()))
        for event, label in _STATES.items():
            states = (each for each in connection.notices if each.event.lower().removeprefix("on") == event)
            if said := ", ".join(f"{each.what}{self._at(each)}" for each in states):
                yield self._line(label, said)

    def _failed(self, call: str, what: str, notices: list[Notice]) -> str:
        """What failed in the same way, once or more often."""
        more = f", {len(notices)} times" if len(notices) > 1 else ""
        return f"{call}{self._at(notices[0])}{more}" + f": {what}" * (what not in ("", "failed"))

    def _at(self, notice: Notice) -> str:
        seconds = _seconds(notice.time, self._start)
        return f" at {seconds} s" if seconds else ""

    def round(self, number: int, round: Round) -> Iterator[str]:
        """The lines about a round."""
        judgement = round.judgement or Judgement(None, None, None, None)
        yield f"round {number}{_restart(judgement)}"
        type = self._events[judgement.offer.number].type if judgement.offer else "offer"
        if judgement.offer:
            yield from self._description(type or "text", judgement.offer)
        else:
            yield self._line("offer", "not in the recording")
        for pranswer in round.pranswers:
            yield self._line(f"pranswer {pranswer}", self._facts(pranswer))
        if judgement.answer:
            yield from self._description("answer", judgement.answer)
        elif type is not None:
            yield self._line("answer", "none" if round.offer in self._undone else f"none: {_UNANSWERED}")
        if judgement.negotiation:
            outcomes = (f"#{section.index}: {section.verdict}" for section in judgement.negotiation.sections)
            yield from self._lines("agreed", outcomes)
            yield from self._lines("problem", judgement.negotiation.problems)
        if judgement.pairs:
            yield from self._pairs(judgement.pairs)

    def _pairs(self, found: ChecklistSet) -> Iterator[str]:
        """The lines about candidate pairs: what to expect of them, or why none can work."""
        formed = (each for each in found.checklists if each.problem is None)
        yield from self._lines("pairs", (f"{_transport(each)}{_expected(each)}" for each in formed))
        problems = (f"{_transport(each)}{each.problem}" for each in found.checklists if each.problem is not None)
        yield from self._lines("no pair", (*found.problems, *problems))
        yield from self._lines("note", found.notes)

    def _description(self, type: str, judged: Judged) -> Iterator[str]:
        """The lines about a description that came to a round."""
        event = self._events[judged.number]
        yield self._line(f"{type} {judged.number}", f"{self._facts(judged.number)}; {_counts(judged.report)}")
        if judged.number in self._undone:
            yield self._line("", f"it was {self._undone[judged.number]}")
        followed = [each for own in self._candidates.get(judged.number, ()) for each in _candidates(own)]
        if followed:
            yield self._line("", f"candidates that followed: {_types(followed) or 'only their end'}")
        kinds = [f"{name}: {MUNGINGS[name].summary}{_refusal(name)}" for name in judged.mungings]
        if event.created not in (None, judged.number):
            yield from self._lines("munged", (f"since {event.created}, {kind}" for kind in kinds or [_NAMELESS]))
        for severity in (Severity.ERROR, Severity.WARNING):
            found = (finding for finding in judged.report.findings if finding.severity is severity)
            yield from self._lines(severity, map(_in_short, found))
        yield from self._lines("repaired", (f"{each.what} ({each.certainty})" for each in event.find.repairs))

    def _facts(self, number: int) -> str:
        """Whose a description is, when it was set, and how large it is."""
        event = self._events[number]
        seconds = _seconds(event.find.time, self._start)
        return ", ".join(filter(None, (event.side, seconds and f"{seconds} s", _size(event))))

    def _line(self, label: str, text: str) -> str:
        return labelled(label, text, self._width)

    def _lines(self, label: str, texts: Iterable[str]) -> Iterator[str]:
        return labelled_each(label, texts, self._width)

    def rest(self, connection: PeerConnection) -> Iterator[str]:
        """The lines about what belongs to no round: what was never set, and candidates of no description."""
        known = {event.created for event in connection.events}
        unset = (number for number, event in self._events.items() if not event.is_set and number not in known)
        yield from self._lines("never set", (f"{self._events[number].type} {number}" for number in unset))
        yield from self._lines("stray", map(_candidates_in_words, self._candidates.get(None, ())))


def _transport(checklist: Checklist) -> str:
    """Which m-section a checklist is for, if it is for a certain one."""
    return "" if checklist.index is None else f"#{checklist.index}: "


def _expected(checklist: Checklist) -> str:
    """How many pairs there are, and which kind of pair each assumption leads to."""
    by_number = {pair.number: pair for pair in checklist.pairs}
    kinds = []
    for each in checklist.expected:
        pair = by_number.get(each.number) if each.number is not None else None
        kinds.append(f"{each.assumption}: {f'{pair.local.typ} with {pair.remote.typ}' if pair else 'none'}")
    return "; ".join([_count(len(checklist.pairs), "pair"), *dict.fromkeys(kinds)])


def _in_short(finding: Finding) -> str:
    return f"{finding.code} in line {finding.span.line}: {finding.message}"


def _restart(judgement: Judgement) -> str:
    """Whether ICE begins anew with a round."""
    restarts = [each.ice_restart for each in (judgement.offer, judgement.answer) if each]
    if None in restarts:
        return ""
    return ": ICE restart" if all(restarts) else ": ICE restart in the offer alone" if restarts[:1] == [True] else ""


def _refusal(name: str) -> str:
    return "; libwebrtc refuses it" if MUNGINGS[name].is_refused else ""


def _counts(report: Report) -> str:
    found = Counter(finding.severity for finding in report.findings)
    return ", ".join(_count(found[severity], severity) for severity in Severity)


def masked(connection: PeerConnection) -> PeerConnection:
    """The same without secrets, in the texts and in what is said of them."""
    events = tuple(_masked_event(event) for event in connection.events)
    texts = {number: event.find.text for number, event in connection.descriptions.items()}
    rounds = tuple(
        msgspec.structs.replace(each, judgement=each.judgement and _masked_judgement(each.judgement, texts))
        for each in connection.rounds
    )
    notices = tuple(msgspec.structs.replace(notice, what=mask(notice.what)) for notice in connection.notices)
    return msgspec.structs.replace(connection, events=events, rounds=rounds, notices=notices)


def _masked_event(event: Event) -> Event:
    text = "".join(map(str, mask_lines(split(event.find.text, Limits()))))
    repairs = tuple(
        msgspec.structs.replace(
            repair, left_out=tuple(LeftOut(left_out.line, mask(left_out.text)) for left_out in repair.left_out)
        )
        for repair in event.find.repairs
    )
    return msgspec.structs.replace(event, find=msgspec.structs.replace(event.find, text=text, repairs=repairs))


def _masked_judgement(judgement: Judgement, texts: dict[int, str]) -> Judgement:
    offer, answer = (each and _masked_judged(each, texts[each.number]) for each in (judgement.offer, judgement.answer))
    return msgspec.structs.replace(judgement, offer=offer, answer=answer)


def _masked_judged(judged: Judged, text: str) -> Judged:
    lines = tuple(line.text for line in split(text, Limits()))
    checked = without_secrets(Checked("", "", "", lines, judged.report))
    return msgspec.structs.replace(judged, report=checked.report)
