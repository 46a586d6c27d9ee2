"""The search for descriptions: every shape, shapes in shapes, what is refused, and what is no description."""

import gzip
import json
import tracemalloc
import zlib
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sdpkit import SDPError, strategies
from sdpkit.intake import Find, Kind, find_descriptions, find_in_stream, lines, pack
from tests.intake.wrapping import BY_LINE, EXACT

FIXTURES = Path(__file__).parents[2] / "fixtures"
OFFER = (FIXTURES / "chromium" / "mdns.data.offer.sdp").read_bytes().decode()
ANSWER = (FIXTURES / "chromium" / "mdns.data.answer.sdp").read_bytes().decode()
CANDIDATE = "candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host generation 0 ufrag h3Kp network-id 1"
JSON_OFFER = json.dumps({"type": "offer", "sdp": OFFER})
LF = OFFER.replace("\r\n", "\n")

# One example a shape: the text, what it is read as, where the find stands, its type.
SHAPES: dict[str, tuple[str | bytes, tuple[str, ...], str, str | None]] = {
    "bare, CRLF": (OFFER, ("SDP",), "line 1", None),
    "bare, with a byte order mark": ("\ufeff" + OFFER, ("SDP",), "line 1", None),
    "UTF-16": (OFFER.encode("utf-16"), ("UTF-16",), "line 1", None),
    "UTF-16 without a mark": (OFFER.encode("utf-16-be"), ("UTF-16",), "line 1", None),
    "gzip": (gzip.compress(OFFER.encode()), ("gzip",), "line 1", None),
    "RTCSessionDescription": (JSON_OFFER, ("JSON",), ".sdp", "offer"),
    "signaling message": (
        json.dumps({"event": "answer", "from": "a", "data": {"sdp": OFFER}}),
        ("JSON",),
        ".data.sdp",
        "answer",
    ),
    "JSON twice": (json.dumps({"offerSDP": JSON_OFFER}), ("JSON", "JSON"), ".offerSDP.sdp", "offer"),
    "JSON string": (json.dumps(OFFER), ("JSON",), "line 1", None),
    "JSON lines": (f'{{"a": 1}}\n{JSON_OFFER}\n', ("JSON lines",), ".sdp", "offer"),
    "escaped": (OFFER.replace("\r\n", "\\r\\n"), ("escaped text",), "line 1", None),
    "Pion's base64": (b64encode(JSON_OFFER.encode()), ("base64", "JSON"), ".sdp", "offer"),
    "base64 in an address": (
        "https://call.example/#offer=" + urlsafe_b64encode(zlib.compress(JSON_OFFER.encode())).decode(),
        ("base64", "zlib", "JSON"),
        ".sdp",
        "offer",
    ),
    "form": (f"type=offer&sdp={quote(OFFER, safe='')}", ("percent-encoding",), "line 1", "offer"),
    "packed": (f"Copy this:\n  {pack(OFFER, 'offer')}\n", ("packed", "JSON"), ".sdp", "offer"),
    "source code": (
        f"await pc.setRemoteDescription(RTCSessionDescription(sdp={OFFER!r}, type='offer'))",
        ("string in source code",),
        "line 1",
        "offer",
    ),
    "Firefox": (
        json.dumps({"offer": {"side": "local", "sdp": OFFER.split("\r\n")[:-1]}}),
        ("JSON", "array of lines"),
        ".offer.sdp",
        "offer",
    ),
    "SIP": (
        f"INVITE sip:b@example.com SIP/2.0\r\nContent-Type: application/sdp\r\nContent-Length: 9\r\n\r\n{OFFER}",
        ("SIP INVITE",),
        "line 5",
        "offer",
    ),
    "SIP, multipart": (
        "INVITE sip:b@example.com SIP/2.0\r\nContent-Type: multipart/mixed;boundary=x\r\n\r\n--x\r\n"
        f"Content-Type: application/sdp\r\n\r\n{OFFER}--x\r\nContent-Type: text/xml\r\n\r\n<a/>\r\n--x--\r\n",
        ("SIP INVITE",),
        "line 7",
        "offer",
    ),
    "RTSP": (
        f"RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Type: application/sdp\r\n\r\n{OFFER}",
        ("RTSP 200",),
        "line 5",
        None,
    ),
    "WHIP": (f"POST /whip HTTP/1.1\r\nContent-Type: application/sdp\r\n\r\n{OFFER}", ("HTTP POST",), "line 4", "offer"),
    "WHIP's reply": (
        f"HTTP/1.1 201 Created\r\nContent-Type: application/sdp\r\n\r\n{OFFER}",
        ("HTTP 201",),
        "line 4",
        "answer",
    ),
    "Pion's log": (f"type: answer, sdp: {OFFER}", ("text",), "line 1", "answer"),
    "a log that somebody compressed": (
        gzip.compress("".join(f"10:00:{n:02} INFO {line}\r\n" for n, line in enumerate(OFFER.splitlines())).encode()),
        ("gzip", "log"),
        "line 1",
        None,
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shape(name: str) -> None:
    blob, read_as, place, type = SHAPES[name]
    (find,) = find_descriptions(blob)
    assert (find.text, find.read_as, find.type, find.kind) == (OFFER, read_as, type, Kind.DESCRIPTION)
    assert (find.path or f"line {find.line}") == place
    assert find.repairs == ()


CANDIDATES = {
    "alone": (CANDIDATE, None),
    "as an attribute": (f"a={CANDIDATE}\r\n", None),
    "RTCIceCandidateInit": (json.dumps({"candidate": CANDIDATE, "sdpMid": "0", "sdpMLineIndex": 0}), "0"),
    "aiortc": (json.dumps({"candidate": CANDIDATE, "id": "0", "label": 0, "type": "candidate"}), "0"),
    "Android": (json.dumps({"type": "candidate", "sdp": CANDIDATE, "sdpMid": "0"}), "0"),
    "webrtc-internals of old": (f"sdpMid: audio, sdpMLineIndex: 0, candidate: {CANDIDATE}", "audio"),
    "log": (f"12:00 INFO added {CANDIDATE} to the peer\n", None),
    "source code": (f'pc.addIceCandidate({{candidate: "{CANDIDATE}", sdpMid: "0"}});', "0"),
}


@pytest.mark.parametrize("name", CANDIDATES)
def test_candidate(name: str) -> None:
    text, mid = CANDIDATES[name]
    (find,) = find_descriptions(text)
    assert (find.kind, find.text, find.mid) == (Kind.CANDIDATE, CANDIDATE, mid)


def test_bare_value_of_a_candidate() -> None:
    (find,) = find_descriptions(json.dumps({"local-candidates": [CANDIDATE.removeprefix("candidate:")]}))
    assert (find.kind, find.text) == (Kind.CANDIDATE, CANDIDATE.removeprefix("candidate:"))


def test_end_of_candidates() -> None:
    (find,) = find_descriptions('{"candidate":"","sdpMid":"0","sdpMLineIndex":0}')
    assert (find.kind, find.text, find.mid, find.m_line_index) == (Kind.CANDIDATE, "", "0", 0)


def test_fragment() -> None:
    text = f"a=ice-ufrag:h3Kp\r\na=ice-pwd:{'a' * 24}\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na={CANDIDATE}\r\n"
    (find,) = find_descriptions(
        f"PATCH /whip/1 HTTP/1.1\r\nContent-Type: application/trickle-ice-sdpfrag\r\n\r\n{text}"
    )
    assert (find.kind, find.text, find.read_as) == (Kind.FRAGMENT, text, ("HTTP PATCH",))


def test_several_descriptions() -> None:
    finds = find_descriptions(f"Offer:\n{LF}\nAnswer:\n{ANSWER}")
    assert [(find.type, find.text, find.line) for find in finds] == [("offer", LF, 2), ("answer", ANSWER, 22)]
    assert [find.offset for find in finds] == [7, 7 + len(LF) + 9]


def texts(finds: tuple[Find, ...]) -> list[str]:
    return [find.text for find in finds]


@pytest.mark.parametrize(
    "line",
    [
        "a=x-0000:a=path",
        "a=candidate:0 1 udp 1 192.0.2.1 0 typ host network-cost 10 0 a=cat",
        "a=x-0 a=path",
        "a=x-0000:a=tool 0",
        "a=x-0000:\xad a=tool",
    ],
)
def test_what_may_well_be_one_line_stays_one(line: str) -> None:
    text = f"v=0\r\no=0 0 0 IN IP4 192.0.2.1\r\ns=0\r\nt=0 0\r\n{line}\r\na=x-1:1\r\n"
    assert texts(find_descriptions(json.dumps({"sdp": text}))) == [text]


@pytest.mark.parametrize("name", EXACT)
@given(text=strategies.descriptions())
def test_every_character_comes_back(name: str, text: str) -> None:
    assert texts(find_descriptions(EXACT[name](text))) == [text]


# What looks like a part of the shape itself, and cannot be told from it where nothing is escaped.
_SIGNS = set('\\"`↵⏎␤¶^\v\f\x85\u2028\u2029')


@pytest.mark.parametrize("name", BY_LINE)
@given(text=strategies.descriptions())
def test_every_line_comes_back(name: str, text: str) -> None:
    assume(not _SIGNS & set(text))
    (found,) = texts(find_descriptions(BY_LINE[name](text)))
    assert [line for line in found.replace("\r\n", "\n").split("\n") if line] == text.split("\r\n")[:-1]


# Shapes in which anything is found, not only what can be told from ordinary words.
_AROUND: tuple[str, ...] = (
    "JSON",
    "JSON in JSON",
    "JSON twice",
    "JSON string",
    "JSON in a log",
    "base64",
    "wrapped base64",
    "base64url",
)
_AROUND += ("zlib", "gzip", "packed", "packed with its type", "webrtc-internals", "HAR", "rtcstats")


@given(st.sampled_from(sorted(EXACT)), st.sampled_from(_AROUND), st.sampled_from(_AROUND))
def test_shapes_in_shapes(inner: str, outer: str, outermost: str) -> None:
    assert texts(find_descriptions(EXACT[outermost](EXACT[outer](EXACT[inner](OFFER))))) == [OFFER]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "v=0",
        "v=0\nx=1\n",
        "int v=0;\nint o=1;\n",
        "kubectl --v=0 get pods\nthe next line\n",
        "https://example.com/collect?v=0&t=pageview",
        "candidate: Jane Doe, 1 year, typ unknown",
        'print(f"a=candidate:{foundation} 1 udp {priority} {ip} {port} typ host")',
        'lines.append(f"a=ice-ufrag:{ufrag}")\nlines.append(f"a=ice-pwd:{pwd}")\n',
        "m=audio in the text, and a=b, c=d\n",
        json.dumps({"v": "0", "sdp": "", "candidate": None}),
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
    ],
)
def test_what_is_no_description(text: str) -> None:
    assert find_descriptions(text) == ()


@pytest.mark.parametrize(
    "path", ["LICENSE", "pyproject.toml", "fixtures/README.md", "sdpkit/ice/address.py", "tests/guest.sh"]
)
def test_no_false_finds_in_ordinary_files(path: str) -> None:
    assert find_descriptions((FIXTURES.parent / path).read_bytes()) == ()


@given(st.text() | st.binary() | strategies.broken_texts())
def test_nothing_fails(blob: str | bytes) -> None:
    for find in find_descriptions(blob):
        assert isinstance(find.text, str)


@pytest.mark.parametrize(
    ("bomb", "code"),
    [
        (gzip.compress(bytes(20_000_000)), "SYN025"),
        (b64encode(zlib.compress(bytes(20_000_000))), "SYN025"),
        (b"[" * 100_000 + b'"v=0"', "INT002"),
        (b'{"a":' * 300 + b'"v=0"' + b"}" * 300, "INT002"),
    ],
)
def test_bombs_are_refused(bomb: bytes, code: str) -> None:
    with pytest.raises(SDPError) as error:
        find_descriptions(bomb)
    assert error.value.findings[0].code == code


def test_endless_nesting_is_refused() -> None:
    text = OFFER
    for _ in range(14):
        text = b64encode(zlib.compress(text.encode())).decode()
    with pytest.raises(SDPError, match="nested too deeply"):
        find_descriptions(text)


@pytest.mark.parametrize(
    "text",
    [
        "m=audio 9 " * 2_000,
        '"v=0\\r\\n' * 1_000,
        "a=candidate:1 1 udp 1 192.0.2.1 1 typ host " * 8_000,
        ("x" * 1_000 + " v=0 ") * 1_000,
    ],
)
def test_what_is_nearly_something_is_not_read_again_and_again(text: str) -> None:
    find_descriptions(text)


def test_lines_that_make_no_description_are_tried_a_few_times_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    monkeypatch.setattr(lines, "describe", lambda rows, source: tried.append(len(rows)))
    assert len(find_descriptions(f"a={CANDIDATE} \n" * 1_000)) == 1_000
    assert 1_000 <= sum(tried) <= 5_000


def test_false_starts_hide_no_description() -> None:
    (found,) = texts(find_descriptions(f"{'m=audio is what it says' * 9}\n" * 50 + "v=0 and so on\n" * 50 + OFFER))
    assert found == OFFER


def test_a_long_text_is_not_held() -> None:
    noise = b"12:00:01 INFO nothing to see here v=0.1\n" * 25_000
    lines = b"".join(b"12:00:02 INFO " + line.encode() + b"\n" for line in OFFER.splitlines())
    chunks = [*[noise] * 6, lines, *[noise] * 5]
    tracemalloc.start()
    (find,) = find_in_stream(chunks)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (find.text, find.line) == (LF, 6 * 25_000 + 1)
    assert peak < 80_000_000
