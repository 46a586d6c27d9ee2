"""`sdpkit extract`: what peers said to each other, out of a recording."""

import enum
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from sdpkit.cli import exits, streams
from sdpkit.cli.inputs import name_of
from sdpkit.cli.outputs import write_private_file
from sdpkit.extraction import Extraction, PeerConnection, files, judge, read
from sdpkit.finding import SDPError
from sdpkit.report import extract as screens
from sdpkit.report.json import document


class Format(enum.StrEnum):
    """How a result is written."""

    TEXT = "text"
    JSON = "json"


def extract(
    ctx: typer.Context,
    dump: Annotated[
        str | None, typer.Argument(metavar="DUMP", help="A dump, log, trace or archive; - is standard input.")
    ] = None,
    timeline: Annotated[bool, typer.Option("--timeline", help="Show all events in their order.")] = False,
    pc: Annotated[str | None, typer.Option(metavar="ID", help="Only this peer connection.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Write each description into a file there.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How the result is written.")] = Format.TEXT,
    show_secrets: Annotated[bool, typer.Option("--show-secrets", help="Do not mask ice-pwd and keys.")] = False,
) -> None:
    """Show what peers said to each other: rounds of offer and answer, what came of them, and the candidates.

    Takes webrtc-internals and rtcstats dumps, HAR, network captures, SIP traces, logs: anything that descriptions can
    be found in. Ends with 0 when some are found, 2 for wrong usage, 3 when there is no SDP.
    """
    if dump is None and sys.stdin.isatty():
        streams.write(ctx.get_help() + "\n")
        raise typer.Exit(exits.USAGE)
    if timeline and format is Format.JSON:
        raise typer.BadParameter("only one of --timeline and --format json can be had at a time: the JSON has all")
    path = streams.STDIN if dump is None else dump
    try:
        recording = _read(path)
        start = screens.start_of(recording)
        found = _chosen(recording, pc)
        if output is not None:
            _write_files(found, output)
        if format is Format.JSON:
            streams.write(document("extract", path, Extraction(tuple(_judged(found, show_secrets)))))
        else:
            streams.write(screens.heading(found, name_of(path), start, streams.width()))
            for screen in _screens(found, start, timeline, show_secrets):
                streams.write(f"\n{screen}")
    except streams.InputError as error:
        streams.complain(str(error))
        raise typer.Exit(error.code) from None


def _read(path: str) -> Extraction:
    """What is in a recording. Raises InputError, which names it."""
    name = name_of(path)
    try:
        found = read(streams.chunks(path))
    except SDPError as error:
        raise streams.InputError(f"{name}: {error.findings[0].message}") from None
    except streams.InputError as error:
        raise streams.InputError(f"{name}: {error}", error.code) from None
    if not found.peer_connections:
        raise streams.InputError(f"{name}: no SDP found: no description and no candidate is in it", exits.NO_SDP)
    return found


def _chosen(found: Extraction, id: str | None) -> Extraction:
    """All peer connections, or the one with this name. Raises InputError."""
    if id is None:
        return found
    chosen = tuple(each for each in found.peer_connections if each.id == id)
    if not chosen:
        names = ", ".join(each.id for each in found.peer_connections if each.id is not None)
        raise streams.InputError(f"--pc {id}: there is no such peer connection, but {names or 'one without a name'}")
    return Extraction(chosen)


def _judged(found: Extraction, show_secrets: bool) -> Iterator[PeerConnection]:
    for connection in map(judge, found.peer_connections):
        yield connection if show_secrets else screens.masked(connection)


def _screens(found: Extraction, start: float | None, timeline: bool, show_secrets: bool) -> Iterable[str]:
    """A screen for each peer connection, made when it is its turn: many rounds take their time to be judged."""
    width = streams.width()
    if timeline:
        return (screens.timeline(each, start, width) for each in found.peer_connections)
    return (screens.overview(each, start, width) for each in _judged(found, show_secrets))


def _write_files(found: Extraction, directory: Path) -> None:
    """Writes each description into a file below a folder, and nothing anywhere else. Raises InputError."""
    number = 0
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for folder, name, text in files(found.peer_connections):
            place = directory / folder
            place.mkdir(exist_ok=True)
            if not place.resolve().is_relative_to(directory.resolve()):
                raise streams.InputError(f"{place} leads out of {directory}: nothing is written there")
            write_private_file(place / name, text.encode("utf-8", "surrogateescape"))
            number += 1
    except OSError as error:
        raise streams.InputError(f"{error.filename}: it cannot be written: {error.strerror}") from None
    streams.remark(f"{directory}: {number} files")
