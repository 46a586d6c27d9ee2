"""What `sdpkit validate` says to people: diagnostics with their places, verdicts, counts."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from sdpkit.finding import Finding, Place, Severity, Span
from sdpkit.masking import mask
from sdpkit.report.escaping import escape
from sdpkit.report.tables import table
from sdpkit.rules.validation import Report
from sdpkit.rules.verdict import Verdict

_MOST_COLUMNS = 200  # of a shown line
_CONTEXT = 60  # columns shown before the place, where a line is longer


class Checked(msgspec.Struct, frozen=True):
    """A report and the texts that it is about."""

    path: str
    lines: tuple[str, ...]
    """The lines of the text, with nothing masked."""
    report: Report
    against: str | None = None
    """The path of the offer of an answer, or of the previous description."""
    show_secrets: bool = False

    def line(self, number: int) -> str:
        """A line as it may be shown."""
        text = self.lines[number - 1] if 0 < number <= len(self.lines) else ""
        return text if self.show_secrets else mask(text)

    def message(self, finding: Finding) -> str:
        """The message, without what it cites of a line that has a secret in it."""
        text = self.lines[finding.span.line - 1] if 0 < finding.span.line <= len(self.lines) else ""
        return finding.message if self.line(finding.span.line) == text else finding.message.partition(", found")[0]


def diagnostics(checked: Checked, width: int) -> str:
    """All findings with their lines, then the verdicts and the counts."""
    blocks = [diagnostic(checked, finding, width) for finding in checked.report.findings]
    return "\n\n".join([*blocks, summary(checked, width)]) + "\n"


def diagnostic(checked: Checked, finding: Finding, width: int) -> str:
    """One finding: where and what, the line with its place underlined, the other places, help and reference."""
    lines = [f"{escape(checked.path)}:{_head(checked, finding)}"]
    gutter = len(str(max(finding.span.line, *(place.span.line for place in finding.related), 0)))
    lines += _excerpt(finding.span, checked.line(finding.span.line), checked.lines, "", gutter)
    for place in finding.related:
        lines += _related(checked, place, gutter)
    for label, text in _advice(finding):
        first, rest = f"{' ' * gutter} = {label}: ", " " * (gutter + 3 + len(label) + 2)
        lines += textwrap.wrap(
            escape(text), width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
        )
    return "\n".join(lines)


def _head(checked: Checked, finding: Finding) -> str:
    span = finding.span
    return f"{span.line}:{span.start}: {finding.severity} {finding.code} {escape(checked.message(finding))}"


def _excerpt(span: Span, shown: str, lines: tuple[str, ...], message: str, gutter: int) -> Iterator[str]:
    """A line with its place underlined; the whole line where what stands there is masked."""
    is_masked = 0 < span.line <= len(lines) and shown != lines[span.line - 1]
    start, end = (0, len(shown)) if is_masked else (span.start - 1, span.end - 1)
    cut = max(0, start - _CONTEXT) if len(shown) > _MOST_COLUMNS else 0
    piece = shown[cut : cut + _MOST_COLUMNS]
    before, marked = piece[: start - cut], piece[start - cut : end - cut]
    blank = " " * gutter
    yield f"{blank} |"
    yield f"{span.line:>{gutter}} | {'…' if cut else ''}{escape(piece)}{'…' if len(shown) > cut + len(piece) else ''}"
    indent = " " * (_columns(before) + bool(cut))
    yield f"{blank} | {indent}{'^' * max(1, _columns(marked))} {escape(message)}".rstrip()


def _columns(text: str) -> int:
    """How many columns a piece of a line takes when it is shown."""
    from wcwidth import wcswidth  # noqa: PLC0415  it takes its time to be imported

    return max(0, wcswidth(escape(text)))


def _related(checked: Checked, place: Place, gutter: int) -> Iterator[str]:
    blank = " " * gutter
    path = checked.against if place.document else checked.path
    shown = place.text if checked.show_secrets else mask(place.text)
    yield f"{blank} : {escape(path or place.document)}:{place.span.line}:{place.span.start}: {escape(place.message)}"
    yield f"{place.span.line:>{gutter}} : {escape(shown[:_MOST_COLUMNS])}"


def _advice(finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.help:
        yield "help", finding.help
    if finding.fix is not None:
        yield "fix", f"{finding.fix.title} ({'--fix' if finding.fix.safe else '--unsafe-fixes'})"
    yield "see", f"{finding.reference + ', ' if finding.reference else ''}sdpkit explain {finding.code}"


def summary(checked: Checked, width: int) -> str:
    """The verdicts of the stacks and the counts."""
    return "\n".join([*_verdicts(checked.report, width), counts(checked)])


def _verdicts(report: Report, width: int) -> Iterator[str]:
    for name, verdict in report.verdicts.items():
        yield from textwrap.wrap(
            escape(verdict_in_words(verdict)),
            width,
            initial_indent=f"{name:<10} ",
            subsequent_indent=" " * 11,
            break_on_hyphens=False,
        )


def verdict_in_words(verdict: Verdict) -> str:
    """Accepts, accepts but …, or refuses with its text."""
    if not verdict.accepted:
        return f"refuses: {verdict.error}" if verdict.error else "refuses"
    reservations = []
    if verdict.rejected_sections:
        many = len(verdict.rejected_sections) > 1
        numbers = ", ".join(map(str, verdict.rejected_sections))
        reservations.append(f"refuses m-section{'s' * many} {numbers}")
    if verdict.obstacle:
        reservations.append(f"will not connect: {verdict.obstacle}")
    return ", but ".join(["accepts", *reservations])


def counts(checked: Checked) -> str:
    """Such as `offer.sdp: offer, 2 errors, 1 warning, 0 notes; 1 can be fixed with --fix`."""
    report = checked.report
    found = Counter(finding.severity for finding in report.findings)
    numbers = ", ".join(f"{found[each]} {each}{'' if found[each] == 1 else 's'}" for each in Severity)
    safe = sum(finding.fix is not None and finding.fix.safe for finding in report.findings)
    against = f" against {checked.against}" if checked.against else ""
    fixable = f"; {safe} can be fixed with --fix" if safe else ""
    kind = report.type or "description"
    return escape(f"{checked.path}: {kind}{against}, profile {report.profile}: {numbers}{fixable}")


def concise(checked: Checked) -> str:
    """A line for each finding: `path:line:column: severity CODE message`."""
    return "".join(f"{escape(checked.path)}:{_head(checked, finding)}\n" for finding in checked.report.findings)


def statistics(all_checked: Iterable[Checked], titles: Mapping[str, str], width: int) -> str:
    """How often each code was found, the most frequent first."""
    found = Counter(finding.code for checked in all_checked for finding in checked.report.findings)
    rows = [[count, code, titles.get(code, "")] for code, count in found.most_common()]
    return f"{table(['count', 'code', 'rule'], rows, width, right=['count'], wrap=['rule'])}\n" if rows else ""
