"""A model of aiortc 1.16 with aioice 0.13: what its Python code does with a remote description.

aiortc parses with `split`, `int` and unpacking, and what these raise is its answer to a description that they cannot
read. The model reads in the same order with the same means, so that the exceptions are the same: their class and text
are the verdict's error. Nothing of aiortc is imported. Of setLocalDescription, gathering is left out.
"""

import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import msgspec

from sdpkit.rules.verdict import Verdict, refused
from sdpkit.sdp.description import SessionDescription

_MEDIA_LINE = re.compile("^m=([^ ]+) ([0-9]+) ([A-Z/]+) (.+)$")
_ADDRESS = re.compile("^IN (IP4|IP6) ([^ ]+)$")
_PROFILE_LEVEL_ID = re.compile("[0-9a-f]{6}", re.IGNORECASE)
_DIRECTIONS = ("inactive", "sendonly", "recvonly", "sendrecv")
_REVERSED = {"sendonly": "recvonly", "recvonly": "sendonly"}
_ROLES = {"actpass": "auto", "active": "client", "passive": "server"}
_WHOLE_NUMBERS = {"apt", "max-fr", "max-fs", "maxplaybackrate", "minptime", "stereo", "useinbandfec"}
"""The format parameters whose values must be whole numbers."""
_RTCP_CONFLICTS = range(72, 77)
"""The payload types that could be taken for RTCP."""
_FINGERPRINTS = {"sha-256", "sha-384", "sha-512"}
_CODECS = {
    "audio": [("opus", 48000), ("g722", 8000), ("pcmu", 8000), ("pcma", 8000)],
    "video": [("vp8", 90000), ("h264", 90000)],
}
_H264_PACKETIZATION_MODE = 1
_H264_LEVELS = {10, 11, 12, 13, 20, 21, 22, 30, 31, 32, 40, 41, 42, 50, 51, 52}
_H264_PROFILES = [
    (0x42, 0b01001111, 0b01000000, "constrained baseline"),
    (0x4D, 0b10001111, 0b10000000, "constrained baseline"),
    (0x58, 0b11001111, 0b11000000, "constrained baseline"),
    (0x42, 0b01001111, 0, "baseline"),
    (0x58, 0b11001111, 0b10000000, "baseline"),
    (0x4D, 0b10101111, 0, "main"),
    (0x64, 0b11111111, 0, "high"),
    (0x64, 0b11111111, 0b00001100, "constrained high"),
    (0xF4, 0b11111111, 0, "predictive high 4:4:4"),
]
"""profile_idc, the bits of profile_iop that matter, what these are, and the profile that this is."""
_OFFERED_H264 = {"baseline", "constrained baseline"}
_ERRORS = (AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError)

Value = Any
"""The text behind the colon, or None without one: aiortc does not look which, and fails when it uses it."""


class OperationError(Exception):
    """What aiortc raises for a section without any codec that it has."""


class _Codec(msgspec.Struct):
    """One a=rtpmap and its a=fmtp."""

    name: str
    clock_rate: int
    payload_type: int
    parameters: dict[str, Value] = {}

    @property
    def is_rtx(self) -> bool:
        return self.name.lower() == "rtx"


class _Transport(msgspec.Struct):
    """The values that sections have in common with the session."""

    ufrag: Value = None
    password: Value = None
    role: str | None = None
    fingerprints: list[str] = []


class _Section(msgspec.Struct):
    """One m-section as aiortc keeps it."""

    kind: str
    port: int
    profile: str
    formats: list[Any]
    transport: _Transport
    mid: Value = ""
    msid: Value = None
    direction: str | None = None
    rtcp_mux: bool = False
    codecs: list[_Codec] = []

    @property
    def is_media(self) -> bool:
        return self.kind in ("audio", "video")


class _Description(msgspec.Struct):
    """A parsed description."""

    transport: _Transport = msgspec.field(default_factory=_Transport)
    groups: list[list[str]] = []
    semantics: list[list[str]] = []
    sections: list[_Section] = []


def judge(
    description: SessionDescription,
    type: str,
    against: SessionDescription | None = None,
    previous: SessionDescription | None = None,
) -> Verdict:
    """What setRemoteDescription, and for an offer createAnswer and setLocalDescription, make of it."""
    peer = _peer(against, previous)
    error = _try(peer.answer if type == "offer" else peer.accept, str(description))
    return refused(error) if error else Verdict(True, obstacle=peer.obstacle)


def _peer(against: SessionDescription | None, previous: SessionDescription | None) -> "_Peer":
    """A peer that has sent the one, or has answered the other; a new one if it could not have."""
    peer, error = _Peer(), None
    if against is not None:
        error = _try(peer.offer, str(against))
    elif previous is not None:
        error = _try(peer.answer, str(previous))
    return _Peer() if error else peer


def judge_candidate(text: str) -> Verdict:
    """What addIceCandidate makes of a candidate, a remote description being set.

    aiortc takes a candidate as an object: this judges `candidate_from_sdp` too, which makes one of a text. A text in
    JSON is an RTCIceCandidateInit.
    """
    error = _try(_read_init, text)
    return refused(error) if error else Verdict(True)


def _try(step: Callable[..., Any], *arguments: Any) -> str | None:
    """The error that a step of aiortc ends with: the exception's class and text."""
    try:
        step(*arguments)
    except StopIteration:
        return "RuntimeError: coroutine raised StopIteration"
    except (OperationError, *_ERRORS) as error:
        name, text = error.__class__.__name__, str(error)
        return f"{name}: {text}" if text else name
    return None


def _must(condition: object) -> None:
    """An assertion of aiortc's."""
    if not condition:
        raise AssertionError


# Parsing


def _parse(text: str) -> _Description:
    """The description, read line by line; the first thing that cannot be read ends it."""
    lines = text.splitlines()
    starts = [place for place, line in enumerate(lines) if line.startswith("m=")]
    description = _Description()
    for line in lines[: starts[0]] if starts else lines:
        _read_session_line(description, line)
    for start, end in pairwise([*starts, len(lines)]):
        description.sections.append(_read_section(description.transport, lines[start], lines[start + 1 : end]))
    return description


def _attribute(line: str) -> tuple[str, Value]:
    """Name and value of an a= line."""
    name, colon, value = line[2:].partition(":")
    return name, value if colon else None


def _read_session_line(description: _Description, line: str) -> None:
    if line.startswith("v="):
        int(line.strip()[2:])
    elif line.startswith("c="):
        _read_address(line[2:])
    elif line.startswith("a="):
        name, value = _attribute(line)
        if name in _SESSION_ATTRIBUTES:
            _SESSION_ATTRIBUTES[name](description, value)
        elif name in _TRANSPORT_ATTRIBUTES:
            _TRANSPORT_ATTRIBUTES[name](description.transport, value)


def _read_section(session: _Transport, media_line: str, lines: list[str]) -> _Section:
    section = _read_media_line(media_line)
    section.transport = msgspec.structs.replace(session, fingerprints=session.fingerprints[:])
    attributes = []
    for line in lines:
        if line.startswith("a="):
            name, value = _attribute(line)
            attributes.append((name, value))
            if name in _SECTION_ATTRIBUTES:
                _SECTION_ATTRIBUTES[name](section, value)
        elif line.startswith("c="):
            _read_address(line[2:])
    codecs = {str(codec.payload_type): codec for codec in reversed(section.codecs)}
    for name, value in attributes:
        if name in _CODEC_ATTRIBUTES:
            _CODEC_ATTRIBUTES[name](codecs, value)
    return section


def _read_media_line(line: str) -> _Section:
    found = _MEDIA_LINE.match(line)
    if not found:
        raise AssertionError
    kind, port, profile, formats = found.groups()
    section = _Section(kind, 0, profile, formats.split(), _Transport())
    if section.is_media:
        section.formats = list(map(int, section.formats))
        for payload_type in section.formats:
            _check_payload_type(payload_type)
    section.port = int(port)
    return section


def _check_payload_type(payload_type: int) -> None:
    _must(0 <= payload_type < 256)
    _must(payload_type not in _RTCP_CONFLICTS)


def _read_address(text: str) -> None:
    _must(_ADDRESS.match(text))


def _read_fingerprint(transport: _Transport, value: Value) -> None:
    algorithm, _ = value.split()
    transport.fingerprints.append(algorithm)


def _read_role(transport: _Transport, value: Value) -> None:
    transport.role = _ROLES[value]


def _read_ufrag(transport: _Transport, value: Value) -> None:
    transport.ufrag = value


def _read_password(transport: _Transport, value: Value) -> None:
    transport.password = value


def _read_group(groups: list[list[str]], value: Value) -> None:
    if words := value.split():
        groups.append(words)


def _read_candidate(_: object, value: Value) -> None:
    fields = value.split()
    _must(len(fields) >= 8)
    for place in (1, 5, 3):
        int(fields[place])
    for place in range(8, len(fields) - 1, 2):
        if fields[place] == "rport":
            int(fields[place + 1])


def _read_extmap(_: object, value: Value) -> None:
    number, _uri = value.split()
    if "/" in number:
        number, _direction = number.split("/")
    int(number)


def _of_transport(read: Callable[[_Transport, Value], None]) -> Callable[[_Section, Value], None]:
    return lambda section, value: read(section.transport, value)


def _direction(name: str) -> Callable[[_Section, Value], None]:
    def read(section: _Section, _: Value) -> None:
        section.direction = name

    return read


def _read_mid(section: _Section, value: Value) -> None:
    section.mid = value


def _read_msid(section: _Section, value: Value) -> None:
    section.msid = value


def _read_rtcp(_: object, value: Value) -> None:
    port, *address = value.split(" ", 1)
    int(port)
    if address:
        _read_address(address[0])


def _read_rtcp_mux(section: _Section, _: Value) -> None:
    section.rtcp_mux = True


def _read_rtpmap(section: _Section, value: Value) -> None:
    payload_type, encoding = value.split(" ", 1)
    fields = encoding.split("/")
    if section.kind == "audio" and len(fields) > 2:
        int(fields[2])
    section.codecs.append(_Codec(fields[0], int(fields[1]), int(payload_type)))


def _read_sctpmap(_: object, value: Value) -> None:
    port, _rest = value.split(" ", 1)
    int(port)


def _read_number(_: object, value: Value) -> None:
    int(value)


def _read_ssrc(_: object, value: Value) -> None:
    ssrc, said = value.split(" ", 1)
    int(ssrc)
    _name, _value = said.split(":", 1)


def _read_ssrc_group(_: object, value: Value) -> None:
    list(map(int, value.split()[1:]))


def _read_fmtp(codecs: dict[str, _Codec], value: Value) -> None:
    payload_type, parameters = value.split(" ", 1)
    codec = codecs.get(str(int(payload_type)))
    if codec is None:
        raise StopIteration
    codec.parameters = dict(_parameters(parameters))


def _parameters(text: str) -> Iterator[tuple[str, Value]]:
    for parameter in text.split(";"):
        name, equals, value = parameter.partition("=")
        yield name, (int(value) if name in _WHOLE_NUMBERS else value) if equals else None


def _read_feedback(codecs: dict[str, _Codec], value: Value) -> None:
    payload_type, *kind = value.split(" ", 2)
    if payload_type in codecs or (codecs and payload_type == "*"):
        kind[0]  # the kind of feedback, which must be there


_SESSION_ATTRIBUTES: dict[str, Callable[[_Description, Value], None]] = {
    "group": lambda description, value: _read_group(description.groups, value),
    "msid-semantic": lambda description, value: _read_group(description.semantics, value),
}
_TRANSPORT_ATTRIBUTES: dict[str, Callable[[_Transport, Value], None]] = {
    "fingerprint": _read_fingerprint,
    "ice-pwd": _read_password,
    "ice-ufrag": _read_ufrag,
    "setup": _read_role,
}
_SECTION_ATTRIBUTES: dict[str, Callable[[_Section, Value], None]] = {
    **{name: _of_transport(read) for name, read in _TRANSPORT_ATTRIBUTES.items()},
    **{name: _direction(name) for name in _DIRECTIONS},
    "candidate": _read_candidate,
    "extmap": _read_extmap,
    "max-message-size": _read_number,
    "mid": _read_mid,
    "msid": _read_msid,
    "rtcp": _read_rtcp,
    "rtcp-mux": _read_rtcp_mux,
    "rtpmap": _read_rtpmap,
    "sctpmap": _read_sctpmap,
    "sctp-port": _read_number,
    "ssrc": _read_ssrc,
    "ssrc-group": _read_ssrc_group,
}
_CODEC_ATTRIBUTES: dict[str, Callable[[dict[str, _Codec], Value], None]] = {
    "fmtp": _read_fmtp,
    "rtcp-fb": _read_feedback,
}
"""What is read once the codecs of the section are known: the first ones of their payload types."""


def _read_init(text: str) -> None:
    """Makes a candidate of a text, or of an RTCIceCandidateInit."""
    candidate = text
    if text.lstrip().startswith("{"):
        init = json.loads(text)
        candidate = init["candidate"]
        if candidate and init.get("sdpMid") is None and init.get("sdpMLineIndex") is None:
            _read_candidate(None, candidate)
            raise ValueError("Candidate must have either sdpMid or sdpMLineIndex")
    _read_candidate(None, candidate.partition(":")[2] if candidate.startswith("candidate:") else candidate)


# Codecs


def _common_codecs(section: _Section) -> list[_Codec]:
    """The codecs of a section that aiortc has too, as it writes them into an answer."""
    common: list[_Codec] = []
    bases: dict[int, _Codec] = {}
    for codec in section.codecs:
        if codec.is_rtx:
            apt = codec.parameters.get("apt")
            if isinstance(apt, int) and apt in bases and codec.clock_rate == bases[apt].clock_rate:
                common.append(codec)
        elif any(_is_compatible(name, clock_rate, codec) for name, clock_rate in _CODECS[section.kind]):
            common.append(codec)
            bases[codec.payload_type] = codec
    return common


def _is_compatible(name: str, clock_rate: int, codec: _Codec) -> bool:
    if codec.name.lower() != name or codec.clock_rate != clock_rate:
        return False
    return name != "h264" or _is_offered_h264(codec.parameters)


def _is_offered_h264(parameters: dict[str, Value]) -> bool:
    """Whether packetization mode and profile are ones that aiortc offers itself."""
    try:
        if int(parameters.get("packetization-mode", "0")) != _H264_PACKETIZATION_MODE:
            return False
        return _h264_profile(str(parameters.get("profile-level-id", "42E01F"))) in _OFFERED_H264
    except ValueError:
        return False


def _h264_profile(text: str) -> str | None:
    if not _PROFILE_LEVEL_ID.match(text) or int(text[4:6], 16) not in _H264_LEVELS:
        return None
    profile_idc, profile_iop = int(text[:2], 16), int(text[2:4], 16)
    found = (name for idc, mask, bits, name in _H264_PROFILES if idc == profile_idc and profile_iop & mask == bits)
    return next(found, None)


# The connection


class _Part(msgspec.Struct, eq=False):
    """A transceiver, or the SCTP transport where `kind` is "application"."""

    kind: str
    mid: Value
    index: int
    """The m-section that it belongs to."""
    order: int
    codecs: list[_Codec] = []
    offered: str | None = None
    """The direction of a remote offer, as this side sees it."""
    bundled: bool = False
    has_transport: bool = True


class _Peer:
    """An RTCPeerConnection without tracks, as far as it decides what is accepted."""

    def __init__(self) -> None:
        self._parts: list[_Part] = []
        self._by_mid: dict[tuple[str, Value], _Part] = {}
        """The first part of each kind and mid."""
        self._offer: _Description | None = None
        self.obstacle: str | None = None

    def offer(self, text: str) -> None:
        """Takes a text as the offer that this peer has sent."""
        self._offer = _parse(text)
        for index, section in enumerate(self._offer.sections):
            self._part(section, index)

    def answer(self, text: str) -> None:
        """setRemoteDescription with an offer, createAnswer, setLocalDescription."""
        description = _parse(text)
        _validate(description, "offer")
        self._apply(description, "offer")
        answer = [self._answered(section) for section in description.sections]
        for payload_type in (codec.payload_type for part in answer for codec in part.codecs if codec.is_rtx):
            _check_payload_type(payload_type)
        _match([(part.kind, part.mid or "") for part in answer], description)
        indices = {part.index for part in self._parts}
        if any(section.is_media and index not in indices for index, section in enumerate(description.sections)):
            raise AttributeError("'NoneType' object has no attribute '_set_mid'")

    def accept(self, text: str) -> None:
        """setRemoteDescription with an answer."""
        description = _parse(text)
        _validate(description, "answer")
        if self._offer:
            _match([(section.kind, section.mid) for section in self._offer.sections], description)
        self._apply(description, "answer")

    def _part(self, section: _Section, index: int) -> _Part:
        """The transceiver or SCTP transport for a section: one that is there and fits, or a new one."""
        part = self._first((section.kind, None), (section.kind, section.mid))
        if part is None:
            part = _Part(section.kind, section.mid, index, len(self._parts))
            # the bundle policy "balanced": one transport a kind
            part.bundled = any(other.kind == section.kind for other in self._parts)
            self._parts.append(part)
        elif part.mid is None:
            del self._by_mid[part.kind, None]
            part.mid, part.index = section.mid, index
        key = part.kind, None if part.kind == "application" else part.mid
        self._by_mid[key] = self._first(key) or part
        return part

    def _first(self, *keys: tuple[str, Value]) -> _Part | None:
        """The first part with one of these kinds and mids."""
        found = [self._by_mid[key] for key in keys if key in self._by_mid]
        return min(found, key=lambda part: part.order, default=None)

    def _apply(self, description: _Description, type: str) -> None:
        """What setRemoteDescription does with each section, then with the group."""
        self.obstacle = None
        for index, section in enumerate(description.sections):
            if section.is_media:
                self._apply_media(description, section, self._part(section, index))
            elif section.kind == "application":
                self._part(section, index)
                if section.profile == "DTLS/SCTP":
                    int(section.formats[0])
            else:
                continue
            if section.transport.role is None and type == "offer":
                raise AttributeError("'NoneType' object has no attribute 'role'")
            self._note_obstacle(section)
        self._bundle(next((group[1:] for group in description.groups if group[0] == "BUNDLE"), []))

    def _apply_media(self, description: _Description, section: _Section, part: _Part) -> None:
        part.codecs = _common_codecs(section)
        if not part.codecs:
            raise OperationError(f"Failed to set remote {section.kind} description send parameters")
        part.offered = section.direction and _REVERSED.get(section.direction, section.direction)
        if part.offered in ("recvonly", "sendrecv"):
            _read_track_id(description, section)

    def _bundle(self, mids: list[str]) -> None:
        """Gives all sections of the group the transport of the first one, or none when that is not there."""
        has_first = bool(mids) and any(part.mid == mids[0] for part in self._parts)
        others = set(mids[1:])
        for part in self._parts:
            if part.mid in others and not part.bundled:
                part.has_transport, part.bundled = has_first, True

    def _answered(self, section: _Section) -> _Part:
        """The part that createAnswer writes for a section."""
        if not section.is_media:
            part = self._first(("application", None))
        else:
            part = self._first(("audio", section.mid), ("video", section.mid))
        if part is None:
            missing = "direction" if section.is_media else "mid"
            raise AttributeError(f"'NoneType' object has no attribute '{missing}'")
        if section.is_media and part.offered not in _DIRECTIONS:
            raise ValueError(f"{part.offered!r} is not in list")
        if not part.has_transport:
            raise AttributeError("'NoneType' object has no attribute 'transport'")
        return part

    def _note_obstacle(self, section: _Section) -> None:
        """Without a fingerprint whose algorithm it knows, aiortc's DTLS transport fails."""
        algorithms = {algorithm.lower() for algorithm in section.transport.fingerprints}
        if not algorithms:
            self.obstacle = "AssertionError when DTLS begins: there is no fingerprint"
        elif not algorithms & _FINGERPRINTS:
            self.obstacle = "DTLS fails: no fingerprint has an algorithm that aiortc knows"


def _validate(description: _Description, type: str) -> None:
    """The checks that setRemoteDescription begins with."""
    for section in description.sections:
        if not section.transport.ufrag or not section.transport.password:
            raise ValueError("ICE username fragment or password is missing")
        if type == "answer" and section.transport.role is None:
            raise AttributeError("'NoneType' object has no attribute 'role'")
        if type == "answer" and section.transport.role == "auto":
            raise ValueError("DTLS setup attribute must be 'active' or 'passive' for an answer")
        if section.is_media and not section.rtcp_mux:
            raise ValueError("RTCP mux is not enabled")


def _match(sections: list[tuple[str, Value]], description: _Description) -> None:
    """An answer has the kinds and mids of its offer."""
    if sections != [(section.kind, section.mid) for section in description.sections]:
        raise ValueError("Media sections in answer do not match offer")


def _read_track_id(description: _Description, section: _Section) -> None:
    """The id of the remote track, out of a=msid where a=msid-semantic names its stream."""
    if section.msid is None or " " not in section.msid:
        return
    words = section.msid.split()
    for semantic, *streams in description.semantics:
        if semantic == "WMS" and (words[0] in streams or "*" in streams):
            words[1]  # the id of the track, which must be there
            return
