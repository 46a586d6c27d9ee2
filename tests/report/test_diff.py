"""The screens of differences, on any texts at any width."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from sdpkit.offer_answer.changes import Mode
from sdpkit.offer_answer.comparison import diff
from sdpkit.report.diff import screen
from sdpkit.rules.examples import ANSWER, OFFER, changed
from sdpkit.strategies import broken_texts, descriptions

FIXTURES = Path(__file__).parents[2] / "fixtures"
MADE = changed(OFFER, "")
NAMES = ("old.sdp", "new.sdp")


def test_one_screen() -> None:
    new = changed(OFFER, "-o=…\n+o=- 4611731400430051336 3 IN IP4 127.0.0.1\n-a=sendrecv\n+a=sendonly\n-a=rtcp-rsize")
    assert screen(diff(MADE, new), NAMES, 100).splitlines() == [
        "old.sdp -> new.sdp    renegotiation: same peer by its fingerprint, later offer",
        "2 changes that matter, 1 that does not",
        "",
        "    where    what        old           new       what it means",
        "--  -------  ----------  ------------  --------  ----------------------------",
        "~   mid 0    direction   sendrecv      sendonly  no longer receives",
        "-   mid 1    rtcp-rsize  a=rtcp-rsize            reduced-size RTCP (RFC 5506)",
        "",
        "not shown  1 change as a later description must have it: session-version",
        "           (--all shows them)",
    ]


def test_what_is_not_shown_is_shown_on_demand() -> None:
    difference = diff(MADE, changed(ANSWER, ""))
    assert "ice-ufrag" not in screen(difference, NAMES, 100).partition("not shown")[0]
    shown = screen(difference, NAMES, 100, show_all=True)
    assert "ice-ufrag" in shown
    assert "not shown" not in shown


def test_edits_are_named_first() -> None:
    new = changed(
        OFFER, "-a=fmtp:111…\n+a=fmtp:111 minptime=10;useinbandfec=1;stereo=1\n-a=mid:0\n+a=mid:0\n+a=cryptex"
    )
    lines = screen(diff(MADE, new), NAMES, 100).splitlines()
    assert lines[3:7] == [
        "munged                     what it is                  libwebrtc",
        "-------------------------  --------------------------  -----------",
        "AudioCodecsFmtpOpusStereo  stereo of opus switched on",
        "Cryptex                    a=cryptex added or removed  refused",
    ]
    assert any(line.startswith("+   mid 0    fmtp opus 111 stereo") for line in lines)


def test_lines() -> None:
    new = changed(OFFER, "-s=-\n+s=call")
    assert screen(diff(MADE, new, Mode.TEXT), NAMES, 100).splitlines()[-2:] == [
        "-       3         s=-",
        "+              3  s=call",
    ]


def test_nothing_differs() -> None:
    assert screen(diff(MADE, MADE), NAMES, 100) == (
        "old.sdp -> new.sdp    munge: same peer by its fingerprint, same version    no difference\n"
    )


def test_long_names_have_lines_of_their_own() -> None:
    names = ("a" * 70, "b" * 70)
    assert screen(diff(MADE, MADE), names, 100).splitlines()[:2] == [f"{'a' * 70} ->", "b" * 70]


def test_what_they_are_to_each_other_fits_a_narrow_screen() -> None:
    old = "v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\n"
    lines = screen(diff(old, old.replace("1 2", "1 1")), NAMES, 60).splitlines()
    assert lines[1:3] == ["renegotiation: same peer by its session id, earlier", "description"]


def test_a_screen_ends() -> None:
    many = changed(OFFER, "\n".join(f"+a=x{number}:1" for number in range(1000)))
    shown = screen(diff(MADE, many), NAMES, 100)
    assert "and 800 more: --format json has all" in shown
    assert len(shown.splitlines()) < 1000


@pytest.mark.parametrize("width", [60, 80, 100])
def test_screens_of_real_descriptions_fit(width: int) -> None:
    paths = sorted(FIXTURES.glob("*/*.sdp"))
    for one, other in zip(paths[::5], paths[1::5], strict=False):
        for mode in Mode:
            difference = diff(one.read_bytes().decode(), other.read_bytes().decode(), mode)
            for show_all in (False, True):
                lines = screen(difference, NAMES, width, show_all=show_all).splitlines()
                assert max(map(wcswidth, lines)) <= width, (one, other, mode)


@given(
    st.one_of(descriptions(), broken_texts(), st.text()),
    st.one_of(descriptions(), broken_texts(), st.text()),
    st.integers(60, 100),
)
def test_no_screen_fails_or_shows_what_is_unsafe(old: str, new: str, width: int) -> None:
    for mode in Mode:
        shown = screen(diff(old, new, mode), NAMES, width, show_all=True)
        unsafe = {
            char for char in shown if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        }
        assert not unsafe


def test_a_narrow_screen_has_one_column_for_both_texts() -> None:
    difference = diff(MADE, changed(OFFER, "-a=sendrecv\n+a=recvonly"), Mode.RENEGOTIATION)
    assert "sendrecv -> recvonly" in screen(difference, NAMES, 79)
    assert "sendrecv -> recvonly" not in screen(difference, NAMES, 80)
