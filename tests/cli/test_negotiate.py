"""The `sdpkit negotiate` program as users run it."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
OFFER = str(FIXTURES / "chromium" / "audio_video_data.offer.sdp")
ANSWER = str(FIXTURES / "chromium" / "audio_video_data.answer.sdp")
SCHEMA = json.loads((ROOT / "sdpkit" / "schemas" / "negotiate.json").read_text(encoding="utf-8"))
PROGRAM = [sys.executable, "-m", "sdpkit", "negotiate"]


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*PROGRAM, *arguments], input=stdin, capture_output=True, timeout=60, check=False)


def test_screen() -> None:
    done = run(OFFER, ANSWER)
    assert (done.returncode, done.stderr) == (0, b"")
    screen = done.stdout.decode()
    assert screen.startswith(f"{OFFER} +\n{ANSWER}\n" if len(OFFER + ANSWER) > 97 else f"{OFFER} + {ANSWER}\n")
    assert "audio opus 111→111 both ways" in screen
    assert "s6dxxJer3d4+6HWcWWkxqO1y" not in screen


def test_json_fits_its_schema() -> None:
    done = run("--format", "json", OFFER, ANSWER)
    document = json.loads(done.stdout)
    jsonschema.validate(document, SCHEMA)
    assert document["schema"] == "sdpkit/negotiate/1"
    assert [section["accepted"] for section in document["result"]["sections"]] == [True, True, True]
    assert document["result"]["dtls"] == {"client": "answerer", "server": "offerer"}
    assert b"s6dxxJer3d4+6HWcWWkxqO1y" not in done.stdout


def test_the_wrong_order_is_said_and_put_right() -> None:
    done = run("--brief", ANSWER, OFFER)
    assert done.returncode == 0
    assert done.stdout == run("--brief", OFFER, ANSWER).stdout
    words = done.stderr.decode()
    assert f"{ANSWER} is an answer (setup:active)" in words
    assert f"{OFFER} an offer (setup:actpass)" in words


def test_one_of_the_two_may_be_standard_input() -> None:
    assert run("--brief", "-", ANSWER, stdin=Path(OFFER).read_bytes()).stdout.startswith(b"stdin + ")
    done = run("-", "-")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"only one of the two can be standard input" in done.stderr


@pytest.mark.parametrize(
    ("offer", "answer", "code"),
    [
        (OFFER, ANSWER, 0),
        (OFFER, OFFER, 1),
        ("firefox/stop_1_offer_video_stopped.offer.sdp", "firefox/stop_1_offer_video_stopped.answer.sdp", 0),
        ("chromium/codec_only_h264.offer.sdp", "firefox/chromium__codec_only_h264.answer.sdp", 1),
        ("sip/desk_phone_inactive.offer.sdp", "sip/desk_phone_inactive.answer.sdp", 0),
        (OFFER, "nothing.sdp", 2),
        (OFFER, "README.md", 3),
    ],
)
def test_exit_codes(offer: str, answer: str, code: int) -> None:
    assert run(str(FIXTURES / offer), str(FIXTURES / answer)).returncode == code


def test_wrong_usage() -> None:
    assert run(OFFER).returncode == 2
    done = run("--brief", "--format", "json", OFFER, ANSWER)
    assert done.returncode == 2
    assert b"only one of --brief and --format json" in done.stderr


def test_heavy_packages_are_not_loaded() -> None:
    program = "import sys, sdpkit.cli.negotiate; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert not set(done.stdout.decode().split()) & {"aiortc", "av", "aioice", "cryptography", "sdpkit.rules"}
