"""The `sdpkit inspect` program as users run it: a process with files, pipes, a terminal."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pexpect
import pytest
from wcwidth import wcswidth

from sdpkit import parse
from sdpkit.inspection import inspect_description
from sdpkit.report import inspect as screens

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
OFFER = str(FIXTURES / "chromium" / "audio_video_data.offer.sdp")
SCHEMA = json.loads((ROOT / "sdpkit" / "schemas" / "inspect.json").read_text(encoding="utf-8"))
PROGRAM = [sys.executable, "-m", "sdpkit", "inspect"]


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*PROGRAM, *arguments], input=stdin, capture_output=True, timeout=60, check=False)


def test_overview_names_what_matters() -> None:
    done = run(OFFER)
    screen = done.stdout.decode()
    assert done.returncode == 0
    assert done.stderr == b""
    for words in (
        "offer (from ",
        "177 lines, 6,374 characters, CRLF",
        "bundle 0 1 2",
        "full agent, trickle",
        "ufrag lNnd",
        "pwd ******** (24)",
        "setup actpass",
        "libwebrtc",
        "opus/48000/2",
        "H264 ×6",
        "6 lines, 2 different: 2 host; 1 over tcp",
        "126 | 32542 | 1",
        "52572 51618 46672",
        "0 errors",
    ):
        assert words in screen


def test_secrets_are_masked_unless_asked_for() -> None:
    secret = b"s6dxxJer3d4+6HWcWWkxqO1y"
    for options in ([], ["--raw"], ["--format", "json"], ["--field", "ice.pwd"], ["--section", "0"]):
        assert secret not in run(*options, OFFER).stdout, options
        if options:
            assert secret in run(*options, "--show-secrets", OFFER).stdout, options


def test_secret_in_a_broken_line_is_not_cited() -> None:
    text = b"v=0\r\nm=audio 9 RTP/SAVPF 0\r\na=ice-pwd:top secret\r\na=crypto:x AES inline:topsecret\r\n"
    for options in ([], ["--format", "json"], ["--raw"]):
        done = run(*options, "-", stdin=text)
        assert b"secret" not in done.stdout.replace(b"secrets", b"")


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("ice.ufrag", ["lNnd"]),
        ("origin.session_id", ["7654334866991908966"]),
        ("sections.mid", ["0", "1", "2"]),
        ("sections.0.codecs.0.name", ["opus"]),
        ("sections.1.direction", ["sendrecv"]),
        ("type.value", ["offer"]),
        ("ice.lite", ["false"]),
        ("groups.0.mids", ["0", "1", "2"]),
    ],
)
def test_field_is_bare(path: str, values: list[str]) -> None:
    done = run("--field", path, OFFER)
    assert (done.returncode, done.stdout.decode().splitlines()) == (0, values)


def test_field_that_is_not_there_says_what_is() -> None:
    done = run("--field", "ice.user", OFFER)
    assert done.returncode == 2
    assert b'no field "user"; there is: ufrag, pwd' in done.stderr


def test_section_by_mid_and_by_index() -> None:
    assert run("--section", "1", OFFER).stdout == run("--section", "1", OFFER).stdout
    assert b"profile 0 level" in run("--section", "1", OFFER).stdout
    named = str(FIXTURES / "gstreamer" / "video_vp8_dc.offer.sdp")
    assert run("--section", "video0", "--field", "index", named).stdout == b"0\n"
    assert run("--section", "0", "--field", "mid", named).stdout == b"video0\n"
    missing = run("--section", "7", OFFER)
    assert missing.returncode == 2
    assert b"there is no m-section 7; there are: 0 (mid 0), 1 (mid 1), 2 (mid 2)" in missing.stderr


def test_raw_is_exact_in_a_pipe() -> None:
    assert run("--raw", "--show-secrets", OFFER).stdout == Path(OFFER).read_bytes()
    latin = b"v=0\ns=caf\xe9\x1b[31m\n"
    assert run("--raw", "-", stdin=latin).stdout == latin


def test_brief_is_one_line_a_file() -> None:
    other = str(FIXTURES / "sip" / "desk_phone.offer.sdp")
    lines = run("--brief", OFFER, other).stdout.decode().splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("3m audio:opus/G722/PCMU/PCMA video:VP8/H264x6/AV1/VP9x2 data host2 bundle actpass ok")


@pytest.mark.parametrize("name", ["chromium/nat_all_data.offer.sdp", "rtsp/sloppy_wrong_track.sdp"])
def test_json_fits_its_schema(name: str) -> None:
    done = run("--format", "json", str(FIXTURES / name))
    document = json.loads(done.stdout)
    jsonschema.validate(document, SCHEMA)
    assert document["schema"] == "sdpkit/inspect/1"
    assert done.returncode == any(finding["severity"] == "error" for finding in document["result"]["findings"])


def test_json_of_several_files_is_one_line_each() -> None:
    lines = run("--format", "json", OFFER, OFFER).stdout.splitlines()
    assert [json.loads(line)["path"] for line in lines] == [OFFER, OFFER]


@pytest.mark.parametrize(
    ("stdin", "code", "words"),
    [
        (b"", 3, "it is empty"),
        (b"hello\nworld\n", 3, "no line is <type>=<value>"),
        (b'{"type":"offer","sdp":"v=0"}', 3, "it is JSON"),
        (bytes(range(256)) * 20, 3, "it is a binary file"),
        (b"v=0\r\nm=audio 9\r\n", 1, ""),
    ],
)
def test_input_without_sdp(stdin: bytes, code: int, words: str) -> None:
    done = run("-", stdin=stdin)
    assert done.returncode == code
    assert words in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    missing = run(str(tmp_path / "none.sdp"))
    assert (missing.returncode, missing.stdout) == (2, b"")
    assert b"there is no such file" in missing.stderr
    directory = run(str(tmp_path))
    assert directory.returncode == 2
    assert b"is a directory" in directory.stderr


def test_one_bad_file_does_not_hide_the_others(tmp_path: Path) -> None:
    done = run("--brief", str(tmp_path / "none.sdp"), OFFER)
    assert done.returncode == 2
    assert done.stdout.count(b"\n") == 1


def test_outputs_exclude_each_other() -> None:
    done = run("--brief", "--raw", OFFER)
    assert done.returncode == 2
    assert b"only one of" in done.stderr


def test_tutorial_troubles_are_seen_at_once() -> None:
    folder = FIXTURES / "tutorial"
    for name, words in {
        "masked.offer.sdp": "addresses are masked",
        "cut.offer.sdp": "was the text cut there?",
        "no_network.offer.sdp": "No candidates and no trickle",
    }.items():
        assert words in run(str(folder / name)).stdout.decode(), name
    assert "3 networks (network-id 1, 2, 3)" in run(str(folder / "masked.offer.sdp")).stdout.decode()


def test_lost_line_breaks_are_put_back() -> None:
    folder = FIXTURES / "tutorial"
    lost, masked = run(str(folder / "lost_line_breaks.txt")), run(str(folder / "masked.offer.sdp"))
    assert b"lost_line_breaks.txt: put back 111 line breaks (certain)\n" in lost.stderr
    assert lost.stdout.splitlines()[3:] == masked.stdout.splitlines()[3:]


def test_heavy_packages_are_not_loaded() -> None:
    program = "import sys, sdpkit.cli.inspect as c; c.read_descriptions(sys.argv[1]); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program, OFFER], capture_output=True, check=True)
    loaded = set(done.stdout.decode().split())
    assert "sdpkit.inspection" in loaded
    assert not loaded & {"aiortc", "av", "aioice", "cryptography", "hypothesis", "sdp_transform"}
    assert not any(name.startswith(("sdpkit.intake", "sdpkit.report.repair")) for name in loaded)


def test_closed_pipe_is_quiet() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.Popen([*PROGRAM, OFFER], stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (141, b"")


def test_interrupt_ends_without_a_traceback() -> None:
    process = subprocess.Popen([*PROGRAM, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors


@pytest.mark.parametrize("columns", [80, 100])
def test_screen_fits_the_terminal(columns: int) -> None:
    terminal = pexpect.spawn(PROGRAM[0], [*PROGRAM[1:], OFFER], dimensions=(50, columns), encoding="utf-8", timeout=60)
    screen = terminal.read()
    terminal.close()
    assert terminal.exitstatus == 0
    assert "priority parts" in screen
    assert max(len(line) for line in screen.splitlines()) <= columns


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*/*.sdp"))[::7], ids=lambda path: path.name)
def test_every_line_of_every_screen_fits(path: Path) -> None:
    description = parse(path.read_bytes())
    inspection = inspect_description(description)
    shown = [screens.overview(inspection, "x.sdp", 80)]
    shown += [screens.section_detail(inspection, index, "x.sdp", 80) for index in range(len(inspection.sections))]
    assert max(wcswidth(line) for screen in shown for line in screen.splitlines()) <= 80


def test_a_line_separator_makes_no_line_on_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "lines.sdp"
    path.write_text("v=0\r\na=x:foo\u2028a=ice-lite\x85a=b\r\n", encoding="utf-8", newline="")
    terminal = pexpect.spawn(PROGRAM[0], [*PROGRAM[1:], "--raw", str(path)], encoding="utf-8", timeout=60)
    assert terminal.read().splitlines() == ["v=0", r"a=x:foo\u2028a=ice-lite\x85a=b"]


@pytest.mark.parametrize(
    ("redirection", "code", "words"),
    [(">&-", 0, ""), ("2>&-", 0, ""), (">/dev/full", 2, "standard output cannot be written")],
)
def test_streams_that_are_closed_or_full(redirection: str, code: int, words: str) -> None:
    command = f'"$@" {redirection}'
    done = subprocess.run(["sh", "-c", command, "sh", *PROGRAM, OFFER], capture_output=True, timeout=60, check=False)
    assert done.returncode == code
    assert words in done.stderr.decode()


def test_closed_input_holds_no_sdp() -> None:
    done = subprocess.run(["sh", "-c", '"$@" - <&-', "sh", *PROGRAM], capture_output=True, timeout=60, check=False)
    assert done.returncode == 3
    assert b"stdin: no SDP found: it is empty" in done.stderr


def test_a_screen_ends_whatever_the_text() -> None:
    text = b"v=0\nm=audio 9 RTP/AVP 0\na=mid:" + b"x" * 100_000 + b"\n" * 10_000
    done = run("-", stdin=text)
    assert done.returncode == 1
    assert done.stdout.count(b"\n") < 150
    assert b"more: --format json has all" in done.stdout


def test_terminal_without_input_gets_help() -> None:
    terminal = pexpect.spawn(PROGRAM[0], PROGRAM[1:], encoding="utf-8", timeout=60)
    assert "Usage" in terminal.read()
    terminal.close()
    assert terminal.exitstatus == 2


def test_nothing_unsafe_reaches_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "evil.sdp"
    path.write_bytes(
        b"v=0\r\ns=\x1b]0;owned\x07\xe2\x80\xae\xc2\x9b31m\x7f\r\nm=audio 9 RTP/AVP 0\r\na=mid:\x1b[2J\r\n"
    )
    for options in ([], ["--raw"], ["--brief"], ["--section", "0"], ["--format", "json"], ["--field", "name"]):
        terminal = pexpect.spawn(PROGRAM[0], [*PROGRAM[1:], *options, str(path)], encoding="utf-8", timeout=60)
        screen = terminal.read()
        assert not set(screen) & set("\x1b\x07\x7f\x9b\u202e"), options
