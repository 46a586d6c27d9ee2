"""What a form of a description loses: found by comparing what comes back with what was there."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec

from sdpkit.sdp.decoding import key_of
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Line

_Place = tuple[int, str]
"""The m-section of a line, from 0 (-1 before the first), and what the line is about."""


class Loss(msgspec.Struct, frozen=True):
    """A line that does not come back as it was: its number, its text, and what comes instead (None: nothing)."""

    line: int
    text: str
    becomes: str | None


class Losses(msgspec.Struct, frozen=True):
    """All that does not come back as it was; false where nothing is lost."""

    lines: tuple[Loss, ...]
    added: tuple[str, ...]
    """Lines that were not there."""
    is_reordered: bool
    """Whether lines change places."""
    changes_ends: bool
    """Whether lines end otherwise."""

    def __bool__(self) -> bool:
        return bool(self.lines or self.added or self.is_reordered or self.changes_ends)


def losses(before: SessionDescription, after: SessionDescription) -> Losses:
    r"""What of `before` is not in `after` as it was.

    Lines are compared with those of the same m-section that are about the same.

    >>> from sdpkit import parse
    >>> found = losses(parse("v=0\r\na=mid:007\r\na=x\r\n"), parse("v=0\r\na=mid:7\r\n"))
    >>> [(loss.line, loss.text, loss.becomes) for loss in found.lines]
    [(2, 'a=mid:007', 'a=mid:7'), (3, 'a=x', None)]
    """
    old, new = _by_place(before), _by_place(after)
    lines: list[Loss] = []
    added: list[str] = []
    for place in dict.fromkeys([*old, *new]):
        gone, more = _different(old[place], new[place])
        others = [line.text for line in more]
        lines += (Loss(line.number, line.text, others.pop(0) if others else None) for line in gone)
        added += others
    lines.sort(key=lambda loss: loss.line)
    ends = {line.ending for line in before.lines} != {line.ending for line in after.lines}
    return Losses(tuple(lines), tuple(added), _is_reordered(before, after), ends)


def _by_place(description: SessionDescription) -> defaultdict[_Place, list[Line]]:
    found: defaultdict[_Place, list[Line]] = defaultdict(list)
    section = -1
    for line in description.lines:
        section += line.text.startswith("m=")
        found[section, key_of(line)].append(line)
    return found


def _different(old: list[Line], new: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of each that the other one does not have."""
    return _without(old, new), _without(new, old)


def _without(lines: Iterable[Line], others: Iterable[Line]) -> list[Line]:
    left = Counter(line.text for line in others)
    missing = []
    for line in lines:
        if left[line.text]:
            left[line.text] -= 1
        else:
            missing.append(line)
    return missing


def _is_reordered(before: SessionDescription, after: SessionDescription) -> bool:
    """Whether what both have stands in another order."""
    old, new = ([line.text for line in description.lines] for description in (before, after))
    common = Counter(old) & Counter(new)
    return _among(old, common) != _among(new, common)


def _among(texts: Iterable[str], common: Counter[str]) -> list[str]:
    """The texts that are in a bag, as often as there."""
    left = Counter(common)
    kept = []
    for text in texts:
        if left[text]:
            left[text] -= 1
            kept.append(text)
    return kept
