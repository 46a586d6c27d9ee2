"""Opus: RFC 7587."""

import pytest

from sdpkit.codecs.opus import OpusParameters

TABLE = [
    ("", OpusParameters()),
    ("minptime=10;useinbandfec=1", OpusParameters(minptime=10, useinbandfec=True)),
    (
        "maxplaybackrate=48000;stereo=1;useinbandfec=1",
        OpusParameters(maxplaybackrate=48000, stereo=True, useinbandfec=True),
    ),
    ("sprop-maxcapturerate=48000;sprop-stereo=0", OpusParameters(sprop_maxcapturerate=48000, sprop_stereo=False)),
    (
        "cbr=0;maxaveragebitrate=510000;maxptime=120;ptime=20;usedtx=1",
        OpusParameters(cbr=False, maxaveragebitrate=510000, maxptime=120, ptime=20, usedtx=True),
    ),
]


@pytest.mark.parametrize(("text", "opus"), TABLE)
def test_both_ways(text: str, opus: OpusParameters) -> None:
    assert OpusParameters.parse(text) == opus
    assert str(opus) == text


def test_summary() -> None:
    assert OpusParameters.parse("minptime=10;useinbandfec=1").summary == "minptime=10 useinbandfec=1"
