"""`sdpkit convert`: a description in another form, or with less in it."""

import enum
import json
import sys
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from sdpkit.cli import exits, streams
from sdpkit.cli.forms import WRITERS, Form
from sdpkit.cli.inputs import name_of
from sdpkit.cli.outputs import write_file
from sdpkit.conversion import from_candidates, from_sdp_transform, only_codecs, with_ends, without_tcp
from sdpkit.finding import SDPError
from sdpkit.ice.candidate import CandidateInit
from sdpkit.intake import Find, Kind, find_descriptions
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse


class Type(enum.StrEnum):
    """The types of descriptions (W3C WebRTC §4.6.1)."""

    OFFER = "offer"
    ANSWER = "answer"
    PRANSWER = "pranswer"


def convert(
    ctx: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="A description in any form; - is standard input.")
    ] = None,
    to: Annotated[Form, typer.Option(help="The form to write.")] = Form.SDP,
    type: Annotated[Type | None, typer.Option(help="What FILE is; guessed where it does not say.")] = None,
    codecs: Annotated[
        str | None, typer.Option("--only-codecs", metavar="NAMES", help="Only these codecs, as in opus,vp8.")
    ] = None,
    no_tcp: Annotated[bool, typer.Option("--no-tcp", help="No candidates over TCP.")] = False,
    crlf: Annotated[bool, typer.Option("--crlf", help="Let every line end with CRLF.")] = False,
    lf: Annotated[bool, typer.Option("--lf", help="Let every line end with LF.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="The file to write.")] = None,
) -> None:
    """Write a description in another form: SDP, JSON, packed, a fragment to trickle, candidates, a QR code.

    What a form cannot hold is said. Ends with 0, 2 for wrong usage and for what cannot be done, 3 when there is no SDP.
    """
    if file is None and sys.stdin.isatty():
        streams.write(ctx.get_help() + "\n")
        raise typer.Exit(exits.USAGE)
    if crlf and lf:
        raise typer.BadParameter("only one of --crlf and --lf can be had at a time")
    path = file or streams.STDIN
    try:
        found = _read(path)
        description = found.description
        if codecs is not None:
            description = only_codecs(description, [name.strip() for name in codecs.split(",") if name.strip()])
        if no_tcp:
            description = without_tcp(description)
        if crlf or lf:
            description = with_ends(description, "\r\n" if crlf else "\n")
        _write(WRITERS[to](description, type or found.type), output)
    except SDPError as error:
        streams.complain(f"{name_of(path)}: {error.findings[0].message}")
        raise typer.Exit(exits.USAGE) from None
    except streams.InputError as error:
        streams.complain(f"{name_of(path)}: {error}")
        raise typer.Exit(error.code) from None


class _Found(NamedTuple):
    """What was read, and the type that was said there."""

    description: SessionDescription
    type: str | None


def _read(path: str) -> _Found:
    """The one description in an input, whatever its form. Raises InputError and SDPError."""
    data = streams.read(path)
    shape = _sdp_transform_in(data)
    if shape is not None:
        return _Found(from_sdp_transform(shape), None)
    finds = find_descriptions(data)
    if not finds:
        raise streams.InputError("no SDP found", exits.NO_SDP)
    if all(find.kind is Kind.CANDIDATE for find in finds):
        streams.remark(f"{len(finds)} candidates, put together into a fragment")
        return _Found(from_candidates(map(_candidate, finds)), None)
    first, *others = [find for find in finds if find.kind is not Kind.CANDIDATE]
    if others:
        raise streams.InputError(f"there are {1 + len(others)} descriptions in it: give one at a time")
    for repair in first.repairs:
        streams.remark(f"{name_of(path)}: {repair.what} ({repair.certainty})")
    return _Found(parse(first.text), first.type)


def _sdp_transform_in(data: bytes) -> dict[str, Any] | None:
    """The dict of sdp-transform, where the whole input is one in JSON."""
    if data.lstrip()[:1] != b"{" or b'"media"' not in data:
        return None
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and isinstance(value.get("media"), list) else None


def _candidate(find: Find) -> CandidateInit:
    return CandidateInit(find.text, find.mid, find.m_line_index, find.ufrag)


def _write(written: str | SessionDescription, output: Path | None) -> None:
    if isinstance(written, SessionDescription):
        if output is None:
            streams.write_lines(written.lines)
        else:
            write_file(output, bytes(written))
    elif output is None:
        streams.write(f"{written}\n")
    else:
        write_file(output, f"{written}\n".encode())
