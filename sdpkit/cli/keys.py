"""What comes from standard input while a call goes on: pastes of any length, typed lines, files and pipes."""

import asyncio
import codecs
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
_BRACKETED_ON, _BRACKETED_OFF = "\x1b[?2004h", "\x1b[?2004l"
_QUIET = 0.3  # s after which what came is one text: people pause before they paste the next one
_BACKSPACES = ("\x7f", "\b")
_NOT_THIS_LINE = "\x15"  # Ctrl-U
_END = "\x04"  # Ctrl-D
_READ = 65536


class Typing:
    """The keys of a terminal, put together to texts. A paste is one text, whatever line breaks are in it."""

    def __init__(self) -> None:
        self.line = ""
        """What is typed and not entered yet, pastes included."""
        self.is_entered = False
        """Whether `line` is a whole text now: Enter was pressed, or a paste has ended."""
        self.is_over = False
        """Whether Ctrl-D was pressed where nothing stood."""
        self._pasting = False
        self._held = ""  # of an escape sequence that has not come whole

    def feed(self, keys: str) -> None:
        """Takes what came."""
        keys, self._held = self._held + keys, ""
        while keys:
            mark = _PASTE_ENDS if self._pasting else _PASTE_BEGINS
            before, found, keys = keys.partition(mark)
            if not found:
                self._held = _beginning_of(mark, before)
                before = before.removesuffix(self._held) if self._held else before
            self._add(before)
            if found:
                self._pasting = not self._pasting
                self.is_entered = not self._pasting

    def _add(self, text: str) -> None:
        if self._pasting:
            self.line += text
            return
        for key in text:
            if key in _BACKSPACES:
                self.line = self.line[:-1]
            elif key == _NOT_THIS_LINE:
                self.line = ""
            elif key == _END:
                self.is_over, self.is_entered = not self.line, bool(self.line)
            else:
                self.line += "\n" if key == "\r" else key
                self.is_entered = key in "\r\n"

    def take(self) -> str:
        """The text that is whole; what follows begins a new one."""
        text, self.line, self.is_entered = self.line, "", False
        return text


def _beginning_of(mark: str, text: str) -> str:
    """The longest end of a text that a mark begins with."""
    return next((mark[:size] for size in range(len(mark) - 1, 0, -1) if text.endswith(mark[:size])), "")


class Input:
    """Standard input, text by text, while an event loop runs."""

    def __init__(self, typed: Callable[[str], None]) -> None:
        """`typed` hears of a line that is being typed on a terminal."""
        self._typed = typed
        self._typing = Typing()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._chunks: asyncio.Queue[bytes] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._is_terminal = sys.stdin.isatty()
        threading.Thread(target=self._read, daemon=True).start()  # a read cannot be cancelled

    def _read(self) -> None:
        while True:
            try:
                chunk = os.read(sys.stdin.fileno(), _READ)
            except OSError:
                chunk = b""
            try:
                self._loop.call_soon_threadsafe(self._chunks.put_nowait, chunk)
            except RuntimeError:  # the loop is closed
                return
            if not chunk:
                return

    async def next(self) -> str | None:
        """The next text; None when none comes any more."""
        return await (self._next_typed() if self._is_terminal else self._next_piped())

    async def _next_piped(self) -> str | None:
        """What came before a silence, or before the end."""
        data = b""
        while (more := await (self._soon() if data else self._chunks.get())) is not None:
            data += more
            if not more:
                self._chunks.put_nowait(b"")  # it stays at its end
                break
        return data.decode("utf-8", "surrogateescape") or None

    async def _next_typed(self) -> str | None:
        typing = self._typing
        while not typing.is_over:
            more = await (self._soon() if typing.is_entered else self._chunks.get())
            if more is None:
                break
            typing.feed(self._decoder.decode(more) or _END * (not more))
            self._typed(typing.line)
        text = typing.take()
        self._typed("")
        return text or None

    async def _soon(self) -> bytes | None:
        """What comes within a moment; None when nothing does."""
        try:
            async with asyncio.timeout(_QUIET):
                return await self._chunks.get()
        except TimeoutError:
            return None


@contextmanager
def pasting() -> Iterator[None]:
    """Within this, a terminal hands over every key at once: in its usual mode it cuts a line at 4,096 characters.

    Ctrl-C goes on to interrupt. Where there is no terminal, nothing is done.
    """
    if not sys.stdin.isatty():
        yield
        return
    import termios  # noqa: PLC0415  Windows has none, and no such limit

    terminal = sys.stdin.fileno()
    before: list[Any] = termios.tcgetattr(terminal)
    changed = [*before]
    changed[3] = before[3] & ~(termios.ICANON | termios.ECHO)
    termios.tcsetattr(terminal, termios.TCSADRAIN, changed)
    sys.stderr.write(_BRACKETED_ON)
    sys.stderr.flush()
    try:
        yield
    finally:
        sys.stderr.write(_BRACKETED_OFF)
        sys.stderr.flush()
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
