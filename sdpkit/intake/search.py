"""The search for descriptions: what shape a text has is found out layer by layer, until there is SDP."""

from collections.abc import Iterator

from sdpkit.intake.capture_files import is_capture
from sdpkit.intake.captures import read_capture
from sdpkit.intake.dumps import HEADS, read_rtcstats
from sdpkit.intake.encodings import GZIP, MOST, RAW, ZLIB, decode_base64, decode_text, inflate, too_large
from sdpkit.intake.find import Certainty, Find, Repair, Source, inside
from sdpkit.intake.json_shapes import may_be_json, read_events, read_json, too_deep
from sdpkit.intake.marks import is_base64, is_promising
from sdpkit.intake.rows import is_typed
from sdpkit.intake.text import read_text

_MOST_LAYERS = 12  # of encodings in each other
_MOST_IN_ALL = 4 * MOST
CUT = Repair("the compressed data was cut: what follows is lost", Certainty.CERTAIN)


def find_descriptions(blob: bytes | str) -> tuple[Find, ...]:
    r"""All descriptions, fragments and candidates in something that people have, in their order.

    Raises SDPError for what unpacks to more than any memory should hold (SYN025), or is nested too deeply (INT002).

    >>> text = '{"type": "offer", "sdp": "v=0\\r\\no=- 1 1 IN IP4 192.0.2.1\\r\\ns=-\\r\\nt=0 0\\r\\n"}'
    >>> find, = find_descriptions(text)
    >>> find.type, find.path, find.read_as, find.text[:5]
    ('offer', '.sdp', ('JSON',), 'v=0\r\n')
    """
    search = Search()
    if isinstance(blob, str):
        return tuple(search.in_text(blob.removeprefix("\ufeff"), Source()))
    return tuple(search.in_bytes(blob, Source()))


class Search:
    """One search: how much it has unpacked so far, so that nothing small becomes endless."""

    def __init__(self) -> None:
        self._unpacked = 0

    def in_bytes(self, data: bytes, source: Source) -> Iterator[Find]:
        """What is in bytes: compressed, captured, or text in some encoding."""
        if data.startswith(b"\x1f\x8b"):
            yield from self.inflated(data, GZIP, inside(source, "gzip"))
        elif data[:1] == b"x" and len(data) > 2 and int.from_bytes(data[:2]) % 31 == 0:  # RFC 1950 §2.2
            yield from self.inflated(data, ZLIB, inside(source, "zlib"))
        elif is_capture(data):
            yield from read_capture(data, source, self)
        else:
            text, encoding = decode_text(data)
            text = text.removeprefix("\ufeff")
            if is_promising(text) or is_typed(text) or may_be_json(text):
                yield from self.in_text(text, inside(source, encoding) if encoding else source)
            elif source.read_as:  # raw deflate has no sign of its own: only inside of something is it looked for
                yield from self.inflated(data, RAW, inside(source, "deflate"))

    def inflated(self, data: bytes, kind: int, source: Source) -> Iterator[Find]:
        """What is in a deflate stream."""
        inflated = inflate(data, kind)
        if inflated is None:
            return
        if not inflated.is_whole:
            source = inside(source, repairs=(*source.repairs, CUT))
        self._spend(len(inflated.data), source)
        yield from self.in_bytes(inflated.data, source)

    def in_text(self, text: str, source: Source) -> Iterator[Find]:
        """What is in a text."""
        if not (is_promising(text) or is_typed(text) or may_be_json(text)):
            return
        self._spend(len(text) if source.read_as else 0, source)
        found = self._whole(text, source)
        yield from self._anywhere(text, source) if found is None else found

    def _anywhere(self, text: str, source: Source) -> Iterator[Find]:
        """What is somewhere in a text."""
        for taken in read_text(text, source, self):
            yield from taken.finds

    def _whole(self, text: str, source: Source) -> Iterator[Find] | None:
        """What is in a text that is wholly of one shape; None for any other."""
        if text.startswith(HEADS):
            return read_events(read_rtcstats(text.split("\n"), source), self)
        found = read_json(text, source, self)
        if found is None and is_base64(text):
            data = decode_base64("".join(text.split()))
            found = None if data is None else self.in_bytes(data, inside(source, "base64"))
        return found

    def _spend(self, size: int, source: Source) -> None:
        """Raises SDPError for more layers, or more in all of them, than anything real has."""
        self._unpacked += size
        if self._unpacked > _MOST_IN_ALL:
            raise too_large(_MOST_IN_ALL)
        if len(source.read_as) > _MOST_LAYERS:
            raise too_deep()
