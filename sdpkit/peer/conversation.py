"""Hand signaling from the first description to the end of the call, whoever carries the texts."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

import msgspec
from av import AudioFrame, VideoFrame

from sdpkit.call import Call
from sdpkit.ice.candidate import Candidate
from sdpkit.ice.pairs import pairs
from sdpkit.peer.hand import HandPeer, Media
from sdpkit.peer.inbox import Inbox
from sdpkit.peer.journal import Journal, Watch
from sdpkit.peer.session import warnings_of_aiortc
from sdpkit.peer.source import Source, SourceError
from sdpkit.reception import is_reachable
from sdpkit.sdp.description import SessionDescription

_TO_OPEN = 15.0  # s
_TO_CLOSE = 5.0  # s
_REFRESH = 0.5  # s
_BYE = "bye"

Keep = Callable[[VideoFrame | AudioFrame], None]


class Carrier(Protocol):
    """Who carries texts between the two sides: a person at a terminal, files, a pipe."""

    async def give(self, description: SessionDescription, type: str) -> None:
        """Shows a description that is to be carried to the other side."""

    async def give_candidate(self, candidate: Candidate | None, mid: str) -> None:
        """Shows a candidate that is to be carried to the other side; None is the end of them."""

    async def next(self) -> str | None:
        """The next text that was carried here, one line or many; None when none can come any more."""

    def ask(self, type: str) -> None:
        """Says that the other side's offer or answer is waited for."""

    def say(self, text: str) -> None:
        """Words for whoever carries."""

    def count_down(self, what: str, seconds: float) -> None:
        """How long something still holds."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How a conversation goes."""

    media: Media
    trickle: bool = False
    timeout: float = 600.0
    """s to wait for the other side: for its description, and for it to take one of this side's answers."""
    to_connect: float = 20.0
    """s for finding a pair, then for DTLS, once both descriptions are used."""
    answer_holds: float = 60.0
    """s for which an answer can be used: after 63 s aioice's checks have all failed."""


class Conversation:
    """One side of a call."""

    def __init__(
        self,
        role: str,
        settings: Settings,
        carrier: Carrier,
        watch: Watch | None = None,
        keep: Keep | None = None,
    ) -> None:
        """`role` is offerer or answerer; `watch` hears of the call as it goes, `keep` gets what is received."""
        self._role = role
        self._settings = settings
        self._carrier = carrier
        self._keep = keep
        self._journal = Journal(role, "trickle" if settings.trickle else "vanilla", watch)
        self._peer: HandPeer | None = None
        self._own: SessionDescription | None = None
        self._inbox = Inbox("answer" if role == "offerer" else "offer", trickle=settings.trickle)
        self._tasks: list[asyncio.Task[Any]] = []
        self._changed = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> Call:
        """The whole call, until one side hangs up, it fails, or `stop` is set."""
        work = asyncio.create_task(self._go())
        stopping = asyncio.create_task(stop.wait())
        with warnings_of_aiortc(self._journal.note):
            try:
                await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if not work.done():
                    self._journal.over = "this side hung up"
            finally:
                await _cancel([work, stopping])
                await self._close()
        return self._journal.call()

    async def _go(self) -> None:
        try:
            for source in self._sources:
                await self._open(source)
            self._journal.report()
            self._begin(self._listen())
            await (self._offer() if self._role == "offerer" else self._answer())
            await self._talk()
        except _OverError:
            pass
        except Exception as error:  # aiortc's or aioice's own
            self._fails(f"{type(error).__name__}: {error}")

    # ---- sources

    @property
    def _sources(self) -> list[Source]:
        media = self._settings.media
        return [source for source in dict.fromkeys([media.video, media.audio]) if source is not None]

    async def _open(self, source: Source) -> None:
        try:
            async with asyncio.timeout(_TO_OPEN):
                self._journal.opened.append(await source.open())
        except TimeoutError:
            self._source_fails(SourceError(f"a source could not be opened within {_TO_OPEN:g} s"))
        except SourceError as error:
            self._source_fails(error)
        self._go_on()

    def _source_fails(self, error: SourceError) -> None:
        self._journal.source_failed = True
        self._fails(str(error))

    # ---- descriptions

    def _new_peer(self) -> HandPeer:
        self._peer = HandPeer(
            self._role, self._settings.media, self._changed.set, self._keep, self._source_fails, self._begin
        )
        self._journal.peer = self._peer
        return self._peer

    async def _offer(self) -> None:
        peer = self._new_peer()
        offer = await peer.offer(trickle=self._settings.trickle)
        await self._give(offer, "offer")
        answer = await self._wait_for_description("answer")
        self._inbox.may_change = False
        await peer.accept(answer)
        await self._complete_candidates(answer)
        self._journal.step("answer", "taken")
        await self._connect("the answer's side has given up or cannot be reached")

    async def _answer(self) -> None:
        """Answers, again and again if need be: an answer holds only as long as this side's checks go on."""
        offer = await self._wait_for_description("offer")
        deadline = time.monotonic() + self._settings.timeout
        while True:
            peer = self._new_peer()
            await self._give(await peer.answer(offer, trickle=self._settings.trickle), "answer")
            await self._complete_candidates(offer)
            if await self._is_used(peer, offer):
                self._inbox.may_change = False
                return await self._connect("ICE found no pair")
            if time.monotonic() >= deadline:
                self._fails(f"nobody took an answer within {self._settings.timeout:g} s")
            self._go_on()
            before, offer = offer, await self._wait_for_description("offer")
            again = "too late: this answer cannot be used any more" if offer is before else "that is a new offer"
            self._carrier.say(f"{again}; here is a new answer")
            await peer.close(_TO_CLOSE)

    async def _give(self, description: SessionDescription, type: str) -> None:
        self._own = description
        self._journal.carry(self._role, type, description)
        if not self._settings.trickle:
            self._need_candidates()
        self._journal.step(type, f"{len(description.lines)} lines, {len(str(description))} characters")
        await self._carrier.give(description, type)
        if self._settings.trickle:
            self._begin(self._trickle())

    def _need_candidates(self) -> None:
        if self._peer is not None and not self._peer.has_gathered:
            asked = "the TURN server gave none: is it there, and are the credentials right?"
            why = asked if self._settings.media.relay_only else "this machine has no address, not even 127.0.0.1"
            self._fails(f"this side has no candidates: {why}")
            self._go_on()

    async def _trickle(self) -> None:
        assert self._peer is not None
        mid = "0"
        for mid, candidate in await self._peer.candidates():
            await self._carrier.give_candidate(candidate, mid)
        self._need_candidates()
        await self._carrier.give_candidate(None, mid)

    async def _wait_for_description(self, type: str) -> SessionDescription:
        if self._inbox.description is None:
            self._carrier.ask(type)
        await self._reach(lambda: self._inbox.description is not None, self._settings.timeout, f"no {type} came")
        assert self._inbox.description is not None
        return self._inbox.description

    # ---- what is carried here

    async def _listen(self) -> None:
        while (text := await self._carrier.next()) is not None:
            await self._hear(text)
        if self._inbox.description is None:
            self._fails(f"the input ended before the {self._inbox.wanted} came")

    async def _hear(self, text: str) -> None:
        if text.strip().lower() == _BYE:
            self._ends("this side hung up")
            return
        before = self._inbox.description
        words = self._inbox.take(text, self._own)
        if words is not None:
            for word in words:
                self._carrier.say(word)
            await self._follow(before, words)
        elif self._journal.connected and self._peer is not None:
            if not self._peer.send(text.strip()):
                self._carrier.say("no data channel is open: the message was not sent")
            self._journal.report()
        elif text.strip():
            self._carrier.say(f"no description is in that text of {len(text.strip())} characters")

    async def _follow(self, before: SessionDescription | None, words: list[str]) -> None:
        """Goes on with what is new in the inbox; `words` is what there is to know of it."""
        description = self._inbox.description
        if description is not None and description is not before:
            for word in words:
                self._journal.note(word)
            other = "answerer" if self._role == "offerer" else "offerer"
            self._journal.carry(other, self._inbox.wanted, description)
            self._changed.set()
        elif self._peer is not None and self._peer.takes_candidates:
            await self._take_candidates()

    async def _take_candidates(self) -> None:
        """Hands on the candidates that have come."""
        assert self._peer is not None
        waiting, self._inbox.candidates = self._inbox.candidates, []
        for each in waiting:
            if each.candidate is None:
                await self._peer.end_of_candidates()
            else:
                await self._peer.add(each.candidate, each.mid)

    async def _complete_candidates(self, description: SessionDescription) -> None:
        """With vanilla ICE no candidates come behind those of the description, if any of them can be reached."""
        await self._take_candidates()
        if not self._settings.trickle and is_reachable(description):  # else only the other side can find this one
            assert self._peer is not None
            await self._peer.end_of_candidates()

    # ---- connecting

    async def _is_used(self, peer: HandPeer, offer: SessionDescription) -> bool:
        """Waits while an answer to this offer holds; whether it was used, so that the sides have found each other."""
        deadline = time.monotonic() + self._settings.answer_holds
        while time.monotonic() < deadline and self._inbox.description is offer:
            self._go_on()
            if peer.side.ice_completed:
                return True
            self._carrier.count_down("the other side has to take this answer", deadline - time.monotonic())
            await self._pause()
        return peer.side.ice_completed

    async def _connect(self, otherwise: str) -> None:
        peer, seconds = self._peer, self._settings.to_connect
        assert peer is not None
        await self._reach(lambda: peer.side.ice_completed, seconds, "; ".join((otherwise, *self._hopeless())))
        pair = self._journal.pair = peer.pair
        if pair is not None:
            self._journal.step("ice", f"{pair.local} <-> {pair.remote}   {pair.local.type}/{pair.remote.type}")
        await self._reach(lambda: peer.is_connected, seconds, "the DTLS handshake did not succeed")
        handshake = self._journal.handshake = peer.handshake
        if handshake is not None:
            said = "fingerprint matches" if handshake.fingerprint_matches else "the fingerprint does NOT match"
            self._journal.step(
                "dtls", f"this side is {handshake.role}   {handshake.version} {handshake.cipher}   {said}"
            )
        self._journal.connected = True
        self._journal.report()

    def _hopeless(self) -> tuple[str, ...]:
        """Why no pair of candidates can work, as far as both descriptions show it."""
        if self._own is None or self._inbox.description is None or self._settings.trickle:
            return ()
        return pairs(self._own, self._inbox.description, self._role == "offerer").problems

    async def _talk(self) -> None:
        """Until one side hangs up."""
        peer = self._peer
        assert peer is not None
        seen: set[str] = set()
        while True:
            for stream in peer.streams:
                if stream.way == "received" and stream.kind not in seen:
                    seen.add(stream.kind)
                    size = f"   {stream.width}x{stream.height}" if stream.width else ""
                    self._journal.step(f"first {stream.kind}", f"{stream.codec} {stream.payload_type}{size}")
            if peer.has_channel and "data" not in seen:
                seen.add("data")
                self._journal.step("data channel", "open")
            if peer.state in ("failed", "closed"):
                self._ends("the other side hung up" if peer.state == "closed" else "the connection was lost")
            await self._pause()

    # ---- the course of things

    def _begin(self, work: Any) -> None:
        self._tasks.append(asyncio.create_task(work))

    async def _reach(self, state: Callable[[], bool], seconds: float, otherwise: str) -> None:
        """Waits for a state. Ends the call with what is wrong `otherwise` when time is up or the connection failed."""
        deadline = time.monotonic() + seconds
        while not state():
            broken = self._peer is not None and self._peer.state in ("failed", "closed")
            if broken or time.monotonic() >= deadline:
                self._fails(otherwise if broken else f"{otherwise} within {seconds:g} s")
            await self._pause()

    async def _pause(self) -> None:
        """Waits until something has changed, or a little. Raises _OverError when the call is over."""
        self._go_on()
        self._changed.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(_REFRESH):
                await self._changed.wait()
        self._journal.report()
        self._go_on()

    def _go_on(self) -> None:
        if self._journal.has_ended:
            raise _OverError

    def _fails(self, failure: str) -> None:
        self._journal.failure = self._journal.failure or failure
        self._changed.set()
        self._journal.report()

    def _ends(self, why: str) -> None:
        self._journal.over = self._journal.over or why
        self._changed.set()

    async def _close(self) -> None:
        """Takes everything down: peers first, then the sources, as real cameras need it."""
        await _cancel(self._tasks)
        if self._peer is not None and (problem := await self._peer.close(_TO_CLOSE)) is not None:
            self._journal.note(problem)
        for source in self._sources:
            with suppress(Exception):
                async with asyncio.timeout(_TO_CLOSE):
                    await source.close()


class _OverError(Exception):
    """The call is over."""


async def _cancel(tasks: list[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
