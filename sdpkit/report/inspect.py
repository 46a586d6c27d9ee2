"""The screens of `sdpkit inspect`."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator

from sdpkit.finding import Severity
from sdpkit.ice.network import network_kind
from sdpkit.inspection import CandidateGroup, CodecFacts, DtlsFacts, IceFacts, Inspection, SectionFacts
from sdpkit.report.escaping import escape
from sdpkit.report.tables import cut, table

_INDENT = 11  # of what stands behind a label
_LONGEST = 500  # characters of one thing that is said, of whatever a stranger wrote
_MOST_FINDINGS = 50  # on a screen
_HELPERS = ("rtx", "red", "ulpfec", "flexfec", "flexfec-03", "cn", "telephone-event")


def overview(inspection: Inspection, title: str, width: int) -> str:
    """One screen: the session, ICE, DTLS and maker, the m-sections, the candidates and how far they reach."""
    blocks = [
        _heading(inspection, title, width),
        "\n".join(_facts(inspection, width)),
        _sections(inspection, width),
        *_candidates(inspection, width),
        "\n".join(_verdict(inspection, width)),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def brief(inspection: Inspection, title: str) -> str:
    """One line: for a list of many descriptions, or a log."""
    kinds = ("data" if section.data_channels else _brief_codecs(section) for section in inspection.sections)
    types = Counter(candidate.typ for candidate in inspection.candidates)
    words = [
        title,
        inspection.type.value or "description",
        f"{len(inspection.sections)}m",
        *kinds,
        *(f"{typ}{count}" for typ, count in types.items()),
        *sorted({group.semantics.lower() for group in inspection.groups}),
        inspection.dtls.setup or "",
        "trickle" if inspection.trickle else "",
        _counts(inspection) if inspection.findings else "ok",
    ]
    return escape(" ".join(word for word in words if word)) + "\n"


def _brief_codecs(section: SectionFacts) -> str:
    counts = Counter(codec.name for codec in section.codecs if codec.name.lower() not in _HELPERS)
    names = (name if count == 1 else f"{name}x{count}" for name, count in counts.items())
    return f"{section.kind}:{'/'.join(names) or section.protocol}"


def section_detail(inspection: Inspection, index: int, title: str, width: int) -> str:
    """One m-section: its codecs, streams, header extensions, candidates."""
    section = inspection.sections[index]
    mid = "" if section.mid is None else f", mid {section.mid}"
    heading = [
        f"m-section {index}{mid}",
        f"lines {section.first_line}-{section.last_line}",
        f"{section.kind} {_state(section) or section.direction}",
        f"{section.protocol} {section.port}",
    ]
    blocks = [
        _title(title, heading, width),
        _codec_table(section, width),
        "\n".join(_details(section, width)),
        _candidate_table(section, width),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _heading(inspection: Inspection, title: str, width: int) -> str:
    text = inspection.text
    kind = "trickle fragment" if inspection.fragment else inspection.type.value or "offer or answer: no telling"
    signs = f" (from {inspection.type.signs[0]})" if inspection.type.value else ""
    lines = f"{text.lines} line{'' if text.lines == 1 else 's'}"
    return _title(title, [kind + signs, f"{lines}, {text.characters:,} characters, {text.line_ending}"], width)


def _title(title: str, parts: Iterable[str], width: int) -> str:
    """What a screen is about: on one line, or else the name of the input on one of its own."""
    name, said = escape(title), cut(escape("    ".join(parts)), width)
    line = f"{name}    {said}"
    return line if len(line) <= width else f"{name}\n{said}"


def _facts(inspection: Inspection, width: int) -> Iterator[str]:
    """The lines about the whole session: a label, then what there is to say."""
    yield from _fact("session", _session(inspection), width)
    if inspection.ice.ufrag or inspection.candidates:
        yield from _fact("ice", _ice(inspection.ice, inspection.fragment), width)
    if inspection.dtls.setup or inspection.dtls.fingerprints:
        yield from _fact("dtls", _dtls(inspection.dtls), width)
    if not inspection.ice.ufrag:
        yield from _fact("media", _addresses(inspection), width)
    maker = inspection.maker
    if maker.value:
        signs = f"    ({', '.join(maker.signs[:5])})" if maker.signs else ""
        yield _wrapped("maker", maker.value + signs, width)


def _addresses(inspection: Inspection) -> Iterator[str]:
    """Where media goes without ICE, and how it is carried."""
    addresses = dict.fromkeys(str(section.connection) for section in inspection.sections if section.connection)
    yield ", ".join(addresses)
    yield ", ".join(dict.fromkeys(section.protocol for section in inspection.sections))
    suites = (crypto.suite for section in inspection.sections for crypto in section.cryptos)
    yield ", ".join(dict.fromkeys(suites))
    yield from dict.fromkeys(
        f"{limit.type} {limit.value}" for section in inspection.sections for limit in section.bandwidths
    )


def _session(inspection: Inspection) -> Iterator[str]:
    if inspection.origin:
        yield f"version {inspection.origin.session_version} of {inspection.origin.session_id}"
    if inspection.name and inspection.name.strip() not in ("", "-"):
        yield f'"{inspection.name}"'
    for group in inspection.groups:
        yield f"{group.semantics.lower()} {' '.join(group.mids)}".strip()
    rtp = [section for section in inspection.sections if section.codecs]
    for name, holds in (("rtcp-mux", [s.rtcp_mux for s in rtp]), ("rtcp-rsize", [s.rtcp_rsize for s in rtp])):
        if any(holds):
            yield name if all(holds) else f"{name} in {sum(holds)} of {len(holds)}"


def _ice(ice: IceFacts, fragment: bool) -> Iterator[str]:
    agent = [] if fragment else ["lite agent" if ice.lite else "full agent"]
    yield ", ".join([*agent, *ice.options])
    if ice.ufrag:
        yield f"ufrag {ice.ufrag}"
    if ice.pwd:
        yield f"pwd {ice.pwd} ({ice.pwd_length})"


def _dtls(dtls: DtlsFacts) -> Iterator[str]:
    if dtls.setup:
        yield f"setup {dtls.setup}"
    for fingerprint in dtls.fingerprints:
        digest = fingerprint.digest
        yield f"{fingerprint.hash_function} {digest if len(digest) < 24 else f'{digest[:11]}…{digest[-9:]}'}"


def _fact(label: str, parts: Iterable[str], width: int) -> Iterator[str]:
    """A label and what follows it, on as many lines as the width asks for; nothing when nothing follows."""
    room = width - _INDENT
    lines = [""]
    for part in parts:
        pieces = textwrap.wrap(cut(escape(part), _LONGEST), room) or [""]
        for piece in pieces:
            joined = f"{lines[-1]}    {piece}" if lines[-1] else piece
            if len(joined) > room:
                lines.append(piece)
            elif piece:
                lines[-1] = joined
    if lines[0]:
        yield f"{label:<{_INDENT}}{lines[0]}"
        yield from (" " * _INDENT + line for line in lines[1:])


def _wrapped(label: str, text: str, width: int) -> str:
    """A label and a sentence behind it."""
    indent = " " * _INDENT
    return textwrap.fill(escape(text), width, initial_indent=f"{label:<{_INDENT}}", subsequent_indent=indent)


def _sections(inspection: Inspection, width: int) -> str:
    if not inspection.sections:
        return ""
    headers = ["#", "mid", "kind", "direction", "codecs, preferred first", "port", "cand"]
    rows = [
        (
            section.index,
            section.mid,
            section.kind,
            _state(section) or ("" if section.data_channels else section.direction),
            _contents(section),
            section.port,
            len(section.candidates),
        )
        for section in inspection.sections
    ]
    return table(headers, rows, width, right=["#", "port", "cand"], wrap=["codecs, preferred first"])


def _state(section: SectionFacts) -> str:
    if section.rejected:
        return "rejected"
    return "bundle-only" if section.bundle_only else ""


def _contents(section: SectionFacts) -> str:
    """What an m-section carries, in a table cell."""
    if section.data_channels:
        said = section.data_channels
        port = "" if said.sctp_port is None else f"sctp-port {said.sctp_port}"
        size = "" if said.max_message_size is None else f"max {said.max_message_size}"
        return ", ".join(filter(None, [*section.formats, port, size]))
    if not section.codecs:
        return " ".join([section.protocol, *section.formats])
    helpers = dict.fromkeys(codec.name for codec in section.codecs if codec.name.lower() in _HELPERS)
    names = ", ".join(_names(section))
    return names + (f" (+ {', '.join(helpers)})" if helpers else "")


def _names(section: SectionFacts) -> list[str]:
    """The codecs that carry media, each once, with how often it is offered."""
    counts = Counter(_full_name(codec) for codec in section.codecs if codec.name.lower() not in _HELPERS)
    return [name if count == 1 else f"{name} ×{count}" for name, count in counts.items()]


def _full_name(codec: CodecFacts) -> str:
    many = codec.channels is not None and codec.channels > 1
    return f"{codec.name}/{codec.clock_rate}/{codec.channels}" if many else codec.name


def _candidates(inspection: Inspection, width: int) -> Iterator[str]:
    if not inspection.candidates:
        return
    lines = sum(len(candidate.ports) for candidate in inspection.candidates)
    types = Counter(candidate.typ for candidate in inspection.candidates)
    tcp = sum(candidate.transport == "tcp" for candidate in inspection.candidates)
    kinds = ", ".join(f"{count} {typ}" for typ, count in types.items()) + (f"; {tcp} over tcp" if tcp else "")
    ended = any(section.ice.end_of_candidates for section in inspection.sections)
    counts = f"{lines} line{'' if lines == 1 else 's'}, {len(inspection.candidates)} different: {kinds}"
    title = _fact("candidates", [counts, f"end-of-candidates: {'yes' if ended else 'no'}"], width)
    components = any(candidate.component != 1 for candidate in inspection.candidates)
    headers = ["typ", "proto", "address", "scope", "priority parts", "net", "cost", "ports"]
    rows = [_candidate_row(candidate, components) for candidate in inspection.candidates]
    yield "\n".join(title)
    yield table(headers, rows, width, right=["net"], wrap=["ports"])


def _candidate_row(candidate: CandidateGroup, components: bool) -> tuple[object, ...]:
    proto = f"{candidate.transport} {candidate.tcptype}" if candidate.tcptype else candidate.transport
    cost = candidate.network_cost
    numbers = [str(port) for _, port in candidate.ports]
    return (
        candidate.typ + (f" c{candidate.component}" if components else ""),
        proto,
        candidate.address,
        candidate.scope,
        candidate.priority_parts,
        candidate.network_id,
        "" if cost is None else f"{cost} {network_kind(cost)}",
        numbers[0] if len(set(numbers)) == 1 else " ".join(numbers),
    )


def _verdict(inspection: Inspection, width: int) -> Iterator[str]:
    reach = inspection.reach
    if reach:
        said = {
            "same network": reach.same_network,
            "through NAT": reach.through_nat,
            "by relay": reach.by_relay,
            "udp blocked": reach.udp_blocked,
        }
        yield from _fact("reach", [f"{question}: {answer}" for question, answer in said.items()], width)
    for note in inspection.notes:
        yield _wrapped("note", note, width)
    yield from _fact("checks", [_counts(inspection)], width)
    for finding in inspection.findings[:_MOST_FINDINGS]:
        yield textwrap.fill(escape(str(finding)), width, subsequent_indent="  ")
    if len(inspection.findings) > _MOST_FINDINGS:
        yield f"and {len(inspection.findings) - _MOST_FINDINGS} more: --format json has all"


def _counts(inspection: Inspection) -> str:
    counts = ((inspection.count(severity), severity) for severity in Severity)
    return ", ".join(f"{count} {severity}{'' if count == 1 else 's'}" for count, severity in counts)


def _codec_table(section: SectionFacts, width: int) -> str:
    if not section.codecs:
        return escape(_contents(section))
    headers = ["pt", "codec", "clock", "ch", "parameters", "rtx", "feedback"]
    rows = [
        (
            codec.payload_type,
            codec.name,
            codec.clock_rate,
            codec.channels,
            codec.summary,
            codec.rtx,
            ", ".join(map(str, codec.feedback)),
        )
        for codec in section.codecs
        if codec.name.lower() != "rtx"
    ]
    return table(headers, rows, width, right=["pt", "clock", "ch", "rtx"], wrap=["parameters", "feedback"])


def _details(section: SectionFacts, width: int) -> Iterator[str]:
    """What the codec table does not say: streams, tracks, header extensions, addresses."""
    connection = [str(section.connection)] if section.connection else []
    yield from _fact("address", [*connection, *(f"{limit.type} {limit.value}" for limit in section.bandwidths)], width)
    if section.ice.ufrag:
        yield from _fact("ice", _ice(section.ice, False), width)
    if section.dtls.setup or section.dtls.fingerprints:
        yield from _fact("dtls", _dtls(section.dtls), width)
    groups = {group.ssrcs[0]: group for group in section.ssrc_groups if group.ssrcs}
    streams = (
        f"{source.ssrc} {f'{groups[source.ssrc]} ' if source.ssrc in groups else ''}cname {source.cname}"
        for source in section.ssrcs
    )
    for label, parts in (
        ("ssrc", streams),
        ("msid", map(str, section.msids)),
        ("rid", map(str, section.rids)),
        ("simulcast", [section.simulcast] if section.simulcast else []),
        (
            "extmap",
            (f"{extmap.id} {extmap.uri.rpartition('/')[2].rpartition(':')[2]}" for extmap in section.extensions),
        ),
    ):
        text = list(parts)
        if text:
            yield from _fact(label, text, width)


def _candidate_table(section: SectionFacts, width: int) -> str:
    if not section.candidates:
        return ""
    components = any(candidate.component != 1 for candidate in section.candidates)
    headers = ["typ", "proto", "address", "port", "priority parts", "net", "related"]
    rows = [
        (
            candidate.typ + (f" c{candidate.component}" if components else ""),
            f"{candidate.transport} {candidate.tcptype or ''}".strip(),
            candidate.address,
            candidate.port,
            candidate.priority_parts,
            candidate.network_id,
            "" if candidate.raddr is None else f"{candidate.raddr} {candidate.rport}",
        )
        for candidate in section.candidates
    ]
    return table(headers, rows, width, right=["port", "net"], wrap=["related"])
