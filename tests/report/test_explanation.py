import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from sdpkit.explanation import Language, explain
from sdpkit.report.explanation import screen, unknown
from sdpkit.report.json import document, schema
from sdpkit.strategies import broken_texts

HINT = "give a line as it stands, a code that sdpkit rules lists, or more of an error"


def test_a_line() -> None:
    assert screen(explain("a=rtcp-fb:96 nack pli"), 80).splitlines() == [
        "a=rtcp-fb    attribute",
        "Offers one kind of RTCP feedback (NACK, PLI, REMB...) for a payload type or all.",
        "",
        "part          value     meaning",
        "------------  --------  --------------------------------------------------",
        "payload type  96        dynamic: an a=rtpmap line says which codec it is",
        "message       nack pli  picture loss indication: the receiver has lost the",
        "                        picture and needs a key frame",
        "",
        "see: RFC 4585 §4.2, sdpkit explain RTCP",
    ]


def test_a_line_in_japanese() -> None:
    assert screen(explain("a=setup:actpass", "ja"), 80).splitlines() == [
        "a=setup    属性",
        "接続を開く側、DTLS では ClientHello を送る側を示します。active か passive です。",
        "",
        "部分    値       意味",
        "------  -------  ------------------------------------------------------",
        "値      actpass  どちらの役割もでき、answer が選びます。WebRTC の offer",
        "                 は必ずこの値で、answer では使えません。",
        "",
        "参照: RFC 4145 §4, sdpkit explain DTLS | DTLS role",
    ]


def test_several_readings() -> None:
    assert screen(explain("active"), 80).splitlines() == [
        "active    value of a=setup",
        "the writer opens the connection: with DTLS it is the client and sends the",
        "ClientHello",
        "",
        "see: RFC 4145 §4, sdpkit explain setup",
        "",
        "active    tcptype of a candidate",
        "opens TCP connections and accepts none; its port is always 9",
        "",
        "see: RFC 6544 §4.5, sdpkit explain candidate",
    ]


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        ("setupp", "en", 'nothing is known of "setupp": perhaps setup'),
        ("setupp", "ja", "「setupp」については分かりません。もしかして: setup"),
        ("xyzzy", "en", f'nothing is known of "xyzzy": {HINT}'),
        ("x" * 1000, "en", f'nothing is known of "{"x" * 299}…": {HINT}'),
        (
            "v=0\r\ns=-",
            "en",
            "these are several lines: explain takes one at a time, inspect reads a whole description",
        ),
    ],
)
def test_unknown(text: str, lang: str, said: str) -> None:
    assert unknown(explain(text, lang)) == said


TEXTS = (
    "candidate:1510613869 1 udp 2122194687 2001:db8:85a3:8d3:1319:8a2e:370:7348 55001 typ host network-cost 50",
    "m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99 100 101 102 103 104 105 106 107 108 109 110 111 112 113 114 0 8",
    "a=extmap:4 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
    "a=fingerprint:sha-256 " + ":".join(["AB"] * 32),
    "s=日本語の長い名前を付けたセッションです。" * 9,
    "rtcp-fb",
    "9115038255648079870",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_screen(text: str, lang: str, width: int) -> None:
    lines = screen(explain(text, lang), width).splitlines()
    assert lines
    assert max(map(wcswidth, lines)) <= width


def test_a_screen_ends() -> None:
    *_, last, _, _ = screen(explain("a=fmtp:96 " + "x=1;" * 1000), 80).splitlines()
    assert last == "and 901 more: --format json has all"


@given(st.text() | broken_texts(), st.sampled_from(Language))
def test_any_text_fits_the_schema_and_is_safe_to_show(text: str, lang: str) -> None:
    for line in (text, *text.splitlines(), f"s={text}", f"a=mid:{text}"):
        explanation = explain(line, lang)
        VALIDATOR.validate(json.loads(document("explain", None, explanation)))
        assert screen(explanation, 80).replace("\n", "").isprintable()


VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema("explain")))
