"""AV1: AV1 RTP payload format."""

import pytest

from sdpkit.codecs.av1 import AV1Parameters


@pytest.mark.parametrize(
    ("text", "av1", "summary"),
    [
        ("level-idx=5;profile=0;tier=0", AV1Parameters(level_idx=5, profile=0, tier=0), "profile 0 level 3.1 tier 0"),
        ("profile=1", AV1Parameters(profile=1), "profile 1"),
        ("level-idx=31;tier=1", AV1Parameters(level_idx=31, tier=1), "level maximum tier 1"),
        ("level-idx=24", AV1Parameters(level_idx=24), "level-idx=24"),
        ("", AV1Parameters(), ""),
    ],
)
def test_both_ways(text: str, av1: AV1Parameters, summary: str) -> None:
    assert AV1Parameters.parse(text) == av1
    assert str(av1) == text
    assert av1.summary == summary


@pytest.mark.parametrize(
    ("level_idx", "level"),
    [
        (0, "2.0"),
        (5, "3.1"),
        (8, "4.0"),
        (23, "7.3"),
        (24, None),
        (30, None),
        (31, "maximum"),
        (32, None),
        (None, None),
    ],
)
def test_level(level_idx: int | None, level: str | None) -> None:
    assert AV1Parameters(level_idx=level_idx).level == level
