"""Real descriptions, given to aiortc itself: what it fails at without help, it takes when adapted."""

import asyncio
from pathlib import Path

import pytest
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription

from sdpkit import SessionDescription, parse, validate
from sdpkit.peer.adapting import for_aiortc, from_aiortc, has_common_codec

FIXTURES = Path(__file__).parents[2] / "fixtures"
OFFERS = sorted(FIXTURES.glob("chromium/*offer.sdp")) + sorted(FIXTURES.glob("firefox/*offer.sdp"))
OFFERS += sorted(FIXTURES.glob("wrtc/*offer.sdp")) + sorted(FIXTURES.glob("aiortc/*offer.sdp"))


def fixture(name: str) -> SessionDescription:
    return parse((FIXTURES / name).read_bytes())


def answered(offer: SessionDescription, given: SessionDescription) -> SessionDescription:
    """aiortc's answer to an offer, of which it is given an adapted form."""

    async def main() -> SessionDescription:
        peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        try:
            await peer.setRemoteDescription(RTCSessionDescription(str(given), "offer"))
            return from_aiortc(parse((await peer.createAnswer()).sdp), offer)
        finally:
            await peer.close()

    return asyncio.run(main())


@pytest.mark.parametrize("path", OFFERS, ids=[f"{path.parent.name}/{path.name}" for path in OFFERS])
def test_every_offer_of_a_browser_is_answered_as_that_browser_takes_it(path: Path) -> None:
    offer = parse(path.read_bytes())
    answer = answered(offer, for_aiortc(offer))
    verdicts = validate(answer, "answer", against=offer).verdicts
    assert verdicts["chromium"].error is None
    assert [section.is_rejected for section in answer.media] == [
        offered.is_rejected or not has_common_codec(offered) for offered in offer.media
    ]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("chromium/audio.offer.sdp", "a=extmap:1 ", "a=extmap:9 urn:ietf:params:rtp-hdrext:encrypt "),
        ("chromium/audio.offer.sdp", "a=rtpmap:111 ", "a=fmtp:77 x=1\r\na=rtpmap:111 "),
        ("chromium/audio.offer.sdp", "c=IN IP4 0.0.0.0", "c=IN IP4 192.168.xxx.xxx"),
        ("chromium/audio.offer.sdp", "a=rtcp:9 IN IP4 0.0.0.0", "a=rtcp:9 IN IP4 a1b2.local"),
    ],
)
def test_what_aiortc_fails_at(name: str, old: str, new: str) -> None:
    offer = parse(str(fixture(name)).replace(old, new, 1))
    answer = answered(offer, for_aiortc(offer))
    assert validate(answer, "answer", against=offer).verdicts["chromium"].accepted


def test_directions_and_roles_of_the_session_hold_in_its_sections() -> None:
    text = str(fixture("chromium/audio.offer.sdp")).replace("a=sendrecv\r\n", "").replace("a=setup:actpass\r\n", "")
    adapted = for_aiortc(parse(text.replace("t=0 0\r\n", "t=0 0\r\na=recvonly\r\na=setup:active\r\n")))
    assert [(section.own_direction, section.get("setup")) for section in adapted.media] == [("recvonly", "active")]


def test_candidates_of_a_bundle_stand_in_all_of_its_sections() -> None:
    offer = fixture("chromium/audio_video_data.offer.sdp")
    first, *others = for_aiortc(offer).media
    assert first.candidates
    assert all(section.candidates == first.candidates for section in others)


def test_candidates_that_cannot_be_read_and_their_end_are_left_out() -> None:
    text = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=candidate:1 1 udp 1 192.0.2.1 5 typ host\r\n"
    adapted = for_aiortc(parse(f"{text}a=candidate:broken\r\na=end-of-candidates\r\n"))
    assert str(adapted) == f"{text}a=sendrecv\r\n"


def test_the_original_stays_as_it_was() -> None:
    offer = fixture("firefox/stop_1_offer_video_stopped.offer.sdp")
    before = str(offer)
    for_aiortc(offer)
    assert str(offer) == before
