"""Digests of certificates, as a=fingerprint has them."""

import re

from sdpkit.explanation.reading import Draft, Part
from sdpkit.explanation.words import Words, plain

_SIZES = {16: "md5", 20: "sha-1", 28: "sha-224", 32: "sha-256", 48: "sha-384", 64: "sha-512"}
_DIGEST = re.compile(r"(?:[a-z0-9-]{1,20} )?((?:[0-9A-Fa-f]{2}:){15,63}[0-9A-Fa-f]{2})").fullmatch
_SUMMARY = Words(
    "{count} bytes: the digest of the certificate that the peer must show in the DTLS handshake."
    " Another digest means another certificate.",
    "{count} バイト。DTLS のハンドシェイクで相手が示す証明書のハッシュ値です。値が違えば別の証明書です。",
)


def read(text: str) -> Draft | None:
    """A digest, with or without its hash function before it."""
    found = _DIGEST(text)
    count = found[1].count(":") + 1 if found else 0
    if found is None or count not in _SIZES:
        return None
    summary = _SUMMARY.fill(count=count)
    parts = (Part("hash function", _SIZES[count]),)
    read_as = Words("digest of a certificate", "証明書のハッシュ値")
    return Draft(read_as, plain(found[1]), summary, parts, "RFC 8122 §5", ("fingerprint",))
