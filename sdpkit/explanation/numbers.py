"""What a number may be: a payload type, a port, a component, a size."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sdpkit.codecs.static import STATIC_PAYLOAD_TYPES
from sdpkit.explanation.reading import Draft
from sdpkit.explanation.words import NOTHING, Words, joined, plain
from sdpkit.ice.network import network_kind

_STATIC = Words(
    "{name}, {rate} Hz: fixed by RFC 3551, needs no a=rtpmap",
    "{name}、{rate} Hz。RFC 3551 で決まっており、a=rtpmap は要りません。",
)
_PAYLOAD_TYPES = (
    (
        96,
        Words(
            "dynamic: an a=rtpmap line says which codec it is",
            "動的な番号。どのコーデックかは a=rtpmap 行で決まります。",
        ),
    ),
    (
        64,
        Words(
            "not usable with rtcp-mux: RTCP packets have these numbers (RFC 5761)",
            "rtcp-mux では使えません。RTCP パケットの番号と重なるためです (RFC 5761)。",
        ),
    ),
    (
        35,
        Words(
            "free: a=rtpmap says which codec it is, where 96 to 127 do not suffice",
            "空き番号。96 から 127 で足りないときに使い、コーデックは a=rtpmap で決まります。",
        ),
    ),
    (0, Words("assigned to no codec", "どのコーデックにも割り当てられていません。")),
)
"""What the payload types from a number upwards are, the highest first."""
_NOT_ONE = Words("no payload type: those are 0 to 127", "ペイロードタイプは 0 から 127 までです。")
_ALL = Words("all payload types of the m-section", "この m セクションのすべてのペイロードタイプです。")

_PORTS = {
    0: Words(
        "no port: the m-section is rejected or switched off; with a=bundle-only it is alive and uses another's port",
        "ポートなし。m セクションは拒否または停止されています。"
        "a=bundle-only があれば、他のセクションのポートを使います。",
    ),
    9: Words(
        "the discard port: a placeholder where ICE finds the real ports;"
        " also of candidates that only open TCP connections",
        "仮のポート番号 (discard)。実際のポートは ICE で決まります。TCP 接続を開くだけの候補にも使います。",
    ),
    80: Words(
        "HTTP; TURN servers listen there too, to pass firewalls", "HTTP。ファイアウォールを通るため TURN でも使います。"
    ),
    443: Words(
        "HTTPS; TURN servers listen there too, to pass firewalls",
        "HTTPS。ファイアウォールを通るため TURN でも使います。",
    ),
    554: plain("RTSP"),
    3478: Words("STUN and TURN servers", "STUN サーバーと TURN サーバーのポートです。"),
    5000: Words("also the usual sctp-port of data channels", "データチャネルの sctp-port としても一般的です。"),
    5004: Words("RTP, where nothing else is agreed", "RTP の既定のポートです。"),
    5005: Words("RTCP, where nothing else is agreed", "RTCP の既定のポートです。"),
    5060: plain("SIP"),
    5061: Words("SIP over TLS", "TLS 上の SIP です。"),
    5349: Words("STUN and TURN servers over TLS", "TLS 上の STUN サーバーと TURN サーバーのポートです。"),
    8554: Words("often RTSP", "RTSP でよく使います。"),
}
_PORT_RANGES = (
    (49152, Words("a port for short use, chosen by the system", "システムが一時的に割り当てるポートです。")),
    (1024, Words("an ordinary port", "通常のポートです。")),
    (
        1,
        Words(
            "a well-known port; libwebrtc ignores candidates there",
            "ウェルノウンポート。libwebrtc はこのポートの候補を無視します。",
        ),
    ),
)
"""What the ports from a number upwards are, the highest first."""
_TOO_HIGH = Words("no port: those are 0 to 65535", "ポートは 0 から 65535 までです。")

_COMPONENTS: dict[int | None, Words] = {
    1: Words(
        "RTP, or everything with rtcp-mux and for data channels", "RTP。rtcp-mux やデータチャネルではすべてが通ります。"
    ),
    2: Words("RTCP, where it has a port of its own", "独立したポートを使う RTCP です。"),
}
_OTHER_COMPONENT = Words("neither RTP (1) nor RTCP (2)", "RTP (1) でも RTCP (2) でもありません。")

_NETWORKS = {
    "ethernet": Words("a cable, or the loopback interface", "有線 LAN、またはループバックです。"),
    "wifi": Words("Wi-Fi", "Wi-Fi です。"),
    "unknown": Words(
        "an unknown kind of network, often a virtual adapter",
        "種類の分からないネットワークで、仮想アダプターなどです。",
    ),
    "5G": Words("mobile network, 5G", "モバイル回線 (5G) です。"),
    "4G": Words("mobile network, 4G", "モバイル回線 (4G) です。"),
    "cellular": Words("mobile network of unknown generation", "世代の分からないモバイル回線です。"),
    "3G": Words("mobile network, 3G", "モバイル回線 (3G) です。"),
    "2G": Words("mobile network, 2G", "モバイル回線 (2G) です。"),
    "hidden": Words(
        "the interfaces are hidden from the page, which has no permission for camera or microphone",
        "カメラやマイクの許可がないため、ネットワークインターフェースが隠されています。",
    ),
}
_VPN = Words("VPN; below it {network}", "VPN です。その下は、{network}")
_NO_NETWORK = Words("no cost that libwebrtc gives", "libwebrtc が使わない値です。")
_COST = Words("networks of higher cost (0 to 999) are avoided", "値 (0 から 999) が大きいほど避けられます。")

_CLOCK_RATES: dict[int | None, Words] = {
    8000: Words(
        "telephone sound; also G722, by an old mistake", "電話品質の音声です。G722 も歴史的な誤りでこの値です。"
    ),
    16000: Words("wideband sound", "広帯域の音声です。"),
    32000: Words("super-wideband sound", "超広帯域の音声です。"),
    44100: Words("sound as on CD", "CD と同じ音声です。"),
    48000: Words("full-band sound, as Opus", "全帯域の音声です。Opus など。"),
    90000: Words("video", "映像です。"),
}
_MESSAGE_SIZES: dict[int | None, Words] = {
    65536: Words("what holds where the attribute is missing", "属性がないときの値です。"),
    262144: Words("what Chromium writes", "Chromium が書く値です。"),
    1073741823: Words("what Firefox writes", "Firefox が書く値です。"),
}
_IDENTIFIER = Words(
    "as an SSRC, a foundation or a session id it is only a name: the value itself means nothing",
    "SSRC、foundation、セッション ID であれば単なる識別子で、値に意味はありません。",
)


def number(text: str) -> int | None:
    """The number that a text of up to 20 ASCII digits is, as many as 64 bits need."""
    return int(text) if len(text) <= 20 and text.isascii() and text.isdigit() else None


def payload_type(text: str) -> Words:
    """What a payload type is (RFC 3551 §6, RFC 5761 §4)."""
    value = number(text)
    if text == "*":
        return _ALL
    if value is None or value > 127:
        return _NOT_ONE
    if value in STATIC_PAYLOAD_TYPES:
        name, rate, _ = STATIC_PAYLOAD_TYPES[value]
        return _STATIC.fill(name=name, rate=rate)
    return next(words for first, words in _PAYLOAD_TYPES if value >= first)


def port(text: str) -> Words:
    """What a port is for."""
    value = number(text)
    if value is None or value > 65535:
        return _TOO_HIGH
    if value in _PORTS:
        return _PORTS[value]
    return next(words for first, words in _PORT_RANGES if value >= first)


def component(text: str) -> Words:
    """What an ICE component carries (RFC 8839 §5.1)."""
    return _COMPONENTS.get(number(text), _OTHER_COMPONENT)


def network_cost(text: str) -> Words:
    """What libwebrtc's network-cost says of the network."""
    cost = number(text)
    kind = "" if cost is None else network_kind(cost)
    network = _NETWORKS.get(kind.removesuffix(" VPN"))
    if network is None:
        return _NO_NETWORK
    return joined([_VPN.fill(network=network) if kind.endswith(" VPN") else network, _COST])


def clock_rate(text: str) -> Words:
    """What a clock rate in Hz is used for."""
    return _CLOCK_RATES.get(number(text), NOTHING)


def message_size(text: str) -> Words:
    """Who gives such a max-message-size."""
    return _MESSAGE_SIZES.get(number(text), NOTHING)


class _Kind(NamedTuple):
    """Something that a number can be: which numbers are read as that, and what says the meaning of one."""

    read_as: Words
    numbers: range
    describe: Callable[[str], Words]
    reference: str
    see: str


_KINDS = (
    _Kind(Words("payload type", "ペイロードタイプ"), range(128), payload_type, "RFC 3551 §6", "rtpmap"),
    _Kind(
        Words("component of a candidate", "候補のコンポーネント"), range(1, 3), component, "RFC 8445 §4", "component"
    ),
    _Kind(Words("clock rate", "クロックレート"), range(8000, 90001), clock_rate, "RFC 8866 §6.6", "rtpmap"),
    _Kind(plain("max-message-size"), range(65536, 2**30), message_size, "RFC 8841 §6.1", "max-message-size"),
    _Kind(Words("port", "ポート"), range(65536), port, "RFC 6335 §6", "m="),
)
"""What a number can be, the likeliest first; priorities are for `sdpkit.explanation.priorities`."""


def read(text: str) -> Iterator[Draft]:
    """A number, in all the ways that make sense of it."""
    value = number(text)
    if value is None:
        return
    for kind in _KINDS:
        if value in kind.numbers and kind.describe(text):
            yield Draft(kind.read_as, plain(text), kind.describe(text), (), kind.reference, (kind.see,))


def read_identifier(text: str) -> Draft | None:
    """A number as a mere name, which large ones may always be."""
    value = number(text)
    if value is None or value <= 65535:
        return None
    reference = "RFC 3550 §8.1, RFC 8445 §5.1.1.3"
    return Draft(Words("identifier", "識別子"), plain(text), _IDENTIFIER, (), reference, ("ssrc", "foundation"))
