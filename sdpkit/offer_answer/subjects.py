"""Everything that can differ between two descriptions, by the names that changes have."""

import enum

import msgspec


class Weight(enum.Enum):
    """What a difference is worth that follows from no other one."""

    MEANING = enum.auto()  # peers act on it
    NAME = enum.auto()  # a number or name that a peer makes up: it matters only where somebody has edited it
    FORM = enum.auto()  # only the way in which the text is written


class Subject(msgspec.Struct, frozen=True):
    """What can differ: what it means when it does, and by which topics it can be ignored."""

    summary: str
    weight: Weight
    topics: tuple[str, ...]


def _meaning(summary: str, *topics: str) -> Subject:
    return Subject(summary, Weight.MEANING, topics)


def _name(summary: str, *topics: str) -> Subject:
    return Subject(summary, Weight.NAME, topics)


def _form(summary: str, *topics: str) -> Subject:
    return Subject(summary, Weight.FORM, topics)


SUBJECTS = {
    # the session
    "session-id": _meaning("another session, or another peer (o=)", "session"),
    "session-version": _meaning("which description of the session this is (o=)", "session"),
    "information": _name("words for people, such as s=, i= and a=tool; no peer minds them", "session"),
    "bundle": _meaning("which m-sections share one transport, the first of them leading (RFC 9143)", "bundle"),
    "group": _meaning("which m-sections belong together (RFC 5888)", "bundle"),
    # the m-sections and their m= lines
    "section": _meaning("an m-section has come, gone, moved or been replaced", "sections"),
    "rejection": _meaning("whether the m-section is in use: port 0 rejects it (RFC 3264 §6)", "sections"),
    "mid": _meaning("another name of the m-section: it must stay (RFC 9429 §5.2.2)", "sections"),
    "media-kind": _meaning("another kind of media", "sections"),
    "protocol": _meaning("another transport protocol", "sections"),
    "format": _meaning("a format of the m= line that names no known codec", "codecs"),
    "port": _meaning("media goes to another port", "ports"),
    "connection": _meaning("media goes to another address (c=)", "ports"),
    "rtcp": _name("where RTCP goes without rtcp-mux", "ports"),
    "direction": _meaning("who sends and who receives", "direction"),
    # codecs
    "codec": _meaning("a codec has come or gone, or a payload type stands for another one", "codecs"),
    "payload-type": _meaning("the same codec has another number", "codecs"),
    "codec-order": _meaning("the order of codecs, the preferred one first", "codecs", "order"),
    "format-order": _name("the order of formats that are no codecs of their own, such as rtx", "codecs", "order"),
    "format-parameter": _meaning("a format parameter of a codec (a=fmtp)", "codecs"),
    "feedback": _meaning("RTCP feedback that may be sent (a=rtcp-fb)", "codecs"),
    "packetization": _meaning("raw packetization, which libwebrtc alone knows", "codecs"),
    # RTP
    "extension": _meaning("a header extension has come or gone, or an id stands for another one", "extensions"),
    "extension-id": _meaning("the same header extension has another id; it must stay (RFC 8285 §7)", "extensions"),
    "extension-direction": _meaning("in which direction a header extension is used", "extensions"),
    "extmap-allow-mixed": _meaning("whether one-byte and two-byte header extensions may be mixed", "extensions"),
    "rtcp-mux": _meaning("RTCP on the port of RTP; browsers insist on it (RFC 8834 §4.5)", "rtcp"),
    "rtcp-rsize": _meaning("reduced-size RTCP (RFC 5506)", "rtcp"),
    "bandwidth": _meaning("how much the other side may send (b=)", "bandwidth"),
    "simulcast": _meaning("which simulcast layers there are (RFC 8853)", "simulcast"),
    "rid": _meaning("an RTP stream by name, with its restrictions (RFC 8851)", "simulcast"),
    "ssrc": _name("the number of an RTP stream", "ssrc"),
    "ssrc-attribute": _name("what is said of an RTP stream, as its cname", "ssrc"),
    "ssrc-group": _name("which RTP streams belong together: FID a stream with its rtx, SIM layers", "ssrc"),
    "msid": _name("the names of the stream and track (RFC 8830)", "ssrc"),
    "msid-semantic": _name("the names of all streams, from before RFC 8830", "ssrc"),
    "cryptex": _meaning("encrypted header extensions and CSRCs (RFC 9335)", "extensions"),
    "sframe": _meaning("media encrypted end to end", "codecs"),
    "crypto": _meaning("SRTP keys in the clear (RFC 4568)", "dtls"),
    # ICE
    "ice-ufrag": _meaning("the ICE user name fragment", "ice"),
    "ice-pwd": _meaning("the ICE password", "ice"),
    "ice-options": _meaning("the ICE extensions that the writer knows", "ice"),
    "ice-lite": _meaning("an ICE lite agent answers checks and makes none; it never controls", "ice"),
    "candidate": _meaning("a way to reach the writer has come or gone", "candidates"),
    "candidate-address": _meaning("the same kind of candidate has another address", "candidates"),
    "candidate-port": _meaning("the same candidate has another port", "candidates", "ports"),
    "candidate-priority": _meaning("the same candidate has another priority", "candidates"),
    "candidate-foundation": _name("which candidates are tried together", "candidates"),
    "candidate-related": _name("the address behind a candidate (raddr, rport)", "candidates", "ports"),
    "candidate-extensions": _name("generation, network-id and the like of a candidate", "candidates"),
    "end-of-candidates": _name("whether more candidates follow", "candidates"),
    # DTLS
    "fingerprint": _meaning("another certificate, so a new DTLS association (RFC 8842 §3.1)", "dtls"),
    "setup": _meaning("who begins the DTLS handshake", "dtls"),
    "tls-id": _meaning("another DTLS association (RFC 8842 §4)", "dtls"),
    # data channels
    "sctp-port": _meaning("the port of the SCTP association (RFC 8841 §5)", "data"),
    "max-message-size": _meaning("the longest message that the writer takes, in bytes (RFC 8841 §6)", "data"),
    "sctp-init": _meaning("the SCTP handshake, sent ahead", "data"),
    # what nothing else is about
    "attribute": _meaning("an attribute that nothing else here compares", "attributes"),
    "line": _meaning("a line that nothing else here compares", "lines"),
    # the text
    "line-order": _form("the same lines in another order", "order", "text"),
    "spelling": _form("the same, written in another way or at another place", "text"),
    "line-ending": _form("how lines end", "text"),
    "last-line-ending": _meaning(
        "whether the last line has an end; Chromium refuses a text without (RFC 8866 §9)", "text"
    ),
}
"""What `Change.what` can be. A name is never given another meaning; further ones may come."""

TOPICS = tuple(sorted({topic for subject in SUBJECTS.values() for topic in subject.topics}))
