"""Tables for a terminal of a given width."""

from collections.abc import Sequence
from itertools import compress

from tabulate import tabulate
from wcwidth import wcswidth

from sdpkit.report.escaping import escape

_LEAST = 8  # no column is made narrower than this


def table(headers: Sequence[str], rows: Sequence[Sequence[object]], width: int, *, right: Sequence[str] = ()) -> str:
    """A table no wider than `width` if its columns allow that: the widest ones are wrapped.

    Cells are made safe to show; None is an empty cell, and a column of empty cells is left out. The columns named in
    `right` are aligned to the right.
    """
    cells = [["" if cell is None else escape(str(cell)) for cell in row] for row in rows]
    filled = [any(column) for column in zip(*cells, strict=True)]
    headers = list(compress(headers, filled))
    cells = [list(compress(row, filled)) for row in cells]
    align = ["right" if header in right else "left" for header in headers]
    return tabulate(
        cells,
        headers=headers,
        tablefmt="simple",
        disable_numparse=True,
        colalign=align,
        maxcolwidths=_widths(headers, cells, width),
    )


def _widths(headers: Sequence[str], cells: list[list[str]], width: int) -> list[int]:
    """The width of each column: the widest is made narrower until all fit, or none can give more."""
    widths = [max(wcswidth(text) for text in column) for column in zip(headers, *cells, strict=True)]
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1
    return widths
