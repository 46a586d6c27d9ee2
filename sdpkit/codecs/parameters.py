"""Format parameters: what a=fmtp says of a codec (RFC 8866 §6.15), in the terms of the codec's own RFC.

A codec's class declares its parameters as fields, and that is all it has to do: reading them, writing them and keeping
what is unknown follow from the fields.
"""

import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import islice
from types import NoneType
from typing import Any, ClassVar, NamedTuple, Self, get_args

import msgspec

from sdpkit.finding import SDPError, fault


class FormatParameters(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """The format parameters of one codec; this class itself serves the codecs that have no class of their own.

    A field holds the parameter of the same name, with underscores for hyphens; the case of names does not matter
    (RFC 6838 §4.3). Its type is int, bool (written 0 or 1), str, or a value type with `parse` and `str`; None means
    that the parameter is not there. Defaults are never filled in.

    `others` are the parameters that have no field, whose value does not fit their field, or that come again; their
    value is None where there is no equals sign. `order` is empty when the fields come as they are declared and then
    the others; otherwise it has the name of each field as it is written, and None for the next of the others.

    >>> parameters = FormatParameters.parse("vbr=on; octet-align")
    >>> parameters.others, str(parameters)
    ((('vbr', 'on'), ('octet-align', None)), 'vbr=on;octet-align')
    """

    unnamed: ClassVar[str | None] = None
    """The field whose value stands without a name and an equals sign, as `0-15` does for telephone-event."""

    others: tuple[tuple[str, str | None], ...] = ()
    order: tuple[str | None, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The parameters in whatever stands behind the format in a=fmtp. It never raises."""
        known = _known(cls)
        values: dict[str, Any] = {}
        others: list[tuple[str, str | None]] = []
        order: list[str | None] = []
        for name, value in _split(text):
            key, content = ("", name) if value is None else (name, value)  # what has no name is all value
            parameter = known.get(key.lower())
            reading = None if parameter is None or parameter.field in values else parameter.read(content)
            if parameter is None or reading is None:
                others.append((name, value))
                order.append(None)
            else:
                values[parameter.field] = reading
                order.append(key)
        declared = [parameter.name for parameter in known.values() if parameter.field in values]
        usual = [*declared, *[None] * len(others)]
        return cls(**values, others=tuple(others), order=() if order == usual else tuple(order))

    def __str__(self) -> str:
        return ";".join(_join(name, value) for name, value in self._pairs())

    @property
    def pairs(self) -> tuple[tuple[str, str | None], ...]:
        """All parameters in their order, as names and values; None where there is no equals sign."""
        return tuple(self._pairs())

    @property
    def misfits(self) -> tuple[tuple[str, str | None], ...]:
        """Those of `others` that do have a field: their value does not fit it, or the parameter came before."""
        known = _known(type(self))
        return tuple(
            (name, value)
            for name, value in self.others
            if name.lower() in known or (value is None and self.unnamed is not None)
        )

    @property
    def summary(self) -> str:
        """The parameters in few words, as for a cell of a table; long values are left out."""
        return " ".join(_join(name, "…" if len(value or "") > _LONG else value) for name, value in self._pairs())

    def _pairs(self) -> Iterator[tuple[str, str | None]]:
        known = _known(type(self))
        values = {key: getattr(self, parameter.field) for key, parameter in known.items()}
        others = iter(self.others)
        for name in (*self.order, *(parameter.name for parameter in known.values())):
            if name is None:
                yield from islice(others, 1)
            elif (value := values.pop(name.lower(), None)) is not None:
                yield (name, _write(value)) if name else (_write(value), None)
        yield from others


def format_parameters(codec_name: str, text: str) -> FormatParameters:
    """The format parameters of the codec with that encoding name; upper and lower case are the same. It never raises.

    >>> format_parameters("H264", "profile-level-id=42e01f;packetization-mode=1").summary
    '42e01f Constrained Baseline 3.1, mode 1'
    """
    read = _read if len(text) < _LONGEST_KEPT else _read.__wrapped__
    return read(codec_name.lower(), text)


@lru_cache(maxsize=512)
def _read(codec_name: str, text: str) -> FormatParameters:
    """The same; values are kept, because they are immutable, and descriptions of one program have the same ones."""
    return _classes().get(codec_name, FormatParameters).parse(text)


def nal_units(text: str) -> tuple[bytes, ...]:
    """NAL units as parameters carry them: in base64, with commas between (RFC 6184 §8.1, RFC 7798 §7.1).

    Raises SDPError with the place of what is not base64.

    >>> nal_units("Z0IAHqtAoPyA,aM4xEg==")[1].hex()
    '68ce3112'
    """
    units = []
    start = 0
    for unit in text.split(",") if text else ():
        try:
            units.append(b64decode(unit, validate=True))
        except ValueError:
            message = f'expected a NAL unit in base64, found "{unit}"'
            end = start + max(1, len(unit))
            raise fault("COD017", message, "RFC 6184 §8.1", start=start, end=end) from None
        start += len(unit) + 1
    return tuple(units)


class _Parameter(NamedTuple):
    """A parameter that has a field: its name as the RFC writes it, and what reads its value (None: it does not fit)."""

    name: str
    field: str
    read: Callable[[str], Any]


@cache
def _known(codec: type[FormatParameters]) -> dict[str, _Parameter]:
    """The parameters of a codec's class by their names in lower case; the unnamed one has the empty name."""
    own = msgspec.structs.fields(codec)[: -len(msgspec.structs.fields(FormatParameters))]
    parameters = (
        _Parameter("" if field.name == codec.unnamed else field.encode_name, field.name, _reader(field.type))
        for field in own
    )
    return {parameter.name.lower(): parameter for parameter in parameters}


def _reader(annotation: Any) -> Callable[[str], Any]:
    """What reads the values of a field that is annotated with a type or None."""
    type = next(type for type in get_args(annotation) if type is not NoneType)
    return _READERS.get(type) or _fitting(type.parse)


def _fitting(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """The same as `parse`, but with None for text that does not fit."""

    def read(text: str) -> Any:
        try:
            return parse(text)
        except SDPError:
            return None

    return read


def _integer(text: str) -> int | None:
    """A number; not with leading zeros, which would be lost in writing."""
    return int(text) if _INTEGER(text) else None


_LONG = 24  # characters; base64 and other values for machines are longer
_LONGEST_KEPT = 200  # characters; longer ones are not worth keeping
_INTEGER = re.compile("0|[1-9][0-9]{0,19}").fullmatch
_READERS: dict[Any, Callable[[str], Any]] = {int: _integer, bool: {"0": False, "1": True}.get, str: str}


def _write(value: Any) -> str:
    """The mirror image of the readers."""
    return str(int(value)) if isinstance(value, bool) else str(value)


def _join(name: str, value: str | None) -> str:
    return name if value is None else f"{name}={value}"


def _split(text: str) -> Iterator[tuple[str, str | None]]:
    """Names and values; None where there is no equals sign, or no name before it.

    Only the first equals sign divides: base64 values end with more of them.
    """
    for part in text.split(";"):
        name, equals, value = part.strip(" \t").partition("=")
        if name and equals:
            yield name.rstrip(" \t"), value.lstrip(" \t")
        elif equals or name:
            yield name + equals + value, None


@cache
def _classes() -> dict[str, type[FormatParameters]]:
    """The codecs that have a class of their own, by encoding name in lower case."""
    # imported here, because all of these import this module
    from sdpkit.codecs import av1, fec, h264, h265, opus, red, rtx, telephone_event, vp8, vp9  # noqa: PLC0415

    return {
        "av1": av1.AV1Parameters,
        "flexfec": fec.FlexfecParameters,
        "flexfec-03": fec.FlexfecParameters,
        "h264": h264.H264Parameters,
        "h265": h265.H265Parameters,
        "opus": opus.OpusParameters,
        "red": red.RedParameters,
        "rtx": rtx.RtxParameters,
        "telephone-event": telephone_event.TelephoneEventParameters,
        "ulpfec": fec.UlpfecParameters,
        "vp8": vp8.VP8Parameters,
        "vp9": vp9.VP9Parameters,
    }
