"""In which order pairs are checked, how many, and how they begin (RFC 8445 §6.1.2.3, §6.1.2.5, §6.1.2.6)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from sdpkit.ice.checklist import LOCAL, CandidatePair, LeftOut
from sdpkit.ice.formation import Block, Listed, left_out


class _Place(NamedTuple):
    """A pair by its places in its block, and its priority."""

    priority: int
    block: int
    local: int
    remote: int


def pair_priority(controlling: int, controlled: int) -> int:
    """The priority of a pair, from those of the candidates of the controlling and of the controlled side.

    RFC 8445 §6.1.2.3: 2^32 × the lower one + 2 × the higher one + (1 if the controlling side has the higher one).

    >>> pair_priority(2122260223, 2113937151)
    9079290933588934143
    """
    lower, higher = sorted((controlling, controlled))
    return (lower << 32) + 2 * higher + (controlling > controlled)


def shares(sizes: Sequence[int], limit: int) -> list[int]:
    """How many pairs each checklist may have, so that all together have no more than the limit.

    Only the long ones are shortened, and to the same length.

    >>> shares([500, 20, 70], 100)
    [40, 20, 40]
    """
    found = [0] * len(sizes)
    for done, place in enumerate(sorted(range(len(sizes)), key=sizes.__getitem__)):
        found[place] = min(sizes[place], limit // (len(sizes) - done))
        limit -= found[place]
    return found


def best(blocks: Sequence[Block], most: int, controlling: bool) -> tuple[list[CandidatePair], list[LeftOut]]:
    """The pairs with the highest priorities, as many as may be, and those beyond that."""
    places = sorted(_plausible(blocks, most, controlling), key=lambda place: -place.priority)[:most]
    pairs = [_pair(number, place, blocks[place.block]) for number, place in enumerate(places, 1)]
    return pairs, list(_beyond(blocks, places))


def _plausible(blocks: Sequence[Block], most: int, controlling: bool) -> Iterator[_Place]:
    """All pairs that can be among so many best ones.

    As the candidates of a block stand in the order of their priorities, the pair of the third with the fifth one is
    behind fourteen others: those of the first three with the first five.
    """
    for number, block in enumerate(blocks):
        for local, sender in enumerate(block.local[:most]):
            for remote, receiver in enumerate(block.remote[: most // (local + 1)]):
                ours, theirs = sender.priority, receiver.candidate.priority
                priority = pair_priority(ours, theirs) if controlling else pair_priority(theirs, ours)
                yield _Place(priority, number, local, remote)


def _pair(number: int, place: _Place, block: Block) -> CandidatePair:
    local, remote = block.local[place.local].listed.candidate, block.remote[place.remote].candidate
    state = "frozen" if LOCAL in block.checked_by else None
    foundation = f"{local.foundation}:{remote.foundation}"
    return CandidatePair(number, local.component, local, remote, place.priority, foundation, block.checked_by, state)


def _beyond(blocks: Sequence[Block], places: Iterable[_Place]) -> Iterator[LeftOut]:
    """The pairs that have no place among the best."""
    taken: dict[tuple[int, int], set[int]] = defaultdict(set)
    for place in places:
        taken[place.block, place.local].add(place.remote)
    for number, block in enumerate(blocks):
        alike: dict[frozenset[int], list[Listed]] = defaultdict(list)
        for local, sender in enumerate(block.local):
            alike[frozenset(taken[number, local])].append(sender.listed)
        for there, senders in alike.items():
            receivers = [receiver for remote, receiver in enumerate(block.remote) if remote not in there]
            yield left_out("limit", "beyond the limit on pairs", senders, receivers)


def unfrozen(checklists: Iterable[Sequence[CandidatePair]]) -> list[list[CandidatePair]]:
    """The same pairs with those waiting that are checked first: of each foundation, the one with the lowest component.

    If there are several, it is the one with the highest priority, in the first checklist that has this foundation.
    """
    begun: set[str] = set()
    found = []
    for pairs in checklists:
        first: dict[str, int] = {}
        for pair in sorted(pairs, key=lambda pair: (pair.component, pair.number)):
            if pair.state is not None and pair.foundation not in begun:
                first.setdefault(pair.foundation, pair.number)
        begun |= first.keys()
        waiting = set(first.values())
        found.append([_waiting(pair) if pair.number in waiting else pair for pair in pairs])
    return found


def _waiting(pair: CandidatePair) -> CandidatePair:
    return msgspec.structs.replace(pair, state="waiting")
