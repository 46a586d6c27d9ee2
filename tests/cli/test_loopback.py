"""The `sdpkit loopback` program as users run it. Everything stays on this machine, every wait is bounded."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import av
import jsonschema
import pexpect
import pytest

from sdpkit import parse

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-W", "default", "-m", "sdpkit", "loopback"]
STEPS = ["gathering", "offer/answer", "ice", "dtls", "first rtp", "first frame"]


def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, timeout=60, check=False, **options)


def ended_well(done: subprocess.CompletedProcess[bytes], code: int, stderr: str = "") -> str:
    """What the program said, if it ended with this code and said on standard error only what fits."""
    text = done.stderr.decode()
    assert re.fullmatch(stderr, text, re.DOTALL), text
    assert done.returncode == code, done.stdout.decode()
    return done.stdout.decode()


def test_a_picture_by_default() -> None:
    lines = ended_well(run("--seconds", "1"), 0).splitlines()
    assert lines[0] == "pattern   640x480 yuv420p, 30 frames/s"
    assert [line.split("  ")[0] for line in lines[3:10] if not line.startswith(" ")] == STEPS
    assert lines[-1] == "connected, media flowed"


def test_everything_at_once_as_json() -> None:
    done = run("--pattern", "--size", "320x240", "--fps", "15", "--audio", "tone", "--data", "--seconds", "1",
               "--trickle", "--codec", "H264", "--codec", "PCMU", "--loss", "1", "--format", "json")  # fmt: skip
    whole = json.loads(ended_well(done, 0))
    schema = json.loads((ROOT / "sdpkit" / "schemas" / "loopback.json").read_text(encoding="utf-8"))
    jsonschema.validate(whole, schema)
    assert (whole["schema"], whole["path"]) == ("sdpkit/loopback/1", None)
    result = whole["result"]
    assert result["mode"] == "trickle"
    assert {flow["codec"] for flow in result["flows"]} == {"H264", "PCMU"}
    assert result["echo"]["returned"]
    assert "a=ice-pwd:***" in result["signalled"][0]["text"]
    assert result["verdict"] == "connected, media flowed"


def test_vanilla_and_trickle_are_compared() -> None:
    shown = ended_well(run("--compare", "--data", "--seconds", "0.2"), 0)
    assert re.search(r"^step +vanilla +trickle$", shown, re.MULTILINE)
    assert re.search(r"^trickle connected \d+ ms (sooner|later)$", shown, re.MULTILINE)
    done = run("--compare", "--data", "--seconds", "0.2", "--format", "json")
    whole = json.loads(ended_well(done, 0))
    schema = json.loads((ROOT / "sdpkit" / "schemas" / "comparison.json").read_text(encoding="utf-8"))
    jsonschema.validate(whole, schema)
    assert (whole["result"]["vanilla"]["mode"], whole["result"]["trickle"]["mode"]) == ("vanilla", "trickle")


def test_what_was_received_is_kept(tmp_path: Path) -> None:
    picture, clip, folder = tmp_path / "last.png", tmp_path / "all.mp4", tmp_path / "sdp"
    done = run("--seconds", "1.5", "--audio", "tone", "--pattern", "--trickle",
               "--snapshot", str(picture), "--record", str(clip), "--save-sdp", str(folder))  # fmt: skip
    ended_well(done, 0, "(sdpkit: .*: written\n){2}")
    with av.open(str(picture)) as kept:
        assert (kept.streams.video[0].width, kept.streams.video[0].height) == (640, 480)
    with av.open(str(clip)) as kept:
        assert sorted(stream.type for stream in kept.streams) == ["audio", "video"]
        assert sum(1 for _ in kept.decode(video=0)) > 20
    assert sorted(path.name for path in folder.iterdir()) == [
        "answer.candidates", "answer.sdp", "offer.candidates", "offer.sdp",
    ]  # fmt: skip
    assert parse((folder / "offer.sdp").read_bytes()).type.value == "offer"
    assert (folder / "offer.candidates").read_text().startswith("candidate:")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--codec", "VP10"], 'there is no codec "VP10": aiortc has opus, G722, PCMU, PCMA, VP8, H264'),
        (["--ice-server", "example.org"], "is neither stun:HOST"),
        (["--relay-only"], "without a TURN server there can be no relay"),
        (["--pattern", "--camera", "0"], "only one of --camera, --pattern and --file"),
        (["--size", "640"], "is not WIDTHxHEIGHT"),
        (["--pattern", "--size", "641x480"], "even number"),
        (["--data", "--fps", "30"], "--size and --fps need --camera or --pattern"),
        (["--file", "clip.mp4", "--size", "64x64"], "a file has its own"),
        (["--audio", "file"], "is the sound of --file: name that too"),
        (["--audio", "guitar"], "is none of tone, file, microphone"),
        (["--loss", "101"], "--loss"),
        (["--seconds", "0"], "--seconds"),
        (["--preview"], "--preview needs a terminal"),
        (["--compare", "--trickle"], "--compare is two runs"),
        (["--snapshot", "last.bmp"], ".bmp"),
        (["--record", "all.txt"], ".txt"),
        (["--record", "/nowhere/all.mp4"], "nowhere"),
        (["--offerer-direction", "both"], "--offerer-direction"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str) -> None:
    done = run(*arguments)
    text = re.sub(r"[\s│]+", " ", done.stderr.decode())
    assert said in text
    assert "Traceback" not in text
    assert done.returncode == 2
    assert done.stdout == b""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--camera", "9"], "there is no camera 9"),
        (["--camera", "/dev/null"], "there is no camera /dev/null"),
        (["--file", "/nowhere/clip.mp4"], "/nowhere/clip.mp4"),
        (["--file", __file__], "test_loopback.py"),
    ],
)
def test_a_source_that_is_not_there(arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (5, b"")
    assert done.stderr.decode().startswith("sdpkit: error: ")
    assert said in done.stderr.decode()


def test_no_connection() -> None:
    shown = ended_well(run("--loss", "100", "--timeout", "0.5"), 4)
    assert shown.splitlines()[-1] == "not connected: ICE found no pair within 0.5 s"


def test_devices_are_listed() -> None:
    assert "microphone" in ended_well(run("--list-devices"), 0, ".*")


def test_whoever_reads_goes_away() -> None:
    with subprocess.Popen([*PROGRAM, "--seconds", "5"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(20) == 141
        assert process.stderr is not None
        assert process.stderr.read() == b""


@pytest.mark.parametrize("step", STEPS)
def test_interrupted_at_each_step(step: str) -> None:
    with subprocess.Popen([*PROGRAM, "--seconds", "30"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        while not process.stdout.readline().startswith(step.encode()):
            pass
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read().decode()
        assert process.stderr.read() == b""
        assert process.wait(20) == 130
    assert "interrupted" in rest.splitlines()[-1]


@pytest.mark.parametrize("delay", [0.02, 0.1, 0.2, 0.3, 0.5, 0.8])
def test_interrupted_at_any_moment(delay: float) -> None:
    with subprocess.Popen([*PROGRAM, "--seconds", "30"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=20)
    if b"Traceback" in stderr:  # before the program itself had begun
        assert b"in main" not in stderr
        assert stderr.rstrip().endswith(b"KeyboardInterrupt")
    else:
        assert process.returncode in {130, -signal.SIGINT}


def test_terminated() -> None:
    with subprocess.Popen([*PROGRAM, "--seconds", "30"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        while not process.stdout.readline().startswith(b"first frame"):
            pass
        process.terminate()
        rest, stderr = process.communicate(timeout=20)
    assert (process.returncode, stderr) == (143, b"")
    assert b"interrupted: connected, media flowed" in rest


def on_a_terminal(*arguments: str) -> "pexpect.spawn[str]":
    return pexpect.spawn(
        PROGRAM[0],
        [*PROGRAM[1:], *arguments],
        dimensions=(40, 90),
        timeout=30,
        encoding="utf-8",
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "90", "LINES": "40"},
    )


def test_a_live_screen_on_a_terminal() -> None:
    terminal = on_a_terminal("--seconds", "2")
    terminal.expect("first frame")
    terminal.expect("connected, media flowed\r\n")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    assert "Traceback" not in (terminal.before or "")


def test_a_preview_on_a_terminal_and_ctrl_c() -> None:
    terminal = on_a_terminal("--seconds", "30", "--preview")
    terminal.expect("▀")
    terminal.sendintr()
    terminal.expect("interrupted: connected, media flowed\r\n")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 130
