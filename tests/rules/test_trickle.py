"""What the examples of the rules about trickling do not show: above all those that need the remote description."""

import json
from typing import Any

import pytest

from sdpkit.finding import Finding
from sdpkit.rules import RULES, validate
from sdpkit.rules.examples import CANDIDATE, OFFER, changed
from sdpkit.sdp.parser import parse

REMOTE = parse(OFFER)


def found(code: str, text: str, *, remote: bool = False) -> list[Finding]:
    """The findings of one rule about a candidate."""
    rule = RULES[code]
    assert rule.check is not None
    return [rule.finding(hit) for hit in rule.check(text, *([REMOTE] if remote else []))]


def init(**members: Any) -> str:
    return json.dumps({"candidate": CANDIDATE, **members})


@pytest.mark.parametrize(
    ("members", "remote", "wrong"),
    [
        ({}, False, True),
        ({"sdpMid": None, "sdpMLineIndex": None}, False, True),
        ({"sdpMLineIndex": -1}, False, True),
        ({"sdpMid": "zz"}, False, False),
        ({"sdpMid": "zz"}, True, True),
        ({"sdpMid": "zz", "sdpMLineIndex": 0}, True, True),
        ({"sdpMLineIndex": 3}, True, True),
        ({"sdpMLineIndex": 2}, True, False),
        ({"sdpMid": "0"}, True, False),
        ({"candidate": ""}, True, False),
    ],
)
def test_section(members: dict[str, Any], remote: bool, wrong: bool) -> None:
    assert bool(found("TRK002", init(**members), remote=remote)) is wrong


def test_place_of_an_unknown_section() -> None:
    text = init(sdpMid="zz")
    (finding,) = found("TRK002", text, remote=True)
    assert text[finding.span.start - 1 : finding.span.end - 1] == '"sdpMid": "zz"'


@pytest.mark.parametrize(
    ("mid", "index", "remote", "severity"),
    [
        ("0", 0, True, None),
        ("0", 3, True, "warning"),
        ("1", 0, True, "warning"),
        ("zz", 0, True, None),  # TRK002
        ("0", 3, False, "note"),
        ("video", 1, False, None),
    ],
)
def test_mid_and_index(mid: str, index: int, remote: bool, severity: str | None) -> None:
    findings = found("TRK003", init(sdpMid=mid, sdpMLineIndex=index), remote=remote)
    assert [finding.severity for finding in findings] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (CANDIDATE, False),
        (f"a={CANDIDATE}", False),
        (f"{CANDIDATE}\r\n", False),
        (init(), False),
        ("", False),
        ("garbage", True),
        (CANDIDATE.removeprefix("candidate:"), True),
        (CANDIDATE.capitalize(), True),
        (f" {CANDIDATE}", True),
        (f"{CANDIDATE}\r\n{CANDIDATE}", True),
        (init(candidate="garbage"), True),
        ("{}", False),  # the parser says it
    ],
)
def test_prefix(text: str, wrong: bool) -> None:
    assert bool(found("TRK004", text)) is wrong


def test_prefix_is_added() -> None:
    (finding,) = found("TRK004", CANDIDATE.removeprefix("candidate:"))
    assert finding.fix is not None
    assert [edit.text for edit in finding.fix.edits] == [CANDIDATE]


@pytest.mark.parametrize(
    ("text", "remote", "wrong"),
    [
        (init(sdpMid="0", usernameFragment="zzzz"), False, False),
        (init(sdpMid="0", usernameFragment="zzzz"), True, True),
        (init(sdpMid="0", usernameFragment="abcd"), True, False),
        (f"{CANDIDATE} ufrag zzzz", True, True),
        (f"{CANDIDATE} ufrag abcd", True, False),
        (CANDIDATE, True, False),
        (init(candidate=f"{CANDIDATE} ufrag abcd", usernameFragment="zzzz"), False, True),
    ],
)
def test_ufrag(text: str, remote: bool, wrong: bool) -> None:
    assert bool(found("TRK005", text, remote=remote)) is wrong


def test_end_of_candidates_is_no_candidate() -> None:
    assert [finding.severity for finding in found("TRK007", "a=end-of-candidates")] == ["error"]
    assert len(found("TRK007", init(candidate="end-of-candidates"))) == 1
    assert found("TRK007", CANDIDATE) == []


def described(code: str, text: str) -> list[Finding]:
    return [finding for finding in validate(text, "offer", pedantic=True).findings if finding.code == code]


def test_trickle_is_said_for_all() -> None:
    every = "-a=ice-options:trickle\n" * 3
    assert described("TRK008", changed(OFFER, every)) == []
    assert described("TRK008", changed(OFFER, f"{every}-t=0 0\n+t=0 0\n+a=ice-options:trickle")) == []
    assert len(described("TRK008", changed(OFFER, "-a=ice-options:trickle\n" * 2))) == 2


FRAGMENT = """\
a=ice-ufrag:abcd
a=ice-pwd:0123456789abcdefghijkl
m=audio 9 RTP/AVP 0
a=mid:0
a=candidate:1 1 udp 2122260223 192.0.2.10 54321 typ host
a=end-of-candidates
"""


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ("", 0),
        ("-a=ice-pwd:…", 1),
        ("-a=mid:0", 1),
        ("-a=mid:0\n-a=candidate:1…\n+a=candidate:1 1 udp 1 192.0.2.10 54321 typ host\n+a=mid:0", 1),
        ("-a=mid:0\n+c=IN IP4 0.0.0.0\n+a=mid:0", 1),
    ],
)
def test_fragment(change: str, count: int) -> None:
    assert len(described("TRK010", changed(FRAGMENT, change))) == count


def test_a_description_without_its_first_line_is_no_fragment() -> None:
    assert described("TRK010", changed(OFFER, "-v=0")) == []
