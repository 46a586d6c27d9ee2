"""H.264: RFC 6184."""

import re
from typing import Self

import msgspec

from sdpkit.codecs.parameters import FormatParameters, nal_units
from sdpkit.finding import fault

# Profile, profile_idc, and the bits of profile-iop, x for either: RFC 6184 §8.1, table 5.
_PROFILES = (
    ("Constrained Baseline", 0x42, "x1xx0000"),
    ("Constrained Baseline", 0x4D, "1xxx0000"),
    ("Constrained Baseline", 0x58, "11xx0000"),
    ("Baseline", 0x42, "x0xx0000"),
    ("Baseline", 0x58, "10xx0000"),
    ("Main", 0x4D, "0x0x0000"),
    ("Extended", 0x58, "00xx0000"),
    ("High", 0x64, "00000000"),
    ("High 10", 0x6E, "00000000"),
    ("High 4:2:2", 0x7A, "00000000"),
    ("High 4:4:4 Predictive", 0xF4, "00000000"),
    ("High 10 Intra", 0x6E, "00010000"),
    ("High 4:2:2 Intra", 0x7A, "00010000"),
    ("High 4:4:4 Intra", 0xF4, "00010000"),
    ("CAVLC 4:4:4 Intra", 0x2C, "00010000"),
    # younger than the RFC: H.264 §A.2.4.1 and §A.2.4.2
    ("Progressive High", 0x64, "00001000"),
    ("Constrained High", 0x64, "00001100"),
)
_LEVELS = {
    10: "1",
    11: "1.1",
    12: "1.2",
    13: "1.3",
    20: "2",
    21: "2.1",
    22: "2.2",
    30: "3",
    31: "3.1",
    32: "3.2",
    40: "4",
    41: "4.1",
    42: "4.2",
    50: "5",
    51: "5.1",
    52: "5.2",
    60: "6",
    61: "6.1",
    62: "6.2",
}  # H.264 table A-1: level_idc -> level; 1b has two forms of its own
_CONSTRAINT_SET3 = 0x10
_HEXADECIMAL = re.compile("[0-9A-Fa-f]{6}").fullmatch


class ProfileLevelId(msgspec.Struct, frozen=True):
    """What a decoder must be able to do, as six hexadecimal digits (RFC 6184 §8.1).

    >>> id = ProfileLevelId.parse("42e01f")
    >>> id.profile, id.level, str(id)
    ('Constrained Baseline', '3.1', '42e01f')
    """

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises SDPError for anything but six hexadecimal digits."""
        if not _HEXADECIMAL(text):
            message = f'profile-level-id: expected six hexadecimal digits, found "{text}"'
            raise fault("COD008", message, "RFC 6184 §8.1", start=0, end=max(1, len(text)))
        return cls(text)

    def __str__(self) -> str:
        return self.text

    @property
    def profile_idc(self) -> int:
        """The first byte: the family of profiles."""
        return int(self.text[:2], 16)

    @property
    def profile_iop(self) -> int:
        """The second byte: constraint_set0_flag in its highest bit, to constraint_set5_flag; the last two are 0."""
        return int(self.text[2:4], 16)

    @property
    def level_idc(self) -> int:
        """The third byte: the level times ten, but for level 1b."""
        return int(self.text[4:], 16)

    @property
    def profile(self) -> str | None:
        """The name of the profile; None for a combination that no standard names.

        >>> ProfileLevelId("4de01f").profile, ProfileLevelId("64c01f").profile
        ('Constrained Baseline', None)
        """
        flags = f"{self.profile_iop:08b}"
        names = (name for name, idc, pattern in _PROFILES if idc == self.profile_idc and _match(flags, pattern))
        return next(names, None)

    @property
    def level(self) -> str | None:
        """The level as the standard writes it, as `3.1`, `4` or `1b`; None where there is no such level.

        >>> ProfileLevelId("42f00b").level, ProfileLevelId("42e00b").level
        ('1b', '1.1')
        """
        if self.profile_idc in (0x42, 0x4D, 0x58):  # these have a flag for level 1b, the others a number
            is_1b = self.level_idc == 11 and self.profile_iop & _CONSTRAINT_SET3
        else:
            is_1b = self.level_idc == 9
        return "1b" if is_1b else _LEVELS.get(self.level_idc)

    @property
    def summary(self) -> str:
        """The digits and what they mean."""
        return " ".join(filter(None, (self.text, self.profile, self.level)))


def _match(flags: str, pattern: str) -> bool:
    """Whether the bits are those of the pattern, where x stands for either."""
    return all(wanted in ("x", flag) for flag, wanted in zip(flags, pattern, strict=True))


class H264Parameters(FormatParameters, frozen=True):
    """The format parameters of H.264 (RFC 6184 §8.1).

    Without profile-level-id the RFC has the Baseline profile at level 1 (42000a), but libwebrtc takes it for 42e01f;
    without packetization-mode both take mode 0.

    >>> h264 = H264Parameters.parse("packetization-mode=1;profile-level-id=42e01f")
    >>> h264.packetization_mode, h264.profile_level_id.level
    (1, '3.1')
    """

    level_asymmetry_allowed: bool | None = None  # both sides may send at different levels
    packetization_mode: int | None = None  # 0: a NAL unit a packet, 1: not interleaved, 2: interleaved
    profile_level_id: ProfileLevelId | None = None
    max_recv_level: str | None = None  # the highest level to receive: profile-iop and level_idc in hexadecimal
    max_mbps: int | None = None  # macroblocks per second
    max_smbps: int | None = None  # static macroblocks per second
    max_fs: int | None = None  # macroblocks per frame
    max_cpb: int | None = None  # size of the coded picture buffer, in 1000 or 1200 bits
    max_dpb: int | None = None  # size of the decoded picture buffer, in units of 8/3 macroblocks
    max_br: int | None = None  # bit rate, in 1000 or 1200 bits per second
    redundant_pic_cap: bool | None = None  # redundant pictures are of use
    sprop_parameter_sets: str | None = None  # see parameter_sets
    sprop_level_parameter_sets: str | None = None  # levels and parameter sets in turn, colons between
    use_level_src_parameter_sets: bool | None = None  # the parameter may stand in a=ssrc too
    in_band_parameter_sets: bool | None = None  # parameter sets come only within the stream
    sprop_interleaving_depth: int | None = None  # NAL units
    sprop_deint_buf_req: int | None = None  # bytes
    deint_buf_cap: int | None = None  # bytes
    sprop_init_buf_time: int | None = None  # ticks of the 90 kHz clock
    sprop_max_don_diff: int | None = None  # decoding order numbers
    max_rcmd_nalu_size: int | None = None  # bytes
    sar_understood: int | None = None  # the highest aspect_ratio_idc that is understood
    sar_supported: int | None = None  # the highest aspect_ratio_idc that is displayed

    @property
    def parameter_sets(self) -> tuple[bytes, ...]:
        """The NAL units of sprop-parameter-sets; SDPError when they are not base64.

        >>> [unit[0] & 31 for unit in H264Parameters.parse("sprop-parameter-sets=Z0IAHqtAoPyA,aM4xEg==").parameter_sets]
        [7, 8]
        """
        return nal_units(self.sprop_parameter_sets or "")

    @property
    def summary(self) -> str:
        profile = "" if self.profile_level_id is None else self.profile_level_id.summary
        mode = "" if self.packetization_mode is None else f"mode {self.packetization_mode}"
        return ", ".join(filter(None, (profile, mode))) or super().summary
