"""What stands before each line of a description: the time in a log, `> ` in a mail, blanks, bullets, comment signs."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sdpkit.intake.rows import FAULTY, LETTERS, cost, is_typed

_LONGEST = 400  # characters before a line, in any log
_PIECE = re.compile(r"0x[0-9A-Fa-f]+|[0-9]+|\s+|.", re.DOTALL)
_START = re.compile(rf"(?<![A-Za-z0-9_])[{LETTERS}]=")
_NAMES = (
    (re.compile(r"\s*"), "indented text"),
    (re.compile(r"[\s>|]*"), "quoted mail"),
    (re.compile(r"\s*(?:[-*+•·‣–]|[0-9]+[.)])\s*"), "list"),
    (re.compile(r"\s*(?://+|#+|\*+|;+|--)\s*"), "comment"),
    (re.compile(r"\s*[↵⏎]\s*"), "devtools"),
)


class Prefix(NamedTuple):
    """What stands before each line but the first, which may have a lead of its own."""

    name: str
    """What texts with such prefixes are called; empty where nothing stands before the lines."""
    pattern: re.Pattern[str] | None
    is_log: bool = False
    """Whether it has numbers in it, so that lines of others may come in between."""

    def strip(self, line: str) -> str | None:
        """The line without its prefix; None for a line that has none and so is someone else's."""
        if self.pattern is None:
            return line
        found = self.pattern.match(line)
        return line[found.end() :] if found else None


NONE = Prefix("", None)


def learn(lead: str, following: Sequence[str]) -> Prefix:
    """The prefix of the lines after one that begins with `lead`, from the first few of them.

    >>> learn("12:00:01 DEBUG ", ["12:00:02 DEBUG o=- 1 2 IN IP4 127.0.0.1"]).strip("12:01:10 DEBUG s=-")
    's=-'
    >>> learn("type: answer, sdp: ", ["o=- 1 2 IN IP4 127.0.0.1"]).name
    ''
    """
    for line in following:
        if is_typed(line) and cost(line) < FAULTY:
            return NONE
        for prefix in (lead, _before_line(line)):
            if prefix:
                pattern = _general(prefix)
                found = pattern.match(line)
                if found and is_typed(line[found.end() :]):
                    return _named(prefix, pattern)
    return NONE


def _before_line(line: str) -> str:
    """What stands before the first line of SDP that can be read in a line; nothing where there is none."""
    for found in _START.finditer(line[:_LONGEST]):
        if cost(line[found.start() :]) < FAULTY:
            return line[: found.start()]
    return ""


def _general(prefix: str) -> re.Pattern[str]:
    """The pattern of a prefix whose numbers are others on each line."""
    return re.compile("".join(map(_general_piece, _PIECE.findall(prefix[:_LONGEST]))))


def _general_piece(piece: str) -> str:
    if piece[0].isdecimal():
        return "(?:0x[0-9A-Fa-f]++|[0-9]++)"
    return r"[^\S\r\n]*+" if piece.isspace() else re.escape(piece)


def _named(prefix: str, pattern: re.Pattern[str]) -> Prefix:
    name = next((name for form, name in _NAMES if form.fullmatch(prefix)), None)
    if name is not None:
        return Prefix(name, pattern)
    return Prefix("log", pattern, any(char.isdecimal() for char in prefix))
