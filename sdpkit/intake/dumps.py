"""Recordings of what went on: webrtc-internals (Chromium), rtcstats, HAR.

Each reader gives the values that were exchanged, one by one, with what is known of them.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import msgspec

from sdpkit.intake.find import Certainty, Repair, Source, count, inside

Event = tuple[Any, Source]
"""A JSON value, and what is known of it."""


class _Entry(msgspec.Struct):
    """A call or an event. Since M138 it has its `timestamp` in ms since 1970, before that a `time` in local words."""

    type: str
    value: Any = None
    timestamp: float | str | None = None
    time: str | None = None


class _Connection(msgspec.Struct):
    log: list[_Entry] = msgspec.field(name="updateLog", default_factory=list)


class Internals(msgspec.Struct):
    """A webrtc-internals dump: its connections by process and number. The statistics, most of it, are passed over."""

    connections: dict[str, _Connection] = msgspec.field(name="PeerConnections")


def decode_internals(text: str | bytes) -> Internals | None:
    """The webrtc-internals dump in a text, or in its bytes; None when it is none."""
    with suppress(msgspec.MsgspecError, UnicodeError, RecursionError):
        return msgspec.json.decode(text, type=Internals)
    return None


def read_internals(dump: Internals, source: Source) -> Iterator[Event]:
    """The descriptions and candidates of a webrtc-internals dump, of any generation."""
    for name, connection in dump.connections.items():
        for place, entry in enumerate(connection.log):
            if isinstance(entry.value, str) and ("sdp" in entry.value or "candidate" in entry.value):
                yield (
                    _value_of(entry.value),
                    inside(
                        source,
                        "webrtc-internals dump",
                        f"{entry.type} of PC {name}",
                        path=f"{source.path}.PeerConnections[{json.dumps(name)}].updateLog[{place}].value",
                        time=_moment(entry),
                        peer_connection=name,
                        event=entry.type,
                    ),
                )


_DESCRIPTION = re.compile(r"type: ([a-z]+), sdp: (.*)", re.DOTALL)
_CANDIDATE = re.compile(r"sdpMid: ([^,]*), sdpMLineIndex: ([0-9]{1,9}), candidate: ([^,]*)")


def _value_of(text: str) -> Any:
    """A value: JSON in a string, or in dumps from before 2023 names and values in a row."""
    if found := _DESCRIPTION.fullmatch(text):
        return {"type": found[1], "sdp": found[2]}
    if found := _CANDIDATE.match(text):
        return {"sdpMid": found[1], "sdpMLineIndex": int(found[2]), "candidate": found[3]}
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _moment(entry: _Entry) -> float | None:
    """When it was, in ms since 1970. A `time` has no zone: it is taken as UTC."""
    if isinstance(entry.timestamp, float):
        return entry.timestamp
    said = (entry.time or str(entry.timestamp)).replace("\u202f", " ").partition(" (")[0]
    for format in ("%m/%d/%Y, %I:%M:%S %p", "%a %b %d %Y %H:%M:%S GMT%z", "%Y-%m-%dT%H:%M:%S.%f%z"):
        with suppress(ValueError, OverflowError):
            moment = datetime.strptime(said, format)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000
    return None


HEADS = ("RTCStatsDump\n", "RTCStatsDump\r\n")
"""The first line of an rtcstats dump."""
# The methods that numbers stand for in an rtcstats dump, as far as descriptions and candidates go.
_METHODS = {
    3: "createOfferOnSuccess",
    5: "createAnswerOnSuccess",
    6: "setLocalDescription",
    7: "setLocalDescriptionOnSuccess",
    8: "setRemoteDescription",
    10: "addIceCandidate",
    20: "onicecandidate",
}
# Which descriptions of the same type one may be written as a difference of, the most probable first.
_BASES = {
    "createOfferOnSuccess": ("local", "created"),
    "createAnswerOnSuccess": ("local", "created"),
    "setLocalDescription": ("created", "local"),
    "setLocalDescriptionOnSuccess": ("local",),
    "setRemoteDescription": ("remote",),
}
_BECOMES = {
    "createOfferOnSuccess": "created",
    "createAnswerOnSuccess": "created",
    "setLocalDescription": "local",
    "setLocalDescriptionOnSuccess": "local",
    "setRemoteDescription": "remote",
}
_SECTIONS = re.compile(r"\r?\n(?=m=)")


def read_rtcstats(lines: Iterable[str], source: Source) -> Iterator[Event]:
    """The descriptions and candidates of an rtcstats dump (file format 3), each description whole again.

    Behind the head and a line of metadata each line is an array: method, connection, value, more, and the ms since the
    line before. A section that is the same as in a description before is only `v=` or `m=` there.
    """
    histories: dict[str | None, _History] = {}
    time = 0.0
    for number, line in enumerate(lines, 1):
        event = _event(line)
        if event is None:
            continue
        method, name, value, passed = event
        time += passed
        if not isinstance(value, dict) or not ("sdp" in value or "candidate" in value):
            continue
        value, repairs = histories.setdefault(name, _History()).whole(method, value)
        known = {"line": source.line or number, "path": f"{source.path}[2]", "time": time}
        shapes = ("rtcstats dump", f"{method} of PC {name}")
        yield (value, inside(source, *shapes, **known, peer_connection=name, event=method, repairs=repairs))


def _event(line: str) -> tuple[str, str | None, Any, float] | None:
    """Method, connection, value and time of a line; None for a line that is no event."""
    try:
        match json.loads(line):
            case [method, str() | None as name, value, *_, int() | float() as passed]:
                return str(_METHODS.get(method, method) if isinstance(method, int) else method), name, value, passed
    except (ValueError, RecursionError):
        pass
    return None


class _History:
    """The descriptions of one connection so far, by what became of them and their type, as sections."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], list[str]] = {}
        self._gathered = False  # whether candidates came since, which the local description then has, too

    def whole(self, method: str, value: dict[str, Any]) -> tuple[dict[str, Any], tuple[Repair, ...]]:
        """A value with all its sections."""
        self._gathered |= method == "onicecandidate"
        text, type = value.get("sdp"), str(value.get("type"))
        if method not in _BASES or not isinstance(text, str):
            return value, ()
        sections = [section.strip() for section in _SECTIONS.split(text)]
        absent = [place for place, section in enumerate(sections) if section == ("m=" if place else "v=")]
        known = (self._known.get((base, type), []) for base in _BASES[method])
        base = next((base for base in known if base), [])
        missing = [place for place in absent if place >= len(base)]
        for place in set(absent) - set(missing):
            sections[place] = base[place]
        repairs = tuple(self._said(len(absent) - len(missing), len(missing), _BECOMES[method] != "remote"))
        self._known[_BECOMES[method], type] = sections
        self._gathered &= _BECOMES[method] != "local"
        return ({**value, "sdp": "\r\n".join(sections) + "\r\n"} if absent else value), repairs

    def _said(self, put_back: int, missing: int, local: bool) -> Iterator[Repair]:
        if put_back:
            since = " (candidates gathered since are not in them)" if local and self._gathered else ""
            certainty = Certainty.LIKELY if since else Certainty.CERTAIN
            yield Repair(f"put back {count(put_back, 'section')} from the description before{since}", certainty)
        if missing:
            yield Repair(f"{count(missing, 'section')} lost: no description before has them", Certainty.CERTAIN)


def is_har(value: Any) -> bool:
    """Whether JSON is a HAR: what a browser's network tab saves."""
    return isinstance(value, dict) and isinstance(value.get("log"), dict) and "entries" in value["log"]


def read_har(value: Any, source: Source) -> Iterator[Event]:
    """The bodies and WebSocket messages of a HAR (HAR 1.2 §entries)."""
    for place, entry in enumerate(value["log"]["entries"]):
        with suppress(LookupError, TypeError, AttributeError):  # fields that are missing, or are something else
            at = inside(source, path=f"{source.path}.log.entries[{place}]", time=_iso(entry.get("startedDateTime")))
            request, response = entry["request"], entry.get("response", {})
            called = f"{request['method']} {request['url'].partition('?')[0]}"
            for body, path, what, type in (
                (request.get("postData", {}), ".request.postData.text", called, "offer"),
                (response.get("content", {}), ".response.content.text", f"reply to {called}", "answer"),
            ):
                said = type if str(body.get("mimeType")).startswith("application/sdp") else None  # RFC 9725 §4.2
                yield body.get("text"), inside(at, what, path=at.path + path, event=what, type=said)
            for number, message in enumerate(entry.get("_webSocketMessages", ())):
                what, path = f"{message.get('type')} on {called}", f"{at.path}._webSocketMessages[{number}].data"
                yield message.get("data"), inside(at, what, path=path, event=what, time=message["time"] * 1000)


def _iso(text: Any) -> float | None:
    """A moment in ISO 8601 in ms since 1970."""
    try:
        return datetime.fromisoformat(text).timestamp() * 1000
    except (ValueError, TypeError, OverflowError):
        return None
