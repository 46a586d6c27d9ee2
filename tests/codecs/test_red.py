"""Redundant audio and text: RFC 2198."""

import pytest

from sdpkit.codecs.red import PayloadTypes, RedParameters
from sdpkit.finding import SDPError


@pytest.mark.parametrize(
    ("text", "red"),
    [
        ("111/111", RedParameters(PayloadTypes((111, 111)))),
        ("120/121/123", RedParameters(PayloadTypes((120, 121, 123)))),
        ("0/5", RedParameters(PayloadTypes((0, 5)))),
        ("98", RedParameters(PayloadTypes((98,)))),
        ("111/111;x=1", RedParameters(PayloadTypes((111, 111)), others=(("x", "1"),))),
        ("x;111/111", RedParameters(PayloadTypes((111, 111)), others=(("x", None),), order=(None, ""))),
        ("111/111;63", RedParameters(PayloadTypes((111, 111)), others=(("63", None),))),
        ("payload-types=111", RedParameters(others=(("payload-types", "111"),))),
        ("111/x", RedParameters(others=(("111/x", None),))),
        ("=111/111", RedParameters(others=(("=111/111", None),))),
    ],
)
def test_both_ways(text: str, red: RedParameters) -> None:
    assert RedParameters.parse(text) == red
    assert str(red) == text


def test_summary() -> None:
    assert RedParameters.parse("111/111").summary == "111/111"


@pytest.mark.parametrize("text", ["", "/", "111/", "/111", "111//111", "111 / 111", "0111/111", "1000/1", "١/1"])
def test_what_are_no_payload_types(text: str) -> None:
    with pytest.raises(SDPError, match="COD015"):
        PayloadTypes.parse(text)
