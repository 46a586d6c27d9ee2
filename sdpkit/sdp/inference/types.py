"""Offer or answer (RFC 3264)."""

from sdpkit.ice.address import Scope
from sdpkit.sdp.attributes.security import Crypto
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.inference import signs
from sdpkit.sdp.inference.signs import Guess, Sign, Traits

_LEAD = 2  # by how much one of offer and answer must outweigh the other


def infer_type(description: SessionDescription) -> Guess:
    r"""Whether a description is an "offer" or an "answer" (RFC 3264).

    None for one that is neither, such as an RTSP server's or a multicast announcement, and for one that could be
    either: SIP descriptions often could.

    >>> from sdpkit import parse
    >>> infer_type(parse("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/SAVPF 0\r\na=setup:actpass"))
    Guess(value='offer', signs=('setup:actpass',))
    """
    traits = Traits(description)
    neither = signs.found(NEITHER, traits)
    if neither:
        return Guess(None, signs.phrases(neither))
    offer, answer = signs.found(_OFFER, traits), signs.found(_ANSWER, traits)
    lead = signs.weight(offer) - signs.weight(answer)
    if abs(lead) < _LEAD:
        return Guess(None, signs.phrases(offer + answer))
    return Guess("offer", signs.phrases(offer)) if lead > 0 else Guess("answer", signs.phrases(answer))


def _is_multicast(description: SessionDescription) -> bool:
    connections = [description.connection, *(each for section in description.media for each in section.connections)]
    return any(connection is not None and connection.scope is Scope.MULTICAST for connection in connections)


def _is_rejecting(traits: Traits) -> bool:
    """Port 0 says no only where another port, or a mid, says that this is no RTSP: there all ports are 0."""
    rejected = any(section.is_rejected for section in traits.media)
    return rejected and ("mid" in traits.attributes or any(section.port for section in traits.media))


def _is_choice(cryptos: tuple[Crypto, ...]) -> bool:
    return len(cryptos) == 1 and cryptos[0].tag > 1


# Offer or answer. The rules of the RFCs weigh more than all the habits together. actpass weighs most: no answer has it
# (RFC 5763 §5), whereas an offer may show the roles of connections that are there already (RFC 8842 §5.5).

NEITHER = (
    Sign("a fragment", 4, lambda traits: traits.description.is_fragment),
    signs.attribute("control", 4),
    signs.attribute("ts-refclk", 4),
    signs.attribute("source-filter", 4),
    Sign("multicast", 4, lambda traits: _is_multicast(traits.description)),
)
_OFFER = (
    Sign("setup:actpass", 16, lambda traits: "actpass" in traits.setups),
    Sign("bundle-only", 8, lambda traits: any(section.bundle_only and not section.port for section in traits.media)),
    # RFC 8839 §4.4.1.2.2: from the controlling agent, once ICE has concluded.
    signs.attribute("remote-candidates", 8),
    Sign("several crypto lines", 8, lambda traits: any(len(section.cryptos) > 1 for section in traits.media)),
    signs.attribute("pcfg", 8),
    Sign("several codecs", 2, lambda traits: any(count > 2 for count in traits.codec_counts)),
)
_ANSWER = (
    Sign("setup:active", 8, lambda traits: "active" in traits.setups),
    Sign("setup:passive", 8, lambda traits: "passive" in traits.setups),
    signs.attribute("acfg", 8),
    signs.attribute("ice-mismatch", 8),
    # RFC 4568 §5.1.2: an answer keeps the tag of the one line that it takes.
    Sign("crypto line taken from several", 8, lambda traits: any(_is_choice(s.cryptos) for s in traits.media)),
    Sign("m-section rejected", 2, _is_rejecting),
)
