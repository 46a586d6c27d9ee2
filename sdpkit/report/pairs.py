"""The screens of `sdpkit pairs`."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice, product

from sdpkit.ice.candidate import Candidate
from sdpkit.ice.checklist import LOCAL, REMOTE, CandidatePair, Checklist, ChecklistSet, Expectation
from sdpkit.ice.reach import where
from sdpkit.report.labels import labelled, labelled_each
from sdpkit.report.tables import table

_MOST = 200  # rows of a table
_MOST_LISTS = 20
_WIDE = 80  # columns from which on there is room for two addresses and a number of 19 digits


def overview(found: ChecklistSet, local: str, remote: str, width: int, *, everything: bool) -> str:
    """The two sides, then each checklist: its pairs in their order, what was left out, and what to expect.

    With `everything`, each pair that was left out is listed, too.
    """
    blocks = ["\n".join(_sides(found, local, remote, width))]
    for checklist in found.checklists[:_MOST_LISTS]:
        blocks += [labelled("transport", _transport(checklist), width), _pairs(checklist, width)]
        blocks += [_left_out(checklist, width)] if everything else []
        blocks += ["\n".join(_facts(checklist, width))]
    blocks += ["\n".join(_ending(found, width))]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _sides(found: ChecklistSet, local: str, remote: str, width: int) -> Iterator[str]:
    for side, name, controlling in ((LOCAL, local, found.controlling), (REMOTE, remote, not found.controlling)):
        lite = ", lite" if side in found.lite else ""
        yield labelled(side, f"{name}: {'controlling' if controlling else 'controlled'}{lite}", width)


def _transport(checklist: Checklist) -> str:
    """Which m-sections a checklist is for, and how many pairs it has."""
    others = " ".join(f"#{index}" for index in checklist.sections if index != checklist.index)
    section = (
        "" if checklist.index is None else f"#{checklist.index}{f' for {others} too (BUNDLE)' if others else ''}: "
    )
    local, remote = _count(len(checklist.local), "local candidate"), _count(len(checklist.remote), "remote candidate")
    return f"{section}{local}, {remote}, {_count(len(checklist.pairs), 'pair')}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _pairs(checklist: Checklist, width: int) -> str:
    if not checklist.pairs:
        return ""
    headers = ["#", "comp", "local", "remote", "pair priority", "state", "checked by"]
    components = any(pair.component != 1 for pair in checklist.pairs)
    rows = [_row(pair, components, width >= _WIDE) for pair in checklist.pairs[:_MOST]]
    return table(headers, rows, width, right=["#", "comp", "pair priority"], wrap=["local", "remote"])


def _row(pair: CandidatePair, components: bool, priorities: bool) -> tuple[object, ...]:
    both = pair.checked_by == (LOCAL, REMOTE)
    return (
        pair.number,
        pair.component if components else None,
        _named(pair.local),
        _named(pair.remote),
        pair.priority if priorities else None,
        pair.state,
        None if both else " ".join(pair.checked_by) or "nobody",
    )


def _named(candidate: Candidate) -> str:
    tcp = candidate.transport.lower() == "tcp"
    return " ".join([candidate.typ, *([f"tcp {candidate.tcptype or ''}".strip()] if tcp else []), where(candidate)])


def _left_out(checklist: Checklist, width: int) -> str:
    """Each pair that was left out, and why."""
    pairs = (
        (_named(checklist.local[ours]), _named(checklist.remote[theirs]), group.reason)
        for group in checklist.left_out
        for ours, theirs in product(group.local, group.remote)
    )
    rows = list(islice(pairs, _MOST))
    headers = ["left out: local", "remote", "why"]
    return table(headers, rows, width, wrap=headers) if rows else ""


def _facts(checklist: Checklist, width: int) -> Iterator[str]:
    """What was left out, and what to expect."""
    counts: Counter[str] = Counter()
    for group in checklist.left_out:
        counts[group.reason] += group.count
    left_out = (f"{_count(count, 'pair')}: {reason}" for reason, count in counts.most_common(_MOST))
    several = len({each.component for each in checklist.expected}) > 1
    expected = (_expected(each, checklist, several) for each in checklist.expected)
    yield from labelled_each("left out", left_out, width)
    yield from labelled_each("expect", expected, width)
    yield from labelled_each("problem", filter(None, [checklist.problem]), width)
    yield from labelled_each("remedy", filter(None, [checklist.remedy]), width)


def _expected(expectation: Expectation, checklist: Checklist, several: bool) -> str:
    """An assumption, and the pair that will be selected under it."""
    under = f"{f'component {expectation.component}, ' if several else ''}{expectation.assumption}"
    pair = next((pair for pair in checklist.pairs if pair.number == expectation.number), None)
    if pair is None:
        return f"{under}: none, as {expectation.reason}"
    reason = f"; {expectation.reason}" if expectation.reason else ""
    return f"{under}: #{pair.number}, {_named(pair.local)} with {_named(pair.remote)}{reason}"


def _ending(found: ChecklistSet, width: int) -> Iterator[str]:
    if len(found.checklists) > _MOST_LISTS:
        yield labelled("transport", f"and {len(found.checklists) - _MOST_LISTS:,} more: --format json has all", width)
    yield from labelled_each("problem", found.problems, width)
    yield from labelled_each("note", found.notes, width)
