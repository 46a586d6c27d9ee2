"""The smallest pieces of libwebrtc's parser: how it cuts texts, reads numbers, and says what it cannot read.

Texts are byte strings to libwebrtc. Here they are str with one character for each byte of the UTF-8.
"""

import re

from sdpkit.grammar import NUMBERS

_NUMBER = re.compile(r"-?[0-9]+")
_TOKEN = re.compile(r"[!#-'*+\-.0-9A-Z^-~]*")


class RefusalError(Exception):
    """What libwebrtc does not take; the text is its own."""


def unparsable(line: str, reason: str) -> RefusalError:
    """The refusal of a text that cannot be parsed. Line and reason may be empty; each is cut at a NUL (measured)."""
    line, reason = (text.partition("\0")[0] for text in (line, reason))
    return RefusalError(f"Failed to parse SessionDescription. {line} {reason}")


def as_bytes(text: str) -> str:
    """A text as libwebrtc sees it: one character a byte."""
    return text.encode("utf-8", "replace").decode("latin-1")


def as_shown(error: str) -> str:
    """An error as JavaScript shows it: cut at a NUL, and each byte taken for a character (measured)."""
    return as_bytes(error.partition("\0")[0])


def integer(text: str) -> int | None:
    """A signed number of 32 bits: digits with at most a minus before them, no plus and no blanks."""
    if len(text) > 64 or not _NUMBER.fullmatch(text):
        return None
    number = int(text)
    return number if -(2**31) <= number < 2**31 else None


def natural(text: str, bits: int = 32) -> int | None:
    """An unsigned number; "-0" is one."""
    if len(text) > 64 or not _NUMBER.fullmatch(text):
        return None
    number = int(text)
    return number if 0 <= number < 2**bits else None


def is_token(text: str) -> bool:
    """Whether all characters may be in a token (RFC 8866 §9); an empty text is one."""
    return _TOKEN.fullmatch(text) is not None


def first_token(text: str, delimiter: str) -> tuple[str, str] | None:
    """What is before a delimiter, and what is behind it and its repetitions; None when there is no delimiter."""
    token, found, rest = text.partition(delimiter)
    return (token, rest.lstrip(delimiter)) if found else None


def value_of(text: str, attribute: str) -> str:
    """The value in `<attribute>:<value>`."""
    name, colon, value = text.partition(":")
    if not colon or not name.endswith(attribute):
        raise unparsable(text, f"Failed to get the value of attribute: {attribute}")
    return value.lstrip(":")


def number_in(line: str, text: str) -> int:
    """A signed number that a line has."""
    number = integer(text)
    if number is None:
        raise unparsable(line, f"Invalid value: {text}.")
    return number


def natural_in(line: str, text: str, bits: int = 32) -> int:
    """An unsigned number that a line has."""
    number = natural(text, bits)
    if number is None:
        raise unparsable(line, f"Invalid value: {text}.")
    return number


def payload_type_in(line: str, text: str) -> int:
    """A payload type that a line has. For a number that is none, neither line nor reason is given (measured)."""
    number = NUMBERS[text] if text in NUMBERS else number_in(line, text)
    if not 0 <= number <= 127:
        raise unparsable("", "")
    return number


def fields_of(line: str, at_least: int = 1) -> list[str]:
    """What stands behind `a=` or `m=`, cut at every single blank: two blanks have an empty field between them."""
    fields = line[2:].split(" ")
    if len(fields) < at_least:
        raise unparsable(line, f"Expects at least {at_least} fields.")
    return fields
