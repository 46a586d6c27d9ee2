"""What texts are read as: which readings, in which order, and that nothing real is left without one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit.explanation import Explanation, Language, explain
from sdpkit.explanation.glossary import TERMS
from sdpkit.explanation.readings import _names
from sdpkit.masking import MASK
from sdpkit.sdp.attributes import ATTRIBUTES
from sdpkit.sdp.lines import Limits, split
from sdpkit.strategies import attribute_values, broken_texts, candidates, field_values

FIXTURES = Path(__file__).parents[2] / "fixtures"

# A text, and what it is read as, the likeliest reading first.
READINGS = [
    ("a=rtcp-fb:96 nack pli", [("attribute", "a=rtcp-fb")]),
    ("rtcp-fb:96 nack pli", [("attribute", "a=rtcp-fb")]),
    ("rtcp-fb 96 nack pli", [("attribute", "a=rtcp-fb")]),
    ("m=audio 9 UDP/TLS/RTP/SAVPF 111", [("line of a description", "m= media")]),
    ("o=- 1 2 IN IP4 0.0.0.0", [("line of a description", "o= origin")]),
    ("m=", [("line of a description", "m= media")]),
    ("y=0100008888", [("line of a description", "y= SSRC of GB28181")]),
    ("setup", [("attribute", "a=setup")]),
    ("a=extmap-allow-mixed", [("attribute", "a=extmap-allow-mixed")]),
    ("A=Setup", [("attribute", "a=setup")]),
    ("t38faxversion", [("attribute", "a=T38FaxVersion")]),
    ("a=x-onvif-track:V1", [("attribute", "a=x-onvif-track")]),
    (
        "candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host",
        [("candidate", "host candidate over udp: 192.0.2.1 port 54321, component 1")],
    ),
    (
        "1 1 udp 2122260223 192.0.2.1 54321 typ host",
        [("candidate", "host candidate over udp: 192.0.2.1 port 54321, component 1")],
    ),
    (
        '{"candidate":"candidate:1 1 tcp 1 192.0.2.1 9 typ host tcptype active","sdpMid":"0"}',
        [("candidate", "host candidate over tcp: 192.0.2.1 port 9, component 1")],
    ),
    ("a=candidate:1 1 udp", [("attribute", "a=candidate")]),
    ("network-cost 50", [("part of a candidate", "network-cost 50")]),
    ("typ relay", [("part of a candidate", "typ relay")]),
    ("network-cost", [("term", "network-cost")]),
    ("actpass", [("value of a=setup", "actpass")]),
    ("active", [("value of a=setup", "active"), ("tcptype of a candidate", "active")]),
    ("sendonly", [("attribute", "a=sendonly")]),
    ("host", [("type of candidate", "host")]),
    ("srflx", [("type of candidate", "srflx")]),
    ("prflx", [("type of candidate", "prflx")]),
    ("relay", [("type of candidate", "relay")]),
    ("nack pli", [("value of a=rtcp-fb", "nack pli")]),
    ("bundle", [("value of a=group", "BUNDLE")]),
    ("FID", [("value of a=group", "FID"), ("value of a=ssrc-group", "FID")]),
    ("udp", [("transport of a candidate", "udp"), ("protocol of an m= line", "udp")]),
    ("UDP/TLS/RTP/SAVPF", [("protocol of an m= line", "UDP/TLS/RTP/SAVPF")]),
    ("sha-256", [("value of a=fingerprint", "sha-256")]),
    ("AES_CM_128_HMAC_SHA1_80", [("value of a=crypto", "AES_CM_128_HMAC_SHA1_80")]),
    ("OPUS", [("codec", "opus")]),
    ("VP8", [("codec", "VP8")]),
    (
        "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
        [("RTP header extension", "abs-send-time")],
    ),
    ("urn:ietf:params:rtp-hdrext:sdes:mid", [("RTP header extension", "sdes:mid")]),
    ("sdes:mid", [("RTP header extension", "sdes:mid")]),
    ("trickle", [("value of a=ice-options", "trickle"), ("term", "trickle ICE")]),
    ("Vanilla-ICE", [("term", "vanilla ICE")]),
    ("munging", [("term", "munging")]),
    ("ufrag", [("term", "ufrag")]),
    ("m-line", [("term", "m-section")]),
    ("42e01f", [("profile-level-id of H264", "42e01f")]),
    ("640032", [("profile-level-id of H264", "640032"), ("identifier", "640032")]),
    ("profile-level-id=42e01f", [("format parameters", "profile-level-id=42e01f")]),
    ("useinbandfec", [("format parameters", "useinbandfec")]),
    ("0", [("payload type", "0"), ("port", "0")]),
    ("1", [("payload type", "1"), ("component of a candidate", "1"), ("port", "1")]),
    ("96", [("payload type", "96"), ("port", "96")]),
    ("9", [("payload type", "9"), ("port", "9")]),
    ("3478", [("port", "3478")]),
    ("48000", [("clock rate", "48000"), ("port", "48000")]),
    ("262144", [("max-message-size", "262144"), ("identifier", "262144")]),
    ("2122260223", [("priority of a candidate", "2122260223"), ("identifier", "2122260223")]),
    ("3735928559", [("identifier", "3735928559")]),
    (
        "9115038255648079870",
        [("priority of a pair of candidates", "9115038255648079870"), ("identifier", "9115038255648079870")],
    ),
    ("192.168.1.5", [("address", "192.168.1.5")]),
    ("fe80::1", [("address", "fe80::1")]),
    ("192.168.xxx.xxx", [("address", "192.168.xxx.xxx")]),
    ("0f1e2d3c.local", [("address", "0f1e2d3c.local")]),
    (":".join(["AB"] * 32), [("digest of a certificate", ":".join(["AB"] * 32))]),
    ("a=setup:actpas", [("attribute", "a=setup")]),
    (" a=mid:0\r\n", [("attribute", "a=mid")]),
]


@pytest.mark.parametrize(("text", "expected"), READINGS, ids=[text for text, _ in READINGS])
def test_readings(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(reading.read_as, reading.title) for reading in explain(text).readings] == expected


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("setupp", "setup"),
        ("a=ice-ufrg:abcd", "ice-ufrag"),
        ("rtcpmux", "rtcp-mux"),
        ("srfx", "srflx"),
        ("mungging", "munging"),
        ("H246", "H264"),
    ],
)
def test_unknown_texts_have_near_names(text: str, near: str) -> None:
    explanation = explain(text)
    assert explanation.readings == ()
    assert near in explanation.near


@pytest.mark.parametrize(
    "text", ["", "   ", "xyzzy", "hello world", "a=mid:0\na=mid:1", "a=\ra=mid:0", "a=qqqq:1", "=", "q=1", "1.5", "-1"]
)
def test_what_is_nothing_is_unknown(text: str) -> None:
    assert explain(text) == Explanation(text.strip(), Language.EN, (), ())


@pytest.mark.parametrize("lang", ["de", "EN", ""])
def test_only_known_languages(lang: str) -> None:
    with pytest.raises(ValueError, match="not a valid Language"):
        explain("setup", lang)


@pytest.mark.parametrize(
    "text",
    [
        "a=ice-pwd:asd88fgpdd777uzjYhagZg",
        "ice-pwd:asd88fgpdd777uzjYhagZg",
        "ice-pwd asd88fgpdd777uzjYhagZg",
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:asd88fgpdd777uzjYhagZg|2^20",
        "a=crypto:1 asd88fgpdd777uzjYhagZg",
        "a=key-mgmt:mikey asd88fgpdd777uzjYhagZg",
        "key-mgmt mikey asd88fgpdd777uzjYhagZg",
        "k=base64:asd88fgpdd777uzjYhagZg",
        "a=acap:1 crypto:1 AES_CM_128_HMAC_SHA1_80 inline:asd88fgpdd777uzjYhagZg",
    ],
)
@pytest.mark.parametrize("lang", Language)
def test_secrets_are_masked(text: str, lang: str) -> None:
    masked = explain(text, lang)
    assert masked.readings
    assert "asd88" not in repr(masked)
    assert any(MASK in row.value for row in masked.readings[0].rows)
    assert "asd88" in repr(explain(text, lang, show_secrets=True))


def test_problems_of_lines_with_secrets_are_told_without_them() -> None:
    (reading,) = explain("v=0 s=- a=ice-pwd:asd88fgpdd777uzjYhagZg").readings
    assert [(row.part, row.meaning) for row in reading.rows] == [
        ("problem", 'column 3: expected digits, found "0 s=- a=ice-pwd:********"')
    ]


def test_every_line_of_the_fixtures_is_explained() -> None:
    texts = (path.read_bytes().decode("utf-8", "surrogateescape") for path in sorted(FIXTURES.glob("*/*.sdp")))
    lines = {line.text for text in texts for line in split(text, Limits()) if line.text}
    unexplained = [line for line in lines if not explain(line).readings]
    assert len(lines) > 900
    assert unexplained == []


@pytest.mark.parametrize("lang", Language)
def test_every_name_is_explained(lang: str) -> None:
    names = _names()
    assert len(names) > 600
    assert [name for name in names if not explain(name, lang).readings] == []


@pytest.mark.parametrize("lang", Language)
def test_what_is_to_be_seen_is_explained_too(lang: str) -> None:
    explained = [explain(name, lang) for name in _names()] + [explain(text, lang) for text, _ in READINGS]
    see = {text for explanation in explained for reading in explanation.readings for text in reading.see}
    assert len(see) > len(TERMS) / 2
    assert [text for text in see if not explain(text, lang).readings] == []


@given(st.text() | broken_texts() | st.text("a=:m0123456789 abcdef;/.", max_size=60), st.sampled_from(Language))
def test_it_never_raises(text: str, lang: str) -> None:
    explain(text, lang)
    for line in text.splitlines():
        explain(line, lang)


@given(st.sampled_from(sorted(ATTRIBUTES)).flatmap(lambda name: attribute_values(name).map(f"a={name}:{{}}".format)))
def test_every_value_of_every_attribute_is_explained(line: str) -> None:
    assert explain(line.removesuffix(":")).readings


@given(st.sampled_from("vosiuepcbtrzkm").flatmap(lambda letter: field_values(letter).map(f"{letter}={{}}".format)))
def test_every_other_line_is_explained(line: str) -> None:
    assert explain(line).readings


@given(candidates())
def test_every_candidate_is_explained(candidate: object) -> None:
    assert explain(str(candidate)).readings[0].read_as == "candidate"


@pytest.mark.parametrize(
    "text", ["a=fmtp:96 " + "a=1;" * 20_000, "a" * 80_000, "9" * 80_000, "m=audio 9 RTP/AVP" + " 0" * 20_000]
)
def test_long_texts(text: str) -> None:
    explain(text)
