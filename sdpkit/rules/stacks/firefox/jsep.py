"""What JSEP, Firefox's part for offers and answers, checks and answers."""

from collections.abc import Iterator

from sdpkit.rules.stacks.firefox.attributes import Extension, Rtpmap
from sdpkit.rules.stacks.firefox.description import Description, RefusedError, Section

_FORBIDDEN = {1, 2, 19, *range(64, 96)}
"""The payload types that are reserved."""
_LONGEST_MID = 16
_EXTENSION_IDS = range(1, 15)
_WITH_RTCP = {"RTP/SAVPF", "UDP/TLS/RTP/SAVPF", "TCP/DTLS/RTP/SAVPF"}
"""The transports for which Firefox thinks of RTCP."""
_DIGESTS = {"sha-1": 20, "sha-224": 28, "sha-256": 32, "sha-384": 48, "sha-512": 64}
"""The algorithms of fingerprints that Firefox can compute, with the bytes of their values."""
_ALGORITHMS = {*_DIGESTS, "md5", "md2"}
"""Those that it lets pass; DTLS fails later with the others."""
_UNSUPPORTED = "unsupported until 2-byte rtp header extensions are supported in webrtc.org"


def check_limits(description: Description) -> None:
    """What Firefox's own parts cannot do. Raises RefusedError, as all checks do."""
    for level, section in enumerate(description.sections):
        if not section.is_disabled:
            _check_mid(section)
            _check_extensions(section, level)
            if section.kind != "application":
                for payload_type in section.formats:
                    _check_payload_type(payload_type, level)


def _check_mid(section: Section) -> None:
    if len(section.mid or "") > _LONGEST_MID:
        raise RefusedError(f"Invalid description, mid length greater than {_LONGEST_MID} {_UNSUPPORTED}")


def _check_extensions(section: Section, level: int) -> None:
    seen: set[int] = set()
    for id in (extension.id for extension in section.all("extmap")):
        if id not in _EXTENSION_IDS:
            raise RefusedError(
                f"Description contains invalid extension id {id} on level {level} which is {_UNSUPPORTED}"
            )
        if id in seen:
            raise RefusedError(f"Description contains duplicate extension id {id} on level {level}")
        seen.add(id)


def _check_payload_type(payload_type: str, level: int) -> None:
    if int(payload_type) > 127:
        raise RefusedError(f'audio/video payload type "{payload_type}" is too large at level {level}')
    if int(payload_type) in _FORBIDDEN:
        raise RefusedError(f'Illegal audio/video payload type "{payload_type}" at level {level}')


def _bundled(description: Description) -> dict[str, Section]:
    """The section that carries each mid of the BUNDLE groups."""
    bundled: dict[str, Section] = {}
    sections = description.by_mid()
    for semantics, mids in description.session.own("group"):
        if semantics != "BUNDLE" or not mids:
            continue
        carrier = sections.get(mids[0])
        what = "mid specified for bundle transport in group attribute"
        if carrier is None:
            raise RefusedError(f"{what} does not exist in the SDP. (mid={mids[0]})")
        if carrier.is_disabled:
            raise RefusedError(f"{what} points at a disabled m-section. (mid={mids[0]})")
        for mid in mids:
            if mid in bundled:
                raise RefusedError(f"mid '{mid}' appears more than once in a BUNDLE group")
            bundled[mid] = carrier
    return bundled


def _owns_transport(section: Section, bundled: dict[str, Section], type: str) -> bool:
    """Whether a section needs ICE and DTLS of its own."""
    if section.is_disabled:
        return False
    if section.mid is None or (type == "offer" and not section.own("bundle-only")):
        return True
    return bundled.get(section.mid, section) is section


def check_transports(description: Description, type: str) -> None:
    """The ICE credentials, fingerprint and setup of each section that needs them, then RTCP multiplexing."""
    bundled = _bundled(description)
    for level, section in enumerate(description.sections):
        if _owns_transport(section, bundled, type):
            _check_transport(section, level, type)
    for level, section in enumerate(description.sections):
        if not section.is_disabled and section.transport in _WITH_RTCP and not section.own("rtcp-mux"):
            raise RefusedError(f"m-section at level {level} is missing a=rtcp-mux, which is required by rtcpMuxPolicy")


def _check_transport(section: Section, level: int, type: str) -> None:
    for name, shortest in (("ice-ufrag", 4), ("ice-pwd", 22)):
        value = section.first(name)
        if not value:
            raise RefusedError(f"Invalid description, no {name} attribute at level {level}")
        if len(value) < shortest:
            raise RefusedError(f"Invalid description, {name} is too short at level {level}")
        if "$" in value:
            raise RefusedError(f"Invalid description, {name} contains invalid characters at level {level}")
    if not section.all("fingerprint"):
        raise RefusedError(f"Invalid description, no fingerprint attribute at level {level}")
    if not any(algorithm in _ALGORITHMS for algorithm, _ in section.all("fingerprint")):
        raise RefusedError(f"Invalid description, no supported fingerprint algorithms present at level {level}")
    setup = section.first("setup")
    if setup == "holdconn":
        raise RefusedError(f'Invalid description, illegal setup attribute "holdconn" at level {level}')
    if type == "answer" and setup == "actpass":
        raise RefusedError(f'Invalid answer, illegal setup attribute "actpass" at level {level}')
    if type == "offer" and setup is None:
        raise RefusedError(f"Invalid offer, no setup attribute at level {level}")


def check_against_previous(new: Description, previous: Description) -> None:
    """What a new remote description must keep of the one before."""
    if len(previous.sections) > len(new.sections):
        raise RefusedError("New remote description has fewer m-sections than the previous remote description.")
    negotiated = dict(_negotiated_extensions(previous))
    for extension in (extension for section in new.sections for extension in section.all("extmap")):
        uri = negotiated.get(extension.id, extension.uri)
        if uri != extension.uri:
            raise RefusedError(
                f"Remote description attempted to remap RTP extension id {extension.id} from {uri} to {extension.uri}"
            )
    _bundled(new)
    restarts: set[bool] = set()
    for level, (before, after) in enumerate(zip(previous.sections, new.sections, strict=False)):
        if before.is_disabled or after.is_disabled:
            continue
        if before.kind != after.kind:
            raise RefusedError(
                f"Remote description changes the media type of m-line {level}; media type changes are only permitted "
                "when the m-section was previously disabled"
            )
        restarts.add(any(before.first(name) != after.first(name) for name in ("ice-ufrag", "ice-pwd")))
        if len(restarts) > 1:
            raise RefusedError(
                "Partial ICE restart is unsupported at this time (new remote description changes either the "
                "ice-ufrag or ice-pwd on fewer than all msections)"
            )


_AUDIO_EXTENSIONS = {
    "urn:ietf:params:rtp-hdrext:ssrc-audio-level": "sendrecv",
    "urn:ietf:params:rtp-hdrext:csrc-audio-level": "recvonly",
}
_VIDEO_EXTENSIONS = {
    "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time": "sendrecv",
    "urn:ietf:params:rtp-hdrext:toffset": "sendrecv",
    "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay": "recvonly",
}
_COMMON_EXTENSIONS = {
    "urn:ietf:params:rtp-hdrext:sdes:mid": "sendrecv",
    "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01": "sendrecv",
}
_EXTENSIONS = {
    "audio": _AUDIO_EXTENSIONS | _COMMON_EXTENSIONS,
    "video": _VIDEO_EXTENSIONS | _COMMON_EXTENSIONS,
    "application": {},
}
"""The header extensions that Firefox has, by the kind of media, with the directions in which it uses them."""


_ANSWERED = {"sendrecv": ("sendrecv", "sendonly", "recvonly"), "recvonly": ("sendrecv", "sendonly")}
"""The directions of an offered extension that go together with Firefox's own one."""


def _negotiated_extensions(offer: Description) -> Iterator[tuple[int, str]]:
    """The header extensions of an offer that Firefox answers."""
    for section in offer.sections:
        if section.is_disabled or not _has_codec(section):
            continue
        for extension in section.all("extmap"):
            if extension.direction in _ANSWERED.get(_EXTENSIONS[section.kind].get(extension.uri, ""), ()):
                yield extension.id, extension.uri


def check_answer(answer: Description, offer: Description | None) -> None:
    """What must be right in an answer; `offer` is what Firefox had sent, if that is known."""
    if offer is not None and len(offer.sections) != len(answer.sections):
        counts = f"({len(offer.sections)} vs {len(answer.sections)})"
        raise RefusedError(f"Offer and answer have different number of m-lines {counts}")
    check_transports(answer, "answer")
    if offer is not None:
        known = offer.by_mid() | answer.by_mid()
        for level, (offered, answered) in enumerate(zip(offer.sections, answer.sections, strict=True)):
            _check_answered(offered, answered, level)
        for mid in _bundled(answer):
            if mid not in known:
                raise RefusedError(f"No transceiver for bundled mid {mid}")
    for level, section in enumerate(answer.sections):
        if not section.is_disabled and not _has_codec(section):
            raise RefusedError(f"Answer had no codecs in common with offer in m-section {level}")


def _check_answered(offer: Section, answer: Section, level: int) -> None:
    if offer.kind != answer.kind:
        raise RefusedError(f"Answer and offer have different media types at m-line {level}")
    if answer.is_disabled:
        return
    if offer.is_disabled:
        raise RefusedError("Answer tried to enable an m-section that was disabled in the offer")
    if not offer.is_sending and answer.is_receiving:
        raise RefusedError("Answer tried to set recv when offer did not set send")
    if not offer.is_receiving and answer.is_sending:
        raise RefusedError("Answer tried to set send when offer did not set recv")
    if offer.mid is not None and answer.mid is not None and offer.mid != answer.mid:
        raise RefusedError(f"Answer changes mid for level, was '{offer.mid}', now '{answer.mid}'")
    _check_answered_extensions(offer.all("extmap"), answer.all("extmap"), level)


def _check_answered_extensions(offered: list[Extension], answered: list[Extension], level: int) -> None:
    if answered and not offered:
        raise RefusedError(f"Answer adds extmap attributes to level {level}")
    for extension in answered:
        old = next((other for other in offered if other.uri == extension.uri), None)
        if old is None:
            raise RefusedError(f"Answer has extmap {extension.uri} at level {level} that was not present in offer.")
        if old.id != extension.id:
            raise RefusedError(
                f"Answer changed id for extmap attribute at level {level} ({old.uri}) from {old.id} to {extension.id}."
            )


# What Firefox answers

_CODECS = {
    "audio": {
        ("opus", 48000, 2),
        ("g722", 8000, 1),
        ("pcmu", 8000, 1),
        ("pcma", 8000, 1),
        ("telephone-event", 8000, 1),
    },
    "video": {("vp8", 90000, 0), ("vp9", 90000, 0), ("av1", 90000, 0)},
}
"""Names, clock rates and channels; video has none. H.264 is only there with its plug-in."""
_STATIC_CODECS = {"0", "8", "9"}
"""The payload types that Firefox knows without an a=rtpmap: PCMU, PCMA, G722."""


def _has_codec(section: Section) -> bool:
    """Whether Firefox has any codec of a section."""
    if section.kind == "application":
        return _has_data_channel(section)
    rtpmaps = {str(rtpmap.payload_type): rtpmap for rtpmap in reversed(section.own("rtpmap"))}
    return any(_is_known(section.kind, payload_type, rtpmaps.get(payload_type)) for payload_type in section.formats)


def _is_known(kind: str, payload_type: str, rtpmap: Rtpmap | None) -> bool:
    if rtpmap is None:
        return kind == "audio" and payload_type in _STATIC_CODECS
    channels = rtpmap.channels if kind == "audio" else 0
    return (rtpmap.name.lower(), rtpmap.clock_rate, channels) in _CODECS[kind]


def _has_data_channel(section: Section) -> bool:
    """Either with a=sctp-port, or as it was in drafts with a=sctpmap."""
    if section.formats[0].lower() == "webrtc-datachannel" and next(iter(section.own("sctp-port")), 0):
        return True
    return next(iter(section.own("sctpmap")), "").lower() == "webrtc-datachannel"


def rejected_by(offer: Description) -> tuple[int, ...]:
    """The sections that createAnswer rejects. A second data section would take the transceiver of the first."""
    data = [level for level, section in enumerate(offer.sections) if section.kind == "application"]
    if len(data) > 1:
        raise RefusedError(f"No transceiver for level {data[0]}")
    sections = enumerate(offer.sections)
    return tuple(level for level, section in sections if not section.is_disabled and not _has_codec(section))


def obstacle_of(description: Description, rejected: tuple[int, ...] = ()) -> str | None:
    """Why nothing will come of it although it is accepted."""
    live = [section for section in description.sections if not section.is_disabled]
    if description.sections and not live:
        return "every m-section is rejected"
    if live and len(rejected) == len(live):
        return "Firefox rejects every m-section: it has none of the codecs"
    if live and not any(map(_has_digest, live)):
        return "DTLS fails: no fingerprint can be one of the other side's certificate"
    return None


def _has_digest(section: Section) -> bool:
    """Whether one of the fingerprints could be the right one."""
    fingerprints = section.all("fingerprint")
    return any(_DIGESTS.get(algorithm) == value.count(":") + 1 for algorithm, value in fingerprints)
