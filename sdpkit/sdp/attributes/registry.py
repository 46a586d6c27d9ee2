"""What an entry of the attribute registry says, and the plain kinds of values that need no class of their own."""

import enum
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec

from sdpkit.finding import SDPError, fault, shorten
from sdpkit.grammar import TOKEN


class Level(enum.StrEnum):
    """Where an attribute may stand."""

    SESSION = "session"
    MEDIA = "media"
    BOTH = "both"


class Mux(enum.StrEnum):
    """What becomes of an attribute when m-sections share one transport (RFC 8859 §4)."""

    NORMAL = "NORMAL"
    CAUTION = "CAUTION"
    IDENTICAL = "IDENTICAL"
    SUM = "SUM"
    TRANSPORT = "TRANSPORT"
    INHERIT = "INHERIT"
    IDENTICAL_PER_PT = "IDENTICAL-PER-PT"
    SPECIAL = "SPECIAL"
    TBD = "TBD"
    NOT_RECOMMENDED = "NOT-RECOMMENDED"


class Attribute(msgspec.Struct, frozen=True):
    """One attribute: where it may stand, what it means, and how its value is read and written.

    `decode` takes the text behind the colon (empty when there is none) and raises SDPError when it does not fit;
    `encode` is its mirror image. `repeats` is whether one level may hold several. `mux` is None when no RFC gives it.
    """

    name: str
    level: Level
    mux: Mux | None
    reference: str
    summary: str
    decode: Callable[[str], Any]
    encode: Callable[[Any], str] = str
    repeats: bool = False


def flag(text: str) -> bool:
    """The value of an attribute that is there or is not: True."""
    if text:
        raise fault("SYN028", "this attribute takes no value", "RFC 8866 §5.13", start=0, end=len(text))
    return True


def write_flag(value: bool) -> str:
    """The mirror image of `flag`."""
    if value is not True:
        raise TypeError("this attribute is there (True) or not")
    return ""


def text(text: str) -> str:
    """A value that is kept as it is, whatever it says."""
    if not text:
        raise _misfit("a value", text)
    return text


def optional_text(text: str) -> str:
    """A value that is kept as it is and may be missing."""
    return text


def token(text: str) -> str:
    """One token (RFC 8866 §9)."""
    if not _TOKEN(text):
        raise _misfit("a token (letters, digits and !#$%&'*+-.^_`{|}~)", text)
    return text


def word(text: str) -> str:
    """A value without blanks, whatever else it says."""
    if not _WORD(text):
        raise _misfit("a value without blanks", text)
    return text


def one_of(*values: str, code: str = "SYN029") -> Callable[[str], str]:
    """A decoder for a value that is one of a few words, in lower case."""

    def decode(text: str) -> str:
        if text not in values:
            raise _misfit(f"one of {', '.join(values)}", text, code)
        return text

    return decode


def integer(text: str) -> int:
    """A number in ASCII digits."""
    if not _INTEGER(text):
        raise _misfit("digits", text)
    return int(text)


def decimal(text: str) -> Decimal:
    """A number that may have a fraction; a Decimal writes 29.970 as it was read."""
    if not _DECIMAL(text):
        raise _misfit("a number", text)
    return Decimal(text)


def write_decimal(value: Decimal | float) -> str:
    """The mirror image of `decimal`: never with an exponent, as in 1E-7."""
    return f"{Decimal(str(value)):f}"


def words(text: str) -> tuple[str, ...]:
    """Values that single blanks separate."""
    if not _WORDS(text):
        raise _misfit("values separated by single blanks", text)
    return tuple(text.split(" "))


def write_words(values: tuple[str, ...]) -> str:
    """The mirror image of `words`."""
    if isinstance(values, str):  # whose letters are no words
        raise TypeError("expected a tuple of words, not one str")
    return " ".join(values)


_TOKEN = re.compile(TOKEN).fullmatch
_INTEGER = re.compile("[0-9]{1,1000}").fullmatch
_DECIMAL = re.compile(r"[0-9]{1,1000}(?:\.[0-9]{1,1000})?").fullmatch
_WORD = re.compile("[^ \t]+").fullmatch
_WORDS = re.compile("[^ \t]+(?: [^ \t]+)*").fullmatch


def _misfit(expected: str, text: str, code: str = "SYN029") -> SDPError:
    found = f'found "{shorten(text)}"' if text else "but there is no value"
    code = code if text else "SYN023"
    return fault(code, f"expected {expected}, {found}", "RFC 8866 §5.13", start=0, end=max(1, len(text)))
