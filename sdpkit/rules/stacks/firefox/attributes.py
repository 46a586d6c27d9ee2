"""What SIPCC makes of the values of attributes."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sdpkit.rules.stacks.firefox.tokens import LONGEST_TOKEN, number, token

DIRECTIONS = {"sendrecv", "sendonly", "recvonly", "inactive"}
_MOST_MIDS = 32
_LONGEST_MID = 63


class DroppedError(Exception):
    """An attribute that SIPCC drops; the arguments are its warnings."""


class Extension(NamedTuple):
    """One a=extmap."""

    id: int
    direction: str
    uri: str


class Rtpmap(NamedTuple):
    """One a=rtpmap."""

    payload_type: int
    name: str
    clock_rate: int
    channels: int


def ignore(rest: str) -> str:
    """A line or an attribute whose value has no effect."""
    return rest


def _string(name: str) -> Callable[[str], str]:
    def parse(rest: str) -> str:
        word, _ = token(rest)
        if not word:
            raise DroppedError(f"No string token found for {name} attribute")
        return word

    return parse


def _integer(name: str) -> Callable[[str], int]:
    def parse(rest: str) -> int:
        value = number(token(rest)[0])
        if value is None:
            raise DroppedError(f"Numeric token for {name} attribute not found")
        return value

    return parse


def _whole_line(name: str) -> Callable[[str], str]:
    def parse(rest: str) -> str:
        if not rest:
            raise DroppedError(f"No string token found for {name} attribute")
        return rest[: LONGEST_TOKEN + 1]

    return parse


def _ice(rest: str) -> str:
    if not rest:
        raise DroppedError("problem parsing ice attribute ")
    return rest[:LONGEST_TOKEN]


def _group(rest: str) -> tuple[str, list[str]]:
    semantics, rest = token(rest, longest=_LONGEST_MID)
    if not semantics:
        raise DroppedError("No group attribute value specified for a=group line")
    mids: list[str] = []
    mid, rest = token(rest, longest=_LONGEST_MID)
    while mid and len(mids) < _MOST_MIDS:
        mids.append(mid)
        mid, rest = token(rest, longest=_LONGEST_MID)
    return semantics.upper(), mids


def _setup(rest: str) -> str:
    word, _ = token(rest)
    if not word:
        raise DroppedError("problem parsing setup attribute", "could not parse setup attribute")
    if word.lower() not in ("active", "passive", "actpass", "holdconn"):
        raise DroppedError("Unknown setup attribute")
    return word.lower()


def _extmap(rest: str) -> Extension:
    field, rest = token(rest, "/ \t")
    value = number(field)
    if value is None:
        raise DroppedError("Invalid extmap id specified for extmap attribute.")
    direction = "sendrecv"
    if rest.startswith("/"):
        direction, rest = token(rest[1:])
        if direction.lower() not in DIRECTIONS:
            raise DroppedError("Invalid direction specified in extmap attribute.")
    uri, _ = token(rest)
    if not uri:
        raise DroppedError("No uri specified in extmap attribute.")
    return Extension(value % 2**16, direction.lower(), uri)


def _rtpmap(rest: str) -> Rtpmap:
    field, rest = token(rest)
    payload_type = number(field)
    if payload_type is None:
        raise DroppedError("Invalid payload type specified for rtpmap attribute.")
    name, rest = token(rest, "/ \t")
    if not name:
        raise DroppedError("No encoding name specified in rtpmap attribute.")
    field, after = token(rest, "/ \t")
    clock_rate = number(field)
    if clock_rate is None:  # a warning only, and 8000
        return Rtpmap(payload_type % 2**16, name, 8000, 1)
    channels: int | None = 1
    if after.startswith("/"):
        channels = number(token(after, "/ \t")[0])
        if channels is None:
            raise DroppedError("Invalid number of channels parameter for rtpmap attribute.")
    return Rtpmap(payload_type % 2**16, name, clock_rate, (channels or 0) % 2**16)


def _sctpmap(rest: str) -> str:
    port, rest = token(rest)
    if number(port) is None:
        raise DroppedError("no sctpmap port number")
    protocol, rest = token(rest)
    if not protocol:
        raise DroppedError("No sctpmap protocol specified.")
    if number(token(rest)[0]) is None:
        raise DroppedError("No sctpmap streams specified.")
    return protocol


def _rtcp(rest: str) -> str:
    port, rest = token(rest)
    if number(port) is None:
        raise DroppedError("could not parse port for rtcp attribute")
    words = rest.split()
    if len(words) == 1:
        raise DroppedError("problem parsing Addrtype")
    if len(words) == 2:
        raise DroppedError("could not parse addr for rtcp attribute")
    return rest


def _msid(rest: str) -> str:
    if not token(rest)[0]:
        raise DroppedError("Bad msid identity value")
    return rest


def _ssrc(rest: str) -> str:
    if number(token(rest)[0]) is None:
        raise DroppedError("Bad ssrc attribute, cannot parse ssrc")
    return rest


_READERS: dict[str, Callable[[str], Any]] = {
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
_OTHERS = """
bearer bundle-only called cdsc conf connection connection_type cpar crypto curr des dialed dialing direction
dtls-message eecid end-of-candidates extmap-allow-mixed fmtp framerate framing ice-lite identity imageattr
maxprate mptime msid-semantic qos rtcp-fb rtcp-mux rtcp-rsize rtcp-unicast rtr secure silenceSupp source-filter
sprtmap sqn ssrc-group subnet T38FaxFillBitRemoval T38FaxMaxBuffer T38FaxMaxDatagram T38FaxRateManagement
T38FaxTranscodingJBIG T38FaxTranscodingMMR T38FaxUdpEC T38FaxVersion T38MaxBitRate TC1PayloadBytes TC1WindowSize
TC2PayloadBytes TC2WindowSize TMRGwXid X-cap X-confid X-cpar X-crypto X-pc-codec X-pc-qos X-qos X-sidin X-sidout
X-sqn
"""
KNOWN = {name.lower(): (name, _READERS.get(name, ignore)) for name in (*_READERS, *DIRECTIONS, *_OTHERS.split())}
"""The attributes that SIPCC knows, with what reads them, by their names in lower case."""
