"""Real V4L2 cameras, wherever SDPKIT_TEST_CAMERA names one. Stalling, unplugging and the like need vivid.

On a machine without cameras, in a guest that has two of the kernel's own:

    tests/guest.sh -n 2 -u env SDPKIT_TEST_CAMERA=/dev/video0 .venv/bin/python -m pytest -m camera tests/peer
"""

import asyncio
import errno
import gc
import os
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sdpkit.outcome import Opened
from sdpkit.peer import capture
from sdpkit.peer.capture import Capture
from sdpkit.peer.devices import cameras, find_camera
from sdpkit.peer.source import Feed, SourceError

CAMERA = os.environ.get("SDPKIT_TEST_CAMERA", "")
IN_GUEST = "tests/guest.sh -n 2 -u env SDPKIT_TEST_CAMERA=/dev/video0 .venv/bin/python -m pytest -m camera tests/peer"

pytestmark = [
    pytest.mark.camera,
    pytest.mark.skipif(not CAMERA, reason=f"needs a camera in SDPKIT_TEST_CAMERA: {IN_GUEST}"),
]

SIZE = (640, 480)

# Controls of vivid: V4L2_CID_VIVID_BASE + n
DROPPED_PER_CENT, DISCONNECT, BROKEN_BUFFER, STREAMON_ERROR, FATAL_ERROR = (
    0x00F0F000 + n for n in (64, 65, 66, 69, 70)
)


def set_control(control: int, value: int = 1, path: str = CAMERA) -> None:
    """VIDIOC_S_CTRL."""
    import fcntl  # noqa: PLC0415  Windows has none

    descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    try:
        fcntl.ioctl(descriptor, 0xC008561C, struct.pack("Ii", control, value))
    finally:
        os.close(descriptor)


@pytest.fixture
def vivid() -> Iterator[None]:
    """A camera that can be told to fail, and that works again afterwards."""
    node = Path("/sys/class/video4linux", Path(CAMERA).name, "device/driver")
    if "vivid" not in (node.resolve().name, find_camera(CAMERA).name):
        pytest.skip(f"needs the driver vivid, which fails on command: {IN_GUEST}")
    set_control(DROPPED_PER_CENT, 0)
    yield
    set_control(DROPPED_PER_CENT, 0)


def run(test: Callable[[], Awaitable[None]]) -> None:
    """Runs a test, after which no thread may be left and no exception unheard."""
    unheard: list[dict[str, Any]] = []

    async def watched() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: unheard.append(context))
        await test()

    asyncio.run(watched())
    gc.collect()
    assert unheard == []
    assert threading.enumerate() == [threading.main_thread()]


async def opened(source: Capture) -> tuple[Opened, Feed]:
    found = await source.open()
    feed = source.video()
    assert feed is not None
    return found, feed


async def take(feed: Feed, count: int) -> list[Any]:
    return [await feed.next() for _ in range(count)]


async def failure(source: Capture) -> str:
    with pytest.raises(SourceError) as raised:
        await source.open()
    await source.close()
    return str(raised.value)


def test_one_camera() -> None:
    async def test() -> None:
        source = Capture.camera(CAMERA, SIZE, 30)
        found, feed = await opened(source)
        assert (found.what, found.device, found.name) == ("camera", CAMERA, find_camera(CAMERA).name)
        assert (found.width, found.height) == SIZE
        assert found.format
        assert found.rate is not None
        assert 0 < found.rate <= 60  # a wish: vivid makes 25 of 30
        frames = await take(feed, 10)
        await source.close()
        assert frames[0].pts == 0
        times = [frame.pts for frame in frames]
        assert times == sorted(set(times))
        assert {(f.format.name, f.width, f.height) for f in frames} == {("yuv420p", *SIZE)}
        assert source.audio() is None
        assert source.corrupt == 0

    run(test)


def test_two_cameras_with_metadata_nodes_between_them() -> None:
    if len(cameras()) < 2:
        pytest.skip(f"needs two cameras: {IN_GUEST}")

    async def test() -> None:
        first, second = Capture.camera("0", SIZE), Capture.camera("1", SIZE)
        (found, feed), (other, other_feed) = await asyncio.gather(opened(first), opened(second))
        assert found.device != other.device
        assert (found.device, other.device) == (cameras()[0].path, cameras()[1].path)
        await asyncio.gather(take(feed, 5), take(other_feed, 5))
        await asyncio.gather(first.close(), second.close())

    run(test)


def test_a_metadata_node_is_no_camera() -> None:
    listed = {camera.path for camera in cameras()}
    others = [str(node) for node in Path("/dev").glob("video*") if str(node) not in listed]
    if not others:
        pytest.skip(f"needs a metadata node: {IN_GUEST}")

    async def test() -> None:
        message = await failure(Capture.camera(others[0]))
        assert message.startswith(f"there is no camera {others[0]} (a node of ")
        assert f"Found: 0 {cameras()[0].path}" in message

    run(test)


def test_every_feed_gets_every_frame() -> None:
    async def test() -> None:
        source = Capture.camera(CAMERA, SIZE)
        _, feed = await opened(source)
        other = source.video()
        assert other is not None
        frames, others = await asyncio.gather(take(feed, 5), take(other, 5))
        assert [frame.pts for frame in frames] == [frame.pts for frame in others]
        await source.close()

    run(test)


def test_a_camera_that_is_busy() -> None:
    async def test() -> None:
        source = Capture.camera(CAMERA, SIZE)
        _, feed = await opened(source)
        await take(feed, 1)
        message = await failure(Capture.camera(CAMERA, SIZE))
        assert message.startswith(f"the camera {CAMERA} is busy: another program uses it; close that one. Found: 0 ")
        await take(feed, 1)
        await source.close()

    run(test)


def test_a_size_that_the_camera_does_not_have() -> None:
    """The driver takes another one, which is what is told and what comes."""

    async def test() -> None:
        source = Capture.camera(CAMERA, (641, 481))
        found, feed = await opened(source)
        (frame,) = await take(feed, 1)
        await source.close()
        assert (found.width, found.height) != (641, 481)
        assert (frame.width, frame.height) == (found.width, found.height)

    run(test)


def test_frames_outlive_their_camera() -> None:
    """PyAV's own would point into memory of the driver, which is gone by then: the interpreter would crash."""

    async def test() -> None:
        source = Capture.camera(CAMERA, SIZE)
        _, feed = await opened(source)
        frames = await take(feed, 5)
        before = [bytes(plane) for frame in frames for plane in frame.planes]
        await source.close()
        gc.collect()
        again = Capture.camera(CAMERA, SIZE)  # a second use of the same buffers
        _, feed = await opened(again)
        await take(feed, 5)
        await again.close()
        assert [bytes(plane) for frame in frames for plane in frame.planes] == before

    run(test)


def test_frames_of_packed_pictures_too(vivid: None) -> None:
    async def test() -> None:
        source = Capture.camera(CAMERA, SIZE)
        find = source._find

        def packed() -> capture.Found:
            found = find()
            found.input.options["pixel_format"] = "yuyv422"
            return found

        source._find = packed
        found, feed = await opened(source)
        assert found.format == "yuyv422"
        frames = await take(feed, 3)
        await source.close()
        assert {(frame.format.name, len(bytes(frame.planes[0]))) for frame in frames} == {("yuv420p", 640 * 480)}

    run(test)


def test_closing_while_frames_are_awaited() -> None:
    async def test() -> None:
        source = Capture.camera(CAMERA, SIZE)
        _, feed = await opened(source)
        reader = asyncio.create_task(take(feed, 100000))
        await asyncio.sleep(0.3)
        begun = time.monotonic()
        await source.close()
        await source.close()
        assert time.monotonic() - begun < capture.CLOSED_WITHIN
        with pytest.raises(SourceError, match="the camera is closed"):
            await reader

    run(test)


def test_open_and_close_ten_times() -> None:
    async def test() -> None:
        for _ in range(10):
            source = Capture.camera(CAMERA, SIZE)
            _, feed = await opened(source)
            await take(feed, 2)
            await source.close()

    run(test)
    assert not any(target.startswith("/dev/video") for target in map(os.readlink, open_files()))


def open_files() -> list[str]:
    return [str(entry) for entry in Path("/proc/self/fd").iterdir() if entry.is_symlink()]


def test_a_camera_that_stalls(vivid: None) -> None:
    async def test() -> None:
        source = Capture.camera(CAMERA, SIZE)
        _, feed = await opened(source)
        await take(feed, 2)
        set_control(DROPPED_PER_CENT, 100)
        begun = time.monotonic()
        with pytest.raises(SourceError, match="the camera gives no more frames: stalled for 3 s"):
            await take(feed, 100)
        assert time.monotonic() - begun < capture.STALLED_AFTER + 2
        await source.close()

    run(test)


def test_closing_a_camera_that_stalls(vivid: None) -> None:
    async def test() -> None:
        source = Capture.camera(CAMERA, SIZE)
        _, feed = await opened(source)
        await take(feed, 2)
        set_control(DROPPED_PER_CENT, 100)
        await asyncio.sleep(0.3)
        begun = time.monotonic()
        await source.close()
        assert time.monotonic() - begun < capture.CLOSED_WITHIN

    run(test)


def test_a_camera_that_never_gives_a_frame(vivid: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "OPENED_WITHIN", 2.0)
    set_control(DROPPED_PER_CENT, 100)

    async def test() -> None:
        assert await failure(Capture.camera(CAMERA, SIZE)) == "the camera gave no frame within 2 s"

    run(test)


def test_one_broken_buffer_is_left_out(vivid: None) -> None:
    async def test() -> None:
        source = Capture.camera(CAMERA, SIZE)
        _, feed = await opened(source)
        await take(feed, 2)
        set_control(BROKEN_BUFFER)
        await take(feed, 20)
        assert source.corrupt == 1
        await source.close()

    run(test)


def test_a_camera_that_breaks(vivid: None) -> None:
    async def test() -> None:
        source = Capture.camera(CAMERA, SIZE)
        _, feed = await opened(source)
        await take(feed, 2)
        set_control(FATAL_ERROR)
        with pytest.raises(SourceError, match=f"the camera {CAMERA} failed: {os.strerror(errno.EIO)}"):
            await take(feed, 100)
        await source.close()

    run(test)


def test_a_camera_that_refuses_to_start(vivid: None) -> None:
    """In a process of its own, since FFmpeg does not unmap the buffers then: it stays busy until that one ends."""
    program = f"""
import asyncio
from sdpkit.peer.capture import Capture
from sdpkit.peer.source import SourceError
async def main():
    source = Capture.camera({CAMERA!r}, {SIZE})
    try:
        await source.open()
    except SourceError as error:
        print(error)
    await source.close()
asyncio.run(main())
"""
    set_control(STREAMON_ERROR)
    ended = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, timeout=120)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.decode().startswith(f"the camera {CAMERA} ")


def test_a_program_that_ends_without_closing() -> None:
    """It neither crashes nor hangs."""
    program = f"""
import asyncio
from sdpkit.peer.capture import Capture
async def main():
    source = Capture.camera({CAMERA!r}, {SIZE})
    await source.open()
    return await source.video().next()
kept = asyncio.run(main())
"""
    ended = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, timeout=120)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_camera_that_is_unplugged(vivid: None) -> None:
    """The last one of all: vivid's camera is gone after it."""

    async def test() -> None:
        source = Capture.camera(CAMERA, SIZE)
        _, feed = await opened(source)
        await take(feed, 2)
        set_control(DISCONNECT)
        with pytest.raises(SourceError, match=f"the camera {CAMERA} was unplugged"):
            await take(feed, 100)
        await source.close()

    run(test)
