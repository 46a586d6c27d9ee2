"""Forward error correction: RFC 5109 (ulpfec), RFC 8627 (flexfec) and the draft before it (flexfec-03)."""

import msgspec

from sdpkit.codecs.parameters import FormatParameters


class UlpfecParameters(FormatParameters, frozen=True):
    """The format parameters of ulpfec (RFC 5109 §14.1).

    >>> UlpfecParameters.parse("onelevelonly=1").onelevelonly
    True
    """

    onelevelonly: bool | None = None  # all of a packet is protected alike


class FlexfecParameters(FormatParameters, frozen=True):
    """The format parameters of flexfec (RFC 8627 §5.1) and flexfec-03 (draft-ietf-payload-flexible-fec-scheme-03 §5.1).

    Only the draft has L, D and ToP.

    >>> FlexfecParameters.parse("repair-window=10000000;ToP=2").ToP
    2
    """

    repair_window: int | None = None  # microseconds that source packets and the packets that repair them may span
    L: int | None = msgspec.field(default=None, name="L")  # columns of a block
    D: int | None = msgspec.field(default=None, name="D")  # rows of a block
    ToP: int | None = msgspec.field(default=None, name="ToP")  # 0: interleaved, 1: not interleaved, 2: both
