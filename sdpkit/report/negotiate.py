"""The screens of `sdpkit negotiate`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from sdpkit.offer_answer.agreement import AgreedCodec, AgreedSection, Dtls, Ice, Negotiation, Side, Transport
from sdpkit.offer_answer.matching import HELPERS
from sdpkit.report.escaping import escape
from sdpkit.report.labels import labelled_each
from sdpkit.report.tables import table

_MOST = 50  # rows of a table


def overview(negotiation: Negotiation, offer: str, answer: str, width: int) -> str:
    """One screen: the m-sections with their codecs, what fell out and why, transports, and the verdicts."""
    blocks = [
        _title(offer, answer, width),
        "\n".join(labelled_each("problem", negotiation.problems, width)),
        _sections(negotiation, width),
        _dropped(negotiation, width),
        "\n".join(_facts(negotiation, width)),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def brief(negotiation: Negotiation, offer: str, answer: str) -> str:
    """One line: the verdict on each m-section, and why nothing can work."""
    said = [*(section.verdict for section in negotiation.sections[:_MOST]), *negotiation.problems[:_MOST]]
    return escape(f"{offer} + {answer}: {'; '.join(said)}") + "\n"


def _title(offer: str, answer: str, width: int) -> str:
    """Which descriptions these are: on one line, or each on its own."""
    names = escape(offer), escape(answer)
    line = " + ".join(names)
    return line if len(line) <= width else " +\n".join(names)


def _sections(negotiation: Negotiation, width: int) -> str:
    headers = ["#", "mid", "kind", "offerer", "answerer", "agreed"]
    rows: list[tuple[object, ...]] = [
        (
            section.index,
            section.mid,
            section.kind,
            section.offerer.direction,
            section.answerer.direction,
            _contents(section),
        )
        for section in negotiation.sections
    ]
    return _table(headers, rows, width)


def _table(headers: list[str], rows: list[tuple[object, ...]], width: int) -> str:
    """A table that begins with the index of an m-section, and ends however many there are."""
    if not rows:
        return ""
    rest = f"\nand {len(rows) - _MOST} more: --format json has all" if len(rows) > _MOST else ""
    return table(headers, rows[:_MOST], width, right=["#"], wrap=headers[3:]) + rest


def _contents(section: AgreedSection) -> str:
    """What is agreed in an m-section, in a table cell: of codecs the most wanted first."""
    if not section.accepted or section.reason:
        return f"{'accepted, but ' if section.accepted else 'rejected: '}{section.reason}"
    if section.offerer.max_message_size is not None:
        return _data(section)
    if not section.codecs:
        return section.verdict
    media = [codec for codec in section.codecs if codec.name.lower() not in HELPERS]
    helpers = [codec for codec in section.codecs if codec.name.lower() in HELPERS - {"rtx"}]
    names, others = ", ".join(_grouped(media)), list(_grouped(helpers))
    if any(codec.rtx for codec in section.codecs):
        others.append("rtx")
    return f"{names} (+ {', '.join(others)})" if others else names


def _grouped(codecs: Iterable[AgreedCodec]) -> Iterator[str]:
    """Each codec name once, with all its payload types."""
    numbers: dict[str, list[str]] = defaultdict(list)
    for codec in codecs:
        numbers[codec.name].append(_numbers(codec.offerer, codec.answerer))
    return (" ".join([name, *listed]) for name, listed in numbers.items())


def _numbers(offerer: int, answerer: int) -> str:
    """A payload type or id: of both sides where they differ."""
    return str(offerer) if offerer == answerer else f"{offerer}→{answerer}"


def _data(section: AgreedSection) -> str:
    ports = f"SCTP {section.offerer.sctp_port or '?'}→{section.answerer.sctp_port or '?'}"
    sizes = [str(side.max_message_size or "any") for side in (section.offerer, section.answerer)]
    limit = sizes[0] if sizes[0] == sizes[1] else f"{sizes[0]} from the offerer, {sizes[1]} from the answerer"
    return f"data channels, {ports}, message size up to {limit}"


def _dropped(negotiation: Negotiation, width: int) -> str:
    """What only one side listed; all that fell out of a section for the same reason is on one row."""
    rows: dict[tuple[int, str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for section in negotiation.sections:
        for codec in section.dropped:
            rows[section.index, codec.by, codec.reason][codec.name or "payload type"].append(str(codec.payload_type))
    headers = ["#", "listed by", "codecs", "reason"]
    shown: list[tuple[object, ...]] = [
        (index, by, ", ".join(" ".join([name, *numbers]) for name, numbers in names.items()), reason)
        for (index, by, reason), names in rows.items()
    ]
    return _table(headers, shown, width)


def _facts(negotiation: Negotiation, width: int) -> Iterator[str]:
    """The lines below the tables: a label, and what there is to say."""
    sections, transports = negotiation.sections, negotiation.transports
    for label, parts in (
        ("transport", (_transport(each) for each in transports)),
        ("dtls", (f"#{each.tagged}: {_dtls(each.dtls)}" for each in transports if each.dtls)),
        ("ice", (f"#{each.tagged}: {_ice(each.ice)}" for each in transports if each.ice)),
        ("rtcp", _rtcp(sections)),
        ("feedback", (f"#{each.index}: {said}" for each in sections for said in _feedback(each))),
        ("extensions", (f"#{each.index}: {_extensions(each)}" for each in sections if _extensions(each))),
        ("simulcast", (f"#{each.index}: {said}" for each in sections for said in _simulcast(each))),
        ("bitrate", (f"#{each.index}: {said}" for each in sections for said in _bitrate(each))),
        ("levels", (f"#{each.index}: {_levels(each)}" for each in sections if _levels(each))),
        ("remark", (f"#{each.index}: {said}" for each in sections for said in _remarks(each))),
        ("note", negotiation.notes),
        ("outcome", (f"#{each.index}: {each.verdict}" for each in sections)),
    ):
        yield from labelled_each(label, parts, width)


def _transport(transport: Transport) -> str:
    others = " ".join(f"#{index}" for index in transport.sections if index != transport.tagged)
    return f"#{transport.tagged}{f' for {others} too (BUNDLE)' if others else ''}"


def _dtls(dtls: Dtls) -> str:
    return f"{dtls.client} is client, {dtls.server} is server" if dtls.client else "the roles do not fit"


def _ice(ice: Ice) -> str:
    lite = f", {' and '.join(ice.lite)} lite" if ice.lite else ""
    return f"{ice.controlling} is controlling{lite}; USERNAME from offerer to answerer {ice.offerer_username}"


def _rtcp(sections: Iterable[AgreedSection]) -> Iterator[str]:
    """In which sections RTCP is on the port of RTP, and in which it is reduced in size."""
    sections = list(sections)
    for what, places in (
        ("on the port of RTP", [section.index for section in sections if section.rtcp_mux]),
        ("reduced size", [section.index for section in sections if section.rtcp_rsize]),
    ):
        if places:
            yield f"{' '.join(f'#{place}' for place in places)}: {what}"


def _extensions(section: AgreedSection) -> str:
    """The agreed extensions with the ids of both sides, and those that fell out."""
    pairs = zip(section.offerer.extensions, section.answerer.extensions, strict=True)
    agreed = ", ".join(f"{_numbers(ours.id, theirs.id)} {_short(ours.uri)}" for ours, theirs in pairs)
    dropped = ", ".join(map(_short, section.dropped_extensions))
    return f"{agreed or 'none'}; not in the answer: {dropped}" if dropped else agreed


def _short(uri: str) -> str:
    """The last part of a URI, which mostly is the name of the extension."""
    return re.split("[/:#]", uri)[-1]


def _feedback(section: AgreedSection) -> Iterator[str]:
    """The RTCP feedback that both have, and for which codecs."""
    codecs: dict[str, list[AgreedCodec]] = defaultdict(list)
    for codec in section.codecs:
        if codec.feedback:
            codecs[", ".join(map(str, codec.feedback))].append(codec)
    return (f"{', '.join(_grouped(alike))}: {feedback}" for feedback, alike in codecs.items())


def _simulcast(section: AgreedSection) -> Iterator[str]:
    for name, side in _sides(section):
        if side.simulcast:
            yield f"the {name} sends {';'.join(','.join(map(str, stream)) for stream in side.simulcast)}"


def _bitrate(section: AgreedSection) -> Iterator[str]:
    for name, side in _sides(section):
        if side.max_bitrate is not None:
            yield f"the {name} may send {side.max_bitrate:,} bit/s"


def _sides(section: AgreedSection) -> tuple[tuple[str, Side], ...]:
    return ("offerer", section.offerer), ("answerer", section.answerer)


def _levels(section: AgreedSection) -> str:
    """The highest levels at which video may be sent."""
    levels = dict.fromkeys((codec.name, codec.levels) for codec in section.codecs if codec.levels)
    return ", ".join(
        f"{name} {each.offerer} both ways"
        if each.offerer == each.answerer
        else f"{name} {each.offerer} to the answerer, {each.answerer} to the offerer"
        for name, each in levels
    )


def _remarks(section: AgreedSection) -> Iterator[str]:
    return (f"{codec.name} {codec.offerer}: {codec.remark}" for codec in section.codecs if codec.remark)
