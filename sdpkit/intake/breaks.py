"""Line breaks that were lost, and those that were not there before: where lines begin and end, found out again.

A line break is lost where a blank stands in its place, or nothing; it is one too many where a terminal, a mail program
or a page wrapped a long line. All three are found out by what RFC 8866 lets a line be: of all ways to divide a text,
the one is taken whose lines cost least (`sdpkit.intake.rows`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, product
from typing import NamedTuple

from sdpkit.intake.find import Certainty, Repair, count, less_certain
from sdpkit.intake.rows import FAULTY, FINE, LETTERS, ODD, UNKNOWN, Row, cost, follows, is_typed
from sdpkit.sdp.attributes import ATTRIBUTES

_NAMES = "|".join(sorted(map(re.escape, ATTRIBUTES), key=len, reverse=True))
# How a line begins that is no coincidence, and how one may begin; the lengths are bounded to keep the search linear.
_CLEAR = re.compile(
    r"o=[^\s]{1,64}[ \t]+[0-9]{1,30}[ \t]+[0-9]{1,30}[ \t]+IN"
    r"|c=IN[ \t]+IP|t=[0-9]{1,20}[ \t]+[0-9]|m=[a-z]{4,11}[ \t]+[0-9]"
    r"|b=(?:CT|AS|TIAS|RS|RR|X-[A-Z]{1,20}):[0-9]"
    rf"|a=(?:{_NAMES})(?=:|\s|$|[{LETTERS}]=)"
)
_UNKNOWN = re.compile(r"(?<![;,])[ \t]a=[A-Za-z][A-Za-z0-9-]{2,40}(?=:|\s|$)")
_POSSIBLE = r"(?=[vosicbtrzkam]=|u=[a-z]{2,10}:|e=[^\s@]{1,64}@|p=[+0-9])"
_GLUED = re.compile(_POSSIBLE)
_FIRST_GAP = re.compile(r"v=0([ \t]+)")
_HIDDEN_CLEAR, _HIDDEN_UNKNOWN, _HIDDEN_POSSIBLE = FAULTY + 1, UNKNOWN + 2, ODD + 1
"""What it costs to take for a piece of a value what looks like the beginning of a line."""
_DISORDER = 4  # what it costs when a line stands behind one that it may not follow
_REACH = 12  # possible beginnings that a line may have in it
_FEW = 2  # places where lines are wrapped, of which nothing can be told by their lengths
LONGEST = 256 * 1024  # characters of a line that is divided


class Division(NamedTuple):
    """A text divided into lines, and what these cost."""

    lines: tuple[str, ...]
    cost: int


def begins_clearly(text: str) -> bool:
    """Whether a text begins as only a line of SDP does.

    >>> begins_clearly("a=mid:0"), begins_clearly("a=1"), begins_clearly("s=-")
    (True, False, False)
    """
    return _CLEAR.match(text) is not None


def is_run_together(text: str) -> bool:
    """Whether more than one line clearly begins in a line.

    >>> is_run_together("v=0 o=- 1 2 IN IP4 127.0.0.1"), is_run_together("a=mid:0"), is_run_together("v=0s=-t=0 0")
    (True, False, True)
    """
    return _CLEAR.search(text, 1) is not None


def divide(text: str, gap: re.Pattern[str]) -> Division:
    """The cheapest way to divide a text into lines, at gaps of which each may be a lost line break."""
    gaps = [found.span() for found in gap.finditer(text, 1)]
    starts = [0, *(end for _, end in gaps), len(text)]  # of lines; the last one is the end of the text
    ends = [0, *(start for start, _ in gaps), len(text)]
    hidden = list(accumulate((_price_of_hiding(text, start) for start in starts[:-1]), initial=0))
    best = [(0, 0)]  # for each start: the price of the lines before it, and where the last of them starts
    for place in range(1, len(starts)):
        best.append(
            min(
                (
                    best[before][0]
                    + cost(text[starts[before] : ends[place]])
                    + hidden[place]
                    - hidden[before + 1]
                    + _price_of_break(text, starts[before], starts[place]),
                    before,
                )
                for before in range(max(0, place - _REACH), place)
            )
        )
    lines = []
    place = len(starts) - 1
    while place:
        before = best[place][1]
        lines.append(text[starts[before] : ends[place]])
        place = before
    unseen = sum(map(_price_of_running_together, lines))
    return Division(tuple(reversed(lines)), best[-1][0] + unseen)


def _price_of_running_together(line: str) -> int:
    return _HIDDEN_CLEAR * sum(1 for _ in _CLEAR.finditer(line, 1))


def _price_of_leaving(line: str) -> int:
    """What a line costs as it stands, with all that seems to begin in it."""
    unknown = _HIDDEN_UNKNOWN * sum(1 for _ in _UNKNOWN.finditer(line))
    return cost(line) + _price_of_running_together(line) + unknown


def _price_of_hiding(text: str, start: int) -> int:
    """What it costs when no line begins at this place."""
    if _CLEAR.match(text, start):
        return _HIDDEN_CLEAR
    return _HIDDEN_UNKNOWN if _UNKNOWN.match(text, max(0, start - 1)) else _HIDDEN_POSSIBLE


def _price_of_break(text: str, before: int, start: int) -> int:
    """What it costs when a line begins at this place, behind one that begins at `before`."""
    if start == len(text):
        return 0
    pair = text[before] + text[start]
    if not follows(*pair):
        return _DISORDER
    return 0 if pair in ("vo", "os") or _CLEAR.match(text, start) else ODD


def put_back(rows: Sequence[Row]) -> tuple[list[Row], Repair] | None:
    """The lines of a text whose line breaks were lost, wherever it breaks now; None where nothing is gained by that."""
    width = _width(rows)
    joined = {_as_cut(rows, width), _as_words(rows, width)}
    if max(map(len, joined)) > LONGEST:
        return None
    first = _FIRST_GAP.match(rows[0].text)
    spaced = re.compile(rf"[ \t]{{{len(first[1]) if first else 1}}}{_POSSIBLE}")
    options = [(divide(text, gap), gap is _GLUED) for text in sorted(joined) for gap in (spaced, _GLUED)]
    division, glued = min(options, key=lambda option: (option[0].cost, option[1]))
    if division.cost >= sum(_price_of_leaving(row.text) for row in rows):
        return None
    certainty = less_certain(_certainty(division), Certainty.LIKELY if glued else Certainty.CERTAIN)
    ending = rows[0].ending or "\r\n"
    lines = [Row(rows[0].number, line, ending) for line in division.lines]
    return lines, Repair(f"put back {count(len(lines) - 1, 'line break')}", certainty, code="SYN004")


def _certainty(division: Division) -> Certainty:
    if division.cost == 0:
        return Certainty.CERTAIN
    return Certainty.LIKELY if division.cost < len(division.lines) else Certainty.GUESS


def _width(rows: Sequence[Row]) -> int:
    """The column at which lines were wrapped, if any were: no line that can be broken is longer."""
    return max((len(row.text) for row in rows if " " in row.text), default=0)


def _as_cut(rows: Sequence[Row], width: int) -> str:
    """Lines put together that were cut at the edge of a terminal; copying drops a blank that stands there."""
    pieces = [row.text + " " * (len(row.text) == width - 1) for row in rows[:-1]]
    return "".join(pieces) + rows[-1].text


def _as_words(rows: Sequence[Row], width: int) -> str:
    """Lines put together that were broken between words, and within a word only where it was too long for any line."""
    texts = [rows[0].text, *(row.text.strip(" ") for row in rows[1:])]
    pieces = [texts[0]]
    place = 0
    while place < len(texts) - 1:
        last = place + 1  # the line on which the word that ends this one ends itself
        while last < len(texts) - 1 and len(texts[last]) == width and " " not in texts[last]:
            last += 1
        word = texts[place].rpartition(" ")[2] + "".join(texts[place + 1 : last]) + texts[last].partition(" ")[0]
        if len(texts[place]) == width < len(word) and not _CLEAR.match(texts[place + 1]):
            pieces += texts[place + 1 : last + 1]
            place = last
        else:
            pieces += [" ", texts[place + 1]]
            place += 1
    return "".join(pieces)


def join_wrapped(rows: Sequence[Row]) -> tuple[list[Row], list[Repair]]:
    """The lines with those put together that were one before something wrapped it."""
    width = _width(rows)
    groups = _groups(rows, width)
    wrapped = [group for group in groups if len(group) > 1]
    if not wrapped:
        return list(rows), []
    leads = [cost(_as_words(group, width)) - cost(_as_cut(group, width)) for group in wrapped]  # of cut over words
    ends = [len(row.text) for group in wrapped for row in group[:-1]]
    cut = min(ends) >= width - 1 if len(ends) > _FEW or not sum(leads) else sum(leads) > 0
    lines = [_joined(group, width, cut) if len(group) > 1 else group[0] for group in groups]
    number = sum(len(group) - 1 for group in wrapped)
    what = f"joined {count(number, 'wrapped line')} to the {'one' if number == 1 else 'ones'} before"
    certainty = _certainty_of_joining(leads, cut)
    if certainty is Certainty.GUESS and number <= _FEW:  # as likely these are lines of their own that are broken
        return list(rows), []
    return lines, [Repair(what, certainty, code="SYN017")]


def _groups(rows: Sequence[Row], width: int) -> list[list[Row]]:
    """The lines, each with those that may be the rest of it."""
    if all(is_typed(row.text) for row in rows):
        return [[row] for row in rows]
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _goes_on(groups[-1], row, width):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _goes_on(group: list[Row], row: Row, width: int) -> bool:
    """Whether a line is the rest of those before it: its first word had no room there, or they are nothing without."""
    bare = row.text.lstrip(" \t")
    if not row.text or not is_typed(group[0].text) or _is_next(group[0].text, bare):
        return False
    had_room = len(group[-1].text) + 1 + len(bare.partition(" ")[0]) <= width
    if not had_room and not is_typed(row.text):
        return True
    if (had_room and is_typed(row.text)) or len(group) > _REACH:
        return False
    together = min(cost(_as_cut([*group, row], width)), cost(_as_words([*group, row], width)))
    return together < (cost(group[0].text) if len(group) == 1 else FAULTY) or (not had_room and together == FINE)


def _is_next(before: str, text: str) -> bool:
    """Whether a text is a line of its own that may stand behind another one."""
    if begins_clearly(text):
        return True
    return is_typed(text) and cost(text) < FAULTY and follows(before[0], text[0])


def _joined(group: list[Row], width: int, cut: bool) -> Row:
    """One line of several: as the others were, unless it can only be read in another way."""
    usual, other = _as_cut(group, width), _as_words(group, width)
    usual, other = (usual, other) if cut else (other, usual)
    text = min((usual, other, *_mixed(group)), key=cost)
    return Row(group[0].number, text, group[-1].ending)


def _mixed(group: list[Row]) -> Iterator[str]:
    """Lines put together that were broken between words, and within those that were too long for any line."""
    if 2 < len(group) <= _REACH:
        for gaps in product(("", " "), repeat=len(group) - 1):
            yield group[0].text + "".join(gap + row.text for gap, row in zip(gaps, group[1:], strict=True))


def _certainty_of_joining(leads: list[int], cut: bool) -> Certainty:
    """Certain where each line can be read in one way only; likely where some can, and these agree."""
    agreeing = [lead for lead in leads if lead and (lead > 0) == cut]
    if len(agreeing) == len(leads):
        return Certainty.CERTAIN
    return Certainty.LIKELY if agreeing and len(agreeing) == sum(map(bool, leads)) else Certainty.GUESS
