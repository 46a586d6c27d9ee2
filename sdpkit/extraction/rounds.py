"""Offers and answers in the order in which they were exchanged."""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from operator import itemgetter
from types import MappingProxyType

import msgspec

from sdpkit.extraction.notices import Told
from sdpkit.extraction.recording import Event, Notice, PeerConnection, Round, Side
from sdpkit.extraction.trickling import Owners
from sdpkit.intake import Find, Kind
from sdpkit.sdp.parser import parse

# Events of webrtc-internals and rtcstats, in whichever generation, and those of a HAR, which a browser wrote.
_LOCAL = re.compile(r"create(?:Offer|Answer)|setLocalDescription|(?:on)?icecandidate$|send on |[A-Z]+ https?:", re.I)
_REMOTE = re.compile(r"setRemoteDescription|addIceCandidate|receive on |reply to ", re.I)
_CREATED = re.compile(r"create(?:Offer|Answer)")
_PLACE = re.compile(r"\.updateLog\[([0-9]{1,15})\]")


def exchanges(
    finds: Iterable[Find], told: Mapping[str | None, Sequence[Told]] = MappingProxyType({})
) -> tuple[PeerConnection, ...]:
    r"""What happened on each peer connection, in the order of time; what was never said to be of one is taken for one.

    `told` are the notices of each (`sdpkit.extraction.notices`). The rounds are not judged: `judge` does that.

    >>> from sdpkit import find_descriptions
    >>> text = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n"
    >>> log = f"offer:\n{text}\nanswer:\n{text.replace('- 1 1', '- 7 1')}"
    >>> exchanges(find_descriptions(log))[0].rounds
    (Round(offer=1, pranswers=(), answer=2, judgement=None),)
    """
    by_connection: dict[str | None, list[Find]] = defaultdict(list)
    for find in finds:
        by_connection[find.peer_connection].append(find)
    return tuple(_follow(name, _in_order(found), told.get(name, ())) for name, found in by_connection.items())


def _in_order(finds: Iterable[Find]) -> list[Find]:
    """In the order of time; what has no time of its own stays behind what it was found behind."""
    timed = []
    now = -math.inf
    for find in finds:
        has_time = find.time is not None and math.isfinite(find.time)
        now = find.time if has_time and find.time is not None else now
        timed.append((now, find if has_time else msgspec.structs.replace(find, time=None)))
    return [find for _, find in sorted(timed, key=itemgetter(0))]


def _follow(name: str | None, finds: list[Find], told: Sequence[Told]) -> PeerConnection:
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
    in_order = tuple(events[place] for place in range(len(finds)))
    return PeerConnection(name, in_order, signaling.rounds, _noticed(told, finds))


def _noticed(told: Sequence[Told], finds: Iterable[Find]) -> tuple[Notice, ...]:
    """Notices among the events, by the places of both in the log."""
    places = sorted(map(_place_in_log, finds)) if told else []
    return tuple(Notice(each.event, each.what, each.time, bisect_left(places, each.place)) for each in told)


def _place_in_log(find: Find) -> int:
    """The place of a find in the log of its peer connection, or the line on which it stands."""
    found = _PLACE.search(find.path)
    return int(found[1]) if found else find.line or 0


def side_of(find: Find) -> Side | None:
    """Whose something is, by what was done with it."""
    if _LOCAL.match(find.event or ""):
        return Side.LOCAL
    return Side.REMOTE if _REMOTE.match(find.event or "") else None


class _Draft:
    """A round that is not over yet; the numbers of its provisional answers are keys, each once."""

    def __init__(self, offer: int | None = None) -> None:
        self.offer = offer
        self.pranswers: dict[int, None] = {}
        self.answer: int | None = None


class _Signaling:
    """The offers and answers of a peer connection (W3C WebRTC §4.3.1, RTCSignalingState)."""

    def __init__(self) -> None:
        self._drafts: list[_Draft] = []
        self._numbers: dict[tuple[Side | None, str], int] = defaultdict(count(1).__next__)
        # Since the last answer: the offers of each side with their places, and what was created, offers and others.
        self._waiting: dict[Side | None, dict[int, int]] = defaultdict(dict)
        self._created: dict[bool, dict[int, None]] = defaultdict(dict)

    @property
    def rounds(self) -> tuple[Round, ...]:
        """All rounds so far."""
        return tuple(Round(draft.offer, tuple(draft.pranswers), draft.answer) for draft in self._drafts)

    def take(self, find: Find, side: Side | None) -> Event:
        """The next description."""
        number = self._numbers[side, find.text]
        type = find.type or parse(find.text).type.value or self._type_in_sip(find.event or "", number, side)
        created = self._created[type == "offer"]
        if _CREATED.match(find.event or ""):
            created[number] = None
            return Event(find, side, type, number, is_set=False)
        last = next(reversed(created), None) if side is Side.LOCAL else None
        event = Event(find, side, type, number, created=number if number in created else last)
        self._exchange(number, type, side)
        return event

    def _type_in_sip(self, event: str, number: int, side: Side | None) -> str | None:
        """In SIP, what follows an offer answers it, whatever it looks like (RFC 3261 §13.2.1)."""
        if not event.startswith("SIP "):
            return None
        if self._answerable_by(side) is not None:
            return "pranswer" if event.startswith("SIP 1") else "answer"
        return "answer" if self._is_answered_with(number) else "offer"

    def _answerable_by(self, side: Side | None) -> int | None:
        """The place of the last offer that waits, and is of the other side as far as is known."""
        offers = (waiting for offerer, waiting in self._waiting.items() if offerer is None or offerer is not side)
        return max((next(reversed(waiting.values())) for waiting in offers if waiting), default=None)

    def _is_answered_with(self, number: int) -> bool:
        """Whether this is the last answer, which then is there once more."""
        return bool(self._drafts) and self._drafts[-1].answer == number

    def _exchange(self, number: int, type: str | None, side: Side | None) -> None:
        """Something was set. The same once more, as in logs of two layers, changes nothing."""
        if type in ("answer", "pranswer"):
            self._answer(number, side, is_final=type == "answer")
        elif number not in self._waiting[side]:
            if type == "offer":
                self._waiting[side][number] = len(self._drafts)
            self._drafts.append(_Draft(number))

    def _answer(self, number: int, side: Side | None, *, is_final: bool) -> None:
        place = self._answerable_by(side)
        if place is None:
            if self._is_answered_with(number):
                return
            place = len(self._drafts)
            self._drafts.append(_Draft())
        if is_final:
            self._drafts[place].answer = number
            self._waiting.clear()
            self._created.clear()
        else:
            self._drafts[place].pranswers[number] = None
