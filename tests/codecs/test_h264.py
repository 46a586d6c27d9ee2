"""H.264: RFC 6184."""

import pytest

from sdpkit.codecs.h264 import H264Parameters, ProfileLevelId
from sdpkit.finding import SDPError

TABLE = [
    (
        "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
        H264Parameters(level_asymmetry_allowed=True, packetization_mode=1, profile_level_id=ProfileLevelId("42e01f")),
    ),
    ("profile-level-id=42E00C", H264Parameters(profile_level_id=ProfileLevelId("42E00C"))),
    (
        "max-recv-level=e01f;max-mbps=42000;max-smbps=42000;max-fs=1400;max-cpb=1000;max-dpb=1000;max-br=180000",
        H264Parameters(
            max_recv_level="e01f",
            max_mbps=42000,
            max_smbps=42000,
            max_fs=1400,
            max_cpb=1000,
            max_dpb=1000,
            max_br=180000,
        ),
    ),
    (
        "redundant-pic-cap=0;sprop-parameter-sets=Z0IAHqtAoPyA,aM4xEg==;sprop-level-parameter-sets=42e01f:Z0I=",
        H264Parameters(
            redundant_pic_cap=False,
            sprop_parameter_sets="Z0IAHqtAoPyA,aM4xEg==",
            sprop_level_parameter_sets="42e01f:Z0I=",
        ),
    ),
    (
        "use-level-src-parameter-sets=1;in-band-parameter-sets=1;sprop-interleaving-depth=566;sprop-deint-buf-req=1",
        H264Parameters(
            use_level_src_parameter_sets=True,
            in_band_parameter_sets=True,
            sprop_interleaving_depth=566,
            sprop_deint_buf_req=1,
        ),
    ),
    (
        "deint-buf-cap=4294967295;sprop-init-buf-time=2;sprop-max-don-diff=3;max-rcmd-nalu-size=4;sar-understood=16;"
        "sar-supported=1",
        H264Parameters(
            deint_buf_cap=4294967295,
            sprop_init_buf_time=2,
            sprop_max_don_diff=3,
            max_rcmd_nalu_size=4,
            sar_understood=16,
            sar_supported=1,
        ),
    ),
]


@pytest.mark.parametrize(("text", "h264"), TABLE)
def test_both_ways(text: str, h264: H264Parameters) -> None:
    assert H264Parameters.parse(text) == h264
    assert str(h264) == text


@pytest.mark.parametrize(
    ("text", "profile", "level"),
    [
        ("42e01f", "Constrained Baseline", "3.1"),
        ("42E01F", "Constrained Baseline", "3.1"),
        ("42c015", "Constrained Baseline", "2.1"),
        ("420034", "Baseline", "5.2"),
        ("42a01e", "Baseline", "3"),
        ("4de028", "Constrained Baseline", "4"),
        ("58c00a", "Constrained Baseline", "1"),
        ("580014", "Extended", "2"),
        ("588014", "Baseline", "2"),
        ("584014", None, "2"),
        ("4d001f", "Main", "3.1"),
        ("4d4029", "Main", "4.1"),
        ("4d201f", None, "3.1"),
        ("64001f", "High", "3.1"),
        ("64081f", "Progressive High", "3.1"),
        ("640c34", "Constrained High", "5.2"),
        ("64c028", None, "4"),
        ("6e0028", "High 10", "4"),
        ("6e1028", "High 10 Intra", "4"),
        ("7a0028", "High 4:2:2", "4"),
        ("7a1029", "High 4:2:2 Intra", "4.1"),
        ("f4001f", "High 4:4:4 Predictive", "3.1"),
        ("f4101f", "High 4:4:4 Intra", "3.1"),
        ("2c103e", "CAVLC 4:4:4 Intra", "6.2"),
        ("010101", None, None),
        ("42e0ff", "Constrained Baseline", None),
        # level 1b
        ("42f00b", "Constrained Baseline", "1b"),
        ("42e00b", "Constrained Baseline", "1.1"),
        ("42e009", "Constrained Baseline", None),
        ("4d100b", "Main", "1b"),
        ("64000b", "High", "1.1"),
        ("640009", "High", "1b"),
        ("6e100b", "High 10 Intra", "1.1"),
    ],
)
def test_profile_and_level(text: str, profile: str | None, level: str | None) -> None:
    id = ProfileLevelId.parse(text)
    assert (id.profile, id.level) == (profile, level)
    assert str(id) == text


def test_bytes_of_profile_level_id() -> None:
    id = ProfileLevelId.parse("42e01f")
    assert (id.profile_idc, id.profile_iop, id.level_idc) == (0x42, 0xE0, 0x1F)


@pytest.mark.parametrize("text", ["", "42e01", "42e01f0", "zzzzzz", "33", " 42e01f", "٤2e01f", "0x42e0", "42e01f\n"])
def test_what_is_no_profile_level_id(text: str) -> None:
    with pytest.raises(SDPError, match="COD008"):
        ProfileLevelId.parse(text)
    h264 = H264Parameters.parse(f"profile-level-id={text}")
    assert h264.profile_level_id is None or str(h264.profile_level_id) == text.strip()


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        (
            "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
            "42e01f Constrained Baseline 3.1, mode 1",
        ),
        ("profile-level-id=64C028", "64C028 4"),
        ("profile-level-id=42e01f", "42e01f Constrained Baseline 3.1"),
        ("packetization-mode=0", "mode 0"),
        ("level-asymmetry-allowed=1", "level-asymmetry-allowed=1"),
        ("", ""),
    ],
)
def test_summary(text: str, summary: str) -> None:
    assert H264Parameters.parse(text).summary == summary


def test_parameter_sets() -> None:
    h264 = H264Parameters.parse("sprop-parameter-sets=Z0IAHqtAoPyA,aM4xEg==")
    assert h264.parameter_sets == (bytes.fromhex("6742001eab40a0fc80"), bytes.fromhex("68ce3112"))
    assert H264Parameters.parse("sprop-parameter-sets=").parameter_sets == ()
    assert H264Parameters().parameter_sets == ()
    with pytest.raises(SDPError):
        _ = H264Parameters.parse("sprop-parameter-sets=???").parameter_sets
