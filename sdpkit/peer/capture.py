"""Cameras, microphones and media files as sources.

A thread opens the device or file, reads, decodes and closes it; nothing else ever touches it. What leaves the thread
are frames with memory of their own: V4L2's lie in memory of the driver, which is gone once the camera is closed.
"""

import asyncio
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from threading import Event, Thread
from typing import Any, Literal, NamedTuple, Protocol, Self

import av
from av import AudioFrame, AudioResampler, AudioStream, Packet, VideoFrame, VideoStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.reformatter import VideoReformatter

from sdpkit.outcome import Opened
from sdpkit.peer.devices import (
    Input,
    camera_input,
    explain_camera,
    explain_microphone,
    find_camera,
    find_microphone,
    microphone_input,
)
from sdpkit.peer.source import AUDIO_CLOCK, AUDIO_RATE, AUDIO_SAMPLES, VIDEO_CLOCK, Feed, SourceError

OPENED_WITHIN = 10.0
"""Seconds until the first frame must have come."""
CLOSED_WITHIN = 2.0
"""Seconds that closing waits for the thread."""
STALLED_AFTER = 3.0
"""Seconds without a frame after which a camera or microphone counts as dead."""

_POLL = 0.003  # seconds between two looks for a frame
_LIVE_FRAMES = {"video": 3, "audio": 10}  # how many frames wait in a feed: of a device only the newest,
_FILE_FRAMES = {"video": 16, "audio": 50}  # of a file so many that two peers need not start together
# AVFMT_FLAG_NONBLOCK, which has no name as an option: reading returns at once when there is no frame. A thread that
# waits in the kernel for a camera that has stalled could never be ended.
_NONBLOCK = {"fflags": "+4"}

Stream = VideoStream | AudioStream
Frame = VideoFrame | AudioFrame
Explain = Callable[[str, OSError | av.FFmpegError, bool], str]


class Found(NamedTuple):
    """What a capture opens."""

    input: Input
    device: str
    name: str | None = None


class Capture:
    """A camera, a microphone or a media file as a Source.

    A device is live: its feeds hold only the newest frames, and it ends with SourceError when it stalls, breaks or is
    unplugged. A file is played at its own speed from the first call of next(), again and again, and no frame is left
    out: it waits for the slowest feed that is read. Feeds of one capture share their frames.
    """

    def __init__(self, what: str, find: Callable[[], Found], explain: Explain, *, live: bool) -> None:
        """`find` says what to open, `explain` what an error of a device means, before or after its first frame."""
        self.what = what
        self.corrupt = 0
        """How many packets could not be decoded and were left out."""
        self._find = find
        self._explain = explain
        self._live = live
        self._feeds: list[_CaptureFeed] = []
        self._kinds: frozenset[str] = frozenset()
        self._opened: Opened | None = None
        self._failure: str | None = None
        self._settled = asyncio.Event()  # opened or failed
        self._begun: float | None = None
        self._begin = Event()
        self._stop = Event()
        self._thread = Thread(target=self._run, name=what, daemon=True)

    @classmethod
    def camera(cls, wanted: str, size: tuple[int, int] | None = None, fps: float | None = None) -> Self:
        """The camera with this index, path or name; size and rate are wishes, None takes the camera's own."""

        def find() -> Found:
            camera = find_camera(wanted)
            return Found(camera_input(camera, size, fps), camera.path, camera.name)

        return cls("camera", find, explain_camera, live=True)

    @classmethod
    def microphone(cls, wanted: str = "0") -> Self:
        """The microphone with this index, path or name."""

        def find() -> Found:
            microphone = find_microphone(wanted)
            return Found(microphone_input(microphone), microphone.path, microphone.name)

        return cls("microphone", find, explain_microphone, live=True)

    @classmethod
    def file(cls, path: str | Path) -> Self:
        """The first video and the first audio of a media file."""
        return cls("file", lambda: _find_file(Path(path)), _explain_file, live=False)

    @property
    def dropped(self) -> int:
        """How many frames a peer was too slow to take; always 0 for a file."""
        return sum(feed.dropped for feed in self._feeds)

    async def open(self) -> Opened:
        """Opens it and waits for its first frame, at most OPENED_WITHIN seconds. Raises SourceError."""
        self._loop = asyncio.get_running_loop()
        self._thread.start()
        try:
            async with asyncio.timeout(OPENED_WITHIN):
                await self._settled.wait()
        except TimeoutError:
            await self.close()
            raise SourceError(f"the {self.what} gave no frame within {OPENED_WITHIN:g} s") from None
        if self._opened is None:
            raise SourceError(self._failure)
        return self._opened

    def video(self) -> Feed | None:
        """A new feed of its video; None when it has none."""
        return self._feed("video")

    def audio(self) -> Feed | None:
        """A new feed of its audio; None when it has none."""
        return self._feed("audio")

    async def close(self) -> None:
        """Gives the device back, in at most CLOSED_WITHIN seconds."""
        self._stop.set()
        self._begin.set()
        deadline = time.monotonic() + CLOSED_WITHIN
        while self._thread.is_alive() and time.monotonic() < deadline:
            await asyncio.sleep(_POLL)  # join() would hold up the loop

    def _feed(self, kind: Literal["audio", "video"]) -> Feed | None:
        if kind not in self._kinds:
            return None
        limit = (_LIVE_FRAMES if self._live else _FILE_FRAMES)[kind]
        feed = _CaptureFeed(kind, limit, self._begin.set, lambda: self._failure)
        self._feeds.append(feed)
        return feed

    # All that follows runs in the thread.

    @property
    def _ended(self) -> bool:
        """Whether nobody wants frames any more: it is closed, or the event loop is."""
        return self._stop.is_set() or self._loop.is_closed()

    def _run(self) -> None:
        try:
            self._play()
            self._failure = f"the {self.what} is closed"
        except SourceError as error:
            self._failure = str(error)
        except Exception as error:  # whatever it is, nobody may go on waiting for frames
            self._failure = f"the {self.what} cannot be read: {error}"
        self._tell(self._settled.set)
        for feed in self._feeds:
            self._tell(feed.wake)

    def _play(self) -> None:
        found = self._find()
        try:
            if self._live:
                self._play_device(found)
            else:
                self._play_file(found)
        except (OSError, av.FFmpegError) as error:
            raise SourceError(self._explain(found.device, error, self._opened is not None)) from None

    def _play_device(self, found: Found) -> None:
        with _opened(found.input) as container:
            self._read_device(container, found)

    def _play_file(self, found: Found) -> None:
        end = Fraction(0)
        while not self._ended:
            with _opened(found.input) as container:
                begun, end = end, self._read_file(container, found, end)
            if begun == end and not self._ended:
                raise SourceError(f"the file {found.device} has no frames")

    def _read_device(self, container: InputContainer, found: Found) -> None:
        stream = _streams(container, found)[0]
        shape = _shaper(stream, Fraction(0), None)
        heard: float | None = None
        while not self._ended:
            packet = _poll(container, stream, self.what)
            frames = self._decode(packet, shape) if packet is not None else []
            if frames:
                heard = time.monotonic()
                self._announce(found, (stream,))
                if self._begin.is_set():
                    self._deliver(frames)
                else:
                    shape = _shaper(stream, Fraction(0), None)  # time begins with the first frame that is wanted
            elif heard is not None and time.monotonic() - heard > STALLED_AFTER:
                raise SourceError(f"the {self.what} gives no more frames: stalled for {STALLED_AFTER:g} s")
            if packet is None:
                self._stop.wait(_POLL)

    def _read_file(self, container: InputContainer, found: Found, begin: Fraction) -> Fraction:
        """Plays a file once; returns where on the feeds' clock it ended, having begun at `begin`."""
        streams = _streams(container, found)
        first = Fraction(container.start_time or 0, av.time_base)
        shapers = {stream.index: _shaper(stream, begin, first) for stream in streams}
        packets = container.demux(*streams)
        for frame in (frame for packet in packets for frame in self._decode(packet, shapers[packet.stream_index])):
            self._announce(found, streams)
            self._wait_for(frame)
            if self._ended:
                break
            self._deliver([frame])
        return max(shaper.end for shaper in shapers.values())

    def _decode(self, packet: "Packet[Any]", shape: "_Shaper") -> list[Frame]:
        """What a packet holds; one that is broken is counted and left out, for the next may be whole again."""
        # An empty packet without a time ends a stream. With a time it is a buffer that the driver calls broken; a
        # decoder that were given it would take it for the end.
        broken = packet.size == 0 and packet.dts is not None
        try:
            if not broken:
                return [ready for frame in packet.decode() for ready in shape(frame)]
        except av.InvalidDataError:
            broken = True
        self.corrupt += broken
        return []

    def _announce(self, found: Found, streams: tuple[Stream, ...]) -> None:
        """Says once what was opened."""
        if self._opened is None:
            self._kinds = frozenset(stream.type for stream in streams)
            self._opened = _describe(self.what, found, streams[0])
            self._tell(self._settled.set)

    def _wait_for(self, frame: Frame) -> None:
        """Waits until a frame of a file is due, and no feed is full that is read."""
        while not self._ended and self._begun is None and not self._begin.wait(0.1):
            pass
        self._begun = self._begun or time.monotonic()
        while not self._ended:
            early = self._begun + float(_time(frame) or 0) - time.monotonic()
            if early > 0:
                self._stop.wait(early)
            elif any(feed.full for feed in self._feeds_of(frame)):
                self._stop.wait(_POLL)
            else:
                return

    def _deliver(self, frames: list[Frame]) -> None:
        for frame in frames:
            for feed in self._feeds_of(frame):
                feed.put(frame)
                self._tell(feed.wake)

    def _feeds_of(self, frame: Frame) -> "list[_CaptureFeed]":
        kind = "video" if isinstance(frame, VideoFrame) else "audio"
        return [feed for feed in self._feeds if feed.kind == kind]

    def _tell(self, callback: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop is closed
            self._loop.call_soon_threadsafe(callback)


class _CaptureFeed:
    """The frames of a capture for one peer. The thread puts, the event loop takes."""

    def __init__(
        self, kind: Literal["audio", "video"], limit: int, begin: Callable[[], None], failure: Callable[[], str | None]
    ) -> None:
        self.kind = kind
        self.dropped = 0
        self._begin = begin
        self._failure = failure
        self._read = False
        self._frames: deque[Frame] = deque(maxlen=limit)
        self._news = asyncio.Event()

    async def next(self) -> Frame:
        """The next frame; raises SourceError when there will be none."""
        self._read = True
        self._begin()
        while not self._frames:
            failure = self._failure()
            if failure is not None:
                raise SourceError(failure)
            self._news.clear()
            await self._news.wait()
        return self._frames.popleft()

    @property
    def full(self) -> bool:
        """Whether one more frame would push out another; a feed that was never read is never full."""
        return self._read and len(self._frames) == self._frames.maxlen

    def put(self, frame: Frame) -> None:
        self.dropped += self.full
        self._frames.append(frame)

    def wake(self) -> None:
        self._news.set()


@contextmanager
def _opened(input: Input) -> Iterator[InputContainer]:
    options = input.options if input.format is None else input.options | _NONBLOCK
    # As options= they would go to the decoder too, which has one named video_size as well: it would take the pictures
    # for ones of the size that was wished for, where the driver chose another.
    container = av.open(input.file, format=input.format, container_options=options, timeout=(OPENED_WITHIN, None))
    try:
        yield container
    except Exception as error:
        # The driver's memory goes with the container: no packet may outlive it in a frame of the traceback.
        traceback.clear_frames(error.__traceback__)
        raise
    finally:
        container.close()


def _poll(container: InputContainer, stream: Stream, what: str) -> "Packet[Any] | None":
    """The next packet of a device; None when there is none yet."""
    try:
        packet = next(container.demux(stream))
    except BlockingIOError:
        return None
    if packet.size == 0 and packet.dts is None:
        raise SourceError(f"the {what} has ended")
    return packet


def _streams(container: InputContainer, found: Found) -> tuple[Stream, ...]:
    """The first video that is not the picture of an album, and the first audio."""
    videos = (stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic)
    streams = (next(videos, None), next(iter(container.streams.audio), None))
    chosen = tuple(stream for stream in streams if stream is not None)
    if not chosen:
        raise SourceError(f"{found.device} has neither video nor audio")
    return chosen


def _describe(what: str, found: Found, stream: Stream) -> Opened:
    codec = stream.codec_context.name
    if isinstance(stream, AudioStream):
        return Opened(what, found.device, found.name, format=codec, rate=float(stream.rate))
    return Opened(
        what,
        found.device,
        found.name,
        stream.width,
        stream.height,
        stream.pix_fmt if codec == "rawvideo" else codec,
        float(stream.average_rate) if stream.average_rate else None,
    )


class _Shaper(Protocol):
    """Makes decoded frames into those of a feed."""

    end: Fraction
    """Where on the feed's clock the last one ended, in seconds."""

    def __call__(self, frame: Any) -> Iterator[Frame]: ...


class _Pictures:
    """Makes decoded pictures into those of a feed."""

    def __init__(self, begin: Fraction, first: Fraction | None, rate: Fraction) -> None:
        """What has the time `first` is shown at `begin`; when it is None, that is the first picture."""
        self.end = begin
        self._begin = begin
        self._first = first
        self._least = begin
        self._duration = 1 / rate
        self._reformatter = VideoReformatter()  # frame.reformat() would start a pool of threads for each frame

    def __call__(self, frame: VideoFrame) -> Iterator[VideoFrame]:
        """The one picture, with memory of its own as long as its packet is held."""
        at = self._shown(frame)
        own = self._reformatter.reformat(frame, _even(frame.width), _even(frame.height), "yuv420p")
        # reformat() returns a picture that fits as it is. Its memory may be the packet's, that is to say the driver's;
        # then it has two owners, and making it writable copies it.
        own.make_writable()
        own.pts, own.time_base = round(at / VIDEO_CLOCK), VIDEO_CLOCK
        self._least, self.end = at + VIDEO_CLOCK, at + self._duration
        yield own

    def _shown(self, frame: VideoFrame) -> Fraction:
        """When a picture is shown, which is never before the one before it."""
        time = _time(frame)
        if time is None:
            return self.end
        if self._first is None:
            self._first = time
        return max(self._begin + time - self._first, self._least)


class _Sound:
    """Makes decoded sound into frames of a feed; an end that fills no whole frame is left out."""

    def __init__(self, begin: Fraction, first: Fraction | None) -> None:
        """What has the time `first` is heard at `begin`; when it is None, that is the first sample."""
        self.end = begin
        self._begin = begin
        self._first = first
        self._sample: int | None = None
        self._resampler = AudioResampler("s16", "stereo", AUDIO_RATE, AUDIO_SAMPLES)

    def __call__(self, frame: AudioFrame) -> Iterator[AudioFrame]:
        """The whole frames that there are now. They follow each other without gaps, like the samples of a device."""
        if self._sample is None:
            self._sample = round((self._begin + self._late(frame)) * AUDIO_RATE)
        for piece in self._resampler.resample(frame):
            piece.pts, piece.time_base = self._sample, AUDIO_CLOCK
            self._sample += piece.samples
            self.end = self._sample * AUDIO_CLOCK
            yield piece

    def _late(self, frame: AudioFrame) -> Fraction:
        """How long after `first` the sound begins."""
        time = _time(frame)
        return Fraction(0) if time is None or self._first is None else max(Fraction(0), time - self._first)


def _shaper(stream: Stream, begin: Fraction, first: Fraction | None) -> _Shaper:
    if isinstance(stream, AudioStream):
        return _Sound(begin, first)
    return _Pictures(begin, first, stream.average_rate or stream.guessed_rate or Fraction(25))


def _time(frame: Frame) -> Fraction | None:
    """The time stamp of a frame in seconds."""
    return None if frame.pts is None or frame.time_base is None else frame.pts * frame.time_base


def _even(length: int) -> int:
    return max(2, length - length % 2)


def _find_file(path: Path) -> Found:
    """A media file; raises SourceError when the path is none, or is something that could keep us waiting."""
    if path.is_dir():
        raise SourceError(f"{path} is a directory, not a media file")
    if not path.exists():
        raise SourceError(f"there is no file {path}")
    if not path.is_file():
        raise SourceError(f"{path} is not a file; a camera is opened with --camera")
    if path.stat().st_size == 0:
        raise SourceError(f"{path} is empty")
    return Found(Input(f"file:{path}"), str(path))


def _explain_file(path: str, error: OSError | av.FFmpegError, _: bool) -> str:
    if isinstance(error, PermissionError):
        return f"{path} may not be read: permission denied"
    if isinstance(error, ValueError):  # FFmpeg's invalid data
        return f"{path} is not a media file that FFmpeg knows, or is damaged"
    return f"{path} cannot be read: {error.strerror}"
