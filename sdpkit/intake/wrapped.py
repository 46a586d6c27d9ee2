"""What stands in a text but not as it is: in JSON, in a string literal, escaped, encoded."""

import re
from typing import NamedTuple
from urllib.parse import unquote

from sdpkit.intake.encodings import RAW, decode_base64, decode_percent
from sdpkit.intake.escapes import unescape, with_breaks
from sdpkit.intake.find import Certainty, Repair, count, inside
from sdpkit.intake.json_shapes import read_value
from sdpkit.intake.messages import said_mid, said_type
from sdpkit.intake.packed import PREFIX
from sdpkit.intake.page import Page, Taken
from sdpkit.intake.rows import is_typed
from sdpkit.intake.source_code import read_literal

_STRAIGHT_QUOTES = "\"'`("  # R"( begins a literal in C++
_TYPOGRAPHIC_QUOTES = "“„‘«「『"
_ESCAPE = re.compile(r"\\{1,8}(?:r|n|u000[aAdD]|x0[aAdD]|01[25])")
_SIGN = re.compile(r"␍␊|[↵⏎␤¶\v\f\x85\u2028\u2029]|\^M|<br ?/?>|&#1[03];|&#x0?[aAdD];", re.IGNORECASE)
_GAP = re.compile(r"v=0[ \t]*")
_TAIL = re.compile(r"""["'`}\]<].*""", re.DOTALL)
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_PERCENT_TOKEN = re.compile(r"[^\s\"'<>`&?#;]+")
_BETWEEN_TOKENS = re.compile(r"[\s\"'<>`&?#;=]")
_BASE64_TOKEN = re.compile(r"(?:[A-Za-z0-9+/_-]|%2[BbFf])+(?:=|%3[Dd]){0,2}")
_BASE64_LINE = re.compile(
    rf"""[ \t]*(?:\r\n|\n|\r|(?:%0D)?%0A|(?:\\{{1,8}}r)?\\{{1,8}}n)[ \t>]*({_BASE64_TOKEN.pattern})(?=[\s"'`\\%]|\Z)"""
)
_SHORTEST_LINE = 60  # characters of a line of base64 after which another one follows
_LONGEST = 1024 * 1024  # characters of lines whose line breaks are escaped
_FAR = 4096  # characters that may stand before v=0 in percent-encoded JSON
_NO_END = Repair("the string was cut: what follows is lost", Certainty.CERTAIN)
_NEAR = 200  # characters before and behind in which something is said of a description


def read_json(page: Page, place: int) -> Taken | None:
    """The JSON around something that stands in a JSON string, or is the name of a field."""
    if page.text[place] != '"' and not page.text[max(0, place - 3) : place].endswith(('"', '"a=')):
        return None
    found = page.json.around(place)
    if found is None:
        return None
    finds = read_value(found.value, page.source(found.start, "JSON"), page.search)
    return page.taken(finds, found.start, found.end)


def read_string(page: Page, place: int) -> Taken | None:
    """A string literal of source code, or several that are put together; quoted text."""
    start = place - 2 if page.text[max(0, place - 2) : place] == "a=" else place
    quote = page.text[start - 1 : start]
    if not quote or quote not in _STRAIGHT_QUOTES + _TYPOGRAPHIC_QUOTES or not page.may_try(place):
        return None
    literal = read_literal(page.text, start)
    if literal is None or literal.text.strip() == "v=0":
        return None
    source = page.source(place, "quoted text" if quote in _TYPOGRAPHIC_QUOTES else "string in source code")
    type = said_type(page.text[max(0, place - _NEAR) : place], page.text[literal.end - 1 : literal.end + _NEAR])
    mid = said_mid(page.text[literal.end : literal.end + _NEAR])
    source = inside(source, type=type or source.type, mid=mid or source.mid)
    if literal.values:
        repair = Repair(f"left {count(len(literal.values), 'value')} of the program as ${{…}}", Certainty.GUESS)
        source = inside(source, repairs=(*source.repairs, repair))
    taken = page.taken(page.search.in_text(literal.text, source), start, literal.end)
    if taken is None:
        page.failed(start, literal.end)
    return taken


def read_escaped(page: Page, place: int) -> Taken | None:
    r"""Text on one line whose line breaks are escaped, as in `v=0\r\n`, or shown by signs, as in `v=0↵`."""
    gap = _GAP.match(page.text, place)
    escaped = gap and _ESCAPE.match(page.text, gap.end())
    if not gap or not (escaped or _SIGN.match(page.text, gap.end())) or not page.may_try(place):
        return None
    sign = _ESCAPE if escaped else _SIGN
    end = _end_of_lines(page.text, place, sign)
    text = _without_tail(page.text[place:end], sign)
    plain = unescape(text) if escaped else with_breaks(text)
    type = said_type(page.text[max(0, place - _NEAR) : place], "")
    source = page.source(place, "escaped text" if escaped else "text with signs for line breaks")
    cut = (_NO_END,) if page.text[max(0, place - 1) : place] in ('"', "'", "`") and end == len(page.text) else ()
    source = inside(source, type=type or source.type, repairs=source.repairs + cut)
    taken = page.taken(page.search.in_text(plain, source), place, end)
    if taken is None:
        page.failed(place, end)
    return taken


def _without_tail(text: str, sign: re.Pattern[str]) -> str:
    """The text without the quotation mark, bracket or tag that ends it, and what follows that."""
    start = max((found.end() for found in sign.finditer(text)), default=0)
    return text[:start] + _TAIL.sub("", text[start:])


def _end_of_lines(text: str, place: int, sign: re.Pattern[str]) -> int:
    """The end of the line that `place` is on, and of those behind it that have such a sign, too, or are the last."""
    first, *following = _LINE.finditer(text, place, place + _LONGEST)
    end = first.end(1)
    for line in following:
        if "v=0" in line[1] or not (sign.search(line[1]) or is_typed(line[1])):
            break
        end = line.end(1)
    return end


def read_percent(page: Page, place: int) -> Taken | None:
    """Percent-encoded text, alone or in an address or a form."""
    before = max(0, place - _FAR)
    start = max((found.end() for found in _BETWEEN_TOKENS.finditer(page.text, before, place)), default=before)
    token = _PERCENT_TOKEN.match(page.text, start)
    plain = decode_percent(token[0]) if token else None
    if token is None or plain is None:
        return None
    type = said_type(page.text[max(0, start - _NEAR) : start], "")
    source = page.source(start, "percent-encoding")
    source = inside(source, type=type or source.type)
    return page.taken(page.search.in_text(plain, source), start, token.end())


def read_packed(page: Page, place: int) -> Taken | None:
    """What `sdpkit.intake.pack` made, on one line or several."""
    packed = _base64_at(page.text, place + len(PREFIX))
    if packed is None:
        return None
    return page.taken(page.search.inflated(packed.data, RAW, page.source(place, "packed")), place, packed.end)


def read_base64(page: Page, place: int) -> Taken | None:
    """Base64 on one line or several, alone or in an address, a log, a string."""
    if place and (page.text[place - 1].isalnum() or page.text[place - 1] in "+_-"):
        return None
    found = _base64_at(page.text, place)
    if found is None:
        return None
    return page.taken(page.search.in_bytes(found.data, page.source(place, "base64")), place, found.end)


class _Decoded(NamedTuple):
    """The bytes of base64, and where it ends."""

    data: bytes
    end: int


def _base64_at(text: str, place: int) -> _Decoded | None:
    """The base64 that begins at a place, with the lines that it was wrapped to."""
    token = _BASE64_TOKEN.match(text, place)
    if token is None:
        return None
    pieces, end = [token[0]], token.end()
    while len(pieces[-1]) >= _SHORTEST_LINE and (line := _BASE64_LINE.match(text, end)):
        pieces.append(line[1])
        end = line.end()
    data = decode_base64(unquote("".join(pieces)))
    return None if data is None else _Decoded(data, end)
