"""Which description candidates belong to, and descriptions with the candidates that followed them."""

import pytest

from sdpkit import parse
from sdpkit.extraction import PeerConnection, exchanges, with_candidates
from sdpkit.intake import Find, Kind, find_descriptions
from tests.extraction.recordings import Call, answer, candidate, har, modern, offer

FIRST = "candidate:1 1 udp 2113937151 192.0.2.1 5000 typ host"
SECOND = "candidate:2 1 udp 2113937150 192.0.2.1 5001 typ host"


def side(ufrag: str, *mids: str) -> str:
    """A description whose m-sections all have this ufrag."""
    sections = "".join(f"m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:{mid}\r\n" for mid in mids)
    return f"v=0\r\no={ufrag} 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\na=ice-ufrag:{ufrag}\r\n{sections}"


def follow(*calls: Call) -> PeerConnection:
    (connection,) = exchanges(find_descriptions(modern(calls)))
    return connection


def owners(*calls: Call) -> list[int | None]:
    """The numbers of the descriptions that the candidates belong to."""
    return [event.number for event in follow(*calls).events if event.find.kind is not Kind.DESCRIPTION]


LOCAL, REMOTE = offer(side("mine", "0", "1")), answer(side("theirs", "0", "1"))
RESTARTED = offer(side("mine2", "0", "1"))


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ([LOCAL, candidate("icecandidate", FIRST)], [1]),
        ([LOCAL, REMOTE, candidate("icecandidate", FIRST), candidate("addIceCandidate", FIRST)], [1, 2]),
        # by the ufrag, also when that of the next description holds already
        ([LOCAL, REMOTE, RESTARTED, candidate("icecandidate", f"{FIRST} ufrag mine")], [1]),
        ([LOCAL, REMOTE, RESTARTED, candidate("icecandidate", FIRST)], [3]),
        ([LOCAL, candidate("icecandidate", f"{FIRST} ufrag other")], [None]),
        # what was exchanged comes before what was not
        ([LOCAL, offer(side("mine", "0")), REMOTE, candidate("icecandidate", f"{FIRST} ufrag mine")], [2]),
        ([LOCAL, REMOTE, offer(side("mine", "0")), candidate("icecandidate", f"{FIRST} ufrag mine")], [1]),
        # by the m-section: mid, or index
        ([LOCAL, candidate("icecandidate", FIRST, mid="1", index=0)], [1]),
        ([LOCAL, candidate("icecandidate", FIRST, mid="7", index=1)], [1]),
        ([LOCAL, candidate("icecandidate", FIRST, mid="7", index=7)], [None]),
        # before the description that they are of
        ([candidate("addIceCandidate", FIRST), LOCAL, REMOTE], [2]),
        ([candidate("addIceCandidate", f"{FIRST} ufrag theirs"), LOCAL, REMOTE], [2]),
        # what was only created has no candidates
        ([offer(side("mine", "0"), "createOfferOnSuccess"), candidate("icecandidate", FIRST)], [None]),
        ([LOCAL, REMOTE, candidate("addIceCandidateFailed", FIRST)], [None]),
        ([LOCAL, REMOTE, candidate("addIceCandidate", "")], [2]),
        ([candidate("addIceCandidate", FIRST)], [None]),
        ([offer(side("mine").replace("a=ice-ufrag:mine\r\n", "")), candidate("icecandidate", FIRST)], [None]),
    ],
)
def test_the_description_that_a_candidate_belongs_to(calls: list[Call], expected: list[int | None]) -> None:
    assert owners(*calls) == expected


def seen(kind: Kind, text: str) -> Find:
    return Find(kind=kind, text=text)


def test_in_a_log_a_ufrag_or_the_only_description_decides() -> None:
    descriptions = [seen(Kind.DESCRIPTION, text) for text in (side("mine", "0"), side("theirs", "0"))]
    (connection,) = exchanges([descriptions[0], seen(Kind.CANDIDATE, FIRST)])
    assert connection.events[1].number == 1
    (connection,) = exchanges(
        [*descriptions, seen(Kind.CANDIDATE, FIRST), seen(Kind.CANDIDATE, f"{FIRST} ufrag theirs")]
    )
    assert [event.number for event in connection.events] == [1, 2, None, 2]


def test_a_fragment_says_whose_it_is() -> None:
    fragment = "a=ice-ufrag:mine\r\na=ice-pwd:asd88fgpdd777uzjYhagZg\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\n"
    whip = har(
        [("POST", side("mine", "0"), side("theirs", "0")), ("PATCH", f"{fragment}a={FIRST}\r\na={SECOND}\r\n", "")]
    )
    (connection,) = exchanges(find_descriptions(whip))
    assert [(event.find.kind, event.side, event.number) for event in connection.events] == [
        ("description", "local", 1),
        ("description", "remote", 2),
        ("fragment", "local", 1),
    ]
    whole = with_candidates(parse(side("mine", "0")), connection.candidates[1])
    assert [each.port for each in whole.media[0].candidates] == [5000, 5001]


def test_what_cannot_be_read_belongs_to_nothing() -> None:
    (connection,) = exchanges([seen(Kind.DESCRIPTION, side("mine", "0")), seen(Kind.CANDIDATE, "candidate:1")])
    assert connection.events[1].number is None


def whole(description: str, *calls: Call) -> str:
    connection = follow(offer(description), *calls)
    return str(with_candidates(parse(description), connection.candidates.get(1, ())))


def test_candidates_come_into_their_m_sections() -> None:
    first = candidate("icecandidate", f"{FIRST} generation 0 ufrag mine network-id 1", "0", 0)
    second = candidate("icecandidate", SECOND, "1", 1)
    ended = candidate("icecandidate", "", "1", 1)
    before = side("mine", "0", "1")
    assert (
        whole(before, first, second, ended, second)
        == before.replace("a=mid:0\r\n", f"a=mid:0\r\na={FIRST} generation 0 ufrag mine network-id 1\r\n")
        + f"a=end-of-candidates\r\na={SECOND}\r\n"
    )


def test_a_candidate_that_is_there_is_not_added() -> None:
    before = side("mine", "0") + f"a={FIRST} generation 0\r\n"
    assert whole(before, candidate("icecandidate", f"{FIRST} generation 0 ufrag mine")) == before
