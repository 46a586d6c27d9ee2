import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit.report.escaping import escape, escape_json

UNSAFE_CATEGORIES = ("Cc", "Cf", "Cs", "Zl", "Zp")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, 日本語, é", "plain text, 日本語, é"),
        ("\x1b[2J", r"\x1b[2J"),
        ("a\u202eb\u2066c", r"a\u202eb\u2066c"),
        ("\u2028\x85\x7f", r"\u2028\x85\x7f"),
        ("\udc80", r"\udc80"),
        ("\U000e0041", r"\U000e0041"),
    ],
)
def test_escape(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_every_character_that_a_terminal_could_obey_is_escaped() -> None:
    passed = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in UNSAFE_CATEGORIES and escape(chr(code)) == chr(code)
    ]
    assert passed == []


@given(st.text())
def test_json_means_the_same_after_escaping(text: str) -> None:
    written = escape_json(json.dumps({"a": text}, ensure_ascii=False))
    assert json.loads(written) == {"a": text}
    assert not any(unicodedata.category(char) in UNSAFE_CATEGORIES for char in written)
