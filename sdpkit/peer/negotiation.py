"""Offer and answer between two sides, with all candidates in them or with candidates that follow."""

from collections.abc import Callable

from sdpkit.peer.gathering import Gathering
from sdpkit.peer.side import Side
from sdpkit.peer.signaling import Letter, trickle


class RunError(Exception):
    """A run that cannot go on: what is wrong."""


class Negotiation:
    """What was said between two sides, so far."""

    def __init__(
        self, offerer: Side, answerer: Side, prepare: Callable[[], None], step: Callable[[str, str], None]
    ) -> None:
        """`prepare` says what the answerer does with the media of the offer; `step` hears of each step."""
        self.letters: list[Letter] = []
        self._offerer = offerer
        self._answerer = answerer
        self._prepare = prepare
        self._step = step
        self._gatherings: list[Gathering] = []

    async def vanilla(self) -> None:
        """Each description has all candidates in it when it is sent."""
        offer = await self._describe(self._offerer)
        await offer.deliver(self._answerer.peer)
        self._prepare()
        answer = await self._describe(self._answerer)
        self._step("gathering", self._gathered())
        await answer.deliver(self._offerer.peer)
        self._step("offer/answer", self._sizes())

    async def trickle(self) -> None:
        """Descriptions are sent before any candidate is there; candidates follow one by one."""
        offer = await self._describe_at_once(self._offerer)
        await offer.deliver(self._answerer.peer)
        self._prepare()
        answer = await self._describe_at_once(self._answerer)
        self._step("offer/answer", f"{self._sizes()}, no candidates yet")
        for_offer, for_answer = self._gatherings
        await for_offer.done()
        self._offerer.wire.tap()
        _need_candidates(self._offerer)
        await trickle(offer, self._offerer.peer, self._answerer.peer)
        await answer.deliver(self._offerer.peer)
        await for_answer.done()
        self._answerer.wire.tap()
        _need_candidates(self._answerer)
        await trickle(answer, self._answerer.peer, self._offerer.peer)
        self._step("gathering", f"{self._gathered()}, sent one by one")

    async def _describe(self, side: Side) -> Letter:
        """The complete description of a side: an answer where an offer has come, else an offer."""
        gathering = Gathering(side.peer)
        self._gatherings.append(gathering)
        await gathering.done()
        side.wire.tap()
        local = side.peer.localDescription
        letter = self._post(Letter(side.name, local.type, local.sdp))
        _need_candidates(side)
        return letter

    async def _describe_at_once(self, side: Side) -> Letter:
        """The description of a side without any candidates, which it begins to gather."""
        peer = side.peer
        answers = peer.signalingState == "have-remote-offer"
        made = await (peer.createAnswer() if answers else peer.createOffer())
        self._gatherings.append(Gathering(peer, made))
        return self._post(Letter(side.name, made.type, made.sdp))

    def _post(self, letter: Letter) -> Letter:
        self.letters.append(letter)
        return letter

    def _gathered(self) -> str:
        return "   ".join(f"{side.name} {side.candidate_counts}" for side in (self._offerer, self._answerer))

    def _sizes(self) -> str:
        sizes = " / ".join(str(len(str(letter))) for letter in self.letters)
        count = sum(len(letter.findings) for letter in self.letters)
        return f"{sizes} bytes, {count} finding{'' if count == 1 else 's'}"

    async def give_up(self) -> None:
        """Ends the gathering that still goes on."""
        for gathering in self._gatherings:
            await gathering.give_up()


def _need_candidates(side: Side) -> None:
    """A peer without candidates would wait for ever."""
    if side.candidates:
        return
    asked = "the TURN server gave none: is it there, and are the credentials right?"
    why = asked if side.relay_only else "this machine has no address, not even 127.0.0.1"
    raise RunError(f"the {side.name} has no candidates: {why}")
