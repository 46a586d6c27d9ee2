"""A report as one stack sees it: only what it refuses is an error."""

import msgspec

from sdpkit.finding import Finding, Severity, Span
from sdpkit.rules.errors import codes_behind
from sdpkit.rules.validation import Report

REFUSED = "STK001"
"""The code of a refusal that no finding explains."""


def for_target(report: Report, thorough: Report, target: str) -> Report:
    """The report with errors only where that stack refuses; what else was an error is a warning.

    The findings behind the stack's error text are errors; pedantic ones, which only the `thorough` report has, come in
    if they are behind it. Where there are none, the refusal is a finding of its own.
    """
    verdict = report.verdicts.get(target)
    if verdict is None:
        return report
    behind = () if verdict.accepted else codes_behind(verdict.error or "")
    shown = set(report.findings)
    findings = [_weighed(one, behind) for one in thorough.findings if one in shown or one.code in behind]
    if not verdict.accepted and not any(finding.code in behind for finding in findings):
        findings.insert(0, Finding(REFUSED, Severity.ERROR, f"{target} refuses: {verdict.error}", Span(1, 1, 2)))
    return msgspec.structs.replace(report, findings=tuple(findings))


def _weighed(finding: Finding, behind: tuple[str, ...]) -> Finding:
    if finding.code in behind:
        return msgspec.structs.replace(finding, severity=Severity.ERROR)
    if finding.severity is Severity.ERROR:
        return msgspec.structs.replace(finding, severity=Severity.WARNING)
    return finding
