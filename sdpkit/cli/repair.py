"""`sdpkit repair`: clean SDP out of whatever was pasted, and what had to be done for it."""

import enum
import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from sdpkit.cli import exits, streams
from sdpkit.cli.inputs import find_all, name_of
from sdpkit.cli.outputs import write_file
from sdpkit.intake.find import Find, Found, Kind, count
from sdpkit.intake.restoring import finished
from sdpkit.report import repair as screens
from sdpkit.report.json import document
from sdpkit.sdp.lines import Limits, split
from sdpkit.sdp.parser import parse


class Format(enum.StrEnum):
    """How a result is written."""

    TEXT = "text"
    JSON = "json"


class Type(enum.StrEnum):
    """What a description is."""

    OFFER = "offer"
    ANSWER = "answer"
    PRANSWER = "pranswer"


def repair(
    ctx: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="Anything with SDP in it; - is standard input.")
    ] = None,
    type: Annotated[Type | None, typer.Option(help="Take the first description of this type.")] = None,
    number: Annotated[int | None, typer.Option(metavar="N", help="Take number N of --list.", min=1)] = None,
    list: Annotated[bool, typer.Option("--list", help="Show all that is found, and nothing else.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what repairing changes, and nothing else.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; end with 1 if anything is to repair.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="Write the SDP there.")] = None,
    format: Annotated[Format, typer.Option(help="How it is written; json has all that is found.")] = Format.TEXT,
    show_secrets: Annotated[
        bool, typer.Option("--show-secrets", help="Do not mask ice-pwd and keys in --diff and json.")
    ] = False,
) -> None:
    """Give back clean SDP from anything that has some in it, and say what was done for it and how certain that is.

    Lost line breaks are put back, wrapped lines joined, prefixes, quotation marks and encodings taken off. What has no
    place in SDP is left out and named. Ends with 0, with --check 1 if anything is to repair, 2 for wrong usage, 3 when
    there is no SDP.
    """
    if sum([list, diff, check, output is not None, format is Format.JSON]) > 1:
        raise typer.BadParameter("only one of --list, --diff, --check, --output and --format json can be had at a time")
    if file is None and sys.stdin.isatty():
        streams.write(ctx.get_help() + "\n")
        raise typer.Exit(exits.USAGE)
    path = file or streams.STDIN
    try:
        finds = tuple(map(finished, find_all(path)))
        if list:
            streams.write(screens.listing(finds, streams.width()))
        elif format is Format.JSON:
            streams.write(document("repair", path, Found(finds if show_secrets else tuple(map(screens.masked, finds)))))
        else:
            chosen = _chosen(finds, type, number)
            streams.remark(f"{name_of(path)}: {screens.summary(chosen, finds)}")
            if diff:
                streams.write(screens.difference(chosen, name_of(path), show_secrets=show_secrets))
            elif check:
                raise typer.Exit(exits.FINDINGS if chosen.repairs else exits.CLEAN)
            else:
                _give(chosen, output)
    except streams.InputError as error:
        streams.complain(str(error))
        raise typer.Exit(error.code) from None


def _chosen(finds: Sequence[Find], type: Type | None, number: int | None) -> Find:
    """The one that is asked for; else the first description, fragment or candidate. Raises InputError."""
    if number is not None:
        if number > len(finds):
            raise streams.InputError(f"there is no number {number}: {count(len(finds), 'find')} in all (--list)")
        return finds[number - 1]
    if type is None:
        return min(finds, key=lambda find: tuple(Kind).index(find.kind))
    said = (find for find in finds if find.type == type)
    guessed = (find for find in finds if find.kind is Kind.DESCRIPTION and find.type is None and _guess(find) == type)
    chosen = next(chain(said, guessed), None)
    if chosen is None:
        raise streams.InputError(f"there is no {type} (--list shows what there is)")
    return chosen


def _guess(find: Find) -> str | None:
    return parse(find.text).type.value


def _give(find: Find, output: Path | None) -> None:
    """Writes clean SDP; a candidate as a line."""
    lines = split(find.text if find.kind is not Kind.CANDIDATE else f"{find.text}\n", Limits())
    if output is None:
        streams.write_lines(lines)
    else:
        write_file(output, "".join(map(str, lines)).encode("utf-8", "surrogateescape"))
