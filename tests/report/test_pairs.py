"""The screens of pairs, of any texts at any width."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from sdpkit import pairs
from sdpkit.ice.candidate import Candidate
from sdpkit.report import pairs as screens
from sdpkit.strategies import broken_texts, candidates, descriptions

TEXTS = st.one_of(descriptions(), broken_texts())
MDNS = "1 1 udp 2113937151 9c650020-b156-4941-a6f2-f7de79d60027.local 52021 typ host"
IPV6 = "2 1 udp 2122262783 2001:0db8:0000:0000:0000:ffff:1111:2222 50001 typ host"


def unsafe(text: str) -> set[str]:
    return {char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")}


@given(TEXTS, TEXTS, st.integers(60, 100), st.booleans())
def test_no_screen_fails_or_shows_what_is_unsafe(local: str, remote: str, width: int, everything: bool) -> None:
    screen = screens.overview(pairs(local, remote), "a.sdp", "b\x1b[31m.sdp", width, everything=everything)
    assert not unsafe(screen)


@given(st.lists(candidates(), max_size=9), st.lists(candidates(), max_size=9))
def test_any_candidates_can_be_shown(local: list[Candidate], remote: list[Candidate]) -> None:
    screens.overview(pairs(local, remote), "a", "b", 80, everything=True)


def test_long_addresses_are_wrapped() -> None:
    found = pairs([Candidate.decode(line) for line in (MDNS, IPV6)], [Candidate.decode(IPV6)])
    for width in (60, 80, 100):
        lines = screens.overview(found, "a.sdp", "b.sdp", width, everything=True).splitlines()
        assert max(map(wcswidth, lines)) <= width
    assert "[2001:0db8:0000:0000:0000:ffff:1111:2222]:50001" in "\n".join(lines)


def test_a_screen_ends_whatever_there_is() -> None:
    many = [Candidate.decode(f"{n} 1 udp {n + 1} 10.0.{n >> 8}.{n & 255} 5 typ host") for n in range(400)]
    found = pairs(many, many, limit=1000)
    assert screens.overview(found, "a", "b", 100, everything=True).count("\n") < 500
    section = "m=audio 9 RTP/SAVPF 0\r\na=candidate:1 1 udp 9 10.0.0.1 5 typ host\r\n"
    screen = screens.overview(pairs(section * 30, section * 30), "a", "b", 100, everything=False)
    assert "transport  and 10 more: --format json has all" in screen
