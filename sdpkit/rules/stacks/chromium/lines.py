"""The lines of a text, in libwebrtc's way of taking them one by one."""

import re

from sdpkit.rules.stacks.chromium.text import RefusalError, unparsable

_LINE = re.compile("[a-z]=[^ ]|s= ").match


class Lines:
    r"""A place in a text, which moves from line to line.

    A line is taken only when it ends with LF (a CR before it is dropped), has a lower-case letter, `=` and a value,
    and no blank before the value; only the session's name may begin with one.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._last = len(self._lines) - 1
        """The place of what follows the last LF: it is no line, and mostly empty."""
        self._next = 0

    @property
    def is_at_end(self) -> bool:
        """Whether nothing is left."""
        return self._next == self._last and not self._lines[self._last]

    def begins_with(self, letter: str) -> bool:
        """Whether the next line is of this type; it need not be one that can be taken."""
        return self._lines[self._next].startswith(letter + "=")

    def take(self) -> str | None:
        """The next line, unless it cannot be taken."""
        line = self._lines[self._next].removesuffix("\r")
        if self._next == self._last or not _LINE(line):
            return None
        self._next += 1
        return line

    def take_type(self, letter: str) -> str | None:
        """The next line, if it is of this type and can be taken."""
        return self.take() if self.begins_with(letter) else None

    def refusal(self, reason: str) -> RefusalError:
        """The refusal of the next line."""
        line = self._lines[self._next]
        return unparsable(line if self._next == self._last else line.removesuffix("\r"), reason)
