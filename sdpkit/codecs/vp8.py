"""VP8: RFC 7741."""

from sdpkit.codecs.parameters import FormatParameters


class VP8Parameters(FormatParameters, frozen=True):
    """The format parameters of VP8 (RFC 7741 §6.1): what its writer can decode.

    >>> VP8Parameters.parse("max-fs=12288;max-fr=60").max_fs
    12288
    """

    max_fs: int | None = None  # macroblocks per frame, of 16 by 16 pixels
    max_fr: int | None = None  # frames per second
