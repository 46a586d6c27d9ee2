"""Templates: what they read, and where they say that a text went wrong."""

import pytest

from sdpkit.finding import SDPError
from sdpkit.grammar import Grammar

# template, text, what stands in the holes
READ: list[tuple[str, str, tuple[str | None, ...]]] = [
    ("{a:digits}", "007", ("007",)),
    ("{a:digits}", "9" * 1000, ("9" * 1000,)),
    ("{a:digits-or-star}", "*", ("*",)),
    ("{a:number}", "29.97", ("29.97",)),
    ("{a:numbers}", "1 22 333", ("1 22 333",)),
    ("{a:token}", "!#$%&'*+-.^_`{|}~aZ09", ("!#$%&'*+-.^_`{|}~aZ09",)),
    ("{a:tokens}", "a b", ("a b",)),
    ("{a:word}", "ü:/\u2028", ("ü:/\u2028",)),
    ("{a:words}", "a b c", ("a b c",)),
    ("{a:text}", " a  b ", (" a  b ",)),
    ("{a:any}", "", ("",)),
    ("{a:hex-pairs}", "4A:ad", ("4A:ad",)),
    ("{a:address}/{b:digits}", "::1/3", ("::1", "3")),
    ("{a:blanks}{b:token}", "  x", ("  ", "x")),
    ("{a:base64}", "MTI=", ("MTI=",)),
    ("{a:on|off}", "off", ("off",)),
    ("{a:x.y|*}", "*", ("*",)),
    ("{a:token} (typ) {b:digits}", "x (typ) 1", ("x", "1")),
    ("{a:digits}[ {b:token}]", "1", ("1", None)),
    ("{a:digits}[ {b:token}]", "1 x", ("1", "x")),
    ("{a:digits}[ {b:token}[ {c:token}]]", "1 x", ("1", "x", None)),
    ("{a:digits}[ {b:token}[ {c:token}]]", "1 x y", ("1", "x", "y")),
    ("{a:digits}[ {b:token}][ x {c:token}]", "1 x", ("1", "x", None)),
    ("[ ]{a:digits}", " 1", ("1",)),
]

# template, text, the message, from which column on, up to which one
WRONG = [
    ("{a:digits}", "", "a: expected digits, but the value ends here", 1, 2),
    ("{a:digits}", "x", 'a: expected digits, found "x"', 1, 2),
    ("{a:digits}", "1x y", 'expected the end of the value, found "x"', 2, 3),
    ("{a:digits}", "١", 'a: expected digits, found "١"', 1, 2),
    ("{a:digits}", "1" * 1001, 'expected the end of the value, found "1"', 1001, 1002),
    ("{a:token}", "a b", 'expected the end of the value, found " b"', 2, 4),
    ("{a:digits} {b:on|off}", "1 of x", 'b: expected one of on, off, found "of"', 3, 5),
    ("{a:digits} typ {b:token}", "1 tip x", 'expected " typ ", found " tip"', 2, 6),
    ("{a:digits}[ {b:digits}]", "1 x", 'b: expected digits, found "x"', 3, 4),
    ("{a:digits}[/{b:digits}] {c:token}", "1/x y", 'b: expected digits, found "x"', 3, 4),
    # a separator that is missing at the end is not what the reader misses
    ("{a:digits}[/{b:digits}] {c:on|off}", "1", "c: expected one of on, off, but the value ends here", 2, 3),
    ("{a:digits} (x)", "1", 'expected " (x)", but the value ends here', 2, 3),
    ("{a:digits}[ {b:digits}[ {c:digits}]]", "1 2 x", 'c: expected digits, found "x"', 5, 6),
    ("{a:digits}[/{b:digits}[/{c:digits}]] {d:token}", "1,x", 'expected " ", found ",x"', 2, 4),
    (
        "{a:digits}[/{b:digits}[ {c:digits}];{d:digits}] {e:token};",
        "1 x",
        'expected ";", but the value ends here',
        4,
        5,
    ),
]


@pytest.mark.parametrize(("template", "text", "holes"), READ)
def test_read(template: str, text: str, holes: tuple[str | None, ...]) -> None:
    grammar = Grammar(template, code="X001", reference="RFC 0")
    assert grammar.read(text) == holes
    assert grammar.match(text) is not None


@pytest.mark.parametrize(("template", "text", "message", "start", "end"), WRONG)
def test_wrong(template: str, text: str, message: str, start: int, end: int) -> None:
    grammar = Grammar(template, code="X001", reference="RFC 0")
    assert grammar.match(text) is None
    with pytest.raises(SDPError) as caught:
        grammar.read(text)
    (finding,) = caught.value.findings
    assert (finding.message, finding.span.line, finding.span.start, finding.span.end) == (message, 1, start, end)
    assert (finding.code, finding.severity, finding.reference) == ("X001", "error", "RFC 0")


@pytest.mark.parametrize("odd", ["\n", "\r\n"])
def test_the_end_is_the_end(odd: str) -> None:
    assert Grammar("{a:digits}", code="X001", reference="").match(f"1{odd}") is None
