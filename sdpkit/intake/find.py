"""What a search finds, as plain data: a text, where it stood, what it was read as, and what was repaired in it."""

import enum
from collections.abc import Sequence

import msgspec


class Certainty(enum.StrEnum):
    """How sure it is that a repair gives back what was there."""

    CERTAIN = "certain"  # no other reading is possible
    LIKELY = "likely"  # other readings are possible, and fit worse
    GUESS = "guess"  # others fit as well


def less_certain(one: Certainty, other: Certainty) -> Certainty:
    """The lesser of two certainties.

    >>> str(less_certain(Certainty.CERTAIN, Certainty.GUESS))
    'guess'
    """
    return max(one, other, key=list(Certainty).index)


class LeftOut(msgspec.Struct, frozen=True, gc=False):
    """Characters that have no place in the description. `line` counts from 1, the description's first line."""

    line: int
    text: str


class Repair(msgspec.Struct, frozen=True, gc=False):
    """One thing that was done to a text to make it SDP again."""

    what: str
    certainty: Certainty
    left_out: tuple[LeftOut, ...] = ()
    code: str = ""
    """The rule that the text broke, as in `sdpkit explain SYN004`; empty where it was damaged in another way."""


class Kind(enum.StrEnum):
    """What a text is: a whole description, a piece of one to trickle (RFC 8840 §9), or one candidate."""

    DESCRIPTION = "description"
    FRAGMENT = "fragment"
    CANDIDATE = "candidate"


TYPES = ("offer", "answer", "pranswer")
"""The types of descriptions (W3C WebRTC §4.6.1, RTCSdpType) but for rollback, which has no text."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a text before it is read: where it comes from, and what was said of it there."""

    read_as: tuple[str, ...] = ()
    """The shapes it was wrapped in, the outermost first."""
    line: int | None = None
    """The line of the whole text on which it begins, from 1; None where only a path leads to it."""
    offset: int | None = None
    """Where it begins, in characters from the start of the whole text."""
    path: str = ""
    """The way through JSON, such as `.data.sdp`."""
    type: str | None = None
    """"offer", "answer" or "pranswer", where that was said; never guessed."""
    mid: str | None = None
    """The mid that a candidate is for."""
    m_line_index: int | None = None
    """The index of the m-section that a candidate is for."""
    ufrag: str | None = None
    """The ufrag that a candidate belongs to, where that was said beside it."""
    time: float | None = None
    """When it was seen, in ms since 1970."""
    peer_connection: str | None = None
    """The peer connection in a dump, or the call in a capture."""
    event: str | None = None
    """What was done with it, such as `setLocalDescription` or `INVITE`."""
    repairs: tuple[Repair, ...] = ()


class Find(Source, frozen=True, kw_only=True):
    """A description, a fragment or a candidate. An empty candidate says that no more follow (RFC 8838 §14)."""

    kind: Kind
    text: str
    original: str | None = None
    """The text as it stood, without what it was wrapped in, where that is another one."""


class Found(msgspec.Struct, frozen=True):
    """All that was found in one input."""

    finds: tuple[Find, ...]


def as_find(source: Source, kind: Kind, text: str, original: str | None = None, repairs: Sequence[Repair] = ()) -> Find:
    """What a source holds, with the repairs that were made last."""
    known = {name: getattr(source, name) for name in Source.__struct_fields__}
    return Find(**{**known, "repairs": (*source.repairs, *repairs)}, kind=kind, text=text, original=original)


def inside(source: Source, *shapes: str, **known: object) -> Source:
    """The source of what was wrapped in these shapes, with what is known of it since."""
    return msgspec.structs.replace(source, read_as=source.read_as + shapes, **known)


def count(number: int, noun: str) -> str:
    """Such as `1 line` or `4,096 lines`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
