"""How much one side lets the other send."""

from sdpkit.sdp.media import DataChannels, MediaDescription

_MESSAGE_SIZE = 65536
"""The largest message where a=max-message-size is missing (RFC 8841 §6.1)."""
_BITS_OF_HEADERS = 50 * 40 * 8
"""What RFC 8829 §5.9 takes off b=AS, in bit/s: the headers of 50 packets of 40 bytes."""


def max_bitrate(section: MediaDescription) -> int | None:
    """What the writer of a section lets the other side send, in bit/s, without headers; None where nothing is said.

    b=TIAS is that (RFC 3890); b=AS is in kbit/s and has headers in it, and 5 % for RTCP (RFC 8829 §5.9). Else what
    holds is the b=CT of the whole session, in kbit/s.
    """
    own = {limit.type: limit.value for limit in reversed(section.bandwidths)}
    if "TIAS" in own:
        return own["TIAS"]
    if "AS" in own:
        return max(0, own["AS"] * 950 - _BITS_OF_HEADERS)
    session = section.session.bandwidths if section.session else ()
    return next((limit.value * 1000 for limit in session if limit.type == "CT"), None)


def max_message_size(said: DataChannels) -> int:
    """The largest message that the writer takes, in bytes; 0 is any (RFC 8841 §6)."""
    return _MESSAGE_SIZE if said.max_message_size is None else said.max_message_size
