"""Lines with a label in front, below or above the tables of a screen."""

import textwrap

from sdpkit.report.escaping import escape
from sdpkit.report.tables import cut

_INDENT = 11  # of what stands behind a label
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
