"""Offers and answers in the order in which they were exchanged."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import count
from operator import itemgetter

import msgspec

from sdpkit.extraction.recording import Event, PeerConnection, Round, Side
from sdpkit.extraction.trickling import Owners
from sdpkit.intake import Find, Kind
from sdpkit.sdp.parser import parse

# Events of webrtc-internals and rtcstats, in whichever generation, and those of a HAR, which a browser wrote.
_LOCAL = re.compile(r"create(?:Offer|Answer)|setLocalDescription|(?:on)?icecandidate$|send on |[A-Z]+ https?:", re.I)
_REMOTE = re.compile(r"setRemoteDescription|addIceCandidate|receive on |reply to ", re.I)
_CREATED = re.compile(r"create(?:Offer|Answer)")


def exchanges(finds: Iterable[Find]) -> tuple[PeerConnection, ...]:
    r"""What happened on each peer connection, in the order of time; what was never said to be of one is taken for one.

    The rounds are not judged: `judge` does that.

    >>> from sdpkit import find_descriptions
    >>> text = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n"
    >>> log = f"offer:\n{text}\nanswer:\n{text.replace('- 1 1', '- 7 1')}"
    >>> exchanges(find_descriptions(log))[0].rounds
    (Round(offer=1, pranswers=(), answer=2, judgement=None),)
    """
    by_connection: dict[str | None, list[Find]] = defaultdict(list)
    for find in finds:
        by_connection[find.peer_connection].append(find)
    return tuple(_follow(name, _in_order(found)) for name, found in by_connection.items())


def _in_order(finds: Iterable[Find]) -> list[Find]:
    """In the order of time; what has no time of its own stays behind what it was found behind."""
    timed = []
    now = -math.inf
    for find in finds:
        has_time = find.time is not None and math.isfinite(find.time)
        now = find.time if has_time and find.time is not None else now
        timed.append((now, find if has_time else msgspec.structs.replace(find, time=None)))
    return [find for _, find in sorted(timed, key=itemgetter(0))]


def _follow(name: str | None, finds: list[Find]) -> PeerConnection:
    """What happened on a peer connection: the descriptions first, then the candidates, which belong to them."""
    signaling = _Signaling()
    events = {
        place: signaling.take(find, side_of(find)) for place, find in enumerate(finds) if find.kind is Kind.DESCRIPTION
    }
    owners = Owners(signaling.rounds, events)
    for place, find in enumerate(finds):
        if find.kind is not Kind.DESCRIPTION:
            side = side_of(find)
            events[place] = Event(find, side, number=owners.of(find, side, place))
    return PeerConnection(name, tuple(events[place] for place in range(len(finds))), tuple(signaling.rounds))


def side_of(find: Find) -> Side | None:
    """Whose something is, by what was done with it."""
    if _LOCAL.match(find.event or ""):
        return Side.LOCAL
    return Side.REMOTE if _REMOTE.match(find.event or "") else None


class _Signaling:
    """The offers and answers of a peer connection (W3C WebRTC §4.3.1, RTCSignalingState)."""

    def __init__(self) -> None:
        self.rounds: list[Round] = []
        self._waiting: list[int] = []  # the places of rounds whose offer has no answer yet
        self._numbers: dict[tuple[Side | None, str], int] = defaultdict(count(1).__next__)
        self._sides: dict[int | None, Side | None] = {}
        self._created: list[tuple[bool, int]] = []  # since the last answer: whether it is an offer, and its number

    def take(self, find: Find, side: Side | None) -> Event:
        """The next description."""
        type = find.type or parse(find.text).type.value or self._type_in_sip(find, side)
        number = self._numbers[side, find.text]
        self._sides[number] = side
        if _CREATED.match(find.event or ""):
            self._created.append((type == "offer", number))
            return Event(find, side, type, number, is_set=False)
        created = self._created_before(number, type == "offer") if side is Side.LOCAL else None
        self._exchange(number, type)
        return Event(find, side, type, number, created=created)

    def _type_in_sip(self, find: Find, side: Side | None) -> str | None:
        """In SIP an answer is what follows an offer, whatever it looks like (RFC 3261 §13.2.1)."""
        if not (find.event or "").startswith("SIP "):
            return None
        return "offer" if self._answerable_by(side) is None else "answer"

    def _created_before(self, number: int, is_offer: bool) -> int | None:
        """The number of what was created before this was set: the same text, or else the last of its type."""
        numbers = [created for offered, created in self._created if offered == is_offer]
        return number if number in numbers else next(reversed(numbers), None)

    def _answerable_by(self, side: Side | None) -> int | None:
        """The place of the last round whose offer this side can answer."""
        for place in reversed(self._waiting):
            offerer = self._sides[self.rounds[place].offer]
            if offerer is None or offerer is not side:
                return place
        return None

    def _exchange(self, number: int, type: str | None) -> None:
        """Something was set. The same once more, as in logs of two layers, changes nothing."""
        if type in ("answer", "pranswer"):
            self._answer(number, is_final=type == "answer")
        elif type is None:
            self.rounds.append(Round(number))
        elif all(self.rounds[place].offer != number for place in self._waiting):
            self._waiting.append(len(self.rounds))
            self.rounds.append(Round(number))

    def _answer(self, number: int, *, is_final: bool) -> None:
        place = self._answerable_by(self._sides[number])
        if place is None:
            if self.rounds and self.rounds[-1].answer == number:
                return
            place = len(self.rounds)
            self.rounds.append(Round())
        answered = self.rounds[place]
        if is_final:
            self.rounds[place] = msgspec.structs.replace(answered, answer=number)
            self._waiting.clear()
            self._created.clear()
        elif number not in answered.pranswers:
            self.rounds[place] = msgspec.structs.replace(answered, pranswers=(*answered.pranswers, number))
