import pytest
from wcwidth import wcswidth

from sdpkit.report.tables import table


def test_values_stay_as_they_are() -> None:
    shown = table(["foundation", "ufrag", "id"], [["842163049", "1e5", "9007199254740993"], ["007", "12e3", None]], 80)
    assert "1e5" in shown
    assert "007" in shown
    assert "9007199254740993" in shown


def test_empty_columns_are_left_out() -> None:
    assert table(["a", "b", "c"], [[1, None, 0], [2, "", 3]], 80).split()[:2] == ["a", "c"]


@pytest.mark.parametrize("width", [60, 80, 100])
def test_wide_columns_are_wrapped(width: int) -> None:
    rows = [["日本語" * 20, "word " * 30, "2001:db8::1"], ["x", "y", "z"]]
    shown = table(["name", "words", "address"], rows, width)
    assert max(wcswidth(line) for line in shown.splitlines()) <= width
    assert shown.count("word") == 31
