"""What one m-section of an offer and its answer agree on."""

import pytest

from sdpkit.offer_answer.agreement import AgreedSection, Side
from sdpkit.offer_answer.negotiation import negotiate
from sdpkit.rules.examples import ANSWER, OFFER, changed

OPUS = "a=rtpmap:{} opus/48000/2\n"
DATA = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\n"


def only(offer: str, answer: str) -> AgreedSection:
    (section,) = negotiate(offer, answer).sections
    return section


def audio(formats: str, more: str = "", port: int = 9) -> str:
    return f"m=audio {port} RTP/AVP {formats}\n{more}"


def listed(side: Side) -> list[int]:
    return [codec.payload_type for codec in side.codecs]


@pytest.mark.parametrize(
    ("offer", "answer", "verdict"),
    [
        (audio("0"), audio("0"), "audio PCMU 0→0 both ways"),
        (audio("0 8"), audio("8 0"), "audio PCMA 8→8 to the answerer, PCMU 0→0 to the offerer"),
        (audio("0"), audio("0", "a=recvonly\n"), "audio PCMU 0→0, offerer to answerer only"),
        (audio("0 8", "a=recvonly\n"), audio("8 0", "a=sendonly\n"), "audio PCMU 0→0, answerer to offerer only"),
        (audio("0"), audio("0", "a=inactive\n"), "audio PCMU 0→0, no media in either direction"),
        (audio("111", OPUS.format(111)), audio("109", OPUS.format(109)), "audio opus 111→109 both ways"),
        (audio("0"), audio("8"), "audio accepted, but no common codec"),
        (audio("13 0"), audio("13"), "audio accepted, but no common codec"),
        (audio("0"), audio("0", port=0), "audio rejected (port 0 in the answer)"),
        (audio("0"), audio("8", "a=rtpmap:8 PCMA/8000\n", port=0), "audio rejected (no common codec)"),
        (audio("0"), audio("0", "a=rtpmap:0 PCMU/8000\n", port=0), "audio rejected (port 0 in the answer)"),
        (audio("0", port=0), audio("0"), "audio rejected (port 0 in the offer)"),
        (audio("0"), "m=video 9 RTP/AVP 0\n", "audio rejected (video answers audio)"),
        (audio("0"), "m=audio nine RTP/AVP 0\n", "audio rejected (the m= line of the answer cannot be read)"),
        ("m=audio\n", audio("0"), "m-section rejected (the m= line of the offer cannot be read)"),
        (audio("0"), "", "audio rejected (the answer has no m-section for it)"),
        ("", audio("0"), "audio rejected (it was not offered)"),
        (audio("0"), "m=audio 9 udptl t38\n", "audio accepted, but udptl answers RTP/AVP"),
        ("m=image 9 udptl t38\n", "m=image 9 udptl t38\n", "image udptl accepted"),
        (DATA, f"{DATA}a=sctp-port:5000\n", "data channels"),
        (f"{DATA}a=sctp-port:5000\n", f"{DATA}a=sctp-port:5001\n", "data channels, SCTP 5000→5001"),
    ],
)
def test_verdicts(offer: str, answer: str, verdict: str) -> None:
    section = only(offer, answer)
    assert section.verdict == verdict
    assert section.accepted is ("rejected" not in verdict)
    assert (section.reason is None) is ("rejected" not in verdict and "but" not in verdict)


@pytest.mark.parametrize("offered", ["sendrecv", "sendonly", "recvonly", "inactive"])
@pytest.mark.parametrize("answered", ["sendrecv", "sendonly", "recvonly", "inactive"])
def test_directions_are_what_both_want(offered: str, answered: str) -> None:
    section = only(audio("0", f"a={offered}\n"), audio("0", f"a={answered}\n"))
    there = offered in ("sendrecv", "sendonly") and answered in ("sendrecv", "recvonly")
    back = answered in ("sendrecv", "sendonly") and offered in ("sendrecv", "recvonly")
    directions = {(True, True): "sendrecv", (True, False): "sendonly", (False, True): "recvonly"}
    assert section.offerer.direction == directions.get((there, back), "inactive")
    assert section.answerer.direction == directions.get((back, there), "inactive")
    assert bool(section.offerer.sends) == bool(section.answerer.receives) == there
    assert bool(section.answerer.sends) == bool(section.offerer.receives) == back


def test_each_side_sends_under_the_numbers_of_the_other() -> None:
    section = only(audio("111 0", OPUS.format(111)), audio("109 0", OPUS.format(109)))
    assert (listed(section.offerer), listed(section.answerer)) == ([111, 0], [109, 0])
    assert [codec.payload_type for codec in section.offerer.sends] == [109, 0]
    assert [codec.payload_type for codec in section.offerer.receives] == [111, 0]
    assert [codec.payload_type for codec in section.answerer.sends] == [111, 0]
    assert section.offerer.preferred == section.answerer.codecs[0]
    assert section.answerer.preferred == section.offerer.codecs[0]
    assert [(codec.offerer, codec.answerer) for codec in section.codecs] == [(111, 109), (0, 0)]


def test_where_media_flows_one_way_the_receiver_is_ready_for_all_that_it_listed() -> None:
    offer, answer = audio("111 0 8", OPUS.format(111)), audio("0 109 9", OPUS.format(109))
    there = only(f"{offer}a=sendonly\n", f"{answer}a=recvonly\n")
    assert (listed(there.offerer), listed(there.answerer)) == ([0, 111, 9], [0, 109, 9])
    back = only(f"{offer}a=recvonly\n", f"{answer}a=sendonly\n")
    assert (listed(back.offerer), listed(back.answerer)) == ([111, 0, 8], [109, 0, 8])
    for section in (there, back):
        assert [(codec.offerer, codec.answerer) for codec in section.codecs] == [(0, 0), (111, 109)]
    held = only(f"{offer}a=inactive\n", f"{answer}a=inactive\n")
    assert (listed(held.offerer), listed(held.answerer)) == ([0, 111], [0, 109])
    assert (held.offerer.preferred, held.answerer.preferred) == (None, None)


def test_nothing_is_sent_where_only_helpers_are_listed() -> None:
    section = only(audio("0 13"), audio("13"))
    assert (section.offerer.direction, section.offerer.sends) == ("sendrecv", ())
    assert [codec.payload_type for codec in section.answerer.sends] == [0, 13]


def test_the_receiver_says_what_is_preferred() -> None:
    section = only(audio("13 0 8"), audio("8 13 0"))
    assert section.offerer.preferred is not None
    assert section.answerer.preferred is not None
    assert (section.offerer.preferred.name, section.answerer.preferred.name) == ("PCMA", "PCMU")


def test_limits_are_those_of_the_other_side() -> None:
    section = only(audio("0", "b=TIAS:100\n"), audio("0", "b=TIAS:200\n"))
    assert (section.offerer.max_bitrate, section.answerer.max_bitrate) == (200, 100)
    data = only(f"{DATA}a=sctp-port:1\na=max-message-size:5\n", f"{DATA}a=sctp-port:2\na=max-message-size:0\n")
    assert (data.offerer.max_message_size, data.answerer.max_message_size) == (0, 5)
    assert (data.offerer.sctp_port, data.answerer.sctp_port) == (1, 2)
    assert data.offerer.direction is None


def test_simulcast_is_turned() -> None:
    offer = "a=sendonly\na=rid:h send\na=rid:l send\na=simulcast:send h;l\n"
    answer = "a=recvonly\na=rid:h recv\na=rid:l recv\na=simulcast:recv h;l\n"
    video = "m=video 9 RTP/AVP 96\na=rtpmap:96 VP8/90000\n"
    section = only(video + offer, video + answer)
    assert [stream[0].rid for stream in section.offerer.simulcast] == ["h", "l"]
    assert section.answerer.simulcast == ()


@pytest.mark.parametrize(
    ("offer", "answer", "mux", "reduced"),
    [("", "", True, False), ("-a=rtcp-mux", "", False, False), ("", "-a=rtcp-mux", False, False)],
)
def test_rtcp(offer: str, answer: str, mux: bool, reduced: bool) -> None:
    sections = negotiate(changed(OFFER, offer), changed(ANSWER, answer)).sections
    assert (sections[0].rtcp_mux, sections[0].rtcp_rsize) == (mux, reduced)
    assert sections[1].rtcp_rsize


def test_a_bundle_only_section_is_accepted_with_port_0() -> None:
    bundle_only = "a=bundle-only\na=mid:a\n"
    text = f"a=group:BUNDLE a\n{audio('0', bundle_only, port=0)}"
    assert only(text, text).accepted
