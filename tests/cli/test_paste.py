"""Pastes into a real terminal, of any length."""

import re
import sys
from pathlib import Path

import pexpect
import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures"
OFFER = (FIXTURES / "chromium" / "audio_video_data.offer.sdp").read_bytes().decode()
SECRET = "s6dxxJer3d4+6HWcWWkxqO1y"
PROGRAM = [sys.executable, "-m", "sdpkit"]
LONG = OFFER + "".join(f"a=x-note:{number} {'.' * 180}\r\n" for number in range(1000))  # 200 kB


def terminal_with(*arguments: str) -> "pexpect.spawn[str]":
    """The program once it waits for a paste."""
    terminal = pexpect.spawn(
        PROGRAM[0], [*PROGRAM[1:], *arguments], encoding="utf-8", timeout=60, dimensions=(50, 200), echo=True
    )
    terminal.delaybeforesend = None
    terminal.expect_exact("then press Ctrl-D")
    terminal.expect_exact("\x1b[?2004h")
    return terminal


@pytest.mark.parametrize("bracketed", [False, True])
@pytest.mark.parametrize("end", ["\r", ""])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LONG, "1177 lines"),
        (LONG.replace("\r\n", " ").rstrip(), "put back 1,176 line breaks"),
    ],
    ids=["lines", "one line"],
)
def test_a_paste_of_200_kb(text: str, words: str, end: str, bracketed: bool) -> None:
    keys = text.replace("\r\n", "\r").removesuffix("\r") + end
    terminal = terminal_with("inspect", "-")
    terminal.send(f"\x1b[200~{keys}\x1b[201~" if bracketed else keys)
    terminal.send("\x04")
    screen = terminal.read()
    terminal.close()
    assert words.replace(",", "") in screen.replace(",", "")
    assert "lNnd" in screen
    assert SECRET not in screen
    assert terminal.exitstatus in (0, 1)


def test_ctrl_c_ends_it_and_leaves_the_terminal_as_it_was() -> None:
    terminal = pexpect.spawn("/bin/sh", encoding="utf-8", timeout=60, dimensions=(50, 200))
    terminal.sendline(f"{sys.executable} -m sdpkit inspect -; echo code $?; stty -a | tr ';' '\\n' | grep -o '.icanon'")
    terminal.expect_exact("\x1b[?2004h")
    terminal.send("v=0\r")
    terminal.sendintr()
    terminal.expect(r"code (\d+)\r\n(.*)icanon")
    assert isinstance(terminal.match, re.Match)
    assert (terminal.match[1], "-" in terminal.match[2]) == ("130", False)
    terminal.close()


def test_nothing_pasted() -> None:
    terminal = terminal_with("validate", "-")
    terminal.send("\x04")
    assert "it is empty" in terminal.read()
    terminal.close()
    assert terminal.exitstatus == 3
