"""A report as one stack sees it: only what it refuses is an error."""

import msgspec

from sdpkit.finding import Finding, Severity, Span
from sdpkit.rules.errors import codes_behind
from sdpkit.rules.validation import Report

REFUSED = "STK001"
"""The code of a refusal that no finding explains."""


def for_target(report: Report, target: str) -> Report:
    """The report with errors only where that stack refuses; what else was an error is a warning.

    The findings behind the stack's error text are errors. Where there is none, the refusal is a finding of its own.
    """
    verdict = report.verdicts.get(target)
    if verdict is None:
        return report
    behind = () if verdict.accepted else codes_behind(verdict.error or "")
    findings = tuple(_weighed(finding, behind) for finding in report.findings)
    if not verdict.accepted and not any(finding.code in behind for finding in findings):
        message = f"{target} refuses: {verdict.error}"
        findings = (Finding(REFUSED, Severity.ERROR, message, Span(1, 1, 2)), *findings)
    return msgspec.structs.replace(report, findings=findings)


def _weighed(finding: Finding, behind: tuple[str, ...]) -> Finding:
    if finding.code in behind:
        return msgspec.structs.replace(finding, severity=Severity.ERROR)
    if finding.severity is Severity.ERROR:
        return msgspec.structs.replace(finding, severity=Severity.WARNING)
    return finding
