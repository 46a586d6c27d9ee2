"""What was received, kept in files."""

import math
import os
import queue
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import av
from av import AudioFrame, VideoFrame
from av.container import OutputContainer
from av.video.reformatter import VideoReformatter

from sdpkit.peer.source import AUDIO_RATE, VIDEO_CLOCK

PICTURES = {".png": ("png", "rgb24"), ".jpg": ("mjpeg", "yuvj420p"), ".jpeg": ("mjpeg", "yuvj420p")}
"""The suffixes of pictures, with the codec and the pixel format of each."""
CLIPS = {
    ".mp4": ("libx264", "aac"),
    ".mov": ("libx264", "aac"),
    ".mkv": ("libx264", "aac"),
    ".webm": ("libvpx", "libopus"),
    ".wav": (None, "pcm_s16le"),
    ".ogg": (None, "libopus"),
}
"""The suffixes of recordings, with the codecs of video and of audio."""
_LIVE = {"libx264": {"preset": "veryfast"}, "libvpx": {"deadline": "realtime", "cpu-used": "8"}}
_BITS_A_PIXEL = 4  # a second, for libvpx, which else gives every size the same
_MOST_WAITING = 300  # frames that wait to be encoded
_MOST_EARLY = 1500  # frames of audio that wait for the first one of video: 30 s
_TO_ENCODE = 5.0  # s, for what still waits when a recording is closed
_TO_FINISH = 10.0  # s, for all of closing


def check_file(path: Path, suffixes: dict[str, Any]) -> None:
    """Raises ValueError for a file of another suffix, or one that cannot be written."""
    if path.suffix.lower() not in suffixes:
        raise ValueError(f"{path}: the name has to end with {', '.join(suffixes)}")
    if path.is_dir():
        raise ValueError(f"{path}: this is a directory")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise ValueError(f"{path}: it cannot be written there")


def save_picture(frame: VideoFrame, path: Path) -> None:
    """Writes one frame as a picture, PNG or JPEG by its suffix. Raises ValueError and OSError."""
    check_file(path, PICTURES)
    name, pixels = PICTURES[path.suffix.lower()]
    encoder: Any = av.CodecContext.create(name, "w")
    encoder.width, encoder.height, encoder.pix_fmt = frame.width, frame.height, pixels
    encoder.time_base = VIDEO_CLOCK
    picture = VideoReformatter().reformat(frame, format=pixels)
    picture.pts = 0
    path.write_bytes(b"".join(map(bytes, [*encoder.encode(picture), *encoder.encode(None)])))


class Recorder:
    """Writes frames into a clip, in a thread of its own. The file is there once it is closed, if anything came."""

    def __init__(self, path: Path, *, video: bool, audio: bool) -> None:
        """Raises ValueError for a file that cannot be written, or not with video or audio."""
        check_file(path, CLIPS)
        self.dropped = 0
        """How many frames were left out: encoding took too long, or the file was closed or could not be written."""
        self._path = path
        self._part = path.with_name(f".{path.name}.part{path.suffix}")
        self._codecs = CLIPS[path.suffix.lower()]
        if video and self._codecs[0] is None:
            raise ValueError(f"{path}: a {path.suffix} holds no video")
        self._kinds = [kind for kind, wanted in (("video", video), ("audio", audio)) if wanted]
        self._waiting: queue.Queue[VideoFrame | AudioFrame | None] = queue.Queue(_MOST_WAITING)
        self._error: Exception | None = None
        self._holds_something = False
        self._thread: threading.Thread | None = None
        self._closed = False
        self._deadline = math.inf  # until when what waits is still encoded, by time.monotonic()

    def add(self, frame: VideoFrame | AudioFrame) -> None:
        """Takes one frame; never waits."""
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
            self._thread.start()
        if self._closed or self._waiting.full():
            self.dropped += 1
        else:
            self._waiting.put_nowait(frame)

    def close(self) -> bool:
        """Finishes the file, in at most ten seconds; whether there is one. Raises OSError when writing it failed.

        Whatever happens, a file that was there before is replaced by a whole one or not at all.
        """
        thread, self._thread, self._closed = self._thread, None, True
        if thread is None:
            return self._holds_something and self._error is None
        now = time.monotonic()
        self._deadline = now + _TO_ENCODE
        with suppress(queue.Full):
            self._waiting.put(None, timeout=_TO_FINISH)
        thread.join(max(0.0, now + _TO_FINISH - time.monotonic()))
        if thread.is_alive():
            raise OSError(f"{self._path}: writing it takes longer than {_TO_FINISH:g} s; the disk may be too slow")
        if self._error is None and self._holds_something:
            self._part.replace(self._path)
            return True
        self._part.unlink(missing_ok=True)
        if self._error is not None:
            raise OSError(f"{self._path}: {self._error}")
        return False

    def _run(self) -> None:
        try:
            with av.open(f"file:{self._part}", "w") as container:
                self._write(container)
        except (av.FFmpegError, OSError, ValueError) as error:
            self._error = error
            while self._waiting.get() is not None:
                self.dropped += 1

    def _write(self, container: OutputContainer) -> None:
        """Encodes what comes until there is no more. The file begins with the first video, which says its size."""
        early: list[VideoFrame | AudioFrame] = []
        tracks: dict[str, _Track] = {}
        while (frame := self._waiting.get()) is not None:
            if _kind(frame) not in self._kinds or time.monotonic() > self._deadline:
                self.dropped += 1
                continue
            early.append(frame)
            if not tracks and (self._is_first(frame) or len(early) > _MOST_EARLY):
                tracks = self._tracks(container, early)
            if tracks:
                self._mux(container, tracks, early)
                early.clear()
        if early:
            tracks = self._tracks(container, early)
            self._mux(container, tracks, early)
        for track in tracks.values():
            container.mux(track.finish())

    def _is_first(self, frame: VideoFrame | AudioFrame) -> bool:
        """Whether the file can begin with this frame."""
        return _kind(frame) == ("video" if "video" in self._kinds else "audio")

    def _tracks(self, container: OutputContainer, early: list[VideoFrame | AudioFrame]) -> "dict[str, _Track]":
        """The tracks of the file, each known by its kind; there is one for video only if some has come."""
        tracks = {}
        video, audio = self._codecs
        first = next((frame for frame in early if isinstance(frame, VideoFrame)), None)
        if first is not None:
            stream: Any = container.add_stream(str(video), rate=30, options=_LIVE[str(video)])
            stream.width, stream.height, stream.pix_fmt = first.width & ~1, first.height & ~1, "yuv420p"
            if video == "libvpx":
                stream.bit_rate = stream.width * stream.height * _BITS_A_PIXEL
                stream.codec_context.thread_count = 1  # its threads wait for each other, long on a busy machine
            stream.codec_context.time_base = VIDEO_CLOCK
            tracks["video"] = _Track(stream)
        if "audio" in self._kinds:
            tracks["audio"] = _Track(container.add_stream(audio, rate=AUDIO_RATE))
        return tracks

    def _mux(
        self, container: OutputContainer, tracks: "dict[str, _Track]", frames: list[VideoFrame | AudioFrame]
    ) -> None:
        for frame in frames:
            track = tracks.get(_kind(frame))
            if track is None:
                self.dropped += 1
            else:
                container.mux(track.encode(frame))
                self._holds_something = True


class _Track:
    """One track of a clip, with time stamps as its frames have them."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._last = -1
        self._reformatter = VideoReformatter()

    def encode(self, frame: VideoFrame | AudioFrame) -> list[Any]:
        """The packets that a frame gives; none for one that does not come later than the one before."""
        if frame.pts is None or frame.pts <= self._last:
            return []
        self._last = frame.pts
        if isinstance(frame, VideoFrame):
            frame = self._reformatter.reformat(frame, self._stream.width, self._stream.height, "yuv420p")
        return list(self._stream.encode(frame))

    def finish(self) -> list[Any]:
        """The packets that the encoder still holds."""
        return list(self._stream.encode(None))


def _kind(frame: VideoFrame | AudioFrame) -> str:
    return "video" if isinstance(frame, VideoFrame) else "audio"


_thumbnails = VideoReformatter()


def thumbnail(frame: VideoFrame, columns: int) -> tuple[bytes, int, int]:
    """A frame as rgb24 of at most that width, with its width and even height."""
    width = min(columns, frame.width)
    height = max(2, round(frame.height * width / frame.width / 2) * 2)
    small = _thumbnails.reformat(frame, width, height, "rgb24")
    rows, step = bytes(small.planes[0]), small.planes[0].line_size
    return b"".join(rows[row * step : row * step + width * 3] for row in range(height)), width, height
