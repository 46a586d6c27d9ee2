"""Whose candidates are to be paired with whose: the transports of an offer and its answer, and what each side lists."""

from collections.abc import Sequence
from typing import NamedTuple, TypeGuard

from sdpkit.ice.candidate import Candidate
from sdpkit.offer_answer.negotiation import negotiate
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.media import MediaDescription

Said = SessionDescription | Sequence[Candidate]
"""What one side says: a description, or candidates alone."""


class Side(NamedTuple):
    """What one side lists for a transport; whether it uses ICE there, and whether more candidates may follow."""

    candidates: tuple[Candidate, ...]
    uses_ice: bool
    waiting: bool


class Stream(NamedTuple):
    """A transport: the m-section whose candidates hold, all sections on it, and whether RTCP is on the port of RTP."""

    tagged: int | None
    mid: str | None
    sections: tuple[int, ...]
    offered: Side
    answered: Side
    mux: bool


def streams(offer: Said, answer: Said) -> list[Stream]:
    """The transports of the accepted m-sections; where a side has no m-sections, there is just one."""
    if not (_has_sections(offer) and _has_sections(answer)):
        return [Stream(None, None, (), _all(offer), _all(answer), mux=False)]
    negotiation = negotiate(offer, answer)
    # sections belong together by their places; only where the answer lacks some, by their mids
    by_mid = {section.mid: section for section in answer.media} if len(answer.media) < len(offer.media) else {}
    found = []
    for transport in negotiation.transports:
        tagged, sections = transport.tagged, transport.sections
        offered = offer.media[tagged]
        answered = (by_mid.get(offered.mid) if offered.mid else None) or answer.media[tagged]
        mux = any(negotiation.sections[place].rtcp_mux for place in sections)
        found.append(Stream(tagged, offered.mid, sections, _listed(_first(offered)), _listed(answered), mux))
    return found


def _has_sections(said: Said) -> TypeGuard[SessionDescription]:
    return isinstance(said, SessionDescription) and bool(said.media)


def _all(said: Said) -> Side:
    """Candidates, whatever m-section they are for; of several sections, those of the first that has some."""
    if not isinstance(said, SessionDescription):
        return Side(tuple(said), uses_ice=True, waiting=False)
    lists = [said.candidates, *(section.candidates for section in said.media)]
    ended = any("end-of-candidates" in part for part in (said, *said.media))
    return Side(next(filter(None, lists), ()), uses_ice=True, waiting=not ended)


def _first(offered: MediaDescription) -> MediaDescription:
    """The section that has the transport of an offered one: for a bundle-only one, the first of its group.

    (RFC 9143 §7.2.1.)
    """
    session = offered.session
    if session is None or not offered.bundle_only or offered.candidates:
        return offered
    group = next((group for group in session.groups if group.semantics == "BUNDLE" and offered.mid in group.mids), None)
    return (session.section(group.mids[0]) if group else None) or offered


def _listed(section: MediaDescription) -> Side:
    session = section.session
    ended = section.end_of_candidates or (session is not None and "end-of-candidates" in session)
    uses_ice = section.ice.ufrag is not None or bool(section.candidates)
    return Side(section.candidates, uses_ice, section.ice.trickle and not ended)
