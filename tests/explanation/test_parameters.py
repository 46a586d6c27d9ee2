import pytest

from sdpkit.codecs.parameters import FormatParameters, _classes, _known
from sdpkit.explanation import explain
from sdpkit.explanation.parameters import _BY_NAME

RTPMAP = "dynamic: an a=rtpmap line says which codec it is"
GUESSED = "by the names of these parameters"


@pytest.mark.parametrize(("codec", "type"), _classes().items())
def test_every_parameter_of_every_codec_is_explained(codec: str, type: type[FormatParameters]) -> None:
    tables = {name.lower(): table for name, table in _BY_NAME.items()}
    assert {name for name in _known(type) if name} - tables.get(codec, {}).keys() == set()


@pytest.mark.parametrize(
    ("text", "codecs"),
    [
        ("profile-level-id=42e01f;packetization-mode=1", "H264"),
        ("profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3", "mpeg4-generic"),
        ("minptime=10;useinbandfec=1", "opus, multiopus"),
        ("profile-id=0", "VP9, H265"),
        ("profile-id=1;level-id=93", "H265"),
        ("max-fs=12288;max-fr=60", "VP8, VP9"),
        ("level-idx=5;profile=0;tier=0", "AV1"),
        ("apt=96", "rtx"),
        ("APT=96;x=1", "rtx"),
        ("repair-window=10000000", "flexfec-03, flexfec"),
    ],
)
def test_the_codec_is_guessed_by_names(text: str, codecs: str) -> None:
    rows = {row.part: row.value for row in explain(f"a=fmtp:99 {text}").readings[0].rows}
    assert rows["codec"] == codecs


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        (
            "a=fmtp:97 apt=96",
            [
                ("format", "97", RTPMAP),
                ("codec", "rtx", GUESSED),
                ("apt", "96", f"{RTPMAP}; associated payload type: packets of this one are sent again"),
            ],
        ),
        (
            "a=fmtp:45 level-idx=5",
            [
                ("format", "45", "free: a=rtpmap says which codec it is, where 96 to 127 do not suffice"),
                ("codec", "AV1", GUESSED),
                ("level-idx", "5", "level 3.1; level: 4 × (major − 2) + minor"),
            ],
        ),
        (
            "a=fmtp:63 111/111",
            [
                ("format", "63", "free: a=rtpmap says which codec it is, where 96 to 127 do not suffice"),
                ("payload types", "111/111", "what a packet holds, the newest first"),
            ],
        ),
        (
            "a=fmtp:101 0-15,66",
            [("format", "101", RTPMAP), ("events", "0-15,66", "17 events; 0 to 15 are the keys 0-9 * # A-D")],
        ),
        ("a=fmtp:101 0-,66", [("format", "101", RTPMAP), ("value", "0-,66", "")]),
        ("a=fmtp:101 new=1", [("format", "101", RTPMAP), ("new", "1", "")]),
        ("a=fmtp:* x=1", [("format", "*", ""), ("x", "1", "")]),
    ],
)
def test_rows(line: str, rows: list[tuple[str, str, str]]) -> None:
    (reading,) = explain(line).readings
    assert [(row.part, row.value, row.meaning) for row in reading.rows] == rows


def test_unknown_parameters_alone_are_no_parameters() -> None:
    assert explain("useinbandfec=1;new=1").readings == ()
