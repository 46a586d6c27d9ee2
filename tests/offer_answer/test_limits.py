"""How much one side lets the other send."""

import pytest

from sdpkit.offer_answer.limits import max_bitrate, max_message_size
from sdpkit.sdp.parser import parse


@pytest.mark.parametrize(
    ("session", "section", "limit"),
    [
        ("", "", None),
        ("", "b=AS:128\nb=TIAS:96000\n", 96000),
        ("", "b=AS:1000\n", 934_000),
        ("", "b=AS:0\n", 0),
        ("b=CT:1000\n", "", 1_000_000),
        ("b=CT:1000\n", "b=AS:100\n", 79_000),
        ("b=AS:1000\n", "", None),
        ("", "b=RS:500\nb=X-YZ:5\n", None),
    ],
)
def test_bitrate(session: str, section: str, limit: int | None) -> None:
    assert max_bitrate(parse(f"{session}m=audio 9 RTP/AVP 0\n{section}").media[0]) == limit


@pytest.mark.parametrize(("line", "size"), [("", 65536), ("a=max-message-size:0\n", 0), ("a=max-message-size:9\n", 9)])
def test_message_size(line: str, size: int) -> None:
    said = parse(f"m=application 9 UDP/DTLS/SCTP webrtc-datachannel\n{line}").media[0].data_channels
    assert said is not None
    assert max_message_size(said) == size
