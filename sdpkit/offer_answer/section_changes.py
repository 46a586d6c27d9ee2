"""How two m-sections differ, and how the sessions around them do: whatever holds there, wherever it is written."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from sdpkit.offer_answer.changes import Delta, Said, differing, spans
from sdpkit.offer_answer.codec_changes import codec_changes, format_spans
from sdpkit.offer_answer.likeness import turned_direction
from sdpkit.offer_answer.pairing import paired
from sdpkit.sdp.attributes.streams import Extmap
from sdpkit.sdp.decoding import decode, key_of
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.fields import Media, Origin
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.section import DIRECTIONS, Section

T = TypeVar("T")
Pair = tuple[MediaDescription, MediaDescription]
"""An m-section in the old and in the new description."""

INHERITED = ("ice-ufrag", "ice-pwd", "ice-options", "fingerprint", "setup", "tls-id")
"""Attributes that an m-section has from its session where it has none of its own."""


def session_changes(
    old: SessionDescription, new: SessionDescription, shared: Sequence[Pair], *, mirrored: bool
) -> Iterator[Delta]:
    """What differs in o=, in the groups, and in what the m-sections that both have get from their session.

    `mirrored` is whether the two are by different peers, so that one sends what the other receives.
    """
    for what, value in _ORIGIN.items():
        yield from differing(what, _said(old, "o=", value), _said(new, "o=", value))
    yield from _groups(old, new)
    yield from _inheritable(old, new, mirrored, heirs=shared)


def section_changes(old: MediaDescription, new: MediaDescription, *, mirrored: bool) -> Iterator[Delta]:
    """What differs in two m-sections, but for what both have from their session, candidates and unknown lines."""
    yield from differing("rejection", _state(old), _state(new))
    for what, value in _M_LINE.items():
        yield from differing(what, _said(old, "m=", value), _said(new, "m=", value))
    yield from _other_formats(old, new)
    yield from _inheritable(old, new, mirrored)
    yield from codec_changes(old, new)
    yield from _streams(old, new)


def _said(section: Section, name: str, value: Callable[[T], str]) -> Said:
    """What the one line of some name says, as far as it can be read."""
    decoded = section.get(name)
    return Said() if decoded is None else Said(value(decoded), spans(*section.lines_of(name)))


_ORIGIN: dict[str, Callable[[Origin], str]] = {
    "session-id": lambda origin: f"{origin.username} {origin.session_id} {origin.address}",
    "session-version": lambda origin: str(origin.session_version),
}
_M_LINE: dict[str, Callable[[Media], str]] = {
    "media-kind": lambda media: media.kind,
    "port": lambda media: f"{media.port}" if media.count is None else f"{media.port}/{media.count}",
    "protocol": lambda media: media.protocol,
}


def _groups(old: SessionDescription, new: SessionDescription) -> Iterator[Delta]:
    before, after = (
        [line for line in description.lines_of("group") if decode(line) is not None] for description in (old, new)
    )
    for one, other in paired(before, after, decode, lambda line: line.decoded.semantics):
        semantics = next(line.decoded.semantics for line in (one, other) if line)
        mids = [Said(" ".join(line.decoded.mids), spans(line)) if line else Said() for line in (one, other)]
        yield from differing("bundle" if semantics == "BUNDLE" else "group", *mids, item=semantics)


def _state(section: MediaDescription) -> Said:
    return Said("rejected" if section.is_rejected else "in use", spans(*section.lines_of("m=")))


def _other_formats(old: MediaDescription, new: MediaDescription) -> Iterator[Delta]:
    """The formats that no codec is known for."""
    before, after = _formats(old), _formats(new)
    missing = [Said(None, spans(*section.lines_of("m="))) for section in (old, new)]
    for one, other in paired(list(before), list(after), str):
        yield from differing("format", before.get(one or "", missing[0]), after.get(other or "", missing[1]))


def _formats(section: MediaDescription) -> dict[str, Said]:
    codecs = {str(codec.payload_type) for codec in section.codecs}
    places = format_spans(section)
    return {
        format: Said(format, (places[format],))
        for format in section.formats
        if (format.lstrip("0") or "0") not in codecs
    }


# --- what m-sections have from their session where they have none of their own ---


def _inheritable(old: Section, new: Section, mirrored: bool, heirs: Sequence[Pair] = ()) -> Iterator[Delta]:
    """What an m-section says or its session says for it; `heirs` are the m-sections when this is the session."""
    for what, name in (("connection", "c="), *zip(INHERITED, INHERITED, strict=True)):
        before, after = _holding(old, new, (name,), heirs)
        yield from differing(what, _values(before), _values(after))
    directions = [_direction(lines) for lines in _holding(old, new, DIRECTIONS, heirs)]
    if not mirrored or turned_direction(directions[0].value) != directions[1].value:
        yield from differing("direction", *directions)
    yield from _extensions(*_holding(old, new, ("extmap",), heirs), mirrored)


def _holding(old: Section, new: Section, names: Sequence[str], heirs: Sequence[Pair]) -> tuple[list[Line], list[Line]]:
    """The lines of some names that hold in each: its own, or else those of its session.

    None where both have none of their own, as those of the session are compared for the session; and none in a
    session from which nobody has them.
    """
    before, after = (_own(section, names) for section in (old, new))
    has_no_heir = heirs and all(_own(one, names) or _own(other, names) for one, other in heirs)
    if has_no_heir or not (before or after):
        return [], []
    return before or _of_session(old, names), after or _of_session(new, names)


def _own(section: Section, names: Sequence[str]) -> list[Line]:
    return sorted((line for name in names for line in section.lines_of(name)), key=lambda line: line.number)


def _of_session(section: Section, names: Sequence[str]) -> list[Line]:
    session = section.session if isinstance(section, MediaDescription) else None
    return _own(session, names)[:_MOST] if session else []


_MOST = 256  # lines of one name in a session: none has as many, and each m-section would be compared with all of them


def _values(lines: Sequence[Line]) -> Said:
    """What lines of one name say, each only once; all of a line that cannot be read."""
    return Said(", ".join(dict.fromkeys(map(_value, lines))) or None, spans(*lines))


def _value(line: Line) -> str:
    value = decode(line)
    if isinstance(value, tuple):
        return " ".join(sorted(value))  # ice-options have no order
    return line.text if value is None else str(value)


def _direction(lines: Sequence[Line]) -> Said:
    """The direction; all of them where several are written, of which only one can be meant."""
    written = dict.fromkeys(key_of(line).removeprefix("a=") for line in lines)
    return Said(", ".join(written) or DIRECTIONS[0], spans(*lines))


def _extensions(old: Sequence[Line], new: Sequence[Line], mirrored: bool) -> Iterator[Delta]:
    pairs = paired(
        [line for line in old if decode(line) is not None],
        [line for line in new if decode(line) is not None],
        lambda line: (line.decoded.id, line.decoded.uri, line.decoded.attributes),
        lambda line: (line.decoded.uri, line.decoded.attributes),
        lambda line: line.decoded.id,
    )
    for one, other in pairs:
        id = min(str(line.decoded.id) for line in (one, other) if line)
        yield from differing("extension", *(_extension(line, _uri) for line in (one, other)), item=id)
        if one and other:
            yield from _same_extension(one, other, mirrored)


def _same_extension(old: Line, new: Line, mirrored: bool) -> Iterator[Delta]:
    uri = min(_uri(old.decoded), _uri(new.decoded))
    ids = [_extension(line, lambda extension: str(extension.id)) for line in (old, new)]
    yield from differing("extension-id", *ids, item=uri)
    if not mirrored or turned_direction(old.decoded.direction) != new.decoded.direction:
        directions = [_extension(line, lambda extension: extension.direction) for line in (old, new)]
        yield from differing("extension-direction", *directions, item=uri)


def _extension(line: Line | None, value: Callable[[Extmap], str | None]) -> Said:
    return Said(value(line.decoded), spans(line)) if line else Said()


def _uri(extension: Extmap) -> str:
    return f"{extension.uri} {extension.attributes or ''}".rstrip()


# --- RTP streams ---


class _Stream(NamedTuple):
    """An RTP stream of an m-section: its number, and the lines about it by what they say."""

    ssrc: int
    lines: dict[str, list[Line]]

    @property
    def number(self) -> Said:
        return Said(str(self.ssrc), spans(*(line for lines in self.lines.values() for line in lines)))

    def said(self, attribute: str) -> Said:
        """The values of one of its attributes."""
        lines = self.lines.get(attribute, [])
        return Said(", ".join(line.decoded.value or "" for line in lines) if lines else None, spans(*lines))


def _streams(old: MediaDescription, new: MediaDescription) -> Iterator[Delta]:
    """The streams by their numbers; those with new numbers in their order."""
    for one, other in paired(_streams_of(old), _streams_of(new), lambda stream: stream.ssrc, lambda stream: ""):
        yield from differing("ssrc", *(stream.number if stream else Said() for stream in (one, other)))
        if one and other:
            for attribute in {**one.lines, **other.lines}:
                yield from differing("ssrc-attribute", one.said(attribute), other.said(attribute), item=attribute)


def _streams_of(section: MediaDescription) -> Sequence[_Stream]:
    streams: dict[int, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in section.lines_of("ssrc"):
        said = decode(line)
        if said is not None:
            streams[said.id][said.attribute].append(line)
    return [_Stream(ssrc, dict(lines)) for ssrc, lines in streams.items()]
