import pytest

from sdpkit.explanation import explain
from sdpkit.explanation.fields import FIELDS
from sdpkit.sdp.fields import MEDIA_ORDER, SESSION_ORDER

SECRET = "a secret, masked; see --show-secrets"
RTPMAP = "dynamic: an a=rtpmap line says which codec it is"
INTERNET = ("network type", "IN", "the Internet")
IP4 = ("address type", "IP4", "IPv4")

ROWS = [
    (
        "a=rtcp-fb:96 nack pli",
        [
            ("payload type", "96", RTPMAP),
            (
                "message",
                "nack pli",
                "picture loss indication: the receiver has lost the picture and needs a key frame",
            ),
        ],
    ),
    (
        "a=rtcp-fb:* ccm tmmbr smaxpr=120",
        [
            ("payload type", "*", "all payload types of the m-section"),
            (
                "message",
                "ccm tmmbr smaxpr=120",
                "temporary maximum media stream bit rate: the receiver sets a limit",
            ),
        ],
    ),
    (
        "m=audio 0 RTP/AVP 0 111 96",
        [
            ("media", "audio", "sound"),
            (
                "port",
                "0",
                "no port: the m-section is rejected or switched off; with a=bundle-only it is alive and uses another's"
                " port",
            ),
            ("protocol", "RTP/AVP", "RTP without encryption"),
            ("payload type", "0", "PCMU, 8000 Hz: fixed by RFC 3551, needs no a=rtpmap"),
            ("payload type", "111 96", RTPMAP),
        ],
    ),
    (
        "m=application 50000 DTLS/SCTP 5000",
        [
            ("media", "application", "anything else; in WebRTC the data channels"),
            ("port", "50000", "a port for short use, chosen by the system"),
            ("protocol", "DTLS/SCTP", "data channels as browsers wrote them before UDP/DTLS/SCTP"),
            ("format", "5000", "the SCTP port, as written before a=sctp-port"),
        ],
    ),
    (
        "o=- 1 2 IN IP4 0.0.0.0",
        [
            ("username", "-", "no name"),
            ("session id", "1", "stays the same as long as the session lasts"),
            ("session version", "2", "grows with each changed description"),
            INTERNET,
            IP4,
            ("address", "0.0.0.0", "for the identity of the session only: nothing is sent there"),
        ],
    ),
    (
        "c=IN IP4 233.252.0.1/127/3",
        [
            INTERNET,
            IP4,
            ("address", "233.252.0.1", "multicast: everyone who joins receives it"),
            ("ttl", "127", ""),
            ("count", "3", ""),
        ],
    ),
    ("t=3724394400 0", [("start", "3724394400", "2018-01-08 10:00:00 UTC"), ("stop", "0", "not fixed")]),
    (
        "b=AS:500",
        [
            ("type", "AS", "application specific: kbit/s of this media, with all packet headers"),
            ("bandwidth", "500", ""),
        ],
    ),
    ("z=3730928400 -1h", [("clock offset", "-1h", "2018-03-25 01:00:00 UTC")]),
    ("r=7d 1h 0 25h", [("interval", "7d", ""), ("duration", "1h", ""), ("offsets", "0 25h", "")]),
    ("s=-", [("value", "-", "no name")]),
    ("v=0", [("value", "0", "")]),
    ("k=clear:secret", [("method", "clear", "the key as it is"), ("key", "********", SECRET)]),
    (
        "a=rtpmap:111 opus/48000/2",
        [
            ("payload type", "111", RTPMAP),
            (
                "name",
                "opus",
                "the sound codec of WebRTC, from speech to music; its rtpmap always says 48000 Hz and 2 channels",
            ),
            ("clock rate", "48000", "full-band sound, as Opus"),
            ("channels", "2", ""),
        ],
    ),
    (
        "a=group:LS a b",
        [
            (
                "semantics",
                "LS",
                "lip synchronisation: the receiver plays these m-sections in time with each other (RFC 5888)",
            ),
            ("mids", "a b", ""),
        ],
    ),
    (
        "a=ice-options:trickle ice2",
        [
            ("value", "trickle", "candidates may come one by one after the description (RFC 8838)"),
            ("value", "ice2", "ICE as in RFC 8445, not the older RFC 5245"),
        ],
    ),
    (
        "a=rid:hi send pt=97;max-width=1280",
        [
            ("id", "hi", ""),
            ("direction", "send", "the writer sends it"),
            ("pt", "97", "payload types it may use"),
            ("max-width", "1280", "widest picture, in pixels"),
        ],
    ),
    (
        "a=simulcast:send hi,mid;~lo recv 1",
        [
            ("send", "hi,mid", "one layer, in the first of these ways that works"),
            ("send", "~lo", "begins paused"),
            ("recv", "1", "a layer"),
        ],
    ),
    ("a=simulcast: send rid=5;6", [("send", "5", "a layer"), ("send", "6", "a layer")]),
    (
        "a=remote-candidates:1 192.0.2.1 5004",
        [
            ("component", "1", "RTP, or everything with rtcp-mux and for data channels"),
            ("address", "192.0.2.1", "for examples in documents only: nobody has it"),
            ("port", "5004", "RTP, where nothing else is agreed"),
        ],
    ),
    (
        "a=source-filter: incl IN IP4 233.252.0.2 192.0.2.15",
        [
            ("filter mode", "incl", "only packets from these sources are accepted"),
            INTERNET,
            IP4,
            ("destination", "233.252.0.2", "multicast: everyone who joins receives it"),
            ("sources", "192.0.2.15", ""),
        ],
    ),
    (
        "a=ssrc:7 cname:x",
        [
            ("id", "7", ""),
            (
                "attribute",
                "cname",
                "a name for the sender that stays when SSRCs change: streams with the same cname are played in sync",
            ),
            ("value", "x", ""),
        ],
    ),
    (
        "a=extmap-allow-mixed",
        [
            ("level", "both", "before the first m= line, for all m-sections, or in one of them"),
            ("repeats", "no", "once there"),
            ("in a bundle", "IDENTICAL", "must be the same in all m-sections"),
        ],
    ),
    (
        "a=setup:actpas",
        [("problem", "DTL013", 'column 9: expected one of active, passive, actpass, holdconn, found "actpas"')],
    ),
    (
        "a=mid: 0",
        [("value", "0", ""), ("problem", "SYN011", "column 7: blanks before the value")],
    ),
    ("a=crypto:no key", [("value", "********", SECRET)]),
]


@pytest.mark.parametrize(("line", "rows"), ROWS, ids=[line for line, _ in ROWS])
def test_rows(line: str, rows: list[tuple[str, str, str]]) -> None:
    (reading,) = explain(line).readings
    assert [(row.part, row.value, row.meaning) for row in reading.rows] == rows


def test_every_type_of_line_is_explained() -> None:
    assert FIELDS.keys() == {*SESSION_ORDER, *MEDIA_ORDER, "v", "m", "y", "f"}  # the last two are of GB28181
