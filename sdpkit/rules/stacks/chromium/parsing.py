"""From the text of a description to what libwebrtc keeps of it, or to the first thing that it cannot parse."""

import ipaddress
import re

import msgspec

from sdpkit.codecs.static import STATIC_PAYLOAD_TYPES
from sdpkit.rules.stacks.chromium import attributes
from sdpkit.rules.stacks.chromium.lines import Lines
from sdpkit.rules.stacks.chromium.model import Codec, Kind, Section, Session, Track
from sdpkit.rules.stacks.chromium.simulcast import drop_unmatched_layers
from sdpkit.rules.stacks.chromium.text import fields_of, first_token, integer, number_in, payload_type_in, unparsable

_SCTP = ("DTLS/SCTP", "UDP/DTLS/SCTP", "TCP/DTLS/SCTP")
_DATA_CHANNELS = "webrtc-datachannel"
_LAST_STATIC = 18
_IP4 = re.compile(r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}")
_IP6 = re.compile(r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")


def parse_session(text: str) -> Session:
    """The session description in a text. Raises RefusalError for the first line that libwebrtc cannot parse."""
    lines = Lines(text)
    session = _session_part(lines)
    while (line := lines.take_type("m")) is not None:
        session.sections.append(_section(lines, line, session))
    if _has_twice_the_same_track(session):
        raise lines.refusal("Duplicate a=msid lines detected")
    if not session.sections and not lines.is_at_end:
        raise lines.refusal("Expects m line.")
    return session


def _session_part(lines: Lines) -> Session:
    """The lines before the first section, in the only order that libwebrtc takes."""
    _required(lines, "v")
    origin = _required(lines, "o")
    if len(fields_of(origin)) != 6:
        raise unparsable(origin, "Expects 6 fields.")
    _required(lines, "s")
    for letter in "iuep":  # each at most once
        lines.take_type(letter)
    connection = lines.take_type("c")
    if connection is not None:
        _check_connection(connection)
    _skip(lines, "b")
    _required(lines, "t")
    _skip(lines, "r")
    while lines.take_type("t") is not None:
        _skip(lines, "r")
    lines.take_type("z")
    lines.take_type("k")
    session = Session()
    while (line := lines.take_type("a")) is not None:
        read = attributes.SESSION.get(attributes.name_of(line))
        if read is not None:
            read(session, line)
    return session


def _required(lines: Lines, letter: str) -> str:
    line = lines.take_type(letter)
    if line is None:
        raise lines.refusal(f"Expect line: {letter}=")
    return line


def _skip(lines: Lines, letter: str) -> None:
    while lines.take_type(letter) is not None:
        pass


def _check_connection(line: str) -> None:
    """c=IN <address type> <address>. An address that is none, such as a name or a masked one, is taken."""
    network = first_token(line[2:], " ")
    if network is None or network[0] != "IN":
        reason = "Failed to parse the connection data. The network type is not currently supported."
        raise unparsable(line, reason)
    address = first_token(network[1], " ")
    if address is None:
        raise unparsable(line, "Failed to parse the address type.")
    if "/" in address[1]:
        raise unparsable(line, "Failed to parse the connection data. Multicast is not currently supported.")
    if _family(address[1]) not in (None, address[0]):
        raise unparsable(line, "Failed to parse the connection data. The address type is mismatching.")


def _family(address: str) -> str | None:
    """IP4 or IP6; None for what is no address."""
    pattern, name = (_IP6, "IP6") if ":" in address else (_IP4, "IP4")
    if len(address) > 45 or not pattern.fullmatch(address):
        return None
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return None
    return name


def _section(lines: Lines, line: str, session: Session) -> Section:
    """One m-section."""
    section = _media_line(line, session)
    readers = _readers(section)
    for body in lines.until("m"):
        _read(section, body, readers)
    _complete(section, session)
    return section


def _media_line(line: str, session: Session) -> Section:
    """m=<media> <port> <protocol> <formats>."""
    media, port_text, protocol, *formats = fields_of(line, 4)
    port = integer(port_text)
    if port is None or not 0 <= port <= 65535:
        raise unparsable(line, "The port number is invalid")
    is_rtp = _is_rtp(protocol)
    payload_types = {payload_type_in(line, text): None for text in formats} if is_rtp else {}
    if media in ("audio", "video") and not is_rtp:
        raise unparsable(line, "Unsupported protocol for media type")
    if media in ("audio", "video"):
        kind = Kind(media)
    else:
        kind = Kind.DATA if media == "application" and protocol in _SCTP else Kind.UNSUPPORTED
    transport = msgspec.structs.replace(session.transport)  # what sections do not say themselves
    has_port = port_text != "0"
    section = Section(kind, protocol, is_rtp, payload_types, transport, has_port)
    section.uses_sctpmap = formats[0] != _DATA_CHANNELS
    if kind is Kind.DATA and (number := integer(formats[0])) is not None:
        section.sctp_port = number
    if kind is Kind.AUDIO:
        section.codecs = {pt: _static_codec(pt) for pt in payload_types if pt <= _LAST_STATIC}
    return section


def _is_rtp(protocol: str) -> bool:
    """Whether RTP/ stands in a protocol, with no letter before it; an empty protocol is RTP too."""
    before, found, _ = protocol.partition("RTP/")
    last = before[-1:]
    return not protocol or (bool(found) and not (last.isascii() and last.isalpha()))


def _static_codec(payload_type: int) -> Codec:
    """What a payload type below 19 means without a=rtpmap; 1 and 2 have names that no rtpmap could have."""
    name, clock_rate, channels = STATIC_PAYLOAD_TYPES.get(payload_type, (f"x-illegal-value-{payload_type}", 8000, 0))
    return Codec(payload_type, name, clock_rate, channels or 1)


def _readers(section: Section) -> dict[str, attributes.Reader]:
    """What reads the attributes of a section."""
    if section.kind is Kind.DATA:
        return attributes.SCTP
    return attributes.RTP if section.is_rtp else attributes.ANY


def _read(section: Section, line: str, readers: dict[str, attributes.Reader]) -> None:
    """A line of a section; of the types only b=, c= and a= are looked at."""
    type = line[0]
    if type == "a":
        read = readers.get(attributes.name_of(line))
        if read is not None:
            read(section, line)
    elif type == "b":
        _check_bandwidth(line)
    elif type == "c":
        _check_connection(line)


def _check_bandwidth(line: str) -> None:
    """b=<type>:<bandwidth>; only AS and TIAS are looked at."""
    parts = first_token(line[2:], ":")
    if parts is None:
        raise unparsable(line, "b= syntax error, does not match b=<modifier>:<bandwidth-value>.")
    if parts[0] in ("AS", "TIAS") and number_in(line, parts[1]) < 0:
        raise unparsable(line, f"b={parts[0]} value can't be negative.")


def _complete(section: Section, session: Session) -> None:
    """What is known of a section only after its last line."""
    drop_unmatched_layers(section)
    section.tracks = _tracks(section)
    if not all(codec.name for codec in section.codecs.values()):
        raise unparsable("", "Failed to parse codecs correctly.")
    if section.bundle_only and section.has_port:
        section.bundle_only = False
    section.rejected = (not section.has_port and not section.bundle_only) or section.kind is Kind.UNSUPPORTED
    if section.is_media:
        if session.extensions and section.extensions:
            raise unparsable("", "The a=extmap MUST be either all session level or all media level.")
        section.extensions += session.extensions


def _tracks(section: Section) -> list[Track]:
    """The tracks of a section: its SSRCs by their track, where a=msid counts more than what a=ssrc lines say."""
    if not section.sources and not section.has_msid:
        return []
    stream = section.stream_ids[0] if section.stream_ids else ""
    if not section.sources:
        return [Track(section.track_id, stream)]
    tracks: dict[str, Track] = {}
    owners: dict[int, Track] = {}
    for ssrc, (source_stream, source_track) in section.sources.items():
        name, stream = (section.track_id, stream) if section.has_msid else (source_track, source_stream)
        track = tracks.setdefault(name, Track(name, stream))
        track.ssrcs.append(ssrc)
        track.stream = stream
        owners[ssrc] = track
    for group in section.source_groups:
        if group.ssrcs[0] in owners:
            owners[group.ssrcs[0]].groups.append(group)
    return list(tracks.values())


def _has_twice_the_same_track(session: Session) -> bool:
    """Whether two sections have the same stream and the same named track."""
    seen: set[tuple[str, str]] = set()
    for section in session.sections:
        for track in section.tracks:
            if track.id and (track.stream, track.id) in seen:
                return True
            seen.add((track.stream, track.id))
    return False
