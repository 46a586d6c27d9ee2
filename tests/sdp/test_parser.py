"""Whole texts: every fixture comes back as it was, strictness, limits."""

from pathlib import Path

import pytest

from sdpkit import Limits, SDPError, Severity, parse

FIXTURES = Path(__file__).parents[2] / "fixtures"
FILES = sorted(
    path for path in FIXTURES.glob("*/*") if path.suffix in (".sdp", ".txt") and path.parent.name != "broken"
)

# The fixtures in which something cannot be read as it should, as their READMEs say: line, first column, code.
BROKEN = {
    "aiortc/empty_offer.offer.sdp": [(5, 15, "SYN011")],
    "werift/simulcast_recv.offer.sdp": [(28, 26, "SYN011")],
    "rtsp/sloppy_wrong_track.sdp": [(9, 9, "SES009"), (17, 1, "SYN008")],
    "tutorial/lost_line_breaks.txt": [(1, 3, "SYN029")],
}
OFFER = "v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_fixtures(path: Path) -> None:
    data = path.read_bytes()
    description = parse(data)
    assert bytes(description) == data
    assert str(description) == data.decode()
    assert "".join(map(str, [*description.session_lines, *description.media])) == data.decode()
    found = [(finding.span.line, finding.span.start, finding.code) for finding in description.findings]
    assert found == BROKEN.get(f"{path.parent.name}/{path.name}", [])


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_strict_fixtures(path: Path) -> None:
    data = path.read_bytes()
    if any(finding.severity is Severity.ERROR for finding in parse(data).findings):
        with pytest.raises(SDPError):
            parse(data, strict=True)
    else:
        assert bytes(parse(data, strict=True)) == data


def test_strict_says_everything() -> None:
    with pytest.raises(SDPError) as caught:
        parse(OFFER + "a=mid:0 \r\na=mid:a b\r\n", strict=True)
    assert [finding.code for finding in caught.value.findings] == ["SYN011", "SYN029"]
    assert str(caught.value).splitlines()[0] == "6:8: warning SYN011 blanks at the end of the line"


def test_strict_allows_warnings() -> None:
    assert str(parse(OFFER + "a=mid:0 \r\n", strict=True)) == OFFER + "a=mid:0 \r\n"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(characters=len(OFFER) - 1), "SYN025"),
        (Limits(lines=4), "SYN026"),
        (Limits(line_length=23), "SYN027"),
        (Limits(len(OFFER), 5, 24), None),
    ],
)
def test_limits(limits: Limits, code: str | None) -> None:
    if code is None:
        assert str(parse(OFFER, limits=limits)) == OFFER
    else:
        with pytest.raises(SDPError) as caught:
            parse(OFFER, limits=limits)
        assert [finding.code for finding in caught.value.findings] == [code]


@pytest.mark.parametrize("odd", "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
def test_nothing_hides_in_a_line(odd: str) -> None:
    description = parse(f"v=0\r\ns=A{odd}a=ice-lite{odd}m=video 9 X 1\r\n")
    assert not description.ice_lite
    assert description.media == ()
    assert description.name == f"A{odd}a=ice-lite{odd}m=video 9 X 1"


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("m=audio 9 RTP/AVP 0\nm=\nm=video\n", ["audio", "", ""]),
        (" m=audio 9 RTP/AVP 0\n", []),
        ("M=audio 9 RTP/AVP 0\n", []),
        ("v=0 m=audio 9 RTP/AVP 0\n", []),
        ("a=m=audio 9 RTP/AVP 0\nm=image 9 udptl t38\rm=x-foo 9 X 1", ["image", "x-foo"]),
    ],
)
def test_sections(text: str, sections: list[str]) -> None:
    assert [section.kind for section in parse(text).media] == sections


def test_bytes_that_are_no_utf8() -> None:
    description = parse(b"v=0\r\ns=caf\xe9\r\n")
    assert description.name == "caf\udce9"
    assert description.findings == ()
    description.set("i=", description.name)
    assert bytes(description) == b"v=0\r\ns=caf\xe9\r\ni=caf\xe9\r\n"


def test_bytes_of_any_text() -> None:
    assert bytes(parse("s=\ud800"))


def test_many_lines() -> None:
    lines = [f"a=ssrc:{number} cname:x\r\n" for number in range(2_000)]
    description = parse(OFFER + "".join(lines))
    assert len(description.media[0].ssrcs) == 2_000
    description.media[0].ssrc_attributes = description.media[0].ssrc_attributes[1:]
    assert str(description) == OFFER + "".join(lines[1:])


def test_messages_are_short() -> None:
    (finding,) = parse("v=" + "x" * 100_000).findings
    assert len(finding.message) < 300
