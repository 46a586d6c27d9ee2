"""Rules: what the standards want of descriptions, and what stacks make of them."""

from sdpkit.rules import (
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

FAMILIES = (
    syntax,
    parsing,
    session,
    media,
    codecs,
    ice,
    dtls,
    bundle,
    streams,
    sctp,
    exchange,
    trickle,
    privacy,
    compatibility,
)
"""The modules that hold the rules, in the order in which they are listed."""

__all__ = ["FAMILIES", "RULES", "Profile", "Report", "Rule", "Scope", "Verdict", "validate", "validate_candidate"]
