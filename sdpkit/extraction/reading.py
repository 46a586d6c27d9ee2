"""A recording as it is read: what was exchanged, and what a browser reported of it."""

import zlib
from collections.abc import Iterable, Iterator

from sdpkit.extraction.notices import notices
from sdpkit.extraction.recording import Extraction
from sdpkit.extraction.rounds import exchanges
from sdpkit.intake import find_in_stream
from sdpkit.intake.encodings import GZIP, inflate_all

_GZIP = b"\x1f\x8b"
_BEGINNINGS = (_GZIP, b"{", b"RTCStatsDump")
_MOST = 256 * 1024 * 1024  # bytes of a dump, as in the search for descriptions


def read(chunks: Iterable[bytes]) -> Extraction:
    """All that is in a recording, which comes piece by piece. Raises SDPError as `find_descriptions` does."""
    kept = bytearray()
    finds = tuple(find_in_stream(_keeping(chunks, kept)))
    return Extraction(exchanges(finds, notices(_unpacked(bytes(kept)))))


def _keeping(chunks: Iterable[bytes], kept: bytearray) -> Iterator[bytes]:
    """The pieces, which are kept, too, if they may be those of a dump, and not too many."""
    may_be_dump = True
    for chunk in chunks:
        may_be_dump &= bool(kept) or chunk.lstrip().startswith(_BEGINNINGS)
        may_be_dump &= len(kept) + len(chunk) <= _MOST
        if may_be_dump:
            kept += chunk
        else:
            kept.clear()
        yield chunk


def _unpacked(data: bytes) -> bytes:
    """What was compressed, as far as it is there; nothing if it is too much."""
    if not data.startswith(_GZIP):
        return data
    unpacked = bytearray()
    try:
        for piece in inflate_all([data], GZIP):
            unpacked += piece
            if len(unpacked) > _MOST:
                return b""
    except (EOFError, zlib.error):
        pass
    return bytes(unpacked)
