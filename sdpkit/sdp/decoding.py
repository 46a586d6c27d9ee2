"""From a line to its typed value, and back."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from sdpkit.finding import Finding, SDPError, Severity, Span, fault, shorten
from sdpkit.sdp import fields
from sdpkit.sdp.attributes import ATTRIBUTES
from sdpkit.sdp.attributes.registry import integer, optional_text, text
from sdpkit.sdp.lines import PENDING, Line

Decoder = Callable[[str], Any]


def _no_name(_: str) -> None:
    """Says that an attribute has no name."""
    raise fault("SYN023", "an attribute without a name", "RFC 8866 §5.13", start=0, end=1)


# What reads the value of a line that is not an attribute.
_FIELDS: dict[str, Decoder] = {
    "v=": integer,
    "o=": fields.Origin.parse,
    "s=": text,
    "i=": text,
    "u=": text,
    "e=": text,
    "p=": text,
    "c=": fields.ConnectionData.parse,
    "b=": fields.Bandwidth.parse,
    "t=": fields.Timing.parse,
    "r=": fields.RepeatTime.parse,
    "z=": fields.TimeZones.parse,
    "k=": fields.EncryptionKey.parse,
    "m=": fields.Media.parse,
}
_ATTRIBUTES: dict[str, Decoder] = {
    "a=": _no_name,
    **{f"a={name}": attribute.decode for name, attribute in ATTRIBUTES.items()},
}
# The values that come again in other descriptions, by their lines. Those that are secret, or another each time, are
# not kept.
_KEPT: dict[str, Any] = {}
_NEVER_KEPT = {
    "acap",
    "candidate",
    "crypto",
    "fingerprint",
    "ice-pwd",
    "ice-ufrag",
    "identity",
    "key-mgmt",
    "msid",
    "ssrc",
}
_KEYS_KEPT = {"v=", "s=", "b=", "t=", *(f"a={name}" for name in ATTRIBUTES.keys() - _NEVER_KEPT)}
_MOST_KEPT = 4096
_LONGEST_KEPT = 200
_BLANKS = re.compile("[ \t]+")
_QUOTED = re.compile(r"[\s>|]+[a-z]=")
_SPACED = re.compile(r"[a-z][ \t]+=")


def key_of(line: Line) -> str:
    """What a line is about: `a=mid` for an attribute, `c=` for another type, nothing for text without a type."""
    text = line.text
    key = text.partition(":")[0]
    if key in _ATTRIBUTES:
        return key
    if text[:2] == "a=":
        return key.rstrip(" \t")
    return text[:2] if text[1:2] == "=" else ""


def decode(line: Line) -> Any:
    """The typed value of a line, made on first use and kept on the line; `line.faults` say what is wrong with it.

    An attribute that the registry does not know has its text as its value, or True when it has none. A line that
    cannot be decoded has None.
    """
    if line.decoded is PENDING:
        decode_all((line,))
    return line.decoded


def decode_all(lines: Iterable[Line]) -> None:
    """Makes the values of all these lines that have none yet, as `decode` does.

    Most lines of a description name codecs and header extensions, and all descriptions of a program have the same few
    hundred of those. So their values, which are immutable, are kept from one description to the next.
    """
    for line in lines:
        if line.decoded is PENDING:
            kept = _KEPT.get(line.text)
            line.decoded = _decode(line) if kept is None else kept


def _decode(line: Line) -> Any:
    whole = line.text
    key, _, text = whole.partition(":")
    decoder = _ATTRIBUTES.get(key)
    if decoder is None:
        decoder, text, _ = _decoder(whole)
        key = whole[:2]
    try:
        value = decoder(text)
    except SDPError as error:
        value, line.faults = _recover(decoder, text, error)
        return value
    if key in _KEYS_KEPT and len(whole) <= _LONGEST_KEPT:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        _KEPT[whole] = value
    return value


def findings_of(line: Line) -> tuple[Finding, ...]:
    """What is wrong with a line, each finding at its place in the whole text."""
    decode(line)
    if not line.faults:
        return ()
    _, _, start = _decoder(line.text)
    return tuple(finding.moved(line.number, start) for finding in line.faults)


def encode(key: str, value: Any) -> str:
    """The text of the line that says `value` under `key` (see `key_of`): the mirror image of `decode`.

    Raises SDPError for a value that is none of that key (SYN031), or would become more than one line (SYN030).
    """
    try:
        text = _encode(key, value)
    except (AttributeError, TypeError, ValueError):
        raise _no_value(key, value) from None
    line = Line(1, 0, one_line(text), "")
    known = key in _FIELDS or key in _ATTRIBUTES
    if known and (decode(line) is None or line.faults or _encode(key, line.decoded) != text):
        raise _no_value(key, value)
    return text


def _no_value(key: str, value: Any) -> SDPError:
    return fault("SYN031", f"{shorten(repr(value))} is no value of {key}", "RFC 8866 §5", start=0, end=len(key))


def _encode(key: str, value: Any) -> str:
    if not key.startswith("a="):
        return f"{key}{value}"
    attribute = ATTRIBUTES.get(key[2:])
    if attribute is None:
        return key if value is True else f"{key}:{value}"
    written = attribute.encode(value)
    return f"{key}:{written}" if written else key


def one_line(text: str) -> str:
    """The text, if it is one line. Raises SDPError (SYN030) otherwise: it would smuggle in another line."""
    if "\n" in text or "\r" in text:
        raise fault("SYN030", "a value cannot hold a line break", "RFC 8866 §5", start=0, end=len(text))
    return text


def _decoder(line: str) -> tuple[Decoder, str, int]:
    """What reads the value of a line, the value, and where it begins."""
    if line[:2] != "a=":
        decoder = _FIELDS.get(line[:2])
        return (decoder, line[2:], 2) if decoder else (_no_type, line, 0)
    key, colon, value = line.partition(":")
    name = key.rstrip(" \t")
    if key == name:
        unknown = optional_text if colon else _unknown_flag
        return _ATTRIBUTES.get(key, unknown), value, len(key) + len(colon)
    return _ATTRIBUTES.get(name, optional_text), key[len(name) :] + value, len(name)


def _recover(decoder: Decoder, value: str, error: SDPError) -> tuple[Any, tuple[Finding, ...]]:
    """Whether only blanks keep a value from being read: then the value, and a finding about them."""
    tidy = _BLANKS.sub(" ", value).strip(" ")
    if tidy == value or decoder is _no_type:
        return None, error.findings
    try:
        decoded = decoder(tidy)
    except SDPError:
        return None, error.findings
    return decoded, (_odd_blanks(value, tidy),)


def _odd_blanks(value: str, tidy: str) -> Finding:
    """What is wrong with the blanks of a value that is right without them."""
    around = tidy == value.strip(" \t")
    if around and value[0] in " \t":
        message, start, end = "blanks before the value", 0, len(value) - len(value.lstrip(" \t"))
    elif around:
        message, start, end = "blanks at the end of the line", len(tidy), len(value)
    else:
        odd = next(blanks for blanks in _BLANKS.finditer(value) if blanks[0] != " ")
        message, start, end = "fields are separated by one single blank", odd.start(), odd.end()
    code, severity = ("SYN011", Severity.WARNING) if around else ("SYN015", Severity.ERROR)
    return Finding(code, severity, message, Span(1, start + 1, end + 1), "RFC 8866 §9")


def _unknown_flag(_: str) -> bool:
    """An attribute without a value that the registry does not know."""
    return True


def _no_type(line: str) -> None:
    """Says what is wrong with a line that no type letter begins."""
    reference = "RFC 8866 §5"
    if not line.strip(" \t"):
        code, message, end = "SYN008", "blank line", len(line)
    elif line[0] == "\ufeff":
        code, message, end = "SYN009", "a byte order mark stands before the first line", 1
    elif quoted := _QUOTED.match(line):
        code, message, end = "SYN010", "something stands before the type letter", quoted.end() - 2
    elif spaced := _SPACED.match(line):
        code, message, end = "SYN012", "blanks between the type letter and the equals sign", spaced.end() - 1
    elif line[1:2] == "=" and line[0].lower() + "=" in _FIELDS | {"a=": text}:
        code, message, end = "SYN019", f'the type letter "{line[0]}" must be in lower case', 1
    elif line[1:2] == "=" and line[0].isalpha():
        code, message, end = "SYN014", f'there is no line of type "{line[0]}"', 1
    else:
        code, message, end = "SYN013", "this line is not <type>=<value>", len(line)
    raise fault(code, message, reference, start=0, end=max(1, end))
