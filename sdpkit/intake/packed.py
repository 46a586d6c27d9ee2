"""The packed form: a description as one short line, for hand signaling, addresses and QR codes.

packed = "sdpk1." base64url

`base64url` (RFC 4648 §5, without padding) is the raw deflate stream (RFC 1951) of UTF-8 text: an RTCSessionDescription
as JSON where the type is known, the description alone otherwise. Browsers read it with
`new DecompressionStream("deflate-raw")`. The 1 is the version; a later one would be another prefix.
"""

import json
import zlib
from base64 import urlsafe_b64encode

from sdpkit.finding import SDPError, fault
from sdpkit.intake.encodings import decode_base64, inflate

PREFIX = "sdpk1."


def pack(text: str, type: str | None = None) -> str:
    """A description and its type as one line; `unpack` is its mirror image."""
    whole = text if type is None else json.dumps({"type": type, "sdp": text}, ensure_ascii=False, separators=(",", ":"))
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = deflater.compress(whole.encode("utf-8", "surrogateescape")) + deflater.flush()
    return PREFIX + urlsafe_b64encode(data).decode().rstrip("=")


def unpack(text: str) -> tuple[str, str | None]:
    r"""The description and the type, if it was packed with one. White space in and around the line does not matter.

    Raises SDPError for what was not packed or is not whole (INT001), and for what is too large (SYN025).

    >>> unpack(pack("v=0\r\ns=-\r\n", "offer"))
    ('v=0\r\ns=-\r\n', 'offer')
    """
    bare = "".join(text.split())
    data = decode_base64(bare.removeprefix(PREFIX)) if bare.startswith(PREFIX) else None
    inflated = None if data is None else inflate(data, -zlib.MAX_WBITS)
    if inflated is None or not inflated.is_whole:
        raise _not_packed(text)
    try:
        whole = inflated.data.decode("utf-8", "surrogateescape")
        if not whole.startswith("{"):
            return whole, None
        description = json.loads(whole)
        return description["sdp"], description["type"]
    except (ValueError, RecursionError, LookupError, TypeError):
        raise _not_packed(text) from None


def _not_packed(text: str) -> SDPError:
    message = f"this is not a whole {PREFIX}… line: was it cut?"
    return fault("INT001", message, "sdpkit.intake.packed", start=0, end=max(1, len(text)))
