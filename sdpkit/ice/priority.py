"""The priority of an ICE candidate, taken apart (RFC 8445 §5.1.2.1)."""

from typing import Self

import msgspec


class Priority(msgspec.Struct, frozen=True):
    """priority = 2^24 × type preference + 2^8 × local preference + (256 − component).

    >>> Priority.of(2122260223)
    Priority(type_preference=126, local_preference=32542, component=1)
    >>> Priority(126, 32542, 1).value
    2122260223
    >>> print(Priority.of(2122260223))
    126 | 32542 | 1
    """

    type_preference: int
    local_preference: int
    component: int

    @classmethod
    def of(cls, value: int) -> Self:
        """The parts of a number. Every number has some; those of a made-up one need not mean anything."""
        return cls(value >> 24, value >> 8 & 0xFFFF, 256 - (value & 0xFF))

    @property
    def value(self) -> int:
        """The one number that the three parts make."""
        return (self.type_preference << 24) + (self.local_preference << 8) + 256 - self.component

    def __str__(self) -> str:
        return f"{self.type_preference} | {self.local_preference} | {self.component}"
