"""Fixes applied: only those that make nothing worse."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from sdpkit.finding import Finding, Fix, Severity
from sdpkit.rules.validation import Report
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse

_MOST_ROUNDS = 20  # one fix may lay another finding bare

Judge = Callable[[SessionDescription], Report]
"""Validates a description as its user wants it."""


class Fixed(NamedTuple):
    """A description after fixing."""

    description: SessionDescription
    applied: tuple[Finding, ...]
    """The findings whose fixes were applied, in that order."""
    report: Report


def fix(description: SessionDescription, judge: Judge, *, unsafe: bool = False) -> Fixed:
    """Applies the fixes of a description, safe ones or with `unsafe` all, until none is left.

    After each one the text is parsed and checked again. A fix is left out if there is then a finding that was not
    there before, of the same severity or worse, or if a stack that accepted the text would refuse it.
    """
    applied: list[Finding] = []
    report = judge(description)
    hopeless: set[tuple[str, str]] = set()
    for _ in range(_MOST_ROUNDS * (1 + len(report.findings))):
        finding = next((one for one in report.findings if _wanted(one, unsafe) and _key(one) not in hopeless), None)
        if finding is None or finding.fix is None:
            break
        changed = apply(description, finding.fix)
        after = judge(changed)
        if str(changed) == str(description) or _is_worse(report, after):
            hopeless.add(_key(finding))
            continue
        description, report = changed, after
        applied.append(finding)
    return Fixed(description, tuple(applied), report)


def apply(description: SessionDescription, fix: Fix) -> SessionDescription:
    """The description after the edits of one fix. An edit that leaves the text as it is gives the line CRLF."""
    edits = {edit.line: edit.text for edit in fix.edits}
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


def _wanted(finding: Finding, unsafe: bool) -> bool:
    return finding.fix is not None and (finding.fix.safe or unsafe)


def _key(finding: Finding) -> tuple[str, str]:
    """What makes a finding the same one although lines have moved."""
    return finding.code, finding.message


def _is_worse(before: Report, after: Report) -> bool:
    refuses = any(verdict.accepted and not after.verdicts[name].accepted for name, verdict in before.verdicts.items())
    return refuses or any(_count(after.findings, severity) > _count(before.findings, severity) for severity in Severity)


def _count(findings: Iterable[Finding], least: Severity) -> int:
    """How many findings are of that severity or worse."""
    order = list(Severity)
    return sum(order.index(finding.severity) <= order.index(least) for finding in findings)
