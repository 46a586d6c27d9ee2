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


def test_only_wanted_findings_are_fixed() -> None:
    fixed = fix(parse("X=1\r\nX=2\r\n"), judging(lower_case("s=-")), wanted=lambda finding: "2" in finding.message)
    assert str(fixed.description) == "X=1\r\ns=-\r\n"


def test_fixes_that_help_only_together_are_applied_together() -> None:
    def find(description: SessionDescription) -> list[Finding]:
        found = lower_case("s=-")(description)
        mixed = any(line.text == "s=-" for line in description.lines)
        return found + [Finding("XXX002", Severity.ERROR, "some but not all", Span(1, 1, 2))] * bool(found and mixed)

    fixed = fix(parse("X=1\r\nX=2\r\nX=3\r\n"), judging(find))
    assert str(fixed.description) == "s=-\r\ns=-\r\ns=-\r\n"


def test_one_bad_fix_does_not_keep_back_the_others() -> None:
    def find(description: SessionDescription) -> list[Finding]:
        found = lower_case("s=-")(description)
        worse = all(line.text != "X=7" for line in description.lines)
        return found + [Finding("XXX002", Severity.ERROR, "X=7 is gone", Span(1, 1, 2))] * worse

    fixed = fix(parse("".join(f"X={number}\r\n" for number in range(10))), judging(find))
    assert [line.text for line in fixed.description.lines] == ["s=-"] * 7 + ["X=7"] + ["s=-"] * 2
    assert len(fixed.applied) == 9


def test_several_fixes_of_one_line_are_applied_one_after_the_other() -> None:
    def find(description: SessionDescription) -> list[Finding]:
        (line,) = description.lines
        words = line.text.split(" ")
        shorter = [" ".join(words[:place] + words[place + 1 :]) for place in range(1, len(words))]
        return [
            Finding("XXX001", Severity.NOTE, word, Span(1, 1, 2), fix=Fix("", True, (Edit(1, text),)))
            for word, text in zip(words[1:], shorter, strict=True)
        ]

    fixed = fix(parse("s=1 2 3 4\r\n"), judging(find))
    assert str(fixed.description) == "s=1\r\n"
    assert [finding.message for finding in fixed.applied] == ["2", "3", "4"]


@pytest.mark.parametrize(("lines", "most"), [(1000, 2), (100_000, 2)])
def test_many_fixes_take_few_checks(lines: int, most: int) -> None:
    checks = []
    judge = judging(lower_case("s=-"))

    def counted(description: SessionDescription) -> Report:
        checks.append(description)
        return judge(description)

    fixed = fix(parse("X=1\r\n" * lines), counted)
    assert len(fixed.applied) == lines
    assert len(checks) == most


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    def find(description: SessionDescription) -> list[Finding]:
        (line,) = description.lines
        other = "s=b" if line.text == "s=a" else "s=a"
        return [Finding("XXX001", Severity.NOTE, line.text, Span(1, 1, 2), fix=Fix("", True, (Edit(1, other),)))]

    assert str(fix(parse("s=a\r\n"), judging(find)).description) in ("s=a\r\n", "s=b\r\n")
