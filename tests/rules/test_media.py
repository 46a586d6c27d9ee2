"""The rules of m-sections, where two examples do not show enough."""

import pytest

from sdpkit.finding import Finding
from sdpkit.rules import Profile, validate
from sdpkit.rules.examples import OFFER, changed
from sdpkit.rules.fixing import apply
from sdpkit.sdp.parser import parse

AUDIO = "-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF"


def found(change: str, code: str, profile: Profile = Profile.WEBRTC, type: str = "offer") -> list[Finding]:
    report = validate(changed(OFFER, change), type, profile=profile, pedantic=True)
    return [finding for finding in report.findings if finding.code == code]


def cited(change: str, code: str, profile: Profile = Profile.WEBRTC, type: str = "offer") -> list[str]:
    """The pieces of the text that the findings of a code are about."""
    lines = parse(changed(OFFER, change)).lines
    spans = [finding.span for finding in found(change, code, profile, type)]
    return [lines[span.line - 1].text[span.start - 1 : span.end - 1] for span in spans]


@pytest.mark.parametrize(
    ("port", "pieces"),
    [
        ("70000", ["70000"]),
        ("-1", ["-1"]),
        ("+9", ["+9"]),
        ("x", ["x"]),
        ("9/2", ["9/2"]),
        ("9/x", ["9/x"]),
        ("٣", ["٣"]),
        ("65535", []),
        ("0", []),
    ],
)
def test_ports(port: str, pieces: list[str]) -> None:
    change = f"-m=audio…\n+m=audio {port} UDP/TLS/RTP/SAVPF 111 0"
    assert cited(change, "MED002") == pieces


def test_several_ports_of_a_telephone() -> None:
    assert found("-m=audio…\n+m=audio 9/2 RTP/AVP 111 0", "MED002", Profile.SIP) == []


@pytest.mark.parametrize(
    ("kind", "protocol", "wrong"),
    [
        ("audio", "UDP/FOO", True),
        ("audio", "udp/tls/rtp/savpf", True),
        ("audio", "UDP/DTLS/SCTP", True),
        ("application", "UDP/TLS/RTP/SAVPF", True),
        ("application", "DTLS/SCTP", False),
        ("audio", "RTP/AVP", False),
        ("video", "TCP/DTLS/RTP/SAVPF", False),
    ],
)
def test_protocols(kind: str, protocol: str, wrong: bool) -> None:
    change = f"-m=audio…\n+m={kind} 9 {protocol} 111 0"
    assert cited(change, "MED003") == ([f" {protocol} "] if wrong else [])


@pytest.mark.parametrize(
    ("formats", "code", "pieces"),
    [
        ("111 0 200", "MED005", ["200"]),
        ("111 0 foo -1", "MED005", ["foo", "-1"]),
        ("111 0 64 95 96", "MED006", ["64", "95"]),
        ("111 0 1 19 20", "MED007", ["1", "19"]),
        ("111 0 72", "MED007", []),
        ("111 0 120 18", "MED008", ["120"]),
        ("111 0 0", "MED011", ["0"]),
    ],
)
def test_formats(formats: str, code: str, pieces: list[str]) -> None:
    assert cited(f"{AUDIO} {formats}", code) == pieces


def test_rejected_sections_need_no_meaning() -> None:
    assert found("-m=audio…\n+m=audio 0 UDP/TLS/RTP/SAVPF 120", "MED008") == []


def test_malformed_rtpmaps_are_reported_once() -> None:
    for code in ("MED008", "MED009"):
        assert found("-a=rtpmap:111…\n+a=rtpmap:111 opus", code) == []


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("a=fmtp:120 x=1", ["120"]),
        ("a=rtcp-fb:120 nack", ["120"]),
        ("a=rtcp-fb:* nack", []),
        ("a=fmtp:0 x=1", []),
        ("a=fmtp:* x=1", ["*"]),
    ],
)
def test_parameters_of_missing_formats(line: str, pieces: list[str]) -> None:
    assert cited(f"-a=rtpmap:0…\n+a=rtpmap:0 PCMU/8000\n+{line}", "MED009") == pieces


@pytest.mark.parametrize(
    ("rtpmap", "code", "pieces"),
    [
        ("111 opus/48000/100", "MED012", ["100"]),
        ("111 opus/48000/x", "MED012", ["x"]),
        ("111 opus/x", "MED012", ["x"]),
        ("111 opus/0/2", "MED012", ["/0"]),
        ("111 opus/48000/0", "MED012", ["0"]),
        ("111 opus/48000/2", "MED012", []),
        ("0 opus/48000/2", "MED014", ["0 opus/48000/2"]),
        ("0 PCMU/16000", "MED014", ["0 PCMU/16000"]),
        ("0 pcmu/8000/1", "MED014", []),
        ("20 opus/48000/2", "MED015", ["20"]),
        ("35 opus/48000/2", "MED015", []),
    ],
)
def test_rtpmaps(rtpmap: str, code: str, pieces: list[str]) -> None:
    number = rtpmap.partition(" ")[0]
    assert cited(f"{AUDIO} {number}\n-a=rtpmap:111…\n-a=fmtp:111…\n-a=rtpmap:0…\n+a=rtpmap:{rtpmap}", code) == pieces


@pytest.mark.parametrize(("again", "wrong"), [("111 OPUS/48000/2", 0), ("111 opus/16000/2", 1), ("111 G722/8000", 1)])
def test_two_meanings(again: str, wrong: int) -> None:
    assert len(found(f"-a=rtpmap:111…\n+a=rtpmap:111 opus/48000/2\n+a=rtpmap:{again}", "MED013")) == wrong


def test_renumbering_follows_all_that_is_said() -> None:
    text = changed(OFFER, "-m=video…\n+m=video 9 UDP/TLS/RTP/SAVPF 72 97 102\n-a=rtpmap:96…\n+a=rtpmap:72 VP8/90000")
    text = text.replace("rtcp-fb:96", "rtcp-fb:72").replace("apt=96", "apt=72")
    report = validate(text, "offer", pedantic=True)
    finding = next(finding for finding in report.findings if finding.code == "MED006")
    assert finding.fix is not None
    assert not finding.fix.safe
    assert str(apply(parse(text), finding.fix)) == changed(OFFER, "")  # where it is 96


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ("-a=rtcp-mux", 1),
        ("-a=rtcp-mux\n-m=audio…\n+m=audio 0 UDP/TLS/RTP/SAVPF 111 0", 0),
        ("-a=rtcp-mux\n-m=audio…\n+m=audio 0 UDP/TLS/RTP/SAVPF 111 0\n-a=mid:0\n+a=mid:0\n+a=bundle-only", 1),
        ("-a=rtcp-mux\n-a=fingerprint…\n-m=audio…\n+m=audio 9 RTP/AVP 111 0", 0),
    ],
)
def test_mux(change: str, wrong: int) -> None:
    assert len(found(change, "MED016")) == wrong


def test_mux_only_with_another_port() -> None:
    change = "-a=rtcp:9 …\n+a=rtcp:10 IN IP4 0.0.0.0\n-a=rtcp-mux\n+a=rtcp-mux\n+a=rtcp-mux-only"
    assert cited(change, "MED017") == ["10 IN IP4 0.0.0.0"]


@pytest.mark.parametrize(
    ("id", "type", "code", "pieces"),
    [
        ("0", "offer", "MED018", ["0"]),
        ("256", "offer", "MED018", ["256"]),
        ("x", "offer", "MED018", ["x"]),
        ("4096", "offer", "MED018", []),
        ("4096", "answer", "MED018", ["4096"]),
        ("5000", "offer", "MED018", ["5000"]),
        ("255", "offer", "MED018", []),
        ("15", "offer", "MED019", ["15"]),
        ("16", "offer", "MED019", ["16"]),
        ("14", "offer", "MED019", []),
        ("4", "offer", "MED020", ["4"]),
    ],
)
def test_extension_ids(id: str, type: str, code: str, pieces: list[str]) -> None:
    assert cited(f"-a=sendrecv\n+a=extmap:{id} urn:x\n+a=sendrecv", code, type=type) == pieces


def test_wide_ids_that_are_allowed() -> None:
    assert found("-t=0 0\n+t=0 0\n+a=extmap-allow-mixed\n-a=extmap:1 …\n+a=extmap:16 urn:x", "MED019") == []


@pytest.mark.parametrize(
    ("extmap", "code", "wrong"),
    [
        ("9 urn:ietf:params:rtp-hdrext:sdes:mid", "MED021", 1),
        ("9 urn:ietf:params:rtp-hdrext:encrypt urn:ietf:params:rtp-hdrext:sdes:mid", "MED021", 0),
        ("4096 urn:ietf:params:rtp-hdrext:sdes:mid", "MED021", 0),
        ("9", "MED023", 1),
        ("9/both urn:x", "MED023", 1),
        ("9 mid", "MED023", 1),
        ("9 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time", "MED023", 0),
    ],
)
def test_extensions(extmap: str, code: str, wrong: int) -> None:
    assert len(found(f"-a=sendrecv\n+a=extmap:{extmap}\n+a=sendrecv", code)) == wrong


def test_session_extensions_that_cannot_be_moved() -> None:
    [finding] = found("-t=0 0\n+t=0 0\n+a=extmap:4 urn:x", "MED022")
    assert finding.fix is None


@pytest.mark.parametrize(
    ("feedback", "pieces"),
    [
        ("nack PLI", [" PLI"]),
        ("NACK", [" NACK"]),
        ("ccm frr", []),
        ("transportcc", [" transportcc"]),
        ("x-mine", []),
        ("ccm tmmbr smaxpr=120", []),
    ],
)
def test_feedback(feedback: str, pieces: list[str]) -> None:
    assert cited(f"-a=rtcp-fb:96 nack pli\n+a=rtcp-fb:96 {feedback}", "MED025") == pieces


def test_feedback_without_a_profile_for_it() -> None:
    change = "-m=video…\n+m=video 9 RTP/AVP 96 97 102"
    assert cited(change, "MED025", Profile.SIP) == ["a=rtcp-fb:96 nack"]


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [("a=ptime:0", 1), ("a=ptime:-5", 1), ("a=maxptime:x", 1), ("a=ptime:20", 0), ("a=ptime:60\n+a=maxptime:40", 1)],
)
def test_packet_times(lines: str, wrong: int) -> None:
    assert len(found(f"-a=rtpmap:0…\n+a=rtpmap:0 PCMU/8000\n+{lines}", "MED028")) == wrong


def test_formats_of_rejected_sections() -> None:
    [finding] = found("-m=audio…\n+m=audio 0 UDP/TLS/RTP/SAVPF", "MED001")
    assert finding.fix is not None
    assert finding.fix.edits[0].text == "m=audio 0 UDP/TLS/RTP/SAVPF 0"


@pytest.mark.parametrize(("rtcp", "wrong"), [("70000", 1), ("9 IN IP4", 1), ("65535", 0)])
def test_ports_of_rtcp(rtcp: str, wrong: int) -> None:
    assert len(found(f"-a=rtcp:9 …\n+a=rtcp:{rtcp}", "MED036")) == wrong


@pytest.mark.parametrize("text", ["m=audio\t9 UDP/TLS/RTP/SAVPF 111 200", "m= audio 9 UDP/TLS/RTP/SAVPF  111 200 "])
def test_places_between_odd_blanks(text: str) -> None:
    assert cited(f"-m=audio…\n+{text}", "MED005") == ["200"]
    assert cited(f"-m=audio…\n+{text}", "MED002") == []
