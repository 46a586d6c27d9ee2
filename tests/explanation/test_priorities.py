import pytest

from sdpkit.explanation import explain
from sdpkit.explanation.priorities import describe
from sdpkit.ice.priority import Priority

HIGHEST = "the highest local preference, as RFC 8445 has it for a single address; these give it to all addresses"
WRITERS = [
    (2122260223, [("libwebrtc", "first adapter, IPv4")]),
    (2122262783, [("libwebrtc", "first adapter, IPv6")]),
    (2122129151, [("libwebrtc", "third adapter, IPv4")]),
    (2113937151, [("libwebrtc", "interfaces hidden, IPv4")]),
    (1518280447, [("libwebrtc", "first adapter, IPv4")]),
    (1686052607, [("libwebrtc", "first adapter, IPv4"), ("Firefox", "first adapter, STUN server number 2")]),
    (58663167, [("libwebrtc", "first adapter, IPv4, TURN server with 2 listed after it")]),
    (25108223, [("libwebrtc", "first adapter, IPv4, TURN server with 0 listed after it")]),
    (2130706431, [("aioice, Pion", HIGHEST)]),
    (1694498815, [("aioice, Pion", HIGHEST)]),
    (16777215, [("aioice, Pion", HIGHEST)]),
    (1671430143, [("Pion", "its type preference")]),
    (2122252543, [("Firefox", "first adapter")]),
    (2105524479, [("Firefox", "first adapter")]),
    (1686052863, [("Firefox", "first adapter, STUN server number 1")]),
    (2130379007, [("Firefox", "interface preference 251")]),
    (2114977791, [("libjuice", "the value that it gives to every IPv4 address")]),
    (2116026367, [("werift", "the value that it gives to every IPv4 address")]),
    (2015363327, [("libnice", "its type preference")]),
    (1076302079, [("mediasoup", "its type preference")]),
    (Priority(50, 7, 1).value, []),
]


@pytest.mark.parametrize(("number", "writers"), WRITERS)
def test_who_writes_such_a_priority(number: int, writers: list[tuple[str, str]]) -> None:
    reading = explain(str(number)).readings[0]
    assert reading.read_as == "priority of a candidate"
    assert [(row.value, row.meaning) for row in reading.rows if row.part == "written by"] == writers


def test_the_parts_of_a_priority() -> None:
    reading = explain("2122260222").readings[0]
    assert [(row.part, row.value, row.meaning) for row in reading.rows] == [
        ("type preference", "126", "host"),
        ("local preference", "32542", "orders candidates of one type"),
        ("component", "2", "RTCP, where it has a port of its own"),
        ("written by", "libwebrtc", "first adapter, IPv4"),
    ]


def test_the_parts_of_a_pairs_priority() -> None:
    """The two of RFC 8445 §6.1.2.3: G = 2122260223 of the controlling side, D = 2113937151."""
    reading = explain(str(2**32 * 2113937151 + 2 * 2122260223 + 1)).readings[0]
    assert [(row.part, row.value) for row in reading.rows] == [
        ("priority", "2113937151"),
        ("priority", "2122260223"),
        ("last bit", "1"),
    ]
    assert reading.rows[2].meaning == "that of the controlling side is higher"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (2122260223, "126 (host) | 32542 | component 1; libwebrtc: first adapter, IPv4"),
        (Priority(50, 7, 1).value, "50 (of no known program) | 7 | component 1"),
        (Priority(127, 7, 1).value, "127 (more than the highest, 126) | 7 | component 1"),
        (10**999, ""),
    ],
)
def test_a_priority_in_one_line(number: int, said: str) -> None:
    assert describe(str(number)).en == said


def test_many_adapters() -> None:
    words = {describe(str(Priority(126, (128 - number) << 8 | 30, 1).value)).en for number in range(1, 128)}
    assert len(words) == 127
    assert "126 (host) | 25886 | component 1; libwebrtc: adapter number 27, IPv4" in words
