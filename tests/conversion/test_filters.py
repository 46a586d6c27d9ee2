"""Descriptions with less in them are as right as they were before."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit import SDPError, parse, strategies, validate
from sdpkit.conversion import only_codecs, with_ends, without_tcp
from sdpkit.sdp.description import SessionDescription

FIXTURES = Path(__file__).parents[2] / "fixtures"
FILES = sorted(FIXTURES.glob("*/*.sdp"))
SESSION = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n"
VIDEO = (
    SESSION
    + """\
m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99 112 113 114
a=rtpmap:96 VP8/90000
a=rtcp-fb:96 nack pli
a=rtcp-fb:* transport-cc
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=rtpmap:98 H264/90000
a=fmtp:98 packetization-mode=1
a=rtpmap:99 rtx/90000
a=fmtp:99 apt=98
a=rtpmap:112 red/90000
a=rtpmap:113 rtx/90000
a=fmtp:113 apt=112
a=rtpmap:114 ulpfec/90000
a=imageattr:98 send [x=640,y=480]
a=rid:hi send pt=96,98
a=rid:lo send pt=98
a=simulcast:send hi;lo
a=ssrc-group:FID 1 2
a=ssrc:1 cname:x
a=ssrc:2 cname:x
""".replace("\n", "\r\n")
)


def errors(description: SessionDescription) -> set[str]:
    return {finding.code for finding in validate(description).errors}


def test_everything_of_other_codecs_goes() -> None:
    lines = [line.text for line in only_codecs(parse(VIDEO), ["vp8"]).media[0].lines]
    assert lines == [
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97 112 113 114",
        "a=rtpmap:96 VP8/90000",
        "a=rtcp-fb:96 nack pli",
        "a=rtcp-fb:* transport-cc",
        "a=rtpmap:97 rtx/90000",
        "a=fmtp:97 apt=96",
        "a=rtpmap:112 red/90000",
        "a=rtpmap:113 rtx/90000",
        "a=fmtp:113 apt=112",
        "a=rtpmap:114 ulpfec/90000",
        "a=rid:hi send pt=96",
        "a=simulcast:send hi",
        "a=ssrc-group:FID 1 2",
        "a=ssrc:1 cname:x",
        "a=ssrc:2 cname:x",
    ]


def test_redundancy_stays_only_with_what_it_holds() -> None:
    audio = (
        "m=audio 9 RTP/AVPF 63 111 0\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\n"
    )
    assert only_codecs(parse(SESSION + audio), ["OPUS"]).media[0].formats == ("63", "111")
    assert only_codecs(parse(SESSION + audio), ["PCMU"]).media[0].formats == ("0",)


def test_streams_that_nothing_can_carry_go() -> None:
    text = VIDEO.replace("a=rtpmap:99 rtx/90000\r\na=fmtp:99 apt=98\r\n", "").replace(" 112 113 114", "")
    section = only_codecs(parse(text), ["h264"]).media[0]
    assert "ssrc-group" not in section
    assert [source.ssrc for source in section.ssrcs] == [1]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["vp88"], "CNV003 no m-section has vp88; there are: VP8, rtx, H264, red, ulpfec"),
        (["rtx"], r"CNV004 m-section 0 \(video\) would have no codec left; it has VP8, rtx, H264, red, ulpfec"),
        ([], r"CNV004 m-section 0"),
    ],
)
def test_no_section_is_left_without_codecs(names: list[str], message: str) -> None:
    with pytest.raises(SDPError, match=message):
        only_codecs(parse(VIDEO), names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_filters_bring_no_new_errors(path: Path) -> None:
    description = parse(path.read_bytes())
    before = str(description)
    assert errors(without_tcp(description)) <= errors(description)
    for name in {codec.name for section in description.media for codec in section.codecs}:
        try:
            filtered = only_codecs(description, [name])
        except SDPError:
            continue  # another m-section has not got it
        assert errors(filtered) <= errors(description), name
    assert str(description) == before


@given(strategies.descriptions(), st.data())
def test_filters_bring_no_new_errors_anywhere(text: str, data: st.DataObject) -> None:
    description = parse(text)
    assert errors(without_tcp(description)) <= errors(description)
    names = sorted({codec.name for section in description.media for codec in section.codecs})
    if names:
        try:
            filtered = only_codecs(description, data.draw(st.sets(st.sampled_from(names), min_size=1)))
        except SDPError:
            return
        assert errors(filtered) <= errors(description)


@given(strategies.descriptions() | strategies.broken_texts())
def test_no_candidate_over_tcp_is_left(text: str) -> None:
    filtered = without_tcp(parse(text))
    found = [*filtered.candidates, *(each for section in filtered.media for each in section.candidates)]
    assert not any(candidate.transport.lower() == "tcp" for candidate in found)


@given(strategies.broken_texts(), st.sampled_from(["\r\n", "\n"]))
def test_line_ends(text: str, ending: str) -> None:
    changed = with_ends(parse(text), ending)
    assert {line.ending for line in changed.lines} <= {ending}
    assert [line.text for line in changed.lines] == [line.text for line in parse(text).lines]
