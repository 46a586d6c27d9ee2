"""Two live peers in one process: connected, sending, measured, and taken down again."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn, cast

import msgspec
from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame, VideoFrame

from sdpkit.outcome import Opened, Outcome, Pair, Security, Step
from sdpkit.peer import wire
from sdpkit.peer.echo import LABEL, EchoTest, send_back
from sdpkit.peer.flow import MediaFlow
from sdpkit.peer.measuring import Frames, check_for
from sdpkit.peer.pattern import TestPicture
from sdpkit.peer.plan import Plan
from sdpkit.peer.side import RECEIVING, SENDING, Side
from sdpkit.peer.signaling import Letter, describe, describe_at_once, trickle
from sdpkit.peer.source import Feed, Source, SourceError
from sdpkit.peer.tracks import FeedTrack
from sdpkit.peer.wire import RtpHeader

_TO_SIGNAL = 15.0  # s; aioice gives a server 5 s, and both sides gather one after the other
_TO_ARRIVE = 0.5  # s, for what is still on its way at the end
_TO_CLOSE = 5.0  # s
_SILENCE = 3.0  # s without a frame: the media has stopped
_REFRESH = 0.5  # s

Watch = Callable[[Outcome], None]
"""Hears of a run while it goes on: after each step, and twice a second."""
Keep = Callable[[VideoFrame | AudioFrame], None]
"""Gets each frame that the answerer receives, or the offerer where only that one does."""


async def loopback(
    plan: Plan | None = None,
    *,
    watch: Watch | None = None,
    keep: Keep | None = None,
    stop: asyncio.Event | None = None,
) -> Outcome:
    """Connects two peers in this process, lets media flow from one to the other, and says how it went.

    ICE, DTLS and SRTP are real and go over this machine's addresses, 127.0.0.1 and ::1 first. Whatever goes wrong is
    in the outcome. Set `stop` to end the run early: the outcome then says what there was until that moment.
    """
    plan = plan or Plan()
    if plan.is_a_picture:
        plan = msgspec.structs.replace(plan, video=TestPicture())
    run = _Run(plan, watch, keep)
    work = asyncio.create_task(run.go())
    stopping = asyncio.create_task((stop or asyncio.Event()).wait())
    with _warnings_of_aiortc(run.note):
        try:
            await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
            run.interrupted = not work.done()
        finally:
            await _cancel([work, stopping])
            await run.close()
    if not work.cancelled():
        work.result()
    return run.outcome()


class _RunError(Exception):
    """The run cannot go on: what is wrong."""


class _Run:
    """What is there of a run, and what has become of it."""

    def __init__(self, plan: Plan, watch: Watch | None, keep: Keep | None) -> None:
        self.interrupted = False
        self._plan = plan
        self._watch = watch
        self._keep = keep
        self._sources = [source for source in dict.fromkeys([plan.video, plan.audio]) if source is not None]
        self._sides: tuple[Side, ...] = ()
        self._tasks: list[asyncio.Task[None]] = []
        self._changed = asyncio.Event()
        self._began = time.monotonic()
        self._ended: float | None = None
        self._opened: list[Opened] = []
        self._steps: list[Step] = []
        self._letters: list[Letter] = []
        self._flows: list[MediaFlow] = []
        self._echo: EchoTest | None = None
        self._pair: Pair | None = None
        self._security: Security | None = None
        self._notes: list[str] = []
        self._failure: str | None = None
        self._source_failed = False

    async def go(self) -> None:
        """The whole run, from opening the sources to the last frame."""
        try:
            await self._open()
            self._make_sides()
            await self._signal()
            await self._connect()
            await self._first_media()
            await self._keep_flowing()
        except _RunError as failed:
            self._failure = self._failure or str(failed)

    # ---- sources

    async def _open(self) -> None:
        for source in self._sources:
            try:
                self._opened.append(await source.open())
            except SourceError as error:
                self._source_fails(error)
                raise _RunError from None
        self._report()

    def _source_fails(self, error: SourceError) -> None:
        self._failure = self._failure or str(error)
        self._source_failed = True
        self._changed.set()

    def _feed(self, kind: str) -> Feed | None:
        """A new feed of a kind, if there is any."""
        source = self._source(kind)
        if source is None:
            return None
        feed = source.video() if kind == "video" else source.audio()
        if feed is None:
            self._fail(f"there is no {kind} in this source")
        return feed

    def _source(self, kind: str) -> Source | None:
        return self._plan.video if kind == "video" else self._plan.audio

    @property
    def _kinds(self) -> list[str]:
        return [kind for kind in ("audio", "video") if self._source(kind) is not None]

    # ---- the two sides

    def _make_sides(self) -> None:
        plan = self._plan
        self._began = time.monotonic()
        self._sides = tuple(
            Side(name, plan.servers, plan.relay_only, plan.loss / 100, self._packet_arrived)
            for name in ("offerer", "answerer")
        )
        for side in self._sides:
            side.peer.on("iceconnectionstatechange", self._changed.set)
            side.peer.on("connectionstatechange", self._changed.set)
            side.peer.on("track", lambda track, side=side: self._begin(self._receive(side, track)))
        offerer, answerer = self._sides
        for kind in self._kinds:
            offerer.offer(kind, plan.offerer_direction, self._track(offerer, kind, plan.offerer_direction), plan.codecs)
        if plan.data:
            channel = offerer.peer.createDataChannel(LABEL)
            self._echo = EchoTest(channel)
            channel.on("open", lambda: self._begin(self._measure_echo()))
            answerer.peer.on("datachannel", send_back)

    def _track(self, sender: Side, kind: str, direction: str) -> FeedTrack | None:
        """The track that a side sends, if its direction lets it send at all."""
        feed = self._feed(kind) if direction in SENDING else None
        source = self._source(kind)
        if feed is None or source is None:
            return None
        receiver = next(side for side in self._sides if side is not sender)
        flow = MediaFlow(kind, sender, receiver, Frames(check_for(source, kind)))
        self._flows.append(flow)
        return FeedTrack(feed, flow.frames.hand, self._source_fails)

    def _prepare_answer(self) -> None:
        """Says what the answerer does with the media of the offer."""
        _, answerer = self._sides
        direction = self._plan.answerer_direction
        for kind in self._kinds:
            answerer.accept(kind, direction, self._track(answerer, kind, direction))

    # ---- signaling

    async def _signal(self) -> None:
        try:
            await asyncio.wait_for(self._trickle() if self._plan.trickle else self._vanilla(), _TO_SIGNAL)
        except TimeoutError:
            self._fail(f"signaling did not end within {_TO_SIGNAL:g} s")
        self._flows = [flow for flow in self._flows if flow.sender.sends(flow.kind)]
        if not self._flows and self._echo is None:
            said = f"{self._plan.offerer_direction} against {self._plan.answerer_direction}"
            self._fail(f"no media was agreed on: {said}")

    async def _vanilla(self) -> None:
        """Each description has all candidates in it when it is sent."""
        offerer, answerer = self._sides
        offer = self._post(await describe(offerer.peer, offerer.name))
        self._check_candidates(offerer)
        await offer.deliver(answerer.peer)
        self._prepare_answer()
        answer = self._post(await describe(answerer.peer, answerer.name))
        self._check_candidates(answerer)
        self._step("gathering", self._gathered())
        await answer.deliver(offerer.peer)
        self._step("offer/answer", f"{len(str(offer))} / {len(str(answer))} bytes, {self._findings()}")

    async def _trickle(self) -> None:
        """Descriptions are sent before any candidate is there; candidates follow one by one."""
        offerer, answerer = self._sides
        offer, offerer_gathers = await describe_at_once(offerer.peer, offerer.name)
        self._post(offer)
        await offer.deliver(answerer.peer)
        self._prepare_answer()
        answer, answerer_gathers = await describe_at_once(answerer.peer, answerer.name)
        self._post(answer)
        sizes = f"{len(str(offer))} / {len(str(answer))} bytes, {self._findings()}"
        self._step("offer/answer", f"{sizes}, no candidates yet")
        await offerer_gathers
        self._check_candidates(offerer)
        await trickle(offer, offerer.peer, answerer.peer)
        await answer.deliver(offerer.peer)
        await answerer_gathers
        self._check_candidates(answerer)
        await trickle(answer, answerer.peer, offerer.peer)
        self._step("gathering", f"{self._gathered()}, sent one by one")

    def _post(self, letter: Letter) -> Letter:
        self._letters.append(letter)
        return letter

    def _check_candidates(self, side: Side) -> None:
        """Watches the wire of a side that has gathered; one without candidates would wait for ever."""
        side.wire.tap()
        if side.candidates:
            return
        asked = "the TURN server gave none: is it there, and are the credentials right?"
        why = asked if self._plan.relay_only else "this machine has no address, not even 127.0.0.1"
        self._fail(f"the {side.name} has no candidates: {why}")

    def _gathered(self) -> str:
        return "   ".join(f"{side.name} {side.candidate_counts}" for side in self._sides)

    def _findings(self) -> str:
        count = sum(len(letter.findings) for letter in self._letters)
        return f"{count} finding{'' if count == 1 else 's'}"

    # ---- connecting

    async def _connect(self) -> None:
        offerer, answerer = self._sides
        seconds = self._plan.timeout
        if not await self._reaches(lambda: all(side.ice_completed for side in self._sides), seconds):
            self._fail(f"ICE found no pair within {seconds:g} s: no check was answered")
        self._pair = wire.nominated_pair(offerer.peer)
        if self._pair is not None:
            local, remote = self._pair.local, self._pair.remote
            self._step("ice", f"checking -> completed   {local} <-> {remote}   {local.type}/{remote.type}")
        if not await self._reaches(lambda: all(side.dtls_connected for side in self._sides), seconds):
            self._fail(f"the DTLS handshake did not end within {seconds:g} s")
        self._security = Security(
            offerer.dtls_role, answerer.dtls_role, *wire.dtls_cipher(offerer.peer), self._fingerprints_match()
        )
        match = "fingerprints match" if self._security.fingerprints_match else "a fingerprint does NOT match"
        roles = f"offerer {offerer.dtls_role}, answerer {answerer.dtls_role}"
        self._step("dtls", f"{roles}   {self._security.version} {self._security.cipher}   {match}")

    def _fingerprints_match(self) -> bool:
        """Whether each certificate that was shown is the one that its description names, by sdpkit's parser."""
        pairs = zip(self._letters, reversed(self._sides), strict=True)
        return all(
            wire.certificate_fingerprint(shown_to.peer, fingerprint.hash_function) == fingerprint.digest.upper()
            for letter, shown_to in pairs
            for fingerprint in letter.description.media[0].dtls.fingerprints
        )

    def _packet_arrived(self, header: RtpHeader) -> None:
        """The first packet of an RTP stream has come."""
        flow = next((flow for flow in self._flows if flow.ssrc == header.ssrc), None)
        if flow is not None:
            codec = wire.codec(flow.sender.peer, flow.kind).name
            self._step("first rtp", f"{flow.name}   {codec} {header.payload_type}, ssrc {header.ssrc}")

    # ---- media

    async def _receive(self, side: Side, track: MediaStreamTrack) -> None:
        """Counts what comes to a side."""
        receiver = next(one for one in side.peer.getReceivers() if one.track is track)
        flow: MediaFlow | None = None
        with suppress(MediaStreamError):
            while True:
                frame = cast("VideoFrame | AudioFrame", await track.recv())
                flow = flow or next(one for one in self._flows if (one.receiver, one.kind) == (side, track.kind))
                flow.frames.receive(frame, flow.sent_stamp(frame, receiver))
                if flow.frames.received == 1:
                    size = f"   {frame.width}x{frame.height}" if isinstance(frame, VideoFrame) else ""
                    self._step("first frame", f"{flow.name}{size}")
                if self._keep is not None and side is self._kept_side:
                    self._keep(frame)

    @property
    def _kept_side(self) -> Side:
        """The side whose frames are kept: the answerer, if it receives anything."""
        offerer, answerer = self._sides
        return answerer if self._plan.answerer_direction in RECEIVING else offerer

    async def _measure_echo(self) -> None:
        if self._echo is not None:
            self._step("data channel", "open")
            await self._echo.run()

    async def _first_media(self) -> None:
        seconds = self._plan.timeout
        if await self._reaches(lambda: not self._missing(), seconds):
            return
        self._fail(f"{'; '.join(self._missing())} within {seconds:g} s")

    def _missing(self) -> list[str]:
        """What has not come yet."""
        silent = [flow for flow in self._flows if not flow.frames.received]
        missing = [
            f"no {flow.name}: {'packets came, but no frame could be decoded' if flow.came else 'no RTP packet came'}"
            for flow in silent
        ]
        if self._echo is not None and not self._echo.result.returned:
            missing.append("no message came back through the data channel")
        return missing

    async def _keep_flowing(self) -> None:
        """Lets media flow for its time, then waits for what is still on its way."""
        await self._reaches(lambda: self._lost_connection() is not None, self._plan.seconds)
        if self._failure is not None:
            raise _RunError
        if (lost := self._lost_connection()) is not None:
            self._fail(lost)
        self._stop_counting()
        await self._reaches(self._all_arrived, _TO_ARRIVE)
        self._judge()

    def _lost_connection(self) -> str | None:
        side = next((side for side in self._sides if side.state in ("failed", "closed")), None)
        return None if side is None else f"the connection of the {side.name} {side.state} while media flowed"

    def _stop_counting(self) -> None:
        """Counts no more frames that go out; they go on, as aiortc gives a frame only when others came behind it."""
        self._ended = time.monotonic()
        for flow in self._flows:
            flow.frames.is_closed = True
        if self._echo is not None:
            self._echo.stop()

    def _all_arrived(self) -> bool:
        frames = all(flow.frames.received >= flow.frames.sent for flow in self._flows)
        return frames and (self._echo is None or self._echo.complete)

    def _judge(self) -> None:
        """Whether what came is what was sent, to the end."""
        ended = self._ended or time.monotonic()
        for flow in self._flows:
            check = flow.frames.check.result
            if ended - flow.frames.last > _SILENCE:
                self._fail(f"{flow.name} stopped {ended - flow.frames.last:.1f} s before the end")
            if check is not None and check.checked and check.right < check.checked / 2:
                self._fail(f"what came as {flow.name} is not what was sent ({check.right} of {check.checked})")

    # ---- the course of things

    def _begin(self, work: Any) -> None:
        self._tasks.append(asyncio.create_task(work))

    def _fail(self, what: str) -> NoReturn:
        raise _RunError(what)

    async def _reaches(self, state: Callable[[], bool], seconds: float) -> bool:
        """Waits until the state is reached; False when time is up, or something failed before."""
        deadline = time.monotonic() + seconds
        while not state():
            left = deadline - time.monotonic()
            if left <= 0 or self._failure is not None or self._broken():
                return False
            self._changed.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), min(left, _REFRESH))
            self._report()
        return True

    def _broken(self) -> bool:
        return any(side.state in ("failed", "closed") for side in self._sides)

    def _step(self, name: str, what: str) -> None:
        self._steps.append(Step(name, (time.monotonic() - self._began) * 1000, what))
        self._changed.set()
        self._report()

    def note(self, text: str) -> None:
        """Says once what a user should know."""
        if text not in self._notes:
            self._notes.append(text)

    def _report(self) -> None:
        if self._watch is not None:
            self._watch(self.outcome())

    def outcome(self) -> Outcome:
        """What there is so far."""
        return Outcome(
            mode="trickle" if self._plan.trickle else "vanilla",
            sources=tuple(self._opened),
            steps=tuple(self._steps),
            signalled=tuple(letter.as_signalled() for letter in self._letters),
            pair=self._pair,
            security=self._security,
            flows=tuple(flow.facts for flow in self._flows if self._security is not None),
            echo=None if self._echo is None else self._echo.result,
            notes=tuple(self._notes),
            connected=self._security is not None,
            flowed=self._security is not None and not self._missing(),
            interrupted=self.interrupted,
            failure=self._failure,
            source_failed=self._source_failed,
            seconds=self._seconds,
            connect_ms=next((step.after_ms for step in self._steps if step.name == "dtls"), None),
            verdict=self._verdict(),
        )

    @property
    def _seconds(self) -> float:
        return (self._ended or time.monotonic()) - self._began

    def _verdict(self) -> str:
        connected = self._security is not None
        if self._failure is not None:
            return f"{'connected, but ' if connected else 'not connected: '}{self._failure}"
        if not connected or self._missing():
            return f"{'interrupted' if self.interrupted else 'running'}, {'' if connected else 'not yet '}connected"
        what = "media flowed" if self._flows else "data came back"
        return f"{'interrupted: ' * self.interrupted}connected, {what}"

    async def close(self) -> None:
        """Takes everything down, in the order that real cameras need: peers first, then the sources."""
        self._ended = self._ended or time.monotonic()
        await _cancel(self._tasks)
        for problem in await asyncio.gather(*(side.close(_TO_CLOSE) for side in self._sides)):
            if problem is not None:
                self.note(problem)
        for source in self._sources:
            await source.close()


async def _cancel(tasks: list[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@contextmanager
def _warnings_of_aiortc(note: Callable[[str], None]) -> Iterator[None]:
    """Passes on what aiortc and aioice warn of, which would else be printed in the middle of a screen."""

    class Notes(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            note(record.getMessage().strip().splitlines()[-1])

    handler = Notes(logging.WARNING)
    loggers = [logging.getLogger(name) for name in ("aiortc", "aioice")]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
