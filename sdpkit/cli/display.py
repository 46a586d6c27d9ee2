"""How a run is shown while it goes on: a live screen on a terminal, line by line elsewhere, or not at all."""

import os
import shutil
import sys
import time
from typing import TYPE_CHECKING, Protocol, TextIO

import typer
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text

from sdpkit.cli import streams
from sdpkit.outcome import Outcome
from sdpkit.report import loopback as screens
from sdpkit.report.preview import preview

if TYPE_CHECKING:  # only a live peer needs it
    from av import VideoFrame

_PREVIEWS = 0.2  # s between two pictures in a terminal
_LEAST_ROWS = 4  # of a picture; where there is less room it is left out


class Display(Protocol):
    """Follows a run. What it writes to may break; then `broken` says so, and the run should end."""

    broken: Exception | None

    def update(self, outcome: Outcome) -> None:
        """Shows a run that goes on. Never raises."""

    def show(self, frame: "VideoFrame") -> None:
        """Shows a received picture. Never raises."""

    def finish(self, outcome: Outcome) -> None:
        """Shows a run that is over. A source that could not be opened is an error, and no run."""

    def close(self) -> None:
        """Leaves the terminal as it was, whatever has happened."""


class Silent:
    """Shows nothing."""

    broken: Exception | None = None

    def update(self, outcome: Outcome) -> None:
        pass

    def show(self, frame: "VideoFrame") -> None:
        pass

    def finish(self, outcome: Outcome) -> None:
        pass

    def close(self) -> None:
        pass


class Lines(Silent):
    """Each step as a line when it is reached, the rest at the end."""

    def __init__(self) -> None:
        self._width = streams.width()
        self._steps = 0
        self._headed = False

    def update(self, outcome: Outcome) -> None:
        if self.broken is None:
            try:
                self._write_news(outcome)
            except (typer.Exit, streams.InputError) as error:
                self.broken = error

    def _write_news(self, outcome: Outcome) -> None:
        if not self._headed and outcome.steps:
            streams.write("\n".join(screens.heading(outcome)) + "\n\n")
            self._headed = True
        for step in outcome.steps[self._steps :]:
            streams.write("\n".join(screens.step_lines(step, self._width)) + "\n")
        self._steps = len(outcome.steps)

    def finish(self, outcome: Outcome) -> None:
        if _never_began(outcome):
            return
        self._write_news(outcome)
        gap = "\n" if outcome.steps else ""
        streams.write(f"{gap}{screens.summary(outcome, self._width)}\n")


class Picture:
    """The received picture in a terminal, made anew some times a second."""

    def __init__(self) -> None:
        self.shown: RenderableType = ""
        self._made = 0.0

    def take(self, frame: "VideoFrame", below: str) -> bool:
        """Makes it of a frame, so that there is room for what stands below; False when the last one is too young."""
        from sdpkit.peer.recording import thumbnail  # noqa: PLC0415  it imports PyAV

        if time.monotonic() - self._made < _PREVIEWS:
            return False
        self._made = time.monotonic()
        rows = shutil.get_terminal_size().lines - below.count("\n") - 1
        columns = min(streams.width(), rows * 2 * frame.width // frame.height)
        self.shown = preview(*thumbnail(frame, columns)) if rows >= _LEAST_ROWS else ""
        return True


class Screen(Silent):
    """The whole screen of the run again and again, above it the received picture if it is wanted."""

    def __init__(self) -> None:
        self._live = Live(console=Console(highlight=False), auto_refresh=False, transient=True)
        self._screen = Text()
        self._picture = Picture()

    def update(self, outcome: Outcome) -> None:
        self._screen = Text(screens.screen(outcome, streams.width()))
        self._refresh()

    def show(self, frame: "VideoFrame") -> None:
        if self._picture.take(frame, str(self._screen)):
            self._refresh()

    def _refresh(self) -> None:
        if self.broken is None:
            try:
                self._live.start()
                self._live.update(Group(self._picture.shown, self._screen), refresh=True)
            except OSError as error:  # the terminal has gone
                self.broken = error

    def finish(self, outcome: Outcome) -> None:
        self.close()
        if not _never_began(outcome):
            streams.write(screens.screen(outcome, streams.width()))

    def close(self) -> None:
        self._live.stop()


def _never_began(outcome: Outcome) -> bool:
    """Whether a source could not be opened. That is said as an error, like any other wrong input."""
    if outcome.source_failed and not outcome.steps:
        streams.complain(outcome.failure or "a source could not be opened")
        return True
    return False


def has_room_for_a_screen(stream: TextIO) -> bool:
    """Whether it is a terminal that shows all characters and moves its cursor."""
    unicode = (stream.encoding or "").lower().replace("-", "") == "utf8"
    return stream.isatty() and unicode and os.environ.get("TERM") != "dumb"


def display_on_stdout() -> Display:
    """What fits standard output."""
    return Screen() if has_room_for_a_screen(sys.stdout) else Lines()
