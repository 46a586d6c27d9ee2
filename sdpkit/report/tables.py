"""Tables for a terminal of a given width."""

from collections.abc import Sequence
from itertools import compress

import wcwidth
from tabulate import tabulate

from sdpkit.report.escaping import escape

_LEAST = 8  # no column is made narrower than this
_LONGEST = 300  # characters of a cell: no real value needs more, and a screen has to end
_GAP = 2  # between two columns
_HEADER_PADDING = 2  # how much wider than its header tabulate makes a column at least


def table(
    headers: Sequence[str],
    rows: Sequence[Sequence[object]],
    width: int,
    *,
    right: Sequence[str] = (),
    wrap: Sequence[str] = (),
) -> str:
    """A table no wider than `width` if its columns allow that: those named in `wrap` are wrapped first.

    Cells are made safe to show; None is an empty cell, and a column of empty cells is left out. The columns named in
    `right` are aligned to the right.
    """
    cells = [["" if cell is None else cut(escape(str(cell)), _LONGEST) for cell in row] for row in rows]
    filled = [any(column) for column in zip(*cells, strict=True)]
    headers = list(compress(headers, filled))
    cells = [list(compress(row, filled)) for row in cells]
    align = ["right" if header in right else "left" for header in headers]
    widths = _widths(headers, cells, width, wrap)
    return tabulate(
        # wrapped here and not by tabulate, which reads cells as numbers to wrap them and fails for "1,234"
        [["\n".join(_wrapped(cell, limit)) for cell, limit in zip(row, widths, strict=True)] for row in cells],
        headers=headers,
        tablefmt="simple",
        disable_numparse=True,
        colalign=align,
    )


def _wrapped(cell: str, width: int) -> list[str]:
    return wcwidth.wrap(cell, width, break_on_hyphens=False)


def cut(text: str, length: int) -> str:
    """The text, or as much of it as fits, and an ellipsis."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _widths(headers: Sequence[str], cells: list[list[str]], width: int, wrap: Sequence[str]) -> list[int]:
    """The width of each column: the widest that can be wrapped is made narrower until all fit, then the widest."""
    padded = [wcwidth.wcswidth(header) + _HEADER_PADDING for header in headers]
    least = [max(_LEAST, needed) for needed in padded]
    widths = [
        max(padded[place], *map(wcwidth.wcswidth, column)) for place, column in enumerate(zip(*cells, strict=True))
    ]
    while sum(widths) + _GAP * (len(widths) - 1) > width:
        shrinkable = [place for place, header in enumerate(headers) if widths[place] > least[place]]
        if not shrinkable:
            break
        widths[max(shrinkable, key=lambda place: (headers[place] in wrap, widths[place]))] -= 1
    return widths
