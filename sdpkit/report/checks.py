"""Reports for the machines that read checks: SARIF, GitHub, GitLab, JUnit."""

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any
from xml.etree import ElementTree as ET

from sdpkit.finding import Finding, Severity
from sdpkit.report.escaping import escape, escape_json
from sdpkit.report.validate import Checked
from sdpkit.rules.rule import Rule

_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_GITLAB_LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def sarif(all_checked: Sequence[Checked], rules: dict[str, Rule]) -> str:
    """One run as SARIF 2.1.0 (OASIS), with the rules that were broken."""
    codes = sorted({finding.code for checked in all_checked for finding in checked.report.findings})
    driver = {
        "name": "sdpkit",
        "version": version("sdpkit"),
        "rules": [_sarif_rule(code, rules.get(code)) for code in codes],
    }
    results = [_sarif_result(checked, finding, codes) for checked in all_checked for finding in checked.report.findings]
    whole = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return _json(whole)


def _sarif_rule(code: str, rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.explanation},
        "defaultConfiguration": {"level": _SARIF_LEVELS[rule.severity]},
        "properties": {"reference": rule.reference},
    }


def _sarif_result(checked: Checked, finding: Finding, codes: list[str]) -> dict[str, Any]:
    region = {"startLine": finding.span.line, "startColumn": finding.span.start, "endColumn": finding.span.end}
    location = {"artifactLocation": {"uri": checked.path.replace("\\", "/")}, "region": region}
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": checked.message(finding)},
        "locations": [{"physicalLocation": location}],
    }


def github(all_checked: Sequence[Checked]) -> str:
    """Workflow commands of GitHub Actions, which mark the lines of a pull request."""
    lines = [
        f"::{_GITHUB_LEVELS[finding.severity]} file={_github_property(checked.path)},line={finding.span.line},"
        f"col={finding.span.start},endColumn={finding.span.end},title=sdpkit {finding.code}::"
        f"{_github_text(checked.message(finding))}\n"
        for checked in all_checked
        for finding in checked.report.findings
    ]
    return "".join(lines)


def _github_text(text: str) -> str:
    return escape(text).replace("%", "%25")


def _github_property(text: str) -> str:
    return _github_text(text).replace(":", "%3A").replace(",", "%2C")


def gitlab(all_checked: Sequence[Checked]) -> str:
    """A code quality report of GitLab."""
    issues = [
        {
            "description": checked.message(finding),
            "check_name": finding.code,
            "fingerprint": _fingerprint(checked, finding),
            "severity": _GITLAB_LEVELS[finding.severity],
            "location": {"path": checked.path, "lines": {"begin": finding.span.line}},
        }
        for checked in all_checked
        for finding in checked.report.findings
    ]
    return _json(issues)


def _fingerprint(checked: Checked, finding: Finding) -> str:
    """The same for the same finding of the next run, so that it is not reported as new."""
    said = "\n".join([checked.path, finding.code, str(finding.span), finding.message])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def junit(all_checked: Sequence[Checked]) -> str:
    """JUnit's XML: a test case a text, which fails by its errors."""
    root = ET.Element("testsuites", name="sdpkit validate")
    for checked in all_checked:
        errors = checked.report.errors
        facts = {"name": escape(checked.path), "tests": "1", "failures": str(bool(errors) * 1)}
        suite = ET.SubElement(root, "testsuite", facts)
        case = ET.SubElement(suite, "testcase", name=escape(checked.path), classname="sdpkit")
        if errors:
            failure = ET.SubElement(case, "failure", message=f"{len(errors)} errors", type=errors[0].code)
            failure.text = "\n".join(
                f"{finding.span.line}:{finding.span.start}: {finding.code} {escape(checked.message(finding))}"
                for finding in errors
            )
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _json(value: Any) -> str:
    return escape_json(json.dumps(value, ensure_ascii=False)) + "\n"
