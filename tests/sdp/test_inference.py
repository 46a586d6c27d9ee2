"""Who wrote a description, and as what: the fixtures, and the shapes of programs that no fixture is from."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit import parse
from sdpkit.sdp.inference import Guess, infer_maker, infer_type

FIXTURES = Path(__file__).parents[2] / "fixtures"
MAKERS = {
    "aiortc": "aiortc",
    "chromium": "libwebrtc",
    "firefox": "Firefox",
    "gstreamer": "GStreamer",
    "libdatachannel": "libdatachannel",
    "st2110": "ST 2110 or AES67 sender",
    "tutorial": "libwebrtc",  # made by hand after Chrome's
    "werift": "werift",
    "wrtc": "libwebrtc",
}


def files(*folders: str, pattern: str = "*.sdp") -> list[str]:
    paths = (path for folder in folders for path in sorted((FIXTURES / folder).glob(pattern)))
    return [f"{path.parent.name}/{path.name}" for path in paths]


def read(name: str) -> str:
    return (FIXTURES / name).read_bytes().decode()


def is_empty(name: str) -> bool:
    return "\nm=" not in read(name)


WEBRTC = files(*(folder for folder in MAKERS if folder != "st2110"))


@pytest.mark.parametrize("name", files(*MAKERS))
def test_maker_of_fixture(name: str) -> None:
    guess = infer_maker(parse(read(name)))
    assert guess.value == MAKERS[name.partition("/")[0]]
    assert guess.signs


# Some of each thing is lost or rewritten on the way; the others must do.
@pytest.mark.parametrize("lost", ["o=", "s=", "a=candidate:", "a=ice-", "a=fingerprint:", "a=msid", "a=ssrc", "a=rtcp"])
def test_maker_without_one_of_its_signs(lost: str) -> None:
    for name in (name for name in WEBRTC if not is_empty(name)):
        text = re.sub(f"^{lost}.*\r\n", "", read(name), flags=re.MULTILINE)
        assert infer_maker(parse(text)).value in {MAKERS[name.partition("/")[0]], None}, name


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("chromium/audio_video_data.offer.sdp", "network-id"),
        ("firefox/simulcast3.offer.sdp", "o=mozilla...THIS_IS_SDPARTA"),
        ("firefox/aiortc__video.answer.sdp", "ufrag of 8 hex digits, pwd of 32"),
        ("aiortc/chromium__audio_video_data.answer.sdp", "foundation of 32 hex digits"),
        ("gstreamer/video_vp8_dc.offer.sdp", "webrtctransceiver"),
        ("libdatachannel/data.answer.sdp", "ice-options:ice2,trickle"),
        ("rtsp/onvif_backchannel.sdp", "x-onvif-track"),
        ("sip/fax_1_t38.answer.sdp", "T.38"),
    ],
)
def test_sign(name: str, sign: str) -> None:
    assert sign in infer_maker(parse(read(name))).signs


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("rtsp/camera_h264_aac.sdp", "RTSP camera or server"),
        ("rtsp/sloppy_lf.sdp", "RTSP camera or server"),
        ("rtsp/onvif_backchannel.sdp", "ONVIF camera"),
        ("sip/desk_phone.offer.sdp", "SIP phone or gateway"),
        ("sip/srtp_sdes.answer.sdp", "SIP phone or gateway"),
        ("sip/msrp.offer.sdp", "SIP phone or gateway"),
    ],
)
def test_kind(name: str, kind: str) -> None:
    assert infer_maker(parse(read(name))).value == kind


def described(session: str, *media: str) -> str:
    return "\r\n".join(["v=0", *session.split("\n"), "t=0 0", *media, ""])


PION = "o=- 4611686018427387905 1700000000 IN IP4 0.0.0.0\ns=-\na=msid-semantic:WMS*"
PION_MEDIA = (
    "m=video 9 UDP/TLS/RTP/SAVPF 96",
    "a=setup:actpass",
    "a=mid:0",
    "a=ice-ufrag:AbCdEfGhIjKlMnOp",
    "a=ice-pwd:AbCdEfGhIjKlMnOpAbCdEfGhIjKlMnOp",
)
RTSP_MEDIA = ("m=video 0 RTP/AVP 96", "a=control:track1")


@pytest.mark.parametrize(
    ("maker", "text"),
    [
        ("Pion", described(PION, *PION_MEDIA)),
        ("Pion", described("o=- 1 1 IN IP4 192.0.2.1\ns=-", *PION_MEDIA)),
        ("LiveKit", described(PION, *PION_MEDIA, "a=msid:PA_a1b2c3 TR_d4e5f6")),
        ("mediasoup", described("o=mediasoup-client 10000 2 IN IP4 0.0.0.0\ns=-\na=msid-semantic: WMS *")),
        ("Janus", described("o=- 1 1 IN IP4 192.0.2.1\ns=VideoRoom 42")),
        ("Janus", described("o=- 1 1 IN IP4 192.0.2.1\ns=-", "m=audio 9 RTP/SAVPF 0", "a=msid:janus janus0")),
        ("Kurento", described("o=- 3950000000 3950000000 IN IP4 0.0.0.0\ns=Kurento Media Server")),
        ("SRS", described("o=SRS/6.0.1(Hang) 7 2 IN IP4 0.0.0.0\ns=SRSPublishSession")),
        ("str0m", described("o=str0m-0.6.0 7 2 IN IP4 0.0.0.0\ns=-")),
        ("SIPSorcery", described("o=- 7 0 IN IP4 127.0.0.1\ns=sipsorcery")),
        ("Asterisk", described("o=- 7 7 IN IP4 192.0.2.1\ns=Asterisk")),
        ("FreeSWITCH", described("o=FreeSWITCH 7 8 IN IP4 192.0.2.1\ns=FreeSWITCH")),
        ("Linphone", described("o=anna 7 7 IN IP4 192.0.2.1\ns=Talk")),
        ("PJSIP", described("o=- 7 7 IN IP4 192.0.2.1\ns=pjmedia")),
        (
            "live555",
            described("o=- 7 1 IN IP4 192.0.2.1\ns=x\na=tool:LIVE555 Streaming Media v2024.01.01", *RTSP_MEDIA),
        ),
        ("GStreamer RTSP server", described("o=- 7 1 IN IP4 192.0.2.1\ns=x\na=tool:GStreamer", *RTSP_MEDIA)),
        ("Hikvision", described("o=- 7 1 IN IP4 192.0.2.1\ns=x", *RTSP_MEDIA, "a=Media_header:MEDIAINFO=00;")),
        ("FFmpeg", described("o=- 0 0 IN IP4 127.0.0.1\ns=No Name\na=tool:libavformat 60.3.100")),
        # nothing in these tells
        (None, described("o=- 1 1 IN IP4 192.0.2.1\ns=-", "m=audio 49170 RTP/AVP 0")),
        (
            None,
            described("o=anna 1 1 IN IP4 192.0.2.1\ns=Lecture", "m=audio 49170 RTP/AVP 0", "c=IN IP4 233.252.0.1/127"),
        ),
        (None, ""),
    ],
)
def test_maker_of_shape(maker: str | None, text: str) -> None:
    assert infer_maker(parse(text)).value == maker


def type_of(name: str) -> str:
    return name.split(".")[-2].removeprefix("pr")  # a provisional answer is an answer


@pytest.mark.parametrize("name", WEBRTC)
def test_type_of_fixture(name: str) -> None:
    assert infer_type(parse(read(name))).value == (None if is_empty(name) else type_of(name))


@pytest.mark.parametrize("name", files("sip"))
def test_type_of_sip_is_right_or_untold(name: str) -> None:
    assert infer_type(parse(read(name))).value in {type_of(name), None}


@pytest.mark.parametrize("name", files("rtsp", "st2110"))
def test_type_is_neither(name: str) -> None:
    assert infer_type(parse(read(name))).value is None


AUDIO = "m=audio 9 RTP/SAVP 0"
LIVE = "m=video 9 RTP/SAVP 31"


@pytest.mark.parametrize(
    ("media", "guess"),
    [
        (["m=audio 9 RTP/AVP 0 8 18"], Guess("offer", ("several codecs",))),
        (["m=audio 9 RTP/AVP 0"], Guess(None)),
        ([AUDIO, "a=setup:passive"], Guess("answer", ("setup:passive",))),
        ([AUDIO, "a=setup:passive", LIVE, "a=setup:actpass"], Guess("offer", ("setup:actpass",))),
        ([AUDIO, "a=crypto:1 A inline:x", "a=crypto:2 B inline:y"], Guess("offer", ("several crypto lines",))),
        ([AUDIO, "a=crypto:2 B inline:y"], Guess("answer", ("crypto line taken from several",))),
        (["m=audio 0 RTP/AVP 0", LIVE], Guess("answer", ("m-section rejected",))),
        (["m=audio 0 RTP/AVP 0", "a=bundle-only", LIVE], Guess("offer", ("bundle-only",))),
        (["m=audio 0 RTP/AVP 0", "a=mid:0"], Guess("answer", ("m-section rejected",))),
        (["m=audio 0 RTP/AVP 0"], Guess(None)),  # RTSP gives the ports later
        (["m=audio 0 RTP/AVP 0 8 18", "a=control:track1"], Guess(None, ("control",))),
        (["m=audio 9 RTP/AVP 0 8 18", "c=IN IP4 233.252.0.1/127"], Guess(None, ("multicast",))),
    ],
)
def test_type(media: list[str], guess: Guess) -> None:
    assert infer_type(parse(described("o=- 1 1 IN IP4 192.0.2.1\ns=-", *media))) == guess


def test_fragment_is_neither() -> None:
    fragment = parse("a=ice-ufrag:abcd\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\n")
    assert infer_type(fragment) == Guess(None, ("a fragment",))


LINES = st.one_of(
    st.text(max_size=30),
    st.builds("{}={}".format, st.sampled_from("vosictbam"), st.text(max_size=40)),
    st.sampled_from([line for name in WEBRTC[::9] for line in read(name).split("\r\n")]),
)


@given(st.lists(LINES, max_size=40).map("\r\n".join) | st.text())
def test_never_raises(text: str) -> None:
    description = parse(text)
    assert infer_type(description).value in {"offer", "answer", None}
    assert infer_maker(description).value or infer_maker(description).signs == ()
    assert str(description) == text
