"""A recording as plain data: what `sdpkit extract` shows, and its JSON.

The field names are those of the JSON schema `sdpkit/schemas/extract.json`, which is made from these types.
"""

import enum
from collections import defaultdict

import msgspec

from sdpkit.ice.checklist import ChecklistSet
from sdpkit.intake import Find, Kind
from sdpkit.offer_answer.agreement import Negotiation
from sdpkit.rules import Report


class Side(enum.StrEnum):
    """The peer that was recorded, or the one that it talked to."""

    LOCAL = "local"
    REMOTE = "remote"


class Event(msgspec.Struct, frozen=True):
    """A description or a candidate in a recording, and what it was there.

    `side` is whose it is; None where nothing says so. `type` is what a description was taken for: what was said of it,
    or else what it looks like. `number` counts the descriptions of a peer connection from 1, each text of a side once;
    a candidate has the number of the description that it belongs to, and None where there is none. `is_set` is false
    for what was only created. `created` is the number of what createOffer or createAnswer had given when this was set,
    where that is known.
    """

    find: Find
    side: Side | None
    type: str | None = None
    number: int | None = None
    is_set: bool = True
    created: int | None = None


class Notice(msgspec.Struct, frozen=True):
    """What a browser reports of a peer connection: a state that changed, a call that failed, a rollback, its end.

    `event` is its name in the recording, `what` the new state, or what the error says. `time` is in ms as that of a
    find; None in webrtc-internals dumps from before M138. `after` is how many of the events came before.
    """

    event: str
    what: str
    time: float | None
    after: int


class Judged(msgspec.Struct, frozen=True):
    """What there is to say of a description that came to a round.

    `mungings` are the kinds of edits since it was created (`sdpkit.offer_answer.munging.MUNGINGS`). `ice_restart` says
    whether ICE begins anew with it; None where its side had said nothing before. `report` is what `validate` says of
    it, against its offer and what its side had said before.
    """

    number: int
    mungings: tuple[str, ...]
    ice_restart: bool | None
    report: Report


class Judgement(msgspec.Struct, frozen=True):
    """What there is to say of a round.

    `negotiation` is what both agree on, `pairs` are the candidate pairs as the recorded side sees them, with the
    candidates that followed; None where there is no answer, or no ICE.
    """

    offer: Judged | None
    answer: Judged | None
    negotiation: Negotiation | None
    pairs: ChecklistSet | None


class Round(msgspec.Struct, frozen=True):
    """An offer and what it was answered with, by their numbers.

    An offer without answer was rolled back, refused, or replaced by another one; an answer without offer is to one that
    was not recorded. A description that is neither stands in the place of an offer. `judgement` is None until someone
    judges.
    """

    offer: int | None = None
    pranswers: tuple[int, ...] = ()
    answer: int | None = None
    judgement: Judgement | None = None


class PeerConnection(msgspec.Struct, frozen=True):
    """What happened on a peer connection, in its order; `id` is its name in the recording, if it has one there."""

    id: str | None
    events: tuple[Event, ...]
    rounds: tuple[Round, ...]
    notices: tuple[Notice, ...] = ()

    @property
    def descriptions(self) -> dict[int, Event]:
        """The descriptions by their numbers: the first event of each, rather where it was set than created."""
        found: dict[int, Event] = {}
        for event in self.events:
            if event.find.kind is Kind.DESCRIPTION and event.number is not None:
                known = found.setdefault(event.number, event)
                if event.is_set and not known.is_set:
                    found[event.number] = event
        return found

    @property
    def candidates(self) -> dict[int | None, list[Event]]:
        """The candidates that came on their own, by the numbers of the descriptions that they belong to."""
        found = defaultdict(list)
        for event in self.events:
            if event.find.kind is not Kind.DESCRIPTION:
                found[event.number].append(event)
        return found

    @property
    def undone(self) -> dict[int, str]:
        """What the browser says became of descriptions that did not stay, by their numbers: refused, or rolled back."""
        undone: dict[int, str] = {}
        last: dict[Side | None, int] = {}
        said = defaultdict(list)
        for notice in self.notices:
            said[notice.after].append(notice)
        for place, event in enumerate(self.events, 1):
            if event.find.kind is Kind.DESCRIPTION and event.is_set and event.number is not None:
                last.pop(event.side, None)  # so that the last one of all stands last
                last[event.side] = event.number
                undone.pop(event.number, None)
            for notice in said[place] if last else ():
                refused = _REFUSALS.get(notice.event)
                if notice.what == "rollback":
                    undone[next(reversed(last.values()))] = "rolled back"
                elif refused is not None and refused in last:
                    undone[last[refused]] = "refused"
        return undone


_REFUSALS = {"setLocalDescriptionOnFailure": Side.LOCAL, "setRemoteDescriptionOnFailure": Side.REMOTE}


class Extraction(msgspec.Struct, frozen=True):
    """All that a recording holds."""

    peer_connections: tuple[PeerConnection, ...]
