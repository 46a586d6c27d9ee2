"""Which codecs are the same."""

import pytest

from sdpkit.offer_answer.matching import meanings
from sdpkit.sdp.parser import parse


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("opus/48000/2", "OPUS/48000/2", True),
        ("opus/48000", "opus/48000/2", True),
        ("L16/44100", "L16/44100/1", True),
        ("L16/44100", "L16/44100/2", False),
        ("PCMU/8000", "PCMU/16000", False),
        ("H264/90000", "H264/90000 packetization-mode=0", True),
        ("H264/90000", "H264/90000 packetization-mode=1", False),
        ("H264/90000 profile-level-id=42e01f", "H264/90000 profile-level-id=4de034", True),
        ("H264/90000 profile-level-id=42e01f", "H264/90000 profile-level-id=42001f", False),
        ("H264/90000 profile-level-id=abcdef", "H264/90000 profile-level-id=ABCD00", True),
        ("VP9/90000", "VP9/90000 profile-id=0", True),
        ("VP9/90000", "VP9/90000 profile-id=2", False),
        ("AV1/90000 level-idx=5", "AV1/90000 profile=0", True),
        ("AV1/90000", "AV1/90000 profile=1", False),
        ("H265/90000 level-id=93", "H265/90000 profile-id=1", True),
        ("H265/90000", "H265/90000 tier-flag=1", False),
        ("VP8/90000 max-fs=1", "VP8/90000", True),
    ],
)
def test_codecs_that_are_the_same(one: str, other: str, same: bool) -> None:
    def meaning(codec: str) -> object:
        rtpmap, _, fmtp = codec.partition(" ")
        parameters = f"a=fmtp:100 {fmtp}\n" if fmtp else ""
        (section,) = parse(f"m=video 9 RTP/AVP 100\na=rtpmap:100 {rtpmap}\n{parameters}").media
        return meanings(section)[100]

    assert (meaning(one) == meaning(other)) is same


def test_a_retransmission_is_that_of_a_codec() -> None:
    text = "m=video 9 RTP/AVP 96 97\na=rtpmap:96 VP8/90000\na=rtpmap:97 rtx/90000\na=fmtp:97 apt=96\n"
    (one,), (other,) = (parse(given).media for given in (text, text.replace("96", "100").replace("97", "101")))
    assert meanings(one)[97] == meanings(other)[101]
    (itself,) = parse(text.replace("apt=96", "apt=97")).media
    assert meanings(itself)[97] != meanings(one)[97]
