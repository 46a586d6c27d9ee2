"""How a call is shown while it goes on: on standard error; standard output holds what is carried to the other side."""

import sys

from rich.console import Console
from rich.live import Live
from rich.text import Text

from sdpkit.call import Call
from sdpkit.cli import streams
from sdpkit.report import call as screens
from sdpkit.report.loopback import step_lines


class CallDisplay:
    """Each step and message as a line; on a terminal, once it is connected, what flows below them again and again."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._live = Live(console=Console(stderr=True, highlight=False), auto_refresh=False, transient=True)
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
        elif self._is_terminal:
            sys.stderr.write(f"\r\x1b[K{f'> {self._typed}' if line else ''}")
            sys.stderr.flush()

    def update(self, call: Call) -> None:
        """Shows a call that goes on."""
        self._call = call
        if not self._headed:
            self._headed = True
            self._write("\n".join(screens.heading(call)))
        self._write_news(call)
        if call.connected and self._is_terminal:
            self._refresh()

    def _write_news(self, call: Call) -> None:
        for step in call.steps[self._steps :]:
            self._write("\n".join(step_lines(step, streams.width())))
        self._steps = len(call.steps)
        for message in call.messages[self._messages :]:
            self._write(screens.message_line(message))
        self._messages = len(call.messages)

    def _refresh(self) -> None:
        if self._call is not None:
            self._live.start()
            self._live.update(Text(screens.screen(self._call, self._typed, streams.width())), refresh=True)

    def _write(self, text: str) -> None:
        if self._live.is_started:
            self._live.console.print(Text(text))
            return
        clear = "\r\x1b[K" if self._is_terminal else ""
        sys.stderr.write(f"{clear}{text}\n")
        sys.stderr.flush()

    def close(self) -> None:
        """Leaves the terminal as it was."""
        self._live.stop()

    def finish(self, call: Call) -> None:
        """Shows a call that is over."""
        self._write_news(call)
        self._write("\n" + screens.summary(call, streams.width()).rstrip("\n"))
