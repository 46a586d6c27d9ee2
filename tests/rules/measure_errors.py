"""Measures how many error texts of real stacks lead to rules, and how many refusals a finding explains.

    python tests/rules/measure_errors.py [folder] [--list]

The folder has what Chromium said (chromium/*.jsonl.gz). The findings are those of all rules about the same text. With
--list, the texts that lead nowhere are listed, and the refusals that no finding explains.
"""

# ruff: noqa: T201  it prints

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sdpkit.rules import Report, validate
from sdpkit.rules.errors import codes_behind

FOLDER = Path(__file__).parents[3] / "shared/oracle"


def refusals(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The records of one kind that Chromium refused."""
    with gzip.open(folder / "chromium" / f"{name}.jsonl.gz", "rt") as lines:
        yield from (record for record in map(json.loads, lines) if record["error"])


def report(record: dict[str, Any]) -> Report:
    """What the rules say of an offer, or of an answer to one."""
    return validate(
        record["sdp"], "answer" if "offer" in record else "offer", against=record.get("offer"), pedantic=True
    )


def measure_texts(folder: Path, name: str, show: bool) -> None:
    """Prints how many error texts of one kind lead to rules."""
    texts = [f"{record['error']['name']}: {record['error']['message']}" for record in refusals(folder, name)]
    unknown = [text for text in texts if not codes_behind(text)]
    print(f"{name}: {len(texts) - len(unknown)} of {len(texts)} texts lead to rules")
    if show:
        print(*(f"  {text!r}\n" for text in sorted(set(unknown))), sep="")


def measure_findings(folder: Path, name: str, show: bool) -> None:
    """Prints how many refusals of one kind have a finding that the error text leads to."""
    records = list(refusals(folder, name))
    unexplained = []
    for record in records:
        found = {finding.code for finding in report(record).findings}
        if not found & set(codes_behind(record["error"]["message"])):
            unexplained.append(f"{record['id']}: {record['error']['message']!r}, found {', '.join(sorted(found))}")
    print(f"{name}: {len(records) - len(unexplained)} of {len(records)} refusals are explained by a finding")
    if show:
        print(*(f"  {line}\n" for line in unexplained), sep="")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    for name in ("offers", "answers", "candidates"):
        measure_texts(arguments.folder, name, arguments.list)
    for name in ("offers", "answers"):
        measure_findings(arguments.folder, name, arguments.list)


if __name__ == "__main__":
    main()
