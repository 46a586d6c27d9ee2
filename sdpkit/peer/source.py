"""Where media comes from: what every source has in common."""

from fractions import Fraction
from typing import Literal, Protocol

from av import AudioFrame, VideoFrame

from sdpkit.outcome import Opened

VIDEO_CLOCK = Fraction(1, 90000)
"""The time base of all video frames here: RTP's (RFC 3551 §5)."""
AUDIO_RATE = 48000
"""Samples a second of all audio frames here."""
AUDIO_CLOCK = Fraction(1, AUDIO_RATE)
AUDIO_SAMPLES = AUDIO_RATE // 50
"""How many samples an audio frame has: 20 ms."""


class SourceError(Exception):
    """A source that cannot be opened, or that ended by itself: what is wrong, what there is, and what to try."""


class Feed(Protocol):
    """The frames of a source for one peer.

    Video is yuv420p with an even width and height, and its time base is VIDEO_CLOCK. Audio is s16, stereo, in pieces
    of AUDIO_SAMPLES, and its time base is AUDIO_CLOCK. Time stamps begin at 0. Frames own their memory: they may
    outlive their source.
    """

    kind: Literal["audio", "video"]

    async def next(self) -> VideoFrame | AudioFrame:
        """The next frame, once it is due. Raises SourceError when there will be none."""


class Source(Protocol):
    """A camera, a file, a test picture …, maybe with both video and audio.

    It may be used as long as it is open, from one event loop.
    """

    async def open(self) -> Opened:
        """Opens it, which takes a bounded time, and waits for its first frame. Raises SourceError."""

    def video(self) -> Feed | None:
        """A new feed of its video; None when it has none."""

    def audio(self) -> Feed | None:
        """A new feed of its audio; None when it has none."""

    async def close(self) -> None:
        """Gives the device back. It takes a bounded time and never raises, whatever happened before."""
