"""Candidates on 127.0.0.1 and ::1: aioice leaves these addresses out, and a machine without a network has no others."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import aioice.ice

_LOOPBACK = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}
_wanted = ContextVar("loopback addresses wanted", default=False)
_host_addresses = aioice.ice.get_host_addresses


@contextmanager
def loopback_addresses() -> Iterator[None]:
    """Within this, candidates are gathered on the loopback addresses too, before all others.

    It holds for the running task and the tasks that it makes; other users of aioice in this process see no change.
    """
    token = _wanted.set(True)
    try:
        yield
    finally:
        _wanted.reset(token)


def _with_loopback(use_ipv4: bool, use_ipv6: bool) -> list[str]:
    others: list[str] = _host_addresses(use_ipv4, use_ipv6)
    if not _wanted.get():
        return others
    wanted = [family for family, used in ((socket.AF_INET, use_ipv4), (socket.AF_INET6, use_ipv6)) if used]
    own = [_LOOPBACK[family] for family in wanted if _exists(family)]
    return own + [address for address in others if address not in own]


def _exists(family: socket.AddressFamily) -> bool:
    """Whether this machine has that loopback address: IPv6 may be switched off."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((_LOOPBACK[family], 0))
    except OSError:
        return False
    return True


aioice.ice.get_host_addresses = _with_loopback
