"""`sdpkit convert`: a description in another form, or with less in it."""

import enum
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdpkit.cli import exits, streams
from sdpkit.cli.forms import WRITERS, Form
from sdpkit.cli.inputs import named, read_description
from sdpkit.cli.outputs import write_file
from sdpkit.cli.qr import PICTURES, drawn, picture
from sdpkit.conversion import only_codecs, with_ends, without_tcp
from sdpkit.sdp.description import SessionDescription

if TYPE_CHECKING:
    from segno import QRCode


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
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="The file to write; of a QR code a picture.")
    ] = None,
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
        found = read_description(path, type)
        with named(path):
            description = found.description
            if codecs is not None:
                description = only_codecs(description, [name.strip() for name in codecs.split(",") if name.strip()])
            if no_tcp:
                description = without_tcp(description)
            if crlf or lf:
                description = with_ends(description, "\r\n" if crlf else "\n")
            written = WRITERS[to](description, type or found.type)
        _write(written, output)
    except streams.InputError as error:
        streams.complain(str(error))
        raise typer.Exit(error.code) from None


def _write(written: "str | SessionDescription | QRCode", output: Path | None) -> None:
    """Writes one of the forms, to standard output where no file is named."""
    if isinstance(written, SessionDescription):
        if output is None:
            streams.write_lines(written.lines)
        else:
            write_file(output, bytes(written))
    elif not isinstance(written, str):
        _write_qr_code(written, output)
    elif output is None:
        streams.write(f"{written}\n")
    else:
        write_file(output, f"{written}\n".encode())


def _write_qr_code(code: "QRCode", output: Path | None) -> None:
    """Draws a QR code, or writes it as a picture."""
    if output is None:
        streams.write(drawn(code, sys.stdout))
    elif (suffix := output.suffix.lower()) in PICTURES:
        write_file(output, picture(code, suffix))
    else:
        raise streams.InputError(f"{output}: a QR code goes into a picture: {', '.join(PICTURES)}")
