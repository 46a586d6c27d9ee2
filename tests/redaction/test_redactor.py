"""Redacted descriptions: the same lines, findings and negotiation, and nothing private in them."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit import negotiate, parse, strategies, validate
from sdpkit.ice.address import Scope, scope
from sdpkit.redaction import Mapping, Redactor, Style, find_private, redact
from sdpkit.rules import Report
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.media import MediaDescription

FIXTURES = Path(__file__).parents[2] / "fixtures"
FILES = [*sorted(FIXTURES.glob("*/*.sdp")), FIXTURES / "tutorial" / "lost_line_breaks.txt"]
PAIRS = [
    (offer, answer)
    for offer in FILES
    if (answer := offer.with_name(offer.name.replace(".offer.", ".answer."))) != offer and answer in FILES
]
TEXTS = strategies.descriptions() | strategies.broken_texts()


def read(path: Path) -> SessionDescription:
    return parse(path.read_bytes())


def judged(report: Report) -> tuple[Any, ...]:
    """What a report says but for values: codes with their lines, and what the stacks do."""
    about_privacy = ("PRV", "CMP007")  # the latter says which program wrote the text, by the look of its values
    findings = [finding for finding in report.findings if not finding.code.startswith(about_privacy)]
    codes = Counter((finding.code, finding.severity, finding.span.line) for finding in findings)
    verdicts = {name: (verdict.accepted, verdict.rejected_sections) for name, verdict in report.verdicts.items()}
    return codes, verdicts


@pytest.mark.parametrize("style", ["doc", "hash"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_findings_stay(path: Path, style: str) -> None:
    before = read(path)
    after = redact(before, style)
    assert judged(validate(after, pedantic=True)) == judged(validate(before, pedantic=True))


@pytest.mark.parametrize("style", ["doc", "hash"])
@pytest.mark.parametrize(("offer", "answer"), PAIRS, ids=lambda path: path.name)
def test_pairs_stay_pairs(offer: Path, answer: Path, style: str) -> None:
    before = read(offer), read(answer)
    redactor = Redactor(style)
    after = redactor.redact(before[0]), redactor.redact(before[1])
    old, new = (validate(one, "answer", against=other, pedantic=True) for other, one in (before, after))
    assert judged(new) == judged(old)
    old, new = (validate(one, previous=other, pedantic=True) for other, one in (before, after))
    assert judged(new) == judged(old)
    assert without_usernames(negotiate(*after)) == without_usernames(negotiate(*before))


def without_usernames(value: object) -> Any:
    """A negotiation as plain data, without the names of ICE users, which are made of ufrags."""
    data = msgspec.to_builtins(value)
    if isinstance(data, dict):
        return {name: without_usernames(part) for name, part in data.items() if not name.endswith("username")}
    return [without_usernames(part) for part in data] if isinstance(data, list | tuple) else data


@given(TEXTS)
def test_findings_of_any_text_stay(text: str) -> None:
    assert judged(validate(redact(text), pedantic=True)) == judged(validate(text, pedantic=True))


@given(TEXTS, TEXTS, st.sampled_from(["doc", "hash"]))
def test_negotiations_of_any_texts_stay(offer: str, answer: str, style: str) -> None:
    redactor = Redactor(style)
    after = redactor.redact(offer), redactor.redact(answer)
    assert without_usernames(negotiate(*after)) == without_usernames(negotiate(parse(offer), parse(answer)))


@given(TEXTS, st.sampled_from(["doc", "hash"]))
def test_values_come_back(text: str, style: str) -> None:
    redactor = Redactor(style)
    assert str(redactor.restore(redactor.redact(text))) == text


@given(TEXTS, st.sampled_from(Style))
def test_lines_and_their_ends_stay(text: str, style: Style) -> None:
    before, after = parse(text), redact(text, style)
    assert [line.ending for line in after.lines] == [line.ending for line in before.lines]
    assert [line.type for line in after.lines] == [line.type for line in before.lines]
    assert [line.number for line in after.lines] == [line.number for line in before.lines]
    assert str(parse(str(after))) == str(after)


@given(TEXTS)
def test_redacting_again_changes_nothing(text: str) -> None:
    after = redact(text)
    assert str(redact(after)) == str(after)
    assert find_private(after) == ()


def private_values(description: SessionDescription) -> Iterator[str]:
    """What must not be in a redacted text, found with the parser and not with what redacts."""
    parts: list[SessionDescription | MediaDescription] = [description, *description.media]
    for part in parts:
        yield from (value for value in (part.ice.ufrag, part.ice.pwd) if value)
        yield from (fingerprint.digest for fingerprint in part.dtls.fingerprints if len(fingerprint.digest) > 20)
        for candidate in part.candidates:
            yield from (address for address in (candidate.address, candidate.raddr) if address and is_private(address))
        yield from (crypto.keys[0].partition(":")[2] for crypto in part.get_all("crypto"))
    for section in description.media:
        yield from (value for source in section.ssrcs for name, value in source.attributes if name == "cname" and value)
    connections = [description.connection, *(each for section in description.media for each in section.connections)]
    yield from (each.address for each in connections if each and is_private(each.address))


def is_private(address: str) -> bool:
    public = (Scope.UNSPECIFIED, Scope.LOOPBACK, Scope.DOCUMENTATION, Scope.MASKED)
    return scope(address) not in public and not address.endswith("example.com") and not _TEST_NET(address)


_TEST_NET = re.compile(r"233\.252\.0\..*|ff..::db8:.*").fullmatch  # RFC 6676, the multicast groups of documentation


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_private_is_left(path: Path, style: Style) -> None:
    before = read(path)
    words = set(re.split(r"[\s:;,|]+", str(redact(before, style)))) | set(str(redact(before, style)).split())
    for value in private_values(before):
        assert value not in words, value


def test_what_was_equal_stays_equal() -> None:
    redactor = Redactor()
    offer = redactor.redact(
        "c=IN IP4 9.8.7.6\na=ice-ufrag:lNnd\na=candidate:1 1 udp 1 9.8.7.6 5004 typ srflx raddr 10.0.0.4 rport 5004"
    )
    answer = redactor.redact("a=candidate:1 1 udp 1 10.0.0.4 5005 typ host ufrag lNnd\na=x-peer:9.8.7.6 lNnd")
    assert str(offer) == (
        "c=IN IP4 198.51.100.1\na=ice-ufrag:u001\n"
        "a=candidate:1 1 udp 1 198.51.100.1 50000 typ srflx raddr 10.254.0.1 rport 50000"
    )
    assert str(answer) == "a=candidate:1 1 udp 1 10.254.0.1 50001 typ host ufrag u001\na=x-peer:198.51.100.1 u001"


def test_secrets_in_unknown_lines_are_found() -> None:
    text = (
        "a=ice-pwd:s6dxxJer3d4+6HWcWWkxqO1y\na=x-log:pwd=s6dxxJer3d4+6HWcWWkxqO1y;\nwhat is s6dxxJer3d4+6HWcWWkxqO1y?"
    )
    assert str(redact(text)).count("pwd000000000000000000001") == 3


def test_other_spellings_of_an_address_are_the_same_address() -> None:
    text = redact("a=candidate:1 1 udp 1 2A02::5 5000 typ host\na=candidate:1 1 udp 1 2a02::5 5000 typ host")
    assert [line.text.split()[4] for line in text.lines] == ["2001:DB8::1", "2001:db8::1"]


def test_stand_ins_avoid_what_is_there() -> None:
    text = "a=ice-ufrag:lNnd\na=x-word:u001\na=candidate:1 1 udp 1 9.9.9.9 5000 typ host\nc=IN IP4 198.51.100.1"
    redactor = Redactor()
    assert str(redactor.redact(text)).splitlines() == [
        "a=ice-ufrag:u002",
        "a=x-word:u001",
        "a=candidate:1 1 udp 1 198.51.100.2 50000 typ host",
        "c=IN IP4 198.51.100.1",
    ]


@pytest.mark.parametrize("style", ["doc", "hash"])
def test_a_mapping_goes_on(style: str) -> None:
    first = Redactor(style)
    offer = first.redact("c=IN IP4 9.8.7.6\na=ssrc:1234567 cname:abcdefgh")
    mapping = msgspec.json.decode(msgspec.json.encode(first.mapping), type=Mapping)
    second = Redactor(mapping=mapping)
    assert str(second.redact("c=IN IP4 9.8.7.6\nc=IN IP4 9.8.7.5")).splitlines()[0] == str(offer).splitlines()[0]
    assert str(second.restore(offer)) == "c=IN IP4 9.8.7.6\na=ssrc:1234567 cname:abcdefgh"
    assert find_private(offer, mapping=mapping) == ()


def test_one_salt_gives_the_same_stand_ins() -> None:
    text = "a=ice-pwd:s6dxxJer3d4+6HWcWWkxqO1y\nc=IN IP6 2a02::5"
    assert str(redact(text, "hash", salt="a")) == str(redact(text, "hash", salt="a"))
    assert str(redact(text, "hash", salt="a")) != str(redact(text, "hash", salt="b"))
    assert str(redact(text, "hash")) != str(redact(text, "hash"))


def test_style_x() -> None:
    text = "o=jdoe 12345 1 IN IP4 10.1.2.3\na=ice-pwd:ab/c+\na=candidate:1 1 udp 1 printer.local 5000 typ host"
    assert str(redact(text, "x")).splitlines() == [
        "o=xxxx xxxxx x IN IP4 xx.x.x.x",
        "a=ice-pwd:xxxxx",
        "a=candidate:1 1 udp 1 xxxxxxx.local xxxx typ host",
    ]


@pytest.mark.parametrize(
    ("keep", "kept"),
    [("addresses", "9.8.7.6"), ("ports", "54321"), ("credentials", "lNnd"), ("ssrc", "1234567"), ("streams", "jdoe@x")],
)
def test_what_is_kept(keep: str, kept: str) -> None:
    text = "a=candidate:1 1 udp 1 9.8.7.6 54321 typ host\na=ice-ufrag:lNnd\na=ssrc:1234567 cname:jdoe@x"
    assert kept not in str(redact(text))
    redactor = Redactor(keep=[keep])
    assert kept in str(redactor.redact(text))
    assert redactor.replaced[keep] == 0
    assert keep not in {value.category for value in find_private(text, keep=[keep])}


def test_unknown_categories_and_styles() -> None:
    with pytest.raises(ValueError, match='there is no "nothing" to keep; there are: addresses, '):
        Redactor(keep=["nothing"])
    with pytest.raises(ValueError, match="'rot13' is not a valid Style"):
        Redactor("rot13")


def test_more_public_addresses_than_there_are_stand_ins() -> None:
    lines = [f"c=IN IP4 9.{number // 256}.{number % 256}.1" for number in range(763)]
    assert len(set(redact("\n".join(lines[:762])).lines)) == 762
    with pytest.raises(ValueError, match=r"nothing is left that could stand for the address x\.x\.xxx\.x"):
        redact("\n".join(lines))


def test_private_values_are_told_without_showing_them() -> None:
    first, second = find_private("v=0\na=ice-pwd:secret\na=mid:0\nc=IN IP4 9.8.7.6")
    assert (first.line, first.start, first.end, first.kind, first.masked) == (2, 11, 17, "pwd", "xxxxxx")
    assert (second.line, second.kind, second.category, second.masked) == (4, "address", "addresses", "x.x.x.x")
