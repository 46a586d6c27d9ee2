"""A text in which descriptions are looked for, and what readers of it hand back."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from sdpkit.intake.find import Find, Source, inside
from sdpkit.intake.json_shapes import Finder

if TYPE_CHECKING:
    from sdpkit.intake.search import Search


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
        self._counted, self._line = 0, 1
        self._line_break = "\n" if "\n" in text else "\r"

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
