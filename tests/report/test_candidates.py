"""The screens of candidates, of any text at any width."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from sdpkit import parse
from sdpkit.ice.listing import list_candidates
from sdpkit.report import candidates as screens
from sdpkit.strategies import broken_texts, descriptions

FIXTURES = Path(__file__).parents[2] / "fixtures"


def unsafe(text: str) -> set[str]:
    return {char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")}


@given(st.one_of(descriptions(), broken_texts()), st.integers(60, 100))
def test_no_screen_fails_or_shows_what_is_unsafe(text: str, width: int) -> None:
    assert not unsafe(screens.overview(list_candidates(parse(text)), "x\x1b[31m.sdp", width))


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*/*.sdp"))[::7], ids=lambda path: path.name)
def test_every_line_fits(path: Path) -> None:
    screen = screens.overview(list_candidates(parse(path.read_bytes())), "x.sdp", 80)
    assert max(map(wcswidth, screen.splitlines())) <= 80


def test_a_narrow_screen_keeps_addresses_whole() -> None:
    text = (FIXTURES / "chromium/nat_all_data.offer.sdp").read_bytes()
    screen = screens.overview(list_candidates(parse(text)), "x.sdp", 60)
    assert "192.168.1.10:60405" in screen
    assert max(map(wcswidth, screen.splitlines())) <= 60


def test_a_screen_ends_whatever_the_text() -> None:
    lines = (f"a=candidate:{n} 1 udp {n} 10.0.{n >> 8}.{n & 255} {n} typ host network-id {n}\r\n" for n in range(2000))
    screen = screens.overview(list_candidates(parse("".join(lines))), "x.sdp", 100)
    assert screen.count("\n") < 1000
