"""Format parameters: what a=fmtp says of a codec (RFC 8866 §6.15), in the terms of the codec's own RFC.

A codec's class declares its parameters as fields, and that is all it has to do: reading, writing and keeping what is
unknown follow from the fields.
"""

import binascii
import re
from base64 import b64decode
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from types import NoneType
from typing import Any, ClassVar, NamedTuple, Self, get_args

import msgspec

from sdpkit.finding import SDPError, fault


class FormatParameters(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """The format parameters of one codec. This class itself is that of codecs without a class of their own.

    A field holds the parameter of the same name, with hyphens for underscores; names are compared without regard to
    case (RFC 6838 §4.3). Its type is int, bool (written 0 or 1), str, or a value type with `parse` and `str`. None
    means that the parameter is missing; defaults are not filled in.

    `others` are the parameters without a field, and those whose value does not fit their field or that come again;
    their value is None where there is no equals sign. `order` is the order of all: names as they are written, and None
    for the next of `others`; it is empty when the fields come as they are declared, and then the others.

    >>> parameters = FormatParameters.parse("vbr=on; mode=3")
    >>> parameters.others, str(parameters)
    ((('vbr', 'on'), ('mode', '3')), 'vbr=on;mode=3')
    """

    unnamed: ClassVar[str | None] = None
    """The field whose value stands alone, without a name and an equals sign: `0-15` of telephone-event."""

    others: tuple[tuple[str, str | None], ...] = ()
    order: tuple[str | None, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The parameters in `text`, which is whatever stands behind the format of a=fmtp; it never raises."""
        table = _parameters(cls)
        values: dict[str, Any] = {}
        others: list[tuple[str, str | None]] = []
        order: list[str | None] = []
        for name, value in _split(text):
            written, content = ("", name) if value is None else (name, value)
            parameter = table.get((written.lower(), value is None))
            reading = parameter.read(content) if parameter and parameter.field not in values else None
            if parameter is None or reading is None:
                others.append((name, value))
                order.append(None)
            else:
                values[parameter.field] = reading
                order.append(written)
        usual = [parameter.name for parameter in table.values() if parameter.field in values] + [None] * len(others)
        return cls(**values, others=tuple(others), order=() if order == usual else tuple(order))

    def __str__(self) -> str:
        return ";".join(self._parts())

    @property
    def pairs(self) -> tuple[tuple[str, str | None], ...]:
        """All parameters in their order, as they are written; None where there is no equals sign."""
        fields = {
            parameter.name.lower(): (parameter.name, _write(getattr(self, parameter.field)))
            for parameter in _parameters(type(self)).values()
            if getattr(self, parameter.field) is not None
        }
        others = deque(self.others)
        ordered = []
        for name in self.order:
            if name is None:
                ordered += [others.popleft()] if others else []
            elif name.lower() in fields:
                ordered.append((name, fields.pop(name.lower())[1]))
        pairs = [*ordered, *fields.values(), *others]
        return tuple((name, value) if name else (value, None) for name, value in pairs)

    @property
    def misfits(self) -> tuple[tuple[str, str | None], ...]:
        """Those of `others` that are known by name: their value does not fit, or the parameter came before."""
        known = {parameter.name.lower() for parameter in _parameters(type(self)).values()}
        return tuple(pair for pair in self.others if pair[0].lower() in known)

    @property
    def summary(self) -> str:
        """The parameters in a few words, as for the cell of a table."""
        return " ".join(self._parts())

    def _parts(self) -> Iterator[str]:
        return (name if value is None else f"{name}={value}" for name, value in self.pairs)
