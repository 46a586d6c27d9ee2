"""What stands for a value: its grammar, length and alphabet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit.redaction.places import KINDS


@pytest.mark.parametrize(
    ("kind", "value", "stand_in"),
    [
        ("ufrag", "lNnd", "u001"),
        ("ufrag", "3f2a", "d001"),
        ("ufrag", "0123", "0001"),
        ("ufrag", "ABCDEFBC", "D0C00001"),
        ("ufrag", "ABCDEFGHIJ", "UFRAG00001"),
        ("ufrag", "a-_ b", "0-_ 1"),  # what is wrong stays
        ("pwd", "s6dxxJer3d4+6HWcWWkxqO1y", "pwd000000000000000000001"),
        ("pwd", "0e5f79b5dca5ed4ca1b1a4d60d7a41c3", "d0c00000000000000000000000000001"),
        ("fingerprint", "6b:8b:f0:65", "d0:c0:00:01"),
        ("key", "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj", "key0000000000000000000000000000000000001"),
        ("stream", "{d3b6a7c1-0f2e-4d5c-8b9a-1e2f3a4b5c6d}", "{d0c00000-0000-0000-0000-000000000001}"),
        ("foundation", "842163049", "000000001"),
        ("ssrc", "3735928559", "1000000001"),
        ("ssrc", "5000000000", "4294967297"),  # more than an SSRC can be
        ("session", "7654334866991908966 2", "1000000000000000001 2"),
        ("session", "9999999999999999999 2", "9223372036854775809 2"),  # beyond 2^63 - 1
        ("session", "3243756733727270502400 2", "3237403584936026308609 2"),  # 351 * 2^63 + 1: the 64th bit stays set
        ("session", "3906123456 3906123460", "1000000001 1000000005"),
        ("session", "3906123456\t3906123460", "1000000001\t1000000005"),
        ("session", "7654334866991908966\xa02", "1000000000000000001\xa02"),
        ("address", "192.168.-1", "999.900.-1"),
        ("port", "54320", "50000"),
        ("port", "54321", "50001"),
        ("mail", "j.doe@company.com", "user1@example.com"),
        ("user", "jdoe", "user1"),
        ("title", "Weekly meeting of the board", "title 1"),
        ("title", "Réunion", "téitle1"),
        ("title", 'a\x1b[31m "b"', 't\x1b[itl "e1"'),  # what is odd stays
        ("phone", "+44 171 380-7777", "+00 000 000-0001"),
        ("hardware", "38-D6-6D-8E-D2-78", "00-00-5E-00-53-01"),
        ("hardware", "38:d6:6d:ff:fe:8e:d2:78", "00:00:5e:ef:10:00:00:01"),
    ],
)
def test_stand_ins(kind: str, value: str, stand_in: str) -> None:
    assert KINDS[kind].write(1, value) == stand_in
    assert KINDS[kind].is_stand_in(stand_in)
    assert not KINDS[kind].is_harmless(stand_in)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("address", "0.0.0.0"),
        ("address", "::"),
        ("address", "127.0.0.1"),
        ("address", "192.168.xxx.xxx"),
        ("address", "224.0.0.251"),
        ("address", "255.255.255.255"),
        ("address", "ff02::1"),
        ("address", "localhost"),
        ("address", "peer.example.com"),
        ("port", "9"),
        ("port", "443"),
        ("port", "99999"),
        ("foundation", "1"),
        ("foundation", "udpcandidate"),
        ("fingerprint", "00:00:00:00"),
        ("user", "-"),
        ("user", "mozilla...THIS_IS_SDPARTA-99.0"),
        ("title", "-"),
        ("title", "SIP Call"),
        ("stream", "*"),
        ("session", "123 456789"),
        ("pwd", "xxxxxxxxxxxxxxxxxxxxxxxx"),
    ],
)
def test_what_tells_nothing(kind: str, value: str) -> None:
    assert KINDS[kind].is_harmless(value)


@given(
    st.sampled_from(["ufrag", "pwd", "key", "fingerprint", "stream", "cname", "label", "id"]),
    st.text("abcdefxyzABXY0189+/:-_{}", min_size=4, max_size=40),
    st.integers(1, 255),
)
def test_words_keep_their_shape(kind: str, value: str, number: int) -> None:
    stand_in = KINDS[kind].write(number, value)
    letters = sum(char.isalnum() for char in value)
    if letters >= 3:
        assert len(stand_in) == len(value)
    if kind in ("stream", "cname", "label", "id", "fingerprint") and letters >= 3:
        assert [char for char in stand_in if not char.isalnum()] == [char for char in value if not char.isalnum()]
    if letters:
        assert KINDS[kind].is_stand_in(stand_in)


@given(st.integers(0, 2**65), st.integers(1, 255))
def test_numbers_exceed_what_they_exceeded(value: int, number: int) -> None:
    stand_in = int(KINDS["ssrc"].write(number, str(value)))
    if value >= 10_000:
        assert len(str(stand_in)) == len(str(value))
        limits = [2**16, 2**32, 2**63, 2**64]
        near = any(0 <= limit - stand_in <= 255 or 0 <= value - limit <= 255 for limit in limits)
        assert near or [stand_in >= limit for limit in limits] == [value >= limit for limit in limits]


@given(st.integers(1024, 65533), st.integers(1, 7000))
def test_neighbouring_ports_stay_neighbours(port: int, number: int) -> None:
    kind = KINDS["port"]
    even = port - port % 2
    first = kind.write(number, str(even))
    assert 1024 <= int(first) <= 65535
    assert int(kind.respell(first, str(even + 1))) == int(first) + 1 == int(kind.write(number, str(even + 1)))


@pytest.mark.parametrize("kind", KINDS)
def test_values_are_masked(kind: str) -> None:
    assert set(KINDS[kind].mask("aB3.é:/9")) <= set("x.:/")
