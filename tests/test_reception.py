"""What is said of a description that was carried by hand."""

from pathlib import Path

import pytest

from sdpkit import find_descriptions, parse
from sdpkit.reception import Reception, Said, Trouble, ends_candidates, examine

FIXTURES = Path(__file__).parents[1] / "fixtures"
OFFER = (FIXTURES / "chromium/audio_video_data.offer.sdp").read_bytes().decode()
ANSWER = (FIXTURES / "chromium/audio_video_data.answer.sdp").read_bytes().decode()
CUT_AMID_CODECS = (FIXTURES / "tutorial/cut.offer.sdp").read_bytes().decode()


def examined(text: str, wanted: str = "offer", own: str | None = None, type: str | None = None) -> Reception:
    return examine(parse(text), type, wanted, None if own is None else parse(own))


def without(text: str, start: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(start))


def test_what_is_right_is_taken_without_a_word() -> None:
    assert examined(OFFER) == Reception()
    assert examined(ANSWER, "answer", OFFER) == Reception()


@pytest.mark.parametrize(
    ("text", "wanted", "own", "expected"),
    [
        (OFFER, "answer", OFFER, Trouble.OWN),
        (ANSWER, "offer", ANSWER, Trouble.OWN),
        (OFFER, "answer", ANSWER, Trouble.OFFER_FOR_ANSWER),
        (ANSWER, "offer", None, Trouble.ANSWER_FOR_OFFER),
        (OFFER[:300], "offer", None, Trouble.CUT),
        (OFFER[: OFFER.index("a=ice-pwd") + 12], "offer", None, Trouble.CUT),
        (OFFER[: OFFER.index("m=video")], "offer", None, Trouble.CUT),
        (OFFER[: OFFER.index("m=audio")], "offer", None, Trouble.CUT),
        (OFFER[: OFFER.rindex("a=ice-ufrag")], "offer", None, Trouble.CUT),
        (f"{CUT_AMID_CODECS}\r\n", "offer", None, Trouble.CUT),
        (ANSWER, "answer", (FIXTURES / "chromium/audio.offer.sdp").read_bytes().decode(), Trouble.OTHER_EXCHANGE),
        (without(OFFER, "a=fingerprint"), "offer", None, Trouble.BROKEN),
        (without(OFFER, "a=ice-pwd"), "offer", None, Trouble.BROKEN),
    ],
)
def test_refusals(text: str, wanted: str, own: str | None, expected: Trouble) -> None:
    reception = examined(text, wanted, own)
    assert reception.refusal is not None
    assert reception.refusal.code == expected.name
    assert reception.notes == ()


@pytest.mark.parametrize("end", range(40, len(OFFER) - 60, 97))
def test_a_cut_is_seen_wherever_it_is(end: int) -> None:
    reception = examined(OFFER[:end])
    assert reception.refusal is not None
    assert reception.refusal.code in {"CUT", "BROKEN", "ANSWER_FOR_OFFER"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (without(OFFER, "a=candidate"), Trouble.NO_CANDIDATES),
        ((FIXTURES / "tutorial/masked.offer.sdp").read_bytes().decode(), Trouble.MASKED),
        ((FIXTURES / "chromium/mdns.data.offer.sdp").read_bytes().decode(), Trouble.LOCAL_NAMES),
    ],
)
def test_notes(text: str, expected: Trouble) -> None:
    reception = examined(text)
    assert reception.refusal is None
    assert [note.code for note in reception.notes] == [expected.name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a=end-of-candidates\n", True),
        ("candidate:1 1 udp 1 192.0.2.7 9 typ host\r\nend-of-candidates\r\n", True),
        ("candidate:1 1 udp 1 192.0.2.7 9 typ host\n", False),
        ("a=candidate:1 1 udp 1 192.0.2.7 9 typ host\na=end-of-candidates\n", False),  # a fragment says it itself
        (f"{OFFER}a=end-of-candidates\r\n", False),
        ("hello", False),
        ("", False),
    ],
)
def test_the_end_of_candidates_by_itself(text: str, expected: bool) -> None:
    assert ends_candidates(text, find_descriptions(text)) == expected


@pytest.mark.parametrize("trouble", Trouble)
def test_each_trouble_is_said_in_both_languages_with_the_same_values(trouble: Trouble) -> None:
    values = dict.fromkeys(("type", "line", "text", "why", "address"), "x")
    said = Said.of(trouble, **values)
    assert "{" not in said.en + said.ja
    assert said.en.isascii()
    assert not said.ja.isascii() or trouble is Trouble.BROKEN


def test_what_the_carrier_said_counts_more_than_a_guess() -> None:
    assert examined(OFFER, "answer", type="offer").refusal is not None
    assert examined(OFFER, "offer", type="offer").refusal is None
