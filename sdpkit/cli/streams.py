"""What commands read and write: files, standard input, standard output, and words on standard error."""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import typer

from sdpkit.cli.exits import CLOSED_PIPE, USAGE
from sdpkit.report.escaping import encode, escape
from sdpkit.sdp.lines import Limits, Line

STDIN = "-"
_CHUNK = 256 * 1024
_MOST_BYTES = 4 * Limits().characters  # no character takes more than four bytes in UTF-8


class InputError(Exception):
    """An input that a command cannot use: what is wrong with it and what to do, and the exit code."""

    def __init__(self, message: str, code: int = USAGE) -> None:
        super().__init__(message)
        self.code = code


def read(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-`; no more than the parser takes. Raises InputError."""
    with _opened(path) as file:
        return file.read(_MOST_BYTES + 1)


def chunks(path: str) -> Iterator[bytes]:
    """The same piece by piece, up to the end. Raises InputError."""
    with _opened(path) as file:
        yield from iter(lambda: file.read(_CHUNK), b"")


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    """A file, standard input, or what someone pastes into the terminal. Raises InputError, also while it is read."""
    if not path:
        raise InputError("a file needs a name; - is standard input")
    try:
        if path != STDIN:
            with Path(path).open("rb") as file:
                yield file
        elif sys.stdin.isatty():
            from sdpkit.cli.paste import read_paste  # noqa: PLC0415  only who pastes needs it

            yield BytesIO(read_paste())
        else:
            yield sys.stdin.buffer
    except IsADirectoryError:
        raise InputError(f"this is a directory: name the files in it, as in {path.rstrip('/')}/*.sdp") from None
    except FileNotFoundError:
        raise InputError("there is no such file") from None
    except (OSError, ValueError) as error:
        raise InputError(f"it cannot be read: {getattr(error, 'strerror', None) or error}") from None


def write(text: str) -> None:
    """Writes a result to standard output. When nobody reads any more, the program ends without a word."""
    _write(encode(text, sys.stdout.encoding or "utf-8"))


def write_lines(lines: Iterable[Line]) -> None:
    """Writes lines of an input: to the byte into a file or a pipe, made safe to a terminal."""
    if sys.stdout.isatty():
        write("".join(f"{escape(line.text)}\n" for line in lines))
    else:
        _write("".join(map(str, lines)).encode("utf-8", "surrogateescape"))


def _write(data: bytes) -> None:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # What is still buffered would be written once more when Python ends, and fail aloud.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(CLOSED_PIPE) from None
    except OSError as error:
        raise InputError(f"standard output cannot be written: {error.strerror}") from None


def complain(message: str) -> None:
    """Says on standard error what went wrong."""
    sys.stderr.write(f"sdpkit: error: {escape(message)}\n")


def remark(message: str) -> None:
    """Says on standard error what a user should know about the result."""
    sys.stderr.write(f"sdpkit: {escape(message)}\n")


def width() -> int:
    """How wide a screen may be: as the terminal, but 60 to 100 columns; 100 where there is no terminal."""
    columns = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100
    return min(max(columns, 60), 100)
