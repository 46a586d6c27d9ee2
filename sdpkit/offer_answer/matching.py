"""Which codecs of two m-sections are the same (RFC 3264 §6.1, and the payload format RFCs)."""

from collections.abc import Hashable

from sdpkit.codecs.av1 import AV1Parameters
from sdpkit.codecs.codec import Codec
from sdpkit.codecs.h264 import H264Parameters
from sdpkit.codecs.h265 import H265Parameters
from sdpkit.codecs.rtx import RtxParameters
from sdpkit.codecs.vp9 import VP9Parameters
from sdpkit.sdp.media import MediaDescription

HELPERS = {"rtx", "red", "ulpfec", "flexfec", "flexfec-03", "parityfec", "1d-interleaved-parityfec", "cn"}
HELPERS |= {"telephone-event", "tone"}
"""What carries no audio or video of its own."""


def meanings(section: MediaDescription) -> dict[int, Hashable]:
    """What the payload types of a section stand for: two are the same codec where these are equal.

    That is name, clock rate and channels, and the parameters without which a decoder cannot do: those of the profile.
    A retransmission or redundancy is that of a codec, whatever its payload type.
    """
    codecs = section.codecs
    own = {codec.payload_type: _meaning(codec) for codec in codecs}
    return {codec.payload_type: (*own[codec.payload_type], *_of(codec, own)) for codec in codecs}


def _meaning(codec: Codec) -> tuple[Hashable, ...]:
    name = codec.name.lower()
    channels = 2 if name == "opus" else codec.channels or 1  # RFC 7587 §7: always 2, even where it is not said
    return (name, codec.clock_rate, channels, *_profile(codec))


def _profile(codec: Codec) -> tuple[Hashable, ...]:
    """The parameters that must be equal on both sides, with their defaults."""
    match codec.parameters:
        case H264Parameters() as h264:
            return h264_profile(h264), h264.packetization_mode or 0
        case H265Parameters() as h265:
            return 1 if h265.profile_id is None else h265.profile_id, h265.tier_flag or 0
        case VP9Parameters() as vp9:
            return (vp9.profile_id or 0,)
        case AV1Parameters() as av1:
            return (av1.profile or 0,)
    defaults: dict[str, tuple[Hashable, ...]] = {
        "h264": (_BASELINE, 0),
        "h265": (1, 0),
        "vp9": (0,),
        "av1": (0,),
    }
    return defaults.get(codec.name.lower(), ())


_BASELINE = "Constrained Baseline"
"""What stacks take H264 for that does not say its profile."""


def h264_profile(h264: H264Parameters) -> str:
    """The profile by its name, or the digits that say it; that which stacks assume where it is not said."""
    id = h264.profile_level_id
    return _BASELINE if id is None else id.profile or str(id)[:4].lower()


def _of(codec: Codec, own: dict[int, tuple[Hashable, ...]]) -> tuple[Hashable, ...]:
    """What a retransmission is of."""
    parameters = codec.parameters
    apt = parameters.apt if isinstance(parameters, RtxParameters) else None
    return (own.get(apt, apt),) if apt is not None else ()
