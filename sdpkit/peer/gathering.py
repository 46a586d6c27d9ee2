"""Gathering candidates, also on 127.0.0.1 and ::1, and giving it up.

aioice leaves these addresses out, and a machine without a network has no others.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import aioice.ice
from aiortc import RTCPeerConnection, RTCSessionDescription

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


class Gathering:
    """A peer that sets its local description, and so gathers.

    It must not be cancelled: aioice would lose the sockets that it has made so far.
    """

    def __init__(self, peer: RTCPeerConnection, description: RTCSessionDescription | None = None) -> None:
        """Begins; without a description it is an answer where an offer has come, else an offer."""
        self._queries: set[asyncio.Task[Any]] = set()
        self._given_up = False
        token = _gathering.set(self)
        try:
            with loopback_addresses():
                self._task = asyncio.create_task(peer.setLocalDescription(description))
        finally:
            _gathering.reset(token)

    async def done(self) -> None:
        """Waits until all candidates are there."""
        await asyncio.shield(self._task)

    async def give_up(self) -> None:
        """Ends it soon: servers that have not answered yet are not waited for."""
        self._given_up = True
        while not self._task.done():
            for query in self._queries:
                query.cancel()
            await asyncio.wait({self._task}, timeout=0.02)
        await asyncio.gather(self._task, return_exceptions=True)

    async def ask(self, query: Awaitable[Any]) -> Any:
        """Waits for a server's answer. To aioice a server that is given up has failed."""
        task = asyncio.current_task()
        assert task is not None
        self._queries.add(task)
        try:
            return await query
        except asyncio.CancelledError:
            if self._given_up:
                raise ConnectionError("given up") from None
            raise
        finally:
            self._queries.discard(task)


_gathering: ContextVar[Gathering | None] = ContextVar("gathering", default=None)


def _noted(query: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """A query of aioice to a server, known to the gathering that it belongs to."""

    async def noted(*args: Any, **kwargs: Any) -> Any:
        gathering = _gathering.get()
        return await (query(*args, **kwargs) if gathering is None else gathering.ask(query(*args, **kwargs)))

    return noted


aioice.ice.get_host_addresses = _with_loopback
for _query in ("server_reflexive_candidate", "relayed_candidate"):
    setattr(aioice.ice, _query, _noted(getattr(aioice.ice, _query)))
