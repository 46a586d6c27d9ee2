"""Which header extensions are agreed."""

from sdpkit.offer_answer.extensions import Extensions, agreed_extensions
from sdpkit.sdp.parser import parse

ENCRYPT = "urn:ietf:params:rtp-hdrext:encrypt"


def agreed(offered: str, answered: str, session: str = "") -> Extensions:
    sections = (parse(f"{session}m=audio 9 RTP/AVP 0\n{lines}").media[0] for lines in (offered, answered))
    return agreed_extensions(*sections)


def test_those_of_both_in_the_order_of_the_answer() -> None:
    found = agreed("a=extmap:1 urn:a\na=extmap:2 urn:b\na=extmap:3 urn:c\n", "a=extmap:3 urn:c\na=extmap:1 urn:a\n")
    assert [(each.id, each.uri) for each in found.offerer] == [(3, "urn:c"), (1, "urn:a")]
    assert found.answerer == found.offerer
    assert found.dropped == ("urn:b",)


def test_each_side_has_its_own_id_unless_the_offer_has_placeholders() -> None:
    found = agreed("a=extmap:1 urn:a\na=extmap:4097 urn:b\n", "a=extmap:5 urn:a\na=extmap:6 urn:b\n")
    assert [each.id for each in found.offerer] == [1, 6]
    assert [each.id for each in found.answerer] == [5, 6]


def test_encrypted_extensions_are_others() -> None:
    found = agreed(f"a=extmap:1 urn:a\na=extmap:2 {ENCRYPT} urn:a\n", f"a=extmap:2 {ENCRYPT} urn:a\n")
    assert [(each.id, each.uri, each.encrypted) for each in found.answerer] == [(2, "urn:a", True)]
    assert found.dropped == ("urn:a",)


def test_extensions_of_the_session_count() -> None:
    assert [each.id for each in agreed("", "", session="a=extmap:1 urn:a\n").offerer] == [1]
