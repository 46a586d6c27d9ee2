"""Reports for the machines that read checks: SARIF, GitHub, GitLab, JUnit."""

import hashlib
import json
import os
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from sdpkit.finding import Finding, Place, Severity, Span
from sdpkit.report.escaping import escape
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
        "rules": [_sarif_rule(rules[code]) for code in codes],
    }
    results = [_sarif_result(checked, finding, codes) for checked in all_checked for finding in checked.report.findings]
    whole = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "newlineSequences": ["\r\n", "\n", "\r"],
                "results": results,
            }
        ],
    }
    return f"{json.dumps(whole)}\n"


def _sarif_rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.explanation},
        "defaultConfiguration": {"level": _SARIF_LEVELS[rule.severity]},
        "properties": {"reference": rule.reference},
    }


def _sarif_result(checked: Checked, finding: Finding, codes: list[str]) -> dict[str, Any]:
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": escape(finding.message)},
        "locations": [_sarif_location(checked.name, finding.span)],
        "relatedLocations": [_sarif_related(checked, place) for place in dict.fromkeys(finding.related)],
    }


def _sarif_related(checked: Checked, place: Place) -> dict[str, Any]:
    name = checked.others.get(place.document, checked.name)
    return {"message": {"text": escape(place.message)}, **_sarif_location(name, place.span)}


def _sarif_location(name: str, span: Span) -> dict[str, Any]:
    region = {"startLine": span.line, "startColumn": span.start, "endColumn": span.end}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(name)}, "region": region}}


def _uri(name: str) -> str:
    """A path as a URI, or as a reference where it is relative."""
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))


def github(all_checked: Sequence[Checked]) -> str:
    """Workflow commands of GitHub Actions, which mark the lines of a pull request."""
    lines = [
        f"::{_GITHUB_LEVELS[finding.severity]} file={_github_property(checked.name)},line={finding.span.line},"
        f"col={finding.span.start},endColumn={finding.span.end},title=sdpkit {finding.code}::"
        f"{_github_text(finding.message)}\n"
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
            "description": escape(finding.message),
            "check_name": finding.code,
            "fingerprint": _fingerprint(checked, finding),
            "severity": _GITLAB_LEVELS[finding.severity],
            "location": {"path": escape(checked.name), "lines": {"begin": finding.span.line}},
        }
        for checked in all_checked
        for finding in checked.report.findings
    ]
    return f"{json.dumps(issues)}\n"


def _fingerprint(checked: Checked, finding: Finding) -> str:
    """The same for the same finding of the next run, so that it is not reported as new."""
    said = "\n".join([checked.name, finding.code, str(finding.span), finding.message])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def junit(all_checked: Sequence[Checked]) -> str:
    """JUnit's XML: a test case a text, which fails by its errors."""
    root = ET.Element("testsuites", name="sdpkit validate")
    for checked in all_checked:
        name, errors = escape(checked.name), checked.report.errors
        suite = ET.SubElement(root, "testsuite", name=name, tests="1", failures=str(int(bool(errors))), errors="0")
        case = ET.SubElement(suite, "testcase", name=name, classname="sdpkit")
        if errors:
            summary = f"{len(errors)} error{'s' * (len(errors) > 1)}"
            failure = ET.SubElement(case, "failure", message=summary, type=errors[0].code)
            failure.text = "\n".join(
                f"{finding.span.line}:{finding.span.start}: {finding.code} {escape(finding.message)}"
                for finding in errors
            )
    xml: bytes = ET.tostring(root, encoding="us-ascii", xml_declaration=True)
    return f"{xml.decode()}\n"
