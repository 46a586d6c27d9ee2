"""Results as JSON documents, which the schemas in `sdpkit/schemas` describe."""

import json
from importlib import import_module
from importlib.metadata import version
from inspect import cleandoc
from typing import Any, Generic, TypeVar

import msgspec

from sdpkit.report.escaping import escape_json

T = TypeVar("T")

KINDS = {
    "inspect": "sdpkit.inspection.Inspection",
    "loopback": "sdpkit.outcome.Outcome",
    "comparison": "sdpkit.outcome.Comparison",
    "validate": "sdpkit.rules.validation.Report",
    "diff": "sdpkit.offer_answer.changes.Difference",
    "negotiate": "sdpkit.offer_answer.agreement.Negotiation",
    "candidates": "sdpkit.ice.listing.CandidateList",
    "pairs": "sdpkit.ice.checklist.ChecklistSet",
    "repair": "sdpkit.intake.find.Found",
    "extract": "sdpkit.extraction.recording.Extraction",
    "explain": "sdpkit.explanation.Explanation",
}
"""What kinds of documents there are, and the type of their result; each has a schema in `sdpkit/schemas`."""


class Tool(msgspec.Struct, frozen=True):
    """What wrote a document."""

    name: str
    version: str


class Document(msgspec.Struct, Generic[T], frozen=True):
    """One JSON document: `schema` names its kind and version, `path` the input, if any (`-` is standard input)."""

    schema: str
    tool: Tool
    path: str | None
    result: T


def document(kind: str, path: str | None, result: Any) -> str:
    """A result as one line of JSON that is safe to show on a terminal."""
    whole = Document(f"sdpkit/{kind}/1", Tool("sdpkit", version("sdpkit")), path, result)
    return escape_json(json.dumps(msgspec.to_builtins(whole), ensure_ascii=False)) + "\n"


def schema(kind: str) -> str:
    """The JSON Schema of one kind of document, as `sdpkit/schemas` ships it."""
    module, _, name = KINDS[kind].rpartition(".")
    result = getattr(import_module(module), name)  # imported here, as no command needs all of them
    made = msgspec.json.schema(Document[result])  # type: ignore[valid-type]
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"sdpkit {kind}", **made}
    return json.dumps(_dedented(whole), indent=1, ensure_ascii=False) + "\n"


def _dedented(schema: Any) -> Any:
    """A schema whose descriptions, which are docstrings, have no indentation: only Python 3.13 takes it off itself."""
    if isinstance(schema, dict):
        return {name: cleandoc(part) if name == "description" else _dedented(part) for name, part in schema.items()}
    return schema
