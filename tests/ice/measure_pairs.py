"""How often the pair that real Chromium selects is the one that `pairs` puts first, or one of the same priority.

    python tests/ice/measure_pairs.py [folder] [--list]

The folder has the recorded outcomes of sessions that Chromium had with itself. Both peers were on one machine, so that
every address reached every other: what counts is the pair that is expected in one network, as the controlling side
sees it, which selects the pair. (What the controlled side reports is what it was last told, which may be an earlier
choice: it is counted by itself.) The texts are those of the last round that had the credentials of the selected pair.

Where the selected pair has an address that the texts do not list, they cannot tell it: the sessions in which candidates
were cut out of a text on its way, and later rounds whose texts were taken before candidates were gathered anew. These
are counted by themselves. With --list, all that are not as predicted are listed.
"""

# ruff: noqa: T201  it prints

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sdpkit.ice.candidate import Candidate
from sdpkit.ice.checklist import Checklist
from sdpkit.ice.pairs import pairs

Record = dict[str, Any]
FOLDER = Path("../shared/oracle/chromium")


class Selected(NamedTuple):
    """A selected pair: its session, the role of the side that reports it, and the outcome."""

    session: str
    role: str
    outcome: str
    pair: str


def selected(folder: Path) -> Iterator[Selected]:
    """All pairs that any side of a connected session reports."""
    with gzip.open(folder / "negotiations.jsonl.gz", "rt") as lines:
        for record in map(json.loads, lines):
            for side in "ab":
                for transport in ((record.get(side) or {}).get("stats") or {}).get("transports", ()):
                    if transport["pair"]:
                        yield judged(record, transport)


def judged(record: Record, transport: Record) -> Selected:
    """How the pair that a transport reports was predicted."""
    pair, role = transport["pair"], transport["iceRole"]
    local, remote = pair["local"], pair["remote"]
    said = f"{address(local)} {address(remote)}"
    texts = texts_of(record, local["usernameFragment"], remote["usernameFragment"])
    if texts is None:
        return Selected(record["id"], role, "credentials are in no text", said)
    checklists = pairs(*texts, controlling=role == "controlling").checklists
    return Selected(record["id"], role, outcome(checklists, address(local), address(remote)), said)


def outcome(checklists: tuple[Checklist, ...], local: str, remote: str) -> str:
    """How a selected pair stands in the prediction."""
    for checklist in checklists:
        if local in map(place, checklist.local) and remote in map(place, checklist.remote):
            return of_listed(checklist, local, remote)
    return "an address is not in the texts"


def of_listed(checklist: Checklist, local: str, remote: str) -> str:
    expected = next((each.number for each in checklist.expected if each.assumption == "one network"), None)
    first = next((pair.priority for pair in checklist.pairs if pair.number == expected), None)
    for pair in checklist.pairs:
        if (place(pair.local), place(pair.remote)) == (local, remote):
            return "as predicted" if pair.priority == first else "another pair"
    return "a pair that was left out"


def texts_of(record: Record, local: str, remote: str) -> tuple[str, str] | None:
    """The last two descriptions with these credentials, that of the local side first."""
    for round_ in reversed(record["rounds"]):
        texts = round_.get("offer") or "", round_.get("answer") or ""
        for ours, theirs in (texts, texts[::-1]):
            if f"a=ice-ufrag:{local}\r\n" in ours and f"a=ice-ufrag:{remote}\r\n" in theirs:
                return ours, theirs
    return None


def address(candidate: Record) -> str:
    return f"{candidate['protocol']} {candidate['address']} {candidate['port']}"


def place(candidate: Candidate) -> str:
    return f"{candidate.transport.lower()} {candidate.address} {candidate.port}"


def main() -> int:
    """Prints how often each outcome was, by role, and the agreement of what the texts list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--list", action="store_true", help="list all that are not as predicted")
    arguments = parser.parse_args()
    found = list(selected(arguments.folder))
    if arguments.list:
        for each in found:
            if each.outcome != "as predicted":
                print(f"{each.session} {each.role}: {each.pair}: {each.outcome}")
    for role in ("controlling", "controlled"):
        counts = Counter(each.outcome for each in found if each.role == role)
        for what, count in counts.most_common():
            print(f"{role:<12}{count:>5}  {what}")
        told = sum(counts[what] for what in ("as predicted", "another pair", "a pair that was left out"))
        print(f"{role:<12}{counts['as predicted'] / max(told, 1):>5.1%} of {told} pairs that the texts list")
    return 0


if __name__ == "__main__":
    sys.exit(main())
