"""Which codecs two m-sections agree on (RFC 3264 §6.1)."""

from typing import NamedTuple

import msgspec

from sdpkit.codecs.codec import Codec, Feedback
from sdpkit.codecs.red import RedParameters
from sdpkit.codecs.rtx import RtxParameters
from sdpkit.codecs.telephone_event import Events, TelephoneEventParameters
from sdpkit.offer_answer.agreement import AgreedCodec
from sdpkit.offer_answer.levels import agreed_levels
from sdpkit.offer_answer.matching import is_media, matches
from sdpkit.sdp.media import MediaDescription


class CodecPair(NamedTuple):
    """One codec as each side has written it."""

    offered: Codec
    answered: Codec

    @property
    def is_usable(self) -> bool:
        """Whether it carries audio or video by itself."""
        return is_media(self.answered)

    def __str__(self) -> str:
        return f"{self.answered.name} {self.offered.payload_type}→{self.answered.payload_type}"


def pair_codecs(offered: MediaDescription, answered: MediaDescription) -> tuple[CodecPair, ...]:
    """The codecs that both sections have, in the answer's order.

    Those that refer to others, as rtx and red do, count only where these are agreed too. `feedback` and `rtx` are what
    both have (RFC 4585 §4.2, RFC 4588 §8.6).
    """
    theirs, ours = _by_number(offered), _by_number(answered)
    found = matches(offered, answered)
    for name in ("red", "rtx"):  # an rtx may be one of red
        lost = [
            number
            for number, other in found.items()
            if ours[number].name.lower() == name and not _refer_alike(theirs[other], ours[number], found)
        ]
        for number in lost:
            del found[number]
    return tuple(_with_shared(theirs[other], ours[number], found) for number, other in found.items())


def _with_shared(offered: Codec, answered: Codec, found: dict[int, int]) -> CodecPair:
    """A pair, with the feedback and the retransmission that both sides have."""
    kinds = set(offered.feedback).intersection(answered.feedback)
    repaired = answered.rtx is not None and found.get(answered.rtx) == offered.rtx
    return CodecPair(*(_reduced(codec, kinds, repaired) for codec in (offered, answered)))


def _reduced(codec: Codec, kinds: set[Feedback], repaired: bool) -> Codec:
    feedback = tuple(kind for kind in codec.feedback if kind in kinds)
    return msgspec.structs.replace(codec, feedback=feedback, rtx=codec.rtx if repaired else None)


def codecs_of(section: MediaDescription) -> tuple[Codec, ...]:
    """The codecs of a section; audio has one channel where nothing is said (RFC 8866 §6.6)."""
    if section.kind.lower() != "audio":
        return section.codecs
    return tuple(msgspec.structs.replace(codec, channels=codec.channels or 1) for codec in section.codecs)


def _by_number(section: MediaDescription) -> dict[int, Codec]:
    return {codec.payload_type: codec for codec in codecs_of(section)}


def references(codec: Codec) -> tuple[int, ...]:
    """The payload types that a codec refers to: what an rtx sends again (RFC 4588 §8.6), what is in a red packet."""
    match codec.parameters:
        case RtxParameters(apt=int(apt)):
            return (apt,)
        case RedParameters(payload_types=types) if types is not None:
            return types.numbers
    return ()


def _refer_alike(offered: Codec, answered: Codec, found: dict[int, int]) -> bool:
    """Whether what two codecs refer to is agreed; of two lists as far as both go."""
    pairs = zip(references(offered), references(answered), strict=False)
    return all(found.get(ours) == theirs for theirs, ours in pairs)


def describe(pairs: tuple[CodecPair, ...]) -> tuple[AgreedCodec, ...]:
    """The agreed codecs as data."""
    names = {pair.answered.name.lower() for pair in pairs}
    rates = {pair.answered.clock_rate for pair in pairs if pair.is_usable}
    return tuple(
        AgreedCodec(
            name=pair.answered.name,
            clock_rate=pair.answered.clock_rate,
            channels=pair.answered.channels,
            offerer=pair.offered.payload_type,
            answerer=pair.answered.payload_type,
            feedback=pair.answered.feedback,
            rtx=pair.answered.rtx is not None,
            levels=agreed_levels(*pair),
            remark=_remark(pair, names, rates),
        )
        for pair in pairs
    )


def _remark(pair: CodecPair, names: set[str], rates: set[int]) -> str | None:
    """Why an agreed codec is of no use, given the names of all and the clock rates of those that carry media."""
    match pair.answered.name.lower():
        case "telephone-event" | "cn" if pair.answered.clock_rate not in rates:
            return "no agreed codec has its clock rate"
        case "telephone-event" if not _events(pair.offered) & _events(pair.answered):
            return "no event in common"
        case "ulpfec" if "red" not in names:
            return "it needs red, which was not agreed"
    return None


def _events(codec: Codec) -> frozenset[int]:
    """The telephone events of a codec; those of the keys where nothing is said (RFC 4733 §2.4.1)."""
    parameters = codec.parameters
    events = parameters.events if isinstance(parameters, TelephoneEventParameters) else None
    return (events or Events("0-15")).numbers
