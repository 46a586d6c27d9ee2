"""sdpkit: SDP and ICE candidates, read without loss, inspected, validated, and tried with live peers."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sdpkit.codecs.codec import Codec
from sdpkit.finding import Finding, SDPError, Severity, Span
from sdpkit.ice.candidate import Candidate
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Limits
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.parser import parse

if TYPE_CHECKING:
    from sdpkit.explanation import explain
    from sdpkit.ice.pairs import pairs
    from sdpkit.intake import Find, find_descriptions
    from sdpkit.offer_answer.agreement import Negotiation
    from sdpkit.offer_answer.changes import Change, Difference
    from sdpkit.offer_answer.comparison import diff
    from sdpkit.offer_answer.negotiation import negotiate
    from sdpkit.redaction import Redactor, redact
    from sdpkit.rules import Report, Verdict, validate, validate_candidate

__all__ = [
    "Candidate",
    "Change",
    "Codec",
    "Difference",
    "Find",
    "Finding",
    "Limits",
    "MediaDescription",
    "Negotiation",
    "Redactor",
    "Report",
    "SDPError",
    "SessionDescription",
    "Severity",
    "Span",
    "Verdict",
    "diff",
    "explain",
    "find_descriptions",
    "negotiate",
    "pairs",
    "parse",
    "redact",
    "validate",
    "validate_candidate",
]


_LATE = {
    "Change": "sdpkit.offer_answer.changes",
    "Difference": "sdpkit.offer_answer.changes",
    "Find": "sdpkit.intake",
    "Negotiation": "sdpkit.offer_answer.agreement",
    "Redactor": "sdpkit.redaction",
    "Report": "sdpkit.rules",
    "Verdict": "sdpkit.rules",
    "diff": "sdpkit.offer_answer.comparison",
    "explain": "sdpkit.explanation",
    "find_descriptions": "sdpkit.intake",
    "negotiate": "sdpkit.offer_answer.negotiation",
    "pairs": "sdpkit.ice.pairs",
    "redact": "sdpkit.redaction",
    "validate": "sdpkit.rules",
    "validate_candidate": "sdpkit.rules",
}
"""The names whose modules take their time to be imported: only who uses them is to pay for it (PEP 562)."""


def __getattr__(name: str) -> Any:
    if name in _LATE:
        return getattr(import_module(_LATE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
