"""Frames counted at both ends, and compared: what was sent, what came, when, and whether it is the same picture."""

import math
import time
from collections import Counter
from typing import NamedTuple

from av import AudioFrame, VideoFrame

from sdpkit.outcome import Delay, PictureCheck
from sdpkit.peer.pattern import TestPicture, read_counter
from sdpkit.peer.source import Source
from sdpkit.peer.tone import Tone, hears_tone

_MOST_WAITING = 900  # frames that were sent and have not come: 30 s of video
_ROUNDING = 48  # in units of a time stamp: 0.5 ms of video, 1 ms of audio
_DELAY_STEP = 0.5  # ms
_SAMPLED_EVERY = 15  # frames; comparing pictures costs time
_LEAST_PSNR = 20.0  # dB; two pictures that have nothing to do with each other have less than 12
_BEST_PSNR = 99.0  # dB, for equal pictures


class Spread:
    """Many numbers in little memory: how many there are of each, rounded to a step."""

    def __init__(self, step: float) -> None:
        self.count = 0
        self.least = math.inf
        self.most = -math.inf
        self._step = step
        self._counts: Counter[int] = Counter()

    def add(self, number: float) -> None:
        """Takes one number in."""
        self.count += 1
        self.least, self.most = min(self.least, number), max(self.most, number)
        self._counts[round(number / self._step)] += 1

    def share(self, share: float) -> float:
        """The number that this share of all, from 0 to 1, does not exceed; 0.5 gives the median."""
        seen = 0
        for rounded in sorted(self._counts):
            seen += self._counts[rounded]
            if seen >= share * self.count:
                return min(max(rounded * self._step, self.least), self.most)
        return 0.0


class Handed(NamedTuple):
    """A frame that a source handed to its peer."""

    at: float
    seen: object | None


class Frames:
    """The frames of one kind from one peer to the other. A frame is known by its time stamp."""

    def __init__(self, check: "Check") -> None:
        self.check = check
        self.sent = 0
        self.received = 0
        self.first_sent: int | None = None
        self.is_closed = False
        """Whether the frames that are still handed out count no more: they only push those before them through."""
        self.started: float | None = None
        """When the first frame was received, by time.monotonic()."""
        self.last = 0.0
        self.size: tuple[int, int] | None = None
        self.delays = Spread(_DELAY_STEP)
        """In ms, frame by frame."""
        self._last_stamp = 0
        self._waiting: dict[int, Handed] = {}

    def hand(self, frame: VideoFrame | AudioFrame) -> None:
        """Notes a frame that goes out, until counting is closed."""
        if self.is_closed:
            return
        stamp = frame.pts or 0
        if self.first_sent is None:
            self.first_sent = stamp
        self._last_stamp = stamp
        self.sent += 1
        self._waiting[stamp] = Handed(time.monotonic(), self.check.look(frame, self.sent))
        if len(self._waiting) > _MOST_WAITING:
            del self._waiting[next(iter(self._waiting))]

    def receive(self, frame: VideoFrame | AudioFrame, stamp: int | None) -> None:
        """Notes a frame that came in; `stamp` is the time stamp with which it was sent, as far as that is known."""
        if self.is_closed and stamp is not None and stamp > self._last_stamp + _ROUNDING:
            return
        now = time.monotonic()
        self.received += 1
        self.started = self.started or now
        self.last = now
        if isinstance(frame, VideoFrame):
            self.size = (frame.width, frame.height)
        handed = None if stamp is None else self._take(stamp)
        if handed is not None:
            self.delays.add((now - handed.at) * 1000)
        self.check.compare(frame, handed)

    def _take(self, stamp: int) -> Handed | None:
        """The frame that was handed out with this time stamp; aiortc rounds it. Those before it will not come."""
        for waiting in list(self._waiting):
            if waiting > stamp + _ROUNDING:
                break
            handed = self._waiting.pop(waiting)
            if waiting >= stamp - _ROUNDING:
                return handed
        return None

    @property
    def seconds(self) -> float:
        """From the first to the last frame received."""
        return 0.0 if self.started is None else self.last - self.started

    @property
    def fps(self) -> float:
        """Frames received a second."""
        return (self.received - 1) / self.seconds if self.seconds else 0.0

    @property
    def delay(self) -> Delay | None:
        """The delays of all frames that were recognised."""
        if not self.delays.count:
            return None
        return Delay(self.delays.share(0.5), self.delays.share(0.95), self.delays.most)


class Check:
    """Looks at nothing: the frames are only counted."""

    def look(self, frame: VideoFrame | AudioFrame, number: int) -> object | None:
        """What is to be recognised later in the sent frame, the `number`-th one."""
        return None

    def compare(self, frame: VideoFrame | AudioFrame, handed: Handed | None) -> None:
        """Looks for it in the received frame; `handed` is what was sent, if that is known."""

    @property
    def result(self) -> PictureCheck | None:
        """What came of it."""
        return None


class CounterCheck(Check):
    """Whether the number burnt into each picture is the one that was sent with its time stamp."""

    def __init__(self) -> None:
        self._checked = 0
        self._right = 0

    def look(self, frame: VideoFrame | AudioFrame, number: int) -> object | None:
        return read_counter(frame) if isinstance(frame, VideoFrame) else None

    def compare(self, frame: VideoFrame | AudioFrame, handed: Handed | None) -> None:
        if isinstance(frame, VideoFrame) and handed is not None:
            self._checked += 1
            self._right += read_counter(frame) == handed.seen

    @property
    def result(self) -> PictureCheck | None:
        return PictureCheck("counter", self._checked, self._right)


class ToneCheck(Check):
    """Whether the tone is heard in each received frame."""

    def __init__(self) -> None:
        self._checked = 0
        self._right = 0

    def compare(self, frame: VideoFrame | AudioFrame, handed: Handed | None) -> None:
        if isinstance(frame, AudioFrame):
            self._checked += 1
            self._right += hears_tone(frame)

    @property
    def result(self) -> PictureCheck | None:
        return PictureCheck("tone", self._checked, self._right)


class LikenessCheck(Check):
    """How like the sent picture some of the received ones are, by PSNR of samples of their brightness."""

    def __init__(self) -> None:
        self._psnr = Spread(0.1)
        self._right = 0

    def look(self, frame: VideoFrame | AudioFrame, number: int) -> object | None:
        return _brightness(frame) if number % _SAMPLED_EVERY == 1 and isinstance(frame, VideoFrame) else None

    def compare(self, frame: VideoFrame | AudioFrame, handed: Handed | None) -> None:
        if isinstance(frame, VideoFrame) and handed is not None and isinstance(handed.seen, bytes):
            likeness = psnr(handed.seen, _brightness(frame))
            self._psnr.add(likeness)
            self._right += likeness >= _LEAST_PSNR

    @property
    def result(self) -> PictureCheck | None:
        median = self._psnr.share(0.5) if self._psnr.count else None
        return PictureCheck("psnr", self._psnr.count, self._right, median)


def check_for(source: Source, kind: str) -> Check:
    """How media of a kind from a source can be checked."""
    if kind == "video":
        return CounterCheck() if isinstance(source, TestPicture) else LikenessCheck()
    return ToneCheck() if isinstance(source, Tone) else Check()


def _brightness(frame: VideoFrame) -> bytes:
    """The luma of every eighth pixel of every eighth row."""
    plane = frame.planes[0]
    rows = memoryview(bytes(plane))
    starts = (row * plane.line_size for row in range(0, frame.height, 8))
    return b"".join(bytes(rows[start : start + frame.width : 8]) for start in starts)


def psnr(sent: bytes, received: bytes) -> float:
    """The peak signal-to-noise ratio of two pictures, in dB; 0 when they are not of one size.

    >>> psnr(bytes([100, 100]), bytes([100, 110])) > 30
    True
    """
    if len(sent) != len(received) or not sent:
        return 0.0
    error = sum((a - b) ** 2 for a, b in zip(sent, received, strict=True)) / len(sent)
    return min(_BEST_PSNR, 10 * math.log10(255**2 / error)) if error else _BEST_PSNR
