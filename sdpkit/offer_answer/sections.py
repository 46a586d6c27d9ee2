"""What one m-section of an offer and its answer agree on."""

from collections.abc import Sequence

import msgspec

from sdpkit.codecs.codec import Codec
from sdpkit.offer_answer.agreement import AgreedSection, Side
from sdpkit.offer_answer.codec_agreement import CodecPair, codecs_of, describe, pair_codecs
from sdpkit.offer_answer.directions import Flow, agreed_flow
from sdpkit.offer_answer.dropped_codecs import dropped_codecs
from sdpkit.offer_answer.extensions import agreed_extensions
from sdpkit.offer_answer.limits import max_bitrate, max_message_size
from sdpkit.offer_answer.matching import is_media
from sdpkit.offer_answer.simulcast import agreed_streams
from sdpkit.sdp.media import DataChannels, MediaDescription

_NO_CODEC = "no common codec"


def rejected_section(
    index: int, offered: MediaDescription | None, answered: MediaDescription | None
) -> AgreedSection | None:
    """An m-section that is not accepted; None where it is."""
    reason = _why_rejected(offered, answered)
    section = offered or answered
    if reason is None or section is None:
        return None
    return AgreedSection(
        index=index,
        mid=section.mid,
        kind=section.kind,
        accepted=False,
        reason=reason,
        verdict=f"{section.kind or 'm-section'} rejected ({reason})",
        offerer=Side(),
        answerer=Side(),
    )


def _why_rejected(offered: MediaDescription | None, answered: MediaDescription | None) -> str | None:
    if offered is None or answered is None:
        return "it was not offered" if offered is None else "the answer has no m-section for it"
    if offered.m_line is None or answered.m_line is None:
        return f"the m= line of the {'offer' if offered.m_line is None else 'answer'} cannot be read"
    if offered.is_rejected:
        return "port 0 in the offer"
    if answered.is_rejected:
        # most answers list something that means nothing there, but some what they would have taken
        tells = "rtpmap" in answered and not _usable(pair_codecs(offered, answered))
        return _NO_CODEC if tells else "port 0 in the answer"
    if offered.kind.lower() != answered.kind.lower():
        return f"{answered.kind} answers {offered.kind}"
    return None


def accepted_section(
    index: int, offered: MediaDescription, answered: MediaDescription, transport: int
) -> AgreedSection:
    """An m-section that neither side rejects."""
    is_rtp = "RTP" in offered.protocol.upper() and "RTP" in answered.protocol.upper()
    section = _rtp(index, offered, answered) if is_rtp else _other(index, offered, answered)
    return msgspec.structs.replace(section, transport=transport)


# --- RTP ---


def _rtp(index: int, offered: MediaDescription, answered: MediaDescription) -> AgreedSection:
    flow = agreed_flow(offered.direction, answered.direction)
    pairs = pair_codecs(offered, answered)
    there, back = _preferred(offered, pairs)
    extensions = agreed_extensions(offered, answered)
    return AgreedSection(
        index=index,
        mid=offered.mid,
        kind=offered.kind,
        accepted=True,
        reason=None if there else _NO_CODEC,
        verdict=f"{offered.kind} {_flows(there, back, flow)}",
        offerer=msgspec.structs.replace(
            _side(offered, answered, pairs, flow.there, flow.back),
            direction=flow.of_offerer,
            extensions=extensions.offerer,
            preferred=there.answered if there and flow.there else None,
        ),
        answerer=msgspec.structs.replace(
            _side(answered, offered, [pair[::-1] for pair in pairs], flow.back, flow.there),
            direction=flow.of_answerer,
            extensions=extensions.answerer,
            preferred=back.offered if back and flow.back else None,
        ),
        codecs=describe(pairs),
        dropped=dropped_codecs(offered, answered, pairs),
        dropped_extensions=extensions.dropped,
        rtcp_mux=offered.rtcp_mux and answered.rtcp_mux,
        rtcp_rsize=offered.rtcp_rsize and answered.rtcp_rsize,
    )


def _usable(pairs: Sequence[CodecPair]) -> list[CodecPair]:
    return [pair for pair in pairs if pair.is_usable]


def _preferred(offered: MediaDescription, pairs: Sequence[CodecPair]) -> tuple[CodecPair | None, CodecPair | None]:
    """What is sent to the answerer, and back: the receiver's first choice (RFC 3264 §5.1, §7)."""
    usable = _usable(pairs)
    by_offer = {pair.offered.payload_type: pair for pair in usable}
    back = (by_offer[codec.payload_type] for codec in offered.codecs if codec.payload_type in by_offer)
    return next(iter(usable), None), next(back, None)


def _side(
    own: MediaDescription, other: MediaDescription, pairs: Sequence[tuple[Codec, Codec]], sends: bool, receives: bool
) -> Side:
    """What two sections say of codecs and limits to the one who wrote `own`, whose codecs come first in the pairs."""
    mine = {codec.payload_type: codec for codec, _ in pairs}
    theirs = {codec.payload_type: codec for _, codec in pairs}
    translated = {codec.payload_type: own_codec for own_codec, codec in pairs}
    incoming = tuple(mine.get(codec.payload_type, codec) for codec in codecs_of(own))
    outgoing = tuple(theirs.get(codec.payload_type, codec) for codec in codecs_of(other))
    if sends == receives:
        codecs = tuple(mine.values())
    elif receives:
        codecs = incoming
    else:
        codecs = tuple(translated.get(codec.payload_type, codec) for codec in outgoing)
    return Side(
        codecs=codecs,
        sends=outgoing if sends and any(map(is_media, outgoing)) else (),
        receives=incoming if receives else (),
        max_bitrate=max_bitrate(other),
        simulcast=agreed_streams(own, other) if sends else (),
    )


def _flows(there: CodecPair | None, back: CodecPair | None, flow: Flow) -> str:
    """Which codec flows where, under the payload types of both sides."""
    if there is None or back is None:
        return f"accepted, but {_NO_CODEC}"
    if not any(flow):
        return f"{there}, no media in either direction"
    if not all(flow):
        return f"{there}, offerer to answerer only" if flow.there else f"{back}, answerer to offerer only"
    return f"{there} both ways" if there == back else f"{there} to the answerer, {back} to the offerer"


# --- data channels, and whatever else there is ---


def _other(index: int, offered: MediaDescription, answered: MediaDescription) -> AgreedSection:
    theirs, ours = offered.data_channels, answered.data_channels
    alike = offered.protocol.upper() == answered.protocol.upper() or (theirs and ours)
    reason = None if alike else f"{answered.protocol} answers {offered.protocol}"
    return AgreedSection(
        index=index,
        mid=offered.mid,
        kind=offered.kind,
        accepted=True,
        reason=reason,
        verdict=f"{offered.kind} accepted, but {reason}" if reason else _what_it_is(offered, theirs, ours),
        offerer=_other_side(answered, theirs, ours),
        answerer=_other_side(offered, ours, theirs),
    )


def _other_side(other: MediaDescription, mine: DataChannels | None, theirs: DataChannels | None) -> Side:
    return Side(
        max_bitrate=max_bitrate(other),
        sctp_port=mine.sctp_port if mine else None,
        max_message_size=max_message_size(theirs) if theirs else None,
    )


def _what_it_is(offered: MediaDescription, theirs: DataChannels | None, ours: DataChannels | None) -> str:
    if theirs is None or ours is None:
        return f"{offered.kind} {offered.protocol} accepted"
    known = theirs.sctp_port and ours.sctp_port
    return f"data channels, SCTP {theirs.sctp_port}→{ours.sctp_port}" if known else "data channels"
