"""Recordings of every kind, made of the same events: what tests extract from them is known."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

FIXTURES = Path(__file__).parents[2] / "fixtures"
START = 1_700_000_000_000.0
"""When recordings begin, in ms since 1970."""


class Call(NamedTuple):
    """Something that was called, or happened, on a peer connection: its name, its argument or result."""

    name: str
    value: Any = ""
    connection: str = "4-1"


def text(name: str) -> str:
    """A description of the fixtures, as it stands in its file."""
    return (FIXTURES / name).read_bytes().decode()


def offer(sdp: str, name: str = "setLocalDescription", **more: Any) -> Call:
    return Call(name, {"type": "offer", "sdp": sdp}, **more)


def answer(sdp: str, name: str = "setRemoteDescription", **more: Any) -> Call:
    return Call(name, {"type": "answer", "sdp": sdp}, **more)


def candidate(name: str, line: str, mid: str = "0", index: int = 0, **more: Any) -> Call:
    return Call(name, {"sdpMid": mid, "sdpMLineIndex": index, "candidate": line}, **more)


def modern(calls: Iterable[Call]) -> str:
    """A webrtc-internals dump as Chromium has written it since M138: JSON in strings, times in ms."""
    return _internals(calls, lambda number: {"timestamp": START + number}, json.dumps)


def middle(calls: Iterable[Call]) -> str:
    """The same from before that: times as words."""
    return _internals(calls, lambda number: {"time": f"11/14/2023, 10:13:{number:02} PM"}, json.dumps)


def legacy(calls: Iterable[Call]) -> str:
    """The same from before 2023: values as names and values in a row."""
    return _internals(calls, lambda number: {"time": f"11/14/2023, 10:13:{number:02} PM"}, _in_a_row)


def _in_a_row(value: dict[str, Any]) -> str:
    return ", ".join(f"{name}: {part}" for name, part in value.items())


def _internals(
    calls: Iterable[Call], time: Callable[[int], dict[str, Any]], write: Callable[[dict[str, Any]], str]
) -> str:
    connections: dict[str, Any] = {}
    for number, call in enumerate(calls):
        value = write(call.value) if call.value else ""
        log = connections.setdefault(call.connection, {"url": "https://example.com/", "updateLog": [], "stats": {}})
        log["updateLog"].append({"type": call.name, "value": value, **time(number)})
        log["stats"][f"{number}-bytesSent"] = {"statsType": "transport", "values": json.dumps([number] * 9)}
    return json.dumps({"getUserMedia": [], "PeerConnections": connections, "UserAgent": "Chrome"})


_NUMBERS = {
    "createOfferOnSuccess": 3,
    "createAnswerOnSuccess": 5,
    "setLocalDescription": 6,
    "setRemoteDescription": 8,
    "addIceCandidate": 10,
    "onicecandidate": 20,
}
_PAIRED = {"setLocalDescription": ("createOfferOnSuccess", "createAnswerOnSuccess")}


def rtcstats(calls: Iterable[Call]) -> str:
    """An rtcstats dump: an array a line, numbers for names, no section twice that a description before has."""
    lines = ["RTCStatsDump", json.dumps({"fileFormat": 3, "startTime": START})]
    sections: dict[tuple[str, str], list[str]] = {}
    for call in calls:
        value = call.value
        if isinstance(value, dict) and "sdp" in value:
            whole = value["sdp"].split("\r\nm=")
            bases = (*_PAIRED.get(call.name, ()), call.name)
            base = next((known for name in bases if (known := sections.get((name, value["type"])))), [])
            sections[call.name, value["type"]] = whole
            value = {**value, "sdp": "\r\n".join(_differences(whole, base))}
        lines.append(json.dumps([_NUMBERS.get(call.name, call.name), call.connection, value or None, 1]))
        lines.append(json.dumps(["g", call.connection, {"T1": {"bytesSent": 5}}, 0]))
    return "\n".join(lines) + "\n"


def _differences(sections: list[str], base: list[str]) -> Iterable[str]:
    for place, section in enumerate(sections):
        same = base[place : place + 1] == [section]
        yield ("v=" if place == 0 else "m=") if same else section if place == 0 else f"m={section}"


def har(entries: Iterable[tuple[str, str, str]]) -> str:
    """A HAR of WHIP: what was posted, and what came back."""
    return json.dumps(
        {
            "log": {
                "entries": [
                    {
                        "startedDateTime": f"2023-11-14T22:13:{20 + number}.000Z",
                        "request": {
                            "method": method,
                            "url": "https://whip.example/live?key=1",
                            "postData": {"mimeType": _type_of(sent), "text": sent},
                        },
                        "response": {"content": {"mimeType": _type_of(received), "text": received}},
                    }
                    for number, (method, sent, received) in enumerate(entries)
                ]
            }
        }
    )


def _type_of(body: str) -> str:
    return "application/sdp" if body.startswith("v=0") else "application/trickle-ice-sdpfrag"


def sip(messages: Iterable[tuple[str, str]]) -> str:
    """A SIP trace: start lines and bodies."""
    head = "Via: SIP/2.0/UDP a.example.com\r\nCSeq: 1 INVITE\r\nContent-Type: application/sdp\r\n"
    return "".join(f"{start}\r\n{head}Content-Length: {len(body)}\r\n\r\n{body}\r\n\r\n" for start, body in messages)
