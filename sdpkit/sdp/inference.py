"""What a description does not say outright: whether it is an offer or an answer, and which program wrote it.

Both are told from signs, and every guess names the ones it rests on. A sign of the maker is something that a program
writes whoever its peer is: the shape of o=, of ICE credentials, foundations and priorities, the order of attributes.
What an answer copies from its offer (payload types, header extensions, mids, feedback) says nothing about its maker.

To add a maker, add a row to `_MAKERS`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import groupby
from typing import Any

import msgspec

from sdpkit.codecs.static import STATIC_PAYLOAD_TYPES
from sdpkit.ice.address import Scope
from sdpkit.ice.candidate import Candidate
from sdpkit.ice.priority import Priority
from sdpkit.sdp.attributes.grouping import MsidSemantic
from sdpkit.sdp.attributes.security import Crypto
from sdpkit.sdp.decoding import key_of
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.section import DIRECTIONS, Section


class Guess(msgspec.Struct, frozen=True):
    """A guess and the signs that it rests on. A `value` of None: there is no telling."""

    value: str | None
    signs: tuple[str, ...] = ()


def infer_type(description: SessionDescription) -> Guess:
    r"""Whether a description is an "offer" or an "answer" (RFC 3264).

    None for one that is neither, such as an RTSP server's or a multicast announcement, and for one that could be
    either: SIP descriptions often could.

    >>> from sdpkit import parse
    >>> infer_type(parse("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/SAVPF 0\r\na=setup:actpass"))
    Guess(value='offer', signs=('setup:actpass',))
    """
    traits = _Traits(description)
    neither = _found(_NEITHER, traits)
    if neither:
        return Guess(None, _phrases(neither))
    offer, answer = _found(_OFFER, traits), _found(_ANSWER, traits)
    lead = _weight(offer) - _weight(answer)
    if abs(lead) < _LEAD:
        return Guess(None, _phrases(offer + answer))
    return Guess("offer", _phrases(offer)) if lead > 0 else Guess("answer", _phrases(answer))


def infer_maker(description: SessionDescription) -> Guess:
    r"""Which program wrote a description; or at least what kind of device, when only that can be told.

    All that has libwebrtc inside (Chrome, Edge, Safari, Electron, react-native …) writes alike: it is "libwebrtc".

    >>> from sdpkit import parse
    >>> infer_maker(parse("v=0\r\no=- 4 4 IN IP4 192.0.2.1\r\ns=Asterisk\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n"))
    Guess(value='Asterisk', signs=('s=Asterisk',))
    """
    traits = _Traits(description)
    guess = _best(_MAKERS, traits)
    return guess if guess.value else _best(_KINDS, traits)


_ENOUGH = 3  # the weight that a maker's signs need together
_LEAD = 2  # by how much one of offer and answer must outweigh the other


class _Traits:
    """What the signs look at, each part gathered once and when first needed."""

    def __init__(self, description: SessionDescription) -> None:
        self.description = description
        self.media = description.media
        self.origin = description.origin
        self.name = _text(description, "s=")
        self.user = _text(description, "o=").partition(" ")[0]

    @cached_property
    def tools(self) -> frozenset[str]:
        return frozenset(map(str, self._everywhere("tool")))

    @cached_property
    def ice_options(self) -> frozenset[str]:
        """The options of each line as they are written."""
        return frozenset(" ".join(options) for options in self._everywhere("ice-options"))

    @cached_property
    def session_attributes(self) -> frozenset[str]:
        return frozenset(_attributes(self.description.session_lines))

    @cached_property
    def orders(self) -> tuple[str, ...]:
        """The attributes of each m-section in their order, each run of one attribute once, between blanks."""
        return tuple(f" {' '.join(_attributes(section.lines))} " for section in self.media)

    @cached_property
    def attributes(self) -> frozenset[str]:
        """The attributes of all m-sections."""
        return frozenset(name for order in self.orders for name in order.split())

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(candidate for section in self.media for candidate in section.candidates)

    @cached_property
    def udp_host_priorities(self) -> tuple[Priority, ...]:
        hosts = (each for each in self.candidates if each.typ == "host" and each.transport.lower() == "udp")
        return tuple(host.priority_parts for host in hosts)

    @cached_property
    def foundations(self) -> frozenset[str]:
        return frozenset(candidate.foundation for candidate in self.candidates)

    @cached_property
    def credentials(self) -> frozenset[str]:
        """Each ufrag and pwd with a blank between them."""
        return frozenset(map(" ".join, zip(self._held("ice-ufrag"), self._held("ice-pwd"), strict=True)))

    @cached_property
    def cnames(self) -> frozenset[str]:
        return frozenset(self._of_ssrcs("cname"))

    @cached_property
    def msids(self) -> frozenset[str]:
        """The streams and tracks, whichever way they are written."""
        return frozenset([*self._of_ssrcs("msid"), *(str(msid) for section in self.media for msid in section.msids)])

    @cached_property
    def semantic(self) -> MsidSemantic | None:
        return self.description.msid_semantic

    @cached_property
    def codec_names(self) -> frozenset[str]:
        return frozenset(rtpmap.name for section in self.media for rtpmap in section.rtpmaps)

    @cached_property
    def parameters(self) -> frozenset[str]:
        """The format parameters, by name."""
        return frozenset(name for section in self.media for fmtp in section.fmtps for name, _ in fmtp.pairs)

    @cached_property
    def setups(self) -> frozenset[str]:
        return frozenset(self._held("setup"))

    @cached_property
    def codec_counts(self) -> tuple[int, ...]:
        """How many codecs each live RTP section has, without what only accompanies a codec."""
        live = (section for section in self.media if section.port and "RTP" in section.protocol)
        return tuple(sum(name.lower() not in _COMPANIONS for name in _codecs(section)) for section in live)

    def _held(self, name: str) -> list[str]:
        """The value that holds in each m-section, its own or else the session's; empty when there is none."""
        inherited = self.description.get(name) or ""
        return [section.get(name) or inherited for section in self.media]

    def _everywhere(self, name: str) -> Iterator[Any]:
        """The values of an attribute at either level."""
        sections: tuple[Section, ...] = (self.description, *self.media)
        return (value for section in sections for value in section.get_all(name))

    def _of_ssrcs(self, attribute: str) -> Iterator[str]:
        lines = (line for section in self.media for line in section.ssrc_attributes)
        return (line.value for line in lines if line.attribute == attribute and line.value)


_COMPANIONS = {"telephone-event", "cn", "red", "rtx", "ulpfec", "flexfec-03"}


def _text(section: Section, name: str) -> str:
    """The value of the first line of a type as it is written, even if it cannot be decoded."""
    return next((line.value for line in section.lines_of(name)), "")


def _codecs(section: MediaDescription) -> list[str]:
    """The names behind the formats of the m= line, and no more: `section.codecs` would join the feedback to each."""
    names = {str(payload_type): name for payload_type, (name, *_) in STATIC_PAYLOAD_TYPES.items()}
    names.update((str(rtpmap.payload_type), rtpmap.name) for rtpmap in section.rtpmaps)
    return [names[format] for format in section.formats if format in names]


def _attributes(lines: Iterable[Line]) -> Iterator[str]:
    """The names of the attributes in their order, each run of one name once; every direction is `direction`."""
    names = (key_of(line)[2:] for line in lines if line.type == "a")
    return (name for name, _ in groupby("direction" if name in DIRECTIONS else name for name in names))


# Signs. Each says what to write on a screen, how much it weighs, and when it holds. A maker's signs weigh
#   4  what says the name, or what nobody else writes
#   2  a habit that few share
#   1  a habit that several share


class _Sign(msgspec.Struct, frozen=True):
    """Something that speaks for a guess."""

    phrase: str
    weight: int
    holds: Callable[[_Traits], bool]


def _found(signs: Iterable[_Sign], traits: _Traits) -> tuple[_Sign, ...]:
    return tuple(sign for sign in signs if sign.holds(traits))


def _weight(signs: Iterable[_Sign]) -> int:
    return sum(sign.weight for sign in signs)


def _phrases(signs: Iterable[_Sign]) -> tuple[str, ...]:
    """What the signs say, the weightiest first."""
    return tuple(sign.phrase for sign in sorted(signs, key=lambda sign: -sign.weight))


def _user(start: str) -> _Sign:
    return _Sign(f"o={start}", 4, lambda traits: traits.user.startswith(start))


def _name(start: str, weight: int = 4) -> _Sign:
    return _Sign(f"s={start}", weight, lambda traits: traits.name.startswith(start))


def _exact_name(name: str, weight: int) -> _Sign:
    return _Sign(f"s={name}", weight, lambda traits: traits.name == name)


def _tool(start: str) -> _Sign:
    begins = start.lower()
    return _Sign(f"tool:{start}", 4, lambda traits: any(tool.lower().startswith(begins) for tool in traits.tools))


def _attribute(name: str, weight: int) -> _Sign:
    return _Sign(name, weight, lambda traits: name in traits.attributes or name in traits.session_attributes)


def _session_attribute(name: str, weight: int = 1) -> _Sign:
    return _Sign(f"{name} at session level", weight, lambda traits: name in traits.session_attributes)


def _order(names: str, weight: int) -> _Sign:
    run = f" {names} "
    return _Sign(f"order {names}", weight, lambda traits: any(run in order for order in traits.orders))


def _like(values: Callable[[_Traits], Iterable[str]], pattern: str, phrase: str, weight: int) -> _Sign:
    matches = re.compile(pattern).fullmatch
    return _Sign(phrase, weight, lambda traits: any(map(matches, values(traits))))


def _credentials(ufrag: str, pwd: str, phrase: str, weight: int) -> _Sign:
    return _like(lambda traits: traits.credentials, f"{ufrag} {pwd}", phrase, weight)


def _foundation(pattern: str, phrase: str, weight: int) -> _Sign:
    return _like(lambda traits: traits.foundations, pattern, phrase, weight)


def _cname(pattern: str, phrase: str, weight: int) -> _Sign:
    return _like(lambda traits: traits.cnames, pattern, phrase, weight)


def _msid(pattern: str, phrase: str, weight: int) -> _Sign:
    return _like(lambda traits: traits.msids, pattern, phrase, weight)


def _codec(name: str, weight: int) -> _Sign:
    return _Sign(name, weight, lambda traits: name in traits.codec_names)


def _parameter(name: str, weight: int) -> _Sign:
    return _Sign(f"{name}=", weight, lambda traits: name in traits.parameters)


def _candidate(phrase: str, weight: int, holds: Callable[[Candidate], bool]) -> _Sign:
    return _Sign(phrase, weight, lambda traits: any(map(holds, traits.candidates)))


def _priority(phrase: str, weight: int, holds: Callable[[Priority], bool]) -> _Sign:
    """Of UDP host candidates, for all of which a program uses one formula."""
    return _Sign(phrase, weight, lambda t: bool(t.udp_host_priorities) and all(map(holds, t.udp_host_priorities)))


def _origin(phrase: str, weight: int, address: str | None, numbers: Callable[[int, int], bool]) -> _Sign:
    """An o= line without a user name, by its address (None: any), and by its session id and version."""

    def holds(traits: _Traits) -> bool:
        origin = traits.origin
        if origin is None or origin.username != "-" or address not in {None, origin.address}:
            return False
        return numbers(origin.session_id, origin.session_version)

    return _Sign(phrase, weight, holds)


def _semantic(value: str, weight: int, streams: Callable[[MsidSemantic], bool]) -> _Sign:
    return _Sign(f"msid-semantic:{value}", weight, lambda t: t.semantic is not None and streams(t.semantic))


def _is_multicast(description: SessionDescription) -> bool:
    connections = [description.connection, *(each for section in description.media for each in section.connections)]
    return any(connection is not None and connection.scope is Scope.MULTICAST for connection in connections)


def _is_rejecting(traits: _Traits) -> bool:
    """Port 0 says no only where another port, or a mid, says that this is no RTSP: there all ports are 0."""
    rejected = any(section.is_rejected for section in traits.media)
    return rejected and ("mid" in traits.attributes or any(section.port for section in traits.media))


def _is_choice(cryptos: tuple[Crypto, ...]) -> bool:
    return len(cryptos) == 1 and cryptos[0].tag > 1


# Offer or answer. The rules of the RFCs weigh more than all the habits together. actpass weighs most: no answer has it
# (RFC 5763 §5), whereas an offer may show the roles of connections that are there already (RFC 8842 §5.5).

_NEITHER = (
    _Sign("a fragment", 4, lambda traits: traits.description.is_fragment),
    _attribute("control", 4),
    _attribute("ts-refclk", 4),
    _attribute("source-filter", 4),
    _Sign("multicast", 4, lambda traits: _is_multicast(traits.description)),
)
_OFFER = (
    _Sign("setup:actpass", 16, lambda traits: "actpass" in traits.setups),
    _Sign("bundle-only", 8, lambda traits: any(section.bundle_only and not section.port for section in traits.media)),
    # RFC 8839 §4.4.1.2.2: from the controlling agent, once ICE has concluded.
    _attribute("remote-candidates", 8),
    _Sign("several crypto lines", 8, lambda traits: any(len(section.cryptos) > 1 for section in traits.media)),
    _attribute("pcfg", 8),
    _Sign("several codecs", 2, lambda traits: any(count > 2 for count in traits.codec_counts)),
)
_ANSWER = (
    _Sign("setup:active", 8, lambda traits: "active" in traits.setups),
    _Sign("setup:passive", 8, lambda traits: "passive" in traits.setups),
    _attribute("acfg", 8),
    _attribute("ice-mismatch", 8),
    # RFC 4568 §5.1.2: an answer keeps the tag of the one line that it takes.
    _Sign("crypto line taken from several", 8, lambda traits: any(_is_choice(s.cryptos) for s in traits.media)),
    _Sign("m-section rejected", 2, _is_rejecting),
)


# Makers.


class _Maker(msgspec.Struct, frozen=True):
    """A program by its signs. When it has `required` signs, the others count only together with one of those."""

    name: str
    signs: tuple[_Sign, ...] = ()
    required: tuple[_Sign, ...] = ()


def _best(makers: Iterable[_Maker], traits: _Traits) -> Guess:
    """The maker whose signs weigh most; none when they weigh too little, or as much as another's."""
    guesses = [(_signs_of(maker, traits), maker.name) for maker in makers]
    (signs, name), (others, _) = sorted(guesses, key=lambda guess: -_weight(guess[0]))[:2]
    if _weight(signs) < _ENOUGH or _weight(signs) == _weight(others):
        return Guess(None)
    return Guess(name, _phrases(signs))


def _signs_of(maker: _Maker, traits: _Traits) -> tuple[_Sign, ...]:
    required = _found(maker.required, traits)
    return () if maker.required and not required else required + _found(maker.signs, traits)


_ICE = "[A-Za-z0-9+/]"
_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_RTPBIN = _cname("user[0-9]{1,10}@host-[0-9a-f]{1,8}", "cname user…@host-…", 2)  # GStreamer's rtpbin, Kurento's too
_LIBNICE = _priority("libnice priority", 1, lambda priority: priority.type_preference == 120)
_NULL = "0.0.0.0"
_ADDRESS_RANKS = {1, 10, 20, 30, 40, 50, 60}


def _is_libwebrtc(priority: Priority) -> bool:
    """Its local preference is the interface, from 127 down or 0, and the rank of the address (RFC 6724)."""
    interface, rank = divmod(priority.local_preference, 256)
    return priority.type_preference == 126 and interface <= 127 and rank in _ADDRESS_RANKS


def _has_three_fingerprints(traits: _Traits) -> bool:
    functions = [[each.hash_function for each in section.get_all("fingerprint")] for section in traits.media]
    return ["sha-256", "sha-384", "sha-512"] in functions


def _is_sipp(traits: _Traits) -> bool:
    """The session id of the scenarios that come with SIPp."""
    return traits.user == "user1" and traits.origin is not None and traits.origin.session_id == 53655765


def _is_telephony(traits: _Traits) -> bool:
    """A telephone codec in RTP to one address, with its keys in the clear or none at all, and no RTSP."""
    plain = (section for section in traits.media if section.protocol in _PLAIN_RTP)
    names = {name for section in plain for name in _codecs(section)}
    return not names.isdisjoint(_TELEPHONE_CODECS) and not _found(_NEITHER, traits)


def _uses(traits: _Traits, protocol: str) -> bool:
    return any(protocol in section.protocol.upper() for section in traits.media)


_PLAIN_RTP = {"RTP/AVP", "RTP/AVPF", "RTP/SAVP"}
_TELEPHONE_CODECS = {"PCMU", "PCMA", "G729", "G722", "GSM", "iLBC", "AMR", "AMR-WB", "EVS"}
_PION = (
    _semantic("WMS*", 4, lambda semantic: semantic.semantic == "WMS*"),
    _origin("o=- <64 bit> <unix time>", 2, _NULL, lambda session, version: session > 2**32 and 10**9 < version < 2**32),
    _credentials("[A-Za-z]{16}", "[A-Za-z]{32}", "ufrag of 16 letters, pwd of 32", 3),
    _order("setup mid ice-ufrag ice-pwd", 2),
    _order("sctp-port ice-ufrag ice-pwd", 2),
    _priority("priority 126 | 65535", 1, lambda p: (p.type_preference, p.local_preference) == (126, 65535)),
    _session_attribute("fingerprint"),
)

_MAKERS = (
    # WebRTC: browsers and libraries
    _Maker(
        "libwebrtc",
        (
            _origin("o=- … IN IP4 127.0.0.1", 2, "127.0.0.1", lambda session, version: session > 2**45 and version > 1),
            _semantic(" WMS", 1, lambda semantic: semantic.gap == " " and semantic.streams != ("*",)),
            _candidate("network-id", 4, lambda candidate: candidate.network_id is not None),
            _candidate("network-cost", 2, lambda candidate: candidate.network_cost is not None),
            _candidate("generation", 1, lambda candidate: candidate.generation is not None),
            _priority("libwebrtc priority", 2, _is_libwebrtc),
            _credentials(f"{_ICE}{{4}}", f"{_ICE}{{24}}", "ufrag of 4, pwd of 24", 1),
            _credentials(f"{_ICE}{{16}}", f"{_ICE}{{24}}", "ufrag of 16, pwd of 24", 1),
            _order("ice-options fingerprint setup mid", 2),
            _order("ice-ufrag ice-pwd fingerprint setup mid", 1),  # before 2016
            _order("rtcp candidate ice-ufrag", 1),
            _cname(f"{_ICE}{{16}}", "cname of 16", 1),
            _attribute("x-google-flag", 4),
        ),
    ),
    _Maker(
        "Firefox",
        (
            _user("mozilla...THIS_IS_SDPARTA"),
            _user("Mozilla-SIPUA"),
            _credentials("[0-9a-f]{8}", "[0-9a-f]{32}", "ufrag of 8 hex digits, pwd of 32", 2),
            _order("ice-pwd ice-ufrag mid", 2),
            _cname(rf"\{{{_UUID}\}}", "cname {UUID}", 4),
            _msid(rf"(?:-|\{{{_UUID}\}}) \{{{_UUID}\}}", "msid {UUID}", 4),
            _priority("nICEr priority", 2, lambda p: p.type_preference == 126 and p.local_preference & 0xFF == 0),
            _session_attribute("direction"),
            _session_attribute("fingerprint"),
        ),
    ),
    _Maker(
        "aiortc",
        (
            _origin("o=- <NTP time> twice", 2, _NULL, lambda session, version: session == version > 3 * 10**9),
            _semantic("WMS *", 1, lambda semantic: not semantic.gap and semantic.streams == ("*",)),
            _foundation("[0-9a-f]{32}", "foundation of 32 hex digits", 4),
            _credentials("[A-Za-z0-9]{4}", "[A-Za-z0-9]{22}", "ufrag of 4, pwd of 22", 1),
            _order("ice-ufrag ice-pwd fingerprint setup", 1),
            _order("end-of-candidates ice-ufrag ice-pwd fingerprint", 2),
            _Sign("fingerprints sha-256, sha-384, sha-512", 4, _has_three_fingerprints),
            _priority("priority 126 | 65535", 1, lambda p: (p.type_preference, p.local_preference) == (126, 65535)),
        ),
    ),
    _Maker(
        "GStreamer",
        (
            _msid("[^ ]+ webrtctransceiver[0-9]{1,9}", "webrtctransceiver", 4),
            _RTPBIN,
            _credentials(f"{_ICE}{{32}}", f"{_ICE}{{32}}", "ufrag of 32, pwd of 32", 4),
            _origin("o=- <63 bit> 0", 1, _NULL, lambda session, version: session > 2**32 and version < 9),
            _order("setup ice-ufrag ice-pwd", 1),
            _order("mid fingerprint rtcp-mux-only", 2),
            _order("mid fingerprint", 1),
            _session_attribute("ice-options"),
            _LIBNICE,
        ),
    ),
    _Maker("Pion", _PION),
    _Maker("LiveKit", _PION, (_msid("PA_[^ ]* [^ ]*", "msid PA_…", 4), _msid("[^ ]+ TR_[^ ]*", "msid TR_…", 4))),
    _Maker(
        "libdatachannel",
        (
            _Sign("o=rtc", 4, lambda traits: traits.user == "rtc"),
            _Sign("ice-options:ice2,trickle", 4, lambda traits: "ice2,trickle" in traits.ice_options),
            _credentials(f"{_ICE}{{4}}", f"{_ICE}{{22}}", "ufrag of 4, pwd of 22", 1),
            _order("setup ice-ufrag ice-pwd candidate", 1),
            _semantic("WMS *", 1, lambda semantic: not semantic.gap and semantic.streams == ("*",)),
            # libjuice: all bits of the local preference below the family's are set
            _priority("libjuice priority", 2, lambda priority: priority.local_preference in {0x0FFF, 0x7FFF}),
            _session_attribute("fingerprint"),
        ),
    ),
    _Maker(
        "werift",
        (
            _credentials("[0-9a-f]{4}", "[0-9a-f]{22}", "ufrag of 4 hex digits, pwd of 22", 4),
            _foundation("[0-9a-f]{16,31}", "foundation in hex", 2),
            _candidate("ufrag in candidates", 2, lambda candidate: candidate.ufrag is not None),
            _order("ice-options fingerprint setup direction mid", 2),
            _origin("o=- <32 bit> 0", 1, _NULL, lambda session, version: session < 2**32 and version < 9),
            _cname(_UUID, "cname UUID", 1),
        ),
    ),
    _Maker("str0m", (_user("str0m-"),)),
    _Maker(
        "SIPSorcery",
        (
            _name("sipsorcery"),
            _credentials("[A-Z]{4}", "[A-Z]{24}", "ufrag of 4 capitals, pwd of 24", 4),
            _origin("o=- <16 bit> 0", 1, "127.0.0.1", lambda session, version: session < 2**16 and version < 9),
        ),
    ),
    _Maker("Edge (ORTC)", (_user("thisisadapterortc"),)),
    # WebRTC: servers
    _Maker(
        "mediasoup",
        (
            _user("mediasoup-client"),
            _foundation("(?:udp|tcp)candidate", "foundation udpcandidate", 4),
            _priority("priority 64 | …", 2, lambda priority: priority.type_preference == 64),
            _credentials("[0-9a-z]{16,32}", "[0-9a-z]{32}", "ufrag and pwd in small letters", 1),
            _Sign("ice-options:renomination", 1, lambda traits: "renomination" in traits.ice_options),
            _Sign("port 7", 1, lambda traits: any(section.port == 7 for section in traits.media)),
        ),
    ),
    _Maker(
        "Janus",
        (
            _cname("janus(?:audio|video)?", "cname janus", 4),
            _msid("janus janus[^ ]*", "msid janus", 4),
            _Sign("msid-semantic: WMS janus", 4, lambda t: t.semantic is not None and t.semantic.streams == ("janus",)),
            _name("VideoRoom ", 3),
            _name("Mountpoint ", 3),
            _name("AudioBridge", 3),
            _order("mid rtcp-mux ice-ufrag ice-pwd ice-options", 2),
            _LIBNICE,
        ),
    ),
    _Maker("Kurento", (_RTPBIN, _LIBNICE), (_name("Kurento Media Server"),)),
    _Maker(
        "SRS",
        (
            _user("SRS/"),
            _name("SRSPublishSession"),
            _name("SRSPlaySession"),
            _credentials("[0-9a-z]{8}", "[0-9a-z]{32}", "ufrag of 8, pwd of 32 small letters", 1),
        ),
    ),
    _Maker(
        "Jitsi",
        (
            _origin("o=- <clock in ms>", 2, None, lambda session, version: 10**12 < session < 2**41),
            _credentials("[0-9a-z]{9,16}", "[0-9a-z]{20,26}", "ice4j ufrag and pwd", 1),
            _msid("mixedmslabel mixedlabel(?:audio|video)0", "msid mixedmslabel", 4),
        ),
    ),
    _Maker("Medooze", (_name("semantic-sdp"),)),
    _Maker("Licode", (_name("LicodeMCU"), _name("IntelWebRTCMCU"))),
    _Maker("OvenMediaEngine", (_user("OvenMediaEngine"),)),
    _Maker("Wowza", (_user("WowzaStreamingEngine"),)),
    # SIP
    _Maker(
        "Asterisk",
        (
            _name("Asterisk"),
            _Sign("o=root", 1, lambda traits: traits.user == "root"),
            _foundation("[HSR][0-9a-f]{1,8}", "foundation H…", 1),
            _attribute("maxptime", 1),
        ),
    ),
    _Maker("FreeSWITCH", (_user("FreeSWITCH"), _name("FreeSWITCH"))),
    _Maker("Linphone", (_attribute("rtcp-xr", 1),), (_exact_name("Talk", 3), _exact_name("SIP Talk", 3))),
    _Maker(
        "PJSIP", (_foundation("[HSR][0-9a-f]{1,8}", "foundation H…", 2),), (_name("pjmedia"), _attribute("X-nat", 4))
    ),
    _Maker("baresip", (_tool("baresip"),)),
    _Maker("SIPp", (_Sign("o=user1 53655765", 4, _is_sipp),)),
    _Maker("3CX", (_user("3cx"), _name("3cx"))),
    _Maker("Cisco", (_user("Cisco"),)),
    _Maker("Polycom", (_name("Polycom"),)),
    _Maker("AudioCodes", (_user("Audiocodes"),)),
    _Maker("BroadWorks", (_user("BroadWorks"),)),
    _Maker("Sonus", (_user("Sonus"),)),
    _Maker("Zoiper", (_name("Zoiper"), _Sign("o=Z", 4, lambda traits: traits.user == "Z"))),
    _Maker("CounterPath", (_name("CounterPath"), _name("X-Lite"), _name("Bria"))),
    # RTSP and RTP streaming
    _Maker("live555", (_attribute("x-qt-text-nam", 1), _attribute("x-qt-text-inf", 1)), (_tool("LIVE555"),)),
    _Maker("GStreamer RTSP server", (_tool("GStreamer"), _name("Session streamed with GStreamer"))),
    _Maker(
        "FFmpeg",
        (
            _tool("libavformat"),
            _user("FFmpeg"),
            _name("FFmpegPublishSession"),
            _exact_name("No Name", 2),
            _origin("o=- 0 0 IN IP4 127.0.0.1", 1, "127.0.0.1", lambda session, version: session == version == 0),
        ),
    ),
    _Maker("VLC", (_tool("vlc"),)),
    _Maker("Hikvision", (_attribute("appversion", 1),), (_name("HIK Media Server"), _attribute("Media_header", 4))),
    _Maker("Dahua", (_attribute("packetization-supported", 4), _attribute("rtppayload-supported", 4))),
    _Maker("TP-Link", (_name('Session streamed by "TP-LINK'), _name('Session streamed by "MERCURY'))),
    _Maker("QuickTime", (_name("QuickTime"),)),
)

# What kind of device it is, for descriptions whose maker does not show.
_KINDS = (
    _Maker(
        "ST 2110 or AES67 sender",
        (
            _attribute("mediaclk", 1),
            _attribute("source-filter", 1),
            _parameter("SSN", 2),
            _parameter("channel-order", 1),
        ),
        (_attribute("ts-refclk", 3), _codec("smpte291", 3), _parameter("SSN", 3)),
    ),
    _Maker("SAT>IP server", (_attribute("control", 1),), (_name("SatIPServer"),)),
    _Maker("GB 28181 device", (_codec("PS", 3),)),
    _Maker(
        "ONVIF camera",
        (_attribute("control", 4),),
        (_attribute("x-onvif-track", 1), _codec("vnd.onvif.metadata", 1)),
    ),
    _Maker(
        "RTSP camera or server",
        (_attribute("range", 1), _parameter("sprop-parameter-sets", 1)),
        (_attribute("control", 3),),
    ),
    _Maker(
        "SIP phone or gateway",
        (
            _codec("telephone-event", 2),
            _attribute("ptime", 1),
            _attribute("crypto", 1),
            _attribute("candidate", 1),
        ),
        (
            _Sign("telephone codec over plain RTP", 2, _is_telephony),
            _Sign("T.38", 3, lambda traits: _uses(traits, "UDPTL")),
            _Sign("MSRP", 3, lambda traits: _uses(traits, "MSRP")),
        ),
    ),
)
