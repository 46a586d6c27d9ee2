"""Descriptions that stand in a text line by line: where each begins and ends, and which lines are not its own."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sdpkit.intake.breaks import LONGEST, begins_clearly, is_run_together
from sdpkit.intake.find import LeftOut
from sdpkit.intake.prefixes import NONE, Prefix, learn
from sdpkit.intake.rows import ODD, UNKNOWN, Row, cost, is_typed

_LINE = re.compile(r"([^\r\n]*)(\r+\n|\r|\n|\Z)")
_NEXT_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)([^\r\n]{0,600})[^\r\n]*(?:\r\n|\r|\n)?([^\r\n]{0,600})")
_MOST_FOREIGN = 4  # lines in a row that are not SDP, and do not end a description
_MOST_BETWEEN = 50  # the same in a log, where others write, too
_LONGEST_LEAD = 4096
_WIDEST = 250  # columns of anything that wraps lines
_NAMED = re.compile(r"a=[A-Za-z][A-Za-z-]{2}")
_FENCE = re.compile(r"\s*(?:```|~~~|---)")


class Block(NamedTuple):
    """The lines of a description as they were found, those of others among them, and its end."""

    rows: list[Row]
    others: tuple[LeftOut, ...]
    prefix: Prefix
    end: int


def line_start(text: str, place: int) -> int:
    """Where the line begins that `place` is on; not further back than the line of a log may be long."""
    back = max(0, place - _LONGEST_LEAD)
    return max(text.rfind("\n", back, place), text.rfind("\r", back, place), back - 1) + 1


def rows_of(text: str) -> Iterator[Row]:
    """All lines of a text."""
    return (row for row, _, _ in _lines(text, 0, len(text), NONE))


def read_block(text: str, place: int, stop: int) -> Block:
    """The lines from `place` on that belong together; none of them reaches beyond `stop`."""
    following = _NEXT_LINES.match(text, place)
    prefix = learn(text[line_start(text, place) : place], following.groups() if following else ())
    most = _MOST_BETWEEN if prefix.is_log else _MOST_FOREIGN
    rows: list[Row] = []
    others: list[LeftOut] = []
    waiting: list[Row] = []  # lines that belong to it only if some of its own follow
    strangers: list[LeftOut] = []
    end, width = place, 0
    for row, line_end, is_stranger in _lines(text, place, stop, prefix):
        if len(row.text) > LONGEST:
            break
        if is_stranger:
            strangers.append(LeftOut(row.number, row.text))
        elif rows and row.text.startswith("v=0"):
            break
        elif not rows or _is_own(row.text, waiting) or (not waiting and _goes_on(rows[-1].text, row.text, width)):
            rows += [*waiting, row]
            others += strangers
            waiting, strangers, end = [], [], line_end
            width = max(width, len(row.text))
        else:
            waiting.append(row)
        if len(waiting) + len(strangers) > most:
            break
    return Block(_without_surroundings(rows) if rows else rows, tuple(others), prefix, end)


def _lines(text: str, place: int, stop: int, prefix: Prefix) -> Iterator[tuple[Row, int, bool]]:
    """The lines from `place` on without their prefix, where each ends, and whether it has none: a stranger's."""
    for number, found in enumerate(_LINE.finditer(text, place, stop), 1):
        if number > 1 and found.start() >= stop:
            return
        bare = found[1] if number == 1 else prefix.strip(found[1])
        yield Row(number, found[1] if bare is None else bare, found[2]), found.end(), bare is None


def _is_own(text: str, waiting: list[Row]) -> bool:
    """Whether a line is SDP: with others before it that are not, only if it clearly is."""
    if not is_typed(text) or not waiting:
        return is_typed(text)
    if any(row.text.strip() for row in waiting):
        return begins_clearly(text)
    return cost(text) < UNKNOWN or _NAMED.match(text) is not None


def _goes_on(before: str, text: str, width: int) -> bool:
    """Whether a line may be the rest of the one before, which something wrapped: there was no room for it."""
    if not text.strip() or _FENCE.match(text) or len(before) + 1 + len(text.split(maxsplit=1)[0]) <= width:
        return False
    return width <= _WIDEST or is_run_together(f"\0{text}")


def _without_surroundings(rows: list[Row]) -> list[Row]:
    """The lines without those at the end that are only the rest of a line if lines were wrapped, and were not."""
    last = max((place for place, row in enumerate(rows) if is_typed(row.text)), default=0)
    is_wrapped = any(row.text.strip() and not is_typed(row.text) for row in rows[:last])
    return rows if is_wrapped or cost(rows[last].text) >= ODD else rows[: last + 1]
