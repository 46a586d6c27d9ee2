"""On which transports the accepted m-sections run, and who does what there: BUNDLE, DTLS and ICE roles."""

from collections.abc import Iterator
from typing import NamedTuple

from sdpkit.offer_answer.agreement import Bundle, Dtls, Ice, Transport
from sdpkit.sdp.attributes.grouping import Group
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.media import MediaDescription

Pair = tuple[MediaDescription, MediaDescription]
"""An m-section as offered and as answered."""

OFFERER, ANSWERER = "offerer", "answerer"


class Transports(NamedTuple):
    """What is agreed about transports, why it cannot work, and what is unusual."""

    transports: tuple[Transport, ...]
    bundle: tuple[Bundle, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def agreed_transports(offer: SessionDescription, answer: SessionDescription, accepted: dict[int, Pair]) -> Transports:
    """The transports of the accepted m-sections, which are given by their indices, in the order of their sections."""
    shared = list(_shared(offer, answer, accepted))
    bundled = {index for _, members in shared for index in members}
    members = [members for _, members in shared if members] + [(index,) for index in accepted if index not in bundled]
    leaders = _leaders(offer)
    transports: list[Transport] = []
    problems: list[str] = []
    notes: list[str] = []
    for indices in sorted(members, key=min):
        pair = _holding(accepted[indices[0]], leaders)
        dtls = _dtls(*pair)
        transports.append(Transport(tuple(sorted(indices)), indices[0], dtls, _ice(offer, answer, *pair)))
        if dtls and not dtls.client:
            problems.append(f"m-section {indices[0]}: {_conflict(*pair)}")
        notes += (f"m-section {indices[0]}: {note}" for note in _notes(answer, *pair))
    bundle = tuple(_bundle(group, members, accepted) for group, members in shared)
    return Transports(tuple(transports), bundle, tuple(problems), tuple(notes))


# --- BUNDLE (RFC 9143) ---


def _groups(description: SessionDescription) -> list[Group]:
    return [group for group in description.groups if group.semantics == "BUNDLE"]


def _shared(
    offer: SessionDescription, answer: SessionDescription, accepted: dict[int, Pair]
) -> Iterator[tuple[Group, tuple[int, ...]]]:
    """The BUNDLE groups of the answer, with the indices of their accepted sections in the order of the group.

    A section belongs to it only if it was offered in one group with the first of them (RFC 9143 §7.3.3).
    """
    offered = {mid: number for number, group in enumerate(_groups(offer)) for mid in group.mids}
    places = {answered.mid: index for index, (_, answered) in reversed(accepted.items())}
    numbers = {index: offered.get(theirs.mid or "") for index, (theirs, _) in accepted.items()}
    for group in _groups(answer):
        there = [places.pop(mid) for mid in dict.fromkeys(group.mids) if mid in places]
        there = [index for index in there if numbers[index] is not None and numbers[index] == numbers[there[0]]]
        yield group, tuple(there)


def _bundle(group: Group, members: tuple[int, ...], accepted: dict[int, Pair]) -> Bundle:
    return Bundle(group.mids, accepted[members[0]][1].mid if members else None)


def _leaders(offer: SessionDescription) -> dict[str, MediaDescription]:
    """For each mid in a BUNDLE group of an offer, the section that is first there."""
    sections = {section.mid: section for section in reversed(offer.media) if section.mid is not None}
    firsts = {mid: group.mids[0] for group in _groups(offer) for mid in group.mids}
    return {mid: sections[first] for mid, first in firsts.items() if first in sections}


def _holding(pair: Pair, leaders: dict[str, MediaDescription]) -> Pair:
    """The sections whose attributes hold for a transport.

    An offered bundle-only section has none of its own: it has those of the first of its group (RFC 9143 §7.2.1).
    """
    offered, answered = pair
    bare = offered.bundle_only and "ice-ufrag" not in offered
    return leaders.get(offered.mid or "", offered) if bare else offered, answered


# --- DTLS (RFC 8842 §5) ---


def _dtls(offered: MediaDescription, answered: MediaDescription) -> Dtls | None:
    if not (_uses_dtls(offered) and _uses_dtls(answered)):
        return None
    theirs, ours = offered.dtls.setup, answered.dtls.setup
    if _conflict(offered, answered):
        return Dtls(None, None)
    # without a=setup RFC 4145 §4 has passive, but browsers take the answer for active
    answerer_begins = theirs != "active" if ours is None else ours == "active"
    return Dtls(ANSWERER, OFFERER) if answerer_begins else Dtls(OFFERER, ANSWERER)


def _uses_dtls(section: MediaDescription) -> bool:
    protocol = section.protocol.upper()
    return "DTLS" in protocol or "TLS/RTP" in protocol or ("RTP" in protocol and bool(section.dtls.fingerprints))


def _conflict(offered: MediaDescription, answered: MediaDescription) -> str | None:
    """Why the DTLS roles cannot work, where both sides use it."""
    match offered.dtls.setup, answered.dtls.setup:
        case _, "actpass" | "holdconn" as setup:
            return f"the answer says setup:{setup} and leaves open who begins the DTLS handshake"
        case "holdconn", _:
            return "the offer says setup:holdconn and wants no connection for now"
        case "active", "active":
            return "both sides are setup:active and would begin the DTLS handshake"
        case "passive", "passive":
            return "both sides are setup:passive and wait for the DTLS handshake"
    return None


# --- ICE (RFC 8445 §6.1.1) ---


def _ice(
    offer: SessionDescription, answer: SessionDescription, offered: MediaDescription, answered: MediaDescription
) -> Ice | None:
    theirs, ours = offered.ice.ufrag, answered.ice.ufrag
    if theirs is None or ours is None:
        return None
    lite = tuple(side for side, description in ((OFFERER, offer), (ANSWERER, answer)) if description.ice_lite)
    is_turned = lite == (OFFERER,) or (not lite and _answerer_was_first(answer, offered, answered))
    roles = (ANSWERER, OFFERER) if is_turned else (OFFERER, ANSWERER)
    return Ice(*roles, lite, offerer_username=f"{ours}:{theirs}")


def _answerer_was_first(answer: SessionDescription, offered: MediaDescription, answered: MediaDescription) -> bool:
    """Whether it shows that the answerer made the first offer of the session, and so has controlled ICE since.

    libwebrtc answers setup:actpass with active. It says passive only where it already is the DTLS server (RFC 8842
    §5.3), which it became by offering. Its first description has the version 2.
    """
    is_server = (offered.dtls.setup, answered.dtls.setup) == ("actpass", "passive")
    return is_server and answer.maker.value == "libwebrtc" and _version(answer) > 2


def _version(description: SessionDescription) -> int:
    return description.origin.session_version if description.origin else 0


# --- what is unusual ---


def _notes(answer: SessionDescription, offered: MediaDescription, answered: MediaDescription) -> Iterator[str]:
    if _answerer_was_first(answer, offered, answered):
        yield "the answerer made the first offer of the session, as its setup:passive shows, and controls ICE since"
    if _uses_dtls(offered) and _uses_dtls(answered) and answered.dtls.setup is None:
        yield "the answer has no a=setup; browsers take it for active"
    for side, one, other in ((ANSWERER, answered, offered), (OFFERER, offered, answered)):
        if _uses_dtls(other) and not _uses_dtls(one):
            yield f"the {side} does not use DTLS"
        if other.ice.ufrag and not one.ice.ufrag:
            yield f"the {side} does not use ICE"
