import asyncio
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from aiortc.codecs.h264 import H264Decoder, H264Encoder, h264_depayload
from aiortc.codecs.vpx import Vp8Decoder, Vp8Encoder, vp8_depayload
from aiortc.jitterbuffer import JitterFrame
from av import VideoFrame
from hypothesis import given
from hypothesis import strategies as st

from sdpkit.peer.pattern import Pace, TestPicture, read_counter
from sdpkit.peer.source import VIDEO_CLOCK

_SIZES = [(640, 480), (320, 240), (160, 120), (650, 482), (96, 80), (64, 64), (64, 480), (640, 64)]


def bare(width: int, height: int, luma: bytes) -> VideoFrame:
    """A frame whose luma is some bytes again and again."""
    frame = VideoFrame(width, height, "yuv420p")
    for plane in frame.planes:
        plane.update((luma * (plane.buffer_size // len(luma) + 1))[: plane.buffer_size])
    return frame


def coded(
    frames: list[VideoFrame], encoder: Any, decoder: Any, depayload: Callable[[bytes], bytes]
) -> list[VideoFrame]:
    """Frames as they come out of a decoder, after they were encoded with as few bits as aiortc allows."""
    encoder.target_bitrate = 250_000
    received: list[VideoFrame] = []
    for frame in frames:
        payloads, stamp = encoder.encode(frame)
        data = b"".join(map(depayload, payloads))
        received += decoder.decode(JitterFrame(data=data, timestamp=stamp)) if data else []
    return received


@pytest.mark.parametrize(("width", "height"), [*_SIZES, (1920, 1080)])
@pytest.mark.parametrize("number", [0, 1, 29, 0x5A5A5A, (1 << 24) - 1])
def test_the_counter_is_read_from_the_picture(width: int, height: int, number: int) -> None:
    assert read_counter(TestPicture(width, height).draw(number)) == number


def test_the_counter_begins_again() -> None:
    assert read_counter(TestPicture(64, 64).draw(1 << 24)) == 0


@pytest.mark.parametrize(("width", "height"), _SIZES[:6])
@pytest.mark.parametrize(
    ("encoder", "decoder", "depayload"),
    [(Vp8Encoder, Vp8Decoder, vp8_depayload), (H264Encoder, H264Decoder, h264_depayload)],
)
def test_the_counter_survives_few_bits(
    width: int, height: int, encoder: Any, decoder: Any, depayload: Callable[[bytes], bytes]
) -> None:
    picture = TestPicture(width, height)
    sent = [picture.draw(number) for number in range(1000, 1060)]
    received = coded(sent, encoder(), decoder(), depayload)
    numbers = [(read_counter(frame), round((frame.pts or 0) / 3000)) for frame in received]
    read = [(number, expected) for number, expected in numbers if number is not None]
    assert all(number == expected for number, expected in read)
    assert len(read) >= 50


def test_one_wrong_cell_is_put_right_and_two_are_not() -> None:
    frame = TestPicture(640, 480).draw(77)
    luma = memoryview(frame.planes[0])

    def turn(column: int) -> None:
        for line in range(400, 440):
            start = line * frame.planes[0].line_size + 32 * column
            luma[start : start + 32] = bytes(251 - point for point in luma[start : start + 32])

    turn(3)
    assert read_counter(frame) == 77
    turn(4)
    assert read_counter(frame) is None


@pytest.mark.parametrize("luma", [b"\0", b"\x10", b"\x80", b"\xeb", b"\xff", bytes(range(256))])
@pytest.mark.parametrize(("width", "height"), [(640, 480), (160, 120), (66, 64), (16, 16), (2, 2)])
def test_other_pictures_have_no_counter(width: int, height: int, luma: bytes) -> None:
    assert read_counter(bare(width, height, luma)) is None


@given(st.integers(0, 1 << 32), st.sampled_from([(64, 64), (160, 120), (320, 240)]))
def test_noise_has_no_counter(seed: int, size: tuple[int, int]) -> None:
    assert read_counter(bare(*size, Random(seed).randbytes(size[0] * size[1] * 2))) is None


def test_each_frame_differs_from_the_one_before_in_all_its_parts() -> None:
    picture = TestPicture(320, 240)
    before, after = (bytes(picture.draw(number).planes[0]) for number in (99, 100))
    for part in range(0, 150 * 320, 320 * 10):  # the colours, ten lines at a time
        moved = sum(a != b for a, b in zip(before[part : part + 3200], after[part : part + 3200], strict=True))
        assert moved > 2500


def test_frames_own_their_memory() -> None:
    picture = TestPicture(64, 64)
    first = picture.draw(1)
    kept = bytes(first.planes[0])
    memoryview(picture.draw(1).planes[0])[:] = bytes(first.planes[0].buffer_size)
    picture.draw(2)
    assert bytes(first.planes[0]) == kept


def test_time_stamps_follow_the_rate() -> None:
    frame = TestPicture(64, 64, fps=15).draw(30)
    assert (frame.pts, frame.time_base) == (180_000, VIDEO_CLOCK)


@pytest.mark.parametrize(
    "size", [(641, 480), (640, 481), (62, 64), (64, 62), (7682, 480), (640, 4322), (0, 0), (-2, 64)]
)
def test_sizes_that_cannot_be_had(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="its width has to be an even number from 64 to 7680"):
        TestPicture(*size)


@pytest.mark.parametrize("fps", [0, -1, 121, float("nan"), float("inf")])
def test_rates_that_cannot_be_had(fps: float) -> None:
    with pytest.raises(ValueError, match="choose from 1 to 120"):
        TestPicture(fps=fps)


def test_feeds_count_each_for_itself() -> None:
    async def run() -> list[int | None]:
        picture = TestPicture(64, 64, fps=120)
        opened = await picture.open()
        assert (opened.what, opened.width, opened.height, opened.rate) == ("pattern", 64, 64, 120)
        assert picture.audio() is None  # type: ignore[func-returns-value]
        feeds = [picture.video(), picture.video()]
        frames = [await feeds[which].next() for which in (0, 0, 1)]
        await picture.close()
        return [frame.pts for frame in frames]

    first, second, other = asyncio.run(run())
    assert (first, other) == (0, 0)
    assert second


class _Clock(asyncio.SelectorEventLoop):
    """An event loop that never waits: sleeping moves its clock."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, *arguments: Any, **options: Any) -> Any:  # type: ignore[override]
        self.now = max(self.now, when)
        return super().call_at(self.now, *arguments, **options)


def paced(busy: list[float]) -> list[tuple[int, float]]:
    """Numbers at ten a second and when they came, to one who is busy for so many seconds after each of them."""
    loop = _Clock()

    async def run() -> list[tuple[int, float]]:
        pace = Pace(10)
        came = []
        for seconds in busy:
            came.append((await pace.next(), round(loop.now - 1000, 6)))
            loop.now += seconds
        return came

    try:
        return loop.run_until_complete(run())
    finally:
        loop.close()


def test_numbers_come_when_they_are_due() -> None:
    assert paced([0, 0.05, 0.099, 0]) == [(0, 0), (1, 0.1), (2, 0.2), (3, 0.3)]


def test_who_is_a_little_late_gets_the_next_number_at_once() -> None:
    assert paced([0, 0.15, 0, 0]) == [(0, 0), (1, 0.1), (2, 0.25), (3, 0.3)]


def test_who_is_very_late_skips_numbers() -> None:
    assert paced([0, 5.05, 0, 0]) == [(0, 0), (1, 0.1), (51, 5.15), (52, 5.2)]
