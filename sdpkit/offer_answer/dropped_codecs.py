"""Why codecs that only one side listed fell out."""

from collections.abc import Iterator
from itertools import chain

from sdpkit.codecs.codec import Codec
from sdpkit.offer_answer.agreement import DroppedCodec
from sdpkit.offer_answer.codec_agreement import CodecPair, references
from sdpkit.offer_answer.matching import traits
from sdpkit.sdp.media import MediaDescription


def dropped_codecs(
    offered: MediaDescription, answered: MediaDescription, pairs: tuple[CodecPair, ...]
) -> tuple[DroppedCodec, ...]:
    """The payload types that are not agreed, those of the offer first, each with the reason."""
    theirs = {pair.offered.payload_type for pair in pairs}
    ours = {pair.answered.payload_type for pair in pairs}
    return tuple(
        chain(
            _dropped("offerer", offered, theirs, "the answer", answered),
            _dropped("answerer", answered, ours, "the offer", offered),
        )
    )


def _dropped(
    by: str, own: MediaDescription, agreed: set[int], there: str, other: MediaDescription
) -> Iterator[DroppedCodec]:
    known = {codec.payload_type: codec for codec in own.codecs}
    for number in dict.fromkeys(int(format) for format in own.formats if _is_payload_type(format)):
        codec = known.get(number)
        if codec is None:
            yield DroppedCodec(by, number, None, "no a=rtpmap says what it is")
        elif number not in agreed:
            yield DroppedCodec(by, number, codec.name, _reason(codec, agreed, there, other))


def _is_payload_type(format: str) -> bool:
    return format.isascii() and format.isdigit() and len(format) < 4 and int(format) < 128


def _reason(codec: Codec, agreed: set[int], there: str, other: MediaDescription) -> str:
    """Why a codec is not agreed: what it refers to is not, or what else the other side has of that name."""
    if not agreed.issuperset(references(codec)):
        return "what it is for is not agreed"
    alike = [each for each in other.codecs if each.name.lower() == codec.name.lower()]
    if not alike:
        return f"not in {there}"
    differences = min((_differences(codec, each, there) for each in alike), key=len)
    if differences:
        return ", ".join(differences)
    numbers = " ".join(map(str, dict.fromkeys(references(codec))))
    return f"{there} has no {codec.name} for {numbers}" if numbers else f"{there} has fewer {codec.name} of this kind"


def _differences(codec: Codec, other: Codec, there: str) -> list[str]:
    """What two codecs of one name differ in, such as `profile High, in the answer Main`."""
    theirs = traits(other)
    return [
        f"{trait} {value}, in {there} {theirs.get(trait)}"
        for trait, value in traits(codec).items()
        if theirs.get(trait) != value
    ]
