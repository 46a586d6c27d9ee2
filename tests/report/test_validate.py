import json
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from sdpkit.finding import Edit, Finding, Fix, Place, Severity, Span
from sdpkit.report import checks
from sdpkit.report.validate import Checked, concise, diagnostic, diagnostics, statistics, verdict_in_words
from sdpkit.rules import RULES, Profile, Report, Verdict

LINES = ("v=0", "a=group:BUNDLE 0 1 2", "a=ice-pwd:0123456789abcdefghijkl", "s=見出し\x1b[2J x")
FINDING = Finding(
    "BUN005",
    Severity.ERROR,
    'the group names the mid "2", which no section has',
    Span(2, 20, 21),
    "RFC 5888 §6",
    "take it out of the group",
    Fix("take it out", True, (Edit(2, "a=group:BUNDLE 0 1"),)),
    (Place("offer", Span(7, 1, 8), "a=mid:0", "offered here"),),
)
PWD = Finding("ICE003", Severity.WARNING, 'too short, found "0123456789abcdefghijkl"', Span(3, 11, 33), "RFC 8839 §5.4")
WIDE = Finding("SYN009", Severity.NOTE, "not ASCII", Span(4, 3, 6))


def checked(*findings: Finding, show_secrets: bool = False) -> Checked:
    verdicts = {"chromium": Verdict(False, "no such mid"), "firefox": Verdict(True)}
    return Checked("answer.sdp", LINES, Report("answer", Profile.WEBRTC, findings, verdicts), "offer.sdp", show_secrets)


def test_a_diagnostic() -> None:
    assert diagnostic(checked(), FINDING, 80).splitlines() == [
        'answer.sdp:2:20: error BUN005 the group names the mid "2", which no section has',
        "  |",
        "2 | a=group:BUNDLE 0 1 2",
        "  |                    ^",
        "  : offer.sdp:7:1: offered here",
        "7 : a=mid:0",
        "  = help: take it out of the group",
        "  = fix: take it out (--fix)",
        "  = see: RFC 5888 §6, sdpkit explain BUN005",
    ]


def test_secrets_are_not_shown() -> None:
    shown = diagnostic(checked(), PWD, 80)
    assert "0123456789" not in shown
    assert "3 | a=ice-pwd:********\n  | ^^^^^^^^^^^^^^^^^^" in shown
    assert "0123456789" in diagnostic(checked(show_secrets=True), PWD, 80)


def test_wide_and_control_characters_keep_the_place_below_its_text() -> None:
    lines = diagnostic(checked(), WIDE, 80).splitlines()
    assert lines[2] == "4 | s=見出し\\x1b[2J x"
    assert lines[3] == "  |   ^^^^^^"


def test_long_lines_are_cut_around_the_place() -> None:
    long = Checked("x", ("a=" + "y" * 5000,), Report(None, Profile.SIP, (), {}))
    shown = diagnostic(long, Finding("SYN013", Severity.ERROR, "m", Span(1, 4000, 4010)), 80)
    assert max(map(len, shown.splitlines())) < 230
    assert "^" * 10 in shown


def test_the_whole_text() -> None:
    shown = diagnostics(checked(FINDING, PWD), 80)
    assert "chromium   refuses: no such mid\nfirefox    accepts\n" in shown
    assert shown.endswith(
        "answer.sdp: answer against offer.sdp, profile webrtc: 1 error, 1 warning, 0 notes; 1 can be fixed with --fix\n"
    )


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict(True), "accepts"),
        (Verdict(False, "no"), "refuses: no"),
        (Verdict(False), "refuses"),
        (Verdict(True, None, (1,)), "accepts, but refuses m-section 1"),
        (Verdict(True, None, (0, 2)), "accepts, but refuses m-sections 0, 2"),
        (Verdict(True, None, (), "no candidates"), "accepts, but will not connect: no candidates"),
    ],
)
def test_verdicts_in_words(verdict: Verdict, words: str) -> None:
    assert verdict_in_words(verdict) == words


def test_concise() -> None:
    assert concise(checked(FINDING)) == (
        'answer.sdp:2:20: error BUN005 the group names the mid "2", which no section has\n'
    )


def test_statistics() -> None:
    counted = statistics([checked(FINDING, PWD), checked(PWD)], {"ICE003": "The password is short."}, 80)
    assert [line.split()[:2] for line in counted.splitlines()[2:]] == [["2", "ICE003"], ["1", "BUN005"]]
    assert statistics([checked()], {}, 80) == ""


# What OASIS' schema of SARIF 2.1.0 demands of the parts that are written here, and no other property.
_TEXT = {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}
_POSITIVE = {"type": "integer", "minimum": 1}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "additionalProperties": False,
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "additionalProperties": False,
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"type": "string"},
                                    "version": {"type": "string"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "additionalProperties": False,
                                            "properties": {
                                                "id": {"type": "string"},
                                                "shortDescription": _TEXT,
                                                "fullDescription": _TEXT,
                                                "defaultConfiguration": {
                                                    "type": "object",
                                                    "properties": {"level": _LEVEL},
                                                    "additionalProperties": False,
                                                },
                                                "properties": {"type": "object"},
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": -1},
                                "level": _LEVEL,
                                "message": _TEXT,
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "properties": {
                                            "physicalLocation": {
                                                "type": "object",
                                                "required": ["artifactLocation"],
                                                "additionalProperties": False,
                                                "properties": {
                                                    "artifactLocation": {
                                                        "type": "object",
                                                        "additionalProperties": False,
                                                        "properties": {
                                                            "uri": {"type": "string", "format": "uri-reference"}
                                                        },
                                                    },
                                                    "region": {
                                                        "type": "object",
                                                        "additionalProperties": False,
                                                        "properties": {
                                                            "startLine": _POSITIVE,
                                                            "startColumn": _POSITIVE,
                                                            "endColumn": _POSITIVE,
                                                        },
                                                    },
                                                },
                                            }
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
    "additionalProperties": False,
}


def test_sarif() -> None:
    whole = json.loads(checks.sarif([checked(FINDING, PWD), checked(WIDE)], RULES))
    jsonschema.validate(whole, SARIF)
    (run,) = whole["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["BUN005", "ICE003", "SYN009"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 20, "endColumn": 21}


def test_github() -> None:
    assert checks.github([checked(FINDING)]) == (
        "::error file=answer.sdp,line=2,col=20,endColumn=21,title=sdpkit BUN005::"
        'the group names the mid "2", which no section has\n'
    )


def test_gitlab() -> None:
    (issue,) = json.loads(checks.gitlab([checked(FINDING)]))
    assert issue["severity"] == "major"
    assert issue["location"] == {"path": "answer.sdp", "lines": {"begin": 2}}
    assert issue["fingerprint"] == json.loads(checks.gitlab([checked(FINDING)]))[0]["fingerprint"]
    assert issue["fingerprint"] != json.loads(checks.gitlab([checked(WIDE)]))[0]["fingerprint"]


def test_junit() -> None:
    root = ET.fromstring(checks.junit([checked(FINDING, WIDE), checked(WIDE)]))
    assert [suite.get("failures") for suite in root] == ["1", "0"]
    assert root[0][0][0].text == '2:20: BUN005 the group names the mid "2", which no section has'


@pytest.mark.parametrize("write", [checks.gitlab, checks.junit, checks.github, lambda all: checks.sarif(all, RULES)])
def test_no_report_has_secrets_or_raw_controls(write: object) -> None:
    assert callable(write)
    evil = Finding("SYN013", Severity.ERROR, "what \x1b[2J\u202e is\nthis", Span(4, 1, 2))
    text = write([checked(PWD, evil)])
    assert "0123456789" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text
