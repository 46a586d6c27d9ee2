"""The lines of RFC 8866 §5 that are not attributes: what each type letter means, and its typed value.

Every class here reads one value with `parse` (SDPError when it does not fit) and writes it with `str`.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Self

import msgspec

from sdpkit.finding import SDPError, fault, shorten
from sdpkit.grammar import Grammar
from sdpkit.ice import address as addresses

SESSION_ORDER = "vosiuepcbtrzka"
"""The order of the lines before the first m= line (RFC 8866 §9); r= and z= belong to the t= line before them."""
MEDIA_ORDER = "micbka"
"""The order of the lines of an m-section."""


class Origin(msgspec.Struct, frozen=True, gc=False):
    """o= (RFC 8866 §5.2): who made the session. The ids are numbers of any size.

    >>> Origin.parse("- 20123456789012345678901 2 IN IP4 192.0.2.1").session_id
    20123456789012345678901
    """

    username: str
    session_id: int
    session_version: int
    network_type: str
    address_type: str
    address: str

    @classmethod
    def parse(cls, text: str) -> Self:
        username, session_id, session_version, network_type, address_type, address = _ORIGIN.read(text)
        return cls(username, int(session_id), int(session_version), network_type, address_type, address)

    def __str__(self) -> str:
        return (
            f"{self.username} {self.session_id} {self.session_version}"
            f" {self.network_type} {self.address_type} {self.address}"
        )


_ORIGIN = Grammar(
    "{username:word} {session id:digits} {session version:digits} {network type:token} {address type:token}"
    " {address:word}",
    code="SES004",
    reference="RFC 8866 §5.2",
)


class ConnectionData(msgspec.Struct, frozen=True, gc=False):
    """c= (RFC 8866 §5.7): where media is sent to. `ttl` is there for IPv4 multicast only; `count` addresses in a row.

    >>> ConnectionData.parse("IN IP4 233.252.0.1/127/3")
    ConnectionData(network_type='IN', address_type='IP4', address='233.252.0.1', ttl=127, count=3)
    >>> str(ConnectionData.parse("IN IP6 ff00::db8:0:101/3"))
    'IN IP6 ff00::db8:0:101/3'
    """

    network_type: str
    address_type: str
    address: str
    ttl: int | None = None
    count: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        network_type, address_type, address, first, second = _CONNECTION.read(text)
        if address_type == "IP6" and first is not None and second is None:
            first, second = None, first  # RFC 8866 §5.7: IPv6 multicast has no TTL
        return cls(network_type, address_type, address, first and int(first), second and int(second))

    def __str__(self) -> str:
        address = "/".join(str(part) for part in (self.address, self.ttl, self.count) if part is not None)
        return f"{self.network_type} {self.address_type} {address}"

    @property
    def family(self) -> addresses.Family:
        """The family that the address has, whatever the address type says."""
        return addresses.family(self.address)

    @property
    def scope(self) -> addresses.Scope:
        """How far the address reaches."""
        return addresses.scope(self.address)


_CONNECTION = Grammar(
    "{network type:token} {address type:token} {address:address}[/{TTL:digits}][/{number of addresses:digits}]",
    code="SES009",
    reference="RFC 8866 §5.7",
)


class Bandwidth(msgspec.Struct, frozen=True, gc=False):
    """b= (RFC 8866 §5.8): a limit, in kbit/s for CT and AS, in bit/s for TIAS (RFC 3890), RS and RR (RFC 3556)."""

    type: str
    value: int

    @classmethod
    def parse(cls, text: str) -> Self:
        kind, value = _BANDWIDTH.read(text)
        return cls(kind, int(value))

    def __str__(self) -> str:
        return f"{self.type}:{self.value}"


_BANDWIDTH = Grammar("{type:token}:{bandwidth:digits}", code="SES012", reference="RFC 8866 §5.8")


class Timing(msgspec.Struct, frozen=True, gc=False):
    """t= (RFC 8866 §5.9): when the session starts and stops, in seconds since 1900 (NTP); 0 is "not bounded".

    >>> print(Timing.parse("3724394400 0").starts_at)
    2018-01-08 10:00:00+00:00
    """

    start: int
    stop: int

    @classmethod
    def parse(cls, text: str) -> Self:
        start, stop = _TIMING.read(text)
        return cls(int(start), int(stop))

    def __str__(self) -> str:
        return f"{self.start} {self.stop}"

    @property
    def starts_at(self) -> datetime | None:
        """The start as a moment; None when it is not bounded, or lies beyond the year 9999."""
        return _moment(self.start)

    @property
    def stops_at(self) -> datetime | None:
        """The stop as a moment; None when it is not bounded, or lies beyond the year 9999."""
        return _moment(self.stop)


_TIMING = Grammar("{start time:digits} {stop time:digits}", code="SES015", reference="RFC 8866 §5.9")
_NTP_EPOCH = datetime(1900, 1, 1, tzinfo=UTC)


def _moment(seconds: int) -> datetime | None:
    try:
        return _NTP_EPOCH + timedelta(seconds=seconds) if seconds else None
    except OverflowError:
        return None


class TypedTime(msgspec.Struct, frozen=True, gc=False):
    """A length of time (RFC 8866 §9, typed-time): a number, and d, h, m, s or nothing (seconds).

    >>> TypedTime.parse("-1h").seconds, str(TypedTime.parse("7d")), TypedTime.parse("7d").seconds
    (-3600, '7d', 604800)
    """

    value: int
    unit: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        sign, value, unit = _TYPED_TIME.read(text)
        return cls(-int(value) if sign else int(value), unit or "")

    def __str__(self) -> str:
        return f"{self.value}{self.unit}"

    @property
    def seconds(self) -> int:
        """The same in seconds."""
        return self.value * {"d": 86400, "h": 3600, "m": 60, "s": 1, "": 1}[self.unit]


_TYPED_TIME = Grammar("[{sign:-}]{time:digits}[{unit:d|h|m|s}]", code="SES018", reference="RFC 8866 §9")


class RepeatTime(msgspec.Struct, frozen=True, gc=False):
    """r= (RFC 8866 §5.10): the session of the t= line above comes again.

    >>> repeat = RepeatTime.parse("7d 1h 0 25h")
    >>> repeat.interval.seconds, [offset.seconds for offset in repeat.offsets]
    (604800, [0, 90000])
    """

    interval: TypedTime
    duration: TypedTime
    offsets: tuple[TypedTime, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        interval, duration, *offsets = _typed_times(text, "RFC 8866 §5.10", at_least=3)
        return cls(interval, duration, tuple(offsets))

    def __str__(self) -> str:
        return " ".join(map(str, (self.interval, self.duration, *self.offsets)))


class TimeZones(msgspec.Struct, frozen=True, gc=False):
    """z= (RFC 8866 §5.11): from which moment (NTP seconds) on the clock is off by how much.

    >>> [(at, str(offset)) for at, offset in TimeZones.parse("3730928400 -1h 3749680800 0").adjustments]
    [(3730928400, '-1h'), (3749680800, '0')]
    """

    adjustments: tuple[tuple[int, TypedTime], ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        times = _typed_times(text, "RFC 8866 §5.11", at_least=2)
        if len(times) % 2:
            raise fault(
                "SES018",
                "the last adjustment has no offset",
                "RFC 8866 §5.11",
                start=text.rfind(" ") + 1,
                end=len(text),
            )
        return cls(tuple((at.seconds, offset) for at, offset in zip(times[::2], times[1::2], strict=True)))

    def __str__(self) -> str:
        return " ".join(f"{at} {offset}" for at, offset in self.adjustments)


def _typed_times(text: str, reference: str, *, at_least: int) -> list[TypedTime]:
    """The typed times of a value, which single blanks separate."""
    times = []
    start = 0
    for word in text.split(" "):
        try:
            times.append(TypedTime.parse(word))
        except SDPError:
            message = f'expected a time such as 3600, 60m, 1h or 7d, found "{shorten(word)}"'
            raise fault("SES018", message, reference, start=start, end=start + max(1, len(word))) from None
        start += len(word) + 1
    if len(times) < at_least:
        message = f"expected at least {at_least} times, found {len(times)}"
        raise fault("SES018", message, reference, start=0, end=max(1, len(text)))
    return times


class EncryptionKey(msgspec.Struct, frozen=True, gc=False):
    """k= (RFC 8866 §5.12): a key in the clear. Obsolete; it must not be used."""

    method: str
    key: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(*_KEY.read(text))

    def __str__(self) -> str:
        return self.method if self.key is None else f"{self.method}:{self.key}"


_KEY = Grammar("{method:token}[:{key:text}]", code="SES019", reference="RFC 8866 §5.12")


class Media(msgspec.Struct, frozen=True, gc=False):
    """m= (RFC 8866 §5.14): kind of media, port, how many ports in a row, protocol, formats.

    >>> media = Media.parse("audio 49170/2 RTP/AVP 0 96")
    >>> media.kind, media.port, media.count, media.protocol, media.formats
    ('audio', 49170, 2, 'RTP/AVP', ('0', '96'))
    """

    kind: str
    port: int
    protocol: str
    formats: tuple[str, ...]
    count: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        words = text.split(" ")
        if len(words) > 3 and "" not in words and "\t" not in text and _PORT(words[1]):
            return cls(words[0], int(words[1]), words[2], tuple(words[3:]))  # the same as below, for most lines
        kind, port, count, protocol, formats = _MEDIA.read(text)
        return cls(kind, int(port), protocol, tuple(formats.split(" ")), count and int(count))

    def __str__(self) -> str:
        port = f"{self.port}" if self.count is None else f"{self.port}/{self.count}"
        return " ".join([self.kind, port, self.protocol, *self.formats])


_PORT = re.compile("[0-9]{1,5}").fullmatch
_MEDIA = Grammar(
    "{media:word} {port:digits}[/{number of ports:digits}] {protocol:word} {formats:words}",
    code="MED001",
    reference="RFC 8866 §5.14",
)
