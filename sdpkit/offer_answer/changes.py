"""What differs between two descriptions, as data.

The field names are those of the JSON schema `sdpkit/schemas/diff.json`, which is made from these types.
"""

import enum
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import msgspec

from sdpkit.finding import Span
from sdpkit.masking import MASK, mask_lines
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Line
from sdpkit.sdp.section import Section


class Mode(enum.StrEnum):
    """What two descriptions are to each other, and so what their differences mean."""

    AUTO = "auto"  # one of the others, as the texts themselves suggest
    RENEGOTIATION = "renegotiation"  # what one peer said, and what it says later
    MUNGE = "munge"  # what createOffer or createAnswer gave, and what was then given to setLocalDescription
    PEERS = "peers"  # an offer, and the answer of the other peer
    TEXT = "text"  # lines


class Kind(enum.StrEnum):
    """What has become of something between the old and the new description."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class Cause(enum.StrEnum):
    """What a change follows from, so that it says nothing of its own."""

    ICE_RESTART = "ice-restart"
    GATHERING = "gathering"  # one of the two texts was taken before its candidates were gathered
    ICE = "ice"  # where ICE is used, m= and c= do not say where media goes
    BUNDLE = "bundle"  # the section has the transport of another one
    LEAD = "lead"  # another m-section than before leads the bundle, with the transport of all
    REJECTION = "rejection"  # the section is rejected in one of the two
    SECTION = "section"  # an m-section was added, removed or recycled
    DIRECTION = "direction"
    CODEC = "codec"  # the codec that this belongs to has come, gone or changed
    ANSWER = "answer"  # one of the two is an offer, the other one an answer of the same peer
    LATER = "later"  # every later description has it so
    PEER = "peer"  # each of two peers has its own


class Where(msgspec.Struct, frozen=True, gc=False):
    """An m-section: its indices, from 0, and its name; None where it is not there."""

    old_index: int | None
    new_index: int | None
    mid: str | None
    kind: str

    def __str__(self) -> str:
        if self.mid is not None:
            return f"mid {self.mid}"
        return f"m-section {self.old_index if self.new_index is None else self.new_index}"


class Sides:
    """The session or an m-section in the old and in the new description; None where it is not there.

    `restarts_ice` is whether ICE begins anew there.
    """

    def __init__(self, old: Section | None, new: Section | None, *, restarts_ice: bool) -> None:
        self.old = old
        self.new = new
        self.restarts_ice = restarts_ice

    @cached_property
    def candidate_types(self) -> tuple[set[str], set[str]]:
        """The types of candidates that each of them has."""
        old, new = (section.get_all("candidate") if section else () for section in (self.old, self.new))
        return {candidate.typ.lower() for candidate in old}, {candidate.typ.lower() for candidate in new}


class Said(NamedTuple):
    """What one of the texts says about something, and where; the value None is nothing."""

    value: str | None = None
    spans: tuple[Span, ...] = ()


class Delta(NamedTuple):
    """A difference as it was found, before anyone knows what it means: what is different, and what each text says.

    `item` is which of several; `of` is the title of the codec that it belongs to.
    """

    kind: Kind
    what: str
    old: Said
    new: Said
    item: str = ""
    of: str | None = None


class Change(msgspec.Struct, frozen=True, gc=False):
    """One difference, and what it means.

    `where` are the m-sections that it is in, none for the session. `what` has changed is a name of
    `sdpkit.offer_answer.subjects.SUBJECTS`, and `item` which of several. `old` and `new` are None where it is not
    there; `meaning` says it in words. A change does not matter if it `follows` from another one or just says the same
    in another way. `munging` is what libwebrtc calls it (`sdpkit.offer_answer.munging.MUNGINGS`), in that mode. The
    spans are its places in the two texts.
    """

    kind: Kind
    where: tuple[Where, ...]
    what: str
    item: str
    old: str | None
    new: str | None
    meaning: str
    matters: bool
    follows: Cause | None
    munging: str | None
    old_spans: tuple[Span, ...]
    new_spans: tuple[Span, ...]


class Difference(msgspec.Struct, frozen=True):
    """All that differs between two descriptions.

    `relation` is what the texts seem to be to each other, whatever the `mode` that was asked for. `ice_restart` is
    whether ICE begins anew with the later description of the same peer. `mungings` are the kinds of edits by
    libwebrtc's names, in the order in which it looks for them in an m-section.
    """

    mode: Mode
    relation: str
    ice_restart: bool
    mungings: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def mattering(self) -> tuple[Change, ...]:
        """The changes that matter."""
        return tuple(change for change in self.changes if change.matters)

    @property
    def others(self) -> tuple[Change, ...]:
        """The changes that do not matter."""
        return tuple(change for change in self.changes if not change.matters)


def differing(what: str, old: Said, new: Said, *, item: str = "", of: str | None = None) -> Iterator[Delta]:
    """The difference between what two texts say, if there is any."""
    if old.value != new.value:
        kind = Kind.ADDED if old.value is None else Kind.REMOVED if new.value is None else Kind.CHANGED
        yield Delta(kind, what, old, new, item, of)


def spans(*lines: Line) -> tuple[Span, ...]:
    """The whole of some lines."""
    return tuple(Span(line.number, 1, len(line.text) + 1) for line in lines)


def masked(difference: Difference, old: SessionDescription, new: SessionDescription) -> Difference:
    """The same without the secrets of the two texts: values that stand in lines with a secret are masked."""
    old_secrets, new_secrets = _secret_lines(old), _secret_lines(new)
    changes = (
        msgspec.structs.replace(
            change,
            old=_masked(change.old, change.old_spans, old_secrets),
            new=_masked(change.new, change.new_spans, new_secrets),
        )
        for change in difference.changes
    )
    return msgspec.structs.replace(difference, changes=tuple(changes))


def _secret_lines(description: SessionDescription) -> set[int]:
    """The numbers of the lines that hold a secret."""
    lines = description.lines
    return {line.number for line, shown in zip(lines, mask_lines(lines), strict=True) if line.text != shown.text}


def _masked(value: str | None, places: tuple[Span, ...], secrets: set[int]) -> str | None:
    is_secret = value and places and all(place.line in secrets for place in places)
    return MASK if is_secret else value
