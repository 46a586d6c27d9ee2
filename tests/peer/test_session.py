"""Two live peers: real sockets on this machine's loopback addresses, all waits bounded."""

import asyncio
import socket
import threading
from collections.abc import Callable
from typing import Any, Literal

import pytest
from aioice import ice
from aiortc import RTCIceServer

from sdpkit import parse
from sdpkit.outcome import Opened, Outcome
from sdpkit.peer import Plan, loopback
from sdpkit.peer.gathering import loopback_addresses
from sdpkit.peer.pattern import TestPicture
from sdpkit.peer.source import Feed, SourceError
from sdpkit.peer.tone import Tone

STEPS = ["gathering", "offer/answer", "ice", "dtls", "first rtp", "first frame"]


def run(*, watch: Callable[[Outcome], None] | None = None, stop_at: str | None = None, **plan: Any) -> Outcome:
    """One run, after which no task and no thread is left and nothing was reported to the event loop."""
    reported: list[Any] = []
    threads = set(threading.enumerate())

    async def main() -> Outcome:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: reported.append(context))
        stop = asyncio.Event()

        def seen(outcome: Outcome) -> None:
            if watch is not None:
                watch(outcome)
            if stop_at in [step.name for step in outcome.steps]:
                stop.set()

        outcome = await loopback(Plan(**{"seconds": 0.5, **plan}), watch=seen, stop=stop)
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return outcome

    outcome = asyncio.run(main())
    assert reported == []
    assert set(threading.enumerate()) <= threads
    return outcome


def test_a_picture_flows_and_is_the_same_at_the_other_end() -> None:
    outcome = run()
    assert [step.name for step in outcome.steps] == STEPS
    assert sorted(step.after_ms for step in outcome.steps) == [step.after_ms for step in outcome.steps]
    (flow,) = outcome.flows
    assert (flow.kind, flow.sender, flow.receiver, flow.codec) == ("video", "offerer", "answerer", "VP8")
    assert (flow.width, flow.height) == (640, 480)
    assert flow.frames_received == flow.frames_sent > 5
    assert flow.check is not None
    assert flow.check.right == flow.check.checked == flow.frames_received
    assert flow.delay is not None
    assert 0 < flow.delay.median_ms <= flow.delay.p95_ms <= flow.delay.worst_ms
    assert flow.packets_received >= flow.packets_sent - 10  # the last ones may be on their way
    assert flow.packets_lost == 0
    assert outcome.connected
    assert outcome.flowed
    assert outcome.failure is None
    assert outcome.verdict == "connected, media flowed"


def test_the_pair_and_the_handshake_are_told() -> None:
    outcome = run()
    assert outcome.pair is not None
    assert outcome.pair.local.type == outcome.pair.remote.type == "host"  # on a busy machine any of its addresses wins
    assert outcome.security is not None
    assert {outcome.security.offerer_role, outcome.security.answerer_role} == {"client", "server"}
    assert outcome.security.fingerprints_match
    assert outcome.security.version.startswith("DTLS")


@pytest.mark.parametrize("codec", ["VP8", "H264"])
def test_a_codec_is_preferred(codec: str) -> None:
    (flow,) = run(codecs=(codec,)).flows
    assert flow.codec == codec
    assert flow.check is not None
    assert flow.check.right == flow.check.checked > 5


@pytest.mark.parametrize("codec", ["opus", "PCMU", "G722"])
def test_a_tone_is_heard(codec: str) -> None:
    (flow,) = run(audio=Tone(), codecs=(codec,), seconds=1).flows
    assert (flow.kind, flow.codec) == ("audio", codec)
    assert flow.frames_received > 20
    assert flow.check is not None
    assert flow.check.by == "tone"
    assert flow.check.right >= flow.check.checked - 1 > 0
    assert flow.delay is not None
    assert flow.delay.median_ms < 1000


def test_messages_come_back() -> None:
    outcome = run(data=True)
    assert outcome.flows == ()
    assert outcome.echo is not None
    assert outcome.echo.returned == outcome.echo.sent >= 3
    assert outcome.echo.median_ms is not None
    assert outcome.verdict == "connected, data came back"


def test_everything_at_once_in_both_directions() -> None:
    outcome = run(
        video=TestPicture(320, 240, 15),
        audio=Tone(),
        data=True,
        offerer_direction="sendrecv",
        answerer_direction="sendrecv",
        seconds=1,
    )
    assert {(flow.kind, flow.sender) for flow in outcome.flows} == {
        (kind, sender) for kind in ("audio", "video") for sender in ("offerer", "answerer")
    }
    assert all(flow.frames_received > 5 for flow in outcome.flows)
    assert outcome.echo is not None
    assert outcome.echo.returned


def test_descriptions_hold_their_candidates() -> None:
    offer, answer = run(data=True).signalled
    assert (offer.by, offer.type, answer.by, answer.type) == ("offerer", "offer", "answerer", "answer")
    for letter in (offer, answer):
        inside = parse(letter.text).media[0].candidates
        assert tuple(map(str, inside)) == letter.candidates
        assert "127.0.0.1" in [candidate.address for candidate in inside]
        assert letter.findings == ()


def test_candidates_trickle_one_by_one() -> None:
    outcome = run(data=True, trickle=True)
    assert [step.name for step in outcome.steps[:2]] == ["offer/answer", "gathering"]
    assert outcome.mode == "trickle"
    for letter in outcome.signalled:
        assert parse(letter.text).media[0].candidates == ()
        assert any(" 127.0.0.1 " in candidate for candidate in letter.candidates)
    assert outcome.flowed


def test_packets_are_dropped_on_purpose_and_sent_again() -> None:
    (flow,) = run(video=TestPicture(fps=60), loss=10, seconds=2, timeout=20).flows
    assert 0 < flow.dropped_on_purpose < flow.packets_sent
    assert flow.packets_received >= flow.packets_sent - flow.dropped_on_purpose - 10
    assert flow.packets_retransmitted > 0


def test_all_packets_are_dropped() -> None:
    outcome = run(loss=100, timeout=0.5)
    assert outcome.failure == "ICE found no pair within 0.5 s"
    assert outcome.verdict.startswith("not connected: ICE")
    assert [step.name for step in outcome.steps] == ["gathering", "offer/answer"]
    assert not outcome.connected
    assert not outcome.flowed


@pytest.mark.parametrize(
    ("offerer", "answerer", "senders"),
    [
        ("sendonly", "recvonly", ["offerer"]),
        ("recvonly", "sendonly", ["answerer"]),
        ("sendrecv", "recvonly", ["offerer"]),
        ("sendrecv", "sendonly", ["answerer"]),
        ("recvonly", "sendrecv", ["answerer"]),
    ],
)
def test_directions(offerer: str, answerer: str, senders: list[str]) -> None:
    outcome = run(offerer_direction=offerer, answerer_direction=answerer, video=TestPicture(160, 120))
    assert [flow.sender for flow in outcome.flows] == senders
    assert outcome.flowed


@pytest.mark.parametrize(("offerer", "answerer"), [("sendonly", "sendonly"), ("inactive", "sendrecv")])
def test_directions_that_let_nothing_flow(offerer: str, answerer: str) -> None:
    outcome = run(offerer_direction=offerer, answerer_direction=answerer)
    assert outcome.failure == f"no media was agreed on: {offerer} against {answerer}"


def test_a_relay_that_is_not_there() -> None:
    server = RTCIceServer("turn:127.0.0.1:9", username="me", credential="secret")
    outcome = run(data=True, servers=(server,), relay_only=True)
    assert outcome.failure is not None
    assert outcome.failure.startswith("the offerer has no candidates: the TURN server gave none")


@pytest.mark.parametrize("step", [None, *STEPS])
def test_a_run_is_interrupted_at_each_step(step: str | None) -> None:
    outcome = run(seconds=30, stop_at=step) if step else _stopped_before_it_began()
    assert outcome.interrupted
    assert outcome.failure is None
    assert (step in [one.name for one in outcome.steps]) == (step is not None)
    assert "interrupted" in outcome.verdict


def _stopped_before_it_began() -> Outcome:
    async def main() -> Outcome:
        stop = asyncio.Event()
        stop.set()
        return await loopback(Plan(seconds=30), stop=stop)

    return asyncio.run(main())


class Faulty:
    """A source that fails when it is opened, or after some frames."""

    def __init__(self, frames: int | None) -> None:
        self.is_closed = False
        self._picture = TestPicture(160, 120)
        self._frames = frames

    async def open(self) -> Opened:
        if self._frames is None:
            raise SourceError("there is no camera")
        return await self._picture.open()

    def video(self) -> Feed:
        return _FaultyFeed(self._picture.video(), self._frames or 0)

    def audio(self) -> None:
        pass

    async def close(self) -> None:
        self.is_closed = True


class _FaultyFeed:
    kind: Literal["audio", "video"] = "video"

    def __init__(self, feed: Feed, frames: int) -> None:
        self._feed = feed
        self._frames = frames

    async def next(self) -> Any:
        self._frames -= 1
        if self._frames < 0:
            raise SourceError("the camera was unplugged")
        return await self._feed.next()


def test_a_source_that_cannot_be_opened() -> None:
    source = Faulty(None)
    outcome = run(video=source)
    assert (outcome.failure, outcome.source_failed) == ("there is no camera", True)
    assert outcome.steps == ()
    assert source.is_closed


def test_a_source_that_fails_while_media_flows() -> None:
    source = Faulty(20)
    outcome = run(video=source, seconds=10)
    assert (outcome.failure, outcome.source_failed) == ("the camera was unplugged", True)
    assert outcome.verdict == "connected, but the camera was unplugged"
    assert outcome.flows[0].frames_received > 5
    assert outcome.seconds < 5
    assert source.is_closed


class Odd(Faulty):
    """A source that does what no source should."""

    def __init__(self, where: str) -> None:
        super().__init__(10)
        self._where = where

    async def open(self) -> Opened:
        if self._where == "open":
            raise OSError("odd")
        return await super().open()

    def video(self) -> Feed:
        return _OddFeed(super().video(), 10 if self._where == "next" else 10**9)

    async def close(self) -> None:
        if self._where == "close":
            raise OSError("odd")
        await super().close()


class _OddFeed(_FaultyFeed):
    async def next(self) -> Any:
        self._frames -= 1
        if self._frames < 0:
            raise ValueError("odd")
        return await self._feed.next()


def test_a_source_that_raises_what_it_should_not() -> None:
    opened, fed, closed = (run(video=Odd(where)) for where in ("open", "next", "close"))
    assert (opened.failure, opened.source_failed) == ("OSError: odd", True)
    assert (fed.failure, fed.source_failed, fed.flowed) == ("ValueError: odd", True, False)
    assert closed.notes == ("closing a source failed: OSError: odd",)


def test_a_source_without_what_is_wanted() -> None:
    outcome = run(video=Tone())
    assert (outcome.failure, outcome.source_failed) == ("there is no video in this source", True)


@pytest.mark.parametrize("passes", range(6))
def test_a_stop_is_heard_whatever_happens_at_that_moment(passes: int) -> None:
    async def main() -> Outcome:
        stop = asyncio.Event()

        async def later() -> None:
            for _ in range(passes):
                await asyncio.sleep(0)
            stop.set()

        def seen(outcome: Outcome) -> None:
            if any(step.name == "dtls" for step in outcome.steps) and not begun:
                begun.append(asyncio.ensure_future(later()))

        begun: list[Any] = []
        return await loopback(Plan(seconds=30), watch=seen, stop=stop)

    outcome = asyncio.run(main())
    assert outcome.interrupted
    assert outcome.seconds < 5


@pytest.mark.parametrize("trickle", [False, True])
def test_a_stop_does_not_wait_for_a_server_that_is_silent(trickle: bool) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        server = RTCIceServer(f"stun:127.0.0.1:{silent.getsockname()[1]}")

        async def main() -> float:
            stop = asyncio.Event()
            loop = asyncio.get_running_loop()
            loop.call_later(0.3, stop.set)
            began = loop.time()
            outcome = await loopback(Plan(servers=(server,), data=True, trickle=trickle), stop=stop)
            assert outcome.interrupted
            assert asyncio.all_tasks() == {asyncio.current_task()}
            return loop.time() - began

        assert asyncio.run(main()) < 2


@pytest.mark.parametrize("step", ["gathering", "first rtp", "first frame"])
def test_what_a_watcher_raises_ends_the_run(step: str) -> None:
    def watch(outcome: Outcome) -> None:
        if any(one.name == step for one in outcome.steps):
            raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        run(watch=watch, seconds=30)


def test_frames_are_kept_where_they_come_to() -> None:
    kept: list[Any] = []
    plan = Plan(seconds=0.3, offerer_direction="recvonly", answerer_direction="sendrecv")
    asyncio.run(loopback(plan, keep=kept.append))
    assert len(kept) > 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"seconds": 0},
        {"seconds": float("nan")},
        {"timeout": -1},
        {"loss": 101},
        {"offerer_direction": "both"},
        {"codecs": ("VP10",)},
        {"relay_only": True},
        {"servers": (RTCIceServer("stun:a"), RTCIceServer("stun:b"))},
    ],
)
def test_plans_that_make_no_sense(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Plan(**wrong)


def test_received_frames_are_kept() -> None:
    kept: list[Any] = []
    outcome = asyncio.run(loopback(Plan(seconds=0.3, video=TestPicture(160, 120)), keep=kept.append))
    assert len(kept) >= outcome.flows[0].frames_received > 3


def test_another_user_of_aiortc_gathers_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sdpkit.peer.gathering._host_addresses", lambda use_ipv4, use_ipv6: ["192.0.2.1"])
    assert ice.get_host_addresses(True, True) == ["192.0.2.1"]
    with loopback_addresses():
        assert ice.get_host_addresses(True, False) == ["127.0.0.1", "192.0.2.1"]
    assert ice.get_host_addresses(True, True) == ["192.0.2.1"]
