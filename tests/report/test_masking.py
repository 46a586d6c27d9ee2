"""Reports without secrets."""

import json

import pytest

from sdpkit import parse
from sdpkit.report import checks
from sdpkit.report.json import document
from sdpkit.report.masking import without_secrets
from sdpkit.report.validate import Checked, concise, diagnostics
from sdpkit.rules import RULES, validate
from sdpkit.rules.examples import OFFER

PWD = "S3cr3tS3cr3tS3cr3tS3cr3tXY"
KEY = "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj"
BASE = OFFER.replace("0123456789abcdefghijkl", PWD)
CRYPTO = f"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{KEY}"
TEXTS = {
    "as it should be": BASE,
    "blank before": BASE.replace("pwd:", "pwd: "),
    "blank behind the letter": BASE.replace("a=ice-pwd", "a =ice-pwd"),
    "without a type": BASE.replace("a=ice-pwd", "ice-pwd"),
    "without a colon": BASE.replace("pwd:", "pwd "),
    "two words": BASE.replace(PWD, f"{PWD} x"),
    "too short": BASE.replace(PWD, PWD[:8]),
    "too long": BASE.replace(PWD, PWD * 12),
    "not ASCII": BASE.replace(PWD, f"{PWD}ß"),
    "broken in two": BASE.replace(PWD, f"{PWD[:4]}\n{PWD}"),
    "cut": BASE[: BASE.index(PWD) + 10],
    "quoted": "".join(f"> {line}\n" for line in BASE.splitlines()),
    "in one line": BASE.replace("\n", " "),
    "escaped": BASE.replace("\n", "\\r\\n"),
    "in JSON": json.dumps({"type": "offer", "sdp": BASE}),
    "LF": BASE,
    "k=": BASE.replace("t=0 0", f"t=0 0\nk=clear:{PWD}\nk=foo:{PWD}"),
    "crypto": BASE.replace("a=mid:0", f"a=mid:0\n{CRYPTO}\n{CRYPTO} x y"),
    "bad crypto": BASE.replace("a=mid:0", f"a=mid:0\na=crypto:1 inline:{KEY}"),
    "key-mgmt": BASE.replace("a=mid:0", f"a=mid:0\na=key-mgmt:mikey {KEY}\na=key-mgmt: {KEY}"),
}


def checked(name: str) -> Checked:
    text = TEXTS[name] if name == "LF" else TEXTS[name].replace("\n", "\r\n")
    report = validate(text, "offer", pedantic=True, previous=BASE)
    return Checked("x", "x", "offer", tuple(line.text for line in parse(text).lines), report)


@pytest.mark.parametrize("name", TEXTS)
def test_no_secret_is_left(name: str) -> None:
    masked = without_secrets(checked(name))
    for written in (
        diagnostics(masked, 100),
        concise(masked),
        document("validate", "x", masked.report),
        checks.sarif([masked], RULES),
        checks.github([masked]),
        checks.gitlab([masked]),
        checks.junit([masked]),
    ):
        assert PWD[:8] not in written
        assert KEY[:8] not in written


@pytest.mark.parametrize("name", TEXTS)
def test_everything_else_stays(name: str) -> None:
    old = checked(name)
    new = without_secrets(old)
    places = [(finding.code, finding.span, finding.severity) for finding in old.report.findings]
    assert [(finding.code, finding.span, finding.severity) for finding in new.report.findings] == places
    assert {number for number, line in enumerate(old.lines, 1) if line != new.lines[number - 1]} == new.masked
    assert new.masked
    assert without_secrets(new).lines == new.lines


def test_the_reason_of_a_stack_stays_behind_a_masked_line() -> None:
    error = without_secrets(checked("without a colon")).report.verdicts["chromium"].error
    assert error == (
        "Failed to parse SessionDescription. a=ice-pwd ******** Failed to get the value of attribute: ice-pwd"
    )


def test_a_report_without_secrets_is_the_same() -> None:
    report = validate("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=setup:x\r\n", "offer")
    same = Checked("x", "x", "offer", ("v=0",), report)
    assert without_secrets(same) == same
