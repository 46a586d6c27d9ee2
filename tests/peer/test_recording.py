import threading
import time
from collections.abc import Iterator
from pathlib import Path

import av
import pytest
from av import AudioFrame, VideoFrame

from sdpkit.peer import recording
from sdpkit.peer.pattern import TestPicture, read_counter
from sdpkit.peer.recording import CLIPS, PICTURES, Recorder, check_file, save_picture, thumbnail
from sdpkit.peer.tone import Tone, hears_tone

_BOTH = [suffix for suffix, (video, _) in CLIPS.items() if video]


@pytest.fixture(autouse=True)
def _no_thread_stays() -> Iterator[None]:
    yield
    assert "recorder" not in [thread.name for thread in threading.enumerate()]


def pictures(count: int, width: int = 160, height: int = 120) -> list[VideoFrame]:
    picture = TestPicture(width, height)
    return [picture.draw(number) for number in range(count)]


def sounds(count: int) -> list[AudioFrame]:
    tone = Tone()
    return [tone.play(number) for number in range(count)]


def played(path: Path) -> tuple[list[VideoFrame], list[AudioFrame]]:
    """All frames of a file."""
    with av.open(str(path)) as container:
        frames: list[object] = list(container.decode())
    return (
        [frame for frame in frames if isinstance(frame, VideoFrame)],
        [frame for frame in frames if isinstance(frame, AudioFrame)],
    )


def seconds(frames: list[AudioFrame]) -> float:
    return sum(frame.samples / frame.sample_rate for frame in frames)


def flat(width: int, height: int, luma: int, blue: int, red: int) -> VideoFrame:
    frame = VideoFrame(width, height, "yuv420p")
    for plane, level in zip(frame.planes, (luma, blue, red), strict=True):
        plane.update(bytes([level]) * plane.buffer_size)
    return frame


@pytest.mark.parametrize("suffix", [*PICTURES, ".PNG"])
@pytest.mark.parametrize(("width", "height"), [(160, 120), (162, 98), (64, 64)])
def test_a_picture_is_what_was_received(tmp_path: Path, suffix: str, width: int, height: int) -> None:
    path = tmp_path / f"a 100%d picture{suffix}"
    save_picture(TestPicture(width, height).draw(1234), path)
    with path.open("rb") as file, av.open(file, "r") as container:
        (back,) = container.decode(video=0)
    assert (back.width, back.height) == (width, height)
    assert read_counter(back.reformat(format="yuv420p", dst_color_range="MPEG")) == 1234
    assert list(tmp_path.iterdir()) == [path]


def test_a_picture_has_the_right_colours(tmp_path: Path) -> None:
    save_picture(flat(64, 64, 81, 90, 240), tmp_path / "red.png")  # red by ITU-R BT.601
    with av.open(str(tmp_path / "red.png")) as container:
        (back,) = container.decode(video=0)
    red, green, blue = bytes(back.planes[0])[:3]
    assert red > 250
    assert max(green, blue) < 5


@pytest.mark.parametrize("suffix", _BOTH)
def test_a_recording_plays_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"clip{suffix}"
    recorder = Recorder(path, video=True, audio=True)
    video, audio = pictures(60), sounds(100)
    for number, frame in enumerate(audio):
        recorder.add(frame)
        if number < len(video):
            recorder.add(video[number])
    assert recorder.close()
    assert recorder.dropped == 0
    seen, heard = played(path)
    assert [read_counter(frame) for frame in seen] == list(range(60))
    assert {(frame.width, frame.height) for frame in seen} == {(160, 120)}
    assert [round((frame.time or 0) * 30) for frame in seen] == list(range(60))
    assert seconds(heard) == pytest.approx(2, abs=0.1)
    assert sum(hears_tone(frame) for frame in _as_s16(heard)) > 0.8 * len(heard)
    assert list(tmp_path.iterdir()) == [path]


def _as_s16(frames: list[AudioFrame]) -> list[AudioFrame]:
    resampler = av.AudioResampler(format="s16", layout="stereo", rate=48000)
    return [made for frame in frames for made in resampler.resample(frame)]


@pytest.mark.parametrize("suffix", CLIPS)
def test_sound_alone(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"clip{suffix}"
    recorder = Recorder(path, video=False, audio=True)
    for frame in sounds(50):
        recorder.add(frame)
    assert recorder.close()
    seen, heard = played(path)
    assert not seen
    assert seconds(heard) == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("suffix", _BOTH)
@pytest.mark.parametrize("frames", [pictures(30), sounds(50)], ids=["video", "audio"])
def test_what_comes_is_kept_when_the_other_kind_does_not(
    tmp_path: Path, suffix: str, frames: list[VideoFrame] | list[AudioFrame]
) -> None:
    path = tmp_path / f"clip{suffix}"
    recorder = Recorder(path, video=True, audio=True)
    for frame in frames:
        recorder.add(frame)
    assert recorder.close()
    seen, heard = played(path)
    assert len(seen) == (30 if isinstance(frames[0], VideoFrame) else 0)
    assert seconds(heard) == pytest.approx(0 if seen else 1, abs=0.1)


@pytest.mark.parametrize("suffix", _BOTH)
def test_time_stamps_stay_when_frames_are_missing(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"clip{suffix}"
    recorder = Recorder(path, video=True, audio=False)
    kept = [0, 1, 2, 10, 11, 30, 31, 90]
    picture = TestPicture(160, 120)
    for number in kept:
        recorder.add(picture.draw(number))
    assert recorder.close()
    seen, _ = played(path)
    assert [round((frame.time or 0) * 30) for frame in seen] == kept
    assert [read_counter(frame) for frame in seen] == kept


def test_frames_that_are_not_later_are_left_out(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "clip.mkv", video=True, audio=False)
    picture = TestPicture(160, 120)
    for number in (0, 1, 1, 0, 2):
        recorder.add(picture.draw(number))
    assert recorder.close()
    assert len(played(tmp_path / "clip.mkv")[0]) == 3


def test_frames_of_other_sizes_are_scaled_to_the_first(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "clip.mp4", video=True, audio=False)
    recorder.add(TestPicture(320, 240).draw(0))
    recorder.add(TestPicture(160, 120).draw(1))
    recorder.add(flat(321, 241, 100, 128, 128))
    picture = TestPicture(640, 480).draw(3)
    recorder.add(picture)
    assert recorder.close()
    seen, _ = played(tmp_path / "clip.mp4")
    assert [(frame.width, frame.height) for frame in seen] == [(320, 240)] * 3  # the third has no time stamp
    assert [read_counter(frame) for frame in seen] == [0, 1, 3]
    assert (picture.width, picture.height) == (640, 480)


def test_odd_sizes_lose_a_pixel(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "clip.mp4", video=True, audio=False)
    odd = flat(161, 121, 100, 128, 128)
    odd.pts, odd.time_base = 0, TestPicture(64, 64).draw(0).time_base
    recorder.add(odd)
    assert recorder.close()
    assert [(frame.width, frame.height) for frame in played(tmp_path / "clip.mp4")[0]] == [(160, 120)]


def test_when_nothing_comes_nothing_changes(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_text("from before")
    assert not Recorder(path, video=True, audio=True).close()
    unwanted = Recorder(path, video=True, audio=False)
    unwanted.add(sounds(1)[0])
    assert not unwanted.close()
    assert unwanted.dropped == 1
    assert path.read_text() == "from before"
    assert list(tmp_path.iterdir()) == [path]


def test_closing_twice_is_closing_once(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "clip.mkv", video=True, audio=False)
    recorder.add(pictures(1)[0])
    assert recorder.close()
    assert recorder.close()
    recorder.add(pictures(1)[0])
    assert recorder.dropped == 1
    assert recorder.close()
    assert len(played(tmp_path / "clip.mkv")[0]) == 1


def test_a_file_that_cannot_be_written_after_all(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    recorder = Recorder(folder / "clip.mp4", video=True, audio=False)
    folder.rmdir()
    started = time.monotonic()
    for frame in pictures(recording._MOST_WAITING * 3, 64, 64):  # more than can wait
        recorder.add(frame)
    with pytest.raises(OSError, match=r"clip\.mp4: .*No such file"):
        recorder.close()
    assert not recorder.close()
    assert time.monotonic() - started < 8


def test_the_queue_is_bounded_and_adding_never_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()
    encode = recording._Track.encode

    def slow(self: recording._Track, frame: VideoFrame | AudioFrame) -> list[object]:
        go.wait()
        return encode(self, frame)

    monkeypatch.setattr(recording, "_MOST_WAITING", 5)
    monkeypatch.setattr(recording._Track, "encode", slow)
    recorder = Recorder(tmp_path / "clip.mkv", video=True, audio=False)
    for frame in pictures(20, 64, 64):
        recorder.add(frame)
    go.set()
    assert recorder.close()
    seen, _ = played(tmp_path / "clip.mkv")
    assert recorder.dropped >= 14
    assert len(seen) + recorder.dropped == 20


def test_closing_leaves_out_what_would_take_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encode = recording._Track.encode

    def slow(self: recording._Track, frame: VideoFrame | AudioFrame) -> list[object]:
        time.sleep(0.1)
        return encode(self, frame)

    monkeypatch.setattr(recording, "_TO_ENCODE", 0.3)
    monkeypatch.setattr(recording._Track, "encode", slow)
    recorder = Recorder(tmp_path / "clip.mkv", video=True, audio=False)
    for frame in pictures(100, 64, 64):
        recorder.add(frame)
    assert recorder.close()
    seen, _ = played(tmp_path / "clip.mkv")
    assert 0 < len(seen) < 100
    assert len(seen) + recorder.dropped == 100


@pytest.mark.parametrize("name", ["clip.avi", "clip", "clip.png", ".mp4"])
def test_suffixes_that_recordings_do_not_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"the name has to end with \.mp4, \.mov, \.mkv, \.webm, \.wav, \.ogg"):
        Recorder(tmp_path / name, video=True, audio=False)


@pytest.mark.parametrize("suffix", [".wav", ".ogg"])
def test_files_of_sound_hold_no_video(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(ValueError, match="holds no video"):
        Recorder(tmp_path / f"clip{suffix}", video=True, audio=True)


def test_files_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(ValueError, match="this is a directory"):
        check_file(tmp_path / "folder.png", PICTURES)
    with pytest.raises(ValueError, match="cannot be written there"):
        check_file(tmp_path / "missing" / "picture.png", PICTURES)
    with pytest.raises(ValueError, match=r"the name has to end with \.png, \.jpg, \.jpeg"):
        save_picture(pictures(1)[0], tmp_path / "picture.gif")


@pytest.mark.parametrize(
    ("size", "columns", "expected"),
    [((640, 480), 80, (80, 60)), ((162, 98), 40, (40, 24)), ((64, 64), 100, (64, 64)), ((640, 64), 13, (13, 2))],
)
def test_a_thumbnail_has_no_padding(size: tuple[int, int], columns: int, expected: tuple[int, int]) -> None:
    pixels, width, height = thumbnail(flat(*size, 81, 90, 240), columns)
    assert (width, height) == expected
    assert len(pixels) == width * height * 3
    assert min(pixels[::3]) > 250
    assert max(pixels[1::3] + pixels[2::3]) < 5
