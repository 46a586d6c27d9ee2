"""Bytes and characters that stand for others: gzip, deflate, UTF-16, base64, percent-encoding."""

import re
import zlib
from base64 import b64decode
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote, unquote_plus

from sdpkit.finding import SDPError, fault
from sdpkit.sdp.lines import Limits

GZIP, ZLIB, RAW = zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS
"""The kinds of deflate streams as zlib calls them: RFC 1952, RFC 1950, RFC 1951."""
MOST = Limits().characters
"""How many bytes or characters one layer may unpack to."""
_FREE = 16 * 1024 * 1024  # up to this size anything may become anything
_RATIO = 200  # logs shrink to a fiftieth at best; bombs to a thousandth
_LEAST = 32  # bytes that come out of what is not random
_STEP = 1024 * 1024
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]+")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_TO_STANDARD = str.maketrans("-_", "+/")


class Inflated(NamedTuple):
    """What came out of a deflate stream; `is_whole` is whether its end was there."""

    data: bytes
    is_whole: bool


def inflate(data: bytes, kind: int) -> Inflated | None:
    """The bytes of a deflate stream, as many as are left of one that was cut; None when it is none.

    Raises SDPError (SYN025) for what would fill the memory.

    >>> inflate(zlib.compress(b"v=0"), ZLIB)
    Inflated(data=b'v=0', is_whole=True)
    """
    out = bytearray()
    is_whole = True
    try:
        for piece in inflate_all([data], kind):
            out += piece
            if len(out) > MOST:
                raise too_large(MOST)
    except (zlib.error, EOFError):
        is_whole = False
    return Inflated(bytes(out), is_whole) if is_whole or len(out) >= _LEAST else None


def inflate_all(chunks: Iterable[bytes], kind: int) -> Iterator[bytes]:
    """What comes out of a deflate stream that comes in pieces; of several, if it is gzip (RFC 1952 §2.2).

    Raises EOFError at the end of a stream that was cut, zlib.error for bytes that are none, SDPError (SYN025) for those
    of a bomb.
    """
    stream = zlib.decompressobj(kind)
    packed = unpacked = 0
    for chunk in chunks:
        data = chunk
        packed += len(data)
        while True:
            if stream.eof:
                data = data.lstrip(b"\0") if kind == GZIP else b""
                if not data:
                    break
                stream = zlib.decompressobj(kind)
            piece = stream.decompress(data, _STEP)
            unpacked += len(piece)
            if unpacked > max(_FREE, _RATIO * packed):
                raise too_large(unpacked)
            yield piece
            data = stream.unused_data or stream.unconsumed_tail
            if not (data or piece):
                break
    if not stream.eof:
        raise EOFError


def too_large(limit: int) -> SDPError:
    """What is said of a text that is, or unpacks to, more than anything real."""
    message = f"it unpacks to more than {limit:,} characters"
    return fault("SYN025", message, "", start=0, end=1, help="unpack it yourself, and give the part that matters")


def decode_base64(text: str) -> bytes | None:
    """The bytes of base64 or base64url (RFC 4648 §4 and §5); of a text that was cut, those that are whole.

    >>> decode_base64("dj0wDQo"), decode_base64("v=0")
    (b'v=0\\r\\n', None)
    """
    bare = text.rstrip("=")
    if not _BASE64.fullmatch(bare):
        return None
    if len(bare) % 4 == 1:
        bare = bare[:-1]
    return b64decode(bare.translate(_TO_STANDARD) + "=" * (-len(bare) % 4))


def decode_percent(text: str) -> str | None:
    """Percent-encoded text (RFC 3986 §2.1) as it was, also from a form, where + is a blank; None when it is none.

    >>> decode_percent("v%3D0%0D%0Ao=-+1+1+IN")
    'v=0\\r\\no=- 1 1 IN'
    """
    if not _PERCENT.search(text):
        return None
    as_form = "+" in text and "%20" not in text and "+IN" in text
    return (unquote_plus if as_form else unquote)(text, errors="surrogateescape")


def decode_text(data: bytes) -> tuple[str, str]:
    """The text of bytes, and the name of its encoding where that is not UTF-8. Bytes that are none survive (PEP 383).

    >>> decode_text("v=0".encode("utf-16"))
    ('v=0', 'UTF-16')
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "UTF-16"
    if data[1:4:2] == b"\0\0" and data[0:3:2].isascii() and b"\0" not in data[0:3:2]:
        return data.decode("utf-16-le", "replace"), "UTF-16"
    if data[0:3:2] == b"\0\0" and data[1:4:2].isascii() and b"\0" not in data[1:4:2]:
        return data.decode("utf-16-be", "replace"), "UTF-16"
    return data.decode("utf-8", "surrogateescape"), ""
