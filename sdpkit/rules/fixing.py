"""Fixes applied: only those that make nothing worse."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from sdpkit.finding import Finding, Fix, Severity
from sdpkit.rules.validation import Report
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse

_MOST_CHECKS = 300  # of the text, which take their time

Judge = Callable[[SessionDescription], Report]
"""Validates a description."""
Wanted = Callable[[Finding], bool]
"""Whether a finding is to be fixed."""


class Fixed(NamedTuple):
    """A description after fixing."""

    description: SessionDescription
    applied: tuple[Finding, ...]
    """The findings whose fixes were applied, in that order."""
    report: Report


def fix(
    description: SessionDescription, judge: Judge, *, unsafe: bool = False, wanted: Wanted = lambda finding: True
) -> Fixed:
    """Applies the fixes of the wanted findings, the safe ones or with `unsafe` all, until none is left.

    They are applied together, and the text is parsed and checked again. Where there are then more findings of some
    severity or worse, or a stack refuses that accepted the text before, those of each rule are tried alone, and then
    fewer and fewer of them: what makes the text worse is left out.
    """

    def may(finding: Finding) -> bool:
        return finding.fix is not None and (finding.fix.safe or unsafe) and wanted(finding)

    attempt = _Attempt(description, judge, may)
    while attempt.gets_better():
        pass
    return Fixed(attempt.description, tuple(attempt.applied), attempt.report)


def apply(description: SessionDescription, *fixes: Fix) -> SessionDescription:
    """The description after the edits of some fixes, which are about different lines.

    An edit that leaves the text of its line as it is gives the line CRLF.
    """
    edits = {edit.line: edit.text for fix in fixes for edit in fix.edits}
    common = Counter(line.ending for line in description.lines if line.ending).most_common(1)
    usual = common[0][0] if common else "\r\n"
    pieces: list[str] = []
    for line in description.lines:
        text = edits.get(line.number, line.text)
        if text is None:
            continue
        ending = "\r\n" if edits.get(line.number) == line.text else line.ending
        pieces.append(usual.join(text.split("\n")) + ending)
    return parse("".join(pieces))


class _Attempt:
    """A description on its way to a better one."""

    def __init__(self, description: SessionDescription, judge: Judge, wanted: Wanted) -> None:
        self.description = description
        self.report = judge(description)
        self.applied: list[Finding] = []
        self._judge = judge
        self._wanted = wanted
        self._checks = 0

    def gets_better(self) -> bool:
        """Applies all fixes, or else those of each rule; whether any was. It may have laid others bare."""
        before = len(self.applied)
        findings = self._fixable()
        if findings and not self._apply(findings):
            rules: dict[str, list[Finding]] = defaultdict(list)
            for finding in findings:
                rules[finding.code].append(finding)
            for same in rules.values():
                self._apply_most(same)
        return len(self.applied) > before

    def _apply_most(self, findings: list[Finding]) -> None:
        """Applies as many of the fixes as make nothing worse. Lines may have moved since they were found."""
        again = self._again(findings)
        if not again or self._apply(again) or len(again) == 1:
            return
        middle = len(again) // 2
        self._apply_most(again[:middle])
        self._apply_most(again[middle:])

    def _apply(self, findings: list[Finding]) -> bool:
        """Applies fixes together, but for those that change the same line, unless that makes the text worse."""
        if self._checks == _MOST_CHECKS:
            return False
        chosen = _compatible(findings)
        changed = apply(self.description, *(finding.fix for finding in chosen if finding.fix))
        if str(changed) == str(self.description):
            return False
        self._checks += 1
        report = self._judge(changed)
        if _is_worse(self.report, report):
            return False
        self.description, self.report = changed, report
        self.applied += chosen
        return True

    def _fixable(self) -> list[Finding]:
        return [finding for finding in self.report.findings if self._wanted(finding)]

    def _again(self, findings: list[Finding]) -> list[Finding]:
        """Findings as they are found now: as many that say the same."""
        said = Counter(map(_said, findings))
        again = []
        for finding in self._fixable():
            if said[_said(finding)] > 0:
                said[_said(finding)] -= 1
                again.append(finding)
        return again


def _said(finding: Finding) -> tuple[str, str]:
    """What makes a finding the same one although lines have moved."""
    return finding.code, finding.message


def _compatible(findings: list[Finding]) -> list[Finding]:
    """The findings whose fixes change different lines: the first of each line."""
    chosen: list[Finding] = []
    changed: set[int] = set()
    for finding in findings:
        lines = {edit.line for edit in finding.fix.edits} if finding.fix else set()
        if not lines & changed:
            chosen.append(finding)
            changed |= lines
    return chosen


def _is_worse(before: Report, after: Report) -> bool:
    refuses = any(verdict.accepted and not after.verdicts[name].accepted for name, verdict in before.verdicts.items())
    return refuses or any(_count(after.findings, severity) > _count(before.findings, severity) for severity in Severity)


def _count(findings: Iterable[Finding], least: Severity) -> int:
    """How many findings are of that severity or worse."""
    order = list(Severity)
    return sum(order.index(finding.severity) <= order.index(least) for finding in findings)
