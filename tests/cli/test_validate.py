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


def test_a_pair_the_wrong_way_round(folder: Path) -> None:
    done = run("validate", "answer.sdp", "offer.sdp", cwd=folder)
    assert done.stderr == b"sdpkit: offer.sdp looks like an offer, and is checked as the answer to answer.sdp\n"


def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_being_checked(folder: Path) -> None:
    done = run("validate", "bad.sdp", "nowhere.sdp", "offer.sdp", cwd=folder)
    assert done.returncode == 2
    assert b"bad.sdp:6:1: error DTL001" in done.stdout
    assert b"offer.sdp: offer, profile webrtc: 0 errors" in done.stdout
    assert done.stderr == b"sdpkit: error: nowhere.sdp: there is no such file\n"


def test_what_is_wrapped_is_checked_as_the_type_that_it_says(folder: Path) -> None:
    (folder / "answer.json").write_text(json.dumps({"type": "answer", "sdp": changed(OFFER, "")}))
    done = run("validate", "answer.json", cwd=folder)
    assert done.stderr == b"sdpkit: answer.json: read as JSON: 1 answer\n"
    assert b"answer.json: answer, profile webrtc" in done.stdout
    assert b"answer.json: offer, profile webrtc" in run("validate", "--type", "offer", "answer.json", cwd=folder).stdout


def test_an_offer_and_its_answer_in_one_input(folder: Path) -> None:
    both = [{"type": "offer", "sdp": changed(OFFER, "")}, {"type": "answer", "sdp": changed(ANSWER, "")}]
    (folder / "both.json").write_text(json.dumps(both))
    done = run("validate", "both.json", cwd=folder)
    assert done.returncode == 0
    assert b"both.json#1: offer, profile webrtc" in done.stdout
    assert b"both.json#2: answer against both.json#1, profile webrtc" in done.stdout
    done = run("validate", "both.json", "both.json", cwd=folder)
    assert b"both.json#2: answer against both.json, profile webrtc" in done.stdout
    assert b"#1" not in done.stdout


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (changed(OFFER, "").replace("\r\n", " "), {"SYN004"}),
        ("".join(f"> {line}\n" for line in changed(OFFER, "").splitlines()), {"SYN006"}),
        (changed(OFFER, NO_FINGERPRINT).replace("\r\n", " "), {"SYN004", "DTL001"}),
    ],
)
def test_what_had_to_be_repaired_is_found_wrong(text: str, codes: set[str]) -> None:
    done = run("validate", "--format", "json", stdin=text.encode())
    result = json.loads(done.stdout)["result"]
    assert {finding["code"] for finding in result["findings"]} == codes
    assert result["verdicts"]["chromium"]["accepted"] == ("SYN004" not in codes)
    assert (done.returncode == 1) == ("SYN004" in codes)


def test_fixing_puts_nothing_else_in_place_of_a_file(folder: Path) -> None:
    path = folder / "offer.json"
    text = json.dumps({"type": "offer", "sdp": changed(OFFER, "").removesuffix("\r\n")})
    path.write_text(text)
    done = run("validate", "--fix", "offer.json", cwd=folder)
    assert done.returncode == 2
    assert b"sdpkit repair -o NEW.sdp offer.json" in done.stderr
    assert path.read_text() == text
    assert run("validate", "--fix", "-", stdin=text.encode()).stdout == changed(OFFER, "").encode()


@pytest.mark.parametrize("target", ["chromium", "firefox", "aiortc"])
def test_only_what_a_target_refuses_is_an_error(folder: Path, target: str) -> None:
    done = run("validate", "bad.sdp", "--target", target, cwd=folder)
    refuses = f"{target:<10} refuses".encode() in done.stdout
    assert refuses == (target != "aiortc")
    assert done.returncode == refuses
    assert (b"error DTL001" in done.stdout) == refuses
    assert (b"warning DTL001" in done.stdout) != refuses


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
    assert json.loads(run("validate", "--format", "json", stdin=b"v=0\r\n").stdout)["path"] == "-"
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
    assert done.stdout.decode().splitlines()[2].split()[:3] == ["1", "error", "DTL001"]


def test_fixes(folder: Path) -> None:
    path = folder / "no_newline.sdp"
    before = path.read_bytes()
    shown = run("validate", "--diff", "no_newline.sdp", cwd=folder)
    assert path.read_bytes() == before
    assert b"1 would be fixed" in shown.stderr
    fixed = run("validate", "--fix", "no_newline.sdp", cwd=folder)
    assert path.read_bytes() == before + b"\r\n"
    assert (fixed.returncode, fixed.stderr) == (0, b"sdpkit: no_newline.sdp: 1 fixed\n")


def test_the_difference_is_shown_with_masked_secrets(folder: Path) -> None:
    done = run("validate", "--diff", "no_newline.sdp", cwd=folder)
    assert done.stdout.endswith(
        b" a=sctp-port:5000\r\n-a=max-message-size:262144\n\\ No newline at end of file\n+a=max-message-size:262144\r\n"
    )
    text = changed(OFFER, "").replace("\r\na=ice-ufrag", "\r\n a=ice-ufrag").encode()
    shown = run("validate", "--diff", "-", stdin=text)
    assert b"- a=ice-ufrag:abcd\r\n+a=ice-ufrag:abcd\r\n a=ice-pwd:********\r\n" in shown.stdout
    assert b"secrets are masked" in shown.stderr


def test_a_difference_is_one_for_patch(folder: Path) -> None:
    path = folder / "no_newline.sdp"
    fixed = path.read_bytes() + b"\r\n"
    patch = run("validate", "--diff", "--show-secrets", "no_newline.sdp", cwd=folder).stdout
    subprocess.run(["patch", "--binary", "no_newline.sdp"], input=patch, cwd=folder, check=True, capture_output=True)
    assert path.read_bytes() == fixed


def test_a_fixed_text_of_standard_input_goes_to_standard_output() -> None:
    text = changed(OFFER, "").encode()
    done = run("validate", "--fix", "--format", "concise", "-", stdin=text.removesuffix(b"\r\n"))
    assert done.stdout == text
    bad = changed(OFFER, NO_FINGERPRINT).encode()
    done = run("validate", "--fix", "-", stdin=bad.removesuffix(b"\r\n"))
    assert (done.returncode, done.stdout) == (1, bad)
    assert b"stdin:6:1: error DTL001" in done.stderr
    assert b"sdpkit: stdin: 1 fixed" in done.stderr


def test_only_what_is_selected_is_fixed(folder: Path) -> None:
    path = folder / "no_newline.sdp"
    before = path.read_bytes()
    assert run("validate", "--fix", "--select", "DTL", "no_newline.sdp", cwd=folder).returncode == 0
    assert path.read_bytes() == before


def test_fixing_again_changes_nothing(folder: Path) -> None:
    path = folder / "indented.sdp"
    path.write_bytes(changed(OFFER, "").replace("\r\ns=", "\r\n   s=").encode())
    first = run("validate", "--fix", "indented.sdp", cwd=folder)
    fixed = path.read_bytes()
    assert fixed == changed(OFFER, "").encode()
    assert (first.returncode, run("validate", "--fix", "indented.sdp", cwd=folder).stderr) == (0, b"")
    assert path.read_bytes() == fixed


@pytest.mark.parametrize(
    "candidate",
    [
        "candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host",
        "a=candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host\n",
        "candidate:1 1 udp 2122260223 192.0.2.1 5432 typ host\n candidate:2 1 udp 2122194687 192.0.2.2 5432 typ host\n",
        '{"candidate":"candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host","sdpMid":"0"}',
        '{\r\n "sdpMid": "0",\r\n "candidate": "candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host"\r\n}\r\n',
    ],
)
def test_a_candidate(candidate: str) -> None:
    good = run("validate", stdin=candidate.encode())
    assert (good.returncode, good.stderr) == (0, b"")
    assert b"candidate" in good.stdout.splitlines()[-1]
    bad = run("validate", "--format", "concise", stdin=candidate.replace("typ host", "typ hos").encode())
    assert bad.returncode == 1
    assert {line.split()[2] for line in bad.stdout.splitlines()} == {b"ICE021"}


def test_a_candidate_without_its_prefix() -> None:
    done = run("validate", "--format", "concise", stdin=b"1 1 udp 2122260223 192.0.2.1 54321 typ host\n")
    assert b" TRK004 " in done.stdout
    assert b" SYN013 " not in done.stdout


def test_several_candidates_have_their_places_and_the_worst_verdicts() -> None:
    good = b"candidate:1 1 udp 2122260223 192.0.2.1 5432 typ host\n"
    done = run("validate", stdin=good + b"\n  a=" + good.replace(b" 5432 ", b" x "))
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("stdin:3:44: error ICE024 ")
    assert lines[2:4] == [
        "3 |   a=candidate:1 1 udp 2122260223 192.0.2.1 x typ host",
        "  |                                            ^",
    ]
    assert lines[-1].startswith("stdin: 2 candidates, profile webrtc: 1 error")
    assert "chromium   refuses: Error processing ICE candidate" in lines


def test_a_candidate_and_the_description_that_it_belongs_to(folder: Path) -> None:
    candidate = b"candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host ufrag other"
    assert b"TRK005" in run("validate", "--against", "offer.sdp", stdin=candidate, cwd=folder).stdout
    assert b"TRK005" not in run("validate", stdin=candidate).stdout


def test_settings_of_the_project(folder: Path) -> None:
    settings = folder / "pyproject.toml"
    settings.write_text('[tool.sdpkit]\nignore = ["DTL"]\nfail-on = "error"\n')
    assert run("validate", "bad.sdp", "--select", "DTL", cwd=folder).returncode == 0
    assert run("validate", "bad.sdp", "--select", "DTL", "--ignore", "SYN", cwd=folder).returncode == 1
    settings.write_text("[tool.sdpkit]\npedantic = true\n")
    assert b"PRV005" in run("validate", "offer.sdp", "--format", "concise", cwd=folder).stdout
    assert b"PRV005" not in run("validate", "offer.sdp", "--no-pedantic", "--format", "concise", cwd=folder).stdout
    settings.write_text('[tool.sdpkit]\nselect = ["ice"]\ntarget = "firefox"\nprofile = "sip"\n')
    assert b"profile sip: 0 errors" in run("validate", "bad.sdp", cwd=folder).stdout


def test_settings_of_a_folder_above(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.sdpkit]\nignore = ["DTL", "BUN"]\n')
    below = folder / "calls" / "today"
    below.mkdir(parents=True)
    (folder / "calls" / "pyproject.toml").write_text("[tool.other]\n")
    assert run("validate", "../../bad.sdp", cwd=below).returncode == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[tool.sdpkit]\nfail-on = "sometimes"\n', "'sometimes'"),
        ("[tool.sdpkit]\nselct = []\n", "selct"),
        ('[tool.sdpkit]\nselect = "DTL"\n', "$.select"),
        ('[tool.sdpkit]\nignore = ["XYZ"]\n', "XYZ"),
        ("[tool.sdpkit\n", "this is no TOML"),
        ("tool = 7\n", ""),
        ("[tool]\nsdpkit = 7\n", "got `int`"),
        ("x = " + "[" * 100_000, "this is no TOML"),
        ("a = '\udcff'\n", "this is no TOML"),
    ],
)
def test_settings_that_are_wrong(folder: Path, text: str, said: str) -> None:
    (folder / "pyproject.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    done = run("validate", "offer.sdp", cwd=folder)
    assert done.returncode == (2 if said else 0)
    assert said in done.stderr.decode()
    assert b"pyproject.toml" in done.stderr or not said or said == "XYZ"


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "said"),
    [
        (["validate", "nowhere.sdp"], b"", 2, "nowhere.sdp: there is no such file"),
        (["validate", "a.sdp", "--against", "nowhere.sdp"], b"", 2, "nowhere.sdp: there is no such file"),
        (["validate", "."], b"", 2, ".: this is a directory"),
        (["validate", ""], b"", 2, "a file needs a name"),
        (["validate", "-"], b"", 3, "stdin: no SDP found: it is empty"),
        (["validate", "-"], b" \r\n\r\n", 3, "no SDP found: it is empty"),
        (["validate", "-"], b"hello\nworld\n", 3, "no SDP found: no line is <type>=<value>"),
        (["validate", "-"], b"\x89PNG\r\n\x1a\n\x00\x00", 3, "no SDP found: it is a binary file"),
        (["validate", "-"], changed(OFFER, "").encode("utf-16"), 0, "read as UTF-16: 1 description"),
        (["validate", "-", "-"], b"v=0\r\n", 2, "only one text can be standard input"),
        (["validate", "-", "--previous", "-"], b"v=0\r\n", 2, "only one text can be standard input"),
        (["validate", "-", "--unsafe-fixes"], b"v=0\r\n", 2, "--unsafe-fixes goes with --fix or --diff"),
        (["validate", "-", "--statistics", "--format", "json"], b"v=0\r\n", 2, "only one of --diff, --statistics"),
        (["validate", "-", "--select", "NOPE"], b"v=0\r\n", 2, 'there is no rule "NOPE"'),
        (["validate", "a", "b", "--against", "c"], b"", 2, "leave out --against"),
        (["validate", "-", "--watch"], b"v=0\r\n", 2, "--watch needs files"),
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


def test_a_description_with_a_bad_byte_is_kept_to_the_byte(folder: Path) -> None:
    path = folder / "no_newline.sdp"
    text = path.read_bytes().replace(b"s=-", b"s=\xff")
    path.write_bytes(text)
    run("validate", "--fix", "--select", "SYN005", "no_newline.sdp", cwd=folder)
    assert path.read_bytes() == text + b"\r\n"
    assert parse(text).name == "\udcff"
