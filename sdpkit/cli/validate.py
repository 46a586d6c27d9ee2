"""`sdpkit validate`: everything that is wrong, with its place, and what each stack will say."""

import difflib
import enum
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from sdpkit.cli import exits, streams
from sdpkit.cli.inputs import name_of
from sdpkit.cli.settings import Settings, read_settings
from sdpkit.finding import Finding, SDPError
from sdpkit.report import checks
from sdpkit.report import validate as screens
from sdpkit.report.json import document
from sdpkit.report.validate import Checked
from sdpkit.rules import RULES, Profile, Report, validate_candidate
from sdpkit.rules import validate as check
from sdpkit.rules.fixing import fix as apply_fixes
from sdpkit.rules.targets import for_target
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse

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


class FailOn(enum.StrEnum):
    """What ends the program with 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


class Kind(enum.StrEnum):
    """What a description is."""

    OFFER = "offer"
    ANSWER = "answer"


class Target(enum.StrEnum):
    """The stacks with a verdict."""

    CHROMIUM = "chromium"
    FIREFOX = "firefox"
    AIORTC = "aiortc"


class Request(msgspec.Struct, frozen=True):
    """What the options ask for."""

    against: str | None
    previous: str | None
    type: str | None
    profile: Profile | None
    target: str | None
    pedantic: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    show_secrets: bool


def validate(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE", help="A description or candidate, - is standard input; two: offer and answer."),
    ] = None,
    against: Annotated[str | None, typer.Option(metavar="OFFER", help="The offer that FILE is the answer to.")] = None,
    previous: Annotated[str | None, typer.Option(metavar="OLD", help="What the same side said before.")] = None,
    type: Annotated[Kind | None, typer.Option(help="What FILE is; guessed otherwise.")] = None,
    profile: Annotated[Profile | None, typer.Option(help="For which peers it is; guessed otherwise.")] = None,
    target: Annotated[Target | None, typer.Option(help="Only what this stack refuses is an error.")] = None,
    pedantic: Annotated[bool, typer.Option("--pedantic", help="Check what hardly anyone minds, too.")] = False,
    select: Annotated[
        str | None, typer.Option(metavar="CODES", help="Only these codes or families, as in DTL,ICE001.")
    ] = None,
    ignore: Annotated[str | None, typer.Option(metavar="CODES", help="None of these codes or families.")] = None,
    fail_on: Annotated[FailOn | None, typer.Option(help="What ends the program with 1 (error).")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Put right what can be put right safely, in FILE.")] = False,
    unsafe_fixes: Annotated[bool, typer.Option("--unsafe-fixes", help="With --fix or --diff: guesses too.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="Count the codes.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a file changes.")] = False,
    show_secrets: Annotated[bool, typer.Option("--show-secrets", help="Do not mask ice-pwd and keys.")] = False,
    format: Annotated[Format, typer.Option(help="How the findings are written.")] = Format.TEXT,
) -> None:
    """Check descriptions: each finding with its place, code and remedy, and what each browser will say.

    Ends with 0 when nothing is wrong, 1 for findings of severity error (see --fail-on), 2 for wrong usage, 3 when
    there is no SDP.
    """
    try:
        settings = read_settings(Path.cwd())
        request = _request(settings, against, previous, type, profile, target, pedantic, select, ignore, show_secrets)
        paths, request = _paired(files or [streams.STDIN], request)
        failing = fail_on or _named(FailOn, settings.fail_on, "fail-on") or FailOn.ERROR

        def once() -> int:
            return _validate(paths, request, failing, format, statistics, fix, unsafe_fixes, diff)

        raise typer.Exit(_watch([*paths, against, previous], once) if watch else once())
    except streams.InputError as error:
        streams.complain(str(error))
        raise typer.Exit(error.code) from None


def _request(
    settings: Settings,
    against: str | None,
    previous: str | None,
    type: Kind | None,
    profile: Profile | None,
    target: Target | None,
    pedantic: bool,
    select: str | None,
    ignore: str | None,
    show_secrets: bool,
) -> Request:
    """The options, and where they say nothing the settings of the project."""
    wanted = _codes(select) if select is not None else settings.select
    unwanted = _codes(ignore) if ignore is not None else settings.ignore
    for code in (*wanted, *unwanted):
        if not any(known.startswith(code) for known in RULES):
            raise streams.InputError(f'there is no rule "{code}": sdpkit rules lists them all')
    return Request(
        against=against,
        previous=previous,
        type=None if type is None else type.value,
        profile=profile or _named(Profile, settings.profile, "profile"),
        target=target or _named(Target, settings.target, "target"),
        pedantic=pedantic or settings.pedantic,
        select=wanted,
        ignore=unwanted,
        show_secrets=show_secrets,
    )


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in text.split(",") if code.strip())


def _named(kind: "Callable[[str], enum.StrEnum]", name: str | None, setting: str):  # type: ignore[no-untyped-def]
    """A setting as one of its possible values."""
    if name is None:
        return None
    try:
        return kind(name)
    except ValueError:
        raise streams.InputError(f'[tool.sdpkit]: {setting} = "{name}" is not known') from None


def _paired(files: list[str], request: Request) -> tuple[list[str], Request]:
    """Two files are an offer and its answer."""
    if len(files) != 2:
        return files, request
    if request.against is not None or request.previous is not None:
        raise streams.InputError("two files are an offer and its answer: leave out --against and --previous")
    return files[1:], msgspec.structs.replace(request, against=files[0])


def _validate(
    paths: list[str],
    request: Request,
    failing: FailOn,
    format: Format,
    statistics: bool,
    fix: bool,
    unsafe: bool,
    diff: bool,
) -> int:
    """Checks all files; the exit code."""
    all_checked = [_check_file(path, request, fix, unsafe, diff) for path in paths]
    if not diff:
        _write(all_checked, format, statistics)
    order = [FailOn.ERROR, FailOn.WARNING, FailOn.NOTE]
    fatal = order[: order.index(failing) + 1] if failing in order else []
    found = {finding.severity.value for checked in all_checked for finding in checked.report.findings}
    return exits.FINDINGS if found & {each.value for each in fatal} else exits.CLEAN


def _check_file(path: str, request: Request, fix: bool, unsafe: bool, diff: bool) -> Checked:
    text = streams.read(path).decode("utf-8", "surrogateescape")
    if _is_candidate(text):
        report = _filtered(validate_candidate(text.strip(), pedantic=request.pedantic), request)
        return Checked(name_of(path), (text.strip(),), report, None, request.show_secrets)
    description, offer, before = _parse(path, text), _read(request.against), _read(request.previous)
    if not str(description).strip():
        raise streams.InputError(f"{name_of(path)}: no SDP found: it is empty", exits.NO_SDP)

    def judge(candidate: SessionDescription) -> Report:
        report = check(
            candidate,
            request.type,
            against=offer,
            previous=before,
            profile=request.profile,
            pedantic=request.pedantic,
        )
        return _filtered(report, request)

    report = judge(description)
    if fix or diff:
        fixed = apply_fixes(description, judge, unsafe=unsafe)
        _keep_or_show(path, description, fixed.description, len(fixed.applied), diff)
        if not diff:
            description, report = fixed.description, fixed.report
    lines = tuple(line.text for line in description.lines)
    return Checked(name_of(path), lines, report, request.against or request.previous, request.show_secrets)


def _is_candidate(text: str) -> bool:
    """Whether a text is one candidate and no description."""
    bare = text.strip()
    starts = ("candidate:", "a=candidate:", '{"candidate"')
    return bare.startswith(starts) and "\n" not in bare and "\r" not in bare


def _read(path: str | None) -> SessionDescription | None:
    return None if path is None else _parse(path, streams.read(path).decode("utf-8", "surrogateescape"))


def _parse(path: str, text: str) -> SessionDescription:
    try:
        return parse(text)
    except SDPError as error:
        raise streams.InputError(f"{name_of(path)}: {error.findings[0].message}") from None


def _filtered(report: Report, request: Request) -> Report:
    """The findings that are wanted, with the severities that the target gives them."""
    if request.target is not None:
        report = for_target(report, report, request.target)
    findings = tuple(finding for finding in report.findings if _is_wanted(finding, request))
    return msgspec.structs.replace(report, findings=findings)


def _is_wanted(finding: Finding, request: Request) -> bool:
    selected = not request.select or finding.code.startswith(request.select)
    return selected and not (request.ignore and finding.code.startswith(request.ignore))


def _keep_or_show(path: str, old: SessionDescription, new: SessionDescription, count: int, diff: bool) -> None:
    """Writes the fixed text to its file, or to standard output where it came from standard input; or the difference."""
    if diff:
        name = name_of(path)
        lines = difflib.unified_diff(
            [f"{line.text}\n" for line in old.lines], [f"{line.text}\n" for line in new.lines], name, name
        )
        streams.write("".join(lines))
    elif path == streams.STDIN:
        streams.write_lines(new.lines)
    elif str(new) != str(old):
        try:
            Path(path).write_bytes(bytes(new))
        except OSError as error:
            raise streams.InputError(f"{path}: it cannot be written: {error.strerror}") from None
    if count:
        streams.remark(f"{name_of(path)}: {count} {'would be' if diff else ''} fixed".replace("  ", " "))


def _write(all_checked: list[Checked], format: Format, statistics: bool) -> None:
    width = streams.width()
    if statistics:
        titles = {code: rule.title for code, rule in RULES.items()}
        streams.write(screens.statistics(all_checked, titles, width))
        return
    match format:
        case Format.TEXT:
            streams.write("\n".join(screens.diagnostics(checked, width) for checked in all_checked))
        case Format.CONCISE:
            streams.write("".join(map(screens.concise, all_checked)))
        case Format.JSON:
            streams.write("".join(document("validate", checked.path, checked.report) for checked in all_checked))
        case Format.SARIF:
            streams.write(checks.sarif(all_checked, RULES))
        case Format.GITHUB:
            streams.write(checks.github(all_checked))
        case Format.GITLAB:
            streams.write(checks.gitlab(all_checked))
        case Format.JUNIT:
            streams.write(checks.junit(all_checked))


def _watch(paths: list[str | None], once: Callable[[], int]) -> int:
    """Checks now, and again after each change of a file, until it is interrupted."""
    watched = [Path(path) for path in paths if path is not None and path != streams.STDIN]
    if len(watched) < len([path for path in paths if path is not None]):
        raise streams.InputError("--watch needs files: standard input cannot change")
    seen: list[float | None] = []
    while True:
        now = [path.stat().st_mtime if path.exists() else None for path in watched]
        if now != seen:
            seen = now
            if sys.stdout.isatty():
                streams.write("\x1b[2J\x1b[H")
            try:
                once()
            except streams.InputError as error:
                streams.complain(str(error))
        time.sleep(_WATCHED_EVERY)
