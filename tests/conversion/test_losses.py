"""What does not come back as it was."""

import pytest

from sdpkit import parse
from sdpkit.conversion import Loss, losses


@pytest.mark.parametrize(
    ("before", "after", "lines", "added", "is_reordered", "changes_ends"),
    [
        ("v=0\ns=-\n", "v=0\ns=-\n", [], [], False, False),
        ("v=0\ns=-\n", "v=0\r\ns=-\r\n", [], [], False, True),
        ("a=x\na=y\n", "a=y\na=x\n", [], [], True, False),
        ("a=mid:007\n", "a=mid:7\n", [Loss(1, "a=mid:007", "a=mid:7")], [], False, False),
        ("a=x\na=y\n", "a=x\n", [Loss(2, "a=y", None)], [], False, False),
        ("a=x\n", "v=0\na=x\n", [], ["v=0"], False, False),
        ("b=AS:1\nb=AS:1\n", "b=AS:1\n", [Loss(2, "b=AS:1", None)], [], False, False),
        ("m=a 1 x 0\na=x\nm=b 2 x 0\n", "m=a 1 x 0\nm=b 2 x 0\na=x\n", [Loss(2, "a=x", None)], ["a=x"], True, False),
    ],
)
def test_losses(
    before: str, after: str, lines: list[Loss], added: list[str], is_reordered: bool, changes_ends: bool
) -> None:
    found = losses(parse(before), parse(after))
    assert (list(found.lines), list(found.added)) == (lines, added)
    assert (found.is_reordered, found.changes_ends) == (is_reordered, changes_ends)
    assert bool(found) == (before != after)
