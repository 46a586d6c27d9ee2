"""What kind of address a text is."""

import pytest

from sdpkit.ice.address import Family, Scope, family, scope

EXAMPLES = [
    ("9.9.9.9", Family.IP4, Scope.GLOBAL),
    ("0.0.0.0", Family.IP4, Scope.UNSPECIFIED),
    ("0.1.2.3", Family.IP4, Scope.RESERVED),
    ("10.0.0.1", Family.IP4, Scope.PRIVATE),
    ("172.15.255.255", Family.IP4, Scope.GLOBAL),
    ("172.16.0.0", Family.IP4, Scope.PRIVATE),
    ("172.32.0.0", Family.IP4, Scope.GLOBAL),
    ("192.168.77.10", Family.IP4, Scope.PRIVATE),
    ("100.64.0.1", Family.IP4, Scope.SHARED),
    ("100.128.0.1", Family.IP4, Scope.GLOBAL),
    ("169.254.1.1", Family.IP4, Scope.LINK_LOCAL),
    ("127.0.0.1", Family.IP4, Scope.LOOPBACK),
    ("224.0.0.251", Family.IP4, Scope.MULTICAST),
    ("239.255.255.255", Family.IP4, Scope.MULTICAST),
    ("192.0.2.1", Family.IP4, Scope.DOCUMENTATION),
    ("198.51.100.1", Family.IP4, Scope.DOCUMENTATION),
    ("203.0.113.1", Family.IP4, Scope.DOCUMENTATION),
    ("198.18.0.1", Family.IP4, Scope.RESERVED),
    ("255.255.255.255", Family.IP4, Scope.RESERVED),
    ("::", Family.IP6, Scope.UNSPECIFIED),
    ("::1", Family.IP6, Scope.LOOPBACK),
    ("fe80::1%eth0", Family.IP6, Scope.LINK_LOCAL),
    ("FD00::1", Family.IP6, Scope.PRIVATE),
    ("fec0::1", Family.IP6, Scope.PRIVATE),
    ("ff02::fb", Family.IP6, Scope.MULTICAST),
    ("2001:db8::1", Family.IP6, Scope.DOCUMENTATION),
    ("3fff::1", Family.IP6, Scope.DOCUMENTATION),
    ("2620:fe::fe", Family.IP6, Scope.GLOBAL),
    ("::ffff:192.168.1.5", Family.IP4, Scope.PRIVATE),
    ("192.168.xxx.xxx", Family.IP4, Scope.MASKED),
    ("XXX.XXX.XXX.XXX", Family.IP4, Scope.MASKED),
    ("10.0.*.1", Family.IP4, Scope.MASKED),
    ("2001:db8:x:x::1", Family.IP6, Scope.MASKED),
    ("[redacted]", Family.NAME, Scope.MASKED),
    ("<IP_ADDRESS>", Family.NAME, Scope.MASKED),
    ("redacted-ip.invalid", Family.NAME, Scope.MASKED),
    ("0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0.local", Family.NAME, Scope.MDNS),
    ("Printer.LOCAL.", Family.NAME, Scope.MDNS),
    ("peer.example.com", Family.NAME, Scope.NAME),
    ("local", Family.NAME, Scope.NAME),
    ("xx.example.com", Family.NAME, Scope.NAME),
    # none of these is an address
    ("", Family.NAME, Scope.NAME),
    ("256.0.0.1", Family.NAME, Scope.NAME),
    ("10.0.0", Family.NAME, Scope.NAME),
    ("١٠.0.0.1", Family.NAME, Scope.NAME),
    ("192.168.1.5/24", Family.NAME, Scope.NAME),
    ("\ud800", Family.NAME, Scope.NAME),
]


@pytest.mark.parametrize(("text", "expected", "reach"), EXAMPLES)
def test_family_and_scope(text: str, expected: Family, reach: Scope) -> None:
    assert (family(text), scope(text)) == (expected, reach)
