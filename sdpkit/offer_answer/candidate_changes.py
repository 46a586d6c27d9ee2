"""How the candidates of an m-section differ: matched by where they lead, then by what they are."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sdpkit.ice.address import family
from sdpkit.ice.candidate import Candidate
from sdpkit.offer_answer.changes import Delta, Said, differing, spans
from sdpkit.offer_answer.pairing import paired
from sdpkit.sdp.decoding import decode
from sdpkit.sdp.lines import Line
from sdpkit.sdp.section import Section


class _Listed(NamedTuple):
    """A candidate and its line."""

    candidate: Candidate
    line: Line

    @property
    def sort(self) -> tuple[str, ...]:
        """What kind of candidate it is: type, transport, TCP type, component."""
        candidate = self.candidate
        tcptype = (candidate.tcptype or "").lower()
        return candidate.typ.lower(), candidate.transport.lower(), tcptype, str(candidate.component)

    @property
    def address(self) -> str:
        """Where it leads, without the port."""
        return self.candidate.address.lower()

    @property
    def title(self) -> str:
        """What kind of candidate it is, in words; the component only where it is not the first."""
        *words, component = self.sort
        return " ".join(word for word in (*words, "" if component == "1" else f"c{component}") if word)


def candidate_changes(old: Section, new: Section) -> Iterator[Delta]:
    """Candidates come and gone, and what has changed about those that both have."""
    pairs = paired(
        _listed(old),
        _listed(new),
        lambda listed: (listed.sort, listed.address, listed.candidate.port, listed.candidate.raddr),
        lambda listed: (listed.sort, listed.address, listed.candidate.network_id),
        lambda listed: (listed.sort, listed.address),
        lambda listed: (listed.sort, family(listed.address)),
    )
    for one, other in pairs:
        if one and other:
            yield from _changed(one, other)
        else:
            title = next(listed.title for listed in (one, other) if listed)
            yield from differing("candidate", *(_said(listed, _place) for listed in (one, other)), item=title)


def _listed(section: Section) -> list[_Listed]:
    return [_Listed(line.decoded, line) for line in section.lines_of("candidate") if decode(line) is not None]


def _changed(old: _Listed, new: _Listed) -> Iterator[Delta]:
    yield from differing("candidate-address", *(_said(listed, _address) for listed in (old, new)), item=old.title)
    item = min(f"{listed.title} {listed.candidate.address}" for listed in (old, new))
    for what, value in _DETAILS.items():
        yield from differing(what, _said(old, value), _said(new, value), item=item)


def _said(listed: _Listed | None, value: Callable[[Candidate], str | None]) -> Said:
    return Said(value(listed.candidate), spans(listed.line)) if listed else Said()


def _address(candidate: Candidate) -> str:
    return candidate.address.lower()


def _place(candidate: Candidate) -> str:
    return f"{candidate.address} {candidate.port}"


def _related(candidate: Candidate) -> str | None:
    return " ".join(str(part) for part in (candidate.raddr, candidate.rport) if part is not None) or None


def _extensions(candidate: Candidate) -> str | None:
    """What libwebrtc and others add, in the order in which libwebrtc writes it."""
    fields = {
        "generation": candidate.generation,
        "ufrag": candidate.ufrag,
        "network-id": candidate.network_id,
        "network-cost": candidate.network_cost,
    }
    known = [f"{name} {value}" for name, value in fields.items() if value is not None]
    return " ".join([*known, *(f"{name} {value or ''}".rstrip() for name, value in candidate.extensions)]) or None


_DETAILS: dict[str, Callable[[Candidate], str | None]] = {
    "candidate-port": lambda candidate: str(candidate.port),
    "candidate-priority": lambda candidate: str(candidate.priority),
    "candidate-foundation": lambda candidate: candidate.foundation,
    "candidate-related": _related,
    "candidate-extensions": _extensions,
}
"""What may differ in one candidate, and how it is said."""
