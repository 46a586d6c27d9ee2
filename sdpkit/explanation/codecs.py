"""Codecs by their encoding names (a=rtpmap). To add one, add it to the table."""

from typing import NamedTuple

from sdpkit.explanation.reading import Draft
from sdpkit.explanation.words import Words, plain


class Codec(NamedTuple):
    """A codec or other payload format, and the RFC of its payload format."""

    words: Words
    reference: str = ""


CODECS = {
    "opus": Codec(
        Words(
            "the sound codec of WebRTC, from speech to music; its rtpmap always says 48000 Hz and 2 channels",
            "WebRTC の標準の音声コーデックで、通話から音楽まで使えます。rtpmap は必ず 48000 Hz、2 チャネルです。",
        ),
        "RFC 7587",
    ),
    "multiopus": Codec(
        Words("libwebrtc: Opus with more than two channels", "libwebrtc 独自の、3 チャネル以上の Opus です。")
    ),
    "PCMU": Codec(
        Words(
            "G.711 µ-law: telephone sound, 64 kbit/s; everyone has it",
            "G.711 μ-law。64 kbit/s の電話音声で、どの端末でも使えます。",
        ),
        "RFC 3551 §4.5.14",
    ),
    "PCMA": Codec(
        Words(
            "G.711 A-law: telephone sound, 64 kbit/s; everyone has it",
            "G.711 A-law。64 kbit/s の電話音声で、どの端末でも使えます。",
        ),
        "RFC 3551 §4.5.14",
    ),
    "G722": Codec(
        Words(
            "wideband sound at 64 kbit/s; its rtpmap says 8000 Hz by an old mistake, and means 16000",
            "64 kbit/s の広帯域音声です。歴史的な誤りで rtpmap は 8000 Hz と書きますが、実際は 16000 Hz です。",
        ),
        "RFC 3551 §4.5.2",
    ),
    "G729": Codec(Words("telephone sound at 8 kbit/s", "8 kbit/s の電話音声です。"), "RFC 3551 §4.5.6"),
    "G723": Codec(
        Words("telephone sound at 5.3 or 6.3 kbit/s", "5.3 または 6.3 kbit/s の電話音声です。"), "RFC 3551 §4.5.3"
    ),
    "G728": Codec(Words("telephone sound at 16 kbit/s", "16 kbit/s の電話音声です。"), "RFC 3551 §4.5.5"),
    "G726-32": Codec(Words("telephone sound at 32 kbit/s", "32 kbit/s の電話音声です。"), "RFC 3551 §4.5.4"),
    "GSM": Codec(Words("sound of early mobile telephones", "初期の携帯電話の音声です。"), "RFC 3551 §4.5.8"),
    "DVI4": Codec(Words("old ADPCM sound", "古い ADPCM 音声です。"), "RFC 3551 §4.5.1"),
    "LPC": Codec(Words("old experimental speech codec", "古い実験的な音声コーデックです。"), "RFC 3551 §4.5.12"),
    "QCELP": Codec(Words("speech of CDMA telephones", "CDMA 携帯電話の音声です。"), "RFC 2658"),
    "ILBC": Codec(
        Words(
            "speech codec that bears losses, once in browsers", "損失に強い音声コーデックで、以前ブラウザにありました。"
        ),
        "RFC 3952",
    ),
    "ISAC": Codec(
        Words(
            "libwebrtc's old speech codec, which it no longer has", "libwebrtc の古い音声コーデックで、廃止されました。"
        )
    ),
    "SILK": Codec(
        Words("Skype's speech codec, now a part of Opus", "Skype の音声コーデックで、Opus の一部になりました。")
    ),
    "speex": Codec(Words("speech codec that Opus replaced", "Opus の前身の音声コーデックです。"), "RFC 5574"),
    "AMR": Codec(Words("speech of mobile telephones", "携帯電話の音声です。"), "RFC 4867"),
    "AMR-WB": Codec(Words("wideband speech of mobile telephones", "携帯電話の広帯域音声です。"), "RFC 4867"),
    "EVS": Codec(Words("speech of LTE and 5G telephones", "LTE や 5G の携帯電話の音声です。")),
    "L8": Codec(Words("uncompressed sound, 8 bit", "8 ビットの非圧縮音声です。"), "RFC 3551 §4.5.10"),
    "L16": Codec(Words("uncompressed sound, 16 bit", "16 ビットの非圧縮音声です。"), "RFC 3551 §4.5.11"),
    "L24": Codec(
        Words("uncompressed sound, 24 bit: studios", "24 ビットの非圧縮音声で、放送設備で使います。"), "RFC 3190"
    ),
    "AC3": Codec(Words("Dolby Digital sound", "ドルビーデジタルの音声です。"), "RFC 4184"),
    "MPA": Codec(Words("MPEG-1 and MPEG-2 sound, such as MP3", "MP3 などの MPEG-1、MPEG-2 音声です。"), "RFC 2250"),
    "MP4A-LATM": Codec(Words("AAC sound in LATM", "LATM 形式の AAC 音声です。"), "RFC 6416"),
    "mpeg4-generic": Codec(
        Words("MPEG-4 streams, mostly AAC sound of cameras", "MPEG-4 のストリームで、多くはカメラの AAC 音声です。"),
        "RFC 3640",
    ),
    "vorbis": Codec(Words("free sound codec before Opus", "Opus より前のオープンな音声コーデックです。"), "RFC 5215"),
    "CN": Codec(
        Words(
            "comfort noise: what to play while the other side is silent",
            "コンフォートノイズ。相手が黙っている間に鳴らす雑音です。",
        ),
        "RFC 3389",
    ),
    "telephone-event": Codec(
        Words("the tones of telephone keys (DTMF) as events", "電話機のキーの音 (DTMF) をイベントとして送ります。"),
        "RFC 4733",
    ),
    "red": Codec(
        Words(
            "redundancy: packets repeat older data; for video a wrapper around ulpfec",
            "冗長化。パケットに前のデータも入れます。映像では ulpfec を包むために使います。",
        ),
        "RFC 2198",
    ),
    "rtx": Codec(
        Words(
            "retransmission of lost packets of the codec that apt names",
            "apt で示すコーデックの、失われたパケットの再送です。",
        ),
        "RFC 4588",
    ),
    "ulpfec": Codec(Words("error correction; needs red", "誤り訂正です。red とともに使います。"), "RFC 5109"),
    "flexfec-03": Codec(
        Words(
            "error correction as libwebrtc has it, with an SSRC of its own",
            "独自の SSRC を使う、libwebrtc 版の誤り訂正です。",
        ),
        "draft-ietf-payload-flexible-fec-scheme-03",
    ),
    "flexfec": Codec(Words("error correction with an SSRC of its own", "独自の SSRC を使う誤り訂正です。"), "RFC 8627"),
    "VP8": Codec(
        Words("video codec that all WebRTC browsers have", "WebRTC のすべてのブラウザで使える映像コーデックです。"),
        "RFC 7741",
    ),
    "VP9": Codec(
        Words(
            "video codec, compresses better than VP8; can send layers (SVC)",
            "VP8 より圧縮率の高い映像コーデックです。SVC ができます。",
        ),
        "RFC 9628",
    ),
    "AV1": Codec(
        Words("newest free video codec; can send layers (SVC)", "新しいオープンな映像コーデックです。SVC ができます。"),
        "AV1 RTP",
    ),
    "AV1X": Codec(Words("AV1 before its payload format was final", "ペイロードフォーマット確定前の AV1 の名前です。")),
    "H264": Codec(
        Words(
            "AVC: the video codec of cameras, telephones and hardware; WebRTC browsers have it too",
            "AVC。カメラ、電話、ハードウェアで広く使われる映像コーデックで、WebRTC のブラウザも対応しています。",
        ),
        "RFC 6184",
    ),
    "H265": Codec(
        Words("HEVC: video codec, compresses better than H264", "HEVC。H264 より圧縮率の高い映像コーデックです。"),
        "RFC 7798",
    ),
    "H261": Codec(Words("the first video codec of telephony", "最初のテレビ電話用映像コーデックです。"), "RFC 4587"),
    "H263": Codec(Words("video of early video telephones", "初期のテレビ電話の映像です。"), "RFC 2190"),
    "H263-1998": Codec(
        Words("video of older video telephones (H.263+)", "古いテレビ電話の映像です (H.263+)。"), "RFC 4629"
    ),
    "H263-2000": Codec(
        Words("video of older video telephones (H.263++)", "古いテレビ電話の映像です (H.263++)。"), "RFC 4629"
    ),
    "MP4V-ES": Codec(
        Words("MPEG-4 Visual video of older cameras", "古いカメラの MPEG-4 Visual 映像です。"), "RFC 6416"
    ),
    "MPV": Codec(Words("MPEG-1 and MPEG-2 video", "MPEG-1、MPEG-2 の映像です。"), "RFC 2250"),
    "MP2T": Codec(
        Words(
            "an MPEG transport stream: sound and video in one",
            "音声と映像をまとめた MPEG トランスポートストリームです。",
        ),
        "RFC 2250",
    ),
    "PS": Codec(
        Words(
            "an MPEG program stream, as of GB28181 cameras",
            "MPEG プログラムストリームです。GB28181 のカメラで使います。",
        )
    ),
    "JPEG": Codec(
        Words("single JPEG pictures, as of simple cameras", "JPEG 画像の連続で、簡易なカメラで使います。"), "RFC 2435"
    ),
    "CelB": Codec(Words("old video codec of Sun", "Sun の古い映像コーデックです。"), "RFC 2029"),
    "nv": Codec(Words("video of the program nv of 1992", "1992 年のプログラム nv の映像です。"), "RFC 3551 §5.8"),
    "theora": Codec(Words("free video codec before VP8", "VP8 より前のオープンな映像コーデックです。")),
    "raw": Codec(
        Words("uncompressed video: studios (ST 2110-20)", "非圧縮映像です。放送設備で使います (ST 2110-20)。"),
        "RFC 4175",
    ),
    "jxsv": Codec(
        Words("JPEG XS video: studios (ST 2110-22)", "JPEG XS 映像です。放送設備で使います (ST 2110-22)。"), "RFC 9134"
    ),
    "smpte291": Codec(
        Words(
            "ancillary data beside the picture, such as captions (ST 2110-40)",
            "字幕など、映像に付随する補助データです (ST 2110-40)。",
        ),
        "RFC 8331",
    ),
    "SMPTE2022-6": Codec(Words("a whole SDI signal (ST 2022-6)", "SDI 信号をそのまま運びます (ST 2022-6)。")),
    "vnd.onvif.metadata": Codec(
        Words("what a camera sees, as XML (ONVIF)", "カメラの解析結果などの XML です (ONVIF)。")
    ),
    "t140": Codec(Words("text as it is typed", "入力中のテキストをそのまま送るリアルタイムテキストです。"), "RFC 4103"),
}
"""The codecs by encoding name; upper and lower case are the same."""

_BY_NAME = {name.lower(): (name, codec) for name, codec in CODECS.items()}


def describe(name: str) -> Words | None:
    """What a codec is for; None when it is not known."""
    _, codec = _BY_NAME.get(name.lower(), ("", None))
    return codec.words if codec else None


def read(text: str) -> Draft | None:
    """A codec by its encoding name."""
    name, codec = _BY_NAME.get(text.lower(), ("", None))
    if codec is None:
        return None
    return Draft(Words("codec", "コーデック"), plain(name), codec.words, (), codec.reference, ("rtpmap",))
