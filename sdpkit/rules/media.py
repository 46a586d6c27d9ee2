"""m= lines, payload types, header extensions (MED)."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial

from sdpkit.codecs.static import STATIC_PAYLOAD_TYPES
from sdpkit.finding import Edit, Finding, Fix, Severity, shorten
from sdpkit.offer_answer.matching import HELPERS
from sdpkit.rules.rule import WEB, Hit, Subject, at, drop, insert_behind, place, rewrite, rule
from sdpkit.rules.syntax import nearest, put_right, values
from sdpkit.sdp.attributes.formats import Rtpmap
from sdpkit.sdp.attributes.streams import ENCRYPT, Extmap
from sdpkit.sdp.decoding import decode
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.section import Section, kept

_RTP = {
    *("RTP/AVP", "RTP/AVPF", "RTP/SAVP", "RTP/SAVPF"),
    *("UDP/TLS/RTP/SAVP", "UDP/TLS/RTP/SAVPF", "TCP/DTLS/RTP/SAVP", "TCP/DTLS/RTP/SAVPF"),
    *("TCP/RTP/AVP", "TCP/RTP/AVPF", "TCP/RTP/SAVP", "TCP/RTP/SAVPF", "TCP/TLS/RTP/AVP", "TCP/TLS/RTP/AVPF"),
}
_SCTP = {"DTLS/SCTP", "UDP/DTLS/SCTP", "TCP/DTLS/SCTP"}
_STATIC = frozenset(map(str, STATIC_PAYLOAD_TYPES))
_RTCP_TYPES = range(64, 96)
"""What cannot be told from the types of RTCP packets on the same port (RFC 5761 §4)."""
_RESERVED = {1, 2, 19, *range(72, 77)}
"""Payload types that RFC 3551 §6 keeps free."""
_DYNAMIC = {*range(35, 64), *range(96, 128)}
"""Payload types that a=rtpmap may give a meaning (RFC 3551 §3, RFC 5761 §4)."""
_KNOWN_NUMBERS = _DYNAMIC | STATIC_PAYLOAD_TYPES.keys() | _RESERVED | {*_RTCP_TYPES}
_FEEDBACK = {
    "ack": {"rpsi", "app", "ccfb"},
    "nack": {"pli", "sli", "rpsi", "app", "rai", "tllei", "pslei", "ecn"},
    "ccm": {"fir", "tmmbr", "tstr", "vbcm", "pause"},
    "trr-int": set[str](),
    "goog-remb": set[str](),
    "transport-cc": set[str](),
}
"""The kinds of feedback and their parameters (RFC 4585 §4.2, RFC 5104 §7.1, RFC 7728, RFC 6642, RFC 8888)."""
_OPPOSITE = {("sendonly", "recvonly"), ("recvonly", "sendonly")}
_ALTERNATIVES = range(4096, 4352)
"""The ids with which an offer has more extensions than ids (RFC 8285 §7)."""


@kept
def is_rtp(section: MediaDescription) -> bool:
    """Whether the formats of an m-section are payload types of RTP."""
    return "RTP/" in section.protocol.upper()


def m_line(section: MediaDescription) -> Line:
    """The m= line of a section."""
    return section.lines_of("m=")[0]


def line_about(section: MediaDescription, payload_type: int, name: str = "rtpmap") -> Line:
    """The a=rtpmap or a=fmtp line about a payload type; the m= line where there is none."""
    return _lines_about(section).get(f"a={name}:{payload_type}", m_line(section))


@kept
def _lines_about(section: MediaDescription) -> dict[str, Line]:
    """The first line about each payload type, by how it begins: `a=fmtp:96`."""
    first: dict[str, Line] = {}
    for name in ("rtpmap", "fmtp"):
        for line in section.lines_of(name):
            beginning, blank, _ = line.text.partition(" ")
            if blank:
                first.setdefault(beginning, line)
    return first


@kept
def payload_types(section: MediaDescription) -> tuple[int, ...]:
    """The formats of a section with RTP that are payload types."""
    if not is_rtp(section):
        return ()
    return tuple(int(format) for format in section.formats if _is_payload_type(format))


@kept
def with_meaning(section: MediaDescription) -> frozenset[str]:
    """The payload types of which a=rtpmap, be it malformed, or RFC 3551 says what they are."""
    said = (line.text.partition(":")[2].partition(" ")[0] for line in section.lines_of("rtpmap"))
    return _STATIC.union(said)


def without_formats(section: MediaDescription, formats: set[str]) -> Fix | None:
    """The fix that takes formats off the m= line, with all that is said of them; None when no format would be left."""
    line = m_line(section)
    kept = [format for format in section.formats if format not in formats]
    if not kept:
        return None
    gone = (
        attribute
        for name in ("rtpmap", "fmtp", "rtcp-fb")
        for attribute in section.lines_of(name)
        if attribute.text.partition(":")[2].split(" ")[0] in formats
    )
    edits = Edit(line.number, _with_formats(section, kept)), *(Edit(attribute.number, None) for attribute in gone)
    names = ", ".join(sorted(formats))
    return Fix(f"take {names} off the m= line", True, edits)


def _free_payload_type(subject: Subject) -> int | None:
    """A payload type that no section has, if one is left."""
    taken = {number for section in subject.media for number in payload_types(section)}
    return next((number for number in (*range(96, 128), *range(35, 64)) if number not in taken), None)


def _renumbered(section: MediaDescription, free: int | None, payload_type: int) -> Fix | None:
    """The fix that gives a payload type a free number wherever its section says it; None when none is free.

    It is a guess: the other side may have the old number already.
    """
    if free is None:
        return None
    old, new = str(payload_type), str(free)
    line = m_line(section)
    formats = (new if format == old else format for format in section.formats)
    edits = [Edit(line.number, _with_formats(section, formats))]
    for name in ("rtpmap", "fmtp", "rtcp-fb"):
        for said in section.lines_of(name):
            head, _, rest = said.text.partition(" ")
            head = f"a={name}:{new}" if head == f"a={name}:{old}" else head
            text = f"{head} {_mentioning(rest, old, new) if name == 'fmtp' else rest}"
            if text != said.text:
                edits.append(Edit(said.number, text))
    return Fix(f"make it {new}", False, tuple(edits))


def _mentioning(parameters: str, old: str, new: str) -> str:
    """Format parameters of rtx or red that name another payload type."""
    if _RED(parameters):
        return "/".join(new if number == old else number for number in parameters.split("/"))
    return re.sub(rf"(?<![^; ])apt={old}(?![0-9])", f"apt={new}", parameters)


_RED = re.compile("[0-9]+(?:/[0-9]+)*").fullmatch


def _is_payload_type(format: str) -> bool:
    return format.isascii() and format.isdigit() and len(format) < 4 and int(format) < 128


def _words(line: Line) -> list[re.Match[str]]:
    """The words of an m= line, whatever stands between them."""
    return list(_WORD.finditer(line.text, len("m=")))


_WORD = re.compile("[^ \t]+")


@kept
def _formats(section: MediaDescription) -> list[tuple[str, int, int]]:
    """The formats of an m= line with RTP, each with its place in the line; one that is there again is left out."""
    places: dict[str, tuple[int, int]] = {}
    for word in _words(m_line(section))[3:] if is_rtp(section) else ():
        places.setdefault(word[0], word.span())
    return [(format, start, end) for format, (start, end) in places.items()]


def _with_formats(section: MediaDescription, formats: Iterable[str]) -> str:
    """The m= line with other formats."""
    return "m=" + " ".join([*(word[0] for word in _words(m_line(section))[:3]), *formats])


@rule(
    "MED001", Severity.ERROR, "RFC 8866 §5.14", bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 9 UDP/TLS/RTP/SAVPF"
)
def incomplete_m_line(subject: Subject) -> Iterator[Hit]:
    """An m= line is not a kind of media, a port, a protocol and at least one format.

    A rejected m-section needs a format too, any of those offered. Chromium says "Expects at least 4 fields." and
    refuses the description; aiortc fails with an AssertionError; Firefox takes a line without formats.
    """
    yield from put_right(subject, "MED001", _with_format)


def _with_format(line: Line, _: Finding) -> Fix | None:
    """Any format will do for a rejected m-section."""
    words = line.text.split(" ")
    rejected = len(words) == 3 and words[1] == "0" and "RTP/" in words[2]
    return rewrite(line, f"{line.text} 0", "add a format") if rejected else None


@rule(
    "MED002",
    Severity.ERROR,
    "RFC 8866 §5.14",
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 70000 UDP/TLS/RTP/SAVPF 111 0",
)
def impossible_port(subject: Subject) -> Iterator[Hit]:
    """The port of an m= line is no number from 0 to 65535, or, in WebRTC, stands for several ports.

    Chromium says "The port number is invalid". Firefox takes ports that are too large, and `9/2`; aiortc fails on
    what is no number. Ports are 9 where ICE is still to find one, and 0 where an m-section is rejected.
    """
    for section in subject.media:
        line = m_line(section)
        words = _words(line)
        if len(words) < 3:
            continue
        port, (start, end) = words[1][0], words[1].span()
        number, slash, count = port.partition("/")
        if not (number.isascii() and number.isdigit()) or (slash and not (count.isascii() and count.isdigit())):
            if number and number not in ("RTP", "UDP", "TCP", "DTLS"):  # that is the protocol: the port is missing
                yield Hit(line, f'the port is "{shorten(port)}"', start, end)
        elif len(number) > 5 or int(number) > 65535:
            yield Hit(line, f"port {shorten(number)} is beyond 65535", start, end)
        elif slash and subject.profile in WEB:
            yield Hit(line, f'"{shorten(port)}" is several ports, where browsers take one', start, end)


@rule(
    "MED003",
    Severity.ERROR,
    "RFC 8829 §5.1.2",
    profiles=WEB,
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 9 UDP/FOO 111 0",
)
def impossible_protocol(subject: Subject) -> Iterator[Hit]:
    """The protocol of an m= line is unknown, or not one for that kind of media.

    Audio and video go over RTP, data channels over SCTP; names are in upper case. Chromium says "Unsupported protocol
    for media type", but only answers data channels over an unknown protocol with port 0; Firefox says "Transport
    protocol type unsupported".
    """
    for section in subject.media:
        is_data = section.kind == "application"
        known = _SCTP if is_data else _RTP
        if section.kind in ("audio", "video", "application") and section.protocol not in known:
            usual = "UDP/DTLS/SCTP" if is_data else "UDP/TLS/RTP/SAVPF"
            message = f'"{shorten(section.protocol)}" is no protocol for {section.kind}'
            yield at(m_line(section), f" {section.protocol} ", message, help=f"the usual one is {usual}")


@rule(
    "MED004",
    Severity.WARNING,
    "RFC 8866 §5.14",
    profiles=WEB,
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=text 9 UDP/TLS/RTP/SAVPF 111 0",
)
def unusual_kind(subject: Subject) -> Iterator[Hit]:
    """An m-section is neither audio nor video nor application, which is all that browsers know.

    Chromium answers it with port 0; Firefox refuses the whole description ("Unsupported media section type"); aiortc's
    createAnswer fails with an AttributeError.
    """
    for section in subject.media:
        if section.kind and section.kind not in ("audio", "video", "application"):
            yield at(m_line(section), section.kind, f'browsers know no media of kind "{shorten(section.kind)}"')


@rule(
    "MED005",
    Severity.ERROR,
    "RFC 3551 §6",
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 200",
)
def impossible_payload_type(subject: Subject) -> Iterator[Hit]:
    """A format of an m= line with RTP is no payload type, a number from 0 to 127.

    Chromium says "Invalid value: foo." or nothing but the line; Firefox 'audio/video payload type "200" is too large'.
    """
    for section in subject.media:
        for format, start, end in _formats(section):
            if not _is_payload_type(format):
                yield Hit(m_line(section), f'"{shorten(format)}" is no payload type from 0 to 127', start, end)


@rule(
    "MED006",
    Severity.ERROR,
    "RFC 5761 §4",
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 72\n-a=rtpmap:0…\n+a=rtpmap:72 G722/8000",
)
def payload_type_of_rtcp(subject: Subject) -> Iterator[Hit]:
    """A payload type from 64 to 95 is used where RTP and RTCP share a port.

    Its packets look like RTCP there. Chromium says "used an invalid payload type 72 for codec"; Firefox 'Illegal
    audio/video payload type "72"', even without a=rtcp-mux; aiortc fails with an AssertionError. Choose one from 96
    to 127, or from 35 to 63.
    """
    free = _free_payload_type(subject)
    for section in subject.media:
        for number, start, end in _numbers(section):
            if number in _RTCP_TYPES and section.rtcp_mux:
                message, fix = f"payload type {number} looks like RTCP", _renumbered(section, free, number)
                yield Hit(m_line(section), message, start, end, fix=fix)


@kept
def _numbers(section: MediaDescription) -> list[tuple[int, int, int]]:
    """The payload types of the m= line, each with its place in the line."""
    return [(int(format), start, end) for format, start, end in _formats(section) if _is_payload_type(format)]


@rule(
    "MED007",
    Severity.ERROR,
    "RFC 3551 §6",
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 1\n-a=rtpmap:0…\n+a=rtpmap:1 G722/8000",
    pedantic=True,
)
def reserved_payload_type(subject: Subject) -> Iterator[Hit]:
    """A payload type is one that must not be used: 1, 2, 19, or 72 to 76.

    The first belonged to codecs that are no more, the others are those of RTCP packets. Firefox says 'Illegal
    audio/video payload type'; Chromium takes 1 and 2 for codecs of its old table and refuses another meaning. Choose
    one from 96 to 127.
    """
    free = _free_payload_type(subject)
    for section in subject.media:
        for number, start, end in _numbers(section):
            if number in _RESERVED and not (number in _RTCP_TYPES and section.rtcp_mux):  # that is MED006
                message, fix = f"payload type {number} is reserved", _renumbered(section, free, number)
                yield Hit(m_line(section), message, start, end, fix=fix)


@rule(
    "MED008",
    Severity.WARNING,
    "RFC 8866 §8.2.3",
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 0 120",
)
def payload_type_without_meaning(subject: Subject) -> Iterator[Hit]:
    """A payload type of an m= line has no a=rtpmap, and no meaning without one.

    Only some below 35 have one by themselves. Chromium and Firefox drop it without a word. Often a codec was removed
    from the text, but not from the m= line.
    """
    for section in subject.live:
        known = with_meaning(section)
        for number, start, end in _numbers(section):
            if str(number) not in known:
                fix = without_formats(section, {m_line(section).text[start:end]})
                yield Hit(m_line(section), f"payload type {number} has no a=rtpmap", start, end, fix=fix)


@rule("MED009", Severity.ERROR, "RFC 8866 §6.15", bad="-a=rtpmap:0…\n+a=rtpmap:0 PCMU/8000\n+a=fmtp:120 x=1")
def parameters_without_format(subject: Subject) -> Iterator[Hit]:
    """a=fmtp or a=rtcp-fb is about a payload type that the m= line does not have, or that has no a=rtpmap.

    Typical of a codec that was removed by hand. Chromium says "Failed to parse codecs correctly." without a line;
    aiortc fails with StopIteration; Firefox does not mind. Take the line away.
    """
    for section in subject.media:
        if not is_rtp(section):
            continue
        listed, known = set(section.formats), with_meaning(section)
        for name in ("fmtp", "rtcp-fb"):
            for line, value in values(section, name):
                format = str(value.format if name == "fmtp" else value.payload_type)
                if format not in listed:
                    why = "is not on the m= line"
                elif format not in known and _is_payload_type(format):
                    why = "has no a=rtpmap"
                else:
                    continue
                if format != "*" or name == "fmtp":
                    start = len(f"a={name}:")
                    message = f"payload type {shorten(format)} {why}"
                    severity = (
                        None if name == "fmtp" else Severity.WARNING
                    )  # Firefox itself leaves such feedback behind
                    yield Hit(line, message, start, start + len(format), fix=drop(line), severity=severity)


@rule(
    "MED010",
    Severity.WARNING,
    "RFC 8866 §6.6",
    bad="-a=rtpmap:0…\n+a=rtpmap:0 PCMU/8000\n+a=rtpmap:120 G722/8000",
    pedantic=True,
)
def rtpmap_without_format(subject: Subject) -> Iterator[Hit]:
    """a=rtpmap is about a payload type that the m= line does not have.

    Chromium and Firefox ignore it. Either the payload type is missing on the m= line, or the line was forgotten when
    a codec was removed.
    """
    for section in subject.media:
        listed = set(payload_types(section))
        for line, rtpmap in values(section, "rtpmap"):
            if is_rtp(section) and rtpmap.payload_type not in listed:
                message = f"payload type {rtpmap.payload_type} is not on the m= line"
                yield at(line, f"{rtpmap.payload_type}", message, fix=drop(line))


@rule(
    "MED011",
    Severity.WARNING,
    "RFC 3264 §5.1",
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 0 111",
    pedantic=True,
)
def repeated_payload_type(subject: Subject) -> Iterator[Hit]:
    """A payload type stands twice on its m= line.

    The order of formats says which is preferred, and only the first place can count. Chromium and Firefox accept it.
    """
    for section in subject.media:
        again = Counter(section.formats) - Counter(set(section.formats))
        fix = rewrite(m_line(section), _with_formats(section, dict.fromkeys(section.formats)), "name each once")
        for format, start, end in _formats(section) if again else ():
            if format in again:
                message = f"payload type {shorten(format)} is there {again[format] + 1} times"
                yield Hit(m_line(section), message, start, end, fix=fix)


@rule("MED012", Severity.ERROR, "RFC 8866 §6.6", bad="-a=rtpmap:111…\n+a=rtpmap:111 opus")
def malformed_rtpmap(subject: Subject) -> Iterator[Hit]:
    """a=rtpmap is not a payload type, a name and a clock rate, or has more than 16 channels.

    It reads `a=rtpmap:111 opus/48000/2`. Chromium says 'Expected format "<encoding name>/<clock rate>
    [/<encodingparameters>]".', "Invalid value: x." or "At most 16 channels are supported."; aiortc fails with an
    IndexError or a ValueError; Firefox does not mind.
    """
    for section in subject.media:  # the parser itself finds what cannot be read
        for line, rtpmap in values(section, "rtpmap"):
            if rtpmap.clock_rate == 0:
                yield at(line, "/0", "no clock has a rate of 0")
            channels = rtpmap.parameters if section.kind == "audio" else None
            if channels is None:
                continue
            start = len(line.text) - len(channels)
            if not (channels.isascii() and channels.strip("0").isdigit()):
                yield Hit(line, f'"{shorten(channels)}" is no number of channels', start)
            elif subject.profile in WEB and (len(channels) > 2 or int(channels) > 16):
                yield Hit(line, f"{shorten(channels)} channels are more than 16", start)


@rule(
    "MED013", Severity.ERROR, "RFC 8866 §6.6", bad="-a=rtpmap:111…\n+a=rtpmap:111 opus/48000/2\n+a=rtpmap:111 G722/8000"
)
def two_meanings(subject: Subject) -> Iterator[Hit]:
    """A payload type has two a=rtpmap lines that say different things.

    Chromium says "Duplicate payload type with conflicting codec name or clock rate."; Firefox takes one of them.
    """
    for section in subject.media:
        first: dict[int, tuple[Line, Rtpmap]] = {}
        for line, rtpmap in values(section, "rtpmap"):
            before, meaning = first.setdefault(rtpmap.payload_type, (line, rtpmap))
            if (meaning.name.lower(), meaning.clock_rate) != (rtpmap.name.lower(), rtpmap.clock_rate):
                message = f"payload type {rtpmap.payload_type} is {meaning.name}/{meaning.clock_rate} already"
                yield Hit(line, message, related=(place(before, "the first meaning"),))


@rule("MED014", Severity.ERROR, "RFC 3551 §6", bad="-a=rtpmap:0…\n+a=rtpmap:0 opus/48000/2")
def other_static_meaning(subject: Subject) -> Iterator[Hit]:
    """A payload type below 35 is given another meaning than the one that it always has.

    0 is PCMU, 8 is PCMA, and so on. Chromium says "Duplicate statically assigned payload type with conflicting codec
    name or clock rate."; Firefox does not mind. Choose a payload type from 96 to 127.
    """
    free = _free_payload_type(subject)
    for section in filter(is_rtp, subject.media):
        fix = cache(partial(_renumbered, section, free))
        for line, rtpmap in values(section, "rtpmap"):
            number = rtpmap.payload_type
            name, rate, _ = STATIC_PAYLOAD_TYPES.get(number, (rtpmap.name, rtpmap.clock_rate, None))
            if (name.lower(), rate) != (rtpmap.name.lower(), rtpmap.clock_rate):
                message = f"payload type {number} is {name}/{rate}, not {rtpmap.name}/{rtpmap.clock_rate}"
                yield Hit(line, message, len("a=rtpmap:"), fix=fix(number))


@rule(
    "MED015",
    Severity.WARNING,
    "RFC 3551 §3",
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 20\n-a=rtpmap:0…\n+a=rtpmap:20 G722/8000",
    pedantic=True,
)
def payload_type_out_of_range(subject: Subject) -> Iterator[Hit]:
    """a=rtpmap gives a meaning to a payload type that is not free for that.

    Free are 96 to 127, and where these are not enough 35 to 63. Chromium drops the codec, Firefox keeps it.
    """
    free = _free_payload_type(subject)
    for section in filter(is_rtp, subject.media):
        fix = cache(partial(_renumbered, section, free))
        for line, rtpmap in values(section, "rtpmap"):
            number = rtpmap.payload_type
            if number < 128 and number not in _KNOWN_NUMBERS:
                message = f"payload type {number} is neither static nor dynamic"
                yield at(line, f"{number}", message, fix=fix(number))


@rule("MED016", Severity.ERROR, "RFC 8829 §5.8.3", profiles=WEB, bad="-a=rtcp-mux")
def no_rtcp_mux(subject: Subject) -> Iterator[Hit]:
    """An m-section with RTP has no a=rtcp-mux.

    Browsers send RTP and RTCP over one port only. Chromium says "rtcp-mux must be enabled when BUNDLE is enabled." or
    "RTCP-MUX is not enabled when it is required."; Firefox "m-section at level 0 is missing a=rtcp-mux"; aiortc "RTCP
    mux is not enabled". SIP devices without it need a gateway in between.
    """
    for section in subject.live:
        # SIP devices have ICE too, but without DTLS they are no peers for browsers anyhow
        if is_rtp(section) and section.dtls.fingerprints and "rtcp-mux" not in section:
            last = section.lines[-1]
            fix = insert_behind(last, "a=rtcp-mux", "add a=rtcp-mux", safe=False)  # its writer must be able to do it
            yield Hit(m_line(section), "no a=rtcp-mux in this m-section", fix=fix)


@rule("MED017", Severity.ERROR, "RFC 8858 §4.2", bad="-a=rtcp-mux\n+a=rtcp-mux-only", pedantic=True)
def mux_only_without_mux(subject: Subject) -> Iterator[Hit]:
    """a=rtcp-mux-only stands without a=rtcp-mux, or beside an a=rtcp with another port or address.

    It only says that there is no other way than a=rtcp-mux, and does not replace it: Chromium, Firefox and aiortc then
    refuse the m-section. All of them take a differing a=rtcp, which means nothing.
    """
    for section in subject.live:
        for line in section.lines_of("rtcp-mux-only"):
            if "rtcp-mux" not in section:
                fix = rewrite(line, "a=rtcp-mux\na=rtcp-mux-only", "add a=rtcp-mux")
                yield Hit(line, "a=rtcp-mux-only without a=rtcp-mux", fix=fix)
            for own, rtcp in values(section, "rtcp"):
                address = section.connection.address if section.connection else None
                if rtcp.port != section.port or (rtcp.address and address and rtcp.address != address):
                    message = "RTCP goes elsewhere than RTP, in spite of a=rtcp-mux-only"
                    yield Hit(own, message, len("a=rtcp:"), fix=drop(own), related=(place(line, "says otherwise"),))


@rule("MED018", Severity.ERROR, "RFC 8285 §5", bad="-a=extmap:1 …\n+a=extmap:0 urn:x")
def impossible_extension_id(subject: Subject) -> Iterator[Hit]:
    """The id of a header extension is not a number from 1 to 255.

    Offers may also have 4096 to 4351, for extensions of which the answer chooses some. Chromium says "Extension ID is
    not in valid range."; Firefox "contains invalid extension id 0"; aiortc does not mind 0.
    """
    free = _free_id(subject)
    for section in (subject.description, *subject.media):
        for line in section.lines_of("extmap"):
            text = line.text.partition(":")[2].split(" ")[0].partition("/")[0]
            known = text.isascii() and text.isdigit() and len(text) < 5
            alternative = known and subject.type != "answer" and int(text) in _ALTERNATIVES
            if text and not (known and 1 <= int(text) <= 255) and not alternative:
                message = f'the id of the extension is "{shorten(text)}", not 1 to 255'
                yield at(line, text, message, fix=_with_id(line, free))


@rule("MED019", Severity.WARNING, "RFC 8285 §4.2", bad="-a=extmap:1 …\n+a=extmap:16 urn:x")
def wide_extension_id(subject: Subject) -> Iterator[Hit]:
    """The id of a header extension needs the two-byte form, which the description does not allow.

    The one-byte form has 1 to 14, and 15 is reserved; more need a=extmap-allow-mixed. Firefox refuses any above 14
    ("unsupported until 2-byte rtp header extensions are supported"); Chromium takes them.
    """
    free, allowed = _free_id(subject), "extmap-allow-mixed" in subject.description
    for section in (subject.description, *subject.media):
        for line, extmap in values(section, "extmap"):
            if extmap.id == 15 or (16 <= extmap.id <= 255 and not allowed and "extmap-allow-mixed" not in section):
                why = "15 is reserved" if extmap.id == 15 else f"id {extmap.id} needs a=extmap-allow-mixed"
                message = f"{why}, and Firefox takes none above 14"
                yield at(line, f"{extmap.id}", message, fix=_with_id(line, free))


@rule("MED020", Severity.ERROR, "RFC 8285 §5", bad="-a=extmap:4 …\n+a=extmap:1 urn:b")
def repeated_extension_id(subject: Subject) -> Iterator[Hit]:
    """Two header extensions of one m-section have the same id.

    Chromium says "A BUNDLE group contains a codec collision for header extension id=1."; Firefox "contains duplicate
    extension id 1". Packets cannot tell them apart. Give one of them another id.
    """
    free = _free_id(subject)
    for section in (subject.description, *subject.media):
        for first, one, line, other in _repeated(section, lambda extmap: extmap.id):
            if other.id not in _ALTERNATIVES:
                related = (place(first, "the first one"),)
                message = f'id {other.id} is "{shorten(one.uri)}" already'
                yield at(line, f"{other.id}", message, fix=_with_id(line, free), related=related)


def _free_id(subject: Subject) -> int | None:
    """An id that no header extension has, if one is left of those that all understand."""
    taken = {extmap.id for section in (subject.description, *subject.media) for _, extmap in values(section, "extmap")}
    return next((id for id in range(1, 15) if id not in taken), None)


def _with_id(line: Line, id: int | None) -> Fix | None:
    """The fix that gives a header extension another id."""
    found = _EXTENSION_ID.match(line.text)
    if id is None or found is None:
        return None
    return rewrite(line, f"{found[1]}{id}{line.text[found.end() :]}", f"make its id {id}", safe=False)


_EXTENSION_ID = re.compile("(a=extmap:)[^ /]+")


def _repeated(section: Section, key: Callable[[Extmap], object]) -> Iterator[tuple[Line, Extmap, Line, Extmap]]:
    """The extensions of a section that have the same key as one before them, behind that one."""
    first: dict[object, tuple[Line, Extmap]] = {}
    for line, extmap in values(section, "extmap"):
        before, one = first.setdefault(key(extmap), (line, extmap))
        if before is not line:
            yield before, one, line, extmap


@rule(
    "MED021",
    Severity.WARNING,
    "RFC 8285 §5",
    bad="-a=extmap:1 …\n+a=extmap:9 urn:ietf:params:rtp-hdrext:sdes:mid",
    pedantic=True,
)
def repeated_extension(subject: Subject) -> Iterator[Hit]:
    """A header extension has two ids in one m-section.

    One is enough, and the other one is lost for something else. Chromium and Firefox do not mind.
    """
    for section in (subject.description, *subject.media):
        for first, one, line, other in _repeated(section, lambda extmap: (extmap.uri, extmap.attributes)):
            if one.id != other.id and not {one.id, other.id} & {*_ALTERNATIVES}:
                message = f'"{shorten(other.uri)}" has the id {one.id} already'
                yield at(line, other.uri, message, fix=drop(line), related=(place(first, "the first one"),))


@rule("MED022", Severity.ERROR, "RFC 8285 §5", bad="-t=0 0\n+t=0 0\n+a=extmap:7 urn:x")
def extensions_at_both_levels(subject: Subject) -> Iterator[Hit]:
    """There are header extensions both for the whole session and in an m-section.

    It is one or the other. Chromium says "The a=extmap MUST be either all session level or all media level."; Firefox
    does not mind.
    """
    lines = subject.description.lines_of("extmap")
    own = [line for section in subject.media for line in section.lines_of("extmap")]
    fix = _into_sections(subject, lines) if lines and own else None
    for line in lines if own else ():
        related = (place(own[0], "and this one is in an m-section"),)
        yield Hit(line, "this header extension is for the whole session", fix=fix, related=related)


def _into_sections(subject: Subject, lines: tuple[Line, ...]) -> Fix | None:
    """The fix that moves header extensions of the session into the m-sections; None where ids would collide."""
    sections = [section for section in subject.media if is_rtp(section)]
    ids = {extmap.id for _, extmap in values(subject.description, "extmap")}
    if any(ids & {extmap.id for extmap in section.extmaps} for section in sections):
        return None
    moved = "\n".join(line.text for line in lines)
    ends = (section.lines[-1] for section in sections)
    added = (Edit(end.number, f"{end.text}\n{moved}") for end in ends)
    return Fix("move it into the m-sections", True, (*(Edit(line.number, None) for line in lines), *added))


@rule("MED023", Severity.ERROR, "RFC 8285 §5", bad="-a=extmap:1 …\n+a=extmap:1", pedantic=True)
def malformed_extension(subject: Subject) -> Iterator[Hit]:
    """a=extmap is not an id, maybe a direction, and a URI.

    It reads `a=extmap:3/recvonly urn:…`, and the URI must be a whole one. Chromium says "Expects at least 2 fields."
    where it is missing; both Chromium and Firefox take wrong directions; aiortc fails without a URI.
    """
    for section in (subject.description, *subject.media):  # the parser itself finds what cannot be read
        for line, extmap in values(section, "extmap"):
            if ":" not in extmap.uri:
                yield at(line, f" {extmap.uri}", f'"{shorten(extmap.uri)}" is no whole URI')


@rule(
    "MED024",
    Severity.NOTE,
    "RFC 8285 §7",
    bad="-a=sendrecv\n+a=recvonly\n-a=extmap:1 …\n+a=extmap:1/sendonly urn:x",
    pedantic=True,
)
def extension_against_stream(subject: Subject) -> Iterator[Hit]:
    """A header extension is to go the other way than the media.

    It will never be sent. Chromium, Firefox and aiortc accept it.
    """
    for section in subject.live:
        for line, extmap in values(section, "extmap"):
            if (section.direction, extmap.direction) in _OPPOSITE:
                message = f"the extension is {extmap.direction}, the m-section {section.direction}"
                yield at(line, f"/{extmap.direction}", message)


@rule(
    "MED025",
    Severity.WARNING,
    "RFC 4585 §4.2",
    bad="-a=rtcp-fb:96 nack pli\n+a=rtcp-fb:96 nack PLI",
    pedantic=True,
)
def odd_feedback(subject: Subject) -> Iterator[Hit]:
    """a=rtcp-fb is misspelled, stands before the first m= line, or belongs to a profile without feedback.

    Only protocols that end in F, as RTP/AVPF does, have feedback, and the case of its words matters. Chromium and
    Firefox ignore what they do not know, and all of it for the whole session: lost packets are then not sent again.
    """
    for line in subject.description.lines_of("rtcp-fb"):
        yield Hit(line, "a=rtcp-fb belongs into an m-section")
    for section in subject.media:
        if is_rtp(section) and not section.protocol.upper().endswith("F"):
            for line in section.lines_of("rtcp-fb")[:1]:
                yield Hit(line, f"{section.protocol} has no feedback")
        for line, feedback in values(section, "rtcp-fb"):
            parameter = (feedback.parameter or "").split(" ")[0]
            for word, words in ((feedback.type, _FEEDBACK), (parameter, _FEEDBACK.get(feedback.type, set()))):
                if word and word not in words and (meant := nearest(word, words)):
                    fix = rewrite(line, line.text.replace(f" {word}", f" {meant}", 1), f"write {meant}", safe=False)
                    message = f'there is no feedback "{shorten(word)}"; was "{meant}" meant?'
                    yield at(line, f" {word}", message, fix=fix)


@rule("MED026", Severity.ERROR, "RFC 8866 §6.15", bad="-a=fmtp:111…\n+a=fmtp:111")
def no_format_parameters(subject: Subject) -> Iterator[Hit]:
    """a=fmtp has no parameters behind the payload type.

    Chromium says "Expects at least 2 fields." and refuses the description; aiortc fails with a ValueError; Firefox
    does not mind. Take the line away.
    """
    yield from put_right(subject, "MED026", lambda line, _: drop(line))


@rule(
    "MED027",
    Severity.WARNING,
    "RFC 8866 §6.15",
    bad="-a=fmtp:111…\n+a=fmtp:111 minptime=10\n+a=fmtp:111 useinbandfec=1",
    pedantic=True,
)
def repeated_format_parameters(subject: Subject) -> Iterator[Hit]:
    """A payload type has more than one a=fmtp line.

    All parameters of a format stand in one line, with semicolons between. Chromium and Firefox put several together;
    others take the first, or the last.
    """
    for section in subject.media:
        first: dict[str, Line] = {}
        for line, fmtp in values(section, "fmtp"):
            before = first.setdefault(fmtp.format, line)
            if before is not line:
                joined = Edit(before.number, f"{before.text};{fmtp.parameters}")
                fix = Fix("join the two lines", False, (joined, Edit(line.number, None)))
                message = f"a second a=fmtp of payload type {shorten(fmtp.format)}"
                yield Hit(line, message, fix=fix, related=(place(before, "the first one"),))


@rule("MED028", Severity.WARNING, "RFC 8866 §6.4", bad="-a=rtpmap:0…\n+a=rtpmap:0 PCMU/8000\n+a=ptime:0", pedantic=True)
def impossible_packet_time(subject: Subject) -> Iterator[Hit]:
    """a=ptime or a=maxptime is not a time above 0, or the one is longer than the other.

    They are milliseconds of sound in a packet: mostly 20, and at most 120. Chromium and Firefox accept anything.
    """
    for section in subject.media:
        for name in ("ptime", "maxptime"):
            for line in section.lines_of(name):
                value = line.text.partition(":")[2]
                if value and not decode(line):
                    yield Hit(line, f'"{shorten(value)}" is no time above 0', len(f"a={name}:"))
        usual, longest = section.get("ptime"), section.get("maxptime")
        if usual and longest and usual > longest:
            yield Hit(section.lines_of("ptime")[0], f"{usual} ms are more than the {longest} ms of a=maxptime")


@rule(
    "MED029",
    Severity.WARNING,
    "RFC 3264 §6.1",
    bad="-m=video 9 UDP/TLS/RTP/SAVPF 96 97 102\n+m=video 9 UDP/TLS/RTP/SAVPF 97",
    pedantic=True,
)
def only_helpers(subject: Subject) -> Iterator[Hit]:
    """An m-section has no codec for audio or video, only such as rtx, red or telephone-event.

    They carry or protect what another codec makes. With rtx alone Chromium says "Failed to set remote video
    description send parameters"; it answers telephone-event alone with just that. Firefox answers with port 0, aiortc
    with an error.
    """
    for section in subject.live:
        codecs = section.codecs
        if codecs and len(codecs) == len(set(payload_types(section))):
            names = {codec.name.lower() for codec in codecs}
            if names <= HELPERS:
                yield Hit(m_line(section), f"no codec here but {', '.join(sorted(names))}")


@rule(
    "MED030",
    Severity.WARNING,
    "RFC 8839 §4.4.1.1.2",
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 0 UDP/TLS/RTP/SAVPF 111 0",
    pedantic=True,
)
def candidates_of_rejected(subject: Subject) -> Iterator[Hit]:
    """An m-section is rejected by port 0, but has candidates.

    No one will connect to them. Chromium, Firefox and aiortc ignore them. Either the port is wrong, or the candidates
    were forgotten.
    """
    for section in subject.media:
        lines = section.lines_of("candidate") if section.is_rejected else ()
        if lines:
            yield Hit(lines[0], f"{len(lines)} candidates in a rejected m-section", fix=drop(*lines))


@rule(
    "MED031",
    Severity.NOTE,
    "RFC 8840 §4.1.1",
    profiles=WEB,
    bad="-a=rtcp-mux\n+a=rtcp-mux\n+a=rtcp-mux-only",
    good="-a=rtcp:9…\n-a=rtcp:9…",
    pedantic=True,
)
def idle_rtcp_address(subject: Subject) -> Iterator[Hit]:
    """a=rtcp says where RTCP goes, although nobody will look there.

    With a=rtcp-mux-only it goes where RTP goes, and as long as candidates are to come no address is known. Chromium
    writes the line all the same; nothing breaks by it.
    """
    for section in subject.live:
        trickles = section.ice.trickle and not section.candidates
        for line in section.lines_of("rtcp") if trickles or "rtcp-mux-only" in section else ():
            yield Hit(line, "this address of RTCP is never used", fix=drop(line))


@rule(
    "MED032",
    Severity.NOTE,
    "RFC 8829 §5.1.2",
    profiles=WEB,
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 9 TCP/DTLS/RTP/SAVPF 111 0",
    pedantic=True,
)
def media_over_tcp(subject: Subject) -> Iterator[Hit]:
    """The protocol of an m= line is TCP/DTLS/RTP/SAVPF, which Chromium does not take.

    It must be accepted like UDP/TLS/RTP/SAVPF, because ICE chooses the transport. Chromium answers the m-section with
    port 0, Firefox accepts it, aiortc answers with UDP/TLS/RTP/SAVPF.
    """
    for section in subject.media:
        if section.protocol.startswith("TCP/DTLS/RTP/"):
            fix = rewrite(
                m_line(section), m_line(section).text.replace("TCP/DTLS/", "UDP/TLS/", 1), "write UDP/TLS", safe=False
            )
            yield at(m_line(section), section.protocol, f"Chromium refuses {section.protocol}", fix=fix)


@rule("MED036", Severity.ERROR, "RFC 3605 §2.1", bad="-a=rtcp:9…\n+a=rtcp:9 IN IP4")
def malformed_rtcp(subject: Subject) -> Iterator[Hit]:
    """a=rtcp is not a port, or a port and an address.

    It reads `a=rtcp:9` or `a=rtcp:9 IN IP4 0.0.0.0`. WebRTC has no need of the line, because RTCP goes where RTP goes.
    """
    for section in subject.media:  # the parser itself finds what cannot be read
        for line, rtcp in values(section, "rtcp"):
            if rtcp.port > 65535:
                yield at(line, str(rtcp.port), f"port {rtcp.port} is beyond 65535", fix=drop(line, safe=False))


@rule("MED037", Severity.ERROR, "RFC 6904 §4", bad=f"-a=extmap:1…\n+a=extmap:1 {ENCRYPT}")
def nothing_encrypted(subject: Subject) -> Iterator[Hit]:
    """An encrypted header extension does not say which extension is in it.

    Its URI follows, as in `a=extmap:3 urn:ietf:params:rtp-hdrext:encrypt urn:ietf:params:rtp-hdrext:sdes:mid`. Chromium
    says "Expects at least 3 fields."; Firefox and aiortc take the line and use nothing of it.
    """
    for section in (subject.description, *subject.media):
        for line, extmap in values(section, "extmap"):
            if extmap.uri == ENCRYPT and extmap.encrypts is None:
                yield at(line, ENCRYPT, "the URI of the extension that is encrypted is missing")
