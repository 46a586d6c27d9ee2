"""`sdpkit offer` and `sdpkit answer` as a user runs them: two processes, and all that goes between them."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pexpect
import pytest

from sdpkit import parse


class Process:
    """One side, with pipes; what it writes is collected."""

    def __init__(self, *arguments: str) -> None:
        self.process: subprocess.Popen[str] = subprocess.Popen(
            [sys.executable, "-m", "sdpkit", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.words: list[str] = []
        self.out: list[str] = []
        for stream, lines in ((self.process.stderr, self.words), (self.process.stdout, self.out)):
            assert stream is not None
            threading.Thread(target=lines.extend, args=(stream,), daemon=True).start()

    def until(self, state: Callable[[], object]) -> None:
        """Waits for a state, some seconds at most."""
        deadline = time.monotonic() + 30
        while not state():
            assert time.monotonic() < deadline, "".join(self.words)
            time.sleep(0.02)

    def says(self, words: str) -> None:
        self.until(lambda: words in "".join(self.words))

    def given(self, lines: int) -> str:
        """What is to be carried to the other side, once so many lines have come."""
        self.until(lambda: len(self.out) >= lines)
        return "".join(self.out)

    def given_until(self, line: str) -> None:
        """Waits until a line has been given."""
        self.until(lambda: f"{line}\n" in self.out)

    def take(self, text: str) -> None:
        stdin: IO[str] | None = self.process.stdin
        assert stdin is not None
        stdin.write(text)
        stdin.flush()

    def ended(self) -> int:
        return self.process.wait(20)


ENVIRONMENT = os.environ | {"TERM": "xterm", "COLUMNS": "120", "LINES": "30"}
LINES = {"--json": 1, "--packed": 1, "": 90}
"""How many lines a description has with audio, video and data."""


@pytest.mark.parametrize("form", ["", "--json", "--packed"])
def test_descriptions_by_pipes(form: str) -> None:
    offer, answer = (Process(role, *filter(None, [form])) for role in ("offer", "answer"))
    answer.take(f"{offer.given(LINES[form])}\n")
    offer.take(f"{answer.given(LINES[form])}\n")
    for side in (offer, answer):
        side.says("first video")
        side.says("data channel")
    offer.take("hello\n")
    offer.says("< echo: hello")
    answer.says("< hello")
    offer.take("bye\n")
    assert offer.ended() == answer.ended() == 0
    offer.says("was connected: this side hung up")
    answer.says("was connected: the other side hung up")
    if not form:
        assert parse("".join(offer.out)).type.value == "offer"
        assert parse("".join(answer.out)).type.value == "answer"


def test_candidates_line_by_line() -> None:
    """As a person would carry them: the description, then each candidate by itself."""
    offer, answer = Process("offer", "--trickle"), Process("answer", "--trickle")
    for giver, taker in ((offer, answer), (answer, offer)):
        giver.says("carry this")
        giver.given_until("a=end-of-candidates")
        candidates = [line for line in giver.out if line.startswith(("candidate:", "a=end-of-candidates"))]
        for text in ("".join(line for line in giver.out if line not in candidates), *candidates):
            taker.take(text)
            time.sleep(0.6)  # a pause ends a text
    for side in (offer, answer):
        side.says("first video")
        assert "no description" not in "".join(side.words)
    offer.take("bye\n")
    assert offer.ended() == answer.ended() == 0


@pytest.mark.parametrize("trickle", [[], ["--trickle"]])
def test_descriptions_by_two_files(tmp_path: Path, trickle: list[str]) -> None:
    folder = tmp_path / "call"
    folder.mkdir()
    (folder / "answer.sdp").write_text("left over from an earlier call")
    offer, answer = (Process(role, "--files", str(folder), *trickle) for role in ("offer", "answer"))
    for side in (offer, answer):
        side.says("first video")
    offer.process.send_signal(signal.SIGINT)
    assert offer.ended() == answer.ended() == 0
    assert sorted(path.name for path in folder.iterdir()) == ["answer.sdp", "offer.sdp"]
    assert offer.out == answer.out == []


def test_what_was_received_is_kept(tmp_path: Path) -> None:
    folder, picture, clip = tmp_path / "call", tmp_path / "last.png", tmp_path / "call.mkv"
    offer = Process("offer", "--files", str(folder))
    answer = Process("answer", "--audio", "tone", "--files", str(folder), "--snapshot", str(picture))
    answer.says("first video")
    time.sleep(1)
    answer.process.send_signal(signal.SIGINT)
    assert offer.ended() == answer.ended() == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert not clip.exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["offer", "--json", "--packed"], 2, "only one of --json and --packed"),
        (["offer", "--preview"], 2, "--preview needs a terminal"),
        (["offer", "--files", "x", "--qr"], 2, "--files are plain SDP"),
        (["offer", "--codec", "nonsense"], 2, 'there is no codec "nonsense"'),
        (["offer", "--relay-only"], 2, "without a TURN server"),
        (["answer", "--ice-server", "ftp:x"], 2, "is neither stun:HOST"),
        (["answer", "--snapshot", "x.txt"], 2, "the name has to end with"),
        (["offer", "--camera", "/dev/no-camera"], 5, "no-camera"),
        (["offer", "--file", "/no/clip.mp4"], 5, "clip.mp4"),
        (["offer", "--files", "/dev/null/x"], 2, "--files /dev/null/x"),
        (["offer", "--timeout", "1"], 4, "the input ended before the answer came"),
    ],
)
def test_what_cannot_be_done(arguments: list[str], code: int, words: str) -> None:
    command = [sys.executable, "-m", "sdpkit", *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == code
    shown = re.sub(r"\s+", " ", done.stderr.replace("│", ""))
    assert words in shown
    assert "Traceback" not in done.stderr


def test_nobody_answers() -> None:
    offer = Process("offer", "--timeout", "1")
    assert offer.ended() == 4
    offer.says("no answer came within 1 s")


def test_interrupted_before_anything_came() -> None:
    offer = Process("offer")
    offer.says("paste the answer")
    offer.process.send_signal(signal.SIGINT)
    assert offer.ended() == 130


def test_at_a_terminal() -> None:
    """A person copies and pastes; a browser's offer has lines longer than a terminal takes in its usual mode."""
    sides: list[Any] = [
        pexpect.spawn(
            sys.executable,
            ["-m", "sdpkit", role, "--json"],
            encoding="utf-8",
            timeout=30,
            dimensions=(30, 120),
            env=ENVIRONMENT,
        )
        for role in ("offer", "answer")
    ]
    offer, answer = sides
    try:
        for giver, taker in ((offer, answer), (answer, offer)):
            giver.expect(r'(\{"type": "\w+", "sdp": "[^}]*"\})\r\n')
            taker.expect("paste the")
            taker.delaybeforesend = None
            text = giver.match[1]
            assert len(json.loads(text)["sdp"]) > 4096
            for start in range(0, len(text), 500):
                taker.send(text[start : start + 500])
            taker.send("\r")
        for side in sides:
            side.expect("bye to hang up")
        offer.send("hello\r")
        answer.expect("< hello")
        offer.send("bye\r")
        for side in sides:
            side.expect("was connected")
            side.expect(pexpect.EOF)
            side.close()
            assert side.exitstatus == 0
    finally:
        for side in sides:
            side.close(force=True)


def test_a_preview(tmp_path: Path) -> None:
    files = ["--files", str(tmp_path)]
    offer: Any = pexpect.spawn(
        sys.executable,
        ["-m", "sdpkit", "offer", "--preview", *files],
        encoding="utf-8",
        timeout=30,
        dimensions=(30, 120),
        env=ENVIRONMENT,
    )
    answer = Process("answer", *files)
    try:
        offer.expect("▀")
        offer.sendintr()
        offer.expect("was connected: this side hung up")
        offer.expect(pexpect.EOF)
        offer.close()
        assert offer.exitstatus == answer.ended() == 0
    finally:
        offer.close(force=True)
