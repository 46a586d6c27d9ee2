"""AV1: RTP Payload Format For AV1, version 1.0.0, of the Alliance for Open Media."""

from sdpkit.codecs.parameters import FormatParameters


class AV1Parameters(FormatParameters, frozen=True):
    """The format parameters of AV1 (AV1 RTP §7.2): what its writer can decode.

    >>> AV1Parameters.parse("level-idx=5;profile=0;tier=0").summary
    'profile 0 level 3.1 tier 0'
    """

    level_idx: int | None = None  # seq_level_idx; 5 where it is missing
    profile: int | None = None  # 0: Main, 1: High, 2: Professional; 0 where it is missing
    tier: int | None = None  # seq_tier: 0: Main, 1: High; 0 where it is missing

    @property
    def level(self) -> str | None:
        """The level as the standard writes it, as `3.1`; `maximum` for none in particular; None for no level.

        (AV1 Bitstream & Decoding Process Specification, §A.3.)
        """
        if self.level_idx is not None and self.level_idx <= 23:
            return f"{2 + self.level_idx // 4}.{self.level_idx % 4}"
        return "maximum" if self.level_idx == 31 else None

    @property
    def summary(self) -> str:
        words = (("profile", self.profile), ("level", self.level), ("tier", self.tier))
        return " ".join(f"{name} {value}" for name, value in words if value is not None) or super().summary
