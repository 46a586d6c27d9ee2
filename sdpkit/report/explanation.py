"""The screens of `sdpkit explain`: what a text means, in all its readings."""

from collections.abc import Iterable

import wcwidth

from sdpkit.explanation import Explanation, Language, Reading
from sdpkit.explanation.words import Words
from sdpkit.report.escaping import escape
from sdpkit.report.tables import cut, table

_LONGEST = 300  # characters of a text that is named
_MOST_ROWS = 100  # of one reading: no real line needs more
_MORE = Words("and {count} more: --format json has all", "ほか {count} 行。--format json ですべて表示します")
_HEADERS = (Words("part", "部分"), Words("value", "値"), Words("meaning", "意味"))
_SEE = Words("see: {places}", "参照: {places}")
_UNKNOWN = Words('nothing is known of "{text}": {hint}', "「{text}」については分かりません。{hint}")
_NEAR = Words("perhaps {names}", "もしかして: {names}")
_HINT = Words(
    "give a line as it stands, a code that sdpkit rules lists, or more of an error",
    "行はそのまま、コードは sdpkit rules にあるもの、エラーは長めに書いてください",
)
_SEVERAL = Words(
    "these are several lines: explain takes one at a time, inspect reads a whole description",
    "複数の行があります。explain は一行ずつ説明し、全体は inspect で調べられます",
)


def screen(explanation: Explanation, width: int) -> str:
    """All readings, the likeliest first."""
    return "\n\n".join(_reading(each, explanation.language, width) for each in explanation.readings) + "\n"


def unknown(explanation: Explanation) -> str:
    """What to say of a text that has no reading."""
    if "\n" in explanation.text or "\r" in explanation.text:
        return _SEVERAL.within(explanation.language)
    hint = _NEAR.fill(names=", ".join(explanation.near)) if explanation.near else _HINT
    return _UNKNOWN.fill(text=cut(explanation.text, _LONGEST), hint=hint).within(explanation.language)


def _reading(reading: Reading, language: Language, width: int) -> str:
    heading = f"{cut(reading.title, _LONGEST)}    {reading.read_as}"
    blocks = [
        _wrapped([heading, reading.summary], width),
        _rows(reading, language, width),
        _see(reading, language, width),
    ]
    return "\n\n".join(block for block in blocks if block)


def _rows(reading: Reading, language: Language, width: int) -> str:
    if not reading.rows:
        return ""
    rows = [(row.part, row.value, row.meaning) for row in reading.rows[:_MOST_ROWS]]
    shown = table([header.within(language) for header in _HEADERS], rows, width)
    more = len(reading.rows) - len(rows)
    return f"{shown}\n{_MORE.fill(count=more).within(language)}" if more else shown


def _see(reading: Reading, language: Language, width: int) -> str:
    """Where it is said, and what else to have explained."""
    command = f"sdpkit explain {' | '.join(reading.see)}" if reading.see else ""
    places = ", ".join(place for place in (reading.reference, command) if place)
    return _wrapped([_SEE.fill(places=places).within(language)], width) if places else ""


def _wrapped(texts: Iterable[str], width: int) -> str:
    """Texts made safe to show, each on lines of its own."""
    return "\n".join(line for text in texts for line in wcwidth.wrap(escape(text), width, break_on_hyphens=False))
