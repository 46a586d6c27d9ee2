"""JSON, nested and encoded in itself as deep as it may be: what signaling, browsers and logs wrap descriptions in."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from sdpkit.conversion.transform import from_sdp_transform
from sdpkit.finding import SDPError, fault
from sdpkit.ice.candidate import Candidate
from sdpkit.intake import dumps
from sdpkit.intake.find import TYPES, Certainty, Find, Kind, Repair, Source, as_find, inside
from sdpkit.intake.marks import is_promising

if TYPE_CHECKING:
    from sdpkit.intake.search import Search

_DEEPEST = 100  # levels of one document; real ones have ten
_TYPE_KEYS = ("type", "kind", "event", "action", "method", "messageType", "sdpType")
_IN_KEY = re.compile(r"pranswer|answer|offer")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "″": '"'})
_OPENINGS = re.compile(r"[{\[]")
_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")


def read_json(text: str, source: Source, search: "Search") -> Iterator[Find] | None:
    """What is in a text that is JSON, one document or one a line; None when it is not."""
    if not may_be_json(text):
        return None
    bare = text.strip()
    dump = dumps.decode_internals(bare) if '"PeerConnections"' in bare else None
    if dump is not None:
        return read_events(dumps.read_internals(dump, source), search)
    found = _decode(bare)
    if found is None:
        return _read_lines(bare, source, search)
    value, *repairs = found
    shapes = ("HAR",) if dumps.is_har(value) else ("JSON",)
    return read_value(value, inside(source, *shapes, repairs=(*source.repairs, *repairs)), search)


def may_be_json(text: str) -> bool:
    """Whether a text begins as JSON with strings in it does."""
    return text.lstrip()[:1] in tuple('{["')


def _decode(text: str) -> tuple[Any, ...] | None:
    """The value of JSON, and what had to be repaired in it."""
    try:
        return (json.loads(text),)
    except RecursionError:
        raise too_deep() from None
    except ValueError:
        pass
    for what, certainty, repaired in _repaired(text):
        try:
            return json.loads(repaired, strict=False), Repair(what, certainty)
        except (ValueError, RecursionError):
            continue
    return None


def _repaired(text: str) -> Iterator[tuple[str, Certainty, str]]:
    """What JSON may have been before someone's hand, or word processor, went over it."""
    yield "took line breaks and control characters in JSON strings as they are", Certainty.CERTAIN, text
    straight = text.translate(_STRAIGHT)
    if straight != text:
        yield "made typographic quotation marks straight", Certainty.LIKELY, straight


def too_deep() -> SDPError:
    """What is said of a text that is wrapped again and again."""
    message = "it is nested too deeply"
    return fault("INT002", message, "", start=0, end=1, help="unpack it yourself, and give the part that matters")


def _read_lines(text: str, source: Source, search: "Search") -> Iterator[Find] | None:
    """JSON Lines: a log of Docker's, whose lines are pieces of one text, or messages one by one."""
    lines = text.splitlines()
    if len(lines) < 2:
        return None
    try:
        values = [json.loads(line) for line in lines if line.strip()]
    except (ValueError, RecursionError):
        return None
    if all(isinstance(value, dict) and isinstance(value.get("log"), str) for value in values):
        return search.in_text("".join(value["log"] for value in values), inside(source, "Docker log"))
    return _read_each(values, inside(source, "JSON lines"), search)


def _read_each(values: list[Any], source: Source, search: "Search") -> Iterator[Find]:
    for number, value in enumerate(values, 1):
        yield from read_value(value, inside(source, line=source.line or number), search)


def read_value(value: Any, source: Source, search: "Search", depth: int = 0) -> Iterator[Find]:
    """What is in a JSON value, in its order. Raises SDPError (INT002) for one that is nested too deeply."""
    if depth > _DEEPEST:
        raise too_deep()
    if isinstance(value, str):
        yield from search.in_text(value, source)
    elif isinstance(value, list):
        yield from _read_list(value, source, search, depth)
    elif dumps.is_har(value):
        yield from read_events(dumps.read_har(value, source), search)
    elif isinstance(value, dict):
        yield from _read_object(value, source, search, depth)


def _read_list(items: list[Any], source: Source, search: "Search", depth: int) -> Iterator[Find]:
    """An array; where its items are the lines of a description, as in Firefox's about:webrtc, they are put together."""
    if len(items) > 2 and items[0] == "v=0" and all(isinstance(item, str) for item in items):
        yield from search.in_text("".join(f"{item}\r\n" for item in items), inside(source, "array of lines"))
        return
    for place, item in enumerate(items):
        if _may_hold(item):
            yield from read_value(item, _at(source, f"[{place}]"), search, depth + 1)


def _read_object(value: dict[str, Any], source: Source, search: "Search", depth: int) -> Iterator[Find]:
    """An object. The type that it says it is holds for what is in it."""
    written = _written_by_sdp_transform(value)
    if written is not None:
        yield as_find(inside(source, "sdp-transform"), Kind.DESCRIPTION, written)
        return
    said = next((value[key] for key in _TYPE_KEYS if value.get(key) in TYPES), None)
    source = inside(source, type=said or source.type, time=_time(value) or source.time)
    candidate = next((key for key in ("candidate", "sdp") if _is_candidate(value, key)), None)
    for key, item in value.items():
        if key == candidate:
            yield as_find(_of_candidate(value, _at_key(source, key)), Kind.CANDIDATE, item.strip())
        elif _may_hold(item):
            named = set(_IN_KEY.findall(key.lower())) if said is None else set()
            type = named.pop() if len(named) == 1 else source.type
            yield from read_value(item, inside(_at_key(source, key), type=type), search, depth + 1)


def _written_by_sdp_transform(value: dict[str, Any]) -> str | None:
    """The description that an object is in the shape of the sdp-transform packages; None for any other object."""
    sections = value.get("media")
    if not isinstance(sections, list) or not ("origin" in value or "timing" in value):
        return None
    if not all(isinstance(each, dict) and {"type", "port", "protocol"} <= each.keys() for each in sections):
        return None
    try:
        return str(from_sdp_transform(value))
    except SDPError:
        return None


def read_events(events: Iterator[dumps.Event], search: "Search") -> Iterator[Find]:
    """What is in the values of a recording."""
    for value, source in events:
        if _may_hold(value):
            yield from read_value(value, source, search)


def _may_hold(item: Any) -> bool:
    if isinstance(item, str):
        return is_promising(item) or may_be_json(item)
    return isinstance(item, dict | list)


def _is_candidate(value: dict[str, Any], key: str) -> bool:
    """Whether a field is the candidate of an RTCIceCandidateInit (W3C WebRTC §4.8.1) or of what others make of it."""
    text = value.get(key)
    if not isinstance(text, str):
        return False
    if not text.strip():
        return key == "candidate" and any(name in value for name in (*_MIDS, *_INDEXES))
    try:
        Candidate.parse(text)
    except SDPError:
        return False
    return True


_MIDS = ("sdpMid", "id")  # the second ones are aiortc's, which it has from AppRTC
_INDEXES = ("sdpMLineIndex", "label")


def _of_candidate(value: dict[str, Any], source: Source) -> Source:
    """What is said beside a candidate."""
    mid = next((value[name] for name in _MIDS if isinstance(value.get(name), str)), None)
    index = next((value[name] for name in _INDEXES if type(value.get(name)) is int), None)
    ufrag = value.get("usernameFragment")
    return inside(source, mid=mid, m_line_index=index, ufrag=ufrag if isinstance(ufrag, str) else None)


def _time(value: dict[str, Any]) -> float | None:
    """When it was, if an object says so in ms since 1970: between 2001 and 2286 that takes 13 digits."""
    time = value.get("timestamp")
    return float(time) if isinstance(time, int | float) and 1e12 <= time < 1e13 else None


def _at_key(source: Source, key: str) -> Source:
    return _at(source, f".{key}" if _NAME.fullmatch(key) else f"[{json.dumps(key)}]")


def _at(source: Source, step: str) -> Source:
    return inside(source, path=source.path + step)


_MOST_STARTS = 16  # places where the JSON may begin that a description stands in
_NEAR = 4096
_decoder = json.JSONDecoder(strict=False)


class Embedded(NamedTuple):
    """A JSON value in the midst of a text, where it begins and where it ends."""

    value: Any
    start: int
    end: int


class Finder:
    """Finds the JSON that something in a text is inside of.

    Each attempt may read far before it fails. So that this stays linear, no place is tried twice, and all attempts
    together may read no more than a few times the text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = 4 * len(text) + _NEAR
        self._tried: set[int] = set()

    def around(self, place: int) -> Embedded | None:
        """The object that what stands at `place` is in; the outermost that begins on the same line, or near by."""
        text = self._text
        line = max(text.rfind("\n", 0, place) + 1, place - _NEAR)
        starts = [found.start() for found in islice(_OPENINGS.finditer(text, line, place), _MOST_STARTS)]
        if not starts:  # an object on several lines: the innermost first
            before = [found.start() for found in _OPENINGS.finditer(text, max(0, place - _NEAR), place)]
            starts = before[: -_MOST_STARTS - 1 : -1]
        for start in starts:
            if start in self._tried or self._left <= 0:
                continue
            self._tried.add(start)
            try:
                value, end = _decoder.raw_decode(text, start)
            except json.JSONDecodeError as error:
                self._left -= error.pos - start
            except (ValueError, RecursionError):
                self._left -= _NEAR
            else:
                self._left -= end - start
                if end > place:
                    return Embedded(value, start, end)
        return None
