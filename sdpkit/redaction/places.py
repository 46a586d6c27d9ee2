"""Where private values stand in a line. To find another, add it to `_VALUES`."""

import ipaddress
import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from sdpkit.redaction.addresses import Address, Hardware
from sdpkit.redaction.kinds import Fingerprint, Foundation, Kind, Number, Port, Secret, Session, Text, User, Word
from sdpkit.sdp.attributes import ATTRIBUTES
from sdpkit.sdp.fields import MEDIA_ORDER, SESSION_ORDER

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Address("address", "addresses"),
        Foundation("foundation", "foundations"),
        Hardware("hardware", "addresses"),
        Port("port", "ports"),
        Secret("ufrag", "credentials"),
        Secret("pwd", "credentials"),
        Secret("key", "keys"),
        Fingerprint("fingerprint", "fingerprints"),
        Word("association", "fingerprints"),
        Secret("assertion", "fingerprints"),
        Number("ssrc", "ssrc"),
        Word("cname", "streams"),
        Word("stream", "streams"),
        Word("label", "streams"),
        Session("session", "session"),
        User("user", "names", "user{}"),
        Text("mail", "names", "user{}@example.com"),
        Text("title", "names", "title {}"),
        Text("path", "names", "path{}"),
        Word("phone", "names"),
        Word("id", "names"),
    )
}
"""The kinds of private values by their names, which the expressions below have as those of their groups."""

CATEGORIES = tuple(dict.fromkeys(kind.category for kind in KINDS.values()))
"""What can be kept."""

_NETWORK_ADDRESS = r"IN\s+IP[46*]\s+(?P<address>[^\s/]+)"
_URI = (
    r"(?<![A-Za-z0-9+./-])[A-Za-z][A-Za-z0-9+.-]{0,20}:(?P<mail>[^\s/@:]+@[^\s/;:]+)"
    r"|(?<=//)(?:(?P<user>[^\s/@]+)@)?(?P<address>\[[^\]\s]*\]|[^\s/:?#;\[]+)(?::(?P<port>[0-9]{1,9}))?"
    r"(?:[/?#](?P<path>[^\s;]+))?"
)
_TITLE = r"(?P<title>\S.*)"
_MAIL = r"(?P<mail>[^\s<>()@]+@[^\s<>()@]+)"
_NAME = r"(?P<title>[^\s<>()@](?:[^<>()@]*[^\s<>()@])?)"  # of a person, next to a mail address or a telephone number
_WORD = r"(?P<{}>[^\s=]+)".format  # without =, so that no stand-in looks like the beginning of a line
# What is private in the value of a line, by the line's type or attribute. Lines may be broken, so each expression is
# searched for in the value, again and again; what a match has outside its groups is passed over.
_VALUES = {
    "o=": (
        r"^(?P<user>\S*)\s+(?:(?P<session>[0-9]{1,99}\s+[0-9]{1,99})(?=\s|$)|(?P<id>\S*[0-9]\S*))|^(?P<user_2>\S+)"
        rf"|{_NETWORK_ADDRESS}"
    ),
    "s=": _TITLE,
    "i=": _TITLE,
    "u=": _URI,
    "e=": rf"{_MAIL}|{_NAME}",
    "p=": rf"{_MAIL}|(?P<phone>\+?[0-9][0-9 -]*[0-9])|{_NAME}",
    "c=": _NETWORK_ADDRESS,
    "k=": r"^prompt$|^uri:(?P<path>.+)|^[a-z0-9]+:(?P<key>.+)|^(?P<key_2>.+)",
    "m=": r"^\s*\S+\s+(?P<port>[0-9]{1,9})\b",
    "a=candidate": (
        r"(?:^\s*(?:[HSR](?=[0-9a-f]{1,8}\s))?(?P<foundation>\S+)|^)\s+\S+\s+[A-Za-z]\S*\s+\S+"
        r"(?:\s+(?P<address>(?![0-9]+(?:\s|$))\S+)(?:\s+(?P<port>[0-9]{1,9})(?!\S))?)?"
        r"|\braddr\s+(?P<address_2>\S+)|\brport\s+(?P<port_2>[0-9]{1,9})\b|\bufrag\s+(?P<ufrag>\S+)"
        r"|\bfingerprint \S+ (?P<fingerprint>\S+)|\busernameFragment\W{1,5}(?P<ufrag_2>[A-Za-z0-9+/]+)"
    ),
    "a=remote-candidates": r"[0-9]+\s+(?P<address>\S+)\s+(?P<port>[0-9]{1,9})",
    "a=altc": r"IP[46]\s+(?P<address>\S+)(?:\s+(?P<port>[0-9]{1,9}))?",
    "a=rtcp": rf"^(?P<port>[0-9]{{1,9}})|{_NETWORK_ADDRESS}",
    "a=multicast-rtcp": r"^(?P<port>[0-9]{1,9})",
    "a=ccap": rf"{_NETWORK_ADDRESS}(?:\s+(?P<port>[0-9]{{1,9}}))?",
    "a=source-filter": r"IN\s+(?:IP[46]|\*)\s+(?P<address>\S+)|(?<= )(?!incl |excl )(?P<address_2>\S+)",
    "a=ts-refclk": r"ntp=(?P<address>[^\s/:]+)",
    "a=ice-ufrag": _WORD("ufrag"),
    "a=ice-pwd": _WORD("pwd"),
    "a=fingerprint": r"^\s*\S+\s+(?P<fingerprint>\S.*)|(?P<fingerprint_2>[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2})+)",
    "a=psk-fingerprint": r"^\s*\S+\s+(?P<fingerprint>\S.*)",
    "a=zrtp-hash": r"^\S+\s+(?P<fingerprint>\S+)",
    "a=tls-id": _WORD("association"),
    "a=identity": r"^(?P<assertion>\S+)",
    "a=crypto": r"inline:(?P<key>[^|;\s]+)|(?<![^\s:;])(?P<key_2>(?=[A-Z0-9/+]*[a-z])[A-Za-z0-9/+]{16,}={0,2})",
    "a=key-mgmt": r"^\s*\S+\s+(?P<key>\S+)",
    "a=ssrc": (
        r"^(?P<ssrc>[0-9]{1,99})|\bmsid:(?P<stream>\S+)(?: (?P<stream_2>\S+))?|\bcname:(?P<cname>.+)"
        r"|\b(?:mslabel|label):(?P<stream_3>.+)|\bprevious-ssrc:(?P<ssrc_2>[0-9]{1,99})"
    ),
    "a=ssrc-group": r"^\S+|(?P<ssrc>[0-9]{1,99})",
    "a=msid": _WORD("stream"),
    "a=msid-semantic": rf"^\s*\S+|{_WORD('stream')}",
    "a=label": _WORD("label"),
    "a=floorid": rf"^\S+\s+\w[\w-]*:|^\S+|{_WORD('label')}",
    "a=confid": _WORD("id"),
    "a=userid": _WORD("id"),
    "a=channel": r"^(?P<id>[^\s@]+)@",
    "a=dcmap": r'label="(?P<title>[^"]+)',
    "a=file-selector": r'name:"(?P<title>[^"]+)|hash:[^\s:]+:(?P<fingerprint>[0-9A-Fa-f:]+)',
    "a=file-transfer-id": _WORD("id"),
    "a=etag": _WORD("id"),
    "a=mtag": _WORD("id"),
    "a=keywds": _TITLE,
    "a=icap": r"^[0-9]+\s+(?P<title>.+)",
    "a=control": _URI,
    "a=path": _URI,
    "a=acap": r"^[0-9]+\s+(?P<attribute>.+)",
    "a=dcsa": r"^[0-9]+\s+(?P<attribute>.+)",
}
# What is private wherever it stands: addresses. A name is one where it says so.
_ANYWHERE = (
    r"(?<![\w-])(?P<hardware>[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}(?:(?:-[0-9A-Fa-f]{2}){2})?)(?![\w-])"
    r"|(?<![\w:])(?P<hardware_2>[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}(?:(?::[0-9A-Fa-f]{2}){2})?)(?![\w:])"
    r"|(?<![\w.])(?P<ip>(?:[0-9]{1,3}\.){3}[0-9]{1,3})(?!\w|\.\w)"
    r"|(?<![\w:.])(?P<ip_2>(?=[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f:]{2,39}(?:[0-9.]{7,15})?)(?![\w:])"
    r"|(?<![\w.-])(?P<address>[\w.-]{1,255}\.local)(?![\w-])"
    rf"|{_NETWORK_ADDRESS.replace('address', 'address_2')}"
    r"|(?<![\w.+%-])(?P<mail>[\w.+%-]{1,64}@[\w-][\w.-]{0,253}\w)"
)
# What is private in text of which nothing is known.
_IN_UNKNOWN = (
    r"(?<![\w-])(?P<stream>\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?)(?![\w-]|\.local)"
    r"|(?<![\w:])(?P<fingerprint>[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){8,})(?![\w:])"
    r"|(?<=://)(?:(?P<user>[^\s/@\"]{1,128})@)?(?P<address_3>[A-Za-z][\w.-]*)"
    r"|\busernameFragment\W{1,5}(?P<ufrag>[A-Za-z0-9+/]+)"
    r"|inline:(?P<key>[^|;\s\"\\]+)"
    rf"|{_ANYWHERE}"
)
# A line; word processors and input methods put other characters for - and =.
_LINE = re.compile(
    r"""[\s>|"']*(?:a[ \t]*[=\uff1d][ \t]*(?P<name>[^\s:=]{1,40}(?=:)|[A-Za-z0-9.-]+)[ \t]*[:= ]?"""
    r"|(?P<type>[a-z])[ \t]*[=\uff1d]"
    r"|(?P<candidate>candidate):)",
    re.IGNORECASE,
)
# Where a line begins whose line break was lost; those that such a text has next to others; what is left of the break.
_BEGINNING = (
    r"v=0(?=[\s\\])|o=\S{1,64} [0-9]{1,20} |c=IN |t=[0-9]{1,20} [0-9]|m=[a-z]{4,11} [0-9]|b=[A-Z]{2,4}:"
    r"|a=[A-Za-z][A-Za-z0-9-]{1,30}|(?<!=)candidate:\S{1,40} [0-9]|(?<=\\[rn])[a-z]="
)
_LOST_BREAK = re.compile(_BEGINNING)
_ANY_LOST_BREAK = re.compile(rf"{_BEGINNING}|(?<=\s)[siuepk]=(?=\S)")
_LEFT_OF_BREAK = re.compile(r"""(?:\\[rn]|[\s"',])*(?:"[\s"',}\]]*)?""")
_LONGEST_LEFT = 16
_ATTRIBUTES = {name.lower() for name in ATTRIBUTES}
_CLOSE = 0.72
_LONGEST_NAME = 40


class Place(NamedTuple):
    """A private value in a line."""

    start: int
    end: int
    kind: Kind


class Reading(NamedTuple):
    """What was found in a line: private values, in their order, and the stretches of which nothing is known."""

    places: list[Place]
    unknown: list[tuple[int, int]]


def read(line: str) -> Reading:
    """The private values of a line.

    >>> line = "a=candidate:1 1 udp 2122260223 192.168.1.5 54321 typ host"
    >>> [(place.kind.name, line[place.start : place.end]) for place in read(line).places]
    [('foundation', '1'), ('address', '192.168.1.5'), ('port', '54321')]
    """
    reading = Reading([], [])
    for start, end in _pieces(line):
        _read_piece(line[start:end], start, reading)
    reading.places.sort(key=lambda place: place.start)
    return reading


def _pieces(line: str) -> Iterator[tuple[int, int]]:
    """The line, or the lines that it was made of before their breaks were lost, without what is left of the breaks."""
    starts = [found.start() for found in _LOST_BREAK.finditer(line) if found.start()]
    if starts:
        starts = [found.start() for found in _ANY_LOST_BREAK.finditer(line) if found.start()]
    for start, end in pairwise([0, *starts, len(line)]):
        least = max(start, end - _LONGEST_LEFT)
        yield start, next(place for place in range(least, end + 1) if _LEFT_OF_BREAK.fullmatch(line, place, end))


def _read_piece(text: str, offset: int, reading: Reading) -> None:
    """Adds what one line holds, which stands `offset` characters from the start of the whole text."""
    beginning = _LINE.match(text)
    key = None if beginning is None else _key(beginning)
    done = 0 if beginning is None else beginning.end()
    if key is None:  # what looks like a name may be something else
        _sweep(text, 0, done, offset, False, reading)
    for name, start, end in _values(key, text, done):
        _sweep(text, done, start, offset, key is None, reading)
        if name == "attribute":
            _read_piece("a=" + text[start:end], offset + start - len("a="), reading)
        else:
            reading.places.append(Place(offset + start, offset + end, KINDS[name]))
        done = end
    _sweep(text, done, len(text), offset, key is None, reading)


def _key(beginning: re.Match[str]) -> str | None:
    """What a line is about: `a=mid`, `c=`; an attribute may be misspelt. None for what nobody knows."""
    if beginning["candidate"]:
        return "a=candidate"
    if beginning["type"]:
        key = f"{beginning['type'].lower()}="
        return key if key[0] in SESSION_ORDER + MEDIA_ORDER else None
    name = beginning["name"].lower()
    return f"a={name}" if name in _ATTRIBUTES else _nearest(name)


@lru_cache(maxsize=256)
def _nearest(name: str) -> str | None:
    """The attribute that was probably meant, of those that have private values."""
    names = get_close_matches(name[:_LONGEST_NAME], [key[2:] for key in _VALUES if key[0] == "a"], 1, _CLOSE)
    return f"a={names[0]}" if names else None


def _values(key: str | None, text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """What is private in the value of a line, which begins at `start`."""
    for found in _expression(_VALUES[key]).finditer(text[start:]) if key in _VALUES else ():
        for name, first, end in _groups(found):
            yield name, start + first, start + end


def _sweep(text: str, start: int, end: int, offset: int, unknown: bool, reading: Reading) -> None:
    """Adds what is private in a stretch of text that has no place of its own in the grammar."""
    if unknown:
        reading.unknown.append((offset + start, offset + end))
    for found in _expression(_IN_UNKNOWN if unknown else _ANYWHERE).finditer(text, start, end):
        for name, first, last in _groups(found):
            if name != "ip" or _is_ip(text[first:last]):
                kind = KINDS["address" if name == "ip" else name]
                reading.places.append(Place(offset + first, offset + last, kind))


def _groups(found: re.Match[str]) -> list[tuple[str, int, int]]:
    """The groups of a match that hold something, in their order: name without its number, start, end."""
    spans = ((name.rstrip("_12345"), *found.span(name)) for name in found.re.groupindex)
    return sorted((span for span in spans if span[2] > span[1]), key=lambda span: span[1])


def _is_ip(text: str) -> bool:
    try:
        return bool(ipaddress.ip_address(text))
    except ValueError:
        return False


_expression = cache(re.compile)
