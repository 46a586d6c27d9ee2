"""Measures what `diff` sees in sessions of a real browser, and in texts that were changed on purpose.

    python tests/offer_answer/measure_changes.py [folder]

The folder holds what Chromium said (negotiations.jsonl.gz and the others). It is known there what was done to a peer
before it spoke: whether ICE was restarted, which sections it has and in which direction each is; and in what a changed
text differs from the original.
"""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sdpkit.offer_answer.changes import Difference, Kind, Mode
from sdpkit.offer_answer.comparison import diff
from sdpkit.sdp.parser import parse

ORACLE = Path(__file__).parents[3] / "shared/oracle/chromium"


def read(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt") as lines:
        yield from map(json.loads, lines)


class Said(NamedTuple):
    """What a peer said, what it said before, and whether ICE was to be restarted in between."""

    old: str
    new: str
    is_offer: bool
    restarted: bool


def series(record: dict[str, Any]) -> Iterator[Said]:
    """The descriptions of both peers of a session."""
    last: dict[str, str] = {}
    pending = dict.fromkeys("ab", False)
    for spec, done in zip(record["spec"]["rounds"], record["rounds"], strict=False):
        offerer = spec.get("by", "a")
        for peer in "ab":
            pending[peer] |= any(operation["op"] == "restartIce" for operation in spec.get(peer, []))
        for peer, kind in ((offerer, "offer"), ("b" if offerer == "a" else "a", "answer")):
            text = done.get(kind)
            text = text["sdp"] if isinstance(text, dict) else text
            if text and peer in last:
                yield Said(last[peer], text, kind == "offer", pending[peer])
            if text:
                last[peer] = text
                pending[peer] &= kind == "answer"


def seen_in_series(folder: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for record in read(folder / "negotiations.jsonl.gz"):
        for said in series(record):
            difference = diff(said.old, said.new)
            counts["pairs of one peer"] += 1
            counts["  taken for one peer, later"] += difference.mode is Mode.RENEGOTIATION
            counts["  sections seen as they are"] += sections_seen(difference) == sections_there(said)
            counts["  directions seen as they are"] += directions_seen(difference) == directions_there(said)
            if said.is_offer:
                counts[f"offers after restartIce: {said.restarted}, ICE restart seen: {difference.ice_restart}"] += 1
                if said.restarted != difference.ice_restart:
                    counts[f"  where {circumstance(said)}"] += 1
    return counts


def sections_seen(difference: Difference) -> tuple[set[str | None], set[str | None]]:
    """The mids that are new, and those that are newly rejected."""
    new = {
        place.mid
        for change in difference.changes
        if change.what == "section" and change.kind in (Kind.ADDED, Kind.CHANGED)
        for place in change.where
    }
    rejections = [change for change in difference.changes if change.what == "rejection" and change.new == "rejected"]
    return new, {place.mid for change in rejections for place in change.where}


def sections_there(said: Said) -> tuple[set[str], set[str]]:
    """The same by regular expressions, which the mids of Chromium allow."""
    old, new = ({mid: port for port, mid in _MID.findall(text)} for text in (said.old, said.new))
    return new.keys() - old.keys(), {mid for mid in new.keys() & old.keys() if new[mid] == "0" and old[mid] != "0"}


_MID = re.compile(r"^m=\w+ ([0-9]+)(?:(?!^m=)[^\0])*?^a=mid:(\S+)", re.MULTILINE)
_DIRECTION = re.compile(r"^a=mid:(\S+)(?:(?!^m=)[^\0])*?^a=(sendrecv|sendonly|recvonly|inactive)\r$", re.MULTILINE)


def directions_seen(difference: Difference) -> dict[str | None, str | None]:
    """The new directions by the mids of their sections."""
    changes = [change for change in difference.changes if change.what == "direction"]
    return {place.mid: change.new for change in changes for place in change.where}


def directions_there(said: Said) -> dict[str, str]:
    old, new = (dict(_DIRECTION.findall(text)) for text in (said.old, said.new))
    return {mid: direction for mid, direction in new.items() if old.get(mid, direction) != direction}


def circumstance(said: Said) -> str:
    """What is unusual where a restart is seen that nobody asked for, or none is."""
    old, new = parse(said.old), parse(said.new)
    if all(section.is_rejected for section in old.media):
        return "all sections were rejected: there was nothing to restart"
    if new.groups and new.groups[0].mids[0] not in [section.mid for section in old.media]:
        return "a new section leads the bundle, with credentials of its own"
    return "nothing explains it"


def seen_in_changed_texts(folder: Path) -> Counter[str]:
    originals = {record["id"]: record["sdp"] for record in read(folder / "originals.jsonl.gz")}
    echoes = {record["id"]: record.get("echo") for record in read(folder / "offer_outcomes.jsonl.gz")}
    counts: Counter[str] = Counter()
    for name in ("offers", "reoffers", "answers", "endtoend"):
        for record in read(folder / f"{name}.jsonl.gz"):
            made = originals.get(record["original"], record["original"])
            difference = diff(made, record["sdp"], Mode.MUNGE)
            counts["changed texts"] += made != record["sdp"]
            counts["  in which a change is found"] += bool(difference.changes)
            counts["  in which one that matters is found"] += bool(difference.mattering)
            echo = echoes.get(record["id"])
            if name == "offers" and record["verdict"] == "accepted" and echo:
                counts["accepted offers"] += 1
                counts["  where libwebrtc sees an edit as we do"] += (echo != made) == bool(difference.mungings)
    return counts


if __name__ == "__main__":
    oracle = Path(sys.argv[1]) if len(sys.argv) > 1 else ORACLE
    for what, count in (seen_in_series(oracle) + seen_in_changed_texts(oracle)).items():
        sys.stdout.write(f"{count:6} {what}\n")
