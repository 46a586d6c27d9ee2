"""Which program wrote a description. To add one, add a row to `_MAKERS`."""

from collections.abc import Iterable

import msgspec

from sdpkit.ice.priority import Priority
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.inference import signs
from sdpkit.sdp.inference.signs import Guess, Sign, Traits
from sdpkit.sdp.inference.types import NEITHER

_ENOUGH = 3  # the weight that a maker's signs need together


def infer_maker(description: SessionDescription) -> Guess:
    r"""Which program wrote a description; or at least what kind of device, when only that can be told.

    All that has libwebrtc inside (Chrome, Edge, Safari, Electron, react-native …) writes alike: it is "libwebrtc".

    >>> from sdpkit import parse
    >>> infer_maker(parse("v=0\r\no=- 4 4 IN IP4 192.0.2.1\r\ns=Asterisk\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n"))
    Guess(value='Asterisk', signs=('s=Asterisk',))
    """
    traits = Traits(description)
    guess = _best(_MAKERS, traits)
    return guess if guess.value else _best(_KINDS, traits)


class _Maker(msgspec.Struct, frozen=True):
    """A program by its signs. When it has `required` signs, the others count only together with one of those."""

    name: str
    signs: tuple[Sign, ...] = ()
    required: tuple[Sign, ...] = ()


def _best(makers: Iterable[_Maker], traits: Traits) -> Guess:
    """The maker whose signs weigh most; none when they weigh too little, or as much as another's."""
    guesses = [(_signs_of(maker, traits), maker.name) for maker in makers]
    (found, name), (others, _) = sorted(guesses, key=lambda guess: -signs.weight(guess[0]))[:2]
    if signs.weight(found) < _ENOUGH or signs.weight(found) == signs.weight(others):
        return Guess(None)
    return Guess(name, signs.phrases(found))


def _signs_of(maker: _Maker, traits: Traits) -> tuple[Sign, ...]:
    required = signs.found(maker.required, traits)
    return () if maker.required and not required else required + signs.found(maker.signs, traits)


_ICE = "[A-Za-z0-9+/]"
_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_RTPBIN = signs.cname(
    "user[0-9]{1,10}@host-[0-9a-f]{1,8}", "cname user…@host-…", 2
)  # GStreamer's rtpbin, Kurento's too
_LIBNICE = signs.priority("libnice priority", 1, lambda priority: priority.type_preference == 120)
_NULL = "0.0.0.0"
_ADDRESS_RANKS = {1, 10, 20, 30, 40, 50, 60}


def _is_libwebrtc(priority: Priority) -> bool:
    """Its local preference is the interface, from 127 down or 0, and the rank of the address (RFC 6724)."""
    interface, rank = divmod(priority.local_preference, 256)
    return priority.type_preference == 126 and interface <= 127 and rank in _ADDRESS_RANKS


def _is_plain(priority: Priority) -> bool:
    """What RFC 8445 §5.1.2.2 recommends for a host with one address, used for all of them."""
    return (priority.type_preference, priority.local_preference) == (126, 65535)


def _has_three_fingerprints(traits: Traits) -> bool:
    functions = [[each.hash_function for each in section.get_all("fingerprint")] for section in traits.media]
    return ["sha-256", "sha-384", "sha-512"] in functions


def _is_sipp(traits: Traits) -> bool:
    """The session id of the scenarios that come with SIPp."""
    return traits.user == "user1" and traits.origin is not None and traits.origin.session_id == 53655765


def _is_telephony(traits: Traits) -> bool:
    """A telephone codec in RTP to one address, with its keys in the clear or none at all, and no RTSP."""
    plain = (section for section in traits.media if section.protocol in _PLAIN_RTP)
    names = {name for section in plain for name in signs.codecs_of(section)}
    return not names.isdisjoint(_TELEPHONE_CODECS) and not signs.found(NEITHER, traits)


def _uses(traits: Traits, protocol: str) -> bool:
    return any(protocol in section.protocol.upper() for section in traits.media)


_PLAIN_RTP = {"RTP/AVP", "RTP/AVPF", "RTP/SAVP"}
_TELEPHONE_CODECS = {"PCMU", "PCMA", "G729", "G722", "GSM", "iLBC", "AMR", "AMR-WB", "EVS"}
_PION = (
    signs.semantic("WMS*", 4, lambda semantic: semantic.semantic == "WMS*"),
    signs.origin("o=- <64 bit> <unix time>", 2, _NULL, lambda id, version: id > 2**32 and 10**9 < version < 2**32),
    signs.credentials("[A-Za-z]{16}", "[A-Za-z]{32}", "ufrag of 16 letters, pwd of 32", 3),
    signs.order("setup mid ice-ufrag ice-pwd", 2),
    signs.order("sctp-port ice-ufrag ice-pwd", 2),
    signs.priority("priority 126 | 65535", 1, _is_plain),
    signs.session_attribute("fingerprint"),
)

_MAKERS = (
    # WebRTC: browsers and libraries
    _Maker(
        "libwebrtc",
        (
            signs.origin("o=- … IN IP4 127.0.0.1", 2, "127.0.0.1", lambda id, version: id > 2**45 and version > 1),
            signs.semantic(" WMS", 1, lambda semantic: semantic.gap == " " and semantic.streams != ("*",)),
            signs.candidate("network-id", 4, lambda candidate: candidate.network_id is not None),
            signs.candidate("network-cost", 2, lambda candidate: candidate.network_cost is not None),
            signs.candidate("generation", 1, lambda candidate: candidate.generation is not None),
            signs.priority("libwebrtc priority", 2, _is_libwebrtc),
            signs.credentials(f"{_ICE}{{4}}", f"{_ICE}{{24}}", "ufrag of 4, pwd of 24", 1),
            signs.credentials(f"{_ICE}{{16}}", f"{_ICE}{{24}}", "ufrag of 16, pwd of 24", 1),
            signs.order("ice-options fingerprint setup mid", 2),
            signs.order("ice-ufrag ice-pwd fingerprint setup mid", 1),  # before 2016
            signs.order("rtcp candidate ice-ufrag", 1),
            signs.cname(f"{_ICE}{{16}}", "cname of 16", 1),
            signs.attribute("x-google-flag", 4),
        ),
    ),
    _Maker(
        "Firefox",
        (
            signs.user("mozilla...THIS_IS_SDPARTA"),
            signs.user("Mozilla-SIPUA"),
            signs.credentials("[0-9a-f]{8}", "[0-9a-f]{32}", "ufrag of 8 hex digits, pwd of 32", 2),
            signs.order("ice-pwd ice-ufrag mid", 2),
            signs.cname(rf"\{{{_UUID}\}}", "cname {UUID}", 4),
            signs.msid(rf"(?:-|\{{{_UUID}\}}) \{{{_UUID}\}}", "msid {UUID}", 4),
            signs.priority("nICEr priority", 2, lambda p: p.type_preference == 126 and p.local_preference & 0xFF == 0),
            signs.session_attribute("direction"),
            signs.session_attribute("fingerprint"),
        ),
    ),
    _Maker(
        "aiortc",
        (
            signs.origin("o=- <NTP time> twice", 2, _NULL, lambda id, version: id == version > 3 * 10**9),
            signs.semantic("WMS *", 1, lambda semantic: not semantic.gap and semantic.streams == ("*",)),
            signs.foundation("[0-9a-f]{32}", "foundation of 32 hex digits", 4),
            signs.credentials("[A-Za-z0-9]{4}", "[A-Za-z0-9]{22}", "ufrag of 4, pwd of 22", 1),
            signs.order("ice-ufrag ice-pwd fingerprint setup", 1),
            signs.order("end-of-candidates ice-ufrag ice-pwd fingerprint", 2),
            Sign("fingerprints sha-256, sha-384, sha-512", 4, _has_three_fingerprints),
            signs.priority("priority 126 | 65535", 1, _is_plain),
        ),
    ),
    _Maker(
        "GStreamer",
        (
            signs.msid("[^ ]+ webrtctransceiver[0-9]{1,9}", "webrtctransceiver", 4),
            _RTPBIN,
            signs.credentials(f"{_ICE}{{32}}", f"{_ICE}{{32}}", "ufrag of 32, pwd of 32", 4),
            signs.origin("o=- <63 bit> 0", 1, _NULL, lambda id, version: id > 2**32 and version < 9),
            signs.order("setup ice-ufrag ice-pwd", 1),
            signs.order("mid fingerprint rtcp-mux-only", 2),
            signs.order("mid fingerprint", 1),
            signs.session_attribute("ice-options"),
            _LIBNICE,
        ),
    ),
    _Maker("Pion", _PION),
    _Maker(
        "LiveKit", _PION, (signs.msid("PA_[^ ]* [^ ]*", "msid PA_…", 4), signs.msid("[^ ]+ TR_[^ ]*", "msid TR_…", 4))
    ),
    _Maker(
        "libdatachannel",
        (
            Sign("o=rtc", 4, lambda traits: traits.user == "rtc"),
            Sign("ice-options:ice2,trickle", 4, lambda traits: "ice2,trickle" in traits.ice_options),
            signs.credentials(f"{_ICE}{{4}}", f"{_ICE}{{22}}", "ufrag of 4, pwd of 22", 1),
            signs.order("setup ice-ufrag ice-pwd candidate", 1),
            signs.semantic("WMS *", 1, lambda semantic: not semantic.gap and semantic.streams == ("*",)),
            # libjuice: all bits of the local preference below the family's are set
            signs.priority("libjuice priority", 2, lambda priority: priority.local_preference in {0x0FFF, 0x7FFF}),
            signs.session_attribute("fingerprint"),
        ),
    ),
    _Maker(
        "werift",
        (
            signs.credentials("[0-9a-f]{4}", "[0-9a-f]{22}", "ufrag of 4 hex digits, pwd of 22", 4),
            signs.foundation("[0-9a-f]{16,31}", "foundation in hex", 2),
            signs.candidate("ufrag in candidates", 2, lambda candidate: candidate.ufrag is not None),
            signs.order("ice-options fingerprint setup direction mid", 2),
            signs.origin("o=- <32 bit> 0", 1, _NULL, lambda id, version: id < 2**32 and version < 9),
            signs.cname(_UUID, "cname UUID", 1),
        ),
    ),
    _Maker("str0m", (signs.user("str0m-"),)),
    _Maker(
        "SIPSorcery",
        (
            signs.name("sipsorcery"),
            signs.credentials("[A-Z]{4}", "[A-Z]{24}", "ufrag of 4 capitals, pwd of 24", 4),
            signs.origin("o=- <16 bit> 0", 1, "127.0.0.1", lambda id, version: id < 2**16 and version < 9),
        ),
    ),
    _Maker("Edge (ORTC)", (signs.user("thisisadapterortc"),)),
    # WebRTC: servers
    _Maker(
        "mediasoup",
        (
            signs.user("mediasoup-client"),
            signs.foundation("(?:udp|tcp)candidate", "foundation udpcandidate", 4),
            signs.priority("priority 64 | …", 2, lambda priority: priority.type_preference == 64),
            signs.credentials("[0-9a-z]{16,32}", "[0-9a-z]{32}", "ufrag and pwd in small letters", 1),
            Sign("ice-options:renomination", 1, lambda traits: "renomination" in traits.ice_options),
            Sign("port 7", 1, lambda traits: any(section.port == 7 for section in traits.media)),
        ),
    ),
    _Maker(
        "Janus",
        (
            signs.cname("janus(?:audio|video)?", "cname janus", 4),
            signs.msid("janus janus[^ ]*", "msid janus", 4),
            Sign("msid-semantic: WMS janus", 4, lambda t: t.semantic is not None and t.semantic.streams == ("janus",)),
            signs.name("VideoRoom ", 3),
            signs.name("Mountpoint ", 3),
            signs.name("AudioBridge", 3),
            signs.order("mid rtcp-mux ice-ufrag ice-pwd ice-options", 2),
            _LIBNICE,
        ),
    ),
    _Maker("Kurento", (_RTPBIN, _LIBNICE), (signs.name("Kurento Media Server"),)),
    _Maker(
        "SRS",
        (
            signs.user("SRS/"),
            signs.name("SRSPublishSession"),
            signs.name("SRSPlaySession"),
            signs.credentials("[0-9a-z]{8}", "[0-9a-z]{32}", "ufrag of 8, pwd of 32 small letters", 1),
        ),
    ),
    _Maker(
        "Jitsi",
        (
            signs.origin("o=- <clock in ms>", 2, None, lambda id, version: 10**12 < id < 2**41),
            signs.credentials("[0-9a-z]{9,16}", "[0-9a-z]{20,26}", "ice4j ufrag and pwd", 1),
            signs.msid("mixedmslabel mixedlabel(?:audio|video)0", "msid mixedmslabel", 4),
        ),
    ),
    _Maker("Medooze", (signs.name("semantic-sdp"),)),
    _Maker("Licode", (signs.name("LicodeMCU"), signs.name("IntelWebRTCMCU"))),
    _Maker("OvenMediaEngine", (signs.user("OvenMediaEngine"),)),
    _Maker("Wowza", (signs.user("WowzaStreamingEngine"),)),
    # SIP
    _Maker(
        "Asterisk",
        (
            signs.name("Asterisk"),
            Sign("o=root", 1, lambda traits: traits.user == "root"),
            signs.foundation("[HSR][0-9a-f]{1,8}", "foundation H…", 1),
            signs.attribute("maxptime", 1),
        ),
    ),
    _Maker("FreeSWITCH", (signs.user("FreeSWITCH"), signs.name("FreeSWITCH"))),
    _Maker(
        "Linphone", (signs.attribute("rtcp-xr", 1),), (signs.exact_name("Talk", 3), signs.exact_name("SIP Talk", 3))
    ),
    _Maker(
        "PJSIP",
        (signs.foundation("[HSR][0-9a-f]{1,8}", "foundation H…", 2),),
        (signs.name("pjmedia"), signs.attribute("X-nat", 4)),
    ),
    _Maker("baresip", (signs.tool("baresip"),)),
    _Maker("SIPp", (Sign("o=user1 53655765", 4, _is_sipp),)),
    _Maker("3CX", (signs.user("3cx"), signs.name("3cx"))),
    _Maker("Cisco", (signs.user("Cisco"),)),
    _Maker("Polycom", (signs.name("Polycom"),)),
    _Maker("AudioCodes", (signs.user("Audiocodes"),)),
    _Maker("BroadWorks", (signs.user("BroadWorks"),)),
    _Maker("Sonus", (signs.user("Sonus"),)),
    _Maker("Zoiper", (signs.name("Zoiper"), Sign("o=Z", 4, lambda traits: traits.user == "Z"))),
    _Maker("CounterPath", (signs.name("CounterPath"), signs.name("X-Lite"), signs.name("Bria"))),
    # RTSP and RTP streaming
    _Maker(
        "live555", (signs.attribute("x-qt-text-nam", 1), signs.attribute("x-qt-text-inf", 1)), (signs.tool("LIVE555"),)
    ),
    _Maker("GStreamer RTSP server", (signs.tool("GStreamer"), signs.name("Session streamed with GStreamer"))),
    _Maker(
        "FFmpeg",
        (
            signs.tool("libavformat"),
            signs.user("FFmpeg"),
            signs.name("FFmpegPublishSession"),
            signs.exact_name("No Name", 2),
            signs.origin("o=- 0 0 IN IP4 127.0.0.1", 1, "127.0.0.1", lambda id, version: id == version == 0),
        ),
    ),
    _Maker("VLC", (signs.tool("vlc"),)),
    _Maker(
        "Hikvision",
        (signs.attribute("appversion", 1),),
        (signs.name("HIK Media Server"), signs.attribute("Media_header", 4)),
    ),
    _Maker("Dahua", (signs.attribute("packetization-supported", 4), signs.attribute("rtppayload-supported", 4))),
    _Maker("TP-Link", (signs.name('Session streamed by "TP-LINK'), signs.name('Session streamed by "MERCURY'))),
    _Maker("QuickTime", (signs.name("QuickTime"),)),
)

# What kind of device it is, for descriptions whose maker does not show.
_KINDS = (
    _Maker(
        "ST 2110 or AES67 sender",
        (
            signs.attribute("mediaclk", 1),
            signs.attribute("source-filter", 1),
            signs.parameter("SSN", 2),
            signs.parameter("channel-order", 1),
        ),
        (signs.attribute("ts-refclk", 3), signs.codec("smpte291", 3), signs.parameter("SSN", 3)),
    ),
    _Maker("SAT>IP server", (signs.attribute("control", 1),), (signs.name("SatIPServer"),)),
    _Maker("GB 28181 device", (signs.codec("PS", 3),)),
    _Maker(
        "ONVIF camera",
        (signs.attribute("control", 4),),
        (signs.attribute("x-onvif-track", 1), signs.codec("vnd.onvif.metadata", 1)),
    ),
    _Maker(
        "RTSP camera or server",
        (signs.attribute("range", 1), signs.parameter("sprop-parameter-sets", 1)),
        (signs.attribute("control", 3),),
    ),
    _Maker(
        "SIP phone or gateway",
        (
            signs.codec("telephone-event", 2),
            signs.attribute("ptime", 1),
            signs.attribute("crypto", 1),
            signs.attribute("candidate", 1),
        ),
        (
            Sign("telephone codec over plain RTP", 2, _is_telephony),
            Sign("T.38", 3, lambda traits: _uses(traits, "UDPTL")),
            Sign("MSRP", 3, lambda traits: _uses(traits, "MSRP")),
        ),
    ),
)
