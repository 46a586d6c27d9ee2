"""The screens of recordings, of any texts at any width."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sdpkit.extraction import Extraction, exchanges, judge
from sdpkit.extraction.notices import Told
from sdpkit.intake import Find, Kind
from sdpkit.report import extract as screens
from sdpkit.strategies import broken_texts, candidates, descriptions

NAMES = st.sampled_from(
    ["createOfferOnSuccess", "setLocalDescription", "setRemoteDescription", "icecandidate", "SIP 200"]
)
EVENTS = st.one_of(st.none(), NAMES, st.text(max_size=12))
TIMES = st.one_of(st.none(), st.floats(0, 2e12), st.floats())
CONNECTIONS = st.one_of(st.none(), st.sampled_from(["1", "a\x1b[31m", "\u202e" * 300]))


@st.composite
def finds(draw: st.DrawFn) -> Find:
    kind = draw(st.sampled_from(list(Kind)))
    texts = {
        Kind.DESCRIPTION: st.one_of(descriptions(), broken_texts()),
        Kind.FRAGMENT: broken_texts(),
        Kind.CANDIDATE: st.one_of(candidates().map(str), st.text(), st.just("")),
    }
    return Find(
        kind=kind,
        text=draw(texts[kind]),
        type=draw(st.sampled_from([None, "offer", "answer", "pranswer"])),
        event=draw(EVENTS),
        time=draw(TIMES),
        peer_connection=draw(CONNECTIONS),
        path=draw(st.text(max_size=9)),
        mid=draw(st.sampled_from([None, "0", "1", "\x07"])),
        m_line_index=draw(st.sampled_from([None, 0, 9])),
    )


TOLD = st.builds(
    Told,
    place=st.integers(0, 9),
    event=st.sampled_from(
        ["onconnectionstatechange", "setRemoteDescriptionOnFailure", "icecandidateerror", "\u202eFailed"]
    ),
    what=st.sampled_from(["failed", "", "a=ice-pwd:\x1b[2J"]) | st.text(max_size=12),
    time=TIMES,
)


def unsafe(text: str) -> set[str]:
    return {char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")}


@given(st.lists(finds(), max_size=6), st.lists(TOLD, max_size=4), st.integers(60, 100))
def test_no_screen_fails_or_shows_what_is_unsafe(found: list[Find], told: list[Told], width: int) -> None:
    by_place = sorted(told, key=lambda each: each.place)
    connections = exchanges(found, {find.peer_connection: by_place for find in found})
    start = screens.start_of(Extraction(connections))
    shown = [screens.heading(Extraction(connections), "a\x1b.txt", start, width)]
    for connection in connections:
        shown.append(screens.timeline(connection, start, width))
        shown.append(screens.overview(screens.masked(judge(connection)), start, width))
    assert not unsafe("".join(shown))


def texts(count: int) -> list[Find]:
    return [
        Find(kind=Kind.DESCRIPTION, type="offer", text=f"v=0\r\no=- {n} 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n")
        for n in range(count)
    ]


def test_notices_have_no_secrets() -> None:
    (found,) = texts(1)
    told = Told(1, "setRemoteDescriptionOnFailure", "Failed to parse SessionDescription. a=ice-pwd:secret", None)
    (connection,) = exchanges([found], {None: [told]})
    (notice,) = screens.masked(connection).notices
    assert notice.what == "Failed to parse SessionDescription. a=ice-pwd:********"


def test_a_screen_ends_with_what_is_most() -> None:
    lines = "".join("a=mid\r\n" for _ in range(100))
    (connection,) = exchanges([Find(kind=Kind.DESCRIPTION, type="offer", text=f"{texts(1)[0].text}m=x\r\n{lines}")])
    screen = screens.overview(judge(connection), None, 100)
    assert screen.count("error") == 2
    assert "more: --format json has all" in screen
    assert screen.count("\n") < 40


def test_times_count_from_the_first_of_all() -> None:
    found = [
        Find(kind=Kind.CANDIDATE, text="candidate:1 1 udp 1 192.0.2.1 5 typ host", time=time, peer_connection=name)
        for time, name in ((1_700_000_002_500.0, "a"), (1_700_000_001_000.0, "b"))
    ]
    extraction = Extraction(exchanges(found))
    start = screens.start_of(extraction)
    assert "from       2023-11-14 22:13:21.000 UTC" in screens.heading(extraction, "x", start, 80)
    later, first = (screens.timeline(each, start, 80) for each in extraction.peer_connections)
    assert ("1.500" in later, "0.000" in first) == (True, True)


def test_times_beyond_the_calendar() -> None:
    extraction = Extraction(exchanges([Find(kind=Kind.CANDIDATE, text="", time=1e300)]))
    assert "ms" in screens.heading(extraction, "x", screens.start_of(extraction), 80)
