"""Lines of a description: what each type of line is, and what the parts of a line mean."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from sdpkit.explanation import addresses, attributes, codecs, extensions, numbers, parameters, values
from sdpkit.explanation.fields import FIELDS
from sdpkit.explanation.reading import Draft, Part
from sdpkit.explanation.words import NOTHING, Words, plain
from sdpkit.masking import MASK
from sdpkit.sdp.attributes.formats import Fmtp, RtcpFeedback, Rtpmap
from sdpkit.sdp.attributes.record import Record
from sdpkit.sdp.attributes.streams import Rid, Simulcast, SimulcastDraft
from sdpkit.sdp.decoding import decode, findings_of, key_of
from sdpkit.sdp.fields import Bandwidth, Media, TimeZones, Timing
from sdpkit.sdp.lines import Line

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

_SECRET = Words("a secret, masked; see --show-secrets", "秘密の値で、伏せ字にしています。--show-secrets を参照。")
_NO_NAME = Words("no name", "名前なしを表します。")
_SESSION_ID = Words("stays the same as long as the session lasts", "セッションが続く間は変わりません。")
_SESSION_VERSION = Words("grows with each changed description", "記述が変わるたびに大きくなります。")
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
        return attributes.draft(key[2:], _of_attribute(line, key[2:]))
    field = FIELDS.get(key[:1])
    if field is None:
        return None
    title = Words(f"{key} {field.name.en}", f"{key} {field.name.ja}")
    parts = tuple(_of_line(line, key[0])) if line.value else tuple(values.possible(key[0]))
    return Draft(Words("line of a description", "SDP の行"), title, field.words, parts, field.reference)


def _of_attribute(line: Line, name: str) -> Iterator[Part]:
    """The parts of an attribute's value; what the attribute may be, when there is no value."""
    value = line.text.partition(":")[2]
    return _of_line(line, name) if value else attributes.about(name)


def _of_line(line: Line, name: str) -> Iterator[Part]:
    """The parts of a line, then what is wrong with it."""
    decoded = decode(line)
    if decoded is not None:
        yield from (_SPECIAL.get(type(decoded)) or _generic)(name, decoded)
    elif line.text == f"a={name}:{MASK}":  # what cannot be read is only the mask
        yield Part("value", MASK, _SECRET)
        return
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
    words = message.split(" ")
    beginnings = (" ".join(words[:count]) for count in (2, 1))  # the rest are numbers, as in ccm tmmbr smaxpr=120
    known = (values.meaning(name, "message", beginning) for beginning in beginnings)
    yield Part("payload type", str(feedback.payload_type), numbers.payload_type(str(feedback.payload_type)))
    yield Part("message", message, next(filter(None, known), NOTHING))


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
