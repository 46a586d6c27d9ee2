import pytest

from sdpkit.codecs.h264 import _LEVELS
from sdpkit.explanation import explain
from sdpkit.explanation.profiles import _LIMITS, describe


def test_every_level_has_its_limits() -> None:
    assert _LIMITS.keys() == {*_LEVELS.values(), "1b"}


def test_the_parts() -> None:
    reading = explain("42e01f").readings[0]
    assert [(row.part, row.value, row.meaning) for row in reading.rows] == [
        ("profile_idc", "42", "66"),
        ("profile-iop", "e0", "11100000: constraint_set0 to 5, then two zeros: further profiles that it keeps to"),
        ("profile", "Constrained Baseline", "every WebRTC program with H264 has it"),
        ("level_idc", "1f", "level 3.1: up to 1280×720 at 30 pictures a second"),
    ]


@pytest.mark.parametrize(
    ("digits", "pictures"),
    [
        ("42000a", "level 1: up to 176×144 at 15 pictures a second"),
        ("42f00b", "level 1b: up to 176×144 at 15 pictures a second"),
        ("42e01e", "level 3: up to 720×576 at 25 pictures a second"),
        ("640028", "level 4: up to 1920×1080 at 30 pictures a second"),
        ("640034", "level 5.2: up to 3840×2160 at 64 pictures a second"),
        ("64003e", "level 6.2: up to 7680×4320 at 128 pictures a second"),
    ],
)
def test_what_a_level_allows(digits: str, pictures: str) -> None:
    assert explain(digits).readings[0].rows[3].meaning == pictures


@pytest.mark.parametrize(
    ("digits", "said"),
    [
        ("42e01f", "Constrained Baseline, level 3.1"),
        ("640C1F", "Constrained High, level 3.1"),
        ("64c01f", "a profile that no standard names, level 3.1"),
        ("42e0ff", "Constrained Baseline, no level that there is"),
        ("42e01", ""),
        ("zzzzzz", ""),
    ],
)
def test_in_one_line(digits: str, said: str) -> None:
    assert describe(digits).en == said


def test_six_digits_that_are_no_profile() -> None:
    assert explain("ffffff").readings == ()
