import json
from collections.abc import Callable
from xml.etree import ElementTree as ET

import jsonschema
import msgspec
import pytest

from sdpkit.finding import Edit, Finding, Fix, Place, Severity, Span
from sdpkit.report import checks
from sdpkit.report.masking import without_secrets
from sdpkit.report.validate import (
    Checked,
    concise,
    diagnostic,
    diagnostics,
    difference,
    difference_on_a_screen,
    statistics,
    verdict_in_words,
)
from sdpkit.rules import RULES, Profile, Report, Verdict
from sdpkit.sdp.lines import Limits, Line, split

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
PLACE = Span(4, 1, 2)
WIDE = Finding("SYN009", Severity.NOTE, "not ASCII", Span(4, 3, 6))


def checked(*findings: Finding, lines: tuple[str, ...] = LINES) -> Checked:
    verdicts = {"chromium": Verdict(False, "no such mid"), "firefox": Verdict(True)}
    report = Report("answer", Profile.WEBRTC, findings, verdicts)
    return Checked("answer.sdp", "answer.sdp", "answer", lines, report, {"offer": "offer.sdp"})


def shown(line: str, *places: tuple[int, int], width: int = 80) -> list[str]:
    """The excerpt of the only line of a text with findings in some places, from 0."""
    findings = [Finding("SYN013", Severity.ERROR, "m", Span(1, start + 1, end + 1)) for start, end in places]
    lines = diagnostic(checked(lines=(line,)), findings, width).splitlines()
    return lines[len(places) + 1 : len(places) + 3]


def test_a_diagnostic() -> None:
    assert diagnostic(checked(), [FINDING], 80).splitlines() == [
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


def test_a_narrow_diagnostic() -> None:
    lines = diagnostic(checked(), [FINDING], 60).splitlines()
    assert lines[:2] == [
        'answer.sdp:2:20: error BUN005 the group names the mid "2",',
        "    which no section has",
    ]
    assert max(map(len, lines)) <= 60


def test_findings_of_one_rule_about_one_line_are_shown_together() -> None:
    line = "m=audio 9 RTP/AVP 96 97"
    lines = diagnostics(
        checked(
            *(
                Finding("MED008", Severity.WARNING, f"{line[at : at + 2]} has no a=rtpmap", Span(1, at + 1, at + 3))
                for at in (18, 21)
            ),
            lines=(line,),
        ),
        80,
    ).splitlines()
    assert lines[:6] == [
        "answer.sdp:1:19: warning MED008 96 has no a=rtpmap",
        "answer.sdp:1:22: warning MED008 97 has no a=rtpmap",
        "  |",
        "1 | m=audio 9 RTP/AVP 96 97",
        "  |                   ^^ ^^",
        "  = see: sdpkit explain MED008",
    ]


def test_of_many_findings_of_a_rule_the_first_few_are_shown_in_full() -> None:
    found = [Finding("ICE029", Severity.ERROR, f"fault {line}", Span(line, 1, 2)) for line in (1, 2, 4, 5, 6, 7, 9)]
    text = diagnostics(checked(*found[:2], FINDING, *found[2:], lines=("v=0",) * 9), 80)
    assert [f"fault {line}" in text for line in range(1, 10)] == [True, True, False, True, *[False] * 5]
    assert "\n\nanswer.sdp: error ICE029 4 more, in lines 5 to 7, 9 (all: --format concise)\n\n" in text
    assert text.index("BUN005") < text.index("fault 4") < text.index("4 more") < text.index("8 errors")


def test_secrets_are_not_shown() -> None:
    unmasked = checked(PWD)
    masked = without_secrets(unmasked)
    lines = diagnostic(masked, masked.report.findings, 80)
    assert "0123456789" not in lines
    assert "3 | a=ice-pwd:********\n  | ^^^^^^^^^^^^^^^^^^" in lines
    assert "0123456789" in diagnostic(unmasked, unmasked.report.findings, 80)


def test_wide_and_control_characters_keep_the_place_below_its_text() -> None:
    lines = diagnostic(checked(), [WIDE], 80).splitlines()
    assert lines[2] == "4 | s=見出し\\x1b[2J x"
    assert lines[3] == "  |   ^^^^^^"


@pytest.mark.parametrize(
    ("line", "places", "expected"),
    [
        ("a=x\ty", [(4, 5)], ["1 | a=x\\ty", "  |      ^"]),
        ("a=x", [(3, 4)], ["1 | a=x", "  |    ^"]),
        ("", [(0, 1)], ["1 |", "  | ^"]),
        ("a=" + "x" * 100, [(2, 4)], ["1 | a=" + "x" * 53 + "…", "  |   ^^"]),
        ("a=" + "x" * 100, [(0, 102)], ["1 | a=" + "x" * 53 + "…", "  | " + "^" * 55]),
        ("a=" + "x" * 100 + "yz", [(102, 104)], ["1 | …" + "x" * 20 + "yz", "  | " + " " * 21 + "^^"]),
        ("a=" + "見" * 100 + "yz", [(102, 104)], ["1 | …" + "見" * 20 + "yz", "  | " + " " * 41 + "^^"]),
        ("a=" + "見" * 100, [(2, 4)], ["1 | a=" + "見" * 26 + "…", "  |   ^^^^"]),
        ("a=" + "\x1b" * 100, [(2, 3)], ["1 | a=" + "\\x1b" * 13 + "…", "  |   ^^^^"]),
        ("s=" + "e\u0301" * 20, [(3, 4)], ["1 | s=" + "e\u0301" * 20, "  |    ^"]),
        ("a=" + "x" * 100 + "y", [(102, 103)], ["1 | …" + "x" * 20 + "y", "  | " + " " * 21 + "^"]),
    ],
)
def test_lines_are_cut_around_their_places(line: str, places: list[tuple[int, int]], expected: list[str]) -> None:
    assert [text.rstrip() for text in shown(line, *places, width=60)] == expected


def test_a_line_that_just_fits_is_not_cut() -> None:
    assert shown("x" * 56, (0, 1), width=60)[0] == f"1 | {'x' * 56}"
    assert shown("x" * 57, (0, 1), width=60)[0] == f"1 | {'x' * 55}…"


def test_errors_of_stacks_are_cut_in_the_middle() -> None:
    words = verdict_in_words(Verdict(False, f"Failed to parse. {'x' * 10_000} Invalid SDP line."))
    assert len(words) < 420
    assert words.startswith("refuses: Failed to parse. xxx")
    assert words.endswith("xxx Invalid SDP line.")


def lines_of(text: str) -> list[Line]:
    return split(text, Limits())


def test_the_difference_that_a_fix_makes() -> None:
    old, new = lines_of("v=0\r\ns=\r\nt=0 0"), lines_of("v=0\r\ns=-\r\nt=0 0\r\n")
    assert list(difference("x", old, new)) == [
        "--- x\n",
        "+++ x\n",
        "@@ -1,3 +1,3 @@\n",
        " v=0\r\n",
        "-s=\r\n",
        "-t=0 0\n\\ No newline at end of file\n",
        "+s=-\r\n",
        "+t=0 0\r\n",
    ]
    assert list(difference_on_a_screen("x", old, new))[3:] == [" v=0\n", "-s=\n", "-t=0 0␃\n", "+s=-\n", "+t=0 0\n"]
    old, new = lines_of("v=0\n\x1b\r"), lines_of("v=0\r\n\x1b\r\n")
    assert list(difference_on_a_screen("x", old, new))[3:] == ["-v=0␊\n", "-\\x1b␍\n", "+v=0\n", "+\\x1b\n"]


def test_the_whole_text() -> None:
    guess = Finding("OAN020", Severity.NOTE, "m", Span(1, 1, 2), fix=Fix("t", False, (Edit(1, None),)))
    text = diagnostics(checked(FINDING, PWD, guess), 100)
    assert "chromium   refuses: no such mid\nfirefox    accepts\n" in text
    assert text.endswith(
        "answer.sdp: answer against offer.sdp, profile webrtc: 1 error, 1 warning, 1 note; can be fixed: 1\n"
        "    with --fix, 1 with --unsafe-fixes\n"
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
        (Verdict(True, None, (1,), "no codec"), "accepts, but refuses m-section 1, and will not connect: no codec"),
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
    assert [line.split()[:3] for line in counted.splitlines()[2:]] == [
        ["2", "warning", "ICE003"],
        ["1", "error", "BUN005"],
    ]
    assert statistics([checked()], {}, 80) == "no findings\n"


# What OASIS' schema of SARIF 2.1.0 demands of the parts that are written here, and no other property.
_POSITIVE = {"type": "integer", "minimum": 1}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}


def _object(required: str = "", **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def _list(of: object, **more: object) -> dict[str, object]:
    return {"type": "array", "items": of, **more}


_STRING = {"type": "string"}
_TEXT = _object("text", text=_STRING)
_URI = {"type": "string", "pattern": r"^([A-Za-z0-9._~/!$&'()*+,;=:@-]|%[0-9A-F]{2})+$"}
_LOCATION = _object(
    message=_TEXT,
    physicalLocation=_object(
        "artifactLocation",
        artifactLocation=_object(uri=_URI),
        region=_object(startLine=_POSITIVE, startColumn=_POSITIVE, endColumn=_POSITIVE),
    ),
)
_RESULT = _object(
    "message",
    ruleId=_STRING,
    ruleIndex={"type": "integer", "minimum": -1},
    level=_LEVEL,
    message=_TEXT,
    locations=_list(_LOCATION),
    relatedLocations=_list(_LOCATION, uniqueItems=True),
)
_RULE = _object(
    "id",
    id=_STRING,
    shortDescription=_TEXT,
    fullDescription=_TEXT,
    defaultConfiguration=_object(level=_LEVEL),
    properties={"type": "object"},
)
_DRIVER = _object("name", name=_STRING, version=_STRING, rules=_list(_RULE, uniqueItems=True))
_RUN = _object(
    "tool",
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    newlineSequences=_list(_STRING, minItems=1, uniqueItems=True),
    tool=_object("driver", driver=_DRIVER),
    results=_list(_RESULT),
)
SARIF = _object("version runs", **{"$schema": _URI, "version": {"const": "2.1.0"}, "runs": _list(_RUN)})


def sarif(all_checked: list[Checked]) -> str:
    return checks.sarif(all_checked, RULES)


def test_sarif() -> None:
    whole = json.loads(checks.sarif([checked(FINDING, PWD), checked(WIDE)], RULES))
    jsonschema.validate(whole, SARIF)
    (run,) = whole["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["BUN005", "ICE003", "SYN009"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    first = run["results"][0]
    region = first["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 20, "endColumn": 21}
    (related,) = first["relatedLocations"]
    assert related["message"] == {"text": "offered here"}
    assert related["physicalLocation"]["artifactLocation"] == {"uri": "offer.sdp"}


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("calls/a.sdp", "calls/a.sdp"),
        ("a b%,:é\udcff.sdp", "a%20b%25%2C%3A%C3%A9%FF.sdp"),
        ("/tmp/a b.sdp", "file:///tmp/a%20b.sdp"),
        ("stdin", "stdin"),
    ],
)
def test_names_of_files_in_sarif(name: str, uri: str) -> None:
    whole = json.loads(checks.sarif([msgspec.structs.replace(checked(FINDING), name=name)], RULES))
    jsonschema.validate(whole, SARIF)
    location = whole["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": uri}


@pytest.mark.parametrize("write", [checks.gitlab, checks.junit, sarif])
def test_documents_are_ascii_so_that_no_locale_spoils_them(write: Callable[[list[Checked]], str]) -> None:
    assert write([checked(Finding("SYN009", Severity.ERROR, "é 見 \udcff", Span(4, 1, 2)))]).isascii()


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


@pytest.mark.parametrize("write", [checks.gitlab, checks.junit, checks.github, sarif])
def test_no_report_has_raw_controls(write: Callable[[list[Checked]], str]) -> None:
    text = write([checked(Finding("SYN013", Severity.ERROR, "what \x1b[2J\u202e is\nthis", Span(4, 1, 2)))])
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "is\\" in text


def test_github_escapes_what_would_end_a_command() -> None:
    evil = msgspec.structs.replace(
        checked(Finding("SYN013", Severity.ERROR, "1%\n::error::x", PLACE)), name="a,b:c%.sdp"
    )
    assert checks.github([evil]) == (
        "::error file=a%2Cb%3Ac%25.sdp,line=4,col=1,endColumn=2,title=sdpkit SYN013::1%25\\n::error::x\n"
    )
