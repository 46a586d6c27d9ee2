"""STUN and TURN servers as users write them."""

import re
from urllib.parse import unquote

from aiortc import RTCIceServer

_URI = re.compile(r"(stun|stuns|turn|turns):(?:([^@]*)@)?([^:?@/\[\]]+)(?::([0-9]{1,5}))?(?:\?transport=(udp|tcp))?")


def parse_ice_server(text: str) -> RTCIceServer:
    """A server from `stun:HOST[:PORT]` or `turn:USER:PASSWORD@HOST[:PORT][?transport=tcp]`.

    That is a URI of RFC 7064 or 7065 with the credentials of TURN in it; there `%40` stands for `@`.

    Raises ValueError for anything else.

    >>> parse_ice_server("turn:me:secret@192.0.2.7?transport=tcp")
    RTCIceServer(urls='turn:192.0.2.7?transport=tcp', username='me', credential='secret', credentialType='password')
    """
    found = _URI.fullmatch(text)
    if found is None:
        raise ValueError(f'"{text}" is neither stun:HOST[:PORT] nor turn:USER:PASSWORD@HOST[:PORT][?transport=tcp]')
    scheme, credentials, host, port, transport = found.groups()
    if port is not None and not 0 < int(port) < 65536:
        raise ValueError(f'"{text}": there is no port {port}')
    address = f"{host}:{port}" if port else host
    if scheme == "stuns":
        raise ValueError("aiortc speaks STUN over UDP only: stun:HOST[:PORT]")
    if scheme == "stun":
        if credentials or transport:
            raise ValueError(f'"{text}": STUN takes no credentials and no transport')
        return RTCIceServer(urls=f"stun:{address}")
    user, colon, password = (credentials or "").partition(":")
    if not colon or not user:
        raise ValueError(f'"{text}": TURN needs credentials: {scheme}:USER:PASSWORD@{address}')
    query = f"?transport={transport}" if transport else ""
    return RTCIceServer(urls=f"{scheme}:{address}{query}", username=unquote(user), credential=unquote(password))
