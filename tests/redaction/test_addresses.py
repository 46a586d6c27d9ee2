"""What stands for an address: its family and scope."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit.ice.address import Scope, family, scope
from sdpkit.redaction.places import KINDS

ADDRESS = KINDS["address"]


@pytest.mark.parametrize(
    ("address", "stand_in"),
    [
        ("8.8.8.8", "198.51.100.1"),
        ("10.1.2.3", "10.254.0.1"),
        ("172.17.0.1", "172.29.254.1"),
        ("192.168.1.5", "192.168.240.1"),
        ("100.64.3.4", "100.127.0.1"),
        ("169.254.7.8", "169.254.240.1"),
        ("239.255.1.2", "233.252.0.1"),
        ("198.18.0.5", "198.19.0.1"),
        ("2a02:1210:5e4::1", "2001:db8::1"),
        ("fd12:3456:789a::1", "fd00:db8::1"),
        ("fe80::a00:27ff:fe4e:66a1", "fe80::db8:1"),
        ("fe80::1%eth0", "fe80::db8:1%eth0"),
        ("[2a02:1210::1]", "[2001:db8::1]"),
        ("ff05::1:3:4", "ff05::db8:0:1"),
        ("::ffff:8.8.8.8", "::ffff:198.51.100.1"),
        ("::ffff:192.168.1.5", "::ffff:192.168.240.1"),
        ("5c3a7a4d-8f0e-4a71-9b7e-6a4f8a1e9d2b.local", "d0c00000-0000-0000-0000-000000000001.local"),
        ("JOHNS-MACBOOK.LOCAL", "HOST1.LOCAL"),
        ("gateway.company.net", "host1.example.com"),
        ("192.168.1.300", "999.999.9.001"),
        ("1::2::3", "0::0::1"),
    ],
)
def test_stand_ins(address: str, stand_in: str) -> None:
    assert ADDRESS.write(1, address) == stand_in
    assert ADDRESS.is_stand_in(stand_in)


@given(st.ip_addresses(), st.integers(1, 700))
def test_family_and_scope_stay(address: ipaddress.IPv4Address | ipaddress.IPv6Address, number: int) -> None:
    stand_in = ADDRESS.write(number, str(address))
    assert family(stand_in) == family(str(address))
    before, after = scope(str(address)), scope(stand_in)
    never_replaced = (Scope.UNSPECIFIED, Scope.LOOPBACK, Scope.DOCUMENTATION)
    assert before in never_replaced or after == (Scope.DOCUMENTATION if before is Scope.GLOBAL else before)


def test_addresses_of_documentation_stand_for_themselves() -> None:
    assert all(ADDRESS.is_stand_in(address) for address in ("192.0.2.77", "203.0.113.9", "2001:db8:1:2::3"))
    assert not any(ADDRESS.is_stand_in(address) for address in ("10.0.0.5", "192.168.1.1", "fe80::1", "9.9.9.9"))
