"""sdpkit: SDP and ICE candidates, read without loss, inspected, and tried with live peers."""

from sdpkit.codecs.codec import Codec
from sdpkit.finding import Finding, SDPError, Severity, Span
from sdpkit.ice.candidate import Candidate
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Limits
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.parser import parse

__all__ = [
    "Candidate",
    "Codec",
    "Finding",
    "Limits",
    "MediaDescription",
    "SDPError",
    "SessionDescription",
    "Severity",
    "Span",
    "parse",
]
