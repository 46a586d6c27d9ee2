"""Whole descriptions: what they say, and edits of their lines and m-sections."""

from pathlib import Path

import pytest

from sdpkit import MediaDescription, SDPError, SessionDescription, parse
from sdpkit.sdp.attributes.formats import Rtpmap
from sdpkit.sdp.attributes.grouping import Group, MsidSemantic
from sdpkit.sdp.attributes.streams import Extmap
from sdpkit.sdp.fields import (
    Bandwidth,
    ConnectionData,
    EncryptionKey,
    Media,
    Origin,
    RepeatTime,
    TimeZones,
    Timing,
    TypedTime,
)

FIXTURES = Path(__file__).parents[2] / "fixtures"

FULL = """v=0
o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1
s=Call to John Smith
i=SDP Offer #1
u=http://www.jdoe.example.com/home.html
e=Jane Doe <jane@jdoe.example.com>
e=other@example.com
p=+1 617 555-6011
c=IN IP4 198.51.100.1
b=X-YZ:128
b=AS:256
t=3724394400 3724398000
r=7d 1h 0 25h
t=3730928400 3730935600
z=3730928400 -1h 3749680800 0
k=prompt
a=group:BUNDLE 0 1
a=group:LS 0 1
a=extmap:1 urn:a
a=msid-semantic: WMS s
a=ice-lite
a=ice-pacing:50
a=recvonly
m=audio 49170 RTP/AVP 0
a=mid:0
m=video 51372 RTP/AVP 99
c=IN IP6 2001:db8::2
a=mid:1
a=rtpmap:99 h263-1998/90000
"""
SAYS = {
    "version": 0,
    "origin": Origin("jdoe", 3724394400, 3724394405, "IN", "IP4", "198.51.100.1"),
    "name": "Call to John Smith",
    "information": "SDP Offer #1",
    "uri": "http://www.jdoe.example.com/home.html",
    "emails": ("Jane Doe <jane@jdoe.example.com>", "other@example.com"),
    "phones": ("+1 617 555-6011",),
    "connection": ConnectionData("IN", "IP4", "198.51.100.1"),
    "bandwidths": (Bandwidth("X-YZ", 128), Bandwidth("AS", 256)),
    "timings": (Timing(3724394400, 3724398000), Timing(3730928400, 3730935600)),
    "repeats": (RepeatTime(TypedTime(7, "d"), TypedTime(1, "h"), (TypedTime(0), TypedTime(25, "h"))),),
    "time_zones": TimeZones(((3730928400, TypedTime(-1, "h")), (3749680800, TypedTime(0)))),
    "encryption_key": EncryptionKey("prompt"),
    "groups": (Group("BUNDLE", ("0", "1")), Group("LS", ("0", "1"))),
    "extmaps": (Extmap(1, "urn:a"),),
    "msid_semantic": MsidSemantic("WMS", ("s",), " "),
    "ice_lite": True,
    "ice_pacing": 50,
    "own_direction": "recvonly",
    "is_fragment": False,
    "uses_ice": False,
}
NOTHING = {
    **dict.fromkeys(SAYS),
    **dict.fromkeys(["emails", "phones", "bandwidths", "timings", "repeats", "groups", "extmaps"], ()),
    "ice_lite": False,
    "is_fragment": False,
    "uses_ice": False,
}

FRAGMENT = "a=ice-ufrag:8hhY\r\na=ice-pwd:asd88fgpdd777uzjYhagZg\r\nm=audio 9 RTP/AVP 0\r\na=mid:1\r\n"
CANDIDATE = "a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n"
KINDS = [
    # text, is a fragment, uses ICE, is trickle, is vanilla
    ("", False, False, False, False),
    ("hello", True, False, False, False),
    (FULL, False, False, False, False),
    (FRAGMENT, True, True, True, False),
    (FRAGMENT + CANDIDATE, True, True, False, True),
    (FRAGMENT + "a=end-of-candidates\r\n", True, True, False, True),
    ("a=end-of-candidates\r\n" + FRAGMENT, True, True, False, True),
    ("v=0\r\n" + FRAGMENT, False, True, True, False),
    ("v=0\r\nm=audio 9 RTP/AVP 0\r\na=ice-ufrag:8hhY\r\n", False, True, True, False),
    ("v=0\r\nm=audio 9 RTP/AVP 0\r\n" + CANDIDATE, False, False, False, False),
]
TRICKLE = {
    "chromium/audio.trickle.offer.sdp",
    "chromium/ice_relay_only_no_turn.offer.sdp",
    "chromium/icerestart_1.offer.sdp",
    "tutorial/no_network.offer.sdp",
}
NO_ICE = {
    "aiortc/empty_offer.offer.sdp",
    "firefox/chromium__codec_only_h264.answer.sdp",
    *(f"sip/{path.name}" for path in FIXTURES.glob("sip/*.sdp") if not path.name.startswith("ice_")),
    *(f"rtsp/{path.name}" for path in FIXTURES.glob("rtsp/*.sdp")),
    *(f"st2110/{path.name}" for path in FIXTURES.glob("st2110/*.sdp")),
}


@pytest.mark.parametrize(("name", "value"), SAYS.items())
def test_says(name: str, value: object) -> None:
    assert getattr(parse(FULL), name) == value


@pytest.mark.parametrize(("name", "value"), NOTHING.items())
def test_says_nothing(name: str, value: object) -> None:
    assert getattr(parse(""), name) == value


def test_full_is_right() -> None:
    assert parse(FULL).findings == ()


@pytest.mark.parametrize(("text", "fragment", "ice", "trickle", "vanilla"), KINDS)
def test_kinds(text: str, *, fragment: bool, ice: bool, trickle: bool, vanilla: bool) -> None:
    description = parse(text)
    assert (description.is_fragment, description.uses_ice) == (fragment, ice)
    assert (description.is_trickle, description.is_vanilla) == (trickle, vanilla)


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*/*.sdp")), ids=lambda path: path.name)
def test_trickle_and_vanilla_fixtures(path: Path) -> None:
    name = f"{path.parent.name}/{path.name}"
    description = parse(path.read_bytes())
    assert description.is_trickle == (name in TRICKLE)
    assert description.is_vanilla == (name not in TRICKLE | NO_ICE)


def test_every_value_can_be_set_again() -> None:
    description = parse(FULL)
    views = [name for name in SAYS if name not in ("own_direction", "is_fragment", "uses_ice", "timings")]
    for name in views:
        setattr(description, name, SAYS[name])
    assert str(description) == FULL
    for name in views:
        setattr(description, name, NOTHING[name])
    assert [line.text for line in description.session_lines] == [
        "t=3724394400 3724398000",
        "t=3730928400 3730935600",
        "a=recvonly",
    ]


@pytest.mark.parametrize("path", ["chromium/audio.offer.sdp", "chromium/audio_video_data.offer.sdp"])
def test_setting_what_is_there_changes_nothing(path: str) -> None:
    description = parse((FIXTURES / path).read_bytes())
    text = str(description)
    for section in description.media:
        section.fmtps = section.fmtps
    assert str(description) == text


def test_parts() -> None:
    description = parse(FULL)
    assert len(description.lines) == 29
    assert len(description.session_lines) == 23
    assert [(section.kind, section.index, section.session) for section in description.media] == [
        ("audio", 0, description),
        ("video", 1, description),
    ]
    assert description.section("1") is description.media[1]
    assert description.section("2") is None
    assert repr(description) == "<SessionDescription 29 lines, ['audio', 'video']>"


def test_equality_is_that_of_the_text() -> None:
    assert parse(FULL) == parse(FULL) == parse(FULL).copy()
    assert parse(FULL) != parse(FULL.replace("\n", "\r\n"))
    assert parse(FULL) != FULL
    with pytest.raises(TypeError):
        hash(parse(FULL))


def test_reorder_sections() -> None:
    description = parse(FULL)
    audio, video = description.media
    description.media = (video, audio)
    head, first, second = FULL.partition("m=audio")[0], str(audio), str(video)
    assert str(description) == head + second + first
    assert (video.index, audio.index) == (0, 1)
    assert [line.number for line in description.lines] == list(range(1, 30))


def test_remove_section() -> None:
    description = parse(FULL)
    audio, video = description.media
    description.media = [video]
    assert (audio.session, audio.index, video.index) == (None, None, 0)
    audio.set("label", "1")
    assert str(description) == FULL.partition("m=audio")[0] + FULL[FULL.index("m=video") :]


@pytest.mark.parametrize(
    "other_text",
    [
        FULL.replace("s=", "s=other "),
        FULL,
    ],
)
def test_a_section_of_another_description_is_copied(other_text: str) -> None:
    description, other = parse(FULL), parse(other_text)
    description.media += other.media[:1]
    assert other.media[0].session is other
    assert description.media[2].session is description
    description.media[2].mid = "2"
    assert str(other) == other_text
    assert str(description) == FULL + "m=audio 49170 RTP/AVP 0\na=mid:2\n"


def test_build() -> None:
    description = SessionDescription()
    section = MediaDescription(Media("audio", 9, "RTP/AVP", ("96",)))
    section.rtpmaps = [Rtpmap(96, "opus", 48000, "2")]
    section.set("c=", ConnectionData("IN", "IP4", "192.0.2.1"))
    description.media = [section]
    description.timings = [Timing(0, 0)]
    description.name = "-"
    description.set("tool", "x")
    description.version = 0
    description.origin = Origin("-", 1, 1, "IN", "IP4", "192.0.2.1")
    assert str(description) == (
        "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\na=tool:x\r\n"
        "m=audio 9 RTP/AVP 96\r\nc=IN IP4 192.0.2.1\r\na=rtpmap:96 opus/48000/2\r\n"
    )
    assert description.findings == ()


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_edits_keep_line_endings(ending: str) -> None:
    text = FULL.replace("\n", ending)
    for source in (text, text.removesuffix(ending)):
        description = parse(source)
        description.set("tool", "x")
        assert str(description) == source.replace(f"a=recvonly{ending}", f"a=recvonly{ending}a=tool:x{ending}")
        description = parse(source)
        description.media[1].add("label", "1")
        assert str(description) == f"{text}a=label:1{ending}"
        description = parse(source)
        description.media[1].remove("rtpmap")
        assert str(description) == text.removesuffix(f"a=rtpmap:99 h263-1998/90000{ending}")
        description = parse(source)
        description.media = description.media[::-1]
        start, middle = text.index("m=audio"), text.index("m=video")
        assert str(description) == text[:start] + text[middle:] + text[start:middle]


def test_the_last_line_may_stay_without_an_ending() -> None:
    description = parse("v=0\nt=0 0\ns=-")
    description.version = 1
    assert str(description) == "v=1\nt=0 0\ns=-"


def test_the_only_ending_is_kept() -> None:
    description = parse("v=0\n")
    description.version = 1
    assert str(description) == "v=1\n"


def test_numbers_and_offsets_follow_an_edit() -> None:
    description = parse(FULL)
    line = description.lines_of("ice-lite")[0]
    description.remove("b=")
    description.name = "a longer name than it was"
    text = str(description)
    assert (line.number, line.offset) == (FULL[: FULL.index("a=ice-lite")].count("\n") - 1, text.index("a=ice-lite"))
    assert description.media[1].lines[0].offset == text.index("m=video")


def test_lines_can_be_set() -> None:
    description = parse(FULL)
    lines = description.lines
    description.lines = [*lines[:4], "a=tool:x", "m=text 9 RTP/AVP 98", *lines[-6:]]
    assert [section.kind for section in description.media] == ["text", "audio", "video"]
    assert description.get("tool") == "x"
    assert parse(str(description)) == description
    assert [line.number for line in description.lines] == list(range(1, 13))


def test_findings_follow_an_edit() -> None:
    description = parse("v=0\ns=-\na=mid:a b\n")
    description.set("i=", "x")
    (finding,) = description.findings
    assert (finding.code, finding.span.line) == ("SYN029", 4)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["SYN001"]),
        ("\r\n \n", ["SYN001", "SYN008", "SYN008"]),
        ("hello", ["SYN013"]),
        (FRAGMENT, []),
        ("v=0\nt=0\na=x\nm=audio\n", ["SES015", "MED001"]),
    ],
)
def test_findings(text: str, codes: list[str]) -> None:
    assert [finding.code for finding in parse(text).findings] == codes


def test_lines_refuse_line_breaks() -> None:
    description = parse(FULL)
    with pytest.raises(SDPError):
        description.lines = [*description.lines, "a=x\r\na=evil"]


def test_sections_from_before_the_lines_were_set() -> None:
    description = parse(FULL)
    section = description.media[0]
    description.lines = description.lines
    assert section.index is None


def test_lines_of_another_description() -> None:
    description, other = parse(FULL), parse("v=0\n")
    other.lines = description.lines[3:]
    other.settle()
    assert [line.number for line in description.lines] == list(range(1, 30))


def test_the_same_section_twice() -> None:
    description = parse(FULL)
    description.media *= 2
    assert [section.index for section in description.media] == [0, 1, 2, 3]
