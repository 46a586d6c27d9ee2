"""The screens of `sdpkit explain`: what a text means, in all its readings."""

from collections.abc import Iterable

import wcwidth

from sdpkit.explanation import Explanation, Language, Reading
from sdpkit.report.escaping import escape
from sdpkit.report.tables import cut, table

_LONGEST = 300  # characters of a text that is named
_MOST_ROWS = 100  # of one reading: no real line needs more
_MORE = {
    Language.EN: "and {count} more: --format json has all",
    Language.JA: "ほか {count} 行。--format json ですべて表示します",
}
_HEADERS = {Language.EN: ("part", "value", "meaning"), Language.JA: ("部分", "値", "意味")}
_SEE = {Language.EN: "see", Language.JA: "参照"}
_UNKNOWN = {Language.EN: 'nothing is known of "{text}"', Language.JA: "「{text}」については分かりません"}
_SEVERAL = {
    Language.EN: "these are several lines: explain takes one at a time, inspect reads a whole description",
    Language.JA: "複数の行があります。explain は一行ずつ説明します。全体は inspect で調べられます",
}
_NEAR = {Language.EN: "{unknown}; near to it: {names}", Language.JA: "{unknown}。似た名前: {names}"}


def screen(explanation: Explanation, width: int) -> str:
    """All readings, the likeliest first."""
    return "\n\n".join(_reading(each, explanation.language, width) for each in explanation.readings) + "\n"


def unknown(explanation: Explanation) -> str:
    """What to say of a text that has no reading."""
    if len(explanation.text.splitlines()) > 1:
        return _SEVERAL[explanation.language]
    said = _UNKNOWN[explanation.language].format(text=cut(explanation.text, _LONGEST))
    if not explanation.near:
        return said
    return _NEAR[explanation.language].format(unknown=said, names=", ".join(explanation.near))


def _reading(reading: Reading, language: Language, width: int) -> str:
    heading = f"{cut(reading.title, _LONGEST)}    {reading.read_as}"
    blocks = [
        _wrapped([heading, reading.summary], width),
        _rows(reading, language, width),
        _see(reading, language, width),
    ]
    return "\n\n".join(block for block in blocks if block)


def _rows(reading: Reading, language: Language, width: int) -> str:
    rows = [(row.part, row.value, row.meaning) for row in reading.rows[:_MOST_ROWS]]
    more = len(reading.rows) - len(rows)
    shown = table(_HEADERS[language], rows, width) if rows else ""
    return f"{shown}\n{_MORE[language].format(count=more)}" if more else shown


def _see(reading: Reading, language: Language, width: int) -> str:
    """Where it is said, and what else to have explained."""
    command = f"sdpkit explain {' | '.join(reading.see)}" if reading.see else ""
    places = [place for place in (reading.reference, command) if place]
    return _wrapped([f"{_SEE[language]}: {', '.join(places)}"], width) if places else ""


def _wrapped(texts: Iterable[str], width: int) -> str:
    """Texts made safe to show, each on lines of its own."""
    return "\n".join(line for text in texts for line in wcwidth.wrap(escape(text), width, break_on_hyphens=False))
