"""A model of Firefox ESR 153: SIPCC reads the description, JSEP checks it and answers, nICEr takes its candidates.

SIPCC is forgiving: most attributes that it cannot read are dropped with a warning, and a line that is none at all ends
the description there. Its warnings are in the error text too, once something is refused. Not modelled: the warnings
about a=fmtp, a=ssrc-group and attributes that have no effect on WebRTC, a=imageattr, and rollback.

The Firefox measured has no H.264, which comes with a plug-in.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import msgspec

from sdpkit.rules.verdict import Verdict, refused
from sdpkit.sdp.description import SessionDescription

_LONGEST_TOKEN = 255
_NUMBER = re.compile(r"[ \t\v\f]*([+-]?)([0-9]+)")
_UINT_MAX = 2**32 - 1
_ULONG_MAX = 2**64 - 1
_ID_MAX = 2**63 - 1
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_FINGERPRINT = re.compile("[0-9A-F]{2}(:[0-9A-F]{2})*")


class _RefusedError(Exception):
    """Something that Firefox refuses; the text is its own."""


class _DroppedError(Exception):
    """An attribute that SIPCC drops; the arguments are its warnings."""


class _FailedError(Exception):
    """A line at which SIPCC stops taking any more."""


def judge(
    description: SessionDescription,
    type: str,
    against: SessionDescription | None = None,
    previous: SessionDescription | None = None,
) -> Verdict:
    """What setRemoteDescription, and for an offer createAnswer and setLocalDescription, make of it."""
    try:
        new = _parse(str(description))
        before = _known(previous)
        if before:
            _check_against_previous(new, before)
        if type == "offer":
            _check_transports(new, "offer")
            return _answer(new, before)
        _check_answer(new, _known(against))
    except _RefusedError as refusal:
        return refused(str(refusal))
    return Verdict(True, obstacle=_obstacle(new, ()))


def judge_candidate(text: str) -> Verdict:
    """What addIceCandidate makes of a candidate, a remote description being set.

    A text in JSON is an RTCIceCandidateInit. What nICEr cannot read is accepted, and does nothing.
    """
    candidate, nowhere = _read_init(text)
    if nowhere:
        return refused("Cannot add a candidate without specifying either sdpMid or sdpMLineIndex")
    if not candidate:
        return Verdict(True)
    if ":" not in candidate:
        return refused(f"Invalid candidate, no ':' ({candidate})")
    if not _NICER.match(candidate):
        return Verdict(True, obstacle="nICEr cannot read the candidate and does nothing with it")
    return Verdict(True)


def _known(description: SessionDescription | None) -> "_Description | None":
    """A description that was set before; None as well for one that could not have been."""
    if description is None:
        return None
    try:
        return _parse(str(description))
    except _RefusedError:
        return None


# What SIPCC reads


class _Section:
    """The session or an m-section: its attributes, each with its line."""

    def __init__(self, line: int, session: "_Section | None" = None) -> None:
        self.line = line
        self.session = session
        self.attributes: dict[str, list[tuple[int, Any]]] = defaultdict(list)
        self.connected = False
        """Whether there is a c= line here, or in the session."""
        self.connection_seen = False
        self.direction = "sendrecv"
        self.kind = ""
        self.port = 0
        self.transport = ""
        self.formats: list[str] = []

    def own(self, name: str) -> list[Any]:
        """The values of an attribute of this section."""
        return [value for _, value in self.attributes.get(name, ())]

    def all(self, name: str) -> list[Any]:
        """The values of an attribute of this section or, where it has none, of the session."""
        return self.own(name) or (self.session.own(name) if self.session else [])

    def first(self, name: str) -> Any:
        """The first of them, or None."""
        return next(iter(self.all(name)), None)

    @property
    def mid(self) -> str | None:
        return next(iter(self.own("mid")), None)

    @property
    def is_disabled(self) -> bool:
        return not self.port and not self.own("bundle-only")

    @property
    def is_sending(self) -> bool:
        return self.direction in ("sendrecv", "sendonly")

    @property
    def is_receiving(self) -> bool:
        return self.direction in ("sendrecv", "recvonly")


class _Description(msgspec.Struct):
    """What SIPCC makes of a text."""

    session: _Section
    sections: list[_Section]

    def section(self, mid: str) -> _Section | None:
        return next((section for section in self.sections if section.mid == mid), None)


class _Extension(NamedTuple):
    """One a=extmap."""

    id: int
    direction: str
    uri: str


class _Rtpmap(NamedTuple):
    """One a=rtpmap."""

    payload_type: int
    name: str
    clock_rate: int
    channels: int


def _parse(text: str) -> _Description:
    """What Firefox reads in a text. Raises _RefusedError."""
    found = _NOT_ASCII.search(text)
    if found:
        raise _RefusedError(f"SDP contains non ASCII characters at position {found.start()}")
    description = _Sipcc(text).parse()
    for level, section in enumerate(description.sections):
        if not section.is_disabled:
            _check_limits(section, level)
    return description


def _token(rest: str, delimiters: str = " \t", longest: int = _LONGEST_TOKEN) -> tuple[str, str]:
    """The next token and what follows it; an empty token when there is none."""
    rest = rest.lstrip(delimiters)
    end = next((place for place, character in enumerate(rest) if character in delimiters), len(rest))
    end = min(end, longest)
    return rest[:end], rest[end:]


def _number(token: str) -> int | None:
    """What strtoul makes of a token, if it fits into 32 bits: what follows the digits does not matter."""
    found = _NUMBER.match(token)
    if not found or len(found[2]) > _LONGEST_TOKEN:
        return None
    value = int(found[2])
    if value > _ULONG_MAX:
        return None
    if found[1] == "-":
        value = -value % (_ULONG_MAX + 1)
    return value if value <= _UINT_MAX else None


_TOKENS = ("v=", "o=", "s=", "i=", "u=", "e=", "p=", "c=", "b=", "t=", "r=", "z=", "k=", "a=", "m=")
"""The types of lines, in the order that they should have."""
_OF_MEDIA = {"i=", "c=", "b=", "k=", "a=", "m="}


class _Sipcc:
    """SIPCC's parser: an ordered pass over the lines, its errors and warnings with the numbers of their lines."""

    def __init__(self, text: str) -> None:
        *self._lines, self._unended = text.partition("\0")[0].split("\n")
        self._is_cut = bool(self._unended) or "\0" in text or not self._lines
        self._line = 0
        self._errors: list[str] = []
        self._session = _Section(0)
        self._sections: list[_Section] = []
        self._names: dict[str, bool] = {}
        self._parsers: dict[str, Callable[[str], None]] = {
            "v=": self._version,
            "o=": self._owner,
            "s=": self._session_name,
            "c=": self._connection,
            "b=": self._bandwidth,
            "t=": self._timing,
            "k=": self._key,
            "a=": self._attribute,
            "m=": self._media,
        }

    def parse(self) -> _Description:
        """The description. Raises _RefusedError with all errors and warnings until then."""
        try:
            self._read_lines()
            self._validate()
            self._load()
        except _FailedError:
            errors = "\n".join(self._errors)
            raise _RefusedError(f"SIPCC Failed to parse SDP: {errors}".rstrip()) from None
        return _Description(self._session, self._sections)

    def _warn(self, message: str, line: int | None = None) -> None:
        number = self._line if line is None else line
        self._errors.append(f"SDP Parse Error on line {number}: {message}")

    def _fail(self, message: str, line: int | None = None) -> _FailedError:
        self._warn(message, line)
        return _FailedError(message)

    @property
    def _current(self) -> _Section:
        return self._sections[-1] if self._sections else self._session

    # The lines

    def _read_lines(self) -> None:
        """Reads line by line until the end, a line that is none, or a second v=; goes on after a failure."""
        failed = is_unknown = False
        last = 0
        for self._line, text in enumerate(self._lines, 1):
            token = text[:2]
            if token not in _TOKENS:
                if self._line == 1:
                    raise self._fail(" Attempt to parse text not recognized as SDP text, parse fails.")
                is_unknown = text[1:2] == "="
                break
            place = _TOKENS.index(token)
            if token == "v=" and self._line > 1:
                break
            if failed:
                continue
            if self._sections and token not in _OF_MEDIA:
                self._warn(f" Warning: Invalid token {token} found at media level")
                continue
            if self._line == 1 and token != "v=":
                self._warn(" First line not v=, parse fails")
                failed = True
            elif place < last:
                self._warn(
                    f" Warning: Invalid token ordering detected, token {token} found after token {_TOKENS[last]}"
                )
            last = 2 if token == "m=" else place
            failed |= not self._read_line(token, text[2:].partition("\r")[0])
        else:
            self._read_end()
        self._failed = failed
        self._is_unknown = is_unknown

    def _read_end(self) -> None:
        """A last line without a line feed is an error, but only that line is lost."""
        if self._is_cut:
            self._line += 1
            self._warn(" End of line beyond end of buffer.")
            if self._line == 1:
                raise _FailedError

    def _read_line(self, token: str, rest: str) -> bool:
        """Whether a line can be read."""
        try:
            self._parsers.get(token, _ignore)(rest)
        except _FailedError:
            self._broken = True
            return False
        return True

    _broken = False

    def _validate(self) -> None:
        """What must be there at the end."""
        if self._broken:
            raise _FailedError
        if not self._session.connected and not all(section.connected for section in self._sections):
            raise self._fail(" c= connection line not specified for every media level, validation failed.")
        for name, description in (("o=", "owner line"), ("t=", "timespec line")):
            if not self._names.get(name):
                raise self._fail(f" {name} {description} not specified, validation failed.")
        if self._is_unknown:
            raise _FailedError

    def _version(self, rest: str) -> None:
        version = _number(_token(rest)[0])
        if version is None or version % 2**16:
            raise self._fail(f" Invalid version ({(version or 0) % 2**16}) found, parse failed.")

    def _owner(self, rest: str) -> None:
        if self._names.get("o="):
            self._warn(" Warning: More than one o= line specified.")
        name, rest = _token(rest)
        if not name:
            raise self._fail(" No owner name specified for o=.")
        for what in ("session id", "version"):
            number, rest = _token(rest)
            if not (number.isdecimal() and int(number) <= _ID_MAX):
                raise self._fail(f" Invalid owner {what} specified for o=.")
        for what, known in (("network", ("in",)), ("address", ("ip4", "ip6"))):
            word, rest = _token(rest)
            if not word:
                raise self._fail(f" No owner {what} type specified for o=.")
            if word.lower() not in known:
                raise self._fail(f" Owner {what} type unsupported ({word})")
        if not _token(rest)[0]:
            raise self._fail(" No owner address specified.")
        self._names["o="] = True

    def _session_name(self, rest: str) -> None:
        if self._names.get("s="):
            self._warn(" Warning: More than one s= line specified.")
        if not rest:
            self._warn(" Warning: No session name specified.")
        self._names["s="] = bool(rest)

    def _connection(self, rest: str) -> None:
        section = self._current
        if section.connection_seen:
            raise self._fail(" c= line specified twice at same level, parse failed.")
        section.connection_seen = True
        words = []
        for what, known in (("network", ("in",)), ("address", ("ip4", "ip6"))):
            word, rest = _token(rest)
            if not word:
                raise self._fail(f" No connection {what} type specified for c=.")
            if word.lower() not in known:
                self._warn(f" Warning: Connection {what} type unsupported ({word}) for c=.")
                word = ""
            words.append(word.lower())
        address, _ = _token(rest)
        if not address:
            raise self._fail(" No connection address specified for c=.")
        self._address(words[1], address)
        section.connected = all(words)

    def _address(self, kind: str, address: str) -> None:
        """The first byte of an IPv4 address is read for multicast, and what stands behind a slash."""
        first = _number(address[:3])
        if kind == "ip4" and (first is None or first > 255):
            raise self._fail(f" Error parsing address {address[:3]} for mcast.")
        _, slash, rest = address.partition("/")
        if not slash:
            return
        ttl, rest = _token(rest, "/")
        if not ttl:
            raise self._fail(" No ttl value specified for this multicast addr with a slash")
        if _number(ttl) is None:
            raise self._fail(" Invalid TTL: Value must be in the range 0-255 ")
        if rest and not _number(rest[1:]):
            raise self._fail(" Invalid Num of addresses: Value must be > 0 ")

    def _bandwidth(self, rest: str) -> None:
        kind, rest = _token(rest, ":")
        if not kind:
            raise self._fail(" No bandwidth type specified for b= ")
        if kind.upper() in ("AS", "CT", "TIAS") and rest and _number(_token(rest[1:])[0]) is None:
            raise self._fail(" Error: No BW Value specified ")

    def _timing(self, rest: str) -> None:
        for what in ("start", "stop"):
            time, rest = _token(rest)
            if _number(time) is None:
                raise self._fail(f" Invalid timespec {what} time specified.")
        self._names["t="] = True

    def _key(self, rest: str) -> None:
        kind, rest = _token(rest, ":")
        if not kind:
            raise self._fail(" No encryption type specified for k=.")
        if kind.lower() not in ("clear", "base64", "uri", "prompt"):
            self._warn(f" Warning: Encryption type unsupported ({kind}).")
        elif kind.lower() != "prompt" and not _token(rest[1:])[0]:
            raise self._fail(" Warning: No encryption key specified as required.")

    def _attribute(self, rest: str) -> None:
        name, rest = _token(rest, ": \t")
        if not name:
            raise self._fail(" No attribute type specified, parse failed.")
        known = _ATTRIBUTE_NAMES.get(name.lower())
        if known is None:
            self._warn(f" Warning: Unrecognized attribute ({name}) ")
            return
        try:
            value = _ATTRIBUTES.get(known, _ignore)(rest.removeprefix(":"))
        except _DroppedError as dropped:
            for warning in dropped.args:
                self._warn(f" Warning: {warning}")
            return
        section = self._current
        section.attributes[known].append((self._line, value))
        if known in _DIRECTIONS:
            section.direction = known

    def _media(self, rest: str) -> None:
        section = _Section(self._line, self._session)
        kind, rest = _token(rest)
        if not kind:
            raise self._fail(" No media type specified, parse failed.")
        if kind.lower() not in _MEDIA_TYPES:
            self._warn(f" Warning: Media type unsupported ({kind}).")
        section.kind = kind.lower()
        port, rest = _token(rest)
        if not port:
            raise self._fail(" No port specified in m= media line, parse failed.")
        transport, rest = _token(rest)
        if not transport:
            raise self._fail(" No transport protocol type specified, parse failed.")
        section.transport = _TRANSPORTS.get(transport.upper(), "")
        if not section.transport:
            self._warn(f" Warning: Transport protocol type unsupported ({transport}).")
        numbers = list(_port_numbers(port))
        if len(numbers) not in _PORT_FORMATS.get(section.transport, ()):
            name = section.transport or "Unsupported"
            raise self._fail(f" Invalid port format ({port}) specified for transport protocol ({name}), parse failed.")
        section.port = numbers[0]
        section.formats = self._formats(section, rest)
        self._sections.append(section)

    def _formats(self, section: _Section, rest: str) -> list[str]:
        if section.transport in ("UDP/DTLS/SCTP", "TCP/DTLS/SCTP", "DTLS/SCTP"):
            return [self._sctp_format(section, rest)]
        formats = []
        for word in rest.split():
            number = _number(word)
            if number is None:
                self._warn(f" Warning: Payload type unsupported ({word}).")
            else:
                formats.append(number % 2**16)
        if not formats:
            self._warn(" Warning: No payload types specified.")
        if section.kind == "application":
            return ["0"]
        # SIPCC keeps the codec in the low byte, so that the high one is the payload type where there is one
        return [str(number >> 8 if number > 255 else number) for number in formats]

    def _sctp_format(self, section: _Section, rest: str) -> str:
        word, _ = _token(rest)
        number = _number(_token(word, "/ \t")[0])
        if not word or (section.transport == "DTLS/SCTP" and number is None):
            raise self._fail(" No sctp port specified in m= media line, parse failed.")
        if section.transport == "DTLS/SCTP":
            return str(number)
        if word.lower() != "webrtc-datachannel":
            raise self._fail(" No webrtc-datachannel token in m= media line, parse failed.")
        return "webrtc-datachannel"

    # What Firefox takes out of it

    def _load(self) -> None:
        """Takes over what SIPCC has read: some attributes are only now looked into."""
        for name in ("mid", "label", "ptime", "maxptime", "sctp-port", "max-message-size"):
            for line, _ in self._session.attributes.get(name, ())[:1]:
                self._warn(f"{name} at session level. Ignoring.", line)
        self._load_fingerprints(self._session)
        for section in self._sections:
            self._load_section(section)

    def _load_section(self, section: _Section) -> None:
        if section.kind not in ("audio", "video", "application"):
            raise self._fail("Unsupported media section type", section.line)
        if section.transport not in _WEBRTC_TRANSPORTS:
            raise self._fail("Unsupported media transport type", section.line)
        simulcast = self._load_simulcast(section)
        self._load_rids(section)
        self._load_fingerprints(section)
        if section.own("extmap") and self._session.own("extmap"):
            line, _ = section.attributes["extmap"][0]
            self._warn("extmap attributes in both session and media level", line)
        self._check_rids(section, simulcast)

    def _load_fingerprints(self, section: _Section) -> None:
        for line, value in section.attributes.get("fingerprint", ()):
            algorithm, rest = _token(value)
            if not algorithm:
                raise self._fail("Empty fingerprint attribute", line)
            if not rest.strip(" \t"):
                raise self._fail("Only one token in fingerprint attribute", line)
            if not _FINGERPRINT.fullmatch(rest.lstrip(" \t")):
                raise self._fail("Malformed fingerprint token", line)

    def _load_simulcast(self, section: _Section) -> "list[tuple[str, str]]":
        """The rids of the first a=simulcast, each with its direction."""
        for line, value in section.attributes.get("simulcast", ())[:1]:
            stream = _Stream(value)
            try:
                return _simulcast(stream)
            except _MalformedError as error:
                raise self._fail(f"{error} at column {stream.column}", line) from None
        return []

    def _load_rids(self, section: _Section) -> None:
        for place, (line, value) in enumerate(section.attributes.get("rid", ())):
            stream = _Stream(value)
            try:
                section.attributes["rid"][place] = line, _rid(stream)
            except _MalformedError as error:
                raise self._fail(f"{error} at column {stream.place}", line) from None

    def _check_rids(self, section: _Section, simulcast: "list[tuple[str, str]]") -> None:
        """Each rid of a=simulcast is one of an a=rid with the same direction."""
        for direction in ("send", "recv"):
            for rid in (rid for wanted, rid in simulcast if wanted == direction):
                found = next((way for name, way in section.own("rid") if name == rid), None)
                if found != direction:
                    self._warn(f"No rid attribute for '{rid}'", section.line)
                    raise self._fail(f"No rid attribute for '{rid}'", section.line)


def _ignore(rest: str) -> Any:
    """A line or an attribute that has no effect."""
    return rest


_MEDIA_TYPES = {
    "audio",
    "video",
    "application",
    "data",
    "control",
    "nas/radius",
    "nas/tacacs",
    "nas/diameter",
    "nas/l2tp",
    "nas/login",
    "nas/none",
    "image",
    "text",
}
_DIRECTIONS = ("sendrecv", "sendonly", "recvonly", "inactive")
_RTP_TRANSPORTS = {
    "RTP/AVP",
    "RTP/SAVP",
    "RTP/SAVPF",
    "UDP/TLS/RTP/SAVP",
    "UDP/TLS/RTP/SAVPF",
    "TCP/DTLS/RTP/SAVP",
    "TCP/DTLS/RTP/SAVPF",
}
_SCTP_TRANSPORTS = {"DTLS/SCTP", "UDP/DTLS/SCTP", "TCP/DTLS/SCTP"}
_WEBRTC_TRANSPORTS = _RTP_TRANSPORTS | _SCTP_TRANSPORTS
_WITH_RTCP = {"RTP/SAVPF", "UDP/TLS/RTP/SAVPF", "TCP/DTLS/RTP/SAVPF"}
_PORT_FORMATS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(_RTP_TRANSPORTS, (1, 2)),
    **dict.fromkeys(_SCTP_TRANSPORTS, (1,)),
    **dict.fromkeys(("udp", "LOCAL"), (1, 2)),
    **dict.fromkeys(("tcp", "udptl", "udpsprt"), (1,)),
    "ces10": (2,),
    "AAL1/AVP": (1, 3),
    **dict.fromkeys(("AAL2/ITU", "AAL2/ATMF", "AAL2/custom"), (1, 2, 4)),
    "RTP/AVPF": (),
}
"""How many numbers the port may have, by the transport. SIPCC knows RTP/AVPF, but no port format for it."""
_TRANSPORTS = {name.upper(): name for name in _PORT_FORMATS}


def _port_numbers(text: str) -> Iterator[int]:
    for _ in range(4):
        token, text = _token(text, "/ \t")
        number = _number(token)
        if number is None:
            return
        yield number


# Attributes


def _string(name: str) -> Callable[[str], str]:
    def parse(rest: str) -> str:
        word, _ = _token(rest)
        if not word:
            raise _DroppedError(f"No string token found for {name} attribute")
        return word

    return parse


def _integer(name: str) -> Callable[[str], int]:
    def parse(rest: str) -> int:
        number = _number(_token(rest)[0])
        if number is None:
            raise _DroppedError(f"Numeric token for {name} attribute not found")
        return number

    return parse


def _whole_line(name: str) -> Callable[[str], str]:
    def parse(rest: str) -> str:
        if not rest:
            raise _DroppedError(f"No string token found for {name} attribute")
        return rest[: _LONGEST_TOKEN + 1]

    return parse


def _ice(rest: str) -> str:
    if not rest:
        raise _DroppedError("problem parsing ice attribute ")
    return rest[:_LONGEST_TOKEN]


def _group(rest: str) -> tuple[str, list[str]]:
    semantics, rest = _token(rest, longest=63)
    if not semantics:
        raise _DroppedError("No group attribute value specified for a=group line")
    mids = []
    mid, rest = _token(rest, longest=63)
    while mid:
        mids.append(mid)
        mid, rest = _token(rest, longest=63)
    return semantics.upper(), mids


def _setup(rest: str) -> str:
    word, _ = _token(rest)
    if not word:
        raise _DroppedError("problem parsing setup attribute", "could not parse setup attribute")
    if word.lower() not in ("active", "passive", "actpass", "holdconn"):
        raise _DroppedError("Unknown setup attribute")
    return word.lower()


def _extmap(rest: str) -> _Extension:
    token, rest = _token(rest, "/ \t")
    number = _number(token)
    if number is None:
        raise _DroppedError("Invalid extmap id specified for extmap attribute.")
    direction = "sendrecv"
    if rest.startswith("/"):
        direction, rest = _token(rest[1:])
        if direction.lower() not in _DIRECTIONS:
            raise _DroppedError("Invalid direction specified in extmap attribute.")
    uri, _ = _token(rest)
    if not uri:
        raise _DroppedError("No uri specified in extmap attribute.")
    return _Extension(number % 2**16, direction.lower(), uri)


def _rtpmap(rest: str) -> _Rtpmap:
    token, rest = _token(rest)
    payload_type = _number(token)
    if payload_type is None:
        raise _DroppedError("Invalid payload type specified for rtpmap attribute.")
    name, rest = _token(rest, "/ \t")
    if not name:
        raise _DroppedError("No encoding name specified in rtpmap attribute.")
    token, after = _token(rest, "/ \t")
    clock_rate = _number(token)
    if clock_rate is None:  # a warning only, and 8000
        return _Rtpmap(payload_type % 2**16, name, 8000, 1)
    channels: int | None = 1
    if after.startswith("/"):
        channels = _number(_token(after, "/ \t")[0])
        if channels is None:
            raise _DroppedError("Invalid number of channels parameter for rtpmap attribute.")
    return _Rtpmap(payload_type % 2**16, name, clock_rate, (channels or 0) % 2**16)


def _sctpmap(rest: str) -> str:
    port, rest = _token(rest)
    if _number(port) is None:
        raise _DroppedError("no sctpmap port number")
    protocol, rest = _token(rest)
    if not protocol:
        raise _DroppedError("No sctpmap protocol specified.")
    if _number(_token(rest)[0]) is None:
        raise _DroppedError("No sctpmap streams specified.")
    return protocol


def _rtcp(rest: str) -> str:
    port, rest = _token(rest)
    if _number(port) is None:
        raise _DroppedError("could not parse port for rtcp attribute")
    words = rest.split()
    if len(words) == 1:
        raise _DroppedError("problem parsing Addrtype")
    if len(words) == 2:
        raise _DroppedError("could not parse addr for rtcp attribute")
    return rest


def _msid(rest: str) -> str:
    if not _token(rest)[0]:
        raise _DroppedError("Bad msid identity value")
    return rest


def _ssrc(rest: str) -> str:
    if _number(_token(rest)[0]) is None:
        raise _DroppedError("Bad ssrc attribute, cannot parse ssrc")
    return rest


_ATTRIBUTES: dict[str, Callable[[str], Any]] = {
    "candidate": _ice,
    "extmap": _extmap,
    "fingerprint": _whole_line("fingerprint"),
    "group": _group,
    "ice-options": _whole_line("ice-options"),
    "ice-pwd": _ice,
    "ice-ufrag": _ice,
    "label": _string("label"),
    "max-message-size": _integer("max-message-size"),
    "maxptime": _integer("maxptime"),
    "mid": _string("mid"),
    "msid": _msid,
    "ptime": _integer("ptime"),
    "rid": _whole_line("rid"),
    "rtcp": _rtcp,
    "rtpmap": _rtpmap,
    "sctp-port": _integer("sctp-port"),
    "sctpmap": _sctpmap,
    "setup": _setup,
    "simulcast": _whole_line("simulcast"),
    "ssrc": _ssrc,
}
"""What reads an attribute that has an effect, or a warning that can be seen."""
_ATTRIBUTE_NAMES = {
    name.lower(): name
    for name in (
        *_ATTRIBUTES,
        *_DIRECTIONS,
        *"bearer called connection_type dialed dialing direction eecid fmtp framing qos curr des conf secure".split(),
        *"subnet T38FaxVersion T38MaxBitRate T38FaxFillBitRemoval T38FaxTranscodingMMR".split(),
        *"T38FaxTranscodingJBIG T38FaxRateManagement T38FaxMaxBuffer T38FaxMaxDatagram T38FaxUdpEC X-cap X-cpar".split(),
        *"X-pc-codec X-pc-qos X-qos X-sqn TMRGwXid TC1PayloadBytes TC1WindowSize TC2PayloadBytes TC2WindowSize".split(),
        *"rtr silenceSupp X-crypto mptime X-sidin X-sidout X-confid source-filter rtcp-unicast maxprate sqn".split(),
        *"cdsc cpar sprtmap crypto framerate ice-lite rtcp-mux rtcp-fb connection identity msid-semantic".split(),
        *"bundle-only end-of-candidates imageattr dtls-message ssrc-group rtcp-rsize extmap-allow-mixed".split(),
    )
}


# a=rid and a=simulcast


class _MalformedError(Exception):
    """What is wrong with an a=rid or a=simulcast."""


class _Stream:
    """A text as C++ reads it: once the end has been seen there is no column any more."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.ended = False

    @property
    def column(self) -> int:
        return -1 if self.ended else self.place

    def peek(self) -> str:
        """The next character; empty at the end."""
        self.ended |= self.place >= len(self.text)
        return self.text[self.place : self.place + 1]

    def skip_blanks(self) -> None:
        while self.peek() in tuple(" \t\v\f\r\n"):
            self.place += 1

    def skip(self, character: str) -> bool:
        """Whether this character is next; it is passed then."""
        found = self.peek() == character
        self.place += found
        return found

    def token(self, delimiters: str) -> str:
        """The text up to a delimiter, in lower case."""
        start = self.place
        while self.peek() and self.peek() not in delimiters:
            self.place += 1
        return self.text[start : self.place].lower()

    def unsigned(self, most: int) -> None:
        """Passes a number of at most this value."""
        if self.peek() == "-":
            raise _MalformedError("Value is less than 0")
        start = self.place
        while self.peek() in tuple("0123456789"):
            self.place += 1
        digits = self.text[start : self.place]
        if not digits or len(digits) > _LONGEST_TOKEN:
            raise _MalformedError("Malformed")
        if int(digits) > most:
            raise _MalformedError("Value too large")


def _check_rid(rid: str) -> None:
    if not rid:
        raise _MalformedError("Rid must be non-empty (according to RFC 8851)")
    if not rid.isalnum():
        raise _MalformedError("Rid can contain only alphanumeric characters (according to RFC 8852)")


def _simulcast(stream: _Stream) -> list[tuple[str, str]]:
    """The rids of a=simulcast, each with its direction."""
    rids: dict[str, list[str]] = {}
    stream.skip_blanks()
    while direction := stream.token(" \t"):
        if direction not in ("send", "recv"):
            raise _MalformedError("Type must be either 'send' or 'recv'")
        if direction in rids:
            raise _MalformedError(f"Already got a {direction} list")
        stream.skip_blanks()
        rids[direction] = list(_versions(stream))
        stream.skip_blanks()
    if not rids:
        raise _MalformedError("Empty simulcast attribute")
    return [(direction, rid) for direction, found in rids.items() for rid in found]


def _versions(stream: _Stream) -> Iterator[str]:
    """A list of streams, each with its alternatives."""
    while True:
        stream.skip("~")
        rid = stream.token(",; ")
        if not rid:
            raise _MalformedError("Missing rid")
        _check_rid(rid)
        yield rid
        if not stream.skip(",") and not stream.skip(";"):
            return


_RID_NUMBERS = {"max-width", "max-height", "max-fps", "max-fs", "max-br", "max-pps"}


def _rid(stream: _Stream) -> tuple[str, str]:
    """The rid and its direction."""
    rid = stream.token(" ")
    _check_rid(rid)
    stream.skip_blanks()
    direction = stream.token(" ")
    if direction not in ("send", "recv"):
        raise _MalformedError("Invalid direction, must be either send or recv")
    while stream.peek():
        _read_rid_parameter(stream)
        if not stream.skip(";"):
            break
    return rid, direction


def _read_rid_parameter(stream: _Stream) -> None:
    stream.skip_blanks()
    name = stream.token("=")
    if not stream.skip("=") or not name:
        raise _MalformedError("Expected '='" if name else "")
    if name in _RID_NUMBERS:
        stream.unsigned(_UINT_MAX)
    elif name == "pt":
        stream.unsigned(127)
        while stream.skip(","):
            stream.unsigned(127)
    else:
        stream.token(";")


# What JSEP checks

_FORBIDDEN = {1, 2, 19, *range(64, 96)}
"""The payload types that are reserved."""
_LONGEST_MID = 16
_EXTENSION_IDS = range(1, 15)
_TOO_EARLY = "unsupported until 2-byte rtp header extensions are supported in webrtc.org"


def _check_limits(section: _Section, level: int) -> None:
    """What Firefox's own parts cannot do."""
    if len(section.mid or "") > _LONGEST_MID:
        raise _RefusedError(f"Invalid description, mid length greater than {_LONGEST_MID} {_TOO_EARLY}")
    seen: set[int] = set()
    for extension in section.all("extmap"):
        if extension.id not in _EXTENSION_IDS:
            raise _RefusedError(
                f"Description contains invalid extension id {extension.id} on level {level} which is {_TOO_EARLY}"
            )
        if extension.id in seen:
            raise _RefusedError(f"Description contains duplicate extension id {extension.id} on level {level}")
        seen.add(extension.id)
    if section.kind != "application":
        for payload_type in section.formats:
            _check_payload_type(payload_type, level)


def _check_payload_type(payload_type: str, level: int) -> None:
    if int(payload_type) > 127:
        raise _RefusedError(f'audio/video payload type "{payload_type}" is too large at level {level}')
    if int(payload_type) in _FORBIDDEN:
        raise _RefusedError(f'Illegal audio/video payload type "{payload_type}" at level {level}')


def _bundled(description: _Description) -> dict[str, _Section]:
    """The section that carries each mid of the BUNDLE groups."""
    bundled: dict[str, _Section] = {}
    for semantics, mids in description.session.own("group"):
        if semantics != "BUNDLE" or not mids:
            continue
        carrier = description.section(mids[0])
        what = "mid specified for bundle transport in group attribute"
        if carrier is None:
            raise _RefusedError(f"{what} does not exist in the SDP. (mid={mids[0]})")
        if carrier.is_disabled:
            raise _RefusedError(f"{what} points at a disabled m-section. (mid={mids[0]})")
        for mid in mids:
            if mid in bundled:
                raise _RefusedError(f"mid '{mid}' appears more than once in a BUNDLE group")
            bundled[mid] = carrier
    return bundled


def _owns_transport(section: _Section, bundled: dict[str, _Section], type: str) -> bool:
    """Whether a section needs ICE and DTLS of its own."""
    if section.is_disabled:
        return False
    if section.mid is None or (type == "offer" and not section.own("bundle-only")):
        return True
    return bundled.get(section.mid, section) is section


def _check_transports(description: _Description, type: str) -> None:
    """The ICE credentials, fingerprint and setup of each section that needs them, then RTCP multiplexing."""
    bundled = _bundled(description)
    for level, section in enumerate(description.sections):
        if _owns_transport(section, bundled, type):
            _check_transport(section, level, type)
    for level, section in enumerate(description.sections):
        if not section.is_disabled and section.transport in _WITH_RTCP and not section.own("rtcp-mux"):
            raise _RefusedError(f"m-section at level {level} is missing a=rtcp-mux, which is required by rtcpMuxPolicy")


def _check_transport(section: _Section, level: int, type: str) -> None:
    for name, shortest in (("ice-ufrag", 4), ("ice-pwd", 22)):
        value = section.first(name)
        if not value:
            raise _RefusedError(f"Invalid description, no {name} attribute at level {level}")
        if len(value) < shortest:
            raise _RefusedError(f"Invalid description, {name} is too short at level {level}")
        if "$" in value:
            raise _RefusedError(f"Invalid description, {name} contains invalid characters at level {level}")
    if not section.all("fingerprint"):
        raise _RefusedError(f"Invalid description, no fingerprint attribute at level {level}")
    setup = section.first("setup")
    if setup == "holdconn":
        raise _RefusedError(f'Invalid description, illegal setup attribute "holdconn" at level {level}')
    if type == "answer" and setup == "actpass":
        raise _RefusedError(f'Invalid answer, illegal setup attribute "actpass" at level {level}')
    if type == "offer" and setup is None:
        raise _RefusedError(f"Invalid offer, no setup attribute at level {level}")


def _check_against_previous(new: _Description, previous: _Description) -> None:
    """What a new remote description must keep of the one before."""
    if len(previous.sections) > len(new.sections):
        raise _RefusedError("New remote description has fewer m-sections than the previous remote description.")
    negotiated = dict(_negotiated_extensions(previous))
    for extension in (extension for section in new.sections for extension in section.all("extmap")):
        uri = negotiated.get(extension.id, extension.uri)
        if uri != extension.uri:
            raise _RefusedError(
                f"Remote description attempted to remap RTP extension id {extension.id} from {uri} to {extension.uri}"
            )
    _bundled(new)
    restarts: set[bool] = set()
    for level, (before, after) in enumerate(zip(previous.sections, new.sections, strict=False)):
        if before.is_disabled or after.is_disabled:
            continue
        if before.kind != after.kind:
            raise _RefusedError(f"Remote description changes the media type of m-line {level}")
        restarts.add(any(before.first(name) != after.first(name) for name in ("ice-ufrag", "ice-pwd")))
        if len(restarts) > 1:
            raise _RefusedError(
                "Partial ICE restart is unsupported at this time (new remote description changes either the "
                "ice-ufrag or ice-pwd on fewer than all msections)"
            )


_AUDIO_EXTENSIONS = {
    "urn:ietf:params:rtp-hdrext:ssrc-audio-level": "sendrecv",
    "urn:ietf:params:rtp-hdrext:csrc-audio-level": "recvonly",
}
_VIDEO_EXTENSIONS = {
    "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time": "sendrecv",
    "urn:ietf:params:rtp-hdrext:toffset": "sendrecv",
    "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay": "recvonly",
}
_COMMON_EXTENSIONS = {
    "urn:ietf:params:rtp-hdrext:sdes:mid": "sendrecv",
    "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01": "sendrecv",
}
_EXTENSIONS = {
    "audio": _AUDIO_EXTENSIONS | _COMMON_EXTENSIONS,
    "video": _VIDEO_EXTENSIONS | _COMMON_EXTENSIONS,
    "application": {},
}
"""The header extensions that Firefox has, by the kind of media, with the directions in which it uses them."""


def _negotiated_extensions(offer: _Description) -> Iterator[tuple[int, str]]:
    """The header extensions of an offer that Firefox answers."""
    for section in offer.sections:
        if section.is_disabled or not _has_codec(section):
            continue
        for extension in section.all("extmap"):
            own = _EXTENSIONS[section.kind].get(extension.uri)
            if own == "sendrecv" or (own and extension.direction in ("sendrecv", "sendonly")):
                if extension.direction != "inactive":
                    yield extension.id, extension.uri


def _check_answer(answer: _Description, offer: _Description | None) -> None:
    """What must be right in an answer; `offer` is what Firefox had sent."""
    if offer is not None and len(offer.sections) != len(answer.sections):
        counts = f"({len(offer.sections)} vs {len(answer.sections)})"
        raise _RefusedError(f"Offer and answer have different number of m-lines {counts}")
    _check_transports(answer, "answer")
    if offer is None:
        return
    for level, (offered, answered) in enumerate(zip(offer.sections, answer.sections, strict=True)):
        _check_answered(offered, answered, level)
    for mid in _bundled(answer):
        if offer.section(mid) is None and answer.section(mid) is None:
            raise _RefusedError(f"No transceiver for bundled mid {mid}")
    for level, section in enumerate(answer.sections):
        if not section.is_disabled and not _has_codec(section):
            raise _RefusedError(f"Answer had no codecs in common with offer in m-section {level}")


def _check_answered(offer: _Section, answer: _Section, level: int) -> None:
    if offer.kind != answer.kind:
        raise _RefusedError(f"Answer and offer have different media types at m-line {level}")
    if answer.is_disabled:
        return
    if offer.is_disabled:
        raise _RefusedError("Answer tried to enable an m-section that was disabled in the offer")
    if not offer.is_sending and answer.is_receiving:
        raise _RefusedError("Answer tried to set recv when offer did not set send")
    if not offer.is_receiving and answer.is_sending:
        raise _RefusedError("Answer tried to set send when offer did not set recv")
    if offer.mid is not None and answer.mid is not None and offer.mid != answer.mid:
        raise _RefusedError(f"Answer changes mid for level, was '{offer.mid}', now '{answer.mid}'")
    _check_answered_extensions(offer.all("extmap"), answer.all("extmap"), level)


def _check_answered_extensions(offered: list[_Extension], answered: list[_Extension], level: int) -> None:
    if answered and not offered:
        raise _RefusedError(f"Answer adds extmap attributes to level {level}")
    for extension in answered:
        old = next((other for other in offered if other.uri == extension.uri), None)
        if old is None:
            raise _RefusedError(f"Answer has extmap {extension.uri} at level {level} that was not present in offer.")
        if old.id != extension.id:
            raise _RefusedError(
                f"Answer changed id for extmap attribute at level {level} ({old.uri}) from {old.id} to {extension.id}."
            )


# What Firefox answers

_CODECS = {
    "audio": {
        ("opus", 48000, 2),
        ("g722", 8000, 1),
        ("pcmu", 8000, 1),
        ("pcma", 8000, 1),
        ("telephone-event", 8000, 1),
    },
    "video": {("vp8", 90000, 0), ("vp9", 90000, 0), ("av1", 90000, 0)},
}
"""Names, clock rates and channels; video has none."""
_STATIC_CODECS = {"0", "8", "9"}
"""The payload types that Firefox knows without an a=rtpmap: PCMU, PCMA, G722."""


def _has_codec(section: _Section) -> bool:
    """Whether Firefox has any codec of a section."""
    if section.kind == "application":
        return _has_data_channel(section)
    rtpmaps = {str(rtpmap.payload_type): rtpmap for rtpmap in reversed(section.own("rtpmap"))}
    return any(_is_known(section.kind, payload_type, rtpmaps.get(payload_type)) for payload_type in section.formats)


def _is_known(kind: str, payload_type: str, rtpmap: _Rtpmap | None) -> bool:
    if rtpmap is None:
        return kind == "audio" and payload_type in _STATIC_CODECS
    channels = rtpmap.channels if kind == "audio" else 0
    return (rtpmap.name.lower(), rtpmap.clock_rate, channels) in _CODECS[kind]


def _has_data_channel(section: _Section) -> bool:
    """Either with a=sctp-port, or as it was in drafts with a=sctpmap."""
    if section.formats[0].lower() == "webrtc-datachannel" and next(iter(section.own("sctp-port")), 0):
        return True
    return next(iter(section.own("sctpmap")), "").lower() == "webrtc-datachannel"


def _answer(offer: _Description, previous: _Description | None) -> Verdict:
    """What createAnswer makes of an offer: a second data section takes the transceiver of the first."""
    data = [level for level, section in enumerate(offer.sections) if section.kind == "application"]
    if len(data) > 1:
        raise _RefusedError(f"No transceiver for level {data[0]}")
    rejected = tuple(
        level for level, section in enumerate(offer.sections) if not section.is_disabled and not _has_codec(section)
    )
    return Verdict(True, rejected_sections=rejected, obstacle=_obstacle(offer, rejected))


def _obstacle(description: _Description, rejected: tuple[int, ...]) -> str | None:
    """Why nothing will come of it although it is accepted."""
    live = [level for level, section in enumerate(description.sections) if not section.is_disabled]
    if live and len(rejected) == len(live):
        return "Firefox rejects every m-section: it has none of the codecs"
    return None


# Candidates

_NICER = re.compile(
    r" *(a=)?candidate: *(?P<foundation>[^ ]+) +\d+[^ ]* +(udp|tcp) *\d+[^ ]* +[^ ]+ +\d+[^ ]* +"
    r"typ *(host|srflx|prflx|relay)",
    re.IGNORECASE | re.ASCII,
)
"""What nICEr can read of a candidate, but for its numbers."""


def _read_init(text: str) -> tuple[str, bool]:
    """The candidate, and whether it is said nowhere to which section it belongs."""
    if not text.lstrip().startswith("{"):
        return text, False
    try:
        init = json.loads(text)
        candidate = init.get("candidate", "")
        nowhere = bool(candidate) and init.get("sdpMid") is None and init.get("sdpMLineIndex") is None
    except (ValueError, AttributeError, RecursionError):
        return text, False
    return str(candidate), nowhere
