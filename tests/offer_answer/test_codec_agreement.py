"""Which codecs two m-sections agree on."""

import pytest

from sdpkit.offer_answer.codec_agreement import describe, pair_codecs
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.parser import parse


def section(*codecs: str, kind: str = "video", more: str = "") -> MediaDescription:
    """An m-section with codecs such as `96 VP8/90000 max-fs=1`: payload type, rtpmap, parameters."""
    numbers = " ".join(codec.split(" ")[0] for codec in codecs)
    text = f"m={kind} 9 RTP/AVPF {numbers}\n"
    for codec in codecs:
        number, _, rest = codec.partition(" ")
        rtpmap, _, fmtp = rest.partition(" ")
        text += f"a=rtpmap:{number} {rtpmap}\n" * bool(rtpmap) + f"a=fmtp:{number} {fmtp}\n" * bool(fmtp)
    return parse(text + more).media[0]


def numbers(offered: MediaDescription, answered: MediaDescription) -> list[tuple[int, int]]:
    return [(pair.offered.payload_type, pair.answered.payload_type) for pair in pair_codecs(offered, answered)]


VP8, RTX = "96 VP8/90000", "97 rtx/90000 apt=96"


@pytest.mark.parametrize(
    ("offered", "answered", "agreed"),
    [
        (("0", "8"), ("8", "0"), [(8, 8), (0, 0)]),
        (("0", "8"), ("18",), []),
        (("96 VP8/90000",), ("120 vp8/90000",), [(96, 120)]),
        # the same number first, then the order of the offer, and each once
        (("96 VP8/90000", "97 VP8/90000"), ("97 VP8/90000", "98 VP8/90000", "99 VP8/90000"), [(97, 97), (96, 98)]),
        # a number that means something else on the other side
        (("96 VP8/90000", "98 VP9/90000"), ("98 VP8/90000", "96 VP9/90000"), [(96, 98), (98, 96)]),
        ((VP8, RTX), ("100 VP8/90000", "101 rtx/90000 apt=100"), [(96, 100), (97, 101)]),
        ((VP8, RTX), ("100 VP8/90000", "97 rtx/90000 apt=96"), [(96, 100)]),
        ((VP8, RTX), (RTX,), []),
        ((VP8, RTX), (VP8, "97 rtx/90000"), [(96, 96)]),
        # an rtx of red
        ((VP8, "118 red/90000", "119 rtx/90000 apt=118"), (VP8, "119 rtx/90000 apt=118"), [(96, 96)]),
    ],
)
def test_pairs(offered: tuple[str, ...], answered: tuple[str, ...], agreed: list[tuple[int, int]]) -> None:
    assert numbers(section(*offered), section(*answered)) == agreed


@pytest.mark.parametrize(
    ("offered", "answered", "agreed"),
    [
        ("63 red/48000/2 111/111", "63 red/48000/2 111/111", True),
        ("63 red/48000/2 111/111", "63 red/48000/2 111/111/111", True),
        ("63 red/48000/2 111/111", "63 red/48000/2", True),
        ("63 red/48000/2 111/111", "63 red/48000/2 9/9", False),
        ("63 red/48000/2 111/9", "63 red/48000/2 111/111", False),
        ("63 red/48000/2 8/8", "63 red/48000/2 8/8", False),
    ],
)
def test_red_is_agreed_with_what_is_in_it(offered: str, answered: str, agreed: bool) -> None:
    others = "111 opus/48000/2", "9 G722/8000"
    pairs = numbers(section(*others, offered, kind="audio"), section(*others, answered, kind="audio"))
    assert ((63, 63) in pairs) is agreed


def test_feedback_and_retransmission_are_what_both_have() -> None:
    offered = section(VP8, RTX, more="a=rtcp-fb:96 nack\na=rtcp-fb:96 nack pli\na=rtcp-fb:* ccm fir\n")
    answered = section("100 VP8/90000", "101 rtx/90000 apt=100", more="a=rtcp-fb:100 ccm fir\na=rtcp-fb:* nack pli\n")
    vp8, rtx = pair_codecs(offered, answered)
    assert [str(kind) for kind in vp8.offered.feedback] == ["nack pli", "ccm fir"]
    assert [str(kind) for kind in vp8.answered.feedback] == ["ccm fir", "nack pli"]
    assert (vp8.offered.rtx, vp8.answered.rtx, rtx.offered.rtx) == (97, 101, None)
    (alone,) = pair_codecs(offered, section("100 VP8/90000"))
    assert (alone.offered.rtx, alone.answered.rtx) == (None, None)


def test_audio_has_one_channel_where_nothing_is_said() -> None:
    (pcmu,) = pair_codecs(section("0 PCMU/8000", kind="audio"), section("0", kind="audio"))
    assert (pcmu.offered.channels, pcmu.answered.channels) == (1, 1)
    (vp8,) = pair_codecs(section(VP8), section(VP8))
    assert vp8.offered.channels is None


@pytest.mark.parametrize(
    ("codecs", "other", "remark"),
    [
        (("111 opus/48000/2", "126 telephone-event/8000"), "126 telephone-event/8000", "no agreed codec has its clock"),
        (("0", "126 telephone-event/8000"), "126 telephone-event/8000", None),
        (("0", "126 telephone-event/8000 0-15"), "126 telephone-event/8000 66", "no event in common"),
        (("0", "126 telephone-event/8000"), "126 telephone-event/8000 15-20", None),
        (("111 opus/48000/2", "13"), "13", "no agreed codec has its clock"),
        ((VP8, "120 ulpfec/90000"), "120 ulpfec/90000", "it needs red"),
        ((VP8, "118 red/90000", "120 ulpfec/90000"), "120 ulpfec/90000", None),
    ],
)
def test_what_is_of_no_use(codecs: tuple[str, ...], other: str, remark: str | None) -> None:
    pairs = pair_codecs(section(*codecs, kind="audio"), section(*codecs[:-1], other, kind="audio"))
    *others, last = describe(pairs)
    assert [codec.remark for codec in others] == [None] * len(others)
    assert (last.remark or "").startswith(remark) if remark else last.remark is None
