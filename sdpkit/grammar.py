"""Grammars written as the RFCs write them: one template reads a value, and says where a wrong one went wrong.

A template is literal text with holes, and optional parts in brackets as in ABNF:

>>> rtpmap = Grammar("{payload type:digits} {encoding name:token}/{clock rate:digits}[/{channels:token}]",
...                  code="MED012", reference="RFC 8866 §6.6")
>>> rtpmap.read("111 opus/48000/2")
('111', 'opus', '48000', '2')
>>> rtpmap.read("0 PCMU/8000")
('0', 'PCMU', '8000', None)
>>> rtpmap.read("111 opus/fast")
Traceback (most recent call last):
sdpkit.finding.SDPError: 1:10: error MED012 clock rate: expected digits, found "fast"
"""

import re
from collections.abc import Callable
from functools import cached_property
from itertools import pairwise
from typing import Any

from sdpkit.finding import SDPError, fault, shorten

TOKEN = r"[!#-'*+\-.0-9A-Z^-~]+"  # RFC 8866 §9: token-char
NUMBERS = {str(number): number for number in range(256)}
"""Payload types and other small numbers by their text; looking one up costs less than checking and converting it."""

# What a hole may hold: the kind's name in templates -> its regular expression, and the same in words.
# Only ASCII digits are digits; their number is bounded, so that int() stays far from quadratic time.
_KINDS = {
    "digits": (r"[0-9]{1,1000}", "digits"),
    "digits-or-star": (r"[0-9]{1,1000}|\*", "digits, or * for all"),
    "number": (r"[0-9]{1,1000}(?:\.[0-9]{1,1000})?", "a number"),
    "numbers": (r"[0-9]{1,1000}(?: [0-9]{1,1000})*", "numbers separated by single blanks"),
    "token": (TOKEN, "a token (letters, digits and !#$%&'*+-.^_`{|}~)"),
    "tokens": (rf"{TOKEN}(?: {TOKEN})*", "tokens separated by single blanks"),
    "word": (r"[^ \t]+", "a value without blanks"),
    "words": (r"[^ \t]+(?: [^ \t]+)*", "values separated by single blanks"),
    "text": (r".+", "a value"),
    "any": (r".*", "anything"),
    "range-end": (r"[^ \t-]*", "a time, or nothing"),  # RFC 7826 §4.4: npt=0-34.5, clock=…Z-
    "hex-pairs": (r"[0-9A-Fa-f][0-9A-Fa-f](?::[0-9A-Fa-f][0-9A-Fa-f])*+", "bytes in hexadecimal, separated by colons"),
    "address": (r"[^ \t/]+", "an address"),
    "blanks": (r" +", "blanks"),
    "base64": (r"[A-Za-z0-9+/]+={0,2}", "base64"),
    "ice-chars": (r"[A-Za-z0-9+/]+", "letters, digits, + or /"),  # RFC 8839 §5.1
}
_PIECE = re.compile(r"\{([^:}]+):([^}]+)\}|(\[)|(\])|([^\[\]{}]+)")
_NOTHING = ("", "", "", "", "")
_UP_TO_BLANK = re.compile(r" ?[^ ]*")


class Grammar:
    """One value's grammar. `code` and `reference` go into the finding of a text that does not match."""

    def __init__(self, template: str, *, code: str, reference: str) -> None:
        self.code = code
        self.reference = reference
        self._template = template

    @cached_property
    def match(self) -> Callable[[str], re.Match[str] | None]:
        """The whole text against the grammar: a match whose groups are the holes, or None."""
        return re.compile("".join(map(_expression, self._pieces))).fullmatch

    @cached_property
    def _pieces(self) -> list[tuple[str, ...]]:
        return _PIECE.findall(self._template)

    def read(self, text: str) -> tuple[Any, ...]:
        """What stands in the holes, in their order; None for an optional one that is not there.

        Raises SDPError with the place of what does not fit.
        """
        found = self.match(text)
        if found is None:
            raise self.error(text)
        return found.groups()

    def error(self, text: str) -> SDPError:
        """Why `text` does not match: the first piece of the template that is not where it should be."""
        position = 0
        skipped = 0  # how many brackets are open around a part that is not there
        for piece, following in pairwise([*self._pieces, _NOTHING]):
            name, kind, opening, closing, literal = piece
            if opening and (skipped or not re.compile(_expression(following)).match(text, position)):
                skipped += 1
            elif closing and skipped:
                skipped -= 1
            elif not (opening or closing or skipped):
                found = re.compile(_expression(piece)).match(text, position)
                if found is None and literal and following[0] and position == len(text):
                    name, kind = following[:2]  # what is missing is what the separator leads to
                if found is None:
                    expected = f"{name}: expected {_words(kind)}" if name else f'expected "{literal}"'
                    return self._error(expected, text, position)
                position = found.end()
        return self._error("expected the end of the value", text, position)

    def _error(self, expected: str, text: str, position: int) -> SDPError:
        rest = _UP_TO_BLANK.match(text, position)
        end = rest.end() if rest else position
        found = f'found "{shorten(text[position:end])}"' if end > position else "but the value ends here"
        return fault(self.code, f"{expected}, {found}", self.reference, start=position, end=max(end, position + 1))


def _expression(piece: tuple[str, ...]) -> str:
    """The regular expression of one piece of a template."""
    name, kind, opening, closing, literal = piece
    if name:
        return f"({_KINDS[kind][0] if kind in _KINDS else '|'.join(map(re.escape, kind.split('|')))})"
    # (?:…|) and not (?:…)?, which reads the same and takes longer
    return "(?:" * bool(opening) + "|)" * bool(closing) + re.escape(literal)


def _words(kind: str) -> str:
    """What may stand in a hole, in words; a kind that has no name lists the words that it may be: `a|b`."""
    return _KINDS[kind][1] if kind in _KINDS else f"one of {kind.replace('|', ', ')}"
