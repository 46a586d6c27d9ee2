from sdpkit.finding import Finding, Severity, Span
from sdpkit.rules import Profile, Report, Verdict
from sdpkit.rules.targets import REFUSED, for_target

PLACE = Span(1, 1, 2)
NO_FINGERPRINT = Finding("DTL001", Severity.ERROR, "no fingerprint", PLACE)
SOME_ERROR = Finding("DTL003", Severity.ERROR, "wrong length", PLACE)
SOME_NOTE = Finding("SYN006", Severity.NOTE, "LF", PLACE)


def report(verdict: Verdict, *findings: Finding) -> Report:
    return Report("offer", Profile.WEBRTC, findings, {"chromium": verdict})


def seen_by_chromium(report: Report) -> Report:
    return for_target(report, report, "chromium")


def severities(report: Report) -> dict[str, Severity]:
    return {finding.code: finding.severity for finding in report.findings}


def test_only_what_the_target_refuses_is_an_error() -> None:
    refused = Verdict(False, "Called with SDP without DTLS fingerprint.")
    seen = seen_by_chromium(report(refused, NO_FINGERPRINT, SOME_ERROR, SOME_NOTE))
    assert severities(seen) == {"DTL001": Severity.ERROR, "DTL003": Severity.WARNING, "SYN006": Severity.NOTE}


def test_nothing_is_an_error_where_the_target_accepts() -> None:
    seen = seen_by_chromium(report(Verdict(True), NO_FINGERPRINT))
    assert severities(seen) == {"DTL001": Severity.WARNING}


def test_a_refusal_that_no_finding_explains_is_one_itself() -> None:
    seen = seen_by_chromium(report(Verdict(False, "something new")))
    assert severities(seen) == {REFUSED: Severity.ERROR}
    assert seen.findings[0].message == "chromium refuses: something new"


def test_a_target_without_a_verdict_changes_nothing() -> None:
    same = report(Verdict(True), NO_FINGERPRINT)
    assert for_target(same, same, "firefox") == same


def test_pedantic_findings_come_in_where_they_are_behind_the_refusal() -> None:
    refused = Verdict(False, "Called with SDP without DTLS fingerprint.")
    seen = for_target(report(refused, SOME_NOTE), report(refused, NO_FINGERPRINT, SOME_ERROR, SOME_NOTE), "chromium")
    assert severities(seen) == {"DTL001": Severity.ERROR, "SYN006": Severity.NOTE}
