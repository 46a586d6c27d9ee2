"""The shapes that descriptions are wrapped in, as functions from text to text: what the search has to undo."""

import gzip
import json
import zlib
from base64 import b64encode, encodebytes, urlsafe_b64encode
from collections.abc import Callable
from html import escape
from urllib.parse import quote

from sdpkit.intake import pack

Wrap = Callable[[str], str]


def _lines(text: str, line: Callable[[int, str], str]) -> str:
    """Each line in its own wrapping."""
    return "".join(line(number, one) for number, one in enumerate(text.removesuffix("\r\n").split("\r\n")))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', '\\"')


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


def _raw_deflate(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"))[2:-4]


def _bytes(text: str) -> bytes:
    return text.encode()


EXACT: dict[str, Wrap] = {
    "JSON": lambda text: json.dumps({"type": "offer", "sdp": text}),
    "JSON in JSON": lambda text: json.dumps({"from": "a", "data": {"jsep": {"type": "offer", "sdp": text}}}),
    "JSON twice": lambda text: json.dumps({"offerSDP": json.dumps({"sdp": text}, ensure_ascii=False)}),
    "JSON string": json.dumps,
    "base64": lambda text: _base64(_bytes(text)),
    "wrapped base64": lambda text: encodebytes(_bytes(text)).decode(),
    "base64url": lambda text: urlsafe_b64encode(_bytes(text)).decode().rstrip("="),
    "zlib": lambda text: _base64(zlib.compress(_bytes(text))),
    "deflate": lambda text: _base64(_raw_deflate(text)),
    "gzip": lambda text: _base64(gzip.compress(_bytes(text), mtime=0)),
    "percent": lambda text: quote(text, safe=""),
    "address": lambda text: f"https://call.example/#sdp={quote(text, safe='')}&type=offer",
    "packed": pack,
    "packed with its type": lambda text: pack(text, "offer"),
    "JavaScript": lambda text: f"pc.setRemoteDescription({{type: 'offer', sdp: \"{_quoted(text)}\"}});\n",
    "Python": lambda text: f"RTCSessionDescription(sdp={text!r}, type='offer')\n",
    "shell": lambda text: "curl --data-raw $'" + _escaped(text).replace("'", "\\'") + "' https://whip.example/\n",
    "escaped": lambda text: f"got {_escaped(text)}",
    "JSON in a log": lambda text: f"12:00:01 INFO < {json.dumps({'type': 'offer', 'sdp': text})}\n12:00:02 INFO done\n",
    "concatenation": lambda text: (
        "sdp = " + " +\n  ".join(f'"{_quoted(line)}\\r\\n"' for line in text.removesuffix("\r\n").split("\r\n"))
    ),
    "array of lines": lambda text: json.dumps({"offer": {"side": "local", "sdp": text.split("\r\n")[:-1]}}),
    "Docker log": lambda text: _lines(text, lambda _, line: json.dumps({"log": f"{line}\r\n"}) + "\n"),
    "webrtc-internals": lambda text: json.dumps(
        {
            "PeerConnections": {
                "3-1": {"updateLog": [{"type": "setLocalDescription", "value": json.dumps({"sdp": text})}]}
            }
        }
    ),
    "HAR": lambda text: json.dumps(
        {"log": {"entries": [{"request": {"method": "POST", "url": "https://x/", "postData": {"text": text}}}]}}
    ),
    "rtcstats": lambda text: f"RTCStatsDump\n{{}}\n{json.dumps([8, 'PC_0', {'type': 'offer', 'sdp': text}, 1])}\n",
}
"""Shapes that keep every character."""

BY_LINE: dict[str, Wrap] = {
    "quoted mail": lambda text: _lines(text, lambda _, line: f"> {line}\n"),
    "indented": lambda text: _lines(text, lambda _, line: f"    {line}\n"),
    "list": lambda text: _lines(text, lambda _, line: f"- {line}\n"),
    "numbered": lambda text: _lines(text, lambda number, line: f"{number + 1}. {line}\n"),
    "comment": lambda text: _lines(text, lambda _, line: f"// {line}\n"),
    "log": lambda text: _lines(
        text, lambda number, line: f"2025-03-19 14:47:{number % 60:02}.{number} [main] {line}\n"
    ),
    "docker and log": lambda text: _lines(
        text, lambda number, line: f"web_1  | 2025-03-19T14:47:10.{number}Z  {line}\n"
    ),
    "Markdown": lambda text: (
        f"# Calls\n\nThe offer:\n\n```sdp\n{_lines(text, lambda _, line: line + chr(10))}```\n\nMore.\n"
    ),
    "template string": lambda text: (
        f"const sdp = String.raw`\n{_lines(text, lambda _, line: f'  {line}' + chr(10))}`;\n"
    ),
    "devtools": lambda text: 'sdp: "' + "\n↵".join(text.split("\r\n")) + '"\n',
    "page": lambda text: "<p>" + _lines(escape(text), lambda _, line: f"{line}<br>") + "</p>",
}
"""Shapes that keep the lines, but not how these end."""
