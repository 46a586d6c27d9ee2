"""What commands are given: descriptions, in whatever shape, from a file, a pipe or a paste."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from sdpkit.cli import exits, streams
from sdpkit.cli.streams import STDIN, InputError
from sdpkit.finding import SDPError
from sdpkit.sdp.attributes import ATTRIBUTES
from sdpkit.sdp.decoding import decode, key_of
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Line
from sdpkit.sdp.parser import parse

if TYPE_CHECKING:  # what is plain SDP needs no search, and its users shall not wait for one
    from sdpkit.intake import Find

_LARGEST = 8 * 1024 * 1024  # bytes of what may be a plain description
_LONGEST_VERSION = 12  # characters of a v= line with nothing else on it
_FEWEST_LINES = 3  # of a text that has clearly not lost its line breaks


class Input(NamedTuple):
    """A description, where it is from, how that is called on a screen, and its type, where that was said."""

    path: str
    name: str
    description: SessionDescription
    type: str | None = None


def name_of(path: str) -> str:
    """How an input is called on a screen."""
    return "stdin" if path == STDIN else path


def read_descriptions(path: str) -> list[Input]:
    """All different descriptions of one input. Raises InputError, which names the input.

    A plain description is taken as it is, with its faults. Of anything else it is said on standard error what it was
    read as and what was repaired.
    """
    inputs, said = _read(path)
    if said:
        streams.remark(f"{name_of(path)}: {said}")
    return inputs


def read_description(path: str, type: str | None = None) -> Input:
    """The description of one input; of several the first of that type, if there is one, and that is said."""
    inputs, said = _read(path)
    chosen = next((one for one in inputs if type and type in (one.type, one.description.type.value)), inputs[0])
    if len(inputs) > 1:
        said += f"; taken: {chosen.name.removeprefix(name_of(path))}"
    if said:
        streams.remark(f"{name_of(path)}: {said}")
    return chosen


def read_pair(offer: str, answer: str) -> tuple[Input, Input]:
    """Two descriptions, of which one at most is standard input; both may be in one file."""
    if offer == answer == STDIN:
        raise InputError("only one of the two can be standard input")
    return read_description(offer, "offer"), read_description(answer, "answer")


def find_all(path: str) -> "tuple[Find, ...]":
    """All that is found in one input, plain descriptions too. Raises InputError, which names the input."""
    with _named(path):
        head, pieces = _head(path)
        finds = _search(pieces)
        if not finds:
            _parsed(head)  # says why
            raise InputError("nothing in it can be put right", exits.NO_SDP)
        return finds


def _read(path: str) -> tuple[list[Input], str]:
    """The different descriptions of an input, and what is to be said of how they were found."""
    with _named(path):
        head, pieces = _head(path)
        plain = _plain(head) if len(head) < _LARGEST else None
        if plain is not None:
            return [Input(path, name_of(path), plain)], ""
        finds = _search(pieces)
        if not finds or _is_as_it_stands(finds):
            return [Input(path, name_of(path), _parsed(head))], ""
        return _inputs(path, finds)


def _head(path: str) -> tuple[bytes, Iterator[bytes]]:
    """The beginning of an input, all of it where it is not large, and the whole of it piece by piece."""
    pieces = streams.chunks(path)
    head = b""
    while len(head) < _LARGEST and (piece := next(pieces, b"")):
        head += piece
    return head, chain([head], pieces)


@contextmanager
def _named(path: str) -> Iterator[None]:
    """Names the input in what goes wrong with it."""
    try:
        yield
    except InputError as error:
        raise InputError(f"{name_of(path)}: {error}", error.code) from None
    except SDPError as error:
        raise InputError(f"{name_of(path)}: {error.findings[0].message}") from None


def _search(pieces: Iterable[bytes]) -> "tuple[Find, ...]":
    from sdpkit.intake import find_in_stream  # noqa: PLC0415  see above

    return tuple(find_in_stream(pieces))


def _plain(data: bytes) -> SessionDescription | None:
    """The description that a text is, if nothing was done to it: each line has a type, and v= stands once."""
    try:
        description = parse(data)
    except SDPError:  # a text beyond the limits: there may be something in it
        return None
    texts = [line.text for line in description.lines if line.text.strip()]
    if len(texts) < _FEWEST_LINES:
        return None
    first = texts[0].removeprefix("\ufeff")
    is_whole = len(first) < _LONGEST_VERSION or not first.startswith("v=")
    is_plain = first[1:2] == "=" and all(text[1:2] == "=" and text[:3] != "v=0" for text in texts[1:])
    return description if is_plain and is_whole and any(map(_is_sdp, description.lines)) else None


def _is_as_it_stands(finds: "Sequence[Find]") -> bool:
    """Whether a text is one description but for lines that are none: these are faults to be shown at their places."""
    return len(finds) == 1 and finds[0].read_as == ("SDP",) and all(repair.left_out for repair in finds[0].repairs)


def _inputs(path: str, finds: "Sequence[Find]") -> tuple[list[Input], str]:
    """The different descriptions of an input; where there is none its fragments, or else its candidates as one."""
    from sdpkit.intake import Kind  # noqa: PLC0415  see above
    from sdpkit.report.repair import reading  # noqa: PLC0415

    name, said = name_of(path), reading(finds)
    kind = next(kind for kind in Kind if any(find.kind is kind for find in finds))
    if kind is Kind.CANDIDATE:
        return [Input(path, name, parse("".join(map(_candidate_line, finds))))], said
    different: dict[str, tuple[int, Find]] = {}
    for number, find in enumerate(finds, 1):
        if find.kind is kind:
            different.setdefault(find.text, (number, find))
    is_one = len(different) == 1
    return [
        Input(path, name if is_one else f"{name}#{number}", parse(find.text), find.type)
        for number, find in different.values()
    ], said


def _candidate_line(find: "Find") -> str:
    value = find.text.removeprefix("a=").removeprefix("candidate:")
    return f"a=candidate:{value}\r\n" if value else "a=end-of-candidates\r\n"


def _parsed(data: bytes) -> SessionDescription:
    """The text as it stands, if any line of it is one that only SDP has. Raises InputError otherwise."""
    description = parse(data)
    if not any(map(_is_sdp, description.lines)):
        raise _no_sdp(str(description).lstrip("\ufeff \t\r\n"))
    return description


def _no_sdp(text: str) -> InputError:
    if not text:
        reason = "it is empty"
    elif "\0" in text:
        reason = "it is a binary file"
    elif text[0] in "{[":
        reason = "it is JSON with none in it"
    else:
        reason = "no line is <type>=<value>"
    return InputError(f"no SDP found: {reason}", exits.NO_SDP)


def _is_sdp(line: Line) -> bool:
    if line.type == "a":
        return key_of(line)[2:] in ATTRIBUTES
    return line.text.startswith("v=0") or (line.type in tuple("octbm") and decode(line) is not None)
