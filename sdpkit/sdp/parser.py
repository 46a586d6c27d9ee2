"""Text to session description."""

from sdpkit.finding import SDPError, Severity
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Limits, split

DEFAULT_LIMITS = Limits()


def parse(text: str | bytes, *, strict: bool = False, limits: Limits = DEFAULT_LIMITS) -> SessionDescription:
    r"""A session description, or a trickle fragment, from any text; `str` of it is the text again, to the letter.

    Bytes are read as UTF-8; those that are not survive (PEP 383), so `bytes` of the description gives them back.
    What cannot be read stays a line, has no typed value, and is in `findings`.

    Raises SDPError for a text beyond `limits`, and with `strict` for one that has findings of severity error.

    >>> offer = parse("v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0 101\r\n")
    >>> offer.origin.session_version, [str(codec) for codec in offer.media[0].codecs]
    (2, ['PCMU/8000/1'])
    """
    if isinstance(text, bytes):
        text = text.decode("utf-8", "surrogateescape")
    description = SessionDescription(split(text, limits))
    if strict:
        findings = description.findings
        if any(finding.severity is Severity.ERROR for finding in findings):
            raise SDPError(*findings)
    return description
