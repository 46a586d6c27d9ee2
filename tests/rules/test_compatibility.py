"""What the examples of the rules about compatibility do not show."""

import pytest

from sdpkit.rules import Profile, validate
from sdpkit.rules.examples import OFFER, changed

SIP = """\
v=0
o=alice 1 1 IN IP4 192.0.2.1
s=call
c=IN IP4 192.0.2.1
t=0 0
m=audio 5004 RTP/AVP 0 8 101
a=rtpmap:0 PCMU/8000
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
""".replace("\n", "\r\n")


@pytest.mark.parametrize(("profile", "severity"), [(None, "note"), (Profile.SIP, "note"), (Profile.WEBRTC, "warning")])
def test_one_finding_instead_of_a_dozen(profile: Profile | None, severity: str) -> None:
    report = validate(SIP, "offer", profile=profile)
    assert [finding.severity for finding in report.findings if finding.code == "CMP006"] == [severity]
    assert not {finding.code for finding in report.findings} & {"ICE001", "DTL001", "DTL010"}


@pytest.mark.parametrize("line", ["a=ice-ufrag:abcd", "a=fingerprint:sha-1 AB", "a=ice-pwd:abc"])
def test_half_of_webrtc_is_not_plain(line: str) -> None:
    assert "CMP006" not in {finding.code for finding in validate(f"{SIP}{line}\r\n", "offer").findings}


def codecs(*rtpmaps: str) -> set[str]:
    """What is said of a video section with these codecs."""
    lines = [f"a=rtpmap:{96 + number} {rtpmap}/90000\r\n" for number, rtpmap in enumerate(rtpmaps)]
    formats = " ".join(str(96 + number) for number in range(len(rtpmaps)))
    text = f"v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF {formats}\r\n{''.join(lines)}"
    return {finding.code for finding in validate(text, "offer", pedantic=True).findings} & {"CMP004", "CMP005"}


@pytest.mark.parametrize(
    ("rtpmaps", "found"),
    [
        (["VP8"], set()),
        (["VP8", "AV1", "H265"], set()),
        (["H264"], {"CMP005"}),
        (["AV1", "rtx"], {"CMP004", "CMP005"}),
        (["VP9"], {"CMP004"}),
        ([], set()),
    ],
)
def test_codecs(rtpmaps: list[str], found: set[str]) -> None:
    assert codecs(*rtpmaps) == found


@pytest.mark.parametrize(
    ("change", "cited"),
    [
        ("-a=max-message-size:262144\n+a=max-message-size:18446744073709551616", ["18446744073709551616"]),
        ("-a=max-message-size:262144\n+a=max-message-size:2147483647", []),
        ("-t=0 0\n+b=TIAS:4294967296\n+t=0 0", ["4294967296"]),
        ("-a=rtpmap:96…\n+a=rtpmap:96 VP8/99999999999", ["99999999999"]),
    ],
)
def test_numbers_that_chromium_does_not_read(change: str, cited: list[str]) -> None:
    text = changed(OFFER, change)
    found = [finding.span for finding in validate(text, "offer").findings if finding.code == "CMP009"]
    assert [text.split("\r\n")[span.line - 1][span.start - 1 : span.end - 1] for span in found if span] == cited
