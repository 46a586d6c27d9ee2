"""Files of any size: what is small is read at once, a long log window by window."""

import json
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from sdpkit.intake import dumps
from sdpkit.intake.capture_files import is_capture
from sdpkit.intake.encodings import GZIP, inflate_all, too_large
from sdpkit.intake.find import Find, Source, inside
from sdpkit.intake.json_shapes import read_events, too_deep
from sdpkit.intake.marks import is_promising
from sdpkit.intake.search import CUT, Search
from sdpkit.intake.text import read_text

_WHOLE = 8 * 1024 * 1024  # bytes that are read at once
_WINDOW = 4 * 1024 * 1024
_OVERLAP = 1024 * 1024  # bytes in which a description that begins in one window must end
_MOST = 192 * 1024 * 1024  # bytes of what can only be read at once
_MOST_LAYERS = 4  # of gzip


def find_in_stream(chunks: Iterable[bytes]) -> Iterator[Find]:
    """All descriptions, fragments and candidates in a file that comes piece by piece, in their order.

    Of a long text no more than a few MB are held at a time. Raises SDPError as `find_descriptions` does.
    """
    source = Source()
    head, rest = _first(chunks)
    while head.startswith(b"\x1f\x8b"):
        unpacking = _Gunzip(chain([head], rest))
        head, rest = _first(unpacking)
        source = inside(source, "gzip", repairs=(*source.repairs, CUT) if unpacking.is_cut else source.repairs)
        if len(source.read_as) > _MOST_LAYERS:
            raise too_deep()
    more = next(rest, b"")
    if more:
        yield from _find_in_long(head, chain([more], rest), source)
    else:
        yield from Search().in_bytes(head, source)


def _first(chunks: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """As many bytes as are read at once, if there are as many, and what follows them."""
    rest = iter(chunks)
    head = bytearray()
    while len(head) < _WHOLE and (chunk := next(rest, b"")):
        head += chunk
    return bytes(head), rest


class _Gunzip:
    """What comes out of gzip, piece by piece; `is_cut` once it has ended in the midst."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self.is_cut = False

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from filter(None, inflate_all(self._chunks, GZIP))
        except (EOFError, zlib.error):
            self.is_cut = True


def _find_in_long(head: bytes, rest: Iterator[bytes], source: Source) -> Iterator[Find]:
    """What is in a file that is not read at once, if it can be helped."""
    chunks = chain([head], rest)
    search = Search()
    if head[:20].decode("latin-1").startswith(dumps.HEADS):
        return read_events(dumps.read_rtcstats(_lines(chunks), source), search)
    if _is_one_document(head) or is_capture(head) or b"\0" in head[:4]:
        data = _joined(chunks)
        dump = dumps.decode_internals(data) if b'"PeerConnections"' in data else None
        if dump is not None:
            return read_events(dumps.read_internals(dump, source), search)
        return search.in_bytes(data, source)
    return _find_in_windows(chunks, source, search)


def _is_one_document(head: bytes) -> bool:
    """Whether a file that begins so is one JSON document, and not one a line."""
    if head.lstrip()[:1] not in (b"{", b"["):
        return False
    line, end, _ = head.lstrip().partition(b"\n")
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return True
    return not end


def _joined(chunks: Iterable[bytes]) -> bytes:
    """All of a file that can only be read at once. Raises SDPError (SYN025) for one that is too large for that."""
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > _MOST:
            raise too_large(_MOST)
    return bytes(data)


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """The lines of a text."""
    for piece in _pieces(chunks, _WINDOW):
        yield from piece.decode("utf-8", "surrogateescape").splitlines()


def _pieces(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """A text in pieces of about one size that end with a line, if lines are not far longer."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= size:
            end = held.rfind(b"\n", 0, size) + 1 or size
            yield bytes(held[:end])
            del held[:end]
    yield bytes(held)


def _find_in_windows(chunks: Iterable[bytes], source: Source, search: Search) -> Iterator[Find]:
    """What is in a text that is too long to be held: each window begins again where the last one is read no further.

    So nothing that is shorter than their overlap is torn apart.
    """
    text, line, offset = "", 1, 0
    for piece in chain(_pieces(chunks, _WINDOW), [None]):
        text += (piece or b"").decode("utf-8", "surrogateescape")
        most = len(text) if piece is None else max(0, len(text) - _OVERLAP)
        end = most if piece is None else text.rfind("\n", 0, most) + 1 or most
        if is_promising(text):
            for taken in read_text(text, source, search):
                if taken.start >= end:
                    break
                yield from (_moved(find, line - 1, offset) for find in taken.finds)
                end = max(end, taken.end)
        line += text.count("\n", 0, end)
        offset += end
        text = text[end:]


def _moved(find: Find, lines: int, characters: int) -> Find:
    """A find in a window, at its place in the whole text."""
    return msgspec.structs.replace(find, line=(find.line or 1) + lines, offset=(find.offset or 0) + characters)
