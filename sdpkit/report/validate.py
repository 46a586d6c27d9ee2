"""What `sdpkit validate` says to people: diagnostics with their places, verdicts, counts, differences."""

import difflib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby

import msgspec
import wcwidth

from sdpkit.finding import Finding, Place, Severity
from sdpkit.report.escaping import escape
from sdpkit.report.tables import table
from sdpkit.rules.validation import Report
from sdpkit.rules.verdict import Verdict
from sdpkit.sdp.lines import Line

_CONTEXT = 20  # characters shown before a place, where its line is too long to be shown from its beginning
_ENDS = {"\n": "␊", "\r": "␍", "": "␃"}
_MOST_OF_A_RULE = 3  # diagnostics that are shown in full
_LONGEST_ERROR = 400  # characters of a stack's error, which may cite a line


class Checked(msgspec.Struct, frozen=True):
    """A report and the text that it is about, as they are shown."""

    path: str
    """As it was given; `-` is standard input."""
    name: str
    """How the text is called on a screen."""
    kind: str
    """What the text is: "offer", "answer", "description", "candidate", "3 candidates"."""
    lines: tuple[str, ...]
    report: Report
    others: dict[str, str] = {}
    """The names of the texts that it was checked against: by "offer" and "previous"."""
    masked: frozenset[int] = frozenset()
    """The numbers of the lines with something else than what stands there, so that no place in them is right."""

    def line(self, number: int) -> str:
        """A line by its number; a report about an empty text has places, too."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


def diagnostics(checked: Checked, width: int) -> str:
    """The findings with their lines, of each rule the first few, then the verdicts and the counts."""
    blocks = [_block(checked, groups, width) for groups in _blocks(checked.report.findings)]
    return "\n\n".join([*blocks, summary(checked, width)]) + "\n"


def _blocks(findings: Iterable[Finding]) -> Iterable[list[list[Finding]]]:
    """Groups of alike findings, one in each block; of each rule the first few, then all others in one block."""
    blocks: dict[object, list[list[Finding]]] = defaultdict(list)
    numbers: Counter[object] = Counter()
    for alike in _alike(findings):
        rule = alike[0].severity, alike[0].code
        numbers[rule] += 1
        blocks[rule, min(numbers[rule], _MOST_OF_A_RULE + 1)].append(alike)
    return blocks.values()


def _block(checked: Checked, groups: Sequence[Sequence[Finding]], width: int) -> str:
    """Findings that are alike in full; of several groups only how many findings there are, and where."""
    if len(groups) == 1:
        return diagnostic(checked, groups[0], width)
    findings = [finding for group in groups for finding in group]
    first, where = findings[0], _ranges({finding.span.line for finding in findings})
    text = f"{checked.name}: {first.severity} {first.code} {len(findings)} more, {where} (all: --format concise)"
    return "\n".join(_wrapped(text, width, "", "    "))


def _ranges(numbers: Collection[int]) -> str:
    """Such as `in line 7` or `in lines 7 to 9, 12`."""
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(sorted(numbers)), key=lambda numbered: numbered[1] - numbered[0])
    ]
    shown = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
    return f"in line{'s' * (len(numbers) > 1)} {shown}"


def _alike(findings: Iterable[Finding]) -> Iterable[list[Finding]]:
    """The findings, those of one rule about one line together, if there is the same to say about them."""
    alike: dict[object, list[Finding]] = defaultdict(list)
    for finding in findings:
        is_safe = finding.fix and finding.fix.safe
        alike[finding.span.line, finding.code, finding.severity, finding.help, is_safe, finding.related].append(finding)
    return alike.values()


def diagnostic(checked: Checked, findings: Sequence[Finding], width: int) -> str:
    """Findings of one rule about one line: what and where, the line with the places underlined, others, advice."""
    finding = findings[0]
    gutter = len(str(max(finding.span.line, *(place.span.line for place in finding.related), 0)))
    blank = " " * gutter
    lines = [text for one in findings for text in _wrapped(_head(checked, one), width, "", "    ")]
    lines.append(f"{blank} |")
    shown, marks = _excerpt(checked, findings, width - gutter - 3)
    lines += [f"{finding.span.line:>{gutter}} | {shown}", f"{blank} | {marks}"]
    for place in finding.related:
        lines += _related(checked, place, gutter, width)
    for label, text in _advice(findings):
        lines += _wrapped(text, width, f"{blank} = {label}: ", " " * (gutter + len(label) + 5))
    return "\n".join(lines)


def _head(checked: Checked, finding: Finding) -> str:
    span = finding.span
    return f"{checked.name}:{span.line}:{span.start}: {finding.severity} {finding.code} {finding.message}"


def _wrapped(text: str, width: int, first: str, rest: str) -> list[str]:
    """A text in lines of so many columns, with something before the first and before the others."""
    if len(first) + _columns(text) <= width:
        return [first + escape(text)]
    return wcwidth.wrap(escape(text), width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def _excerpt(checked: Checked, findings: Sequence[Finding], width: int) -> tuple[str, str]:
    """A line with the places of findings in it underlined, or all of it where it is masked."""
    number = findings[0].span.line
    line = checked.line(number)
    if number in checked.masked:
        return _underlined(line, [(0, len(line))], width)
    return _underlined(line, [(finding.span.start - 1, finding.span.end - 1) for finding in findings], width)


def _underlined(text: str, places: Sequence[tuple[int, int]], width: int) -> tuple[str, str]:
    """As much of a text as fits into so many columns, and the marks below the places in it.

    It is shown from its beginning, or, if its places would hardly be seen then, from a little before the first.
    """
    first, last = min(start for start, _ in places), max(end for _, end in places)
    text = text.ljust(last)
    fits = last < width and _columns(text[:last]) < width
    is_near = first < width and _columns(text[:first]) < width / 2
    begin = 0 if fits or is_near else max(0, first - _CONTEXT)
    piece = text[begin : begin + width]
    widths = [_columns(char) for char in piece]
    count = _fitting(widths, width - (begin > 0), begin + len(piece) == len(text))
    marks = [" "] * count
    for start, end in places:
        for index in range(max(start - begin, 0), min(end - begin, count)):
            marks[index] = "^"
    underline = "".join(mark * max(columns, mark == "^") for mark, columns in zip(marks, widths, strict=False))
    left, right = "…" * (begin > 0), "…" * (begin + count < len(text))
    return f"{left}{escape(piece[:count])}{right}".rstrip(), f"{' ' * len(left)}{underline}".rstrip()


def _fitting(widths: Sequence[int], room: int, is_end: bool) -> int:
    """How many characters fit into so many columns, with an ellipsis behind them if they are not all there are."""
    if is_end and sum(widths) <= room:
        return len(widths)
    return sum(columns < room for columns in accumulate(widths))


def _columns(text: str) -> int:
    """How many columns a text takes when it is shown."""
    return len(text) if text.isascii() and text.isprintable() else max(0, wcwidth.wcswidth(escape(text)))


def _related(checked: Checked, place: Place, gutter: int, width: int) -> Iterator[str]:
    """Another place that a finding is about, with its line."""
    name = checked.others.get(place.document, checked.name)
    where = f"{name}:{place.span.line}:{place.span.start}: {place.message}"
    yield from _wrapped(where, width, f"{' ' * gutter} : ", " " * (gutter + 7))
    shown, _ = _underlined(place.text, [(0, 0)], width - gutter - 3)
    yield f"{place.span.line:>{gutter}} : {shown}"


def _advice(findings: Sequence[Finding]) -> Iterator[tuple[str, str]]:
    finding = findings[0]
    if finding.help:
        yield "help", finding.help
    if finding.fix is not None:
        titles = {other.fix.title for other in findings if other.fix}
        option = "--fix" if finding.fix.safe else "--fix --unsafe-fixes"
        yield "fix", f"{finding.fix.title}{', and so on' if len(titles) > 1 else ''} ({option})"
    yield "see", f"{finding.reference + ', ' if finding.reference else ''}sdpkit explain {finding.code}"


def summary(checked: Checked, width: int) -> str:
    """The verdicts of the stacks and the counts."""
    lines = [
        line
        for name, verdict in checked.report.verdicts.items()
        for line in _wrapped(verdict_in_words(verdict), width, f"{name:<10} ", " " * 11)
    ]
    return "\n".join([*lines, *_wrapped(counts(checked), width, "", "    ")])


def verdict_in_words(verdict: Verdict) -> str:
    """Accepts, accepts but …, or refuses with its text."""
    if not verdict.accepted:
        return f"refuses: {_shortened(verdict.error)}" if verdict.error else "refuses"
    reservations = []
    if verdict.rejected_sections:
        many = len(verdict.rejected_sections) > 1
        numbers = ", ".join(map(str, verdict.rejected_sections))
        reservations.append(f"refuses m-section{'s' * many} {numbers}")
    if verdict.obstacle:
        reservations.append(f"will not connect: {verdict.obstacle}")
    return f"accepts{', but ' * bool(reservations)}{', and '.join(reservations)}"


def _shortened(error: str) -> str:
    """A stack's error without the middle of what it cites; the reason stands at its end."""
    half = _LONGEST_ERROR // 2
    return error if len(error) <= _LONGEST_ERROR else f"{error[:half]} … {error[-half:]}"


def counts(checked: Checked) -> str:
    """Such as `a.sdp: offer, profile webrtc: 2 errors, 1 warning, 0 notes; can be fixed: 1 with --fix`."""
    report = checked.report
    found = Counter(finding.severity for finding in report.findings)
    numbers = ", ".join(f"{found[each]} {each}{'' if found[each] == 1 else 's'}" for each in Severity)
    against = f" against {' and '.join(checked.others.values())}" if checked.others else ""
    fixes = Counter("--fix" if finding.fix.safe else "--unsafe-fixes" for finding in report.findings if finding.fix)
    ways = ", ".join(f"{count} with {option}" for option, count in sorted(fixes.items()))
    fixable = f"; can be fixed: {ways}" if ways else ""
    return f"{checked.name}: {checked.kind}{against}, profile {report.profile}: {numbers}{fixable}"


def concise(checked: Checked) -> str:
    """A line for each finding: `path:line:column: severity CODE message`."""
    return "".join(f"{escape(_head(checked, finding))}\n" for finding in checked.report.findings)


def statistics(all_checked: Iterable[Checked], titles: Mapping[str, str], width: int) -> str:
    """How often each code was found, the most frequent first."""
    found = Counter((finding.code, finding.severity) for checked in all_checked for finding in checked.report.findings)
    rows = [[count, severity, code, titles.get(code, "")] for (code, severity), count in found.most_common()]
    if not rows:
        return "no findings\n"
    return f"{table(['count', 'severity', 'code', 'rule'], rows, width, right=['count'], wrap=['rule'])}\n"


def difference(name: str, old: Sequence[Line], new: Sequence[Line]) -> Iterator[str]:
    """What a fix changes, as the lines of a unified diff, which `patch` takes."""
    for line in difflib.unified_diff(list(map(str, old)), list(map(str, new)), name, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def difference_on_a_screen(name: str, old: Sequence[Line], new: Sequence[Line]) -> Iterator[str]:
    """The same for a terminal. `␊`, `␍` and `␃` show that a changed line ends with LF, with CR, or not at all."""
    for line in difflib.unified_diff(list(map(str, old)), list(map(str, new)), name, name):
        text = line.rstrip("\r\n")
        is_changed = line.startswith(("-", "+")) and not line.startswith(("---", "+++"))
        yield f"{escape(text)}{_ENDS.get(line[len(text) :], '') if is_changed else ''}\n"
