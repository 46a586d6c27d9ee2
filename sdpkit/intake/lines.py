"""What stands in a text as it is: descriptions and fragments line by line or run together, single candidates."""

import re

import msgspec

from sdpkit.finding import SDPError
from sdpkit.ice.candidate import Candidate
from sdpkit.intake.blocks import Block, line_start, read_block, rows_of
from sdpkit.intake.find import Certainty, Find, Kind, Repair, Source, as_find, count, inside
from sdpkit.intake.messages import message_above, said_mid, said_type
from sdpkit.intake.page import Page, Taken
from sdpkit.intake.prefixes import learn
from sdpkit.intake.restoring import describe
from sdpkit.intake.rows import is_typed

_FOLLOWED = re.compile(r"v=0(?:[^\w\r\n=]{0,8}(?:[\r\n]|\Z)|[ \t\xa0]{0,8}[os]=|[ \t]+<)")
_FENCE_ABOVE = re.compile(r"(?:```|~~~)[^\r\n`]{0,40}(?:\r\n|\n)[ \t]*$")
_HEAD = re.compile(
    r"(?:candidate:)?[A-Za-z0-9+/]{1,40} [0-9]{1,3} (?:udp|tcp|ssltcp|tls) [0-9]{1,10} \S{1,60} [0-9]{1,5}$", re.I
)
_PAIR = r"(?:raddr|rport|tcptype|generation|ufrag|network-id|network-cost) [^\s\"'`<>\\,;]+"
_TAIL = re.compile(rf" typ (?:host|srflx|prflx|relay)(?: {_PAIR})*+")
_REST_OF_LINE = re.compile(r"[^\r\n\"'`<>\\{}]{1,400}+(?=[\r\n]|\Z)")
_MOST_ABOVE = 50  # lines of a fragment before the one that it was noticed by
_FEWEST = 3  # lines of what is clearly divided into lines
_NEAR = 200  # characters before and behind in which something is said of a description


def read_whole(page: Page) -> Taken | None:
    """A text that is one description, or a piece of one, and nothing else: each of its lines begins as in SDP."""
    text = page.text
    if not is_typed(text) or text.count("v=0") > 1:
        return None
    rows = list(rows_of(text))
    if len(rows) < _FEWEST or not all(is_typed(row.text) or not row.text for row in rows):
        return None
    find = describe(rows, page.source(0, *("SDP",) * page.is_whole))
    return None if find is None else Taken([_as_candidate(find)], 0, len(text))


def read_description(page: Page, place: int) -> Taken | None:
    """A description, from its v= line on."""
    if not page.may_try(place) or not _FOLLOWED.match(page.text, place) or not _may_begin(page.text, place):
        return None
    return _read_block(page, place)


def read_fragment(page: Page, place: int) -> Taken | None:
    """A fragment to trickle, or a piece of a description, around a line of it."""
    if page.text.startswith("candidate:", place):
        place -= 2
    if not page.may_try(place) or place < 0 or page.text[place + 1] != "=" or not _may_begin(page.text, place):
        return None
    return _read_block(page, _first_line(page.text, place))


def _may_begin(text: str, place: int) -> bool:
    """Whether a line may begin here: not in the midst of a word or an address."""
    before = text[place - 1 : place]
    is_escape = text[max(0, place - 2) : place] in ("\\n", "\\r")
    return is_escape or not (before.isalnum() or before in tuple("_&?/."))


def _first_line(text: str, place: int) -> int:
    """Where a fragment begins of which one line begins at `place`: as far up as there are lines of SDP."""
    start = line_start(text, place)
    prefix = learn(text[start:place], (text[start : place + _NEAR],))
    for _ in range(_MOST_ABOVE):
        above = line_start(text, max(0, start - 1 - text.startswith("\r\n", max(0, start - 2))))
        line = prefix.strip(text[above:start].rstrip("\r\n"))
        if above == start or line is None or not is_typed(line):
            break
        place, start = above + text[above:start].index(line), above
    return place


def _read_block(page: Page, place: int) -> Taken | None:
    """The description or fragment whose first line begins at `place`."""
    block = read_block(page.text, place, len(page.text))
    find = describe(block.rows, _source(page, place, block)) if block.rows else None
    if find is None:
        page.failed(place, block.end)
        return None
    if block.others:
        what = f"passed over {count(len(block.others), 'line')} of others in between"
        find = msgspec.structs.replace(find, repairs=(*find.repairs, Repair(what, Certainty.LIKELY, block.others)))
    return Taken([_as_candidate(find)], place, block.end)


def _source(page: Page, place: int, block: Block) -> Source:
    """What is known of a block by what stands around it."""
    text = page.text
    start = line_start(text, place)
    message = message_above(text, start, block.prefix)
    shapes = [shape for shape in (block.prefix.name, message.name if message else "") if shape]
    if _FENCE_ABOVE.search(text, max(0, start - _NEAR), start):
        shapes.append("Markdown")
    if not shapes and page.is_whole:
        shapes.append("text" if text[:place].strip() or text[block.end :].strip() else "SDP")
    source = page.source(place, *shapes)
    said = said_type(text[max(0, place - _NEAR) : place], text[block.end : block.end + _NEAR])
    type = source.type or said or (message.type if message else None)
    return inside(source, type=type, event=source.event or (message.name if message else None))


def _as_candidate(find: Find) -> Find:
    """A fragment of one line, which is a candidate, as a candidate."""
    if find.kind is not Kind.FRAGMENT or not find.text.startswith("a=candidate:") or len(find.text.splitlines()) > 1:
        return find
    return msgspec.structs.replace(find, kind=Kind.CANDIDATE, text=find.text.strip()[2:])


def read_candidate(page: Page, place: int) -> Taken | None:
    """A single candidate around its ` typ `: as it is handed to addIceCandidate, or its bare value."""
    text = page.text
    if not text[place - 1 : place].isdigit():  # the port: most words "typ" have none before them
        return None
    head = _HEAD.search(text, max(0, place - _NEAR), place)
    tail = _TAIL.match(text, place)
    if head is None or tail is None:
        return None
    line = _REST_OF_LINE.match(text, place)
    is_alone = not text[line_start(text, place) : head.start()].strip() and line is not None
    candidate = head[0] + (line[0].rstrip() if is_alone and line else tail[0])
    try:
        Candidate.parse(candidate)
    except SDPError:
        return None
    end = head.start() + len(candidate)
    mid = said_mid(text[max(0, head.start() - _NEAR) : head.start()] + text[end : end + _NEAR])
    shapes = ("candidate" if text.strip() == candidate else "text",) * page.is_whole
    source = page.source(head.start(), *shapes)
    find = as_find(inside(source, mid=mid or source.mid), Kind.CANDIDATE, candidate)
    return Taken([find], head.start(), end)
