"""What commands are given: descriptions, in whatever shape, from a file, a pipe or a paste."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from sdpkit.cli import exits, streams
from sdpkit.cli.streams import STDIN, InputError
from sdpkit.finding import SDPError
from sdpkit.ice.candidate import CandidateInit
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
_REMARK = re.compile(r"[ \t](?:<<<|<--|←)")
_AT_THEIR_PLACES = ("SYN008", "SYN013")  # lines that are blank or none, which rules find just as well
_BEGINNING = re.compile(r"(?:\A|[\r\n])v=0[\r\n]+o=")
_VERSION = re.compile(r"\s*v\s?[=＝]\s?0\s*[\r\n]", re.IGNORECASE)  # damaged in a way that no reading undoes


class Input(NamedTuple):
    """A description and where it is from."""

    path: str
    name: str
    """How it is called on a screen."""
    description: SessionDescription
    type: str | None = None
    """What it is said to be in the input; never guessed."""
    find: "Find | None" = None
    """How it was found; None where the text was taken as it stands."""

    @property
    def role(self) -> str | None:
        """Whether it is an "offer" or an "answer": what is said, or else what it looks like."""
        return self.description.type.value if self.type is None else self.type.removeprefix("pr")


def name_of(path: str) -> str:
    """How an input is called on a screen."""
    return "stdin" if path == STDIN else path


def read_descriptions(path: str) -> list[Input]:
    """All different descriptions of one input. Raises InputError, which names the input.

    A plain description is taken as it is, with its faults. Of anything else it is said on standard error what it was
    read as and what was repaired.
    """
    return read_texts(path, lambda text: False)


def read_texts(path: str, is_wanted: Callable[[SessionDescription], object]) -> list[Input]:
    """The same, but of texts that are no descriptions, those that are wanted are taken as they are, too."""
    inputs, said = _read(path, is_wanted)
    _remark(path, said)
    return inputs


def read_description(path: str, type: str | None = None) -> Input:
    """The description of one input; of several the first of that type, if there is one, and that is said."""
    inputs, said = _read(path)
    chosen = next((one for one in inputs if type and one.role == type), inputs[0])
    _remark(path, said, *([chosen] if len(inputs) > 1 else []))
    return chosen


def read_two(first: str, second: str | None = None) -> tuple[Input, Input]:
    """Two descriptions, one of each input, or of one input the first two. Raises InputError."""
    if second is None:
        inputs, said = _read(first)
        if len(inputs) < 2:
            raise InputError(f"{name_of(first)}: there is only one description in it: name the other one, too")
        _remark(first, said, *inputs[:2])
        return inputs[0], inputs[1]
    _check_is_one_stdin(first, second)
    return read_description(first), read_description(second)


def read_pair(offer: str, answer: str | None = None) -> tuple[Input, Input]:
    """An offer and its answer, one of each input, or both of one input. Raises InputError.

    Two that clearly are the other way round change places, and that is said.
    """
    if answer is None:
        return _pair_in(offer)
    _check_is_one_stdin(offer, answer)
    return in_order(read_description(offer, "offer"), read_description(answer, "answer"))


def in_order(first: Input, second: Input) -> tuple[Input, Input]:
    """The offer and the answer; two that clearly are the other way round change places, and that is said."""
    if (first.role, second.role) != ("answer", "offer"):
        return first, second
    streams.remark(f"{first.name} is an answer ({_sign(first)}), {second.name} an offer ({_sign(second)}): taken so")
    return second, first


def offer_and_answer(inputs: Sequence[Input]) -> tuple[Input, Input] | None:
    """The first offer of several descriptions and the first answer behind it; None where there are none."""
    offer = next((place for place, one in enumerate(inputs) if one.role == "offer"), len(inputs))
    answer = next((one for one in inputs[offer:] if one.role == "answer"), None)
    return None if answer is None else (inputs[offer], answer)


def _pair_in(path: str) -> tuple[Input, Input]:
    inputs, said = _read(path)
    pair = offer_and_answer(inputs)
    if pair is None:
        raise InputError(f"{name_of(path)}: there is no offer with an answer in it: name a file for each")
    _remark(path, said, *pair)
    return pair


def _check_is_one_stdin(first: str, second: str) -> None:
    if first == second == STDIN:
        raise InputError("only one of the two can be standard input")


def _sign(one: Input) -> str:
    """What says which type a description is of."""
    return one.description.type.signs[0] if one.type is None else "it says so"


def _remark(path: str, said: str, *taken: Input) -> None:
    """Says of an input what it was read as, and which of its descriptions were taken where not all were."""
    name = name_of(path)
    numbers = " and ".join(one.name.removeprefix(name) for one in taken)
    words = "; ".join(filter(None, (said, f"taken: {numbers}" if numbers else "")))
    if words:
        streams.remark(f"{name}: {words}")


def find_all(path: str) -> "tuple[Find, ...]":
    """All that is found in one input, plain descriptions too. Raises InputError, which names the input."""
    with named(path):
        head, pieces = _head(path)
        finds = _search(pieces)
        if not finds:
            _parsed(head)  # says why
            raise InputError("nothing in it can be put right", exits.NO_SDP)
        return finds


def _read(path: str, is_wanted: Callable[[SessionDescription], object] = lambda text: False) -> tuple[list[Input], str]:
    """The different descriptions of an input, and what is to be said of how they were found."""
    with named(path):
        head, pieces = _head(path)
        text = _as_it_stands(head)
        if text is not None and (is_plain(text) or is_wanted(text)):
            return [Input(path, name_of(path), text)], ""
        finds = _search(pieces)
        if not finds or _is_better_left(finds, head):
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
def named(path: str) -> Iterator[None]:
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


def _as_it_stands(head: bytes) -> SessionDescription | None:
    """A text line by line; None for one beyond the limits, in which there may be something."""
    if len(head) >= _LARGEST:
        return None
    try:
        return parse(head)
    except SDPError:
        return None


def is_plain(text: SessionDescription) -> bool:
    """Whether a text is a description to which nothing was done: each line has a type, and none begins another one."""
    lines = [line.text for line in text.lines if line.text.strip()]
    if len(lines) < _FEWEST_LINES:
        return False
    first = lines[0].removeprefix("\ufeff")
    is_whole = len(first) < _LONGEST_VERSION or not first.startswith("v=")
    is_typed = first[1:2] == "=" and all(line[1:2] == "=" for line in lines[1:])
    is_sdp = is_typed and is_whole and any(map(_is_sdp, text.lines))
    return is_sdp and len(_BEGINNING.findall(str(text))) < 2 and not _REMARK.search(str(text))


def _is_better_left(finds: "Sequence[Find]", head: bytes) -> bool:
    """Whether a text is SDP but for faults that are to be shown at their places, not to be taken away."""
    from sdpkit.intake import Kind  # noqa: PLC0415  see above

    if len(finds) == 1 and finds[0].read_as == ("SDP",):
        return all(repair.code in _AT_THEIR_PLACES for repair in finds[0].repairs)
    return all(find.kind is Kind.CANDIDATE for find in finds) and _has_damaged_version(head)


def _has_damaged_version(head: bytes) -> bool:
    return _VERSION.match(head[:100].decode("utf-8", "replace")) is not None


def _inputs(path: str, finds: "Sequence[Find]") -> tuple[list[Input], str]:
    """The different descriptions of an input; where there is none its fragments, or else its candidates as one."""
    from sdpkit.conversion import from_candidates  # noqa: PLC0415  see above
    from sdpkit.intake import Kind  # noqa: PLC0415
    from sdpkit.report.repair import reading  # noqa: PLC0415

    name, said = name_of(path), reading(finds)
    kind = next(kind for kind in Kind if any(find.kind is kind for find in finds))
    if kind is Kind.CANDIDATE:
        return [Input(path, name, from_candidates(map(_candidate, finds)), find=finds[0])], said
    different: dict[str, tuple[int, Find]] = {}
    for number, find in enumerate(finds, 1):
        if find.kind is kind:
            different.setdefault(find.text, (number, find))
    is_one = len(different) == 1
    return [
        Input(path, name if is_one else f"{name}#{number}", parse(find.text), find.type, find)
        for number, find in different.values()
    ], said


def _candidate(find: "Find") -> CandidateInit:
    value = find.text.removeprefix("a=").removeprefix("candidate:")
    return CandidateInit(value and f"candidate:{value}", find.mid, find.m_line_index, find.ufrag)


def _parsed(data: bytes) -> SessionDescription:
    """The text as it stands, if any line of it is one that only SDP has. Raises InputError otherwise."""
    description = parse(data)
    if not any(map(_is_sdp, description.lines)) and not _has_damaged_version(data):
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
