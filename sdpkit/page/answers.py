"""What the page asks: to read what was pasted, and to inspect both descriptions. The same Python as everywhere else."""

import json
from typing import Any

import msgspec

from sdpkit.ice.network import network_kind
from sdpkit.inspection import inspect_description
from sdpkit.reception import examine
from sdpkit.rules import validate
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse


def read(question: dict[str, Any]) -> dict[str, Any]:
    """What is in a text that was pasted: descriptions, candidates, and what is wrong with them.

    The question has `text`, `own` (this side's description, or None) and `wanted` (offer, answer, or None).
    """
    text, own, wanted = question["text"], _given(question.get("own")), question.get("wanted")
    descriptions, candidates = [], []
    for piece in text.strip().splitlines() if text.strip().startswith("{") else [text]:
        if piece.startswith("{"):
            data = json.loads(piece)
            if "sdp" in data:
                descriptions.append((data["type"], parse(data["sdp"])))
            else:
                candidates.append(data)
        elif piece.startswith("v=0"):
            descriptions.append((None, parse("".join(f"{line}\r\n" for line in piece.splitlines()))))
    answer: dict[str, Any] = {"candidates": candidates, "refusal": None, "notes": []}
    answer["descriptions"] = [{"type": type or d.type.value, "sdp": str(d)} for type, d in descriptions]
    if descriptions and wanted:
        reception = examine(descriptions[0][1], descriptions[0][0], wanted, own)
        answer["refusal"] = msgspec.to_builtins(reception.refusal)
        answer["notes"] = msgspec.to_builtins(reception.notes)
    return answer


def _given(description: dict[str, Any] | None) -> SessionDescription | None:
    return None if description is None else parse(str(description["sdp"]))


def inspect(question: dict[str, Any]) -> dict[str, Any]:
    """What there is to know of both descriptions, as rows of tables.

    The question has `own` and `remote`, each {type, sdp} or None, and `role`, offerer or answerer.
    """
    own, remote = _given(question.get("own")), _given(question.get("remote"))
    own_is_offer = question.get("role") == "offerer"
    offer, answer = (own, remote) if own_is_offer else (remote, own)
    return {
        "own": _facts(own, "offer" if own_is_offer else "answer", offer),
        "remote": _facts(remote, "answer" if own_is_offer else "offer", offer),
        "negotiation": None,
        "pairs": None,
    }


def _facts(
    description: SessionDescription | None, type: str, offer: SessionDescription | None
) -> dict[str, Any] | None:
    """One description: what is wrong with it, its m-sections, its candidates."""
    if description is None:
        return None
    report = validate(description, type, against=offer if type == "answer" else None)
    facts = inspect_description(description)
    return {
        "findings": [
            {
                "severity": finding.severity.value,
                "code": finding.code,
                "line": finding.span.line,
                "message": finding.message,
                "help": finding.help,
            }
            for finding in report.findings
        ],
        "sections": [
            {
                "mid": section.mid,
                "kind": section.kind,
                "direction": section.direction if section.codecs else "",
                "codecs": ", ".join(dict.fromkeys(codec.name for codec in section.codecs)) or " ".join(section.formats),
                "port": section.port,
                "count": len(section.candidates),
            }
            for section in facts.sections
        ],
        "candidates": [_candidate(group) for group in facts.candidates],
    }


def _candidate(group: Any) -> dict[str, Any]:
    return {
        "type": group.typ,
        "transport": " ".join(filter(None, (group.transport, group.tcptype))),
        "address": group.address,
        "port": ", ".join(dict.fromkeys(str(port) for _, port in group.ports)),
        "scope": group.scope,
        "network": group.network_id,
        "cost": network_kind(group.network_cost or 0) if group.network_id is not None else "",
        "priority": str(group.priority_parts),
    }
