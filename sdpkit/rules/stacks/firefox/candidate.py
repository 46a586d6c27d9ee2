"""What nICEr, Firefox's ICE, can read of a candidate."""

import ipaddress
import re

_CANDIDATE = re.compile(
    r" *(?:a=)?candidate: *[^ ]+ +(?P<component>\d+)[^ ]* +(?P<transport>udp|tcp) *(?P<priority>\d+)[^ ]* +"
    r"(?P<address>[^ ]+) +(?P<port>\d+)[^ ]* +typ *(?P<type>host|srflx|prflx|relay)(?P<rest>.*)",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)
_RELATED = re.compile(r" *raddr *[^ ]+ +rport *\d+[^ ]*(?P<rest>.*)", re.IGNORECASE | re.ASCII | re.DOTALL)
_TCP_TYPE = re.compile(r" *tcptype +(active|passive|so)(?= |\Z)", re.IGNORECASE)
_RANGES = {"component": range(1, 257), "priority": range(1, 2**32), "port": range(1, 2**16)}


def is_readable(text: str) -> bool:
    """Whether nICEr takes a candidate. What it cannot read it only notes in its log."""
    found = _CANDIDATE.match(text)
    if not found or not all(_is_in(found[name], numbers) for name, numbers in _RANGES.items()):
        return False
    rest = found["rest"]
    if found["type"].lower() != "host":
        related = _RELATED.match(rest)
        if not related:
            return False
        rest = related["rest"]
    if found["transport"].lower() == "tcp" and found["type"].lower() != "relay" and not _TCP_TYPE.match(rest):
        return False
    return _is_address(found["address"])


def _is_in(digits: str, numbers: range) -> bool:
    return len(digits) < 20 and int(digits) in numbers


def _is_address(text: str) -> bool:
    """Whether it is an IP address, or a name that Firefox looks up by mDNS."""
    if text.lower().endswith(".local"):
        return True
    try:
        return "%" not in text and bool(ipaddress.ip_address(text))
    except ValueError:
        return False
