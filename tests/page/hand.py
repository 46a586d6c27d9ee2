"""`sdpkit offer` and `sdpkit answer` as processes of their own."""

import subprocess
import sys
import threading
from collections.abc import Iterator

from tests.page.window import Window


class Sdpkit:
    """`sdpkit offer` or `sdpkit answer`, with pipes."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sdpkit", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.words: list[str] = []
        self._out: list[str] = []
        threading.Thread(target=self._follow, args=(self.process.stderr, self.words), daemon=True).start()
        threading.Thread(target=self._follow, args=(self.process.stdout, self._out), daemon=True).start()

    @staticmethod
    def _follow(stream: Iterator[str], lines: list[str]) -> None:
        lines.extend(stream)

    def given(self, window: Window, end: str) -> str:
        """What it gave, once a line with `end` in it is there."""
        for _ in range(400):
            if any(end in line for line in self._out):
                return "".join(self._out)
            window.page.wait_for_timeout(50)
        raise AssertionError("".join(self.words))

    def take(self, text: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(text if text.endswith("\n") else f"{text}\n")
        self.process.stdin.flush()

    def ended(self) -> int:
        """Its exit code, once it has ended by itself."""
        return self.process.wait(15)


def hang_up(window: Window, other: Sdpkit) -> None:
    window.page.click("#hangup")
    assert other.ended() == 0, "".join(other.words)
    assert "the other side hung up" in "".join(other.words)
