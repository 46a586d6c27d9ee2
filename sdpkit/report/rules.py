"""What a rule says, and the list of all of them."""

import textwrap
from collections.abc import Sequence

from sdpkit.report.tables import table
from sdpkit.rules.rule import Profile, Rule, Scope

_ABOUT = {
    Scope.DESCRIPTION: "one description",
    Scope.PAIR: "an answer against its offer",
    Scope.RENEGOTIATION: "a description against the one before it",
    Scope.CANDIDATE: "a candidate given to addIceCandidate",
}
_MORE = "sdpkit explain CODE says all about one"


def explanation(rule: Rule, width: int) -> str:
    """Everything that a rule says of itself, with the change to a good description that breaks it."""
    weight = f"{rule.severity}{', only with --pedantic' if rule.pedantic else ''}"
    profiles = "" if rule.profiles == frozenset(Profile) else f"    for {', '.join(sorted(rule.profiles))}"
    blocks = [
        f"{rule.code}    {weight}    {rule.reference}\nabout {_ABOUT[rule.scope]}{profiles}",
        *(textwrap.fill(part, width) for part in rule.explanation.split("\n\n")),
        f"breaks it:\n{textwrap.indent(rule.bad.strip(), '  ')}" if rule.bad.strip() else "",
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def overview(rules: Sequence[Rule], width: int) -> str:
    """A line for each rule, and how many there are."""
    many = f"{len(rules)} rule{'s' * (len(rules) > 1)}"
    return f"{_list(rules, width)}\n\n{many}; {_MORE}\n"


def suspects(rules: Sequence[Rule], width: int) -> str:
    """The rules that may be behind an error text."""
    return f"{len(rules)} rules may be behind it, the likeliest first:\n\n{_list(rules, width)}\n\n{_MORE}\n"


def _list(rules: Sequence[Rule], width: int) -> str:
    rows = [[rule.code, rule.severity, "pedantic" if rule.pedantic else None, rule.title] for rule in rules]
    return table(["code", "severity", "only", "what is wrong"], rows, width, wrap=["what is wrong"])
