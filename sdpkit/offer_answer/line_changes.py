"""How the lines of two parts of a description differ, whatever they say: what the other comparisons leave over."""

import re
from bisect import bisect
from collections.abc import Hashable, Iterable, Iterator, Sequence

from sdpkit.offer_answer.changes import Delta, Kind, Said, differing, spans
from sdpkit.offer_answer.likeness import alike, turned
from sdpkit.offer_answer.pairing import counterparts, moved, paired, zipped
from sdpkit.offer_answer.section_changes import INHERITED
from sdpkit.offer_answer.subjects import SUBJECTS
from sdpkit.sdp.attributes import ATTRIBUTES
from sdpkit.sdp.decoding import decode, key_of
from sdpkit.sdp.lines import Line
from sdpkit.sdp.section import DIRECTIONS

Lines = Sequence[Line]
_NAMED = {"b=": "bandwidth", "c=": "connection"}
_INFORMATION = {"s=", "i=", "u=", "e=", "p=", "a=tool", "a=cat", "a=keywds", "a=sdplang", "a=lang"}
"""What is for people only."""
_COMPARED = {*INHERITED, *DIRECTIONS}
"""Attributes that are compared by what holds: a line that is left over says nothing new."""
_ATTRIBUTES = SUBJECTS.keys() & {*ATTRIBUTES, "sframe", "sctp-init"}
"""The attributes that are subjects of their own."""
_TOKEN = re.compile(r"[!#-'*+.0-9A-Z^-~-]{1,40}").fullmatch  # RFC 8866 §9


def line_changes(parts: Iterable[tuple[Lines, Lines]]) -> list[Delta]:
    """Lines come, gone and moved, as texts, in the order of the new one: those of parts that belong together."""
    kept: dict[tuple[int, int], tuple[Line, Line]] = {}
    gone: list[Line] = []
    come: list[Line] = []
    for old, new in parts:
        for one, other in zipped(old, new, counterparts(old, new, _text)):
            if one and other:
                kept[one.number, other.number] = (one, other)
            elif one:
                gone.append(one)
            elif other:
                come.append(other)
    out_of_order = moved({numbers: line.text for numbers, (line, _) in kept.items()})
    staying = sorted(kept.keys() - set(out_of_order))
    found = [(_place_in_new(line, staying), _delta(line, None)) for line in gone]
    found += [(line.number, _delta(None, line)) for line in come]
    found += [(number, _delta(*kept[old_number, number])) for old_number, number in out_of_order]
    return [delta for _, delta in sorted(found, key=lambda each: each[0])]


def _place_in_new(line: Line, staying: list[tuple[int, int]]) -> float:
    """Where in the new text a line would stand that is gone: behind the last one before it that stays."""
    before = bisect(staying, (line.number, 0))
    return staying[before - 1][1] + 0.5 if before else 0


def _delta(old: Line | None, new: Line | None) -> Delta:
    kind = Kind.ADDED if old is None else Kind.REMOVED if new is None else Kind.MOVED
    before, after = (Said(line.text, spans(line)) if line else Said() for line in (old, new))
    return Delta(kind, "line", before, after)


def unknown_changes(
    old: Lines, new: Lines, known_old: set[int], known_new: set[int], *, mirrored: bool
) -> Iterator[Delta]:
    """The lines that differ and whose numbers are not known yet, each with the one that it has become; their order.

    `mirrored` is whether the two are by different peers, so that one sends what the other receives.
    """
    pairs = zipped(old, new, counterparts(old, new, _text))
    gone = [one for one, other in pairs if one and other is None and one.number not in known_old]
    come = [other for one, other in pairs if other and one is None and other.number not in known_new]
    for one, other in paired(gone, come, _key_and_first_word, _key):
        if not (mirrored and one and other and alike(turned(decode(one)), decode(other))):
            yield from _unknown(one, other)
    yield from _order(old, new)


def ending_changes(old: Lines, new: Lines) -> Iterator[Delta]:
    """How lines end, and whether the last one does."""
    yield from differing("last-line-ending", _last_ending(old), _last_ending(new))
    before, after = _endings(old), _endings(new)
    yield from differing("line-ending", before, after)
    texts = [(line.text, line.ending) for line in old[:-1]], [(line.text, line.ending) for line in new[:-1]]
    if before.value == after.value and texts[0] != texts[1] and list(map(_text, old)) == list(map(_text, new)):
        yield Delta(Kind.CHANGED, "line-ending", before, after)  # the same, but at other lines


_ENDINGS = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}


def _endings(lines: Lines) -> Said:
    used = dict.fromkeys(_ENDINGS[line.ending] for line in lines if line.ending)
    return Said(" and ".join(sorted(used)), spans(*lines[:1]))


def _last_ending(lines: Lines) -> Said:
    return Said("ended" if lines and lines[-1].ending else "not ended", spans(*lines[-1:]))


def _order(old: Lines, new: Lines) -> Iterator[Delta]:
    """The lines that both have in another order, all together."""
    out_of_order = _moved_lines(old, new)
    if out_of_order:
        count = f"{len(out_of_order)} line{'s' * (len(out_of_order) > 1)}"
        before = Said(count, spans(*(line for line, _ in out_of_order)))
        yield Delta(Kind.MOVED, "line-order", before, Said(count, spans(*(line for _, line in out_of_order))))


def _moved_lines(old: Lines, new: Lines) -> list[tuple[Line, Line]]:
    places = counterparts(old, new, _text)
    return [(old[one], new[other]) for one, other in moved({place: old[place[0]].text for place in places})]


def _text(line: Line) -> str:
    return line.text


def _unknown(old: Line | None, new: Line | None) -> Iterator[Delta]:
    line = old or new
    assert line is not None
    what, item = _subject(line)
    if old and new and alike(decode(old), decode(new)):
        what = "spelling"
    said = [Said(_behind_name(each), spans(each)) if each else Said() for each in (old, new)]
    yield from differing(what, *said, item=item)


def _key(line: Line) -> Hashable:
    key = key_of(line)
    return "direction" if key[2:] in DIRECTIONS else key


def _key_and_first_word(line: Line) -> Hashable:
    """What a line is about and, for those that come more than once, about which one."""
    return _key(line), re.split("[ :/]", _behind_name(line), maxsplit=1)[0]


def _subject(line: Line) -> tuple[str, str]:
    """What the line is about, and which one of its kind."""
    key = key_of(line)
    name = key[2:]
    if key in _INFORMATION:
        return "information", key
    if not name:
        return (_NAMED[key], "") if key in _NAMED else ("line", key)
    if name in _COMPARED:
        return "spelling", name
    if name in _ATTRIBUTES:
        return name, ""
    return "attribute", name if _TOKEN(name) else ""  # what is no token may hold anything, a secret too


def _behind_name(line: Line) -> str:
    """What stands behind the name; the whole line where there is no name, or nothing behind it."""
    if line.type != "a":
        return line.value
    return line.text.partition(":")[2] or line.text
