"""One text checked as the options of `sdpkit validate` ask for, and fixed."""

import enum
import re
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from sdpkit.cli import exits, streams
from sdpkit.cli.inputs import name_of
from sdpkit.cli.replacing import replace_file
from sdpkit.cli.settings import Target
from sdpkit.finding import Finding, SDPError
from sdpkit.masking import MASK, mask_lines
from sdpkit.report import validate as screens
from sdpkit.report.masking import without_secrets
from sdpkit.report.validate import Checked
from sdpkit.rules import Profile, Report, validate, validate_candidate
from sdpkit.rules.fixing import Fixed, fix
from sdpkit.rules.targets import for_target
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Line
from sdpkit.sdp.parser import parse

_LONGEST_CANDIDATE = 10_000  # characters of one in JSON
_NO_LINE = "SYN013"
"""The code of a line that is none of SDP."""
_CANDIDATE = re.compile(r'(?:a=)?candidate:|\{[^{}]*"candidate" *:|[^=]* typ ')


class Kind(enum.StrEnum):
    """What a description is."""

    OFFER = "offer"
    ANSWER = "answer"


class Request(msgspec.Struct, frozen=True):
    """What a text is checked for."""

    against: str | None
    """The path of the offer that it is the answer to."""
    previous: str | None
    """The path of what the same side said before."""
    type: Kind | None
    profile: Profile | None
    target: Target | None
    pedantic: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fix: bool
    unsafe_fixes: bool
    diff: bool
    show_secrets: bool


class Others(NamedTuple):
    """What a description is checked against."""

    offer: SessionDescription | None
    previous: SessionDescription | None


def check_text(path: str, request: Request, others: Others) -> Checked:
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
    lines, text = description.lines, str(description)
    if text.lstrip().startswith("{") and len(text) < _LONGEST_CANDIDATE:
        lines = parse(" ".join(line.text for line in lines)).lines
    texts = [line.text.strip() for line in lines if line.text.strip()]
    return lines if texts and all(map(_CANDIDATE.match, texts)) else ()


def _check_candidates(path: str, lines: Sequence[Line], request: Request, others: Others) -> Checked:
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


def _check_description(path: str, description: SessionDescription, request: Request, others: Others) -> Checked:
    def judge(description: SessionDescription, pedantic: bool = request.pedantic) -> Report:
        return validate(
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
        fixed = fix(
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


def _check_order(path: str, description: SessionDescription, request: Request, others: Others) -> None:
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
    text = "".join(show(name, before, after))
    streams.write(text)
    if MASK in text:
        streams.remark("secrets are masked, so that patch does not take it; --show-secrets shows them")
