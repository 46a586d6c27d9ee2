"""What two descriptions are to each other: by one peer or by two, made or edited, offer or answer."""

from collections.abc import Iterator

from sdpkit.offer_answer.changes import Mode
from sdpkit.sdp.description import SessionDescription


def guess_mode(old: SessionDescription, new: SessionDescription) -> tuple[Mode, str]:
    """In which mode to compare two descriptions, and what they are to each other, in words.

    One peer is known by its certificate and its ufrag, or else by the session in o= (RFC 8866 §5.2). Its descriptions
    have different versions (RFC 3264 §8), but for one that somebody has edited.
    """
    types = old.type.value, new.type.value
    sign = next(_signs_of_one_peer(old, new), None)
    if sign is None:
        if types[0] is not None and types[0] == types[1]:
            return Mode.RENEGOTIATION, f"two {types[0]}s of different sessions"
        return Mode.PEERS, "two peers" if None in types else f"two peers, {types[0]} and {types[1]}"
    before, after = _version(old), _version(new)
    if before == after and (None in types or types[0] == types[1]):
        return Mode.MUNGE, f"same peer by its {sign}, same version"
    order = "earlier" if before is not None and after is not None and after < before else "later"
    return Mode.RENEGOTIATION, f"same peer by its {sign}, {order} {types[1] or 'description'}"


def _signs_of_one_peer(old: SessionDescription, new: SessionDescription) -> Iterator[str]:
    """What shows that one peer has written both."""
    certificates, others = (
        {fingerprint for section in (part, *part.media) for fingerprint in section.dtls.fingerprints}
        for part in (old, new)
    )
    if certificates & others:
        yield "fingerprint"
    if _ufrags(old) & _ufrags(new):
        yield "ufrag"
    is_answered = {old.type.value, new.type.value} == {"offer", "answer"}
    # an answerer may copy the o= line of the offer
    if _session(old) == _session(new) and not (is_answered and certificates and others):
        yield "session id"


def _ufrags(description: SessionDescription) -> set[str]:
    return {section.ice.ufrag for section in (description, *description.media) if section.ice.ufrag is not None}


def _session(description: SessionDescription) -> tuple[str, int, str] | None:
    origin = description.origin
    return None if origin is None else (origin.username, origin.session_id, origin.address)


def _version(description: SessionDescription) -> int | None:
    return None if description.origin is None else description.origin.session_version
