"""The texts of one input checked as the options of `sdpkit validate` ask for, and fixed."""

import enum
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sdpkit.cli import streams
from sdpkit.cli.inputs import Input, is_plain, name_of, offer_and_answer, read_texts
from sdpkit.cli.replacing import replace_file
from sdpkit.cli.settings import Target
from sdpkit.finding import Finding, Span
from sdpkit.masking import MASK, mask_lines
from sdpkit.report import validate as screens
from sdpkit.report.masking import without_secrets
from sdpkit.report.validate import Checked
from sdpkit.rules import RULES, Profile, Report, validate, validate_candidate
from sdpkit.rules.fixing import Fixed, fix
from sdpkit.rules.targets import for_target
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Line
from sdpkit.sdp.parser import parse

if TYPE_CHECKING:
    from sdpkit.intake import Repair

_LONGEST_CANDIDATE = 10_000  # characters of one in JSON
_CANDIDATE = re.compile(r'(?:a=)?candidate:|\{[^{}]*"candidate" *:|[^=]* typ ')
_INDENT = re.compile(r"(?<=[\r\n])[ \t]+")
_END_OF_CANDIDATES = "a=end-of-candidates"


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


Judge = Callable[..., Report]
"""Validates a description as the options ask for; `pedantic` can be given with it."""


class Others(NamedTuple):
    """What a description is checked against."""

    offer: SessionDescription | None
    previous: SessionDescription | None


def check_input(path: str, request: Request, others: Others) -> list[Checked]:
    """Checks all texts of one input. Raises InputError where that cannot be done."""
    inputs = read_texts(path, _has_its_places)
    if request.fix:
        _check_can_be_fixed(inputs)
    if others.offer is not None:
        inputs = [each for each in inputs if each.role == "answer"] or inputs
    pair = offer_and_answer(inputs) if len(inputs) == 2 else None
    if pair is None:
        all_checked = [_check(each, request, others) for each in inputs]
    else:
        offer, answer = pair
        against = msgspec.structs.replace(request, against=offer.name)
        all_checked = [
            _check(offer, request, others),
            _check(answer, against, others._replace(offer=offer.description)),
        ]
    return all_checked if request.show_secrets else [without_secrets(checked) for checked in all_checked]


def _check_can_be_fixed(inputs: Sequence[Input]) -> None:
    """Raises InputError for a file that would no longer be what it is, and for several texts in one output."""
    first = inputs[0]
    if len(inputs) > 1:
        raise streams.InputError(f"{name_of(first.path)}: --fix is for one description, and there are {len(inputs)}")
    if first.find is not None and first.path != streams.STDIN:
        message = f"{first.name}: --fix would put SDP in place of what it is now"
        raise streams.InputError(f"{message}; clean SDP is made by: sdpkit repair -o NEW.sdp {first.path}")


def _check(each: Input, request: Request, others: Others) -> Checked:
    if candidates := _candidates_in(each.description):
        return _check_candidates(each, candidates, request, others)
    return _check_description(each, request, others)


def _has_its_places(text: SessionDescription) -> bool:
    """Whether what is wrong in a text can be shown at its place: candidates, or lines of which some are indented."""
    return bool(_candidates_in(text)) or is_plain(parse(_INDENT.sub("", str(text))))


def _candidates_in(description: SessionDescription) -> Sequence[Line]:
    """The lines of a text that has nothing but candidates, or one in JSON, which is put into one line."""
    lines, text = description.lines, str(description)
    if text.lstrip().startswith("{") and len(text) < _LONGEST_CANDIDATE:
        lines = parse(" ".join(line.text for line in lines)).lines
    filled = [line for line in lines if line.text.strip() not in ("", _END_OF_CANDIDATES)]
    return lines if filled and all(_CANDIDATE.match(line.text.strip()) for line in filled) else ()


def _check_candidates(each: Input, lines: Sequence[Line], request: Request, others: Others) -> Checked:
    candidates = [line for line in lines if line.text.strip() not in ("", _END_OF_CANDIDATES)]

    def judge(pedantic: bool) -> Report:
        reports = (
            validate_candidate(line.text.strip(), against=others.offer, pedantic=pedantic) for line in candidates
        )
        return _together(candidates, list(reports))

    kind = "candidate" if len(candidates) == 1 else f"{len(candidates)} candidates"
    report = _as_wanted(judge(request.pedantic), judge, request)
    return Checked(each.path, each.name, kind, tuple(line.text for line in lines), report, _names(request))


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


def _check_description(each: Input, request: Request, others: Others) -> Checked:
    judge = partial(
        validate,
        type=request.type or (each.role if each.type and others.offer is None else None),
        against=others.offer,
        previous=others.previous,
        profile=request.profile,
    )
    _check_order(each, request, others)
    if request.fix or request.diff:
        fixed = fix(
            each.description,
            partial(judge, pedantic=request.pedantic),
            unsafe=request.unsafe_fixes,
            wanted=lambda finding: _is_wanted(finding, request),
        )
        _keep_or_show(each, fixed, request)
        if not request.diff:
            each = Input(each.path, each.name, fixed.description)
    report_of = partial(_report, each, judge)
    report = _as_wanted(report_of(request.pedantic), report_of, request)
    lines = tuple(line.text for line in each.description.lines)
    return Checked(each.path, each.name, report.type or "description", lines, report, _names(request))


def _report(each: Input, judge: Judge, pedantic: bool) -> Report:
    """What is found in a text. What was repaired before is found in it, too, and the stacks get it as it was."""
    report = judge(each.description, pedantic=pedantic)
    if each.find is None:
        return report
    findings = [msgspec.structs.replace(finding, fix=None) for finding in report.findings]  # its lines are not there
    damage = [_of_damage(repair) for repair in each.find.repairs if repair.code]
    if damage:
        as_it_was = judge(parse(each.find.original or each.find.text), pedantic=pedantic)
        report = msgspec.structs.replace(report, verdicts=as_it_was.verdicts)
    return msgspec.structs.replace(report, findings=(*damage, *findings))


def _of_damage(repair: "Repair") -> Finding:
    """A repair as the finding that it was needed; the place is gone with it."""
    rule = RULES[repair.code]
    message = f"repaired to be checked: {repair.what} ({repair.certainty})"
    help = "clean SDP is made by: sdpkit repair"
    return Finding(rule.code, rule.severity, message, Span(1, 1, 1), rule.reference, help)


def _check_order(each: Input, request: Request, others: Others) -> None:
    """Says when what is checked as an answer looks like an offer: its user may have meant something else."""
    if others.offer is not None and each.role == "offer":
        offer = name_of(request.against or "")
        streams.remark(f"{each.name} looks like an offer, and is checked as the answer to {offer}")


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


def _keep_or_show(each: Input, fixed: Fixed, request: Request) -> None:
    """Puts the fixed text into its file, or on standard output where it came from standard input; or shows the diff."""
    new = fixed.description
    if request.diff:
        _show_difference(each.name, each.description, new, request)
    elif each.path == streams.STDIN:
        streams.write_lines(new.lines)
    elif fixed.applied:
        _replace(each, new)
    if fixed.applied:
        streams.remark(f"{each.name}: {len(fixed.applied)} {'would be ' if request.diff else ''}fixed")


def _replace(each: Input, new: SessionDescription) -> None:
    try:
        replace_file(each.path, bytes(new))
    except streams.InputError as error:
        raise streams.InputError(f"{each.name}: {error}") from None


def _show_difference(name: str, old: SessionDescription, new: SessionDescription, request: Request) -> None:
    before, after = list(old.lines), list(new.lines)
    if not request.show_secrets:
        before, after = list(mask_lines(before)), list(mask_lines(after))
    show = screens.difference_on_a_screen if sys.stdout.isatty() else screens.difference
    text = "".join(show(name, before, after))
    streams.write(text)
    if MASK in text:
        streams.remark("secrets are masked, so that patch does not take it; --show-secrets shows them")
