"""Round trips through a data channel."""

import asyncio
import time

from aiortc import RTCDataChannel

from sdpkit.outcome import Echo
from sdpkit.peer.measuring import Spread

LABEL = "sdpkit"
_EVERY = 0.1  # s


class EchoTest:
    """Sends a numbered message ten times a second, and notes when it comes back."""

    def __init__(self, channel: RTCDataChannel) -> None:
        self.sent = 0
        self.last = 0.0
        """When the last message came back, by time.monotonic()."""
        self._channel = channel
        self._waiting: dict[str, float] = {}
        self._round_trips = Spread(0.1)  # ms
        self._stopped = False
        channel.on("message", self._back)

    async def run(self) -> None:
        """Sends while the channel is open, until it is stopped."""
        while self._channel.readyState == "open" and not self._stopped:
            message = str(self.sent)
            self._waiting[message] = time.monotonic()
            self.sent += 1
            self._channel.send(message)
            await asyncio.sleep(_EVERY)

    def stop(self) -> None:
        """Sends no more, so that those on their way can return."""
        self._stopped = True

    def _back(self, message: str | bytes) -> None:
        sent = self._waiting.pop(message, None) if isinstance(message, str) else None
        if sent is not None:
            self.last = time.monotonic()
            self._round_trips.add((self.last - sent) * 1000)

    @property
    def returned(self) -> int:
        """How many messages have come back."""
        return self._round_trips.count

    @property
    def result(self) -> Echo:
        """What has come back so far."""
        times = self._round_trips
        if not times.count:
            return Echo(self.sent, 0, None, None, None)
        return Echo(self.sent, times.count, times.share(0.5), times.least, times.most)


def send_back(channel: RTCDataChannel) -> None:
    """Returns each message that comes through a channel."""
    channel.on("message", channel.send)
