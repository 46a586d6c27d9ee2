"""RTP header extensions by their URIs (a=extmap). To add one, add it to the table."""

from typing import NamedTuple

from sdpkit.explanation.reading import Draft, Part
from sdpkit.explanation.words import Words, plain


class Extension(NamedTuple):
    """A header extension: the short name that people use, what it carries, and where that is said."""

    name: str
    words: Words
    reference: str = ""


_WEBRTC = "http://www.webrtc.org/experiments/rtp-hdrext/"
_IETF = "urn:ietf:params:rtp-hdrext:"

EXTENSIONS = {
    f"{_IETF}ssrc-audio-level": Extension(
        "ssrc-audio-level",
        Words(
            "how loud this packet is, so that servers need not decode it",
            "パケットの音量です。サーバーは復号せずに分かります。",
        ),
        "RFC 6464",
    ),
    f"{_IETF}csrc-audio-level": Extension(
        "csrc-audio-level",
        Words("how loud each speaker in a mix is", "ミキシングされた各話者の音量です。"),
        "RFC 6465",
    ),
    f"{_IETF}sdes:mid": Extension(
        "sdes:mid",
        Words(
            "the mid of the m-section that a packet is of; BUNDLE needs it",
            "パケットが属する m セクションの mid で、BUNDLE に必要です。",
        ),
        "RFC 9143 §15",
    ),
    f"{_IETF}sdes:rtp-stream-id": Extension(
        "sdes:rtp-stream-id",
        Words(
            "the rid of a packet: which simulcast layer it is of",
            "パケットの rid で、どのサイマルキャストレイヤーかを示します。",
        ),
        "RFC 8852 §3",
    ),
    f"{_IETF}sdes:repaired-rtp-stream-id": Extension(
        "sdes:repaired-rtp-stream-id",
        Words("the rid of the layer that a retransmission belongs to", "再送パケットが属するレイヤーの rid です。"),
        "RFC 8852 §3",
    ),
    f"{_IETF}sdes:cname": Extension(
        "sdes:cname", Words("the cname within packets", "パケットに入れた cname です。"), "RFC 7941"
    ),
    f"{_IETF}toffset": Extension(
        "toffset",
        Words(
            "how much later than its timestamp a packet was sent",
            "タイムスタンプからどれだけ遅れて送信したかを示します。",
        ),
        "RFC 5450",
    ),
    f"{_IETF}ntp-64": Extension("ntp-64", Words("the NTP time of a packet", "パケットの NTP 時刻です。"), "RFC 6051"),
    f"{_IETF}ntp-56": Extension(
        "ntp-56", Words("the NTP time of a packet, shorter", "パケットの NTP 時刻 (短縮形) です。"), "RFC 6051"
    ),
    f"{_IETF}smpte-tc": Extension("smpte-tc", Words("studio timecode", "放送用のタイムコードです。"), "RFC 5484"),
    f"{_IETF}encrypt": Extension(
        "encrypt",
        Words("another extension, sent encrypted", "別のヘッダー拡張を暗号化して送ります。"),
        "RFC 6904",
    ),
    f"{_IETF}framemarking": Extension(
        "framemarking",
        Words("which packets begin, end or are key frames", "フレームの先頭、末尾、キーフレームなどを示します。"),
        "RFC 9626",
    ),
    "http://tools.ietf.org/html/draft-ietf-avtext-framemarking-07": Extension(
        "framemarking",
        Words(
            "which packets begin, end or are key frames (draft)",
            "フレームの先頭、末尾、キーフレームなどを示します (ドラフト版)。",
        ),
    ),
    "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01": Extension(
        "transport-wide-cc",
        Words(
            "counts all packets of a transport, for bandwidth estimation by transport-cc",
            "トランスポート全体のパケット番号で、transport-cc の帯域推定に使います。",
        ),
        "draft-holmer-rmcat-transport-wide-cc-extensions-01",
    ),
    f"{_WEBRTC}transport-wide-cc-02": Extension(
        "transport-wide-cc-02",
        Words(
            "as transport-wide-cc, and asks for reports when wanted",
            "transport-wide-cc に、報告を求める機能を加えたものです。",
        ),
        "libwebrtc",
    ),
    f"{_WEBRTC}abs-send-time": Extension(
        "abs-send-time",
        Words(
            "when a packet was sent, for bandwidth estimation by the receiver",
            "パケットの送信時刻で、受信側の帯域推定に使います。",
        ),
        "libwebrtc",
    ),
    f"{_WEBRTC}abs-capture-time": Extension(
        "abs-capture-time",
        Words(
            "when picture or sound was captured, also through mixers",
            "映像や音声を取り込んだ時刻です。ミキサーを通っても残ります。",
        ),
        "libwebrtc",
    ),
    f"{_WEBRTC}playout-delay": Extension(
        "playout-delay",
        Words(
            "least and greatest delay that the sender wants at the receiver",
            "送信側が望む、受信側の再生遅延の最小値と最大値です。",
        ),
        "libwebrtc",
    ),
    f"{_WEBRTC}video-content-type": Extension(
        "video-content-type",
        Words("whether a picture is of a camera or a screen", "カメラ映像か画面共有かを示します。"),
        "libwebrtc",
    ),
    f"{_WEBRTC}video-timing": Extension(
        "video-timing",
        Words("when a picture was encoded and sent, for statistics", "映像の符号化や送信の時刻で、統計に使います。"),
        "libwebrtc",
    ),
    f"{_WEBRTC}color-space": Extension(
        "color-space",
        Words("colour space and HDR data of a picture", "映像の色空間と HDR の情報です。"),
        "libwebrtc",
    ),
    f"{_WEBRTC}video-layers-allocation00": Extension(
        "video-layers-allocation00",
        Words(
            "which simulcast and SVC layers are sent, with their bit rates",
            "送信中のサイマルキャストや SVC のレイヤーと、そのビットレートです。",
        ),
        "libwebrtc",
    ),
    f"{_WEBRTC}video-frame-tracking-id": Extension(
        "video-frame-tracking-id",
        Words("numbers pictures, for tests of quality", "品質試験のために画像に付ける番号です。"),
        "libwebrtc",
    ),
    f"{_WEBRTC}generic-frame-descriptor-00": Extension(
        "generic-frame-descriptor",
        Words(
            "which pictures a picture needs; before the dependency descriptor",
            "画像の依存関係です。dependency-descriptor の前身です。",
        ),
        "libwebrtc",
    ),
    f"{_WEBRTC}corruption-detection": Extension(
        "corruption-detection",
        Words(
            "samples of the picture, by which the receiver sees whether it was decoded rightly",
            "画像の一部の値で、受信側が正しく復号できたか確かめます。",
        ),
        "libwebrtc",
    ),
    f"{_WEBRTC}inband-cn": Extension(
        "inband-cn",
        Words("comfort noise level within packets", "パケットに入れたコンフォートノイズの大きさです。"),
        "libwebrtc",
    ),
    "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension": Extension(
        "dependency-descriptor",
        Words(
            "which pictures a picture needs, so that servers can leave layers out",
            "画像の依存関係です。サーバーはレイヤーを間引けます。",
        ),
        "AV1 RTP, appendix A",
    ),
    "urn:3gpp:video-orientation": Extension(
        "video-orientation",
        Words(
            "how the camera is turned: the receiver turns the picture back",
            "カメラの向きです。受信側が画像を回転させます。",
        ),
        "3GPP TS 26.114",
    ),
    "urn:x-nmos:rtp-hdrext:origin-timestamp": Extension(
        "origin-timestamp", Words("when the media was made (NMOS)", "メディアが作られた時刻です (NMOS)。")
    ),
    "urn:x-nmos:rtp-hdrext:sync-timestamp": Extension(
        "sync-timestamp", Words("what to synchronise by (NMOS)", "同期に使う時刻です (NMOS)。")
    ),
    "urn:x-nmos:rtp-hdrext:flow-id": Extension("flow-id", Words("id of the flow (NMOS)", "フローの ID です (NMOS)。")),
    "urn:x-nmos:rtp-hdrext:source-id": Extension(
        "source-id", Words("id of the source (NMOS)", "ソースの ID です (NMOS)。")
    ),
    "urn:x-nmos:rtp-hdrext:grain-flags": Extension(
        "grain-flags", Words("begin and end of a grain (NMOS)", "グレインの先頭と末尾です (NMOS)。")
    ),
    "urn:x-nmos:rtp-hdrext:grain-duration": Extension(
        "grain-duration", Words("duration of a grain (NMOS)", "グレインの長さです (NMOS)。")
    ),
}

_BY_NAME = {extension.name: uri for uri, extension in reversed(EXTENSIONS.items())}


def describe(uri: str) -> Words | None:
    """What a header extension carries; None when it is not known."""
    return EXTENSIONS[uri].words if uri in EXTENSIONS else None


def read(text: str) -> Draft | None:
    """A header extension by its URI, or by its short name."""
    uri = text if text in EXTENSIONS else _BY_NAME.get(text.lower())
    if uri is None:
        return None
    extension = EXTENSIONS[uri]
    parts = (Part("uri", uri),)
    return Draft(
        Words("RTP header extension", "RTP ヘッダー拡張"),
        plain(extension.name),
        extension.words,
        parts,
        extension.reference,
        ("extmap",),
    )
