"""Where in a text a description may be: the few characters that it, or what it is wrapped in, must contain."""

import re
from collections.abc import Iterator
from heapq import heapify, heappop, heapreplace

VERSION = "v=0"
CANDIDATE = "candidate:"
CANDIDATE_KEY = '"candidate"'
CANDIDATE_TYPE = " typ "
FRAGMENT = ("a=ice-ufrag:", "m=audio ", "m=video ", "m=application ")
PERCENT = ("v%3D0", "v%3d0", "v%253D0")
PACKED = "sdpk1."
BASE64 = ("eyJ", "dj0w", "H4sI", "eJ", "eN")
"""How base64 begins of: an object in JSON, v=0, gzip, zlib at its default level, and at its best."""
_ALL = (VERSION, CANDIDATE, CANDIDATE_KEY, CANDIDATE_TYPE, *FRAGMENT, *PERCENT, PACKED, *BASE64)
_CHARACTERS = "[A-Za-z0-9+/_-]"
_ENCODED = re.compile(rf"\s*+(?:{_CHARACTERS}{{40,}}+={{0,2}}+[ \t]*+(?:\r\n|\n|\r)\s*+)*+{_CHARACTERS}++={{0,2}}+\s*+")
_SHORTEST = 40  # characters of base64 in which a description or a candidate could be


def find(text: str) -> Iterator[tuple[int, str]]:
    """All marks in a text with their offsets, in the order of these."""
    waiting = [(place, mark) for mark in _ALL if (place := text.find(mark)) >= 0]
    heapify(waiting)
    while waiting:
        place, mark = waiting[0]
        yield place, mark
        following = text.find(mark, place + len(mark))
        if following >= 0:
            heapreplace(waiting, (following, mark))
        else:
            heappop(waiting)


def is_base64(text: str) -> bool:
    """Whether a text is base64 and nothing else."""
    return len(text) >= _SHORTEST and _ENCODED.fullmatch(text) is not None


def is_promising(text: str) -> bool:
    """Whether a text may hold any description or candidate."""
    return any(mark in text for mark in _ALL) or is_base64(text)
