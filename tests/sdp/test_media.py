"""What an m-section says: codecs, direction, credentials, streams, data channels; and its m= line."""

from pathlib import Path
from typing import Any

import pytest

from sdpkit import MediaDescription, Span, parse
from sdpkit.codecs.codec import Codec, Feedback
from sdpkit.ice.candidate import Candidate
from sdpkit.sdp.attributes.data import Sctpmap
from sdpkit.sdp.attributes.formats import Fmtp, RtcpFeedback, Rtpmap
from sdpkit.sdp.attributes.grouping import Msid
from sdpkit.sdp.attributes.rtcp import Rtcp
from sdpkit.sdp.attributes.security import Crypto, Fingerprint
from sdpkit.sdp.attributes.streams import Extmap, Rid, Simulcast, Ssrc, SsrcGroup
from sdpkit.sdp.fields import Bandwidth, ConnectionData, EncryptionKey, Media
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import DataChannels, Source

FIXTURES = Path(__file__).parents[2] / "fixtures"


def section(*lines: str, session: str = "v=0") -> MediaDescription:
    """The last m-section of a description with these lines."""
    return parse("\n".join([session, *lines, ""])).media[-1]


# Every view with a line that fills it, and its value.
VIEWS: list[tuple[str, str, Any]] = [
    ("information", "i=Main camera", "Main camera"),
    ("connections", "c=IN IP4 192.0.2.1", (ConnectionData("IN", "IP4", "192.0.2.1"),)),
    ("bandwidths", "b=TIAS:64000", (Bandwidth("TIAS", 64000),)),
    ("encryption_key", "k=prompt", EncryptionKey("prompt")),
    ("mid", "a=mid:007", "007"),
    ("msids", "a=msid:s t", (Msid("s", "t"),)),
    ("bundle_only", "a=bundle-only", True),
    ("candidates", "a=candidate:1 1 udp 1 a.local 9 typ host", (Candidate("1", 1, "udp", 1, "a.local", 9, "host"),)),
    ("end_of_candidates", "a=end-of-candidates", True),
    ("rtpmaps", "a=rtpmap:0 PCMU/8000", (Rtpmap(0, "PCMU", 8000),)),
    ("fmtps", "a=fmtp:96 a=1", (Fmtp("96", "a=1"),)),
    ("rtcp_feedback", "a=rtcp-fb:* nack", (RtcpFeedback("*", "nack"),)),
    ("extmaps", "a=extmap:1 urn:a", (Extmap(1, "urn:a"),)),
    ("ssrc_attributes", "a=ssrc:1 cname:x", (Ssrc(1, "cname", "x"),)),
    ("ssrc_groups", "a=ssrc-group:FID 1 2", (SsrcGroup("FID", (1, 2)),)),
    ("rids", "a=rid:1 send", (Rid("1", "send"),)),
    ("simulcast", "a=simulcast:send 1", Simulcast.parse("send 1")),
    ("rtcp", "a=rtcp:9", Rtcp(9)),
    ("rtcp_mux", "a=rtcp-mux", True),
    ("rtcp_mux_only", "a=rtcp-mux-only", True),
    ("rtcp_rsize", "a=rtcp-rsize", True),
    (
        "cryptos",
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:MTIz",
        (Crypto(1, "AES_CM_128_HMAC_SHA1_80", ("inline:MTIz",)),),
    ),
    ("sctpmap", "a=sctpmap:5000 webrtc-datachannel", Sctpmap(5000, "webrtc-datachannel")),
]

PCMU = Codec(0, "PCMU", 8000, 1)
CODECS: list[tuple[str, list[str], list[Codec]]] = [
    ("m=audio 9 RTP/AVP 0 8", [], [PCMU, Codec(8, "PCMA", 8000, 1)]),
    # an rtpmap says more than the table of static payload types; without channels there is nothing said of them
    ("m=audio 9 RTP/AVP 0", ["a=rtpmap:0 G726-32/8000"], [Codec(0, "G726-32", 8000)]),
    ("m=video 9 RTP/AVP 34 26", [], [Codec(34, "H263", 90000), Codec(26, "JPEG", 90000)]),
    # the order of the m= line, and nothing that is not in it
    (
        "m=audio 9 UDP/TLS/RTP/SAVPF 9 111",
        ["a=rtpmap:111 opus/48000/2", "a=rtpmap:63 red/48000/2", "a=fmtp:111 minptime=10"],
        [Codec(9, "G722", 8000, 1), Codec(111, "opus", 48000, 2, "minptime=10")],
    ),
    # the first rtpmap and the first fmtp win
    (
        "m=audio 9 RTP/AVP 96",
        ["a=rtpmap:96 opus/48000/2", "a=rtpmap:96 PCMU/8000", "a=fmtp:96 a=1", "a=fmtp:96 b=2"],
        [Codec(96, "opus", 48000, 2, "a=1")],
    ),
    # payload types without a meaning, formats that are none, and the same one twice
    ("m=audio 9 RTP/AVP 96 x 999 1000 -1 ٠ 0 00", [], [PCMU]),
    ("m=video 9 RTP/AVP 96", ["a=rtpmap:96 H264"], []),
    # feedback of its own first, then of all
    (
        "m=video 9 RTP/AVPF 96 97",
        ["a=rtcp-fb:* nack", "a=rtcp-fb:96 ccm fir", "a=rtpmap:96 VP8/90000", "a=rtpmap:97 VP9/90000"],
        [
            Codec(96, "VP8", 90000, feedback=(Feedback("ccm", "fir"), Feedback("nack"))),
            Codec(97, "VP9", 90000, feedback=(Feedback("nack"),)),
        ],
    ),
    # retransmission
    (
        "m=video 9 RTP/AVPF 96 97",
        ["a=rtpmap:96 VP8/90000", "a=rtpmap:97 RTX/90000", "a=fmtp:97 rtx-time=3000;apt=96"],
        [Codec(96, "VP8", 90000, rtx=97), Codec(97, "RTX", 90000, fmtp="rtx-time=3000;apt=96")],
    ),
    (
        "m=video 9 RTP/AVPF 96 97 98",
        [
            "a=rtpmap:96 VP8/90000",
            "a=rtpmap:97 rtx/90000",
            "a=fmtp:97 apt=x",
            "a=rtpmap:98 H264/90000",
            "a=fmtp:98 apt=96",
        ],
        [Codec(96, "VP8", 90000), Codec(97, "rtx", 90000, fmtp="apt=x"), Codec(98, "H264", 90000, fmtp="apt=96")],
    ),
    # channels that are no number
    ("m=audio 9 RTP/AVP 96", ["a=rtpmap:96 L16/8000/two"], [Codec(96, "L16", 8000)]),
    # formats of something that is not RTP
    ("m=application 9 UDP/DTLS/SCTP 0", [], []),
    ("m=image 9 udptl t38", [], []),
    ("m=audio", [], []),
]

DATA_CHANNELS = [
    ("m=application 9 UDP/DTLS/SCTP webrtc-datachannel", [], DataChannels(None, None)),
    (
        "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
        ["a=sctp-port:5000", "a=max-message-size:0"],
        DataChannels(5000, 0),
    ),
    ("m=application 9 DTLS/SCTP 5000", ["a=sctpmap:5000 webrtc-datachannel 1024"], DataChannels(5000, None, 1024)),
    (
        "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
        ["a=sctpmap:5000 webrtc-datachannel", "a=sctp-port:0"],
        DataChannels(0, None),
    ),
    ("m=audio 9 RTP/AVP 0", ["a=sctp-port:5000"], None),
    ("m=application", ["a=sctp-port:5000"], None),
]

DIRECTIONS = [
    ("v=0", [], "sendrecv"),
    ("v=0\na=recvonly", [], "recvonly"),
    ("v=0\na=recvonly", ["a=sendonly"], "sendonly"),
    ("v=0", ["a=inactive"], "inactive"),
    ("v=0", ["a=Inactive", "a=sendonlyx"], "sendrecv"),
]

REJECTED = [
    ("m=video 0 RTP/AVP 0", [], True),
    ("m=video 00 RTP/AVP 0", [], True),
    ("m=video 0 RTP/AVP 0", ["a=bundle-only"], False),
    ("m=video 9 RTP/AVP 0", [], False),
    ("m=video 0 RTP/AVP 0", ["a=control:trackID=1"], False),  # RTSP: SETUP chooses the port
    ("m=video", [], False),
]


@pytest.mark.parametrize(("name", "line", "value"), VIEWS)
def test_views_both_ways(name: str, line: str, value: Any) -> None:
    read = section("m=audio 9 RTP/AVP 0", line)
    assert getattr(read, name) == value
    written = section("m=audio 9 RTP/AVP 0")
    nothing = {bool: False, tuple: ()}.get(type(value))
    assert getattr(written, name) == nothing
    setattr(written, name, value)
    assert str(written) == str(read)
    setattr(written, name, nothing)
    assert str(written) == "m=audio 9 RTP/AVP 0\n"


@pytest.mark.parametrize(("m_line", "lines", "codecs"), CODECS)
def test_codecs(m_line: str, lines: list[str], codecs: list[Codec]) -> None:
    media = section(m_line, *lines)
    assert list(media.codecs) == codecs
    for codec in codecs:
        assert media.codec(codec.payload_type) == codec
    assert media.codec(127) is None


def test_channels_of_any_length() -> None:
    assert len(section("m=audio 9 RTP/AVP 96", f"a=rtpmap:96 L16/8000/{'9' * 5000}").codecs) == 1


def test_codecs_of_chromium() -> None:
    _, video, _ = parse((FIXTURES / "chromium/audio_video_data.offer.sdp").read_bytes()).media
    assert [str(codec) for codec in video.codecs[:4]] == ["VP8/90000", "rtx/90000", "H264/90000", "rtx/90000"]
    assert [(codec.payload_type, codec.rtx) for codec in video.codecs if codec.rtx][:3] == [
        (96, 97),
        (102, 103),
        (104, 107),
    ]
    assert [str(feedback) for feedback in video.codecs[0].feedback] == [
        "goog-remb",
        "transport-cc",
        "ccm fir",
        "nack",
        "nack pli",
    ]


@pytest.mark.parametrize(("m_line", "lines", "data_channels"), DATA_CHANNELS)
def test_data_channels(m_line: str, lines: list[str], data_channels: DataChannels | None) -> None:
    assert section(m_line, *lines).data_channels == data_channels


def test_data_channels_of_old() -> None:
    (media,) = parse((FIXTURES / "aiortc/legacy_dtls_sctp.offer.sdp").read_bytes()).media
    assert media.data_channels == DataChannels(5000, 262144, 65535)


@pytest.mark.parametrize(("session", "lines", "direction"), DIRECTIONS)
def test_direction(session: str, lines: list[str], direction: str) -> None:
    assert section("m=audio 9 RTP/AVP 0", *lines, session=session).direction == direction


@pytest.mark.parametrize(("m_line", "lines", "rejected"), REJECTED)
def test_rejected(m_line: str, lines: list[str], *, rejected: bool) -> None:
    assert section(m_line, *lines).is_rejected == rejected


@pytest.mark.parametrize(
    ("path", "rejected"),
    [
        ("chromium/stop_2_reoffer_after_stop.offer.sdp", [False, True, False]),
        ("firefox/multi_tracks.offer.sdp", [False] * 5),  # three have port 0 and bundle-only
        ("firefox/stop_1_offer_video_stopped.answer.sdp", [False, True, False]),
        ("gstreamer/audio_video_max_bundle_dc.offer.sdp", [False] * 3),
        ("sip/video_phone.answer.sdp", [False, False, True, True]),
    ],
)
def test_rejected_fixtures(path: str, rejected: list[bool]) -> None:
    assert [media.is_rejected for media in parse((FIXTURES / path).read_bytes()).media] == rejected


SESSION = (
    "v=0\na=ice-ufrag:sess\na=ice-pwd:p\na=ice-options:trickle ice2\na=fingerprint:sha-1 AA\na=setup:active\na=tls-id:x"
)


def test_the_session_holds_where_a_section_says_nothing() -> None:
    media = section("m=audio 9 RTP/AVP 0", session=SESSION)
    assert (media.ice.ufrag, media.ice.pwd, media.ice.options) == ("sess", "p", ("trickle", "ice2"))
    assert (media.dtls.setup, media.dtls.tls_id) == ("active", "x")
    assert media.dtls.fingerprints == (Fingerprint("sha-1", "AA"),)


def test_a_section_holds_over_the_session() -> None:
    lines = [
        "a=ice-ufrag:own",
        "a=ice-options:ice2",
        "a=fingerprint:sha-256 BB",
        "a=fingerprint:sha-1 CC",
        "a=setup:passive",
    ]
    media = section("m=audio 9 RTP/AVP 0", *lines, session=SESSION)
    assert (media.ice.ufrag, media.ice.pwd, media.ice.options) == ("own", "p", ("ice2",))
    assert (media.dtls.setup, media.dtls.tls_id) == ("passive", "x")
    assert media.dtls.fingerprints == (Fingerprint("sha-256", "BB"), Fingerprint("sha-1", "CC"))


def test_nothing_holds() -> None:
    for media in (section("m=audio 9 RTP/AVP 0"), MediaDescription(Media("audio", 9, "RTP/AVP", ("0",)))):
        assert (media.ice.ufrag, media.ice.pwd, media.ice.options, media.ice.trickle) == (None, None, (), False)
        assert (media.dtls.setup, media.dtls.fingerprints, media.dtls.tls_id) == (None, (), None)
        assert (media.connection, media.direction, media.header_extensions) == (None, "sendrecv", ())


@pytest.mark.parametrize(
    ("options", "trickle"), [("trickle", True), ("ice2 trickle", True), ("ice2,trickle", True), ("trickle2", False)]
)
def test_trickle(options: str, *, trickle: bool) -> None:
    assert section("m=audio 9 RTP/AVP 0", f"a=ice-options:{options}").ice.trickle == trickle


def test_connection() -> None:
    session = "v=0\nc=IN IP4 192.0.2.1"
    assert section("m=audio 9 RTP/AVP 0", session=session).connection == ConnectionData("IN", "IP4", "192.0.2.1")
    own = section("m=audio 9 RTP/AVP 0", "c=IN IP4 192.0.2.2", "c=IN IP4 192.0.2.3", session=session)
    assert own.connection == ConnectionData("IN", "IP4", "192.0.2.2")
    assert len(own.connections) == 2


def test_header_extensions() -> None:
    media = section("m=audio 9 RTP/AVP 0", "a=extmap:2 urn:b", session="v=0\na=extmap:1 urn:a")
    assert media.header_extensions == (Extmap(2, "urn:b"),)
    media.extmaps = []
    assert media.header_extensions == (Extmap(1, "urn:a"),)


def test_streams() -> None:
    media = section(
        "m=audio 9 RTP/AVP 0",
        "a=ssrc:2 cname:x:y",
        "a=ssrc:1 foo",
        "a=ssrc:2 msid:s t",
        "a=ssrc:1 cname:z",
        "a=ssrc:3 msid:s",
        "a=ssrc:broken",
    )
    assert media.ssrcs == (
        Source(2, (("cname", "x:y"), ("msid", "s t"))),
        Source(1, (("foo", None), ("cname", "z"))),
        Source(3, (("msid", "s"),)),
    )
    assert [source.cname for source in media.ssrcs] == ["x:y", "z", None]


def test_m_line_can_be_set() -> None:
    media = section("m=audio 9 RTP/AVP 0", "a=mid:0")
    media.port = 5000
    media.kind = "video"
    media.protocol = "RTP/SAVP"
    media.formats = ("96", "97")
    assert (media.kind, media.port, media.protocol, media.formats) == ("video", 5000, "RTP/SAVP", ("96", "97"))
    assert str(media) == "m=video 5000 RTP/SAVP 96 97\na=mid:0\n"
    assert repr(media) == "<MediaDescription video 5000 RTP/SAVP 96 97>"


def test_a_broken_m_line() -> None:
    media = section("m=audio", "a=mid:0")
    assert (media.m_line, media.kind, media.port, media.protocol, media.formats) == (None, "", 0, "", ())
    assert media.mid == "0"
    assert repr(media) == "<MediaDescription audio>"
    with pytest.raises(ValueError, match="set m_line as a whole"):
        media.port = 1
    media.m_line = Media("audio", 1, "RTP/AVP", ("0",))
    assert str(media) == "m=audio 1 RTP/AVP 0\na=mid:0\n"


def test_lines_can_be_set() -> None:
    media = section("m=audio 9 RTP/AVP 0", "a=mid:0", "a=sendrecv")
    media.lines = [media.lines[0], "a=label:1", media.lines[2]]
    assert str(media.session) == "v=0\nm=audio 9 RTP/AVP 0\na=label:1\na=sendrecv\n"


@pytest.mark.parametrize("lines", [[], ["a=mid:0"], ["m=audio 9 RTP/AVP 0"] * 2, ["a=x", "m=audio 9 RTP/AVP 0"]])
def test_an_m_section_has_one_m_line(lines: list[str]) -> None:
    media = section("m=audio 9 RTP/AVP 0")
    with pytest.raises(ValueError, match="one m= line"):
        media.lines = lines
    assert str(media) == "m=audio 9 RTP/AVP 0\n"


def test_copy() -> None:
    media = section("m=audio 9 RTP/AVP 0", "a=mid:0", session="v=0\na=recvonly")
    copy = media.copy()
    copy.mid = "1"
    assert (copy.session, copy.index, copy.direction) == (None, None, "sendrecv")
    assert str(copy) == "m=audio 9 RTP/AVP 0\na=mid:1\n"
    assert str(media) == "m=audio 9 RTP/AVP 0\na=mid:0\n"


def test_alone() -> None:
    media = MediaDescription(Media("audio", 9, "RTP/AVP", ("0",)))
    media.mid = "0"
    assert [(line.number, line.text) for line in media.lines] == [(0, "m=audio 9 RTP/AVP 0"), (0, "a=mid:0")]
    assert str(media) == "m=audio 9 RTP/AVP 0\r\na=mid:0\r\n"


def test_the_m_line_cannot_be_removed() -> None:
    media = section("m=audio 9 RTP/AVP 0")
    with pytest.raises(ValueError, match="m= line"):
        media.m_line = None


def test_an_empty_one_has_a_repr() -> None:
    assert repr(MediaDescription())


def test_a_new_section_takes_the_endings_of_its_session() -> None:
    description = parse("v=0\n")
    media = MediaDescription(lines=[Line(0, 0, "m=audio 9 RTP/AVP 0", "")])
    assert str(media)
    description.media = [media]
    assert str(description) == "v=0\nm=audio 9 RTP/AVP 0\n"


@pytest.mark.parametrize(
    ("rtpmap", "fmtp", "cited", "columns"),
    [
        ("H264/90000", "96 packetization-mode=1;profile-level-id=33", "profile-level-id=33", (32, 51)),
        ("opus/48000/2", "96 minptime=abc; useinbandfec=1", "minptime=abc", (11, 23)),
        ("telephone-event/8000", "96 12-", "12-", (11, 14)),
        ("opus/48000/2", "96 stereo=1;stereo=0", "stereo=0", (20, 28)),
    ],
)
def test_a_parameter_that_does_not_fit_its_codec(rtpmap: str, fmtp: str, cited: str, columns: tuple[int, int]) -> None:
    media = section("m=audio 9 RTP/AVP 96", f"a=rtpmap:96 {rtpmap}", f"a=fmtp:{fmtp}")
    assert media.session is not None
    (finding,) = media.session.findings
    assert (finding.code, finding.severity, finding.span) == ("COD017", "warning", Span(4, *columns))
    assert f'"{cited}"' in finding.message


def test_parameters_that_fit_or_are_unknown_are_no_findings() -> None:
    media = section("m=audio 9 RTP/AVP 96 97", "a=fmtp:96 minptime=10;x=y", "a=rtpmap:96 opus/48000/2", "a=fmtp:97 a=b")
    assert media.session is not None
    assert media.session.findings == ()
