"""Measures the models of Firefox and aiortc against what the stacks themselves said.

    python tests/rules/measure_stacks.py [cases.jsonl]

Each case is one description, an answer to an offer, a new offer or a candidate, with the verdicts of the real stacks.
Those of aiortc are of setRemoteDescription alone, where the model also answers.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from sdpkit.rules.stacks import aiortc, firefox
from sdpkit.rules.verdict import Verdict
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse

CASES = Path(__file__).parents[3] / "shared/oracle/cases.dev.jsonl"
_CUT = 150
"""How long an error is at least that was cut when it was noted."""


class Stack(Protocol):
    """A model."""

    def judge(
        self,
        description: SessionDescription,
        type: str,
        against: SessionDescription | None = None,
        previous: SessionDescription | None = None,
    ) -> Verdict: ...

    def judge_candidate(self, text: str) -> Verdict: ...


STACKS: dict[str, Stack] = {"firefox": firefox, "aiortc": aiortc}


class Comparison(NamedTuple):
    """One case: what the stack said, and what its model says."""

    name: str
    refused: bool
    error: str
    rejected: tuple[int, ...] | None
    """The sections that the stack answered with port 0, if its answer is known."""
    verdict: Verdict

    @property
    def agrees(self) -> bool:
        return self.refused != self.verdict.accepted

    @property
    def same_text(self) -> bool:
        said, modelled = _trimmed(self.error), _trimmed(self.verdict.error or "")
        return said == modelled or (len(said) > _CUT and modelled.startswith(said))


def _trimmed(error: str) -> str:
    return error.rstrip(": \n")


def judge(stack: Stack, case: dict[str, Any]) -> Verdict:
    """The model's verdict on the step of a case that decides."""
    if case["kind"] == "candidate":
        return stack.judge_candidate(json.dumps(case["candidates"][-1]["cand"]))
    if case["kind"] == "answer":
        return stack.judge(parse(case["answer"]), "answer", parse(case["offer"]))
    *before, last = [step for step in case["steps"] if "sdp" in step]
    previous = parse(before[-1]["sdp"]) if before else None
    return stack.judge(parse(last["sdp"]), last["type"], None, previous)


def compare(name: str, cases: list[dict[str, Any]]) -> Iterator[Comparison]:
    """All cases that the stack has judged."""
    for case in cases:
        said = case["verdict"].get(name)
        if said:
            error = without_step(case["error"].get(name) or "")
            verdict = judge(STACKS[name], case)
            yield Comparison(case["name"], said == "reject", error, rejected_sections(name, case), verdict)


def without_step(error: str) -> str:
    """The error without the step at which it came and, for a browser, without the name of its class."""
    step, _, rest = error.partition(": ")
    if step in ("srd", "cand"):
        return rest
    return rest.partition(": ")[2] if step.startswith(("srd ", "cand ", "answer ")) else error


def rejected_sections(name: str, case: dict[str, Any]) -> tuple[int, ...] | None:
    """The sections with port 0 in the stack's answer to a first offer, but not in the offer."""
    answer = case.get("answers", {}).get(name)
    if not answer or case["kind"] != "offer":
        return None
    offered = parse(case["steps"][0]["sdp"]).media
    pairs = zip(offered, parse(answer).media, strict=False)
    return tuple(level for level, (old, new) in enumerate(pairs) if new.is_rejected and not old.is_rejected)


def report(name: str, found: list[Comparison]) -> None:
    """Prints the figures, then the cases that disagree."""
    refused = [case for case in found if case.refused]
    modelled = [case for case in found if not case.verdict.accepted]
    both = [case for case in refused if not case.verdict.accepted]
    answered = [case for case in found if case.rejected is not None]
    show(f"{name}: verdicts", sum(case.agrees for case in found), len(found))
    show("  refuses, precision", len(both), len(modelled))
    show("  refuses, recall", len(both), len(refused))
    show("  texts of errors", sum(case.same_text for case in both), len(both))
    show(
        "  rejected sections", sum(case.rejected == case.verdict.rejected_sections for case in answered), len(answered)
    )
    for case in found:
        if not case.agrees or (case.refused and not case.same_text):
            print(f"  {case.name}: {case.error!r}, modelled {case.verdict.error!r}")  # noqa: T201


def show(what: str, right: int, count: int) -> None:
    """Prints how many are right."""
    print(f"{what:<24} {right:>4} of {count:>4}  {right / max(1, count):6.1%}")  # noqa: T201


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else CASES
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for name in STACKS:
        report(name, list(compare(name, cases)))


if __name__ == "__main__":
    main()
