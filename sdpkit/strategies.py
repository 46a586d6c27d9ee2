"""Hypothesis strategies: valid descriptions and their pieces, and texts that are broken as real ones are.

For your own property tests:

    from hypothesis import given
    from sdpkit import strategies

    @given(strategies.descriptions())
    def test_my_proxy_keeps_the_session(text: str) -> None: ...
"""

import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import cache

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise ImportError('sdpkit.strategies needs hypothesis: pip install "sdpkit[dev]"') from error

from sdpkit.ice.candidate import Candidate
from sdpkit.sdp.attributes import ATTRIBUTES, registry

Texts = st.SearchStrategy[str]

_TOKEN_CHARACTERS = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"(),/:;<=>?@[\\]')
_ICE_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_ALPHANUMERIC = _ICE_CHARACTERS[:-2]


def _numbers(least: int, most: int) -> Texts:
    return st.integers(least, most).map(str)


def _joined(items: Texts, separator: str = " ", *, least: int = 1, most: int = 4) -> Texts:
    return st.lists(items, min_size=least, max_size=most).map(separator.join)


def _base64(least: int = 1, most: int = 24) -> Texts:
    return st.binary(min_size=least, max_size=most).map(lambda data: b64encode(data).decode())


def _hex_pairs(size: int) -> Texts:
    return st.binary(min_size=size, max_size=size).map(lambda data: data.hex(":").upper())


_DIGITS = _numbers(0, 2**32 - 1)
_TOKENS = st.text(_TOKEN_CHARACTERS, min_size=1, max_size=8)
_WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n\t "), min_size=1, max_size=8)
_IP4 = st.ip_addresses(v=4).map(str)
_IP6 = st.ip_addresses(v=6).map(str)
_NAMES = _joined(st.text(_ALPHANUMERIC, min_size=1, max_size=8), ".", least=2) | st.just("peer.example.com")
_MDNS = st.uuids().map(lambda uuid: f"{uuid}.local")
_MASKED = st.sampled_from(["192.168.xxx.xxx", "10.0.x.x", "203.0.113.***", "xxx.xxx.xxx.xxx", "2001:db8:x:x::x"])
_ADDRESSES = _IP4 | _IP6 | _NAMES
_MULTICAST4 = st.ip_addresses(network="233.252.0.0/24").map(str)
_TYPED_TIMES = st.tuples(_numbers(0, 10**6), st.sampled_from(["", "s", "m", "h", "d"])).map("".join)
_OFFSETS = _TYPED_TIMES | st.tuples(_numbers(-(10**6), -1), st.sampled_from(["", "h"])).map("".join)
_NTP_SECONDS = _numbers(2_208_988_800, 5_000_000_000)

# What may stand in a hole of the templates below. A hole that is none of these lists its words: {on|off}.
_HOLES: dict[str, Texts] = {
    "digits": _DIGITS,
    "big": _numbers(0, 10**30),
    "byte": _numbers(0, 255),
    "count": _numbers(1, 8),
    "port": _numbers(0, 65535),
    "payload type": _numbers(0, 127),
    "payload type or *": _numbers(0, 127) | st.just("*"),
    "number": st.tuples(
        _numbers(0, 10**4), st.just("") | st.text("0123456789", min_size=1, max_size=8).map(".{}".format)
    ).map("".join),
    "numbers": _joined(_DIGITS),
    "token": _TOKENS,
    "tokens": _joined(_TOKENS),
    "word": _WORDS,
    "words": _joined(_WORDS),
    "text": _joined(_WORDS),
    "time": _TYPED_TIMES,
    "times": _joined(_TYPED_TIMES),
    "offset": _OFFSETS,
    "NTP": _NTP_SECONDS,
    "NTP or 0": _NTP_SECONDS | st.just("0"),
    "IP4": _IP4,
    "IP6": _IP6,
    "address": _ADDRESSES,
    "network address": st.one_of(
        _IP4.map("IN IP4 {}".format), _IP6.map("IN IP6 {}".format), (_NAMES | _MDNS | _MASKED).map("IN IP4 {}".format)
    ),
    "multicast": _MULTICAST4,
    "name": _NAMES,
    "ufrag": st.text(_ICE_CHARACTERS, min_size=4, max_size=16),
    "password": st.text(_ICE_CHARACTERS, min_size=22, max_size=32),
    "base64": _base64(),
    "key": _base64(30, 30),
    "SHA-256": _hex_pairs(32),
    "hex": st.text("0123456789abcdef", min_size=8, max_size=8),
    "EUI-64": _hex_pairs(8).map(lambda pairs: pairs.replace(":", "-")),
    "formats": _joined(_TOKENS) | _joined(_numbers(0, 127)),
    "rids": _joined(_joined(st.tuples(st.sampled_from(["", "~"]), _numbers(1, 99)).map("".join), ","), ";"),
    "parameters": _joined(st.tuples(_TOKENS, _TOKENS).map("=".join) | _TOKENS, ";"),
    "URI": st.tuples(st.just("urn:example:"), _TOKENS).map("".join),
    "remote candidates": _joined(st.tuples(_numbers(1, 256), _ADDRESSES, _numbers(1, 65535)).map(" ".join), most=2),
}
_PIECE = re.compile(r"\{([^}]+)\}|\[([^\]]*)\]|([^\[{]+)")


@cache
def _like(template: str) -> Texts:
    """Texts of a template: literal text with {holes}, and [parts that may be missing]."""
    return st.tuples(*(_piece(*found) for found in _PIECE.findall(template))).map("".join)


def _piece(hole: str, optional: str, literal: str) -> Texts:
    if hole:
        return _HOLES[hole] if hole in _HOLES else st.sampled_from(hole.split("|"))
    return st.just("") | _like(optional) if optional else st.just(literal)


def _any_of(*templates: str) -> Texts:
    return st.one_of(*map(_like, templates))


_PRECONDITION = "{qos|sec} {e2e|local|remote} {none|sendrecv|send|recv}"
_EARLY_QOS = "{mandatory|optional|success|failure|none} {none|sendrecv|send|recv}[ confirm]"
_CAPABILITY = "[ ]{byte} {audio|video|image} {RTP/AVP|udptl} {formats}"
_CAPABILITY_LINE = "[ ]{a|b}={text}"
_CONFIGURATION = "{digits}[ t={digits} a={digits}]"

# Attributes whose values need a template of their own; the rest follow from how the registry reads them.
_ATTRIBUTES: dict[str, str] = {
    "rtpmap": "{payload type} {token}/{digits}[/{count}]",
    "fmtp": "{payload type} {parameters}",
    "rtcp-fb": "{payload type or *} {ack|ccm|nack|trr-int|goog-remb}[ {tokens}]",
    "framesize": "{payload type} {digits}-{digits}",
    "imageattr": "{payload type or *} {send *|recv [x=330,y=250]|send [x=[320:16:640],y=[240:16:480],q=0.6] recv *}",
    "depend": "{payload type} {lay|mdc} {token}:{payload type}",
    "packetization": "{payload type} raw",
    "x-google-flag": "{conference}",
    "rid": "{token} {send|recv}[ {parameters}]",
    "ssrc": "{digits} {cname|msid|label|fmtp}[:{text}]",
    "ssrc-group": "{FID|SIM|FEC-FR}[ {numbers}]",
    "extmap": "{digits}[/{sendrecv|sendonly|recvonly|inactive}] {URI}[ {text}]",
    "rtcp": "{port}[ {network address}]",
    "rtcp-unicast": "{reflection|rsi}",
    "repair-window": "{digits}{ms|us}",
    "ice-ufrag": "{ufrag}",
    "ice-pwd": "{password}",
    "remote-candidates": "{remote candidates}",
    "altc": "{count} {IP4|IP6} {address} {port}",
    "fingerprint": "{sha-1|sha-256|SHA-512} {SHA-256}",
    "setup": "{active|passive|actpass|holdconn}",
    "connection": "{new|existing}",
    "dtls-message": "{client|server} {base64}",
    "crypto": "{count} {AES_CM_128_HMAC_SHA1_80|AEAD_AES_128_GCM} inline:{key}[|2^{byte}][;inline:{key}][ {tokens}]",
    "key-mgmt": "mikey {base64}",
    "zrtp-hash": "1.10 {hex}",
    "identity": "{base64}[ {parameters}]",
    "group": "{BUNDLE|LS|FID|DUP|X-own}[ {words}]",
    "msid": "{-|stream}[ {word}]",
    "msid-semantic": "[ ]{WMS|other}[ {words}]",
    "content": "{slides|speaker|sl|main|alt|main,alt}",
    "sctpmap": "{port} webrtc-datachannel[ {digits}]",
    "dcmap": '{digits}[ subprotocol="{token}";label="{text}"]',
    "dcsa": "{digits} accept-types:{text}",
    "keywds": "{text}",
    "orient": "{portrait|landscape|seascape}",
    "range": "{npt|clock|smpte}={number}-[{number}]",
    "source-filter": " {incl|excl} IN {IP4|IP6|*} {address} {address}",
    "mediaclk": "{sender|direct|IEEE1722=38-D6-6D-8E-D2-78-13-2F|direct=963214424|direct=0 rate=30000/1001}",
    "confid": "{digits}",
    "userid": "{digits}",
    "floorid": "{digits}[ {mstrm|m-stream}:{words}]",
    "file-range": "{digits}-{*|1024}",
    "channel": "{hex}@{speechsynth|speechrecog}",
    "record": "{on|off|paused}",
    "recordpref": "{on|off|pause|nopreference}",
    "T38FaxUdpECDepth": "{count}[ {count}]",
    "curr": _PRECONDITION,
    "des": "{qos|sec} {mandatory|optional|none|failure|unknown} {e2e|local|remote} {none|sendrecv|send|recv}",
    "conf": _PRECONDITION,
    "qos": _EARLY_QOS,
    "secure": _EARLY_QOS,
    "X-qos": _EARLY_QOS,
    "X-pc-qos": _EARLY_QOS,
    "acap": "{digits} ptime:{text}",
    "tcap": "{digits} {words}",
    "pcfg": _CONFIGURATION,
    "acfg": _CONFIGURATION,
    "lcfg": "{digits} mt={audio|video} t={digits}",
    "sescap": "{digits} {digits},{digits}",
    "rmcap": "{digits} {token}/{digits}[/{count}]",
    "omcap": "{digits} {token}",
    "mfcap": "{digits} {parameters}",
    "mscap": "{digits} rtcp-fb {text}",
    "bcap": "{digits} {AS|TIAS}:{digits}",
    "ccap": "{digits} {network address}[ {port}]",
    "icap": "{digits} {text}",
    "sqn": "[ ]{byte}",
    "X-sqn": "[ ]{byte}",
    "cdsc": _CAPABILITY,
    "X-cap": _CAPABILITY,
    "cpar": _CAPABILITY_LINE,
    "cparmin": _CAPABILITY_LINE,
    "cparmax": _CAPABILITY_LINE,
    "X-cpar": _CAPABILITY_LINE,
    "sprtmap": "{payload type} v150mr/{digits}",
}
_KINDS: dict[Callable[[str], object], str] = {
    registry.flag: "",
    registry.text: "{text}",
    registry.optional_text: "[{text}]",
    registry.token: "{token}",
    registry.word: "{word}",
    registry.words: "{words}",
    registry.integer: "{big}",
    registry.decimal: "{number}",
}
_CLOCKS = _any_of(
    "ntp={address}", "ntp=/traceable/", "ptp={IEEE1588-2008|IEEE802.1AS-2011}[:{EUI-64}]", "{gps|gal|local|private}"
)
_SIMULCASTS = _any_of("{send|recv} {rids}", "send {rids} recv {rids}", "recv {rids} send {rids}") | _any_of(
    " send rid=1;2,3[ paused=3][ recv pt=96,97]"
)

_FIELDS: dict[str, Texts] = {
    "v": st.just("0"),
    "o": _like("{word} {big} {big} {network address}"),
    "s": _like("{text}") | st.sampled_from(["-", " "]),
    "i": _like("{text}"),
    "u": _like("https://{name}/{token}"),
    "e": _like("{token}@{name}[ ({text})]"),
    "p": _like("+{digits}[ ({text})]"),
    "c": _any_of("{network address}", "IN IP4 {multicast}/{byte}[/{count}]", "IN IP6 ff00::db8:0:101[/{count}]"),
    "b": _like("{CT|AS|TIAS|RS|RR|X-YZ}:{big}"),
    "t": st.just("0 0") | _like("{NTP} {NTP or 0}"),
    "r": _like("{time} {time} {times}"),
    "z": _joined(_like("{NTP} {offset}"), most=3),
    "k": _any_of("prompt", "clear:{text}", "base64:{base64}", "uri:https://{name}/"),
    "m": _like("{audio|video|text|application|message|image|x-other} {port}[/{count}] {token}/{token} {formats}"),
}


def attribute_values(name: str) -> Texts:
    """What may stand behind the colon of `a=name:`, for every attribute of the registry; empty for a flag.

    The texts are canonical: written as sdpkit writes the same value.
    """
    if name == "candidate":
        return candidates().map(Candidate.encode)
    if name in ("simulcast", "ts-refclk"):
        return {"simulcast": _SIMULCASTS, "ts-refclk": _CLOCKS}[name]
    return _like(_ATTRIBUTES[name] if name in _ATTRIBUTES else _KINDS[ATTRIBUTES[name].decode])


def field_values(letter: str) -> Texts:
    """What may stand behind `v=`, `o=` and so on up to `m=`, by the type letter; canonical, like attribute values."""
    return _FIELDS[letter]


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    """ICE candidates of all types, over UDP and TCP, with extensions in any order; `str` gives their text."""
    transport = draw(st.sampled_from(["udp", "tcp", "UDP", "TCP"]))
    typ = draw(st.sampled_from(["host", "srflx", "prflx", "relay"]))
    fields: dict[str, str | int] = {}
    if typ != "host":
        fields["raddr"] = draw(_ADDRESSES)
        fields["rport"] = draw(st.integers(0, 65535))
    if transport.lower() == "tcp":
        fields["tcptype"] = draw(st.sampled_from(["active", "passive", "so"]))
    fields |= draw(st.fixed_dictionaries({}, optional=_CHROMIUM_PAIRS))
    names = list(fields)
    others = draw(st.lists(_TOKENS.filter(lambda name: name not in _KNOWN_PAIRS), max_size=3, unique=True))
    order = draw(st.permutations([*names, *others]))
    others = [name for name in order if name not in fields]
    return Candidate(
        draw(st.text(_ICE_CHARACTERS, min_size=1, max_size=32)),
        draw(st.integers(1, 256)),
        transport,
        draw(st.integers(1, 2**31 - 1)),
        draw(_ADDRESSES | _MDNS | _MASKED),
        draw(st.integers(0, 65535)),
        typ,
        **{name.replace("-", "_"): value for name, value in fields.items()},  # type: ignore[arg-type]
        extensions=tuple((name, draw(_value_of(name, order))) for name in others),
        order=() if order == [*(name for name in _KNOWN_PAIRS if name in fields), *others] else tuple(order),
    )


_KNOWN_PAIRS = ("raddr", "rport", "tcptype", "generation", "ufrag", "network-id", "network-cost")
_CHROMIUM_PAIRS: dict[str, st.SearchStrategy[str | int]] = {
    "generation": st.integers(0, 9),
    "ufrag": _HOLES["ufrag"],
    "network-id": st.integers(1, 9),
    "network-cost": st.sampled_from([10, 50, 900, 999]),
}


def _value_of(name: str, order: Sequence[str]) -> st.SearchStrategy[str | None]:
    """The value of an unknown pair; only the last name of a candidate can be without one."""
    return _WORDS | st.none() if name == order[-1] else _WORDS


# Payload types and what m-sections say of them; the same everywhere, so that sections can share a bundle.
_AUDIO = {
    "111": ("rtpmap:111 opus/48000/2", "rtcp-fb:111 transport-cc", "fmtp:111 minptime=10;useinbandfec=1"),
    "63": ("rtpmap:63 red/48000/2", "fmtp:63 111/111"),
    "9": ("rtpmap:9 G722/8000",),
    "0": ("rtpmap:0 PCMU/8000",),
    "8": (),
    "110": ("rtpmap:110 telephone-event/48000",),
}
_VIDEO = {
    "96": ("rtpmap:96 VP8/90000", "rtcp-fb:96 nack", "rtcp-fb:96 nack pli", "rtcp-fb:96 ccm fir"),
    "98": ("rtpmap:98 VP9/90000", "rtcp-fb:98 goog-remb", "fmtp:98 profile-id=0"),
    "102": ("rtpmap:102 H264/90000", "fmtp:102 packetization-mode=1;profile-level-id=42e01f"),
    "45": ("rtpmap:45 AV1/90000", "fmtp:45 level-idx=5;profile=0;tier=0"),
    "116": ("rtpmap:116 ulpfec/90000",),
}
_DIRECTION = "a={sendrecv|sendonly|recvonly|inactive}"
# Attributes that go with anything.
_SESSION_EXTRAS = ("tool", "cat", "keywds", "type", "sdplang")
_MEDIA_EXTRAS = ("label", "content", "quality", "hlang-send", "orient", "framerate", "rtcp-xr")


def _attributes(*names: str) -> st.SearchStrategy[list[str]]:
    """A few attribute lines, one of each name at most, and sometimes one that nobody knows."""
    known = st.sampled_from(names).flatmap(_attribute)
    unknown = _any_of("a=x-{ufrag}", "a=x-{ufrag}:{text}")
    return st.lists(known | unknown, max_size=3, unique_by=lambda line: line.partition(":")[0])


def _attribute(name: str) -> Texts:
    return attribute_values(name).map(lambda value: f"a={name}:{value}" if value else f"a={name}")


@st.composite
def _webrtc(draw: st.DrawFn, mid: str) -> list[str]:
    """An m-section as browsers write it."""
    kind = draw(st.sampled_from(["audio", "video", "application"]))
    codecs = {"audio": _AUDIO, "video": _VIDEO, "application": {}}[kind]
    payload_types = draw(st.lists(st.sampled_from(list(codecs)), min_size=1, unique=True)) if codecs else []
    protocol = "UDP/TLS/RTP/SAVPF" if codecs else "UDP/DTLS/SCTP"
    lines = [
        f"m={kind} {draw(_numbers(9, 65535))} {protocol} {' '.join(payload_types) or 'webrtc-datachannel'}",
        draw(_like("c=IN IP4 {IP4}")),
        *(f"a={candidate}" for candidate in draw(st.lists(candidates(), max_size=3))),
        *(draw(_like(f"a={name}:{_ATTRIBUTES[name]}")) for name in ("ice-ufrag", "ice-pwd")),
        "a=ice-options:trickle",
        draw(_like("a=fingerprint:sha-256 {SHA-256}")),
        draw(_like("a=setup:{actpass|active|passive}")),
        f"a=mid:{mid}",
    ]
    if not codecs:
        return [*lines, "a=sctp-port:5000", "a=max-message-size:262144"]
    ssrc = draw(_DIGITS)
    return [
        *lines,
        "a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid",
        draw(_like(_DIRECTION)),
        draw(_like("a=msid:- {ufrag}")),
        "a=rtcp-mux",
        "a=rtcp-rsize",
        *(f"a={line}" for payload_type in payload_types for line in codecs[payload_type]),
        *draw(st.sampled_from([[], [f"a=ssrc:{ssrc} cname:one", f"a=ssrc:{ssrc} msid:- two"]])),
    ]


@st.composite
def _sip(draw: st.DrawFn) -> list[str]:
    """An m-section as telephones write it."""
    address = draw(_like("c=IN IP4 {IP4}") | _like("c=IN IP6 {IP6}"))
    if draw(st.booleans()):
        return [draw(_like("m=image {port} udptl t38")), address, "a=T38FaxVersion:0", "a=T38FaxUdpEC:t38UDPRedundancy"]
    payload_types = draw(st.lists(st.sampled_from(list(_AUDIO)), min_size=1, unique=True))
    secure = draw(st.booleans())
    return [
        f"m=audio {draw(_numbers(0, 65535))} {'RTP/SAVP' if secure else 'RTP/AVP'} {' '.join(payload_types)}",
        address,
        *draw(st.sampled_from([[], ["b=AS:64"]])),
        *([draw(_like("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:{key}"))] if secure else []),
        *(f"a={line}" for payload_type in payload_types for line in _AUDIO[payload_type]),
        "a=ptime:20",
        draw(_like(_DIRECTION)),
    ]


@st.composite
def _rtsp(draw: st.DrawFn) -> list[str]:
    """An m-section as cameras write it."""
    return [
        "m=video 0 RTP/AVP 102",
        "c=IN IP4 0.0.0.0",
        *(f"a={line}" for line in _VIDEO["102"]),
        draw(_like("a=control:trackID={byte}")),
        draw(_like("a=framesize:102 {digits}-{digits}")),
    ]


@st.composite
def _st2110(draw: st.DrawFn) -> list[str]:
    """An m-section as professional video networks write it."""
    group = draw(_MULTICAST4)
    return [
        draw(_like("m=video {port} RTP/AVP 112")),
        f"c=IN IP4 {group}/64",
        f"a=source-filter: incl IN IP4 {group} {draw(_IP4)}",
        "a=rtpmap:112 raw/90000",
        draw(_like("a=fmtp:112 sampling=YCbCr-4:2:2; width={digits}; height={digits}; interlace; depth=10; ")),
        draw(_like("a=ts-refclk:ptp=IEEE1588-2008:{EUI-64}:{byte}")),
        "a=mediaclk:direct=0",
    ]


def _section(mid: str) -> st.SearchStrategy[list[str]]:
    extras = _attributes(*_MEDIA_EXTRAS)
    return st.tuples(_webrtc(mid) | _sip() | _rtsp() | _st2110(), extras).map(lambda parts: [*parts[0], *parts[1]])


def m_sections() -> Texts:
    """The text of one m-section, as browsers, telephones, cameras or video networks write it."""
    return _section("0").map(_written)


@st.composite
def descriptions(draw: st.DrawFn) -> str:
    """The text of a valid description with up to five m-sections."""
    sections = [draw(_section(str(mid))) for mid in range(draw(st.integers(0, 5)))]
    lines = [
        "v=0",
        f"o={draw(field_values('o'))}",
        f"s={draw(field_values('s'))}",
        *(f"{letter}={draw(field_values(letter))}" for letter in "iuepcb" if draw(st.booleans())),
        f"t={draw(field_values('t'))}",
        *(f"{letter}={draw(field_values(letter))}" for letter in "rz" if draw(st.booleans())),
    ]
    mids = [line.removeprefix("a=mid:") for section in sections for line in section if line.startswith("a=mid:")]
    if mids:
        lines.append(f"a=group:BUNDLE {' '.join(mids)}")
    lines += draw(_attributes(*_SESSION_EXTRAS))
    return _written([*lines, *(line for section in sections for line in section)])


def _written(lines: list[str]) -> str:
    return "".join(f"{line}\r\n" for line in lines)


def broken_texts() -> Texts:
    """Anything that may be found where a description should be: any text, and descriptions that suffered a bit."""
    return st.text(st.characters()) | _damaged()


@st.composite
def _damaged(draw: st.DrawFn) -> str:
    text = draw(descriptions())
    for damage in draw(st.lists(st.sampled_from(_DAMAGES), min_size=1, max_size=3)):
        text = damage(draw, text)
    return text


def _mixed_endings(draw: st.DrawFn, text: str) -> str:
    lines = text.splitlines()
    endings = st.lists(st.sampled_from(["\r\n", "\n", "\r"]), min_size=len(lines), max_size=len(lines))
    return "".join(line + ending for line, ending in zip(lines, draw(endings), strict=True))


def _blank_line(draw: st.DrawFn, text: str) -> str:
    return _at_line(draw, text, lambda line: [line, draw(st.sampled_from(["", " ", "\t"])) + "\r\n"])


def _truncated(draw: st.DrawFn, text: str) -> str:
    return text[: draw(st.integers(0, len(text)))]


def _odd_character(draw: st.DrawFn, text: str) -> str:
    place = draw(st.integers(0, len(text)))
    odd = st.sampled_from("\0\x1b\x7f\x85\xa0\u061c\u202e\u2028\u2066\ufeff\udc80\ud800\x0b\x0c\t\r\n")
    return text[:place] + draw(odd) + text[place:]


def _dropped_line(draw: st.DrawFn, text: str) -> str:
    return _at_line(draw, text, lambda line: [])


def _duplicated_line(draw: st.DrawFn, text: str) -> str:
    return _at_line(draw, text, lambda line: [line, line])


def _swapped_lines(draw: st.DrawFn, text: str) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        one, other = draw(st.tuples(*[st.integers(0, len(lines) - 1)] * 2))
        lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def _replaced_token(draw: st.DrawFn, text: str) -> str:
    words = re.split(r"([ :=/\r\n]+)", text)
    place = draw(st.integers(0, len(words) - 1))
    words[place] = draw(
        st.text(max_size=8) | st.sampled_from(["-1", "99999999999999999999", "0x1F", "1e5", "٣", "NaN"])
    )
    return "".join(words)


def _at_line(draw: st.DrawFn, text: str, change: Callable[[str], list[str]]) -> str:
    """The text with one of its lines made into others."""
    lines = text.splitlines(keepends=True)
    place = draw(st.integers(0, len(lines)))
    return "".join(
        [*lines[:place], *(new for line in lines[place : place + 1] for new in change(line)), *lines[place + 1 :]]
    )


_DAMAGES: list[Callable[[st.DrawFn, str], str]] = [
    lambda draw, text: text.rstrip("\r\n"),
    lambda draw, text: text.replace("\r\n", "\r"),
    lambda draw, text: text.replace("\r\n", "\n"),
    lambda draw, text: text.replace("\r\n", " "),
    lambda draw, text: text.replace("\r\n", "\\r\\n"),
    lambda draw, text: re.sub(r"([0-9]+\.[0-9]+)\.[0-9]+\.[0-9]+", r"\1.xxx.xxx", text),
    lambda draw, text: re.sub("(?m)^", draw(st.sampled_from([" ", "\t", "> ", "    "])), text),
    _mixed_endings,
    _blank_line,
    _truncated,
    _odd_character,
    _dropped_line,
    _duplicated_line,
    _swapped_lines,
    _replaced_token,
]
