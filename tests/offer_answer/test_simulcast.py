"""Which simulcast streams are agreed."""

import pytest

from sdpkit.offer_answer.simulcast import agreed_streams
from sdpkit.sdp.parser import parse

RIDS = {"send": "a=rid:h send\na=rid:m send\na=rid:l send\n", "recv": "a=rid:h recv\na=rid:m recv\na=rid:l recv\n"}


@pytest.mark.parametrize(
    ("sent", "received", "streams"),
    [
        ("send h;m;l", "recv h;m;l", "h;m;l"),
        ("send h;m;l", "recv l;h", "l;h"),
        ("send h,m;l", "recv h;l", "h;l"),
        ("send h;~l", "recv ~h;l", "~h;~l"),
        ("send h;m", "recv h;x", "h"),
        ("send h;m", "send h;m", ""),
        ("recv h;m", "recv h;m", ""),
        (" send rid=h;m,l paused=m", "recv h;m,l", "h;~m,l"),
    ],
)
def test_streams(sent: str, received: str, streams: str) -> None:
    sender, receiver = (
        parse(f"m=video 9 RTP/AVP 96\n{RIDS[way]}a=simulcast:{line}\n").media[0]
        for way, line in (("send", sent), ("recv", received))
    )
    found = agreed_streams(sender, receiver)
    assert ";".join(",".join(map(str, alternatives)) for alternatives in found) == streams


def test_a_stream_without_its_rid_is_none() -> None:
    sender = parse(f"m=video 9 RTP/AVP 96\n{RIDS['send']}a=simulcast:send h;l\n").media[0]
    receiver = parse("m=video 9 RTP/AVP 96\na=rid:h recv\na=rid:l send\na=simulcast:recv h;l\n").media[0]
    assert [[str(each) for each in stream] for stream in agreed_streams(sender, receiver)] == [["h"]]
