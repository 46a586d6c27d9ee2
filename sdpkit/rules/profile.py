"""Which profile a description belongs to, guessed from itself."""

from sdpkit.rules.rule import Profile
from sdpkit.sdp.description import SessionDescription


def guess_profile(description: SessionDescription) -> Profile:
    """WebRTC where there is DTLS; else what kind of device writes such a text. ICE alone is SIP's, too (RFC 5768)."""
    sections = description.media
    protocols = {section.protocol.upper() for section in sections}
    if not sections or any("TLS" in protocol or "SCTP" in protocol for protocol in protocols):
        return Profile.WEBRTC
    if any(section.dtls.fingerprints for section in sections):
        return Profile.WEBRTC
    if any(name in part for part in (description, *sections) for name in ("ts-refclk", "mediaclk", "ptp-domain")):
        return Profile.ST2110
    if any("control" in part for part in (description, *sections)) or "RTP/AVP/TCP" in protocols:
        return Profile.RTSP
    return Profile.SIP
