"""Priorities of pairs, and how many pairs there may be."""

import pytest
from aioice import candidate, ice
from hypothesis import given
from hypothesis import strategies as st

from sdpkit.ice.ordering import pair_priority, shares

PRIORITIES = st.integers(1, 2**31 - 1)


@given(PRIORITIES, PRIORITIES, st.booleans())
def test_pair_priority_is_that_of_aioice(ours: int, theirs: int, controlling: bool) -> None:
    local, remote = (candidate.Candidate("1", 1, "udp", each, "192.0.2.1", 5000, "host") for each in (ours, theirs))
    found = pair_priority(ours, theirs) if controlling else pair_priority(theirs, ours)
    assert found == ice.candidate_pair_priority(local, remote, controlling)
    assert found < 2**63


@given(PRIORITIES, PRIORITIES, PRIORITIES)
def test_a_higher_candidate_makes_no_lower_pair(one: int, other: int, fixed: int) -> None:
    """Only so can the best pairs be found among the best candidates."""
    lower, higher = sorted((one, other))
    assert pair_priority(lower, fixed) <= pair_priority(higher, fixed)
    assert pair_priority(fixed, lower) <= pair_priority(fixed, higher)


@pytest.mark.parametrize(
    ("controlling", "controlled", "priority"),
    [
        (2122260223, 2113937151, 9079290933588934143),
        (2113937151, 2122260223, 9079290933588934142),
        (2130706431, 2130706431, 9151314442783293438),
    ],
)
def test_pair_priority(controlling: int, controlled: int, priority: int) -> None:
    assert pair_priority(controlling, controlled) == priority


@pytest.mark.parametrize(
    ("sizes", "limit", "found"),
    [
        ([], 100, []),
        ([30, 70], 100, [30, 70]),
        ([1_000_000], 100, [100]),
        ([90, 5, 5], 100, [90, 5, 5]),
        ([90, 90], 100, [50, 50]),
        ([90, 10, 90], 100, [45, 10, 45]),
        ([9, 9, 9], 10, [3, 3, 4]),
        ([9, 9], 0, [0, 0]),
    ],
)
def test_shares(sizes: list[int], limit: int, found: list[int]) -> None:
    assert shares(sizes, limit) == found


@given(st.lists(st.integers(0, 10**6)), st.integers(0, 1000))
def test_shares_use_the_limit_and_no_more(sizes: list[int], limit: int) -> None:
    found = shares(sizes, limit)
    assert sum(found) == min(limit, sum(sizes))
    assert all(0 <= share <= size for share, size in zip(found, sizes, strict=True))
