"""Runs with live peers from the command line: signals, what is kept, and how they end."""

import asyncio
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Protocol, Self

from av import AudioFrame, VideoFrame

from sdpkit.cli import exits, streams
from sdpkit.cli.display import Display
from sdpkit.outcome import Outcome
from sdpkit.peer import Plan, loopback
from sdpkit.peer.recording import PICTURES, Recorder, check_file, save_picture

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Shows(Protocol):
    """What shows received pictures."""

    def show(self, frame: VideoFrame) -> None:
        """Shows a picture. Never raises."""


class Keeper:
    """Keeps what is received: on the screen, as a last picture, as a recording."""

    def __init__(
        self, display: Shows | None, snapshot: Path | None, record: Path | None, *, video: bool, audio: bool
    ) -> None:
        """`display` is for a preview; `video` and `audio` say what may come.

        Raises ValueError or OSError for files that cannot be written, or for pictures of what has none.
        """
        self._display = display
        self._snapshot = snapshot
        self._last: VideoFrame | None = None
        if (snapshot is not None or display is not None) and not video:
            raise ValueError("--snapshot and --preview need a picture: name --pattern, --camera or --file, too")
        if snapshot is not None:
            check_file(snapshot, PICTURES)
        self._record = record
        self._recorder = None if record is None else Recorder(record, video=video, audio=audio)

    def take(self, frame: VideoFrame | AudioFrame) -> None:
        """Keeps one received frame."""
        if self._recorder is not None:
            self._recorder.add(frame)
        if isinstance(frame, VideoFrame):
            self._last = frame
            if self._display is not None:
                self._display.show(frame)

    def close(self) -> None:
        """Finishes the files, and says on standard error what was kept. Raises InputError."""
        try:
            if self._recorder is not None:
                _say(self._record, self._recorder.close(), self._recorder.dropped)
            if self._snapshot is not None:
                if self._last is not None:
                    save_picture(self._last, self._snapshot)
                _say(self._snapshot, self._last is not None, 0)
        except OSError as error:
            raise streams.InputError(f"what was received cannot be kept: {error.strerror or error}") from None


def _say(path: Path | None, written: bool, dropped: int) -> None:
    lacking = f", without {dropped} frames for which encoding was too slow" if dropped else ""
    streams.remark(f"{path}: {f'written{lacking}' if written else 'not written, nothing of that kind was received'}")


class Stops:
    """The signals that ask for an end. Within `with`, they end the run and do nothing else; `signal` is the first."""

    def __init__(self) -> None:
        self.signal: int | None = None
        self._stop: Callable[[], object] | None = None

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._asked) for number in _SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _asked(self, number: int, _: Any) -> None:
        self.signal = self.signal or number
        if self._stop is not None:
            self._stop()

    def event(self) -> asyncio.Event:
        """An event of the running loop that a signal sets; it is set if one has come already."""
        event = asyncio.Event()
        self._stop = partial(asyncio.get_running_loop().call_soon_threadsafe, event.set)
        if self.signal is not None:
            event.set()
        return event

    def run_is_over(self) -> None:
        """Signals have nothing to end any more."""
        self._stop = None


def run(plan: Plan, display: Display, keeper: "Keeper | None", stops: Stops) -> tuple[Outcome, int]:
    """Runs a plan to its end or until a signal, showing it; the outcome and the exit code."""
    try:
        outcome = asyncio.run(_run(plan, display, keeper, stops))
    finally:
        stops.run_is_over()
        display.close()
    if display.broken is not None:
        raise display.broken
    return outcome, exit_code(outcome) if stops.signal is None else 128 + stops.signal


async def _run(plan: Plan, display: Display, keeper: "Keeper | None", stops: Stops) -> Outcome:
    unheard: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unheard.append(str(context["message"])))
    stop = stops.event()

    def watch(outcome: Outcome) -> None:
        display.update(outcome)
        if display.broken is not None:
            stop.set()

    outcome = await loopback(plan, watch=watch, keep=None if keeper is None else keeper.take, stop=stop)
    for message in dict.fromkeys(unheard):
        streams.remark(f"aiortc: {message}")
    return outcome


def exit_code(outcome: Outcome) -> int:
    """How a run that was not interrupted ends the program."""
    if outcome.source_failed:
        return exits.NO_DEVICE
    return exits.CLEAN if outcome.failure is None and outcome.flowed else exits.NOT_CONNECTED


def save_sdp(outcome: Outcome, folder: Path) -> None:
    """Writes each description, and its candidates one a line, into a folder. Raises InputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for letter in outcome.signalled:
            (folder / f"{letter.type}.sdp").write_bytes(letter.text.encode())
            (folder / f"{letter.type}.candidates").write_text("".join(f"{line}\n" for line in letter.candidates))
    except OSError as error:
        raise streams.InputError(f"--save-sdp {folder}: {error.strerror}") from None
