"""What Chromium, that is libwebrtc, makes of session descriptions and candidates.

It parses line by line, and the first line that it cannot parse is its whole verdict. Then it checks the description as
a whole, applies it, and for an offer makes and applies its own answer. All texts are those of Chromium 156, measured
on some 5,000 descriptions; they are given without their beginning "Failed to execute … on 'RTCPeerConnection': ".
"""

import itertools

from sdpkit.rules.stacks.chromium.answering import faults_of_answer, faults_of_local_answer, rejected_by
from sdpkit.rules.stacks.chromium.applying import STEPS
from sdpkit.rules.stacks.chromium.candidate import fault_of
from sdpkit.rules.stacks.chromium.checking import CHECKS
from sdpkit.rules.stacks.chromium.connecting import obstacle_of
from sdpkit.rules.stacks.chromium.exchange import Exchange
from sdpkit.rules.stacks.chromium.model import Session
from sdpkit.rules.stacks.chromium.parsing import parse_session
from sdpkit.rules.stacks.chromium.text import RefusalError, as_bytes, as_shown
from sdpkit.rules.verdict import Verdict, refused
from sdpkit.sdp.description import SessionDescription


def judge(
    description: SessionDescription,
    type: str,
    against: SessionDescription | None = None,
    previous: SessionDescription | None = None,
) -> Verdict:
    """What setRemoteDescription, and for an offer createAnswer and setLocalDescription, make of it."""
    offer = _taken(against) if type == "answer" else None
    before = _taken(previous)
    try:
        new = parse_session(_text(description))
        name_sections(new, offer or before)
        exchange = Exchange(type, new, offer, before)
        _carry_out(exchange)
    except RefusalError as refusal:
        return refused(as_shown(str(refusal)))
    return Verdict(
        True,
        rejected_sections=() if exchange.is_answer else rejected_by(new),
        obstacle=obstacle_of(exchange),
    )


def judge_candidate(text: str) -> Verdict:
    """What addIceCandidate makes of a candidate, a remote description being set. An empty one ends the candidates."""
    fault = fault_of(as_bytes(text)) if text else None
    return Verdict(True) if fault is None else refused("Error processing ICE candidate")


def _carry_out(exchange: Exchange) -> None:
    """Applies a parsed description. Raises RefusalError for the first thing that fails."""
    for check in (*CHECKS, *STEPS):
        _refuse(f"Failed to set remote {exchange.type} sdp: ", next(check(exchange), None))
    if not exchange.is_answer:
        _refuse("", next(faults_of_answer(exchange), None))
        _refuse("Failed to set local answer sdp: ", next(faults_of_local_answer(exchange), None))


def _refuse(beginning: str, fault: str | None) -> None:
    if fault is not None:
        raise RefusalError(beginning + fault)


def _text(description: SessionDescription) -> str:
    return bytes(description).decode("latin-1")


def _taken(description: SessionDescription | None) -> Session | None:
    """A description of an earlier step. One that Chromium would not have taken cannot have held: it is none."""
    if description is None:
        return None
    try:
        session = parse_session(_text(description))
    except RefusalError:
        return None
    name_sections(session, None)
    return session


def name_sections(session: Session, known: Session | None) -> None:
    """Gives mids to the sections without: those of the known description, then the numbers that it does not have."""
    sections = known.sections if known else []
    taken = {section.mid for section in sections}
    numbers = (number for number in map(str, itertools.count()) if number not in taken)
    for place, section in enumerate(session.sections):
        if not section.mid:
            section.mid = sections[place].mid if place < len(sections) else next(numbers)
