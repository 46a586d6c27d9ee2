"""What the page asks: to read what was pasted, and to inspect both descriptions. The same Python as everywhere else."""

import msgspec

from sdpkit.finding import Finding
from sdpkit.ice.candidate import Candidate
from sdpkit.ice.network import network_kind
from sdpkit.ice.pairs import pairs
from sdpkit.inspection import CandidateGroup, SectionFacts, inspect_description
from sdpkit.intake import Find, Kind, find_descriptions
from sdpkit.offer_answer.negotiation import negotiate
from sdpkit.reception import RemoteCandidate, Said, candidates_of, ends_candidates, examine
from sdpkit.rules import validate
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse


class Given(msgspec.Struct, frozen=True):
    """An RTCSessionDescription."""

    type: str
    sdp: str

    @property
    def description(self) -> SessionDescription:
        return parse(self.sdp)


class Pasted(msgspec.Struct, frozen=True):
    """A text to read: what is `wanted` (offer or answer) where something is, and this side's `own` description."""

    text: str
    own: Given | None = None
    wanted: str | None = None


class GivenCandidate(msgspec.Struct, frozen=True, rename="camel"):
    """An RTCIceCandidateInit."""

    candidate: str
    sdp_mid: str | None = None
    sdp_m_line_index: int | None = msgspec.field(default=None, name="sdpMLineIndex")


class Read(msgspec.Struct, frozen=True):
    """What is in a text that was pasted, and what is wrong with its description."""

    descriptions: tuple[Given, ...]
    candidates: tuple[GivenCandidate, ...]
    repairs: tuple[str, ...] = ()
    """What was mended in the description: what was lost on its way here."""
    refusal: Said | None = None
    notes: tuple[Said, ...] = ()


class Both(msgspec.Struct, frozen=True):
    """The descriptions of both sides as far as they are there; `role` is this side's, offerer or answerer."""

    own: Given | None = None
    remote: Given | None = None
    role: str | None = None


Row = dict[str, str | int | None]
"""A row of a table on the page, by the names of its columns."""


class Facts(msgspec.Struct, frozen=True):
    """One description: what is wrong with it, its m-sections, its candidates."""

    findings: tuple[Row, ...]
    sections: tuple[Row, ...]
    candidates: tuple[Row, ...]


class Pairs(msgspec.Struct, frozen=True):
    """The candidate pairs in the order of checks, and why none of them can work, where that is known."""

    rows: tuple[Row, ...]
    reason: str


class Inspected(msgspec.Struct, frozen=True):
    """What there is to know of both descriptions."""

    own: Facts | None
    remote: Facts | None
    negotiation: tuple[Row, ...] | None = None
    pairs: Pairs | None = None


def inspect(both: Both) -> Inspected:
    """All that two descriptions say, alone and together."""
    own, remote = (None if given is None else given.description for given in (both.own, both.remote))
    offer, answer = (own, remote) if both.role == "offerer" else (remote, own)
    facts = {id(one): _facts(one, type, offer) for one, type in ((offer, "offer"), (answer, "answer"))}
    if offer is None or answer is None:
        return Inspected(facts[id(own)], facts[id(remote)])
    assert own is not None
    assert remote is not None
    return Inspected(facts[id(own)], facts[id(remote)], _negotiation(offer, answer), _pairs(own, remote, own is offer))


def _facts(description: SessionDescription | None, type: str, offer: SessionDescription | None) -> Facts | None:
    if description is None:
        return None
    report = validate(description, type, against=offer if type == "answer" else None)
    inspection = inspect_description(description)
    return Facts(
        tuple(map(_finding, report.findings)),
        tuple(map(_section, inspection.sections)),
        tuple(map(_candidate, inspection.candidates)),
    )


def _finding(finding: Finding) -> Row:
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "line": finding.span.line,
        "message": finding.message,
        "help": finding.help,
    }


def _section(section: SectionFacts) -> Row:
    return {
        "mid": section.mid,
        "kind": section.kind,
        "direction": section.direction if section.codecs else None,
        "codecs": ", ".join(dict.fromkeys(codec.name for codec in section.codecs)) or " ".join(section.formats),
        "port": section.port,
        "count": len(section.candidates),
    }


def _candidate(group: CandidateGroup) -> Row:
    return {
        "type": group.typ,
        "transport": " ".join(filter(None, (group.transport, group.tcptype))),
        "address": group.address,
        "port": ", ".join(dict.fromkeys(str(port) for _, port in group.ports)),
        "scope": group.scope,
        "network": group.network_id,
        "cost": None if group.network_id is None else network_kind(group.network_cost or 0),
        "priority": str(group.priority_parts),
    }


def _negotiation(offer: SessionDescription, answer: SessionDescription) -> tuple[Row, ...]:
    return tuple(
        {
            "mid": section.mid,
            "kind": section.kind,
            "offerer": section.offerer.direction,
            "answerer": section.answerer.direction,
            "result": section.verdict,
        }
        for section in negotiate(offer, answer).sections
    )


def _pairs(own: SessionDescription, remote: SessionDescription, controlling: bool) -> Pairs:
    found = pairs(own, remote, controlling)
    rows: tuple[Row, ...] = tuple(
        {
            "local": _end(pair.local),
            "remote": _end(pair.remote),
            "priority": str(pair.priority),  # 64 bits are more than a JavaScript number holds
            "state": pair.state,
        }
        for checklist in found.checklists
        for pair in checklist.pairs
    )
    return Pairs(rows, "; ".join(found.problems))


def _end(candidate: Candidate) -> str:
    address = f"[{candidate.address}]" if ":" in candidate.address else candidate.address
    return f"{candidate.typ} {address}:{candidate.port}"


def read(pasted: Pasted) -> Read:
    """What is in a text that was pasted, in whatever shape, and what is wrong with it. Raises SDPError."""
    found = find_descriptions(pasted.text)
    descriptions = tuple(_given(find) for find in found if find.kind is Kind.DESCRIPTION)
    others = (find for find in found if find.kind is not Kind.DESCRIPTION)
    carried = [remote for find in others for remote in candidates_of(find)]
    end = [RemoteCandidate(None)] * ends_candidates(pasted.text, found)
    candidates = tuple(map(_candidate_init, carried + end))
    if not descriptions or pasted.wanted is None:
        return Read(descriptions, candidates)
    own = None if pasted.own is None else pasted.own.description
    first = next(find for find in found if find.kind is Kind.DESCRIPTION)
    reception = examine(parse(first.text), first.type, pasted.wanted, own)
    repairs = tuple(repair.what for repair in first.repairs)
    return Read(descriptions, candidates, repairs, reception.refusal, reception.notes)


def _given(find: Find) -> Given:
    """A description with its type, and with the line ends without which browsers refuse it (RFC 8866 §5)."""
    description = parse(find.text)
    text = "".join(f"{line.text}\r\n" for line in description.lines)
    return Given(find.type or description.type.value or "offer", text)


def _candidate_init(remote: RemoteCandidate) -> GivenCandidate:
    text = "" if remote.candidate is None else str(remote.candidate)
    return GivenCandidate(text, remote.mid, remote.m_line_index)
