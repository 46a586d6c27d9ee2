import asyncio
import math
from itertools import count

import pytest
from av import VideoFrame
from hypothesis import given
from hypothesis import strategies as st

from sdpkit.peer.measuring import Check, Frames, LikenessCheck, Spread, check_for, psnr
from sdpkit.peer.pattern import TestPicture
from sdpkit.peer.source import VIDEO_CLOCK


def frame(stamp: int, grey: int = 100) -> VideoFrame:
    made = VideoFrame(64, 64, "yuv420p")
    for plane in made.planes:
        plane.update(bytes([grey]) * plane.buffer_size)
    made.pts, made.time_base = stamp, VIDEO_CLOCK
    return made


def test_frames_are_recognised_by_their_time_stamps() -> None:
    frames = Frames(Check())
    for stamp in (0, 3000, 6000, 9000):
        frames.hand(frame(stamp))
    for stamp in (0, 2999, 9001):
        frames.receive(frame(stamp), stamp)
    assert (frames.sent, frames.received, frames.delays.count) == (4, 3, 3)
    assert frames.size == (64, 64)
    assert frames.delay is not None


def test_a_frame_of_an_unknown_time_stamp_counts_but_has_no_delay() -> None:
    frames = Frames(Check())
    frames.hand(frame(0))
    frames.receive(frame(500), 500)
    frames.receive(frame(0), None)
    assert (frames.received, frames.delays.count) == (2, 0)


def test_frames_after_the_end_do_not_count() -> None:
    frames = Frames(Check())
    frames.hand(frame(0))
    frames.hand(frame(3000))
    frames.is_closed = True
    frames.hand(frame(6000))
    for stamp in (0, 3000, 6000):
        frames.receive(frame(stamp), stamp)
    assert (frames.sent, frames.received) == (2, 2)


def test_frames_that_never_come_do_not_fill_the_memory() -> None:
    frames = Frames(Check())
    for stamp in range(5000):
        frames.hand(frame(stamp * 3000))
    assert frames.sent == 5000
    assert len(frames._waiting) < 1000


def test_delays_and_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = (number * 0.05 for number in count(1))
    monkeypatch.setattr("sdpkit.peer.measuring.time.monotonic", lambda: next(clock))
    frames = Frames(Check())
    for stamp in range(0, 30000, 3000):
        frames.hand(frame(stamp))
        frames.receive(frame(stamp), stamp)
    assert frames.fps == pytest.approx(10)
    assert frames.delay is not None
    assert frames.delay.median_ms == pytest.approx(50, abs=0.5)
    assert frames.delay.p95_ms == pytest.approx(50, abs=0.5)


def test_the_counter_is_compared() -> None:
    picture = TestPicture(160, 120)
    frames = Frames(check_for(picture, "video"))
    for number in range(4):
        frames.hand(picture.draw(number))
    frames.receive(picture.draw(0), 0)
    frames.receive(picture.draw(3), 3000)  # not what was sent with this time stamp
    frames.receive(frame(6000), 6000)  # has no counter
    frames.receive(picture.draw(3), 9000)
    result = frames.check.result
    assert result is not None
    assert (result.by, result.checked, result.right) == ("counter", 4, 2)


def test_pictures_are_compared() -> None:
    frames = Frames(LikenessCheck())
    for number in range(31):
        frames.hand(frame(number * 3000, 100))
    for number in range(31):
        frames.receive(frame(number * 3000, 100 if number == 0 else 103 if number == 15 else 250), number * 3000)
    result = frames.check.result
    assert result is not None
    assert (result.by, result.checked, result.right) == ("psnr", 3, 2)
    assert result.psnr_db == pytest.approx(38.6, abs=0.1)


@given(st.binary(min_size=1, max_size=200))
def test_equal_pictures_have_the_best_psnr(pixels: bytes) -> None:
    assert psnr(pixels, pixels) == 99
    assert psnr(pixels, pixels + b"x") == 0


@given(st.lists(st.floats(0, 10_000), min_size=1), st.floats(0.01, 1))
def test_shares_of_many_numbers_are_right_to_the_step(numbers: list[float], share: float) -> None:
    spread = Spread(0.5)
    for number in numbers:
        spread.add(number)
    exact = sorted(numbers)[max(0, math.ceil(share * len(numbers)) - 1)]
    assert spread.share(share) == pytest.approx(exact, abs=0.5)
    assert (spread.count, spread.least, spread.most) == (len(numbers), min(numbers), max(numbers))


def test_a_spread_takes_little_memory() -> None:
    spread = Spread(0.5)
    for number in range(100_000):
        spread.add(number % 100)
    assert len(spread._counts) <= 200


def test_a_real_feed_is_paced() -> None:
    async def stamps() -> list[int | None]:
        feed = TestPicture(160, 120, 120).video()
        return [(await feed.next()).pts for _ in range(3)]

    assert asyncio.run(stamps())[0] == 0
