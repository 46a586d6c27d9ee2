"""A tone to send, and an ear that hears whether it came."""

import array
import math
from typing import Literal

from av import AudioFrame

from sdpkit.outcome import Opened
from sdpkit.peer.pattern import Pace
from sdpkit.peer.source import AUDIO_CLOCK, AUDIO_RATE, AUDIO_SAMPLES, Feed

FREQUENCY = 450.0
"""Of the tone, in Hz: nine whole periods in 20 ms, so that it goes on smoothly where a frame is skipped."""
_LEVEL = 8000  # of 32767
_LEAST_LEVEL = 500  # of the strongest sample; below it is silence
_LEAST_SHARE = 0.8  # of the energy of what is heard


class Tone:
    """A Source with a steady tone and nothing else."""

    def __init__(self) -> None:
        step = 2 * math.pi * FREQUENCY / AUDIO_RATE
        samples = (round(_LEVEL * math.sin(step * place)) for place in range(AUDIO_SAMPLES))
        self._samples = array.array("h", (side for sample in samples for side in (sample, sample))).tobytes()

    async def open(self) -> Opened:
        """There is nothing to open."""
        return Opened("tone", name=f"{FREQUENCY:g} Hz", format="s16", rate=AUDIO_RATE)

    def video(self) -> None:
        """There is none."""

    def audio(self) -> Feed:
        """A new feed, from the beginning of the tone."""
        return _ToneFeed(self)

    async def close(self) -> None:
        """There is nothing to close."""

    def play(self, number: int) -> AudioFrame:
        """The `number`-th frame."""
        frame = AudioFrame("s16", "stereo", AUDIO_SAMPLES)
        frame.planes[0].update(self._samples)
        frame.sample_rate = AUDIO_RATE
        frame.pts = number * AUDIO_SAMPLES
        frame.time_base = AUDIO_CLOCK
        return frame


class _ToneFeed:
    kind: Literal["audio", "video"] = "audio"

    def __init__(self, tone: Tone) -> None:
        self._tone = tone
        self._pace = Pace(AUDIO_RATE / AUDIO_SAMPLES)

    async def next(self) -> AudioFrame:
        return self._tone.play(await self._pace.next())


def hears_tone(frame: AudioFrame) -> bool:
    """Whether a received frame is the tone: neither silence nor noise nor another tone. It takes s16 of any rate.

    The share of the energy that lies at the frequency, by Goertzel's algorithm over the first channel.
    """
    channels = len(frame.layout.channels)
    samples = array.array("h", bytes(frame.planes[0])[: frame.samples * channels * 2])[::channels]
    if not samples or max(map(abs, samples)) < _LEAST_LEVEL:
        return False
    coefficient = 2 * math.cos(2 * math.pi * FREQUENCY / frame.sample_rate)
    before = last = 0.0
    for sample in samples:
        before, last = last, sample + coefficient * last - before
    power = before * before + last * last - coefficient * before * last
    energy = sum(sample * sample for sample in samples)
    return 2 * power / (len(samples) * energy) >= _LEAST_SHARE
