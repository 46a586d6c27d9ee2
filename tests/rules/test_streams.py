"""The rules of RTP streams, where two examples do not show enough."""

import pytest

from sdpkit.rules import Profile, validate
from sdpkit.rules.examples import OFFER, changed
from sdpkit.rules.fixing import apply
from sdpkit.sdp.parser import parse


def cited(change: str, code: str) -> list[str]:
    """The pieces of the text that the findings of a code are about."""
    text = changed(OFFER, change)
    lines = parse(text).lines
    report = validate(text, "offer", profile=Profile.WEBRTC, pedantic=True)
    spans = [finding.span for finding in report.findings if finding.code == code]
    return [lines[span.line - 1].text[span.start - 1 : span.end - 1] for span in spans]


def video(*lines: str) -> str:
    """The change that adds lines to the video section."""
    return "\n".join(["-a=mid:1", "+a=mid:1", *(f"+{line}" for line in lines)])


@pytest.mark.parametrize(
    ("lines", "code", "pieces"),
    [
        (("a=rid:s send", "a=simulcast:send s;end"), "RID001", ["end"]),
        (("a=rid:s send", "a=simulcast:send s,~m;l"), "RID001", ["m", "l"]),
        (("a=rid:h send", "a=rid:l send", "a=simulcast:send h;l recv h"), "RID002", ["h"]),
        (("a=rid:h send", "a=rid:h send", "a=rid:h recv"), "RID003", ["h", "h"]),
        (("a=rid:h_i send",), "RID004", ["h_i"]),
        (("a=rid:abcdefghijklmnopq send",), "RID004", ["abcdefghijklmnopq"]),
        (("a=simulcast:send h;;l",), "RID005", ["send h;;l"]),
        (("a=simulcast:send h", "a=simulcast:recv l"), "RID005", ["a=simulcast:recv l"]),
        (("a=simulcast:send h send l",), "RID005", ["send"]),
        (("a=rid:h send pt=96,120",), "RID008", ["pt=96,120"]),
        (("a=rid:h send max-width=wide",), "RID008", ["max-width=wide"]),
        (("a=rid:h send max-fps=30;max-fps=15",), "RID008", ["max-fps"]),
        (("a=rid:h send pt=96;max-bpp=0.25;max-fps=30",), "RID008", []),
        (("a=ssrc-group:SIM 2001 2002",), "RID011", []),
        (("a=ssrc-group:FEC-FR 2001",), "RID011", ["FEC-FR 2001"]),
        (("a=ssrc-group:SIM 2001 2002 2003 2004",), "RID011", ["SIM 2001 2002 2003 2004"]),
        (("a=ssrc-group:SIM 2001 2002 2003 2004",), "RID012", ["2003", "2004"]),
        (("a=ssrc:2001 cname",), "RID013", ["cname"]),
        (("a=ssrc:2001 x-anything",), "RID013", []),
        (("a=ssrc:1001 cname:user",), "RID015", ["1001"]),
        (("a=msid:- other-track",), "RID018", ["video-track"]),
        (("a=msid:other video-track",), "RID018", []),
        ((f"a=msid:{'s' * 65} video-track",), "RID017", ["s" * 65]),
        (("a=msid:{11111111-2222-3333} video-track",), "RID017", []),
    ],
)
def test_places(lines: tuple[str, ...], code: str, pieces: list[str]) -> None:
    assert cited(video(*lines), code) == pieces


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a=simulcast: send rid=h;l", "a=simulcast:send h;l"),
        ("a=simulcast: send rid=h,l paused=l recv rid=m", "a=simulcast:send h,~l recv m"),
        ("a=simulcast: send pt=96;97", None),
    ],
)
def test_simulcast_of_the_draft_is_rewritten(old: str, new: str | None) -> None:
    text = changed(OFFER, video(old))
    report = validate(text, "offer", profile=Profile.WEBRTC, pedantic=True)
    (finding,) = (finding for finding in report.findings if finding.code == "RID006")
    if new is None:
        assert finding.fix is None
    else:
        assert finding.fix is not None
        assert new in str(apply(parse(text), finding.fix)).splitlines()
