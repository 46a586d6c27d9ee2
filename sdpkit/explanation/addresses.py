"""What an address says: how far it reaches."""

from sdpkit.explanation.reading import Draft, Part
from sdpkit.explanation.words import Words, plain
from sdpkit.ice.address import Family, Scope, family, scope

SCOPES = {
    Scope.GLOBAL: Words(
        "global: reachable from the whole Internet", "グローバルアドレス。インターネット全体から届きます。"
    ),
    Scope.PRIVATE: Words(
        "private: reachable only on that network or through its VPN (RFC 1918, RFC 4193)",
        "プライベートアドレス。そのネットワークか VPN の中だけで届きます (RFC 1918、RFC 4193)。",
    ),
    Scope.SHARED: Words(
        "behind the NAT of a provider (RFC 6598): not reachable from outside",
        "通信事業者の NAT の内側のアドレス (RFC 6598)。外からは届きません。",
    ),
    Scope.LINK_LOCAL: Words(
        "link-local: reachable only on the same link, without routers",
        "リンクローカルアドレス。ルーターを越えず、同じリンクの中だけで届きます。",
    ),
    Scope.LOOPBACK: Words("loopback: the machine itself", "ループバックアドレス。その端末自身です。"),
    Scope.UNSPECIFIED: Words(
        "no address: it is not known yet or is hidden, and ICE candidates tell the real ones; without ICE, on hold",
        "アドレスなし。まだ分からないか隠されており、実際のアドレスは ICE 候補で伝えます。"
        "ICE を使わない場合は保留です。",
    ),
    Scope.MULTICAST: Words(
        "multicast: everyone who joins receives it", "マルチキャストアドレス。参加した全員に届きます。"
    ),
    Scope.DOCUMENTATION: Words(
        "for examples in documents only: nobody has it", "文書の例示専用のアドレス。実際には使われません。"
    ),
    Scope.RESERVED: Words(
        "reserved: not for use in networks", "予約済みのアドレス。通常のネットワークでは使いません。"
    ),
    Scope.MDNS: Words(
        "a random name in place of the private address, for privacy;"
        " multicast DNS finds the address, on the same network"
        " only",
        "プライバシーのため、プライベートアドレスの代わりに使うランダムな名前です。"
        "同じネットワークでだけ mDNS で解決できます。",
    ),
    Scope.NAME: Words(
        "a host name; ICE agents need not look names up, and many ignore such a candidate",
        "ホスト名です。ICE では名前を解決しなくてもよく、こうした候補は無視されることがあります。",
    ),
    Scope.MASKED: Words(
        "made unreadable before it was shared: nothing can connect to it",
        "公開する前に伏せ字にされています。このままでは接続できません。",
    ),
}


def describe(address: str) -> Words:
    """How far an address reaches."""
    return SCOPES[scope(address)]


def read(text: str) -> Draft | None:
    """An address by itself; a host name only where it ends with .local, as any word could be one."""
    if family(text) is Family.NAME and scope(text) is not Scope.MDNS:
        return None
    parts = () if family(text) is Family.NAME else (Part("address type", str(family(text))),)
    return Draft(Words("address", "アドレス"), plain(text), describe(text), parts, "RFC 6890", ("c=", "candidate"))
