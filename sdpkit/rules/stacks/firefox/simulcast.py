"""What Firefox reads of a=rid and a=simulcast."""

from collections.abc import Iterator

from sdpkit.rules.stacks.firefox.tokens import LONGEST_TOKEN, UINT_MAX

_BLANKS = tuple(" \t\v\f\r\n")
_DIGITS = tuple("0123456789")


class MalformedError(Exception):
    """What is wrong with an a=rid or a=simulcast."""


class Stream:
    """A text as C++ reads it: once the end has been seen there is no column any more."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.ended = False

    @property
    def column(self) -> int:
        return -1 if self.ended else self.place

    def peek(self) -> str:
        """The next character; empty at the end."""
        self.ended |= self.place >= len(self.text)
        return self.text[self.place : self.place + 1]

    def skip_blanks(self) -> None:
        while self.peek() in _BLANKS:
            self.place += 1

    def skip(self, character: str) -> bool:
        """Whether this character is next; it is passed then."""
        found = self.peek() == character
        self.place += found
        return found

    def token(self, delimiters: str) -> str:
        """The text up to a delimiter, in lower case."""
        start = self.place
        while self.peek() and self.peek() not in delimiters:
            self.place += 1
        return self.text[start : self.place].lower()

    def unsigned(self, most: int) -> None:
        """Passes a number of at most this value."""
        if self.peek() == "-":
            raise MalformedError("Value is less than 0")
        start = self.place
        while self.peek() in _DIGITS:
            self.place += 1
        digits = self.text[start : self.place]
        if not digits or len(digits) > LONGEST_TOKEN:
            raise MalformedError("Malformed")
        if int(digits) > most:
            raise MalformedError("Value too large")


def _check_rid(rid: str) -> None:
    if not rid:
        raise MalformedError("Rid must be non-empty (according to RFC 8851)")
    if not rid.isalnum():
        raise MalformedError("Rid can contain only alphanumeric characters (according to RFC 8852)")


def read_simulcast(stream: Stream) -> list[tuple[str, str]]:
    """The rids of a=simulcast, each with its direction."""
    rids: dict[str, list[str]] = {}
    stream.skip_blanks()
    while direction := stream.token(" \t"):
        if direction not in ("send", "recv"):
            raise MalformedError("Type must be either 'send' or 'recv'")
        if direction in rids:
            raise MalformedError(f"Already got a {direction} list")
        stream.skip_blanks()
        rids[direction] = list(_versions(stream))
        stream.skip_blanks()
    if not rids:
        raise MalformedError("Empty simulcast attribute")
    return [(direction, rid) for direction, found in rids.items() for rid in found]


def _versions(stream: Stream) -> Iterator[str]:
    """A list of streams, each with its alternatives."""
    while True:
        stream.skip("~")
        rid = stream.token(",; ")
        if not rid:
            raise MalformedError("Missing rid")
        _check_rid(rid)
        yield rid
        if not stream.skip(",") and not stream.skip(";"):
            return


_RID_NUMBERS = {"max-width", "max-height", "max-fps", "max-fs", "max-br", "max-pps"}


def read_rid(stream: Stream) -> tuple[str, str]:
    """The rid and its direction."""
    rid = stream.token(" ")
    _check_rid(rid)
    stream.skip_blanks()
    direction = stream.token(" ")
    if direction not in ("send", "recv"):
        raise MalformedError("Invalid direction, must be either send or recv")
    if stream.peek():
        _read_rid_parameter(stream)
        while stream.skip(";"):
            _read_rid_parameter(stream)
    return rid, direction


def _read_rid_parameter(stream: Stream) -> None:
    stream.skip_blanks()
    name = stream.token("=")
    if not stream.skip("="):
        raise MalformedError("Expected '='")
    if not name:
        raise MalformedError
    if name in _RID_NUMBERS:
        stream.unsigned(UINT_MAX)
    elif name == "pt":
        stream.unsigned(127)
        while stream.skip(","):
            stream.unsigned(127)
    else:
        stream.token(";")
