"""What must hold for every text, every value and every edit."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sdpkit import (
    Candidate,
    Finding,
    Limits,
    MediaDescription,
    SDPError,
    SessionDescription,
    Severity,
    parse,
    strategies,
)
from sdpkit.sdp.attributes import ATTRIBUTES, Level
from sdpkit.sdp.attributes.registry import write_flag
from sdpkit.sdp.decoding import decode, encode, key_of
from sdpkit.sdp.fields import MEDIA_ORDER, SESSION_ORDER, Media
from sdpkit.sdp.lines import Line
from sdpkit.sdp.section import Section

ANY_TEXT = st.text(st.characters()) | strategies.broken_texts() | st.text("\r\nva=:m 0")
FLAGS = {name for name, attribute in ATTRIBUTES.items() if attribute.encode is write_flag}


def findings_of_call(call: Callable[[], object]) -> tuple[Finding, ...]:
    """What an SDPError says; nothing when there is none. Any other error goes through."""
    try:
        call()
    except SDPError as error:
        return error.findings
    return ()


@given(ANY_TEXT)
@example("v=0\r\n\ud800\udc80")
@example("\r\r\n\n\r")
def test_text_comes_back(text: str) -> None:
    assert str(parse(text)) == text


@given(st.binary() | strategies.descriptions().map(str.encode))
@example(b"\xef\xbb\xbfv=0\r\ns=\xff\xfe\x80\r")
def test_bytes_come_back(data: bytes) -> None:
    assert bytes(parse(data)) == data


@given(ANY_TEXT)
def test_lines_lie_in_the_text(text: str) -> None:
    lines = parse(text).lines
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert [text[line.offset :].startswith(str(line)) for line in lines] == [True] * len(lines)
    *ended, last = re.split("\r\n|\r|\n", text)
    assert [line.text for line in lines] == [*ended, *[last][: len(last)]]


@given(ANY_TEXT)
def test_findings_lie_in_their_lines(text: str) -> None:
    description = parse(text)
    lengths = [len(line.text) for line in description.lines] or [0]
    for finding in description.findings:
        span = finding.span
        assert 1 <= span.start < span.end
        assert span.start <= lengths[span.line - 1] + 1


@given(ANY_TEXT)
def test_every_property_of_any_text_can_be_read(text: str) -> None:
    description = parse(text)
    for section in sections_of(description):
        for name in dir(section):
            getattr(section, name)
        assert repr(section)


@given(ANY_TEXT)
def test_strict_raises_for_errors_alone(text: str) -> None:
    findings = parse(text).findings
    if any(finding.severity is Severity.ERROR for finding in findings):
        with pytest.raises(SDPError) as caught:
            parse(text, strict=True)
        assert caught.value.findings == findings
    else:
        assert str(parse(text, strict=True)) == text


@given(ANY_TEXT, st.builds(Limits, *[st.integers(0, 40)] * 3))
def test_limits_refuse_or_change_nothing(text: str, limits: Limits) -> None:
    refused = findings_of_call(lambda: parse(text, limits=limits))
    assert [finding.code for finding in refused] in ([], ["SYN025"], ["SYN026"], ["SYN027"])
    if not refused:
        assert str(parse(text, limits=limits)) == text


@given(strategies.descriptions())
def test_generated_descriptions_are_right(text: str) -> None:
    assert parse(text).findings == ()


@given(strategies.m_sections())
def test_generated_m_sections_are_right(text: str) -> None:
    description = parse(text)
    assert description.findings == ()
    assert [str(section) for section in description.media] == [text]


@given(strategies.candidates())
def test_candidates_both_ways(candidate: Candidate) -> None:
    assert Candidate.parse(str(candidate)) == candidate
    assert str(Candidate.parse(str(candidate))) == str(candidate)


@pytest.mark.parametrize("name", ATTRIBUTES)
@settings(max_examples=25)
@given(st.data())
def test_attribute_values_both_ways(name: str, data: st.DataObject) -> None:
    attribute = ATTRIBUTES[name]
    text = data.draw(strategies.attribute_values(name))
    value = attribute.decode(text)
    assert attribute.encode(value) == text
    assert attribute.decode(attribute.encode(value)) == value


@pytest.mark.parametrize("letter", "vosiuepcbtrzkm")
@given(st.data())
def test_field_values_both_ways(letter: str, data: st.DataObject) -> None:
    line = f"{letter}={data.draw(strategies.field_values(letter))}"
    value = decode(Line(1, 0, line, ""))
    assert encode(f"{letter}=", value) == line
    assert decode(Line(1, 0, encode(f"{letter}=", value), "")) == value


@pytest.mark.parametrize("decoder", [attribute.decode for attribute in ATTRIBUTES.values()], ids=ATTRIBUTES)
@settings(max_examples=15)
@given(st.data())
def test_decoders_raise_nothing_else(decoder: Callable[[str], Any], data: st.DataObject) -> None:
    text = data.draw(st.text(st.characters(exclude_characters="\r\n")) | st.text("0123456789 ./:;=,~-*asendrcv"))
    for finding in findings_of_call(lambda: decoder(text)):
        assert 1 <= finding.span.start < finding.span.end


@st.composite
def edits(draw: st.DrawFn, section: Section) -> tuple[str, str, list[Any]]:
    """A way to edit a section: the name of the method, of the attribute or type, and the values."""
    media = isinstance(section, MediaDescription)
    allowed = (Level.MEDIA, Level.BOTH) if media else (Level.SESSION, Level.BOTH)
    attributes = [name for name, attribute in ATTRIBUTES.items() if attribute.level in allowed]
    name = draw(st.sampled_from([*attributes, *(f"{letter}=" for letter in ("icb" if media else "siuepcbt"))]))
    if name in FLAGS:
        return draw(st.sampled_from(["set", "remove"])), name, [True]
    texts = strategies.field_values(name[0]) if name.endswith("=") else strategies.attribute_values(name)
    prefix = name if name.endswith("=") else f"a={name}:"
    values = st.lists(texts.map(lambda text: decode(Line(0, 0, prefix + text, ""))), max_size=3)
    return draw(st.sampled_from(["set", "add", "remove"])), name, draw(values)


def sections_of(description: SessionDescription) -> list[SessionDescription | MediaDescription]:
    return [description, *description.media]


@given(strategies.descriptions(), st.sampled_from(["\r\n", "\n", "\r"]), st.booleans(), st.data())
def test_edits(text: str, ending: str, ended: bool, data: st.DataObject) -> None:
    text = text.replace("\r\n", ending)
    description = parse(text if ended else text.removesuffix(ending))
    for _ in range(data.draw(st.integers(1, 4))):
        section = data.draw(st.sampled_from(sections_of(description)))
        method, name, values = data.draw(edits(section))
        before = section.get_all(name)
        untouched = [line.text for line in description.lines if line not in section.lines_of(name)]
        if method == "remove":
            section.remove(name)
        else:
            getattr(section, method)(name, *values)
        assert section.get_all(name) == {"set": (*values,), "add": (*before, *values), "remove": ()}[method]
        assert [line.text for line in description.lines if line not in section.lines_of(name)] == untouched
    again = parse(str(description))
    assert_alike(again, description)
    assert {line.ending for line in description.lines[:-1]} <= {ending}


def assert_alike(one: SessionDescription, other: SessionDescription) -> None:
    """Both have the same lines at the same places, in the same sections, with equal values."""
    assert [(line.number, line.offset, str(line)) for line in one.lines] == [
        (line.number, line.offset, str(line)) for line in other.lines
    ]
    assert [len(section.lines) for section in one.media] == [len(section.lines) for section in other.media]
    for a, b in zip(one.lines, other.lines, strict=True):
        assert decode(a) == decode(b)
    for section, twin in zip(sections_of(one), sections_of(other), strict=True):
        for key in {key_of(line) for line in section.lines}:
            name = key.removeprefix("a=")
            assert section.get_all(name) == twin.get_all(name)


@given(st.data())
def test_built_from_nothing(data: st.DataObject) -> None:
    description = SessionDescription()
    fill(description, data.draw(st.permutations("vost")), data)
    for _ in range(data.draw(st.integers(0, 2))):
        media = Media.parse(data.draw(strategies.field_values("m")))
        section = MediaDescription(media)
        if data.draw(st.booleans()):
            description.media += (section,)
            fill(section, data.draw(st.permutations("icb")), data)
        else:
            fill(section, data.draw(st.permutations("icb")), data)
            description.media += (section,)
        assert section.m_line == media
        assert section.index == len(description.media) - 1
    again = parse(str(description))
    assert again.findings == ()
    assert_alike(again, description)
    for part, order in [
        (again.session_lines, SESSION_ORDER),
        *((section.lines, MEDIA_ORDER) for section in again.media),
    ]:
        places = [order.index(line.type) for line in part]
        assert places == sorted(places)


def fill(section: Section, letters: list[str], data: st.DataObject) -> None:
    """Sets attributes and types, in no particular order."""
    for letter in ["a", *letters]:
        if letter == "a":
            method, name, values = data.draw(edits(section))
            getattr(section, "set" if method == "remove" else method)(name, *values)
        else:
            value = decode(Line(0, 0, f"{letter}={data.draw(strategies.field_values(letter))}", ""))
            section.set(f"{letter}=", value)


@given(st.text(), st.sampled_from(["\n", "\r", "\r\n"]), st.text())
def test_line_breaks_are_refused(before: str, ending: str, after: str) -> None:
    description = parse("v=0\r\ns=-\r\nm=audio 9 RTP/AVP 0\r\n")
    text = str(description)
    for name in ("s=", "tool", "x-unknown"):
        with pytest.raises(SDPError):
            description.set(name, before + ending + after)
        with pytest.raises(SDPError):
            description.media[0].add(name, before + ending + after)
    assert str(description) == text


@given(strategies.descriptions(), st.data())
def test_sections_in_any_order(text: str, data: st.DataObject) -> None:
    description = parse(text)
    sections = data.draw(st.permutations(description.media))
    kept = sections[: data.draw(st.integers(0, len(sections)))]
    texts = [str(section) for section in kept]
    description.media = kept
    again = parse(str(description))
    assert_alike(again, description)
    assert [str(section) for section in again.media] == texts


@given(strategies.descriptions(), strategies.descriptions())
def test_copies_are_independent(text: str, other: str) -> None:
    description, taken = parse(text), parse(other)
    twin = description.copy()
    assert twin == description
    description.media += taken.media
    description.set("x-unknown", "1")
    assert str(twin) == text
    assert str(taken) == other
    assert str(description).endswith("".join(str(section) for section in taken.media))
