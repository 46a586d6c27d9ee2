"""What the examples of the ICE rules do not show: places, severities, fixes, and what is left alone."""

import pytest

from sdpkit.finding import Finding, Severity
from sdpkit.rules import validate
from sdpkit.rules.examples import ANSWER, OFFER, changed
from sdpkit.rules.fixing import apply
from sdpkit.sdp.parser import parse

CANDIDATE = "1 1 udp 2122260223 192.0.2.10 54321 typ host generation 0"


def found(code: str, change: str, *, text: str = OFFER, kind: str = "offer") -> list[Finding]:
    """The findings of one code after a change."""
    report = validate(changed(text, change), kind, pedantic=True)
    return [finding for finding in report.findings if finding.code == code]


def instead(*bodies: str) -> str:
    """The change that makes these the only candidates."""
    return "-a=candidate:1…\n-a=candidate:2…\n" + "".join(f"+a=candidate:{body}\n" for body in bodies)


def cited(finding: Finding, change: str, text: str = OFFER) -> str:
    """What stands at the place of a finding."""
    line = changed(text, change).splitlines()[finding.span.line - 1]
    return line[finding.span.start - 1 : finding.span.end - 1]


@pytest.mark.parametrize(
    ("code", "body", "place", "severity"),
    [
        ("ICE021", "1 1 udp 2122260223 192.0.2.10 54321 typ HOST", "HOST", "error"),
        ("ICE022", "1 300 udp 2122260223 192.0.2.10 54321 typ host", "300", "error"),
        ("ICE022", "1 x udp 2122260223 192.0.2.10 54321 typ host", "x", "error"),
        ("ICE022", "1 7 udp 2122260223 192.0.2.10 54321 typ host", "7", "warning"),
        ("ICE023", "1 1 udp 2147483648 192.0.2.10 54321 typ host", "2147483648", "error"),
        ("ICE023", "1 1 udp -5 192.0.2.10 54321 typ host", "-5", "error"),
        ("ICE023", "1 1 udp 0 192.0.2.10 54321 typ host", "0", "error"),
        ("ICE024", "1 1 udp 2122260223 192.0.2.10 70000 typ host", "70000", "error"),
        ("ICE024", "1 1 udp 2122260223 192.0.2.10 0 typ host", "0", "warning"),
        ("ICE024", "1 1 udp 2122260223 192.0.2.10 53 typ host", "53", "warning"),
        ("ICE024", "1 1 udp 2122260223 10.0.0.1 443 typ host", "443", "warning"),
        (
            "ICE024",
            "1 1 udp 1686052607 192.0.2.10 5000 typ srflx raddr 10.0.0.1 rport 70000",
            "rport 70000",
            "error",
        ),
        ("ICE025", "1 1 tcp-pass 1518280447 192.0.2.10 54321 typ host", "tcp-pass", "error"),
        ("ICE027", f"{CANDIDATE} tcptype passive", "tcptype passive", "error"),
        ("ICE029", "1 1 udp 2122260223 a:b:cx:x:x:x:x:x 54321 typ host", "a:b:cx:x:x:x:x:x", "error"),
        ("ICE029", "1 1 udp 2122260223 redacted-ip.invalid 54321 typ host", "redacted-ip.invalid", "error"),
        ("ICE030", "1 1 udp 2122260223 999.1.1.1 54321 typ host", "999.1.1.1", "warning"),
        ("ICE032", "1 1 udp 2122260223 224.0.0.1 54321 typ host", "224.0.0.1", "warning"),
        ("ICE032", "1 1 udp 2122260223 255.255.255.255 54321 typ host", "255.255.255.255", "warning"),
        ("ICE032", "1 1 udp 2122260223 169.254.1.1 54321 typ host", "169.254.1.1", "warning"),
        ("ICE032", "1 1 udp 2122260223 ::ffff:192.0.2.1 54321 typ host", "::ffff:192.0.2.1", "warning"),
        ("ICE032", "1 1 udp 2122260223 fe80::1 54321 typ host", "fe80::1", "note"),
        ("ICE033", "1 1 udp 2122260223 2001:db8::1%eth0 54321 typ host", "2001:db8::1%eth0", "warning"),
        ("ICE034", "1 1 udp 2122260223 192.0.2.10 54321 typ host raddr 10.0.0.1", "raddr 10.0.0.1", "warning"),
        ("ICE034", "1 1 udp 1686052607 192.0.2.10 54321 typ srflx raddr 10.0.0.1", "srflx", "warning"),
        ("ICE035", "1 1 udp 1686052607 192.0.2.10 54321 typ srflx raddr :: rport 9", "raddr ::", "note"),
        ("ICE037", f"{'a' * 33} 1 udp 2122260223 192.0.2.10 54321 typ host", "a" * 33, "error"),
        ("ICE041", "1 1 udp 2147483647 192.0.2.10 54321 typ host", "2147483647", "warning"),
        ("ICE041", "1 2 udp 2122260223 192.0.2.10 54321 typ host", "2122260223", "warning"),
        ("ICE041", "1 1 udp 2122260223 192.0.2.10 5000 typ relay raddr 10.0.0.1 rport 9", "2122260223", "warning"),
        ("ICE043", f"{CANDIDATE} generation 1", "generation", "warning"),
        ("ICE043", "1 1 udp 2122260223 192.0.2.10 54321 typ host network-id 65536", "65536", "warning"),
        ("ICE043", "1 1 udp 2122260223 192.0.2.10 54321 typ host generation x", "x", "warning"),
        ("ICE048", "1 1 tls 1518280447 192.0.2.10 443 typ host tcptype passive", "tls", "warning"),
    ],
)
def test_candidate(code: str, body: str, place: str, severity: str) -> None:
    change = f"-a=candidate:1…\n+a=candidate:{body}"
    finding = found(code, change)[0]
    assert cited(finding, change) in (place, f"generation {place}")
    assert finding.severity == severity
    assert finding.span.line == 9


@pytest.mark.parametrize(
    "body",
    [
        CANDIDATE,
        "1 1 UDP 2122260223 192.0.2.10 54321 typ host",
        "1 1 udp 2122260223 192.0.2.10 443 typ host",
        "1 1 udp 2122260223 2001:db8::1 54321 typ host",
        "1 1 tcp 1518280447 192.0.2.10 9 typ host tcptype active",
        "1 1 TCP 1518280447 10.0.0.1 9 typ host tcptype active",
        "a+/9 2 udp 2122260222 192.0.2.10 54321 typ host",
        "1 1 udp 1686052607 192.0.2.77 54321 typ srflx raddr 192.0.2.10 rport 54321",
        "1 1 udp 16777215 192.0.2.77 54321 typ relay raddr 192.0.2.10 rport 54321",
    ],
)
def test_good_candidate(body: str) -> None:
    change = f"-a=candidate:1…\n+a=candidate:{body}"
    report = validate(changed(OFFER, change), "offer")
    wrong = [finding for finding in report.findings if finding.severity is not Severity.NOTE]
    assert wrong == []


def test_a_field_too_few_is_said_once() -> None:
    """Where words are missing, the others do not stand in their places: nothing more can be said of them."""
    report = validate(
        changed(OFFER, "-a=candidate:1…\n+a=candidate:1 udp 2122260223 192.0.2.10 54321 typ host"), "offer"
    )
    assert [finding.code for finding in report.errors] == ["ICE020"]


@pytest.mark.parametrize(
    ("code", "body", "fixed"),
    [
        (
            "ICE025",
            "1 1 tcp-pass 1518280447 192.0.2.10 5000 typ host",
            "1 1 tcp 1518280447 192.0.2.10 5000 typ host tcptype passive",
        ),
        (
            "ICE026",
            "1 1 tcp 1518280447 192.0.2.10 9 typ host",
            "1 1 tcp 1518280447 192.0.2.10 9 typ host tcptype active",
        ),
        (
            "ICE027",
            "1 1 udp 2122260223 192.0.2.10 5000 typ host tcptype so",
            "1 1 udp 2122260223 192.0.2.10 5000 typ host",
        ),
        (
            "ICE028",
            "1 1 tcp 1518280447 192.0.2.10 0 typ host tcptype active",
            "1 1 tcp 1518280447 192.0.2.10 9 typ host tcptype active",
        ),
        ("ICE033", "1 1 udp 2122260223 [fe80::1] 5000 typ host", "1 1 udp 2122260223 fe80::1 5000 typ host"),
        (
            "ICE034",
            "1 1 udp 2122260223 192.0.2.10 5000 typ host raddr 10.0.0.1 rport 9 generation 0",
            "1 1 udp 2122260223 192.0.2.10 5000 typ host generation 0",
        ),
        ("ICE041", "1 1 udp 659136 192.0.2.10 5000 typ host", "1 1 udp 2114588415 192.0.2.10 5000 typ host"),
        (
            "ICE043",
            "1 1 udp 2122260223 192.0.2.10 5000 typ host generation",
            "1 1 udp 2122260223 192.0.2.10 5000 typ host",
        ),
    ],
)
def test_fixed_candidate(code: str, body: str, fixed: str) -> None:
    change = f"-a=candidate:1…\n+a=candidate:{body}"
    finding = found(code, change)[0]
    assert finding.fix is not None
    lines = [line.text for line in apply(parse(changed(OFFER, change)), finding.fix).lines]
    assert f"a=candidate:{fixed}" in lines
    assert found(code, f"-a=candidate:1…\n+a=candidate:{fixed}") == []


@pytest.mark.parametrize(
    ("value", "severity", "place"),
    [
        ("ab-d", "warning", "-"),
        ("ab_d", "warning", "_"),
        ("ab=d", "warning", "="),
        ("ab d", "error", " "),
        ("ab$d", "error", "$"),
        ("abéd", "error", "é"),
        ("-b$d", "error", "-"),
    ],
)
def test_characters(value: str, severity: str, place: str) -> None:
    change = f"-a=ice-ufrag:abcd\n+a=ice-ufrag:{value}"
    (finding,) = found("ICE005", change)
    assert finding.severity == severity
    assert cited(finding, change) == place


@pytest.mark.parametrize(
    ("code", "name", "length", "wrong"),
    [
        ("ICE002", "ice-ufrag", 3, True),
        ("ICE002", "ice-ufrag", 4, False),
        ("ICE002", "ice-ufrag", 256, False),
        ("ICE002", "ice-ufrag", 257, True),
        ("ICE003", "ice-pwd", 21, True),
        ("ICE003", "ice-pwd", 22, False),
        ("ICE003", "ice-pwd", 256, False),
        ("ICE003", "ice-pwd", 257, True),
        ("ICE004", "ice-ufrag", 32, False),
        ("ICE004", "ice-ufrag", 33, True),
    ],
)
def test_lengths(code: str, name: str, length: int, wrong: bool) -> None:
    assert bool(found(code, f"-a={name}:…\n+a={name}:{'a' * length}")) is wrong


BOTH = "-a=ice-ufrag:abcd\n-a=ice-pwd:0123456789abcdefghijkl\n"


def test_credentials_of_the_session_hold_everywhere() -> None:
    change = BOTH * 3 + "-t=0 0\n+t=0 0\n+a=ice-ufrag:abcd\n+a=ice-pwd:0123456789abcdefghijkl"
    assert found("ICE001", change) == []
    assert found("ICE006", change) == []


def test_a_bundled_section_needs_no_credentials() -> None:
    """RFC 9143 §7: the first section of a bundle carries the others."""
    keep = "+a=ice-ufrag:abcd\n+a=ice-pwd:0123456789abcdefghijkl"
    assert found("ICE001", BOTH * 3 + "-a=mid:0\n+a=mid:0\n" + keep) == []
    assert len(found("ICE001", BOTH * 3 + "-a=mid:1\n+a=mid:1\n" + keep)) == 1
    assert len(found("ICE001", BOTH * 3 + "-a=group:…\n-a=mid:0\n+a=mid:0\n" + keep)) == 2


def test_broken_credentials_are_not_missing() -> None:
    change = "-a=ice-pwd:…\n+a=ice-pwd:0123456789 abcdefghijkl"
    assert found("ICE001", change) == found("ICE006", change) == []
    assert len(found("ICE005", change)) == 1


def test_lite_moves_to_the_session_once() -> None:
    change = "-a=mid:0\n+a=mid:0\n+a=ice-lite\n-a=mid:1\n+a=mid:1\n+a=ice-lite"
    first, second = found("ICE009", change)
    assert first.fix is not None
    assert second.fix is not None
    fixed = apply(parse(changed(OFFER, change)), first.fix)
    assert fixed.ice_lite
    assert len(fixed.media[0].lines_of("ice-lite")) == 0
    assert len(second.fix.edits) == 1


@pytest.mark.parametrize(
    ("value", "fixed"),
    [("ice2,trickle", "ice2 trickle"), ("trickle,ice2 renomination", "trickle ice2 renomination"), ("a-b", None)],
)
def test_options(value: str, fixed: str | None) -> None:
    (finding,) = found("ICE010", f"-a=ice-options:trickle\n+a=ice-options:{value}")
    edits = finding.fix.edits if finding.fix else ()
    assert [edit.text for edit in edits] == ([f"a=ice-options:{fixed}"] if fixed else [])


NONE = "-a=candidate:1…\n-a=candidate:2…\n"
SILENT = "-a=ice-options:trickle\n" * 3


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ("", []),
        (NONE, ["ICE013"]),
        (NONE + SILENT, ["ICE012"]),
        (NONE + "-a=mid:0\n+a=mid:0\n+a=end-of-candidates", ["ICE012"]),
        (NONE + SILENT + "-a=mid:2\n+a=mid:2\n+a=candidate:1 1 udp 2122260223 192.0.2.10 54321 typ host", []),
    ],
)
def test_whether_candidates_come(change: str, codes: list[str]) -> None:
    report = validate(changed(OFFER, change), "offer")
    assert [finding.code for finding in report.findings if finding.code in ("ICE012", "ICE013")] == codes


@pytest.mark.parametrize(
    ("address", "port", "wrong"),
    [
        ("IP4 192.0.2.10", 54321, False),
        ("IP4 192.0.2.10", 54322, True),
        ("IP4 192.0.2.11", 54321, True),
        ("IP4 0.0.0.0", 5000, False),
        ("IP6 ::", 9, False),
        ("IP4 media.example.com", 5000, False),
        ("IP4 192.168.xxx.xxx", 5000, False),
    ],
)
def test_default_destination(address: str, port: int, wrong: bool) -> None:
    change = f"-m=audio 9…\n+m=audio {port} UDP/TLS/RTP/SAVPF 111 0\n-c=IN IP4 0.0.0.0\n+c=IN {address}"
    findings = found("ICE014", change)
    assert bool(findings) is wrong
    for finding in findings:
        assert finding.fix is not None
        fixed = apply(parse(changed(OFFER, change)), finding.fix)
        assert (fixed.media[0].port, str(fixed.media[0].connection)) == (9, "IN IP4 0.0.0.0")


def test_a_hidden_candidate_may_be_the_default_one() -> None:
    change = instead("1 1 udp 2113937151 a.local 54321 typ host")
    change += "-m=audio 9…\n+m=audio 54321 UDP/TLS/RTP/SAVPF 111 0\n-c=IN IP4 0.0.0.0\n+c=IN IP4 192.0.2.9"
    assert found("ICE014", change) == []


def test_one_note_about_names_on_the_link() -> None:
    (finding,) = found(
        "ICE031", instead("1 1 udp 2113937151 a.local 5000 typ host", "2 1 udp 2113937150 b.local 5001 typ host")
    )
    assert finding.message == "2 of 2 candidates can be resolved only on the same link"
    assert finding.severity is Severity.NOTE


@pytest.mark.parametrize(
    ("bodies", "count"),
    [
        (["1 1 udp 2122260223 127.0.0.1 5000 typ host"], 0),
        (["1 1 udp 2122260223 127.0.0.1 5000 typ host", "2 1 udp 2122260222 ::1 5001 typ host"], 0),
        (
            [CANDIDATE, "2 1 udp 2122194687 127.0.0.1 5000 typ host", "3 1 udp 2122129151 ::1 5001 typ host"],
            1,
        ),
    ],
)
def test_loopback_is_odd_next_to_real_addresses(bodies: list[str], count: int) -> None:
    findings = found("ICE032", instead(*bodies))
    assert len(findings) == count
    for finding in findings:
        assert finding.fix is not None
        assert len(finding.fix.edits) == 2


@pytest.mark.parametrize(
    ("other", "redundant", "equal"),
    [
        (CANDIDATE, True, False),
        (CANDIDATE.replace("2122260223", "2122260222"), True, False),
        (CANDIDATE.replace("192.0.2.10", "192.0.2.11"), False, True),
        (
            CANDIDATE.replace("2122260223", "1686052607").replace("host", "srflx raddr 192.0.2.10 rport 54321"),
            True,
            False,
        ),
        (
            CANDIDATE.replace("2122260223", "1686052607").replace("host", "srflx raddr 10.0.0.1 rport 54321"),
            False,
            False,
        ),
        (CANDIDATE.replace("1 1 udp 2122260223", "1 2 udp 2122260222"), False, False),
    ],
)
def test_candidates_that_are_alike(other: str, redundant: bool, equal: bool) -> None:
    change = instead(CANDIDATE, other)
    assert bool(found("ICE039", change)) is redundant
    assert bool(found("ICE040", change)) is equal


def test_the_candidate_of_lower_priority_goes() -> None:
    (finding,) = found("ICE039", instead(CANDIDATE.replace("2122260223", "2122260222"), CANDIDATE))
    assert finding.span.line == 9
    assert finding.related[0].span.line == 10


def test_what_aiortc_does_is_a_note() -> None:
    bodies = (f"{n} 1 udp 2130706431 192.0.2.{n} 5000 typ host" for n in (1, 2))
    (finding,) = found("ICE040", instead(*bodies))
    assert finding.severity is Severity.NOTE


@pytest.mark.parametrize(
    ("bodies", "codes"),
    [
        (["1 1 udp 2122260223 10.0.0.1 5000 typ host"], {"ICE045"}),
        (["1 1 udp 2122260223 100.64.0.1 5000 typ host"], {"ICE045"}),
        (["1 1 udp 2122260223 127.0.0.1 5000 typ host"], set()),
        (["1 1 udp 2122260223 a.local 5000 typ host"], set()),
        (["1 1 udp 2122260223 9.9.9.9 5000 typ host"], set()),
        (
            [
                "1 1 udp 2122260223 10.0.0.1 5000 typ host",
                "2 1 udp 1686052607 9.9.9.9 5000 typ srflx raddr 10.0.0.1 rport 5000",
            ],
            {"ICE046"},
        ),
        (
            [
                "1 1 udp 2122260223 10.0.0.1 5000 typ host",
                "2 1 udp 41885439 9.9.9.9 5000 typ relay raddr 10.0.0.1 rport 5000",
            ],
            set(),
        ),
    ],
)
def test_how_far_candidates_reach(bodies: list[str], codes: set[str]) -> None:
    report = validate(changed(OFFER, instead(*bodies)), "offer")
    assert {finding.code for finding in report.findings} & {"ICE045", "ICE046"} == codes


def test_rejected_sections_are_not_looked_at() -> None:
    change = "-m=audio 9…\n+m=audio 0 UDP/TLS/RTP/SAVPF 111 0\n-a=group:…\n-a=ice-ufrag:abcd\n-a=ice-pwd:…"
    assert found("ICE001", change) == found("ICE006", change) == []


def test_remote_candidates_are_for_offers() -> None:
    change = "-a=mid:0\n+a=mid:0\n+a=remote-candidates:1 192.0.2.10 54321"
    assert len(found("ICE016", change, text=ANSWER, kind="answer")) == 1
    assert found("ICE016", change) == []


def test_the_fix_of_a_default_destination_takes_tabs() -> None:
    text = (
        "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio\t5000\tRTP/AVP 0\r\nc=IN IP4 192.0.2.77\r\n"
        "a=candidate:1 1 udp 1 192.0.2.10 54321 typ host\r\n"
    )
    (finding,) = [finding for finding in validate(text).findings if finding.code == "ICE014"]
    assert finding.fix is not None
    assert finding.fix.edits[0].text == "m=audio\t9\tRTP/AVP 0"
