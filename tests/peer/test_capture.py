"""Media files as sources, and what becomes of errors. Cameras are in test_camera.py."""

import asyncio
import errno
import gc
import os
import threading
import time
from collections.abc import Awaitable, Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest
from av import AudioFrame, VideoFrame

from sdpkit.peer import capture
from sdpkit.peer.capture import Capture, Found
from sdpkit.peer.devices import Input, cameras, explain_camera, explain_microphone
from sdpkit.peer.source import AUDIO_CLOCK, AUDIO_SAMPLES, VIDEO_CLOCK, Feed, SourceError

RATE = 25


def make_file(
    path: Path, *, frames: int = 5, size: tuple[int, int] = (64, 48), video: bool = True, audio: bool = True
) -> Path:
    """A media file with pictures that get lighter, and as much silence."""
    with av.open(str(path), "w") as container:
        if video:
            pictures = container.add_stream("ffv1" if path.suffix == ".mkv" else "mpeg4", rate=RATE)
            pictures.width, pictures.height = size
            pictures.pix_fmt = "yuv420p"
        if audio:
            sound = container.add_stream("aac" if path.suffix == ".mp4" else "pcm_s16le", rate=44100, layout="mono")
        if video:
            for number in range(frames):
                picture = VideoFrame(*size, "yuv420p")
                picture.pts, picture.time_base = number, Fraction(1, RATE)
                for plane in picture.planes:
                    plane.update(bytes([10 * number]) * plane.buffer_size)
                container.mux(pictures.encode(picture))
            container.mux(pictures.encode(None))
        if audio:
            for number in range(frames * 44100 // RATE // 441):
                silence = AudioFrame("s16", "mono", 441)
                silence.pts, silence.sample_rate, silence.time_base = number * 441, 44100, Fraction(1, 44100)
                silence.planes[0].update(bytes(silence.planes[0].buffer_size))
                container.mux(sound.encode(silence))
            container.mux(sound.encode(None))
    return path


async def take(feed: Feed | None, count: int) -> list[Any]:
    assert feed is not None
    return [await feed.next() for _ in range(count)]


def run(test: Callable[[], Awaitable[None]]) -> None:
    """Runs a test, after which no thread may be left and no exception unheard."""
    unheard: list[dict[str, Any]] = []

    async def watched() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: unheard.append(context))
        await test()

    asyncio.run(watched(), debug=True)
    gc.collect()
    assert unheard == []
    assert threading.enumerate() == [threading.main_thread()]


async def failure(source: Capture) -> str:
    with pytest.raises(SourceError) as raised:
        await source.open()
    await source.close()
    return str(raised.value)


# A device in place of a camera: FFmpeg's own generator, which gives pictures without end.
PATTERN = Input("testsrc2=size=64x48:rate=100,realtime", "lavfi")


def pattern(explain: Callable[[str, OSError | av.FFmpegError, bool], str] = explain_camera) -> Capture:
    return Capture("camera", lambda: Found(PATTERN, "/dev/video0", "Desk"), explain, live=True)


def test_a_file_with_video_and_audio(tmp_path: Path) -> None:
    path = make_file(tmp_path / "clip.mp4")

    async def test() -> None:
        source = Capture.file(path)
        opened = await source.open()
        assert (opened.what, opened.device, opened.width, opened.height) == ("file", str(path), 64, 48)
        assert (opened.format, opened.rate) == ("mpeg4", RATE)
        pictures, sound = await asyncio.gather(take(source.video(), 3), take(source.audio(), 4))
        await source.close()
        assert [picture.pts for picture in pictures] == [0, 3600, 7200]
        assert {(p.format.name, p.width, p.height, p.time_base) for p in pictures} == {("yuv420p", 64, 48, VIDEO_CLOCK)}
        assert [piece.pts for piece in sound] == [0, 960, 1920, 2880]
        assert {(p.format.name, p.layout.name, p.rate, p.samples) for p in sound} == {
            ("s16", "stereo", 48000, AUDIO_SAMPLES)
        }
        assert {piece.time_base for piece in sound} == {AUDIO_CLOCK}

    run(test)


def test_a_file_begins_again_and_its_time_goes_on(tmp_path: Path) -> None:
    path = make_file(tmp_path / "short.mkv", frames=3)

    async def test() -> None:
        source = Capture.file(path)
        await source.open()
        begun = time.monotonic()
        pictures, sound = await asyncio.gather(take(source.video(), 10), take(source.audio(), 15))
        assert time.monotonic() - begun >= 9 / RATE - 0.05
        assert [round(picture.pts / 3600) for picture in pictures] == list(range(10))
        assert [bytes(picture.planes[0])[0] for picture in pictures] == [0, 10, 20, 0, 10, 20, 0, 10, 20, 0]
        assert all(after.pts - before.pts >= AUDIO_SAMPLES for before, after in pairwise(sound))
        assert (source.dropped, source.corrupt) == (0, 0)
        await source.close()

    run(test)


def test_sound_alone(tmp_path: Path) -> None:
    path = make_file(tmp_path / "sound.wav", video=False)

    async def test() -> None:
        source = Capture.file(path)
        opened = await source.open()
        assert (opened.width, opened.format, opened.rate) == (None, "pcm_s16le", 44100)
        assert source.video() is None
        assert [piece.pts for piece in await take(source.audio(), 3)] == [0, 960, 1920]
        await source.close()

    run(test)


def test_pictures_alone_of_an_odd_size(tmp_path: Path) -> None:
    path = make_file(tmp_path / "odd.mkv", size=(641, 481), audio=False)

    async def test() -> None:
        source = Capture.file(path)
        opened = await source.open()
        assert (opened.width, opened.height) == (641, 481)
        assert source.audio() is None
        (picture,) = await take(source.video(), 1)
        assert (picture.width, picture.height) == (640, 480)
        await source.close()

    run(test)


def test_every_feed_gets_every_frame_and_the_file_waits_for_the_slowest(tmp_path: Path) -> None:
    path = make_file(tmp_path / "clip.mkv", frames=5, audio=False)

    async def test() -> None:
        source = Capture.file(path)
        await source.open()
        quick, slow, unread = source.video(), source.video(), source.video()
        assert unread is not None
        (first,) = await take(slow, 1)
        frames = await take(quick, 16)
        await asyncio.sleep(0.3)
        rest = await take(slow, 15)
        assert [picture.pts for picture in [first, *rest]] == [picture.pts for picture in frames]
        assert source.dropped == 0
        await source.close()

    run(test)


def test_frames_outlive_their_source(tmp_path: Path) -> None:
    path = make_file(tmp_path / "clip.mkv", audio=False)

    async def test() -> None:
        source = Capture.file(path)
        await source.open()
        pictures = await take(source.video(), 3)
        await source.close()
        gc.collect()
        assert [set(bytes(picture.planes[0])) for picture in pictures] == [{0}, {10}, {20}]

    run(test)


def test_a_feed_ends_when_its_source_is_closed(tmp_path: Path) -> None:
    path = make_file(tmp_path / "clip.mkv", audio=False)

    async def test() -> None:
        source = Capture.file(path)
        await source.open()
        reader = asyncio.create_task(take(source.video(), 1000))
        await asyncio.sleep(0.1)
        begun = time.monotonic()
        await source.close()
        await source.close()
        assert time.monotonic() - begun < 1
        with pytest.raises(SourceError, match="the file is closed"):
            await reader

    run(test)


def test_closing_what_was_never_opened() -> None:
    run(Capture.file("nothing.mp4").close)


@pytest.mark.parametrize("live", [True, False], ids=["device", "file"])
@pytest.mark.parametrize("frames", [0, 1])
def test_a_loop_that_ends_before_its_source_is_closed(tmp_path: Path, live: bool, frames: int) -> None:
    source = pattern() if live else Capture.file(make_file(tmp_path / "clip.mkv", audio=False))

    async def forget() -> None:
        await source.open()
        await take(source.video(), frames)

    asyncio.run(forget())
    source._thread.join(5)
    assert not source._thread.is_alive()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.mp4", None, "there is no file {}"),
        ("empty.mp4", b"", "{} is empty"),
        ("text.mp4", b"this is no film\n" * 100, "{} is not a media file that FFmpeg knows, or is damaged"),
        ("words.srt", b"1\n00:00:00,000 --> 00:00:01,000\nHello\n", "{} has neither video nor audio"),
    ],
)
def test_files_that_are_no_media(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    async def test() -> None:
        assert await failure(Capture.file(path)) == message.format(path)

    run(test)


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    async def test() -> None:
        assert await failure(Capture.file(tmp_path)) == f"{tmp_path} is a directory, not a media file"

    run(test)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_that_nobody_writes_to_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    async def test() -> None:
        assert "is not a file" in await failure(Capture.file(tmp_path / "pipe"))

    run(test)


def test_a_header_without_frames(tmp_path: Path) -> None:
    whole = make_file(tmp_path / "whole.wav", video=False)
    path = tmp_path / "header.wav"
    path.write_bytes(whole.read_bytes()[: whole.read_bytes().index(b"data") + 8])

    async def test() -> None:
        assert await failure(Capture.file(path)) == f"the file {path} has no frames"

    run(test)


def test_a_damaged_packet_is_left_out(tmp_path: Path) -> None:
    path = make_file(tmp_path / "clip.mp4", frames=5, audio=False)
    with av.open(str(path)) as container:
        packet = bytes(list(container.demux())[2])
    path.write_bytes(path.read_bytes().replace(packet, bytes(len(packet))))

    async def test() -> None:
        source = Capture.file(path)
        await source.open()
        await take(source.video(), 7)
        assert source.corrupt > 0
        await source.close()

    run(test)


@pytest.mark.skipif(bool(cameras()), reason="needs a machine without cameras: tests/guest.sh -n 0")
def test_no_camera_at_all() -> None:
    async def test() -> None:
        message = "there is no camera 0. Found: none. --list-devices shows them, --pattern needs no camera"
        assert await failure(Capture.camera("0")) == message

    run(test)


def test_a_device_keeps_only_its_newest_frames() -> None:
    async def test() -> None:
        source = pattern()
        opened = await source.open()
        assert (opened.what, opened.device, opened.name, opened.rate) == ("camera", "/dev/video0", "Desk", 100)
        feed = source.video()
        assert [picture.pts for picture in await take(feed, 1)] == [0]
        await asyncio.sleep(0.5)
        assert source.dropped > 20
        first, second = await take(feed, 2)
        assert second.pts > first.pts > 0.3 * 90000
        await source.close()

    run(test)


def test_a_device_that_stalls(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        source = pattern()
        await source.open()
        feed = source.video()
        await take(feed, 2)
        monkeypatch.setattr(capture, "STALLED_AFTER", 0.2)
        monkeypatch.setattr(capture, "_poll", lambda *_: None)
        with pytest.raises(SourceError, match=r"the camera gives no more frames: stalled for 0\.2 s"):
            await take(feed, 100)
        await source.close()

    run(test)


def test_a_device_that_never_gives_a_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "OPENED_WITHIN", 0.3)
    monkeypatch.setattr(capture, "_poll", lambda *_: None)

    async def test() -> None:
        assert await failure(pattern()) == "the camera gave no frame within 0.3 s"

    run(test)


def raising(code: int) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        av.error.err_check(-code, "/dev/video0")

    return fail


def test_a_device_that_is_unplugged(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        source = pattern()
        await source.open()
        feed = source.video()
        monkeypatch.setattr(capture, "_poll", raising(errno.ENODEV))
        with pytest.raises(SourceError, match="the camera /dev/video0 was unplugged"):
            await take(feed, 100)
        await source.close()

    run(test)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (errno.EBUSY, "the camera /dev/video0 is busy: another program uses it; close that one. Found: "),
        (errno.ENOTTY, "the camera /dev/video0 is not a camera. Found: "),
        (errno.EINVAL, "the camera /dev/video0 does not give this size or pixel format: ask for another size. Found: "),
        (errno.ENOENT, "the camera /dev/video0 is not there any more. Found: "),
        (errno.EACCES, "the camera /dev/video0 may not be opened: permission denied. Found: "),
        (errno.EIO, "the camera /dev/video0 failed: Input/output error. Found: "),
    ],
)
def test_a_camera_that_cannot_be_opened(monkeypatch: pytest.MonkeyPatch, code: int, message: str) -> None:
    monkeypatch.setattr(av, "open", raising(code))

    async def test() -> None:
        assert (await failure(pattern())).startswith(message)

    run(test)


def test_a_microphone_that_cannot_be_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(av, "open", raising(errno.EBUSY))

    async def test() -> None:
        message = await failure(pattern(explain_microphone))
        assert message.startswith("the microphone /dev/video0 cannot be opened: Device or resource busy. Found: ")

    run(test)


def test_an_error_that_nobody_thought_of_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "_poll", lambda *_: 1 // 0)

    async def test() -> None:
        assert (await failure(pattern())).startswith("the camera cannot be read: ")

    run(test)
