"""Lines on their way to a description, and how well a text does as a line of SDP."""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from sdpkit.ice.candidate import Candidate
from sdpkit.sdp.attributes import ATTRIBUTES
from sdpkit.sdp.attributes.streams import Extmap
from sdpkit.sdp.decoding import decode, key_of
from sdpkit.sdp.fields import MEDIA_ORDER, SESSION_ORDER, Media
from sdpkit.sdp.lines import Line

LETTERS = f"{SESSION_ORDER}m"
_TYPED = re.compile(r"[A-Za-z]=")
_ODD_WORDS = re.compile(r"a=fmtp:[^ ]+ .*[^;,] |a=(?:msid:|ssrc:[0-9]+ msid:)[^ ]+$")
_LONGEST_KNOWN = 1024  # characters of a line of which the cost is remembered
FINE, ODD, UNKNOWN, FAULTY = 0, 1, 3, 6
"""What `cost` says of a line: nothing to say against it; unusual; an attribute nobody knows; it cannot be read."""


class Row(NamedTuple):
    """A line as it was found: its number from 1 in what was found, its text, its line end."""

    number: int
    text: str
    ending: str


def is_typed(text: str) -> bool:
    """Whether a line begins as all lines of SDP do: with a letter and an equals sign."""
    return _TYPED.match(text) is not None


def cost(text: str) -> int:
    """How little a text looks like a line of SDP.

    >>> [cost(text) for text in ("a=mid:0", "a=x-y:0", "a=mid:0 a=sendrecv", "and so on")]
    [0, 3, 6, 6]
    """
    return _known_cost(text) if len(text) < _LONGEST_KNOWN else _cost(text)


def _cost(text: str) -> int:
    line = Line(1, 0, text, "")
    value = decode(line)
    if text[:1] not in LETTERS or value is None or line.faults:
        return FAULTY
    if text[0] == "a" and key_of(line)[2:] not in ATTRIBUTES:
        return UNKNOWN
    return ODD if _is_odd(text, value) else FINE


_known_cost = lru_cache(maxsize=4096)(_cost)


def _is_odd(text: str, value: Any) -> bool:
    """Whether a value is legal, but such as hardly any program writes it: words too many or too few."""
    match value:
        case Candidate():
            return bool(value.extensions or value.order)
        case Media():
            payload_types = value.formats if "RTP" in value.protocol else ()
            return not all(name.isdecimal() and int(name) < 128 for name in payload_types)
        case Extmap():
            return bool(value.attributes)
    return _ODD_WORDS.match(text) is not None


def follows(before: str, after: str) -> bool:
    """Whether a line of type `after` may stand behind one of type `before` (RFC 8866 §9).

    >>> follows("s", "t"), follows("a", "m"), follows("a", "c")
    (True, True, False)
    """
    return after in _FOLLOWERS.get(before, "")


def _followers(letter: str) -> str:
    """The types that may stand behind a letter, at the session level or in an m-section."""
    session = SESSION_ORDER[SESSION_ORDER.index(letter) :] if letter != "m" else ""
    media = MEDIA_ORDER[MEDIA_ORDER.index(letter) :] if letter in MEDIA_ORDER else ""
    repeated = {"v": 1, "o": 1, "s": 1}.get(letter, 0)
    return "".join({*session[repeated:], *media, "m", *("t" if letter in "rz" else "")})


_FOLLOWERS = {letter: _followers(letter) for letter in LETTERS}
