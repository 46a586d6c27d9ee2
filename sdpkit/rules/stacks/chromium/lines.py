"""The lines of a text, in libwebrtc's way of taking them one by one."""

from sdpkit.rules.stacks.chromium.text import RefusalError, unparsable


class Lines:
    r"""A place in a text, which moves from line to line.

    A line is taken only when it ends with LF (a CR before it is dropped), has a lower-case letter, `=` and a value,
    and no blank before the value; only the session's name may begin with one.
    """

    def __init__(self, text: str) -> None:
        *ended, self._rest = text.split("\n")
        self._ended = ended
        self._next = 0

    @property
    def is_at_end(self) -> bool:
        """Whether nothing is left."""
        return self._next == len(self._ended) and not self._rest

    def begins_with(self, letter: str) -> bool:
        """Whether the next line is of this type; it need not be one that can be taken."""
        return self._raw().startswith(letter + "=")

    def take(self) -> str | None:
        """The next line, unless it cannot be taken."""
        if self._next == len(self._ended):
            return None  # the last line has no end
        line = self._raw().removesuffix("\r")
        if len(line) < 3 or not "a" <= line[0] <= "z" or line[1] != "=" or (line[2] == " " and line[0] != "s"):
            return None
        self._next += 1
        return line

    def take_type(self, letter: str) -> str | None:
        """The next line, if it is of this type and can be taken."""
        return self.take() if self.begins_with(letter) else None

    def refusal(self, reason: str) -> RefusalError:
        """The refusal of the next line."""
        ended = self._next < len(self._ended)
        return unparsable(self._raw().removesuffix("\r") if ended else self._rest, reason)

    def _raw(self) -> str:
        return self._ended[self._next] if self._next < len(self._ended) else self._rest
