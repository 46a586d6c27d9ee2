"""The `sdpkit repair` program as users run it."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "fixtures" / "tutorial"
LOST = TUTORIAL / "lost_line_breaks.txt"
OFFER = (ROOT / "fixtures" / "chromium" / "audio_video_data.offer.sdp").read_bytes().decode()
ANSWER = (ROOT / "fixtures" / "chromium" / "audio_video_data.answer.sdp").read_bytes().decode()
BOTH = json.dumps([{"type": "offer", "sdp": OFFER}, {"type": "answer", "sdp": ANSWER}]).encode()
SCHEMA = json.loads((ROOT / "sdpkit" / "schemas" / "repair.json").read_text(encoding="utf-8"))


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "sdpkit", "repair", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=60, check=False)


def test_the_block_of_the_tutorial() -> None:
    done = run("-", stdin=LOST.read_bytes())
    assert (done.returncode, done.stdout) == (0, (TUTORIAL / "masked.offer.sdp").read_bytes())
    assert done.stderr.decode() == (
        "sdpkit: stdin: description: put back 111 line breaks (certain); 26 masked addresses kept (192.168.xxx.xxx)\n"
    )


def test_a_text_that_may_be_cut_is_said_to_be() -> None:
    done = run(str(TUTORIAL / "cut.offer.sdp"))
    assert b"ended the last line, where the text may be cut (likely)" in done.stderr


@pytest.mark.parametrize(("stdin", "code"), [(OFFER.encode(), 0), (LOST.read_bytes(), 1), (b"hello", 3)])
def test_check(stdin: bytes, code: int) -> None:
    done = run("--check", stdin=stdin)
    assert (done.returncode, done.stdout) == (code, b"")


def test_which_one_is_taken() -> None:
    assert run("--type", "answer", stdin=BOTH).stdout == ANSWER.encode()
    assert run("--number", "2", stdin=BOTH).stdout == ANSWER.encode()
    assert run("--number", "3", stdin=BOTH).returncode == 2
    assert run("--type", "pranswer", stdin=BOTH).returncode == 2
    listed = run("--list", stdin=BOTH).stdout.decode().splitlines()
    assert [line.split()[:2] for line in listed[2:]] == [["1", "offer"], ["2", "answer"]]


def test_json_fits_its_schema_and_masks_secrets() -> None:
    done = run("--format", "json", stdin=LOST.read_bytes())
    document = json.loads(done.stdout)
    jsonschema.validate(document, SCHEMA)
    (find,) = document["result"]["finds"]
    assert find["repairs"][0]["code"] == "SYN004"
    pwd = next(line for line in LOST.read_text().split() if line.startswith("a=ice-pwd:"))
    assert pwd not in find["text"] + find["original"]
    assert (
        pwd
        in json.loads(run("--format", "json", "--show-secrets", stdin=LOST.read_bytes()).stdout)["result"]["finds"][0][
            "text"
        ]
    )


def test_a_bare_candidate_gets_its_name() -> None:
    done = run(stdin=b"1 1 udp 2122260223 192.0.2.1 5000 typ host\n")
    assert done.stdout == b"candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host\n"
    assert b"put candidate: before it (certain)" in done.stderr


def test_a_file_is_written(tmp_path: Path) -> None:
    clean = tmp_path / "clean.sdp"
    assert run("-o", str(clean), str(LOST)).stdout == b""
    assert clean.read_bytes() == (TUTORIAL / "masked.offer.sdp").read_bytes()


def test_a_difference() -> None:
    done = run("--diff", stdin=OFFER.replace("a=mid:0\r\n", "a=mid:0  <<<< here\r\n").encode())
    assert b"\n-a=mid:0  <<<< here\n+a=mid:0\n" in done.stdout
