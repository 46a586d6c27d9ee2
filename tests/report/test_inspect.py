"""The screens, on any text at any width."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from sdpkit import parse
from sdpkit.inspection import inspect_description
from sdpkit.report import inspect as screens
from sdpkit.strategies import broken_texts, descriptions


def unsafe(text: str) -> set[str]:
    """What must not reach a terminal: control, format and surrogate characters, line and paragraph separators."""
    return {char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")}


@given(st.one_of(descriptions(), broken_texts(), st.text()), st.integers(60, 100))
def test_no_screen_fails_or_shows_what_is_unsafe(text: str, width: int) -> None:
    inspection = inspect_description(parse(text))
    shown = [screens.overview(inspection, "x.sdp", width), screens.brief(inspection, "x.sdp")]
    shown += [screens.section_detail(inspection, index, "x.sdp", width) for index in range(len(inspection.sections))]
    for screen in shown:
        assert not unsafe(screen)


def test_wide_characters_are_aligned() -> None:
    text = "v=0\r\ns=日本語の会議\r\nm=audio 9 RTP/AVP 0\r\na=mid:音声\r\nm=video 9 RTP/AVP 31\r\na=mid:v\r\n"
    screen = screens.overview(inspect_description(parse(text)), "会議.sdp", 80)
    assert '"日本語の会議"' in screen
    rows = [line for line in screen.splitlines() if " audio " in line or " video " in line]
    places = [wcswidth(row[: row.index("RTP" if "RTP" in row else row.split()[2])]) for row in rows]
    assert places[0] == places[1]
