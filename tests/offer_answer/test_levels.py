"""At which levels video may be sent."""

import pytest

from sdpkit.codecs.codec import Codec
from sdpkit.offer_answer.agreement import Levels
from sdpkit.offer_answer.levels import agreed_levels

BOTH = ";level-asymmetry-allowed=1"


@pytest.mark.parametrize(
    ("name", "offered", "answered", "levels"),
    [
        ("H264", "profile-level-id=42e01f", "profile-level-id=42e034", ("3.1", "3.1")),
        ("H264", f"profile-level-id=42e01f{BOTH}", "profile-level-id=42e034", ("3.1", "3.1")),
        ("H264", f"profile-level-id=42e01f{BOTH}", f"profile-level-id=42e034{BOTH}", ("5.2", "3.1")),
        ("H264", "profile-level-id=42f00b", "profile-level-id=42e00b", ("1b", "1b")),
        ("H264", "profile-level-id=42e00a", "profile-level-id=42f00b", ("1", "1")),
        ("H264", None, "profile-level-id=42e034", ("3.1", "3.1")),
        ("H264", "profile-level-id=42e0ff", "profile-level-id=42e034", None),
        ("H265", "level-id=120", "level-id=153", ("4", "4")),
        ("H265", "level-id=120", None, ("3.1", "3.1")),
        ("AV1", "level-idx=8", None, ("3.1", "4.0")),
        ("AV1", "level-idx=8", "level-idx=31", ("maximum", "4.0")),
        ("VP8", None, None, None),
    ],
)
def test_levels(name: str, offered: str | None, answered: str | None, levels: tuple[str, str] | None) -> None:
    codecs = (Codec(96, name, 90000, fmtp=fmtp) for fmtp in (offered, answered))
    assert agreed_levels(*codecs) == (levels and Levels(*levels))
