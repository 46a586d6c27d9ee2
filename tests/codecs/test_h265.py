"""H.265: RFC 7798."""

import pytest

from sdpkit.codecs.h265 import H265Parameters

TABLE = [
    (
        "level-id=180;profile-id=1;tier-flag=0;tx-mode=SRST",
        H265Parameters(level_id=180, profile_id=1, tier_flag=False, tx_mode="SRST"),
    ),
    (
        "profile-space=0;profile-compatibility-indicator=60000000;interop-constraints=000000000000",
        H265Parameters(profile_space=0, profile_compatibility_indicator="60000000", interop_constraints="000000000000"),
    ),
    (
        "sprop-sub-layer-id=6;recv-sub-layer-id=5;max-recv-level-id=120",
        H265Parameters(sprop_sub_layer_id=6, recv_sub_layer_id=5, max_recv_level_id=120),
    ),
    (
        "sprop-vps=QAEMAf//;sprop-sps=QgEB;sprop-pps=RAHAcvBTJA==;sprop-sei=TgE=",
        H265Parameters(sprop_vps="QAEMAf//", sprop_sps="QgEB", sprop_pps="RAHAcvBTJA==", sprop_sei="TgE="),
    ),
    (
        "max-lsr=1;max-lps=2;max-cpb=3;max-dpb=4;max-br=5;max-tr=6;max-tc=7;max-fps=3000",
        H265Parameters(max_lsr=1, max_lps=2, max_cpb=3, max_dpb=4, max_br=5, max_tr=6, max_tc=7, max_fps=3000),
    ),
    (
        "sprop-max-don-diff=32;sprop-depack-buf-nalus=1;sprop-depack-buf-bytes=2;depack-buf-cap=3",
        H265Parameters(sprop_max_don_diff=32, sprop_depack_buf_nalus=1, sprop_depack_buf_bytes=2, depack_buf_cap=3),
    ),
    (
        "sprop-segmentation-id=3;sprop-spatial-segmentation-idc=4;include-dph=md5,crc",
        H265Parameters(sprop_segmentation_id=3, sprop_spatial_segmentation_idc=4, include_dph="md5,crc"),
    ),
]


@pytest.mark.parametrize(("text", "h265"), TABLE)
def test_both_ways(text: str, h265: H265Parameters) -> None:
    assert H265Parameters.parse(text) == h265
    assert str(h265) == text


@pytest.mark.parametrize(
    ("level_id", "level"),
    [(30, "1"), (93, "3.1"), (120, "4"), (153, "5.1"), (180, "6"), (186, "6.2"), (94, None), (None, None)],
)
def test_level(level_id: int | None, level: str | None) -> None:
    assert H265Parameters(level_id=level_id).level == level


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("level-id=93;profile-id=1;tier-flag=0;tx-mode=SRST", "profile 1 level 3.1 tier 0"),
        ("profile-id=2", "profile 2"),
        ("tier-flag=1", "tier 1"),
        ("sprop-max-don-diff=32", "sprop-max-don-diff=32"),
        ("sprop-vps=QAEMAf//AWAAAAMAsAAAAwAAAwB4FwJA", "sprop-vps=…"),
    ],
)
def test_summary(text: str, summary: str) -> None:
    assert H265Parameters.parse(text).summary == summary


def test_parameter_sets() -> None:
    h265 = H265Parameters.parse("sprop-pps=RAHA;sprop-vps=QAEM,QAEM")
    assert h265.parameter_sets == (b"\x40\x01\x0c", b"\x40\x01\x0c", b"\x44\x01\xc0")
