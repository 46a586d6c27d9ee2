"""The session part (SES)."""

import ipaddress
import re
from collections.abc import Iterator
from itertools import pairwise

from sdpkit.finding import Edit, Fix, Severity, shorten
from sdpkit.ice.address import Family, Scope, family, scope
from sdpkit.rules.rule import WEB, Hit, Subject, at, drop, found_by_parser, insert_behind, place, rewrite, rule
from sdpkit.rules.syntax import EVERYTHING, has_lost_its_lines, put_right, values
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.fields import MEDIA_ORDER, SESSION_ORDER, ConnectionData
from sdpkit.sdp.lines import Line

_REQUIRED = {"v": "v=0", "o": "", "s": "s=-", "t": "t=0 0"}
"""The lines that a session must have, and what they say where there is nothing to say."""
_SESSION_RANKS = {f"{letter}=": rank for rank, letter in enumerate(SESSION_ORDER)}
_SESSION_RANKS["r="] = _SESSION_RANKS["t="]  # r= lines stand between t= lines
_MEDIA_RANKS = {f"{letter}=": rank for rank, letter in enumerate(MEDIA_ORDER)}
"""The places of lines in their order, by their types."""
_FOR_SESSION = [type for type in _SESSION_RANKS if type not in _MEDIA_RANKS]
_LETTER = re.compile(r"[\s>|\ufeff]*([a-zA-Z])[ \t]*=")
_DOTTED = re.compile(r"[0-9.]+").fullmatch
_MOST = 2**63 - 1  # RFC 3264 §5: the numbers of o= fit into a signed integer of 64 bits
_BANDWIDTHS = {"CT", "AS", "RS", "RR", "TIAS"}  # RFC 8866 §5.8, RFC 3556, RFC 3890


@rule("SES001", Severity.ERROR, "RFC 8866 §5", bad="-t=0 0")
def missing_line(subject: Subject) -> Iterator[Hit]:
    """The session lacks one of the lines v=, o=, s= and t=, which it must have.

    They say nothing much in WebRTC, but Chromium refuses a description without one ("Expect line: t="), and Firefox
    one without v=, o= or t= ("t= timespec line not specified, validation failed."). aiortc does not mind.
    """
    description = subject.description
    if all(f"{letter}=" in description for letter in _REQUIRED):
        return
    there = set(_letters(description))
    if has_lost_its_lines(description) or not (there & set(_REQUIRED) or _is_whole(description)):
        return  # a fragment, or no SDP
    for letter in [letter for letter in _REQUIRED if letter not in there]:
        before = SESSION_ORDER[: SESSION_ORDER.index(letter)]
        line = next((line for line in reversed(description.session_lines) if line.type and line.type in before), None)
        known = _REQUIRED[letter] if letter != "v" else ""
        fix = insert_behind(line, known, f"add {known}") if line and known else None
        message = f"there is no {letter}= line"
        yield Hit(line or description.lines[0], message, fix=fix)


def _letters(description: SessionDescription) -> Iterator[str]:
    """The type letters of all lines, also where blanks stand around them or they are in upper case."""
    for line in description.lines:
        if found := _LETTER.match(line.text):
            yield found[1].lower()


def _is_whole(description: SessionDescription) -> bool:
    """Whether codecs or data channels are described, which a fragment of ICE (RFC 8840 §9) has no place for."""
    return any(name in section for section in description.media for name in ("rtpmap", "sctp-port", "fingerprint"))


@rule("SES002", Severity.ERROR, "RFC 8866 §5.1", bad="-v=0\n+v=1")
def other_version(subject: Subject) -> Iterator[Hit]:
    """The version of SDP is not 0.

    There is no other one. Firefox says "Invalid version (1) found, parse failed."; Chromium does not look at it.
    """
    for line, version in values(subject.description, "v="):
        if version != 0:
            fix = rewrite(line, "v=0", "write v=0", safe=False)
            yield Hit(line, f"there is no version {version} of SDP, only 0", 2, fix=fix)


@rule("SES003", Severity.ERROR, "RFC 8866 §9", bad="-t=0 0\n-a=group:BUNDLE 0 1 2\n+a=group:BUNDLE 0 1 2\n+t=0 0")
def lines_out_of_order(subject: Subject) -> Iterator[Hit]:
    """Lines do not stand in the order that SDP wants.

    It is v o s i u e p c b t r z k a before the first m= line, and m i c b k a from there on. Chromium refuses a
    session out of order ("Expect line: t="); Firefox only wants v= first, and aiortc does not mind.
    """
    description = subject.description
    misplaced = list(_misplaced(description.session_lines, _SESSION_RANKS))
    fix = _ordered(description.session_lines) if misplaced else None
    for line, before in misplaced:
        message = f"a {line.type}= line must not stand behind {before.type}="
        yield Hit(line, message, fix=fix, related=(place(before, "it belongs before this"),))
    for section in description.media:
        if any(line.text == "v=0" for line in section.lines_of("v=")):
            return  # a second description, which is SYN018
        for type in _FOR_SESSION:
            for line in section.lines_of(type):
                yield Hit(line, f"a {type} line belongs before the first m= line")
        for line, before in _misplaced(section.lines, _MEDIA_RANKS):
            message = f"a {line.type}= line must not stand behind {before.type}="
            yield Hit(line, message, related=(place(before, "it belongs before this"),))


def _misplaced(lines: tuple[Line, ...], ranks: dict[str, int]) -> Iterator[tuple[Line, Line]]:
    """The lines that stand too late, each with the first one that has to come after it."""
    firsts: dict[int, Line] = {}
    highest = -1
    for line in lines:
        rank = ranks.get(line.text[:2], highest)
        if rank > highest:
            firsts[rank] = line
            highest = rank
        elif rank < highest:
            yield line, min((first for other, first in firsts.items() if other > rank), key=lambda first: first.number)
            firsts.setdefault(rank, line)


def _ordered(lines: tuple[Line, ...]) -> Fix | None:
    """The fix that brings the lines of the session into their order."""
    if any(line.text[:2] not in _SESSION_RANKS for line in lines):
        return None
    ordered = sorted(lines, key=lambda line: _SESSION_RANKS[line.text[:2]])
    edits = [Edit(line.number, new.text) for line, new in zip(lines, ordered, strict=True) if line.text != new.text]
    return Fix("put the lines of the session into their order", True, tuple(edits))


@found_by_parser("SES004", Severity.ERROR, "RFC 8866 §5.2", bad="-o=…\n+o=- 1 2 IN IP4")
def incomplete_origin() -> None:
    """The o= line does not have its six fields.

    They are a user name or `-`, the number of the session, the number of its version, `IN`, `IP4` or `IP6`, and an
    address. Chromium says "Expects 6 fields."; Firefox "No owner address specified."
    """


@rule("SES005", Severity.ERROR, "RFC 3264 §5", bad="-o=…\n+o=- abc 2 IN IP4 127.0.0.1", pedantic=True)
def origin_without_numbers(subject: Subject) -> Iterator[Hit]:
    """The numbers of the session and of its version in o= are no numbers, or too large.

    They have to fit into a signed integer of 64 bits. Firefox says "Invalid owner session id specified for o=." of
    letters and negative numbers, and takes large ones; Chromium takes anything.
    """
    for line in subject.description.lines_of("o="):
        fields = line.value.split(" ")
        if len(fields) != 6:
            continue
        start = 2 + len(fields[0]) + 1
        for name, field in (("session", fields[1]), ("version", fields[2])):
            if not (field.isascii() and field.isdigit()):
                yield Hit(line, f'the number of the {name} is "{shorten(field)}"', start, start + len(field))
            elif len(field) > 19 or int(field) > _MOST:
                yield Hit(line, f"the number of the {name} is larger than 2^63-1", start, start + len(field))
            start += len(field) + 1


@rule("SES006", Severity.ERROR, "RFC 8866 §5.3", bad="-s=-\n+s=")
def empty_name(subject: Subject) -> Iterator[Hit]:
    """The name of the session, s=, is empty.

    Where there is no name it is `s=-`, or a single blank. Chromium says "Expect line: s="; Firefox does not mind.
    """
    for line in subject.description.lines_of("s="):
        if line.text == "s=":
            yield Hit(line, "s= says nothing", fix=rewrite(line, "s=-", "write s=-"))


@rule("SES007", Severity.ERROR, "RFC 8866 §9", bad="-s=-\n+s=-\n+s=x", pedantic=True)
def repeated_line(subject: Subject) -> Iterator[Hit]:
    """A line that a session has once stands there again.

    That is v=, o=, s=, i=, u= and, before the first m= line, c=. Chromium says "Expect line: t=" or the like, because
    it expects the next line; Firefox does not mind.
    """
    for letter in "vosiuc":
        lines = subject.description.lines_of(f"{letter}=")
        for line in lines[1:]:
            yield Hit(line, f"a second {letter}= line", related=(place(lines[0], "the first one"),))


@rule("SES008", Severity.WARNING, "RFC 8866 §5.7", bad="-c=IN IP4 0.0.0.0")
def no_connection(subject: Subject) -> Iterator[Hit]:
    """An m-section has no c= line, and the session none either.

    Each needs one of the two, even where ICE finds the address. Firefox refuses the description ("c= connection line
    not specified for every media level, validation failed."); Chromium and aiortc do not mind.
    """
    description = subject.description
    if description.is_fragment or description.lines_of("c="):
        return
    for section in description.media:
        if not section.lines_of("c="):
            line = (section.lines_of("i=") or section.lines_of("m="))[0]
            fix = insert_behind(line, "c=IN IP4 0.0.0.0", "add c=IN IP4 0.0.0.0") if section.ice.ufrag else None
            yield Hit(section.lines_of("m=")[0], "no c= line here or in the session", fix=fix)


@rule("SES009", Severity.ERROR, "RFC 8866 §5.7", bad="-c=IN IP4 0.0.0.0\n+c=IN IP6 0.0.0.0")
def unfitting_address(subject: Subject) -> Iterator[Hit]:
    """The address of c= or o= is none, or not one of the type that stands before it.

    IP4 wants four numbers up to 255, IP6 an IPv6 address, or both a host name. In c=, Chromium refuses an address of
    the other type ("The address type is mismatching.") and any network but IN; Firefox refuses an address that is
    none ("Error parsing address 999 for mcast.").
    """
    for line, network, type, address in _addresses(subject.description):
        if network != "IN":
            if subject.profile in WEB:
                yield at(line, network, f'the network type is "{network}", not IN')
        elif type not in ("IP4", "IP6"):
            yield at(line, f" {type} ", f'the address type is "{type}", neither IP4 nor IP6')
        elif _is_no_address(address):
            start = line.text.rfind(address)
            yield Hit(line, f'"{shorten(address)}" is no address', start, start + len(address))
        elif family(address) not in (type, Family.NAME):
            start = line.text.find(f" {type} ") + 1
            right = f"{line.text[:start]}{family(address)}{line.text[start + 3 :]}"
            fix = rewrite(line, right, f"write {family(address)}")
            yield Hit(
                line, f"{shorten(address)} is an {family(address)} address, not {type}", start, start + 3, fix=fix
            )


def _addresses(description: SessionDescription) -> Iterator[tuple[Line, str, str, str]]:
    """The o= and c= lines with the network type, the address type and the address that they say."""
    for line, origin in values(description, "o="):
        yield line, origin.network_type, origin.address_type, origin.address
    for line, connection in _connections(description):
        yield line, connection.network_type, connection.address_type, connection.address


def _connections(description: SessionDescription) -> Iterator[tuple[Line, ConnectionData]]:
    for section in (description, *description.media):
        yield from values(section, "c=")


def _is_no_address(address: str) -> bool:
    """Whether a text looks like an address in numbers but is none."""
    if not (_DOTTED(address) or ":" in address) or scope(address) is Scope.MASKED:
        return False
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return True
    return False


@rule("SES010", Severity.WARNING, "RFC 8866 §5.7", bad="-c=IN IP4 0.0.0.0\n+c=IN IP4 233.252.0.1/127", pedantic=True)
def odd_multicast(subject: Subject) -> Iterator[Hit]:
    """A multicast address stands where none can be, or its TTL is missing, too large or too much.

    IPv4 multicast must have a TTL of 0 to 255 behind a slash, IPv6 multicast must have none, and neither must any
    other address. With ICE there is no multicast: Chromium says "Multicast is not currently supported."
    """
    for line, connection in _connections(subject.description):
        is_multicast = connection.scope is Scope.MULTICAST
        numbered = connection.ttl is not None or connection.count is not None
        if is_multicast and subject.profile in WEB:
            message = f"{connection.address} is a multicast address, which WebRTC does not know"
        elif is_multicast and connection.family is Family.IP4 and connection.ttl is None:
            message = f"the IPv4 multicast address {connection.address} has no TTL"
        elif is_multicast and connection.family is Family.IP6 and connection.ttl is not None:
            message = f"the IPv6 multicast address {connection.address} has a TTL"
        elif connection.ttl is not None and connection.ttl > 255:
            message = f"a TTL of {connection.ttl} is more than 255"
        elif numbered and not is_multicast and connection.scope is not Scope.NAME:
            message = f"{connection.address} is no multicast address, and can have nothing behind a slash"
        else:
            continue
        yield Hit(line, message, line.text.rfind(" ") + 1)


@rule(
    "SES011",
    Severity.WARNING,
    "RFC 8839 §4.2.5",
    profiles=WEB,
    bad="-c=IN IP4 0.0.0.0\n+c=IN IP4 host.example",
    pedantic=True,
)
def host_name(subject: Subject) -> Iterator[Hit]:
    """A c= line has a host name in place of an address.

    SDP allows it, Chromium and aiortc take it, Firefox refuses it ("Error parsing address host.example for mcast.").
    With ICE the address is not used, and 0.0.0.0 says so.
    """
    for line, connection in _connections(subject.description):
        if connection.scope in (Scope.NAME, Scope.MDNS) and not _is_no_address(connection.address):
            fix = rewrite(line, "c=IN IP4 0.0.0.0", "write 0.0.0.0") if subject.description.uses_ice else None
            yield at(line, connection.address, f'"{shorten(connection.address)}" is a host name', fix=fix)


@rule("SES012", Severity.ERROR, "RFC 8866 §5.8", bad="-t=0 0\n+b=AS:-1\n+t=0 0")
def malformed_bandwidth(subject: Subject) -> Iterator[Hit]:
    """A b= line is not a type, a colon and a number.

    Chromium says "b=AS value can't be negative.", "Invalid value: abc." or "b= syntax error, does not match
    b=<modifier>:<bandwidth-value>."; Firefox "Error: No BW Value specified". Write b=AS:500 for 500 kbit/s, or take
    the line away for no limit.
    """
    yield from put_right(subject, "SES012", lambda line, _: drop(line, safe=False))


@rule("SES013", Severity.NOTE, "RFC 8829 §5.10", bad="-t=0 0\n+b=X-foo:5\n+t=0 0", pedantic=True)
def ignored_bandwidth(subject: Subject) -> Iterator[Hit]:
    """A b= line has a type that is unknown, or that browsers ignore where it stands.

    Known are CT, AS, TIAS, RS and RR. Browsers use AS and TIAS of m-sections only, and take AS for TIAS where that is
    missing (TIAS = AS * 950 - 16000). Chromium and Firefox pass over the rest.
    """
    web = subject.profile in WEB
    for section in (subject.description, *subject.media):
        for line, bandwidth in values(section, "b="):
            if bandwidth.type not in _BANDWIDTHS:
                yield at(line, bandwidth.type, f'there is no bandwidth type "{shorten(bandwidth.type)}"')
            elif web and bandwidth.type == "AS" and section is subject.description:
                yield at(line, bandwidth.type, "browsers ignore b=AS for the whole session")
            elif web and bandwidth.type == "CT" and section is not subject.description:
                yield at(line, bandwidth.type, "browsers ignore b=CT of an m-section")


@rule("SES014", Severity.WARNING, "RFC 8866 §5.12", bad="-t=0 0\n+t=0 0\n+k=clear:secret", pedantic=True)
def key_in_the_clear(subject: Subject) -> Iterator[Hit]:
    """There is a k= line, a key in the clear.

    It must not be used any more: whoever sees the description has the key. Chromium and Firefox ignore it, because
    WebRTC takes its keys from DTLS. Take the line away.
    """
    for section in (subject.description, *subject.media):
        for line in section.lines_of("k="):
            yield Hit(line, "keys must not stand in a description", fix=drop(line))


@rule("SES015", Severity.WARNING, "RFC 8829 §5.2.1", bad="-t=0 0\n+t=3724394400 0", profiles=WEB, pedantic=True)
def bounded_time(subject: Subject) -> Iterator[Hit]:
    """The t= line is not two numbers, or not `0 0`.

    A call has no fixed time, and `t=0 0` says so. Chromium and Firefox take other times and ignore them; Firefox
    refuses a t= line with one number ("Invalid timespec stop time specified.").
    """
    for line, timing in values(subject.description, "t="):
        if (timing.start, timing.stop) != (0, 0):
            yield Hit(line, "a call has no fixed time", 2, fix=rewrite(line, "t=0 0", "write t=0 0"))


@rule(
    "SES016",
    Severity.WARNING,
    "RFC 3264 §5",
    bad=EVERYTHING + "+v=0\n+o=- 1 1 IN IP4 0.0.0.0\n+s=-\n+t=0 0",
    pedantic=True,
)
def no_sections(subject: Subject) -> Iterator[Hit]:
    """There are no m-sections, so that nothing is negotiated.

    That is legal, and Chromium, Firefox and aiortc accept it: then nothing happens. Mostly createOffer() was called
    before any track, transceiver or data channel was added.
    """
    description = subject.description
    if not description.media and description.lines_of("v=") and not has_lost_its_lines(description):
        line = description.session_lines[-1]
        yield Hit(line, "no m= line follows", help="add tracks or a data channel before createOffer()")


@rule(
    "SES017",
    Severity.NOTE,
    "RFC 9143 §7.1.1",
    bad="-c=IN IP4 0.0.0.0\n+c=IN IP4 192.0.2.1\n-c=IN IP4 0.0.0.0\n+c=IN IP4 192.0.2.2",
    pedantic=True,
)
def several_connections(subject: Subject) -> Iterator[Hit]:
    """The m-sections of one bundle have different addresses in c=.

    They share one transport, so that they have one address; 0.0.0.0 is none. Chromium, Firefox and aiortc ignore it,
    because ICE finds the addresses.
    """
    for group in subject.description.groups:
        if group.semantics != "BUNDLE":
            continue
        bundled = (section for section in subject.live if section.mid in group.mids)
        said = [pair for section in bundled for pair in list(values(section, "c="))[:1]]
        known = [(line, connection) for line, connection in said if connection.scope is not Scope.UNSPECIFIED]
        for (first, one), (line, other) in pairwise(known):
            if one != other:
                message = f'"{line.text}" differs from "{first.text}" in the same bundle'
                yield Hit(line, message, related=(place(first, "the m-section before"),))


@found_by_parser("SES018", Severity.ERROR, "RFC 8866 §5.10", bad="-t=0 0\n+t=0 0\n+r=7d 1h")
def malformed_repeats() -> None:
    """An r= or z= line does not have the times that it must have.

    r= has how often the session comes again, how long it takes, and one offset or more from its start; z= has pairs of
    a moment and an offset. Times are numbers of seconds, or have d, h, m or s behind them. Calls have neither line.
    """


@found_by_parser("SES019", Severity.ERROR, "RFC 8866 §5.12", bad="-t=0 0\n+t=0 0\n+k=")
def malformed_key() -> None:
    """A k= line is not a method, or a method, a colon and a key.

    The line is obsolete and must not be used at all: take it away, and let DTLS make the keys.
    """
