"""VP9: RFC 9628."""

from sdpkit.codecs.parameters import FormatParameters


class VP9Parameters(FormatParameters, frozen=True):
    """The format parameters of VP9 (RFC 9628 §6).

    >>> VP9Parameters.parse("profile-id=2").summary
    'profile 2'
    """

    profile_id: int | None = None  # 0 and 1: 8 bits a sample, 2 and 3: 10 or 12; 0 where it is missing
    max_fs: int | None = None  # macroblocks per frame, of 16 by 16 pixels
    max_fr: int | None = None  # frames per second

    @property
    def summary(self) -> str:
        return super().summary if self.profile_id is None else f"profile {self.profile_id}"
