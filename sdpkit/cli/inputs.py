"""What commands are given: descriptions, from a file or from standard input."""

from typing import NamedTuple

from sdpkit.cli import exits, streams
from sdpkit.cli.streams import STDIN, InputError
from sdpkit.finding import SDPError
from sdpkit.sdp.attributes import ATTRIBUTES
from sdpkit.sdp.decoding import decode, key_of
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Line
from sdpkit.sdp.parser import parse


class Input(NamedTuple):
    """A description, where it is from, and how that is called on a screen."""

    path: str
    name: str
    description: SessionDescription


def name_of(path: str) -> str:
    """How an input is called on a screen."""
    return "stdin" if path == STDIN else path


def read_description(path: str) -> Input:
    """The description of one input. Raises InputError, which names the input."""
    name = name_of(path)
    try:
        description = parse(streams.read(path))
        _check_is_sdp(description)
    except InputError as error:
        raise InputError(f"{name}: {error}", error.code) from None
    except SDPError as error:
        raise InputError(f"{name}: {error.findings[0].message}") from None
    return Input(path, name, description)


def read_pair(offer: str, answer: str) -> tuple[Input, Input]:
    """Two descriptions, of which one at most is standard input."""
    if offer == answer == STDIN:
        raise InputError("only one of the two can be standard input")
    return read_description(offer), read_description(answer)


def _check_is_sdp(description: SessionDescription) -> None:
    """Raises InputError when no line of the text is one that only SDP has."""
    if any(_is_sdp(line) for line in description.lines):
        return
    text = str(description).lstrip("\ufeff \t\r\n")
    if not text:
        reason = "it is empty"
    elif "\0" in text:
        reason = "it is a binary file, or UTF-16"
    elif text[0] in "{[":
        reason = 'it is JSON: give its "sdp" text alone, as in jq -r .sdp FILE | sdpkit inspect -'
    else:
        reason = "no line is <type>=<value>"
    raise InputError(f"no SDP found: {reason}", exits.NO_SDP)


def _is_sdp(line: Line) -> bool:
    if line.type == "a":
        return key_of(line)[2:] in ATTRIBUTES
    return line.text.startswith("v=0") or (line.type in tuple("octbm") and decode(line) is not None)
