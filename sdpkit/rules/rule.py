"""What a rule is, and what it says.

A rule is a small generator: it looks at a description, a pair of them, or a candidate, and yields a hit for each
place that breaks it. Its docstring is what `sdpkit explain` shows: what is wrong, why it matters, what stacks do, how
to put it right. The decorator carries the rest, and two examples, which are tests.
"""

import enum
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from sdpkit.finding import Edit, Finding, Fix, Place, Severity, Span
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import MediaDescription


class Scope(enum.StrEnum):
    """What a rule looks at."""

    DESCRIPTION = "description"
    """`rule(subject: Subject)`: one description."""
    PAIR = "pair"
    """`rule(offer: Subject, answer: Subject)`: places are in the answer unless said otherwise."""
    RENEGOTIATION = "renegotiation"
    """`rule(previous: Subject, new: Subject)`: what one side said before, and says now."""
    CANDIDATE = "candidate"
    """`rule(text: str)`: one candidate as it is given to addIceCandidate."""


class Profile(enum.StrEnum):
    """What kind of peers a description is for."""

    WEBRTC = "webrtc"
    WHIP = "whip"
    SIP = "sip"
    RTSP = "rtsp"
    ST2110 = "st2110"


ANY = frozenset(Profile)
WEB = frozenset({Profile.WEBRTC, Profile.WHIP})
"""The profiles of browsers, with ICE, DTLS and all of RFC 8829."""


@dataclass(frozen=True)
class Subject:
    """A description and what it is taken for: "offer", "answer", or None where that is not known."""

    description: SessionDescription
    type: str | None
    profile: Profile

    @property
    def media(self) -> tuple[MediaDescription, ...]:
        """The m-sections."""
        return self.description.media

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the parser has found."""
        return self.description.findings

    @cached_property
    def live(self) -> tuple[MediaDescription, ...]:
        """The m-sections that are not rejected."""
        return tuple(section for section in self.description.media if not section.is_rejected)

    @cached_property
    def transports(self) -> tuple[MediaDescription, ...]:
        """The live m-sections with a transport of their own: all but those bundled behind another (RFC 9143 §7)."""
        live = {section.mid for section in self.live}
        behind: set[str] = set()
        for group in self.description.groups:
            mids = [mid for mid in group.mids if mid in live] if group.semantics == "BUNDLE" else []
            behind.update(mid for mid in mids if mid != mids[0])
        return tuple(section for section in self.live if section.mid not in behind)


class Hit(NamedTuple):
    """One place that breaks a rule. `severity` None is the rule's own."""

    line: Line
    message: str
    start: int = 0
    """The first character of the place in its line, from 0."""
    end: int | None = None
    """The character behind the place; None is the end of the line."""
    help: str = ""
    fix: Fix | None = None
    severity: Severity | None = None
    related: tuple[Place, ...] = ()


Check = Callable[..., Iterator[Hit]]


class Rule(msgspec.Struct, frozen=True):
    """One rule. `bad` and `good` are changes to the example descriptions (see `sdpkit.rules.examples`)."""

    code: str
    severity: Severity
    reference: str
    scope: Scope
    check: Check | None
    """None for what the parser finds."""
    profiles: frozenset[Profile]
    pedantic: bool
    bad: str
    good: str
    explanation: str

    @property
    def title(self) -> str:
        """The first sentence of the explanation."""
        return self.explanation.partition("\n")[0]

    def finding(self, hit: Hit) -> Finding:
        """A hit as a finding."""
        end = len(hit.line.text) if hit.end is None else hit.end
        span = Span(hit.line.number, hit.start + 1, max(end, hit.start + 1) + 1)
        severity = hit.severity or self.severity
        return Finding(self.code, severity, hit.message, span, self.reference, hit.help, hit.fix, hit.related)


RULES: dict[str, Rule] = {}
"""All rules by their codes, once `sdpkit.rules` is imported."""


def rule(
    code: str,
    severity: Severity,
    reference: str,
    *,
    bad: str,
    good: str = "",
    scope: Scope = Scope.DESCRIPTION,
    profiles: frozenset[Profile] = ANY,
    pedantic: bool = False,
) -> Callable[[Check], Check]:
    """Makes a rule of a generator. `good` is a change, like `bad`, that does not break it; empty is no change."""

    def register(check: Check) -> Check:
        _add(Rule(code, severity, reference, scope, check, profiles, pedantic, bad, good, _doc(check)))
        return check

    return register


def found_by_parser(
    code: str,
    severity: Severity,
    reference: str,
    *,
    bad: str,
    good: str = "",
    scope: Scope = Scope.DESCRIPTION,
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Makes a rule of a function that only has a docstring: the parser's own findings have this code."""

    def register(documented: Callable[[], None]) -> Callable[[], None]:
        _add(Rule(code, severity, reference, scope, None, ANY, False, bad, good, _doc(documented)))
        return documented

    return register


def refusal(code: str, reference: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Makes a rule of a function that only has a docstring: of a refusal that no description can be an example of."""

    def register(documented: Callable[[], None]) -> Callable[[], None]:
        _add(Rule(code, Severity.ERROR, reference, Scope.DESCRIPTION, None, ANY, False, "", "", _doc(documented)))
        return documented

    return register


def _doc(function: Callable[..., Any]) -> str:
    return inspect.cleandoc(function.__doc__ or "")


def _add(rule: Rule) -> None:
    if rule.code in RULES:
        raise ValueError(f"there are two rules {rule.code}")
    RULES[rule.code] = rule


def at(line: Line, piece: str, message: str, **more: Any) -> Hit:
    """A hit at the first place of `piece` in a line; the whole line when it is not there."""
    start = line.text.find(piece) if piece else -1
    return Hit(line, message, **more) if start < 0 else Hit(line, message, start, start + len(piece), **more)


def drop(*lines: Line, safe: bool = True) -> Fix:
    """The fix that takes lines away."""
    return Fix("remove the line", safe, tuple(Edit(line.number, None) for line in lines))


def rewrite(line: Line, text: str, title: str, *, safe: bool = True) -> Fix:
    """The fix that replaces a line by one or, with line breaks in `text`, by several."""
    return Fix(title, safe, (Edit(line.number, text),))


def insert_behind(line: Line, text: str, title: str, *, safe: bool = True) -> Fix:
    """The fix that adds a line behind another."""
    return rewrite(line, f"{line.text}\n{text}", title, safe=safe)


def place(line: Line, message: str, document: str = "") -> Place:
    """Another place that a hit is about: `document` is "offer", "answer", "previous", or empty for the same one."""
    return Place(document, Span(line.number, 1, len(line.text) + 1), line.text, message)
