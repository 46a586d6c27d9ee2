"""What stands around a description and says what it is: headers of SIP, RTSP and HTTP, `type: offer` and the like."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sdpkit.intake.prefixes import Prefix

_START_LINE = re.compile(
    r"(?P<request>(?P<method>[A-Z][A-Z_]{2,19}) (?P<target>\S{1,2000}) (?P<protocol>SIP|RTSP|HTTP)/[0-9.]{1,3})\s*$"
    r"|(?P<reply>(?P<spoken>SIP|RTSP|HTTP)/[0-9.]{1,3} (?P<status>[1-6][0-9]{2})\b.{0,200})"
)
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}[ \t]{0,4}:|--|[ \t]")
_MOST_HEADERS = 120
_LONGEST = 2400  # characters of a line of which the start line may be the end
_TYPE = r"(?P<type>offer|answer|pranswer)"
_SAID_BEFORE = re.compile(
    rf"""(?:type|kind)["']?\s*[:=]\s*["']?{_TYPE}["']?\s*[,;&]?\s*["']?(?:sdp|description)?["']?\s*[:=]?\s*["'“`]?$"""
    rf"""|\b{_TYPE.replace("type", "word")}\b[^A-Za-z0-9]{{0,8}}(?:sdp|description)?[^A-Za-z0-9]{{0,8}}$""",
    re.IGNORECASE,
)
_SAID_BEHIND = re.compile(rf"""["'`”]?\s*,\s*["']?(?:type|kind)["']?\s*[:=]\s*["']?{_TYPE}\b""", re.IGNORECASE)

_MID = re.compile(r"""sdpMid["']?\s*[:=]\s*["']?([^"',\s}]{1,64})""")


class Message(NamedTuple):
    """The message that a description is the body of: its name, and the type that its protocol gives the body."""

    name: str
    type: str | None


def said_type(before: str, behind: str) -> str | None:
    """The type that is said right before a description or right behind it; None where nothing is.

    >>> said_type("type: answer, sdp: ", ""), said_type("sdp='", "', type='offer')"), said_type("Offers", "")
    ('answer', 'offer', None)
    """
    found = _SAID_BEFORE.search(before[-200:])
    if found:
        return str(found["type"] or found["word"]).lower()
    found = _SAID_BEHIND.match(behind[:200])
    return found["type"].lower() if found else None


def said_mid(near: str) -> str | None:
    """The mid that is said of a candidate, in a text that stands near it.

    >>> said_mid('", "sdpMid": "audio", "sdpMLineIndex": 0}')
    'audio'
    """
    found = _MID.search(near)
    return found[1] if found else None


def message_above(text: str, start: int, prefix: Prefix) -> Message | None:
    """The message whose body begins at `start`, which is the start of a line; None where no headers stand above it."""
    described = False
    for line in _lines_above(text, start, prefix):
        found = _START_LINE.search(line[-_LONGEST:])
        if found:
            return _message(found)
        described = described or "application/sdp" in line
        bare = line.lstrip("<> *")  # as curl -v shows what goes out and comes in
        if bare and not _HEADER.match(bare):
            break
    return Message("message body", None) if described else None


def _lines_above(text: str, start: int, prefix: Prefix) -> Iterator[str]:
    """The lines before a place, the nearest first, without their prefix."""
    for _ in range(_MOST_HEADERS):
        if start == 0:
            return
        end = start
        start = max(text.rfind("\n", 0, end - 1), text.rfind("\r", 0, max(0, end - 2))) + 1
        line = text[start:end].rstrip("\r\n")
        stripped = prefix.strip(line)
        yield line if stripped is None else stripped


def _message(found: re.Match[str]) -> Message:
    """What a start line says. INVITE has an offer in its body (RFC 3261 §13.2.1), and so has WHIP's POST (RFC 9725)."""
    if found["method"]:
        name = f"{found['protocol']} {found['method']}"
        return Message(name, "offer" if name in ("SIP INVITE", "HTTP POST") else None)
    name = f"{found['spoken']} {found['status']}"
    return Message(name, "answer" if name == "HTTP 201" else None)
