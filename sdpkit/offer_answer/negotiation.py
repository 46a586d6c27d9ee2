"""What an offer and its answer agree on (RFC 3264, RFC 8829 §5)."""

from collections.abc import Iterator
from itertools import zip_longest

from sdpkit.offer_answer.agreement import Negotiation
from sdpkit.offer_answer.sections import accepted_section, rejected_section
from sdpkit.offer_answer.transports import agreed_transports
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.parser import parse

_MaybePair = tuple[MediaDescription | None, MediaDescription | None]


def negotiate(offer: SessionDescription | str, answer: SessionDescription | str) -> Negotiation:
    r"""What an offer and its answer agree on, m-section by m-section.

    It never raises, whatever the two say: what cannot be read is as if it was not there. (A text beyond the limits of
    `parse` is refused there, with SDPError.) Whether the two are correct is for `validate` to say.

    M-sections belong together by their places (RFC 3264 §6); only where the answer has fewer, and all of them have
    mids of the offer, by these.

    >>> offer = "m=audio 9 RTP/AVP 111 0\r\na=rtpmap:111 opus/48000/2\r\na=sendrecv\r\n"
    >>> answer = "m=audio 9 RTP/AVP 0\r\na=recvonly\r\n"
    >>> (section,) = negotiate(offer, answer).sections
    >>> section.verdict
    'audio PCMU 0→0, offerer to answerer only'
    >>> section.offerer.direction, [codec.name for codec in section.offerer.codecs]
    ('sendonly', ['PCMU'])
    >>> section.dropped[0].reason
    'not in the answer'
    """
    offer, answer = (parse(each) if isinstance(each, str) else each for each in (offer, answer))
    pairs = _paired(offer.media, answer.media)
    rejected = {index: section for index, pair in enumerate(pairs) if (section := rejected_section(index, *pair))}
    accepted = {
        index: (offered, answered)
        for index, (offered, answered) in enumerate(pairs)
        if offered is not None and answered is not None and index not in rejected
    }
    found = agreed_transports(offer, answer, accepted)
    places = {index: place for place, transport in enumerate(found.transports) for index in transport.sections}
    live = {index: accepted_section(index, *pair, places[index]) for index, pair in accepted.items()}
    problems = found.problems if live else ("no m-section is accepted",)
    return Negotiation(
        sections=tuple(section for _, section in sorted((rejected | live).items())),
        transports=found.transports,
        dtls=found.transports[0].dtls if found.transports else None,
        ice=found.transports[0].ice if found.transports else None,
        bundle=found.bundle,
        problems=problems,
        notes=(*_notes(offer, answer, pairs), *found.notes),
        works=not problems and all(section.reason is None for section in live.values()),
    )


def _paired(offered: tuple[MediaDescription, ...], answered: tuple[MediaDescription, ...]) -> list[_MaybePair]:
    """The m-sections that belong together, in the order of the offer."""
    by_mid = {section.mid: section for section in answered if section.mid is not None}
    if len(by_mid) == len(answered) < len(offered) and by_mid.keys() <= {section.mid for section in offered}:
        return [(section, by_mid.get(section.mid or "")) for section in offered]
    return list(zip_longest(offered, answered))


def _notes(offer: SessionDescription, answer: SessionDescription, pairs: list[_MaybePair]) -> Iterator[str]:
    if len(answer.media) != len(offer.media):
        yield f"the offer has {len(offer.media)} m-sections, the answer {len(answer.media)}"
    for index, (offered, answered) in enumerate(pairs):
        if offered and answered and offered.mid and answered.mid and offered.mid != answered.mid:
            yield f"m-section {index}: mid {answered.mid} answers mid {offered.mid}"
        if offered and answered and "simulcast" in offered and "simulcast" not in answered and answered.port:
            yield f"m-section {index}: simulcast was offered and not taken; one stream is left"
