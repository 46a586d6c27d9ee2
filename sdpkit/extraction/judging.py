"""What there is to say of the rounds of a peer connection."""

from itertools import chain
from typing import NamedTuple

import msgspec

from sdpkit.extraction.recording import Event, Judged, Judgement, PeerConnection, Round, Side
from sdpkit.extraction.trickling import by_ufrag, with_candidates
from sdpkit.ice.checklist import ChecklistSet
from sdpkit.ice.pairs import pairs
from sdpkit.offer_answer.changes import Mode
from sdpkit.offer_answer.comparison import diff
from sdpkit.offer_answer.negotiation import negotiate
from sdpkit.rules import validate
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse


def judge(connection: PeerConnection) -> PeerConnection:
    """The same with a judgement of each round."""
    judging = _Judging(connection)
    rounds = tuple(msgspec.structs.replace(each, judgement=judging.judge(each)) for each in connection.rounds)
    return msgspec.structs.replace(connection, rounds=rounds)


class _Said(NamedTuple):
    """A description of a round."""

    number: int
    event: Event
    description: SessionDescription


class _Judging:
    """Goes through the rounds of a peer connection, one after the other."""

    def __init__(self, connection: PeerConnection) -> None:
        self._events = connection.descriptions
        self._candidates = by_ufrag(connection)
        self._is_one_session = connection.id is not None  # in a log, several may follow each other
        self._previous: dict[Side | None, SessionDescription] = {}

    def judge(self, round: Round) -> Judgement:
        """What there is to say of the next round."""
        offer = None if round.offer is None else self._said(round.offer)
        answer = None if round.answer is None else self._said(round.answer)
        judgement = Judgement(
            offer and self._judged(offer, offer.event.type, None),
            answer and self._judged(answer, "answer", offer and offer.description),
            negotiate(offer.description, answer.description) if offer and answer else None,
            self._pairs(offer, answer) if offer and answer else None,
        )
        if self._is_one_session and offer and answer:
            self._previous |= {said.event.side: said.description for said in (offer, answer)}
        return judgement

    def _said(self, number: int) -> _Said:
        event = self._events[number]
        return _Said(number, event, parse(event.find.text))

    def _judged(self, said: _Said, type: str | None, offer: SessionDescription | None) -> Judged:
        previous = self._previous.get(said.event.side)
        return Judged(
            said.number,
            self._mungings(said),
            None if previous is None else diff(previous, said.description, Mode.RENEGOTIATION).ice_restart,
            validate(said.description, type, against=offer, previous=previous),
        )

    def _pairs(self, offer: _Said, answer: _Said) -> ChecklistSet | None:
        """The candidate pairs as the recorded side sees them. The offerer controls, unless only it is lite."""
        if not any(section.ice.ufrag for said in (offer, answer) for section in said.description.media):
            return None
        offered, answered = self._with_candidates(offer), self._with_candidates(answer)
        offerer_controls = answered.ice_lite or not offered.ice_lite
        if offer.event.side is Side.REMOTE:
            return pairs(answered, offered, not offerer_controls)
        return pairs(offered, answered, offerer_controls)

    def _with_candidates(self, said: _Said) -> SessionDescription:
        ufrags = dict.fromkeys(section.ice.ufrag or "" for section in said.description.media)
        events = chain.from_iterable(self._candidates.get((said.event.side, ufrag), ()) for ufrag in ufrags)
        return with_candidates(said.description, events)

    def _mungings(self, said: _Said) -> tuple[str, ...]:
        """The kinds of edits since it was created; none where that is not known."""
        if said.event.created is None or said.event.created == said.number:
            return ()
        return diff(self._events[said.event.created].find.text, said.description, Mode.MUNGE).mungings
