"""`sdpkit validate`: everything that is wrong, with its place, and what each stack will say."""

import enum
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
import typer

from sdpkit.cli import exits, streams
from sdpkit.cli.checking import Kind, Others, Request, check_input
from sdpkit.cli.inputs import read_description
from sdpkit.cli.settings import FailOn, Target, read_settings
from sdpkit.report import checks
from sdpkit.report import validate as screens
from sdpkit.report.json import document
from sdpkit.report.validate import Checked
from sdpkit.rules import RULES, Profile
from sdpkit.sdp.description import SessionDescription

_WATCHED_EVERY = 0.5  # s


class Format(enum.StrEnum):
    """How the findings are written."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"


class Output(NamedTuple):
    """How the result is shown, and what it makes of the exit code."""

    format: Format
    statistics: bool
    fail_on: FailOn


def validate(
    ctx: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE", help="A description or candidate; - is standard input. Two: offer and answer."),
    ] = None,
    against: Annotated[str | None, typer.Option(metavar="OFFER", help="The offer that FILE is the answer to.")] = None,
    previous: Annotated[
        str | None, typer.Option(metavar="OLD", help="What the same side said before: check FILE as a new round.")
    ] = None,
    type: Annotated[Kind | None, typer.Option(help="What FILE is; guessed otherwise.")] = None,
    profile: Annotated[Profile | None, typer.Option(help="What kind of peers it is for; guessed otherwise.")] = None,
    target: Annotated[Target | None, typer.Option(help="Only what this stack refuses is an error.")] = None,
    pedantic: Annotated[
        bool | None, typer.Option("--pedantic/--no-pedantic", help="Check what hardly anyone minds, too.")
    ] = None,
    select: Annotated[
        str | None, typer.Option(metavar="CODES", help="Only these codes or families, as in DTL,ICE001.")
    ] = None,
    ignore: Annotated[str | None, typer.Option(metavar="CODES", help="None of these codes or families.")] = None,
    fail_on: Annotated[
        FailOn | None, typer.Option(help="The least severity that ends the program with 1; error otherwise.")
    ] = None,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help="Put right in FILE what can be put right safely; the text of standard input is written out."
        ),
    ] = False,
    unsafe_fixes: Annotated[bool, typer.Option("--unsafe-fixes", help="With --fix or --diff: guesses too.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="Only count the codes.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a file changes.")] = False,
    show_secrets: Annotated[bool, typer.Option("--show-secrets", help="Do not mask ice-pwd and keys.")] = False,
    format: Annotated[Format, typer.Option(help="How the findings are written.")] = Format.TEXT,
) -> None:
    """Check descriptions: each finding with its place, code and remedy, and what each browser will say.

    Ends with 0 when nothing is wrong, 1 for findings of severity error (see --fail-on), 2 for wrong usage, 3 when
    there is no SDP.
    """
    if not files and sys.stdin.isatty():
        streams.write(ctx.get_help() + "\n")
        raise typer.Exit(exits.USAGE)
    try:
        settings = read_settings(Path.cwd())
        request = Request(
            against=against,
            previous=previous,
            type=type,
            profile=profile or settings.profile,
            target=target or settings.target,
            pedantic=settings.pedantic if pedantic is None else pedantic,
            select=_codes(settings.select if select is None else select.split(",")),
            ignore=_codes(settings.ignore if ignore is None else ignore.split(",")),
            fix=fix,
            unsafe_fixes=unsafe_fixes,
            diff=diff,
            show_secrets=show_secrets,
        )
        output = Output(format, statistics, fail_on or settings.fail_on)
        paths, request = _paired(files or [streams.STDIN], request)
        _check_usage(paths, request, output, watch)
        raise typer.Exit(_watch(paths, request, output) if watch else _validate(paths, request, output))
    except streams.InputError as error:
        streams.complain(str(error))
        raise typer.Exit(error.code) from None


def _codes(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in codes if code.strip())


def _paired(files: list[str], request: Request) -> tuple[list[str], Request]:
    """Two files are an offer and its answer."""
    if len(files) != 2:
        return files, request
    if request.against is not None:
        raise streams.InputError("two files are an offer and its answer: leave out --against")
    return files[1:], msgspec.structs.replace(request, against=files[0])


def _check_usage(paths: list[str], request: Request, output: Output, watch: bool) -> None:
    """Raises InputError for options that contradict each other, or name what does not exist."""
    for code in (*request.select, *request.ignore):
        if not any(known.startswith(code) for known in RULES):
            raise streams.InputError(f'there is no rule "{code}": sdpkit rules lists them all')
    if request.unsafe_fixes and not (request.fix or request.diff):
        raise streams.InputError("--unsafe-fixes goes with --fix or --diff")
    if sum([request.diff, output.statistics, output.format is not Format.TEXT]) > 1:
        raise streams.InputError("only one of --diff, --statistics and --format can be had at a time")
    inputs = _inputs(paths, request)
    if inputs.count(streams.STDIN) > 1:
        raise streams.InputError("only one text can be standard input")
    if watch and streams.STDIN in inputs:
        raise streams.InputError("--watch needs files: standard input cannot change")


def _inputs(paths: list[str], request: Request) -> list[str]:
    return [path for path in (*paths, request.against, request.previous) if path is not None]


def _validate(paths: list[str], request: Request, output: Output) -> int:
    """Checks all texts; the exit code. One that cannot be read does not keep the others from being checked."""
    others = Others(_other(request.against, "offer"), _other(request.previous))
    all_checked: list[Checked] = []
    codes = [exits.CLEAN]
    for path in paths:
        try:
            all_checked += check_input(path, request, others)
        except streams.InputError as error:
            streams.complain(str(error))
            codes.append(error.code)
    if not request.diff:
        _write(all_checked, output, to_stderr=request.fix and streams.STDIN in paths)
    return max(*codes, _exit_code(all_checked, output.fail_on))


def _other(path: str | None, type: str | None = None) -> SessionDescription | None:
    return None if path is None else read_description(path, type).description


def _exit_code(all_checked: Iterable[Checked], fail_on: FailOn) -> int:
    order = [FailOn.ERROR, FailOn.WARNING, FailOn.NOTE]
    fatal = order[: order.index(fail_on) + 1] if fail_on in order else []
    found = {finding.severity.value for checked in all_checked for finding in checked.report.findings}
    return exits.FINDINGS if found & {each.value for each in fatal} else exits.CLEAN


def _write(all_checked: list[Checked], output: Output, *, to_stderr: bool) -> None:
    """Writes what was found; on standard error where standard output has a fixed text."""
    if output.statistics:
        titles = {code: rule.title for code, rule in RULES.items()}
        text = screens.statistics(all_checked, titles, streams.width())
    else:
        text = _WRITERS[output.format](all_checked)
    if to_stderr:
        sys.stderr.write(text)
    else:
        streams.write(text)


def _diagnostics(all_checked: Iterable[Checked]) -> str:
    return "\n".join(screens.diagnostics(checked, streams.width()) for checked in all_checked)


def _concise(all_checked: Iterable[Checked]) -> str:
    return "".join(map(screens.concise, all_checked))


def _documents(all_checked: Iterable[Checked]) -> str:
    return "".join(document("validate", checked.path, checked.report) for checked in all_checked)


_WRITERS: dict[Format, Callable[[list[Checked]], str]] = {
    Format.TEXT: _diagnostics,
    Format.CONCISE: _concise,
    Format.JSON: _documents,
    Format.SARIF: lambda all_checked: checks.sarif(all_checked, RULES),
    Format.GITHUB: checks.github,
    Format.GITLAB: checks.gitlab,
    Format.JUNIT: checks.junit,
}


def _watch(paths: list[str], request: Request, output: Output) -> int:
    """Checks now, and again after each change of a file, until it is interrupted."""
    seen: list[tuple[int, int] | None] = []
    while True:
        now = [_state(Path(path)) for path in _inputs(paths, request)]
        if now != seen:
            seen = now
            if sys.stdout.isatty():
                streams.write("\x1b[2J\x1b[H")
            try:
                _validate(paths, request, output)
            except streams.InputError as error:
                streams.complain(str(error))
            streams.remark("checks again when a file changes; Ctrl-C ends it")
        time.sleep(_WATCHED_EVERY)


def _state(path: Path) -> tuple[int, int] | None:
    """What changes with a file: its time and size; None while there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
