"""What an offer and its answer agree on, as plain data: what `sdpkit negotiate` shows, and its JSON.

The field names are those of the JSON schema `sdpkit/schemas/negotiate.json`, which is made from these types. The two
sides are called "offerer" and "answerer" everywhere.
"""

import msgspec

from sdpkit.codecs.codec import Codec, Feedback
from sdpkit.sdp.attributes.streams import SimulcastStream


class AgreedExtension(msgspec.Struct, frozen=True):
    """A header extension that both have (RFC 8285), with the id of the side in question.

    `encrypted`: it is carried encrypted (RFC 6904), and `uri` is what is encrypted.
    """

    id: int
    uri: str
    encrypted: bool = False


class Side(msgspec.Struct, frozen=True):
    """What an m-section is for one side.

    `direction` is the side's own view of what flows, as in RTCRtpTransceiver.currentDirection; None where the section
    is rejected or has no RTP.

    `codecs` are those that both listed, most wanted first, under the payload types of this side. Where media flows one
    way only, they are all that its receiver listed, for the sender may use any of them (RFC 3264 §5.1, §6.1).
    `feedback` and `rtx` of a codec are what both have.

    `sends` is what the side may send, under the payload types that its media will carry: those of the other side.
    `receives` is what may come in, under its own. Both are empty where nothing flows, and `sends` where the other side
    listed nothing that carries media by itself. `preferred` is the codec that is sent unless the program chooses
    otherwise.

    `max_bitrate` is what the other side allows this one to send, in bit/s. `simulcast` are the streams that the side
    may send, each with its alternatives; empty without simulcast. `max_message_size` is the largest message that the
    side may send on a data channel, in bytes; 0 is any.
    """

    direction: str | None = None
    codecs: tuple[Codec, ...] = ()
    extensions: tuple[AgreedExtension, ...] = ()
    sends: tuple[Codec, ...] = ()
    receives: tuple[Codec, ...] = ()
    preferred: Codec | None = None
    max_bitrate: int | None = None
    simulcast: tuple[tuple[SimulcastStream, ...], ...] = ()
    sctp_port: int | None = None
    max_message_size: int | None = None


class Levels(msgspec.Struct, frozen=True):
    """The highest level of a video codec at which each side may send, as its standard writes it."""

    offerer: str | None
    answerer: str | None


class AgreedCodec(msgspec.Struct, frozen=True):
    """A codec that both listed, with the payload type of each side.

    `feedback` and `rtx` (whether it is sent again when it is lost) are what both have; `remark` says why it is of no
    use.
    """

    name: str
    clock_rate: int
    channels: int | None
    offerer: int
    answerer: int
    feedback: tuple[Feedback, ...] = ()
    rtx: bool = False
    levels: Levels | None = None
    remark: str | None = None


class DroppedCodec(msgspec.Struct, frozen=True):
    """A payload type that only one side listed, and why it fell out; `name` is None where nothing says what it is."""

    by: str
    payload_type: int
    name: str | None
    reason: str


class AgreedSection(msgspec.Struct, frozen=True):
    """One m-section. `kind` is that of the offer.

    `accepted` says whether neither side rejected it, `reason` why it was, or why nothing will come of it although it
    was accepted. `codecs` are in the answer's order. `transport` is an index in the `transports` of the negotiation.
    `verdict` is all of it in a few words.
    """

    index: int
    mid: str | None
    kind: str
    accepted: bool
    reason: str | None
    verdict: str
    offerer: Side
    answerer: Side
    codecs: tuple[AgreedCodec, ...] = ()
    dropped: tuple[DroppedCodec, ...] = ()
    dropped_extensions: tuple[str, ...] = ()
    rtcp_mux: bool = False
    rtcp_rsize: bool = False
    transport: int | None = None


class Dtls(msgspec.Struct, frozen=True):
    """Who begins the DTLS handshake (RFC 8842 §5): the client. Both are None where the roles cannot work."""

    client: str | None
    server: str | None


class Ice(msgspec.Struct, frozen=True):
    """The ICE roles (RFC 8445 §6.1.1), and which sides are lite.

    They are those of a first exchange or an ICE restart. In any other one the roles stay what they were; two
    descriptions tell that only where a=setup shows who offered first. `offerer_username` is the USERNAME of the
    connectivity checks that the offerer sends (RFC 8445 §7.2.2), as it is seen on the wire; the answerer's has its
    halves the other way round.
    """

    controlling: str
    controlled: str
    lite: tuple[str, ...]
    offerer_username: str


class Transport(msgspec.Struct, frozen=True):
    """The indices of the m-sections that share a transport; `tagged` is the one whose attributes hold for it.

    `dtls` and `ice` are None where they are not used.
    """

    sections: tuple[int, ...]
    tagged: int
    dtls: Dtls | None
    ice: Ice | None


class Bundle(msgspec.Struct, frozen=True):
    """A BUNDLE group of the answer (RFC 9143): its mids, and the first that was accepted, which has the transport."""

    mids: tuple[str, ...]
    tagged: str | None


class Negotiation(msgspec.Struct, frozen=True):
    """All that an offer and its answer agree on.

    `dtls` and `ice` are those of the first transport, which mostly is the only one. `problems` say why nothing can
    work, beyond the reasons of single sections, and `notes` what is unusual. `works` says whether some m-section is
    accepted, each accepted one has something in common, and there is no problem.
    """

    sections: tuple[AgreedSection, ...]
    transports: tuple[Transport, ...]
    dtls: Dtls | None
    ice: Ice | None
    bundle: tuple[Bundle, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    works: bool
