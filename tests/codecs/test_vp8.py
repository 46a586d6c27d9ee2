"""VP8: RFC 7741."""

import pytest

from sdpkit.codecs.vp8 import VP8Parameters


@pytest.mark.parametrize(
    ("text", "vp8", "summary"),
    [
        ("max-fs=12288;max-fr=60", VP8Parameters(max_fs=12288, max_fr=60), "max-fs=12288 max-fr=60"),
        ("max-fr=30", VP8Parameters(max_fr=30), "max-fr=30"),
        (
            "x-google-start-bitrate=800",
            VP8Parameters(others=(("x-google-start-bitrate", "800"),)),
            "x-google-start-bitrate=800",
        ),
    ],
)
def test_both_ways(text: str, vp8: VP8Parameters, summary: str) -> None:
    assert VP8Parameters.parse(text) == vp8
    assert str(vp8) == text
    assert vp8.summary == summary
