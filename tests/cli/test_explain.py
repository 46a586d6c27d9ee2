"""The `sdpkit explain` and `rules` programs as users run them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from sdpkit.rules import RULES
from sdpkit.rules.errors import codes_behind

ROOT = Path(__file__).parents[2]


def run(*arguments: str, **locale: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "sdpkit", *arguments]
    environment = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "", **locale}
    return subprocess.run(
        command, capture_output=True, timeout=60, check=False, env={**os.environ, "PYTHONUTF8": "1", **environment}
    )


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
    assert done.stdout.splitlines()[4].split()[:2] == [b"DTL001", b"error"]


def test_a_text_with_many_rules_behind_it() -> None:
    lines = run("explain", "Expect line: v=").stdout.decode().splitlines()
    assert lines[0].split(", ")[0] == f"{len(codes_behind('Expect line: v='))} rules may be behind it"
    assert lines[4].split()[:2] == ["SYN001", "error"]


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


def test_a_line() -> None:
    done = run("explain", "a=rtcp-fb:96 nack pli")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"a=rtcp-fb    attribute\n")


def test_words_are_joined() -> None:
    assert run("explain", "network-cost", "50").stdout == run("explain", "network-cost 50").stdout


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ({"LC_ALL": "ja_JP.UTF-8", "LANG": "en_GB.UTF-8"}, "ja"),
        ({"LC_MESSAGES": "ja", "LANG": "en_GB.UTF-8"}, "ja"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "ja_JP.eucJP"}, "ja"),
        ({"LC_ALL": "C.UTF-8", "LANG": "ja_JP.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, "en"),
    ],
)
def test_the_language_of_the_locale(locale: dict[str, str], language: str) -> None:
    assert run("explain", "setup", **locale).stdout == run("explain", "--lang", language, "setup").stdout


def test_japanese() -> None:
    assert run("explain", "--lang", "ja", "setup").stdout.decode().startswith("a=setup    属性\n")
    done = run("explain", "--lang", "ja", "setupp")
    assert done.returncode == 2
    assert "もしかして: setup" in done.stderr.decode()


def test_json() -> None:
    shown = json.loads(run("explain", "--format", "json", "--lang", "en", "active").stdout)
    jsonschema.validate(shown, json.loads((ROOT / "sdpkit" / "schemas" / "explain.json").read_text(encoding="utf-8")))
    result = shown["result"]
    assert (shown["schema"], result["text"], result["language"]) == ("sdpkit/explain/1", "active", "en")
    assert [reading["read_as"] for reading in result["readings"]] == ["value of a=setup", "tcptype of a candidate"]


def test_json_of_what_is_not_known() -> None:
    done = run("explain", "--format", "json", "setupp")
    assert done.returncode == 2
    assert json.loads(done.stdout)["result"]["near"] == ["setup"]


def test_codes_are_not_for_json() -> None:
    done = run("explain", "--format", "json", "DTL001")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"not for codes and error texts" in done.stderr


def test_secrets() -> None:
    line = "a=ice-pwd:asd88fgpdd777uzjYhagZg"
    assert b"asd88" not in run("explain", line).stdout
    assert b"asd88" not in run("explain", "ice-pwd", "asd88fgpdd777uzjYhagZg").stdout
    assert b"asd88fgpdd777uzjYhagZg" in run("explain", "--show-secrets", line).stdout


@pytest.mark.parametrize("name", ["candidate", "ice-ufrag", "fingerprint", "a=rtcp-mux", "ICE restart", "data channel"])
def test_names_are_explained_though_errors_have_them_too(name: str) -> None:
    assert codes_behind(name) or name == "data channel"
    shown = run("explain", name).stdout.decode()
    assert shown.splitlines()[0].split("    ")[1] in {"attribute", "term"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a=fmtp:0 Expects at least 2 fields.", b"MED026"),
        ("s= Expect line: s=", b"SES006"),
        ("a= Invalid SDP line.", b"SYN023"),
    ],
)
def test_errors_that_begin_with_a_line_are_errors(text: str, code: bytes) -> None:
    assert run("explain", text).stdout.startswith(code)
