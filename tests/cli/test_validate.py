"""The `sdpkit validate`, `explain` and `rules` programs as users run them."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from sdpkit import parse
from sdpkit.rules.examples import ANSWER, OFFER, changed

ROOT = Path(__file__).parents[2]
NO_FINGERPRINT = "-a=fingerprint:…"


def run(*arguments: str, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "sdpkit", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, input=stdin, capture_output=True, timeout=60, check=False, cwd=cwd or ROOT, env=environment
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A good offer and answer, and a bad offer without a fingerprint."""
    for name, text in {
        "offer.sdp": changed(OFFER, ""),
        "answer.sdp": changed(ANSWER, ""),
        "bad.sdp": changed(OFFER, NO_FINGERPRINT),
        "no_newline.sdp": changed(OFFER, "").removesuffix("\r\n"),
    }.items():
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


def test_a_good_offer(folder: Path) -> None:
    done = run("validate", "offer.sdp", cwd=folder)
    assert done.returncode == 0
    assert done.stdout.decode().splitlines() == [
        "chromium   accepts",
        "firefox    accepts",
        "aiortc     accepts",
        "offer.sdp: offer, profile webrtc: 0 errors, 0 warnings, 0 notes",
    ]


def test_a_pair(folder: Path) -> None:
    for arguments in (("offer.sdp", "answer.sdp"), ("answer.sdp", "--against", "offer.sdp")):
        done = run("validate", *arguments, cwd=folder)
        assert done.returncode == 0
        assert b"answer.sdp: answer against offer.sdp, profile webrtc: 0 errors" in done.stdout


def test_a_bad_offer(folder: Path) -> None:
    done = run("validate", "bad.sdp", cwd=folder)
    assert done.returncode == 1
    first, *_ = done.stdout.decode().splitlines()
    assert first.startswith("bad.sdp:6:1: error DTL001 ")
    assert b"chromium   refuses: " in done.stdout


def test_json(folder: Path) -> None:
    schema = json.loads((ROOT / "sdpkit" / "schemas" / "validate.json").read_text(encoding="utf-8"))
    done = run("validate", "--format", "json", "bad.sdp", "offer.sdp", "answer.sdp", cwd=folder)
    whole = [json.loads(line) for line in done.stdout.splitlines()]
    for document in whole:
        jsonschema.validate(document, schema)
    result = whole[0]["result"]
    assert (whole[0]["path"], result["type"], result["profile"]) == ("bad.sdp", "offer", "webrtc")
    assert result["findings"][0]["code"] == "DTL001"
    assert result["verdicts"]["chromium"]["accepted"] is False
    assert result["verdicts"]["chromium"]["error"]
    assert result["verdicts"]["chromium"]["rejected_sections"] == []
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--ignore", "DTL"], 0),
        (["--select", "ICE"], 0),
        (["--select", "DTL001"], 1),
        (["--fail-on", "never"], 0),
        (["--fail-on", "warning"], 1),
    ],
)
def test_what_ends_with_1(folder: Path, arguments: list[str], code: int) -> None:
    assert run("validate", "bad.sdp", "--select", "DTL", *arguments, cwd=folder).returncode == code


@pytest.mark.parametrize("format", ["text", "concise", "json", "sarif", "github", "gitlab", "junit"])
def test_formats(folder: Path, format: str) -> None:
    done = run("validate", "bad.sdp", "--format", format, cwd=folder)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"DTL001" in done.stdout
    assert b"0123456789abcdefghijkl" not in done.stdout


def test_statistics(folder: Path) -> None:
    done = run("validate", "bad.sdp", "--statistics", "--select", "DTL001", cwd=folder)
    assert done.stdout.decode().splitlines()[2].split()[:2] == ["1", "DTL001"]


def test_fixes(folder: Path) -> None:
    path = folder / "no_newline.sdp"
    before = path.read_bytes()
    shown = run("validate", "--diff", "no_newline.sdp", cwd=folder)
    assert path.read_bytes() == before
    assert b"1 would be fixed" in shown.stderr
    fixed = run("validate", "--fix", "no_newline.sdp", cwd=folder)
    assert path.read_bytes() == before + b"\r\n"
    assert (fixed.returncode, fixed.stderr) == (0, b"sdpkit: no_newline.sdp: 1 fixed\n")


def test_a_fixed_text_of_standard_input_goes_to_standard_output() -> None:
    text = changed(OFFER, "").encode()
    done = run("validate", "--fix", "--format", "concise", "-", stdin=text.removesuffix(b"\r\n"))
    assert done.stdout == text


@pytest.mark.parametrize(
    "candidate",
    [
        "candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host",
        "a=candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host\n",
        '{"candidate":"candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host","sdpMid":"0"}',
    ],
)
def test_a_candidate(candidate: str) -> None:
    assert run("validate", stdin=candidate.encode()).returncode == 0
    assert run("validate", stdin=candidate.replace("typ host", "typ hos").encode()).returncode == 1


def test_settings_of_the_project(folder: Path) -> None:
    settings = folder / "pyproject.toml"
    settings.write_text('[tool.sdpkit]\nignore = ["DTL"]\nfail-on = "error"\n')
    assert run("validate", "bad.sdp", "--select", "DTL", cwd=folder).returncode == 0
    assert run("validate", "bad.sdp", "--select", "DTL", "--ignore", "SYN", cwd=folder).returncode == 1
    settings.write_text('[tool.sdpkit]\nfail-on = "sometimes"\n')
    assert b'fail-on = "sometimes" is not known' in run("validate", "bad.sdp", cwd=folder).stderr
    settings.write_text("[tool.sdpkit]\nselct = []\n")
    done = run("validate", "bad.sdp", cwd=folder)
    assert (done.returncode, b"selct" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "said"),
    [
        (["validate", "nowhere.sdp"], b"", 2, "there is no such file"),
        (["validate", "-"], b"", 3, "no SDP found: it is empty"),
        (["validate", "-", "--select", "NOPE"], b"v=0\r\n", 2, 'there is no rule "NOPE"'),
        (["validate", "a", "b", "--against", "c"], b"", 2, "leave out --against"),
        (["validate", "-", "--watch"], b"v=0\r\n", 2, "--watch needs files"),
        (["explain", "what is this"], b"", 2, "nothing is known"),
        (["rules", "NOPE"], b"", 2, "the families are"),
    ],
)
def test_wrong_usage(arguments: list[str], stdin: bytes, code: int, said: str) -> None:
    done = run(*arguments, stdin=stdin)
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert done.returncode == code


def test_watching(folder: Path) -> None:
    path = folder / "offer.sdp"
    command = [sys.executable, "-m", "sdpkit", "validate", "--watch", "--format", "concise", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder) as process:
        time.sleep(1.5)
        path.write_bytes((folder / "bad.sdp").read_bytes())
        assert process.stdout is not None
        assert b"DTL001" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"Traceback" not in stderr


def test_explanations() -> None:
    assert run("explain", "dtl001").stdout.startswith(b"DTL001    error    RFC 8122")
    assert b"DTL001" in run("explain", "Called with SDP without DTLS fingerprint.").stdout
    assert b"DTL001" in run("rules").stdout
    assert b"DTL001" not in run("rules", "ICE").stdout


def test_a_description_with_a_bad_byte_is_kept_to_the_byte(folder: Path) -> None:
    path = folder / "no_newline.sdp"
    text = path.read_bytes().replace(b"s=-", b"s=\xff")
    path.write_bytes(text)
    run("validate", "--fix", "--select", "SYN005", "no_newline.sdp", cwd=folder)
    assert path.read_bytes() == text + b"\r\n"
    assert parse(text).name == "\udcff"
