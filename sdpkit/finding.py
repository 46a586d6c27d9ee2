"""What is wrong with a text, as data: a stable code, how bad it is, where it stands, why, and what to do."""

import enum

import msgspec


class Severity(enum.StrEnum):
    """How bad a finding is by the standards, the worst first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Span(msgspec.Struct, frozen=True, gc=False):
    """A piece of one line: the line and its columns counted from 1, `end` one past the last column.

    Columns count characters (code points), not bytes.
    """

    line: int
    start: int
    end: int


class Edit(msgspec.Struct, frozen=True, gc=False):
    """A change of one line: what stands in its place, maybe several lines with LF between them; None removes it."""

    line: int
    text: str | None


class Fix(msgspec.Struct, frozen=True, gc=False):
    """A way to put a finding right. A safe one cannot change what the text means; any other is a guess."""

    title: str
    safe: bool
    edits: tuple[Edit, ...]


class Place(msgspec.Struct, frozen=True, gc=False):
    """Another place that a finding is about.

    `document` is "offer", "answer" or "previous" where it stands in another text than the finding, else empty; `text`
    is its whole line.
    """

    document: str
    span: Span
    text: str
    message: str


class Finding(msgspec.Struct, frozen=True, gc=False):
    """One thing found: `code` never changes its meaning, `reference` names the RFC and section that says so."""

    code: str
    severity: Severity
    message: str
    span: Span
    reference: str = ""
    help: str = ""
    fix: Fix | None = None
    related: tuple[Place, ...] = ()

    def moved(self, line: int, columns: int) -> "Finding":
        """The same finding, of a value that stands in line number `line` behind `columns` other characters."""
        span = Span(line, self.span.start + columns, self.span.end + columns)
        return msgspec.structs.replace(self, span=span)

    def __str__(self) -> str:
        return f"{self.span.line}:{self.span.start}: {self.severity} {self.code} {self.message}"


class SDPError(ValueError):
    """The one error of sdpkit: some text is not what it has to be. `findings` say what, where and why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings

    def __str__(self) -> str:
        return "\n".join(str(finding) for finding in self.findings)


def fault(
    code: str,
    message: str,
    reference: str,
    *,
    start: int,
    end: int,
    line: int = 1,
    help: str = "",
    severity: Severity = Severity.ERROR,
) -> SDPError:
    """An `SDPError` with one finding; `start` and `end` are offsets in the text, from 0."""
    return SDPError(Finding(code, severity, message, Span(line, start + 1, end + 1), reference, help))


def shorten(text: str) -> str:
    """As much of a text as a message may cite."""
    return text if len(text) <= 60 else f"{text[:57]}..."
