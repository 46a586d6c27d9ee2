"""The Japanese of what is written in English elsewhere is complete, and nothing else."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit.explanation import explain
from sdpkit.explanation.japanese import ATTRIBUTES as SUMMARIES
from sdpkit.explanation.japanese import LABELS
from sdpkit.explanation.lines import _LABELS, _LAYOUT
from sdpkit.sdp import fields
from sdpkit.sdp.attributes import ATTRIBUTES, Attribute, record
from sdpkit.sdp.attributes.ice import RemoteCandidate
from sdpkit.strategies import attribute_values, field_values

PACKAGE = Path(__file__).parents[2] / "sdpkit" / "explanation"
SOURCES = [path for path in PACKAGE.glob("*.py") if path.name != "japanese.py"]
TYPES = (
    RemoteCandidate,
    fields.Origin,
    fields.ConnectionData,
    fields.Timing,
    fields.RepeatTime,
    fields.EncryptionKey,
    fields.Media,
)


def test_every_attribute_has_a_summary() -> None:
    assert SUMMARIES.keys() == ATTRIBUTES.keys()
    assert all(attribute.summary for attribute in ATTRIBUTES.values())


def labels_of(attribute: Attribute) -> Iterator[str]:
    """What the parts are called that the value of an attribute is decoded into."""
    decoder = attribute.decode
    if inspect.ismethod(decoder):
        yield from _labels_of_fields(decoder.__self__)
    elif inspect.isfunction(decoder):
        closure = inspect.getclosurevars(decoder).nonlocals
        yield from map(_label, closure.get("names", ()))
        if "name" in closure:  # through_sdp_transform
            yield from (_label(name) for _, names in record._rules()[closure["name"]] for name in names)


def _labels_of_fields(type: Any) -> Iterator[str]:
    return (_label(field.name) for field in msgspec.structs.fields(type) if field.name not in _LAYOUT)


def _label(name: str) -> str:
    return _LABELS.get(name, name.replace("_", " "))


NAMED = {
    *(label for name, each in ATTRIBUTES.items() if name != "candidate" for label in labels_of(each)),
    *(label for type in TYPES for label in _labels_of_fields(type)),
}
SHOWN_OTHERWISE = {"parameter", "restrictions"}  # of rtcp-fb and rid: `sdpkit.explanation.lines` has rows of its own


def test_every_part_has_a_name() -> None:
    assert len(NAMED) > 70
    assert NAMED - SHOWN_OTHERWISE - LABELS.keys() == set()


def test_no_name_is_left_over() -> None:
    """Each is the name of a part of a decoded value, or stands somewhere in the package."""
    sources = "".join(path.read_text(encoding="utf-8") for path in SOURCES)
    assert [label for label in LABELS if label not in NAMED and f'"{label}"' not in sources] == []


@pytest.mark.parametrize(
    "text",
    [
        "a=candidate:1 1 tcp 1 192.0.2.1 9 typ srflx raddr 10.0.0.1 rport 9 tcptype active generation 0 ufrag x"
        " network-id 1 network-cost 10",
        "a=mid",
        "a=candidate",
        "a=group",
        "a=rid",
        "a=setup:x",
        "42e01f",
        "2122260223",
        "9115038255648079870",
        "m=",
        "m=application 9/2 UDP/DTLS/SCTP webrtc-datachannel",
        "a=rtpmap:96 VP8/90000/1",
        "a=fmtp:97 apt=96",
        "a=fmtp:97 96/96",
        "a=fmtp:97 0-15",
        "a=simulcast:send 1 recv 2",
        "z=3730928400 -1h",
        ":".join(["AB"] * 32),
        "urn:ietf:params:rtp-hdrext:sdes:mid",
        "10.0.0.1",
    ],
)
def test_every_label_is_translated(text: str) -> None:
    parameters = {"apt"}  # names that the standards give stay as they are
    for english, japanese in zip(explain(text).readings, explain(text, "ja").readings, strict=True):
        for before, after in zip(english.rows, japanese.rows, strict=True):
            assert before.part in parameters or after.part == LABELS[before.part]
            assert before.value == after.value


@given(
    st.sampled_from(sorted(ATTRIBUTES)).flatmap(lambda name: attribute_values(name).map(f"a={name}:{{}}".format))
    | st.sampled_from("vosiuepcbtrzkm").flatmap(lambda letter: field_values(letter).map(f"{letter}={{}}".format))
)
def test_both_languages_have_the_same_rows(text: str) -> None:
    line = text.removesuffix(":")
    english, japanese = (explain(line, lang).readings[0] for lang in ("en", "ja"))
    assert [row.value for row in english.rows] == [row.value for row in japanese.rows]
    assert [bool(row.meaning) for row in english.rows] == [bool(row.meaning) for row in japanese.rows]
