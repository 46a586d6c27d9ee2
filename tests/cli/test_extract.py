"""The `sdpkit extract` program as users run it."""

import gzip
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pexpect
import pytest

from tests.extraction.recordings import answer, candidate, modern, offer, rtcstats, text

ROOT = Path(__file__).parents[2]
DUMP = str(ROOT / "fixtures" / "dumps" / "webrtc_internals_dump.gz")
FAILED = str(ROOT / "fixtures" / "dumps" / "failed_calls_dump.gz")
OFFER, ANSWER = text("chromium/audio_video_data.offer.sdp"), text("chromium/audio_video_data.answer.sdp")
SECRETS = (b"s6dxxJer3d4+6HWcWWkxqO1y", ANSWER.split("a=ice-pwd:")[1].split("\r\n")[0].encode())
CALL = modern([offer(OFFER), answer(ANSWER)]).encode()
SCHEMA = json.loads((ROOT / "sdpkit" / "schemas" / "extract.json").read_text(encoding="utf-8"))
PROGRAM = [sys.executable, "-m", "sdpkit", "extract"]


def run(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*PROGRAM, *arguments], input=stdin, capture_output=True, timeout=60, check=False)


def screen_of(done: subprocess.CompletedProcess[bytes]) -> str:
    """What a screen says, wherever its lines are broken."""
    return " ".join(done.stdout.decode().split())


def test_screen() -> None:
    done = run(DUMP)
    assert (done.returncode, done.stderr) == (0, b"")
    screen = screen_of(done)
    for words in (
        "webrtc_internals_dump.gz: gzip, webrtc-internals dump",
        "found 2 peer connections, 10 descriptions, 16 candidates",
        "from 2026-11-22 22:42:35.621 UTC",
        "peer connection 8-1 signaling have-local-offer at 0.000 s, stable at 0.004 s, ",
        "connection connecting at 0.051 s, connected at 0.072 s",
        "round 1 offer 2 local, 0.000 s, 2 m-sections, 48 lines; 0 errors, 0 warnings, 1 note",
        "candidates that followed: 2 host",
        "munged since 1, AudioCodecsFmtpOpusStereo: stereo of opus switched on",
        "answer 3 remote, 0.003 s",
        "agreed #0: audio opus 111→111, offerer to answerer only #1: data channels",
        "round 2: ICE restart offer 4 local",
        "round 3 offer 5 local, 0.090 s, 2 m-sections, 45 lines; 0 errors, 0 warnings, 1 note "
        "it was rolled back answer none",
    ):
        assert words in screen


def test_errors_of_what_was_exchanged_are_named() -> None:
    wrong = ANSWER.replace("a=setup:active", "a=setup:actpass")
    done = run("-", stdin=modern([offer(OFFER), answer(wrong)]).encode())
    assert done.returncode == 0
    assert "error OAN020 in line" in screen_of(done)


def test_what_failed_comes_first() -> None:
    done = run(FAILED)
    assert (done.returncode, done.stderr) == (0, b"")
    screen = screen_of(done)
    for words in (
        "failed 8-1: setRemoteDescription 8-3: addIceCandidate, connection peer connection 8-1 "
        "failed setRemoteDescription at 0.048 s: Failed to set remote answer sdp: Failed to apply the description",
        "peer connection 8-3 failed addIceCandidate at 0.118 s: Error processing ICE candidate "
        "connection at 15.155 s, 2 times",
        "no pair #0: the remote side lists no candidates yet",
        "pairs #0: 4 pairs; one network: host with host; ",
    ):
        assert words in screen
    alone = screen_of(run("--pc", "8-1", FAILED))
    assert "failed 8-1" not in alone  # it is said below its name
    assert "connection at 15.155 s" in screen_of(run("--pc", "8-3", FAILED))  # since the whole recording began
    assert "2 errors, 0 warnings, 1 note it was refused" in alone
    assert "it was rolled back answer none" in screen
    timeline = screen_of(run("--timeline", "--pc", "8-5", FAILED))
    assert "onsignalingstatechange have-local-offer 0.146 setLocalDescription rollback" in timeline


def test_edits_without_a_name() -> None:
    edited = OFFER.replace("s=-", "s=my call", 1)
    done = run("-", stdin=modern([offer(OFFER, "createOfferOnSuccess"), offer(edited)]).encode())
    assert "munged since 1, edited in a way that libwebrtc has no name for" in screen_of(done)


def test_warnings_are_named() -> None:
    done = run("-", stdin=modern([offer(OFFER.replace("a=ice-options:trickle", "a=ice-optons:trickle", 1))]).encode())
    assert "warning SYN020 in line" in screen_of(done)


def test_a_paste_at_a_terminal() -> None:
    terminal = pexpect.spawn(PROGRAM[0], [*PROGRAM[1:], "-"], encoding="utf-8", timeout=60)
    terminal.expect("paste it here, then press Ctrl-D")
    terminal.send(f"\x1b[200~{CALL.decode()}\n\x1b[201~\x04")
    assert "2 descriptions" in terminal.read()


def test_timeline() -> None:
    done = run("--timeline", "--pc", "8-2", DUMP)
    assert (done.returncode, done.stderr) == (0, b"")
    screen = screen_of(done)
    assert "peer connection 8-1" not in screen
    for words in (
        "s side event no what",
        "0.000 remote setRemoteDescription 1 offer, 2 m-sections, 48 lines",
        "0.003 local setLocalDescriptionOnSuccess 2 answer, 2 m-sections, 45 lines",
        "local createAnswerOnSuccess 4 answer, 2 m-sections, 45 lines",
        "local setLocalDescription 4 the same answer",
        "local onicecandidate 4 mid 0: host udp",
    ):
        assert words in screen


def test_one_peer_connection() -> None:
    assert b"peer connection 8-2" not in run("--pc", "8-1", DUMP).stdout
    done = run("--pc", "8", DUMP)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"--pc 8: there is no such peer connection, but 8-1, 8-2" in done.stderr


def test_secrets_are_masked() -> None:
    for options in ([], ["--timeline"], ["--format", "json"]):
        done = run(*options, stdin=CALL)
        assert done.returncode == 0
        assert not any(secret in done.stdout + done.stderr for secret in SECRETS)
    shown = run("--format", "json", "--show-secrets", stdin=CALL).stdout
    assert all(secret in shown for secret in SECRETS)


@pytest.mark.parametrize("recording", [CALL, rtcstats([offer(OFFER), answer(ANSWER)]).encode(), OFFER.encode()])
def test_json_fits_its_schema(recording: bytes) -> None:
    document = json.loads(run("--format", "json", stdin=recording).stdout)
    jsonschema.validate(document, SCHEMA)
    assert document["schema"] == "sdpkit/extract/1"
    (connection,) = document["result"]["peer_connections"]
    assert connection["events"][0]["find"]["text"].startswith("v=0\r\n")
    assert connection["rounds"][0]["judgement"]["offer"]["report"]["type"] == "offer"


def test_files(tmp_path: Path) -> None:
    done = run("-o", tmp_path / "new" / "calls", "-", stdin=CALL)
    assert done.returncode == 0
    assert done.stderr.decode() == f"sdpkit: {tmp_path / 'new' / 'calls'}: 2 files\n"
    folder = tmp_path / "new" / "calls" / "4-1"
    assert sorted(path.name for path in folder.iterdir()) == ["01-offer-local.sdp", "02-answer-remote.sdp"]
    assert (folder / "01-offer-local.sdp").read_bytes() == OFFER.encode()
    assert stat.S_IMODE((folder / "01-offer-local.sdp").stat().st_mode) == 0o600
    again = run("-o", tmp_path / "new" / "calls", "-", stdin=modern([offer(ANSWER)]).encode())
    assert again.returncode == 0
    assert (folder / "01-offer-local.sdp").read_bytes() == ANSWER.encode()


def test_nothing_is_written_outside_of_the_folder(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    (inside / "4-1").mkdir(parents=True)
    (outside / "precious").write_text("precious")
    (inside / "4-1" / "01-offer-local.sdp").symlink_to(outside / "precious")
    assert run("-o", inside, "-", stdin=CALL).returncode == 0
    assert (outside / "precious").read_text() == "precious"
    assert (inside / "4-1" / "01-offer-local.sdp").read_bytes() == OFFER.encode()
    (inside / "4-2").symlink_to(outside)
    done = run("-o", inside, "-", stdin=CALL.replace(b'"4-1"', b'"4-2"'))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"leads out of" in done.stderr
    assert [path.name for path in outside.iterdir()] == ["precious"]


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_folder_that_cannot_be_made(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    done = run("-o", tmp_path / place, "-", stdin=CALL)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"it cannot be written" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "words"),
    [
        ([], b"", 3, b"stdin: no SDP found"),
        ([], b"hello", 3, b"stdin: no SDP found"),
        ([], b'{"PeerConnections": {}}', 3, b"stdin: no SDP found"),
        ([], b'{"PeerConnections": {"1": {"updateLog": 7}}}', 3, b"stdin: no SDP found"),
        ([], b"RTCStatsDump\n\xff\n[[[[\n", 3, b"stdin: no SDP found"),
        ([], b"[" * 100_000 + b'"v=0\\r\\n"', 2, b"nested too deeply"),
        (["missing.txt"], b"", 2, b"missing.txt: there is no such file"),
        ([str(ROOT)], b"", 2, b"this is a directory: name the files in it"),
        ([""], b"", 2, b"a file needs a name"),
        (["--timeline", "--format", "json"], CALL, 2, b"only one of --timeline"),
        (["--format", "xml"], CALL, 2, b"xml"),
        (["one", "two"], b"", 2, b"two"),
    ],
)
def test_what_is_no_recording(arguments: list[str], stdin: bytes, code: int, words: bytes) -> None:
    done = run(*arguments, stdin=stdin)
    assert (done.returncode, done.stdout) == (code, b"")
    assert words in done.stderr


def test_compressed_and_cut() -> None:
    done = run(stdin=gzip.compress(CALL))
    assert (done.returncode, b"gzip, webrtc-internals dump" in done.stdout) == (0, True)
    log = f"got offer:\n{OFFER}\ngot answer:\n{ANSWER}".encode()
    cut = run(stdin=gzip.compress(log, mtime=0)[:-1500])
    assert cut.returncode == 0
    assert "repaired the compressed data was cut" in screen_of(cut)


def test_statistics_are_passed_over() -> None:
    dump = json.loads(CALL)
    values = json.dumps(list(range(10_000)))
    dump["PeerConnections"]["4-1"]["stats"] = {f"{n}-x": {"statsType": "x", "values": values} for n in range(300)}
    done = run(stdin=json.dumps(dump).encode())
    assert done.stdout == run(stdin=CALL).stdout


@pytest.mark.parametrize("columns", [60, 100])
@pytest.mark.parametrize("option", ["--timeline", "--show-secrets"])
def test_the_screen_fits_the_terminal(columns: int, option: str) -> None:
    env: Any = {**os.environ, "COLUMNS": str(columns)}
    terminal = pexpect.spawn(
        PROGRAM[0], [*PROGRAM[1:], option, DUMP], dimensions=(50, columns), encoding="utf-8", timeout=60, env=env
    )
    lines = terminal.read().splitlines()
    assert any("peer connection 8-1" in line for line in lines)
    assert max(map(len, lines)) <= columns


def test_help_at_a_terminal() -> None:
    terminal = pexpect.spawn(PROGRAM[0], PROGRAM[1:], encoding="utf-8", timeout=60)
    assert "Usage" in terminal.read()
    terminal.close()
    assert terminal.exitstatus == 2


def test_candidates_alone_are_enough() -> None:
    done = run(stdin=modern([candidate("addIceCandidate", "candidate:1 1 udp 1 192.0.2.1 5 typ host")]).encode())
    assert done.returncode == 0
    assert "stray mid 0: host udp 192.0.2.1:5" in screen_of(done)


def test_heavy_packages_are_not_loaded() -> None:
    program = "import sys, sdpkit.cli.extract; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert not set(done.stdout.decode().split()) & {"aiortc", "av", "aioice", "cryptography", "hypothesis"}
