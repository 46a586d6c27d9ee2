"""What was carried here by hand, checked before it is used: in words that say what went wrong and what to do."""

from collections.abc import Iterator

import msgspec

from sdpkit.ice.address import Scope
from sdpkit.rules import validate
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.media import MediaDescription

_OTHER_EXCHANGE = ("OAN001", "OAN002", "OAN003", "OAN004", "OAN005")
"""What is found when an answer is not one to this offer: other m-sections."""


class Reception(msgspec.Struct, frozen=True):
    """What is to be thought of a description."""

    refusal: str | None = None
    """Why it cannot be used, and what to do; None when it can."""
    cut: bool = False
    """Whether it looks cut off: more of it may come."""
    notes: tuple[str, ...] = ()
    """What may keep the peers from connecting although it can be used."""


def examine(
    description: SessionDescription, type: str | None, wanted: str, own: SessionDescription | None
) -> Reception:
    """Checks a description that was carried here.

    `type` is what its carrier said it is, if anything; `wanted` what is waited for, offer or answer; `own` what this
    side has sent.
    """
    type = type or description.type.value
    if own is not None and _is_same(description, own):
        return Reception(f"this is this side's own {_type_of(own)}: paste what the other side gave in return")
    if wanted == "answer" and type == "offer":
        return Reception("this is an offer, and an answer is waited for: the other side must take this side's offer")
    if wanted == "offer" and type == "answer":
        return Reception("this is an answer, and an offer is waited for: the side that sends its text first offers")
    if (where := _cut(description)) is not None:
        return Reception(f"{where}: copy the whole text again", cut=True)
    refusal = _refusal(description, wanted, own if wanted == "answer" else None)
    return Reception(refusal, notes=() if refusal else tuple(_notes(description)))


def _type_of(description: SessionDescription) -> str:
    return description.type.value or "description"


def _is_same(one: SessionDescription, other: SessionDescription) -> bool:
    """Whether two descriptions are of one peer: they have the same ICE credentials."""
    credentials = [(each.ice.ufrag, each.ice.pwd) for each in (_first(one), _first(other)) if each is not None]
    return len(credentials) == 2 and credentials[0] == credentials[1] and None not in credentials[0]


def _first(description: SessionDescription) -> MediaDescription | None:
    """The first m-section that is not rejected: with BUNDLE, that of the transport."""
    return next((section for section in description.media if not section.is_rejected), None)


def _cut(description: SessionDescription) -> str | None:
    """Where a text ends too early; None when it looks whole."""
    lines = description.lines
    last = lines[-1]
    if not description.media:
        return f"it ends after line {last.number}, before any m-section"
    if not last.ending and last.type and description.findings and description.findings[-1].span.line == last.number:
        return f'it ends in the middle of line {last.number}, "{last.text[:40]}"'
    bundled = [mid for group in description.groups if group.semantics == "BUNDLE" for mid in group.mids]
    lost = [mid for mid in bundled if description.section(mid) is None]
    if lost:
        return f"it ends after line {last.number}: the m-section{'s' * (len(lost) > 1)} {', '.join(lost)} did not come"
    section = description.media[-1]
    if not section.is_rejected and (section.mid is None or section.mid in bundled) and not _has_keys(section):
        return f"it ends after line {last.number}, before ICE and DTLS of the last m-section"
    return None


def _has_keys(section: MediaDescription) -> bool:
    return bool(section.ice.ufrag and section.ice.pwd and section.dtls.fingerprints)


def _refusal(description: SessionDescription, type: str, offer: SessionDescription | None) -> str | None:
    """Why aiortc would not take it, or why it does not belong to the offer."""
    report = validate(description, type, against=offer)
    codes = {finding.code: finding for finding in report.errors}
    other = next((codes[code] for code in _OTHER_EXCHANGE if code in codes), None)
    if other is not None:
        return f"this answers another offer ({other.message}): paste the answer to the offer above"
    first = next((finding for finding in report.errors if finding.code[:3] in ("ICE", "DTL")), None)
    if first is not None and not all(map(_has_keys, filter(lambda each: not each.is_rejected, description.media))):
        return f"line {first.span.line}: {first.message} ({first.code})"
    return None


def _notes(description: SessionDescription) -> Iterator[str]:
    """What makes a connection unlikely, as far as the text shows it."""
    section = _first(description)
    candidates = () if section is None else (*section.candidates, *description.get_all("candidate"))
    scopes = {candidate.scope for candidate in candidates}
    if not candidates:
        yield (
            "it has no candidates: it was copied before gathering ended, or its machine has no network; the other side "
            "can still be found if it can reach this one"
        )
    elif scopes == {Scope.MASKED}:
        yield (
            "all its addresses are masked, such as "
            f"{candidates[0].address}: nothing can be sent there; if this side's addresses are masked too, nothing "
            "can work"
        )
    elif scopes <= {Scope.MDNS, Scope.MASKED}:
        yield (
            "its addresses are .local names, which only machines on the same link can resolve; a browser gives real "
            "ones to a page that may use the camera"
        )
    elif all(candidate.transport.lower() != "udp" for candidate in candidates):
        yield "it has no UDP candidates, and this side speaks UDP only"
