"""What differs between two descriptions, and what it means."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

import msgspec

from sdpkit.finding import Span
from sdpkit.offer_answer.candidate_changes import candidate_changes
from sdpkit.offer_answer.changes import Cause, Change, Delta, Difference, Mode, Sides
from sdpkit.offer_answer.consequences import (
    Situation,
    cause_of,
    causes_in,
    causes_of_session,
    restarts_ice,
    situation_of,
)
from sdpkit.offer_answer.line_changes import ending_changes, line_changes, unknown_changes
from sdpkit.offer_answer.munging import MUNGINGS, munging_of
from sdpkit.offer_answer.relation import guess_mode
from sdpkit.offer_answer.section_changes import section_changes, session_changes
from sdpkit.offer_answer.section_matching import Matched, matched_sections, moved_sections, whole_change
from sdpkit.offer_answer.subjects import SUBJECTS, TOPICS, Weight
from sdpkit.offer_answer.wording import meaning
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse


def diff(
    old: SessionDescription | str,
    new: SessionDescription | str,
    mode: Mode | str = Mode.AUTO,
    *,
    ignore: Collection[str] = (),
) -> Difference:
    """What differs between two descriptions, each change with what it means and whether it matters.

    `old` and `new` are what one peer said before and later, what it made and what it set, or an offer and its answer:
    see `Mode`. `ignore` are names or topics of changes that are left out (`sdpkit.offer_answer.subjects`). Every line
    that differs is in some change, but for PEERS, where one sends what the other receives. Two equal texts do not
    differ in any mode. Raises ValueError for a mode, name or topic that there is not.

    >>> offer = "v=0\\r\\no=- 1 1 IN IP4 192.0.2.1\\r\\ns=-\\r\\nt=0 0\\r\\nm=audio 9 RTP/AVP 0\\r\\n"
    >>> [(change.what, change.old, change.new) for change in diff(offer, offer + "a=recvonly\\r\\n").changes]
    [('direction', 'sendrecv', 'recvonly')]
    """
    before, after = (parse(text) if isinstance(text, str) else text for text in (old, new))
    is_left_out = _filter(ignore)
    guessed, relation = guess_mode(before, after)
    mode = guessed if Mode(mode) is Mode.AUTO else Mode(mode)
    if str(before) == str(after):
        return Difference(mode, relation, False, (), ())
    matched = matched_sections(before, after)
    situation = situation_of(mode, before, after, matched)
    compare = _by_lines if mode is Mode.TEXT else _by_meaning
    changes = [change for change in compare(before, after, matched, situation) if not is_left_out(change)]
    edits = {change.munging for change in changes}
    return Difference(
        mode,
        relation,
        any(restarts_ice(each, situation) for each in matched),
        tuple(kind for kind in MUNGINGS if kind in edits),
        tuple(changes),
    )


def _filter(ignore: Collection[str]) -> Callable[[Change], bool]:
    """What says whether a change is one of those names or topics."""
    unknown = sorted(set(ignore) - SUBJECTS.keys() - set(TOPICS))
    if unknown:
        raise ValueError(f"there is no topic {', '.join(unknown)}; there are {', '.join(TOPICS)}")
    names = {what for what, subject in SUBJECTS.items() if not {what, *subject.topics}.isdisjoint(ignore)}
    return lambda change: change.what in names


def _by_lines(
    old: SessionDescription, new: SessionDescription, all_matched: list[Matched], situation: Situation
) -> list[Change]:
    """The lines that differ, in their order."""
    lines = [(old.session_lines, new.session_lines), *(matched.lines for matched in all_matched)]
    whole = _Part(
        None, Sides(old, new, restarts_ice=False), [*line_changes(lines), *ending_changes(old.lines, new.lines)]
    )
    return list(_judged(whole, set(), situation))


def _by_meaning(
    old: SessionDescription, new: SessionDescription, all_matched: list[Matched], situation: Situation
) -> list[Change]:
    """What differs in the session and in each m-section; what is the same in several of them is one change."""
    mirrored = situation.mode is Mode.PEERS
    shared = [(each.old.section, each.new.section) for each in all_matched if each.old and each.new]
    in_session = [*session_changes(old, new, shared, mirrored=mirrored), *candidate_changes(old, new)]
    sections = list(_sections(all_matched, situation))
    restarts = any(part.sides.restarts_ice for part in sections)
    session = _Part(None, Sides(old, new, restarts_ice=restarts), in_session)
    _add_unknown(old, new, session, sections, mirrored)
    causes = [causes_in(part.matched, part.deltas, situation) for part in sections if part.matched]
    changes = [*_judged(session, causes_of_session(causes), situation)]
    for part, holding in zip(sections, causes, strict=True):
        changes.extend(_judged(part, holding, situation))
    return _joined(changes)


class _Part(NamedTuple):
    """The session, or an m-section where it is one, in both descriptions, and what differs there."""

    matched: Matched | None
    sides: Sides
    deltas: list[Delta]


def _sections(all_matched: list[Matched], situation: Situation) -> Iterator[_Part]:
    """The m-sections, with what differs in them of that which has a meaning of its own."""
    moves = dict(moved_sections(all_matched))
    for matched in all_matched:
        deltas = [moves[matched]] if matched in moves else []
        if matched.is_whole:
            deltas.append(whole_change(matched))
        elif matched.old and matched.new:
            mirrored = situation.mode is Mode.PEERS
            deltas.extend(section_changes(matched.old.section, matched.new.section, mirrored=mirrored))
            deltas.extend(candidate_changes(matched.old.section, matched.new.section))
        old, new = (placed.section if placed else None for placed in matched)
        yield _Part(matched, Sides(old, new, restarts_ice=restarts_ice(matched, situation)), deltas)


def _add_unknown(
    old: SessionDescription, new: SessionDescription, session: _Part, sections: list[_Part], mirrored: bool
) -> None:
    """Adds the lines that differ and are in no difference yet, and how lines are ordered and end."""
    deltas = [delta for part in (session, *sections) for delta in part.deltas]
    known_old = {place.line for delta in deltas for place in delta.old.spans}
    known_new = {place.line for delta in deltas for place in delta.new.spans}
    shared = [(part.deltas, part.matched.lines) for part in sections if part.matched and not part.matched.is_whole]
    for deltas, (before, after) in [(session.deltas, (old.session_lines, new.session_lines)), *shared]:
        deltas.extend(unknown_changes(before, after, known_old, known_new, mirrored=mirrored))
    session.deltas.extend(ending_changes(old.lines, new.lines))


def _judged(part: _Part, causes: set[Cause], situation: Situation) -> Iterator[Change]:
    """The differences in a part, with what they mean and follow from."""
    codecs = {said.value for delta in part.deltas if delta.what == "codec" for said in (delta.old, delta.new)}
    where = (part.matched.where,) if part.matched else ()
    kind = part.matched.kind if part.matched else ""
    for delta in part.deltas:
        follows = cause_of(delta, causes, codecs, situation)
        is_edit = situation.mode is Mode.MUNGE and follows is not Cause.GATHERING
        yield Change(
            delta.kind,
            where,
            delta.what,
            delta.item,
            delta.old.value,
            delta.new.value,
            meaning(delta, part.sides, situation.mode),
            follows is None and _is_worth_it(delta, situation.mode),
            follows,
            munging_of(delta, kind) if is_edit else None,
            _in_order(delta.old.spans),
            _in_order(delta.new.spans),
        )


def _is_worth_it(delta: Delta, mode: Mode) -> bool:
    """Whether a difference that follows from no other one matters."""
    if delta.what == "ssrc-group" and "SIM" in f"{delta.old.value} {delta.new.value}".split():
        return True  # simulcast of old
    weight = SUBJECTS[delta.what].weight
    return weight is Weight.MEANING or (weight is Weight.NAME and mode is Mode.MUNGE)


def _joined(changes: Iterable[Change]) -> list[Change]:
    """Changes that are the same in several m-sections as one, in the place of the first."""
    same: dict[object, list[Change]] = defaultdict(list)
    for change in changes:
        is_rejected = change.follows is Cause.REJECTION
        place = (bool(change.where), is_rejected, change.munging)
        same[change.kind, change.what, change.item, change.old, change.new, place].append(change)
    return [_one_of(alike) if len(alike) > 1 else alike[0] for alike in same.values()]


def _one_of(alike: list[Change]) -> Change:
    """One change of several that are the same; it matters if any of them does."""
    first = max(alike, key=lambda change: change.matters)
    return msgspec.structs.replace(
        first,
        where=tuple(dict.fromkeys(place for change in alike for place in change.where)),
        old_spans=_in_order(place for change in alike for place in change.old_spans),
        new_spans=_in_order(place for change in alike for place in change.new_spans),
    )


def _in_order(places: Iterable[Span]) -> tuple[Span, ...]:
    """Each place once, in the order of the text."""
    return tuple(sorted(dict.fromkeys(places), key=lambda place: (place.line, place.start)))
