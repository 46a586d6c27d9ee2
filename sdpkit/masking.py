"""Secrets in SDP text: which they are, and the same text without them.

ICE passwords (RFC 8839 §5.4), SRTP keys (RFC 4568 §6.1), k= keys (RFC 8866 §5.12) and messages of key management (RFC
4567) are secret. Broken lines have secrets too, so anything that looks like one of these is masked, as it is written.
"""

import re
from collections.abc import Iterable, Iterator

from sdpkit.sdp.lines import Line

MASK = "********"

_LINE = re.compile(r"([\s>|]*)(a[ \t]*=[ \t]*(?:ice-pwd|key-mgmt|(?:x-)?crypto)|k[ \t]*=)([ \t]*[:=]?[ \t]*)(.*)", re.I)
_NOTHING = re.compile(r"(?:ice-pwd|key-mgmt|crypto|^[\s>|]*k)[ \t]*[:=][ \t]*$", re.I)  # the secret is on the next line
_METHOD = re.compile(r"(?:[a-z0-9]+:)?", re.I)  # of k=
_TAG_AND_SUITE = re.compile(r"(?:[0-9]+ )?[A-Z0-9_]+ (?=inline:)")
_KEY = re.compile(r"inline:[^|;]*")
_SESSION_PARAMETER = re.compile(r"[A-Z_]{3,}(?:=[0-9]+)?")  # RFC 4568 §6.3
_ANYWHERE = re.compile(r"(ice-pwd[ \t]*[:=][ \t]*|inline[ \t]*:[ \t]*)[^\s|;]+|((?:key-mgmt|crypto)[ \t]*[:=]).*", re.I)


def mask(line: str) -> str:
    """A line with every secret in it replaced by a mask, whose length says nothing.

    >>> mask("a=ice-pwd:asd88fgpdd777uzjYhagZg")
    'a=ice-pwd:********'
    >>> mask("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4")
    'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:********|2^20|1:4'
    """
    found = _LINE.match(line)
    if found is None:
        return _ANYWHERE.sub(_masked_piece, line)
    before, name, separator, value = found.groups()
    if not value.strip():
        return line
    return before + name + separator + _masked_value(name.lower(), value)


def mask_lines(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines of their own with the secrets masked, also where one goes on in a line that has no type."""
    secret = False
    for line in lines:
        text = mask(line.text)
        if secret and not line.type and text.strip():
            text = MASK
        secret = text != line.text or _NOTHING.search(line.text) is not None
        yield Line(line.number, line.offset, text, line.ending)


def _masked_value(name: str, value: str) -> str:
    """The value of a line that is all about a secret, with as much of it as is none."""
    if name.startswith("k"):
        method = _METHOD.match(value)
        return value if value == "prompt" else (method[0] if method else "") + MASK
    head = _TAG_AND_SUITE.match(value)
    if not name.endswith("crypto") or head is None:
        return MASK
    keys, *parameters = value[head.end() :].split(" ")
    shown = [word if _SESSION_PARAMETER.fullmatch(word) else MASK for word in parameters]
    masked = ";".join(_KEY.sub(f"inline:{MASK}", key) if key.startswith("inline:") else MASK for key in keys.split(";"))
    return " ".join([head[0] + masked, *shown])


def _masked_piece(found: re.Match[str]) -> str:
    return (found[1] or found[2]) + MASK
