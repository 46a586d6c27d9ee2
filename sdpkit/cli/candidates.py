"""`sdpkit candidates`: the candidates of a description, what their numbers mean, and how far they reach."""

import enum
import sys
from collections.abc import Callable
from typing import Annotated, Any

import msgspec
import typer

from sdpkit.cli import exits, streams
from sdpkit.cli.inputs import read_description
from sdpkit.ice.listing import CandidateList, ListedCandidate, list_candidates
from sdpkit.report import candidates as screens
from sdpkit.report.json import document


class Format(enum.StrEnum):
    """How a result is written."""

    TEXT = "text"
    JSON = "json"


class Sort(enum.StrEnum):
    """In which order candidates are listed."""

    NETWORK = "network"
    PRIORITY = "priority"
    TYP = "typ"
    ADDRESS = "address"


_KEYS: dict[Sort, Callable[[ListedCandidate], Any]] = {
    Sort.NETWORK: lambda listed: 0,  # as they are
    Sort.PRIORITY: lambda listed: -listed.candidate.priority,
    Sort.TYP: lambda listed: listed.candidate.typ,
    Sort.ADDRESS: lambda listed: (listed.candidate.address, listed.candidate.port),
}


class Request(msgspec.Struct, frozen=True):
    """Which candidates are asked for, and how."""

    mid: str | None
    typ: str | None
    network: int | None
    sort: Sort
    format: Format


def candidates(
    ctx: typer.Context,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE", help="Descriptions; - is standard input.")
    ] = None,
    mid: Annotated[str | None, typer.Option(metavar="MID", help="Only those of this m-section.")] = None,
    typ: Annotated[str | None, typer.Option(metavar="TYPE", help="Only host, srflx, prflx or relay.")] = None,
    network: Annotated[int | None, typer.Option(metavar="ID", help="Only those with this network-id.")] = None,
    sort: Annotated[Sort, typer.Option(help="The order of the list.")] = Sort.NETWORK,
    format: Annotated[Format, typer.Option(help="How the result is written.")] = Format.TEXT,
) -> None:
    """List ICE candidates: what their priorities say, on which network each is, and who can reach it.

    What bundled m-sections list alike is shown once. Ends with 0 when some are listed, 1 when a description has none of
    those asked for, 2 for wrong usage, 3 when there is no SDP.
    """
    if not files and sys.stdin.isatty():
        streams.write(ctx.get_help() + "\n")
        raise typer.Exit(exits.USAGE)
    request = Request(mid, typ, network, sort, format)
    codes = [_list_file(path, number, request) for number, path in enumerate(files or [streams.STDIN])]
    raise typer.Exit(max(codes))


def _list_file(path: str, number: int, request: Request) -> int:
    """Lists the candidates of one input; the exit code that it gives."""
    try:
        source = read_description(path)
        found = _chosen(list_candidates(source.description), request)
        if request.format is Format.JSON:
            streams.write(document("candidates", path, found))
        else:
            streams.write("\n" * (number > 0) + screens.overview(found, source.name, streams.width()))
    except streams.InputError as error:
        streams.complain(str(error))
        return error.code
    return exits.CLEAN if found.candidates else exits.FINDINGS


def _chosen(found: CandidateList, request: Request) -> CandidateList:
    """The candidates that are asked for, in the wanted order; what is said of all together stays."""
    wanted = [
        listed
        for listed in found.candidates
        if (request.mid is None or any(place.mid == request.mid for place in listed.places))
        and (request.typ is None or listed.candidate.typ.lower() == request.typ.lower())
        and (request.network is None or listed.candidate.network_id == request.network)
    ]
    return msgspec.structs.replace(found, candidates=tuple(sorted(wanted, key=_KEYS[request.sort])))
