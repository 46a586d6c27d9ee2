"""Reports without secrets: in the lines that they show, and wherever messages, fixes and stacks' errors cite them."""

import re
from collections.abc import Iterable, Mapping

import msgspec

from sdpkit.finding import Edit, Finding, Fix
from sdpkit.masking import MASK, mask, mask_lines
from sdpkit.report.validate import Checked
from sdpkit.rules.verdict import Verdict
from sdpkit.sdp.lines import Line

_CITED = re.compile('".{2,}"', re.DOTALL)


def without_secrets(checked: Checked) -> Checked:
    """The same with all secrets masked."""
    lines = _masked_lines(checked.lines)
    secrets = {
        number: (line, shown)
        for number, (line, shown) in enumerate(zip(checked.lines, lines, strict=True), 1)
        if line != shown
    }
    report = checked.report
    verdicts = {name: _masked_verdict(verdict, secrets.values()) for name, verdict in report.verdicts.items()}
    errors = {
        verdict.error: verdicts[name].error or ""
        for name, verdict in report.verdicts.items()
        if verdict.error is not None
    }
    findings = tuple(_masked_finding(finding, finding.span.line in secrets, errors) for finding in report.findings)
    report = msgspec.structs.replace(report, findings=findings, verdicts=verdicts)
    return msgspec.structs.replace(checked, lines=lines, masked=frozenset(secrets), report=report)


def _masked_lines(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line.text for line in mask_lines(Line(0, 0, text, "") for text in lines))


def _masked_verdict(verdict: Verdict, secrets: Iterable[tuple[str, str]]) -> Verdict:
    """A verdict, whose error may cite a line with a secret in it."""
    if verdict.error is None:
        return verdict
    shown = verdict.error
    for line, masked in secrets:
        shown = shown.replace(line, masked)
    return msgspec.structs.replace(verdict, error=shown if shown != verdict.error else mask(shown))


def _masked_finding(finding: Finding, is_about_secret: bool, errors: Mapping[str, str]) -> Finding:
    """A finding; what one about a secret cites is masked, whatever it is."""
    message = finding.message
    for error, shown in errors.items():
        message = message.replace(error, shown)
    return msgspec.structs.replace(
        finding,
        message=_CITED.sub(f'"{MASK}"', message) if is_about_secret else mask(message),
        fix=finding.fix and _masked_fix(finding.fix),
        related=tuple(msgspec.structs.replace(place, text=mask(place.text)) for place in finding.related),
    )


def _masked_fix(fix: Fix) -> Fix:
    edits = (
        Edit(edit.line, None if edit.text is None else "\n".join(_masked_lines(edit.text.split("\n"))))
        for edit in fix.edits
    )
    return msgspec.structs.replace(fix, edits=tuple(edits))
