"""H.264's profile-level-id: which profile, which level, and what pictures that allows."""

from sdpkit.codecs.h264 import ProfileLevelId
from sdpkit.explanation.reading import Draft, Part
from sdpkit.explanation.words import NOTHING, Words, plain
from sdpkit.finding import SDPError

# H.264 table A-1: level -> macroblocks a second (MaxMBPS), macroblocks a picture (MaxFS).
_LIMITS = {
    "1": (1485, 99),
    "1b": (1485, 99),
    "1.1": (3000, 396),
    "1.2": (6000, 396),
    "1.3": (11880, 396),
    "2": (11880, 396),
    "2.1": (19800, 792),
    "2.2": (20250, 1620),
    "3": (40500, 1620),
    "3.1": (108000, 3600),
    "3.2": (216000, 5120),
    "4": (245760, 8192),
    "4.1": (245760, 8192),
    "4.2": (522240, 8704),
    "5": (589824, 22080),
    "5.1": (983040, 36864),
    "5.2": (2073600, 36864),
    "6": (4177920, 139264),
    "6.1": (8355840, 139264),
    "6.2": (16711680, 139264),
}
_SIZES = ((7680, 4320), (3840, 2160), (1920, 1080), (1280, 720), (720, 576), (640, 480), (352, 288), (176, 144))
_MACROBLOCK = 16  # pixels, each way

_PROFILES = {
    "Constrained Baseline": Words("every WebRTC program with H264 has it", "H264 対応の WebRTC なら必ず使えます。"),
    "Baseline": Words("with tools that hardly anyone has", "ほとんど使われない機能を含みます。"),
    "Main": Words("B pictures and better coding", "B ピクチャーなどで圧縮率が上がります。"),
    "Extended": Words("for streaming; hardly used", "ストリーミング用ですが、ほとんど使われません。"),
    "High": Words(
        "best coding of the usual ones; cameras and hardware",
        "一般的な中で最も圧縮率が高く、カメラやハードウェアで使います。",
    ),
    "Constrained High": Words(
        "High without B pictures and interlacing", "B ピクチャーとインターレースのない High です。"
    ),
    "Progressive High": Words("High without interlacing", "インターレースのない High です。"),
}
_UNNAMED = Words("a profile that no standard names", "規格にないプロファイル")
_LEVEL = Words("level {level}", "レベル {level}")
_NO_LEVEL = Words("no level that there is", "存在しないレベル")
_SUMMARY = Words(
    "What a decoder of H.264 can do: six hexadecimal digits, two each for profile_idc, flags and level."
    " Both sides need the same profile; the level is a limit.",
    "H.264 デコーダーの能力を表す 16 進 6 桁で、profile_idc、フラグ、レベルが 2 桁ずつです。"
    "プロファイルは双方で一致が必要で、レベルは上限です。",
)
_CAN = Words("{profile}, {level}", "{profile}、{level}。")
_FLAGS = Words(
    "{bits}: constraint_set0 to 5, then two zeros: further profiles that it keeps to",
    "{bits}。constraint_set0 から 5 と二つの 0 で、ほかに従うプロファイルを示します。",
)
_UP_TO = Words(
    "level {level}: up to {width}×{height} at {rate} pictures a second",
    "レベル {level}。最大 {width}×{height} で毎秒 {rate} 枚です。",
)


def describe(text: str) -> Words:
    """Profile and level in one line; nothing for what is not six hexadecimal digits."""
    found = _parse(text)
    if found is None:
        return NOTHING
    level = _NO_LEVEL if found.level is None else _LEVEL.fill(level=found.level)
    return _CAN.fill(profile=found.profile or _UNNAMED, level=level)


def read(text: str) -> Draft | None:
    """Six hexadecimal digits as a profile-level-id, where they name a profile and a level: they can be anything."""
    found = _parse(text)
    if found is None or found.profile is None or found.level is None:
        return None
    parts = (
        Part("profile_idc", text[:2], plain(str(found.profile_idc))),
        Part("profile-iop", text[2:4], _FLAGS.fill(bits=f"{found.profile_iop:08b}")),
        Part("profile", found.profile, _PROFILES.get(found.profile, NOTHING)),
        Part("level_idc", text[4:], _pictures(found.level)),
    )
    see = ("packetization-mode", "level-asymmetry-allowed")
    return Draft(
        Words("profile-level-id of H264", "H264 の profile-level-id"),
        plain(text),
        _SUMMARY,
        parts,
        "RFC 6184 §8.1",
        see,
    )


def _parse(text: str) -> ProfileLevelId | None:
    try:
        return ProfileLevelId.parse(text)
    except SDPError:
        return None


def _pictures(level: str) -> Words:
    """The largest usual picture that a level allows, and how many of them a second."""
    rate, size = _LIMITS[level]
    width, height, blocks = next((*fits, count) for fits in _SIZES if (count := _macroblocks(*fits)) <= size)
    return _UP_TO.fill(level=level, width=width, height=height, rate=rate // blocks)


def _macroblocks(width: int, height: int) -> int:
    """How many macroblocks a picture of a size has; those at the edge count whole."""
    return -(-width // _MACROBLOCK) * -(-height // _MACROBLOCK)
