"""Measures the models of Firefox and aiortc against what the stacks themselves said.

    python tests/rules/measure_stacks.py [cases.jsonl]

Each case is one description, an answer to an offer, a new offer or a candidate, with the verdicts of the real stacks.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sdpkit.rules.stacks import aiortc, firefox
from sdpkit.rules.verdict import Verdict
from sdpkit.sdp.parser import parse

CASES = Path(__file__).parents[3] / "shared/oracle/cases.dev.jsonl"
STACKS = {"firefox": firefox, "aiortc": aiortc}


class Comparison(NamedTuple):
    """One case: what the stack said, and what its model says."""

    name: str
    refused: bool
    error: str
    verdict: Verdict

    @property
    def agrees(self) -> bool:
        return self.refused != self.verdict.accepted

    @property
    def same_text(self) -> bool:
        """Whether the error is the same; the texts of the cases are cut at some length."""
        said, modelled = self.error.rstrip(": \n"), (self.verdict.error or "").rstrip(": \n")
        return said == modelled or (len(said) > 150 and modelled.startswith(said))


def judge(stack: Any, case: dict[str, Any]) -> Verdict:
    """The model's verdict on the step of a case that decides."""
    if case["kind"] == "candidate":
        return stack.judge_candidate(json.dumps(case["candidates"][-1]["cand"]))
    if case["kind"] == "answer":
        return stack.judge(parse(case["answer"]), "answer", parse(case["offer"]))
    *before, last = [step for step in case["steps"] if "sdp" in step]
    previous = parse(before[-1]["sdp"]) if before else None
    return stack.judge(parse(last["sdp"]), last["type"], None, previous)


def compare(name: str, cases: list[dict[str, Any]]) -> Iterator[Comparison]:
    for case in cases:
        said = case["verdict"].get(name)
        if said:
            error = without_step(case["error"].get(name) or "")
            yield Comparison(case["name"], said == "reject", error, judge(STACKS[name], case))


def without_step(error: str) -> str:
    """The error without the step at which it came and, for a browser, the name of its class."""
    step, _, rest = error.partition(": ")
    if "srd" not in step and "cand" not in step and "answer" not in step:
        return error
    return rest.partition(": ")[2] if step.endswith((" offer", " answer", " ")) else rest


def report(name: str, found: list[Comparison]) -> None:
    refused = [case for case in found if case.refused]
    modelled = [case for case in found if not case.verdict.accepted]
    both = [case for case in refused if not case.verdict.accepted]
    same = sum(case.same_text for case in both)
    agreement = sum(case.agrees for case in found)
    print(f"{name}: {agreement} of {len(found)} verdicts agree ({agreement / max(1, len(found)):.1%})")
    print(
        f"  refuses: precision {len(both) / max(1, len(modelled)):.1%}, recall {len(both) / max(1, len(refused)):.1%}"
    )
    print(f"  errors: {same} of {len(both)} texts agree ({same / max(1, len(both)):.1%})")
    for case in found:
        if not case.agrees or (case.refused and not case.same_text):
            print(f"  {'text' if case.agrees else 'VERDICT'} {case.name}: {case.error!r} / {case.verdict.error!r}")


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else CASES
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for name in STACKS:
        report(name, list(compare(name, cases)))


if __name__ == "__main__":
    main()
