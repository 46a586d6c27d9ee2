"""Descriptions with other values in the place of private ones: the same value always the same, all else untouched."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from sdpkit.redaction.kinds import Kind
from sdpkit.redaction.places import CATEGORIES, Reading, read
from sdpkit.redaction.table import Mapping, Style, Table
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Line, number
from sdpkit.sdp.parser import parse

# Words in text of which nothing is known: whole ones, and parts of them, of which a key may end with = signs.
_WORD = re.compile(r"[^\s\\\"'`,;<>()|\[\]?!&]+")
_PART = re.compile(r"[^:=]+(?:={1,2}$)?")


class PrivateValue(msgspec.Struct, frozen=True):
    """A private value in a text: its line from 1, its columns from 1 (`end` one past the last), and what it is."""

    line: int
    start: int
    end: int
    kind: str
    category: str
    masked: str


class Redactor:
    """Redacts what belongs together, so that what was equal stays equal.

    `style` says what stand-ins look like, `keep` which of CATEGORIES stay as they are, `salt` what style hash is
    computed with (a random one by default). With a `mapping`, that of a Redactor before, it goes on where that one
    ended, in its style and with its salt.

    >>> redactor = Redactor()
    >>> str(redactor.redact("a=candidate:1 1 udp 1 192.168.1.5 54321 typ host"))
    'a=candidate:1 1 udp 1 192.168.240.1 50001 typ host'
    >>> str(redactor.redact("c=IN IP4 192.168.1.5")), str(redactor.restore("c=IN IP4 192.168.240.1"))
    ('c=IN IP4 192.168.240.1', 'c=IN IP4 192.168.1.5')
    """

    def __init__(
        self,
        style: Style | str = Style.DOC,
        *,
        keep: Iterable[str] = (),
        salt: str | None = None,
        mapping: Mapping | None = None,
    ) -> None:
        """Raises ValueError for a style or a category that there is not."""
        self._kept = _categories(keep)
        self._table = Table(Style(style), salt) if mapping is None else Table.of(mapping)
        self._replaced: dict[str, set[str]] = defaultdict(set)

    @property
    def mapping(self) -> Mapping:
        """What stands for what so far."""
        return self._table.mapping

    @property
    def replaced(self) -> Counter[str]:
        """How many different values of each category this Redactor has replaced."""
        return Counter({category: len(self._replaced[category]) for category in CATEGORIES})

    def redact(self, description: SessionDescription | str) -> SessionDescription:
        """A description, or any lines, with stand-ins for private values; the number of lines and their ends stay.

        Raises ValueError when nothing is left that could stand for a value, as for the 763rd public IPv4 address.
        """
        lines = _lines(description)
        readings = self._readings(lines)
        for line, reading in zip(lines, readings, strict=True):
            self._make_room(line.text, reading)
        for line, reading in zip(lines, readings, strict=True):  # words may be known only from a later line
            for start, end, kind in reading.places:
                self._table.stand_in(kind, line.text[start:end])
        return _rewritten(lines, readings, self._stand_in, self._table.stand_in_of_word)

    def restore(self, description: SessionDescription | str) -> SessionDescription:
        """A redacted description with its values again, as far as this Redactor knows them; style x has none."""
        lines = _lines(description)
        return _rewritten(lines, self._readings(lines), self._table.value, self._table.value_of_word)

    def _readings(self, lines: Iterable[Line]) -> list[Reading]:
        """What is private in each line, without what is kept."""
        readings = [read(line.text) for line in lines]
        return [
            Reading([place for place in reading.places if place.kind.category not in self._kept], reading.unknown)
            for reading in readings
        ]

    def _make_room(self, text: str, reading: Reading) -> None:
        """Sees to it that nothing that stays in the text becomes the stand-in of something else."""
        for start, end, kind in reading.places:
            value = text[start:end]
            if kind.is_harmless(value):
                self._table.reserve(kind.space, [value])
            elif kind.is_stand_in(value):
                self._table.stand_in(kind, value)
        self._table.reserve("word", (text[start:end] for start, end in _words(text, reading.unknown)))

    def _stand_in(self, kind: Kind, value: str) -> str:
        stand_in = self._table.stand_in(kind, value)
        if stand_in != value:
            self._replaced[kind.category].add(value)
        return stand_in


def redact(
    description: SessionDescription | str,
    style: Style | str = Style.DOC,
    *,
    keep: Iterable[str] = (),
    salt: str | None = None,
) -> SessionDescription:
    """One description with stand-ins for private values; see `Redactor`, which does the same with several.

    >>> print(redact("a=ice-ufrag:lNnd\\na=ice-pwd:s6dxxJer3d4+6HWcWWkxqO1y\\nc=IN IP6 2600::1234:5"))
    a=ice-ufrag:u001
    a=ice-pwd:pwd000000000000000000001
    c=IN IP6 2001:db8::1
    """
    return Redactor(style, keep=keep, salt=salt).redact(description)


def find_private(
    description: SessionDescription | str, *, keep: Iterable[str] = (), mapping: Mapping | None = None
) -> tuple[PrivateValue, ...]:
    """What is private in a description: what `redact` would replace, but for stand-ins of `mapping`."""
    kept = _categories(keep)
    known = {stand_in for pairs in (mapping.stand_ins if mapping else {}).values() for stand_in in pairs.values()}
    found = []
    for line in _lines(description):
        for start, end, kind in read(line.text).places:
            value = line.text[start:end]
            harmless = kind.category in kept or kind.is_harmless(value) or kind.is_stand_in(value) or value in known
            if not harmless:
                found.append(PrivateValue(line.number, start + 1, end + 1, kind.name, kind.category, kind.mask(value)))
    return tuple(found)


def _categories(names: Iterable[str]) -> frozenset[str]:
    names = frozenset(names)
    if unknown := names - set(CATEGORIES):
        raise ValueError(f'there is no "{min(unknown)}" to keep; there are: {", ".join(CATEGORIES)}')
    return names


def _lines(description: SessionDescription | str) -> tuple[Line, ...]:
    return (parse(description) if isinstance(description, str) else description).lines


class _Change(NamedTuple):
    """What is to stand in a place of a line."""

    start: int
    end: int
    text: str


def _rewritten(
    lines: Iterable[Line],
    readings: Iterable[Reading],
    replace: Callable[[Kind, str], str],
    replace_word: Callable[[str], str | None],
) -> SessionDescription:
    """The lines with what replaces the values in their places, and words that are such values elsewhere."""
    new = []
    for line, reading in zip(lines, readings, strict=True):
        changes = [_Change(start, end, replace(kind, line.text[start:end])) for start, end, kind in reading.places]
        for start, end in _words(line.text, reading.unknown):
            replaced = replace_word(line.text[start:end])
            if replaced is not None:
                changes.append(_Change(start, end, replaced))
        new.append(Line(line.number, 0, _changed(line.text, changes), line.ending))
    number(new, "")
    return SessionDescription(new)


def _changed(text: str, changes: Iterable[_Change]) -> str:
    """The text after all changes; of two that overlap, the first and longer one is made."""
    pieces = []
    done = 0
    for start, end, new in sorted(changes, key=lambda change: (change.start, -change.end)):
        if start >= done:
            pieces += [text[done:start], new]
            done = end
    return "".join([*pieces, text[done:]])


def _words(text: str, stretches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The words in some stretches of a text, and the parts of words."""
    for first, last in stretches:
        for word in _WORD.finditer(text, first, last):
            yield word.span()
            for part in _PART.finditer(text, *word.span()):
                if part.span() != word.span():
                    yield part.span()
