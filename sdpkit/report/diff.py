"""The screens of `sdpkit diff`."""

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from sdpkit.offer_answer.changes import Cause, Change, Difference, Kind, Mode
from sdpkit.offer_answer.munging import MUNGINGS
from sdpkit.report.escaping import escape
from sdpkit.report.tables import cut, table

_MARKS = {Kind.ADDED: "+", Kind.REMOVED: "-", Kind.CHANGED: "~", Kind.MOVED: ">"}
_SIDES = {
    Mode.RENEGOTIATION: ("old", "new"),
    Mode.MUNGE: ("made", "set"),
    Mode.PEERS: ("offer", "answer"),
}
"""What the two texts are called above a table."""
_CAUSES = {
    Cause.ICE_RESTART: "because of the ICE restart",
    Cause.GATHERING: "because one text has no candidates yet",
    Cause.ICE: "without effect where ICE is used",
    Cause.BUNDLE: "without effect in bundled m-sections",
    Cause.LEAD: "because another m-section leads the bundle",
    Cause.REJECTION: "without effect in rejected m-sections",
    Cause.SECTION: "because m-sections have come or gone",
    Cause.DIRECTION: "because of the direction",
    Cause.CODEC: "because of the codecs that they belong to",
    Cause.ANSWER: "because one is an offer and one an answer",
    Cause.LATER: "as a later description must have it",
    Cause.PEER: "that each peer has of its own",
    None: "that no peer minds",
}
"""Why changes are not shown that follow from something, or from nothing."""
_LABELS = {"format-parameter": "fmtp ", "feedback": "rtcp-fb ", "attribute": "a=", "line": "", "information": ""}
"""What some changes are called on a screen, before that which is said to have changed; the others by their names."""
_INDENT = 11  # of what stands behind a label
_WIDE = 80  # columns from which on there is room for what both texts say
_MOST_ROWS = 200  # of a table
_MOST_MIDS = 6  # of a change
_LONGEST = 80  # characters of a value


def screen(difference: Difference, names: tuple[str, str], width: int, *, show_all: bool = False) -> str:
    """What the two texts are to each other, the changes that matter with what they mean, and what is not shown."""
    shown = difference.changes if show_all else difference.mattering
    blocks = [
        "\n".join(_heading(difference, names, width)),
        _edits(difference, width),
        _lines(shown, width) if difference.mode is Mode.TEXT else _changes(shown, difference.mode, width),
        f"and {len(shown) - _MOST_ROWS} more: --format json has all" if len(shown) > _MOST_ROWS else "",
        "" if show_all else "\n".join(_not_shown(difference.others, width)),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _heading(difference: Difference, names: tuple[str, str], width: int) -> Iterator[str]:
    """On one line, or on as many as the width asks for."""
    count, others = len(difference.mattering), len(difference.others)
    counts = f"{count} change{'s' * (count != 1)} that matter{'s' * (count == 1)}"
    parts = [
        f"{difference.mode}: {difference.relation}",
        "ICE RESTART" if difference.ice_restart else "",
        f"{counts}, {others} that do{'es' * (others == 1)} not" if difference.changes else "no difference",
    ]
    old, new = map(escape, names)
    line = f"{old} -> {new}"
    if len(line) > width:
        yield f"{old} ->"
        line = new
    for part in filter(None, parts):
        joined = f"{line}    {part}"
        if len(joined) > width:
            yield line
        line = joined if len(joined) <= width else textwrap.fill(part, width)
    yield line


def _edits(difference: Difference, width: int) -> str:
    """The kinds of edits by libwebrtc's names."""
    rows = [
        (name, MUNGINGS[name].summary, "refused" if MUNGINGS[name].is_refused else "") for name in difference.mungings
    ]
    return table(["munged", "what it is", "libwebrtc"], rows, width, wrap=["what it is"]) if rows else ""


def _changes(changes: Sequence[Change], mode: Mode, width: int) -> str:
    """A table of changes: where there is room, with a column for each text."""
    sides = _SIDES[mode] if width >= _WIDE else ("change",)
    rows = [
        (
            _MARKS[change.kind],
            _where(change),
            f"{_LABELS.get(change.what, f'{change.what} ')}{change.item}",
            *(_values(change) if len(sides) == 2 else [" -> ".join(filter(None, _values(change)))]),
            _meaning(change),
        )
        for change in changes[:_MOST_ROWS]
    ]
    headers = ["", "where", "what", *sides, "what it means"]
    return table(headers, rows, width, wrap=headers[2:]) if rows else ""


def _values(change: Change) -> tuple[str | None, str | None]:
    return _value(change.old), _value(change.new)


def _meaning(change: Change) -> str:
    """What a change means, or why it means nothing."""
    if change.matters:
        return change.meaning
    return f"({_CAUSES[change.follows]})" if change.follows else f"({change.meaning})"


def _where(change: Change) -> str:
    if not change.where:
        return "session"
    mids = [place.mid for place in change.where if place.mid is not None]
    if len(mids) < len(change.where):
        return ", ".join(map(str, change.where[:_MOST_MIDS])) + "…" * (len(change.where) > _MOST_MIDS)
    return f"mid {' '.join(mids[:_MOST_MIDS])}{' …' * (len(mids) > _MOST_MIDS)}"


def _value(value: str | None) -> str | None:
    """A value as it fits into a cell: of a URI only its end."""
    if value is None:
        return None
    if value.startswith(("urn:", "http:", "https:")):
        return value.rpartition("/")[2].rpartition(":")[2]
    return cut(value, _LONGEST)


def _lines(changes: Sequence[Change], width: int) -> str:
    """Lines with their numbers in both texts."""
    rows = [
        (
            _MARKS[change.kind],
            change.old_spans[0].line if change.old_spans else "",
            change.new_spans[0].line if change.new_spans else "",
            f"{change.old} -> {change.new}" if change.kind is Kind.CHANGED else change.new or change.old,
        )
        for change in changes[:_MOST_ROWS]
    ]
    return table(["", "old", "new", "line"], rows, width, right=["old", "new"], wrap=["line"]) if rows else ""


def _not_shown(changes: Sequence[Change], width: int) -> Iterator[str]:
    """How many changes are not shown, and why."""
    by_cause: dict[Cause | None, list[str]] = defaultdict(list)
    for change in changes:
        by_cause[change.follows].append(change.what)
    label = "not shown"
    for cause, whats in by_cause.items():
        count = f"{len(whats)} change{'s' * (len(whats) != 1)} {_CAUSES[cause]}"
        text = f"{count}: {', '.join(what for what, _ in Counter(whats).most_common())}"
        first, rest = f"{label:<{_INDENT}}", " " * _INDENT
        yield textwrap.fill(text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
        label = ""
    if changes:
        yield f"{'':<{_INDENT}}(--all shows them)"
