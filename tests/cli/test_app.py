"""The program as a whole: its list of commands, and how it ends."""

import json
import os
import subprocess
import sys

import pytest

from sdpkit.cli.app import COMMANDS


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "sdpkit", *arguments], capture_output=True, text=True, check=False)


def test_the_help_lists_the_commands_with_all_that_is_said_of_them() -> None:
    lines = [line.strip() for line in run("--help").stdout.splitlines()]
    assert [line for line in lines if line.split(" ")[0] in COMMANDS] == [
        f"{name:<10}  {command.summary}" for name, command in COMMANDS.items()
    ]


def test_the_help_imports_no_command() -> None:
    program = "import sys\nfrom sdpkit.cli.app import app\ntry: app(['--help'])\nfinally: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "sdpkit.cli.app" in loaded
    assert not loaded & {f"sdpkit.cli.{command.module}" for command in COMMANDS.values()}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    done = run(name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Usage: python -m sdpkit {name} ")


def test_a_mistyped_command() -> None:
    done = run("insepct", "offer.sdp")
    assert done.returncode == 2
    assert 'there is no command "insepct"; did you mean inspect?' in done.stderr
    assert run("zzz").returncode == 2


def test_no_command() -> None:
    done = run()
    assert done.returncode == 2
    assert "Commands:" in done.stdout + done.stderr


@pytest.mark.parametrize(("typed", "offered"), [("sdpkit rep", ["repair"]), ("sdpkit insepct ", [*COMMANDS])])
def test_shells_complete_commands(typed: str, offered: list[str]) -> None:
    program = "from sdpkit.cli.app import app; app(prog_name='sdpkit')"
    ask = {"COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" ")), "_SDPKIT_COMPLETE": "complete_bash"}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **ask})
    assert done.stdout.split() == offered


def test_json_stays_json_where_the_output_takes_no_other_letters() -> None:
    command = [sys.executable, "-m", "sdpkit", "validate", "--format", "json", "-"]
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, input=b"v=0\r\ns=-\r\n", capture_output=True, check=False, env=ascii_only)
    assert done.stdout.isascii()
    assert "§" in json.loads(done.stdout)["result"]["findings"][0]["reference"]
