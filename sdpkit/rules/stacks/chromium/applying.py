"""What can go wrong while libwebrtc applies a remote description: its transports first, then its channels."""

import re
from collections.abc import Callable, Collection, Iterator

from sdpkit.rules.stacks.chromium.exchange import Exchange
from sdpkit.rules.stacks.chromium.model import Fingerprint, Group, Kind, Section, Session, Track, Transport
from sdpkit.rules.stacks.chromium.text import integer

_ICE = re.compile(r"[0-9A-Za-z+/=_#\-]*")
_BYTES = {"sha-1": 20, "sha-224": 28, "sha-256": 32, "sha-384": 48, "sha-512": 64}
_REPAIR = ("rtx", "red", "ulpfec", "flexfec-03")


def wrong_groups(exchange: Exchange) -> Iterator[str]:
    """BUNDLE groups that overlap, or that are no part of those that were offered or hold."""
    new = exchange.new
    yield from _overlapping(new)
    if exchange.is_answer:
        yield from _not_offered(exchange)
        yield from lost_sections(new, new.group_by_mid.keys(), exchange)
    else:
        yield from _regrouped(exchange)
    for group in new.groups if exchange.is_answer else exchange.established:
        yield from _without_tag([new.by_mid[mid] for mid in group.mids if mid in new.by_mid])


def _overlapping(session: Session) -> Iterator[str]:
    seen: set[str] = set()
    for group in session.groups:
        for mid in group.mids:
            if mid in seen:
                yield f"A BUNDLE group contains a MID='{mid}' that is already in a BUNDLE group."
            seen.add(mid)


def _not_offered(exchange: Exchange) -> Iterator[str]:
    """What an answer groups otherwise than the offer did."""
    if exchange.offer is None:
        return
    answered: set[Group | None] = set()
    for group in exchange.new.groups:
        offered = [exchange.offer.group_by_mid.get(mid) for mid in group.mids]
        if offered and offered[0] is None:
            yield "A BUNDLE group was added in the answer that did not exist in the offer."
        if offered and offered[0] in answered:
            yield "A MID in the answer has changed group."
        answered.update(offered[:1])
        for mid, other in zip(group.mids, offered, strict=True):
            if other is not offered[0]:
                yield f"A BUNDLE group in answer contains a MID='{mid}' that was not in the offered group."


def lost_sections(session: Session, grouped: Collection[str], exchange: Exchange) -> Iterator[str]:
    """The live sections of the session that are bundled already, and not any more."""
    live = {section.mid for section in session.live}
    for mid in exchange.tags:
        if mid in live and mid not in grouped:
            yield f"Answer cannot remove m= section with mid='{mid}' from already-established BUNDLE group."


def _regrouped(exchange: Exchange) -> Iterator[str]:
    """Sections that are in another BUNDLE group than before."""
    before = exchange.before.group_by_mid if exchange.before else {}
    forth: dict[Group, Group] = {}
    back: dict[Group, Group] = {}
    for mid, group in exchange.new.group_by_mid.items():
        old = before.get(mid)
        if old is not None and (forth.setdefault(old, group) is not group or back.setdefault(group, old) is not old):
            yield f"MID {mid} in the offer has changed group."


def _without_tag(group: list[Section]) -> Iterator[str]:
    """The live sections of a group whose first section, which has the transport, is rejected."""
    if group and group[0].rejected:
        for section in group:
            if not section.rejected:
                yield f"The m= section with mid='{section.mid}' should be rejected."


def bad_transports(exchange: Exchange) -> Iterator[str]:
    """Transports that cannot be set up. In a first offer bundled sections have their own; later only the first has."""
    bundled = exchange.is_answer or exchange.before is not None
    for section in exchange.new.live:
        if bundled and not exchange.new.owns_transport(section):
            continue
        if section.is_media and not section.bundle_only and not section.rtcp_mux:
            at = f"The m= section with mid='{section.mid}'"
            yield f"{at} is invalid. RTCP-MUX is not enabled when it is required."
        for text in _faults_of_transport(section, exchange):
            yield f"Failed to apply the description for m= section with mid='{section.mid}': {text}"


def _faults_of_transport(section: Section, exchange: Exchange) -> Iterator[str]:
    yield from (f"Invalid ICE parameters: {text}" for text in _faults_of_credentials(section.transport))
    offered = exchange.offer.by_mid.get(section.mid) if exchange.is_answer and exchange.offer else None
    if offered is not None:
        if offered.rejected or exchange.tags.get(section.mid, section.mid) != section.mid:
            yield "Failed to setup RTCP mux."  # it had no transport of its own so far
        yield from _faults_of_role(offered.transport, section.transport)
        yield from _changed_role(section, exchange)
        yield from faults_of_fingerprint(section.transport.fingerprint)


def _faults_of_credentials(transport: Transport) -> Iterator[str]:
    """What is wrong with ufrag and password, which may both be missing in a bundled section."""
    if not transport.ufrag and not transport.password:
        return
    for name, value, least in ("ufrag", transport.ufrag, 4), ("pwd", transport.password, 22):
        if not least <= len(value) <= 256:
            yield f"ICE {name} must be between {least} and 256 characters long."
        if not _ICE.fullmatch(value):
            yield f"ICE {name} must contain only alphanumeric characters, '+', and '/'."


def _faults_of_role(offered: Transport, answered: Transport) -> Iterator[str]:
    """Who is client and server of DTLS: an offer that is not actpass cannot be answered (measured)."""
    if offered.setup not in ("actpass", ""):
        yield "Offerer must use actpass value for setup attribute."
    if answered.setup in ("actpass", "holdconn"):
        yield "Answerer must use either active or passive value for setup attribute."


def _changed_role(section: Section, exchange: Exchange) -> Iterator[str]:
    """A running DTLS association keeps its roles."""
    before = exchange.before
    old = before.by_mid.get(section.mid) if before else None
    if before is None or old is None or old.rejected or not before.owns_transport(old):
        return
    roles = {old.transport.setup, section.transport.setup}
    if roles == {"active", "passive"} and old.transport.fingerprint == section.transport.fingerprint:
        yield "Failed to set SSL role for the transport."


def faults_of_fingerprint(fingerprint: Fingerprint | None) -> Iterator[str]:
    """A digest that is not as long as its algorithm's."""
    if fingerprint is not None and fingerprint.length != _BYTES[fingerprint.algorithm]:
        yield "Failed to apply remote fingerprint."


def bad_channels(exchange: Exchange) -> Iterator[str]:
    """Audio and video that cannot be set up."""
    for section in exchange.new.live:
        if section.is_media:
            yield from _reassigned_extensions(section, exchange)
            if section.kind is Kind.VIDEO and not has_usable_codecs(section):
                yield f"Failed to set remote video description send parameters for m-section with mid='{section.mid}'."
            known = _known_sources(section, exchange)
            for track in section.tracks:
                if track.ssrcs and track.ssrcs[0] not in known and not _can_be_received(track, section.kind):
                    place = f"{{mid: {section.mid}, media_type: {section.kind}}}"
                    yield f"Failed to add remote stream ssrc: {track.ssrcs[0]} to {place}"
            # in a first offer all sections have their own transports, until it is answered
            if (exchange.is_answer or exchange.before is not None) and section.mid in exchange.new.sharing:
                yield f"Failed to set up audio demuxing for mid='{section.mid}'."


def _known_sources(section: Section, exchange: Exchange) -> set[int]:
    """The SSRCs that are received already: a track whose first SSRC is one is not looked at again."""
    old = exchange.before.by_mid.get(section.mid) if exchange.before else None
    return {ssrc for track in old.tracks for ssrc in track.ssrcs} if old is not None and not old.rejected else set()


def _reassigned_extensions(section: Section, exchange: Exchange) -> Iterator[str]:
    """Ids of header extensions that mean another extension on the same transport already."""
    for extension in section.extensions:
        for tag in exchange.transports_of(section.mid):
            for uri, mid in exchange.extensions_in_use.get((tag, extension.id), {}).items():
                if uri != extension.uri:
                    yield (
                        f"RTP extension ID reassignment not supported (collision on active MID {mid}, "
                        f'id={extension.id}, old_uri="{uri}", new_uri="{extension.uri}"). (mid={section.mid})'
                    )


def has_usable_codecs(section: Section) -> bool:
    """Whether there is a video codec at all, and each rtx belongs to one, or to red."""
    codecs = section.codecs
    if all(codec.is_named(*_REPAIR) for codec in codecs.values()):
        return False
    for codec in codecs.values():
        if codec.is_named("rtx"):
            apt = integer(codec.parameters.get("apt", ""))
            repaired = None if apt is None else codecs.get(apt)
            if repaired is None or repaired.is_named("rtx", "ulpfec", "flexfec-03"):
                return False
    return True


def _can_be_received(track: Track, kind: Kind) -> bool:
    """Whether a track's SSRCs are what a receiver takes: one for audio; for video each group once, and known SSRCs."""
    if kind is Kind.AUDIO:
        return len(track.ssrcs) == 1
    named = [(group.semantics, group.ssrcs[0]) for group in track.groups]
    if len(set(named)) < len(named):
        return False
    simulcast = next((group.ssrcs for group in track.groups if group.semantics == "SIM"), tuple(track.ssrcs[:1]))
    known = set(track.ssrcs)
    for semantics in ("FID", "FEC-FR"):
        repair = [
            group.ssrcs[1] for group in track.groups if group.semantics == semantics and group.ssrcs[0] in simulcast
        ]
        if repair and (len(repair) != len(simulcast) or not known.issuperset(repair)):
            return False
    return True


def bad_data_channels(exchange: Exchange) -> Iterator[str]:
    """An SCTP association whose port is another than before."""
    old, new = (_data(session) for session in (exchange.before, exchange.new))
    if old is not None and new is not None and old.sctp_port != new.sctp_port:
        yield "Failed to start SCTP transport."


def _data(session: Session | None) -> Section | None:
    """The first live section with data channels."""
    return next((section for section in session.live if section.kind is Kind.DATA), None) if session else None


STEPS: tuple[Callable[[Exchange], Iterator[str]], ...] = (wrong_groups, bad_transports, bad_channels, bad_data_channels)
"""In libwebrtc's order."""
