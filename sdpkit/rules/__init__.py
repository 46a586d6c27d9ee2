"""Rules: what the standards want of descriptions, and what stacks make of them."""

from sdpkit.rules import (  # noqa: F401  they register their rules
    bundle,
    codecs,
    compatibility,
    dtls,
    exchange,
    ice,
    media,
    parsing,
    privacy,
    sctp,
    session,
    streams,
    syntax,
    trickle,
)
from sdpkit.rules.rule import RULES, Profile, Rule, Scope
from sdpkit.rules.validation import Report, validate, validate_candidate
from sdpkit.rules.verdict import Verdict

__all__ = ["RULES", "Profile", "Report", "Rule", "Scope", "Verdict", "validate", "validate_candidate"]
