"""Whose candidates are paired with whose: bundles, rejected sections, fragments."""

import pytest

from sdpkit import parse
from sdpkit.ice.candidate import Candidate
from sdpkit.ice.streams import streams
from sdpkit.sdp.description import SessionDescription


def candidate(port: int) -> str:
    return f"a=candidate:1 1 udp 2122260223 192.0.2.1 {port} typ host"


def section(mid: str, *lines: str, port: int = 9, kind: str = "audio") -> list[str]:
    return [f"m={kind} {port} UDP/TLS/RTP/SAVPF 0", f"a=mid:{mid}", "a=ice-ufrag:abcd", *lines]


def described(*sections: list[str], group: str = "") -> SessionDescription:
    head = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", *([f"a=group:BUNDLE {group}"] if group else [])]
    return parse("".join(f"{line}\r\n" for lines in (head, *sections) for line in lines))


def ports(offer: SessionDescription, answer: SessionDescription) -> list[tuple[int | None, list[int], list[int]]]:
    """Of each transport the m-section, and the ports of the candidates of both sides."""
    return [
        (each.tagged, [c.port for c in each.offered.candidates], [c.port for c in each.answered.candidates])
        for each in streams(offer, answer)
    ]


def test_of_a_bundle_only_the_tagged_section_counts() -> None:
    offer = described(section("0", candidate(1)), section("1", candidate(2)), group="0 1")
    answer = described(section("0", candidate(3)), section("1", candidate(4)), group="0 1")
    assert ports(offer, answer) == [(0, [1], [3])]
    assert streams(offer, answer)[0].sections == (0, 1)


def test_the_first_accepted_section_of_the_answers_group_is_tagged() -> None:
    offer = described(section("0", candidate(1)), section("1", candidate(2)), group="0 1")
    answer = described(section("0", port=0), section("1", candidate(4)), group="1")
    assert ports(offer, answer) == [(1, [2], [4])]


def test_a_bundle_only_section_has_the_candidates_of_the_first() -> None:
    only = ["m=audio 0 UDP/TLS/RTP/SAVPF 0", "a=mid:1", "a=bundle-only"]
    offer = described(section("0", candidate(1)), only, group="0 1")
    answer = described(section("0", port=0), section("1", candidate(4)), group="1")
    assert ports(offer, answer) == [(1, [1], [4])]


def test_without_bundle_each_section_is_for_itself() -> None:
    offer = described(section("0", candidate(1)), section("1", candidate(2)), group="0 1")
    answer = described(section("0", candidate(3)), section("1", candidate(4)))
    assert ports(offer, answer) == [(0, [1], [3]), (1, [2], [4])]


def test_a_rejected_section_has_no_transport() -> None:
    answer = described(section("0", candidate(3), port=0))
    assert streams(described(section("0", candidate(1))), answer) == []


def test_sections_missing_from_the_answer() -> None:
    offer = described(section("0", candidate(1)), section("1", candidate(2)))
    assert ports(offer, described(section("1", candidate(4)))) == [(1, [2], [4])]


def test_mux_where_both_have_it() -> None:
    both = described(section("0", "a=rtcp-mux"))
    assert streams(both, both)[0].mux
    assert not streams(both, described(section("0")))[0].mux


def test_candidates_alone() -> None:
    alone = parse(candidate(1) + "\r\n")
    assert ports(alone, parse(candidate(2) + "\r\n")) == [(None, [1], [2])]
    assert ports(alone, described(section("0"), section("1", candidate(4)))) == [(None, [1], [4])]
    (found,) = streams([Candidate.parse(candidate(1))], alone)
    assert found.offered.candidates == found.answered.candidates


@pytest.mark.parametrize(
    ("lines", "waiting"),
    [
        ([], False),
        (["a=ice-options:trickle"], True),
        (["a=ice-options:trickle", "a=end-of-candidates"], False),
    ],
)
def test_whether_more_candidates_may_follow(lines: list[str], waiting: bool) -> None:
    said = described(section("0", *lines))
    assert streams(said, said)[0].offered.waiting is waiting


def test_more_candidates_may_follow_a_fragment() -> None:
    (found,) = streams(parse(candidate(1)), parse(candidate(1) + "\r\na=end-of-candidates\r\n"))
    assert (found.offered.waiting, found.answered.waiting) == (True, False)
