"""The `sdpkit pairs` program as users run it."""

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
OFFER = str(FIXTURES / "sip" / "ice_two_components_0.offer.sdp")
ANSWER = str(FIXTURES / "sip" / "ice_two_components_0.answer.sdp")
MASKED = str(FIXTURES / "tutorial" / "masked.offer.sdp")
SCHEMA = json.loads((ROOT / "sdpkit" / "schemas" / "pairs.json").read_text(encoding="utf-8"))
PROGRAM = [sys.executable, "-m", "sdpkit", "pairs"]


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*PROGRAM, *arguments], input=stdin, capture_output=True, timeout=60, check=False)


def screen_of(done: subprocess.CompletedProcess[bytes]) -> str:
    """What a screen says, wherever its lines are broken."""
    return " ".join(done.stdout.decode().split())


def test_the_screen_names_what_matters() -> None:
    done = run(OFFER, ANSWER)
    screen = screen_of(done)
    assert (done.returncode, done.stderr) == (0, b"")
    for words in (
        "offer.sdp: controlling",
        "answer.sdp: controlled",
        "6 local candidates, 2 remote candidates, 2 pairs",
        "host 198.51.100.21:45664 host 203.0.113.40:30000 9151313343271665662 waiting",
        "2 pairs: IPv6 with IPv4",
        "1 pair: the same check as from 198.51.100.21:45664",
        "component 1, one network: #1, host 198.51.100.21:45664 with host 203.0.113.40:30000",
        "component 2, only a relay: none, as neither side lists a relay",
    ):
        assert words in screen


def test_the_other_side() -> None:
    screen = screen_of(run("--answerer", OFFER, ANSWER))
    assert "ice_two_components_0.answer.sdp: controlled remote" in screen
    assert "2 local candidates, 6 remote candidates, 4 pairs" in screen


def test_the_lite_side_is_controlled_by_the_full_one(tmp_path: Path) -> None:
    lite = tmp_path / "lite.sdp"
    lite.write_bytes(Path(OFFER).read_bytes().replace(b"a=ice-options:ice2\r\n", b"a=ice-lite\r\n", 1))
    screen = screen_of(run(str(lite), ANSWER))
    assert "lite.sdp: controlled, lite" in screen
    assert "answer.sdp: controlling" in screen
    assert "note the local side is lite: it answers checks and sends none" in screen


def test_two_files_the_other_way_round_change_places() -> None:
    offer, answer = (str(FIXTURES / "chromium" / f"audio_video_data.{kind}.sdp") for kind in ("offer", "answer"))
    done = run(answer, offer)
    assert done.stdout == run(offer, answer).stdout
    said = f"{answer} is an answer (setup:active), {offer} an offer (setup:actpass): taken so\n"
    assert done.stderr.decode() == f"sdpkit: {said}"


def test_what_is_wanted() -> None:
    one = json.loads(run("--component", "2", "--limit", "1", "--format", "json", OFFER, ANSWER).stdout)["result"]
    (checklist,) = one["checklists"]
    assert (checklist["pairs"], {each["component"] for each in checklist["expected"]}) == ([], set())
    assert {group["kind"] for group in checklist["left_out"]} == {"component", "family", "redundant", "limit"}
    offer, answer = (str(FIXTURES / "chromium" / f"audio_video_data.{kind}.sdp") for kind in ("offer", "answer"))
    assert "#0 for #1 #2 too (BUNDLE)" in screen_of(run("--mid", "2", offer, answer))
    missing = run("--mid", "7", offer, answer)
    assert missing.returncode == 2
    assert b"no accepted m-section has the mid 7" in missing.stderr


def test_all_lists_each_pair_that_is_left_out() -> None:
    lines = run("--all", OFFER, ANSWER).stdout.decode().splitlines()
    assert sum("the same check as from" in line for line in lines) == 2 + 2
    assert "left out: local" in "\n".join(lines)


@pytest.mark.parametrize("options", [[], ["--answerer"], ["--component", "1"]])
def test_json_fits_its_schema(options: list[str]) -> None:
    document = json.loads(run("--format", "json", *options, OFFER, ANSWER).stdout)
    jsonschema.validate(document, SCHEMA)
    assert document["schema"] == "sdpkit/pairs/1"
    assert document["result"]["checklists"][0]["pairs"][0]["local"]["address"]


def test_nothing_can_work() -> None:
    done = run(MASKED, MASKED)
    assert done.returncode == 1
    assert "problem no pair can be formed: the address that checks would go to is masked" in screen_of(done)
    assert "remedy take the descriptions as they were" in screen_of(done)


def test_descriptions_through_a_pipe() -> None:
    assert run("-", ANSWER, stdin=Path(OFFER).read_bytes()).returncode == 0
    assert b"only one of the two can be standard input" in run("-", "-").stderr
    assert run("-", ANSWER, stdin=b"hello").returncode == 3


@pytest.mark.parametrize("options", [["--limit", "0"], ["--component", "0"], ["--format", "xml"]])
def test_wrong_usage(options: list[str]) -> None:
    assert run(*options, OFFER, ANSWER).returncode == 2


@pytest.mark.parametrize("columns", [60, 100])
def test_the_screen_fits_the_terminal(columns: int) -> None:
    env: Any = {**os.environ, "COLUMNS": str(columns)}
    arguments = [*PROGRAM[1:], "--all", OFFER, ANSWER]
    terminal = pexpect.spawn(PROGRAM[0], arguments, dimensions=(50, columns), encoding="utf-8", timeout=60, env=env)
    lines = [line for line in terminal.read().splitlines() if "fixtures" not in line]
    assert any("waiting" in line for line in lines)
    assert max(map(len, lines)) <= columns


def test_heavy_packages_are_not_loaded() -> None:
    program = "import sys, sdpkit.cli.pairs, sdpkit.cli.candidates; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert not set(done.stdout.decode().split()) & {"aiortc", "av", "aioice", "cryptography", "hypothesis"}
