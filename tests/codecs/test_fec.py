"""Forward error correction: RFC 5109, RFC 8627."""

import pytest

from sdpkit.codecs.fec import FlexfecParameters, UlpfecParameters
from sdpkit.codecs.parameters import FormatParameters


@pytest.mark.parametrize(
    ("text", "fec"),
    [
        ("repair-window=10000000", FlexfecParameters(repair_window=10_000_000)),
        ("repair-window=200000;L=5;D=10;ToP=2", FlexfecParameters(repair_window=200_000, L=5, D=10, ToP=2)),
        ("onelevelonly=1", UlpfecParameters(onelevelonly=True)),
    ],
)
def test_both_ways(text: str, fec: FormatParameters) -> None:
    assert type(fec).parse(text) == fec
    assert str(fec) == text
    assert fec.summary == text.replace(";", " ")
