"""Secrets in SDP text: which they are, and the same text without them."""

import re

MASK = "********"

# What stands before a secret: ICE passwords (RFC 8839 §5.4), SRTP keys (RFC 4568 §6.1), keys of k= lines (RFC 8866
# §5.12) and of key management (RFC 4567); wherever in a line, because other attributes can carry these.
_SECRET = re.compile(
    r"((?:^|[ =])ice-pwd:[ \t]*|inline:[ \t]*|^k=[^:]*:|(?:^|[ =])key-mgmt:[ \t]*[^ \t]+[ \t]+)([^|;\r\n]*[^|;\r\n \t])"
)


def mask(line: str) -> str:
    """A line with every secret in it replaced by a mask of always the same length.

    >>> mask("a=ice-pwd:asd88fgpdd777uzjYhagZg")
    'a=ice-pwd:********'
    >>> mask("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4")
    'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:********|2^20|1:4'
    """
    return _SECRET.sub(rf"\1{MASK}", line)
