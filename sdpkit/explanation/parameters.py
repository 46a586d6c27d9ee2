"""Format parameters (a=fmtp) by codec. To add one, add it to the table of its codec."""

from collections.abc import Iterable, Iterator

from sdpkit.codecs.av1 import AV1Parameters
from sdpkit.codecs.h265 import H265Parameters
from sdpkit.codecs.parameters import FormatParameters
from sdpkit.codecs.red import PayloadTypes
from sdpkit.codecs.telephone_event import Events
from sdpkit.explanation import numbers, profiles
from sdpkit.explanation.reading import Draft, Part
from sdpkit.explanation.words import NOTHING, Words, joined, plain
from sdpkit.finding import SDPError

_OPUS = {
    "minptime": Words(
        "least length of a packet that the writer wants, in ms", "受け取りたいパケットの最小の長さ (ミリ秒) です。"
    ),
    "maxptime": Words("greatest length of a packet, in ms", "パケットの最大の長さ (ミリ秒) です。"),
    "ptime": Words("preferred length of a packet, in ms", "望ましいパケットの長さ (ミリ秒) です。"),
    "useinbandfec": Words(
        "the writer can use a poor copy of the packet before, which packets may carry against loss",
        "損失に備えてパケットに入れた、直前のパケットの低品質な複製を利用できます。",
    ),
    "usedtx": Words("the writer wants less to be sent in silence", "無音時に送信を減らしてほしいことを示します。"),
    "stereo": Words("the writer prefers to receive stereo", "ステレオで受け取りたいことを示します。"),
    "sprop-stereo": Words("the writer is likely to send stereo", "ステレオで送る見込みです。"),
    "cbr": Words("the writer wants a constant bit rate", "固定ビットレートで受け取りたいことを示します。"),
    "maxaveragebitrate": Words(
        "highest average bit rate to receive, in bit/s", "受け取る平均ビットレートの上限 (bit/s) です。"
    ),
    "maxplaybackrate": Words(
        "highest sampling rate that the writer can play, in Hz", "再生できる最大のサンプリング周波数 (Hz) です。"
    ),
    "sprop-maxcapturerate": Words(
        "highest sampling rate that the writer sends, in Hz", "送る音声の最大のサンプリング周波数 (Hz) です。"
    ),
}
_H264 = {
    "profile-level-id": Words(
        "what the decoder can do: profile and level", "デコーダーの能力で、プロファイルとレベルです。"
    ),
    "packetization-mode": Words(
        "0: one NAL unit a packet; 1: they may be split and joined,"
        " in order; 2: also out of order. Both sides must agree",
        "0 は 1 パケットに 1 NAL ユニット、1 は順序どおりの分割と結合、2 は順序の入れ替えも可。双方で一致が必要です。",
    ),
    "level-asymmetry-allowed": Words(
        "1: each side may send at a level of its own", "1 なら、送りと受けのレベルが違ってもかまいません。"
    ),
    "max-recv-level": Words("highest level to receive", "受け取れる最大のレベルです。"),
    "max-mbps": Words(
        "macroblocks a second, beyond the level", "1 秒あたりのマクロブロック数 (レベルを超える分) です。"
    ),
    "max-smbps": Words("static macroblocks a second", "1 秒あたりの静止マクロブロック数です。"),
    "max-fs": Words("macroblocks a picture, beyond the level", "1 画像のマクロブロック数 (レベルを超える分) です。"),
    "max-cpb": Words("size of the buffer for coded pictures", "符号化画像のバッファーの大きさです。"),
    "max-dpb": Words("size of the buffer for decoded pictures", "復号画像のバッファーの大きさです。"),
    "max-br": Words("highest bit rate, in kbit/s or so", "最大ビットレート (ほぼ kbit/s) です。"),
    "redundant-pic-cap": Words("redundant pictures are of use", "冗長な画像を利用できます。"),
    "sprop-parameter-sets": Words(
        "SPS and PPS in base64: what a decoder needs first", "base64 の SPS と PPS で、復号の最初に必要です。"
    ),
    "sprop-level-parameter-sets": Words("parameter sets by level", "レベルごとのパラメーターセットです。"),
    "use-level-src-parameter-sets": Words(
        "parameter sets by level are understood", "レベルごとのパラメーターセットを扱えます。"
    ),
    "in-band-parameter-sets": Words(
        "parameter sets come only within the stream", "パラメーターセットはストリームの中だけで送ります。"
    ),
    "sprop-interleaving-depth": Words(
        "how far NAL units are out of order", "NAL ユニットの順序の入れ替わりの深さです。"
    ),
    "sprop-deint-buf-req": Words(
        "buffer needed to put them in order, in bytes", "並べ直しに必要なバッファー (バイト) です。"
    ),
    "deint-buf-cap": Words("buffer that there is for that, in bytes", "並べ直しに使えるバッファー (バイト) です。"),
    "sprop-init-buf-time": Words("how long to buffer at first", "最初にバッファーする時間です。"),
    "sprop-max-don-diff": Words("greatest difference of order numbers", "順序番号の最大の差です。"),
    "max-rcmd-nalu-size": Words("largest NAL unit, in bytes", "NAL ユニットの最大の大きさ (バイト) です。"),
    "sar-understood": Words("aspect ratios that are understood", "理解できる画素の縦横比です。"),
    "sar-supported": Words("aspect ratios that are displayed", "表示できる画素の縦横比です。"),
}
_H265 = {
    "profile-id": Words(
        "1: Main, 2: Main 10, 3: Main Still Picture", "1 は Main、2 は Main 10、3 は Main Still Picture です。"
    ),
    "tier-flag": Words("1: High tier, with higher bit rates", "1 なら High ティアで、ビットレートが高くなります。"),
    "level-id": Words("30 times the level", "レベルの 30 倍の値です。"),
    "tx-mode": Words(
        "SRST: one stream on one transport; MRST and MRMT: several",
        "SRST は単一のストリームとトランスポート、MRST と MRMT は複数です。",
    ),
    "profile-space": Words("what profile-id counts in", "profile-id の名前空間です。"),
    "profile-compatibility-indicator": Words("profiles it is compatible with", "互換性のあるプロファイルです。"),
    "interop-constraints": Words("restrictions, as flags", "制約を示すフラグです。"),
    "sprop-sub-layer-id": Words("highest temporal layer that is sent", "送る最上位の時間レイヤーです。"),
    "recv-sub-layer-id": Words("highest temporal layer that is received", "受け取る最上位の時間レイヤーです。"),
    "max-recv-level-id": Words("30 times the highest level to receive", "受け取れる最大のレベルの 30 倍の値です。"),
    "sprop-vps": Words("video parameter sets in base64", "base64 の VPS です。"),
    "sprop-sps": Words("sequence parameter sets in base64", "base64 の SPS です。"),
    "sprop-pps": Words("picture parameter sets in base64", "base64 の PPS です。"),
    "sprop-sei": Words("SEI messages in base64", "base64 の SEI メッセージです。"),
    "max-lsr": Words("luma samples a second", "1 秒あたりの輝度サンプル数です。"),
    "max-lps": Words("luma samples a picture", "1 画像の輝度サンプル数です。"),
    "max-cpb": Words("size of the buffer for coded pictures", "符号化画像のバッファーの大きさです。"),
    "max-dpb": Words(
        "size of the buffer for decoded pictures, in pictures", "復号画像のバッファーの大きさ (画像数) です。"
    ),
    "max-br": Words("highest bit rate, in kbit/s or so", "最大ビットレート (ほぼ kbit/s) です。"),
    "max-tr": Words("rows of tiles", "タイルの行数です。"),
    "max-tc": Words("columns of tiles", "タイルの列数です。"),
    "max-fps": Words("pictures in 100 seconds", "100 秒あたりの画像数です。"),
    "sprop-max-don-diff": Words("greatest difference of order numbers", "順序番号の最大の差です。"),
    "sprop-depack-buf-nalus": Words("buffer needed, in NAL units", "必要なバッファー (NAL ユニット数) です。"),
    "sprop-depack-buf-bytes": Words("buffer needed, in bytes", "必要なバッファー (バイト) です。"),
    "depack-buf-cap": Words("buffer that there is, in bytes", "使えるバッファー (バイト) です。"),
    "sprop-segmentation-id": Words(
        "0: whole pictures, 1: slices, 2: tiles, 3: wavefronts",
        "0 は分割なし、1 はスライス、2 はタイル、3 は波面です。",
    ),
    "sprop-spatial-segmentation-idc": Words("how small the pieces are", "分割の細かさです。"),
    "dec-parallel-cap": Words("what can be decoded in parallel", "並列に復号できるものです。"),
    "include-dph": Words("which hashes of pictures are of use", "利用できる画像ハッシュです。"),
}
_VP8 = {
    "max-fs": Words(
        "largest picture, in macroblocks of 16 by 16 pixels",
        "最大の画像の大きさ (16×16 ピクセルのマクロブロック数) です。",
    ),
    "max-fr": Words("most pictures a second", "1 秒あたりの最大の画像数です。"),
}
_VP9 = {
    "profile-id": Words(
        "0: 8 bits a sample, what all have; 2: 10 or 12 bits; 1 and 3: the same with more colour",
        "0 は 8 ビットで、どこでも使えます。2 は 10 または 12 ビット、1 と 3 は色情報の多いものです。",
    ),
    **_VP8,
}
_AV1 = {
    "profile": Words("0: Main, 1: High, 2: Professional", "0 は Main、1 は High、2 は Professional です。"),
    "level-idx": Words("level: 4 × (major − 2) + minor", "レベル。4 × (整数部 − 2) + 小数部です。"),
    "tier": Words(
        "0: Main tier, 1: High tier, with higher bit rates",
        "0 は Main ティア、1 は High ティア (高ビットレート) です。",
    ),
}
_RTX = {
    "apt": Words(
        "associated payload type: packets of this one are sent again", "再送の対象となるペイロードタイプです。"
    ),
    "rtx-time": Words(
        "how long packets are kept to be sent again, in ms", "再送のためにパケットを保持する時間 (ミリ秒) です。"
    ),
}
_FLEXFEC = {
    "repair-window": Words(
        "time that a block of packets spans, in µs", "一つのブロックのパケットが広がる時間 (マイクロ秒) です。"
    ),
    "L": Words("columns of a block", "ブロックの列数です。"),
    "D": Words("rows of a block", "ブロックの行数です。"),
    "ToP": Words("0: by columns, 1: by rows, 2: both", "0 は列方向、1 は行方向、2 は両方です。"),
}
_ULPFEC = {"onelevelonly": Words("all of a packet is protected alike", "パケット全体を同じ強さで保護します。")}
_MPEG4_GENERIC = {
    "mode": Words(
        "kind of stream: AAC-hbr is AAC at high bit rates", "ストリームの種類。AAC-hbr は高ビットレートの AAC です。"
    ),
    "config": Words("how the decoder is set up, in hexadecimal", "デコーダーの設定 (16 進) です。"),
    "streamtype": Words("4: video, 5: sound", "4 は映像、5 は音声です。"),
    "sizelength": Words("bits of each size", "サイズ欄のビット数です。"),
    "indexlength": Words("bits of each index", "インデックス欄のビット数です。"),
    "indexdeltalength": Words("bits of each difference of indexes", "インデックス差分欄のビット数です。"),
    "profile-level-id": Words("profile and level of MPEG-4", "MPEG-4 のプロファイルとレベルです。"),
}
_RAW = {
    "sampling": Words("colour sampling, such as YCbCr-4:2:2", "色のサンプリング。YCbCr-4:2:2 など。"),
    "width": Words("pixels a line", "画像の幅 (ピクセル) です。"),
    "height": Words("lines a picture", "画像の高さ (ピクセル) です。"),
    "exactframerate": Words("pictures a second, as a fraction", "1 秒あたりの画像数で、分数でも書きます。"),
    "depth": Words("bits a sample", "サンプルのビット数です。"),
    "TCS": Words("transfer characteristic: SDR, HLG, PQ …", "伝達特性。SDR、HLG、PQ など。"),
    "colorimetry": Words("colour space, such as BT709", "色空間。BT709 など。"),
    "PM": Words(
        "packing mode: 2110GPM general, 2110BPM blocks", "パッキングモード。2110GPM は一般、2110BPM はブロックです。"
    ),
    "SSN": Words("the standard that holds, with its year", "準拠する規格とその年です。"),
    "TP": Words(
        "how evenly packets are sent: 2110TPN narrow, 2110TPW wide",
        "パケット送出の均一さ。2110TPN は狭く、2110TPW は広いです。",
    ),
    "TROFF": Words("how late the sender begins, in µs", "送信開始の遅れ (マイクロ秒) です。"),
    "interlace": Words("interlaced pictures", "インターレース映像です。"),
    "segmented": Words("progressive pictures sent as two halves", "プログレッシブ画像を二つに分けて送ります。"),
    "PAR": Words("pixel aspect ratio", "画素の縦横比です。"),
    "RANGE": Words("range of values: NARROW, FULL …", "値の範囲。NARROW、FULL など。"),
    "MAXUDP": Words("largest UDP packet, in bytes", "UDP パケットの最大の大きさ (バイト) です。"),
}
_JXSV = {
    "packetmode": Words("0: whole pictures, 1: slices", "0 は画像単位、1 はスライス単位です。"),
    "profile": Words("profile of JPEG XS", "JPEG XS のプロファイルです。"),
    "level": Words("level of JPEG XS", "JPEG XS のレベルです。"),
    "sublevel": Words("sublevel of JPEG XS", "JPEG XS のサブレベルです。"),
    **_RAW,
}
_SMPTE291 = {
    "DID_SDID": Words("which ancillary data: data id and secondary id", "補助データの種類 (DID と SDID) です。"),
    "VPID_Code": Words("video payload identifier of the source", "元の信号の VPID です。"),
    **{name: _RAW[name] for name in ("SSN", "TROFF", "exactframerate")},
}
_LINEAR = {
    "channel-order": Words("which channel is which, as SMPTE2110.(ST)", "チャネルの並び順。SMPTE2110.(ST) など。"),
    "emphasis": Words("pre-emphasis, such as 50-15", "プリエンファシス。50-15 など。"),
}
_G729 = {"annexb": Words("whether silence is compressed (Annex B)", "無音圧縮 (Annex B) を使うかどうかです。")}
_H263 = {
    name: Words(
        f"{size} pixels; the value is how many 1/29.97 s a picture takes",
        f"{size} ピクセル。値は 1 画像の間隔 (1/29.97 秒単位) です。",
    )
    for name, size in {
        "SQCIF": "128×96",
        "QCIF": "176×144",
        "CIF": "352×288",
        "CIF4": "704×576",
        "CIF16": "1408×1152",
    }.items()
}
_AMR = {
    "octet-align": Words("1: fields begin at byte boundaries", "1 なら各欄をバイト境界にそろえます。"),
    "mode-set": Words("bit rates that may be used", "使えるビットレートです。"),
}
_ILBC = {"mode": Words("20 or 30 ms a packet", "パケットの長さ。20 または 30 ミリ秒です。")}
_SPEEX = {"vbr": Words("variable bit rate: on, off or vad", "可変ビットレート。on、off、vad のいずれかです。")}
_MP4A = {
    "cpresent": Words(
        "whether the decoder's setup comes within the stream", "デコーダーの設定がストリームに入るかどうかです。"
    ),
    "config": _MPEG4_GENERIC["config"],
    "object": Words("kind of MPEG-4 sound; 2 is AAC-LC", "MPEG-4 音声の種類。2 は AAC-LC です。"),
    "bitrate": Words("bit/s", "ビットレート (bit/s) です。"),
    "SBR-enabled": Words("high frequencies are rebuilt (HE-AAC)", "高音域を復元します (HE-AAC)。"),
    "profile-level-id": _MPEG4_GENERIC["profile-level-id"],
}
_MULTIOPUS = {
    "channel_mapping": Words("which stream each channel comes from", "各チャネルがどのストリームかを示します。"),
    "num_streams": Words("number of streams", "ストリーム数です。"),
    "coupled_streams": Words("how many of them are stereo", "そのうちステレオのストリーム数です。"),
    **_OPUS,
}
_GOOGLE = {
    f"x-google-{which}-bitrate": Words(
        f"{en} of libwebrtc's sender, in kbit/s", f"libwebrtc の送信側の{ja} (kbit/s) です。"
    )
    for which, en, ja in (
        ("start", "first bit rate", "最初のビットレート"),
        ("min", "lowest bit rate", "最低ビットレート"),
        ("max", "highest bit rate", "最高ビットレート"),
    )
}

PARAMETERS = {
    "H264": {**_H264, **_GOOGLE},
    "opus": _OPUS,
    "VP8": {**_VP8, **_GOOGLE},
    "VP9": {**_VP9, **_GOOGLE},
    "AV1": _AV1,
    "rtx": _RTX,
    "H265": _H265,
    "flexfec-03": _FLEXFEC,
    "flexfec": _FLEXFEC,
    "ulpfec": _ULPFEC,
    "mpeg4-generic": _MPEG4_GENERIC,
    "MP4A-LATM": _MP4A,
    "raw": _RAW,
    "jxsv": _JXSV,
    "smpte291": _SMPTE291,
    "L16": _LINEAR,
    "L24": _LINEAR,
    "G729": _G729,
    "H263": _H263,
    "H263-1998": _H263,
    "AMR": _AMR,
    "AMR-WB": _AMR,
    "ILBC": _ILBC,
    "speex": _SPEEX,
    "multiopus": _MULTIOPUS,
}
"""Parameters by codec. Where a parameter is of several codecs, the first is the likeliest to be meant."""

_BY_NAME = {codec: {name.lower(): words for name, words in table.items()} for codec, table in PARAMETERS.items()}
_LEVEL = Words("level {level}", "レベル {level} です。")
_EVENTS = Words(
    "{count} events; 0 to 15 are the keys 0-9 * # A-D",
    "{count} 個のイベント。0 から 15 は電話機のキー 0-9 * # A-D です。",
)
_REDUNDANT = Words("what a packet holds, the newest first", "1 パケットに入れるペイロードタイプで、先頭が最新です。")
_GUESSED = Words("by the names of these parameters", "パラメーターの名前からの推定です。")
_ENOUGH = 3  # codecs to name
_SUMMARY = Words("Format parameters, as of {codecs}.", "フォーマットパラメーターです ({codecs} など)。")


def parts(text: str) -> Iterator[Part]:
    """A row for each parameter. The codec is guessed from their names, as a=fmtp does not tell it."""
    pairs = FormatParameters.parse(text).pairs
    codecs = _codecs(name for name, _ in pairs)
    tables = [_BY_NAME[codec] for codec in codecs]
    if codecs:
        yield Part("codec", _named(codecs), _GUESSED)
    for name, value in pairs:
        if value is None and name[:1].isdigit():
            yield _unnamed(name)
        else:
            said = next((table[name.lower()] for table in tables if name.lower() in table), NOTHING)
            yield Part(name, value or "", joined([_describe(name.lower(), value or ""), said]))


def read(text: str) -> Draft | None:
    """Format parameters without their `a=fmtp`, or the name of one."""
    names = [name.lower() for name, _ in FormatParameters.parse(text).pairs]
    codecs = _codecs(names)
    known = {name for codec in codecs for name in _BY_NAME[codec]}
    if not codecs or not known.issuperset(names):
        return None
    summary = _SUMMARY.fill(codecs=_named(codecs))
    return Draft(
        Words("format parameters", "フォーマットパラメーター"),
        plain(text),
        summary,
        tuple(parts(text)),
        "RFC 8866 §6.15",
        ("fmtp", codecs[0]),
    )


def _codecs(names: Iterable[str]) -> list[str]:
    """The codecs that have most of these parameters."""
    wanted = {name.lower() for name in names}
    counts = {codec: len(wanted & table.keys()) for codec, table in _BY_NAME.items()}
    most = max(counts.values())
    return [codec for codec, count in counts.items() if count == most > 0]


def _named(codecs: list[str]) -> str:
    return ", ".join(codecs[:_ENOUGH])


def _unnamed(value: str) -> Part:
    """What a value without a name is: events (telephone-event) or payload types (red)."""
    try:
        if "/" in value:
            return Part("payload types", str(PayloadTypes.parse(value)), _REDUNDANT)
        return Part("events", value, _EVENTS.fill(count=len(Events.parse(value).numbers)))
    except SDPError:
        return Part("value", value)


def _describe(name: str, value: str) -> Words:
    """What the value of a parameter says by itself."""
    if name == "profile-level-id":
        return profiles.describe(value)
    if name == "apt":
        return numbers.payload_type(value)
    level = None
    if name == "level-id":
        level = H265Parameters.parse(f"level-id={value}").level
    if name == "level-idx":
        level = AV1Parameters.parse(f"level-idx={value}").level
    return _LEVEL.fill(level=level) if level else NOTHING
