"""Data channels over SCTP (SCT)."""

import re
from collections.abc import Iterator

from sdpkit.finding import Edit, Fix, Severity, shorten
from sdpkit.rules.media import m_line
from sdpkit.rules.rule import WEB, Hit, Subject, at, drop, found_by_parser, insert_behind, place, rule
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.section import DIRECTIONS, kept

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

DATA_CHANNELS = "webrtc-datachannel"
_PORT = "a=sctp-port:5000"
"""The port that all WebRTC stacks use; it never leaves the DTLS connection."""
_DIGITS = re.compile("[0-9]{1,1000}").fullmatch
_SMALL = 1200
"""A message of that size fits one packet."""
_OF_MEDIA = (*DIRECTIONS, "rtpmap", "fmtp", "rtcp-fb", "rtcp", "rtcp-mux", "rtcp-rsize", "msid", "ssrc", "ssrc-group")
_SIZE = "-a=max-message-size:262144"


@kept
def is_data(section: MediaDescription) -> bool:
    """Whether the protocol of a section is SCTP."""
    return "SCTP" in section.protocol.upper()


def is_modern(section: MediaDescription) -> bool:
    """Whether a section is SCTP as in RFC 8841, where a=sctp-port has the port."""
    return section.protocol.upper() in ("UDP/DTLS/SCTP", "TCP/DTLS/SCTP")


def _data(subject: Subject) -> list[MediaDescription]:
    return [section for section in subject.live if is_data(section)]


def _values(subject: Subject, name: str) -> Iterator[tuple[Line, str]]:
    """The lines of an attribute in data sections that say something, each with what it says."""
    for section in _data(subject):
        for line in section.lines_of(name):
            value = line.text.partition(":")[2].strip(" \t")
            if value:
                yield line, value


@rule("SCT001", ERROR, "RFC 8841 §5.1", bad="-a=sctp-port:5000")
def no_port(subject: Subject) -> Iterator[Hit]:
    """A section with SCTP over UDP or TCP has no a=sctp-port.

    Such an m= line must be taken for invalid. Chromium assumes 5000, Firefox rejects the section and says of an
    answer "Answer had no codecs in common with offer in m-section 0". Every stack uses 5000.
    """
    for section in _data(subject):
        if is_modern(section) and "sctp-port" not in section and "sctpmap" not in section:
            fix = insert_behind(section.lines[-1], _PORT, f"add {_PORT}")
            yield Hit(m_line(section), "no a=sctp-port", fix=fix)


@rule("SCT002", ERROR, "RFC 8841 §5.2", bad="-a=sctp-port:5000\n+a=sctp-port:70000")
def impossible_port(subject: Subject) -> Iterator[Hit]:
    """The a=sctp-port is not 1 to 65535, or has leading zeros.

    Chromium refuses what is no such number: "Invalid sctp port value."; Firefox takes 70000. All take leading zeros.
    """
    for line, port in _values(subject, "sctp-port"):
        number = port.lstrip("0")
        if not _DIGITS(port) or len(number) > 5 or int(number or "0") > 65535:
            yield at(line, port, f'an SCTP port is 1 to 65535, not "{shorten(port)}"')
        elif number != port and number:
            yield at(line, port, "a port has no leading zeros")


@rule("SCT003", WARNING, "RFC 8841 §10.5", pedantic=True, bad="-a=sctp-port:5000\n+a=sctp-port:0")
def port_zero(subject: Subject) -> Iterator[Hit]:
    """The a=sctp-port is 0, which closes the association.

    Chromium takes it, Firefox rejects the section. Whoever wants to end data channels rejects the section as well.
    """
    for line, port in _values(subject, "sctp-port"):
        if not port.strip("0"):
            yield at(line, port, "port 0 closes the SCTP association")


_OLD = "-m=application…\n+m=application 9 DTLS/SCTP 5000\n-a=sctp-port:5000\n+a=sctpmap:5000 webrtc-datachannel 1024"


@rule("SCT004", WARNING, "RFC 8829 §5.1.2", pedantic=True, bad=_OLD)
def old_form(subject: Subject) -> Iterator[Hit]:
    """A section with SCTP is written as in old drafts: DTLS/SCTP, a port as its format, a=sctpmap.

    Browsers and aiortc take it and answer in the same form. Other stacks may not; offer UDP/DTLS/SCTP.
    """
    for section in _data(subject):
        if section.protocol.upper() == "DTLS/SCTP":
            fix = _renewed(section) if subject.type == "offer" else None
            yield at(m_line(section), section.protocol, "this is the form of old drafts", fix=fix)


def _renewed(section: MediaDescription) -> Fix | None:
    """The fix that writes a data section as RFC 8841 wants it."""
    old = section.sctpmap
    if old is None or old.protocol != DATA_CHANNELS:
        return None
    head = m_line(section).text.split(" ")[:2]
    edits = [Edit(m_line(section).number, " ".join([*head, "UDP/DTLS/SCTP", DATA_CHANNELS]))]
    port = None if "sctp-port" in section else f"a=sctp-port:{old.port}"
    first, *others = section.lines_of("sctpmap")
    edits += [Edit(first.number, port), *(Edit(line.number, None) for line in others)]
    return Fix("write it as RFC 8841 wants it", True, tuple(edits))


@rule(
    "SCT005",
    ERROR,
    "RFC 8841 §4.3",
    profiles=WEB,
    bad="-m=application…\n+m=application 9 UDP/DTLS/SCTP 5000",
    good=_OLD,
)
def other_format(subject: Subject) -> Iterator[Hit]:
    """The format of a section with SCTP is not webrtc-datachannel.

    In UDP/DTLS/SCTP there is exactly that one; a number is the port of old drafts, which cannot stand next to
    a=sctp-port. Chromium says "sctp-port attribute can't be used with sctpmap.", Firefox "No webrtc-datachannel token
    in m= media line".
    """
    for section in _data(subject):
        formats = " ".join(section.formats)
        if formats != DATA_CHANNELS and (is_modern(section) or "sctp-port" in section):
            line = m_line(section)
            message = f'the format is "{shorten(formats)}" instead of {DATA_CHANNELS}'
            yield Hit(line, message, start=len(" ".join(line.text.split(" ")[:3])) + 1)


_SECOND = "".join(
    f"+{line}\n"
    for line in (
        "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
        "c=IN IP4 0.0.0.0",
        "a=mid:3",
        "a=sctp-port:5000",
    )
)


@rule("SCT006", ERROR, "RFC 8829 §5.2.1", profiles=WEB, pedantic=True, bad=_SECOND)
def second_association(subject: Subject) -> Iterator[Hit]:
    """There are two sections for data channels.

    All data channels of a connection share one SCTP association. Chromium rejects the second section, and Firefox
    fails to answer: "No transceiver for level 0".
    """
    sections = _data(subject)
    for section in sections[1:]:
        related = (place(m_line(sections[0]), "the first"),)
        yield Hit(m_line(section), "a second section for data channels", related=related)


@rule("SCT007", ERROR, "RFC 8841 §6.2", pedantic=True, bad=f"{_SIZE}\n+a=max-message-size:-1")
def odd_message_size(subject: Subject) -> Iterator[Hit]:
    """The a=max-message-size is not a number of bytes, or an odd one.

    Chromium refuses what is no number: "Invalid SCTP max message size."; Firefox takes anything. 0 means any size.
    Below 1200 bytes it is a warning: such messages would fit one packet.
    """
    for line, size in _values(subject, "max-message-size"):
        if not _DIGITS(size):
            yield at(line, size, f'"{shorten(size)}" is no number of bytes')
        elif len(size) > 1 and size[0] == "0":
            yield at(line, size, "the number has leading zeros", severity=WARNING)
        elif 0 < int(size) < _SMALL:
            yield at(line, size, f"messages of {size} bytes are very small", severity=WARNING)


@rule("SCT008", NOTE, "RFC 8841 §6.1", pedantic=True, bad=_SIZE)
def no_message_size(subject: Subject) -> Iterator[Hit]:
    """There is no a=max-message-size, which means 65536 bytes.

    The other side may not send larger messages: `send` fails with a TypeError in browsers.
    """
    for section in _data(subject):
        if is_modern(section) and "max-message-size" not in section:
            yield Hit(m_line(section), "no a=max-message-size: messages up to 65536 bytes")


@rule("SCT009", WARNING, "RFC 8841 §9.2", pedantic=True, bad="-a=mid:2\n+a=mid:2\n+a=recvonly")
def media_attributes(subject: Subject) -> Iterator[Hit]:
    """A section with SCTP has a direction or another attribute of RTP.

    It means nothing there. Browsers and aiortc ignore it.
    """
    for section in _data(subject):
        for name in _OF_MEDIA:
            for line in section.lines_of(name):
                yield at(line, name, f"a={name} means nothing in a section with SCTP", fix=drop(line))


# --- what the parser cannot read ---


@found_by_parser("SCT010", ERROR, "draft-ietf-mmusic-sctp-sdp-06", bad="-a=mid:2\n+a=mid:2\n+a=sctpmap:x")
def malformed_sctpmap() -> None:
    """An a=sctpmap is not a port, webrtc-datachannel, and maybe a number of streams.

    It is the form of old drafts; a=sctp-port has taken its place.
    """


@found_by_parser("SCT011", ERROR, "RFC 8864 §5.1", bad="-a=mid:2\n+a=mid:2\n+a=dcmap:x label=chat")
def malformed_channel_map() -> None:
    """An a=dcmap is not the number of a data channel, and maybe its options.

    It opens the channel without a message within SCTP. Browsers and aiortc ignore it.
    """


@found_by_parser("SCT012", ERROR, "RFC 8864 §5.2", bad="-a=mid:2\n+a=mid:2\n+a=dcsa:0")
def malformed_channel_attribute() -> None:
    """An a=dcsa is not the number of a data channel and an attribute of the protocol within it.

    Browsers and aiortc ignore it.
    """
