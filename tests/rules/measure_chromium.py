"""How often the model of Chromium says what Chromium said.

    python tests/rules/measure_chromium.py [folder] [--list]

The folder has the recorded verdicts: chromium/*.jsonl.gz and cases*.jsonl. With --list, the disagreements are listed,
grouped by what was changed.
"""

# ruff: noqa: T201  it prints

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sdpkit.rules.stacks import chromium
from sdpkit.rules.verdict import Verdict
from sdpkit.sdp.parser import parse

Record = dict[str, Any]

_PREFIX = re.compile(r"^(?:srd|answer|sld|cand)[ a-z]*: (?:\w+: )?|^Failed to execute '\w+' on 'RTCPeerConnection': ")
_WITH_TWO_ROUNDS = ("hold", "ice_restart", "renegotiate_add", "stop_then_reoffer")


class Case(NamedTuple):
    """One verdict of Chromium's, and the model's."""

    name: str
    family: str
    detail: str
    accepted: bool
    error: str
    rejected: tuple[int, ...] | None
    connected: bool | None
    model: Verdict


def judged(text: str, type: str, against: str | None = None, previous: str | None = None) -> Verdict:
    """The model's verdict on texts."""
    offer, before = (None if other is None else parse(other) for other in (against, previous))
    return chromium.judge(parse(text), type, offer, before)


def before_of(record: Record) -> str | None:
    """What the remote side said in the first round, made from what it said in the second: it was not recorded."""
    if record["scenario"] not in _WITH_TWO_ROUNDS:
        return None
    text: str = record["original"]
    if record["scenario"] == "renegotiate_add":  # there was but the data channel
        text = "m=".join(text.split("m=")[:2]).replace("a=group:BUNDLE 0 1 2", "a=group:BUNDLE 0")
    if record["scenario"] == "stop_then_reoffer":
        text = text.replace("m=video 0 ", "m=video 9 ").replace("a=group:BUNDLE 0 2", "a=group:BUNDLE 0 1 2")
    return text


def offers(record: Record) -> Verdict:
    """An offer to a new peer."""
    return judged(record["sdp"], "offer")


def reoffers(record: Record) -> Verdict:
    """An offer to a peer that has a session."""
    return judged(record["sdp"], "offer", previous=before_of(record))


def answers(record: Record) -> Verdict:
    """An answer."""
    return judged(record["sdp"], "answer", record["offer"], before_of(record))


def endtoend(record: Record) -> Verdict:
    """A changed offer, whose answer goes back to where the offer came from unchanged: b takes it, then a."""
    verdict = judged(record["sdp"], "offer")
    if verdict.accepted and record.get("answer"):
        return judged(record["answer"], "answer", record["original"])
    return verdict


def candidates(record: Record) -> Verdict:
    """A candidate; the other members of its init, and the state of the peer, are not judged."""
    return chromium.judge_candidate(record["init"]["candidate"])


def recorded(path: Path) -> Iterator[Record]:
    """The records of a file."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        yield from map(json.loads, lines)


def cases_of(path: Path, judge: Any) -> Iterator[Case]:
    """The cases of one file of the browser's verdicts."""
    for record in recorded(path):
        if path.name.startswith("candidates") and not _is_about_text(record):
            continue
        rejected = record.get("rejected_mlines")
        state = record.get("connection")
        yield Case(
            record["id"],
            record["mutator"],
            f"{record['scenario']} {record.get('step')} {record.get('detail', '')}",
            record["verdict"] == "accepted",
            (record["error"] or {}).get("message", ""),
            None if rejected is None else tuple(rejected),
            None if not state else state["a"] == state["b"] == "connected",
            judge(record),
        )


def _is_about_text(record: Record) -> bool:
    """Whether the candidate's text alone decides."""
    return record["mutator"].startswith("line:") and record["scenario"] in ("stable", "have-remote-offer")


def negotiated(path: Path) -> Iterator[Case]:
    """The rounds of negotiations that Chromium had with itself: all texts are its own."""
    for record in recorded(path):
        before: dict[str, str] = {}
        for number, round_ in enumerate(record["rounds"]):
            if not round_.get("offer"):
                break
            by = record["spec"]["rounds"][number].get("by", "a")
            other = "b" if by == "a" else "a"
            done = round_["step"] == "done"
            offer, answer = round_["offer"], round_.get("answer")
            failed = str((round_.get("error") or {}).get("message", round_["step"]))
            name = f"{record['id']} round {number}"
            taken = done or bool(answer)
            model = judged(offer, "offer", previous=before.get(by))
            yield Case(
                f"{name} offer", "negotiation", round_["step"], taken, "" if taken else failed, None, None, model
            )
            if not answer:
                break
            model = judged(answer, "answer", offer, before.get(other))
            yield Case(f"{name} answer", "negotiation", round_["step"], done, "" if done else failed, None, None, model)
            if not done:
                break
            before = {by: offer, other: answer}


def of_cases(path: Path) -> Iterator[Case]:
    """The cases that all stacks judged."""
    for record in recorded(path):
        verdict = record["verdict"].get("chromium")
        if verdict is None or record.get("config"):
            continue
        error = (record["error"] or {}).get("chromium") or ""
        model = _judge_case(record)
        if model is not None and (model.error or "").startswith("Failed to set local"):
            model = Verdict(True)  # these cases end with createAnswer
        if model is not None:
            rules = ",".join(record["rules"] or ())
            yield Case(record["name"], record["kind"], rules, verdict == "accept", error, None, None, model)


def _judge_case(record: Record) -> Verdict | None:
    if record["kind"] == "answer":
        return judged(record["answer"], "answer", record["offer"])
    if record["kind"] in ("offer", "reoffer"):
        return _judge_offers([step["sdp"] for step in record["steps"] if step.get("type") == "offer"])
    candidate = record["candidates"][0]
    if (
        isinstance(candidate, dict)
        and set(candidate) >= {"candidate", "sdpMid"}
        and not record["name"].startswith("trk_mid")
    ):
        return chromium.judge_candidate(candidate["candidate"])
    return None


def _judge_offers(texts: list[str]) -> Verdict | None:
    """The verdict on offers one after the other: the first refusal counts."""
    verdict = None
    for previous, text in zip([None, *texts], texts, strict=False):
        verdict = judged(text, "offer", previous=previous)
        if not verdict.accepted:
            break
    return verdict


def normal(error: str | None) -> str:
    """An error without what differs from text to text."""
    return re.sub("[0-9]+", "N", _PREFIX.sub("", error or "")).strip()


def report(name: str, cases: list[Case], listed: bool) -> None:
    """Prints the figures of one file."""
    if not cases:
        return
    same = [case for case in cases if case.accepted == case.model.accepted]
    both = [case for case in same if not case.accepted]
    said = [case for case in cases if not case.model.accepted]
    real = [case for case in cases if not case.accepted]
    texts = [case for case in both if normal(case.error) == normal(case.model.error)]
    known = [case for case in same if case.rejected is not None and case.accepted]
    right = [case for case in known if case.rejected == case.model.rejected_sections]
    print(
        f"{name:34} {len(cases):5} cases: agree {_percent(len(same), len(cases))}"
        f"  refuses: precision {_percent(len(both), len(said))} recall {_percent(len(both), len(real))}"
        f"  same text {_percent(len(texts), len(both))}"
        + (f"  same sections {_percent(len(right), len(known))}" if known else "")
    )
    obstacles = [
        case for case in same if case.connected is not None and "media" not in (case.model.obstacle or "media")
    ]
    if obstacles:
        hindered = sum(not case.connected for case in obstacles)
        print(f"{'':34} {len(obstacles):5} with an obstacle, {hindered} of them did not connect")
    if listed:
        _list("verdict", [case for case in cases if case.accepted != case.model.accepted])
        _list("text", [case for case in both if normal(case.error) != normal(case.model.error)])
        _list("sections", [case for case in known if case.rejected != case.model.rejected_sections])
        _list("obstacle", [case for case in obstacles if case.connected])


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:7.2%} ({part}/{whole})" if whole else "      -"


def _list(what: str, cases: list[Case]) -> None:
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.family].append(case)
    for family, members in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        print(f"    {what}: {family} ({len(members)})")
        for case in members:
            print(f"        {case.name} {case.detail[:110]!r}")
            print(f"            was:   {_PREFIX.sub('', case.error)[:170]!r} {case.rejected or ''}")
            print(f"            model: {(case.model.error or '')[:170]!r} {case.model.rejected_sections or ''}")


def main() -> None:
    """Measures each file of the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/oracle"))
    parser.add_argument("--list", action="store_true", help="list the disagreements")
    parser.add_argument("--only", default="", help="a file, by the beginning of its name")
    arguments = parser.parse_args()
    files: dict[str, Any] = {
        "offers": offers,
        "reoffers": reoffers,
        "answers": answers,
        "endtoend": endtoend,
        "candidates": candidates,
    }
    for path in sorted(arguments.folder.glob("chromium/*.jsonl.gz")) + sorted(arguments.folder.glob("cases*.jsonl")):
        name = path.name.partition(".")[0]
        if not path.name.startswith(arguments.only):
            continue
        if name in files:
            report(path.name, list(cases_of(path, files[name])), arguments.list)
        elif name == "negotiations":
            report(path.name, list(negotiated(path)), arguments.list)
        elif name == "cases":
            found = list(of_cases(path))
            for kind in Counter(case.family for case in found):
                report(f"{path.name} {kind}", [case for case in found if case.family == kind], arguments.list)


if __name__ == "__main__":
    main()
