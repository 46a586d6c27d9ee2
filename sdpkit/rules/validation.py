"""All that is wrong with a description, and what each stack will say to it."""

from collections.abc import Iterable, Iterator

import msgspec

from sdpkit.finding import Finding, SDPError, Severity
from sdpkit.ice.candidate import Candidate
from sdpkit.rules.profile import guess_profile
from sdpkit.rules.rule import RULES, Profile, Rule, Scope, Subject
from sdpkit.rules.stacks import aiortc, chromium, firefox
from sdpkit.rules.verdict import Verdict
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse

STACKS = {"chromium": chromium, "firefox": firefox, "aiortc": aiortc}
"""The stacks whose verdicts a report has."""


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
    findings = [*new.findings, *_run(Scope.DESCRIPTION, subject, pedantic, subject)]
    if offer is not None:
        findings += _run(Scope.PAIR, subject, pedantic, Subject(offer, "offer", profile), subject)
    if before is not None:
        findings += _run(Scope.RENEGOTIATION, subject, pedantic, Subject(before, type, profile), subject)
    verdicts = {name: stack.judge(new, type or "offer", offer, before) for name, stack in STACKS.items()}
    return Report(type, profile, _sorted(findings), verdicts)


def validate_candidate(text: str, *, pedantic: bool = False) -> Report:
    """Checks one candidate as it is given to addIceCandidate, also as RTCIceCandidateInit in JSON."""
    findings: list[Finding] = []
    try:
        Candidate.parse(text)
    except SDPError as error:
        findings += error.findings
    subject = Subject(parse(text), None, Profile.WEBRTC)
    findings += _run(Scope.CANDIDATE, subject, pedantic, text)
    verdicts = {name: stack.judge_candidate(text) for name, stack in STACKS.items()}
    return Report(None, Profile.WEBRTC, _sorted(findings), verdicts)


def _description(text: SessionDescription | str | None) -> SessionDescription | None:
    return parse(text) if isinstance(text, str) else text


def _run(scope: Scope, subject: Subject, pedantic: bool, *subjects: object) -> Iterator[Finding]:
    """What the rules of one scope find."""
    for rule in _wanted(scope, subject.profile, pedantic):
        assert rule.check is not None
        yield from map(rule.finding, rule.check(*subjects))


def _wanted(scope: Scope, profile: Profile, pedantic: bool) -> Iterator[Rule]:
    for rule in RULES.values():
        if rule.scope is scope and rule.check and profile in rule.profiles and (pedantic or not rule.pedantic):
            yield rule


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """In the order of their places, each only once: what two rules see at one place is said by the first of them."""
    unique = {(finding.code, finding.span, finding.message): finding for finding in findings}
    return tuple(sorted(unique.values(), key=lambda finding: (finding.span.line, finding.span.start, finding.code)))
