"""What was received, kept in files."""

import os
import queue
import threading
import time
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
_MOST_WAITING = 300  # frames that wait to be encoded
_TO_FINISH = 10.0  # s


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
        """How many frames were left out because encoding them took too long."""
        self._path = path
        self._part = path.with_name(f".{path.name}.part{path.suffix}")
        self._codecs = CLIPS[path.suffix.lower()]
        if video and self._codecs[0] is None:
            raise ValueError(f"{path}: a {path.suffix} holds no video")
        self._kinds = [kind for kind, wanted in (("video", video), ("audio", audio)) if wanted]
        self._waiting: queue.Queue[VideoFrame | AudioFrame | None] = queue.Queue(_MOST_WAITING)
        self._error: Exception | None = None
        self._thread: threading.Thread | None = None

    def add(self, frame: VideoFrame | AudioFrame) -> None:
        """Takes one frame; never waits."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
            self._thread.start()
        try:
            self._waiting.put_nowait(frame)
        except queue.Full:
            self.dropped += 1

    def close(self) -> bool:
        """Finishes the file, in at most ten seconds; whether there is one. Raises OSError when writing it failed."""
        if self._thread is None:
            return False
        deadline = time.monotonic() + _TO_FINISH
        self._waiting.put(None)
        self._thread.join(max(0.0, deadline - time.monotonic()))
        self._thread = None
        if self._error is not None:
            self._part.unlink(missing_ok=True)
            raise OSError(f"{self._path}: {self._error}")
        self._part.replace(self._path)
        return True

    def _run(self) -> None:
        try:
            with av.open(str(self._part), "w") as container:
                self._write(container)
        except (av.FFmpegError, OSError, ValueError) as error:
            self._error = error

    def _write(self, container: OutputContainer) -> None:
        """Encodes what comes until there is no more. The file begins once a frame of each kind is there."""
        tracks: dict[str, _Track] = {}
        early: list[VideoFrame | AudioFrame] = []
        while (frame := self._waiting.get()) is not None:
            kind = _kind(frame)
            if kind in self._kinds and kind not in tracks:
                tracks[kind] = self._track(container, frame)
            early += [frame] if kind in tracks else []
            if len(tracks) == len(self._kinds):
                for waiting in early:
                    container.mux(tracks[_kind(waiting)].encode(waiting))
                early.clear()
        for waiting in early:
            container.mux(tracks[_kind(waiting)].encode(waiting))
        for track in tracks.values():
            container.mux(track.finish())

    def _track(self, container: OutputContainer, first: VideoFrame | AudioFrame) -> "_Track":
        """A track for frames like the first one; video keeps its size."""
        video, audio = self._codecs
        if isinstance(first, AudioFrame):
            return _Track(container.add_stream(audio, rate=AUDIO_RATE))
        stream: Any = container.add_stream(str(video), rate=30)
        stream.width, stream.height, stream.pix_fmt = first.width & ~1, first.height & ~1, "yuv420p"
        stream.codec_context.time_base = VIDEO_CLOCK
        return _Track(stream)


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
