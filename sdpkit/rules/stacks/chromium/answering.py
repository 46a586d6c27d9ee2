"""What Chromium answers to an offer that it took: which sections it rejects, and where its own answer fails."""

from collections.abc import Iterator

from sdpkit.codecs.h264 import ProfileLevelId
from sdpkit.finding import SDPError
from sdpkit.rules.stacks.chromium.applying import faults_of_fingerprint, lost_sections
from sdpkit.rules.stacks.chromium.exchange import Exchange
from sdpkit.rules.stacks.chromium.model import Codec, Group, Kind, Section, Session
from sdpkit.rules.stacks.chromium.text import integer

_PROTOCOLS = frozenset(
    f"{lower}{profile}"
    for lower, profiles in (
        ("", ("RTP/AVP", "RTP/AVPF", "RTP/SAVP", "RTP/SAVPF")),
        ("UDP/TLS/", ("RTP/SAVP", "RTP/SAVPF")),
        ("TCP/TLS/", ("RTP/SAVP", "RTP/SAVPF")),
    )
    for profile in profiles
)
"""TCP/DTLS/… is not among them, though RFC 8829 §5.1.2 wants it (measured)."""
_STATIC = {"pcmu": 0, "pcma": 8, "g722": 9}
_AUDIO = {
    ("opus", 48000, 2),
    ("g722", 8000, 1),
    ("pcmu", 8000, 1),
    ("pcma", 8000, 1),
    ("telephone-event", 48000, 1),
    ("telephone-event", 8000, 1),
}
"""What counts as a codec: comfort noise and red do not."""
_H264_PROFILES = ("Constrained Baseline", "Baseline", "Main", "High 4:4:4 Predictive")
_DYNAMIC = frozenset((*range(35, 66), *range(96, 128)))
"""The payload types that are known by their names; others mean what they mean."""


def rejected_by(session: Session) -> tuple[int, ...]:
    """The indices of the sections that the answer to a first offer rejects."""
    data = next((section for section in session.live if section.kind is Kind.DATA), None)
    return tuple(
        index
        for index, section in enumerate(session.sections)
        if section.has_port and section is not data and not _is_usable(section)
    )


def _is_usable(section: Section) -> bool:
    """Whether Chromium can take up a section; of those with data channels only the first, which is not asked for."""
    supports = _plays if section.kind is Kind.AUDIO else _shows
    known = section.is_media and section.protocol in _PROTOCOLS
    return known and any(map(supports, section.codecs.values()))


def _plays(codec: Codec) -> bool:
    """Whether Chromium has this audio codec. Channels are counted from one; clock rates must be equal."""
    name = codec.name.lower()
    known = codec.payload_type in _DYNAMIC or _STATIC.get(name) == codec.payload_type
    return known and (name, codec.clock_rate, max(codec.channels, 1)) in _AUDIO


def _shows(codec: Codec) -> bool:
    """Whether Chromium has this video codec, with these parameters."""
    parameters = codec.parameters
    if codec.payload_type not in _DYNAMIC:
        return False
    match codec.name.lower():
        case "vp8":
            return True
        case "vp9":
            return parameters.get("profile-id", "0") in ("0", "1", "2", "3")
        case "av1":
            return parameters.get("profile", "0") in ("0", "1")
        case "h264":
            mode = parameters.get("packetization-mode", "0")
            return mode in ("0", "1") and _shows_profile(parameters.get("profile-level-id", "42e01f"))
    return False


def _shows_profile(text: str) -> bool:
    """Whether Chromium has this profile of H.264; the level, if it is any, does not matter."""
    try:
        profile_level_id = ProfileLevelId.parse(text)
    except SDPError:
        return False
    return profile_level_id.profile in _H264_PROFILES and profile_level_id.level is not None


def faults_of_answer(exchange: Exchange) -> Iterator[str]:
    """Why createAnswer fails."""
    for section in exchange.new.sections:
        transport = section.transport
        if not section.rejected and transport.fingerprint is not None and transport.setup == "holdconn":
            yield "Failed to create transport answer, transport is missing"
        if section.kind is Kind.VIDEO:
            yield from _faults_of_repair(section)


def _faults_of_repair(section: Section) -> Iterator[str]:
    """The rtx codecs that name no codec; it shows here only in rejected sections, which nothing looked at before."""
    for codec in section.codecs.values():
        if codec.is_named("rtx") and "apt" in codec.parameters:
            apt = integer(codec.parameters["apt"])
            if apt is None:
                yield "Non-numeric argument to rtx apt parameter"
            elif apt not in section.codecs:
                yield "PT pointed to by rtx apt parameter does not exist"


def faults_of_local_answer(exchange: Exchange) -> Iterator[str]:
    """Why setLocalDescription fails with Chromium's own answer."""
    offer = exchange.new
    rejected = {offer.sections[index].mid for index in rejected_by(offer)}
    yield from lost_sections(offer, offer.group_by_mid.keys() | rejected, exchange)
    tags: dict[Group, str] = {}
    for section in offer.live:
        if section.mid in rejected:
            continue
        group = offer.group_by_mid.get(section.mid)
        if group is not None and _tag(group, tags, offer, rejected) != section.mid:
            if section.mid in offer.sharing:
                yield f"Failed to process the bundled m= section with mid='{section.mid}'."
            continue
        at = f"Failed to apply the description for m= section with mid='{section.mid}':"
        if exchange.tags.get(section.mid) in rejected:
            # the transport of the group went with its first section, and a new one knows nothing of the offer
            yield f"{at} Failed to setup RTCP mux."
        for text in faults_of_fingerprint(section.transport.fingerprint):
            yield f"{at} {text}"


def _tag(group: Group, tags: dict[Group, str], offer: Session, rejected: set[str]) -> str:
    """The first mid of a group in the answer, which leaves out what it rejects."""
    if group not in tags:
        live = (mid for mid in group.mids if mid not in rejected and not offer.by_mid[mid].rejected)
        tags[group] = next(live)
    return tags[group]
