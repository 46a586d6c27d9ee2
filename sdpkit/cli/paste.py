"""What someone pastes into the terminal, whatever its length."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sdpkit.cli.keys import pasting

_BEGIN, _END = b"\x1b[200~", b"\x1b[201~"  # what terminals put around a paste
_CONTROL_D = b"\x04"
_BACKSPACES = b"\x7f\b"
_READ = 65536


def read_paste() -> bytes:
    """What is pasted or typed up to Ctrl-D. In its usual mode a terminal would cut each line at 4,096 characters."""
    sys.stderr.write("sdpkit: paste it here, then press Ctrl-D\n")
    sys.stderr.flush()
    keys = bytearray()
    with _unwound(), pasting():
        while chunk := os.read(sys.stdin.fileno(), _READ):
            keys += chunk
            _show(keys)
            if _CONTROL_D in chunk and keys.rfind(_BEGIN) <= keys.rfind(_END):
                break
    sys.stderr.write("\r\x1b[K")
    return _typed(bytes(keys).rstrip(_CONTROL_D).replace(_BEGIN, b"").replace(_END, b""))


@contextmanager
def _unwound() -> Iterator[None]:
    """Within this, signals that end the program leave the terminal as it was."""

    def end(number: int, _: Any) -> None:
        sys.exit(128 + number)

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _show(keys: bytearray) -> None:
    """Shows how much has come: the terminal itself shows nothing, and the text may hold secrets."""
    sys.stderr.write(f"\r\x1b[K{len(keys):,} characters, {keys.count(10):,} lines")
    sys.stderr.flush()


def _typed(keys: bytes) -> bytes:
    """What keys made, with each Backspace having taken one character away."""
    if not any(key in keys for key in _BACKSPACES):
        return keys
    text: list[str] = []
    for key in keys.decode("utf-8", "surrogateescape"):
        if key not in "\x7f\b":
            text.append(key)
        elif text:
            text.pop()
    return "".join(text).encode("utf-8", "surrogateescape")
