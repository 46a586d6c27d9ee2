"""The forms in which descriptions are passed on, there and back."""

import json
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit import SDPError, parse, strategies, validate
from sdpkit.conversion import from_candidates, to_base64, to_candidates, to_fragment, to_json
from sdpkit.ice.candidate import CandidateInit
from sdpkit.intake import find_descriptions, pack
from sdpkit.sdp.decoding import key_of

OFFER = """\
v=0
o=- 1 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1
a=ice-options:trickle
m=audio 54321 UDP/TLS/RTP/SAVPF 111
c=IN IP4 192.168.1.4
a=rtpmap:111 opus/48000/2
a=candidate:1 1 udp 2122260223 192.168.1.4 54321 typ host
a=ice-ufrag:abcd
a=ice-pwd:0123456789abcdefghijkl
a=setup:actpass
a=mid:0
a=end-of-candidates
m=video 0 UDP/TLS/RTP/SAVPF 96
a=mid:1
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
a=mid:2
a=ice-ufrag:efgh
a=candidate:2 1 tcp 1518280447 192.168.1.4 9 typ host tcptype active
""".replace("\n", "\r\n")


@pytest.mark.parametrize("type", ["offer", "answer", "pranswer"])
def test_json(type: str) -> None:
    assert json.loads(to_json(parse(OFFER), type)) == {"type": type, "sdp": OFFER}
    assert json.loads(b64decode(to_base64(parse(OFFER), type))) == {"type": type, "sdp": OFFER}


def test_a_type_is_guessed() -> None:
    assert json.loads(to_json(parse(OFFER)))["type"] == "offer"
    with pytest.raises(SDPError, match="CNV002 whether this is an offer or an answer cannot be told"):
        to_json(parse("v=0\r\n"))


@given(strategies.descriptions(), st.sampled_from(["offer", "answer"]))
def test_what_is_exact_comes_back_to_the_letter(text: str, type: str) -> None:
    description = parse(text)
    for written in (to_json(description, type), to_base64(description, type), pack(text, type)):
        (find,) = find_descriptions(written)
        assert (find.text, find.type) == (text, type)


def test_bytes_that_are_no_utf_8_survive() -> None:
    description = parse(b"v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=caf\xe9\r\nt=0 0\r\n")
    (find,) = find_descriptions(to_json(description, "offer"))
    assert bytes(parse(find.text)) == bytes(description)


def test_a_fragment() -> None:
    assert str(to_fragment(parse(OFFER))).splitlines() == [
        "a=ice-options:trickle",
        "m=audio 9 RTP/AVP 0",
        "a=mid:0",
        "a=candidate:1 1 udp 2122260223 192.168.1.4 54321 typ host",
        "a=ice-ufrag:abcd",
        "a=ice-pwd:0123456789abcdefghijkl",
        "a=end-of-candidates",
        "m=application 9 RTP/AVP 0",
        "a=mid:2",
        "a=ice-ufrag:efgh",
        "a=candidate:2 1 tcp 1518280447 192.168.1.4 9 typ host tcptype active",
    ]


@given(strategies.descriptions() | strategies.broken_texts())
def test_fragments_have_nothing_but_ice(text: str) -> None:
    fragment = to_fragment(parse(text))
    assert str(to_fragment(fragment)) == str(fragment)
    allowed = {"m=", "a=mid", "a=candidate", "a=remote-candidates", "a=end-of-candidates"}
    allowed |= {f"a=ice-{name}" for name in ("ufrag", "pwd", "options", "lite", "pacing")}
    assert {key_of(line) for line in fragment.lines} <= allowed
    assert {line.ending for line in fragment.lines} <= {"\r\n", "\n", "\r"}


@given(strategies.descriptions())
def test_fragments_are_valid_where_descriptions_are(text: str) -> None:
    before = {finding.code for finding in validate(text).errors}
    fragment = to_fragment(parse(text))
    assert not fragment.lines or {finding.code for finding in validate(fragment).errors} <= before


def test_candidates() -> None:
    first, end, second = to_candidates(parse(OFFER))
    text = "candidate:1 1 udp 2122260223 192.168.1.4 54321 typ host"
    assert first == CandidateInit(text, "0", 0, "abcd")
    assert end == CandidateInit("", "0", 0, "abcd")
    assert (second.sdp_mid, second.sdp_m_line_index, second.username_fragment) == ("2", 2, "efgh")


def test_candidates_become_a_fragment() -> None:
    fragment = from_candidates([*to_candidates(parse(OFFER)), CandidateInit("candidate:3")])
    assert str(fragment).splitlines() == [
        "a=candidate:3",
        "m=audio 9 RTP/AVP 0",
        "a=mid:0",
        "a=ice-ufrag:abcd",
        "a=candidate:1 1 udp 2122260223 192.168.1.4 54321 typ host",
        "a=end-of-candidates",
        "m=audio 9 RTP/AVP 0",
        "a=mid:2",
        "a=ice-ufrag:efgh",
        "a=candidate:2 1 tcp 1518280447 192.168.1.4 9 typ host tcptype active",
    ]


@given(strategies.descriptions())
def test_candidates_come_back(text: str) -> None:
    candidates = to_candidates(parse(text))
    again = from_candidates(candidates)
    assert [init.candidate for init in to_candidates(again)] == [init.candidate for init in candidates]
    assert [init.sdp_mid for init in to_candidates(again)] == [init.sdp_mid for init in candidates]
