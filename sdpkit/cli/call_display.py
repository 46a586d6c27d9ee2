"""How a call is shown while it goes on: on standard error; standard output holds what is carried to the other side."""

import shutil
import sys
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from sdpkit.call import Call
from sdpkit.cli import streams
from sdpkit.cli.display import Picture, has_room_for_a_screen
from sdpkit.report import call as screens
from sdpkit.report.escaping import escape
from sdpkit.report.loopback import step_lines

if TYPE_CHECKING:  # only a live peer needs it
    from av import VideoFrame

_CLEAR = "\r\x1b[K"


class CallDisplay:
    """Each step and message as a line. On a terminal there is more below them: before the call is connected a line of
    what is being typed, or how long something holds; then the live screen, above it the received picture.
    """

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._has_screen = has_room_for_a_screen(sys.stderr)
        self._live = Live(console=Console(stderr=True, highlight=False), auto_refresh=False, transient=True)
        self._picture = Picture()
        self._steps = 0
        self._messages = 0
        self._typed = ""
        self._call: Call | None = None
        self._headed = False

    def typed(self, line: str) -> None:
        """Shows the line that is being typed."""
        self._typed = line if len(line) < 200 and "\n" not in line else f"({len(line):,} characters)"
        if self._live.is_started:
            self._refresh()
        else:
            self._show_last_line(f"> {self._typed}" if line else "")

    def holds(self, text: str) -> None:
        """Shows how long something still holds, while nothing is being typed."""
        if not self._typed:
            self._show_last_line(text)

    def _show_last_line(self, text: str) -> None:
        if self._is_terminal:
            room = shutil.get_terminal_size().columns - 1
            sys.stderr.write(f"{_CLEAR}{escape(text)[:room]}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Makes room for a line that somebody else writes."""
        if not self._live.is_started:
            self._show_last_line("")

    def update(self, call: Call) -> None:
        """Shows a call that goes on."""
        self._call = call
        if not self._headed:
            self._headed = True
            self._write("\n".join(screens.heading(call)))
        self._write_news(call)
        if call.connected and self._has_screen:
            self._refresh()

    def show(self, frame: "VideoFrame") -> None:
        """Shows a received picture."""
        if self._live.is_started and self._picture.take(frame, self._screen()):
            self._refresh()

    def _write_news(self, call: Call) -> None:
        for step in call.steps[self._steps :]:
            self._write("\n".join(step_lines(step, streams.width())))
        self._steps = len(call.steps)
        for message in call.messages[self._messages :]:
            self._write(screens.message_line(message))
        self._messages = len(call.messages)

    def _screen(self) -> str:
        return "" if self._call is None else screens.screen(self._call, self._typed, streams.width())

    def _refresh(self) -> None:
        self._live.start()
        self._live.update(Group(self._picture.shown, Text(self._screen())), refresh=True)

    def _write(self, text: str) -> None:
        if self._live.is_started:
            self._live.console.print(Text(text))
            return
        self.clear()
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def close(self) -> None:
        """Leaves the terminal as it was."""
        self._live.stop()

    def finish(self, call: Call) -> None:
        """Shows a call that is over."""
        self._write_news(call)
        self._write("\n" + screens.summary(call, streams.width()).rstrip("\n"))
