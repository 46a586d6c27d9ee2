"""At which levels two sides may send video to each other."""

from sdpkit.codecs.av1 import AV1Parameters
from sdpkit.codecs.codec import Codec
from sdpkit.codecs.h264 import H264Parameters
from sdpkit.codecs.h265 import H265Parameters
from sdpkit.codecs.parameters import format_parameters
from sdpkit.offer_answer.agreement import Levels


def agreed_levels(offered: Codec, answered: Codec) -> Levels | None:
    """The highest levels at which each side may send a codec; None where it has no levels or they cannot be read.

    What a side writes is what it can receive. The level of AV1 is that and no more (AV1 RTP §7.2.1), so each side
    heeds the other's. That of H.264 and H.265 is negotiated: the lower one is for both (RFC 6184 §8.2.2, RFC 7798
    §7.2.2), unless both allow other levels each way, which only H.264 can say.
    """
    theirs, ours = (format_parameters(codec.name, codec.fmtp or "") for codec in (offered, answered))
    levels = _level(theirs), _level(ours)
    if levels[0] is None or levels[1] is None:
        return None
    if isinstance(theirs, AV1Parameters) or _both_ways(theirs, ours):
        return Levels(offerer=levels[1], answerer=levels[0])
    lower = min(levels, key=_height)
    return Levels(lower, lower)


def _both_ways(theirs: object, ours: object) -> bool:
    """Whether both say level-asymmetry-allowed=1."""
    return all(isinstance(each, H264Parameters) and each.level_asymmetry_allowed for each in (theirs, ours))


def _level(parameters: object) -> str | None:
    match parameters:
        case H264Parameters(profile_level_id=None):
            return "3.1"  # the RFC has level 1, but stacks take 42e01f
        case H264Parameters(profile_level_id=id):
            return id.level if id else None
        case H265Parameters(level_id=None):
            return "3.1"  # 93, RFC 7798 §7.1
        case AV1Parameters(level_idx=None):
            return "3.1"  # 5, AV1 RTP §7.2
        case H265Parameters() | AV1Parameters():
            return parameters.level
    return None


def _height(level: str | None) -> float:
    """Levels as numbers in their order; 1b is between 1 and 1.1 (H.264 table A-1)."""
    return 1.05 if level == "1b" else float(level or 0)
