"""The rules of codecs, where two examples do not show enough."""

import pytest

from sdpkit.finding import Finding, Severity
from sdpkit.rules import Profile, validate
from sdpkit.rules.examples import OFFER, changed
from sdpkit.rules.fixing import apply
from sdpkit.sdp.parser import parse

H264 = "-a=fmtp:102…\n+a=fmtp:102"


def found(change: str, code: str, profile: Profile = Profile.WEBRTC, type: str = "offer") -> list[Finding]:
    report = validate(changed(OFFER, change), type, profile=profile, pedantic=True)
    return [finding for finding in report.findings if finding.code == code]


def cited(change: str, code: str, profile: Profile = Profile.WEBRTC) -> list[str]:
    """The pieces of the text that the findings of a code are about."""
    lines = parse(changed(OFFER, change)).lines
    spans = [finding.span for finding in found(change, code, profile)]
    return [lines[span.line - 1].text[span.start - 1 : span.end - 1] for span in spans]


@pytest.mark.parametrize(
    ("codec", "right"),
    [("opus/48000", "opus/48000/2"), ("OPUS/16000/2", "opus/48000/2"), ("opus/48000/1", "opus/48000/2")],
)
def test_opus(codec: str, right: str) -> None:
    change = f"-a=rtpmap:111…\n+a=rtpmap:111 {codec}"
    assert cited(change, "COD001") == [codec]
    [finding] = found(change, "COD001")
    assert finding.fix is not None
    assert finding.fix.edits[0].text == f"a=rtpmap:111 {right}"


@pytest.mark.parametrize(
    ("fmtp", "code", "pieces"),
    [
        ("rtx-time=3000", "COD003", ["a=rtpmap:97 rtx/90000"]),
        ("apt=x", "COD003", ["a=fmtp:97 apt=x"]),
        ("apt=-1", "COD003", ["a=fmtp:97 apt=-1"]),
        ("rtx-time=3000; apt=120", "COD004", ["apt=120"]),
        ("apt=97", "COD005", ["apt=97"]),
        ("APT=96", "COD003", []),
    ],
)
def test_rtx(fmtp: str, code: str, pieces: list[str]) -> None:
    assert cited(f"-a=fmtp:97…\n+a=fmtp:97 {fmtp}", code) == pieces


def test_rejected_sections_do_no_harm() -> None:
    assert found("-a=fmtp:97…\n-m=video…\n+m=video 0 UDP/TLS/RTP/SAVPF 96 97 102", "COD003") == []


def test_red_may_be_sent_again() -> None:
    assert found("-a=rtpmap:96…\n+a=rtpmap:96 red/90000", "COD005") == []
    assert found("-a=rtpmap:96…\n+a=rtpmap:96 ulpfec/90000", "COD005")


def test_rtx_is_taken_away_with_all_that_is_said_of_it() -> None:
    text = changed(OFFER, "-a=fmtp:97…\n+a=fmtp:97 apt=120")
    [finding] = found("-a=fmtp:97…\n+a=fmtp:97 apt=120", "COD004")
    assert finding.fix is not None
    fixed = apply(parse(text), finding.fix)
    assert fixed.media[1].formats == ("96", "102")
    assert "97" not in [fmtp.format for fmtp in fixed.media[1].fmtps]


@pytest.mark.parametrize(
    ("fmtp", "profile", "pieces"),
    [
        ("profile-level-id=zzzzzz", Profile.SIP, ["profile-level-id=zzzzzz"]),
        ("packetization-mode=1; profile-level-id=42e0", Profile.WEBRTC, ["profile-level-id=42e0"]),
        ("profile-level-id=ffe01f", Profile.WEBRTC, ["profile-level-id=ffe01f"]),
        ("profile-level-id=42e0ff", Profile.WEBRTC, ["profile-level-id=42e0ff"]),
        ("profile-level-id=42e0ff", Profile.RTSP, []),
        ("profile-level-id=640C1F", Profile.WEBRTC, []),
    ],
)
def test_h264_profiles(fmtp: str, profile: Profile, pieces: list[str]) -> None:
    assert cited(f"{H264} {fmtp}", "COD008", profile) == pieces


@pytest.mark.parametrize(
    ("fmtp", "type", "severities"),
    [
        ("packetization-mode=3;profile-level-id=42e01f", "offer", [Severity.ERROR]),
        ("packetization-mode=x;profile-level-id=42e01f", "answer", [Severity.ERROR]),
        ("profile-level-id=42e01f", "offer", [Severity.WARNING]),
        ("profile-level-id=42e01f", "answer", []),
        ("packetization-mode=0;profile-level-id=42e01f", "offer", []),
    ],
)
def test_packetization_modes(fmtp: str, type: str, severities: list[Severity]) -> None:
    assert [finding.severity for finding in found(f"{H264} {fmtp}", "COD009", type=type)] == severities


def test_a_second_h264_in_mode_1_is_enough() -> None:
    change = (
        "-m=video…\n+m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103\n-a=rtpmap:102…\n+a=rtpmap:102 H264/90000\n"
        "+a=rtpmap:103 H264/90000\n+a=fmtp:103 profile-level-id=42e01f"
    )
    assert found(change, "COD009") == []


@pytest.mark.parametrize(
    ("codec", "fmtp", "code", "pieces"),
    [
        ("VP9", "profile-id=4", "COD011", ["profile-id=4"]),
        ("VP9", "profile-id=3", "COD011", []),
        ("AV1", "level-idx=32;profile=3;tier=2", "COD012", ["level-idx=32", "profile=3", "tier=2"]),
        ("AV1", "level-idx=31;profile=2;tier=1", "COD012", []),
        ("AV1X", "profile=0", "COD012", ["AV1X"]),
        ("H265", "tx-mode=SRST;level-id=93", "COD013", []),
        ("H265", "level-id=256;recv-sub-layer-id=7", "COD013", ["level-id=256", "recv-sub-layer-id=7"]),
        ("VP8", "max-fs=12288;max-fx=60", "COD018", ["max-fx=60"]),
        ("VP8", "x-google-max-bitrate=2500", "COD018", []),
        ("VP8", "max-fs=x", "COD017", ["max-fs=x"]),
    ],
)
def test_parameters(codec: str, fmtp: str, code: str, pieces: list[str]) -> None:
    assert cited(f"-a=rtpmap:96…\n+a=rtpmap:96 {codec}/90000\n+a=fmtp:96 {fmtp}", code) == pieces


@pytest.mark.parametrize(
    ("fmtp", "pieces"),
    [
        ("maxaveragebitrate=5999", ["maxaveragebitrate=5999"]),
        ("maxaveragebitrate=510001", ["maxaveragebitrate=510001"]),
        ("maxaveragebitrate=510000", []),
        ("stereo=yes", ["stereo=yes"]),
        ("useinbandfec=2; usedtx=1", ["useinbandfec=2"]),
    ],
)
def test_parameters_of_opus(fmtp: str, pieces: list[str]) -> None:
    assert cited(f"-a=fmtp:111…\n+a=fmtp:111 {fmtp}", "COD017") == pieces


@pytest.mark.parametrize(
    ("rate", "severities"),
    [(16000, [Severity.WARNING]), (8000, [Severity.NOTE]), (48000, [])],
)
def test_tones(rate: int, severities: list[Severity]) -> None:
    change = f"-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 0 110\n-a=rtpmap:0…\n+a=rtpmap:110 telephone-event/{rate}"
    assert [finding.severity for finding in found(change, "COD014")] == severities


@pytest.mark.parametrize(
    ("fmtp", "pieces"),
    [("111/111", []), ("111/120", ["120"]), ("x/y", ["x", "y"]), ("111/", [""])],
)
def test_red(fmtp: str, pieces: list[str]) -> None:
    change = (
        f"-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 0 63\n-a=rtpmap:0…\n+a=rtpmap:63 red/48000/2\n+a=fmtp:63 {fmtp}"
    )
    assert cited(change, "COD015") == pieces


def test_the_same_codec_with_other_parameters_is_another_one() -> None:
    change = (
        "-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 0 112\n-a=rtpmap:0…\n+a=rtpmap:112 opus/48000/2\n"
        "+a=fmtp:112 stereo=1"
    )
    assert found(change, "COD019") == []


def test_answers_may_lack_codecs_of_all() -> None:
    change = "-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 111"
    assert found(change, "COD020")
    assert found(change, "COD020", type="answer") == []
