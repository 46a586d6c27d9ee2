"""Which things of one list are which of another: the ground of every comparison."""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")
Places = Sequence[tuple[int, int]]


def paired(old: Sequence[T], new: Sequence[T], *likenesses: Callable[[T], Hashable]) -> list[tuple[T | None, T | None]]:
    """Each thing of two lists with its counterpart: first those of `old` in their order, then what only `new` has.

    The first likeness finds all counterparts it can, the next ones what is left. Of several alike, the first goes with
    the first; what has the likeness None is like nothing.

    >>> paired(["96 VP8", "98 VP9"], ["98 VP9", "120 VP8"], str, lambda text: text.split()[1])
    [('96 VP8', '120 VP8'), ('98 VP9', '98 VP9')]
    """
    return zipped(old, new, counterparts(old, new, *likenesses))


def zipped(old: Sequence[T], new: Sequence[T], places: Places) -> list[tuple[T | None, T | None]]:
    """The things at the places of counterparts, and each of the others without one."""
    found = dict(places)
    taken = set(found.values())
    both = [(thing, new[found[place]] if place in found else None) for place, thing in enumerate(old)]
    return [*both, *((None, thing) for place, thing in enumerate(new) if place not in taken)]


def counterparts(old: Sequence[T], new: Sequence[T], *likenesses: Callable[[T], Hashable]) -> list[tuple[int, int]]:
    """The places of things that are each other's counterparts, in the order of `old`; see `paired`."""
    found: dict[int, int] = {}
    free = dict(enumerate(new))
    for likeness in likenesses:
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for place, thing in free.items():
            waiting[likeness(thing)].append(place)
        for place, thing in enumerate(old):
            alike = None if place in found else likeness(thing)
            if alike is not None and waiting[alike]:
                found[place] = waiting[alike].popleft()
                del free[found[place]]
    return sorted(found.items())


def moved(names: Mapping[tuple[int, int], str]) -> list[tuple[int, int]]:
    """Those counterparts that would have to move for the others to stand in the same order in both lists.

    They are given by their places, each with a name. They are as few as possible, and the same ones when the lists are
    exchanged: which of two has moved when either could have is for the names to decide.

    >>> moved({(0, 2): "a", (1, 0): "b", (2, 1): "c"})
    [(0, 2)]
    """
    forth = sorted(names)
    back = sorted(names, key=lambda place: place[1])
    if [names[place] for place in forth] <= [names[place] for place in back]:
        return _out_of_order(forth)
    return sorted((old, new) for new, old in _out_of_order([(new, old) for old, new in back]))


def _out_of_order(places: Places) -> list[tuple[int, int]]:
    """The places that are not on a longest ascending run of the second ones."""
    ends: list[int] = []  # of the runs of each length, the one that ends lowest
    at_end: list[int] = []  # which place that end is
    before: list[int] = []  # which place each one follows on its run
    for index, (_, new) in enumerate(places):
        length = bisect_left(ends, new)
        ends[length : length + 1] = [new]
        at_end[length : length + 1] = [index]
        before.append(at_end[length - 1] if length else -1)
    index = at_end[-1] if at_end else -1
    staying = set()
    while index >= 0:
        staying.add(index)
        index = before[index]
    return [place for index, place in enumerate(places) if index not in staying]
