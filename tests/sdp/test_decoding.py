"""From a line to its typed value, and back."""

from decimal import Decimal
from typing import Any

import pytest

from sdpkit.finding import SDPError, Span
from sdpkit.sdp.decoding import decode, encode, findings_of, key_of
from sdpkit.sdp.fields import Bandwidth, Media, Timing
from sdpkit.sdp.lines import Line

KEYS = [
    ("v=0", "v="),
    ("a=mid:0", "a=mid"),
    ("a=rtcp-mux", "a=rtcp-mux"),
    ("a=", "a="),
    ("a=x:y:z", "a=x"),
    ("x=1", "x="),
    ("hello", ""),
    ("", ""),
    (" v=0", ""),
]

# A line without a fault, its key, and its value.
EXAMPLES: list[tuple[str, str, Any]] = [
    ("v=0", "v=", 0),
    ("s= ", "s=", " "),
    ("i=0012", "i=", "0012"),
    ("p=+16175556011", "p=", "+16175556011"),
    ("u=https://example.com/?a=b:c", "u=", "https://example.com/?a=b:c"),
    ("e=j.doe@example.com (Jane: Doe)", "e=", "j.doe@example.com (Jane: Doe)"),
    ("b=AS:64", "b=", Bandwidth("AS", 64)),
    ("t=0 0", "t=", Timing(0, 0)),
    ("m=audio 9 RTP/AVP 0", "m=", Media("audio", 9, "RTP/AVP", ("0",))),
    ("a=ptime:20", "a=ptime", Decimal(20)),
    ("a=mid:0", "a=mid", "0"),
    ("a=rtcp-mux", "a=rtcp-mux", True),
    ("a=x-unknown", "a=x-unknown", True),
    ("a=x-unknown:", "a=x-unknown", ""),
    ("a=x-unknown:  a:b ", "a=x-unknown", "  a:b "),
    ("a=sendrecvfoo", "a=sendrecvfoo", True),
    ("a=bundle-only-x", "a=bundle-only-x", True),
]

# A line with a fault: its value, what is found, how bad it is, from which column on, and up to which one.
FAULTS: list[tuple[str, Any, str, str, tuple[int, int]]] = [
    # nothing but blanks is wrong, so there is a value
    ("a=mid:0 ", "0", "SYN011", "warning", (8, 9)),
    ("a=mid: 0", "0", "SYN011", "warning", (7, 8)),
    ("a=ice-options:\ttrickle", ("trickle",), "SYN011", "warning", (15, 16)),
    ("a=mid: x ", "x", "SYN011", "warning", (7, 8)),
    ("a=rtcp-mux:  ", True, "SYN011", "warning", (12, 14)),
    ("t= 0 0", Timing(0, 0), "SYN011", "warning", (3, 4)),
    ("t=0 0\t ", Timing(0, 0), "SYN011", "warning", (6, 8)),
    ("t=0  0", Timing(0, 0), "SYN015", "error", (4, 6)),
    ("t=0\t0", Timing(0, 0), "SYN015", "error", (4, 5)),
    ("m=audio 9 RTP/AVP 0  8", Media("audio", 9, "RTP/AVP", ("0", "8")), "SYN015", "error", (20, 22)),
    # no value
    ("v=zero", None, "SYN029", "error", (3, 7)),
    ("v=", None, "SYN023", "error", (3, 4)),
    ("t=", None, "SES015", "error", (3, 4)),
    ("a=mid", None, "SYN023", "error", (6, 7)),
    ("a=mid:", None, "SYN023", "error", (7, 8)),
    ("a=mid:a b", None, "SYN029", "error", (7, 10)),
    ("a=rtcp-mux:yes", None, "SYN028", "error", (12, 15)),
    ("a=candidate:1 x", None, "ICE020", "error", (15, 16)),
    ("a=", None, "SYN023", "error", (3, 4)),
    # no type
    ("", None, "SYN008", "error", (1, 2)),
    (" \t ", None, "SYN008", "error", (1, 4)),
    ("\ufeffv=0", None, "SYN009", "error", (1, 2)),
    (" v=0", None, "SYN010", "error", (1, 2)),
    ("> > a=x", None, "SYN010", "error", (1, 5)),
    ("| v=0", None, "SYN010", "error", (1, 3)),
    ("a =mid:0", None, "SYN012", "error", (1, 3)),
    ("hello", None, "SYN013", "error", (1, 6)),
    ("1=2", None, "SYN013", "error", (1, 4)),
    ("x=1", None, "SYN014", "error", (1, 2)),
    ("A=mid:0", None, "SYN019", "error", (1, 2)),
]


@pytest.mark.parametrize(("text", "key"), KEYS)
def test_key(text: str, key: str) -> None:
    assert key_of(Line(1, 0, text, "")) == key


@pytest.mark.parametrize(("text", "key", "value"), EXAMPLES)
def test_both_ways(text: str, key: str, value: Any) -> None:
    line = Line(1, 0, text, "\r\n")
    assert decode(line) == value
    assert type(decode(line)) is type(value)
    assert findings_of(line) == ()
    assert encode(key, value) == text


@pytest.mark.parametrize(("text", "value", "code", "severity", "columns"), FAULTS)
def test_fault(text: str, value: Any, code: str, severity: str, columns: tuple[int, int]) -> None:
    line = Line(7, 0, text, "\r\n")
    assert decode(line) == value
    (finding,) = findings_of(line)
    assert (finding.code, finding.severity) == (code, severity)
    assert finding.span == Span(7, *columns)


def test_a_value_is_made_once() -> None:
    line = Line(1, 0, "a=ice-options:trickle", "")
    assert decode(line) is decode(line)


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize("key", ["s=", "a=tool", "a=x-unknown"])
def test_a_line_break_is_refused(key: str, ending: str) -> None:
    with pytest.raises(SDPError) as caught:
        encode(key, f"x{ending}a=evil:1")
    assert [finding.code for finding in caught.value.findings] == ["SYN030"]


@pytest.mark.parametrize("odd", "\x0b\x0c\x1c\x85\u2028\u2029")
def test_what_is_no_line_break_is_kept(odd: str) -> None:
    assert encode("s=", f"x{odd}y") == f"s=x{odd}y"


@pytest.mark.parametrize("text", ["a=rtcp-mux ", "a=mid :0"])
def test_blanks_behind_the_name(text: str) -> None:
    assert [finding.code for finding in findings_of(Line(1, 0, text, ""))] == ["SYN011"]


def test_a_value_without_a_name() -> None:
    assert [finding.code for finding in findings_of(Line(1, 0, "a=:x", ""))] == ["SYN023"]
