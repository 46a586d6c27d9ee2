"""What kind of address a text is: its family, and how far it reaches."""

import enum
import ipaddress
import re
from functools import lru_cache


class Family(enum.StrEnum):
    """An address family by its SDP name (RFC 8866 §5.7); a host name has none until it is resolved."""

    IP4 = "IP4"
    IP6 = "IP6"
    NAME = "name"


class Scope(enum.StrEnum):
    """How far an address reaches, as the IANA special-purpose registries have it (RFC 6890)."""

    GLOBAL = "global"
    PRIVATE = "private"
    SHARED = "shared"  # behind a provider's NAT
    LINK_LOCAL = "link-local"
    LOOPBACK = "loopback"
    UNSPECIFIED = "unspecified"
    MULTICAST = "multicast"
    DOCUMENTATION = "documentation"
    RESERVED = "reserved"
    MDNS = "mdns"  # a .local name, which multicast DNS resolves on the same link
    NAME = "name"  # any other host name
    MASKED = "masked"  # made unreadable by a person or a tool before it was shared


# The first network that holds an address names its scope; whatever none of them holds is global.
_NETWORKS = [
    (ipaddress.ip_network(network), scope)
    for network, scope in [
        ("0.0.0.0/32", Scope.UNSPECIFIED),
        ("::/128", Scope.UNSPECIFIED),
        ("10.0.0.0/8", Scope.PRIVATE),  # RFC 1918
        ("172.16.0.0/12", Scope.PRIVATE),
        ("192.168.0.0/16", Scope.PRIVATE),
        ("fc00::/7", Scope.PRIVATE),  # RFC 4193, unique local
        ("fec0::/10", Scope.PRIVATE),  # RFC 3879, the site-local of old
        ("100.64.0.0/10", Scope.SHARED),  # RFC 6598
        ("169.254.0.0/16", Scope.LINK_LOCAL),
        ("fe80::/10", Scope.LINK_LOCAL),
        ("127.0.0.0/8", Scope.LOOPBACK),
        ("::1/128", Scope.LOOPBACK),
        ("224.0.0.0/4", Scope.MULTICAST),
        ("ff00::/8", Scope.MULTICAST),
        ("192.0.2.0/24", Scope.DOCUMENTATION),  # RFC 5737
        ("198.51.100.0/24", Scope.DOCUMENTATION),
        ("203.0.113.0/24", Scope.DOCUMENTATION),
        ("2001:db8::/32", Scope.DOCUMENTATION),  # RFC 3849
        ("3fff::/20", Scope.DOCUMENTATION),  # RFC 9637
        ("0.0.0.0/8", Scope.RESERVED),
        ("198.18.0.0/15", Scope.RESERVED),  # RFC 2544
        ("240.0.0.0/4", Scope.RESERVED),
    ]
]
# Stand-ins for digits that people and tools write: 192.168.xxx.xxx, 10.0.*.1, 2001:db8:x:x::1, redacted-ip.invalid
_MASKED_IP4 = re.compile(r"(?=.*[xX*])(?:[0-9]{1,3}|[xX*]+)(?:\.(?:[0-9]{1,3}|[xX*]+)){3}")
_MASKED_IP6 = re.compile(r"(?=.*[xX*])(?=.*:.*:)[0-9A-Fa-fxX*:]+")
_REDACTED = re.compile(r"redacted[\w.-]*|\[[a-z ]+\]|<[A-Za-z _]+>")


def family(address: str) -> Family:
    """The family of an address as SDP writes it; that of a masked one by its shape.

    >>> [str(family(address)) for address in ("192.168.xxx.xxx", "fe80::1%eth0", "peer.example.com")]
    ['IP4', 'IP6', 'name']
    """
    parsed = _parse(address)
    if parsed is not None:
        return Family.IP4 if parsed.version == 4 else Family.IP6
    if _MASKED_IP4.fullmatch(address):
        return Family.IP4
    return Family.IP6 if _MASKED_IP6.fullmatch(address) else Family.NAME


@lru_cache(maxsize=1024)
def scope(address: str) -> Scope:
    """How far an address reaches.

    >>> [str(scope(a)) for a in ("192.168.1.5", "fe80::1", "198.51.100.7", "9.9.9.9", "192.168.xxx.xxx", "a1.local")]
    ['private', 'link-local', 'documentation', 'global', 'masked', 'mdns']
    """
    parsed = _parse(address)
    if parsed is not None:
        return next((scope for network, scope in _NETWORKS if parsed in network), Scope.GLOBAL)
    if any(masked.fullmatch(address) for masked in (_MASKED_IP4, _MASKED_IP6, _REDACTED)):
        return Scope.MASKED
    return Scope.MDNS if address.lower().rstrip(".").endswith(".local") else Scope.NAME


def _parse(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address as a number, an IPv4-mapped one as the IPv4 address that it is; None for anything else."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed
