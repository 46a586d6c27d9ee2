"""The `sdpkit candidates` program as users run it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pexpect
import pytest

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
OFFER = str(FIXTURES / "chromium" / "nat_all_data.offer.sdp")
BUNDLED = str(FIXTURES / "chromium" / "audio_video_data.offer.sdp")
MASKED = str(FIXTURES / "tutorial" / "masked.offer.sdp")
SCHEMA = json.loads((ROOT / "sdpkit" / "schemas" / "candidates.json").read_text(encoding="utf-8"))
PROGRAM = [sys.executable, "-m", "sdpkit", "candidates"]


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*PROGRAM, *arguments], input=stdin, capture_output=True, timeout=60, check=False)


def addresses(*arguments: str) -> list[str]:
    result = json.loads(run("--format", "json", *arguments).stdout)["result"]
    return [each["candidate"]["address"] for each in result["candidates"]]


def test_the_screen_names_what_matters() -> None:
    done = run(OFFER)
    screen = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    for words in (
        "5 lines, 5 different: 2 host, 2 relay, 1 srflx; end-of-candidates: no",
        "maker      libwebrtc",
        "192.168.1.10:60405",
        "same network or VPN",
        "2122260223  126 | 32542 | 1 ",
        "first adapter, IPv4",
        "through NAT: yes (srflx); by relay: yes; UDP blocked: yes",
    ):
        assert words in screen


def test_what_is_wanted() -> None:
    assert addresses("--typ", "RELAY", OFFER) == ["203.0.113.5", "203.0.113.5"]
    assert len(addresses("--network", "3", MASKED)) == 4
    assert len(addresses("--mid", "audio", MASKED)) == 12
    assert addresses("--mid", "9", MASKED) == []
    assert addresses("--sort", "address", OFFER)[0] == "192.168.1.10"
    priorities = [
        each["candidate"]["priority"]
        for each in json.loads(run("--sort", "priority", "--format", "json", MASKED).stdout)["result"]["candidates"]
    ]
    assert priorities == sorted(priorities, reverse=True)
    types = [
        each["candidate"]["typ"]
        for each in json.loads(run("--sort", "typ", "--format", "json", OFFER).stdout)["result"]["candidates"]
    ]
    assert types == sorted(types)


def test_none_of_those_asked_for() -> None:
    done = run("--typ", "prflx", OFFER)
    assert done.returncode == 1
    assert b"reach      same network: yes" in done.stdout


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("tutorial/masked.offer.sdp", "12 of 12 addresses are masked"),
        ("tutorial/masked.offer.sdp", "3 networks (network-id 1, 2, 3): some may be virtual adapters."),
        ("tutorial/no_network.offer.sdp", "No candidates and no trickle"),
        ("chromium/mdns.data.offer.sdp", "All addresses are .local names"),
        ("chromium/audio.trickle.offer.sdp", "No candidates yet: they follow one by one (trickle)"),
    ],
)
def test_tutorial_troubles_are_seen_at_once(name: str, words: str) -> None:
    assert words in " ".join(run(str(FIXTURES / name)).stdout.decode().split())


def test_several_files() -> None:
    done = run(OFFER, BUNDLED, str(FIXTURES / "none.sdp"))
    assert done.returncode == 2
    assert done.stdout.count(b"input      ") == 2
    assert b"there is no such file" in done.stderr
    lines = run("--format", "json", OFFER, BUNDLED).stdout.splitlines()
    assert [json.loads(line)["path"] for line in lines] == [OFFER, BUNDLED]


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*/*.sdp"))[::9], ids=lambda path: path.name)
def test_json_fits_its_schema(path: Path) -> None:
    done = run("--format", "json", str(path))
    document = json.loads(done.stdout)
    jsonschema.validate(document, SCHEMA)
    assert done.returncode == (0 if document["result"]["candidates"] else 1)


def test_candidates_through_a_pipe() -> None:
    line = b"a=candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host\r\n"
    assert b"192.0.2.1:5000" in run(stdin=line).stdout
    assert run(stdin=b"hello").returncode == 3


def test_a_terminal_without_input_gets_help() -> None:
    terminal = pexpect.spawn(PROGRAM[0], PROGRAM[1:], encoding="utf-8", timeout=60)
    assert "Usage" in terminal.read()
    terminal.close()
    assert terminal.exitstatus == 2


@pytest.mark.parametrize("columns", [60, 100])
def test_the_screen_fits_the_terminal(columns: int) -> None:
    env: Any = {**os.environ, "COLUMNS": str(columns)}
    arguments = [*PROGRAM[1:], OFFER]
    terminal = pexpect.spawn(PROGRAM[0], arguments, dimensions=(50, columns), encoding="utf-8", timeout=60, env=env)
    lines = [line for line in terminal.read().splitlines() if "fixtures" not in line]
    assert any("first adapter" in " ".join(line.split()) for line in lines)
    assert max(map(len, lines)) <= columns
