"""Where in a text a description may be: the few characters that it, or what it is wrapped in, must contain."""

import re
from collections.abc import Iterator
from heapq import heapify, heappop, heapreplace

VERSION = "v=0"
CANDIDATE = "candidate:"
KEYS = ('"sdp"', '"candidate"')
"""The fields of an RTCSessionDescription and an RTCIceCandidateInit, in JSON."""
CANDIDATE_TYPE = " typ "
FRAGMENT = ("a=ice-ufrag:", "m=audio ", "m=video ", "m=application ")
PERCENT = ("v%3D0", "v%3d0", "v%253D0")
PACKED = "sdpk1."
BASE64 = ("eyJ", "dj0w", "H4sI", "eJ", "eN")
"""How base64 begins of: an object in JSON, v=0, gzip, zlib at its default level, and at its best."""

SHORTEST_BASE64 = 40  # characters in which a description or a candidate could be
_LONG_BASE64 = re.compile(rf"(?:[A-Za-z0-9+/_-]|%2[BbFf]){{{SHORTEST_BASE64}}}")
# What must follow to make a mark one: some of them are pieces of ordinary words, too.
_CONDITIONS = {
    **dict.fromkeys((VERSION, CANDIDATE, *KEYS, *FRAGMENT, *PERCENT, PACKED)),
    CANDIDATE_TYPE: re.compile(" typ (?:host|srflx|prflx|relay)"),
    **dict.fromkeys(BASE64, _LONG_BASE64),
}
_BASE64_LINES = re.compile(r"\s*+(?:[A-Za-z0-9+/_-]{40,}+={0,2}+(?:\s++|\Z))*+(?:[A-Za-z0-9+/_-]++={0,2}+\s*+)?+")


def find(text: str) -> Iterator[tuple[int, str]]:
    """All marks in a text with their offsets, in the order of these."""
    waiting = [(place, mark) for mark in _CONDITIONS if (place := _next(text, mark, 0)) >= 0]
    heapify(waiting)
    while waiting:
        place, mark = waiting[0]
        yield place, mark
        following = _next(text, mark, place + len(mark))
        if following >= 0:
            heapreplace(waiting, (following, mark))
        else:
            heappop(waiting)


def _next(text: str, mark: str, start: int) -> int:
    """Where a mark stands next; -1 for nowhere."""
    condition = _CONDITIONS[mark]
    place = text.find(mark, start)
    while condition and place >= 0 and not condition.match(text, place):
        place = text.find(mark, place + 1)
    return place


def is_base64(text: str) -> bool:
    """Whether a text is base64 and nothing else."""
    return len(text) >= SHORTEST_BASE64 and _BASE64_LINES.fullmatch(text) is not None


def is_promising(text: str) -> bool:
    """Whether a text may hold any description or candidate."""
    return any(_next(text, mark, 0) >= 0 for mark in _CONDITIONS) or is_base64(text)
