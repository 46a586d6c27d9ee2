"""The lines of a text, in libwebrtc's way of taking them one by one."""

import re
from collections.abc import Iterator

from sdpkit.rules.stacks.chromium.text import RefusalError, unparsable

_LINE = re.compile("[a-z]=[^ ]|s= ").match


class Lines:
    r"""A place in a text, which moves from line to line.

    A line is taken only when it ends with LF (a CR before it is dropped), has a lower-case letter, `=` and a value,
    and no blank before the value; only the session's name may begin with one.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.replace("\r\n", "\n").split("\n")
        self._last = len(self._lines) - 1
        """The place of what follows the last LF: it is no line, and mostly empty."""
        self._next = 0

    @property
    def is_at_end(self) -> bool:
        """Whether nothing is left."""
        return self._next == self._last and not self._lines[self._last]

    def take(self) -> str | None:
        """The next line, unless it cannot be taken."""
        line = self._lines[self._next]
        if self._next == self._last or not _LINE(line):
            return None
        self._next += 1
        return line

    def take_type(self, letter: str) -> str | None:
        """The next line, if it is of this type and can be taken."""
        return self.take() if self._lines[self._next].startswith(letter + "=") else None

    def until(self, letter: str) -> Iterator[str]:
        """The lines before the next one of this type, or the end. Raises RefusalError for one that cannot be taken."""
        type = letter + "="
        while not self._lines[self._next].startswith(type):
            line = self.take()
            if line is not None:
                yield line
            elif self.is_at_end:
                return
            else:
                raise self.refusal("Invalid SDP line.")

    def refusal(self, reason: str) -> RefusalError:
        """The refusal of the next line."""
        return unparsable(self._lines[self._next], reason)
