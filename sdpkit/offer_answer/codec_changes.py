"""How the codecs of an m-section differ: matched by what they are, whatever their payload types."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import NamedTuple

from sdpkit.codecs.codec import Codec
from sdpkit.codecs.parameters import FormatParameters
from sdpkit.codecs.red import RedParameters
from sdpkit.codecs.rtx import RtxParameters
from sdpkit.finding import Span
from sdpkit.offer_answer.changes import Delta, Kind, Said, differing, spans
from sdpkit.offer_answer.matching import is_media, meanings, traits
from sdpkit.offer_answer.pairing import Places, counterparts, moved, paired, zipped
from sdpkit.sdp.decoding import decode
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import MediaDescription


class _Listed(NamedTuple):
    """A codec of an m-section: what it is, its place in the m= line, and the lines that are about it."""

    codec: Codec
    meaning: Hashable
    title: str
    of: str | None
    """The title of the codec that it retransmits."""
    parameters: tuple[tuple[str, str], ...]
    m_line: Span
    lines: dict[str, list[Line]]
    """By the name of the attribute: rtpmap, fmtp, rtcp-fb."""

    @property
    def is_helper(self) -> bool:
        """Whether it carries no media of its own."""
        return not is_media(self.codec)

    @property
    def number(self) -> str:
        """The payload type."""
        return str(self.codec.payload_type)

    @property
    def name(self) -> str:
        """What it is called among the others of its section."""
        return f"{self.codec.name} {self.number}"

    @property
    def said(self) -> Said:
        """What it is, with everything that is said of it."""
        lines = (line for lines in self.lines.values() for line in lines)
        return Said(self.title, (self.m_line, *spans(*lines)))

    def spans_of(self, name: str) -> tuple[Span, ...]:
        """The lines of one attribute that are about it."""
        return spans(*self.lines.get(name, ()))


def codec_changes(old: MediaDescription, new: MediaDescription) -> Iterator[Delta]:
    """Codecs come, gone and changed, their numbers, format parameters, feedback and order."""
    before, after = _listed(old), _listed(new)
    places = counterparts(
        before,
        after,
        lambda listed: (listed.meaning, listed.number),
        lambda listed: listed.meaning,
        lambda listed: listed.number,
    )
    missing = [Said(None, spans(*section.lines_of("m="))) for section in (old, new)]
    for one, other in zipped(before, after, places):
        if one and other:
            yield from _changed(one, other)
        elif one:
            yield from differing("codec", one.said, missing[1], item=one.number, of=one.of)
        elif other:
            yield from differing("codec", missing[0], other.said, item=other.number, of=other.of)
    yield from _reordered(before, after, places)


def _listed(section: MediaDescription) -> list[_Listed]:
    """The codecs of a section in the order of its m= line."""
    about = _lines_by_payload_type(section)
    places = format_spans(section)
    known = meanings(section)
    titles = {codec.payload_type: _title(codec) for codec in section.codecs}
    retransmitted = {codec.payload_type: titles.get(_apt(codec)) for codec in section.codecs}
    return [
        _Listed(
            codec,
            known[codec.payload_type],
            _joined(titles[codec.payload_type], retransmitted[codec.payload_type]),
            retransmitted[codec.payload_type],
            tuple(_parameters(codec.parameters, titles)),
            places[str(codec.payload_type)],
            about[str(codec.payload_type)],
        )
        for codec in section.codecs
    ]


def _lines_by_payload_type(section: MediaDescription) -> dict[str, dict[str, list[Line]]]:
    """The lines about each payload type, by attribute."""
    about: dict[str, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for name, field in (("rtpmap", "payload_type"), ("fmtp", "format"), ("rtcp-fb", "payload_type")):
        for line in section.lines_of(name):
            value = decode(line)
            if value is not None:
                about[str(getattr(value, field))][name].append(line)
    return about


def format_spans(section: MediaDescription) -> dict[str, Span]:
    """Where each format stands in the m= line; a payload type with leading zeros is found without them, too."""
    line = section.lines_of("m=")[0]
    found: dict[str, Span] = {}
    for word in _WORDS(line.text):
        place = Span(line.number, word.start() + 1, word.end() + 1)
        found.setdefault(word[0], place)
        found.setdefault(word[0].lstrip("0") or "0", place)
    return found


_WORDS = re.compile("[^ \t]+").finditer


def _title(codec: Codec) -> str:
    """What a codec is, with the parameters that make it another one than others of its name."""
    profile = [f"{name} {value}" for name, value in traits(codec).items() if name not in ("clock rate", "channels")]
    return f"{codec} {', '.join(profile)}".rstrip()


def _apt(codec: Codec) -> int:
    """The payload type that a retransmission is of; -1, which is none, for other codecs."""
    parameters = codec.parameters
    return -1 if not isinstance(parameters, RtxParameters) or parameters.apt is None else parameters.apt


def _joined(title: str, of: str | None) -> str:
    return title if of is None else f"{title} of {of}"


def _parameters(parameters: FormatParameters | None, titles: dict[int, str]) -> Iterator[tuple[str, str]]:
    """Names and values; a value without a name has the name "", a name without a value the value "".

    Payload types are replaced by what they stand for; apt is left out, because the title has it.
    """
    if isinstance(parameters, RedParameters) and parameters.payload_types is not None:
        yield "", " / ".join(titles.get(number, str(number)) for number in parameters.payload_types.numbers)
        return
    for name, value in parameters.pairs if parameters is not None else ():
        if value is None and parameters is not None and parameters.unnamed is not None:
            yield "", name
        elif not (isinstance(parameters, RtxParameters) and name.lower() == "apt"):
            yield name, value or ""


def _changed(old: _Listed, new: _Listed) -> Iterator[Delta]:
    """What differs in a codec that both have, or in the codecs that one payload type stands for."""
    what = "spelling" if old.meaning == new.meaning else "codec"
    titles = [Said(listed.title, listed.spans_of("rtpmap") or (listed.m_line,)) for listed in (old, new)]
    yield from differing(what, *titles, item=min(old.number, new.number))
    numbers = [Said(listed.number, listed.said.spans) for listed in (old, new)]
    yield from differing("payload-type", *numbers, item=min(old.title, new.title))
    name = min(old.name, new.name)  # the same whichever comes first
    for one, other in paired(old.parameters, new.parameters, lambda pair: pair, lambda pair: pair[0].lower()):
        parameter = min(pair[0] for pair in (one, other) if pair)
        values = [Said(pair and pair[1], listed.spans_of("fmtp")) for pair, listed in ((one, old), (other, new))]
        yield from differing("format-parameter", *values, item=f"{name} {parameter}".rstrip(), of=old.title)
    before, after = _messages(old), _messages(new)
    for message in {**before, **after}:
        messages = [said.get(message, Said()) for said in (before, after)]
        yield from differing("feedback", *messages, item=name, of=old.title)


def _messages(listed: _Listed) -> dict[str, Said]:
    """The kinds of feedback that are said of this payload type."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in listed.lines.get("rtcp-fb", ()):
        feedback = decode(line)
        found[f"{feedback.type} {feedback.parameter or ''}".rstrip()].append(line)
    return {message: Said(message, spans(*lines)) for message, lines in found.items()}


def _reordered(old: list[_Listed], new: list[_Listed], places: Places) -> Iterator[Delta]:
    """The order of those that both have; that of the helpers among them is another thing."""
    names = {place: " ".join(sorted([old[place[0]].name, new[place[1]].name])) for place in places}
    media = {place: name for place, name in names.items() if not old[place[0]].is_helper}
    out_of_order = moved(media)
    what, kept = ("codec-order", media) if out_of_order else ("format-order", names)
    out_of_order = out_of_order or moved(names)
    if out_of_order:
        before = ", ".join(old[one].name for one, _ in kept)
        after = ", ".join(new[other].name for _, other in sorted(kept, key=lambda place: place[1]))
        yield Delta(
            Kind.MOVED,
            what,
            Said(before, tuple(old[one].m_line for one, _ in out_of_order)),
            Said(after, tuple(new[other].m_line for _, other in out_of_order)),
        )
