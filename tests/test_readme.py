"""What the README says is true: its commands give the output that it shows, its Python does too."""

import doctest
import os
import re
import shlex
import subprocess
import sys
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
    command = [sys.executable, "-m", "sdpkit", *shlex.split(arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    lines = [line.rstrip() for line in (done.stdout + done.stderr).decode().splitlines()]
    if arguments.startswith("loopback"):
        assert shape(lines) == shape(shown.splitlines())
    else:
        assert lines == shown.splitlines()


def shape(lines: list[str]) -> list[str]:
    """The kinds of lines of a live run: its times, ports and counts are others each time, and with them the order."""
    return sorted({first[0] for line in lines if (first := re.match("[a-z/]+", line))})


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


@pytest.mark.parametrize("name", ["inspect", "validate", "loopback"])
def test_every_option_is_in_the_readme(name: str) -> None:
    command = [sys.executable, "-m", "sdpkit", name, "--help"]
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "COLUMNS": "200"})
    options = set(re.findall(r"^ +(?:-[a-z], )?(--[a-z-]+)", done.stdout.decode(), re.MULTILINE)) - {"--help"}
    assert options
    assert options == {option for option in options if f"`{option}" in README}
