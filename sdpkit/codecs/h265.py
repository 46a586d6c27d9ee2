"""H.265, also called HEVC: RFC 7798."""

from sdpkit.codecs.parameters import FormatParameters, nal_units


class H265Parameters(FormatParameters, frozen=True):
    """The format parameters of H.265 (RFC 7798 §7.1).

    >>> h265 = H265Parameters.parse("level-id=93;profile-id=1;tier-flag=0;tx-mode=SRST")
    >>> h265.level, h265.tx_mode, h265.summary
    ('3.1', 'SRST', 'profile 1 level 3.1 tier 0')
    """

    level_id: int | None = None  # 30 times the level; 93 where it is missing
    profile_id: int | None = None  # 1: Main, 2: Main 10, 3: Main Still Picture; 1 where it is missing
    profile_space: int | None = None  # what profile-id counts in; 0 where it is missing
    tier_flag: bool | None = None  # the High tier, with higher bit rates; the Main tier where it is missing
    tx_mode: str | None = None  # SRST, MRST or MRMT: how many streams on how many transports; SRST where missing
    profile_compatibility_indicator: str | None = None  # 32 flags in hexadecimal
    interop_constraints: str | None = None  # 48 flags in hexadecimal
    sprop_sub_layer_id: int | None = None  # the highest temporal sub-layer that is sent
    recv_sub_layer_id: int | None = None  # the highest temporal sub-layer that is received
    max_recv_level_id: int | None = None  # 30 times the highest level to receive
    sprop_vps: str | None = None  # see parameter_sets
    sprop_sps: str | None = None
    sprop_pps: str | None = None
    sprop_sei: str | None = None  # SEI messages as NAL units in base64, commas between
    max_lsr: int | None = None  # luma samples per second
    max_lps: int | None = None  # luma samples per picture
    max_cpb: int | None = None  # size of the coded picture buffer, in CpbBrVclFactor bits
    max_dpb: int | None = None  # size of the decoded picture buffer, in pictures
    max_br: int | None = None  # bit rate, in CpbBrVclFactor bits per second
    max_tr: int | None = None  # rows of tiles
    max_tc: int | None = None  # columns of tiles
    max_fps: int | None = None  # pictures in 100 seconds
    sprop_max_don_diff: int | None = None  # decoding order numbers
    sprop_depack_buf_nalus: int | None = None  # NAL units
    sprop_depack_buf_bytes: int | None = None  # bytes
    depack_buf_cap: int | None = None  # bytes
    sprop_segmentation_id: int | None = None  # 0: none, 1: slices, 2: tiles, 3: wavefronts
    sprop_spatial_segmentation_idc: int | None = None  # how small the pieces are that decode in parallel
    dec_parallel_cap: str | None = None  # what can be decoded in parallel
    include_dph: str | None = None  # which hashes of decoded pictures are of use

    @property
    def level(self) -> str | None:
        """The level as the standard writes it, as `3.1` or `4`; None without level-id or where it is no level."""
        if self.level_id is None or self.level_id % 3:
            return None
        whole, tenths = divmod(self.level_id // 3, 10)
        return f"{whole}.{tenths}" if tenths else str(whole)

    @property
    def parameter_sets(self) -> tuple[bytes, ...]:
        """The NAL units of sprop-vps, sprop-sps and sprop-pps; SDPError when they are not base64.

        >>> [unit[0] >> 1 for unit in H265Parameters.parse("sprop-sps=QgEB; sprop-pps=RAHAcvBTJA==").parameter_sets]
        [33, 34]
        """
        return tuple(
            unit for text in (self.sprop_vps, self.sprop_sps, self.sprop_pps) for unit in nal_units(text or "")
        )

    @property
    def summary(self) -> str:
        tier = None if self.tier_flag is None else int(self.tier_flag)
        words = (("profile", self.profile_id), ("level", self.level), ("tier", tier))
        return " ".join(f"{name} {value}" for name, value in words if value is not None) or super().summary
