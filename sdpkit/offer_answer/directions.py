"""In which directions media flows, once both sides have said theirs (RFC 3264 §5.1, §6.1)."""

from typing import NamedTuple


class Flow(NamedTuple):
    """Whether media flows from the offerer to the answerer, and back."""

    there: bool
    back: bool

    @property
    def of_offerer(self) -> str:
        """The direction as the offerer sees it."""
        return _DIRECTIONS[self.there, self.back]

    @property
    def of_answerer(self) -> str:
        """The direction as the answerer sees it."""
        return _DIRECTIONS[self.back, self.there]


_DIRECTIONS = {
    (True, True): "sendrecv",
    (True, False): "sendonly",
    (False, True): "recvonly",
    (False, False): "inactive",
}
"""By whether a side sends, and whether it receives."""


def sends(direction: str) -> bool:
    """Whether the one who writes this sends."""
    return direction in ("sendrecv", "sendonly")


def receives(direction: str) -> bool:
    """Whether the one who writes this receives."""
    return direction in ("sendrecv", "recvonly")


def agreed_flow(offered: str, answered: str) -> Flow:
    """What flows where one side wants to send and the other to receive.

    >>> agreed_flow("sendrecv", "recvonly").of_offerer
    'sendonly'
    """
    return Flow(sends(offered) and receives(answered), receives(offered) and sends(answered))
