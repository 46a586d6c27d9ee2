"""Which codecs of two m-sections are the same (RFC 3264 §6.1, and the payload format RFCs)."""

from collections import defaultdict, deque
from collections.abc import Hashable
from functools import lru_cache

from sdpkit.codecs.av1 import AV1Parameters
from sdpkit.codecs.codec import Codec
from sdpkit.codecs.h264 import H264Parameters, ProfileLevelId
from sdpkit.codecs.h265 import H265Parameters
from sdpkit.codecs.parameters import format_parameters
from sdpkit.codecs.rtx import RtxParameters
from sdpkit.codecs.vp9 import VP9Parameters
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.section import kept

HELPERS = {"rtx", "red", "ulpfec", "flexfec", "flexfec-03", "parityfec", "1d-interleaved-parityfec", "cn"}
HELPERS |= {"telephone-event", "tone"}
"""What carries no audio or video of its own."""


def is_media(codec: Codec) -> bool:
    """Whether it carries audio or video by itself."""
    return codec.name.lower() not in HELPERS


@kept
def meanings(section: MediaDescription) -> dict[int, Hashable]:
    """What the payload types of a section stand for: two are the same codec where these are equal.

    That is name, clock rate and channels, and the parameters without which a decoder cannot do: those of the profile.
    A retransmission or redundancy is that of a codec, whatever its payload type.
    """
    codecs = section.codecs
    own: dict[int, tuple[Hashable, ...]] = {
        codec.payload_type: (codec.name.lower(), *traits(codec).values()) for codec in codecs
    }
    return {codec.payload_type: (*own[codec.payload_type], *_of(codec, own)) for codec in codecs}


def matches(offered: MediaDescription, answered: MediaDescription) -> dict[int, int]:
    """For each payload type of the answer that means an offered codec, that of the offer, in the answer's order.

    The same number is preferred; otherwise they come in the offer's order, and each is used once.
    """
    theirs, ours = meanings(offered), meanings(answered)
    same = {number for number, meaning in ours.items() if theirs.get(number) == meaning}
    free: dict[Hashable, deque[int]] = defaultdict(deque)
    for number, meaning in theirs.items():
        if number not in same:
            free[meaning].append(number)
    found = {}
    for number, meaning in ours.items():
        if number in same:
            found[number] = number
        elif free[meaning]:
            found[number] = free[meaning].popleft()
    return found


def traits(codec: Codec) -> dict[str, Hashable]:
    """What must be equal in two codecs of one name for them to be the same, with the defaults where nothing is said."""
    name = codec.name.lower()
    channels = 2 if name == "opus" else codec.channels or 1  # RFC 7587 §7: always 2
    profile = _profile(codec) if name in _WITH_PROFILES else {}
    return {"clock rate": codec.clock_rate, "channels": channels, **profile}


_WITH_PROFILES = {"h264", "h265", "vp9", "av1"}


def _profile(codec: Codec) -> dict[str, Hashable]:
    match format_parameters(codec.name, codec.fmtp or ""):
        case H264Parameters() as h264:
            return {"profile": h264_profile(h264), "packetization-mode": h264.packetization_mode or 0}
        case H265Parameters() as h265:
            profile = 1 if h265.profile_id is None else h265.profile_id
            return {"profile-id": profile, "tier-flag": int(h265.tier_flag or 0), "tx-mode": h265.tx_mode or "SRST"}
        case VP9Parameters() as vp9:
            return {"profile-id": vp9.profile_id or 0}
        case AV1Parameters() as av1:
            return {"profile": av1.profile or 0}
    return {}


_BASELINE = "Constrained Baseline"
"""What stacks take H264 for that does not say its profile."""


def h264_profile(h264: H264Parameters) -> str:
    """The profile by its name, or the digits that say it; that which stacks assume where it is not said."""
    id = h264.profile_level_id
    return _BASELINE if id is None else _profile_name(id)


@lru_cache(maxsize=256)
def _profile_name(id: ProfileLevelId) -> str:
    """The profile of six digits; kept, because it takes a search and descriptions have the same few."""
    return id.profile or str(id)[:4].lower()


def _of(codec: Codec, own: dict[int, tuple[Hashable, ...]]) -> tuple[Hashable, ...]:
    """What a retransmission is of."""
    parameters = codec.parameters if codec.name.lower() == "rtx" else None
    apt = parameters.apt if isinstance(parameters, RtxParameters) else None
    return (own.get(apt, apt),) if apt is not None else ()
