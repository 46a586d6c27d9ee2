"""Two live peers in one process: connected, sending, measured, and taken down again."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, cast

import msgspec
from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame, VideoFrame

from sdpkit.outcome import Opened, Outcome, Pair, Security, Step
from sdpkit.peer import wire
from sdpkit.peer.capture import Capture
from sdpkit.peer.echo import LABEL, EchoTest, send_back
from sdpkit.peer.flow import MediaFlow
from sdpkit.peer.judging import all_arrived, fault, missing
from sdpkit.peer.measuring import Frames, check_for
from sdpkit.peer.negotiation import Negotiation, RunError
from sdpkit.peer.pattern import TestPicture
from sdpkit.peer.plan import SENDING, Plan
from sdpkit.peer.side import Side
from sdpkit.peer.source import Feed, Source, SourceError
from sdpkit.peer.tracks import FeedTrack
from sdpkit.peer.wire import RtpHeader

_TO_OPEN = 15.0  # s, for a source that does not bound it itself
_TO_SIGNAL = 15.0  # s; aioice gives a server 5 s, and both sides gather one after the other
_TO_ARRIVE = 0.5  # s, for what is still on its way at the end
_TO_CLOSE = 5.0  # s
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

    ICE, DTLS and SRTP are real and go over this machine's addresses, 127.0.0.1 and ::1 first. Whatever goes wrong
    with sources, peers or media is in the outcome. Set `stop` to end the run early: the outcome then says what there
    was until that moment. What `watch` or `keep` raises ends the run, and is raised once everything is taken down.
    """
    plan = plan or Plan()
    if plan.is_a_picture:
        plan = msgspec.structs.replace(plan, video=TestPicture())
    run = _Run(plan, watch, keep)
    work = asyncio.create_task(run.go())
    stopping = asyncio.create_task((stop or asyncio.Event()).wait())
    with warnings_of_aiortc(run.note):
        try:
            await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
            run.interrupted = not work.done()
        finally:
            await _cancel([work, stopping])
            await run.close()
    if run.error is not None:
        raise run.error
    return run.outcome()


class _Run:
    """What is there of a run, and what has become of it."""

    def __init__(self, plan: Plan, watch: Watch | None, keep: Keep | None) -> None:
        self.interrupted = False
        self.error: Exception | None = None
        """What `watch` or `keep` raised."""
        self._plan = plan
        self._watch = watch
        self._keep = keep
        self._sources = [source for source in dict.fromkeys([plan.video, plan.audio]) if source is not None]
        self._sides: tuple[Side, ...] = ()
        self._negotiation: Negotiation | None = None
        self._is_closing = False
        self._tasks: list[asyncio.Task[None]] = []
        self._changed = asyncio.Event()
        self._began = time.monotonic()
        self._ended: float | None = None
        self._opened: list[Opened] = []
        self._steps: list[Step] = []
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
            for source in self._sources:
                await self._open(source)
            self._report()
            self._make_sides()
            await self._negotiate()
            await self._connect()
            await self._let_flow()
        except RunError as error:
            self._failure = self._failure or str(error)
        except Exception as error:  # aiortc's or aioice's own
            self._failure = self._failure or f"{type(error).__name__}: {error}"

    # ---- sources

    async def _open(self, source: Source) -> None:
        try:
            async with asyncio.timeout(_TO_OPEN):
                self._opened.append(await source.open())
        except TimeoutError:
            self._source_fails(SourceError(f"a source could not be opened within {_TO_OPEN:g} s"))
        except SourceError as error:
            self._source_fails(error)
        except Exception as error:  # of a source that is not ours
            self._source_fails(SourceError(f"{type(error).__name__}: {error}"))
        if self._failure is not None:
            raise RunError

    def _source_fails(self, error: SourceError) -> None:
        self._failure = self._failure or str(error)
        self._source_failed = True
        self._changed.set()

    def _feed(self, source: Source, kind: str) -> Feed:
        feed = source.video() if kind == "video" else source.audio()
        if feed is None:
            self._source_fails(SourceError(f"there is no {kind} in this source"))
            raise RunError
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
            echo = self._echo = EchoTest(channel)
            channel.on("open", lambda: self._begin(self._measure(echo)))
            answerer.peer.on("datachannel", send_back)

    def _track(self, sender: Side, kind: str, direction: str) -> FeedTrack | None:
        """The track that a side sends, if its direction lets it send at all."""
        source = self._source(kind)
        if source is None or direction not in SENDING:
            return None
        receiver = next(side for side in self._sides if side is not sender)
        flow = MediaFlow(kind, sender, receiver, Frames(check_for(source, kind)))
        self._flows.append(flow)
        return FeedTrack(self._feed(source, kind), flow.frames.hand, self._source_fails)

    def _prepare_answer(self) -> None:
        """Says what the answerer does with the media of the offer."""
        _, answerer = self._sides
        direction = self._plan.answerer_direction
        for kind in self._kinds:
            answerer.accept(kind, direction, self._track(answerer, kind, direction))

    # ---- connecting

    async def _negotiate(self) -> None:
        offerer, answerer = self._sides
        negotiation = self._negotiation = Negotiation(offerer, answerer, self._prepare_answer, self._step)
        try:
            async with asyncio.timeout(_TO_SIGNAL):
                await (negotiation.trickle() if self._plan.trickle else negotiation.vanilla())
        except TimeoutError:
            raise RunError(f"signaling did not end within {_TO_SIGNAL:g} s") from None
        self._flows = [flow for flow in self._flows if flow.sender.sends(flow.kind)]
        if not self._flows and self._echo is None:
            said = f"{self._plan.offerer_direction} against {self._plan.answerer_direction}"
            raise RunError(f"no media was agreed on: {said}")

    async def _connect(self) -> None:
        offerer, answerer = self._sides
        await self._reach(lambda: all(side.ice_completed for side in self._sides), "ICE found no pair")
        self._pair = wire.nominated_pair(offerer.peer)
        if self._pair is not None:
            local, remote = self._pair.local, self._pair.remote
            self._step("ice", f"checking -> completed   {local} <-> {remote}   {local.type}/{remote.type}")
        await self._reach(
            lambda: all(side.dtls_connected for side in self._sides), "the DTLS handshake did not succeed"
        )
        match = self._wrong_certificate() is None
        self._security = Security(offerer.dtls_role, answerer.dtls_role, *wire.dtls_cipher(offerer.peer), match)
        roles = f"offerer {offerer.dtls_role}, answerer {answerer.dtls_role}"
        said = "fingerprints match" if match else "a fingerprint does NOT match"
        self._step("dtls", f"{roles}   {self._security.version} {self._security.cipher}   {said}")

    def _wrong_certificate(self) -> str | None:
        """Whose certificate is not the one that its description names, by sdpkit's parser; None when each is."""
        letters = () if self._negotiation is None else self._negotiation.letters
        for letter, shown_to in zip(letters, reversed(self._sides), strict=False):
            fingerprints = letter.description.media[0].dtls.fingerprints
            shown = (wire.certificate_fingerprint(shown_to.peer, each.hash_function) for each in fingerprints)
            if not any(given == each.digest.upper() for given, each in zip(shown, fingerprints, strict=True)):
                return letter.by
        return None

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
                if side is self._kept_side:
                    self._call(self._keep, frame)

    @property
    def _kept_side(self) -> Side:
        """The side whose frames are kept: the answerer, if it receives anything."""
        offerer, answerer = self._sides
        return answerer if any(flow.receiver is answerer for flow in self._flows) else offerer

    async def _measure(self, echo: EchoTest) -> None:
        self._step("data channel", "open")
        await echo.run()

    async def _let_flow(self) -> None:
        """Waits for the first media, lets it flow for its time, then waits for what is still on its way."""
        await self._reach(lambda: not missing(self._flows, self._echo), self._what_is_missing)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._plan.seconds):
                await self._reach(lambda: False, "media stopped", seconds=float("inf"))
        self._stop_counting()
        with suppress(RunError):
            await self._reach(lambda: all_arrived(self._flows, self._echo), "", seconds=_TO_ARRIVE)
        found = fault(self._flows, self._echo, self._plan.seconds, self._ended or time.monotonic())
        if found is not None:
            raise RunError(found)

    def _what_is_missing(self) -> str:
        return "; ".join(missing(self._flows, self._echo))

    def _stop_counting(self) -> None:
        """Counts no more frames that go out; they go on, as aiortc gives a frame only when others came behind it."""
        self._ended = time.monotonic()
        for flow in self._flows:
            flow.frames.is_closed = True
        if self._echo is not None:
            self._echo.stop()

    # ---- the course of things

    def _begin(self, work: Any) -> None:
        if self._is_closing:
            work.close()
        else:
            self._tasks.append(asyncio.create_task(work))

    async def _reach(
        self, state: Callable[[], bool], otherwise: str | Callable[[], str], seconds: float | None = None
    ) -> None:
        """Waits for a state. Raises RunError with what is wrong `otherwise`: time is up, or something failed before."""
        seconds = self._plan.timeout if seconds is None else seconds
        deadline = time.monotonic() + seconds
        while not state():
            said = otherwise if isinstance(otherwise, str) else otherwise()
            if self._failure is not None or self.error is not None:
                raise RunError
            if (broken := self._broken()) is not None:
                raise RunError(f"{said}: {broken}")
            if time.monotonic() >= deadline:
                raise RunError(f"{said} within {seconds:g} s")
            self._changed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(_REFRESH):  # wait_for() of Python 3.11 may swallow a cancellation
                    await self._changed.wait()
            self._report()

    def _broken(self) -> str | None:
        """Which connection is broken, and why as far as that is known."""
        side = next((side for side in self._sides if side.state in ("failed", "closed")), None)
        if side is None:
            return None
        wrong = None if self._security is not None or not side.ice_completed else self._wrong_certificate()
        if wrong is not None and wire.certificate_fingerprint(side.peer, "sha-256") is not None:
            return f"the certificate of the {wrong} is not the one that its description names"
        return f"the connection of the {side.name} {side.state}"

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
            self._call(self._watch, self.outcome())

    def _call(self, hear: Callable[[Any], None] | None, what: Any) -> None:
        """Calls what a caller gave. It may be called out of aiortc, which must not see what it raises."""
        if hear is not None and self.error is None:
            try:
                hear(what)
            except Exception as error:  # whatever it is, it is raised once all is taken down
                self.error = error
                self._changed.set()

    def outcome(self) -> Outcome:
        """What there is so far."""
        letters = () if self._negotiation is None else self._negotiation.letters
        connected = self._security is not None
        return Outcome(
            mode="trickle" if self._plan.trickle else "vanilla",
            sources=tuple(self._opened),
            steps=tuple(self._steps),
            signalled=tuple(letter.as_signalled() for letter in letters),
            pair=self._pair,
            security=self._security,
            flows=tuple(flow.facts for flow in self._flows if connected),
            echo=None if self._echo is None else self._echo.result,
            notes=tuple(self._notes),
            connected=connected,
            flowed=self._failure is None and self._has_flowed,
            interrupted=self.interrupted,
            failure=self._failure,
            source_failed=self._source_failed,
            seconds=(self._ended or time.monotonic()) - self._began,
            connect_ms=next((step.after_ms for step in self._steps if step.name == "dtls"), None),
            verdict=self._verdict(),
        )

    @property
    def _has_flowed(self) -> bool:
        return self._security is not None and not missing(self._flows, self._echo)

    def _verdict(self) -> str:
        connected = self._security is not None
        if self._failure is not None:
            return f"{'connected, but ' if connected else 'not connected: '}{self._failure}"
        if not self._has_flowed:
            return f"{'interrupted' if self.interrupted else 'running'}, {'' if connected else 'not yet '}connected"
        what = "media flowed" if self._flows else "data came back"
        return f"{'interrupted: ' * self.interrupted}connected, {what}"

    async def close(self) -> None:
        """Takes everything down, in the order that real cameras need: peers first, then the sources."""
        self._ended = self._ended or time.monotonic()
        self._is_closing = True
        await _cancel(self._tasks)
        if self._negotiation is not None:
            await self._negotiation.give_up()
        for problem in await asyncio.gather(*(side.close(_TO_CLOSE) for side in self._sides)):
            if problem is not None:
                self.note(problem)
        for source in self._sources:
            await self._close(source)

    async def _close(self, source: Source) -> None:
        try:
            async with asyncio.timeout(_TO_CLOSE):
                await source.close()
        except Exception as error:  # of a source that is not ours
            self.note(f"closing a source failed: {type(error).__name__}: {error}")
        if isinstance(source, Capture) and source.corrupt:
            self.note(f"{source.corrupt} broken buffers of the {source.what} were left out")
        if isinstance(source, Capture) and source.dropped:
            self.note(f"{source.dropped} frames of the {source.what} came faster than they could be sent")


async def _cancel(tasks: list[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@contextmanager
def warnings_of_aiortc(note: Callable[[str], None]) -> Iterator[None]:
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
