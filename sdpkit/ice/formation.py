"""Which pairs the candidates of two sides make: forming and pruning (RFC 8445 §6.1.2.2, §6.1.2.4).

Candidates of one kind pair alike, so nothing is asked of each pair: a thousand candidates on each side make a million
pairs, which are told as "each of these with each of those".
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from sdpkit.ice.bases import bases
from sdpkit.ice.candidate import Candidate
from sdpkit.ice.checklist import LeftOut
from sdpkit.ice.pairing import Kind, checked_by, obstacle
from sdpkit.ice.reach import where

T = TypeVar("T")
Key = TypeVar("Key", bound=Hashable)

_NO_RTCP = "RTCP has no component of its own (rtcp-mux)"


class Listed(NamedTuple):
    """A candidate of one side: its place in the list of all, its kind, and the place of its base."""

    place: int
    candidate: Candidate
    kind: Kind
    base: int


class Sender(NamedTuple):
    """A local candidate that checks are sent from, with the highest priority of all that have its base."""

    listed: Listed
    priority: int


class Block(NamedTuple):
    """Each of these local candidates makes a pair with each of these remote ones; both highest priority first."""

    local: tuple[Sender, ...]
    remote: tuple[Listed, ...]
    checked_by: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many pairs these are."""
        return len(self.local) * len(self.remote)


def form(
    local: Sequence[Candidate], remote: Sequence[Candidate], full: tuple[str, ...], mux: bool
) -> Iterator[Block | LeftOut]:
    """All pairs of one data stream. `full` are the sides that check; with `mux`, RTCP has no component of its own."""
    theirs = _listed(remote)
    by_component = _grouped(theirs, lambda each: each.candidate.component)
    for component, ours in _grouped(_listed(local), lambda each: each.candidate.component).items():
        if mux and component > 1:
            yield left_out("component", _NO_RTCP, ours, theirs)
            continue
        others = [each for each in theirs if each.candidate.component != component]
        yield left_out("component", _NO_RTCP if mux else f"component {component} with another", ours, others)
        for kind, alike in _grouped(by_component.get(component, ()), lambda each: each.kind).items():
            yield from _with_kind(ours, kind, alike, full)


def left_out(kind: str, reason: str, local: Iterable[Listed], remote: Iterable[Listed]) -> LeftOut:
    """Each of some local candidates with each of some remote ones."""
    return LeftOut(kind, reason, tuple(each.place for each in local), tuple(each.place for each in remote))


def _listed(candidates: Sequence[Candidate]) -> list[Listed]:
    found = enumerate(zip(candidates, bases(candidates), strict=True))
    return [Listed(place, candidate, Kind.of(candidate), base) for place, (candidate, base) in found]


def _with_kind(
    local: Iterable[Listed], kind: Kind, remote: Iterable[Listed], full: tuple[str, ...]
) -> Iterator[Block | LeftOut]:
    """The pairs of all local candidates of a component with remote ones of one kind."""
    verdicts = _grouped(local, lambda each: obstacle(each.kind, kind, full))
    fitting = verdicts.pop(None, [])
    for why, refused in verdicts.items():
        if why is not None:
            yield left_out(why.kind, why.reason, refused, remote)
    addresses = _grouped(_by_priority(remote), lambda each: (each.candidate.address.lower(), each.candidate.port))
    for first, *same in addresses.values():
        yield left_out("redundant", f"the same check as to {where(first.candidate)}", fitting, same)
    yield from _pruned(fitting, kind, tuple(first for first, *_ in addresses.values()), full)


def _pruned(
    local: Iterable[Listed], kind: Kind, remote: tuple[Listed, ...], full: tuple[str, ...]
) -> Iterator[Block | LeftOut]:
    """Pairs that all fit: of those from one base only one is checked, with the highest of their priorities."""
    blocks: dict[tuple[str, ...], list[Sender]] = defaultdict(list)
    for base, siblings in _grouped(_by_priority(local), lambda each: each.base).items():
        sender = next((each for each in siblings if each.place == base), siblings[0])
        others = [each for each in siblings if each is not sender]
        yield left_out("redundant", f"the same check as from {where(sender.candidate)}", others, remote)
        checking = {side for each in siblings for side in checked_by(each.kind, kind, full)}
        blocks[tuple(sorted(checking))].append(Sender(sender, siblings[0].candidate.priority))
    for checking_sides, senders in blocks.items():
        yield Block(tuple(senders), remote, checking_sides)


def _by_priority(listed: Iterable[Listed]) -> list[Listed]:
    return sorted(listed, key=lambda each: -each.candidate.priority)


def _grouped(things: Iterable[T], key: Callable[[T], Key]) -> dict[Key, list[T]]:
    found: dict[Key, list[T]] = defaultdict(list)
    for thing in things:
        found[key(thing)].append(thing)
    return found
