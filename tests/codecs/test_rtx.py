"""Retransmission: RFC 4588."""

import pytest

from sdpkit.codecs.rtx import RtxParameters


@pytest.mark.parametrize(
    ("text", "rtx", "summary"),
    [
        ("apt=96", RtxParameters(apt=96), "apt=96"),
        ("apt=96;rtx-time=3000", RtxParameters(apt=96, rtx_time=3000), "apt=96 rtx-time=3000"),
        ("apt=x", RtxParameters(others=(("apt", "x"),)), "apt=x"),
    ],
)
def test_both_ways(text: str, rtx: RtxParameters, summary: str) -> None:
    assert RtxParameters.parse(text) == rtx
    assert str(rtx) == text
    assert rtx.summary == summary
