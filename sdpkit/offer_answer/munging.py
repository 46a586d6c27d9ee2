"""What somebody has edited between createOffer or createAnswer and setLocalDescription, by libwebrtc's names.

libwebrtc looks for such edits (pc/sdp_munging_detector.cc), counts the first kind that it finds (SdpMungingType in
api/uma_metrics.h), and refuses some. Whether it refuses further ones depends on how a browser is configured.
"""

from collections.abc import Callable

import msgspec

from sdpkit.offer_answer.changes import Delta, Kind

UNKNOWN = "UnknownModification"


class Munging(msgspec.Struct, frozen=True):
    """A kind of edit: libwebrtc's number for it, what it is, and whether libwebrtc always refuses it."""

    number: int
    summary: str
    is_refused: bool = False


MUNGINGS = {
    "NumberOfContents": Munging(4, "m-sections added or removed", is_refused=True),
    "Mid": Munging(25, "another mid"),
    "DataChannelSctpInit": Munging(100, "the SCTP handshake that is sent ahead", is_refused=True),
    "DataChannelMaxMessageSize": Munging(101, "another max-message-size"),
    "DataChannelSctpPort": Munging(102, "another sctp-port"),
    "VideoCodecsRemoved": Munging(80, "video codecs removed; setCodecPreferences does that"),
    "VideoCodecsAddedWithRawPacketization": Munging(87, "video codecs added with a=packetization:raw"),
    "VideoCodecsAdded": Munging(81, "video codecs added"),
    "VideoCodecsLegacySimulcast": Munging(83, "simulcast by a=ssrc-group:SIM; sendEncodings does that"),
    "VideoCodecsFmtpH264SpsPpsIdrInKeyframe": Munging(84, "sps-pps-idr-in-keyframe switched on"),
    "AudioCodecsRemoved": Munging(60, "audio codecs removed; setCodecPreferences does that"),
    "AudioCodecsFmtpOpusStereo": Munging(68, "stereo of opus switched on"),
    "AudioCodecsAddedMultiOpus": Munging(63, "multiopus added"),
    "AudioCodecsAddedL16": Munging(64, "L16 added"),
    "AudioCodecsAdded": Munging(61, "audio codecs added"),
    "AudioCodecsRtcpFbAudioNack": Munging(65, "nack for audio added"),
    "AudioCodecsRtcpFbRrtr": Munging(72, "rrtr for audio added"),
    "AudioCodecsFmtpOpusFec": Munging(66, "useinbandfec of opus switched off"),
    "AudioCodecsFmtpOpusDtx": Munging(69, "usedtx of opus switched on"),
    "AudioCodecsFmtpOpusCbr": Munging(67, "cbr of opus switched on"),
    "RtcpMux": Munging(30, "rtcp-mux added or removed"),
    "AudioCodecsRtcpReducedSize": Munging(73, "rtcp-rsize of audio added or removed"),
    "VideoCodecsRtcpReducedSize": Munging(89, "rtcp-rsize of video added or removed"),
    "AudioCodecsReordered": Munging(62, "audio codecs in another order; setCodecPreferences does that"),
    "VideoCodecsReordered": Munging(82, "video codecs in another order; setCodecPreferences does that"),
    "PayloadTypes": Munging(26, "codecs renumbered"),
    "AudioCodecsFmtp": Munging(70, "other format parameters of audio codecs"),
    "VideoCodecsFmtp": Munging(85, "other format parameters of video codecs"),
    "AudioCodecsRtcpFb": Munging(71, "other RTCP feedback of audio codecs"),
    "VideoCodecsRtcpFb": Munging(86, "other RTCP feedback of video codecs"),
    "VideoCodecsModifiedWithRawPacketization": Munging(88, "a=packetization:raw added or removed"),
    "Direction": Munging(29, "another direction; transceiver.direction does that"),
    "Sframe": Munging(35, "a=sframe added or removed", is_refused=True),
    "Ssrcs": Munging(27, "other ssrcs"),
    "MsidStream": Munging(36, "another stream in a=msid; setStreams does that"),
    "MsidTrack": Munging(37, "another track in a=msid"),
    "RtpHeaderExtensionAdded": Munging(41, "header extensions added; setHeaderExtensionsToNegotiate does that"),
    "RtpHeaderExtensionRemoved": Munging(40, "header extensions removed; setHeaderExtensionsToNegotiate does that"),
    "RtpHeaderExtensionModified": Munging(42, "other ids of header extensions"),
    "Cryptex": Munging(43, "a=cryptex added or removed", is_refused=True),
    "Bandwidth": Munging(34, "another b=, which has no effect in the local description"),
    "IceUfrag": Munging(22, "another ufrag"),
    "IcePwd": Munging(21, "another ICE password"),
    "IceMode": Munging(23, "ice-lite added or removed"),
    "DtlsSetup": Munging(24, "another DTLS role"),
    "IceOptionsRenomination": Munging(28, "the ICE option renomination added"),
    "IceOptionsTrickle": Munging(31, "the ICE option trickle removed"),
    "IceOptionsSped": Munging(110, "the ICE option sped added or removed", is_refused=True),
    "IceOptions": Munging(20, "other ICE options"),
    "IceCandidateCount": Munging(32, "candidates added or removed"),
    "Bundle": Munging(33, "another BUNDLE group"),
    UNKNOWN: Munging(1, "something else that libwebrtc writes"),
}
"""The kinds that two texts can show, in the order in which libwebrtc looks for them in an m-section.

What they cannot show is a description that no createOffer (3) or createAnswer (2) has made, and one that cannot be
read (5).
"""

_BY_SUBJECT = {
    "mid": "Mid",
    "sctp-init": "DataChannelSctpInit",
    "max-message-size": "DataChannelMaxMessageSize",
    "sctp-port": "DataChannelSctpPort",
    "rtcp-mux": "RtcpMux",
    "payload-type": "PayloadTypes",
    "packetization": "VideoCodecsModifiedWithRawPacketization",
    "direction": "Direction",
    "sframe": "Sframe",
    "ssrc": "Ssrcs",
    "extension-id": "RtpHeaderExtensionModified",
    "cryptex": "Cryptex",
    "bandwidth": "Bandwidth",
    "ice-ufrag": "IceUfrag",
    "ice-pwd": "IcePwd",
    "ice-lite": "IceMode",
    "setup": "DtlsSetup",
    "candidate": "IceCandidateCount",
    "bundle": "Bundle",
}
_BY_MEDIA_KIND = {
    "codec-order": "CodecsReordered",
    "format-order": "CodecsReordered",
    "rtcp-rsize": "CodecsRtcpReducedSize",
}
_KEPT = {
    "session-id",
    "session-version",
    "rejection",
    "media-kind",
    "protocol",
    "format",
    "extmap-allow-mixed",
    "simulcast",
    "rid",
    "ssrc-attribute",
    "candidate-address",
    "candidate-port",
    "candidate-priority",
    "candidate-foundation",
    "candidate-related",
    "fingerprint",
}
"""What libwebrtc keeps without a kind of its own; it does not see what it does not keep."""
_KEPT_ATTRIBUTES = {"ptime", "maxptime", "rtcp-fb", "rtcp-xr", "x-google-flag"}
"""The attributes without a subject of their own that it keeps."""
_SWITCHES = {
    ("opus", "stereo"): ("AudioCodecsFmtpOpusStereo", True),
    ("opus", "useinbandfec"): ("AudioCodecsFmtpOpusFec", False),
    ("opus", "usedtx"): ("AudioCodecsFmtpOpusDtx", True),
    ("opus", "cbr"): ("AudioCodecsFmtpOpusCbr", True),
    ("h264", "sps-pps-idr-in-keyframe"): ("VideoCodecsFmtpH264SpsPpsIdrInKeyframe", True),
}
"""Format parameters with a kind of their own, and whether it is about switching them on or off."""


def munging_of(delta: Delta, media_kind: str) -> str | None:
    """The kind of an edit in an m-section of audio, video or application; None where libwebrtc does not see it."""
    media = "Audio" if media_kind == "audio" else "Video"
    if delta.what in _SPECIAL:
        return _SPECIAL[delta.what](delta, media)
    if delta.what in _BY_MEDIA_KIND:
        return media + _BY_MEDIA_KIND[delta.what]
    is_kept = delta.what in _KEPT or (delta.what == "attribute" and delta.item in _KEPT_ATTRIBUTES)
    return _BY_SUBJECT.get(delta.what) or (UNKNOWN if is_kept else None)


def _section(delta: Delta, _: str) -> str:
    return "NumberOfContents" if delta.kind in (Kind.ADDED, Kind.REMOVED) else "Mid"


def _codec(delta: Delta, media: str) -> str:
    if delta.kind is Kind.ADDED:
        special = {"multiopus": "AddedMultiOpus", "l16": "AddedL16"} if media == "Audio" else {}
        name = (delta.new.value or "").partition("/")[0].lower()
        return f"{media}Codecs{special.get(name, 'Added')}"
    return f"{media}Codecs{'Removed' if delta.kind is Kind.REMOVED else 'Fmtp'}"


def _parameter(delta: Delta, media: str) -> str:
    codec, *_, parameter = delta.item.lower().split(" ")
    kind, on = _SWITCHES.get((codec, parameter), (None, True))
    was, is_now = delta.old.value == "1", delta.new.value == "1"
    return kind if kind and (was, is_now) == (not on, on) else f"{media}CodecsFmtp"


def _feedback(delta: Delta, media: str) -> str:
    special = {"nack": "AudioCodecsRtcpFbAudioNack", "rrtr": "AudioCodecsRtcpFbRrtr"} if media == "Audio" else {}
    return special.get(delta.new.value or "", f"{media}CodecsRtcpFb")


def _extension(delta: Delta, _: str) -> str:
    kinds = {Kind.ADDED: "RtpHeaderExtensionAdded", Kind.REMOVED: "RtpHeaderExtensionRemoved"}
    return kinds.get(delta.kind, UNKNOWN)  # libwebrtc compares only the ids


def _ice_options(delta: Delta, _: str) -> str:
    before, after = (set((said.value or "").split()) for said in (delta.old, delta.new))
    if "renomination" in after - before:
        return "IceOptionsRenomination"
    if "trickle" in before - after:
        return "IceOptionsTrickle"
    return "IceOptionsSped" if "sped" in before ^ after else "IceOptions"


def _msid(delta: Delta, _: str) -> str:
    streams = [(said.value or "").partition(" ")[0] for said in (delta.old, delta.new)]
    return "MsidTrack" if streams[0] == streams[1] else "MsidStream"


def _ssrc_group(delta: Delta, _: str) -> str:
    was, is_now = ((said.value or "").startswith("SIM ") for said in (delta.old, delta.new))
    return "VideoCodecsLegacySimulcast" if is_now and not was else UNKNOWN


_SPECIAL: dict[str, Callable[[Delta, str], str]] = {
    "section": _section,
    "codec": _codec,
    "format-parameter": _parameter,
    "feedback": _feedback,
    "extension": _extension,
    "ice-options": _ice_options,
    "msid": _msid,
    "ssrc-group": _ssrc_group,
}
"""Where it depends on what has changed, and on the kind of media."""
