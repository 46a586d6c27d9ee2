"""The rules of mids and groups, where two examples do not show enough."""

import pytest

from sdpkit.finding import Finding, Severity
from sdpkit.rules import Profile, validate
from sdpkit.rules.examples import ANSWER, OFFER, changed
from sdpkit.rules.fixing import apply
from sdpkit.sdp.parser import parse


def found(change: str, code: str, text: str = OFFER) -> list[Finding]:
    type = "answer" if text is ANSWER else "offer"
    report = validate(changed(text, change), type, profile=Profile.WEBRTC, pedantic=True)
    return [finding for finding in report.findings if finding.code == code]


def cited(change: str, code: str) -> list[str]:
    """The pieces of the text that the findings of a code are about."""
    lines = parse(changed(OFFER, change)).lines
    spans = [finding.span for finding in found(change, code)]
    return [lines[span.line - 1].text[span.start - 1 : span.end - 1] for span in spans]


def group(mids: str) -> str:
    return f"-a=group:…\n+a=group:BUNDLE {mids}"


@pytest.mark.parametrize(
    ("change", "code", "pieces"),
    [
        (group("0 1 2 9"), "BUN005", ["9"]),
        (group("9 0 8 1 2"), "BUN005", ["9", "8"]),
        (f"{group('0 1 2')}\n+a=group:LS 0 9", "BUN005", ["9"]),
        (group("0 1 1 2 1"), "BUN006", ["1", "1"]),
        (f"{group('0 1')}\n+a=group:BUNDLE 2 1 0", "BUN007", ["1", "0"]),
        ("-a=mid:2\n+a=mid:0", "BUN001", ["0"]),
        ("-a=mid:2\n+a=mid:a b", "BUN004", ["a b"]),
        ("-a=mid:2\n+a=mid:audio-and-video-1", "BUN003", ["audio-and-video-1"]),
        ("-a=mid:2\n+a=mid:audio-and-video1", "BUN003", []),
        (f"{group('')}", "BUN018", ["a=group:BUNDLE "]),
    ],
)
def test_places(change: str, code: str, pieces: list[str]) -> None:
    assert cited(change, code) == pieces


def test_groups_that_are_no_bundle_are_less_bad() -> None:
    (finding,) = found(f"{group('0 1 2')}\n+a=group:LS 0 9", "BUN005")
    assert finding.severity is Severity.WARNING


def test_a_rejected_tag_is_worse_in_an_answer() -> None:
    change = "-m=audio…\n+m=audio 0 UDP/TLS/RTP/SAVPF 111 0"
    assert [finding.severity for finding in found(change, "BUN008")] == [Severity.WARNING]
    assert [finding.severity for finding in found(change, "BUN008", ANSWER)] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        (group("0 1 9 2"), "BUN005", "a=group:BUNDLE 0 1 2"),
        (group("0 1 1 2"), "BUN006", "a=group:BUNDLE 0 1 2"),
        ("-m=video…\n+m=video 0 UDP/TLS/RTP/SAVPF 96 97 102", "BUN009", "a=group:BUNDLE 0 2"),
        ("-m=audio…\n+m=audio 0 UDP/TLS/RTP/SAVPF 111 0", "BUN008", "a=group:BUNDLE 1 2"),
        ("-a=group:…", "BUN017", "a=group:BUNDLE 0 1 2"),
        ("-a=mid:1", "BUN002", "a=mid:1"),
        ("-a=group:…\n-a=mid:0\n+a=mid:0\n+a=group:BUNDLE 0 1 2", "BUN018", "a=group:BUNDLE 0 1 2"),
    ],
)
def test_fixes(change: str, code: str, line: str) -> None:
    (finding,) = found(change, code)
    text = changed(OFFER, change)
    assert finding.fix is not None
    fixed = apply(parse(text), finding.fix)
    assert line in [found.text for found in parse(str(fixed)).lines]
    assert not [found for found in validate(str(fixed), "offer", pedantic=True).findings if found.code == code]


def test_a_colliding_payload_type_gets_another_number_everywhere() -> None:
    change = (
        "-m=video…\n+m=video 9 UDP/TLS/RTP/SAVPF 111 97 102\n-a=rtpmap:96…\n+a=rtpmap:111 VP8/90000\n"
        "-a=rtcp-fb:96 nack\n+a=rtcp-fb:111 nack\n-a=rtcp-fb:96 nack pli\n-a=fmtp:97…\n+a=fmtp:97 apt=111"
    )
    (finding,) = found(change, "BUN013")
    assert finding.fix is not None
    assert not finding.fix.safe
    assert [edit.text for edit in finding.fix.edits] == [
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97 102",
        "a=rtpmap:96 VP8/90000",
        "a=rtcp-fb:96 nack",
        "a=fmtp:97 apt=96",
    ]


def test_the_same_codec_may_have_the_same_payload_type() -> None:
    more = OFFER.partition("m=video")[2].partition("m=application")[0].replace("a=mid:1", "a=mid:3")
    text = OFFER.replace("BUNDLE 0 1 2", "BUNDLE 0 1 2 3") + f"m=video{more}".replace("42e01f", "42e034")
    assert not [finding for finding in validate(text, "offer").findings if finding.code == "BUN013"]
    other = text[: text.index("a=mid:3")] + text[text.index("a=mid:3") :].replace("42e034", "640c1f")
    assert [finding.code for finding in validate(other, "offer").findings if finding.code == "BUN013"] == ["BUN013"]


def test_a_mid_may_be_written_twice_in_one_section() -> None:
    findings = validate(changed(OFFER, "-a=mid:2\n+a=mid:2\n+a=mid:2"), "offer").findings
    [finding] = [finding for finding in findings if finding.code == "BUN001"]
    assert finding.message == 'this section has the mid "2" already'
    assert finding.fix is not None
