"""From lines as they were found to a description: what was done to them is undone, step by step, and said."""

import re
from collections.abc import Sequence
from itertools import chain, islice

import msgspec

from sdpkit.ice.address import Scope, scope
from sdpkit.intake.breaks import is_run_together, join_wrapped, put_back
from sdpkit.intake.find import Certainty, Find, Kind, LeftOut, Repair, Source, as_find, count, less_certain
from sdpkit.intake.rows import FAULTY, FINE, Row, cost, is_typed
from sdpkit.sdp.decoding import key_of
from sdpkit.sdp.lines import Limits, Line, split
from sdpkit.sdp.parser import parse

Step = tuple[list[Row], list[Repair]]
"""The lines after something was undone, and what that was."""

_CREDENTIAL = re.compile(r"a=ice-(?:ufrag|pwd):[A-Za-z0-9+/=_-]{2,256}")  # those of some programs are not RFC 8839's
_END = re.compile(r"v=0([^\w=]{1,8})")
_ESCAPED_BREAK = re.compile(r"(?:\\r)?\\n(?=[a-z]=)")
_INDENTED = re.compile(r"[ \t]+[a-z]=")
_REMARK = re.compile(r"[ \t]+(?:<{3,}|<-{2,}|←)[^<]*$")
_FREE = tuple(f"{letter}=" for letter in "siuep")  # lines of which the text may be anything
_ODD_BLANKS = {0xA0: " ", **dict.fromkeys((0x200B, 0x2060, 0xFEFF, 0xAD), "")}
_WORD_ENDS = re.compile(r"""(?=[\s"'`<}\])”’])""")
_MOST_TAILS = 50  # words of which each may be the first one behind the description


def describe(rows: Sequence[Row], source: Source) -> Find | None:
    """The description or fragment that these lines are, put right; None when they are none."""
    restored = list(rows)
    repairs: list[Repair] = []
    for step in _STEPS:
        restored, made = step(restored)
        repairs += made
    kind = _kind(restored)
    if kind is None:
        return None
    text, original = _text(restored), _text(rows)
    return as_find(source, kind, text, original if original != text else None, repairs)


def _text(rows: Sequence[Row]) -> str:
    return "".join(row.text + row.ending for row in rows)


def _kind(rows: Sequence[Row]) -> Kind | None:
    """What the lines are; None for too little to be sure that they are SDP at all."""
    good = [row.text for row in rows if cost(row.text) < FAULTY]
    if len(good) * 2 < len(rows):
        return None
    fine = {key_of(Line(1, 0, text, "")) for text in good}
    if "v=" in fine:
        return Kind.DESCRIPTION if len(fine) > 2 and fine & {"o=", "m=", "t="} else None
    credentials = [row for row in rows if _CREDENTIAL.fullmatch(row.text)]
    if "a=candidate" in fine or len(credentials) > 1 or (fine & {"m=", "o="} and len(fine) > 2):
        return Kind.FRAGMENT
    return None


def _without_odd_blanks(rows: list[Row]) -> Step:
    """The lines without blanks that do not break, and characters without width."""
    tidy = [row._replace(text=_with_plain_blanks(row.text)) for row in rows]
    changed = sum(one.text != other.text for one, other in zip(rows, tidy, strict=True))
    return tidy, [Repair(f"made blanks plain in {count(changed, 'line')}", Certainty.LIKELY, code="SYN009")] * bool(
        changed
    )


def _without_odd_ends(rows: list[Row]) -> Step:
    """The lines without what all of them end with, such as the rule of a table, and with CRLF for CR CR LF."""
    repairs = []
    if any(len(row.ending) > 2 for row in rows):
        rows = [row._replace(ending="\r\n") if len(row.ending) > 2 else row for row in rows]
        repairs.append(Repair("made line ends of several CR plain CRLF", Certainty.CERTAIN, code="SYN007"))
    first = _END.fullmatch(rows[0].text)
    end = first[1] if first else ""
    if end and all(row.text.endswith(end) for row in rows[:-1]):
        rows = [row._replace(text=row.text.removesuffix(end)) for row in rows]
        what = (
            f'took "{end}" from the ends of the lines' if end.strip() else "took the blanks from the ends of the lines"
        )
        repairs.append(Repair(what, Certainty.LIKELY, code="SYN011"))
    return rows, repairs


def _with_plain_blanks(text: str) -> str:
    """A line with plain blanks, if that helps it."""
    if text.isascii() or cost(text) == FINE:
        return text
    plain = text.translate(_ODD_BLANKS)
    return plain if cost(plain) < cost(text) or (cost(text) == FAULTY and is_run_together(plain)) else text


def _without_escapes(rows: list[Row]) -> Step:
    r"""The lines with real line breaks for those that are written as `\n` in some of them."""
    divided = [row._replace(text=text) for row in rows for text in _ESCAPED_BREAK.split(row.text)]
    number = len(divided) - len(rows)
    return divided, [
        Repair(f"made {count(number, 'escaped line break')} real", Certainty.CERTAIN, code="SYN003")
    ] * bool(number)


def _without_indents(rows: list[Row]) -> Step:
    """The lines without blanks before some of them."""
    bare = [row._replace(text=row.text.lstrip(" \t")) if _INDENTED.match(row.text) else row for row in rows]
    changed = sum(one.text != other.text for one, other in zip(rows, bare, strict=True))
    return bare, [Repair(f"took the blanks before {count(changed, 'line')}", Certainty.CERTAIN, code="SYN010")] * bool(
        changed
    )


def _with_its_breaks(rows: list[Row]) -> Step:
    """The lines as they were before line breaks were lost, or put in."""
    apart, made = _apart(rows)
    if is_run_together(rows[0].text) and any(cost(row.text) == FAULTY for row in apart):
        together = put_back(rows)
        if together is not None:
            rows, repair = together
            return _without_tail(rows, [repair])
    if made:
        return _without_tail(apart, made)
    rows, repairs = join_wrapped(rows)
    apart, made = _apart(rows)
    return apart, repairs + made


def _apart(rows: list[Row]) -> Step:
    """The lines, and those that stood on one line each on its own."""
    divided: list[Row] = []
    number, certainty = 0, Certainty.CERTAIN
    for row in rows:
        is_several = is_typed(row.text) and cost(row.text) > FINE and is_run_together(row.text)
        found = put_back([row]) if is_several else None
        if found is None or max(cost(line.text) for line in found[0]) >= cost(row.text):  # it may well be one line
            divided.append(row)
        else:
            lines, repair = found
            divided += lines
            number += len(lines) - 1
            certainty = less_certain(certainty, repair.certainty)
    repair = Repair(f"put back {count(number, 'line break')}", certainty, code="SYN004")
    return divided, [repair] * bool(number)


def _without_tail(rows: list[Row], repairs: list[Repair]) -> Step:
    """The lines without the words that follow the last one on the line that it stood on."""
    text = rows[-1].text
    if cost(text) < FAULTY:
        return rows, repairs
    ends = (found.start() for found in islice(_WORD_ENDS.finditer(text), _MOST_TAILS))
    kept = next((text[:end] for end in ends if cost(text[:end]) < FAULTY), text)
    if kept == text:
        return rows, repairs
    rest = LeftOut(rows[-1].number, text[len(kept) :])  # blanks are what is left of a line break
    tail = Repair("left out what follows the last line", Certainty.LIKELY, (rest,), "SYN013")
    return [*rows[:-1], rows[-1]._replace(text=kept)], [*repairs, *[tail] * bool(rest.text.strip())]


def _without_remarks(rows: list[Row]) -> Step:
    """The lines without arrows that someone drew behind them, and what they say."""
    remarks = [(row, None if row.text.startswith(_FREE) else _REMARK.search(row.text)) for row in rows]
    left_out = tuple(LeftOut(row.number, found[0].strip()) for row, found in remarks if found)
    repair = Repair(f"left out {count(len(left_out), 'remark')} behind lines", Certainty.LIKELY, left_out, "SYN029")
    bare = [row._replace(text=row.text[: found.start()]) if found else row for row, found in remarks]
    return bare, [repair] * bool(left_out)


def _without_foreign_lines(rows: list[Row]) -> Step:
    """The lines of SDP alone. What follows the last of them is not in the description, and not left out of it."""
    last = max((place for place, row in enumerate(rows, 1) if is_typed(row.text)), default=0)
    foreign = [row for row in rows[:last] if not is_typed(row.text)]
    left_out = tuple(LeftOut(row.number, row.text) for row in foreign if row.text.strip())
    blank = tuple(LeftOut(row.number, row.text) for row in foreign if not row.text.strip())
    repairs = [Repair(f"took out {count(len(blank), 'blank line')}", Certainty.CERTAIN, blank, "SYN008")] * bool(blank)
    if left_out:
        what = f"left out {count(len(left_out), 'line')} that {'is' if len(left_out) == 1 else 'are'} not SDP"
        repairs.append(Repair(what, Certainty.LIKELY, left_out, "SYN013"))
    return [row for row in rows[:last] if is_typed(row.text)], repairs


_STEPS = (
    _without_odd_ends,
    _without_odd_blanks,
    _without_escapes,
    _with_its_breaks,
    _without_indents,
    _without_remarks,
    _without_foreign_lines,
)
"""What is undone, in this order."""


def finished(find: Find) -> Find:
    """A description whose lines all end alike, the last one too: nothing less is taken everywhere (RFC 8866 §5).

    A candidate gets the `candidate:` that it begins with (RFC 8839 §5.1).
    """
    if find.kind is Kind.CANDIDATE:
        return _as_named(find)
    lines = split(find.text, Limits())
    endings = [line.ending for line in lines]
    usual = "\n" if "\r\n" not in endings and "\n" in endings else "\r\n"
    repairs = [Repair("ended the last line, where the text may be cut", Certainty.LIKELY, code="SYN005")] * (
        not endings[-1]
    )
    if any(ending not in ("", usual) for ending in endings):
        repairs.append(Repair("made all line ends alike", Certainty.CERTAIN, code="SYN006"))
    text = "".join(line.text + usual for line in lines)
    if not repairs:
        return find
    return msgspec.structs.replace(
        find, text=text, original=find.original or find.text, repairs=(*find.repairs, *repairs)
    )


def _as_named(candidate: Find) -> Find:
    if not candidate.text or candidate.text.startswith(("candidate:", "a=candidate:")):
        return candidate
    repair = Repair("put candidate: before it", Certainty.CERTAIN, code="TRK004")
    return msgspec.structs.replace(
        candidate,
        text=f"candidate:{candidate.text}",
        original=candidate.original or candidate.text,
        repairs=(*candidate.repairs, repair),
    )


def masked_addresses(text: str) -> tuple[str, ...]:
    """The addresses in a description of which somebody made digits unreadable, each as often as it stands there."""
    description = parse(text)
    parts = (description, *description.media)
    connections = (connection.address for part in parts for connection in part.get_all("c="))
    candidates = (part.get_all("candidate") for part in parts)
    own = (address for one in chain.from_iterable(candidates) for address in (one.address, one.raddr or ""))
    return tuple(address for address in chain(connections, own) if scope(address) is Scope.MASKED)
