"""The `sdpkit diff` program as users run it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pexpect
import pytest

from sdpkit.rules.examples import AGAIN, ANSWER, OFFER, changed

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "sdpkit" / "schemas" / "diff.json").read_text(encoding="utf-8"))
PROGRAM = [sys.executable, "-m", "sdpkit", "diff"]
SECRET = b"0123456789"


def run(*arguments: str, cwd: Path = ROOT, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*PROGRAM, *arguments], input=stdin, capture_output=True, timeout=60, check=False, cwd=cwd, env=environment
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What a peer says, says again, says later, and what the other peer answers."""
    restart = "-a=ice-ufrag:…\n+a=ice-ufrag:wxyz\n-a=ice-pwd:…\n+a=ice-pwd:another0another0another0"
    for name, text in {
        "old.sdp": changed(OFFER, ""),
        "again.sdp": changed(AGAIN, ""),
        "new.sdp": changed(AGAIN, "-a=sendrecv\n+a=recvonly"),
        "restart.sdp": changed(AGAIN, restart),
        "answer.sdp": changed(ANSWER, ""),
    }.items():
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["old.sdp", "old.sdp"], 0, "no difference"),
        (["old.sdp", "again.sdp"], 0, "0 changes that matter, 1 that does not"),
        (["old.sdp", "new.sdp"], 1, "no longer sends"),
        (["old.sdp", "new.sdp", "--exit-zero"], 0, "no longer sends"),
        (["old.sdp", "new.sdp", "--ignore", "direction"], 0, "0 changes that matter, 1 that does not"),
        (["old.sdp", "new.sdp", "--ignore", " direction, session"], 0, "no difference"),
        (["old.sdp", "new.sdp", "--all"], 1, "session-version"),
        (["old.sdp", "new.sdp", "--mode", "text"], 1, "a=recvonly"),
        (["old.sdp", "new.sdp", "--mode", "munge"], 1, "Direction"),
        (["old.sdp", "restart.sdp"], 1, "ICE RESTART"),
        (["old.sdp", "answer.sdp"], 0, "peers: two peers, offer and answer"),
    ],
)
def test_differences(folder: Path, arguments: list[str], code: int, words: str) -> None:
    done = run(*arguments, cwd=folder)
    assert done.stderr == b""
    assert words in done.stdout.decode()
    assert done.returncode == code


def test_the_offer_comes_first(folder: Path) -> None:
    done = run("answer.sdp", "old.sdp", cwd=folder)
    said = b"answer.sdp is an answer (setup:active), old.sdp an offer (setup:actpass): taken so\n"
    assert done.stderr == b"sdpkit: " + said
    assert done.stdout == run("old.sdp", "answer.sdp", cwd=folder).stdout


def test_one_of_them_can_be_standard_input(folder: Path) -> None:
    done = run("old.sdp", "-", cwd=folder, stdin=(folder / "new.sdp").read_bytes())
    assert done.returncode == 1
    assert done.stdout.startswith(b"old.sdp -> stdin    ")


def test_json(folder: Path) -> None:
    done = run("--format", "json", "old.sdp", "restart.sdp", cwd=folder)
    whole = json.loads(done.stdout)
    jsonschema.validate(whole, SCHEMA)
    result = whole["result"]
    assert (whole["path"], result["mode"], result["ice_restart"]) == ("restart.sdp", "renegotiation", True)
    ufrag = next(change for change in result["changes"] if change["what"] == "ice-ufrag")
    assert (ufrag["kind"], ufrag["old"], ufrag["new"], ufrag["matters"]) == ("changed", "abcd", "wxyz", True)
    assert ufrag["where"] == [{"old_index": 0, "new_index": 0, "mid": "0", "kind": "audio"}]
    assert ufrag["old_spans"] == [{"line": 11, "start": 1, "end": 17}]
    password = next(change for change in result["changes"] if change["what"] == "ice-pwd")
    assert (password["matters"], password["follows"]) == (False, "ice-restart")
    assert done.returncode == 1


def test_secrets_are_masked_unless_asked_for(folder: Path) -> None:
    for options in (["--all"], ["--format", "json"], ["--mode", "text"], ["--mode", "munge"]):
        assert SECRET not in run(*options, "old.sdp", "restart.sdp", cwd=folder).stdout, options
        assert SECRET in run(*options, "--show-secrets", "old.sdp", "restart.sdp", cwd=folder).stdout, options


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "said"),
    [
        (["old.sdp"], b"", 2, "there is only one description in it"),
        (["old.sdp", "nowhere.sdp"], b"", 2, "there is no such file"),
        (["old.sdp", "-"], b"hello", 3, "no SDP found"),
        (["-", "-"], b"", 2, "only one of the two can be standard input"),
        (["old.sdp", "new.sdp", "--mode", "nonsense"], b"", 2, "nonsense"),
        (
            ["old.sdp", "new.sdp", "--ignore", "prots"],
            b"",
            2,
            "there is no topic prots; there are attributes, bandwidth",
        ),
    ],
)
def test_wrong_usage(folder: Path, arguments: list[str], stdin: bytes, code: int, said: str) -> None:
    done = run(*arguments, cwd=folder, stdin=stdin)
    assert said in " ".join(done.stderr.decode().split())
    assert b"Traceback" not in done.stderr
    assert done.returncode == code


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_screen_fits_the_terminal(folder: Path, columns: int) -> None:
    command = [*PROGRAM[1:], "--all", "old.sdp", "answer.sdp"]
    terminal = pexpect.spawn(
        PROGRAM[0],
        command,
        dimensions=(50, columns),
        encoding="utf-8",
        timeout=60,
        cwd=str(folder),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    screen = terminal.read()
    assert "what it means" in screen
    assert max(len(line) for line in screen.splitlines()) <= columns


def test_nothing_unsafe_reaches_a_terminal(folder: Path) -> None:
    (folder / "evil.sdp").write_bytes(
        changed(AGAIN, "-s=-").encode() + b"a=x:\x1b[2J\xe2\x80\xae\r\ns=\x1b]0;x\x07\r\n"
    )
    for options in ([], ["--all"], ["--mode", "text"], ["--format", "json"]):
        command = [*PROGRAM[1:], *options, "old.sdp", "evil.sdp"]
        terminal = pexpect.spawn(
            PROGRAM[0],
            command,
            encoding="utf-8",
            timeout=60,
            cwd=str(folder),
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert not set(terminal.read()) & set("\x1b\x07\u202e"), options
