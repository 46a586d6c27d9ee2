"""Text to lines and back, with nothing lost (RFC 8866 §5: `<type>=<value>`, a line ends with CRLF or LF)."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from sdpkit.finding import Finding, SDPError, fault

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
PENDING: Any = msgspec.UNSET
"""What `Line.decoded` holds until the value is first asked for."""


class Limits(msgspec.Struct, frozen=True):
    """What is refused before it is read. Nothing real comes near; a parser must not be a way to fill the memory."""

    characters: int = 64 * 1024 * 1024
    lines: int = 1_000_000
    line_length: int = 1024 * 1024


class Line(msgspec.Struct, gc=False, eq=False):
    """One line as it stands in its text.

    `number` counts from 1; `offset` counts the characters from the start of the text to the line's first one;
    `ending` is CRLF, LF, CR, or nothing at the end of the text. `decoded` keeps the typed value, once asked for, and
    `faults` what is wrong with it, as if the value stood alone: both are for `sdpkit.sdp.decoding`.
    """

    number: int
    offset: int
    text: str
    ending: str
    decoded: Any = PENDING
    faults: tuple[Finding, ...] = ()

    @property
    def type(self) -> str:
        """The letter before the equals sign; empty when the line is not `<type>=<value>`."""
        return self.text[0] if self.text[1:2] == "=" else ""

    @property
    def value(self) -> str:
        """What follows the equals sign, as text; the whole line when there is no type."""
        return self.text[2:] if self.text[1:2] == "=" else self.text

    def __str__(self) -> str:
        return self.text + self.ending


def split(text: str, limits: Limits) -> list[Line]:
    r"""The lines of a text. Only CRLF, LF and CR end a line: a NEL or U+2028 inside a value stays inside it.

    Raises SDPError (SYN025, SYN026, SYN027) for a text beyond the limits, and for nothing else.

    >>> [(line.number, line.text, line.ending) for line in split("v=0\r\ns=-\nt=0 0", Limits())]
    [(1, 'v=0', '\r\n'), (2, 's=-', '\n'), (3, 't=0 0', '')]
    """
    _check_size(text, limits)
    ending = "\r\n" if "\r\n" in text else "\n"
    *ended, last = text.split(ending)
    others = "".join(ended) + last
    if "\r" in others or "\n" in others:  # lines end in more than one way
        found = enumerate(_LINE.finditer(text), 1)
        return [Line(number, match.start(), match[1], match[2]) for number, match in found if match[0]]
    lines: list[Line] = []
    offset = 0
    for number, body in enumerate(ended, 1):
        lines.append(Line(number, offset, body, ending))
        offset += len(body) + len(ending)
    if last:
        lines.append(Line(len(lines) + 1, offset, last, ""))
    return lines


def number(lines: Sequence[Line], ending: str) -> None:
    """Gives lines their numbers and offsets after an edit, and `ending` to those that need one.

    A line made by an edit has number 0 and no ending yet.
    """
    offset = 0
    for position, line in enumerate(lines, 1):
        if not line.ending and (line.number == 0 or position < len(lines)):
            line.ending = ending
        if line.ending == "\r" and position < len(lines) and str(lines[position]) == "\n":
            line.ending = "\r\n"  # else the two would become one
        line.number = position
        line.offset = offset
        offset += len(line.text) + len(line.ending)


def _check_size(text: str, limits: Limits) -> None:
    """Refuses a text beyond the limits before any line is made. Small texts cannot hold many or long lines."""
    size = len(text)
    if size > limits.characters:
        raise _beyond("SYN025", f"the text has {size} characters", limits.characters)
    if size > limits.lines:
        count = text.count("\n") + text.count("\r") - text.count("\r\n") + (text[-1:] not in ("\r", "\n"))
        if count > limits.lines:
            raise _beyond("SYN026", f"the text has {count} lines", limits.lines)
    if size > limits.line_length:
        for number, line in enumerate(re.split("\r\n?|\n", text), 1):
            if len(line) > limits.line_length:
                raise _beyond("SYN027", f"line {number} has {len(line)} characters", limits.line_length, number)


def _beyond(code: str, what: str, limit: int, line: int = 1) -> SDPError:
    return fault(
        code, f"{what}, the limit is {limit}", "", line=line, start=0, end=1, help="parse(text, limits=Limits(...))"
    )
