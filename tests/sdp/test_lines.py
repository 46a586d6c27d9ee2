"""Text to lines and back."""

import pytest

from sdpkit.finding import SDPError
from sdpkit.sdp.lines import Limits, Line, number, split

SPLIT = [
    ("", []),
    ("v=0", [("v=0", "")]),
    ("v=0\r\n", [("v=0", "\r\n")]),
    ("v=0\ns=-\r\nt=0 0\ra=x", [("v=0", "\n"), ("s=-", "\r\n"), ("t=0 0", "\r"), ("a=x", "")]),
    ("\r\n\n\r", [("", "\r\n"), ("", "\n"), ("", "\r")]),
    ("a\r\r\nb\r\r", [("a", "\r"), ("", "\r\n"), ("b", "\r"), ("", "\r")]),
    ("v=0\r\ns=-\r\nt=0 0", [("v=0", "\r\n"), ("s=-", "\r\n"), ("t=0 0", "")]),
    ("v=0\ns=-\nt=0 0", [("v=0", "\n"), ("s=-", "\n"), ("t=0 0", "")]),
    ("v=0\r\ns=-\n", [("v=0", "\r\n"), ("s=-", "\n")]),
    ("v=0\r\ns=-\r", [("v=0", "\r\n"), ("s=-", "\r")]),
    ("v=0\rs=-\r", [("v=0", "\r"), ("s=-", "\r")]),
    ("v=0\\r\\ns=-", [("v=0\\r\\ns=-", "")]),
    # str.splitlines would see a second line in each of these
    *(
        (f"s=A{odd}m=audio 9 X 0\r\n", [(f"s=A{odd}m=audio 9 X 0", "\r\n")])
        for odd in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
    ),
    ("s=\0\x1b[31m\u202e\ud800\n", [("s=\0\x1b[31m\u202e\ud800", "\n")]),
]
PARTS = [
    ("v=0", "v", "0"),
    ("a=mid:0", "a", "mid:0"),
    ("s=", "s", ""),
    ("==", "=", ""),
    ("hello", "", "hello"),
    ("", "", ""),
    (" v=0", "", " v=0"),
]
REFUSED = [
    ("v=0\r\ns=-", Limits(characters=7), "SYN025", 1),
    ("a\nb\nc\n", Limits(lines=2), "SYN026", 1),
    ("a\r\nb\r\nc\r\n", Limits(lines=2), "SYN026", 1),
    ("a\rb\rc\r", Limits(lines=2), "SYN026", 1),
    ("v=0\r\ns=12\r\n", Limits(line_length=3), "SYN027", 2),
    ("v=0\ns=-\rs=12", Limits(line_length=3), "SYN027", 3),
]
ALLOWED = [
    ("v=0\r\ns=-", Limits(characters=8)),
    ("a\r\nb\r\n", Limits(lines=2)),
    ("v=0\r\ns=1\r\n", Limits(line_length=3)),
    ("", Limits(0, 0, 0)),
]


@pytest.mark.parametrize(("text", "lines"), SPLIT)
def test_split(text: str, lines: list[tuple[str, str]]) -> None:
    assert [(line.text, line.ending) for line in split(text, Limits())] == lines
    assert "".join(body + ending for body, ending in lines) == text


def test_places() -> None:
    lines = split("v=0\r\ns=-\n\ra=x", Limits())
    assert [(line.number, line.offset) for line in lines] == [(1, 0), (2, 5), (3, 9), (4, 10)]


@pytest.mark.parametrize(("text", "type", "value"), PARTS)
def test_parts(text: str, type: str, value: str) -> None:
    line = Line(1, 0, text, "\r\n")
    assert (line.type, line.value, str(line)) == (type, value, f"{text}\r\n")


@pytest.mark.parametrize(("text", "limits", "code", "line"), REFUSED)
def test_refused(text: str, limits: Limits, code: str, line: int) -> None:
    with pytest.raises(SDPError) as caught:
        split(text, limits)
    (finding,) = caught.value.findings
    assert (finding.code, finding.span.line) == (code, line)


@pytest.mark.parametrize(("text", "limits"), ALLOWED)
def test_allowed(text: str, limits: Limits) -> None:
    assert "".join(map(str, split(text, limits))) == text


def test_a_last_line_without_an_ending_counts() -> None:
    with pytest.raises(SDPError):
        split("a\nb\nc", Limits(lines=2))


@pytest.mark.parametrize(
    ("endings", "numbered"),
    [
        (["\n", "\n"], ["\n", "\n", "\n"]),
        (["\n", ""], ["\n", "\n", "\n"]),
        (["\r\n", "\r"], ["\r\n", "\r", "\n"]),
        ([], ["\n"]),
    ],
)
def test_new_lines_get_an_ending(endings: list[str], numbered: list[str]) -> None:
    old = [Line(place, 0, "a=x", ending) for place, ending in enumerate(endings, 1)]
    lines = [*old, Line(0, 0, "a=new", "")]
    number(lines, "\n")
    assert [line.ending for line in lines] == numbered
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert lines[-1].offset == sum(3 + len(ending) for ending in numbered[:-1])


def test_the_last_line_may_stay_without_an_ending() -> None:
    lines = [Line(0, 0, "a=new", ""), Line(1, 0, "a=x", "")]
    number(lines, "\r\n")
    assert [line.ending for line in lines] == ["\r\n", ""]
