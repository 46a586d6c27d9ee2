"""The rules of data channels, where two examples do not show enough."""

import pytest

from sdpkit.rules import Profile, validate
from sdpkit.rules.examples import OFFER, changed
from sdpkit.rules.fixing import apply
from sdpkit.sdp.parser import parse

OLD = "-m=application…\n+m=application 9 DTLS/SCTP 5000\n-a=sctp-port:5000\n+a=sctpmap:5000 webrtc-datachannel 1024"


def cited(change: str, code: str) -> list[str]:
    """The pieces of the text that the findings of a code are about."""
    text = changed(OFFER, change)
    lines = parse(text).lines
    report = validate(text, "offer", profile=Profile.WEBRTC, pedantic=True)
    spans = [finding.span for finding in report.findings if finding.code == code]
    return [lines[span.line - 1].text[span.start - 1 : span.end - 1] for span in spans]


@pytest.mark.parametrize(
    ("port", "code", "pieces"),
    [
        ("65535", "SCT002", []),
        ("65536", "SCT002", ["65536"]),
        ("05000", "SCT002", ["05000"]),
        ("-1", "SCT002", ["-1"]),
        ("٣", "SCT002", ["٣"]),
        ("9" * 2000, "SCT002", ["9" * 2000]),
        ("0", "SCT002", []),
        ("0", "SCT003", ["0"]),
        ("5000", "SCT003", []),
    ],
)
def test_ports(port: str, code: str, pieces: list[str]) -> None:
    assert cited(f"-a=sctp-port:5000\n+a=sctp-port:{port}", code) == pieces


@pytest.mark.parametrize(
    ("size", "wrong"),
    [("0", False), ("1200", False), ("1199", True), ("-1", True), ("00262144", True), ("64k", True)],
)
def test_message_sizes(size: str, wrong: bool) -> None:
    change = f"-a=max-message-size:262144\n+a=max-message-size:{size}"
    assert cited(change, "SCT007") == [size] * wrong


@pytest.mark.parametrize(
    ("m", "pieces"),
    [
        ("UDP/DTLS/SCTP webrtc-datachannel", []),
        ("UDP/DTLS/SCTP 5000", ["5000"]),
        ("UDP/DTLS/SCTP webrtc-datachannel 5000", ["webrtc-datachannel 5000"]),
        ("DTLS/SCTP 5000", ["5000"]),
        ("TCP/DTLS/SCTP *", ["*"]),
    ],
)
def test_formats(m: str, pieces: list[str]) -> None:
    assert cited(f"-m=application…\n+m=application 9 {m}", "SCT005") == pieces


def test_the_old_form_is_rewritten() -> None:
    text = changed(OFFER, OLD)
    report = validate(text, "offer", profile=Profile.WEBRTC, pedantic=True)
    (finding,) = (finding for finding in report.findings if finding.code == "SCT004")
    assert finding.fix is not None
    lines = str(apply(parse(text), finding.fix)).splitlines()
    assert "m=application 9 UDP/DTLS/SCTP webrtc-datachannel" in lines
    assert "a=sctp-port:5000" in lines
    assert not any(line.startswith("a=sctpmap") for line in lines)


def test_a_data_section_has_no_direction() -> None:
    assert cited("-a=mid:2\n+a=mid:2\n+a=sendonly\n+a=rtcp-mux", "SCT009") == ["sendonly", "rtcp-mux"]
