"""What a description says, as plain data: what `sdpkit inspect` shows, and its JSON.

The field names are those of the JSON schema `sdpkit/schemas/inspect.json`, which is made from these types.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from sdpkit.codecs.codec import Codec, Feedback
from sdpkit.finding import Finding, Severity
from sdpkit.ice.address import Scope
from sdpkit.ice.candidate import Candidate
from sdpkit.ice.priority import Priority
from sdpkit.masking import mask, mask_lines
from sdpkit.sdp.attributes.grouping import Group, Msid
from sdpkit.sdp.attributes.security import Crypto, Fingerprint
from sdpkit.sdp.attributes.streams import Extmap, Rid, SsrcGroup
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.fields import Bandwidth, ConnectionData, Origin
from sdpkit.sdp.inference import Guess
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import DataChannels, MediaDescription, Source
from sdpkit.sdp.section import Section


class TextFacts(msgspec.Struct, frozen=True):
    """The text itself. `line_ending` is CRLF, LF, CR, mixed or none; `terminated` whether the last line has one."""

    lines: int
    characters: int
    line_ending: str
    terminated: bool


class IceFacts(msgspec.Struct, frozen=True):
    """ICE as it holds in one place. `pwd` is masked unless secrets are asked for; `pwd_length` is its real length."""

    ufrag: str | None
    pwd: str | None
    pwd_length: int | None
    options: tuple[str, ...]
    lite: bool
    end_of_candidates: bool


class DtlsFacts(msgspec.Struct, frozen=True):
    """The DTLS role and certificate digests that hold in one place."""

    setup: str | None
    fingerprints: tuple[Fingerprint, ...]


class AttributeFacts(msgspec.Struct, frozen=True):
    """An attribute line as name and text; a value of None is a flag. Secrets in the text are masked."""

    name: str
    value: str | None


class CodecFacts(msgspec.Struct, frozen=True):
    """A payload type and all that is said of it; `summary` is its format parameters in short."""

    payload_type: int
    name: str
    clock_rate: int
    channels: int | None
    fmtp: str | None
    summary: str
    feedback: tuple[Feedback, ...]
    rtx: int | None


class CandidateFacts(Candidate, frozen=True, kw_only=True):
    """A candidate and what its numbers mean."""

    priority_parts: Priority  # a property of a candidate becomes data
    family: str  # type: ignore[assignment]
    scope: str  # type: ignore[assignment]


class CandidateGroup(msgspec.Struct, frozen=True):
    """A candidate that m-sections have alike but for the port; `ports` has each section's index and port.

    The index is None for candidates before the first m= line, as in a fragment.
    """

    typ: str
    transport: str
    tcptype: str | None
    component: int
    address: str
    scope: str
    priority_parts: Priority
    network_id: int | None
    network_cost: int | None
    ports: tuple[tuple[int | None, int], ...]


class SectionFacts(msgspec.Struct, frozen=True):
    """One m-section. `first_line` and `last_line` are line numbers of the text."""

    index: int
    mid: str | None
    kind: str
    port: int
    protocol: str
    formats: tuple[str, ...]
    direction: str
    rejected: bool
    bundle_only: bool
    first_line: int
    last_line: int
    connection: ConnectionData | None
    bandwidths: tuple[Bandwidth, ...]
    rtcp_mux: bool
    rtcp_rsize: bool
    ice: IceFacts
    dtls: DtlsFacts
    codecs: tuple[CodecFacts, ...]
    extensions: tuple[Extmap, ...]
    candidates: tuple[CandidateFacts, ...]
    msids: tuple[Msid, ...]
    ssrcs: tuple[Source, ...]
    ssrc_groups: tuple[SsrcGroup, ...]
    rids: tuple[Rid, ...]
    simulcast: str | None
    data_channels: DataChannels | None
    cryptos: tuple[Crypto, ...]
    attributes: tuple[AttributeFacts, ...]


class Reach(msgspec.Struct, frozen=True):
    """How far the candidates reach, by the networks between the peers: in a few words each, beginning yes or no."""

    same_network: str
    through_nat: str
    by_relay: str
    udp_blocked: str


class Inspection(msgspec.Struct, frozen=True):
    """All that `sdpkit inspect` knows of one description."""

    text: TextFacts
    type: Guess
    maker: Guess
    fragment: bool
    trickle: bool
    name: str | None
    origin: Origin | None
    groups: tuple[Group, ...]
    ice: IceFacts
    dtls: DtlsFacts
    sections: tuple[SectionFacts, ...]
    candidates: tuple[CandidateGroup, ...]
    reach: Reach | None
    attributes: tuple[AttributeFacts, ...]
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """How many findings of one severity there are."""
        return sum(finding.severity is severity for finding in self.findings)


def inspect_description(description: SessionDescription, *, show_secrets: bool = False) -> Inspection:
    """What a description says; secrets in it are masked unless `show_secrets`.

    >>> from sdpkit import parse
    >>> inspection = inspect_description(parse("m=audio 9 UDP/TLS/RTP/SAVPF 0\\na=ice-pwd:asd88fgpdd777uzjYhagZg\\n"))
    >>> inspection.sections[0].ice.pwd, inspection.sections[0].codecs[0].name
    ('********', 'PCMU')
    """
    shown = description if show_secrets else masked(description)
    pairs = zip(description.media, shown.media, strict=True)
    sections = tuple(_section(index, *pair) for index, pair in enumerate(pairs))
    active = [section for section in sections if section.ice.ufrag and not section.rejected]
    candidates = _group(map(_candidate, shown.candidates), sections)
    lines, shown_lines = description.lines, shown.lines
    maker = description.maker
    return Inspection(
        text=_text(lines),
        type=description.type,
        maker=maker,
        fragment=description.is_fragment,
        trickle=description.is_trickle,
        name=shown.name,
        origin=shown.origin,
        groups=shown.groups,
        ice=active[0].ice if active else _ice(description, shown, shown.ice_lite),
        dtls=active[0].dtls if active else _dtls(shown),
        sections=sections,
        candidates=candidates,
        reach=_reach(candidates, maker.value) if candidates else None,
        attributes=_attributes(shown.session_lines),
        notes=tuple(_notes(description, candidates)),
        findings=tuple(_masked(finding, shown_lines, lines) for finding in description.findings),
    )


def masked(description: SessionDescription) -> SessionDescription:
    """The same description with its secrets masked, line by line."""
    return SessionDescription(mask_lines(description.lines))


def _masked(finding: Finding, shown: tuple[Line, ...], lines: tuple[Line, ...]) -> Finding:
    """A finding that does not cite its line if there is a secret in it."""
    place = finding.span.line - 1
    if not lines or shown[place].text == lines[place].text:
        return finding
    return msgspec.structs.replace(finding, message=finding.message.partition(", found")[0])


def _text(lines: tuple[Line, ...]) -> TextFacts:
    names = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}
    endings = {names[line.ending] for line in lines if line.ending}
    characters = sum(len(line.text) + len(line.ending) for line in lines)
    ending = "mixed" if len(endings) > 1 else next(iter(endings), "none")
    return TextFacts(len(lines), characters, ending, bool(lines and lines[-1].ending))


def _ice(real: Section, shown: Section, lite: bool) -> IceFacts:
    real_pwd = real.ice.pwd
    length = None if real_pwd is None else len(real_pwd)
    ice = shown.ice
    return IceFacts(ice.ufrag, ice.pwd, length, ice.options, lite, "end-of-candidates" in shown)


def _dtls(section: Section) -> DtlsFacts:
    dtls = section.dtls
    return DtlsFacts(dtls.setup, dtls.fingerprints)


def _attributes(lines: Iterable[Line]) -> tuple[AttributeFacts, ...]:
    parts = (line.text[2:].partition(":") for line in lines if line.type == "a")
    return tuple(AttributeFacts(name, value if colon else None) for name, colon, value in parts)


def _section(index: int, real: MediaDescription, shown: MediaDescription) -> SectionFacts:
    lines = shown.lines
    return SectionFacts(
        index=index,
        mid=shown.mid,
        kind=shown.kind or shown.lines_of("m=")[0].value.partition(" ")[0],
        port=shown.port,
        protocol=shown.protocol,
        formats=shown.formats,
        direction=shown.direction,
        rejected=shown.is_rejected,
        bundle_only=shown.bundle_only,
        first_line=lines[0].number,
        last_line=lines[-1].number,
        connection=shown.connection,
        bandwidths=shown.bandwidths,
        rtcp_mux=shown.rtcp_mux,
        rtcp_rsize=shown.rtcp_rsize,
        ice=_ice(real, shown, shown.session is not None and shown.session.ice_lite),
        dtls=_dtls(shown),
        codecs=tuple(map(_codec, shown.codecs)),
        extensions=shown.header_extensions,
        candidates=tuple(map(_candidate, shown.candidates)),
        msids=shown.msids,
        ssrcs=shown.ssrcs,
        ssrc_groups=shown.ssrc_groups,
        rids=shown.rids,
        simulcast=None if shown.simulcast is None else str(shown.simulcast),
        data_channels=shown.data_channels,
        cryptos=shown.cryptos,
        attributes=_attributes(lines),
    )


def _codec(codec: Codec) -> CodecFacts:
    summary = codec.parameters.summary if codec.parameters else ""
    return CodecFacts(
        codec.payload_type,
        codec.name,
        codec.clock_rate,
        codec.channels,
        codec.fmtp,
        summary,
        codec.feedback,
        codec.rtx,
    )


def _candidate(candidate: Candidate) -> CandidateFacts:
    fields: dict[str, Any] = msgspec.structs.asdict(candidate)
    meaning: dict[str, Any] = {
        "priority_parts": candidate.priority_parts,
        "family": candidate.family,
        "scope": candidate.scope,
    }
    return CandidateFacts(**fields, **meaning)


def _group(session: Iterable[CandidateFacts], sections: Iterable[SectionFacts]) -> tuple[CandidateGroup, ...]:
    """The candidates that count, those that differ in nothing but the port as one, highest priority first."""
    live = [(section.index, section.candidates) for section in sections if not section.rejected]
    ports: dict[CandidateFacts, list[tuple[int | None, int]]] = defaultdict(list)
    for index, candidates in [(None, session), *live]:
        for candidate in candidates:
            alike = msgspec.structs.replace(candidate, port=0, rport=None, foundation="", order=())
            ports[alike].append((index, candidate.port))
    groups = [
        CandidateGroup(
            candidate.typ,
            candidate.transport.lower(),
            candidate.tcptype,
            candidate.component,
            candidate.address,
            candidate.scope,
            candidate.priority_parts,
            candidate.network_id,
            candidate.network_cost,
            tuple(where),
        )
        for candidate, where in ports.items()
    ]
    return tuple(sorted(groups, key=lambda group: group.priority_parts.value, reverse=True))


def _reach(candidates: Iterable[CandidateGroup], maker: str | None) -> Reach:
    """How far the candidates reach; what cannot be known from one side is left open."""
    usable = [candidate for candidate in candidates if candidate.scope != Scope.UNSPECIFIED]
    hosts = {candidate.scope for candidate in usable if candidate.typ == "host"}
    types = {candidate.typ for candidate in usable}
    passive = {candidate.scope for candidate in usable if candidate.tcptype in ("passive", "so")}
    relays = [candidate.priority_parts.type_preference for candidate in usable if candidate.typ == "relay"]
    # libwebrtc gives relays over UDP a type preference of 2 or more, those over TCP and TLS 1 and 0.
    tcp_relay = maker == "libwebrtc" and any(preference < 2 for preference in relays)
    return Reach(
        same_network=_same_network(hosts),
        through_nat="yes (srflx)" if "srflx" in types else "yes (public)" if Scope.GLOBAL in hosts else "no",
        by_relay="yes" if "relay" in types else "no",
        udp_blocked="yes (relay over tcp)" if tcp_relay else _without_udp(passive),
    )


def _without_udp(passive: set[str]) -> str:
    """Where peers can open TCP connections to: the scopes of the passive TCP candidates."""
    if Scope.GLOBAL in passive:
        return "yes (tcp passive)"
    return "only in the same network (tcp passive)" if passive else "no"


def _same_network(hosts: set[str]) -> str:
    for scopes, answer in (
        (set(), "no"),
        ({Scope.LOOPBACK}, "this machine only"),
        ({Scope.MDNS}, "by mDNS names"),
        ({Scope.MASKED}, "unknown (masked)"),
    ):
        if hosts <= scopes:
            return answer
    return "yes"


def _notes(description: SessionDescription, candidates: tuple[CandidateGroup, ...]) -> Iterator[str]:
    """What a person who wonders why nothing connects should see first."""
    lines = description.lines
    if len(lines) < 3 and len(_FIELD.findall(str(description)[:65536])) > 5:
        yield "Many lines stand on one: the line breaks were lost on the way."
    elif lines and description.media and not lines[-1].ending:
        yield f'The last line has no line break: was the text cut there? "{mask(lines[-1].text)[:40]}"'
    if description.uses_ice and not candidates:
        yield _why_no_candidates(description)
    count = len(candidates)
    scopes = Counter(candidate.scope for candidate in candidates)
    if scopes[Scope.MASKED]:
        yield f"{scopes[Scope.MASKED]} of {count} addresses are masked: this text is for reading, not for connecting."
    if candidates and scopes[Scope.MDNS] == count:
        yield "All addresses are .local names: only peers on the same link, with multicast DNS, can reach them."
    networks = sorted({candidate.network_id for candidate in candidates if candidate.network_id is not None})
    if len(networks) > 1:
        yield f"{len(networks)} networks (network-id {', '.join(map(str, networks))}): some may be virtual adapters."


def _why_no_candidates(description: SessionDescription) -> str:
    sections = [description, *description.media]
    if any("end-of-candidates" in section for section in sections):
        return "No candidates, and none follow: nothing can connect. Has the machine a network?"
    if any(section.ice.trickle for section in sections):
        return "No candidates yet: they follow one by one (trickle), or this was copied before gathering ended."
    return "No candidates and no trickle: nothing can connect. Copied before gathering ended, or no network?"


_FIELD = re.compile(r"[ \t][vosiuepcbtrzkam]=")
