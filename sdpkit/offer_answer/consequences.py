"""Which differences follow from others, so that only their causes need to be looked at."""

from typing import NamedTuple

from sdpkit.offer_answer.changes import Cause, Delta, Kind, Mode
from sdpkit.offer_answer.section_matching import Matched
from sdpkit.sdp.description import SessionDescription

_CANDIDATE = {
    "candidate-port",
    "candidate-priority",
    "candidate-foundation",
    "candidate-related",
    "candidate-extensions",
    "end-of-candidates",
}
_DEFAULT_ADDRESS = {"port", "connection", "rtcp"}
_TRANSPORT = {
    *_CANDIDATE,
    *_DEFAULT_ADDRESS,
    "candidate",
    "candidate-address",
    "ice-ufrag",
    "ice-pwd",
    "ice-options",
    "fingerprint",
    "setup",
    "tls-id",
}
_STREAMS = {"ssrc", "ssrc-attribute", "ssrc-group", "msid", "msid-semantic"}

_FOLLOWS = {
    Cause.ICE_RESTART: {"ice-pwd", *_CANDIDATE, *_DEFAULT_ADDRESS},
    Cause.GATHERING: {"candidate", "end-of-candidates", *_DEFAULT_ADDRESS},
    Cause.BUNDLE: _TRANSPORT,
    Cause.LEAD: {"candidate", "end-of-candidates", *_DEFAULT_ADDRESS},
    Cause.ICE: _DEFAULT_ADDRESS,
    Cause.DIRECTION: _STREAMS,
    Cause.ANSWER: {"setup"},
}
"""What follows from a cause that holds in an m-section; the first one counts."""
_OWN = {"session-id", "session-version", "information", "candidate", "candidate-address", *_CANDIDATE, *_STREAMS}
"""What each peer has of its own, or has not."""
_OWN_VALUES = {*_DEFAULT_ADDRESS, "ice-ufrag", "ice-pwd", "fingerprint", "tls-id", "crypto"}
"""What both peers must have, but each its own."""
_FITTING_SETUPS = ({"actpass", "active"}, {"actpass", "passive"}, {"active", "passive"})


class Situation(NamedTuple):
    """What holds for all of two descriptions."""

    mode: Mode
    is_answered: bool
    """Whether one of the two is an offer and the other one an answer."""
    is_gathered: bool
    """Whether one of the two was taken before there were any candidates."""
    old_ufrags: frozenset[str | None]
    led: tuple[frozenset[str | None], frozenset[str | None]]
    """The mids of the m-sections that have the transport of another one (RFC 9143 §7.1), in each."""
    changed_mids: frozenset[str | None]
    """The mids of the m-sections that have come, gone, been replaced or rejected."""


def situation_of(mode: Mode, old: SessionDescription, new: SessionDescription, matched: list[Matched]) -> Situation:
    """What holds for all of two descriptions, of which these m-sections are the same."""
    types = {description.type.value for description in (old, new)}
    had, has = (any("candidate" in section for section in description.media) for description in (old, new))
    return Situation(
        mode,
        types == {"offer", "answer"},
        # where candidates go missing between creating and setting a description, somebody took them out
        had != has and (has or mode is Mode.RENEGOTIATION),
        frozenset(section.ice.ufrag for section in old.media),
        (_led(old), _led(new)),
        frozenset(mid for each in matched if _comes_or_goes(each) for mid in _mids(each)),
    )


def _led(description: SessionDescription) -> frozenset[str | None]:
    groups = (group.mids for group in description.groups if group.semantics == "BUNDLE")
    return frozenset(mid for mids in groups for mid in mids[1:])


def _comes_or_goes(matched: Matched) -> bool:
    if matched.old is None or matched.new is None or matched.is_replaced:
        return True
    return matched.old.section.is_rejected != matched.new.section.is_rejected


def _mids(matched: Matched) -> list[str | None]:
    return [placed.section.mid for placed in (matched.old, matched.new) if placed]


def causes_in(matched: Matched, deltas: list[Delta], situation: Situation) -> set[Cause]:
    """What holds in an m-section that both have, so that other things there follow from it."""
    if matched.old is None or matched.new is None:
        return set()
    old, new = matched.old.section, matched.new.section
    later = situation.mode is Mode.RENEGOTIATION
    was_led, is_led = old.mid in situation.led[0], new.mid in situation.led[1]
    holding = {
        Cause.REJECTION: old.is_rejected or new.is_rejected,
        Cause.GATHERING: situation.is_gathered,
        Cause.ICE_RESTART: restarts_ice(matched, situation),
        Cause.BUNDLE: later and was_led and is_led,
        Cause.LEAD: later and was_led != is_led,
        Cause.ICE: later and bool(old.ice.ufrag and new.ice.ufrag),
        Cause.DIRECTION: later and any(delta.what == "direction" for delta in deltas),
        Cause.ANSWER: later and situation.is_answered,
    }
    return {cause for cause, holds in holding.items() if holds}


def causes_of_session(in_sections: list[set[Cause]]) -> set[Cause]:
    """What holds for the session: that which holds in all of its m-sections."""
    return set.intersection(*in_sections) if in_sections else set()


def restarts_ice(matched: Matched, situation: Situation) -> bool:
    """Whether ICE begins anew in a later section: it has a new ufrag and password (RFC 8839 §4.4.1.1.1).

    A section that is now bundled with another one has the credentials of that.
    """
    if situation.mode is not Mode.RENEGOTIATION or _comes_or_goes(matched):
        return False
    if matched.old is None or matched.new is None or matched.new.section.is_rejected:
        return False
    before, after = matched.old.section.ice, matched.new.section.ice
    is_new = after.ufrag not in situation.old_ufrags and after.pwd != before.pwd
    return before.ufrag is not None and after.ufrag is not None and is_new


def cause_of(delta: Delta, causes: set[Cause], changed_codecs: set[str | None], situation: Situation) -> Cause | None:
    """What a difference follows from; `changed_codecs` are the titles of codecs that have come, gone or changed."""
    if Cause.REJECTION in causes and delta.what not in ("rejection", "mid", "section"):
        return Cause.REJECTION
    if delta.of is not None and delta.of in changed_codecs:
        return Cause.CODEC
    if delta.what == "bundle" and _follows_sections(delta, situation):
        return Cause.SECTION
    if situation.mode is Mode.PEERS and _is_own(delta):
        return Cause.PEER
    if situation.mode is Mode.RENEGOTIATION and delta.what == "session-version" and _is_later(delta):
        return Cause.LATER
    return next((cause for cause, whats in _FOLLOWS.items() if cause in causes and delta.what in whats), None)


def _follows_sections(delta: Delta, situation: Situation) -> bool:
    """Whether only m-sections that come or go have come into a group or left it."""
    before, after = ((said.value or "").split() for said in (delta.old, delta.new))
    kept = set(before) & set(after)
    is_in_order = [mid for mid in before if mid in kept] == [mid for mid in after if mid in kept]
    return is_in_order and set(before) ^ set(after) <= situation.changed_mids


def _is_own(delta: Delta) -> bool:
    """Whether it is no wonder that two peers differ in this."""
    if delta.what == "setup":
        return {delta.old.value, delta.new.value} in _FITTING_SETUPS
    only_offers = delta.what == "attribute" and delta.item == "bundle-only"
    return delta.what in _OWN or only_offers or (delta.what in _OWN_VALUES and delta.kind is Kind.CHANGED)


def _is_later(delta: Delta) -> bool:
    return int(delta.new.value or 0) > int(delta.old.value or 0)
