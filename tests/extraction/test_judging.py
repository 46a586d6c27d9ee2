"""What is said of rounds."""

from sdpkit.extraction import Judgement, Round, exchanges, judge
from sdpkit.intake import find_descriptions
from tests.extraction.recordings import Call, answer, candidate, modern, offer, text

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


FIRST = "candidate:1 1 udp 2113937151 192.0.2.1 5000 typ host"
SECOND = "candidate:1 1 udp 2113937151 192.0.2.2 5000 typ host"


def bare(sdp: str) -> str:
    return "".join(line for line in sdp.splitlines(keepends=True) if not line.startswith("a=candidate"))


def test_pairs_are_those_of_the_recorded_side_with_what_followed() -> None:
    trickled = [candidate("onicecandidate", FIRST), candidate("addIceCandidate", SECOND)]
    for first, second in (
        (offer(bare(OFFER)), answer(bare(ANSWER))),
        (offer(bare(OFFER), "setRemoteDescription"), answer(bare(ANSWER), "setLocalDescription")),
    ):
        (judged,) = judgements(modern([first, second, *trickled]))
        assert judged.pairs is not None
        (checklist,) = judged.pairs.checklists
        ((ours, theirs),) = [(pair.local.address, pair.remote.address) for pair in checklist.pairs]
        assert (ours, theirs) == ("192.0.2.1", "192.0.2.2")


def test_candidates_stay_until_ice_restarts() -> None:
    first = [offer(bare(OFFER)), answer(bare(ANSWER))]
    trickled = [candidate("onicecandidate", FIRST), candidate("addIceCandidate", SECOND)]
    again = [offer(bare(NEXT_OFFER)), answer(bare(NEXT_ANSWER))]
    restart = [offer(bare(LATER_OFFER)), answer(bare(LATER_ANSWER))]
    judged = judgements(modern([*first, *trickled, *again, *restart]))
    works = [each.pairs and each.pairs.works for each in judged]
    assert works == [True, True, False]


def test_without_ice_there_are_no_pairs() -> None:
    sdp = text("sip/desk_phone.offer.sdp")
    (judged,) = judgements(modern([offer(sdp), answer(sdp.replace("o=", "o=x", 1))]))
    assert judged.pairs is None


def test_in_a_log_calls_may_follow_each_other() -> None:
    log = "".join(f"{type}:\n{sdp}\n\n" for type, sdp in (("offer", OFFER), ("answer", ANSWER), ("offer", LATER_OFFER)))
    _, judged = judgements(log)
    assert judged.offer is not None
    assert judged.offer.ice_restart is None
