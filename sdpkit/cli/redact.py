"""`sdpkit redact`: copies of descriptions that can be shown to others."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from sdpkit.cli import exits, streams
from sdpkit.cli.inputs import Input, read_description, read_descriptions
from sdpkit.cli.outputs import write_file, write_private_file
from sdpkit.redaction import CATEGORIES, Mapping, Redactor, Style, find_private
from sdpkit.report.escaping import escape
from sdpkit.sdp.description import SessionDescription

# What was replaced, by category: one of it, several.
_NOUNS = {
    "addresses": ("address", "addresses"),
    "foundations": ("foundation", "foundations"),
    "ports": ("port", "ports"),
    "credentials": ("ufrag or password", "ufrags and passwords"),
    "keys": ("key", "keys"),
    "fingerprints": ("fingerprint", "fingerprints"),
    "ssrc": ("SSRC", "SSRCs"),
    "streams": ("name of a stream", "names of streams"),
    "session": ("session id", "session ids"),
    "names": ("name or text", "names and texts"),
}


def redact(
    ctx: typer.Context,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE", help="Descriptions that belong together; - is standard input.")
    ] = None,
    style: Annotated[Style | None, typer.Option(help="What stand-ins look like (doc).")] = None,
    salt: Annotated[str | None, typer.Option(metavar="TEXT", help="What style hash computes with (random).")] = None,
    keep: Annotated[
        str, typer.Option(metavar="LIST", help=f"What stays, as in ports,ssrc: {', '.join(CATEGORIES)}.")
    ] = "",
    map: Annotated[
        Path | None, typer.Option(metavar="JSON", help="Read from this file what stands for what, and keep it there.")
    ] = None,
    restore: Annotated[bool, typer.Option("--restore", help="Put the values back that --map knows.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Only say what private values there are.")] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PATH", help="The file to write; a folder for several."),
    ] = None,
) -> None:
    """Replace addresses, credentials, keys, fingerprints and names by others: the same ones always by the same.

    The lines and what they mean stay, so that the findings are those of the original. Ends with 0, 1 when --check finds
    private values, 2 for wrong usage, 3 when there is no SDP.
    """
    if not files and sys.stdin.isatty():
        streams.write(ctx.get_help() + "\n")
        raise typer.Exit(exits.USAGE)
    try:
        _check_usage(style, salt, map, restore, check, output)
        inputs = _read(files or [streams.STDIN], check)
        mapping = _read_map(map) if map is not None and map.exists() else None
        kept = [name.strip() for name in keep.split(",") if name.strip()]
        if check:
            code = _check(inputs, kept, mapping)
        else:
            redactor = Redactor(style or Style.DOC, keep=kept, salt=salt, mapping=mapping)
            changed = [(redactor.restore if restore else redactor.redact)(each.description) for each in inputs]
            if map is not None and not restore:  # before what nobody could put back without it
                _write_map(map, redactor.mapping)
            _write(inputs, changed, output)
            if not restore:
                streams.remark(_summary(inputs, redactor.replaced))
            code = exits.CLEAN
    except ValueError as error:  # there is no such category, or nothing is left to stand for a value
        streams.complain(str(error))
        raise typer.Exit(exits.USAGE) from None
    except streams.InputError as error:
        streams.complain(str(error))
        raise typer.Exit(error.code) from None
    raise typer.Exit(code)


def _read(paths: list[str], check: bool) -> list[Input]:
    """A description of each input; all of them, where they are to be checked."""
    if check:
        return [each for path in paths for each in read_descriptions(path)]
    return [read_description(path) for path in paths]


def _check_usage(
    style: Style | None, salt: str | None, map: Path | None, restore: bool, check: bool, output: Path | None
) -> None:
    """Raises InputError for options that do not go together."""
    known = map is not None and map.exists()
    if restore and not known:
        raise streams.InputError("--restore needs --map, and a file that redact wrote there")
    if restore and check:
        raise streams.InputError("only one of --restore and --check can be had at a time")
    if style is Style.X and map is not None:
        raise streams.InputError("nothing can be put back from style x: --map is for doc and hash")
    if known and (style is not None or salt is not None):
        raise streams.InputError(f"{map} has its own style and salt: leave out --style and --salt")
    if salt is not None and style is not Style.HASH:
        raise streams.InputError("--salt is for --style hash")
    if check and output is not None:
        raise streams.InputError("--check writes nothing: leave out --output")


def _check(inputs: list[Input], kept: list[str], mapping: Mapping | None) -> int:
    """Lists what is private, but does not show it; the exit code."""
    codes = []
    for each in inputs:
        found = find_private(each.description, keep=kept, mapping=mapping)
        streams.write(
            "".join(f"{escape(each.name)}:{at.line}:{at.start}: {at.kind} {escape(at.masked)}\n" for at in found)
        )
        streams.remark(f"{each.name}: {len(found) or 'no'} private value{'s' * (len(found) != 1)}")
        codes.append(exits.FINDINGS if found else exits.CLEAN)
    return max(codes)


def _summary(inputs: list[Input], replaced: Counter[str]) -> str:
    """What was replaced, in all inputs together."""
    parts = [f"{number} {_NOUNS[category][number > 1]}" for category, number in replaced.items() if number]
    names = ", ".join(each.name for each in inputs)
    return f"{names}: replaced {', '.join(parts)}" if parts else f"{names}: nothing to replace"


def _read_map(path: Path) -> Mapping:
    """What stands for what by a file that was written for `--map`."""
    try:
        return msgspec.convert(json.loads(path.read_text(encoding="utf-8")), Mapping)
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or "this is no file that redact has written"
        raise streams.InputError(f"{path}: {reason}") from None


def _write_map(path: Path, mapping: Mapping) -> None:
    write_private_file(path, (json.dumps(msgspec.to_builtins(mapping), indent=1) + "\n").encode("ascii"))


def _write(inputs: list[Input], changed: list[SessionDescription], output: Path | None) -> None:
    """Writes one description to standard output or a file, and several into a folder, under their own names."""
    if output is not None and (len(inputs) > 1 or output.is_dir()):
        names = [Path(each.name).name for each in inputs]
        if len(set(names)) < len(names):
            raise streams.InputError("several files have the same name: one folder cannot hold them")
        for name, description in zip(names, changed, strict=True):
            write_file(output / name, bytes(description))
    elif output is not None:
        write_file(output, bytes(changed[0]))
    elif len(inputs) == 1:
        streams.write_lines(changed[0].lines)
    else:
        raise streams.InputError("several files need a folder to be written to: --output FOLDER")
