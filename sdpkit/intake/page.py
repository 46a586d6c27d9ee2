"""A text in which descriptions are looked for, and what readers of it hand back."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from sdpkit.intake.find import Find, Source, inside
from sdpkit.intake.json_shapes import Finder

if TYPE_CHECKING:
    from sdpkit.intake.search import Search


_LONG = 1024  # characters of a piece in which it matters how often it is read
_MOST_FAILURES = 4  # attempts in such a piece


class Taken(NamedTuple):
    """What was found at a place in a text, and how far it reaches."""

    finds: list[Find]
    start: int
    end: int


class Page:
    """A text that is being read from its beginning to its end."""

    def __init__(self, text: str, source: Source, search: "Search") -> None:
        self.text = text
        self.search = search
        self.json = Finder(text)
        self.is_whole = not source.read_as
        """Whether this is the text itself, not something that was wrapped in it."""
        self._source = source
        self._failures, self._failed_until = 0, 0
        self._counted, self._line = 0, 1
        self._line_break = "\n" if "\n" in text else "\r"

    def may_try(self, place: int) -> bool:
        """Whether not too many attempts have failed in the long piece that a place is in: each reads all of it."""
        return place >= self._failed_until or self._failures < _MOST_FAILURES

    def failed(self, place: int, end: int) -> None:
        """Takes down that nothing was found in the piece between two places."""
        if end - place > _LONG:
            self._failures = self._failures + 1 if place < self._failed_until else 1
            self._failed_until = max(self._failed_until, end)

    def source(self, place: int, *shapes: str, **known: object) -> Source:
        """What is known of what stands at a place; to be asked for places one after the other."""
        if self._source.line is None and not self._source.path:
            self._line += self.text.count(self._line_break, self._counted, place)
            self._counted = max(self._counted, place)
            known |= {"line": self._line, "offset": place}
        return inside(self._source, *shapes, **known)

    def taken(self, finds: Iterable[Find], start: int, end: int) -> Taken | None:
        """What was found between two places; None when nothing was."""
        found = list(finds)
        return Taken(found, start, end) if found else None
