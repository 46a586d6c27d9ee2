"""Which sources of media the options of a command name."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:  # they import aiortc and PyAV, and other commands must not pay for it
    from sdpkit.peer.source import Source

_SIZE = re.compile(r"([1-9][0-9]{1,4})[xX]([1-9][0-9]{1,4})")


class MediaOptions(msgspec.Struct, frozen=True):
    """The options that name sources, as they were given."""

    camera: str | None
    pattern: bool
    file: Path | None
    size: str | None
    fps: float | None
    audio: str | None

    def sources(self) -> "tuple[Source | None, Source | None]":
        """The sources of video and of audio, not opened yet. Raises ValueError for options that do not fit."""
        if sum([self.camera is not None, self.pattern, self.file is not None]) > 1:
            raise ValueError("only one of --camera, --pattern and --file can be had")
        if self.file is not None:
            return self._from_file(self.file)
        return self._video(), self._audio()

    def _from_file(self, path: Path) -> "tuple[Source | None, Source | None]":
        from sdpkit.peer.capture import Capture  # noqa: PLC0415  see above

        if self.size is not None or self.fps is not None:
            raise ValueError("--size and --fps are for cameras and the test picture: a file has its own")
        file = Capture.file(str(path))
        return file, file if self.audio == "file" else self._audio()

    def _video(self) -> "Source | None":
        from sdpkit.peer.capture import Capture  # noqa: PLC0415  see above
        from sdpkit.peer.pattern import TestPicture  # noqa: PLC0415

        size, fps = _read_size(self.size or "640x480"), self.fps or 30
        if self.camera is not None:
            return Capture.camera(self.camera, size, fps)
        if self.pattern:
            return TestPicture(*size, fps)
        if self.size is not None or self.fps is not None:
            raise ValueError("--size and --fps need --camera or --pattern")
        return None

    def _audio(self) -> "Source | None":
        from sdpkit.peer.capture import Capture  # noqa: PLC0415  see above
        from sdpkit.peer.tone import Tone  # noqa: PLC0415

        kind, _, name = (self.audio or "").partition(":")
        if self.audio is None:
            return None
        if self.audio == "tone":
            return Tone()
        if kind == "microphone":
            return Capture.microphone(name or "0")
        if self.audio == "file":
            raise ValueError("--audio file is the sound of --file: name that too")
        raise ValueError(f'--audio "{self.audio}" is none of tone, file, microphone, microphone:NAME')


def _read_size(text: str) -> tuple[int, int]:
    found = _SIZE.fullmatch(text)
    if found is None:
        raise ValueError(f'--size "{text}" is not WIDTHxHEIGHT, such as 640x480')
    return int(found[1]), int(found[2])
