"""Every rule by its own examples."""

import pytest

from sdpkit.rules import RULES, Rule, Scope, validate, validate_candidate
from sdpkit.rules.examples import AGAIN, ANSWER, CANDIDATE, OFFER, changed, parts
from sdpkit.rules.rule import ANY, Profile


def codes(rule: Rule, change: str) -> set[str]:
    """The codes of what is found in the example descriptions after a change, in the rule's own profile."""
    profile = Profile.WEBRTC if Profile.WEBRTC in rule.profiles else next(iter(rule.profiles), Profile.WEBRTC)
    if rule.scope is Scope.CANDIDATE:
        report = validate_candidate(changed(CANDIDATE, change).rstrip() if change else CANDIDATE, pedantic=True)
    elif rule.scope is Scope.PAIR:
        said = parts(change, "answer")
        offer, answer = changed(OFFER, said.get("offer", "")), changed(ANSWER, said.get("answer", ""))
        report = validate(answer, "answer", against=offer, profile=profile, pedantic=True)
    elif rule.scope is Scope.RENEGOTIATION:
        said = parts(change, "offer")
        previous, new = changed(OFFER, said.get("previous", "")), changed(AGAIN, said.get("offer", ""))
        report = validate(new, "offer", previous=previous, profile=profile, pedantic=True)
    else:
        said = parts(change, "offer")
        if "answer" in said:
            report = validate(changed(ANSWER, said["answer"]), "answer", profile=profile, pedantic=True)
        else:
            report = validate(changed(OFFER, said.get("offer", "")), "offer", profile=profile, pedantic=True)
    return {finding.code for finding in report.findings}


WITH_EXAMPLES = {code: rule for code, rule in RULES.items() if rule.bad != rule.good}  # else see test_parsing.py


@pytest.mark.parametrize("rule", WITH_EXAMPLES.values(), ids=WITH_EXAMPLES)
def test_examples(rule: Rule) -> None:
    assert rule.code in codes(rule, rule.bad)
    assert rule.code not in codes(rule, rule.good)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_explanations(rule: Rule) -> None:
    assert rule.title.endswith(".")
    assert len(rule.explanation) > len(rule.title) + 20
    assert rule.reference
    assert rule.profiles <= ANY


def test_the_examples_are_without_findings() -> None:
    assert validate(OFFER.replace("\n", "\r\n"), "offer").findings == ()
    pair = validate(ANSWER.replace("\n", "\r\n"), "answer", against=OFFER.replace("\n", "\r\n"))
    assert pair.findings == ()
    again = validate(AGAIN.replace("\n", "\r\n"), "offer", previous=OFFER.replace("\n", "\r\n"))
    assert again.findings == ()
    assert validate_candidate(CANDIDATE).findings == ()
