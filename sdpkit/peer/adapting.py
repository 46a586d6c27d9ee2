"""Descriptions as aiortc can read them, and its own as browsers can.

Each function is about one thing that aiortc 1.16 fails at, though the description is right. What sdpkit shows and
checks is what was carried; only aiortc gets what is made here.
"""

from aiortc import RTCRtpCodecParameters
from aiortc.codecs import CODECS
from aiortc.rtcpeerconnection import find_common_codecs
from aiortc.sdp import parameters_from_sdp

from sdpkit.ice.address import Scope, scope
from sdpkit.sdp.attributes.formats import Rtpmap
from sdpkit.sdp.attributes.grouping import Group
from sdpkit.sdp.decoding import decode
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import MediaDescription

_NOWHERE = "0.0.0.0"


def for_aiortc(description: SessionDescription) -> SessionDescription:
    """A copy that aiortc can take: the same session in the parts of SDP that it understands."""
    adapted = description.copy()
    for section in adapted.media:
        _say_in_section(section)
        _fill_rejected(section, adapted)
        _give_codec(section)
        section.lines = tuple(line for line in section.lines if _is_readable(line, section))
        _unmask(section)
    _share_candidates(adapted)
    return adapted


def _share_candidates(description: SessionDescription) -> None:
    """Of a bundle aiortc takes the candidates of the last section, and browsers write those of the first."""
    bundles = [set(group.mids) for group in description.groups if group.semantics == "BUNDLE"]
    for mids in bundles:
        sections = [section for section in description.media if section.mid in mids and not section.is_rejected]
        candidates = dict.fromkeys(candidate for section in sections for candidate in section.candidates)
        for section in sections:
            section.candidates = tuple(candidates)


def _say_in_section(section: MediaDescription) -> None:
    """What the session says for all sections: aiortc looks for the direction and the DTLS role in the section only."""
    if "RTP" in section.protocol and section.own_direction is None:
        section.direction = section.direction
    if "setup" not in section and section.dtls.setup is not None:
        section.set("setup", section.dtls.setup)


def _fill_rejected(section: MediaDescription, description: SessionDescription) -> None:
    """aiortc wants ICE and DTLS of a rejected section too, which Firefox leaves out, as it may (RFC 8843 §7.3.3)."""
    live = next((other for other in description.media if other.ice.ufrag and other.ice.pwd), None)
    if not section.is_rejected or section.ice.ufrag or live is None:
        return
    for name in ("ice-ufrag", "ice-pwd", "fingerprint", "setup"):
        if name not in section:
            section.set(name, *live.holding(name))
    section.rtcp_mux = True


def has_common_codec(section: MediaDescription) -> bool:
    """Whether aiortc has any of the codecs of a section; True for data, which has none."""
    if section.kind not in CODECS:
        return "RTP" not in section.protocol
    offered = [
        RTCRtpCodecParameters(
            mimeType=f"{section.kind}/{codec.name}",
            clockRate=codec.clock_rate,
            channels=codec.channels,
            payloadType=codec.payload_type,
            parameters=parameters_from_sdp(codec.fmtp or ""),
        )
        for codec in section.codecs
    ]
    return bool(find_common_codecs(CODECS[section.kind], offered))


_STAND_INS = {"audio": ("0", "PCMU/8000"), "video": ("96", "VP8/90000")}


def _give_codec(section: MediaDescription) -> None:
    """aiortc fails at an offer with a section of which it has no codec. It gets one, and the section is rejected."""
    if section.kind not in _STAND_INS or has_common_codec(section):
        return
    payload_type, meaning = _STAND_INS[section.kind]
    for name in ("rtpmap", "fmtp", "rtcp-fb"):
        section.remove(name)
    section.formats = (payload_type,)
    section.rtpmaps = (Rtpmap.parse(f"{payload_type} {meaning}"),)


def _is_readable(line: Line, section: MediaDescription) -> bool:
    """Whether aiortc can read a line; those it cannot are about what it would not use anyway."""
    name, _, value = line.text.removeprefix("a=").partition(":")
    match name:
        case "end-of-candidates":
            return False  # it would take no candidate after it, and make none itself: it is told later
        case "candidate":
            return decode(line) is not None
        case "extmap":
            return len(value.split()) == 2
        case "fmtp" | "rtcp-fb":
            return value.startswith("*") or section.codec(_number(value)) is not None
    return True


def _number(value: str) -> int:
    """The payload type that the value of an attribute begins with; -1 when there is none."""
    first = value.partition(" ")[0]
    return int(first) if first.isascii() and first.isdigit() and len(first) < 4 else -1


def _unmask(section: MediaDescription) -> None:
    """aiortc fails at default addresses that are no addresses; with ICE they mean nothing (RFC 8839 §4.3.1)."""
    section.lines = tuple(_unmasked(line) for line in section.lines)


def _unmasked(line: Line) -> Line | str:
    head, _, address = line.text.rpartition(" ")
    if not line.text.startswith(("c=IN ", "a=rtcp:")) or scope(address) not in (Scope.MASKED, Scope.MDNS, Scope.NAME):
        return line
    return f"{head.removesuffix(' IP4').removesuffix(' IP6')} IP4 0.0.0.0" if head.endswith((" IP4", " IP6")) else line


def from_aiortc(answer: SessionDescription, offer: SessionDescription) -> SessionDescription:
    """A copy of aiortc's answer in which what was not offered, or has no codec in common, is rejected.

    aiortc answers a section with port 0 as if it were a live one, and bundles it; browsers then refuse the answer.
    """
    adapted = answer.copy()
    for offered, section in zip(offer.media, adapted.media, strict=False):
        if offered.is_rejected or not has_common_codec(offered):
            _reject(section, offered)
    live = {section.mid for section in adapted.media if not section.is_rejected}
    groups = (Group(group.semantics, tuple(mid for mid in group.mids if mid in live)) for group in adapted.groups)
    adapted.groups = tuple(group for group in groups if group.mids)  # aiortc's group is empty where nothing is offered
    return adapted


def _reject(section: MediaDescription, offered: MediaDescription) -> None:
    """Port 0, with the offered formats (RFC 3264 §6)."""
    section.port = 0
    section.formats = offered.formats[:1] or section.formats
    section.rtpmaps = tuple(rtpmap for rtpmap in offered.rtpmaps if str(rtpmap.payload_type) in section.formats)
    for name in ("candidate", "end-of-candidates", "fmtp", "rtcp-fb", "ssrc", "ssrc-group", "msid", "extmap"):
        section.remove(name)
    if "RTP" in section.protocol:
        section.direction = "inactive"
