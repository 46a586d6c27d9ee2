"""What the examples of the rules about privacy do not show."""

import pytest

from sdpkit.finding import Finding
from sdpkit.rules import Profile, validate
from sdpkit.rules.examples import OFFER, changed


def found(code: str, change: str, profile: Profile | None = None) -> list[Finding]:
    """The findings of one code after a change of the offer."""
    report = validate(changed(OFFER, change), "offer", profile=profile, pedantic=True)
    return [finding for finding in report.findings if finding.code == code]


def test_private_addresses_are_said_once() -> None:
    bodies = [f"+a=candidate:{n} 1 udp 2122260223 192.168.1.{n} 54321 typ host\n" for n in (1, 2, 3)]
    (finding,) = found("PRV001", "-a=candidate:1…\n" + "".join(bodies))
    assert finding.message == "private address 192.168.1.1, and 2 more"
    assert [place.message for place in finding.related] == ["192.168.1.2", "192.168.1.3"]


@pytest.mark.parametrize(
    ("origin", "wrong"),
    [
        ("- 1 2 IN IP4 127.0.0.1", False),
        ("mozilla...THIS_IS_SDPARTA-99.0 1 2 IN IP4 0.0.0.0", False),
        ("rtc 1 2 IN IP4 127.0.0.1", False),
        ("- 1 2 IN IP4 203.0.113.7", False),
        ("alice 1 2 IN IP4 203.0.113.7", True),
        ("alice 1 2 IN IP4 host.example.com", True),
    ],
)
def test_origin(origin: str, wrong: bool) -> None:
    findings = found("PRV003", f"-o=-…\n+o={origin}")
    assert bool(findings) is wrong
    for finding in findings:
        assert finding.fix is not None
        assert finding.fix.edits[0].text == "o=- 1 2 IN IP4 127.0.0.1"


@pytest.mark.parametrize("line", ["e=alice@example.com", "p=+1 617 555-6011"])
def test_people(line: str) -> None:
    assert len(found("PRV003", f"-t=0 0\n+{line}\n+t=0 0")) == 1


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19z|2^20|1:4", "inline:WVNfX19z"),
        ("k=clear:secret", "clear:secret"),
        ("k=prompt", None),
    ],
)
def test_keys(line: str, place: str | None) -> None:
    change = f"-t=0 0\n+t=0 0\n+{line}"
    findings = found("PRV004", change)
    assert [line[finding.span.start - 1 : finding.span.end - 1] for finding in findings] == ([place] if place else [])
    assert {finding.severity for finding in found("PRV004", change, Profile.SIP)} <= {"note"}


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("a=mid:alice", True),
        ("a=mid:Alice", True),
        ("a=mid:video", False),
        ("a=mid:video0", False),
        ("a=mid:17", False),
        ("a=mid:qXbZ", False),
        ("a=mid:left-camera", False),
        ("a=msid:bedroom track", True),
        ("a=msid:- 0d4f1e6e-8a5c-4c3a-9d3b-2d6c1f0f7a11", False),
        ("a=rid:high send", False),
    ],
)
def test_names(line: str, wrong: bool) -> None:
    assert bool(found("PRV007", f"-a=mid:2\n+{line}")) is wrong
