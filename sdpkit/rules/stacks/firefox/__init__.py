"""What Firefox ESR 153 makes of session descriptions and candidates.

SIPCC reads the description, JSEP checks it and answers, nICEr takes the candidates. SIPCC is forgiving: most
attributes that it cannot read are dropped with a warning. Its warnings are in the error text too, once something is
refused. Texts are given without the name of their class.

Not modelled: warnings about a=fmtp, a=rtcp-fb, a=ssrc-group and attributes without an effect on WebRTC; a=imageattr;
rollback. The Firefox measured has no H.264, which comes with a plug-in.
"""

import json
import re

from sdpkit.rules.stacks.firefox.candidate import is_readable
from sdpkit.rules.stacks.firefox.description import Description, FailedError, Log, RefusedError
from sdpkit.rules.stacks.firefox.jsep import (
    check_against_previous,
    check_answer,
    check_limits,
    check_transports,
    obstacle_of,
    rejected_by,
)
from sdpkit.rules.stacks.firefox.loading import load
from sdpkit.rules.stacks.firefox.sipcc import Sipcc
from sdpkit.rules.verdict import Verdict, refused
from sdpkit.sdp.description import SessionDescription

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def judge(
    description: SessionDescription,
    type: str,
    against: SessionDescription | None = None,
    previous: SessionDescription | None = None,
) -> Verdict:
    """What setRemoteDescription, and for an offer createAnswer and setLocalDescription, make of it."""
    offer, before = _known(against), _known(previous)
    try:
        new = _parse(str(description))
        if before:
            check_against_previous(new, before)
        if type != "offer":
            check_answer(new, offer)
            return Verdict(True, obstacle=obstacle_of(new))
        check_transports(new, "offer")
        rejected = rejected_by(new)
    except RefusedError as refusal:
        return refused(str(refusal))
    return Verdict(True, rejected_sections=rejected, obstacle=obstacle_of(new, rejected))


def judge_candidate(text: str) -> Verdict:
    """What addIceCandidate makes of a candidate, a remote description being set.

    A text in JSON is an RTCIceCandidateInit. A candidate that nICEr cannot read is accepted, and does nothing.
    """
    candidate, has_section = _read_init(text)
    if not has_section:
        return refused("Cannot add a candidate without specifying either sdpMid or sdpMLineIndex")
    if not candidate:
        return Verdict(True)
    if ":" not in candidate:
        return refused(f"Invalid candidate, no ':' ({candidate})")
    if not is_readable(candidate):
        return Verdict(True, obstacle="nICEr cannot read the candidate, and does nothing with it")
    return Verdict(True)


def _known(description: SessionDescription | None) -> Description | None:
    """A description that was set before; None as well for one that could not have been."""
    if description is None:
        return None
    try:
        return _parse(str(description))
    except RefusedError:
        return None


def _parse(text: str) -> Description:
    """What Firefox reads in a text. Raises RefusedError."""
    foreign = _NOT_ASCII.search(text)
    if foreign:
        raise RefusedError(f"SDP contains non ASCII characters at position {foreign.start()}")
    log = Log()
    try:
        description = Sipcc(text, log).parse()
        load(description, log)
    except FailedError:
        raise RefusedError(f"SIPCC Failed to parse SDP: {log}".rstrip()) from None
    check_limits(description)
    return description


def _read_init(text: str) -> tuple[str, bool]:
    """The candidate, and whether it is said to which section it belongs."""
    try:
        init = json.loads(text) if text.lstrip().startswith("{") else None
    except (ValueError, RecursionError):
        init = None
    if not isinstance(init, dict):
        return text, True
    candidate = str(init.get("candidate") or "")
    return candidate, not candidate or init.get("sdpMid") is not None or init.get("sdpMLineIndex") is not None
