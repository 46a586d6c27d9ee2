r"""String literals of JavaScript, Python, C, Go, Java and others, and the ways to put a long text together from them.

A literal begins where a quotation mark stands before `v=0`. Others may follow: side by side (Python, C), with an
operator between them, in calls and statements one after the other (`sdp += "…";`, `sb.append("…")`), in a list.
"""

import re
from typing import NamedTuple

from sdpkit.intake.escapes import unescape
from sdpkit.intake.rows import is_typed

_LONGEST = 4 * 1024 * 1024  # characters of one literal
_TYPOGRAPHIC = {"“": "”", "„": "“", "‘": "’", "«": "»", "「": "」", "『": "』"}
_OPENING = re.compile(
    r"""R"(?P<delimiter>[^()\\\s"]{0,16})\(|r(?P<hashes>\#{1,8})"|(?P<quote>\"{3}|'{3}|\\{0,8}["'`])|(?P<sign>[“„‘«「『])""",
    re.VERBOSE,
)
_LONGEST_OPENING = 20
# What stands between two literals of one text: the end of a statement or call and the beginning of the next, or an
# operator; comments. Possessive, so that a text without a second literal takes linear time.
_COMMENTS = r"(?:\s++|//[^\n]*+\n|\#[^\n]*+\n|/\*(?:[^*]|\*(?!/))*+\*/|\\\r?\n)*+"
_NAME = r"[A-Za-z_$@.][\w$@.\->]{0,80}+"
_GLUE = re.compile(
    rf"""{_COMMENTS}
    (?:
        \)?;?{_COMMENTS}{_NAME}\s*+(?:\+=|\.=|<<|\(\s*+(?:\w++\s*+,\s*+)?)
        | (?P<comma>,) | [+.&] | \.\. | <<
    )?+
    {_COMMENTS}
    (?:(?P<value>{_NAME}(?:\(\s*+\))?+) {_COMMENTS} (?:[+.&]|\.\.|<<) {_COMMENTS})?+
    (?:[bBfFuUlL]|u8)?+""",
    re.VERBOSE,
)
_LINE_BREAK = re.compile(r"crlf|eol|endl|linesep|newline|line_break|nl|lf", re.IGNORECASE)


class Literal(NamedTuple):
    """The text of one literal or of several, where these end, and the names of the values that stood between them."""

    text: str
    end: int
    values: tuple[str, ...]


def read_literal(text: str, place: int) -> Literal | None:
    r"""The text of the literal whose quotation mark stands before `place`, and of those that go on with it.

    >>> read_literal(r'sdp = "v=0\r\n" + "s=" + name + "\r\n";', 7)
    Literal(text='v=0\r\ns=${name}\r\n', end=38, values=('name',))
    """
    first = _read_one(text, place)
    if first is None:
        return None
    piece, end = first
    pieces, values = [piece], []
    while glue := _GLUE.match(text, end):
        opening = _OPENING.match(text, glue.end())
        following = _read_one(text, opening.end()) if opening else None
        if following is None or (glue["comma"] and not is_typed(following[0])):
            break
        value, piece = glue["value"], following[0]
        if value and not _LINE_BREAK.search(value):
            values.append(value)
        if value:
            pieces.append("\r\n" if _LINE_BREAK.search(value) else f"${{{value}}}")
        pieces.append(piece)
        end = following[1]
    whole = "".join(pieces)
    if len(pieces) > 1 and "\n" not in whole:  # a list of lines, or one call for each
        whole = "".join(f"{piece}\r\n" for piece in pieces)
    return Literal(whole, end, tuple(values))


def _read_one(text: str, place: int) -> tuple[str, int] | None:
    """The text of the literal whose content begins at `place`, and where it ends; None when there is none."""
    found = list(_OPENING.finditer(text, max(0, place - _LONGEST_OPENING), place))
    if not found or found[-1].end() != place:
        return None
    opening = found[-1]
    if (quote := opening["quote"]) and quote[0] != "\\":
        closed = _closed_by(quote).match(text, place, place + _LONGEST)
        return (unescape(closed[1]), closed.end()) if closed else None
    closing = _closing(opening)
    end = text.find(closing, place, place + _LONGEST)
    if end < 0:
        return None
    return (unescape(text[place:end]) if quote else text[place:end]), end + len(closing)


def _closing(opening: re.Match[str]) -> str:
    """How a literal ends in which backslashes mean nothing, or which stands in another one itself."""
    if opening["sign"]:
        return _TYPOGRAPHIC[opening["sign"]]
    if opening["hashes"]:
        return f'"{opening["hashes"]}'
    return str(opening["quote"] or f'){opening["delimiter"]}"')


def _closed_by(quote: str) -> re.Pattern[str]:
    """The content of a literal up to its closing quotation mark; a backslash takes the next character with it."""
    other = rf"[^\\{quote[0]}]" + (rf"|{quote[0]}(?!{quote[1:]})" if len(quote) == 3 else "")
    return re.compile(rf"((?:(?:{other})++|\\.)*+){quote}", re.DOTALL)
