"""`sdpkit validate`: everything that is wrong, with its place, and what each stack will say."""

import enum
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
import typer

from sdpkit.cli import exits, streams
from sdpkit.cli.inputs import name_of, read_description
from sdpkit.cli.replacing import replace_file
from sdpkit.cli.settings import FailOn, Target, read_settings
from sdpkit.finding import Finding, SDPError
from sdpkit.masking import mask_lines
from sdpkit.report import checks
from sdpkit.report import validate as screens
from sdpkit.report.json import document
from sdpkit.report.masking import without_secrets
from sdpkit.report.validate import Checked
from sdpkit.rules import RULES, Profile, Report, validate_candidate
from sdpkit.rules import validate as check
from sdpkit.rules.fixing import Fixed
from sdpkit.rules.fixing import fix as apply_fixes
from sdpkit.rules.targets import for_target
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Line
from sdpkit.sdp.parser import parse

_WATCHED_EVERY = 0.5  # s
_NO_LINE = "SYN013"
"""The code of a line that is none of SDP."""
_CANDIDATE = re.compile(r'(?:a=)?candidate:|\{[^{}]*"candidate" *:|[^=]* typ ')


class Format(enum.StrEnum):
    """How the findings are written."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"


class Kind(enum.StrEnum):
    """What a description is."""

    OFFER = "offer"
    ANSWER = "answer"


class Request(msgspec.Struct, frozen=True):
    """What the options, and where they say nothing the settings of the project, ask for."""

    against: str | None
    previous: str | None
    type: Kind | None
    profile: Profile | None
    target: Target | None
    pedantic: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: FailOn
    fix: bool
    unsafe_fixes: bool
    diff: bool
    statistics: bool
    show_secrets: bool
    format: Format


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
        bool, typer.Option("--fix", help="Put right in FILE what can be put right safely; standard input is written.")
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
            fail_on=fail_on or settings.fail_on,
            fix=fix,
            unsafe_fixes=unsafe_fixes,
            diff=diff,
            statistics=statistics,
            show_secrets=show_secrets,
            format=format,
        )
        paths, request = _paired(files or [streams.STDIN], request)
        _check_usage(paths, request, watch)
        raise typer.Exit(_watch(paths, request) if watch else _validate(paths, request))
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


def _check_usage(paths: list[str], request: Request, watch: bool) -> None:
    """Raises InputError for options that contradict each other, or name what does not exist."""
    for code in (*request.select, *request.ignore):
        if not any(known.startswith(code) for known in RULES):
            raise streams.InputError(f'there is no rule "{code}": sdpkit rules lists them all')
    if request.unsafe_fixes and not (request.fix or request.diff):
        raise streams.InputError("--unsafe-fixes goes with --fix or --diff")
    if sum([request.diff, request.statistics, request.format is not Format.TEXT]) > 1:
        raise streams.InputError("only one of --diff, --statistics and --format can be had at a time")
    inputs = _inputs(paths, request)
    if inputs.count(streams.STDIN) > 1:
        raise streams.InputError("only one text can be standard input")
    if watch and streams.STDIN in inputs:
        raise streams.InputError("--watch needs files: standard input cannot change")


def _inputs(paths: list[str], request: Request) -> list[str]:
    return [path for path in (*paths, request.against, request.previous) if path is not None]


def _validate(paths: list[str], request: Request) -> int:
    """Checks all texts; the exit code. One that cannot be read does not keep the others from being checked."""
    others = _Others(_other(request.against), _other(request.previous))
    all_checked: list[Checked] = []
    codes = [exits.CLEAN]
    for path in paths:
        try:
            all_checked.append(_check(path, request, others))
        except streams.InputError as error:
            streams.complain(f"{name_of(path)}: {error}")
            codes.append(error.code)
    _write(all_checked, request, streams.STDIN in paths)
    return max(*codes, _exit_code(all_checked, request))


def _other(path: str | None) -> SessionDescription | None:
    return None if path is None else read_description(path).description


def _exit_code(all_checked: Iterable[Checked], request: Request) -> int:
    order = [FailOn.ERROR, FailOn.WARNING, FailOn.NOTE]
    fatal = order[: order.index(request.fail_on) + 1] if request.fail_on in order else []
    found = {finding.severity.value for checked in all_checked for finding in checked.report.findings}
    return exits.FINDINGS if found & {each.value for each in fatal} else exits.CLEAN


class _Others(NamedTuple):
    """What a description is checked against."""

    offer: SessionDescription | None
    previous: SessionDescription | None


def _check(path: str, request: Request, others: _Others) -> Checked:
    """Checks one text. Raises InputError where that cannot be done."""
    description = _parsed(streams.read(path))
    if candidates := _candidates_in(description):
        checked = _check_candidates(path, candidates, request, others)
    else:
        checked = _check_description(path, description, request, others)
    return checked if request.show_secrets else without_secrets(checked)


def _parsed(text: bytes) -> SessionDescription:
    try:
        return parse(text)
    except SDPError as error:
        raise streams.InputError(error.findings[0].message) from None


def _candidates_in(description: SessionDescription) -> Sequence[Line]:
    """The lines of a text that has nothing but candidates, or one in JSON, which is put into one line."""
    lines = description.lines
    if str(description).lstrip().startswith("{"):
        lines = parse(" ".join(line.text for line in lines)).lines
    texts = [line.text.strip() for line in lines if line.text.strip()]
    return lines if texts and all(map(_CANDIDATE.match, texts)) else ()


def _check_candidates(path: str, lines: Sequence[Line], request: Request, others: _Others) -> Checked:
    candidates = [line for line in lines if line.text.strip()]

    def judge(pedantic: bool) -> Report:
        reports = (
            validate_candidate(line.text.strip(), against=others.offer, pedantic=pedantic) for line in candidates
        )
        return _together(candidates, list(reports))

    kind = "candidate" if len(candidates) == 1 else f"{len(candidates)} candidates"
    report = _as_wanted(judge(request.pedantic), judge, request)
    return Checked(path, name_of(path), kind, tuple(line.text for line in lines), report, _names(request))


def _together(lines: Sequence[Line], reports: Sequence[Report]) -> Report:
    """What is found in several lines, and of the verdicts the worst."""
    findings = (
        finding.moved(line.number, len(line.text) - len(line.text.lstrip()))
        for line, report in zip(lines, reports, strict=True)
        for finding in report.findings
    )
    verdicts = {
        name: min((report.verdicts[name] for report in reports), key=lambda one: (one.accepted, one.obstacle is None))
        for name in reports[0].verdicts
    }
    return msgspec.structs.replace(reports[0], findings=tuple(findings), verdicts=verdicts)


def _check_description(path: str, description: SessionDescription, request: Request, others: _Others) -> Checked:
    def judge(description: SessionDescription, pedantic: bool = request.pedantic) -> Report:
        return check(
            description,
            request.type,
            against=others.offer,
            previous=others.previous,
            profile=request.profile,
            pedantic=pedantic,
        )

    report = judge(description)
    _check_is_sdp(description, report)
    _check_order(path, description, request, others)
    if request.fix or request.diff:
        fixed = apply_fixes(
            description, judge, unsafe=request.unsafe_fixes, wanted=lambda finding: _is_wanted(finding, request)
        )
        _keep_or_show(path, description, fixed, request)
        if not request.diff:
            description, report = fixed.description, fixed.report
    report = _as_wanted(report, lambda pedantic: judge(description, pedantic), request)
    lines = tuple(line.text for line in description.lines)
    return Checked(path, name_of(path), report.type or "description", lines, report, _names(request))


def _check_is_sdp(description: SessionDescription, report: Report) -> None:
    """Raises InputError where no line could be one of SDP, and nothing explains that."""
    other = {finding.span.line for finding in report.findings if finding.code == _NO_LINE}
    if all(line.number in other or not line.text.strip() for line in description.lines):
        text = str(description)
        reason = "no line is <type>=<value>" if text.strip() else "it is empty"
        reason = "it is a binary file, or UTF-16" if "\0" in text else reason
        raise streams.InputError(f"no SDP found: {reason}", exits.NO_SDP)


def _check_order(path: str, description: SessionDescription, request: Request, others: _Others) -> None:
    """Says when what is checked as an answer looks like an offer: its user may have meant something else."""
    if others.offer is not None and description.type.value == "offer":
        offer = name_of(request.against or "")
        streams.remark(f"{name_of(path)} looks like an offer, and is checked as the answer to {offer}")


def _as_wanted(report: Report, judge: Callable[[bool], Report], request: Request) -> Report:
    """The findings that are wanted, with the severities that the target gives them."""
    if request.target is not None:
        report = for_target(report, judge(True), request.target)
    findings = tuple(finding for finding in report.findings if _is_wanted(finding, request))
    return msgspec.structs.replace(report, findings=findings)


def _is_wanted(finding: Finding, request: Request) -> bool:
    selected = not request.select or finding.code.startswith(request.select)
    return selected and not (request.ignore and finding.code.startswith(request.ignore))


def _names(request: Request) -> dict[str, str]:
    """How the other texts are called on a screen."""
    paths = {"offer": request.against, "previous": request.previous}
    return {kind: name_of(path) for kind, path in paths.items() if path is not None}


def _keep_or_show(path: str, old: SessionDescription, fixed: Fixed, request: Request) -> None:
    """Puts the fixed text into its file, or on standard output where it came from standard input; or shows the diff."""
    new = fixed.description
    if request.diff:
        _show_difference(name_of(path), old, new, request)
    elif path == streams.STDIN:
        streams.write_lines(new.lines)
    elif fixed.applied:
        replace_file(path, bytes(new))
    if fixed.applied:
        streams.remark(f"{name_of(path)}: {len(fixed.applied)} {'would be ' if request.diff else ''}fixed")


def _show_difference(name: str, old: SessionDescription, new: SessionDescription, request: Request) -> None:
    before, after = list(old.lines), list(new.lines)
    if not request.show_secrets:
        before, after = list(mask_lines(before)), list(mask_lines(after))
    show = screens.difference_on_a_screen if sys.stdout.isatty() else screens.difference
    streams.write("".join(show(name, before, after)))


def _write(all_checked: list[Checked], request: Request, is_stdin: bool) -> None:
    """Writes what was found; where standard output has the fixed text, on standard error."""
    if request.diff:
        return
    text = _written(all_checked, request)
    if request.fix and is_stdin:
        sys.stderr.write(text)
    else:
        streams.write(text)


def _written(all_checked: list[Checked], request: Request) -> str:
    if request.statistics:
        return screens.statistics(all_checked, {code: rule.title for code, rule in RULES.items()}, streams.width())
    return _WRITERS[request.format](all_checked)


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


def _watch(paths: list[str], request: Request) -> int:
    """Checks now, and again after each change of a file, until it is interrupted."""
    seen: list[tuple[int, int] | None] = []
    while True:
        now = [_state(Path(path)) for path in _inputs(paths, request)]
        if now != seen:
            seen = now
            if sys.stdout.isatty():
                streams.write("\x1b[2J\x1b[H")
            try:
                _validate(paths, request)
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
