"""The candidate pairs of two sides, as plain data: what `sdpkit pairs` shows, and its JSON.

The field names are those of the JSON schema `sdpkit/schemas/pairs.json`, which is made from these types. The two sides
are called "local" and "remote" everywhere: all is told as the local side sees it.
"""

import msgspec

from sdpkit.ice.candidate import Candidate

LOCAL, REMOTE = "local", "remote"


class CandidatePair(msgspec.Struct, frozen=True, gc=False):
    """Two candidates that may reach each other (RFC 8445 §6.1.2).

    `number` is the place in the order of checks, from 1. `local` is what the local side sends from: in place of a
    reflexive candidate its base, if that is listed (§6.1.2.4). `priority` is that of the best candidate with this base;
    it needs 63 bits. `foundation` is that of the local candidate, a colon, and that of the remote one.

    `checked_by` are the sides that send connectivity checks for the pair: lite sides send none, nobody can send to a
    masked address, and a passive TCP candidate waits for its peer. `state` is "waiting" or "frozen", as it is at first
    (§6.1.2.6); None where the local side does not check the pair.
    """

    number: int
    component: int
    local: Candidate
    remote: Candidate
    priority: int
    foundation: str
    checked_by: tuple[str, ...]
    state: str | None


class LeftOut(msgspec.Struct, frozen=True, gc=False):
    """Each of some local candidates with each of some remote ones, all not in the checklist for one reason.

    `local` and `remote` are the places of these candidates in the lists of the checklist, from 0. `kind` is what the
    reason is about: component, transport, tcp, family, link-local, address, redundant or limit.
    """

    kind: str
    reason: str
    local: tuple[int, ...]
    remote: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many pairs these are."""
        return len(self.local) * len(self.remote)


class Expectation(msgspec.Struct, frozen=True):
    """Which pair will be selected for a component, under an assumption about what lies between the sides.

    `assumption` is "one network", "NATs keep their mapping" (each side is behind its own) or "only a relay". `number`
    is that of the pair; None where none can work then. `reason` says why none can, or what else to know.
    """

    assumption: str
    component: int
    number: int | None
    reason: str = ""


class Checklist(msgspec.Struct, frozen=True):
    """The candidate pairs of one data stream, or of all that share its transport, highest priority first.

    `index` and `mid` are those of the m-section whose candidates hold, `sections` the indices of all on its transport.
    `local` and `remote` are all candidates; each of one with each of the other is in `pairs` or in `left_out`.
    `problem` says why nothing can work, and `remedy` what to do; both are None where something can.
    """

    index: int | None
    mid: str | None
    sections: tuple[int, ...]
    local: tuple[Candidate, ...]
    remote: tuple[Candidate, ...]
    pairs: tuple[CandidatePair, ...]
    left_out: tuple[LeftOut, ...]
    expected: tuple[Expectation, ...]
    problem: str | None
    remedy: str | None


class ChecklistSet(msgspec.Struct, frozen=True):
    """All candidate pairs of two descriptions, as the local side sees them.

    `controlling` is whether the local side is; `lite` are the sides that are ICE lite. `problems` are why there is no
    checklist at all, `notes` what is unusual.
    """

    controlling: bool
    lite: tuple[str, ...]
    checklists: tuple[Checklist, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def works(self) -> bool:
        """Whether some pair can work on each transport."""
        return not self.problems and all(checklist.problem is None for checklist in self.checklists)
