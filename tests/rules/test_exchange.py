"""The rules of answers and of what one side says next, where two examples do not show enough."""

import pytest

from sdpkit.finding import Finding, Severity
from sdpkit.rules import Profile, validate
from sdpkit.rules.examples import AGAIN, ANSWER, OFFER, changed, parts
from sdpkit.rules.fixing import apply
from sdpkit.sdp.parser import parse


def of_pair(change: str, code: str) -> list[Finding]:
    """What is found of a code in a pair after a change."""
    said = parts(change, "answer")
    offer, answer = changed(OFFER, said.get("offer", "")), changed(ANSWER, said.get("answer", ""))
    report = validate(answer, "answer", against=offer, profile=Profile.WEBRTC, pedantic=True)
    return [finding for finding in report.findings if finding.code == code]


def of_renewal(change: str, code: str) -> list[Finding]:
    """What is found of a code in a new offer after a change."""
    said = parts(change, "offer")
    previous, new = changed(OFFER, said.get("previous", "")), changed(AGAIN, said.get("offer", ""))
    report = validate(new, "offer", previous=previous, profile=Profile.WEBRTC, pedantic=True)
    return [finding for finding in report.findings if finding.code == code]


def cited(change: str, code: str) -> list[str]:
    """The pieces of the answer that the findings of a code are about."""
    lines = parse(changed(ANSWER, parts(change, "answer").get("answer", ""))).lines
    spans = [finding.span for finding in of_pair(change, code)]
    return [lines[span.line - 1].text[span.start - 1 : span.end - 1] for span in spans]


def h264(parameters: str) -> str:
    return f"answer:\n-a=fmtp:102…\n+a=fmtp:102 {parameters}"


@pytest.mark.parametrize("offered", ["sendrecv", "sendonly", "recvonly", "inactive"])
@pytest.mark.parametrize("answered", ["sendrecv", "sendonly", "recvonly", "inactive"])
def test_directions(offered: str, answered: str) -> None:
    allowed = {
        "sendrecv": {"sendrecv", "sendonly", "recvonly", "inactive"},
        "sendonly": {"recvonly", "inactive"},
        "recvonly": {"sendonly", "inactive"},
        "inactive": {"inactive"},
    }
    change = f"offer:\n-a=sendrecv\n+a={offered}\nanswer:\n-a=sendrecv\n+a={answered}"
    expected = [] if answered in allowed[offered] else [answered]
    assert cited(change, "OAN007") == expected
    for finding in of_pair(change, "OAN007"):
        assert finding.fix is not None
        assert finding.related[0].document == "offer"
        fixed = str(apply(parse(changed(ANSWER, parts(change, "answer")["answer"])), finding.fix))
        offer = changed(OFFER, parts(change, "answer")["offer"])
        assert "OAN007" not in {found.code for found in validate(fixed, "answer", against=offer).findings}


@pytest.mark.parametrize(
    ("change", "code", "pieces"),
    [
        ("-m=audio…\n+m=audio 9 RTP/AVP 111 0", "OAN005", ["RTP/AVP"]),
        ("-m=audio…\n+m=audio 9 udp/tls/rtp/savpf 111 0", "OAN005", []),
        ("-a=rtcp-fb:96 nack pli\n+a=rtcp-fb:* nack pli\n+a=rtcp-fb:* ccm fir", "OAN016", ["ccm fir"]),
        ("offer:\n-a=rtcp-fb:96 nack pli\n+a=rtcp-fb:* nack pli", "OAN016", []),
        (h264("packetization-mode=1;profile-level-id=42e034"), "OAN013", []),
        (h264("profile-level-id=42e01f"), "OAN013", ["a=fmtp:102 profile-level-id=42e01f"]),
        (h264("level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e034"), "OAN014", []),
        ("-a=extmap:4…\n+a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:mid", "OAN018", ["10"]),
        ("offer:\n-a=extmap:1…\n+a=extmap:4100 urn:ietf:params:rtp-hdrext:ssrc-audio-level", "OAN018", []),
        ("-a=group:…\n+a=group:BUNDLE 0 1", "OAN029", ["a=group:BUNDLE 0 1"]),
        ("-a=setup:active\n-a=setup:active\n-a=setup:active\n-t=0 0\n+t=0 0\n+a=setup:actpass", "OAN020", ["actpass"]),
        ("-a=setup:active\n+a=setup:passive", "OAN021", []),
        (
            "offer:\n-a=setup:actpass\n+a=setup:passive\nanswer:\n-a=setup:active\n+a=setup:passive",
            "OAN021",
            ["passive"],
        ),
        ("-t=0 0\n+t=3000000000 0", "OAN036", ["t=3000000000 0"]),
        ("-a=mid:1\n+a=mid:1\n+a=rid:h recv\n+a=rid:l recv\n+a=simulcast:recv h;l", "OAN032", ["recv"]),
        ("-a=mid:1\n+a=mid:1\n+a=rid:h recv", "OAN032", ["h"]),
    ],
)
def test_places(change: str, code: str, pieces: list[str]) -> None:
    assert cited(change, code) == pieces


@pytest.mark.parametrize(
    ("offered", "answered", "looser"),
    [
        ("pt=96,102", "pt=96", False),
        ("pt=96", "pt=96,102", True),
        ("max-width=1280", "max-width=640", False),
        ("max-width=1280", "max-width=1920", True),
        ("max-width=1280", "max-height=1920", False),
    ],
)
def test_restrictions_of_rids(offered: str, answered: str, looser: bool) -> None:
    change = (
        f"offer:\n-a=mid:1\n+a=mid:1\n+a=rid:h send {offered}\nanswer:\n-a=mid:1\n+a=mid:1\n+a=rid:h recv {answered}"
    )
    assert cited(change, "OAN032") == [answered] * looser


CANDIDATES = "-a=candidate:1…\n-a=candidate:2…\n+a=candidate:1 1"


@pytest.mark.parametrize(
    ("ours", "theirs", "severity"),
    [
        ("udp 1 192.0.2.1 9 typ host", "udp 1 2001:db8::1 9 typ host", Severity.NOTE),
        ("udp 1 192.0.2.1 9 typ host\n+a=end-of-candidates", "udp 1 2001:db8::1 9 typ host", Severity.WARNING),
        ("udp 1 a.local 9 typ host", "udp 1 2001:db8::1 9 typ host", None),
        ("UDP 1 192.0.2.1 9 typ host", "udp 1 192.0.2.2 9 typ host", None),
        ("tcp 1 192.0.2.1 9 typ host tcptype active", "udp 1 192.0.2.2 9 typ host", Severity.NOTE),
        ("tcp 1 192.0.2.1 9 typ host tcptype active", "tcp 1 192.0.2.2 9 typ host tcptype active", Severity.NOTE),
        ("tcp 1 192.0.2.1 9 typ host tcptype active", "tcp 1 192.0.2.2 8 typ host tcptype passive", None),
        ("tcp 1 192.0.2.1 9 typ host tcptype so", "tcp 1 192.0.2.2 9 typ host tcptype so", None),
    ],
)
def test_candidates_that_make_no_pair(ours: str, theirs: str, severity: Severity | None) -> None:
    found = of_pair(f"offer:\n{CANDIDATES} {theirs}\nanswer:\n{CANDIDATES} {ours}", "OAN037")
    assert [finding.severity for finding in found] == [severity] * (severity is not None)


def test_sections_in_another_order_change_places() -> None:
    session, audio, video, data = ANSWER.replace("m=", "\0m=").split("\0")
    (finding, _) = (
        finding
        for finding in validate(session + video + audio + data, "answer", against=OFFER).findings
        if finding.code == "OAN003"
    )
    assert finding.fix is not None
    assert finding.fix.safe
    assert str(apply(parse(session + video + audio + data), finding.fix)).splitlines() == ANSWER.splitlines()


def test_missing_sections_are_rejected() -> None:
    short = ANSWER.partition("m=application")[0].replace("BUNDLE 0 1 2", "BUNDLE 0 1")
    (finding,) = (found for found in validate(short, "answer", against=OFFER).findings if found.code == "OAN001")
    assert finding.fix is not None
    fixed = apply(parse(short), finding.fix)
    assert [section.is_rejected for section in fixed.media] == [False, False, True]
    assert not validate(fixed, "answer", against=OFFER).errors


def test_a_renamed_section_gets_its_name_back_in_the_group_too() -> None:
    text = changed(ANSWER, "-a=mid:1\n+a=mid:x\n-a=group:…\n+a=group:BUNDLE 0 x 2")
    (finding,) = (found for found in validate(text, "answer", against=OFFER).findings if found.code == "OAN004")
    assert finding.fix is not None
    assert str(apply(parse(text), finding.fix)).splitlines() == ANSWER.splitlines()


def test_no_section_at_all() -> None:
    empty = ANSWER.partition("m=")[0]
    codes = {finding.code for finding in validate(empty, "answer", against=OFFER).findings}
    assert "OAN001" in codes
    assert "OAN050" in {finding.code for finding in validate(empty, "offer", previous=OFFER).findings}


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        ("-m=video…\n+m=audio 9 UDP/TLS/RTP/SAVPF 96 97 102", "OAN051", Severity.ERROR),
        ("-m=video…\n+m=audio 9 UDP/TLS/RTP/SAVPF 96 97 102\n-a=mid:1\n+a=mid:3", "OAN051", Severity.WARNING),
        ("-a=mid:0\n+a=mid:9\n-a=mid:1\n+a=mid:0\n-a=mid:9\n+a=mid:1", "OAN051", Severity.ERROR),
        ("-a=mid:1\n+a=mid:3", "OAN052", Severity.WARNING),
        ("previous:\n-m=video…\n+m=video 0 UDP/TLS/RTP/SAVPF 96\noffer:\n-a=mid:1\n+a=mid:3", "OAN052", None),
        ("-a=ice-ufrag:abcd\n+a=ice-ufrag:efgh", "OAN056", Severity.WARNING),
        ("-t=0 0\n+t=0 0\n+a=ice-lite", "OAN058", Severity.ERROR),
        ("-a=extmap:4…\n+a=extmap:5 urn:ietf:params:rtp-hdrext:sdes:mid", "OAN055", None),
    ],
)
def test_what_is_said_next(change: str, code: str, severity: Severity | None) -> None:
    assert {finding.severity for finding in of_renewal(change, code)} == ({severity} if severity else set())


def test_an_unchanged_description_needs_no_new_version() -> None:
    assert "OAN053" not in {found.code for found in validate(OFFER, "offer", previous=OFFER, pedantic=True).findings}
    assert "OAN053" in {found.code for found in validate(ANSWER, "answer", previous=OFFER, pedantic=True).findings}
