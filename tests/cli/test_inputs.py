"""Every command takes whatever people paste: one example of each shape, given to each of them."""

import gzip
import json
import zlib
from base64 import b64encode, encodebytes
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from typer.testing import CliRunner

from sdpkit.cli.app import app
from sdpkit.intake import pack

FIXTURES = Path(__file__).parents[2] / "fixtures"
OFFER = (FIXTURES / "chromium" / "audio_video_data.offer.sdp").read_bytes().decode()
ANSWER = (FIXTURES / "chromium" / "audio_video_data.answer.sdp").read_bytes().decode()
MASKED = (FIXTURES / "tutorial" / "masked.offer.sdp").read_bytes().decode()
LF = OFFER.replace("\r\n", "\n")
LINES = OFFER.split("\r\n")[:-1]
CANDIDATE = "candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host generation 0 ufrag h3Kp network-id 1"
JSON_OFFER = json.dumps({"type": "offer", "sdp": OFFER})
ESCAPED = OFFER.replace("\r\n", "\\r\\n")


class Shape(NamedTuple):
    """What somebody has, the clean SDP in it, and the word that says what it was read as."""

    text: str | bytes
    sdp: str
    words: str


def joined(prefix: str, ending: str = "\n") -> str:
    """The lines with something before each of them."""
    return "".join(f"{prefix}{line}{ending}" for line in LINES)


def dump(value: object) -> str:
    entry = {"type": "setLocalDescription", "value": value}
    return json.dumps({"PeerConnections": {"3-1": {"updateLog": [entry]}}, "UserAgent": "x"})


# By the numbers of reference shapes: what people have.
DESCRIPTIONS = {
    "1 raw": Shape(OFFER, OFFER, ""),
    "1 raw, LF": Shape(LF, LF, ""),
    "1 no final newline": Shape(OFFER.removesuffix("\r\n"), OFFER, ""),
    "1 blank lines inside": Shape(LF.replace("\nm=", "\n\nm="), LF, ""),
    "1 UTF-16": Shape(OFFER.encode("utf-16"), OFFER, "read as UTF-16"),
    "1 gzip": Shape(gzip.compress(OFFER.encode()), OFFER, "read as gzip"),
    "2 RTCSessionDescription": Shape(JSON_OFFER, OFFER, "read as JSON: 1 offer"),
    "3 nested JSON": Shape(json.dumps({"event": "offer", "data": {"sdp": OFFER}}), OFFER, "read as JSON: 1 offer"),
    "4 JSON in JSON": Shape(json.dumps({"offerSDP": JSON_OFFER}), OFFER, "read as JSON → JSON: 1 offer"),
    "5 escaped": Shape(ESCAPED, OFFER, "read as escaped text"),
    "6 base64": Shape(b64encode(JSON_OFFER.encode()), OFFER, "read as base64 → JSON: 1 offer"),
    "6 base64, wrapped": Shape(encodebytes(JSON_OFFER.encode()), OFFER, "read as base64 → JSON: 1 offer"),
    "7 percent": Shape(f"#offer={quote(OFFER, safe='')}", OFFER, "read as percent-encoding"),
    "7 deflate": Shape(b64encode(zlib.compress(OFFER.encode())), OFFER, "read as base64 → zlib"),
    "7 packed": Shape(pack(OFFER, "offer"), OFFER, "read as packed → JSON: 1 offer"),
    "8 JavaScript": Shape(
        "sdp = " + " +\n".join(f'"{line}\\r\\n"' for line in LINES) + ";\n", OFFER, "read as string in source code"
    ),
    "8 Python": Shape(f"RTCSessionDescription(sdp={OFFER!r}, type='offer')\n", OFFER, "string in source code: 1 offer"),
    "9 curl": Shape(f"curl --data-raw $'{ESCAPED}' https://whip.example/\n", OFFER, "read as string in source code"),
    "10 devtools": Shape(
        'sdp: "' + "\n↵".join(OFFER.split("\r\n")) + '"\n', LF, "read as string in source code → devtools"
    ),
    "11 indented": Shape(joined("    "), LF, "read as indented text"),
    "11 quoted mail": Shape(joined("> "), LF, "read as quoted mail"),
    "11 Markdown": Shape(f"The offer:\n\n```\n{LF}```\n", LF, "read as Markdown"),
    "11 list": Shape(joined("- "), LF, "read as list"),
    "11 typographic quotes": Shape(f"“{LF}”\n", LF, "read as quoted text"),
    "11 a remark": Shape(
        LF.replace("a=mid:0\n", "a=mid:0   <<<< here\n"), LF, 'left out 1 remark behind lines (likely): "<'
    ),
    "12 hard wraps": Shape(
        "".join(line[at : at + 80] + "\n" for line in LINES for at in range(0, len(line), 80)), LF, "wrapped lines"
    ),
    "13 log": Shape(
        "".join(f"2025-03-19 14:47:10.7287{at:03} [main] {line}\n" for at, line in enumerate(LINES)), LF, "read as log"
    ),
    "14 blanks for line breaks": Shape(" ".join(LINES), OFFER, "put back 176 line breaks (certain)"),
    "15 nothing for line breaks": Shape("".join(LINES), OFFER, "put back 176 line breaks (likely)"),
    "16 masked addresses": Shape(MASKED, MASKED, ""),
    "16 the tutorial's": Shape(
        (FIXTURES / "tutorial" / "lost_line_breaks.txt").read_bytes(), MASKED, "put back 111 line breaks (certain)"
    ),
    "21 SIP": Shape(
        f"INVITE sip:b@example.com SIP/2.0\r\nContent-Type: application/sdp\r\n\r\n{OFFER}",
        OFFER,
        "SIP INVITE: 1 offer",
    ),
    "21 SIP, multipart": Shape(
        "INVITE sip:b@example.com SIP/2.0\r\nContent-Type: multipart/mixed;boundary=x\r\n\r\n--x\r\n"
        f"Content-Type: application/sdp\r\n\r\n{OFFER}--x\r\nContent-Type: text/xml\r\n\r\n<a/>\r\n--x--\r\n",
        OFFER,
        "read as SIP INVITE: 1 offer",
    ),
    "22 RTSP": Shape(f"RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\n{OFFER}", OFFER, "read as RTSP 200"),
    "23 WHIP": Shape(
        f"POST /whip HTTP/1.1\r\nContent-Type: application/sdp\r\n\r\n{OFFER}", OFFER, "HTTP POST: 1 offer"
    ),
    "23 HAR": Shape(
        json.dumps(
            {"log": {"entries": [{"request": {"method": "POST", "url": "https://x/w", "postData": {"text": OFFER}}}]}}
        ),
        OFFER,
        "read as HAR → POST https://x/w",
    ),
    "25 webrtc-internals": Shape(dump(JSON_OFFER), OFFER, "read as webrtc-internals dump → setLocalDescription"),
    "25 webrtc-internals of old": Shape(dump(f"type: offer, sdp: {OFFER}"), OFFER, "read as webrtc-internals dump"),
    "26 rtcstats": Shape(
        f"RTCStatsDump\n{{}}\n{json.dumps([8, 'PC_0', {'type': 'offer', 'sdp': OFFER}, 1])}\n",
        OFFER,
        "read as rtcstats dump → setRemoteDescription of PC PC_0: 1 offer",
    ),
    "27 Firefox": Shape(
        json.dumps({"offer": {"side": "local", "sdp": LINES}}), OFFER, "JSON → array of lines: 1 offer"
    ),
    "28 a log's key and value": Shape(f"type: offer, sdp: {OFFER}", OFFER, "read as text: 1 offer"),
}
CANDIDATES = {
    "17 candidate": CANDIDATE,
    "17 attribute": f"a={CANDIDATE}",
    "17 bare": CANDIDATE.removeprefix("candidate:"),
    "18 RTCIceCandidateInit": json.dumps({"candidate": CANDIDATE, "sdpMid": "0", "sdpMLineIndex": 0}),
    "19 aiortc's": json.dumps({"candidate": CANDIDATE, "id": "0", "label": 0, "type": "candidate"}),
    "20 fragment": f"a=ice-ufrag:h3Kp\r\na=ice-pwd:{'x' * 24}\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na={CANDIDATE}\r\n",
}
# Their faults are shown where they stand.
AS_THEY_STAND = ("1 no final newline", "1 blank lines inside")
COMMANDS = {
    "inspect": ("inspect", "input"),
    "validate": ("validate", "input"),
    "negotiate": ("negotiate", "input", "answer.sdp"),
    "diff": ("diff", "input", "answer.sdp"),
    "candidates": ("candidates", "input"),
    "pairs": ("pairs", "input", "answer.sdp"),
    "redact": ("redact", "input"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with an answer."""
    (tmp_path / "answer.sdp").write_bytes(ANSWER.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(folder: Path, text: str | bytes, *arguments: str) -> tuple[int, str, str]:
    """The exit code of a command given a text as the file `input`, what it writes and what it says."""
    (folder / "input").write_bytes(text if isinstance(text, bytes) else text.encode())
    done = CliRunner().invoke(app, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done.exit_code, done.stdout_bytes.decode(), done.stderr


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_a_description_is_the_same_in_every_shape(folder: Path, name: str) -> None:
    shape = DESCRIPTIONS[name]
    for command, arguments in COMMANDS.items():
        code, screen, said = run(folder, shape.text, *arguments)
        expected_code, expected, words = run(folder, shape.sdp, *arguments)
        assert shape.words in said, command
        if command != "validate" and name not in AS_THEY_STAND:
            assert (code, screen) == (expected_code, expected), command
            assert said.endswith(words), command


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_repair_gives_it_back(folder: Path, name: str) -> None:
    shape = DESCRIPTIONS[name]
    assert run(folder, shape.text, "repair", "input")[:2] == (0, shape.sdp)


@pytest.mark.parametrize("name", CANDIDATES)
def test_a_candidate_is_the_same_in_every_shape(folder: Path, name: str) -> None:
    codes = {command: run(folder, CANDIDATES[name], *arguments)[0] for command, arguments in COMMANDS.items()}
    assert codes.pop("validate") in (0, 1)
    assert "192.0.2.1:5000" in run(folder, CANDIDATES[name], "candidates", "input")[1]
    assert CANDIDATE in run(folder, CANDIDATES[name], "repair", "input")[1]
    assert all(code in (0, 1) for code in codes.values()), codes


@pytest.mark.parametrize("command", ["negotiate", "pairs", "diff"])
def test_one_input_may_hold_both(folder: Path, command: str) -> None:
    both = json.dumps(
        [{"type": "answer", "sdp": ANSWER}, {"type": "offer", "sdp": OFFER}, {"sdp": ANSWER + "a=x:y\r\n"}]
    )
    code, _, said = run(folder, both, command, "input")
    assert code in (0, 1)
    assert said.splitlines()[0].endswith("taken: #1 and #2" if command == "diff" else "taken: #2 and #3")
    code, _, said = run(folder, OFFER, command, "input")
    assert code == 2


def test_what_is_said_counts_more_than_what_it_looks_like(folder: Path) -> None:
    (folder / "offer.json").write_text(json.dumps({"type": "offer", "sdp": OFFER}))
    text = json.dumps({"type": "answer", "sdp": OFFER})
    assert (
        "input is an answer (it says so), offer.json an offer"
        in run(folder, text, "negotiate", "input", "offer.json")[2]
    )


@pytest.mark.parametrize(
    ("bomb", "words"),
    [
        (gzip.compress(bytes(20_000_000)), "it unpacks to more than"),
        (b64encode(zlib.compress(bytes(20_000_000))), "it unpacks to more than"),
        (b"[" * 100_000 + b'"v=0"', "it is nested too deeply"),
    ],
)
@pytest.mark.parametrize("command", ["inspect", "validate", "repair"])
def test_bombs(folder: Path, command: str, bomb: bytes, words: str) -> None:
    code, _, said = run(folder, bomb, command, "input")
    assert code == 2
    assert words in said
