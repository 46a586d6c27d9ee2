"""What is said of rounds."""

from sdpkit.extraction import Judgement, Round, exchanges, judge
from sdpkit.intake import find_descriptions
from tests.extraction.recordings import Call, answer, modern, offer, text

OFFER, ANSWER = text("chromium/icerestart_0.offer.sdp"), text("chromium/icerestart_0.answer.sdp")
LATER_OFFER, LATER_ANSWER = text("chromium/icerestart_1.offer.sdp"), text("chromium/icerestart_1.answer.sdp")
NEXT_OFFER = OFFER.replace(" 2 IN IP4 127.0.0.1", " 3 IN IP4 127.0.0.1", 1)
NEXT_ANSWER = ANSWER.replace(" 2 IN IP4 127.0.0.1", " 3 IN IP4 127.0.0.1", 1)


def judgements(recording: str) -> list[Judgement]:
    (connection,) = exchanges(find_descriptions(recording))
    rounds = judge(connection).rounds
    assert all(isinstance(each, Round) and each.judgement for each in rounds)
    return [each.judgement for each in rounds if each.judgement]


def restarts(*calls: Call) -> list[tuple[bool | None, bool | None]]:
    return [
        (each.offer.ice_restart if each.offer else None, each.answer.ice_restart if each.answer else None)
        for each in judgements(modern(calls))
    ]


def test_ice_restarts() -> None:
    first, second = (offer(OFFER), answer(ANSWER)), (offer(LATER_OFFER), answer(LATER_ANSWER))
    assert restarts(*first, *second) == [(None, None), (True, True)]
    assert restarts(*first, offer(NEXT_OFFER), answer(NEXT_ANSWER)) == [(None, None), (False, False)]
    # an offer that nobody answered changes nothing
    assert restarts(*first, offer(LATER_OFFER), offer(NEXT_OFFER), answer(NEXT_ANSWER)) == [
        (None, None),
        (True, None),
        (False, False),
    ]
    # the sides change their parts
    assert restarts(
        *first, offer(LATER_ANSWER.replace("a=setup:active", "a=setup:actpass"), "setRemoteDescription")
    ) == [
        (None, None),
        (True, None),
    ]


def test_edits_between_created_and_set() -> None:
    munged = OFFER.replace("useinbandfec=1", "useinbandfec=1;stereo=1", 1)
    (judged,) = judgements(modern([offer(OFFER, "createOfferOnSuccess"), offer(munged), answer(ANSWER)]))
    assert judged.offer is not None
    assert judged.offer.mungings == ("AudioCodecsFmtpOpusStereo",)
    (judged,) = judgements(modern([offer(OFFER, "createOfferOnSuccess"), offer(OFFER), answer(ANSWER)]))
    assert judged.offer is not None
    assert judged.offer.mungings == ()


def test_an_answer_is_checked_against_its_offer() -> None:
    (judged,) = judgements(modern([offer(OFFER), answer(ANSWER.replace("a=setup:active", "a=setup:actpass"))]))
    assert judged.answer is not None
    assert {finding.code for finding in judged.answer.report.errors} == {"OAN020"}
    assert judged.negotiation is not None
    assert [section.mid for section in judged.negotiation.sections] == ["0", "1", "2"]


def test_an_offer_is_checked_against_what_its_side_said_before() -> None:
    other_codec = NEXT_OFFER.replace("a=rtpmap:111 opus/48000/2", "a=rtpmap:111 G722/8000")
    _, judged = judgements(modern([offer(OFFER), answer(ANSWER), offer(other_codec)]))
    assert judged.offer is not None
    assert "OAN054" in {finding.code for finding in judged.offer.report.errors}
    assert (judged.answer, judged.negotiation) == (None, None)


def test_in_a_log_calls_may_follow_each_other() -> None:
    log = "".join(f"{type}:\n{sdp}\n\n" for type, sdp in (("offer", OFFER), ("answer", ANSWER), ("offer", LATER_OFFER)))
    _, judged = judgements(log)
    assert judged.offer is not None
    assert judged.offer.ice_restart is None
