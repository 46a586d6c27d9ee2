"""Which pairs of candidates two ICE agents check, in which order, and what to expect of them (RFC 8445)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sdpkit.ice.checklist import LOCAL, REMOTE, CandidatePair, Checklist, ChecklistSet, LeftOut
from sdpkit.ice.diagnosis import diagnose, notes
from sdpkit.ice.formation import Block, form
from sdpkit.ice.ordering import best, shares, unfrozen
from sdpkit.ice.prediction import expectations
from sdpkit.ice.streams import Said, Side, Stream, streams
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse


class _Formed(NamedTuple):
    """A transport, what each side lists for it, and all pairs of that."""

    stream: Stream
    local: Side
    remote: Side
    blocks: list[Block]
    left_out: list[LeftOut]


def pairs(local: Said | str, remote: Said | str, controlling: bool = True, *, limit: int = 100) -> ChecklistSet:
    """The candidate pairs of two descriptions, or of two sequences of candidates, as the local side sees them.

    There is one checklist a transport: bundled m-sections share one, and only the candidates of the tagged section
    count. The offerer is controlling, unless it is lite and the answerer is not (RFC 8445 §6.1.1). `limit` is the
    greatest number of pairs in all checklists together (§6.1.2.5).

    It never raises, whatever the two say: a candidate that cannot be read is as if it was not there. (A text beyond the
    limits of `parse` is refused there, with SDPError.)

    >>> from sdpkit import Candidate
    >>> local = Candidate.parse("candidate:1 1 udp 2122260223 192.168.1.5 5000 typ host")
    >>> remote = Candidate.parse("candidate:7 1 udp 2113937151 192.168.1.9 6000 typ host")
    >>> (checklist,) = pairs([local], [remote]).checklists
    >>> checklist.pairs[0].priority, checklist.pairs[0].state, checklist.expected[0].number
    (9079290933588934143, 'waiting', 1)
    """
    ours, theirs = (parse(said) if isinstance(said, str) else said for said in (local, remote))
    lite = tuple(side for side, said in ((LOCAL, ours), (REMOTE, theirs)) if _is_lite(said))
    full = tuple(side for side in (LOCAL, REMOTE) if side not in lite)
    formed = [_formed(*found, full) for found in _streams(ours, theirs, controlling, one_is_lite=len(lite) == 1)]
    kept = _limited(formed, limit, controlling)
    checked = unfrozen([found for found, _ in kept])
    return ChecklistSet(
        controlling,
        lite,
        tuple(
            _checklist(each, found, [*each.left_out, *beyond], controlling)
            for each, found, (_, beyond) in zip(formed, checked, kept, strict=True)
        ),
        () if formed else ("no m-section is accepted: there is nothing to connect",),
        tuple(dict.fromkeys(notes([(each.local, each.remote) for each in formed], lite, controlling))),
    )


def _is_lite(said: Said) -> bool:
    return isinstance(said, SessionDescription) and said.ice_lite


def _streams(ours: Said, theirs: Said, controlling: bool, *, one_is_lite: bool) -> Iterator[tuple[Stream, Side, Side]]:
    """The transports, each with what the local and the remote side list for it."""
    offers = _looks_like_offer(ours, theirs) if one_is_lite else controlling
    for stream in streams(ours, theirs) if offers else streams(theirs, ours):
        listed = (stream.offered, stream.answered) if offers else (stream.answered, stream.offered)
        yield stream, *listed


def _looks_like_offer(ours: Said, theirs: Said) -> bool:
    """Whether the first is the offer, where the roles do not tell."""
    types = [said.type.value if isinstance(said, SessionDescription) else None for said in (ours, theirs)]
    return types[0] == "offer" or types[1] == "answer"


def _formed(stream: Stream, local: Side, remote: Side, full: tuple[str, ...]) -> _Formed:
    found = list(form(local.candidates, remote.candidates, full, stream.mux))
    blocks = [each for each in found if isinstance(each, Block)]
    left_out = [each for each in found if isinstance(each, LeftOut)]
    return _Formed(stream, local, remote, blocks, left_out)


def _limited(
    formed: Sequence[_Formed], limit: int, controlling: bool
) -> list[tuple[list[CandidatePair], list[LeftOut]]]:
    """The pairs of each checklist that remain, and those beyond the limit."""
    counts = shares([sum(block.size for block in each.blocks) for each in formed], max(limit, 0))
    return [best(each.blocks, count, controlling) for each, count in zip(formed, counts, strict=True)]


def _checklist(
    formed: _Formed, found: Sequence[CandidatePair], left_out: Iterable[LeftOut], controlling: bool
) -> Checklist:
    stream, left_out = formed.stream, tuple(each for each in left_out if each.count)
    local, remote = formed.local.candidates, formed.remote.candidates
    expected = tuple(expectations(local, remote, found, controlling))
    diagnosis = diagnose(formed.local, formed.remote, found, left_out, expected)
    return Checklist(
        stream.tagged,
        stream.mid,
        stream.sections,
        local,
        remote,
        tuple(found),
        left_out,
        expected,
        diagnosis.problem if diagnosis else None,
        diagnosis.remedy if diagnosis else None,
    )
