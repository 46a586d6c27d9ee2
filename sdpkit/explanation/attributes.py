"""Attributes by their names: what they are for, and where they may stand."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sdpkit.explanation import values
from sdpkit.explanation.glossary import TERMS
from sdpkit.explanation.japanese import ATTRIBUTES as JAPANESE
from sdpkit.explanation.reading import Draft, Part
from sdpkit.explanation.words import Words, plain
from sdpkit.sdp.attributes import ATTRIBUTES, Attribute, Level, Mux

LEVELS = {
    Level.SESSION: Words("only before the first m= line", "最初の m= 行より前にだけ書きます。"),
    Level.MEDIA: Words("only in m-sections", "m セクションの中にだけ書きます。"),
    Level.BOTH: Words(
        "before the first m= line, for all m-sections, or in one of them",
        "最初の m= 行より前 (全体に有効)、または m セクションの中に書きます。",
    ),
}
_ONCE = Words("once there", "同じ場所には一度だけ書きます。")
_OFTEN = Words("as often as needed there", "同じ場所に何度でも書けます。")
MUX = {
    Mux.NORMAL: Words("holds for its own m-section alone", "それぞれの m セクションにだけ有効です。"),
    Mux.CAUTION: Words("needs care in a bundle", "BUNDLE では注意が必要です。"),
    Mux.IDENTICAL: Words("must be the same in all m-sections", "すべての m セクションで同じ値にします。"),
    Mux.SUM: Words("the sum of all m-sections holds", "すべての m セクションの合計が有効です。"),
    Mux.TRANSPORT: Words(
        "of the shared transport: that of the tagged m-section holds for all",
        "共用するトランスポートのもので、代表の m セクションの値が全体に有効です。",
    ),
    Mux.INHERIT: Words("as the attribute or line that it holds", "中に書かれた属性や行の扱いに従います。"),
    Mux.IDENTICAL_PER_PT: Words(
        "must be the same wherever the same payload type is used", "同じペイロードタイプなら同じ値にします。"
    ),
    Mux.SPECIAL: Words("has rules of its own", "個別の規則があります。"),
    Mux.TBD: Words("no rule has been made for it", "規則はまだ決められていません。"),
    Mux.NOT_RECOMMENDED: Words("not for use in a bundle", "BUNDLE では使いません。"),
}


class Outsider(NamedTuple):
    """An attribute that no standard knows and sdpkit does not decode: what it means, and whose it is."""

    words: Words
    maker: str


OUTSIDERS = {
    "x-onvif-track": Outsider(
        Words("The token of the recorded track, as ONVIF calls it.", "ONVIF での録画トラックの名前です。"), "ONVIF"
    ),
    "cliprect": Outsider(
        Words(
            "The part of the picture that is shown: top, left, bottom, right.",
            "表示する画像の範囲 (上、左、下、右) です。",
        ),
        "QuickTime",
    ),
    "mpeg4-esid": Outsider(
        Words("The MPEG-4 elementary stream id.", "MPEG-4 のエレメンタリーストリーム ID です。"), "RFC 3640"
    ),
    "mpeg4-iod": Outsider(
        Words("The MPEG-4 initial object descriptor.", "MPEG-4 の初期オブジェクト記述子です。"), "ISMA"
    ),
    "isma-compliance": Outsider(
        Words("The ISMA profile that a stream keeps to.", "準拠する ISMA プロファイルです。"), "ISMA"
    ),
    "clock-domain": Outsider(
        Words(
            "The clock that all streams follow: PTP and its domain.", "全ストリームが従う時計 (PTP とドメイン) です。"
        ),
        "RAVENNA",
    ),
    "sync-time": Outsider(
        Words("The RTP timestamp at the start of the clock.", "時計の起点での RTP タイムスタンプです。"), "RAVENNA"
    ),
    "framecount": Outsider(Words("Samples of sound in one packet.", "1 パケットの音声サンプル数です。"), "RAVENNA"),
    "x-qt-text-nam": Outsider(
        Words("Title, for QuickTime players.", "QuickTime プレーヤー用の題名です。"), "QuickTime"
    ),
    "x-qt-text-inf": Outsider(
        Words("Description, for QuickTime players.", "QuickTime プレーヤー用の説明です。"), "QuickTime"
    ),
    "x-qt-text-cmt": Outsider(
        Words("Comment, for QuickTime players.", "QuickTime プレーヤー用の注釈です。"), "QuickTime"
    ),
    "x-qt-text-cpy": Outsider(
        Words("Copyright, for QuickTime players.", "QuickTime プレーヤー用の著作権表示です。"), "QuickTime"
    ),
    "x-qt-text-aut": Outsider(
        Words("Author, for QuickTime players.", "QuickTime プレーヤー用の作者名です。"), "QuickTime"
    ),
    "X-nat": Outsider(Words("The kind of NAT that was found.", "検出した NAT の種類です。"), "PJSIP"),
    "alt": Outsider(
        Words("Another address to try, before there was ICE.", "ICE より前の、代わりのアドレスです。"), "CounterPath"
    ),
    "dtls-id": Outsider(Words("The former name of tls-id.", "tls-id の以前の名前です。"), "draft-ietf-mmusic-dtls-sdp"),
    "x-dimensions": Outsider(Words("Width and height of the picture.", "画像の幅と高さです。"), "QuickTime"),
    "x-bufferdelay": Outsider(
        Words("Seconds to buffer before playing.", "再生前にバッファーする秒数です。"), "QuickTime"
    ),
    "Media_header": Outsider(
        Words("Decoder data of Hikvision cameras.", "Hikvision カメラのデコーダー情報です。"), "Hikvision"
    ),
    "appversion": Outsider(
        Words("Firmware generation of the camera.", "カメラのファームウェアの世代です。"), "Hikvision"
    ),
}
"""Attributes that are no entries of the registry."""

_BY_NAME = {name.lower(): name for name in (*ATTRIBUTES, *OUTSIDERS)}


def summary(name: str) -> Words | None:
    """What an attribute is for; None when nothing is known of it."""
    if name in ATTRIBUTES:
        return Words(ATTRIBUTES[name].summary, JAPANESE.get(name, ATTRIBUTES[name].summary))
    return OUTSIDERS[name].words if name in OUTSIDERS else None


def about(name: str) -> Iterator[Part]:
    """Where an attribute may stand, what becomes of it in a bundle, and what values it may have."""
    if name in ATTRIBUTES:
        yield from _rules(ATTRIBUTES[name])
    yield from values.possible(name)


def _rules(attribute: Attribute) -> Iterator[Part]:
    yield Part("level", str(attribute.level), LEVELS[attribute.level])
    yield Part("repeats", "yes" if attribute.repeats else "no", _OFTEN if attribute.repeats else _ONCE)
    if attribute.mux is not None:
        yield Part("in a bundle", str(attribute.mux), MUX[attribute.mux])


def draft(name: str, parts: Iterable[Part]) -> Draft | None:
    """The reading of an attribute, with these parts; None when nothing is known of it."""
    said = summary(name)
    if said is None:
        return None
    reference = ATTRIBUTES[name].reference if name in ATTRIBUTES else OUTSIDERS[name].maker
    see = tuple(term for term, entry in TERMS.items() if name in entry.see)
    return Draft(Words("attribute", "属性"), plain(f"a={name}"), said, tuple(parts), reference, see)


def read(text: str) -> Draft | None:
    """An attribute by its name, with or without `a=`."""
    name = _BY_NAME.get(text.lower().removeprefix("a=").removesuffix(":"), "")
    return draft(name, about(name))
