"""Kinds of private values, and what stands for each: values that say nothing, of the same grammar and length.

A kind writes the stand-in of any number; `sdpkit.redaction.table` chooses the numbers.
"""

import re
import string
import unicodedata
from collections.abc import Container

RECOGNISED = range(1, 256)
"""The numbers whose stand-ins are known for such in a text: hardly any real value looks like one of so few."""
ALPHANUMERIC = frozenset(string.ascii_letters + string.digits)


class Kind:
    """One kind of private values.

    `space` names those whose equal texts have equal stand-ins, `category` what can be kept.
    """

    space = "word"

    def __init__(self, name: str, category: str) -> None:
        self.name = name
        self.category = category

    def is_harmless(self, text: str) -> bool:
        """Whether a text tells nothing, and stays: here one without letters and digits, or with nothing but x."""
        return all(char in "xX" for char in text if char.isalnum() or _is_byte(char))

    def identity(self, text: str) -> str:
        """What all spellings of one value have in common: the text itself, where there are no others."""
        return text

    def respell(self, stand_in: str, text: str) -> str:
        """A stand-in written as `text` is, which is another spelling of what it stands for."""
        return stand_in

    def series(self, text: str) -> str:
        """What values are counted together with this one."""
        return self.name

    def room(self, text: str) -> int:
        """How many stand-ins there are for values like this one, about."""
        return 10**6

    def write(self, number: int, text: str) -> str:
        """The stand-in of this number, for a value that is written like `text`."""
        raise NotImplementedError

    def fill(text: str, filled: str, replaced: Container[str] = ALPHANUMERIC) -> str:
    """The text with other letters and digits; those that are too many stand behind the last one.

    Letters that are not ASCII become é, which is not ASCII either.

    >>> fill("a1-b2", "xyz789"), fill("Ärzte!", "xxxx1")
    ('xy-z789', 'éxxxx1!')
    """
    places = [place for place, char in enumerate(text) if char in replaced]
    chars = [_anonymous(char) for char in text]
    for place, char in zip(places, filled, strict=False):
        chars[place] = char
    end = places[-1] + 1 if places else len(chars)
    return "".join([*chars[:end], filled[len(places) :], *chars[end:]])


def in_case_of(text: str, written: str) -> str:
    """What was written, in capitals if the text is."""
    return written.upper() if text.isupper() else written


# How the stand-ins of words begin; none with a digit of hexadecimal, so that none looks like a number.
_TITLES = {
    "ufrag": "ufrag",
    "pwd": "pwd",
    "key": "key",
    "foundation": "host",
    "fingerprint": "sha",
    "association": "tls",
    "assertion": "identity",
    "cname": "name",
    "stream": "stream",
    "label": "label",
    "phone": "phone",
    "id": "id",
}
_SHORTEST = 3  # digits that a number has in a word, if the word has as many
_FIRST_PORT = 50000
_FIRST_NUMBER = re.compile("[0-9]{1,9}")
_PLAIN = re.compile(r"[A-Za-z0-9 ,.:;!?()'@/=+&%#*$~_-]+").fullmatch
_LIMITS = (0, 2**16, 2**32, 2**45, 2**63, 2**64)  # what stacks, rules and guesses compare with
_PROGRAM = re.compile(
    "(?:mozilla[.]{3}THIS_IS_SDPARTA|Mozilla-SIPUA|mediasoup-client|OvenMediaEngine|WowzaStreaming|str0m|SRS/).{0,20}"
    "|thisisadapterortc|rtc|root|FFmpeg|FreeSWITCH"
).fullmatch
_PROGRAM_TITLE = re.compile(
    "(?:Asterisk|FreeSWITCH|Kurento Media Server|pjmedia|sipsorcery|semantic-sdp|SRSP|LicodeMCU|HIK Media Server"
    "|Session streamed with GStreamer).{0,20}|(?:SIP )?(?:Talk|Call)|session|No Name|NONE"
).fullmatch


def _is_byte(char: str) -> bool:
    """Whether a character stands for a byte that is no UTF-8 (PEP 383)."""
    return "\udc80" <= char <= "\udcff"


def _anonymous(char: str) -> str:
    if _is_byte(char):
        return "\udcff"
    return char if char.isascii() or unicodedata.category(char)[0] not in "LMN" else "é"


def _only(wanted: Container[str], text: str) -> str:
    return "".join(char for char in text if char in wanted)


def _is_hex(body: str) -> bool:
    """Whether characters are digits of hexadecimal, and not of decimal numbers alone."""
    return any(char.isalpha() for char in body) and set(body) <= set(string.hexdigits)


def _write_word(number: int, text: str, replaced: Container[str], title: str) -> str:
    """The title and the number in the place of the characters: the title as far as there is room for letters."""
    body = _only(replaced, text)
    written = f"{number:x}" if _is_hex(body) else f"{number}"
    if _is_hex(body):
        title = "d0c"
    elif not any(char.isalpha() for char in body):
        title = ""
    title = title[: max(0, len(body) - max(_SHORTEST, len(written)))]
    return fill(text, in_case_of(body, title + written.rjust(len(body) - len(title), "0")), replaced)


def _is_written_word(text: str, replaced: Container[str]) -> bool:
    """Whether a word looks like the stand-in of one, of whichever kind."""
    body = _only(replaced, text).lower()
    title = body[: len(body) - len(body.lstrip(string.ascii_lowercase))]
    if not _is_hex(body) and not any(each.startswith(title) for each in _TITLES.values()):
        return False
    try:
        number = int(body[-_SHORTEST:], 16 if _is_hex(body) else 10)
    except ValueError:
        return False
    return number in RECOGNISED and _write_word(number, text, replaced, title) == text


def _alike(text: str) -> range:
    """The numbers with as many digits as this one that exceed the same limits."""
    number = int(text)
    length = len(text.lstrip("0"))
    least = max(10 ** max(length - 1, 0), *(limit for limit in _LIMITS if limit <= number))
    most = min(10**length, *(limit for limit in _LIMITS if limit > number)) if number < _LIMITS[-1] else 10**length
    return range(least, most)
