"""What a priority says: of what it is made, and which program makes such a number.

The numbers of the programs are from their sources and from candidates that they wrote.
"""

from collections.abc import Iterator

from sdpkit.explanation import numbers
from sdpkit.explanation.reading import Draft, Part
from sdpkit.explanation.words import NOTHING, Words, joined, plain
from sdpkit.ice.priority import Priority

_TYPES = {
    126: Words("host", "host"),
    125: Words("host over TCP, as Firefox has it", "TCP の host (Firefox)"),
    120: Words("host, as libnice has it", "host (libnice)"),
    110: Words("prflx", "prflx"),
    109: Words("prflx over TCP, as Firefox has it", "TCP の prflx (Firefox)"),
    105: Words("srflx found by UPnP or the like", "UPnP などで得た srflx"),
    100: Words("srflx", "srflx"),
    99: Words("srflx over TCP in Firefox, host over TCP in Pion", "TCP の srflx (Firefox)、または TCP の host (Pion)"),
    90: Words("host over TCP, as libwebrtc has it", "TCP の host (libwebrtc)"),
    80: Words("prflx over TCP, as libwebrtc has it", "TCP の prflx (libwebrtc)"),
    64: Words("host, as mediasoup has it", "host (mediasoup)"),
    60: Words("host over TCP, as libnice has it", "TCP の host (libnice)"),
    30: Words("relay over UDP, as libnice has it", "UDP の relay (libnice)"),
    20: Words("relay over TCP, as libnice has it", "TCP の relay (libnice)"),
    5: Words("relay over UDP, as Firefox has it", "UDP の relay (Firefox)"),
    3: Words("relay over UDP, as libwebrtc has it", "UDP の relay (libwebrtc)"),
    2: Words(
        "relay over UDP in libwebrtc until 2025, over DTLS since", "relay (libwebrtc。2025 年までは UDP、以後は DTLS)"
    ),
    1: Words("relay over TCP, as libwebrtc has it", "TCP の relay (libwebrtc)"),
    0: Words("relay; in libwebrtc over TLS, in Firefox over TCP", "relay (libwebrtc では TLS、Firefox では TCP)"),
}
_NO_TYPE = Words("of no known program", "どのプログラムの値とも一致しません")
_TOO_HIGH = Words("more than the highest, 126", "上限の 126 を超えています")

# Which type preferences a program gives: libwebrtc over UDP and TCP and on relays, nICEr (Firefox), and the RFC.
_LIBWEBRTC = {126, 110, 100, 90, 80}
_LIBWEBRTC_RELAYS = {3, 2, 1, 0}
_NICER_UDP = {126, 110, 100, 5}
_NICER_TCP = {125, 109, 99}
_RECOMMENDED = {126, 110, 100, 0}

# libwebrtc's rank of an address (rtc_base/ip_address.cc), the low byte of its local preference.
_RANKS = {
    60: Words("IPv6 loopback", "IPv6 ループバック"),
    50: Words("IPv6, unique local", "IPv6 (ユニークローカル)"),
    40: plain("IPv6"),
    30: plain("IPv4"),
    20: plain("6to4"),
    10: plain("Teredo"),
    1: Words("deprecated IPv6", "廃止された形式の IPv6"),
}
_PION_TCP = 0x1FFF  # the bits of its local preference below those of the direction (RFC 6544 §4.2)
_MOST_RELAYS = 32  # TURN servers that libwebrtc counts
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ADAPTER = Words("{ordinal} adapter", "{ordinal} 番目のアダプター")
_NUMBERED_ADAPTER = Words("adapter number {number}", "{number} 番目のアダプター")
_ANY_ADAPTER = Words("interfaces hidden", "インターフェースは非公開")
_INTERFACE = Words("{adapter}, {family}", "{adapter}、{family}")
_SERVER = Words(
    "{adapter}, {family}, TURN server with {number} listed after it",
    "{adapter}、{family}、設定で後ろに {number} 個ある TURN サーバー",
)
_IN_SHORT = Words(
    "{type_preference} ({type}) | {local_preference} | component {component}",
    "{type_preference} ({type}) | {local_preference} | コンポーネント {component}。",
)
_SAYS = Words("{writer}: {what}", "{writer}: {what}")
_OLD_NICER = Words("interface preference {number}", "インターフェースの優先度 {number}")
_NICER_STUN = Words("{adapter}, STUN server number {number}", "{adapter}、{number} 番目の STUN サーバー")
_HIGHEST = Words(
    "the highest local preference, as RFC 8445 has it for a single address; these give it to all addresses",
    "最大のローカル優先度。アドレスが一つの場合の RFC 8445 の推奨値で、これらはすべてのアドレスに使います。",
)
_ANY_VALUE = Words("the value that it gives to every IPv4 address", "IPv4 アドレスにいつも使う値です。")
_FIXED = Words("its type preference", "この種類の優先度を使います。")

_SUMMARY = Words(
    "Agents try the pairs of candidates with the highest priorities first."
    " priority = 2^24 × type preference + 2^8 × local preference + (256 − component).",
    "優先度の高い候補のペアから先に接続を試します。"
    "優先度 = 2^24 × 種類の優先度 + 2^8 × ローカル優先度 + (256 − コンポーネント)。",
)
_PAIR_SUMMARY = Words(
    "The priority of a pair of candidates: 2^32 × the lower one + 2 × the higher one"
    " + (1 if the controlling side has the higher one).",
    "候補のペアの優先度です。2^32 × 低い方 + 2 × 高い方 + (controlling 側が高ければ 1)。",
)
_LOCAL = Words("orders candidates of one type", "同じ種類の候補の順番を決めます。")
_LOWER = Words("the lower one", "低い方です。")
_HIGHER = Words("the higher one", "高い方です。")
_CONTROLLING = Words("that of the controlling side is higher", "controlling 側の方が高いです。")
_NOT_CONTROLLING = Words(
    "that of the controlling side is lower, or they are equal", "controlling 側の方が低いか、同じです。"
)


def describe(text: str) -> Words:
    """A priority in one line: its parts, and the likeliest program with what its number says. Nothing for no number."""
    value = numbers.number(text)
    if value is None:
        return NOTHING
    priority = Priority.of(value)
    said = _IN_SHORT.fill(
        type_preference=priority.type_preference,
        type=_type(priority),
        local_preference=priority.local_preference,
        component=priority.component,
    )
    likeliest = [_SAYS.fill(writer=part.value, what=part.meaning) for part in writers(priority)][:1]
    return joined([said, *likeliest])


def writers(priority: Priority) -> Iterator[Part]:
    """The programs that make such priorities, and what it says there; the likeliest first."""
    kind, local = priority.type_preference, priority.local_preference
    if kind in _RECOMMENDED and local == 65535:
        yield _writer("aioice, Pion", _HIGHEST)
    yield from _libwebrtc(kind, local)
    if kind == 99 and local & _PION_TCP == _PION_TCP:
        yield _writer("Pion", _FIXED)
    else:
        yield from _nicer(kind, local)
    if kind == 126 and local in {0x0FFF, 0x7FFF}:
        yield _writer("libjuice", _ANY_VALUE)
    if kind == 126 and local == 0x1FFF:
        yield _writer("werift", _ANY_VALUE)
    if kind in {120, 105, 60, 30, 20}:
        yield _writer("libnice", _FIXED)
    if kind == 64:
        yield _writer("mediasoup", _FIXED)


def _writer(name: str, meaning: Words) -> Part:
    return Part("written by", name, meaning)


def _libwebrtc(kind: int, local: int) -> Iterator[Part]:
    """libwebrtc: the adapter, from 127 down or 0, and the rank of the address, plus the place of a TURN server."""
    adapter, rank = divmod(local, 256)
    if adapter > 127:
        return
    if kind in _LIBWEBRTC and rank in _RANKS:
        yield _writer("libwebrtc", _INTERFACE.fill(adapter=_adapter(adapter), family=_RANKS[rank]))
    elif kind in _LIBWEBRTC_RELAYS:
        base = next((base for base in (40, 30) if base <= rank < base + _MOST_RELAYS), None)
        if base is not None:
            words = _SERVER.fill(adapter=_adapter(adapter), family=_RANKS[base], number=rank - base)
            yield _writer("libwebrtc", words)


def _nicer(kind: int, local: int) -> Iterator[Part]:
    """nICEr: the interface, from 127 down, the direction of TCP in three bits, and 31 less the STUN server."""
    interface, rest = divmod(local, 256)
    name = _adapter(interface) if 0 < interface <= 127 else _OLD_NICER.fill(number=interface)
    if kind in _NICER_TCP or (kind == 126 and rest == 0):
        yield _writer("Firefox", name)
    elif kind in _NICER_UDP - {126} and 28 <= rest <= 31:
        yield _writer("Firefox", _NICER_STUN.fill(adapter=name, number=32 - rest))


def _adapter(preference: int) -> Words:
    """An adapter by its preference: the first has 127, the next 126; 0 stands for all of them."""
    number = 128 - preference
    if preference == 0:
        return _ANY_ADAPTER
    if number > len(_ORDINALS):
        return _NUMBERED_ADAPTER.fill(number=number)
    return _ADAPTER.fill(ordinal=Words(_ORDINALS[number - 1], str(number)))


def _type(priority: Priority) -> Words:
    if priority.type_preference > 126:
        return _TOO_HIGH
    return _TYPES.get(priority.type_preference, _NO_TYPE)


def read(text: str) -> Iterator[Draft]:
    """A number as the priority of a candidate, or of a pair, where it has the parts of one."""
    number = numbers.number(text) or 0
    if 2**16 <= number < 2**32 and _is_likely(number):
        yield _of_candidate(text, Priority.of(number))
    elif 2**32 <= number < 2**63 and _is_likely(number >> 32) and _is_likely((number & 2**32 - 1) >> 1):
        yield _of_pair(text, number)


def _is_likely(number: int) -> bool:
    """Whether a number looks like the priority of a candidate for RTP or RTCP."""
    priority = Priority.of(number)
    return priority.type_preference <= 126 and priority.component in {1, 2}


def _of_candidate(text: str, priority: Priority) -> Draft:
    parts = (
        Part("type preference", str(priority.type_preference), _type(priority)),
        Part("local preference", str(priority.local_preference), _LOCAL),
        Part("component", str(priority.component), numbers.component(str(priority.component))),
        *writers(priority),
    )
    return Draft(
        Words("priority of a candidate", "候補の優先度"),
        plain(text),
        _SUMMARY,
        parts,
        "RFC 8445 §5.1.2.1",
        ("candidate", "host"),
    )


def _of_pair(text: str, number: int) -> Draft:
    low, rest = divmod(number, 2**32)
    high, greater = divmod(rest, 2)
    parts = (
        Part("priority", str(low), joined([_LOWER, describe(str(low))])),
        Part("priority", str(high), joined([_HIGHER, describe(str(high))])),
        Part("last bit", str(greater), _CONTROLLING if greater else _NOT_CONTROLLING),
    )
    return Draft(
        Words("priority of a pair of candidates", "候補ペアの優先度"),
        plain(text),
        _PAIR_SUMMARY,
        parts,
        "RFC 8445 §6.1.2.3",
        ("candidate pair",),
    )
