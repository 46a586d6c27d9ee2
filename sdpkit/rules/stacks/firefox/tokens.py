"""How SIPCC, which is written in C, takes a line to pieces."""

import re
from collections.abc import Callable
from functools import cache

from sdpkit.grammar import NUMBERS

LONGEST_TOKEN = 255
"""What is longer is cut, and goes on as the next token."""
UINT_MAX = 2**32 - 1
_ULONG_MAX = 2**64 - 1
_NUMBER = re.compile(r"[ \t\v\f]*([+-]?)([0-9]+)")


def token(rest: str, delimiters: str = " \t", longest: int = LONGEST_TOKEN) -> tuple[str, str]:
    """The next token and what follows it; an empty token when there is none."""
    found = _token(delimiters, longest)(rest)
    assert found is not None  # nothing at all is an empty token
    return found[1], rest[found.end() :]


@cache
def _token(delimiters: str, longest: int) -> Callable[[str], re.Match[str] | None]:
    """What finds a token, and the delimiters before it."""
    any_of = re.escape(delimiters)
    return re.compile(f"[{any_of}]*([^{any_of}]{{0,{longest}}})").match


def number(text: str) -> int | None:
    """What strtoul makes of a text, if it fits into 32 bits: what follows the digits does not matter."""
    if text in NUMBERS:
        return NUMBERS[text]
    found = _NUMBER.match(text)
    if not found or len(found[2]) > LONGEST_TOKEN:
        return None
    value = int(found[2])
    if value > _ULONG_MAX:
        return None
    if found[1] == "-":
        value = -value % (_ULONG_MAX + 1)
    return value if value <= UINT_MAX else None
