"""One live peer whose descriptions a person carries to the other side: hand signaling."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import cast

import msgspec
from aiortc import MediaStreamTrack, RTCDataChannel, RTCIceServer, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame, VideoFrame

from sdpkit.call import Handshake, Message, Stream
from sdpkit.ice.candidate import Candidate
from sdpkit.outcome import Pair
from sdpkit.peer import wire
from sdpkit.peer.adapting import for_aiortc, from_aiortc
from sdpkit.peer.gathering import Gathering
from sdpkit.peer.side import Side
from sdpkit.peer.signaling import ice_candidate
from sdpkit.peer.source import Source, SourceError
from sdpkit.peer.tracks import FeedTrack
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.parser import parse

LABEL = "chat"
"""The data channel that an offerer opens."""
ECHO = "echo: "
"""What a message begins with that is only another one sent back; it is not sent back again."""


class Media(msgspec.Struct, frozen=True, kw_only=True):
    """What a peer sends, and how it looks for the other one. Without sources it only receives."""

    video: Source | None = None
    audio: Source | None = None
    codecs: tuple[str, ...] = ()
    """Codecs to prefer, by name."""
    servers: tuple[RTCIceServer, ...] = ()
    relay_only: bool = False

    def source(self, kind: str) -> Source | None:
        """Where media of a kind comes from; None when none is sent."""
        return {"video": self.video, "audio": self.audio}.get(kind)


class Counter:
    """Frames of one kind in one direction."""

    def __init__(self, kind: str, way: str) -> None:
        self.kind = kind
        self.way = way
        self.frames = 0
        self.size: tuple[int, int] | None = None
        self._first = self._last = 0.0

    def count(self, frame: VideoFrame | AudioFrame) -> None:
        """Notes a frame that goes out, or has come, now."""
        self._last = time.monotonic()
        self._first = self._first or self._last
        self.frames += 1
        if isinstance(frame, VideoFrame):
            self.size = (frame.width, frame.height)

    @property
    def fps(self) -> float:
        """Frames a second."""
        return (self.frames - 1) / (self._last - self._first) if self._last > self._first else 0.0


class HandPeer:
    """A peer for one offer and one answer. What `heard` is called for can be read from its properties."""

    def __init__(
        self,
        role: str,
        media: Media,
        heard: Callable[[], None],
        keep: Callable[[VideoFrame | AudioFrame], None] | None,
        fail: Callable[[SourceError], None],
        begin: Callable[..., None],
    ) -> None:
        """`keep` gets each received frame, `fail` hears why a source ended, `begin` runs a coroutine until the end."""
        self.messages: list[Message] = []
        self.side = Side(role, media.servers, media.relay_only, 0.0, lambda _: heard())
        self._media = media
        self._heard = heard
        self._keep = keep
        self._fail = fail
        self._begin = begin
        self._counters: list[Counter] = []
        self._gathering: Gathering | None = None
        self._channels: list[RTCDataChannel] = []
        self.remote: SessionDescription | None = None
        """The other side's description as it was carried here."""
        peer = self.side.peer
        for event in ("iceconnectionstatechange", "connectionstatechange"):
            peer.on(event, heard)
        peer.on("track", lambda track: begin(self._receive(track)))
        peer.on("datachannel", self._open)

    # ---- descriptions

    async def offer(self, *, trickle: bool) -> SessionDescription:
        """This side's offer: complete, or with `trickle` without candidates, which `candidates` gives later."""
        for kind in ("audio", "video"):  # what this side does not send it can still receive
            track = self._track(kind)
            self.side.offer(kind, "sendrecv" if track else "recvonly", track, self._media.codecs)
        self._open(self.side.peer.createDataChannel(LABEL))
        return await self._describe(trickle)

    async def answer(self, offer: SessionDescription, *, trickle: bool) -> SessionDescription:
        """This side's answer to an offer. Raises what aiortc raises for an offer that it cannot take."""
        await self._take(offer, "offer")
        for kind in ("audio", "video"):
            for transceiver in (one for one in self.side.peer.getTransceivers() if one.kind == kind):
                transceiver.direction = "recvonly"
            if any(one.kind == kind for one in self.side.peer.getTransceivers()):
                track = self._track(kind)
                self.side.accept(kind, "sendrecv" if track else "recvonly", track)
        return from_aiortc(await self._describe(trickle), offer)

    async def accept(self, answer: SessionDescription) -> None:
        """Takes the other side's answer. Raises what aiortc raises for one that it cannot take."""
        assert self._gathering is not None
        await self._gathering.done()  # before that aiortc has no local description
        await self._take(answer, "answer")

    async def _take(self, description: SessionDescription, type: str) -> None:
        self.remote = description
        await self.side.peer.setRemoteDescription(RTCSessionDescription(str(for_aiortc(description)), type))

    async def _describe(self, trickle: bool) -> SessionDescription:
        peer = self.side.peer
        if not trickle:
            self._gathering = Gathering(peer)
            await self._gathering.done()
            self.side.wire.tap()
            return parse(peer.localDescription.sdp)
        answers = peer.signalingState == "have-remote-offer"
        made = await (peer.createAnswer() if answers else peer.createOffer())
        self._gathering = Gathering(peer, made)
        description = parse(made.sdp)
        description.set("ice-options", ("trickle",))  # RFC 8840 §4.1.1; aiortc does not say it
        return description

    async def candidates(self) -> list[tuple[str, Candidate]]:
        """With trickle: what this side has gathered, each with the mid that it belongs to."""
        assert self._gathering is not None
        await self._gathering.done()
        self.side.wire.tap()
        section = parse(self.side.peer.localDescription.sdp).media[0]
        return [(section.mid or "0", candidate) for candidate in section.candidates]

    async def add(self, candidate: Candidate, mid: str | None) -> None:
        """Takes a candidate of the other side, for the m-section `mid`, or the first one."""
        assert self.remote is not None
        assert self._gathering is not None
        await self._gathering.done()
        first = next((section.mid for section in self.remote.media if not section.is_rejected), None)
        await self.side.peer.addIceCandidate(ice_candidate(candidate, mid or first or "0"))

    async def end_of_candidates(self) -> None:
        """No candidates of the other side follow: only then can the search for a pair end, and fail."""
        assert self._gathering is not None
        await self._gathering.done()  # told earlier, aioice would gather none itself
        await self.side.peer.addIceCandidate(None)

    # ---- media and messages

    def _track(self, kind: str) -> FeedTrack | None:
        source = self._media.source(kind)
        if source is None:
            return None
        feed = source.video() if kind == "video" else source.audio()
        if feed is None:
            raise SourceError(f"there is no {kind} in this source")
        return FeedTrack(feed, self._counter(kind, "sent").count, self._fail)

    def _counter(self, kind: str, way: str) -> Counter:
        self._counters.append(Counter(kind, way))
        return self._counters[-1]

    async def _receive(self, track: MediaStreamTrack) -> None:
        counter = self._counter(track.kind, "received")
        with suppress(MediaStreamError):
            while True:
                frame = cast("VideoFrame | AudioFrame", await track.recv())
                counter.count(frame)
                if counter.frames == 1:
                    self._heard()
                if self._keep is not None:
                    self._keep(frame)

    def _open(self, channel: RTCDataChannel) -> None:
        self._channels.append(channel)
        channel.on("open", self._heard)
        channel.on("message", lambda message: self._hear(channel, message))

    def _hear(self, channel: RTCDataChannel, message: str | bytes) -> None:
        """Notes a message, and sends it back, so that the other side sees that it arrived."""
        text = message if isinstance(message, str) else f"{len(message)} bytes"
        self.messages.append(Message("received", text))
        if not text.startswith(ECHO) and channel.readyState == "open":
            channel.send(f"{ECHO}{text}")
        self._heard()

    def send(self, text: str) -> bool:
        """Sends a message; False when no channel is open."""
        channel = next((channel for channel in self._channels if channel.readyState == "open"), None)
        if channel is None:
            return False
        channel.send(text)
        self.messages.append(Message("sent", text))
        return True

    # ---- what is known

    @property
    def state(self) -> str:
        """new, connecting, connected, failed or closed."""
        return self.side.state

    @property
    def is_connected(self) -> bool:
        """Whether a pair is nominated and DTLS is done, so that media can flow."""
        return self.side.ice_completed and self.side.dtls_connected

    @property
    def has_channel(self) -> bool:
        """Whether a data channel is open."""
        return any(channel.readyState == "open" for channel in self._channels)

    @property
    def pair(self) -> Pair | None:
        """The nominated candidate pair."""
        return wire.nominated_pair(self.side.peer)

    @property
    def handshake(self) -> Handshake | None:
        """What DTLS agreed on; None before."""
        if self.remote is None or not self.side.dtls_connected:
            return None
        section = next(section for section in self.remote.media if not section.is_rejected)
        return Handshake(self.side.dtls_role, *wire.dtls_cipher(self.side.peer), self._shows_its_certificate(section))

    def _shows_its_certificate(self, section: MediaDescription) -> bool:
        return any(
            wire.certificate_fingerprint(self.side.peer, each.hash_function) == each.digest.upper()
            for each in section.dtls.fingerprints
        )

    @property
    def streams(self) -> tuple[Stream, ...]:
        """The media that flows, or has flowed."""
        return tuple(self._stream(counter) for counter in self._counters if counter.frames)

    def _stream(self, counter: Counter) -> Stream:
        peer, kind, sent = self.side.peer, counter.kind, counter.way == "sent"
        tapped = self.side.wire.sent if sent else self.side.wire.received
        codec = wire.codec(peer, kind)
        flow = tapped.get(wire.ssrc(peer, kind)) if sent else wire.main_stream(peer, kind, tapped)
        width, height = counter.size or (None, None)
        round_trip = wire.round_trip(peer, kind) if sent else None
        return Stream(
            kind=kind,
            way=counter.way,
            codec=codec.name,
            payload_type=codec.payloadType,
            frames=counter.frames,
            fps=counter.fps,
            bitrate=flow.bitrate if flow else 0.0,
            packets=flow.packets if flow else 0,
            packets_lost=flow.lost if flow else 0,
            jitter_ms=flow.jitter_ms if flow and not sent else None,
            round_trip_ms=None if round_trip is None else max(0.0, round_trip * 1000),
            width=width,
            height=height,
        )

    @property
    def takes_candidates(self) -> bool:
        """Whether both descriptions are there, or are being made."""
        return self.remote is not None and self._gathering is not None

    @property
    def has_gathered(self) -> bool:
        """Whether there is any candidate of this side."""
        return bool(self.side.candidates)

    async def close(self, seconds: float) -> str | None:
        """Hangs up within a time; what went wrong, or None."""
        if self._gathering is not None:
            await self._gathering.give_up()
        return await self.side.close(seconds)
