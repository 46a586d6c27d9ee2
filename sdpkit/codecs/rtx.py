"""Retransmission: RFC 4588."""

from sdpkit.codecs.parameters import FormatParameters


class RtxParameters(FormatParameters, frozen=True):
    """The format parameters of rtx (RFC 4588 §8).

    >>> RtxParameters.parse("apt=96;rtx-time=3000").apt
    96
    """

    apt: int | None = None  # associated payload type: the one that is sent again
    rtx_time: int | None = None  # milliseconds for which packets are kept to be sent again
