"""Why codecs fall out."""

import pytest

from sdpkit.offer_answer.codec_agreement import pair_codecs
from sdpkit.offer_answer.dropped_codecs import dropped_codecs
from sdpkit.sdp.parser import parse

HEAD = "m=audio 9 RTP/AVP"
OPUS = "a=rtpmap:111 opus/48000/2\n"


def reasons(offer: str, answer: str) -> dict[tuple[str, int], str]:
    (offered,), (answered,) = parse(offer).media, parse(answer).media
    dropped = dropped_codecs(offered, answered, pair_codecs(offered, answered))
    return {(codec.by, codec.payload_type): codec.reason for codec in dropped}


def video(*codecs: str) -> str:
    lines = (
        f"a=rtpmap:{96 + place} {codec.replace(' ', f'{chr(10)}a=fmtp:{96 + place} ')}\n"
        for place, codec in enumerate(codecs)
    )
    return f"m=video 9 RTP/AVP {' '.join(str(96 + place) for place in range(len(codecs)))}\n{''.join(lines)}"


@pytest.mark.parametrize(
    ("offered", "answered", "reason"),
    [
        ("VP8/90000", "VP9/90000", "not in the answer"),
        ("VP9/90000 profile-id=2", "VP9/90000", "profile-id 2, in the answer 0"),
        ("AV1/90000", "AV1/90000 profile=1", "profile 0, in the answer 1"),
        ("H264/90000 profile-level-id=640c1f", "H264/90000 profile-level-id=42e01f",
         "profile Constrained High, in the answer Constrained Baseline"),
        ("H264/90000 packetization-mode=1", "H264/90000", "packetization-mode 1, in the answer 0"),
        ("H265/90000 tier-flag=1;tx-mode=MRST", "H265/90000",
         "tier-flag 1, in the answer 0, tx-mode MRST, in the answer SRST"),
        ("opus/48000/2", "opus/24000/2", "clock rate 48000, in the answer 24000"),
        ("L16/44100/2", "L16/44100", "channels 2, in the answer 1"),
        ("rtx/90000 apt=97", "rtx/90000 apt=97", "what it is for is not agreed"),
    ],
)  # fmt: skip
def test_reasons(offered: str, answered: str, reason: str) -> None:
    assert reasons(video(offered), video(answered))["offerer", 96] == reason


def test_the_nearest_codec_of_the_name_counts() -> None:
    answer = video("H264/90000 profile-level-id=4d001f", "H264/90000 profile-level-id=4d001f;packetization-mode=1")
    found = reasons(video("H264/90000 profile-level-id=42e01f;packetization-mode=1"), answer)
    assert found["offerer", 96] == "profile Constrained Baseline, in the answer Main"
    assert found["answerer", 96].startswith("profile Main, in the offer Constrained Baseline")


def test_more_than_one_of_a_kind() -> None:
    found = reasons(video("VP8/90000", "VP8/90000"), video("VP8/90000"))
    assert found == {("offerer", 97): "the answer has fewer VP8 of this kind"}


def test_a_retransmission_that_only_one_side_has() -> None:
    offer = video("VP8/90000", "rtx/90000 apt=96", "VP9/90000", "rtx/90000 apt=98")
    answer = video("VP8/90000", "VP9/90000", "rtx/90000 apt=97")
    found = reasons(offer, answer)
    assert found == {("offerer", 97): "the answer has no rtx for 96"}


def test_numbers_that_mean_nothing() -> None:
    found = reasons(f"{HEAD} 0 99 200 x\n", f"{HEAD} 0 98\n")
    assert found == {
        ("offerer", 99): "no a=rtpmap says what it is",
        ("answerer", 98): "no a=rtpmap says what it is",
    }


def test_what_was_not_offered() -> None:
    assert reasons(f"{HEAD} 0\n", f"{HEAD} 0 111\n{OPUS}") == {("answerer", 111): "not in the offer"}
