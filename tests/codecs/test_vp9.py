"""VP9: RFC 9628."""

import pytest

from sdpkit.codecs.vp9 import VP9Parameters


@pytest.mark.parametrize(
    ("text", "vp9", "summary"),
    [
        ("profile-id=0", VP9Parameters(profile_id=0), "profile 0"),
        ("profile-id=2;max-fs=3600;max-fr=30", VP9Parameters(profile_id=2, max_fs=3600, max_fr=30), "profile 2"),
        ("max-fs=12288;max-fr=60", VP9Parameters(max_fs=12288, max_fr=60), "max-fs=12288 max-fr=60"),
    ],
)
def test_both_ways(text: str, vp9: VP9Parameters, summary: str) -> None:
    assert VP9Parameters.parse(text) == vp9
    assert str(vp9) == text
    assert vp9.summary == summary
