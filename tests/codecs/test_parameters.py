"""What all format parameters have in common: they never raise, and the text comes back as it was."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit.codecs.av1 import AV1Parameters
from sdpkit.codecs.fec import FlexfecParameters, UlpfecParameters
from sdpkit.codecs.h264 import H264Parameters
from sdpkit.codecs.h265 import H265Parameters
from sdpkit.codecs.opus import OpusParameters
from sdpkit.codecs.parameters import FormatParameters, format_parameters, nal_units
from sdpkit.codecs.red import RedParameters
from sdpkit.codecs.rtx import RtxParameters
from sdpkit.codecs.telephone_event import TelephoneEventParameters
from sdpkit.codecs.vp8 import VP8Parameters
from sdpkit.codecs.vp9 import VP9Parameters
from sdpkit.finding import SDPError

CLASSES: dict[str, type[FormatParameters]] = {
    "AV1": AV1Parameters,
    "flexfec": FlexfecParameters,
    "flexfec-03": FlexfecParameters,
    "H264": H264Parameters,
    "H265": H265Parameters,
    "opus": OpusParameters,
    "red": RedParameters,
    "rtx": RtxParameters,
    "telephone-event": TelephoneEventParameters,
    "ulpfec": UlpfecParameters,
    "VP8": VP8Parameters,
    "VP9": VP9Parameters,
    "mpeg4-generic": FormatParameters,
    "": FormatParameters,
}
NAMES = sorted(
    {field.encode_name for codec in CLASSES.values() for field in msgspec.structs.fields(codec)}
    | {"", "Stereo", "APT", "x-google-start-bitrate", "octet-align"}
)
VALUES = ["", "0", "1", "2", "007", "+1", "1e5", "٣", "42e01f", "0-15,66", "111/111", "=", "a=b", "yes", "1" * 30]

codec_names = st.sampled_from(sorted(CLASSES))
written_text = st.text(st.characters(exclude_characters=";", exclude_categories=["Cs"])).map(
    lambda text: text.strip(" \t")
)
names = st.sampled_from(NAMES) | written_text.map(lambda text: text.replace("=", "").strip(" \t"))
values = st.none() | st.sampled_from(VALUES) | written_text
parts = st.tuples(names, values).map(lambda pair: pair[0] if pair[1] is None else f"{pair[0]}={pair[1]}")
canonical_texts = st.lists((parts | st.sampled_from(VALUES)).filter(bool)).map(";".join)


@pytest.mark.parametrize(("name", "expected"), CLASSES.items())
def test_each_codec_has_its_class_whatever_the_case(name: str, expected: type[FormatParameters]) -> None:
    for written in (name, name.lower(), name.upper()):
        assert type(format_parameters(written, "a=b")) is expected


@given(codec_name=codec_names | st.text(), text=st.text() | canonical_texts)
def test_no_text_raises_and_writing_is_stable(codec_name: str, text: str) -> None:
    parameters = format_parameters(codec_name, text)
    assert format_parameters(codec_name, str(parameters)) == parameters
    assert isinstance(parameters.summary, str)


@given(codec_name=codec_names, text=canonical_texts)
def test_canonical_text_comes_back_as_it_was(codec_name: str, text: str) -> None:
    assert str(format_parameters(codec_name, text)) == text


@given(codec_name=codec_names, text=canonical_texts)
def test_pairs_are_the_text_in_parts(codec_name: str, text: str) -> None:
    pairs = format_parameters(codec_name, text).pairs
    assert [name if value is None else f"{name}={value}" for name, value in pairs] == [*filter(None, text.split(";"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("minptime=10; useinbandfec=1", "minptime=10;useinbandfec=1"),
        (" minptime = 10 ;\tuseinbandfec\t=\t1 ", "minptime=10;useinbandfec=1"),
        (";minptime=10;;useinbandfec=1;", "minptime=10;useinbandfec=1"),
        ("x=a b; y", "x=a b;y"),
        ("", ""),
        (" ; ", ""),
    ],
)
def test_blanks_and_empty_parts_go(text: str, expected: str) -> None:
    assert str(OpusParameters.parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("minptime=10;useinbandfec=1", OpusParameters(minptime=10, useinbandfec=True)),
        (
            "useinbandfec=1;minptime=10",
            OpusParameters(minptime=10, useinbandfec=True, order=("useinbandfec", "minptime")),
        ),
        ("minptime=10;x=1;y", OpusParameters(minptime=10, others=(("x", "1"), ("y", None)))),
        ("x=1;minptime=10", OpusParameters(minptime=10, others=(("x", "1"),), order=(None, "minptime"))),
        ("MinPTime=10", OpusParameters(minptime=10, order=("MinPTime",))),
        ("minptime=10;minptime=20", OpusParameters(minptime=10, others=(("minptime", "20"),))),
        ("stereo=yes", OpusParameters(others=(("stereo", "yes"),))),
        ("stereo", OpusParameters(others=(("stereo", None),))),
        ("stereo=", OpusParameters(others=(("stereo", ""),))),
        ("minptime=010", OpusParameters(others=(("minptime", "010"),))),
        ("minptime=١٠", OpusParameters(others=(("minptime", "١٠"),))),
        ("=10", OpusParameters(others=(("=10", None),))),
    ],
)
def test_order_and_what_does_not_fit(text: str, expected: OpusParameters) -> None:
    assert OpusParameters.parse(text) == expected
    assert str(expected) == text


def test_an_edit_keeps_the_order() -> None:
    opus = OpusParameters.parse("useinbandfec=1;x=1;minptime=10")
    assert str(msgspec.structs.replace(opus, minptime=20)) == "useinbandfec=1;x=1;minptime=20"
    assert str(msgspec.structs.replace(opus, useinbandfec=None)) == "x=1;minptime=10"
    assert str(msgspec.structs.replace(opus, others=())) == "useinbandfec=1;minptime=10"
    edited = msgspec.structs.replace(opus, stereo=True, others=(("x", "2"), ("y", None)))
    assert str(edited) == "useinbandfec=1;x=2;minptime=10;stereo=1;y"


def test_misfits_are_known_names_only() -> None:
    opus = OpusParameters.parse("stereo=yes;usinbandfec=1;minptime=10;minptime=20;CBR")
    assert opus.misfits == (("stereo", "yes"), ("minptime", "20"), ("CBR", None))
    assert TelephoneEventParameters.parse("0-5.;x=1").misfits == (("0-5.", None),)


def test_summary_leaves_out_long_values() -> None:
    parameters = FormatParameters.parse("mode=AAC-hbr;config=" + "1" * 100)
    assert parameters.summary == "mode=AAC-hbr config=…"


def test_many_parameters_take_linear_time() -> None:
    text = ";".join(["apt=96"] * 200_000)
    assert str(RtxParameters.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", ()), ("AAE=", (b"\0\1",)), ("AAE=,/w==", (b"\0\1", b"\xff"))],
)
def test_nal_units(text: str, expected: tuple[bytes, ...]) -> None:
    assert nal_units(text) == expected


@pytest.mark.parametrize(("text", "start"), [("AAE", 1), ("AAE=,ä", 6), ("AAE=,AA E=", 6), ("AAE=,????,AAE=", 6)])
def test_nal_units_say_what_is_not_base64(text: str, start: int) -> None:
    with pytest.raises(SDPError) as caught:
        nal_units(text)
    assert caught.value.findings[0].span.start == start
