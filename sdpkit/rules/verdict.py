"""What a stack does with a description."""

import msgspec


class Verdict(msgspec.Struct, frozen=True):
    """One stack's judgement, as its own functions would give it."""

    accepted: bool
    error: str | None = None
    """The stack's own text for the first thing that it refuses; None when it accepts."""
    rejected_sections: tuple[int, ...] = ()
    """The m-sections, by index, that it accepts in the description but answers with port 0."""
    obstacle: str | None = None
    """Why the peers will not connect or media will not flow, although it accepts; None when nothing is known."""


def refused(error: str) -> Verdict:
    """The verdict of a stack that refuses with this text."""
    return Verdict(False, error)
