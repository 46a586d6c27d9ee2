"""Fax, preconditions, and what gateways add."""

from sdpkit.sdp.attributes.formats import Rtpmap
from sdpkit.sdp.attributes.record import record
from sdpkit.sdp.attributes.registry import (
    Attribute,
    Level,
    Mux,
    integer,
    optional_text,
    text,
    token,
    word,
    words,
    write_words,
)

_DESIRED = (
    "{type:token} {strength:mandatory|optional|none|failure|unknown} {status:e2e|local|remote}"
    " {direction:none|sendrecv|send|recv}"
)


_PRECONDITION = "{type:token} {status:e2e|local|remote} {direction:none|sendrecv|send|recv}"


_EARLY_QOS = (
    "{strength:mandatory|optional|success|failure|none} {direction:none|sendrecv|send|recv}[ {confirm:confirm}]"
)

ATTRIBUTES = (
    Attribute("T38FaxVersion", Level.MEDIA, Mux.TBD, "ITU-T T.38 Annex D", "Highest T.38 version supported.", integer),
    Attribute(
        "T38MaxBitRate",
        Level.MEDIA,
        Mux.TBD,
        "ITU-T T.38 Annex D",
        "Highest fax bit rate supported, in bits per second.",
        integer,
    ),
    Attribute(
        "T38FaxFillBitRemoval",
        Level.MEDIA,
        Mux.TBD,
        "ITU-T T.38 Annex D",
        "Fill bits in uncompressed fax data can be removed and put back.",
        optional_text,
    ),
    Attribute(
        "T38FaxTranscodingMMR",
        Level.MEDIA,
        Mux.TBD,
        "ITU-T T.38 Annex D",
        "The gateway can convert fax images to and from MMR compression.",
        optional_text,
    ),
    Attribute(
        "T38FaxTranscodingJBIG",
        Level.MEDIA,
        Mux.TBD,
        "ITU-T T.38 Annex D",
        "The gateway can convert fax images to and from JBIG compression.",
        optional_text,
    ),
    Attribute(
        "T38FaxRateManagement",
        Level.MEDIA,
        Mux.TBD,
        "ITU-T T.38 Annex D",
        "Whether modem training is done locally or passed end to end.",
        token,
    ),
    Attribute(
        "T38FaxMaxBuffer", Level.MEDIA, Mux.TBD, "ITU-T T.38 Annex D", "Receive buffer for fax data, in bytes.", integer
    ),
    Attribute(
        "T38FaxMaxDatagram",
        Level.MEDIA,
        Mux.TBD,
        "ITU-T T.38 Annex D",
        "Largest UDP fax packet that can be received, in bytes.",
        integer,
    ),
    Attribute(
        "T38FaxMaxIFP",
        Level.MEDIA,
        Mux.TBD,
        "ITU-T T.38 Annex D",
        "Largest IFP message that can be received, in bytes.",
        integer,
    ),
    Attribute(
        "T38FaxUdpEC",
        Level.MEDIA,
        Mux.TBD,
        "ITU-T T.38 Annex D",
        "Error correction for fax over UDP: redundancy, FEC or none.",
        token,
    ),
    Attribute(
        "T38FaxUdpECDepth",
        Level.MEDIA,
        Mux.TBD,
        "ITU-T T.38 Annex D",
        "Least and most redundant copies expected in each fax packet.",
        record("{least:digits}[ {most:digits}]", reference="ITU-T T.38 Annex D"),
    ),
    Attribute(
        "T38FaxUdpFECMaxSpan",
        Level.MEDIA,
        Mux.TBD,
        "ITU-T T.38 Annex D",
        "Largest FEC span the receiver handles for fax over UDP.",
        integer,
    ),
    Attribute(
        "T38ModemType",
        Level.MEDIA,
        Mux.TBD,
        "ITU-T T.38 Annex D",
        "Fax modem generation supported: G3 only, or G3 and V.34.",
        token,
    ),
    Attribute(
        "T38VendorInfo",
        Level.MEDIA,
        Mux.TBD,
        "ITU-T T.38 Annex D",
        "Manufacturer of the fax gateway as T.35 country and vendor codes.",
        words,
        write_words,
    ),
    Attribute(
        "curr",
        Level.MEDIA,
        Mux.CAUTION,
        "RFC 3312 §5",
        "Precondition: what resource reservation has been reached so far.",
        record(_PRECONDITION, reference="RFC 3312 §5"),
        repeats=True,
    ),
    Attribute(
        "des",
        Level.MEDIA,
        Mux.CAUTION,
        "RFC 3312 §5",
        "Precondition: what must be reserved before the call may proceed.",
        record(
            _DESIRED,
            reference="RFC 3312 §5",
        ),
        repeats=True,
    ),
    Attribute(
        "conf",
        Level.MEDIA,
        Mux.CAUTION,
        "RFC 3312 §5",
        "Precondition: asks the peer to confirm when this state is reached.",
        record(_PRECONDITION, reference="RFC 3312 §5"),
        repeats=True,
    ),
    Attribute(
        "qos",
        Level.MEDIA,
        None,
        "draft-manyfolks-sip-resource (before RFC 3312)",
        "Early form of the QoS precondition, replaced by curr, des and conf.",
        record(
            _EARLY_QOS,
            reference="draft-manyfolks-sip-resource (before RFC 3312)",
        ),
    ),
    Attribute(
        "secure",
        Level.MEDIA,
        None,
        "draft-manyfolks-sip-resource (before RFC 3312)",
        "Early form of a security precondition, with the syntax of qos.",
        record(
            _EARLY_QOS,
            reference="draft-manyfolks-sip-resource (before RFC 3312)",
        ),
    ),
    Attribute(
        "X-qos",
        Level.MEDIA,
        None,
        "sipcc (Cisco)",
        "Cisco form of the early QoS precondition.",
        record(
            _EARLY_QOS,
            reference="sipcc (Cisco)",
        ),
    ),
    Attribute(
        "X-pc-qos",
        Level.MEDIA,
        None,
        "PacketCable",
        "PacketCable form of the early QoS precondition.",
        record(
            _EARLY_QOS,
            reference="PacketCable",
        ),
    ),
    Attribute(
        "qos-mech-send",
        Level.BOTH,
        Mux.TRANSPORT,
        "RFC 5432 §4",
        "QoS mechanisms the writer can use for media it sends, best first.",
        text,
    ),
    Attribute(
        "qos-mech-recv",
        Level.BOTH,
        Mux.TRANSPORT,
        "RFC 5432 §4",
        "QoS mechanisms the writer can use for media it receives, best first.",
        text,
    ),
    Attribute(
        "silenceSupp",
        Level.BOTH,
        Mux.CAUTION,
        "RFC 3108 §5.6.3.2",
        'Turns silence suppression on or off and sets its details; "-" means unstated.',
        text,
    ),
    Attribute(
        "eecid",
        Level.BOTH,
        Mux.CAUTION,
        "RFC 3108 §5.6.1.1",
        "ATM: connection identifier shared by both ends of the bearer.",
        word,
    ),
    Attribute(
        "cs-correlation",
        Level.MEDIA,
        Mux.TBD,
        "RFC 7195 §5.2.3",
        "How to match an incoming phone-network call with this session.",
        words,
        write_words,
    ),
    Attribute(
        "rtr",
        Level.MEDIA,
        None,
        "sipcc (Cisco)",
        "Cisco: asks for a reachability test of the media path, optionally confirmed.",
        optional_text,
    ),
    Attribute(
        "mptime",
        Level.MEDIA,
        None,
        "PacketCable NCS",
        'Packet time in ms for each format of the m= line, in its order; "-" for none.',
        words,
        write_words,
    ),
    Attribute(
        "sprtmap",
        Level.MEDIA,
        None,
        "ITU-T V.150.1 Annex E",
        "Like rtpmap, for modem relay over the SPRT transport.",
        Rtpmap.parse,
        repeats=True,
    ),
    Attribute(
        "TMRGwXid",
        Level.MEDIA,
        None,
        "sipcc (Cisco modem relay)",
        "Cisco modem relay: whether the gateway handles XID negotiation itself.",
        integer,
    ),
    Attribute(
        "X-pc-codec", Level.MEDIA, None, "PacketCable", "PacketCable: payload types the endpoint could also use.", text
    ),
    Attribute(
        "X-crypto",
        Level.MEDIA,
        None,
        "sipcc (Cisco, before RFC 4568)",
        "Cisco: SRTP suite and key in the style of crypto but without a tag.",
        text,
    ),
    Attribute(
        "X-confid", Level.MEDIA, None, "sipcc (Cisco)", "Cisco conferencing: identifier of the conference.", text
    ),
    Attribute(
        "X-sidin", Level.MEDIA, None, "sipcc (Cisco)", "Cisco conferencing: identifier of the incoming stream.", text
    ),
    Attribute(
        "X-sidout", Level.MEDIA, None, "sipcc (Cisco)", "Cisco conferencing: identifier of the outgoing stream.", text
    ),
    Attribute(
        "bearer",
        Level.MEDIA,
        None,
        "RFC 2705 (MGCP network access)",
        "MGCP dial-in: modem or bearer type of the access call.",
        text,
    ),
    Attribute(
        "called",
        Level.MEDIA,
        None,
        "RFC 2705 (MGCP network access)",
        "MGCP dial-in: number that was called after any translation.",
        text,
    ),
    Attribute(
        "connection_type",
        Level.MEDIA,
        None,
        "sipcc (Cisco)",
        "Cisco gateway: free-text type of the connection; meaning is vendor-private.",
        text,
    ),
    Attribute(
        "dialed",
        Level.MEDIA,
        None,
        "RFC 2705 (MGCP network access)",
        "MGCP dial-in: number as the caller dialed it.",
        text,
    ),
    Attribute(
        "dialing",
        Level.MEDIA,
        None,
        "RFC 2705 (MGCP network access)",
        "MGCP dial-in: number of the calling party.",
        text,
    ),
    Attribute(
        "direction",
        Level.MEDIA,
        None,
        "draft-ietf-mmusic-sdp-comedia (early; RFC 4145 uses setup)",
        "Early form of setup: who opens the TCP connection.",
        text,
    ),
    Attribute(
        "framing",
        Level.MEDIA,
        None,
        "RFC 2705 (MGCP network access)",
        "MGCP dial-in: link framing, such as asynchronous PPP.",
        text,
    ),
    Attribute(
        "subnet",
        Level.MEDIA,
        None,
        "RFC 2705 (MGCP network access)",
        "MGCP dial-in: network prefix assigned to the caller.",
        text,
    ),
)
