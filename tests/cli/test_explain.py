"""The `sdpkit explain` and `rules` programs as users run them."""

import re
import subprocess
import sys

import pytest

from sdpkit.rules import RULES
from sdpkit.rules.errors import codes_behind


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "sdpkit", *arguments]
    return subprocess.run(command, capture_output=True, timeout=60, check=False)


def test_a_code() -> None:
    done = run("explain", "dtl001")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"DTL001    error    RFC 8122")


def test_several_codes() -> None:
    shown = run("explain", "DTL001", "syn025").stdout
    assert b"DTL001    error" in shown
    assert b"\n\nSYN025    error    sdpkit.Limits" in shown


@pytest.mark.parametrize(
    "words",
    [
        ["Called with SDP without DTLS fingerprint."],
        ["Called", "with", "SDP", "without", "DTLS", "fingerprint."],
        [
            "Uncaught (in promise) DOMException: Failed to execute 'setRemoteDescription' on 'RTCPeerConnection': "
            "Failed to set remote offer sdp: Called with SDP without DTLS fingerprint."
        ],
    ],
)
def test_an_error_text(words: list[str]) -> None:
    done = run("explain", *words)
    assert done.returncode == 0
    assert done.stdout.startswith(b"DTL001    error")


def test_a_text_with_many_rules_behind_it() -> None:
    lines = run("explain", "Expect line: v=").stdout.decode().splitlines()
    assert lines[0].split(", ")[0] == f"{len(codes_behind('Expect line: v='))} rules may be behind it"
    assert lines[4].split()[:2] == ["SYN018", "error"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["explain", "what is this"], 'nothing is known of "what is this"'),
        (["explain", "DTL999"], "sdpkit rules lists"),
        (["explain", "DTL001", "DTL999"], "sdpkit rules lists"),
        (["explain", "\x1b[2J"], "\\x1b[2J"),
        (["rules", "NOPE"], "the families are"),
    ],
)
def test_what_is_not_known(arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_all_rules_in_the_order_of_their_codes() -> None:
    shown = run("rules").stdout.decode()
    assert re.findall("^[A-Z]{3}[0-9]{3}", shown, re.MULTILINE) == sorted(RULES)
    assert shown.splitlines()[-1] == f"{len(RULES)} rules; sdpkit explain CODE says all about one"


def test_the_rules_of_a_family() -> None:
    shown = run("rules", "ice").stdout.decode()
    assert set(re.findall("^[A-Z]{3}", shown, re.MULTILINE)) == {"ICE"}
