"""What an offer and its answer agree on, and what holds for any two texts."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sdpkit
from sdpkit import parse, strategies
from sdpkit.offer_answer.agreement import AgreedSection, Negotiation
from sdpkit.offer_answer.matching import meanings
from sdpkit.offer_answer.negotiation import negotiate
from sdpkit.rules.examples import ANSWER, OFFER, changed

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAIRS = [
    (offer, Path(str(offer).replace(".offer.", ".answer.")))
    for offer in sorted(FIXTURES.glob("*/*.offer.sdp"))
    if Path(str(offer).replace(".offer.", ".answer.")).exists()
]
OFFER_TEXT, ANSWER_TEXT = changed(OFFER, ""), changed(ANSWER, "")
MIRRORED = {"sendrecv": "sendrecv", "sendonly": "recvonly", "recvonly": "sendonly", "inactive": "inactive", None: None}


def section_of(text: str, kind: str) -> str:
    """The text of one m-section."""
    return next(str(section) for section in parse(text).media if section.kind == kind)


def test_a_browser_and_its_peer() -> None:
    found = sdpkit.negotiate(parse(OFFER_TEXT), ANSWER_TEXT)
    assert found.works
    assert [(section.index, section.mid, section.kind) for section in found.sections] == [
        (0, "0", "audio"),
        (1, "1", "video"),
        (2, "2", "application"),
    ]
    assert [section.verdict for section in found.sections] == [
        "audio opus 111→111 both ways",
        "video VP8 96→96 both ways",
        "data channels, SCTP 5000→5000",
    ]
    assert (found.problems, found.notes) == ((), ())
    assert found.dtls == found.transports[0].dtls
    assert found.ice == found.transports[0].ice


def test_data_has_the_names_of_the_attributes() -> None:
    data = msgspec.to_builtins(negotiate(OFFER_TEXT, ANSWER_TEXT))
    audio = data["sections"][0]
    assert audio["offerer"]["codecs"][0] == {
        "payload_type": 111,
        "name": "opus",
        "clock_rate": 48000,
        "channels": 2,
        "fmtp": "minptime=10;useinbandfec=1",
        "feedback": (),
        "rtx": None,
    }
    assert audio["answerer"]["extensions"][0] == {
        "id": 1,
        "uri": "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
        "encrypted": False,
    }
    assert data["dtls"] == {"client": "answerer", "server": "offerer"}
    assert data["ice"]["controlling"] == "offerer"
    assert data["bundle"] == ({"mids": ("0", "1", "2"), "tagged": "0"},)


def test_an_answer_with_fewer_sections_is_matched_by_mids() -> None:
    without_video = ANSWER_TEXT.replace(section_of(ANSWER_TEXT, "video"), "")
    found = negotiate(OFFER_TEXT, without_video)
    assert [section.accepted for section in found.sections] == [True, False, True]
    assert found.sections[1].reason == "the answer has no m-section for it"
    assert found.notes == ("the offer has 3 m-sections, the answer 2",)
    assert found.works


def test_without_mids_places_count() -> None:
    found = negotiate("m=audio 9 RTP/AVP 0\nm=audio 9 RTP/AVP 8\n", "m=audio 9 RTP/AVP 0\n")
    assert [section.accepted for section in found.sections] == [True, False]


def test_more_sections_than_offered() -> None:
    found = negotiate(OFFER_TEXT.replace(section_of(OFFER_TEXT, "video"), ""), ANSWER_TEXT)
    assert [section.reason for section in found.sections] == [None, "video answers application", "it was not offered"]


def test_another_mid_is_said() -> None:
    found = negotiate(OFFER_TEXT, ANSWER_TEXT.replace("a=mid:1", "a=mid:x"))
    assert "m-section 1: mid x answers mid 1" in found.notes


def test_declined_simulcast_is_said() -> None:
    offer = OFFER_TEXT.replace("a=mid:1\r\n", "a=mid:1\r\na=rid:h send\r\na=simulcast:send h\r\n")
    assert negotiate(offer, ANSWER_TEXT).notes == (
        "m-section 1: simulcast was offered and not taken; one stream is left",
    )


@pytest.mark.parametrize(
    ("offer", "answer", "problem"),
    [
        ("", "", "no m-section is accepted"),
        ("m=audio 9 RTP/AVP 0\n", "m=audio 0 RTP/AVP 0\n", "no m-section is accepted"),
        (OFFER_TEXT, OFFER_TEXT, "m-section 0: the answer says setup:actpass and leaves open who begins the DTLS"),
    ],
)
def test_why_nothing_works(offer: str, answer: str, problem: str) -> None:
    found = negotiate(offer, answer)
    assert not found.works
    (said,) = found.problems
    assert said.startswith(problem)


def test_each_accepted_section_must_have_something_in_common() -> None:
    audio, video = "m=audio 9 RTP/AVP 0\n", "m=video 9 RTP/AVP 31\n"
    assert negotiate(audio + video, audio + video).works
    assert negotiate(audio + video, audio + video.replace("9", "0", 1)).works
    found = negotiate(audio + video, audio + video.replace("31", "34"))
    assert (found.works, found.problems, found.sections[1].reason) == (False, (), "no common codec")


@pytest.mark.parametrize(("offer", "answer"), PAIRS, ids=[offer.stem for offer, _ in PAIRS])
def test_fixtures_agree_on_something(offer: Path, answer: Path) -> None:
    found = negotiate(parse(offer.read_bytes()), parse(answer.read_bytes()))
    assert found.works is any(section.accepted for section in found.sections)
    check(found, offer.read_text("utf-8", "replace"), answer.read_text("utf-8", "replace"))


# --- properties ---


def check(found: Negotiation, offer: str, answer: str) -> None:
    """What holds for any exchange."""
    offered, answered = parse(offer).media, parse(answer).media
    assert [section.index for section in found.sections] == list(range(max(len(offered), len(answered))))
    accepted = [section.index for section in found.sections if section.accepted]
    assert sorted(index for transport in found.transports for index in transport.sections) == accepted
    for section in found.sections:
        assert section.offerer.direction == MIRRORED[section.answerer.direction]
        assert [each.uri for each in section.offerer.extensions] == [each.uri for each in section.answerer.extensions]
        assert section.accepted is (section.transport is not None)
        if section.codecs or section.dropped:
            check_codecs(section, meanings(offered[section.index]), meanings(answered[section.index]))


def check_codecs(section: AgreedSection, offered: dict[int, object], answered: dict[int, object]) -> None:
    """Every payload type is agreed or dropped, once and with a reason; what is agreed is the same on both sides."""
    for side, known in (("offerer", offered), ("answerer", answered)):
        agreed = [getattr(codec, side) for codec in section.codecs]
        dropped = [codec.payload_type for codec in section.dropped if codec.by == side and codec.name is not None]
        assert sorted(agreed + dropped) == sorted(known)
    assert all(offered[codec.offerer] == answered[codec.answerer] for codec in section.codecs)
    assert all(codec.reason for codec in section.dropped)


DESCRIPTIONS = st.one_of(
    st.just(OFFER_TEXT), st.just(ANSWER_TEXT), strategies.descriptions(), strategies.broken_texts(), st.text()
)


@given(DESCRIPTIONS, DESCRIPTIONS)
def test_any_two_texts(offer: str, answer: str) -> None:
    found = negotiate(offer, answer)
    assert found == negotiate(parse(offer), parse(answer))
    if len(parse(offer).media) == len(parse(answer).media):
        check(found, offer, answer)


@given(strategies.descriptions())
def test_a_description_agrees_with_itself_on_all_codecs(text: str) -> None:
    for section in negotiate(text, text).sections:
        assert not [codec for codec in section.dropped if codec.name and codec.reason == "not in the answer"]
        assert section.dropped_extensions == ()
