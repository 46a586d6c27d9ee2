"""Addresses and what stands for them: of the same family and scope, from what is set aside for documentation."""

import ipaddress
import re

from sdpkit.ice.address import Scope, scope
from sdpkit.redaction.kinds import ALPHANUMERIC, RECOGNISED, Kind, Word, fill, in_case_of, only

_IP = ipaddress.IPv4Address | ipaddress.IPv6Address
# Networks, and from where the stand-ins of their addresses are counted. Where nothing is set aside for documentation,
# that is where few real addresses are.
_POOLS = [
    (ipaddress.ip_network(network), int(ipaddress.ip_address(first)))
    for network, first in [
        ("10.0.0.0/8", "10.254.0.0"),
        ("172.16.0.0/12", "172.29.254.0"),
        ("192.168.0.0/16", "192.168.240.0"),
        ("100.64.0.0/10", "100.127.0.0"),
        ("169.254.0.0/16", "169.254.240.0"),
        ("224.0.0.0/4", "233.252.0.0"),  # RFC 6676
        ("198.18.0.0/15", "198.19.0.0"),
        ("0.0.0.0/8", "0.254.0.0"),
        ("240.0.0.0/4", "240.0.0.0"),
        ("fc00::/7", "fd00:db8::"),
        ("fec0::/10", "fec0:db8::"),
        ("fe80::/10", "fe80::db8:0"),
        ("ff00::/8", "ff00::db8:0:0"),  # RFC 6676
        ("::/0", "2001:db8::"),  # RFC 3849
    ]
]
# RFC 5737
_DOCUMENTATION = [int(ipaddress.ip_address(first)) for first in ("198.51.100.0", "203.0.113.0", "192.0.2.0")]
_HOSTS = 254  # of each of these
_GROUP = 0xFF << 112  # RFC 4291 §2.7: the flags and the scope of a multicast address, which stay
_WELL_KNOWN = re.compile(
    r"(?i:localhost|(?:[\w-]+\.)*(?:example\.(?:com|org|net)|invalid|test))"
    r"|255\.255\.255\.255|224\.0\.[01]\.[0-9]+|(?i:ff0[0-9a-f]::[0-9a-f]{1,3})"
).fullmatch
_DRESSED = re.compile(r"\[?([^\[\]%]+)(?:%[^\]]*)?\]?").fullmatch
_LOCAL = ".local"
_NAME = re.compile(r"[0-9._-]*[A-Za-z][A-Za-z0-9._-]*").fullmatch
_UUID = re.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}").fullmatch
_UUID_NAME = Word("id", "addresses")


class Address(Kind):
    """An IP address or a host name. What somebody has masked already stays as it is.

    >>> address = Address("address", "addresses")
    >>> [address.write(1, text) for text in ("9.9.9.9", "192.168.1.5", "2600::5", "fe80::a:b%eth0", "::ffff:10.0.0.1")]
    ['198.51.100.1', '192.168.240.1', '2001:db8::1', 'fe80::db8:1%eth0', '::ffff:10.254.0.1']
    >>> [address.write(2, text) for text in ("printer.local", "peer.company.net", "192.168.1.300")]
    ['host2.local', 'host2.example.com', '999.999.9.002']
    """

    space = "address"

    def is_harmless(self, text: str) -> bool:
        bare = _bare(text)
        nowhere = scope(bare) in (Scope.UNSPECIFIED, Scope.LOOPBACK, Scope.MASKED)
        return nowhere or _WELL_KNOWN(bare) is not None or super().is_harmless(text)

    def identity(self, text: str) -> str:
        parsed = _parsed(_bare(text))
        return text.lower() if parsed is None else str(parsed)

    def series(self, text: str) -> str:
        return self.write(1, text)

    def respell(self, stand_in: str, text: str) -> str:
        return in_case_of(text, stand_in)

    def room(self, text: str) -> int:
        return len(_DOCUMENTATION) * _HOSTS

    def write(self, number: int, text: str) -> str:
        bare = _bare(text)
        parsed = _parsed(bare)
        written = _name(number, bare) if parsed is None else _ip(number, parsed)
        return text.replace(bare, in_case_of(text, written), 1)

    def mask(self, text: str) -> str:
        host, local = _split(text)
        return super().mask(host) + local  # that it is a name of that kind may be seen

    def number(self, text: str) -> int:
        host, _ = _split(_bare(text))
        last = only(ALPHANUMERIC, host)[-3:]
        return super().number(text) if _NAME(host) or not last.isdecimal() else int(last)

    def is_stand_in(self, text: str) -> bool:
        bare = _bare(text)
        parsed = _parsed(bare)
        if parsed is None:
            host, _ = _split(bare)
            return _UUID_NAME.is_stand_in(host) if _UUID(host) else super().is_stand_in(text)
        plain = _plain(parsed)
        return scope(bare) is Scope.DOCUMENTATION or _is_numbered(plain)


def _bare(text: str) -> str:
    """An address without brackets and zone."""
    dressed = _DRESSED(text)
    return dressed[1] if dressed else text


def _parsed(address: str) -> _IP | None:
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None


def _plain(address: _IP) -> _IP:
    """An IPv4-mapped address as what it is."""
    return getattr(address, "ipv4_mapped", None) or address


def _split(name: str) -> tuple[str, str]:
    """A name without its .local, and that."""
    end = len(name) - len(_LOCAL) * name.lower().endswith(_LOCAL)
    return name[:end], name[end:]


def _name(number: int, name: str) -> str:
    """The stand-in of a host name, or of something else that is no address, and has to stay so."""
    host, local = _split(name)
    if local and _UUID(host):
        return _UUID_NAME.write(number, host) + local
    if not _NAME(host):
        return fill(host, f"{number:03}".rjust(len(only(ALPHANUMERIC, host)), "9")) + local
    return f"host{number}{local or '.example.com'}"


def _ip(number: int, address: _IP) -> str:
    """The stand-in of an address; that of an IPv4-mapped one is one, too."""
    plain = _plain(address)
    mapped = "" if plain is address else "::ffff:"
    pool = next((pool for pool in _POOLS if plain in pool[0]), None)
    if pool is None:
        network, host = divmod((number - 1) % (len(_DOCUMENTATION) * _HOSTS), _HOSTS)
        return mapped + str(ipaddress.ip_address(_DOCUMENTATION[network] + 1 + host))
    within, first = pool
    start = int(within.network_address)
    group = int(plain) & _GROUP if plain.is_multicast and plain.version == 6 else 0
    return mapped + str(type(plain)(group | start + (first - start + number) % within.num_addresses))


def _is_numbered(address: _IP) -> bool:
    number = int(address) % 256
    return number in RECOGNISED and _ip(number, address) == str(address)


class Hardware(Kind):
    """A hardware address (EUI-48 or EUI-64), with hyphens or colons; for it stand those of RFC 9542 §2.1.4, §2.2.3.

    >>> Hardware("hardware address", "addresses").write(1, "38-d6-6d-8e-d2-78")
    '00-00-5e-00-53-01'
    """

    space = "hardware"

    def identity(self, text: str) -> str:
        return text.lower().replace("-", ":")

    def room(self, text: str) -> int:
        return 255

    def write(self, number: int, text: str) -> str:
        first, size = (0x00005E005300, 6) if len(text) < 20 else (0x00005EEF10000000, 8)
        written = (first + number).to_bytes(size).hex(text[2])
        return written if text.islower() else written.upper()

    def number(self, text: str) -> int:
        return int(text[-2:], 16)
