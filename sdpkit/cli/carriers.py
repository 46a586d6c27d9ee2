"""Who carries descriptions between this peer and the other one: a person, or two files in a folder."""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sdpkit.cli import streams
from sdpkit.cli.call_display import CallDisplay
from sdpkit.cli.keys import Input
from sdpkit.cli.qr import drawn, qr_code
from sdpkit.ice.candidate import Candidate
from sdpkit.sdp.description import SessionDescription

_POLL = 0.2  # s between two looks at a file

Form = Callable[[SessionDescription, str], str]
"""How a description and its type are written for the way to the other side."""


def as_sdp(description: SessionDescription, _: str) -> str:
    """The description as it is."""
    return str(description)


def as_json(description: SessionDescription, type: str) -> str:
    """An RTCSessionDescription, as a browser's JSON.stringify() gives it."""
    return json.dumps({"type": type, "sdp": str(description)}) + "\n"


def as_packed(description: SessionDescription, type: str) -> str:
    """One line, as short as can be."""
    from sdpkit.intake import pack  # noqa: PLC0415

    return pack(str(description), type) + "\n"


class Person:
    """Copies what stands on standard output to the other side, and pastes what comes from there."""

    def __init__(self, form: Form, display: CallDisplay, extras: list[Callable[[str], None]]) -> None:
        """`display` has the terminal; each of `extras` gets what is to be carried, too."""
        self._form = form
        self._display = display
        self._extras = extras
        self._input = Input(display.typed)
        self._is_json = form is as_json
        self._told = 0.0

    async def give(self, description: SessionDescription, type: str) -> None:
        text = self._form(description, type)
        self.say(f"carry this {type} of {len(text)} characters to the other side:")
        streams.write(text)
        for extra in self._extras:
            extra(text)

    async def give_candidate(self, candidate: Candidate | None, mid: str) -> None:
        text = "" if candidate is None else str(candidate)
        if self._is_json:
            text = json.dumps({"candidate": text, "sdpMid": mid})
        self._display.clear()
        streams.write(f"{text or 'a=end-of-candidates'}\n")

    async def next(self) -> str | None:
        return await self._input.next()

    def ask(self, type: str) -> None:
        self.say(f"paste the {type} of the other side here, in any form")

    def say(self, text: str) -> None:
        self._display.clear()
        streams.remark(text)

    def count_down(self, what: str, seconds: float) -> None:
        if sys.stderr.isatty():
            self._display.holds(f"{what} within {seconds:2.0f} s")
        elif time.monotonic() - self._told > 15:
            self._told = time.monotonic()
            self.say(f"{what} within {seconds:.0f} s")


class Folder:
    """Two files, offer.sdp and answer.sdp, in a folder that both sides see."""

    def __init__(self, folder: Path, role: str) -> None:
        """Raises InputError when the folder cannot be made. An old file of the other side is not read."""
        own, other = ("offer", "answer") if role == "offerer" else ("answer", "offer")
        self._own = folder / f"{own}.sdp"
        self._other = folder / f"{other}.sdp"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if role == "offerer":
                self._other.unlink(missing_ok=True)
        except OSError as error:
            raise streams.InputError(f"--files {folder}: {error.strerror}") from None
        self._seen = ""

    async def give(self, description: SessionDescription, type: str) -> None:
        self._write(str(description))
        self.say(f"{self._own}: the {type} for the other side")

    def _write(self, text: str) -> None:
        """Puts the whole file there at once: the other side never sees half of it."""
        part = self._own.with_suffix(".part")
        try:
            part.write_bytes(text.encode())
            part.replace(self._own)
        except OSError as error:
            raise streams.InputError(f"{self._own}: {error.strerror}") from None

    async def give_candidate(self, candidate: Candidate | None, mid: str) -> None:
        line = "a=end-of-candidates" if candidate is None else f"a={candidate}"
        self._write(f"{self._own.read_text()}{line}\r\n")

    async def next(self) -> str | None:
        while True:
            try:
                text = self._other.read_bytes().decode("utf-8", "surrogateescape")
            except OSError:
                text = ""
            if text and text != self._seen:
                news, self._seen = text.removeprefix(self._seen), text
                return news
            await asyncio.sleep(_POLL)

    def ask(self, type: str) -> None:
        self.say(f"waiting for {self._other}")

    def say(self, text: str) -> None:
        streams.remark(text)

    def count_down(self, what: str, seconds: float) -> None:
        pass


def show_qr(text: str) -> None:
    """Shows a text as a QR code, or says why it cannot."""
    try:
        sys.stderr.write(drawn(qr_code(text), sys.stderr))
    except streams.InputError as error:
        streams.remark(str(error))


def copy_to_clipboard(text: str) -> None:
    """Puts a text on the clipboard of this desktop, or says why it cannot."""
    import pyperclip  # noqa: PLC0415  only who asks for it needs it

    try:
        pyperclip.copy(text)
        streams.remark("it is on the clipboard, too")
    except pyperclip.PyperclipException:
        streams.remark("there is no clipboard here: copy the text by hand")
