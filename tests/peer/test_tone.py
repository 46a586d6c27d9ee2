import array
import asyncio
import math
import random
from typing import Any

import pytest
from aiortc.codecs.g711 import PcmaDecoder, PcmaEncoder, PcmuDecoder, PcmuEncoder
from aiortc.codecs.g722 import G722Decoder, G722Encoder
from aiortc.codecs.opus import OpusDecoder, OpusEncoder
from aiortc.jitterbuffer import JitterFrame
from av import AudioFrame

from sdpkit.peer.source import AUDIO_CLOCK, AUDIO_RATE, AUDIO_SAMPLES
from sdpkit.peer.tone import FREQUENCY, Tone, hears_tone


def sound(samples: list[float], rate: int = AUDIO_RATE, layout: str = "stereo") -> AudioFrame:
    """A frame of these samples, from -1 to 1, the same on all channels."""
    frame = AudioFrame("s16", layout, len(samples))
    sides = len(frame.layout.channels)
    frame.planes[0].update(array.array("h", [round(32767 * one) for one in samples for _ in range(sides)]).tobytes())
    frame.sample_rate = rate
    return frame


def sine(frequency: float, level: float = 0.25, rate: int = AUDIO_RATE) -> list[float]:
    return [level * math.sin(2 * math.pi * frequency * place / rate) for place in range(rate // 50)]


@pytest.mark.parametrize(
    ("encoder", "decoder"),
    [
        (OpusEncoder, OpusDecoder),
        (PcmuEncoder, PcmuDecoder),
        (PcmaEncoder, PcmaDecoder),
        (G722Encoder, G722Decoder),
    ],
)
def test_the_tone_is_heard_through_every_codec(encoder: Any, decoder: Any) -> None:
    tone, coder, back = Tone(), encoder(), decoder()
    received = []
    for number in range(50):
        payloads, stamp = coder.encode(tone.play(number))
        received += [frame for data in payloads for frame in back.decode(JitterFrame(data=data, timestamp=stamp))]
    assert len(received) >= 48
    assert sum(map(hears_tone, received)) >= len(received) - 2  # a codec may need a frame or two to begin


@pytest.mark.parametrize("rate", [8000, 16000, 48000])
@pytest.mark.parametrize("layout", ["mono", "stereo"])
def test_the_tone_is_heard_at_every_rate(rate: int, layout: str) -> None:
    assert hears_tone(sound(sine(FREQUENCY, rate=rate), rate, layout))


@pytest.mark.parametrize("rate", [8000, 48000])
@pytest.mark.parametrize("frequency", [100, 220, 392, 493.9, 880, 1320, 3000])
def test_another_tone_is_not_heard(frequency: float, rate: int) -> None:
    assert not hears_tone(sound(sine(frequency, rate=rate), rate))


def test_silence_is_not_heard() -> None:
    assert not hears_tone(sound([0.0] * AUDIO_SAMPLES))
    assert not hears_tone(sound(sine(FREQUENCY, level=0.01)))


def test_noise_is_not_heard() -> None:
    noise = random.Random(1)
    for _ in range(100):
        assert not hears_tone(sound([noise.uniform(-0.5, 0.5) for _ in range(AUDIO_SAMPLES)]))


def test_a_tone_under_as_much_noise_is_not_heard() -> None:
    noise = random.Random(1)
    assert not hears_tone(sound([one + noise.gauss(0, 0.18) for one in sine(FREQUENCY)]))


def test_frames_follow_each_other_without_a_break() -> None:
    frames = [Tone().play(number) for number in (0, 1, 49, 50)]
    assert [frame.pts for frame in frames] == [0, 960, 49 * 960, 50 * 960]
    assert {(frame.samples, frame.sample_rate, frame.time_base) for frame in frames} == {(960, 48000, AUDIO_CLOCK)}
    left = [array.array("h", bytes(frame.planes[0]))[::2] for frame in frames]
    steps = [abs(after[0] - before[-1]) for before, after in ((left[0], left[1]), (left[2], left[3]))]
    most = max(abs(b - a) for a, b in zip(left[0], left[0][1:], strict=False))
    assert max(steps) <= most


def test_a_feed_gives_frames_in_their_order() -> None:
    async def run() -> list[int | None]:
        tone = Tone()
        opened = await tone.open()
        assert (opened.what, opened.name, opened.rate) == ("tone", "450 Hz", 48000)
        feed = tone.audio()
        frames = [await feed.next() for _ in range(3)]
        await tone.close()
        return [frame.pts for frame in frames]

    stamps = asyncio.run(run())
    assert stamps[0] == 0
    assert stamps == sorted(set(stamps), key=lambda stamp: stamp or 0)
