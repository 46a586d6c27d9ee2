"""Time to validate an offer and its answer, as a ratio to parsing them with every value decoded."""

import timeit
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tabulate import tabulate

from sdpkit import parse, validate
from sdpkit.rules.rule import RULES, Scope, Subject
from sdpkit.rules.validation import STACKS

FIXTURES = Path(__file__).parents[2] / "fixtures" / "chromium"
PER_LINES = 120  # of each of the two, for the second column


def main() -> None:
    offer, answer = (_text(name) for name in ("audio_video_data.offer.sdp", "audio_video_data.answer.sdp"))
    parsed_offer, parsed_answer = parse(offer), parse(answer)
    profile = validate(offer, "offer").profile
    subject = Subject(parsed_answer, "answer", profile)
    rules = [rule for rule in RULES.values() if rule.scope is Scope.DESCRIPTION and rule.check and not rule.pedantic]
    measured = {
        "parse both, every value decoded": milliseconds(lambda: [parse(text).findings for text in (offer, answer)]),
        "validate the pair": milliseconds(lambda: validate(answer, "answer", against=offer)),
        "rules about the answer alone": milliseconds(
            lambda: [list(rule.check(subject)) for rule in rules if rule.check is not None]
        ),
    }
    for name, stack in STACKS.items():
        judge = partial(stack.judge, parsed_answer, "answer", parsed_offer, None)
        measured[f"verdict of {name}"] = milliseconds(judge)
    base = measured["parse both, every value decoded"]
    lines = (len(parsed_offer.lines) + len(parsed_answer.lines)) / 2
    rows = [
        [name, f"{time:.2f}", f"{time * PER_LINES / lines:.2f}", f"{time / base:.0f}"]
        for name, time in measured.items()
    ]
    title = f"a pair of {len(parsed_offer.lines)} and {len(parsed_answer.lines)} lines"
    headers = [title, "ms", f"ms for {PER_LINES} lines", "times parsing"]
    print(tabulate(rows, headers, disable_numparse=True))  # noqa: T201


def _text(name: str) -> str:
    return "\r\n".join((FIXTURES / name).read_text(encoding="utf-8").splitlines()) + "\r\n"


def milliseconds(action: Callable[[], object]) -> float:
    """The time of the fastest of many runs."""
    action()
    rounds = max(1, int(0.02 / timeit.timeit(action, number=1)))
    return min(timeit.repeat(action, number=rounds, repeat=15)) / rounds * 1e3


if __name__ == "__main__":
    main()
