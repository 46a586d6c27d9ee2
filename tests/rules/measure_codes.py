"""Measures whether the rules report what is known to be wrong with a set of cases.

    python tests/rules/measure_codes.py [cases.jsonl]

Each case names the codes that must be reported. What is reported besides may be true as well, so it is only counted.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from sdpkit.rules import Report, validate, validate_candidate

CASES = Path(__file__).parents[3] / "shared/oracle/cases.dev.jsonl"


def check(case: dict[str, Any]) -> list[Report]:
    """The reports about the texts of a case."""
    if case["kind"] == "answer":
        return [
            validate(case["answer"], "answer", against=case["offer"], pedantic=True),
            validate(case["offer"], "offer", pedantic=True),
        ]
    texts = [(step["sdp"], step["type"]) for step in case.get("steps", []) if "sdp" in step]
    if case["kind"] == "candidate":
        remote = texts[-1][0] if texts else None
        candidates = [
            validate_candidate(_text(one["cand"]), against=remote, pedantic=True) for one in case["candidates"]
        ]
        return candidates + [validate(text, type, pedantic=True) for text, type in texts]
    text, type = texts[-1]
    previous = texts[-2][0] if len(texts) > 1 else None
    return [validate(text, type, previous=previous, pedantic=True)]


def _text(candidate: Any) -> str:
    return candidate if isinstance(candidate, str) else json.dumps(candidate)


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else CASES
    missed: Counter[str] = Counter()
    more: Counter[str] = Counter()
    expected = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        found = {finding.code for report in check(case) for finding in report.findings}
        wanted = case["rules"] or []  # not named for some
        expected += len(wanted)
        more.update(found - set(wanted))
        for code in wanted:
            if code not in found:
                missed[code] += 1
                print(f"{case['name']}: {code} is not reported, but {', '.join(sorted(found)) or 'nothing'}")  # noqa: T201
    print(f"{expected - missed.total()} of {expected} expected codes are reported")  # noqa: T201
    print(f"reported besides: {', '.join(f'{code} {count}' for code, count in more.most_common())}")  # noqa: T201


if __name__ == "__main__":
    main()
