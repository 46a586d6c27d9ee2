"""Redundant audio and text: RFC 2198, RFC 4102."""

import re
from typing import Self

import msgspec

from sdpkit.codecs.parameters import FormatParameters
from sdpkit.finding import fault

_PAYLOAD_TYPES = re.compile("(?:0|[1-9][0-9]{0,2})(?:/(?:0|[1-9][0-9]{0,2}))*").fullmatch


class PayloadTypes(msgspec.Struct, frozen=True):
    """The payload types in a red packet with slashes between, the primary one first (RFC 2198 §5).

    >>> PayloadTypes.parse("111/111").numbers
    (111, 111)
    """

    numbers: tuple[int, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises SDPError for anything but numbers with slashes between."""
        if not _PAYLOAD_TYPES(text):
            message = f'expected payload types with slashes between, found "{text}"'
            raise fault("COD015", message, "RFC 2198 §5", start=0, end=max(1, len(text)))
        return cls(tuple(map(int, text.split("/"))))

    def __str__(self) -> str:
        return "/".join(map(str, self.numbers))


class RedParameters(FormatParameters, frozen=True):
    """The format parameters of red: only the payload types, which have no name (RFC 2198 §5, RFC 4102).

    Red for video has none.

    >>> str(RedParameters(PayloadTypes((111, 111))))
    '111/111'
    """

    unnamed = "payload_types"

    payload_types: PayloadTypes | None = None
