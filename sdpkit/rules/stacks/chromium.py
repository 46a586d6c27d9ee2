"""A model of a stack."""

from sdpkit.rules.verdict import Verdict
from sdpkit.sdp.description import SessionDescription


def judge(
    description: SessionDescription,
    type: str,
    against: SessionDescription | None = None,
    previous: SessionDescription | None = None,
) -> Verdict:
    """What setRemoteDescription, and for an offer createAnswer and setLocalDescription, make of it."""
    return Verdict(True)


def judge_candidate(text: str) -> Verdict:
    """What addIceCandidate makes of a candidate, a remote description being set."""
    return Verdict(True)
