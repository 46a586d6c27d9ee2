"""All that is wrong with a description, and what each stack will say to it."""

from collections.abc import Iterable
from functools import cache

import msgspec

from sdpkit.finding import Finding, SDPError, Severity
from sdpkit.ice.candidate import Candidate, CandidateInit
from sdpkit.rules.profile import guess_profile
from sdpkit.rules.rule import RULES, Check, Profile, Rule, Scope, Subject
from sdpkit.rules.stacks import aiortc, chromium, firefox
from sdpkit.rules.verdict import Verdict
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse

STACKS = {"chromium": chromium, "firefox": firefox, "aiortc": aiortc}
"""The stacks whose verdicts a report has."""


_SAYS_MORE = {
    "SYN012": ("SYN011",),
    "SES005": ("SES004",),
    "SES006": ("SYN023",),
    "MED002": ("MED001",),
    "MED018": ("MED023",),
    "COD008": ("COD017",),
    "COD015": ("COD017",),
    "ICE022": ("ICE020",),
    "ICE023": ("ICE020",),
    "ICE024": ("ICE020",),
}
"""Rules that say of a line what the parser says less exactly, under these codes."""
_EXPLAINS = {"SYN007": ("SYN008",), "SYN002": ("SYN", "SES", "MED"), "SYN004": ("SYN", "SES", "MED")}
"""Rules about a whole text that explain other findings of it, whose codes begin so."""


class Report(msgspec.Struct, frozen=True):
    """What validation found."""

    type: str | None
    profile: Profile
    findings: tuple[Finding, ...]
    """By the standards, in the order of their places."""
    verdicts: dict[str, Verdict]
    """By the names in STACKS; empty where there is nothing to judge."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of severity error."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


def validate(
    description: SessionDescription | str,
    type: str | None = None,
    *,
    against: SessionDescription | str | None = None,
    previous: SessionDescription | str | None = None,
    profile: Profile | None = None,
    pedantic: bool = False,
) -> Report:
    """Checks a description by itself, an answer against its offer, or a new description against the previous one.

    `type` is "offer" or "answer"; where it is None it is guessed. With `pedantic`, rules of less weight and those that
    all browsers break are checked too.

    >>> report = validate("v=0\\r\\no=- 1 1 IN IP4 0.0.0.0\\r\\ns=-\\r\\nt=0 0\\r\\n", "offer")
    >>> report.verdicts["chromium"].accepted
    True
    """
    new, offer, before = (_description(text) for text in (description, against, previous))
    assert new is not None
    type = type or ("answer" if offer is not None else new.type.value)
    profile = profile or guess_profile(offer or new)
    subject = Subject(new, type, profile)
    findings = [*subject.findings, *_run(Scope.DESCRIPTION, subject, pedantic, subject)]
    if offer is not None:
        findings += _run(Scope.PAIR, subject, pedantic, Subject(offer, "offer", profile), subject)
    if before is not None:
        findings += _run(Scope.RENEGOTIATION, subject, pedantic, Subject(before, type, profile), subject)
    verdicts = {name: stack.judge(new, type or "offer", offer, before) for name, stack in STACKS.items()}
    return Report(type, profile, _sorted(findings), verdicts)


def validate_candidate(text: str, *, against: SessionDescription | str | None = None, pedantic: bool = False) -> Report:
    """Checks one candidate as it is given to addIceCandidate, also as RTCIceCandidateInit in JSON.

    With `against`, the remote description, also whether it belongs to that.
    """
    findings: list[Finding] = []
    try:
        Candidate.parse(text)
    except SDPError as error:
        findings += error.findings
    bare = _bare(text)
    line = f"a=candidate:{bare}" if bare and "\n" not in bare and "\r" not in bare else ""
    subject = Subject(parse(line), None, Profile.WEBRTC)
    findings += _run(Scope.CANDIDATE, subject, pedantic, text, _description(against))
    shift = text.find(bare) - len("a=candidate:")
    for rule, check in _wanted(Scope.DESCRIPTION, Profile.WEBRTC, pedantic):
        if rule.code.startswith("ICE"):  # the rules of candidates in a description hold here, too
            findings += (_elsewhere(rule.finding(hit), shift) for hit in check(subject))
    verdicts = {name: stack.judge_candidate(text) for name, stack in STACKS.items()}
    return Report(None, Profile.WEBRTC, _sorted(findings), verdicts)


def _bare(text: str) -> str:
    """The value of a candidate, without what may stand before it, taken out of JSON."""
    try:
        candidate = CandidateInit.parse(text).candidate if text.lstrip().startswith("{") else text
    except SDPError:
        candidate = ""
    return candidate.strip().removeprefix("a=").removeprefix("candidate:")


def _elsewhere(finding: Finding, shift: int) -> Finding:
    """A finding about a line, for a text in which the same stands elsewhere; its fix is for the line alone."""
    return msgspec.structs.replace(finding.moved(1, shift), fix=None)


def _description(text: SessionDescription | str | None) -> SessionDescription | None:
    return parse(text) if isinstance(text, str) else text


def _run(scope: Scope, subject: Subject, pedantic: bool, *subjects: object) -> list[Finding]:
    """What the rules of one scope find."""
    wanted = _wanted(scope, subject.profile, pedantic)
    return [rule.finding(hit) for rule, check in wanted for hit in check(*subjects)]


@cache
def _wanted(scope: Scope, profile: Profile, pedantic: bool) -> tuple[tuple[Rule, Check], ...]:
    """The rules to check, each with its check, once all are known."""
    return tuple(
        (rule, rule.check)
        for rule in RULES.values()
        if rule.scope is scope and rule.check and profile in rule.profiles and (pedantic or not rule.pedantic)
    )


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """In the order of their places, each cause only once.

    A rule that finds what the parser has found says it again, with a fix or another severity: the last one counts.
    """
    unique = {(finding.code, finding.span, finding.message): finding for finding in findings}
    codes = {finding.code for finding in unique.values()}
    explained = tuple(prefix for code in codes for prefix in _EXPLAINS.get(code, ()))
    said_better = {(one.span.line, code) for one in unique.values() for code in _SAYS_MORE.get(one.code, ())}
    kept = (
        finding
        for finding in unique.values()
        if (finding.span.line, finding.code) not in said_better
        and (finding.code in _EXPLAINS or not finding.code.startswith(explained))
    )
    return tuple(sorted(kept, key=lambda finding: (finding.span.line, finding.span.start, finding.code)))
