"""Round trips through a data channel."""

import asyncio
import time

from aiortc import RTCDataChannel

from sdpkit.outcome import Echo
from sdpkit.peer.measuring import round_trips

LABEL = "sdpkit"
_EVERY = 0.1  # s


class EchoTest:
    """Sends a numbered message ten times a second, and notes when it comes back."""

    def __init__(self, channel: RTCDataChannel) -> None:
        self._channel = channel
        self._handed: list[float] = []
        self._times: dict[int, float] = {}
        self._stopped = False
        channel.on("message", self._returned)

    async def run(self) -> None:
        """Sends until it is cancelled, once the channel is open."""
        while self._channel.readyState == "open" and not self._stopped:
            number = len(self._handed)
            self._handed.append(time.monotonic())
            self._channel.send(str(number))
            await asyncio.sleep(_EVERY)

    def stop(self) -> None:
        """Sends no more, so that those on their way can return."""
        self._stopped = True

    def _returned(self, message: str | bytes) -> None:
        if isinstance(message, str) and message.isdecimal() and int(message) < len(self._handed):
            self._times.setdefault(int(message), time.monotonic() - self._handed[int(message)])

    @property
    def complete(self) -> bool:
        """Whether all that was sent has come back."""
        return len(self._times) == len(self._handed)

    @property
    def result(self) -> Echo:
        """What has come back so far."""
        return Echo(len(self._handed), len(self._times), *round_trips(self._times.values()))


def send_back(channel: RTCDataChannel) -> None:
    """Returns each message that comes through a channel."""
    channel.on("message", channel.send)
