"""Keys, certificates and DTLS roles.

Every class here reads one attribute's value with `parse` (SDPError when it does not fit) and writes it with `str`.
"""

from typing import Self

import msgspec

from sdpkit.grammar import Grammar
from sdpkit.sdp.attributes.record import record
from sdpkit.sdp.attributes.registry import Attribute, Level, Mux, one_of, word


class Fingerprint(msgspec.Struct, frozen=True, gc=False):
    """a=fingerprint (RFC 8122 §5): the digest of the certificate that the DTLS handshake must show.

    >>> Fingerprint.parse("sha-1 4A:AD:B9:B1").value.hex()
    '4aadb9b1'
    """

    hash_function: str
    digest: str

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(*_FINGERPRINT.read(text))

    def __str__(self) -> str:
        return f"{self.hash_function} {self.digest}"

    @property
    def value(self) -> bytes:
        """The digest as bytes."""
        return bytes.fromhex(self.digest.replace(":", ""))


_FINGERPRINT = Grammar("{hash function:token} {digest:hex-pairs}", code="DTL002", reference="RFC 8122 §5")


class Crypto(msgspec.Struct, frozen=True, gc=False):
    """a=crypto (RFC 4568 §9.1): SRTP keys in the clear, as SIP uses them; browsers refuse them.

    >>> crypto = Crypto.parse("1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4")
    >>> crypto.tag, crypto.suite, len(crypto.keys)
    (1, 'AES_CM_128_HMAC_SHA1_80', 1)
    """

    tag: int
    suite: str
    keys: tuple[str, ...]
    session_parameters: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        tag, suite, keys, parameters = _CRYPTO.read(text)
        return cls(int(tag), suite, tuple(keys.split(";")), tuple(parameters.split(" ")) if parameters else ())

    def __str__(self) -> str:
        return " ".join([str(self.tag), self.suite, ";".join(self.keys), *self.session_parameters])


_CRYPTO = Grammar(
    "{tag:digits} {crypto suite:token} {key parameters:word}[ {session parameters:words}]",
    code="DTL018",
    reference="RFC 4568 §9.1",
)


class Identity(msgspec.Struct, frozen=True, gc=False):
    """a=identity (RFC 8827 §5): an assertion of who the peer is, in base64, and extensions.

    >>> Identity.parse("eyJpZHAiOnt9fQ== a=1;b").extensions
    ('a=1', 'b')
    """

    assertion: str
    extensions: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        assertion, extensions = _IDENTITY.read(text)
        return cls(assertion, tuple(extensions.split(";")) if extensions else ())

    def __str__(self) -> str:
        return " ".join([self.assertion, ";".join(self.extensions)]) if self.extensions else self.assertion


_IDENTITY = Grammar("{assertion:base64}[ {extensions:text}]", code="DTL019", reference="RFC 8827 §5")


class KeyManagement(msgspec.Struct, frozen=True, gc=False):
    """a=key-mgmt (RFC 4567 §3.1): a message of a key management protocol such as MIKEY, in base64."""

    protocol: str
    data: str

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(*_KEY_MANAGEMENT.read(text))

    def __str__(self) -> str:
        return f"{self.protocol} {self.data}"


_KEY_MANAGEMENT = Grammar("{protocol:token} {data:base64}", code="DTL020", reference="RFC 4567 §3.1")


ATTRIBUTES = (
    Attribute(
        "fingerprint",
        Level.BOTH,
        Mux.TRANSPORT,
        "RFC 8122 §5",
        "Hash of the certificate the writer will present in the DTLS or TLS handshake.",
        Fingerprint.parse,
        repeats=True,
    ),
    Attribute(
        "setup",
        Level.BOTH,
        Mux.TRANSPORT,
        "RFC 4145 §4",
        "Says who opens the connection or sends the DTLS ClientHello: active or passive.",
        one_of("active", "passive", "actpass", "holdconn", code="DTL013"),
    ),
    Attribute(
        "connection",
        Level.BOTH,
        Mux.TRANSPORT,
        "RFC 4145 §5",
        "Asks to open a fresh transport connection or to keep the existing one.",
        one_of("new", "existing"),
    ),
    Attribute(
        "tls-id",
        Level.MEDIA,
        Mux.TRANSPORT,
        "RFC 8842 §4",
        "Identifies the (D)TLS association; a changed value asks for a new one.",
        word,
    ),
    Attribute(
        "dtls-message",
        Level.BOTH,
        None,
        "draft-rescorla-dtls-in-sdp",
        "Experiment: first DTLS handshake message carried in SDP to save a round trip.",
        record("{role:client|server} {message:base64}", reference="draft-rescorla-dtls-in-sdp"),
    ),
    Attribute(
        "crypto",
        Level.MEDIA,
        Mux.TRANSPORT,
        "RFC 4568 §4",
        "SDES: offers an SRTP cipher suite with its master key in the clear.",
        Crypto.parse,
        repeats=True,
    ),
    Attribute(
        "key-mgmt",
        Level.BOTH,
        Mux.IDENTICAL,
        "RFC 4567 §3.1",
        "Carries a key management message such as MIKEY for SRTP.",
        KeyManagement.parse,
        repeats=True,
    ),
    Attribute(
        "zrtp-hash",
        Level.MEDIA,
        Mux.TRANSPORT,
        "RFC 6189 §8",
        "Version and hash of the ZRTP Hello message, tying key agreement to signalling.",
        record("{version:word} {hash:word}", reference="RFC 6189 §8"),
        repeats=True,
    ),
    Attribute(
        "identity",
        Level.SESSION,
        Mux.NORMAL,
        "RFC 8827 §5",
        "WebRTC: assertion by an identity provider over the DTLS fingerprints.",
        Identity.parse,
    ),
)
