"""What browsers report in dumps besides descriptions and candidates: states that change, and calls that fail."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from sdpkit.intake.dumps import HEADS, decode_internals

# Events of webrtc-internals and rtcstats, in whichever generation. Other states have "(legacy)" behind their names.
_TOLD = re.compile(
    r"(?:on)?(?:signaling|icegathering|iceconnection|connection)statechange|\w+OnFailure|\w+Failed"
    r"|(?:on)?icecandidateerror|close",
    re.IGNORECASE,
).fullmatch
_SET = ("setLocalDescription", "setRemoteDescription")
# The methods that numbers stand for in an rtcstats dump.
_METHODS = {
    6: "setLocalDescription",
    8: "setRemoteDescription",
    12: "createOfferOnFailure",
    13: "createAnswerOnFailure",
    14: "setLocalDescriptionOnFailure",
    15: "setRemoteDescriptionOnFailure",
    16: "addIceCandidateOnFailure",
    21: "onicecandidateerror",
    23: "onsignalingstatechange",
    24: "oniceconnectionstatechange",
    25: "onconnectionstatechange",
    26: "onicegatheringstatechange",
    36: "close",
}
_METHOD = re.compile(r'\[\s*(?:"(?P<name>[^"\\]+)"|(?P<number>[0-9]{1,3}))\s*,')
_PASSED = re.compile(r",\s*([0-9]{1,15}(?:\.[0-9]{1,20})?(?:[eE][+-]?[0-9]{1,2})?)\s*\]\s*$")
_LAST = 50  # characters in which the time of a line stands


class Told(NamedTuple):
    """A notice: its place in the log of its peer connection, its name there, what it says, and when, in ms."""

    place: int
    event: str
    what: str
    time: float | None


def notices(data: bytes) -> Mapping[str | None, list[Told]]:
    """The notices in a dump of webrtc-internals or rtcstats, by peer connections; none in anything else."""
    is_rtcstats = data[:20].decode("latin-1").startswith(HEADS)
    told: dict[str | None, list[Told]] = defaultdict(list)
    for name, each in _in_rtcstats(data) if is_rtcstats else _in_internals(data):
        told[name].append(each)
    return told


def _in_internals(data: bytes) -> Iterator[tuple[str, Told]]:
    """The notices in a webrtc-internals dump. Before M138 their times are words, of which nothing is made here."""
    dump = decode_internals(data) if b'"PeerConnections"' in data else None
    for name, connection in dump.connections.items() if dump else ():
        for place, entry in enumerate(connection.log):
            what = _told(entry.type, entry.value)
            if what is not None:
                time = entry.timestamp if isinstance(entry.timestamp, float) else None
                yield name, Told(place, entry.type, what, time)


def _in_rtcstats(data: bytes) -> Iterator[tuple[str | None, Told]]:
    """The notices in an rtcstats dump, of which each line says how many ms passed since the one before."""
    time = 0.0
    for place, line in enumerate(data.decode("utf-8", "surrogateescape").split("\n"), 1):
        method, passed = _METHOD.match(line), _PASSED.search(line[-_LAST:])
        if method is None or passed is None:
            continue
        time += float(passed[1])
        event = method["name"] or _METHODS.get(int(method["number"]), "")
        if not _is_told(event):
            continue
        try:
            match json.loads(line):
                case [_, str() | None as name, value, *_] if (what := _told(event, value)) is not None:
                    yield name, Told(place, event, what, time)
        except (ValueError, RecursionError):
            continue


def _is_told(event: str) -> bool:
    return event in _SET or _TOLD(event) is not None


def _told(event: str, value: Any) -> str | None:
    """What an entry of a log says; None where it is no notice."""
    if not _is_told(event):
        return None
    with suppress(ValueError, RecursionError, TypeError):  # mere text, or a value that is none in a string
        value = json.loads(value)
    if event not in _SET:
        return _in_words(value)
    is_rollback = value.get("type") == "rollback" if isinstance(value, dict) else value == "type: rollback, sdp: "
    return "rollback" if is_rollback else None


def _in_words(value: Any) -> str:
    match value:
        case dict():
            return ", ".join(f"{name}: {part}" for name, part in value.items() if part not in ("", None))
        case list():
            return " ".join(map(str, value))
        case _:
            return "" if value is None else str(value)
