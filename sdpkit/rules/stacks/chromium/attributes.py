"""What libwebrtc makes of each attribute: tables from the name to the function that reads the line."""

import re
from collections.abc import Callable

from sdpkit.rules.stacks.chromium.candidate import fault_of
from sdpkit.rules.stacks.chromium.model import (
    Codec,
    Extension,
    Fingerprint,
    Group,
    Kind,
    Section,
    Session,
    SourceGroup,
    Transport,
)
from sdpkit.rules.stacks.chromium.simulcast import read_rid, read_simulcast
from sdpkit.rules.stacks.chromium.text import (
    fields_of,
    first_token,
    integer,
    is_token,
    natural_in,
    number_in,
    payload_type_in,
    unparsable,
    value_of,
)

_DIGEST = re.compile("[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){0,63}")
_ALGORITHMS = ("sha-1", "sha-224", "sha-256", "sha-384", "sha-512")
_URI = re.compile("[!-~]*")
_ROLES = ("active", "passive", "actpass", "holdconn")
_ENCRYPT = "urn:ietf:params:rtp-hdrext:encrypt"
_MOST_CHANNELS = 16
_FIRST_DYNAMIC = 35

Reader = Callable[[Section, str], None]
"""What reads a line of a section. It raises RefusalError for one that libwebrtc cannot parse."""


def name_of(line: str) -> str:
    """The name of an attribute: what is before the first colon or blank."""
    return line[2:].partition(":")[0].partition(" ")[0]


# Attributes of the session, some of which sections have too.


def read_group(session: Session, line: str) -> None:
    """a=group:<semantics> <mid> …; only BUNDLE is kept, in capitals, and a mid counts once."""
    name, *mids = fields_of(line)
    if ":" not in name:
        raise unparsable(line, "Failed to parse group attribute.")
    if not all(map(is_token, mids)):
        raise unparsable(line, "Failed to parse group tag.")
    if value_of(name, "group") == "BUNDLE":
        session.groups.append(Group(tuple(dict.fromkeys(mids))))


def read_session_fingerprint(session: Session, line: str) -> None:
    """a=fingerprint before the first section: only one, though sections may have several."""
    if session.transport.fingerprint is not None:
        raise unparsable(line, "Can't have multiple fingerprint attributes at the same level.")
    read_fingerprint(session.transport, line)


def read_ufrag(transport: Transport, line: str) -> None:
    """a=ice-ufrag; the value is judged later."""
    transport.ufrag = value_of(line, "ice-ufrag")


def read_password(transport: Transport, line: str) -> None:
    """a=ice-pwd; the value is judged later."""
    transport.password = value_of(line, "ice-pwd")


def read_ice_options(_: Transport, line: str) -> None:
    """a=ice-options: there must be a value, whatever it is."""
    value_of(line, "ice-options")


def read_fingerprint(transport: Transport, line: str) -> None:
    """a=fingerprint:<algorithm> <digest>. How long the digest should be is seen only when it is used."""
    fields = fields_of(line)
    if len(fields) != 2:
        raise unparsable(line, "Expects 2 fields.")
    algorithm = value_of(fields[0], "fingerprint").lower()
    if algorithm not in _ALGORITHMS or not _DIGEST.fullmatch(fields[1]):
        raise unparsable(line, "Failed to create fingerprint from the digest.")
    transport.fingerprint = Fingerprint(algorithm, (len(fields[1]) + 1) // 3, fields[1].upper())


def read_setup(transport: Transport, line: str) -> None:
    """a=setup:<role>, in any case."""
    fields = line[2:].split(":")
    if len(fields) != 2:
        raise unparsable(line, "Expects 2 fields.")
    if fields[1].lower() not in _ROLES:
        raise unparsable(line, "Invalid attribute value.")
    transport.setup = fields[1].lower()


def read_msid_semantic(_: Session, line: str) -> None:
    """a=msid-semantic: there must be a value."""
    value_of(line, "msid-semantic")


def read_extension(extensions: list[Extension], line: str) -> None:
    """a=extmap:<id>[/<direction>] <URI>. The direction is not looked at, and 255 is the largest id (measured)."""
    fields = fields_of(line, 2)
    number = number_in(line, value_of(fields[0], "extmap").partition("/")[0])
    if not 1 <= number <= 255:
        raise unparsable(line, "Extension ID is not in valid range.")
    encrypted = fields[1] == _ENCRYPT
    if encrypted and len(fields) < 3:
        raise unparsable(line, "Expects at least 3 fields.")
    if encrypted and fields[2] == _ENCRYPT:
        raise unparsable(line, "Recursive encrypted header.")
    uri = fields[2 if encrypted else 1]
    if not _URI.fullmatch(uri):
        raise unparsable(line, "URI contains invalid characters.")
    extensions.append(Extension(number, uri, encrypted))


# Attributes of sections.


def read_mid(section: Section, line: str) -> None:
    """a=mid:<token>."""
    mid = value_of(line, "mid")
    if not is_token(mid):
        raise unparsable(line, "Illegal character found in the value of mid")
    section.mid = mid


def read_bundle_only(section: Section, _: str) -> None:
    """a=bundle-only."""
    section.bundle_only = True


def read_candidate(section: Section, line: str) -> None:
    """a=candidate: one that addIceCandidate would not take kills the whole description."""
    fault = fault_of(line)
    if fault is not None:
        raise unparsable(line, fault)
    section.has_candidates = True


def read_format_parameters(section: Section, line: str) -> None:
    """a=fmtp:<payload type> <parameters>."""
    if not section.is_media:
        return
    parts = first_token(line[2:], " ")
    if parts is None:
        raise unparsable(line, "Expects at least 2 fields.")
    codec = _codec(section, payload_type_in(parts[0], value_of(parts[0], "fmtp")))
    for text in parts[1].split(";"):
        parameter = text.strip(" \t\n\v\f\r")
        name, equals, value = parameter.partition("=")
        codec.parameters[name if equals else ""] = value.lstrip("=") if equals else parameter


def _codec(section: Section, payload_type: int) -> Codec:
    """The codec of a payload type: fmtp and rtcp-fb make a nameless one, which is a fault in the end."""
    codec = section.codecs.get(payload_type)
    if codec is None:
        codec = section.codecs[payload_type] = Codec(payload_type)
    return codec


def read_sctp_port(section: Section, line: str) -> None:
    """a=sctp-port:<port>; it goes with the format webrtc-datachannel only."""
    if section.uses_sctpmap:
        raise unparsable(line, "sctp-port attribute can't be used with sctpmap.")
    fields = line[2:].split(":")
    if len(fields) < 2:
        fields = fields_of(line, 2)
    port = integer(fields[1])
    if port is None or not 0 <= port <= 65535:
        raise unparsable(line, "Invalid sctp port value.")
    section.sctp_port = port


def read_max_message_size(_: Section, line: str) -> None:
    """a=max-message-size:<bytes>, less than 2^31."""
    fields = line[2:].split(":")
    if len(fields) < 2:
        raise unparsable(line, "Expects at least 2 fields.")
    size = integer(fields[1])
    if size is None or size < 0:
        raise unparsable(line, "Invalid SCTP max message size.")


def read_rtcp_mux(section: Section, _: str) -> None:
    """a=rtcp-mux."""
    section.rtcp_mux = True


def read_direction(section: Section, line: str) -> None:
    """a=sendrecv and the others; the last one counts."""
    section.direction = name_of(line)


def read_source(section: Section, line: str) -> None:
    """a=ssrc:<ssrc> <attribute>:<value>."""
    parts = first_token(line[2:], " ")
    if parts is None:
        raise unparsable(line, "Expects 2 fields.")
    ssrc = natural_in(line, value_of(parts[0], "ssrc"))
    attribute = first_token(parts[1], ":")
    if attribute is None:
        reason = f"Failed to get the ssrc attribute value from {parts[1]}. Expected format <attribute>:<value>."
        raise unparsable(line, reason)
    _, track = section.sources.setdefault(ssrc, ("", ""))
    name, value = attribute
    if name == "msid":
        ids = value.split(" ")
        if len(ids) > 2:
            raise unparsable(line, 'Expected format "msid:<identifier>[ <appdata>]".')
        section.sources[ssrc] = (ids[0], ids[1] if len(ids) == 2 else track)


def read_source_group(section: Section, line: str) -> None:
    """a=ssrc-group:<semantics> <ssrc> …."""
    fields = fields_of(line, 2)
    semantics = value_of(fields[0], "ssrc-group")
    ssrcs: dict[int, None] = {}
    for field in fields[1:]:
        ssrc = natural_in(line, field)
        if ssrc in ssrcs:
            raise unparsable(line, "Duplicate SSRC in ssrc-group")
        ssrcs[ssrc] = None
    section.source_groups.append(SourceGroup(semantics, tuple(ssrcs)))


def read_rtpmap(section: Section, line: str) -> None:
    """a=rtpmap:<payload type> <name>/<clock rate>[/<channels>]; one for a format not in the m= line is nothing."""
    fields = fields_of(line, 2)
    payload_type = payload_type_in(line, value_of(fields[0], "rtpmap"))
    if payload_type not in section.payload_types:
        return
    parts = fields[1].split("/")
    if len(parts) not in (2, 3):
        raise unparsable(line, 'Expected format "<encoding name>/<clock rate>[/<encodingparameters>]".')
    name, clock_rate = parts[0], number_in(line, parts[1])
    if section.kind is Kind.AUDIO:
        channels = natural_in(line, parts[2], 64) if len(parts) == 3 else 1
        if channels > _MOST_CHANNELS:
            raise unparsable(line, f"At most {_MOST_CHANNELS} channels are supported.")
    elif section.kind is Kind.VIDEO:
        channels = 1
    else:
        return
    codec = _codec(section, payload_type)
    _check_redefinition(section, line, codec, name, clock_rate)
    codec.name, codec.channels = name, channels
    if section.kind is Kind.AUDIO:  # video codecs keep the clock rate of 90000 (measured)
        codec.clock_rate = clock_rate


def _check_redefinition(section: Section, line: str, codec: Codec, name: str, clock_rate: int) -> None:
    """A payload type means one thing: a second line must say the same, for audio the name alone."""
    if not codec.name:
        return
    same_rate = section.kind is Kind.AUDIO or clock_rate == codec.clock_rate
    if name.lower() != codec.name.lower() or not same_rate:
        static = "statically assigned" if codec.payload_type < _FIRST_DYNAMIC else ""
        raise unparsable(line, f"Duplicate {static} payload type with conflicting codec name or clock rate.")


def read_feedback(section: Section, line: str) -> None:
    """a=rtcp-fb:<payload type or *> <type> …."""
    if not section.is_media:
        return
    fields = line.split(" ")
    if len(fields) < 2:
        raise unparsable(line, "Failed to get the value of attribute: rtcp-fb")
    payload_type = value_of(fields[0], "rtcp-fb")
    if payload_type != "*":
        _codec(section, payload_type_in(line, payload_type))


def read_packetization(section: Section, line: str) -> None:
    """a=packetization:<payload type> raw, for video."""
    if section.kind is not Kind.VIDEO:
        return
    fields = line.split(" ")
    if len(fields) < 2:
        raise unparsable(line, "Failed to get the value of attribute: packetization")
    payload_type = payload_type_in(line, value_of(fields[0], "packetization"))
    if fields[1] == "raw":
        _codec(section, payload_type)


def read_msid(section: Section, line: str) -> None:
    """a=msid:<stream>[ <track>]; all lines of a section have the same track."""
    fields = [field for field in line[2:].split(" ") if field]
    if len(fields) not in (1, 2):
        raise unparsable(line, "Expected a stream ID and optionally a track ID")
    if len(fields) == 1 and line.endswith(" "):
        raise unparsable(line, "Missing track ID in msid attribute.")
    track = fields[1] if len(fields) == 2 else section.track_id
    if section.track_id and section.track_id != track:
        raise unparsable(line, "Two different track IDs in msid attribute in one m= section")
    section.track_id = track
    stream = value_of(fields[0], "msid")
    if not stream:
        raise unparsable(line, "Missing stream ID in msid attribute.")
    if stream != "-":
        section.stream_ids.append(stream)
    section.has_msid = True


def _with_value(name: str) -> Reader:
    """What reads an attribute that only has to have a value."""

    def read(_: Section, line: str) -> None:
        value_of(line, name)

    return read


def _of_transport(read: Callable[[Transport, str], None]) -> Reader:
    return lambda section, line: read(section.transport, line)


SESSION: dict[str, Callable[[Session, str], None]] = {
    "group": read_group,
    "ice-ufrag": lambda session, line: read_ufrag(session.transport, line),
    "ice-pwd": lambda session, line: read_password(session.transport, line),
    "ice-options": lambda session, line: read_ice_options(session.transport, line),
    "fingerprint": read_session_fingerprint,
    "setup": lambda session, line: read_setup(session.transport, line),
    "msid-semantic": read_msid_semantic,
    "extmap": lambda session, line: read_extension(session.extensions, line),
}
"""The attributes before the first section."""

ANY: dict[str, Reader] = {
    "mid": read_mid,
    "bundle-only": read_bundle_only,
    "candidate": read_candidate,
    "ice-ufrag": _of_transport(read_ufrag),
    "ice-pwd": _of_transport(read_password),
    "ice-options": _of_transport(read_ice_options),
    "fmtp": read_format_parameters,
    "fingerprint": _of_transport(read_fingerprint),
    "setup": _of_transport(read_setup),
}
"""The attributes of all sections, also of those that will be rejected."""

SCTP: dict[str, Reader] = {
    **ANY,
    "sctp-port": read_sctp_port,
    "max-message-size": read_max_message_size,
}
"""The attributes of sections with data channels."""

RTP: dict[str, Reader] = {
    **ANY,
    "rtcp-mux": read_rtcp_mux,
    "ssrc-group": read_source_group,
    "ssrc": read_source,
    "rtpmap": read_rtpmap,
    "maxptime": _with_value("maxptime"),
    "packetization": read_packetization,
    "rtcp-fb": read_feedback,
    "ptime": _with_value("ptime"),
    "sendonly": read_direction,
    "recvonly": read_direction,
    "inactive": read_direction,
    "sendrecv": read_direction,
    "extmap": lambda section, line: read_extension(section.extensions, line),
    "x-google-flag": _with_value("x-google-flag"),
    "msid": read_msid,
    "rid": read_rid,
    "simulcast": read_simulcast,
}
"""The attributes of sections whose protocol is one of RTP, whatever their kind."""
