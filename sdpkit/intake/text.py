"""Text with descriptions somewhere in it: logs, mails, pages, source code, messages, whatever people paste."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sdpkit.intake import lines, marks, wrapped
from sdpkit.intake.find import Source
from sdpkit.intake.page import Page, Taken

if TYPE_CHECKING:
    from sdpkit.intake.search import Search

Reader = Callable[[Page, int], Taken | None]
_FRAGMENT = (wrapped.read_json, wrapped.read_string, lines.read_fragment)
_READERS: dict[str, tuple[Reader, ...]] = {
    marks.VERSION: (wrapped.read_json, wrapped.read_string, wrapped.read_escaped, lines.read_description),
    **dict.fromkeys(marks.KEYS, (wrapped.read_json,)),
    marks.CANDIDATE: _FRAGMENT,
    marks.CANDIDATE_TYPE: (lines.read_candidate,),
    **dict.fromkeys(marks.FRAGMENT, _FRAGMENT),
    **dict.fromkeys(marks.PERCENT, (wrapped.read_percent,)),
    marks.PACKED: (wrapped.read_packed,),
    **dict.fromkeys(marks.BASE64, (wrapped.read_base64,)),
}
"""What may stand at a mark; the first reader that finds something is right."""


def read_text(text: str, source: Source, search: "Search") -> Iterator[Taken]:
    """What is found in a text, place by place."""
    page = Page(text, source, search)
    whole = lines.read_whole(page)
    if whole is not None:
        yield whole
        return
    end = 0
    for place, mark in marks.find(text):
        readers = _READERS[mark] if place >= end else ()
        taken = next((taken for read in readers if (taken := read(page, place))), None)
        if taken is not None:
            yield taken
            end = taken.end
