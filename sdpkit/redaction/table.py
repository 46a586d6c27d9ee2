"""What stands for what: chosen once for each value, then kept."""

import enum
import hmac
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, count, islice

import msgspec

from sdpkit.redaction.kinds import Kind
from sdpkit.redaction.places import KINDS

_MOST_TRIES = 10_000
_SHORTEST_WORD = 4
_SHORTEST_NUMBER = 7


class Style(enum.StrEnum):
    """What stand-ins look like."""

    DOC = "doc"
    """Counted, and easy to read: 198.51.100.1, u001, user1@example.com."""
    HASH = "hash"
    """Computed from the value and a salt: with the same salt the same, whenever and wherever that is done."""
    X = "x"
    """An x for each letter and digit: to be read by people only, as different values look alike."""


class Mapping(msgspec.Struct, frozen=True):
    """What stands for what: enough to redact more in the same way, and to put the values back."""

    style: Style
    salt: str
    stand_ins: dict[str, dict[str, str]]
    """By the kind of value, then by the value itself."""


class Table:
    """Stand-ins by value, and values by stand-in; two values never have the same stand-in, but for style x."""

    def __init__(self, style: Style, salt: str | None) -> None:
        self.style = style
        self.salt = secrets.token_hex(16) if salt is None else salt
        self._stand_ins: dict[str, dict[str, str]] = defaultdict(dict)
        self._values: dict[str, dict[str, str]] = defaultdict(dict)
        self._first_spellings: dict[tuple[str, str], str] = {}
        self._counters: dict[str, Iterator[int]] = defaultdict(lambda: count(1))
        self._reserved: dict[str, set[str]] = defaultdict(set)

    @classmethod
    def of(cls, mapping: Mapping) -> "Table":
        """A table that goes on where another one was left."""
        table = cls(mapping.style, mapping.salt)
        kinds = {kind.space: kind for kind in reversed(KINDS.values())}
        for space, stand_ins in mapping.stand_ins.items():
            for value, stand_in in stand_ins.items() if space in kinds else ():
                table._add(kinds[space], value, stand_in)
        return table

    @property
    def mapping(self) -> Mapping:
        """The table as data."""
        return Mapping(self.style, self.salt, {space: dict(pairs) for space, pairs in self._stand_ins.items() if pairs})

    def reserve(self, space: str, texts: Iterable[str]) -> None:
        """What stands in a text and stays there: none of it may stand for something else."""
        self._reserved[space].update(texts)

    def stand_in(self, kind: Kind, value: str) -> str:
        """What stands for a value; the value itself if it tells nothing.

        Raises ValueError when there is nothing left that could, as of the 762 addresses for public IPv4 addresses.
        """
        known = self._stand_ins[kind.space].get(value)
        if known is None and kind.is_harmless(value):
            return value
        return known or self._add(kind, value, self._choose(kind, value))

    def value(self, kind: Kind, stand_in: str) -> str:
        """What a stand-in stands for; itself if it stands for nothing."""
        return self._values[kind.space].get(stand_in, stand_in)

    def stand_in_of_word(self, word: str) -> str | None:
        """What stands for a word in text of which nothing is known, if it is one of the private values."""
        return _looked_up(word, self._stand_ins)

    def value_of_word(self, word: str) -> str | None:
        """What such a word stands for."""
        return _looked_up(word, self._values)

    def _choose(self, kind: Kind, value: str) -> str:
        if self.style is Style.X:
            return kind.mask(value)
        if kind.is_stand_in(value) and value not in self._values[kind.space]:
            return value
        first = self._first_spellings.get((kind.space, kind.identity(value)))
        respelled = [] if first is None else [kind.respell(first, value)]
        written = (kind.write(number, value) for number in islice(self._numbers(kind, value), _MOST_TRIES))
        for stand_in in chain(respelled, written):
            if self._is_free(kind, stand_in):
                return stand_in
        raise ValueError(f"nothing is left that could stand for the {kind.name} {kind.mask(value)}: there are too many")

    def _numbers(self, kind: Kind, value: str) -> Iterator[int]:
        """The numbers that a value may get, the best first."""
        if self.style is Style.DOC:
            yield from self._counters[kind.series(value)]
        key = f"{kind.space}:{kind.identity(value)}".encode("utf-8", "surrogatepass")
        number = int.from_bytes(hmac.digest(self.salt.encode("utf-8", "surrogatepass"), key, "sha256")[:16])
        for tries in count():
            yield 1 + (number + tries) % (kind.room(value) + tries)

    def _is_free(self, kind: Kind, stand_in: str) -> bool:
        return stand_in not in self._values[kind.space] and stand_in not in self._reserved[kind.space]

    def _add(self, kind: Kind, value: str, stand_in: str) -> str:
        self._stand_ins[kind.space][value] = stand_in
        self._values[kind.space][stand_in] = value
        self._first_spellings.setdefault((kind.space, kind.identity(value)), stand_in)
        return stand_in


def _looked_up(word: str, known: dict[str, dict[str, str]]) -> str | None:
    if len(word) < _SHORTEST_WORD:
        return None
    if word.isdecimal():
        return known["number"].get(word) if len(word) >= _SHORTEST_NUMBER else None
    return known["word"].get(word)
