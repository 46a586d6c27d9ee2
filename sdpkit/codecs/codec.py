"""One codec of an m-section: what rtpmap, fmtp and rtcp-fb say of one payload type, joined."""

import msgspec

from sdpkit.codecs.parameters import FormatParameters, format_parameters


class Feedback(msgspec.Struct, frozen=True, gc=False):
    """One kind of RTCP feedback: its type and parameter, as in `nack` `pli`."""

    type: str
    parameter: str | None = None

    def __str__(self) -> str:
        return self.type if self.parameter is None else f"{self.type} {self.parameter}"


class Codec(msgspec.Struct, frozen=True, gc=False):
    """A payload type of an m-section, with everything that is said of it.

    `clock_rate` is in Hz; `channels` None where nothing is said, or for video. `fmtp` is the text of the format
    parameters. `rtx` is the payload type that retransmits this one (RFC 4588), if there is one.
    """

    payload_type: int
    name: str
    clock_rate: int
    channels: int | None = None
    fmtp: str | None = None
    feedback: tuple[Feedback, ...] = ()
    rtx: int | None = None

    @property
    def parameters(self) -> FormatParameters | None:
        """The format parameters as the codec's own RFC has them; None without fmtp."""
        return None if self.fmtp is None else format_parameters(self.name, self.fmtp)

    def __str__(self) -> str:
        channels = "" if self.channels is None else f"/{self.channels}"
        return f"{self.name}/{self.clock_rate}{channels}"
