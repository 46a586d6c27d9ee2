"""Telephone events, such as the tones of the keys (DTMF): RFC 4733."""

import re
from typing import Self

import msgspec

from sdpkit.codecs.parameters import FormatParameters
from sdpkit.finding import fault

_RANGE = re.compile("([0-9]{1,3})(?:-([0-9]{1,3}))?").fullmatch
_HIGHEST = 255  # RFC 4733 §2.3.1: an event code has eight bits


class Events(msgspec.Struct, frozen=True):
    """Event codes and ranges of them with commas between (RFC 4733 §2.4.1); 0 to 15 are the keys of a telephone.

    >>> sorted(Events.parse("0-3,66").numbers)
    [0, 1, 2, 3, 66]
    """

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises SDPError with the place of what is no event code and no range."""
        start = 0
        for part in text.split(","):
            found = _RANGE(part)
            if found is None or not int(found[1]) <= int(found[2] or found[1]) <= _HIGHEST:
                message = f'expected an event code or a range of them, up to {_HIGHEST}, found "{part}"'
                raise fault("COD017", message, "RFC 4733 §2.4.1", start=start, end=start + max(1, len(part)))
            start += len(part) + 1
        return cls(text)

    def __str__(self) -> str:
        return self.text

    @property
    def numbers(self) -> frozenset[int]:
        """All event codes, each by itself."""
        ends = (part.partition("-") for part in self.text.split(","))
        return frozenset(number for first, _, last in ends for number in range(int(first), int(last or first) + 1))


class TelephoneEventParameters(FormatParameters, frozen=True):
    """The format parameters of telephone-event: only the events, which have no name (RFC 4733 §2.4.1).

    Where they are missing, they are 0-15.

    >>> TelephoneEventParameters.parse("0-15,66").events
    Events(text='0-15,66')
    """

    unnamed = "events"

    events: Events | None = None
