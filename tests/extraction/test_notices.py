"""What browsers report in dumps, by their generations."""

import gzip
import json

import pytest

from sdpkit.extraction import Notice, read
from sdpkit.extraction.notices import Told, notices
from tests.extraction.recordings import FIXTURES, START, Call, answer, legacy, middle, modern, offer, rtcstats, text

OFFER, ANSWER = text("chromium/icerestart_0.offer.sdp"), text("chromium/icerestart_0.answer.sdp")
CALLS = [
    offer(OFFER),
    Call("onsignalingstatechange", "have-local-offer"),
    Call("transceiverAdded", "of no interest"),
    answer(ANSWER),
    Call("setRemoteDescriptionOnFailure", "OperationError: it is wrong"),
    Call("oniceconnectionstatechange (legacy)", "failed"),
    Call("onconnectionstatechange", "failed"),
]
SAID = [
    ("onsignalingstatechange", "have-local-offer", 1),
    ("setRemoteDescriptionOnFailure", "OperationError: it is wrong", 2),
    ("onconnectionstatechange", "failed", 2),
]


@pytest.mark.parametrize("write", [modern, middle, rtcstats])
def test_every_generation_of_dumps(write: object) -> None:
    assert callable(write)
    for data in (write(CALLS).encode(), gzip.compress(write(CALLS).encode())):
        (connection,) = read([data[:20], data[20:]]).peer_connections
        assert [(each.event, each.what, each.after) for each in connection.notices] == SAID


def test_times() -> None:
    (connection,) = read([modern(CALLS).encode()]).peer_connections
    assert [each.time for each in connection.notices] == [START + 1, START + 4, START + 6]
    (connection,) = read([rtcstats(CALLS).encode()]).peer_connections
    assert [each.time for each in connection.notices] == [2, 5, 7]
    assert [event.find.time for event in connection.events] == [1, 4]
    (connection,) = read([middle(CALLS).encode()]).peer_connections
    assert {each.time for each in connection.notices} == {None}


def of_internals(event: str, value: object) -> list[tuple[str, str]]:
    log = [{"type": event, "value": value, "timestamp": START}]
    found = notices(json.dumps({"PeerConnections": {"1": {"updateLog": log}}}).encode())
    return [(each.event, each.what) for each in found.get("1", [])]


@pytest.mark.parametrize(
    ("event", "value", "what"),
    [
        ("signalingstatechange", "stable", "stable"),  # before M142
        ("signalingstatechange", '"stable"', "stable"),
        ("setLocalDescription", '{"type":"rollback"}', "rollback"),
        ("setRemoteDescription", "type: rollback, sdp: ", "rollback"),
        ("addIceCandidateFailed", "Error processing ICE candidate", "Error processing ICE candidate"),
        ("icecandidateerror", '{"url":"stun:a:1","address":"","error_code":701}', "url: stun:a:1, error_code: 701"),
        ("close", "", ""),
        ("connectionstatechange", None, ""),
        ("connectionstatechange", "[" * 100_000, "[" * 100_000),
    ],
)
def test_values(event: str, value: object, what: str) -> None:
    assert of_internals(event, value) == [(event, what)]


@pytest.mark.parametrize("event", ["setLocalDescription", "setLocalDescriptionOnSuccess", "createOffer", "ontrack"])
def test_what_is_no_notice(event: str) -> None:
    assert of_internals(event, "x") == of_internals(event, '["x"]') == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('[25,"1","failed",3]', Told(3, "onconnectionstatechange", "failed", 8)),
        ('["onconnectionstatechange","1","failed",3.5]', Told(3, "onconnectionstatechange", "failed", 8.5)),
        ('[25,"1","failed",1.5e-05]', Told(3, "onconnectionstatechange", "failed", 5.000015)),
        ('[15,"1","Error","more",3]', Told(3, "setRemoteDescriptionOnFailure", "Error", 8)),
        ('[8,"1",{"type":"rollback"},3]', Told(3, "setRemoteDescription", "rollback", 8)),
        ('[25,"1","failed"]', None),
        ('[25,"1","failed,3]', None),
        ('[99,"1","failed",3]', None),
        ("25 failed", None),
    ],
)
def test_lines_of_rtcstats(line: str, told: Told | None) -> None:
    found = notices(f'RTCStatsDump\n["g","1",{{}},5]\n{line}\n'.encode())
    assert found.get("1", []) == ([] if told is None else [told])


def test_the_failed_calls() -> None:
    found = read([(FIXTURES / "dumps" / "failed_calls_dump.gz").read_bytes()]).peer_connections
    said = {connection.id: [(each.event, each.what, each.after) for each in connection.notices] for connection in found}
    refusal = (
        "Failed to set remote answer sdp: Failed to apply the description for m= section with mid='0': "
        "Answerer must use either active or passive value for setup attribute."
    )
    assert ("setRemoteDescriptionOnFailure", refusal, 7) in said["8-1"]
    assert ("onconnectionstatechange", "failed", 7) in said["8-3"]
    assert ("setLocalDescription", "rollback", 6) in said["8-5"]


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b", b"{}", b'{"PeerConnections": 7}', b"RTCStatsDump", b"plain text"])
def test_what_is_no_dump(data: bytes) -> None:
    assert not notices(data)
    assert read([data]).peer_connections == ()


def test_notices_without_descriptions_are_of_no_use() -> None:
    assert read([modern(CALLS[1:2]).encode()]).peer_connections == ()


def test_a_cut_dump_of_rtcstats() -> None:
    whole = gzip.compress(rtcstats(CALLS).encode(), mtime=0)
    (connection,) = read([whole[:-9]]).peer_connections
    assert [each.event for each in connection.notices[:2]] == [event for event, _, _ in SAID[:2]]


REFUSED = Call("setRemoteDescriptionOnFailure", "Error")
ROLLBACK = Call("setLocalDescription", {"type": "rollback"})
CREATED = offer(OFFER, "createOfferOnSuccess")


@pytest.mark.parametrize(
    ("calls", "undone"),
    [
        ([offer(OFFER), answer(ANSWER)], {}),
        ([offer(OFFER), answer(ANSWER), REFUSED], {2: "refused"}),
        ([offer(OFFER), answer(ANSWER), REFUSED, answer(ANSWER)], {}),  # it was tried again
        ([offer(OFFER, "setRemoteDescription"), CREATED, REFUSED], {1: "refused"}),
        ([offer(OFFER), ROLLBACK], {1: "rolled back"}),
        ([CREATED, ROLLBACK, REFUSED], {}),
    ],
)
def test_what_was_undone(calls: list[Call], undone: dict[int, str]) -> None:
    (connection,) = read([modern(calls).encode()]).peer_connections
    assert connection.undone == undone


def test_notice_is_plain_data() -> None:
    (connection,) = read([rtcstats(CALLS).encode()]).peer_connections
    assert connection.notices[0] == Notice("onsignalingstatechange", "have-local-offer", 2, 1)


def test_dumps_before_2023() -> None:
    calls = [offer(OFFER), Call("connectionstatechange", {"state": "failed"})]
    (connection,) = read([legacy(calls).encode()]).peer_connections
    assert [(each.what, each.after) for each in connection.notices] == [("state: failed", 1)]
