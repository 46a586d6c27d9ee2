"""What the README says is true: its commands give the output that it shows, its Python does too."""

import doctest
import os
import re
import shlex
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = [
    (line, shown.lstrip("\n"))
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for line, shown in re.findall(r"^\$ sdpkit (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]


@pytest.mark.parametrize(("arguments", "shown"), CONSOLE, ids=[arguments for arguments, _ in CONSOLE])
def test_command_shows_what_the_readme_shows(arguments: str, shown: str) -> None:
    if arguments.split(maxsplit=1)[0] in ("offer", "answer", "page"):
        pytest.skip("it goes on until it is ended: tested below")
    command = [sys.executable, "-m", "sdpkit", *shlex.split(arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    lines = [line.rstrip() for line in (done.stdout + done.stderr).decode().splitlines()]
    if arguments.startswith("loopback"):
        assert shape(lines) == shape(shown.splitlines())
    else:
        assert lines == shown.splitlines()


def test_two_sides_call_each_other_as_the_readme_shows(tmp_path: Path) -> None:
    shown = {arguments: text for arguments, text in CONSOLE if arguments.split()[0] in ("offer", "answer")}
    assert len(shown) == 2
    errors = {arguments: tmp_path / arguments.split()[0] for arguments in shown}
    sides = {}
    for arguments, file in errors.items():
        command = [sys.executable, "-m", "sdpkit", *shlex.split(arguments)]
        sides[arguments] = subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.DEVNULL, stderr=file.open("wb"))
    deadline = time.monotonic() + 60
    while not all(
        b"first video" in file.read_bytes() and b"data channel" in file.read_bytes() for file in errors.values()
    ):
        assert time.monotonic() < deadline, [file.read_text() for file in errors.values()]
        time.sleep(0.1)
    time.sleep(1)
    next(iter(sides.values())).send_signal(signal.SIGINT)
    assert [side.wait(20) for side in sides.values()] == [0, 0]
    for arguments, file in errors.items():
        assert shape(file.read_text().splitlines()) == shape(shown[arguments].splitlines())


def test_the_page_is_served_as_the_readme_shows() -> None:
    ((arguments, shown),) = [(arguments, text) for arguments, text in CONSOLE if arguments.startswith("page")]
    command = [sys.executable, "-m", "sdpkit", *shlex.split(arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        lines = [server.stdout.readline(), server.stderr.readline()]
        server.send_signal(signal.SIGINT)
        assert server.wait(10) == 0
    address = re.compile(r"http://127.0.0.1:[0-9]+/[A-Za-z0-9_-]+/")
    assert address.sub("", "".join(lines)) == address.sub("", shown.rstrip("\n") + "\n")


def shape(lines: list[str]) -> list[str]:
    """The kinds of lines of a live run: its times, ports and counts are others each time, and with them the order."""
    return sorted({first[0] for line in lines if (first := re.match("[a-z/]+", line))} - {"note"})  # of a busy machine


def test_python_of_the_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    results = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert results.attempted > 10
    assert results.failed == 0


def test_set_up_commands_are_one_line_each_and_name_what_exists() -> None:
    commands = re.findall(r"```sh\n(.*)\n```", README)
    assert len(commands) == 2
    assert all(command.startswith("python3 -m venv .venv && .venv/bin/pip install ") for command in commands)
    assert (ROOT / commands[0].split()[-1]).is_file()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "'.[dev]'" in commands[1]
    assert "dev" in project["optional-dependencies"]


@pytest.mark.parametrize(
    "name",
    [
        "inspect",
        "validate",
        "negotiate",
        "candidates",
        "diff",
        "pairs",
        "repair",
        "redact",
        "convert",
        "extract",
        "explain",
        "loopback",
        "offer",
        "answer",
        "page",
    ],
)
def test_every_option_is_in_the_readme(name: str) -> None:
    command = [sys.executable, "-m", "sdpkit", name, "--help"]
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "COLUMNS": "200"})
    options = set(re.findall(r"^ +(?:-[a-z], )?(--[a-z-]+)", done.stdout.decode(), re.MULTILINE)) - {"--help"}
    assert options
    assert options == {option for option in options if f"`{option}" in README}
