"""Candidates: one text for all that addIceCandidate does not take, more in a session description."""

import re

from sdpkit.rules.stacks.chromium.text import first_token, integer, natural

_TRANSPORTS = ("udp", "tcp", "ssltcp", "tls")
_TYPES = ("host", "srflx", "relay", "prflx")
_TCP_TYPES = ("active", "passive", "so")
# The extensions that are numbers, with their bits; the value of any other is skipped.
_NUMBERS = {"generation": 32, "network-id": 16, "network-cost": 16}
_TLS_FINGERPRINT = re.compile(r"sha-(?:1|224|256|384|512);[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2})*")


def fault_of(text: str) -> str | None:
    """What is wrong with a candidate, as libwebrtc says it; None for one that it takes.

    The address is never looked at, nor the foundation, nor how large component and priority are (measured).
    """
    line, newline, more = text.partition("\n")
    if newline and more:
        return "Expect one line only"
    if line.startswith("a=") and len(line) > 2:
        line = line[2:]
    parts = first_token(line.removesuffix("\r"), ":")
    if parts is None or parts[0] != "candidate":
        return f"Expected candidate got {'' if parts is None else parts[0]}"
    fields = parts[1].split(" ")
    return _fault_of_fields(fields) or _fault_of_rest(fields[2].lower(), fields[8:])


def _fault_of_fields(fields: list[str]) -> str | None:
    """What is wrong with the fields that every candidate has."""
    if len(fields) < 8 or fields[6] != "typ":
        return "Expect at least 8 fields."
    if integer(fields[1]) is None:
        return "Invalid component id"
    if natural(fields[3]) is None:
        return "Invalid priority"
    if not _is_port(fields[5]):
        return "Invalid port"
    if fields[2].lower() not in _TRANSPORTS:
        return "Unsupported transport type"
    return None if fields[7] in _TYPES else "Unsupported candidate type"


def _fault_of_rest(transport: str, fields: list[str]) -> str | None:
    """What is wrong with what follows the type. raddr, rport and tcptype are seen only in this order."""
    if len(fields) >= 2 and fields[0] == "raddr":
        fields = fields[2:]
    if len(fields) >= 2 and fields[0] == "rport":
        if not _is_port(fields[1]):
            return "Invalid port"
        fields = fields[2:]
    if len(fields) >= 2 and fields[0] == "tcptype":
        if fields[1] not in _TCP_TYPES:
            return "Invalid TCP candidate type"
        if transport == "udp":
            return "Invalid non-TCP candidate"
        fields = fields[2:]
    pairs = list(zip(fields[::2], fields[1::2], strict=False))
    for name, value in pairs:
        if name in _NUMBERS and natural(value, _NUMBERS[name]) is None:
            return f"Invalid {name}"
    return _fault_of_tls(dict(pairs)) if transport == "tls" else None


def _fault_of_tls(extensions: dict[str, str]) -> str | None:
    """What is wrong with a candidate of TLS, which must name the certificate of its server."""
    if "fingerprint" not in extensions:
        return "Missing fingerprint extension for TLS candidate"
    return None if _TLS_FINGERPRINT.fullmatch(extensions["fingerprint"]) else "Invalid fingerprint"


def _is_port(text: str) -> bool:
    port = integer(text)
    return port is not None and 0 <= port <= 65535
