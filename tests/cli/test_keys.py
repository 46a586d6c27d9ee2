"""Keys of a terminal put together to texts, and standard input while a call goes on."""

import itertools
import os
import subprocess
import sys
import time
from typing import Any

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit.cli.keys import Typing

PASTE = "\x1b[200~{}\x1b[201~"


def fed(*keys: str) -> Typing:
    typing = Typing()
    for piece in keys:
        typing.feed(piece)
    return typing


@pytest.mark.parametrize(
    ("keys", "line", "is_entered"),
    [
        (["bye"], "bye", False),
        (["by", "e\n"], "bye\n", True),
        (["bye\r"], "bye\n", True),
        (["byr\x7fe\n"], "bye\n", True),
        (["\x7f\x08"], "", False),
        ([PASTE.format("v=0\r\ns=-\r\n")], "v=0\r\ns=-\r\n", True),
        (["\x1b[20", "0~v=0\n", "s=-\x1b[201", "~"], "v=0\ns=-", True),
        (["x" + PASTE.format("\x7f") + "y"], "x\x7fy", False),
        (["a\nb"], "a\nb", False),
        (["not this\x15bye\n"], "bye\n", True),
        (["text\x04"], "text", True),
        (["\x1b"], "", False),
        (["\x1b", "x"], "\x1bx", False),
    ],
)
def test_keys(keys: list[str], line: str, is_entered: bool) -> None:
    typing = fed(*keys)
    assert (typing.line, typing.is_entered, typing.is_over) == (line, is_entered, False)


def test_control_d_ends_where_nothing_stands() -> None:
    assert fed("\x04").is_over
    assert not fed("x\x04").is_over


@given(st.text(st.characters(exclude_characters="\x1b")), st.lists(st.integers(0, 400)))
def test_a_paste_is_one_text_however_it_arrives(text: str, cuts: list[int]) -> None:
    keys = PASTE.format(text)
    places = sorted({0, len(keys), *(cut % (len(keys) + 1) for cut in cuts)})
    typing = fed(*(keys[start:end] for start, end in itertools.pairwise(places)))
    assert typing.is_entered
    assert typing.take() == text
    assert typing.line == ""


PROGRAM = """
import asyncio
from sdpkit.cli.keys import Input, pasting

async def main():
    source = Input(lambda line: None)
    while (text := await source.next()) is not None:
        print(len(text), text.strip()[-3:], flush=True)
    print("over", flush=True)

with pasting():
    print("ready", flush=True)
    asyncio.run(main())
"""


def test_a_paste_of_200_kb_into_a_terminal_comes_whole() -> None:
    child: Any = pexpect.spawn(sys.executable, ["-c", PROGRAM], encoding="utf-8", timeout=30, echo=True)
    try:
        child.expect("ready")
        child.delaybeforesend = None
        text = "x" * 199_997 + "end"
        for start in range(0, len(text), 1000):  # as terminals write: in pieces
            child.send(text[start : start + 1000])
        child.send("\n")
        child.expect("200001 end")
        child.send("bye\n")
        child.expect("4 bye")
        child.send("\x04")
        child.expect("over")
    finally:
        child.close()


def test_the_terminal_is_left_as_it_was() -> None:
    command = "stty -a; {} -c 'from sdpkit.cli.keys import pasting\nwith pasting(): 1/0' 2> /dev/null; stty -a"
    child: Any = pexpect.spawn("sh", ["-c", command.format(sys.executable)], encoding="utf-8", timeout=30)
    shown = child.read()
    child.close()
    settings = [line for line in shown.replace("\r", "").split("\n") if "icanon" in line]
    assert len(settings) == 2
    assert settings[0] == settings[1]


def test_a_pipe_gives_what_came_before_a_silence() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    process.stdin.write(b"first\n")
    process.stdin.flush()
    assert process.stdout.readline() == b"6 rst\n"
    os.write(process.stdin.fileno(), b"sec")
    time.sleep(0.05)
    os.write(process.stdin.fileno(), b"ond")
    process.stdin.close()
    assert process.stdout.readlines() == [b"6 ond\n", b"over\n"]
    assert process.wait(10) == 0
