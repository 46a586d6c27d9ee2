"""SIPCC, Firefox's parser of descriptions: forgiving, but what it does not forgive ends the parse.

Lines end with a line feed, and nothing else. A line that is of no type ends the description without an error, and so
does a last line without a line feed; what comes before must be complete then.
"""

import re
from collections.abc import Callable, Iterator

from sdpkit.rules.stacks.firefox.attributes import DIRECTIONS, KNOWN, DroppedError, ignore
from sdpkit.rules.stacks.firefox.description import Description, FailedError, Log, Section
from sdpkit.rules.stacks.firefox.tokens import LONGEST_TOKEN, number, token

_TYPES = ("v=", "o=", "s=", "i=", "u=", "e=", "p=", "c=", "b=", "t=", "r=", "z=", "k=", "a=", "m=")
"""The types of lines, in the order that they should have."""
_PLACES = {type: place for place, type in enumerate(_TYPES)}
_BEHIND_MEDIA = _PLACES["s="]
"""Where a section begins in this order."""
_OF_MEDIA = {"i=", "c=", "b=", "k=", "a=", "m="}
_NAME = re.compile(f"[: \t]*([^: \t]{{0,{LONGEST_TOKEN}}}):?").match
"""What reads the name of an attribute, and the colon behind it."""
_ID_MAX = 2**63 - 1
_MOST_FORMATS = 30
_MEDIA_TYPES = """
audio video application data control image text nas/radius nas/tacacs nas/diameter nas/l2tp nas/login nas/none
"""
"""The kinds of m= lines that SIPCC knows."""
RTP_TRANSPORTS = {
    "RTP/AVP",
    "RTP/SAVP",
    "RTP/SAVPF",
    "UDP/TLS/RTP/SAVP",
    "UDP/TLS/RTP/SAVPF",
    "TCP/DTLS/RTP/SAVP",
    "TCP/DTLS/RTP/SAVPF",
}
SCTP_TRANSPORTS = {"DTLS/SCTP", "UDP/DTLS/SCTP", "TCP/DTLS/SCTP"}
_PORT_FORMATS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(RTP_TRANSPORTS, (1, 2)),
    **dict.fromkeys(SCTP_TRANSPORTS, (1,)),
    **dict.fromkeys(("udp", "LOCAL"), (1, 2)),
    **dict.fromkeys(("tcp", "udptl", "udpsprt"), (1,)),
    "ces10": (2,),
    "AAL1/AVP": (1, 3),
    **dict.fromkeys(("AAL2/ITU", "AAL2/ATMF", "AAL2/custom"), (1, 2, 4)),
    "RTP/AVPF": (),
}
"""How many numbers the port may have, by the transport. SIPCC knows RTP/AVPF, but no port format for it."""
_TRANSPORTS = {name.upper(): name for name in _PORT_FORMATS}


class Sipcc:
    """One parse: an ordered pass over the lines."""

    def __init__(self, text: str, log: Log) -> None:
        *self._lines, self._rest = text.partition("\0")[0].split("\n")
        self._is_cut = bool(self._rest) or "\0" in text or not self._lines
        self._log = log
        self._session = Section(0)
        self._sections: list[Section] = []
        self._current = self._session
        self._seen: set[str] = set()
        """The types of lines that were read, of those that are asked for."""
        self._is_broken = False
        """Whether a line could not be read. All that follow are left out then."""
        self._is_over = False
        """Whether no more lines are taken: the first one is not v=. It is still read."""
        self._is_unknown = False
        """Whether the description ends with a line of a type that is none."""
        self._parsers: dict[str, Callable[[str], object]] = {
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

    def parse(self) -> Description:
        """What is read. Raises FailedError."""
        self._read_lines()
        if self._is_broken:
            raise FailedError
        self._validate()
        return Description(self._session, self._sections)

    def _read_lines(self) -> None:
        last = 0
        for line, text in enumerate(self._lines, 1):
            self._log.line = line
            type = text[:2]
            if type not in _PLACES or (type == "v=" and line > 1):
                self._read_foreign(text)
                return
            if self._is_taken(type):
                last = self._check_order(type, last)
                self._read_line(type, text[2:].partition("\r")[0])
        self._read_end()

    def _read_foreign(self, text: str) -> None:
        """A line that ends the description: of no type that SIPCC knows, or the v= of the next one."""
        if self._log.line == 1:
            raise self._log.fail(" Attempt to parse text not recognized as SDP text, parse fails.")
        self._is_unknown = text[1:2] == "=" and text[:2] != "v="

    def _is_taken(self, type: str) -> bool:
        """Whether a line is read at all."""
        if self._is_broken or self._is_over:
            return False
        if self._sections and type not in _OF_MEDIA:
            self._log.note(f" Warning: Invalid token {type} found at media level")
            return False
        if self._log.line == 1 and type != "v=":
            self._log.note(" First line not v=, parse fails")
            self._is_over = True
        return True

    def _check_order(self, type: str, last: int) -> int:
        """Warns of a line after one that it should precede; gives the place of this one."""
        place = _PLACES[type]
        if place < last:
            self._log.note(f" Warning: Invalid token ordering detected, token {type} found after token {_TYPES[last]}")
        return _BEHIND_MEDIA if type == "m=" else place

    def _read_line(self, type: str, rest: str) -> None:
        try:
            self._parsers.get(type, ignore)(rest)
        except FailedError:
            self._is_broken = True

    def _read_end(self) -> None:
        """A last line without a line feed is an error, but only that line is lost."""
        if self._is_cut:
            self._log.line += 1
            self._log.note(" End of line beyond end of buffer.")
        if not self._lines:
            raise FailedError

    def _validate(self) -> None:
        """What must be there at the end."""
        if not self._session.has_connection and not all(section.has_connection for section in self._sections):
            raise self._log.fail(" c= connection line not specified for every media level, validation failed.")
        for type, name in (("o=", "owner line"), ("t=", "timespec line")):
            if type not in self._seen:
                raise self._log.fail(f" {type} {name} not specified, validation failed.")
        if self._is_unknown:
            raise FailedError

    def _version(self, rest: str) -> None:
        version = number(token(rest)[0])
        if version is None or version % 2**16:
            raise self._log.fail(f" Invalid version ({(version or 0) % 2**16}) found, parse failed.")

    def _owner(self, rest: str) -> None:
        if "o=" in self._seen:
            self._log.note(" Warning: More than one o= line specified.")
        name, rest = token(rest)
        if not name:
            raise self._log.fail(" No owner name specified for o=.")
        for what in ("session id", "version"):
            word, rest = token(rest)
            if not (word.isdecimal() and int(word) % 2**64 <= _ID_MAX):
                raise self._log.fail(f" Invalid owner {what} specified for o=.")
        for what, known in (("network", ("in",)), ("address", ("ip4", "ip6"))):
            word, rest = token(rest)
            if not word:
                raise self._log.fail(f" No owner {what} type specified for o=.")
            if word.lower() not in known:
                raise self._log.fail(f" Owner {what} type unsupported ({word})")
        if not token(rest)[0]:
            raise self._log.fail(" No owner address specified.")
        self._seen.add("o=")

    def _session_name(self, rest: str) -> None:
        if "s=" in self._seen:
            self._log.note(" Warning: More than one s= line specified.")
        if not rest:
            self._log.note(" Warning: No session name specified.")
        else:
            self._seen.add("s=")

    def _connection(self, rest: str) -> None:
        section = self._current
        if section.own("c="):
            raise self._log.fail(" c= line specified twice at same level, parse failed.")
        section.attributes["c="].append((self._log.line, rest))
        words = []
        for what, known in (("network", ("in",)), ("address", ("ip4", "ip6"))):
            word, rest = token(rest)
            if not word:
                raise self._log.fail(f" No connection {what} type specified for c=.")
            if word.lower() not in known:
                self._log.note(f" Warning: Connection {what} type unsupported ({word}) for c=.")
                word = ""
            words.append(word.lower())
        address, _ = token(rest)
        if not address:
            raise self._log.fail(" No connection address specified for c=.")
        self._address(words[1], address)
        section.has_connection = all(words)

    def _address(self, kind: str, address: str) -> None:
        """The first byte of an IPv4 address is read for multicast, and what stands behind a slash."""
        first = number(address[:3])
        if kind == "ip4" and (first is None or first > 255):
            raise self._log.fail(f" Error parsing address {address[:3]} for mcast.")
        _, slash, rest = address.partition("/")
        if not slash:
            return
        ttl, rest = token(rest, "/")
        if not ttl:
            raise self._log.fail(" No ttl value specified for this multicast addr with a slash")
        if number(ttl) is None:
            raise self._log.fail(" Invalid TTL: Value must be in the range 0-255 ")
        if rest and not number(rest[1:]):
            raise self._log.fail(" Invalid Num of addresses: Value must be > 0 ")

    def _bandwidth(self, rest: str) -> None:
        kind, rest = token(rest, ":")
        if not kind:
            raise self._log.fail(" No bandwidth type specified for b= ")
        if kind.upper() in ("AS", "CT", "TIAS") and rest and number(token(rest[1:])[0]) is None:
            raise self._log.fail(" Error: No BW Value specified ")

    def _timing(self, rest: str) -> None:
        for what in ("start", "stop"):
            time, rest = token(rest)
            if number(time) is None:
                raise self._log.fail(f" Invalid timespec {what} time specified.")
        self._seen.add("t=")

    def _key(self, rest: str) -> None:
        kind, rest = token(rest, ":")
        if not kind:
            raise self._log.fail(" No encryption type specified for k=.")
        if kind.lower() not in ("clear", "base64", "uri", "prompt"):
            self._log.note(f" Warning: Encryption type unsupported ({kind}).")
        elif kind.lower() != "prompt" and not token(rest[1:])[0]:
            raise self._log.fail(" Warning: No encryption key specified as required.")

    def _attribute(self, rest: str) -> None:
        found = _NAME(rest)
        assert found is not None  # it may be empty
        if not found[1]:
            raise self._log.fail(" No attribute type specified, parse failed.")
        known = KNOWN.get(found[1].lower())
        if known is None:
            self._log.note(f" Warning: Unrecognized attribute ({found[1]}) ")
            return
        name, read = known
        try:
            value = read(rest[found.end() :])
        except DroppedError as dropped:
            for warning in dropped.args:
                self._log.note(f" Warning: {warning}")
            return
        self._current.attributes[name].append((self._log.line, value))
        if name in DIRECTIONS:
            self._current.direction = name

    def _media(self, rest: str) -> None:
        section = Section(self._log.line, self._session)
        kind, rest = token(rest)
        if not kind:
            raise self._log.fail(" No media type specified, parse failed.")
        if kind.lower() not in _MEDIA_TYPES.split():
            self._log.note(f" Warning: Media type unsupported ({kind}).")
        section.kind = kind.lower()
        port, rest = token(rest)
        if not port:
            raise self._log.fail(" No port specified in m= media line, parse failed.")
        transport, rest = token(rest)
        if not transport:
            raise self._log.fail(" No transport protocol type specified, parse failed.")
        section.transport = _TRANSPORTS.get(transport.upper(), "")
        if not section.transport:
            self._log.note(f" Warning: Transport protocol type unsupported ({transport}).")
        numbers = list(_port_numbers(port))
        if len(numbers) not in _PORT_FORMATS.get(section.transport, ()):
            name = section.transport or "Unsupported"
            raise self._log.fail(
                f" Invalid port format ({port}) specified for transport protocol ({name}), parse failed."
            )
        section.port = numbers[0]
        section.formats = self._formats(section, rest)
        self._sections.append(section)
        self._current = section

    def _formats(self, section: Section, rest: str) -> list[str]:
        if section.transport in SCTP_TRANSPORTS:
            format = self._sctp_format(section, rest)
            return [format] if section.kind == "application" else []
        formats: list[int] = []
        for word in rest.split():
            value = number(word)
            if value is None:
                self._log.note(f" Warning: Payload type unsupported ({word}).")
            elif len(formats) < _MOST_FORMATS:
                formats.append(value % 2**16)
        if not formats:
            self._log.note(" Warning: No payload types specified.")
        if section.kind == "application":
            return ["0"]
        # SIPCC keeps the codec in the low byte, so that the high one is the payload type where there is one
        return [str(value >> 8 or value) for value in formats]

    def _sctp_format(self, section: Section, rest: str) -> str:
        word, _ = token(rest)
        port = number(token(word, "/ \t")[0])
        if not word or (section.transport == "DTLS/SCTP" and port is None):
            raise self._log.fail(" No sctp port specified in m= media line, parse failed.")
        if section.transport == "DTLS/SCTP":
            return str(port)
        if word.lower() != "webrtc-datachannel":
            raise self._log.fail(" No webrtc-datachannel token in m= media line, parse failed.")
        return "webrtc-datachannel"


def _port_numbers(text: str) -> Iterator[int]:
    for _ in range(4):
        word, text = token(text, "/ \t")
        value = number(word)
        if value is None:
            return
        yield value
