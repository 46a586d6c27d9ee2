"""The parts of a candidate's priority (RFC 8445 §5.1.2.1)."""

import pytest

from sdpkit.ice.priority import Priority

EXAMPLES = [
    (2122260223, Priority(126, 32542, 1), "126 | 32542 | 1"),
    (2130706431, Priority(126, 65535, 1), "126 | 65535 | 1"),
    (2130706430, Priority(126, 65535, 2), "126 | 65535 | 2"),
    (1518280447, Priority(90, 32542, 1), "90 | 32542 | 1"),
    (1694498815, Priority(100, 65535, 1), "100 | 65535 | 1"),
    (1, Priority(0, 0, 255), "0 | 0 | 255"),
    (0, Priority(0, 0, 256), "0 | 0 | 256"),
    (2**32 - 1, Priority(255, 65535, 1), "255 | 65535 | 1"),
    (2**40, Priority(2**16, 0, 256), "65536 | 0 | 256"),
]


@pytest.mark.parametrize(("value", "priority", "text"), EXAMPLES)
def test_both_ways(value: int, priority: Priority, text: str) -> None:
    assert Priority.of(value) == priority
    assert priority.value == value
    assert str(priority) == text


def test_order() -> None:
    assert Priority(126, 1, 1).value > Priority(125, 65535, 1).value
    assert Priority(126, 1, 1).value > Priority(126, 1, 2).value
