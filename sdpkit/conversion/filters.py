"""Descriptions with less in them, or with other line ends. Each is a copy; the original stays."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from sdpkit.codecs.codec import Codec
from sdpkit.codecs.red import RedParameters
from sdpkit.codecs.rtx import RtxParameters
from sdpkit.finding import fault
from sdpkit.sdp.attributes.streams import Rid, Simulcast, SimulcastStream
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.parser import parse

_FORMAT = re.compile(
    r"a=(?:rtpmap|fmtp|rtcp-fb|imageattr|framesize|depend|packetization|sprtmap)[ \t]*:[ \t]*([0-9]{1,3})(?![0-9])"
).match
_TCP = re.compile(r"a=candidate:\S+ +\S+ +(?:tcp|ssltcp|tls) ", re.IGNORECASE).match
_CORRECTION = {"ulpfec", "flexfec", "flexfec-03", "parityfec", "1d-interleaved-parityfec"}
_REPAIRED_BY = {"FID": {"rtx"}, "FEC-FR": _CORRECTION}  # RFC 5576 §4.2, RFC 5956 §4.3


def only_codecs(description: SessionDescription, names: Iterable[str]) -> SessionDescription:
    """Only these codecs, named as in a=rtpmap, in the order of the m= lines.

    Retransmission, redundancy and error correction stay with the codecs that stay, and everything that is said of other
    payload types goes with them. Rejected m-sections and those without RTP stay as they are.

    Raises SDPError: CNV003 for a codec that is nowhere, CNV004 where an m-section would have none left.
    """
    wanted = {name.lower() for name in names}
    copy = description.copy()
    sections = [section for section in copy.media if section.codecs and not section.is_rejected]
    there = {codec.name.lower(): codec.name for section in sections for codec in section.codecs}
    if missing := wanted - there.keys():
        message = f"no m-section has {', '.join(sorted(missing))}; there are: {', '.join(there.values()) or 'none'}"
        raise fault("CNV003", message, "RFC 8866 §6.6", start=0, end=1)
    for section in sections:
        kept = _kept(section.codecs, wanted)
        if not kept:
            raise _nothing_left(section)
        _keep(section, kept)
    return copy


def without_tcp(description: SessionDescription) -> SessionDescription:
    """No candidates over TCP (RFC 6544)."""
    copy = description.copy()
    copy.lines = [line for line in copy.lines if not _TCP(line.text)]
    return copy


def with_ends(description: SessionDescription, ending: str) -> SessionDescription:
    r"""Each line, also the last one, with this end: CRLF as RFC 8866 §5 has it, or LF.

    >>> str(with_ends(parse("v=0\ns=-"), "\r\n"))
    'v=0\r\ns=-\r\n'
    """
    return parse("".join(f"{line.text}{ending}" for line in description.lines))


def _nothing_left(section: MediaDescription) -> Exception:
    names = ", ".join(dict.fromkeys(codec.name for codec in section.codecs))
    message = f"m-section {section.index} ({section.kind}) would have no codec left; it has {names}"
    line = section.lines[0]
    return fault("CNV004", message, "RFC 8866 §5.14", line=line.number, start=0, end=len(line.text))


def _kept(codecs: Sequence[Codec], wanted: set[str]) -> set[int]:
    """The payload types that stay."""
    kept = {codec.payload_type for codec in codecs if codec.name.lower() in wanted - {"rtx", "red"} - _CORRECTION}
    for codec in codecs:
        if codec.name.lower() == "red":
            kept |= {codec.payload_type} if kept.issuperset(_protected(codec)) and kept else set()
        elif codec.name.lower() in _CORRECTION and kept:
            kept.add(codec.payload_type)
    again = {codec.payload_type for codec in codecs if _sent_again(codec) in kept}
    return kept | again


def _protected(codec: Codec) -> tuple[int, ...]:
    """The payload types that a redundant one may hold, where it says so."""
    parameters = codec.parameters
    listed = parameters.payload_types if isinstance(parameters, RedParameters) else None
    return listed.numbers if listed else ()


def _sent_again(codec: Codec) -> int | None:
    """The payload type that a retransmission is of."""
    return codec.parameters.apt if isinstance(codec.parameters, RtxParameters) else None


def _keep(section: MediaDescription, kept: set[int]) -> None:
    """Takes away the other payload types, and what belongs to them."""
    before = {codec.name.lower() for codec in section.codecs}
    section.lines = [line for line in section.lines if not (found := _FORMAT(line.text)) or int(found[1]) in kept]
    section.formats = tuple(format for format in section.formats if format.isdecimal() and int(format) in kept)
    after = {codec.name.lower() for codec in section.codecs}
    for semantics, repairs in _REPAIRED_BY.items():
        if before & repairs and not after & repairs:
            _drop_repair_streams(section, semantics)
    _keep_layers(section, kept)


def _drop_repair_streams(section: MediaDescription, semantics: str) -> None:
    """Takes away the streams that repaired others: all but the first of each group."""
    gone = {ssrc for group in section.ssrc_groups if group.semantics == semantics for ssrc in group.ssrcs[1:]}
    section.ssrc_groups = [group for group in section.ssrc_groups if group.semantics != semantics]
    section.ssrc_attributes = [line for line in section.ssrc_attributes if line.id not in gone]


def _keep_layers(section: MediaDescription, kept: set[int]) -> None:
    """Takes payload types from a=rid, and layers that could use no other away, also from a=simulcast."""
    gone = {rid.id for rid in section.rids if rid.payload_types and not kept.intersection(rid.payload_types)}
    section.rids = [_restricted(rid, kept) for rid in section.rids if rid.id not in gone]
    simulcast = section.simulcast
    if gone and isinstance(simulcast, Simulcast):
        send, recv = _without_layers(simulcast.send, gone), _without_layers(simulcast.recv, gone)
        left = msgspec.structs.replace(simulcast, send=send, recv=recv)
        section.simulcast = left if send or recv else None


def _restricted(rid: Rid, kept: set[int]) -> Rid:
    """The rid with the payload types that are left."""
    left = ",".join(str(number) for number in rid.payload_types if number in kept)
    pairs = tuple((name, left if name == "pt" else value) for name, value in rid.restrictions)
    return msgspec.structs.replace(rid, restrictions=pairs)


def _without_layers(
    streams: tuple[tuple[SimulcastStream, ...], ...], gone: set[str]
) -> tuple[tuple[SimulcastStream, ...], ...]:
    alternatives = (tuple(each for each in stream if each.rid not in gone) for stream in streams)
    return tuple(stream for stream in alternatives if stream)
