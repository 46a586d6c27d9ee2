"""Fingerprints, setup and keys (DTL)."""

import re
from collections.abc import Iterator

from sdpkit.finding import Finding, Fix, Severity, shorten
from sdpkit.rules.compatibility import is_plain_rtp
from sdpkit.rules.rule import WEB, Hit, Subject, at, drop, found_by_parser, insert_behind, place, rewrite, rule
from sdpkit.rules.syntax import put_right
from sdpkit.sdp.attributes.security import Fingerprint
from sdpkit.sdp.decoding import decode
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import MediaDescription

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

_LENGTHS = {"sha-1": 20, "sha-224": 28, "sha-256": 32, "sha-384": 48, "sha-512": 64, "md5": 16, "md2": 16}
_DIGEST = "A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90"


def _fingerprints(subject: Subject) -> Iterator[tuple[Line, Fingerprint]]:
    """All fingerprints that can be read, with their lines."""
    for part in (subject.description, *subject.media):
        for line in part.lines_of("fingerprint"):
            found = decode(line)
            if isinstance(found, Fingerprint):
                yield line, found


def _instead(value: str) -> str:
    """An example: the first fingerprint of the offer becomes this one."""
    return f"-a=fingerprint:…\n+a=fingerprint:{value}"


# --- fingerprints ---


@rule("DTL001", ERROR, "RFC 8122 §5", profiles=WEB, bad="-a=fingerprint:…")
def no_fingerprint(subject: Subject) -> Iterator[Hit]:
    """A section has no fingerprint, neither its own nor the session's.

    Without it the other side cannot know the certificate, and must not connect. Chromium says "Called with SDP without
    DTLS fingerprint", Firefox "no fingerprint attribute at level 0"; aiortc takes it and fails later. Sections that
    are bundled behind another one need none. A SIP gateway that answers RTP/AVP is the usual cause.
    """
    if is_plain_rtp(subject.description) or subject.description.is_fragment:
        return
    for section in subject.transports:
        protocol = section.protocol.upper()
        secured = any(name in protocol for name in ("TLS", "RTP", "SCTP"))
        if secured and "fingerprint" not in section and "fingerprint" not in subject.description:
            yield Hit(section.lines_of("m=")[0], "no a=fingerprint here or in the session")


@found_by_parser("DTL002", ERROR, "RFC 8122 §5", bad=_instead("sha-256"))
def malformed_fingerprint() -> None:
    """A fingerprint is not a hash function, one blank, and bytes in hexadecimal with colons between them.

    Chromium says "Failed to create fingerprint from the digest" or "Expects 2 fields", Firefox "Malformed fingerprint
    token". Take the line as the peer made it; openssl x509 -fingerprint -sha256 writes the digest in this form.
    """


@rule("DTL003", ERROR, "RFC 8122 §5", bad=_instead(f"sha-256 {_DIGEST}:A1:B2:C3:D4"))
def length_of_digest(subject: Subject) -> Iterator[Hit]:
    """The digest of a fingerprint is longer or shorter than its hash function makes it.

    No certificate has it. Browsers and aiortc take the remote description; then Chromium's answer fails with "Failed
    to apply remote fingerprint", or the handshake fails with no word about the description.
    """
    for line, found in _fingerprints(subject):
        wanted, length = _LENGTHS.get(found.hash_function.lower()), len(found.value)
        if wanted is not None and length != wanted:
            yield at(line, found.digest, f"a digest of {found.hash_function} has {wanted} bytes, this one {length}")


@rule("DTL004", ERROR, "RFC 8122 §5", bad=_instead(f"sha256 {_DIGEST}:{_DIGEST}"))
def unknown_hash(subject: Subject) -> Iterator[Hit]:
    """The hash function of a fingerprint is none that is known.

    Chromium says "Failed to create fingerprint from the digest", also where another line is good; Firefox "no supported
    fingerprint algorithms present". aiortc takes it and fails later. The names have a dash: sha-256.
    """
    for line, found in _fingerprints(subject):
        name = found.hash_function.lower()
        if name not in _LENGTHS:
            dashed = re.sub("^sha(?=[0-9])", "sha-", name.replace("_", "-"))
            known = dashed in _LENGTHS
            fix = (
                rewrite(line, f"a=fingerprint:{dashed} {found.digest}", f"write {dashed}", safe=False)
                if known
                else None
            )
            yield at(line, found.hash_function, f'"{shorten(found.hash_function)}" is no known hash function', fix=fix)


@rule("DTL005", WARNING, "RFC 8122 §5", pedantic=True, bad=_instead(f"sha-1 {_DIGEST}:A1:B2:C3:D4"))
def weak_hash(subject: Subject) -> Iterator[Hit]:
    """The hash function of a fingerprint is md5, md2 or sha-1.

    md5 and md2 must not be used: certificates with the same digest can be made. sha-1 is on its way there. Chromium
    refuses md5, Firefox takes it, both take sha-1.
    """
    for line, found in _fingerprints(subject):
        if found.hash_function.lower() in ("md5", "md2", "sha-1"):
            yield at(
                line, found.hash_function, f"{found.hash_function} is too weak for a fingerprint", help="use sha-256"
            )


@rule("DTL006", WARNING, "RFC 8122 §5", bad=_instead(f"sha-256 {_DIGEST}:{_DIGEST.lower()}"))
def lower_case_digest(subject: Subject) -> Iterator[Hit]:
    """The digest of a fingerprint is in lower case.

    It must be in upper case. Firefox refuses it: "Malformed fingerprint token". Chromium and aiortc take both.
    """
    for line, found in _fingerprints(subject):
        upper = found.digest.upper()
        if found.digest != upper:
            fix = rewrite(line, line.text.replace(found.digest, upper), "write it in upper case")
            yield at(line, found.digest, "the digest must be in upper case", fix=fix)


@rule("DTL007", WARNING, "RFC 8122 §5", pedantic=True, bad=_instead("sha-256 " + ":".join(["00"] * 32)))
def placeholder_digest(subject: Subject) -> Iterator[Hit]:
    """All bytes of a digest are the same: a placeholder, or masked.

    No certificate has it. Browsers and aiortc take the description, and the DTLS handshake fails.
    """
    for line, found in _fingerprints(subject):
        if len(found.value) > 1 and len(set(found.value)) == 1:
            yield at(
                line, found.digest, f"{len(found.value)} times the byte {found.digest[:2]}: this is no real digest"
            )


@rule(
    "DTL008",
    WARNING,
    "RFC 8122 §5.1",
    bad=f"-t=0 0\n+t=0 0\n+a=fingerprint:sha-256 {_DIGEST}:{_DIGEST}\n+a=fingerprint:sha-1 {_DIGEST}:A1:B2:C3:D4",
    good=f"-t=0 0\n+t=0 0\n+a=fingerprint:sha-256 {_DIGEST}:{_DIGEST}",
)
def two_session_fingerprints(subject: Subject) -> Iterator[Hit]:
    """There are several fingerprints at session level.

    That is allowed, but Chromium refuses it: "Can't have multiple fingerprint attributes at the same level". Firefox
    takes it. In an m-section Chromium takes several, and goes by the last one.
    """
    first, *others = subject.description.lines_of("fingerprint") or (None,)
    for line in others:
        related = (place(first, "the first fingerprint"),) if first else ()
        fix = drop(line, safe=False)
        yield Hit(line, "Chromium takes only one fingerprint at session level", fix=fix, related=related)


@rule("DTL009", WARNING, "RFC 8829 §5.2.1", profiles=WEB, bad=_instead(f"sha-256 FF{_DIGEST[2:]}:{_DIGEST}"))
def different_fingerprints(subject: Subject) -> Iterator[Hit]:
    """Sections have different fingerprints.

    An agent has the same certificates for all sections. In a bundle that of the first section counts; where it is the
    wrong one, the DTLS handshake fails. Browsers and aiortc take the description. Two descriptions were mixed, or a
    server wrote another one's fingerprint.
    """
    known: dict[str, dict[str, Line]] = {}
    for section in subject.live:
        own: dict[str, dict[str, Line]] = {}
        for line in section.lines_of("fingerprint"):
            found = decode(line)
            if isinstance(found, Fingerprint):
                own.setdefault(found.hash_function.lower(), {})[found.digest.upper()] = line
        for name, digests in own.items():
            earlier = known.setdefault(name, dict(digests))
            if not earlier.keys() & digests.keys():
                line, where = next(iter(digests.values())), next(iter(earlier.values()))
                message = f"another {name} fingerprint than in an earlier section"
                yield Hit(line, message, related=(place(where, "the fingerprint there"),))
            earlier |= digests  # so that each other certificate is said once


# --- setup ---


@rule("DTL010", ERROR, "RFC 8842 §5.2", profiles=WEB, bad="-a=setup:actpass")
def offer_without_setup(subject: Subject) -> Iterator[Hit]:
    """An offer has no a=setup for a section.

    It must say actpass, so that the answer can choose who begins the handshake. Chromium assumes that; Firefox says
    "no setup attribute at level 0", and aiortc raises AttributeError.
    """
    if subject.type != "offer" or is_plain_rtp(subject.description):
        return
    for section in subject.transports:
        if "TLS" in section.protocol.upper() and "setup" not in section and "setup" not in subject.description:
            line = (section.lines_of("fingerprint") or section.lines)[-1]
            fix = insert_behind(line, "a=setup:actpass", "add a=setup:actpass")
            yield Hit(section.lines_of("m=")[0], "no a=setup here or in the session", fix=fix)


def _setups(subject: Subject) -> Iterator[tuple[Line, str]]:
    """The roles of the session and of live sections, with their lines."""
    for part in (subject.description, *subject.live):
        for line in part.lines_of("setup"):
            role = decode(line)
            if role is not None:
                yield line, role


@rule("DTL011", WARNING, "RFC 8842 §5.2", profiles=WEB, bad="-a=setup:actpass\n+a=setup:active")
def offer_with_a_role(subject: Subject) -> Iterator[Hit]:
    """An offer says a=setup:active or passive.

    It must say actpass; the answerer must cope with others, and browsers and aiortc do. Chromium refuses it in an own
    offer that was changed ("Offerer must use actpass value for setup attribute"), and Firefox answers each section as
    it says, which breaks bundles with mixed ones.
    """
    for line, role in _setups(subject) if subject.type == "offer" else ():
        if role in ("active", "passive"):
            fix = rewrite(line, "a=setup:actpass", "write actpass", safe=False)
            yield at(line, role, f"an offer says actpass, not {role}", fix=fix)


@rule("DTL012", ERROR, "RFC 8842 §5.1", profiles=WEB, bad="-a=setup:actpass\n+a=setup:holdconn")
def holdconn(subject: Subject) -> Iterator[Hit]:
    """The a=setup is holdconn.

    It means that nobody connects, and DTLS must not have it. Chromium takes the offer and then says "Failed to create
    transport answer, transport is missing", Firefox says "illegal setup attribute", aiortc raises KeyError.
    """
    for line, role in _setups(subject):
        if role == "holdconn":
            yield at(line, role, "holdconn: nobody would begin the DTLS handshake", help="actpass in an offer")


@rule("DTL013", ERROR, "RFC 4145 §4", bad="-a=setup:actpass\n+a=setup:client")
def unknown_setup(subject: Subject) -> Iterator[Hit]:
    """The a=setup is not active, passive, actpass or holdconn, in lower case.

    Chromium says "Invalid attribute value", Firefox takes it for missing, aiortc raises KeyError. In other case both
    browsers take it and aiortc does not: a warning.
    """
    for hit in put_right(subject, "DTL013", _lower_case):
        yield hit if hit.fix is None else hit._replace(severity=WARNING)


def _lower_case(line: Line, _: Finding) -> Fix | None:
    lower = line.text.lower()
    known = lower.partition(":")[2] in ("active", "passive", "actpass", "holdconn")
    return rewrite(line, lower, "write it in lower case") if known else None


# --- other keys ---

_CRYPTO = "+a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj"


@rule("DTL014", ERROR, "RFC 8827 §6.5", profiles=WEB, bad=f"-a=fingerprint:…\n{_CRYPTO}")
def crypto(subject: Subject) -> Iterator[Hit]:
    """A section has SRTP keys in the clear (a=crypto), as SIP uses them.

    Browsers only do DTLS: without a fingerprint Chromium says "Called with SDP without DTLS fingerprint", Firefox "no
    fingerprint attribute", and aiortc raises AttributeError. Next to a fingerprint all ignore them, which makes it a
    warning. Let the gateway offer DTLS (UDP/TLS/RTP/SAVPF).
    """
    for section in subject.live:
        lines = section.lines_of("crypto")
        if lines and section.dtls.fingerprints:
            message = "keys in the clear next to a fingerprint: WebRTC must not offer them"
            yield Hit(lines[0], message, severity=WARNING, fix=drop(*lines, safe=False))
        elif lines:
            yield Hit(lines[0], "keys in the clear instead of a fingerprint: browsers only do DTLS")


@rule(
    "DTL015",
    NOTE,
    "RFC 8842 §5.2",
    profiles=WEB,
    pedantic=True,
    bad="",
    good="-a=mid:0\n+a=mid:0\n+a=tls-id:0123456789abcdefghij",
)
def no_tls_id(subject: Subject) -> Iterator[Hit]:
    """There is no a=tls-id.

    RFC 8842 wants it in every offer and answer, to tell a new DTLS association from the one there is. No browser
    writes or reads it: a changed fingerprint or ufrag does that.
    """
    if subject.live and not any("tls-id" in section for section in subject.live):
        keyed = [line for section in subject.live for line in section.lines_of("fingerprint")]
        lines = keyed or subject.description.lines_of("fingerprint")
        yield from (Hit(line, "no a=tls-id next to the fingerprint") for line in lines[:1])


_TLS_ID = re.compile("[A-Za-z0-9+/_-]{20,255}").fullmatch


@rule("DTL016", ERROR, "RFC 8842 §4", pedantic=True, bad="-a=mid:0\n+a=mid:0\n+a=tls-id:x")
def malformed_tls_id(subject: Subject) -> Iterator[Hit]:
    """The a=tls-id is not 20 to 255 letters, digits, "+", "/", "-" or "_".

    It must be hard to guess. Browsers and aiortc ignore it.
    """
    for section in subject.media:
        for line in section.lines_of("tls-id"):
            value = line.text.partition(":")[2].strip(" \t")
            if not _TLS_ID(value):
                yield at(line, value, f'a tls-id is 20 to 255 letters, digits, +, /, - or _, not "{shorten(value)}"')


@rule(
    "DTL017",
    WARNING,
    "RFC 8829 §5.1.2",
    profiles=WEB,
    pedantic=True,
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 9 RTP/AVP 111 0",
)
def plain_protocol(subject: Subject) -> Iterator[Hit]:
    """The m= line says plain RTP, and there is a fingerprint for DTLS.

    Chromium and Firefox take RTP/AVP and RTP/SAVPF, Firefox not RTP/AVPF, and do DTLS all the same; aiortc answers
    UDP/TLS/RTP/SAVPF whatever was offered. Write UDP/TLS/RTP/SAVPF in the offer; an answer repeats what was offered.
    """
    for section in subject.live:
        plain = section.protocol.upper().startswith("RTP/")
        if plain and section.dtls.fingerprints:
            line = section.lines_of("m=")[0]
            message = f"{section.protocol} with a fingerprint: the peers will do DTLS"
            yield at(line, section.protocol, message, fix=_secured(line, section) if subject.type == "offer" else None)


def _secured(line: Line, section: MediaDescription) -> Fix:
    return rewrite(line, line.text.replace(section.protocol, "UDP/TLS/RTP/SAVPF", 1), "write UDP/TLS/RTP/SAVPF")


@found_by_parser("DTL018", ERROR, "RFC 4568 §9.1", bad="-a=mid:0\n+a=mid:0\n+a=crypto:1")
def malformed_crypto() -> None:
    """An a=crypto is not made of tag, crypto suite and key parameters.

    Browsers ignore the line; a SIP peer cannot read the media without the key.
    """


@found_by_parser("DTL019", ERROR, "RFC 8827 §5", bad="-t=0 0\n+t=0 0\n+a=identity:?")
def malformed_identity() -> None:
    """The a=identity is not an assertion in base64, and maybe extensions.

    It says who the peer is, by the word of an identity provider. Only Firefox reads it.
    """


@found_by_parser("DTL020", ERROR, "RFC 4567 §3.1", bad="-a=mid:0\n+a=mid:0\n+a=key-mgmt:mikey")
def malformed_key_management() -> None:
    """An a=key-mgmt is not the name of a protocol and its message in base64.

    It carries keys for SRTP where neither DTLS nor a=crypto does. Browsers ignore it.
    """
