"""When two values say the same, though they are written in another way or by the other peer."""

from typing import Any

import msgspec

from sdpkit.ice.candidate import Candidate
from sdpkit.sdp.attributes.formats import Fmtp
from sdpkit.sdp.attributes.streams import Rid, Simulcast


def alike(old: Any, new: Any) -> bool:
    """Whether two values say the same; the order of parameters says nothing. None is what cannot be read."""
    match old, new:
        case None, _:
            return False
        case Fmtp(), Fmtp():
            return old.format == new.format and _parameters(old) == _parameters(new)
        case Candidate(), Candidate():
            return msgspec.structs.replace(old, order=()) == msgspec.structs.replace(new, order=())
    return bool(old == new)


def _parameters(fmtp: Fmtp) -> list[tuple[str, str]]:
    return sorted((name.lower(), value or "") for name, value in fmtp.pairs)


def turned(value: Any) -> Any:
    """The same as the other peer says it: who sends for the one receives for the other."""
    match value:
        case Rid():
            return msgspec.structs.replace(value, direction={"send": "recv", "recv": "send"}[value.direction])
        case Simulcast():
            return Simulcast(value.recv, value.send, not value.recv_first)
    return value


def turned_direction(direction: str | None) -> str | None:
    """The direction as the other peer says it.

    >>> turned_direction("sendonly"), turned_direction("sendrecv")
    ('recvonly', 'sendrecv')
    """
    return {"sendonly": "recvonly", "recvonly": "sendonly"}.get(direction or "", direction)
