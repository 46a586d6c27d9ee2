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


@pytest.mark.parametrize("cell", ["1,234", "1,234.5", "-1,000", "1e5", "0x10", "007", "nan", "1_000", "True"])
def test_a_cell_like_a_number_is_text(cell: str) -> None:
    assert cell in table(["a", "b"], [[cell, "x"]], 80)
    assert cell in table(["a", "b"], [[cell, "x " * 100]], 60, right=("a",), wrap=("b",))
