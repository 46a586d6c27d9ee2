"""The `sdpkit convert` program as users run it."""

import json
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest
import segno

from sdpkit.intake import unpack

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
OFFER = FIXTURES / "chromium" / "audio_video_data.offer.sdp"
SMALL = FIXTURES / "libdatachannel" / "data.offer.sdp"
PROGRAM = [sys.executable, "-m", "sdpkit", "convert"]


def run(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=60, check=False)


@pytest.mark.parametrize("form", ["sdp", "json", "base64", "packed"])
def test_there_and_back(form: str) -> None:
    there = run("--to", form, OFFER)
    assert there.returncode == 0
    back = run("-", stdin=there.stdout)
    assert (back.returncode, back.stdout) == (0, OFFER.read_bytes())


def test_a_type_that_was_said_is_kept() -> None:
    there = run("--to", "packed", "--type", "pranswer", OFFER)
    assert json.loads(run("--to", "json", "-", stdin=there.stdout).stdout)["type"] == "pranswer"


def test_a_type_that_is_guessed_is_said() -> None:
    assert b"taken for an offer (setup:actpass)" in run("--to", "json", OFFER).stderr
    done = run("--to", "json", FIXTURES / "st2110" / "aes67_1ms.sdp")
    assert (done.returncode, b"cannot be told" in done.stderr) == (2, True)


def test_sdp_transform() -> None:
    there = run("--to", "sdp-transform", OFFER)
    assert json.loads(there.stdout)["media"][0]["type"] == "audio"
    assert b"sdp-transform changes 3 lines, puts lines into another order" in there.stderr
    back = run("-", stdin=there.stdout)
    assert sorted(back.stdout.splitlines()) != sorted(OFFER.read_bytes().splitlines())
    assert back.stdout.startswith(b"v=0\r\no=- 7654334866991908966 2 IN IP4 127.0.0.1\r\n")


def test_the_dict_of_javascript_is_read() -> None:
    section = {"type": "audio", "port": 9, "protocol": "RTP/AVP", "payloads": 0, "msid": [{"id": "a", "appdata": "b"}]}
    shape = {"version": 0, "timing": {"start": 0, "stop": 0}, "name": "-", "media": [section]}
    done = run("-", stdin=json.dumps(shape).encode())
    assert (done.returncode, b"a=msid:a b\r\n" in done.stdout) == (0, True)


def test_what_is_lost_shows_no_secret() -> None:
    text = b"v=0\r\ns=-\r\nm=audio 9 RTP/AVP 0\r\na=ice-pwd:0123456789012345678901\r\n"
    done = run("--to", "sdp-transform", "-", stdin=text)
    assert b"a=ice-pwd:********" in done.stderr
    assert b"0123456789" not in done.stderr


def test_a_fragment_and_candidates() -> None:
    fragment = run("--to", "fragment", OFFER)
    assert fragment.stdout.startswith(b"m=audio 9 RTP/AVP 0\r\na=mid:0\r\n")
    assert b"of 177 lines are left out" in fragment.stderr
    assert run("-", stdin=fragment.stdout).stdout == fragment.stdout
    candidates = run("--to", "candidates", OFFER)
    found = [json.loads(line) for line in candidates.stdout.splitlines()]
    assert [(one["sdpMid"], one["sdpMLineIndex"], one["usernameFragment"]) for one in found[::2]] == [
        ("0", 0, "lNnd"),
        ("1", 1, "lNnd"),
        ("2", 2, "lNnd"),
    ]
    back = run("-", stdin=candidates.stdout)
    assert b"stdin: read as JSON lines: 6 candidates\n" in back.stderr
    assert back.stdout.count(b"a=candidate:") == 6


def test_a_qr_code_holds_the_packed_form() -> None:
    done = run("--to", "qr", SMALL)
    packed = run("--to", "packed", SMALL).stdout.decode().strip()
    assert unpack(packed)[0].encode() == SMALL.read_bytes()
    expected = segno.make(packed, micro=False, error="l")
    _, rows = expected.symbol_size()
    drawn = done.stdout.decode().splitlines()
    assert len(drawn) == (rows + 1) // 2
    light = [[char in pair for char in line for pair in ["█▀"]] for line in drawn]  # the upper half of each row
    matrix = [list(row) for row in expected.matrix_iter()]
    assert light == [[not dark for dark in row] for row in matrix[::2]]


def test_a_qr_code_that_would_be_too_large() -> None:
    text = SMALL.read_bytes() + b"".join(b"a=x-%d:%s\r\n" % (n, str(n**99).encode()) for n in range(2, 60))
    done = run("--to", "qr", "-", stdin=text)
    assert done.returncode == 2
    assert b"characters are too many for a QR code, which holds 2,953" in done.stderr


def test_filters(tmp_path: Path) -> None:
    path = tmp_path / "small.sdp"
    assert run("--only-codecs", "opus,vp8", "--no-tcp", "--lf", "-o", path, OFFER).returncode == 0
    text = path.read_bytes()
    assert b"\r" not in text
    assert b" tcp " not in text
    assert b"H264" not in text
    assert b"VP8" in text


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "said"),
    [
        (["--only-codecs", "opus", str(OFFER)], b"", 2, "m-section 1 (video) would have no codec left"),
        (["--only-codecs", "opus,vp88", str(OFFER)], b"", 2, "no m-section has vp88; there are: opus"),
        (["--crlf", "--lf", str(OFFER)], b"", 2, "only one of --crlf and --lf"),
        (["--to", "candidates", "-"], b"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n", 2, "no candidate in it"),
        (["--to", "fragment", "-"], b"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n", 2, "neither a credential"),
        (["-"], b"", 3, "no SDP found"),
        (["-"], b"hello\n", 3, "no SDP found"),
        (["-"], b'{"media": [{}]}', 3, "no SDP found: it is JSON with none in it"),
        (["--to", "qr", "-o", "code.txt", str(OFFER)], b"", 2, "code.txt: a QR code goes into a picture: .png, .svg"),
        (["none.sdp"], b"", 2, "none.sdp: there is no such file"),
        (["-o", "none/x.sdp", str(OFFER)], b"", 2, "cannot be written"),
    ],
)
def test_wrong_usage(arguments: list[str], stdin: bytes, code: int, said: str) -> None:
    done = run(*arguments, stdin=stdin)
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert (done.returncode, done.stdout) == (code, b"")


def test_of_several_descriptions_the_first_of_the_type_is_taken() -> None:
    answer = FIXTURES / "chromium" / "audio_video_data.answer.sdp"
    both = SMALL.read_bytes() + b"\r\n" + answer.read_bytes()
    first, second = run("-", stdin=both), run("--type", "answer", "-", stdin=both)
    assert (first.returncode, first.stdout) == (0, SMALL.read_bytes())
    assert b"stdin: read as text: 2 descriptions; taken: #1\n" in first.stderr
    assert (second.returncode, second.stdout) == (0, answer.read_bytes())


@pytest.mark.parametrize(
    ("name", "start"), [("code.png", b"\x89PNG"), ("CODE.PNG", b"\x89PNG"), ("code.svg", b"<?xml")]
)
def test_a_qr_code_as_a_picture(tmp_path: Path, name: str, start: bytes) -> None:
    assert run("--to", "qr", "-o", tmp_path / name, SMALL).returncode == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_terminal_gets_nothing_unsafe(tmp_path: Path) -> None:
    path = tmp_path / "evil.sdp"
    path.write_bytes(OFFER.read_bytes().replace(b"s=-", b"s=\x1b]0;owned\x07").replace(b"lNnd", b"\xe2\x80\xae"))
    for form in ("sdp", "json", "candidates", "sdp-transform"):
        terminal = pexpect.spawn(PROGRAM[0], [*PROGRAM[1:], "--to", form, str(path)], encoding="utf-8", timeout=60)
        assert not set(terminal.read()) & set("\x1b\x07\u202e"), form


def test_a_terminal_without_input_gets_help() -> None:
    terminal = pexpect.spawn(PROGRAM[0], PROGRAM[1:], encoding="utf-8", timeout=60)
    assert "Usage" in terminal.read()
    terminal.close()
    assert terminal.exitstatus == 2
