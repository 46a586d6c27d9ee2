"""Fingerprints, setup and keys (DTL)."""

from collections.abc import Iterator

from sdpkit.finding import Severity
from sdpkit.rules.rule import WEB, Hit, Subject, rule


@rule(
    "DTL001",
    Severity.ERROR,
    "RFC 8122 §5",
    profiles=WEB,
    bad="-a=fingerprint:…",
)
def no_fingerprint(subject: Subject) -> Iterator[Hit]:
    """A section with DTLS has no fingerprint, neither its own nor the session's.

    Without it the other side cannot know the certificate, and must not connect. Chromium and Firefox refuse the
    description; aiortc takes it and fails later. A SIP gateway that answers RTP/AVP is the usual cause.
    """
    for section in subject.live:
        if "TLS" in section.protocol.upper() and not section.dtls.fingerprints:
            yield Hit(section.lines_of("m=")[0], "no a=fingerprint here or in the session")
