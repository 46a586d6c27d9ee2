"""Which offers and answers were exchanged, out of recordings of every kind."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit.extraction import PeerConnection, Side, exchanges
from sdpkit.intake import Find, Kind, find_descriptions, find_in_stream
from tests.extraction.recordings import (
    FIXTURES,
    START,
    Call,
    answer,
    candidate,
    har,
    legacy,
    middle,
    modern,
    offer,
    rtcstats,
    sip,
    text,
)

OFFER, ANSWER = text("chromium/icerestart_0.offer.sdp"), text("chromium/icerestart_0.answer.sdp")
LATER_OFFER, LATER_ANSWER = text("chromium/icerestart_1.offer.sdp"), text("chromium/icerestart_1.answer.sdp")
MUNGED = OFFER.replace("useinbandfec=1", "useinbandfec=1;stereo=1", 1)
CALLS = [
    offer(OFFER, "createOfferOnSuccess"),
    offer(MUNGED),
    Call("signalingstatechange", {"state": "have-local-offer"}),
    answer(ANSWER),
    candidate("onicecandidate", "candidate:1 1 udp 2113937151 192.0.2.1 5000 typ host"),
    candidate("addIceCandidate", "candidate:1 1 udp 2113937151 192.0.2.2 5000 typ host"),
    offer(LATER_OFFER, "setRemoteDescription"),
    answer(LATER_ANSWER, "createAnswerOnSuccess"),
    answer(LATER_ANSWER, "setLocalDescription"),
]


def follow(recording: str) -> PeerConnection:
    (connection,) = exchanges(find_descriptions(recording))
    return connection


def pairs(connection: PeerConnection) -> list[tuple[int | None, int | None]]:
    return [(each.offer, each.answer) for each in connection.rounds]


@pytest.mark.parametrize("write", [modern, middle, legacy, rtcstats])
def test_every_generation_of_dumps_tells_the_same(write: object) -> None:
    assert callable(write)
    connection = follow(write(CALLS))
    assert connection.id == "4-1"
    assert pairs(connection) == [(2, 3), (4, 5)]
    texts = {number: event.find.text for number, event in connection.descriptions.items()}
    assert texts == {1: OFFER, 2: MUNGED, 3: ANSWER, 4: LATER_OFFER, 5: LATER_ANSWER}
    said = [(event.side, event.type, event.number, event.is_set, event.created) for event in connection.events]
    local, remote = Side.LOCAL, Side.REMOTE
    assert said == [
        (local, "offer", 1, False, None),
        (local, "offer", 2, True, 1),
        (remote, "answer", 3, True, None),
        (local, None, 2, True, None),
        (remote, None, 3, True, None),
        (remote, "offer", 4, True, None),
        (local, "answer", 5, False, None),
        (local, "answer", 5, True, 5),
    ]


def test_peer_connections_are_told_apart() -> None:
    first, second = exchanges(
        find_descriptions(
            modern([offer(OFFER), offer(OFFER, "setRemoteDescription", connection="4-2"), answer(ANSWER)])
        )
    )
    assert (first.id, pairs(first)) == ("4-1", [(1, 2)])
    assert (second.id, pairs(second)) == ("4-2", [(1, None)])


def small(name: str) -> str:
    return f"v=0\r\no={name} 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n"


EVENTS = {
    "created": ("createOfferOnSuccess", "offer"),
    "createda": ("createAnswerOnSuccess", "answer"),
    "local": ("setLocalDescription", "offer"),
    "locala": ("setLocalDescription", "answer"),
    "localp": ("setLocalDescription", "pranswer"),
    "implicit": ("setLocalDescriptionOnSuccess", "offer"),
    "remote": ("setRemoteDescription", "offer"),
    "remotea": ("setRemoteDescription", "answer"),
    "remotep": ("setRemoteDescription", "pranswer"),
    "seen": (None, "offer"),
    "seena": (None, "answer"),
    "text": (None, None),
}


def signaling(steps: str) -> PeerConnection:
    """A peer connection on which happened what words such as `local:a` say: an event, and the name of its text."""
    finds = []
    for step in steps.split():
        event, type = EVENTS[step.partition(":")[0]]
        name = step.partition(":")[2]
        finds.append(Find(kind=Kind.DESCRIPTION, text=small(name), type=type, event=event, peer_connection="1"))
    (connection,) = exchanges(finds)
    return connection


@pytest.mark.parametrize(
    ("steps", "rounds"),
    [
        ("local:a remotea:b", [(1, 2)]),
        ("remote:a locala:b local:c remotea:d", [(1, 2), (3, 4)]),
        ("created:a implicit:a remotea:b", [(1, 2)]),
        ("local:a local:b remotea:c", [(1, None), (2, 3)]),  # made anew before the answer came
        ("local:a remote:b locala:c", [(1, None), (2, 3)]),  # both called: this side gave in
        ("local:a remote:b remotea:c", [(1, 3), (2, None)]),  # both called: this side did not
        ("remotea:a", [(None, 1)]),  # the recording began later
        ("local:a remotea:b remotea:b", [(1, 2)]),  # set twice, the second time in vain
        ("local:a remotea:b remotea:c", [(1, 2), (None, 3)]),
        ("local:a remotea:b local:a remotea:b", [(1, 2), (1, 2)]),  # a session refresh
        ("seen:a seen:a seena:b seena:b", [(1, 2)]),  # a log of two layers
        ("seen:a remotea:b", [(1, 2)]),
        ("local:a locala:b", [(1, None), (None, 2)]),  # nobody answers himself
        ("text:a text:b", [(1, None), (2, None)]),
        ("created:a", []),
    ],
)
def test_signaling(steps: str, rounds: list[tuple[int | None, int | None]]) -> None:
    assert pairs(signaling(steps)) == rounds


def test_provisional_answers_belong_to_a_round_that_is_not_over() -> None:
    (only,) = signaling("local:a remotep:b remotep:b remotep:c remotea:d").rounds
    assert (only.offer, only.pranswers, only.answer) == (1, (2, 3), 4)
    (only,) = signaling("remotep:b").rounds
    assert (only.offer, only.pranswers, only.answer) == (None, (1,), None)


@pytest.mark.parametrize(
    ("steps", "created"),
    [
        ("created:a local:a", 1),
        ("created:a local:b", 1),
        ("created:a created:b local:a", 1),
        ("created:a created:b local:c", 2),
        ("created:a remote:b createda:c locala:d", 3),
        ("local:a", None),
        ("created:a local:a remotea:b implicit:c", None),  # created without a word by setLocalDescription()
        ("created:a remote:b", None),  # what the other side sent was not created here
    ],
)
def test_what_was_created_before_something_was_set(steps: str, created: int | None) -> None:
    assert signaling(steps).events[-1].created == created


@given(st.lists(st.tuples(st.sampled_from(sorted(EVENTS)), st.sampled_from("abcd")), max_size=12))
def test_each_description_that_was_set_comes_to_a_round(steps: list[tuple[str, str]]) -> None:
    connection = signaling(" ".join(f"{event}:{name}" for event, name in steps)) if steps else None
    if connection is None:
        return
    numbers = [number for each in connection.rounds for number in (each.offer, *each.pranswers, each.answer)]
    said = connection.descriptions
    assert {number for number in numbers if number} == {number for number, event in said.items() if event.is_set}
    assert sorted(said) == list(range(1, len(said) + 1))
    for each in connection.rounds:
        if each.offer and each.answer:
            sides = {said[each.offer].side, said[each.answer].side}
            assert len(sides) == 2 or sides == {None}


def test_whip_in_a_har() -> None:
    connection = follow(har([("POST", OFFER, ANSWER)]))
    assert [(event.side, event.type) for event in connection.events] == [("local", "offer"), ("remote", "answer")]
    assert pairs(connection) == [(1, 2)]


def test_sip() -> None:
    sent, received = text("sip/desk_phone.offer.sdp"), text("sip/desk_phone.answer.sdp")
    invite, ringing, ok = "INVITE sip:b@example.com SIP/2.0", "SIP/2.0 183 Session Progress", "SIP/2.0 200 OK"
    (only,) = follow(sip([(invite, sent), (ringing, received), (ok, received), (ok, received)])).rounds
    assert (only.offer, only.pranswers, only.answer) == (1, (2,), 2)
    offered_late = follow(sip([(ok, sent), ("ACK sip:b@example.com SIP/2.0", received)]))
    assert [event.type for event in offered_late.events] == ["offer", "answer"]


def test_time_orders_what_the_file_does_not() -> None:
    messages = [
        {"timestamp": START + time, "message": {"type": type, "sdp": sdp}}
        for time, type, sdp in ((3, "answer", ANSWER), (1, "offer", OFFER))
    ]
    assert pairs(follow(json.dumps(messages))) == [(1, 2)]


@pytest.mark.parametrize("time", ["NaN", "Infinity", "1e400"])
def test_a_time_that_is_none_is_no_time(time: str) -> None:
    value = json.dumps({"type": "offer", "sdp": OFFER})
    connection = follow(f'RTCStatsDump\n{{}}\n[8, "PC_0", {value}, {time}]\n')
    assert [event.find.time for event in connection.events] == [None]


def test_a_dump_as_chromium_saves_it() -> None:
    caller, callee = exchanges(find_in_stream([Path(FIXTURES / "dumps" / "webrtc_internals_dump.gz").read_bytes()]))
    assert (caller.id, pairs(caller)) == ("8-1", [(2, 3), (4, 5)])
    assert (callee.id, pairs(callee)) == ("8-2", [(1, 2), (3, 4), (5, None)])
    assert [caller.descriptions[number].find.text for number in (2, 3, 4, 5)] == [
        callee.descriptions[number].find.text for number in (1, 2, 3, 4)
    ]
