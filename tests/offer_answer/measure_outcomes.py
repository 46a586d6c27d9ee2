"""How often `negotiate` says what real Chromium transceivers and transports report after an exchange.

    python tests/offer_answer/measure_outcomes.py [folder] [--list]

The folder has the recorded outcomes of exchanges that Chromium took: negotiations, and answers and offers that were
changed on their way. Each field of each section, side or transport counts once. With --list, the disagreements are
listed.
"""

# ruff: noqa: T201  it prints

import argparse
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sdpkit.codecs.codec import Codec
from sdpkit.offer_answer.agreement import AgreedSection, Negotiation, Side
from sdpkit.offer_answer.negotiation import negotiate

Record = dict[str, Any]
FOLDER = Path("../shared/oracle/chromium")
SIDES = ("offerer", "answerer")


class Field(NamedTuple):
    """One thing that Chromium reported, and that was predicted."""

    source: str
    name: str
    place: str
    real: object
    predicted: object


def recorded(folder: Path, name: str) -> Iterator[Record]:
    """The records of one file."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt") as lines:
        yield from map(json.loads, lines)


# --- exchanges that Chromium had with itself ---


def negotiations(folder: Path) -> Iterator[Field]:
    """All rounds: directions; after the last one everything else."""
    for record in recorded(folder, "negotiations"):
        done = [round_ for round_ in record["rounds"] if round_["step"] == "done"]
        for number, round_ in enumerate(done):
            result = negotiate(round_["offer"], round_["answer"])
            for side in SIDES:
                place = f"{record['id']} round {number} {side}"
                yield from of_transceivers("rounds", place, result, side, round_[f"{side}After"])
        if len(done) == len(record["rounds"]):
            yield from of_last_round(record, negotiate(done[-1]["offer"], done[-1]["answer"]))


def of_last_round(record: Record, result: Negotiation) -> Iterator[Field]:
    """What the peers report when all is done."""
    peers = {"offerer": record[record["by"]], "answerer": record["b" if record["by"] == "a" else "a"]}
    first = len(record["rounds"]) == 1
    for side, peer in peers.items():
        place = f"{record['id']} {side}"
        for section, transceiver in matched(result, peer["transceivers"]):
            if section.accepted and not transceiver["stopped"]:
                yield from of_parameters(f"{place} mid {section.mid}", getattr(section, side), transceiver)
        yield from of_transports(place, result, side, peer["stats"]["transports"], first)
        sizes = [getattr(section, side).max_message_size for section in result.sections if section.accepted]
        size = next((size for size in sizes if size is not None), None)
        yield Field("peers", "max_message_size", place, peer["sctp"] and peer["sctp"]["maxMessageSize"], size)


def of_parameters(place: str, side: Side, transceiver: Record) -> Iterator[Field]:
    """Codecs and header extensions. Where nothing flows, Chromium keeps what it had, or nothing.

    Sender and receiver report two lists: `sends` and `receives` are these, and `codecs` has to be one of them.
    """
    sender, receiver = transceiver["sender"], transceiver["receiver"]
    sent, received = codecs_of(sender), codecs_of(receiver)
    if side.sends:
        yield Field("peers", "sends", place, sent, facts(side.sends))
    if side.receives:
        yield Field("peers", "receives", place, received, facts(side.receives))
    if side.sends or side.receives:
        predicted = facts(side.codecs)
        real = next((codecs for codecs in (sent, received) if codecs == predicted), sent or received)
        yield Field("peers", "codecs", place, real, predicted)
    uris = [extension["uri"] for extension in transceiver["negotiatedHeaderExtensions"] if used(extension)]
    yield Field("peers", "extensions.uri", place, uris, [extension.uri for extension in side.extensions])
    ids = {extension.uri: extension.id for extension in side.extensions}
    for extension in {each["uri"]: each for each in sender["headerExtensions"] + receiver["headerExtensions"]}.values():
        yield Field("peers", "extensions.id", place, extension["id"], ids.get(extension["uri"]))


def used(extension: Record) -> bool:
    """Whether a header extension is negotiated."""
    return bool(extension["direction"] != "stopped")


def codecs_of(parameters: Record) -> list[tuple[object, ...]]:
    """The codecs of a sender or receiver."""
    names = ("payloadType", "mimeType", "clockRate", "channels", "sdpFmtpLine")
    found = ([codec[name] for name in names] for codec in parameters["codecs"])
    return [(number, type.partition("/")[2], *others) for number, type, *others in found]


def facts(codecs: tuple[Codec, ...]) -> list[tuple[object, ...]]:
    """The same of predicted ones."""
    return [(each.payload_type, each.name, each.clock_rate, each.channels, each.fmtp) for each in codecs]


def of_transports(place: str, result: Negotiation, side: str, real: list[Record], first: bool) -> Iterator[Field]:
    """DTLS and ICE roles; the latter are known of first exchanges only."""
    yield Field("peers", "transports", place, len(real), len(result.transports))
    for number, (transport, predicted) in enumerate(zip(real, result.transports, strict=False)):
        where = f"{place} transport {number}"
        if predicted.dtls is not None:
            role = "client" if predicted.dtls.client == side else "server"
            yield Field("peers", "dtls", where, transport["dtlsRole"], role)
        if predicted.ice is not None:
            role = "controlling" if predicted.ice.controlling == side else "controlled"
            name = "ice, first round" if first else "ice, later rounds"
            yield Field("peers", name, where, transport["iceRole"], role)


# --- changed offers and answers ---


def answers(folder: Path) -> Iterator[Field]:
    """Changed answers, as their offerer took them."""
    outcomes = {record["id"]: record for record in recorded(folder, "answer_outcomes")}
    for record in recorded(folder, "answers"):
        transceivers = outcomes.get(record["id"], {}).get("transceivers")
        if record["verdict"] == "accepted" and transceivers is not None:
            place = f"{record['id']} {record['mutator']}"
            result = negotiate(record["offer"], record["sdp"])
            yield from of_transceivers("answers", place, result, "offerer", transceivers)


def offers(folder: Path, name: str) -> Iterator[Field]:
    """Changed offers with the answers that Chromium made."""
    outcomes = {record["id"]: record for record in recorded(folder, f"{name}_outcomes")}
    for record in recorded(folder, f"{name}s"):
        outcome = outcomes.get(record["id"], {})
        if record["verdict"] == "accepted" and outcome.get("answer") and outcome.get("transceivers") is not None:
            place = f"{record['id']} {record['mutator']}"
            result = negotiate(record["sdp"], outcome["answer"])
            yield from of_transceivers(f"{name}s", place, result, "answerer", outcome["transceivers"])


def of_transceivers(
    source: str, place: str, result: Negotiation, side: str, transceivers: list[Record]
) -> Iterator[Field]:
    """Which sections are accepted, which have a transceiver that is not stopped, and the direction of these."""
    found = {section.index: transceiver for section, transceiver in matched(result, transceivers)}
    for section in result.sections:
        if section.kind in ("audio", "video"):
            where = f"{place} m-section {section.index}"
            transceiver = found.get(section.index)
            yield Field(source, "accepted", where, transceiver is not None, section.accepted)
            if transceiver is not None and section.accepted:
                direction = getattr(section, side).direction
                yield Field(source, "direction", where, transceiver["currentDirection"], direction)


def matched(result: Negotiation, transceivers: list[Record]) -> Iterator[tuple[AgreedSection, Record]]:
    """The sections with their transceivers; Chromium numbers the sections without a mid."""
    by_mid = {transceiver["mid"]: transceiver for transceiver in transceivers}
    for section in result.sections:
        mid = str(section.index) if section.mid is None else section.mid
        if mid in by_mid:
            yield section, by_mid[mid]


# --- what is printed ---


SOURCES: tuple[Callable[[Path], Iterator[Field]], ...] = (
    negotiations,
    answers,
    lambda folder: offers(folder, "offer"),
    lambda folder: offers(folder, "reoffer"),
)


def report(fields: list[Field], listed: bool) -> None:
    """Prints the agreement of each field, and of all."""
    groups: dict[tuple[str, str], list[Field]] = defaultdict(list)
    for field in fields:
        groups[field.source, field.name].append(field)
    for (source, name), members in groups.items():
        wrong = [field for field in members if field.real != field.predicted]
        print(f"{source:10} {name:20} {percent(len(members) - len(wrong), len(members))}")
        for field in wrong if listed else ():
            print(f"    {field.place}")
            print(f"        was:       {str(field.real)[:300]}")
            print(f"        predicted: {str(field.predicted)[:300]}")
    right = sum(field.real == field.predicted for field in fields)
    print(f"{'all':31} {percent(right, len(fields))}")


def percent(part: int, whole: int) -> str:
    """A share, with its numbers."""
    return f"{part / whole:8.2%} ({part}/{whole})"


def main() -> None:
    """Measures all files of the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--list", action="store_true", help="list the disagreements")
    arguments = parser.parse_args()
    if not (arguments.folder / "negotiations.jsonl.gz").exists():
        sys.exit(f"skipped: there are no recorded outcomes in {arguments.folder}")
    report([field for source in SOURCES for field in source(arguments.folder)], arguments.list)


if __name__ == "__main__":
    main()
