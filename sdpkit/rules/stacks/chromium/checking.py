"""What libwebrtc checks in a parsed description before it applies anything of it.

Each check yields the texts with which libwebrtc refuses; the checks stand in its order, and the first text counts.
"""

from collections.abc import Callable, Iterator

from sdpkit.rules.stacks.chromium.exchange import Exchange
from sdpkit.rules.stacks.chromium.model import Codec, Extension, Section, Session

_LONGEST_MID = 16
_RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
_MOST_SIMULCAST_STREAMS = 3
_RTCP_TYPES = range(64, 96)
"""The payload types that cannot be told from RTCP on the same port (RFC 5761 §4)."""


def bad_mids(exchange: Exchange) -> Iterator[str]:
    """Mids that are too long, or there twice; they are as long as their UTF-8 is."""
    seen: set[str] = set()
    for section in exchange.new.sections:
        if len(section.mid) > _LONGEST_MID:
            yield f"The MID attribute exceeds the maximum supported length of {_LONGEST_MID} characters."
        if section.mid in seen:
            yield f"Duplicate a=mid value '{section.mid}'."
        seen.add(section.mid)


def _with_transport(session: Session) -> Iterator[Section]:
    """The sections whose transports are used: all but the rejected and those bundled on another."""
    return (section for section in session.live if session.owns_transport(section))


def no_fingerprint(exchange: Exchange) -> Iterator[str]:
    """A transport without a certificate."""
    for section in _with_transport(exchange.new):
        if section.transport.fingerprint is None:
            yield "Called with SDP without DTLS fingerprint."


def no_credentials(exchange: Exchange) -> Iterator[str]:
    """A transport without ICE."""
    for section in _with_transport(exchange.new):
        if not section.transport.ufrag or not section.transport.password:
            yield "Called with SDP without ice-ufrag and ice-pwd."


def unlike_extensions(exchange: Exchange) -> Iterator[str]:
    """A BUNDLE group with a mid that no section has, or with two header extensions of one id."""
    by_mid = exchange.new.by_mid
    for group in exchange.new.groups:
        used: dict[int, Extension] = {}
        for mid in group.mids:
            section = by_mid.get(mid)
            if section is None:
                yield f"A BUNDLE group contains a MID='{mid}' matching no m= section."
            elif section.is_media and not section.rejected:
                for extension in section.extensions:
                    if used.setdefault(extension.id, extension) != extension:
                        yield (
                            f"A BUNDLE group contains a codec collision for header extension id={extension.id}. "
                            "The id must be the same across all bundled media descriptions"
                        )


def odd_source_groups(exchange: Exchange) -> Iterator[str]:
    """SSRC groups with another number of SSRCs than their semantics have."""
    for section in exchange.new.sections:
        for track in section.tracks:
            for group in track.groups:
                count = len(group.ssrcs)
                pair = group.semantics in ("FID", "FEC-FR") and count != 2
                if pair or (group.semantics == "SIM" and count > _MOST_SIMULCAST_STREAMS):
                    yield (
                        f"The media section with MID='{section.mid}' has a ssrc-group with semantics "
                        f"{group.semantics} and an unexpected number of SSRCs."
                    )


def bundled_without_mux(exchange: Exchange) -> Iterator[str]:
    """A bundled RTP section without rtcp-mux."""
    for section in exchange.new.live:
        if (
            section.is_media
            and not section.bundle_only
            and not section.rtcp_mux
            and section.mid in exchange.new.group_by_mid
        ):
            yield "rtcp-mux must be enabled when BUNDLE is enabled."


def payload_types_of_rtcp(exchange: Exchange) -> Iterator[str]:
    """Payload types that cannot be told from RTCP. The text has an apostrophe too few."""
    for section in exchange.new.live:
        for codec in _by_format(section):
            if section.rtcp_mux and codec.payload_type in _RTCP_TYPES:
                yield (
                    f"The media section with MID='{section.mid}' used an invalid payload type {codec.payload_type} "
                    f"for codec '{codec.name}, rtcp-mux:enabled"
                )


def _by_format(section: Section) -> list[Codec]:
    """The codecs in the order of the m= line; those that are not in it are last."""
    order = {payload_type: place for place, payload_type in enumerate(section.payload_types)}
    return sorted(section.codecs.values(), key=lambda codec: order.get(codec.payload_type, len(order)))


def other_sections(exchange: Exchange) -> Iterator[str]:
    """Sections that are others than in the offer, or than in the offer before."""
    new = exchange.new.sections
    if exchange.is_answer:
        known = exchange.offer.sections if exchange.offer else new
        if len(known) != len(new) or not all(map(_same, known, new)):
            yield "The order of m-lines in answer doesn't match order in offer. Rejecting answer."
    elif exchange.before is not None:
        known = exchange.before.sections
        recycled = [old.rejected and not section.rejected for old, section in zip(known, new, strict=False)]
        same = len(known) <= len(new) and all(
            again or _same(old, section) for again, old, section in zip(recycled, known, new, strict=False)
        )
        if not same:
            yield "The order of m-lines in subsequent offer doesn't match order from previous offer/answer."


def _same(old: Section, new: Section) -> bool:
    return old.mid == new.mid and old.kind is new.kind


def wrong_directions(exchange: Exchange) -> Iterator[str]:
    """Sections that are answered with more than was offered."""
    if exchange.is_answer and exchange.offer is not None:
        for offered, answered in zip(exchange.offer.sections, exchange.new.sections, strict=False):
            if answered.is_media and not answered.rejected:
                if answered.sends and not offered.receives:
                    yield "Incompatible receive direction"
                if answered.receives and not offered.sends:
                    yield "Incompatible send direction"


def several_tracks(exchange: Exchange) -> Iterator[str]:
    """Sections with more than one track, as in Plan B."""
    for section in exchange.new.sections:
        if section.is_media and len(section.tracks) > 1:
            yield (
                "Media section has more than one track specified with a=ssrc lines "
                "which is not supported with Unified Plan."
            )


def simulcast_without_rids(exchange: Exchange) -> Iterator[str]:
    """Simulcast without the header extension that tells the layers apart."""
    for section in exchange.new.live:
        if section.layers and all(extension.uri != _RID for extension in section.extensions):
            yield (
                f"The media section with MID='{section.mid}' negotiates simulcast "
                "but does not negotiate the RID RTP header extension."
            )


CHECKS: tuple[Callable[[Exchange], Iterator[str]], ...] = (
    bad_mids,
    no_fingerprint,
    no_credentials,
    unlike_extensions,
    odd_source_groups,
    bundled_without_mux,
    payload_types_of_rtcp,
    other_sections,
    wrong_directions,
    several_tracks,
    simulcast_without_rids,
)
