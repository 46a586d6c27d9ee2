from collections.abc import Callable

import pytest

from sdpkit.finding import Edit, Finding, Fix, Severity, Span
from sdpkit.rules import Profile, Report, Verdict
from sdpkit.rules.fixing import apply, fix
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("v=0\r\ns=-\r\n", [Edit(2, "s=x")], "v=0\r\ns=x\r\n"),
        ("v=0\r\ns=-\r\n", [Edit(1, None)], "s=-\r\n"),
        ("v=0\ns=-\n", [Edit(1, "v=0\na=b")], "v=0\na=b\ns=-\n"),
        ("v=0\r\ns=-", [Edit(2, "s=-")], "v=0\r\ns=-\r\n"),
        ("v=0\ns=-\n", [Edit(1, "v=0"), Edit(2, "s=-")], "v=0\r\ns=-\r\n"),
        ("v=0\r\ns=-\r\n", [Edit(9, "s=x")], "v=0\r\ns=-\r\n"),
    ],
)
def test_edits(text: str, edits: list[Edit], expected: str) -> None:
    assert str(apply(parse(text), Fix("", True, tuple(edits)))) == expected


def judging(find: Callable[[SessionDescription], list[Finding]]) -> Callable[[SessionDescription], Report]:
    """A judge that finds what a function says; the only stack refuses a text with "refuse me" in it."""

    def judge(description: SessionDescription) -> Report:
        verdict = Verdict("refuse me" not in str(description))
        return Report("offer", Profile.WEBRTC, tuple(find(description)), {"stack": verdict})

    return judge


def lower_case(replacement: str, *, safe: bool = True) -> Callable[[SessionDescription], list[Finding]]:
    """Finds each line `X=`, with the fix to replace it."""

    def find(description: SessionDescription) -> list[Finding]:
        return [
            Finding(
                "XXX001",
                Severity.WARNING,
                f"line {line.text}",
                Span(line.number, 1, 2),
                fix=Fix("lower case", safe, (Edit(line.number, replacement),)),
            )
            for line in description.lines
            if line.text.startswith("X=")
        ]

    return find


def test_all_findings_are_fixed_one_after_the_other() -> None:
    fixed = fix(parse("v=0\r\nX=1\r\nX=2\r\n"), judging(lower_case("s=-")))
    assert str(fixed.description) == "v=0\r\ns=-\r\ns=-\r\n"
    assert [finding.message for finding in fixed.applied] == ["line X=1", "line X=2"]
    assert fixed.report.findings == ()


def test_unsafe_fixes_are_left_alone_unless_wanted() -> None:
    judge = judging(lower_case("s=-", safe=False))
    assert fix(parse("X=1\r\n"), judge).applied == ()
    assert str(fix(parse("X=1\r\n"), judge, unsafe=True).description) == "s=-\r\n"


@pytest.mark.parametrize("replacement", ["X=1\nX=2", "s=refuse me", "X=1"])
def test_a_fix_that_makes_things_worse_or_no_better_is_left_out(replacement: str) -> None:
    fixed = fix(parse("v=0\r\nX=1\r\n"), judging(lower_case(replacement)))
    assert str(fixed.description) == "v=0\r\nX=1\r\n"
    assert fixed.applied == ()
    assert len(fixed.report.findings) == 1
