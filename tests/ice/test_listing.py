"""The candidates of descriptions, with what they say."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit import parse
from sdpkit.ice.listing import CandidateList, list_candidates
from sdpkit.strategies import broken_texts, descriptions

FIXTURES = Path(__file__).parents[2] / "fixtures"


def listed(name: str) -> CandidateList:
    return list_candidates(parse((FIXTURES / name).read_bytes()))


def test_what_sections_list_alike_is_one() -> None:
    found = listed("chromium/audio_video_data.offer.sdp")
    assert (found.maker, found.lines, len(found.candidates)) == ("libwebrtc", 6, 2)
    first, second = found.candidates
    assert [(place.index, place.mid, place.port) for place in first.places] == [
        (0, "0", 52572),
        (1, "1", 51618),
        (2, "2", 46672),
    ]
    assert (first.program, first.reading, first.reach) == ("libwebrtc", "first adapter, IPv4", "same network or VPN")
    assert (first.family, first.scope, str(first.priority_parts)) == ("IP4", "private", "126 | 32542 | 1")
    assert second.reach == "nobody (active)"


def test_networks_are_grouped_and_the_best_comes_first() -> None:
    found = listed("tutorial/masked.offer.sdp")
    assert [(network.id, network.candidates) for network in found.networks] == [(3, 4), (1, 4), (2, 4)]
    assert [each.candidate.network_id for each in found.candidates] == [3] * 4 + [1] * 4 + [2] * 4
    assert {each.reach for each in found.candidates} == {"nobody (masked)", "nobody (active)"}
    assert [note.partition(":")[0] for note in found.notes] == [
        "12 of 12 addresses are masked",
        "3 networks (network-id 1, 2, 3)",
    ]


@pytest.mark.parametrize(
    ("name", "program", "readings"),
    [
        ("aiortc/audio_video.offer.sdp", "aioice, Pion", {"highest"}),
        ("firefox/multi_tracks.offer.sdp", "Firefox", {"first adapter"}),
        ("gstreamer/video_vp8_dc.offer.sdp", "libnice", {"type preference"}),
        ("libdatachannel/data.offer.sdp", "libjuice", {"every"}),
    ],
)
def test_priorities_are_read_as_their_maker_means_them(name: str, program: str, readings: set[str]) -> None:
    found = listed(name)
    assert {each.program for each in found.candidates} == {program}
    assert all(words in (each.reading or "") for each in found.candidates for words in readings)


@pytest.mark.parametrize(
    ("line", "kind", "remark"),
    [
        ("192.168.1.5 5000 typ host network-id 1 network-cost 10", "wifi", None),
        ("172.17.0.1 5000 typ host network-id 1", None, "often a virtual adapter (Docker)"),
        ("192.168.56.1 5000 typ host network-id 1", None, "often a virtual adapter (VirtualBox)"),
        ("169.254.1.1 5000 typ host network-id 1", None, "no DHCP server gave it an address"),
        ("fe80::1 5000 typ host network-id 1", None, None),
        ("::ffff:172.17.0.1 5000 typ host network-id 1", None, None),
        ("a1.local 5000 typ host network-id 1 network-cost 7", None, None),
    ],
)
def test_networks(line: str, kind: str | None, remark: str | None) -> None:
    (network,) = list_candidates(parse(f"a=candidate:1 1 udp 2122260223 {line}\r\n")).networks
    assert (network.id, network.kind, network.remark) == (1, kind, remark)
    assert network.addresses == (line.partition(" ")[0],)


def test_rejected_sections_do_not_count_and_unknown_numbers_say_nothing() -> None:
    line = "a=candidate:1 1 udp 5 192.0.2.1 5000 typ host\r\n"
    found = list_candidates(parse(f"{line}m=audio 0 RTP/AVP 0\r\na=mid:0\r\n{line}a=end-of-candidates\r\n"))
    (only,) = found.candidates
    assert [place.index for place in only.places] == [None]
    assert (only.program, only.reading, found.end_of_candidates) == (None, None, True)


def test_no_candidates() -> None:
    found = listed("tutorial/no_network.offer.sdp")
    assert (found.candidates, found.networks, found.reach, found.lines) == ((), (), None, 0)
    assert found.notes[0].startswith("No candidates and no trickle")


@given(st.one_of(descriptions(), broken_texts()))
def test_every_line_is_in_one_place(text: str) -> None:
    description = parse(text)
    found = list_candidates(description)
    live = [section.candidates for section in description.media if not section.is_rejected]
    assert found.lines == sum(map(len, (description.candidates, *live)))
    assert sum(network.candidates for network in found.networks) == len(found.candidates)
