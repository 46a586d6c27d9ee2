"""Reading and editing the lines of a session or an m-section."""

from decimal import Decimal
from typing import Any

import pytest

from sdpkit import SDPError, parse
from sdpkit.sdp.attributes.grouping import Msid
from sdpkit.sdp.fields import Bandwidth, ConnectionData, Timing
from sdpkit.sdp.section import DIRECTIONS, Section, kept

TEXT = """v=0
o=- 1 2 IN IP4 192.0.2.1
s=-
t=0 0
a=tool:x
m=audio 9 RTP/AVP 0
c=IN IP4 192.0.2.1
a=mid:0
a=msid:s  t
a=msid:s u
a=ptime:020
"""
C2 = ConnectionData("IN", "IP4", "192.0.2.2")

# What `set` makes of the lines of the m-section from its c= line on.
SET: list[tuple[str, list[Any], str]] = [
    # a value that is there keeps its line, however it is written
    ("ptime", [Decimal("20")], "c=IN IP4 192.0.2.1|a=mid:0|a=msid:s  t|a=msid:s u|a=ptime:020"),
    ("msid", [Msid("s", "t"), Msid("s", "u")], "c=IN IP4 192.0.2.1|a=mid:0|a=msid:s  t|a=msid:s u|a=ptime:020"),
    ("msid", [Msid("s", "u"), Msid("s", "t")], "c=IN IP4 192.0.2.1|a=mid:0|a=msid:s u|a=msid:s  t|a=ptime:020"),
    ("msid", [Msid("n"), Msid("s", "t")], "c=IN IP4 192.0.2.1|a=mid:0|a=msid:n|a=msid:s  t|a=ptime:020"),
    ("msid", [Msid("s", "t")] * 2, "c=IN IP4 192.0.2.1|a=mid:0|a=msid:s  t|a=msid:s t|a=ptime:020"),
    ("msid", [], "c=IN IP4 192.0.2.1|a=mid:0|a=ptime:020"),
    ("mid", ["1"], "c=IN IP4 192.0.2.1|a=mid:1|a=msid:s  t|a=msid:s u|a=ptime:020"),
    ("c=", [C2], "c=IN IP4 192.0.2.2|a=mid:0|a=msid:s  t|a=msid:s u|a=ptime:020"),
    ("c=", [], "a=mid:0|a=msid:s  t|a=msid:s u|a=ptime:020"),
    # new ones go where RFC 8866 wants them
    ("rtcp-mux", [True], "c=IN IP4 192.0.2.1|a=mid:0|a=msid:s  t|a=msid:s u|a=ptime:020|a=rtcp-mux"),
    ("x-own", ["a:b"], "c=IN IP4 192.0.2.1|a=mid:0|a=msid:s  t|a=msid:s u|a=ptime:020|a=x-own:a:b"),
    ("b=", [Bandwidth("AS", 1)], "c=IN IP4 192.0.2.1|b=AS:1|a=mid:0|a=msid:s  t|a=msid:s u|a=ptime:020"),
    ("i=", ["title"], "i=title|c=IN IP4 192.0.2.1|a=mid:0|a=msid:s  t|a=msid:s u|a=ptime:020"),
]
ADD: list[tuple[str, list[Any], str]] = [
    ("msid", [Msid("n")], "c=IN IP4 192.0.2.1|a=mid:0|a=msid:s  t|a=msid:s u|a=msid:n|a=ptime:020"),
    (
        "c=",
        [C2, C2],
        "c=IN IP4 192.0.2.1|c=IN IP4 192.0.2.2|c=IN IP4 192.0.2.2|a=mid:0|a=msid:s  t|a=msid:s u|a=ptime:020",
    ),
    ("rtcp-mux", [True], "c=IN IP4 192.0.2.1|a=mid:0|a=msid:s  t|a=msid:s u|a=ptime:020|a=rtcp-mux"),
    ("x-own", [], "c=IN IP4 192.0.2.1|a=mid:0|a=msid:s  t|a=msid:s u|a=ptime:020"),
]
SESSION_PLACES = [
    ("i=", "x", 3),
    ("u=", "x", 3),
    ("e=", "x", 3),
    ("c=", C2, 3),
    ("b=", Bandwidth("AS", 1), 3),
    ("t=", Timing(1, 2), 4),
    ("r=", "7d 1h 0", 4),
    ("group", "BUNDLE 0", 5),
]


def media_text(lines: str) -> str:
    start = TEXT.index("c=")
    return TEXT[:start] + "".join(f"{line}\n" for line in lines.split("|"))


@pytest.mark.parametrize(("name", "values", "lines"), SET)
def test_set(name: str, values: list[Any], lines: str) -> None:
    description = parse(TEXT)
    section = description.media[0]
    section.set(name, *values)
    assert str(description) == media_text(lines)
    assert section.get_all(name) == tuple(values)


@pytest.mark.parametrize(("name", "values", "lines"), ADD)
def test_add(name: str, values: list[Any], lines: str) -> None:
    description = parse(TEXT)
    section = description.media[0]
    before = section.get_all(name)
    section.add(name, *values)
    assert str(description) == media_text(lines)
    assert section.get_all(name) == (*before, *values)


@pytest.mark.parametrize(("name", "value", "place"), SESSION_PLACES)
def test_place_in_the_session(name: str, value: Any, place: int) -> None:
    description = parse(TEXT)
    description.add(name, value)
    key = name if name.endswith("=") else f"a={name}:"
    lines = TEXT.splitlines()
    assert [line.text for line in description.lines] == [*lines[:place], f"{key}{value}", *lines[place:]]


def test_remove() -> None:
    description = parse(TEXT)
    description.remove("tool")
    description.media[0].remove("msid")
    assert str(description) == TEXT.replace("a=tool:x\n", "").replace("a=msid:s  t\na=msid:s u\n", "")
    description.remove("tool")
    assert "tool" not in description


def test_equal_values_keep_their_lines() -> None:
    text = "m=audio 9 RTP/AVP 0\na=ptime:020\na=ptime:20\na=ptime:0020\n"
    section = parse(text).media[0]
    section.set("ptime", Decimal(20), Decimal(20))
    assert str(section) == text.removesuffix("a=ptime:0020\n")


def test_read() -> None:
    description = parse(TEXT)
    section = description.media[0]
    assert "mid" in section
    assert "mid" not in description
    assert "c=" in section
    assert "c=" not in description
    assert 0 not in section
    assert (section.get("mid"), section.get("label"), section.get("c=")) == ("0", None, section.connection)
    assert section.get_all("msid") == (Msid("s", "t"), Msid("s", "u"))
    assert [line.text for line in section.lines_of("msid")] == ["a=msid:s  t", "a=msid:s u"]
    assert section.lines_of("label") == ()


def test_what_cannot_be_decoded_is_passed_over() -> None:
    section = parse("m=audio 9 RTP/AVP 0\na=ptime:fast\na=ptime:20\na=ptime:slow\n").media[0]
    assert section.get("ptime") == 20
    assert section.get_all("ptime") == (20,)
    assert len(section.lines_of("ptime")) == 3


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("old", ["", *(f"a={direction}\n" for direction in DIRECTIONS), "a=recvonly\na=inactive\n"])
def test_direction(old: str, direction: str) -> None:
    head, tail = "m=audio 9 RTP/AVP 0\n", "a=mid:0\n"
    section = parse(head + old + tail).media[0]
    section.direction = direction
    assert section.own_direction == section.direction == direction
    new = f"a={direction}\n"
    assert str(section) == (head + new + tail if old else head + tail + new)
    section.own_direction = None
    assert str(section) == head + tail


def test_no_such_direction() -> None:
    section = parse(TEXT).media[0]
    with pytest.raises(ValueError, match="sendrecv, sendonly, recvonly, inactive"):
        section.direction = "both"
    assert str(section.session) == TEXT


@pytest.mark.parametrize("text", ["x\ny", "x\ry", "x\r\na=evil"])
@pytest.mark.parametrize("name", ["s=", "tool", "x-own", "mid\n"])
def test_a_line_break_is_refused(name: str, text: str) -> None:
    description = parse(TEXT)
    with pytest.raises(SDPError) as caught:
        description.set(name, text)
    assert [finding.code for finding in caught.value.findings] == ["SYN030"]
    assert str(description) == TEXT


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("a=ice-options:", "ice-options", ("trickle",)),
        ("a=candidate:garbage", "candidate", None),
        ("a=mid:a b", "mid", "None"),
    ],
)
def test_what_cannot_be_decoded_is_replaced(line: str, name: str, value: Any) -> None:
    section = parse(f"m=audio 9 RTP/AVP 0\n{line}\n").media[0]
    section.set(name, *([value] if value else []))
    assert section.get_all(name) == ((value,) if value else ())


@pytest.mark.parametrize(("name", "value"), [("t=", Timing(0, 0)), ("s=", "x"), ("x=", "y")])
def test_a_type_that_does_not_belong_there(name: str, value: Any) -> None:
    description = parse(TEXT)
    description.media[0].add(name, value)
    assert str(parse(str(description)).media[0]) == str(description.media[0])


def test_a_flag_set_to_false() -> None:
    section = parse(TEXT).media[0]
    section.set("rtcp-mux", False)
    assert not section.rtcp_mux


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ice-options", "trickle"),
        ("mid", "a b"),
        ("candidate", "1 1 udp 1 192.0.2.1 9 typ host"),
        ("sctp-port", "abc"),
        ("rtcp-mux", "yes"),
        ("setup", "maybe"),
        ("t=", "now"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name: str, value: Any) -> None:
    section = parse(TEXT).media[0]
    before = str(section)
    for edit in (section.set, section.add):
        with pytest.raises(SDPError, match="SYN031"):
            edit(name, value)
    assert str(section) == before


@pytest.mark.parametrize("name", ["a=mid", "mid:0", ""])
def test_what_names_no_line(name: str) -> None:
    with pytest.raises(ValueError, match="names no line"):
        parse(TEXT).media[0].add(name, "0")


def test_setting_what_is_there_loses_nothing() -> None:
    text = "m=audio 9 RTP/AVP 96\na=rtpmap:bad\na=mid:0\na=mid:1\na=rtpmap:96 opus/48000/2\n"
    media = parse(text).media[0]
    media.rtpmaps = media.rtpmaps
    media.mid = media.mid
    assert str(media) == text


def test_repeats_stay_behind_their_time() -> None:
    description = parse("v=0\nt=1 2\nr=1 1 0\nt=3 4\nr=2 2 0\n")
    description.timings = [*description.timings, Timing(5, 6)]
    assert str(description) == "v=0\nt=1 2\nr=1 1 0\nt=3 4\nr=2 2 0\nt=5 6\n"


def test_lines_do_not_melt() -> None:
    description = parse("a=1\ra=foo:x\n\n")
    description.remove("foo")
    assert (
        [line.text for line in parse(str(description)).lines]
        == [line.text for line in description.lines]
        == ["a=1", ""]
    )


@pytest.mark.parametrize(
    ("line", "direction"),
    [("a=sendonly ", "sendonly"), ("a=sendonly:junk", "sendrecv"), ("a=inactive\na=recvonly", "inactive")],
)
def test_direction_is_a_direction(line: str, direction: str) -> None:
    assert parse(f"m=audio 9 RTP/AVP 0\n{line}\n").media[0].direction == direction


def test_lines_by_the_names_of_their_attributes() -> None:
    description = parse(f"{TEXT}a=\r\na=x=y:z\r\na=msid \r\n")
    assert {name: len(lines) for name, lines in description.media[0].attributes.items()} == {
        "mid": 1,
        "msid": 3,
        "ptime": 1,
        "": 1,
        "x=y": 1,
    }
    assert list(description.attributes) == ["tool"]


def test_what_is_kept_is_found_once_and_forgotten_by_an_edit() -> None:
    seen: list[str] = []

    @kept
    def first(section: Section) -> str:
        """The first line."""
        seen.append(section.lines_of("c=")[0].text)
        return seen[-1]

    section, other = (parse(TEXT).media[0] for _ in range(2))
    assert [first(section), first(section), first(other)] == ["c=IN IP4 192.0.2.1"] * 3
    assert len(seen) == 2
    section.connections = [C2]
    assert [first(section), first(other)] == ["c=IN IP4 192.0.2.2", "c=IN IP4 192.0.2.1"]
    assert first.__doc__ == "The first line."
