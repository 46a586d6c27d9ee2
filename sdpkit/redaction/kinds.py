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

    def mask(self, text: str) -> str:
        """The value made unreadable: an x for each letter and digit."""
        return "".join("x" if char.isalnum() or _is_byte(char) else char for char in text)

    def number(self, text: str) -> int:
        """The number of which a text may be the stand-in: the first one in it."""
        found = _FIRST_NUMBER.search(text[:64])
        return int(found[0]) if found else 0

    def is_stand_in(self, text: str) -> bool:
        """Whether a text looks like a stand-in."""
        number = self.number(text)
        return number in RECOGNISED and self.write(number, text) == text


class Word(Kind):
    """An identifier: length, punctuation and alphabet stay.

    >>> Word("stream", "streams").write(2, "{67a1c0ee-30c4-4bbd-aeaf-5f9a7d0b1e52}")
    '{d0c00000-0000-0000-0000-000000000002}'
    """

    replaced = ALPHANUMERIC

    def series(self, text: str) -> str:
        return self.write(1, text)

    def room(self, text: str) -> int:
        body = only(self.replaced, text)
        return int((16 if _is_hex(body) else 10) ** max(1, len(body) - 1))

    def write(self, number: int, text: str) -> str:
        return _write_word(number, text, self.replaced, _TITLES[self.name])

    def is_stand_in(self, text: str) -> bool:
        return any(_is_written_word(text, replaced) for replaced in (Word.replaced, Secret.replaced))


class Secret(Word):
    """Credentials and keys, of which + and / are characters like any other (RFC 8839 §5.1, base64).

    >>> Secret("pwd", "credentials").write(1, "asd8/fgpdd777uzjYhagZ+")
    'pwd0000000000000000001'
    """

    replaced = ALPHANUMERIC | {"+", "/"}

    def mask(self, text: str) -> str:
        return "x" * len(text)


class Fingerprint(Word):
    """The digest of a certificate; capitals or not, it is the same. A placeholder, one byte repeated, stays.

    >>> Fingerprint("fingerprint", "fingerprints").write(1, "6B:8B:F0:65")
    'D0:C0:00:01'
    """

    def is_harmless(self, text: str) -> bool:
        return (":" in text and len(set(text.split(":"))) == 1) or super().is_harmless(text)

    def identity(self, text: str) -> str:
        return text.lower()

    def respell(self, stand_in: str, text: str) -> str:
        return in_case_of(text, stand_in)


class Foundation(Secret):
    """The foundation of a candidate: programs make it of addresses, so that some can be computed back from it.

    A short one is a mere count, and mediasoup's says nothing.
    """

    def is_harmless(self, text: str) -> bool:
        return len(text) < 5 or text in ("udpcandidate", "tcpcandidate") or super().is_harmless(text)


class Number(Kind):
    """A number that is a name, as an SSRC: it keeps its length, and stays on its side of what it is compared with."""

    space = "number"

    def is_harmless(self, text: str) -> bool:
        return len(text) < 5

    def room(self, text: str) -> int:
        return _alike(text).stop - _alike(text).start

    def write(self, number: int, text: str) -> str:
        return str(_alike(text).start + number).zfill(len(text))

    def number(self, text: str) -> int:
        return int(text) - _alike(text).start


class Session(Kind):
    """The session id of o= and its version; where both are a time, the version stays as far from the id as it was.

    >>> Session("session", "session").write(1, "3906123456 3906123457")
    '1000000001 1000000002'
    """

    space = "session"
    _ID = Number("", "")

    def is_harmless(self, text: str) -> bool:
        return self._ID.is_harmless(self.identity(text))

    def identity(self, text: str) -> str:
        return text.split(maxsplit=1)[0]

    def respell(self, stand_in: str, text: str) -> str:
        session_id, version = text.split()
        new_id = self.identity(stand_in)
        distance = int(version) - int(session_id)
        if abs(distance) <= int(session_id) // 1000:
            return text[: -len(version)].replace(session_id, new_id, 1) + str(int(new_id) + distance)
        return text.replace(session_id, new_id, 1)

    def room(self, text: str) -> int:
        return self._ID.room(self.identity(text))

    def write(self, number: int, text: str) -> str:
        return self.respell(self._ID.write(number, self.identity(text)), text)

    def number(self, text: str) -> int:
        return self._ID.number(self.identity(text))


class Port(Kind):
    """A port. An odd one stays odd, and two neighbours, one for RTP and one for RTCP, stay neighbours.

    >>> port = Port("port", "ports")
    >>> port.write(1, "49170"), port.write(1, "49171"), port.write(2, "6000")
    ('50000', '50001', '50002')
    """

    space = "port"

    def is_harmless(self, text: str) -> bool:
        return not 1024 <= int(text) < 65536

    def identity(self, text: str) -> str:
        return str(int(text) // 2)

    def respell(self, stand_in: str, text: str) -> str:
        return str(int(stand_in) // 2 * 2 + int(text) % 2).zfill(len(text))

    def room(self, text: str) -> int:
        return (65536 - _FIRST_PORT) // 2

    def write(self, number: int, text: str) -> str:
        even = 1024 + (_FIRST_PORT - 1024 + 2 * (number - 1)) % (65536 - 1024)
        return self.respell(str(even), text)

    def number(self, text: str) -> int:
        return (int(text) - _FIRST_PORT) // 2 + 1


class Text(Kind):
    """Text of any length, whose stand-ins are written by a template. What is odd in it stays: it may be the fault.

    >>> title = Text("title", "names", "title {}")
    >>> title.write(1, "Alice's birthday"), title.write(2, 'The "birthday" of Alice')
    ('title 1', 'tit "le2xxxxx" xx xxxxx')
    """

    def __init__(self, name: str, category: str, template: str) -> None:
        super().__init__(name, category)
        self.space = name
        self._template = template

    def is_harmless(self, text: str) -> bool:
        return _PROGRAM_TITLE(text) is not None or super().is_harmless(text)

    def write(self, number: int, text: str) -> str:
        written = self._template.format(number)
        if _PLAIN(text):
            return written
        return fill(text, only(ALPHANUMERIC, written).ljust(len(only(ALPHANUMERIC, text)), "x"))


class User(Text):
    """A user name. That of a program stays: it says who wrote the text, not for whom."""

    def is_harmless(self, text: str) -> bool:
        return _PROGRAM(text) is not None or super().is_harmless(text)


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


def only(wanted: Container[str], text: str) -> str:
    """The characters of a text that are among those wanted."""
    return "".join(char for char in text if char in wanted)


def in_case_of(text: str, written: str) -> str:
    """What was written, in capitals if the text is."""
    return written.upper() if text.isupper() else written


# How the stand-ins of words begin; none with a digit of hexadecimal, so that none looks like a number.
_TITLES = {
    "ufrag": "ufrag",
    "pwd": "pwd",
    "key": "key",
    "foundation": "net",  # not H, S or R, which are the type where hexadecimal digits follow (PJSIP)
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


def _is_hex(body: str) -> bool:
    """Whether characters are digits of hexadecimal, and not of decimal numbers alone."""
    return any(char.isalpha() for char in body) and set(body) <= set(string.hexdigits)


def _write_word(number: int, text: str, replaced: Container[str], title: str) -> str:
    """The title and the number in the place of the characters: the title as far as there is room for letters."""
    body = only(replaced, text)
    written = f"{number:x}" if _is_hex(body) else f"{number}"
    if _is_hex(body):
        title = "d0c"
    elif not any(char.isalpha() for char in body):
        title = ""
    title = title[: max(0, len(body) - max(_SHORTEST, len(written)))]
    return fill(text, in_case_of(body, title + written.rjust(len(body) - len(title), "0")), replaced)


def _is_written_word(text: str, replaced: Container[str]) -> bool:
    """Whether a word looks like the stand-in of one, of whichever kind."""
    body = only(replaced, text).lower()
    title = body[: len(body) - len(body.lstrip(string.ascii_lowercase))]
    if not _is_hex(body) and not any(each.startswith(title) for each in _TITLES.values()):
        return False
    try:
        number = int(body[-_SHORTEST:], 16 if _is_hex(body) else 10)
    except ValueError:
        return False
    return number in RECOGNISED and _write_word(number, text, replaced, title) == text


def _alike(text: str) -> range:
    """The numbers with as many digits as this one that exceed the same limits.

    Of more than 64 bits, which is always a mistake, those above the lowest 63 stay: Firefox looks at the 64th.
    """
    number = int(text)
    length = len(text.lstrip("0"))
    limits = [*_LIMITS, 10**length, number >> 63 << 63, (number >> 63) + 1 << 63]
    least = max(10 ** max(length - 1, 0), *(limit for limit in limits if limit <= number))
    return range(least, min(limit for limit in limits if limit > number))
