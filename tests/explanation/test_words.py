"""Everything that is said is said in both languages."""

import re
import string
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import sdpkit.explanation
from sdpkit.explanation.words import NOTHING, Words, joined, plain

MODULES = [
    *(f"sdpkit.explanation.{module.name}" for module in iter_modules(sdpkit.explanation.__path__)),
    "sdpkit.report.explanation",
]
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


def words_in(value: Any) -> Iterator[Words]:
    """All words in the tables and constants of a module."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, dict):
        yield from (words for item in (*value, *value.values()) for words in words_in(item))
    elif isinstance(value, tuple | list):
        yield from (words for item in value for words in words_in(item))


ALL = {words for name in MODULES for value in vars(import_module(name)).values() for words in words_in(value)}


def test_there_are_many() -> None:
    assert len(ALL) > 700


def fields_in(text: str) -> set[str]:
    return {field for _, field, *_ in string.Formatter().parse(text) if field}


def test_both_languages_say_the_same() -> None:
    assert [words for words in ALL if bool(words.en) != bool(words.ja)] == []
    assert [words for words in ALL if fields_in(words.en) != fields_in(words.ja)] == []


def test_sentences_are_in_their_language() -> None:
    """Short ones may be names, which are the same in all languages."""
    assert [words for words in ALL if JAPANESE.search(words.en)] == []
    assert [words for words in ALL if len(words.en) > 26 and not JAPANESE.search(words.ja)] == []


def test_filling() -> None:
    words = Words("{who}: level {level}", "{who}。レベル {level}")
    assert words.fill(who=Words("he", "彼"), level=3) == Words("he: level 3", "彼。レベル 3")
    assert plain("{who}").fill(who="{level}") == plain("{level}")


def test_joining_leaves_out_what_is_empty() -> None:
    assert joined([NOTHING, Words("a", "あ。"), Words("b", "い。")]) == Words("a; b", "あ。い。")
    assert joined([NOTHING]) == NOTHING
