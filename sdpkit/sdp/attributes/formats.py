"""Payload formats: codecs, their parameters and the feedback they want.

Every class here reads one attribute's value with `parse` (SDPError when it does not fit) and writes it with `str`.
"""

from typing import Literal, Self

import msgspec

from sdpkit.grammar import NUMBERS, Grammar
from sdpkit.sdp.attributes.record import record, through_sdp_transform
from sdpkit.sdp.attributes.registry import (
    Attribute,
    Level,
    Mux,
    decimal,
    text,
    write_decimal,
)


class Rtpmap(msgspec.Struct, frozen=True, gc=False):
    """a=rtpmap (RFC 8866 §6.6): the codec of a payload type; for audio `parameters` is the number of channels.

    >>> Rtpmap.parse("111 opus/48000/2")
    Rtpmap(payload_type=111, name='opus', clock_rate=48000, parameters='2')
    """

    payload_type: int
    name: str
    clock_rate: int
    parameters: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        payload_type, _, codec = text.partition(" ")
        if payload_type in NUMBERS and codec in _USUAL_CODECS:  # no more than a short cut
            name, rate, parameters = _USUAL_CODECS[codec]
            return cls(NUMBERS[payload_type], name, rate, parameters)
        payload_type, name, clock_rate, parameters = _RTPMAP.read(text)
        return cls(int(payload_type), name, int(clock_rate), parameters)

    def __str__(self) -> str:
        text = f"{self.payload_type} {self.name}/{self.clock_rate}"
        return text if self.parameters is None else f"{text}/{self.parameters}"


_RTPMAP = Grammar(
    "{payload type:digits} {encoding name:token}/{clock rate:digits}[/{encoding parameters:token}]",
    code="MED012",
    reference="RFC 8866 §6.6",
)
_USUAL_CODECS = {
    f"{name}/{clock}": (name, int(rate), channels or None)
    for clock, names in {
        "8000": "AMR CN G722 G729 ILBC PCMA PCMU telephone-event",
        "16000": "AMR-WB CN ISAC telephone-event",
        "32000": "CN ISAC telephone-event",
        "48000": "telephone-event",
        "48000/2": "L16 L24 opus red",
        "90000": "AV1 flexfec-03 H263 H264 H265 raw red rtx smpte291 ulpfec VP8 VP9",
    }.items()
    for rate, _, channels in [clock.partition("/")]
    for name in names.split(" ")
}
"""What stands behind the payload type for the codecs of browsers, telephones and cameras, already read."""


class Fmtp(msgspec.Struct, frozen=True, gc=False):
    """a=fmtp (RFC 8866 §6.15): the format parameters of one format of the m= line, as the codec's own RFC has them.

    >>> fmtp = Fmtp.parse("111 minptime=10;useinbandfec=1")
    >>> fmtp.format, fmtp.pairs
    ('111', (('minptime', '10'), ('useinbandfec', '1')))
    """

    format: str
    parameters: str

    @classmethod
    def parse(cls, text: str) -> Self:
        format, _, parameters = text.partition(" ")
        if not format or not parameters or parameters.isspace():
            raise _FMTP.error(text.rstrip())
        return cls(format, parameters)

    def __str__(self) -> str:
        return f"{self.format} {self.parameters}"

    @property
    def pairs(self) -> tuple[tuple[str, str | None], ...]:
        """The parameters as names and values, blanks around them taken off; None where there is no equals sign.

        Only the first equals sign of a parameter divides it: base64 values end with more of them.
        """
        parts = [part.strip().partition("=") for part in self.parameters.split(";") if part.strip()]
        return tuple([(name.rstrip(), value.lstrip() if equals else None) for name, equals, value in parts])


_FMTP = Grammar("{format:word} {format parameters:text}", code="MED026", reference="RFC 8866 §6.15")


class RtcpFeedback(msgspec.Struct, frozen=True, gc=False):
    """a=rtcp-fb (RFC 4585 §4.2): a feedback message that may be sent about one payload type, or about all (`*`).

    >>> RtcpFeedback.parse("96 nack pli"), RtcpFeedback.parse("* ccm tmmbr smaxpr=120").parameter
    (RtcpFeedback(payload_type=96, type='nack', parameter='pli'), 'tmmbr smaxpr=120')
    """

    payload_type: int | Literal["*"]
    type: str
    parameter: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        payload_type, _, message = text.partition(" ")
        if payload_type in NUMBERS and message in _USUAL_MESSAGES:  # no more than a short cut
            type, parameter = _USUAL_MESSAGES[message]
            return cls(NUMBERS[payload_type], type, parameter)
        payload_type, type, parameter = _RTCP_FEEDBACK.read(text)
        return cls("*" if payload_type == "*" else int(payload_type), type, parameter)

    def __str__(self) -> str:
        text = f"{self.payload_type} {self.type}"
        return text if self.parameter is None else f"{text} {self.parameter}"


_RTCP_FEEDBACK = Grammar(
    "{payload type:digits-or-star} {feedback type:token}[ {parameter:words}]", code="MED025", reference="RFC 4585 §4.2"
)
_USUAL_MESSAGES = {
    message: (type, parameter or None)
    for message in (
        *("ack rpsi", "ccm fir", "ccm pause", "ccm tmmbr", "ccm tstr", "goog-remb"),
        *("nack", "nack pli", "nack rpsi", "nack sli", "transport-cc"),
    )
    for type, _, parameter in [message.partition(" ")]
}
"""What stands behind the payload type for the registered messages that need no more words, already read."""

ATTRIBUTES = (
    Attribute(
        "rtpmap",
        Level.MEDIA,
        Mux.IDENTICAL_PER_PT,
        "RFC 8866 §6.6",
        "Names the codec, clock rate and channel count behind one RTP payload type number.",
        Rtpmap.parse,
        repeats=True,
    ),
    Attribute(
        "fmtp",
        Level.MEDIA,
        Mux.IDENTICAL_PER_PT,
        "RFC 8866 §6.15",
        "Carries the codec-specific parameters of one format, such as profile or bitrate.",
        Fmtp.parse,
        repeats=True,
    ),
    Attribute(
        "rtcp-fb",
        Level.MEDIA,
        Mux.IDENTICAL_PER_PT,
        "RFC 4585 §4.2",
        "Offers one kind of RTCP feedback (NACK, PLI, REMB...) for a payload type or all.",
        RtcpFeedback.parse,
        repeats=True,
    ),
    Attribute(
        "ptime",
        Level.MEDIA,
        Mux.IDENTICAL_PER_PT,
        "RFC 8866 §6.4",
        "Preferred length of media in one packet, in milliseconds.",
        decimal,
        write_decimal,
    ),
    Attribute(
        "maxptime",
        Level.MEDIA,
        Mux.IDENTICAL_PER_PT,
        "RFC 8866 §6.5",
        "Longest stretch of media one packet may carry, in milliseconds.",
        decimal,
        write_decimal,
    ),
    Attribute(
        "framerate",
        Level.MEDIA,
        Mux.IDENTICAL_PER_PT,
        "RFC 8866 §6.13",
        "Highest video frame rate, in frames per second.",
        decimal,
        write_decimal,
    ),
    Attribute(
        "maxprate",
        Level.BOTH,
        Mux.SPECIAL,
        "RFC 3890 §6.3",
        "Highest packet rate, in packets per second; goes with b=TIAS.",
        decimal,
        write_decimal,
    ),
    Attribute(
        "imageattr",
        Level.MEDIA,
        Mux.IDENTICAL_PER_PT,
        "RFC 6236 §3.1",
        "Negotiates image sizes and aspect ratios one can send or wants to receive per codec.",
        text,
        repeats=True,
    ),
    Attribute(
        "framesize",
        Level.MEDIA,
        Mux.CAUTION,
        "RFC 6064 (3GPP TS 26.234)",
        "Largest video frame of one payload type, width by height in pixels.",
        record("{payload type:digits} {width:digits}-{height:digits}", reference="RFC 6064 (3GPP TS 26.234)"),
        repeats=True,
    ),
    Attribute(
        "depend",
        Level.MEDIA,
        Mux.IDENTICAL_PER_PT,
        "RFC 5583 §5.2.2",
        "Payload types that need other streams to decode, as with layered coding.",
        record("{format:word} {type:lay|mdc} {dependencies:text}", reference="RFC 5583 §5.2.2"),
        repeats=True,
    ),
    Attribute(
        "packetization",
        Level.MEDIA,
        None,
        "libwebrtc",
        "Chrome-only: sends this video payload type in raw form without codec packetization.",
        record("{payload type:digits} {packetization:token}", reference="libwebrtc"),
        repeats=True,
    ),
    Attribute(
        "x-google-flag",
        Level.MEDIA,
        None,
        "libwebrtc",
        'Chrome-only switch; the sole value "conference" turned on legacy simulcast.',
        through_sdp_transform("x-google-flag"),
        repeats=True,
    ),
)
