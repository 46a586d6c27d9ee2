"""What the examples of the DTLS rules do not show."""

import pytest

from sdpkit.finding import Finding, Severity
from sdpkit.rules import Profile, validate
from sdpkit.rules.examples import OFFER, changed
from sdpkit.rules.fixing import apply
from sdpkit.sdp.parser import parse

PAIRS = "A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90"
SHA_256 = f"sha-256 {PAIRS}:{PAIRS}"


def found(code: str, change: str, kind: str = "offer", profile: Profile | None = None) -> list[Finding]:
    """The findings of one code after a change of the offer."""
    report = validate(changed(OFFER, change), kind, profile=profile, pedantic=True)
    return [finding for finding in report.findings if finding.code == code]


def fixed(change: str, finding: Finding) -> list[str]:
    assert finding.fix is not None
    return [line.text for line in apply(parse(changed(OFFER, change)), finding.fix).lines]


def test_only_the_first_of_a_bundle_needs_a_fingerprint() -> None:
    every = "-a=fingerprint:…\n" * 3
    assert len(found("DTL001", every)) == 1
    assert found("DTL001", f"{every}-a=mid:0\n+a=mid:0\n+a=fingerprint:{SHA_256}") == []
    assert found("DTL001", f"{every}-t=0 0\n+t=0 0\n+a=fingerprint:{SHA_256}") == []
    assert len(found("DTL001", f"{every}-a=group:BUNDLE 0 1 2")) == 3


def test_a_fragment_to_trickle_needs_no_fingerprint() -> None:
    text = "a=ice-ufrag:abcd\r\na=ice-pwd:0123456789abcdefghijkl\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n"
    assert "DTL001" not in {finding.code for finding in validate(text).findings}


def test_a_broken_fingerprint_is_not_a_missing_one() -> None:
    assert found("DTL001", "-a=fingerprint:…\n+a=fingerprint:sha-256") == []


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        (SHA_256, set()),
        (SHA_256.replace("sha-256", "SHA-256"), set()),
        (f"sha-1 {PAIRS}:A1:B2:C3:D4", {"DTL005"}),
        (f"md5 {PAIRS}", {"DTL005"}),
        (f"sha-384 {PAIRS}:{PAIRS}:{PAIRS}", set()),
        (f"sha-512 {PAIRS}:{PAIRS}", {"DTL003"}),
        (f"sha-999 {PAIRS}", {"DTL004"}),
        ("sha-256 A1", {"DTL003"}),
        (SHA_256.lower(), {"DTL006"}),
        ("sha-256 " + ":".join(["FF"] * 32), {"DTL007"}),
        (SHA_256.replace(":", ""), {"DTL002"}),
        (SHA_256.replace(":", "-"), {"DTL002"}),
        ("", {"DTL002"}),
    ],
)
def test_fingerprint(value: str, codes: set[str]) -> None:
    text = changed(OFFER, f"-a=fingerprint:…\n+a=fingerprint:{value}")
    families = {f"DTL00{number}" for number in range(1, 8)}
    assert {finding.code for finding in validate(text, "offer", pedantic=True).findings} & families == codes


@pytest.mark.parametrize(
    ("code", "written", "right", "safe"),
    [
        ("DTL004", SHA_256.replace("sha-256", "sha256"), SHA_256, False),
        ("DTL006", SHA_256.lower(), SHA_256, True),
        ("DTL006", SHA_256.replace("F6", "f6", 1), SHA_256, True),
    ],
)
def test_fixed_fingerprint(code: str, written: str, right: str, safe: bool) -> None:
    change = f"-a=fingerprint:…\n+a=fingerprint:{written}"
    (finding,) = found(code, change)
    assert finding.fix is not None
    assert finding.fix.safe is safe
    assert fixed(change, finding) == OFFER.replace(SHA_256, right).splitlines()


@pytest.mark.parametrize(
    ("value", "severity", "right"),
    [
        ("ACTPASS", "warning", "actpass"),
        ("Active", "warning", "active"),
        ("foo", "error", None),
        ("server", "error", None),
    ],
)
def test_unknown_setup(value: str, severity: str, right: str | None) -> None:
    change = f"-a=setup:actpass\n+a=setup:{value}"
    (finding,) = found("DTL013", change)
    assert finding.severity == severity
    assert (f"a=setup:{right}" in fixed(change, finding)) if right else finding.fix is None
    assert found("DTL010", change) == []


def test_setup_is_added_to_an_offer() -> None:
    change = "-a=setup:actpass"
    (finding,) = found("DTL010", change)
    assert sorted(fixed(change, finding)) == sorted(OFFER.splitlines())
    assert found("DTL010", change, "answer") == []
    assert found("DTL010", f"{change}\n-t=0 0\n+t=0 0\n+a=setup:actpass") == []


@pytest.mark.parametrize(
    ("role", "kind", "count"), [("active", "offer", 1), ("passive", "offer", 1), ("active", "answer", 0)]
)
def test_role_in_an_offer(role: str, kind: str, count: int) -> None:
    assert len(found("DTL011", f"-a=setup:actpass\n+a=setup:{role}", kind)) == count


def test_different_fingerprints() -> None:
    other = f"sha-256 FF{PAIRS[2:]}:{PAIRS}"
    (finding,) = found(
        "DTL009", f"-a=fingerprint:…\n+a=fingerprint:{SHA_256}\n-a=fingerprint:…\n+a=fingerprint:{other}"
    )
    assert finding.related
    # another hash of the same certificate is no other certificate
    assert found("DTL009", f"-a=fingerprint:…\n+a=fingerprint:sha-512 {PAIRS}:{PAIRS}:{PAIRS}:{PAIRS}") == []
    # nor is one more
    assert found("DTL009", f"-a=mid:0\n+a=mid:0\n+a=fingerprint:{other}") == []
    # a rejected section says nothing
    rejected = "-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 0 UDP/TLS/RTP/SAVPF 111 0\n"
    assert found("DTL009", f"{rejected}-a=fingerprint:…\n+a=fingerprint:{other}") == []


CRYPTO = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj"


def test_keys_in_the_clear() -> None:
    (beside,) = found("DTL014", f"-a=mid:0\n+a=mid:0\n+{CRYPTO}")
    (instead,) = found("DTL014", f"-a=fingerprint:…\n+{CRYPTO}")
    assert (beside.severity, instead.severity) == (Severity.WARNING, Severity.ERROR)
    assert found("DTL014", f"-a=fingerprint:…\n+{CRYPTO}", profile=Profile.SIP) == []


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("a" * 19, True),
        ("a" * 20, False),
        ("aZ09+/-_" * 3, False),
        ("a" * 255, False),
        ("a" * 256, True),
        ("é" * 20, True),
    ],
)
def test_tls_id(value: str, wrong: bool) -> None:
    assert bool(found("DTL016", f"-a=mid:0\n+a=mid:0\n+a=tls-id:{value}")) is wrong


def test_plain_protocol_is_put_right_in_offers_only() -> None:
    change = "-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 9 RTP/SAVPF 111 0"
    (finding,) = found("DTL017", change)
    assert fixed(change, finding) == OFFER.splitlines()
    (finding,) = found("DTL017", change, "answer")
    assert finding.fix is None
