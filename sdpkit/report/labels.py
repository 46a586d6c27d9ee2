"""Lines with a label in front, below or above the tables of a screen."""

import textwrap
from collections.abc import Iterable, Iterator
from itertools import islice

from sdpkit.report.escaping import escape
from sdpkit.report.tables import cut

_INDENT = 11  # of what stands behind a label
_MOST = 20  # things that are said under one label
_LONGEST = 500  # characters of one thing that is said, of whatever a stranger wrote


def labelled(label: str, text: str, width: int) -> str:
    """A label and what is said, on as many lines as the width asks for.

    >>> print(labelled("note", "something that a person should know", 30))
    note       something that a
               person should know
    """
    first, rest = f"{label:<{_INDENT}}", " " * _INDENT
    shown = cut(escape(text), _LONGEST)
    return textwrap.fill(shown, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def labelled_each(label: str, texts: Iterable[str], width: int) -> Iterator[str]:
    """Several things under one label; of very many only how many more there are."""
    texts = iter(texts)
    for number, text in enumerate(islice(texts, _MOST)):
        yield labelled("" if number else label, text, width)
    if rest := sum(1 for _ in texts):
        yield labelled("", f"and {rest:,} more: --format json has all", width)
