"""Which things of one list are which of another."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sdpkit.offer_answer.pairing import counterparts, moved, paired


def test_likenesses_are_tried_one_after_the_other() -> None:
    pairs = paired(
        ["a1", "b1", "c1"], ["b2", "x1", "a1"], lambda text: text, lambda text: text[0], lambda text: text[1]
    )
    assert pairs == [("a1", "a1"), ("b1", "b2"), ("c1", "x1")]


def test_of_several_alike_the_first_goes_with_the_first() -> None:
    assert counterparts("aab", "baaa", str) == [(0, 1), (1, 2), (2, 0)]


def test_what_is_like_nothing_has_no_counterpart() -> None:
    assert paired(["a"], ["a"], lambda _: None) == [("a", None), (None, "a")]


@given(st.permutations("abcdefgh"))
def test_what_has_not_moved_is_in_order(new: list[str]) -> None:
    names = {(old, new.index(name)): name for old, name in enumerate("abcdefgh")}
    out_of_order = moved(names)
    staying = sorted(names.keys() - set(out_of_order))
    assert all(one[1] < other[1] for one, other in pairwise(staying))
    assert {(there, here) for here, there in out_of_order} == set(
        moved({(there, here): name for (here, there), name in names.items()})
    )


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_everything_is_in_one_pair(old: list[str], new: list[str]) -> None:
    pairs = paired(old, new, str)
    assert [one for one, _ in pairs if one is not None] == old
    assert sorted(other for _, other in pairs if other is not None) == sorted(new)
