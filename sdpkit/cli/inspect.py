"""`sdpkit inspect`: what a description says, on one screen."""

import enum
import sys
from typing import Annotated

import msgspec
import typer

from sdpkit.cli import exits, streams
from sdpkit.cli.inputs import Input, read_descriptions
from sdpkit.finding import Severity
from sdpkit.inspection import Inspection, SectionFacts, inspect_description, masked
from sdpkit.masking import MASK
from sdpkit.report import inspect as screens
from sdpkit.report.fields import bare_values
from sdpkit.report.json import document


class Format(enum.StrEnum):
    """How a result is written."""

    TEXT = "text"
    JSON = "json"


def inspect(
    ctx: typer.Context,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE", help="Descriptions; - is standard input.")
    ] = None,
    section: Annotated[str | None, typer.Option(metavar="MID", help="Only this m-section, by mid or index.")] = None,
    field: Annotated[
        str | None,
        typer.Option(metavar="PATH", help="Bare values, such as ice.ufrag; with --section of that m-section."),
    ] = None,
    brief: Annotated[bool, typer.Option("--brief", help="One line for each description.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="The lines as they stand.")] = False,
    format: Annotated[Format, typer.Option(help="How the result is written.")] = Format.TEXT,
    show_secrets: Annotated[bool, typer.Option("--show-secrets", help="Do not mask ice-pwd and keys.")] = False,
) -> None:
    """Show what a description says: session, ICE, DTLS, m-sections, candidates, and what is wrong in it.

    Ends with 0 when nothing is wrong, 1 for findings of severity error, 2 for wrong usage, 3 when there is no SDP.
    """
    request = Request(section, field, brief, raw, format, show_secrets)
    if sum([field is not None, brief, raw, format is Format.JSON]) > 1:
        raise typer.BadParameter("only one of --field, --brief, --raw and --format json can be had at a time")
    if not files and sys.stdin.isatty():
        streams.write(ctx.get_help() + "\n")
        raise typer.Exit(exits.USAGE)
    raise typer.Exit(max([_inspect_file(path, request) for path in files or [streams.STDIN]]))


class Request(msgspec.Struct, frozen=True):
    """What the options ask for."""

    section: str | None
    field: str | None
    brief: bool
    raw: bool
    format: Format
    show_secrets: bool

    @property
    def is_screen(self) -> bool:
        """Whether a whole screen is shown, and not lines for a program to read."""
        return self.field is None and not self.brief and not self.raw and self.format is Format.TEXT


def _inspect_file(path: str, request: Request) -> int:
    """Shows all descriptions of one input; the exit code that they give."""
    try:
        inputs = read_descriptions(path)
        for place, found in enumerate(inputs):
            if place and request.is_screen:
                streams.write("\n")
            _show(found, request)
    except streams.InputError as error:
        streams.complain(str(error))
        return error.code
    findings = (finding for found in inputs for finding in found.description.findings)
    return exits.FINDINGS if any(finding.severity is Severity.ERROR for finding in findings) else exits.CLEAN


def _show(found: Input, request: Request) -> None:
    path, title, description = found.path, found.name, found.description
    index = None if request.section is None else _index(found, request.section)
    if request.raw:
        shown = description if request.show_secrets else masked(description)
        streams.write_lines(shown.lines if index is None else shown.media[index].lines)
        return
    inspection = inspect_description(description, show_secrets=request.show_secrets)
    if request.field is not None:
        streams.write(_values(found, inspection if index is None else inspection.sections[index], request.field))
    elif request.format is Format.JSON:
        streams.write(document("inspect", path, _only(inspection, index)))
    elif request.brief:
        streams.write(screens.brief(_only(inspection, index), title))
    elif index is not None:
        streams.write(screens.section_detail(inspection, index, title, streams.width()))
    else:
        streams.write(screens.overview(inspection, title, streams.width()))


def _index(found: Input, name: str) -> int:
    """Which m-section is meant: the one with this mid, or else with this index."""
    mids = [section.mid for section in found.description.media]
    if name in mids:
        return mids.index(name)
    if name in map(str, range(len(mids))):
        return int(name)
    there = ", ".join(f"{index}{f' (mid {mid})' if mid else ''}" for index, mid in enumerate(mids)) or "none"
    raise streams.InputError(f"{found.name}: there is no m-section {name}; there are: {there}")


def _only(inspection: Inspection, index: int | None) -> Inspection:
    if index is None:
        return inspection
    return msgspec.structs.replace(inspection, sections=inspection.sections[index : index + 1])


def _values(found: Input, facts: Inspection | SectionFacts, path: str) -> str:
    try:
        values = bare_values(msgspec.to_builtins(facts), path)
    except LookupError as error:
        raise streams.InputError(f"{found.name}: --field {path}: {error.args[0]}") from None
    if any(MASK in value for value in values):
        streams.remark("secrets are masked; --show-secrets shows them")
    return "".join(f"{value}\n" for value in values)
