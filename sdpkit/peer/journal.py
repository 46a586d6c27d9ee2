"""What there is to know of a call so far: noted as it happens, given as plain data."""

import time
from collections.abc import Callable

from sdpkit.call import Call, Carried, Handshake
from sdpkit.outcome import Opened, Pair, Step
from sdpkit.peer.hand import HandPeer
from sdpkit.sdp.description import SessionDescription

Watch = Callable[[Call], None]


class Journal:
    """The course of one call. `watch` hears of the call whenever something has come to it."""

    def __init__(self, role: str, mode: str, watch: Watch | None) -> None:
        """`role` is offerer or answerer, `mode` vanilla or trickle."""
        self._role = role
        self._mode = mode
        self._watch = watch
        self.opened: list[Opened] = []
        self.pair: Pair | None = None
        self.handshake: Handshake | None = None
        self.connected = False
        self.over: str | None = None
        """Why the call is over; the first reason counts."""
        self.failure: str | None = None
        """What went wrong first."""
        self.source_failed = False
        self.peer: HandPeer | None = None
        """The one whose media and messages are shown."""
        self._steps: list[Step] = []
        self._carried: list[Carried] = []
        self._notes: list[str] = []
        self._began = time.monotonic()

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is to be done."""
        return self.failure is not None or self.over is not None

    def step(self, name: str, what: str) -> None:
        """A step that was reached now."""
        self._steps.append(Step(name, (time.monotonic() - self._began) * 1000, what))
        self.report()

    def carry(self, by: str, type: str, description: SessionDescription) -> None:
        """A description on its way from one side to the other."""
        self._carried.append(Carried(by, type, str(description), description.findings))

    def note(self, text: str) -> None:
        """Something to know of; once is enough."""
        if text not in self._notes:
            self._notes.append(text)

    def report(self) -> None:
        """Tells whoever watches."""
        if self._watch is not None:
            self._watch(self.call())

    def call(self) -> Call:
        """What there is so far."""
        peer = self.peer
        return Call(
            role=self._role,
            mode=self._mode,
            sources=tuple(self.opened),
            steps=tuple(self._steps),
            carried=tuple(self._carried),
            pair=self.pair,
            handshake=self.handshake,
            streams=peer.streams if peer and self.connected else (),
            messages=tuple(peer.messages) if peer else (),
            notes=tuple(self._notes),
            connected=self.connected,
            over=self.over,
            failure=self.failure,
            source_failed=self.source_failed,
            seconds=time.monotonic() - self._began,
            verdict=self._verdict(),
        )

    def _verdict(self) -> str:
        if self.failure is not None:
            return f"{'connected, but ' if self.connected else 'not connected: '}{self.failure}"
        if self.over is not None:
            return f"{'was connected' if self.connected else 'not connected'}: {self.over}"
        if self.connected:
            return "connected"
        came = any(carried.by != self._role for carried in self._carried)
        return "connecting" if came else f"waiting for the {'answer' if self._role == 'offerer' else 'offer'}"
