"""Streaming servers, cameras and broadcast: RTSP, source filters, clocks."""

from sdpkit.sdp.attributes.record import record, through_sdp_transform
from sdpkit.sdp.attributes.registry import Attribute, Level, Mux, flag, integer, text, words, write_flag, write_words


ATTRIBUTES = (
    Attribute(
        "control",
        Level.BOTH,
        Mux.CAUTION,
        "RFC 7826 §D.1.1",
        "RTSP: the URL to address the whole presentation or this track with.",
        text,
    ),
    Attribute(
        "range",
        Level.BOTH,
        Mux.CAUTION,
        "RFC 7826 §D.1.6",
        "RTSP: length or time span of the presentation.",
        record("{unit:token}={start:range-end}-[{stop:range-end}]", reference="RFC 7826 §D.1.6"),
    ),
    Attribute(
        "etag",
        Level.BOTH,
        Mux.CAUTION,
        "RFC 2326 §C.1.8",
        "RTSP 1.0: version tag of the description, to notice that it changed.",
        text,
    ),
    Attribute(
        "mtag",
        Level.BOTH,
        Mux.CAUTION,
        "RFC 7826 §D.1.9",
        "RTSP 2.0: version tag of the description, to notice that it changed.",
        text,
    ),
    Attribute(
        "rtsp-ice-d-m",
        Level.SESSION,
        Mux.TBD,
        "RFC 7825 §4.7",
        "RTSP server supports ICE for its datagram media.",
        flag,
        write_flag,
    ),
    Attribute(
        "source-filter",
        Level.BOTH,
        Mux.IDENTICAL,
        "RFC 4570 §3",
        "Accept (incl) or refuse (excl) packets to a destination from these source addresses.",
        through_sdp_transform("source-filter"),
        repeats=True,
    ),
    Attribute(
        "ts-refclk",
        Level.BOTH,
        Mux.NORMAL,
        "RFC 7273 §4.8",
        "Names the reference clock (NTP, PTP, GPS...) the RTP timestamps are tied to.",
        through_sdp_transform("ts-refclk"),
        repeats=True,
    ),
    Attribute(
        "mediaclk",
        Level.BOTH,
        Mux.NORMAL,
        "RFC 7273 §5.4",
        "Tells how the media clock relates to the reference clock, e.g. direct with an offset.",
        through_sdp_transform("mediaclk"),
    ),
    Attribute(
        "loopback",
        Level.MEDIA,
        Mux.IDENTICAL_PER_PT,
        "RFC 6849 §4.1",
        "Wants media sent back for testing, as whole packets or re-encoded.",
        words,
        write_words,
    ),
    Attribute(
        "loopback-source",
        Level.MEDIA,
        Mux.NORMAL,
        "RFC 6849 §4.2",
        "The writer sends the test media that the peer loops back.",
        flag,
        write_flag,
    ),
    Attribute(
        "loopback-mirror",
        Level.MEDIA,
        Mux.NORMAL,
        "RFC 6849 §4.2",
        "The writer loops the received test media back.",
        flag,
        write_flag,
    ),
    Attribute(
        "dccp-service-code",
        Level.MEDIA,
        Mux.CAUTION,
        "RFC 5762 §5.2",
        "DCCP service code that the media connection uses.",
        text,
    ),
    Attribute(
        "dccp-port", Level.MEDIA, Mux.CAUTION, "RFC 6773 §5.1", "DCCP port, when DCCP is carried inside UDP.", integer
    ),
)
