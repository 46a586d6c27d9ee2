"""The `sdpkit redact` program as users run it."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
OFFER = FIXTURES / "chromium" / "audio_video_data.offer.sdp"
ANSWER = FIXTURES / "chromium" / "audio_video_data.answer.sdp"
PROGRAM = [sys.executable, "-m", "sdpkit", "redact"]


def run(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=60, check=False)


def test_a_description() -> None:
    done = run(OFFER)
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines(keepends=True)
    assert len(lines) == len(OFFER.read_bytes().splitlines())
    assert "a=ice-ufrag:u001\r\n" in lines
    assert "o=- 1000000000000000001 2 IN IP4 127.0.0.1\r\n" in lines
    assert b"s6dxxJer3d4+6HWcWWkxqO1y" not in done.stdout + done.stderr
    assert done.stderr.decode().startswith(f"sdpkit: {OFFER}: replaced ")
    assert "2 ufrags and passwords, 1 fingerprint, " in done.stderr.decode()


def test_standard_input_to_the_byte() -> None:
    done = run("-", stdin=b"v=0\ns=caf\xe9\ra=x-\xff\r\nc=IN IP4 9.8.7.6")
    assert done.stdout == b"v=0\ns=title1\xff\ra=x-\xff\r\nc=IN IP4 198.51.100.1"


def test_check() -> None:
    done = run("--check", OFFER, FIXTURES / "tutorial" / "no_network.offer.sdp")
    assert done.returncode == 1
    assert f"{OFFER}:9:10: address xxx.xxx.xx.xx\n" in done.stdout.decode()
    assert ": ufrag xxxx\n" in done.stdout.decode()
    assert b"lNnd" not in done.stdout
    assert "private values" in done.stderr.decode()
    clean = run("--check", "-", stdin=run(OFFER).stdout)
    assert (clean.returncode, clean.stdout, clean.stderr) == (0, b"", b"sdpkit: stdin: no private values\n")
    kept = run("--check", "--keep", "ports", "-", stdin=run("--keep", "ports", OFFER).stdout)
    assert kept.returncode == 0


def test_a_map_there_and_back(tmp_path: Path) -> None:
    names = tmp_path / "names.json"
    for path in (OFFER, ANSWER):  # one by one: the map goes on
        assert run("--map", names, "--output", tmp_path / path.name, path).returncode == 0
    assert stat.S_IMODE(names.stat().st_mode) == 0o600
    assert sorted(json.loads(names.read_text())) == ["salt", "stand_ins", "style"]
    for path in (OFFER, ANSWER):
        restored = run("--restore", "--map", names, tmp_path / path.name)
        assert (restored.returncode, restored.stdout) == (0, path.read_bytes())
        assert run("--check", "--map", names, tmp_path / path.name).returncode == 0


def test_several_files(tmp_path: Path) -> None:
    assert run("--output", tmp_path, OFFER, ANSWER).returncode == 0
    together = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert sorted(together) == [ANSWER.name, OFFER.name]
    assert together[OFFER.name] == run(OFFER).stdout
    assert together[ANSWER.name] != run(ANSWER).stdout  # it has other names than the offer


@pytest.mark.parametrize("style", ["doc", "hash", "x"])
def test_styles(style: str) -> None:
    done = run("--style", style, OFFER)
    assert done.returncode == 0
    assert b"lNnd" not in done.stdout


def test_a_salt() -> None:
    first, second, other = (run("--style", "hash", "--salt", salt, OFFER).stdout for salt in ("a", "a", "b"))
    assert first == second != other


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--keep", "nothing", str(OFFER)], 2, 'there is no "nothing" to keep; there are: addresses'),
        ([str(OFFER), str(ANSWER)], 2, "--output FOLDER"),
        (["-o", "{tmp}", str(OFFER), str(OFFER)], 2, "have the same name"),
        (["-o", "{tmp}/none/x.sdp", str(OFFER)], 2, "cannot be written"),
        (["--restore", str(OFFER)], 2, "--restore needs --map"),
        (["--restore", "--map", "{tmp}/none.json", str(OFFER)], 2, "--restore needs --map"),
        (["--restore", "--check", "--map", "{bad}", str(OFFER)], 2, "--restore and --check"),
        (["--map", "{bad}", str(OFFER)], 2, "no file that redact has written"),
        (["--map", "{bad}", "--style", "hash", str(OFFER)], 2, "leave out --style and --salt"),
        (["--map", "{tmp}/none/x.json", str(OFFER)], 2, "cannot be written"),
        (["--map", "{tmp}/x.json", "--style", "x", str(OFFER)], 2, "nothing can be put back from style x"),
        (["--salt", "a", str(OFFER)], 2, "--salt is for --style hash"),
        (["--check", "-o", "{tmp}", str(OFFER)], 2, "leave out --output"),
        (["{tmp}/none.sdp"], 2, "there is no such file"),
        (["-"], 3, "no SDP found"),
    ],
)
def test_wrong_usage(arguments: list[str], code: int, said: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"style": "rot13"}')
    done = run(*(argument.format(tmp=tmp_path, bad=bad) for argument in arguments))
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert done.returncode == code


def test_a_map_that_cannot_be_read(tmp_path: Path) -> None:
    names = tmp_path / "names.json"
    names.mkdir()
    assert b"Is a directory" in run("--map", names, OFFER).stderr


def test_without_its_map_nothing_is_written(tmp_path: Path) -> None:
    done = run("--map", tmp_path / "none" / "names.json", OFFER)
    assert (done.returncode, done.stdout) == (2, b"")


def test_all_descriptions_of_an_input_are_checked() -> None:
    clean = run(OFFER).stdout
    done = run("--check", stdin=b"got offer:\n" + clean + b"\ngot answer:\n" + ANSWER.read_bytes())
    assert done.returncode == 1
    assert b"stdin#1: no private values" in done.stderr
    assert b"stdin#2: " in done.stderr


def test_a_terminal_gets_nothing_unsafe(tmp_path: Path) -> None:
    path = tmp_path / "evil.sdp"
    path.write_bytes(b"v=0\r\ns=\x1b]0;owned\x07\r\nm=audio 9 RTP/AVP 0\r\na=x:\x1b[2J\r\n")
    for options in ([], ["--check"]):
        terminal = pexpect.spawn(PROGRAM[0], [*PROGRAM[1:], *options, str(path)], encoding="utf-8", timeout=60)
        assert "\x1b" not in terminal.read()


def test_a_terminal_without_input_gets_help() -> None:
    terminal = pexpect.spawn(PROGRAM[0], PROGRAM[1:], encoding="utf-8", timeout=60)
    assert "Usage" in terminal.read()
    terminal.close()
    assert terminal.exitstatus == 2
