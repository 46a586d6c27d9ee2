"""Lines of a description: what each type of line is, and what the parts of a line mean."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from sdpkit.explanation import addresses, attributes, codecs, extensions, numbers, parameters, values
from sdpkit.explanation.reading import Draft, Part
from sdpkit.explanation.words import NOTHING, Words, plain
from sdpkit.masking import MASK
from sdpkit.sdp.attributes.formats import Fmtp, RtcpFeedback, Rtpmap
from sdpkit.sdp.attributes.record import Record
from sdpkit.sdp.attributes.streams import Rid, Simulcast, SimulcastDraft
from sdpkit.sdp.decoding import decode, findings_of, key_of
from sdpkit.sdp.fields import Bandwidth, Media, TimeZones, Timing
from sdpkit.sdp.lines import Line


class Field(NamedTuple):
    """A type of line: what it is called, and what it says."""

    name: Words
    words: Words
    reference: str


FIELDS = {
    "v": Field(
        Words("protocol version", "プロトコルのバージョン"),
        Words(
            "The version of SDP: always 0. A description begins with it.",
            "SDP のバージョンで、必ず 0 です。記述の先頭に書きます。",
        ),
        "RFC 8866 §5.1",
    ),
    "o": Field(
        Words("origin", "作成元"),
        Words(
            "Who made the session, and which version of its description this is.",
            "セッションを作った側と、この記述のバージョンを示します。",
        ),
        "RFC 8866 §5.2",
    ),
    "s": Field(
        Words("session name", "セッション名"),
        Words('The name of the session; "-" where there is none.', "セッションの名前です。ないときは「-」と書きます。"),
        "RFC 8866 §5.3",
    ),
    "i": Field(
        Words("title", "題名"),
        Words(
            "A few words about the session or this media, for people.",
            "セッションまたはこのメディアの、人のための説明です。",
        ),
        "RFC 8866 §5.4",
    ),
    "u": Field(
        Words("URI", "URI"),
        Words("Where more about the session is to be read.", "セッションについて詳しく書かれた場所です。"),
        "RFC 8866 §5.5",
    ),
    "e": Field(
        Words("e-mail address", "メールアドレス"),
        Words("Whom to write to about the session.", "セッションの責任者のメールアドレスです。"),
        "RFC 8866 §5.6",
    ),
    "p": Field(
        Words("telephone number", "電話番号"),
        Words("Whom to call about the session.", "セッションの責任者の電話番号です。"),
        "RFC 8866 §5.6",
    ),
    "c": Field(
        Words("connection data", "接続情報"),
        Words(
            "Where media is to be sent. With ICE it is only a default: candidates tell the real addresses.",
            "メディアの送り先です。ICE では既定値にすぎず、実際のアドレスは候補で示します。",
        ),
        "RFC 8866 §5.7",
    ),
    "b": Field(
        Words("bandwidth", "帯域"),
        Words("How much bandwidth the writer wants to receive.", "この側が受け取りたい帯域の上限です。"),
        "RFC 8866 §5.8",
    ),
    "t": Field(
        Words("time", "時刻"),
        Words(
            "When the session starts and stops; 0 0 in calls, which have no fixed times.",
            "セッションの開始と終了の時刻です。通話のように決まっていないときは 0 0 です。",
        ),
        "RFC 8866 §5.9",
    ),
    "r": Field(
        Words("repeat times", "繰り返し"),
        Words(
            "The session comes again: interval, duration, offsets.",
            "セッションの繰り返しで、間隔、長さ、ずれを書きます。",
        ),
        "RFC 8866 §5.10",
    ),
    "z": Field(
        Words("time zones", "時差"),
        Words("When the clock is put forward or back.", "夏時間などで時計をずらす時点です。"),
        "RFC 8866 §5.11",
    ),
    "k": Field(
        Words("encryption key", "暗号鍵"),
        Words(
            "A key in the clear: obsolete, and not to be used.",
            "鍵をそのまま書きます。廃止されており、使ってはいけません。",
        ),
        "RFC 8866 §5.12",
    ),
    "y": Field(
        Words("SSRC of GB28181", "GB28181 の SSRC"),
        Words(
            "The SSRC of the stream in ten digits, as cameras of GB/T 28181 write it; not SDP.",
            "GB/T 28181 のカメラが書く、10 桁のストリームの SSRC です。SDP の行ではありません。",
        ),
        "GB/T 28181",
    ),
    "f": Field(
        Words("media of GB28181", "GB28181 のメディア"),
        Words(
            "Codec, size and bit rate, as cameras of GB/T 28181 write them; not SDP.",
            "GB/T 28181 のカメラが書く、コーデック、画像の大きさ、ビットレートです。SDP の行ではありません。",
        ),
        "GB/T 28181",
    ),
    "a": Field(
        Words("attribute", "属性"),
        Words(
            "Anything else, by name: of the session before the first m= line, of one m-section behind it.",
            "名前の付いたそのほかの情報です。最初の m= 行より前なら全体、後ならその m セクションのものです。",
        ),
        "RFC 8866 §5.13",
    ),
    "m": Field(
        Words("media", "メディア"),
        Words(
            "Begins an m-section: kind of media, port, protocol,"
            " and the formats that the writer can receive, best first.",
            "m セクションの始まりです。"
            "メディアの種類、ポート、プロトコルと、受け取れるフォーマットを望ましい順に書きます。",
        ),
        "RFC 8866 §5.14",
    ),
}
"""The types of lines by their letters, those of GB28181 included."""

# What parts of decoded values are called: those that say it better than the name of their field.
_LABELS = {
    "adjustments": "clock offset",
    "addressTypes": "address type",
    "bfcpConfId": "identifier",
    "bfcpUserId": "identifier",
    "clksrc": "clock source",
    "clksrcExt": "clock source details",
    "destAddress": "destination",
    "filterMode": "filter mode",
    "keywords": "value",
    "content": "value",
    "mediaClockName": "media clock",
    "mediaClockValue": "media clock value",
    "netType": "network type",
    "rateDenominator": "rate denominator",
    "rateNumerator": "rate numerator",
    "srcList": "sources",
    "kind": "media",
    "xGoogleFlag": "value",
}
_LAYOUT = {"gap", "recv_first"}  # fields that only keep how a value is written

_SECRET = Words("secret: --show-secrets shows it", "秘密の値です。--show-secrets で表示します。")
_NO_NAME = Words("no name", "名前なしを表します。")
_SESSION_ID = Words("stays the same as long as the session lasts", "セッションが続く間は変わりません。")
_SESSION_VERSION = Words("one more with each changed description", "記述が変わるたびに 1 増えます。")
_ORIGIN_ADDRESS = Words(
    "for the identity of the session only: nothing is sent there", "セッションの識別用で、ここへは送信しません。"
)
_UNBOUNDED = Words("not fixed", "決まっていません。")
_BYTES = Words("{count} bytes", "{count} バイトです。")
_PAUSED = Words("begins paused", "最初は一時停止しています。")
_LAYER = Words("a layer", "レイヤーの一つです。")
_LAYERS = Words("one layer, in the first of these ways that works", "レイヤーの一つで、前から順に使える形を選びます。")
_PLACE = Words("column {column}: {message}", "{column} 文字目に問題があります: {message}")
_SCTP_PORT = Words(
    "the SCTP port, as written before a=sctp-port", "SCTP のポートです。a=sctp-port より前の書き方です。"
)
_EXTENSION_ID = Words("the number that stands for it in packets", "パケットの中でこの拡張を表す番号です。")


def read(text: str) -> Draft | None:
    """A line of a description, or an attribute with its value but without `a=`; or only the type, as in `m=`."""
    line = Line(1, 0, text, "")
    key = key_of(line)
    if key.startswith("a=") and len(key) > 2:
        name = key[2:]
        said = attributes.summary(name)
        if said is None:
            return None
        parts = tuple(_of_attribute(line, name))
        return Draft(Words("attribute", "属性"), plain(key), said, parts, attributes.reference(name))
    field = FIELDS.get(key[:1])
    if field is None:
        return None
    title = Words(f"{key} {field.name.en}", f"{key} {field.name.ja}")
    parts = tuple(_of_line(line, key[0])) if line.value else tuple(_possible(key[0]))
    return Draft(Words("line of a description", "SDP の行"), title, field.words, parts, field.reference)


def _possible(letter: str) -> Iterator[Part]:
    return (Part("value", word, words) for word, words in values.possible(letter).items())


def _of_attribute(line: Line, name: str) -> Iterator[Part]:
    """The parts of an attribute's value; what the attribute may be, when there is no value."""
    value = line.text.partition(":")[2]
    return _of_line(line, name) if value else attributes.about(name)


def _of_line(line: Line, name: str) -> Iterator[Part]:
    """The parts of a line, then what is wrong with it."""
    decoded = decode(line)
    if decoded is not None:
        yield from (_SPECIAL.get(type(decoded)) or _generic)(name, decoded)
    elif MASK in line.text:
        yield Part("value", MASK, _SECRET)
    if MASK not in line.text:
        for finding in findings_of(line):
            where = _PLACE.fill(column=finding.span.start, message=finding.message)
            yield Part("problem", finding.code, where)


def _generic(name: str, value: Any) -> Iterator[Part]:
    """A row for each field of a value."""
    for label, text in _fields(value):
        yield Part(label, text, _meaning(name, label, text))


def _fields(value: Any) -> Iterator[tuple[str, str]]:
    """The fields of a value: what each is called, and its text."""
    if isinstance(value, Record):
        yield from ((_LABELS.get(name, name), text) for name, text in value.pairs)
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            content = getattr(value, field)
            if content not in (None, "", ()) and field not in _LAYOUT:
                yield _LABELS.get(field, field.replace("_", " ")), _text(content)
    elif isinstance(value, tuple):
        for item in value:
            yield from _fields(item)
    else:
        yield "value", str(value)


def _text(content: Any) -> str:
    """A field as one text, with blanks between its items."""
    return " ".join(map(str, content)) if isinstance(content, tuple) else str(content)


def _meaning(name: str, label: str, text: str) -> Words:
    if MASK in text:
        return _SECRET
    describe = _DESCRIBERS.get(f"{name}/{label}") or _DESCRIBERS.get(f"*/{label}")
    return (describe(text) if describe else values.meaning(name, label, text)) or NOTHING


def _always(words: Words) -> Callable[[str], Words]:
    return lambda _: words


def _moment(text: str) -> Words:
    """A time in NTP seconds."""
    moment: datetime | None = Timing(int(text), 0).starts_at
    if int(text) == 0:
        return _UNBOUNDED
    return plain(f"{moment:%Y-%m-%d %H:%M:%S} UTC") if moment else NOTHING


_DESCRIBERS: dict[str, Callable[[str], Words | None]] = {
    "*/address": addresses.describe,
    "*/destination": addresses.describe,
    "*/clock rate": numbers.clock_rate,
    "*/component": numbers.component,
    "*/payload type": numbers.payload_type,
    "*/port": numbers.port,
    "extmap/id": _always(_EXTENSION_ID),
    "extmap/uri": extensions.describe,
    "fingerprint/digest": lambda text: _BYTES.fill(count=text.count(":") + 1),
    "max-message-size/value": numbers.message_size,
    "o/address": _always(_ORIGIN_ADDRESS),
    "o/session id": _always(_SESSION_ID),
    "o/session version": _always(_SESSION_VERSION),
    "o/username": lambda text: _NO_NAME if text == "-" else None,
    "rmcap/encoding name": codecs.describe,
    "rtpmap/name": codecs.describe,
    "sprtmap/name": codecs.describe,
    "s/value": lambda text: _NO_NAME if text == "-" else None,
    "sctp-port/value": numbers.port,
    "t/start": _moment,
    "t/stop": _moment,
}
"""What says the meaning of a part, where the text cannot be looked up in a table of values."""


def _media(_: str, media: Media) -> Iterator[Part]:
    """The fields of an m= line; formats of which the same is to be said in one row."""
    yield from _generic("m", msgspec.structs.replace(media, formats=()))
    rtp = "RTP" in media.protocol.upper()
    by_meaning: dict[Words, list[str]] = {}
    for format in media.formats:
        by_meaning.setdefault(numbers.payload_type(format) if rtp else _format(media, format), []).append(format)
    for words, formats in by_meaning.items():
        yield Part("payload type" if rtp else "format", " ".join(formats), words)


def _format(media: Media, format: str) -> Words:
    """A format that is no payload type."""
    if "SCTP" in media.protocol and format.isdigit():
        return _SCTP_PORT
    return _meaning("m", "format", format)


def _fmtp(name: str, fmtp: Fmtp) -> Iterator[Part]:
    yield Part("format", fmtp.format, numbers.payload_type(fmtp.format) if fmtp.format.isdigit() else NOTHING)
    yield from parameters.parts(fmtp.parameters)


def _rtpmap(name: str, rtpmap: Rtpmap) -> Iterator[Part]:
    yield from _generic(name, msgspec.structs.replace(rtpmap, parameters=None))
    if rtpmap.parameters is not None:
        yield Part("channels", rtpmap.parameters)


def _feedback(name: str, feedback: RtcpFeedback) -> Iterator[Part]:
    message = feedback.type if feedback.parameter is None else f"{feedback.type} {feedback.parameter}"
    words = values.meaning(name, "message", message) or values.meaning(
        name, "message", " ".join(message.split(" ")[:2])
    )
    yield Part("payload type", str(feedback.payload_type), numbers.payload_type(str(feedback.payload_type)))
    yield Part("message", message, words or values.meaning(name, "message", feedback.type) or NOTHING)


def _rid(name: str, rid: Rid) -> Iterator[Part]:
    yield from _generic(name, msgspec.structs.replace(rid, restrictions=()))
    for restriction, value in rid.restrictions:
        yield Part(restriction, value or "", values.meaning(name, "restriction", restriction) or NOTHING)


def _simulcast(_: str, simulcast: Simulcast) -> Iterator[Part]:
    for label, streams in (("send", simulcast.send), ("recv", simulcast.recv)):
        for alternatives in streams:
            paused = alternatives[0].paused
            words = _PAUSED if paused else _LAYERS if len(alternatives) > 1 else _LAYER
            yield Part(label, ",".join(map(str, alternatives)), words)


def _simulcast_draft(_: str, draft: SimulcastDraft) -> Iterator[Part]:
    for part in draft.parts:
        yield from (Part(part.direction, ",".join(alternatives), _LAYER) for alternatives in part.streams)


def _bandwidth(name: str, bandwidth: Bandwidth) -> Iterator[Part]:
    yield Part("type", bandwidth.type, values.meaning(name, "type", bandwidth.type) or NOTHING)
    yield Part("bandwidth", f"{bandwidth.value:,}")


def _time_zones(_: str, zones: TimeZones) -> Iterator[Part]:
    for at, offset in zones.adjustments:
        yield Part("clock offset", str(offset), _moment(str(at)))


_SPECIAL: dict[type, Callable[[str, Any], Iterator[Part]]] = {
    Bandwidth: _bandwidth,
    Fmtp: _fmtp,
    Media: _media,
    RtcpFeedback: _feedback,
    Rid: _rid,
    Rtpmap: _rtpmap,
    Simulcast: _simulcast,
    SimulcastDraft: _simulcast_draft,
    TimeZones: _time_zones,
}
"""The values whose parts are more than their fields."""
