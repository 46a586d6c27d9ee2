"""What a session and its m-sections have in common: lines, read and edited through typed values."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache, wraps
from typing import Any, ClassVar, Generic, TypeVar, overload

import msgspec

from sdpkit.sdp.attributes.security import Fingerprint
from sdpkit.sdp.decoding import decode, decode_all, encode, key_of, one_line
from sdpkit.sdp.lines import Line

T = TypeVar("T")
S = TypeVar("S", bound="Section")

DIRECTIONS = ("sendrecv", "sendonly", "recvonly", "inactive")
"""The four directions (RFC 8866 §6.7); an m-section without one has the session's, or else the first."""


class Ice(msgspec.Struct, frozen=True):
    """The ICE credentials and options that hold somewhere (RFC 8839 §5.4 to §5.6)."""

    ufrag: str | None
    pwd: str | None
    options: tuple[str, ...]

    @property
    def trickle(self) -> bool:
        """Whether the agent says that it can trickle (RFC 8840 §4.1); libdatachannel separates options by commas."""
        return any("trickle" in option.split(",") for option in self.options)


class Dtls(msgspec.Struct, frozen=True):
    """The DTLS role and the certificates that hold somewhere."""

    setup: str | None
    fingerprints: tuple[Fingerprint, ...]
    tls_id: str | None


def kept(make: Callable[[S], T]) -> Callable[[S], T]:
    """Makes a function of a section's own lines keep what it returns, until the section is edited.

    What it returns must not be changed, and must not depend on anything else, such as the lines of the session.
    """

    @wraps(make)
    def view(section: S) -> T:
        try:
            value: T = section._kept[make]
        except KeyError:
            value = section._kept[make] = make(section)
        return value

    return view


class Section:
    """Some lines of a description. What it says is read from them, and an edit replaces lines: nothing else is kept.

    Lines are named by their attribute (`"mid"`), or by the type letter with its equals sign (`"c="`).
    """

    order: ClassVar[str]
    """The type letters in the order in which their lines stand (RFC 8866 §9)."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self._lines = tuple(lines)
        # What is found in the lines, once it is asked for; `_replace` forgets it, and the index.
        self._values: dict[str, tuple[Any, ...]] = {}
        self._kept: dict[Callable[..., Any], Any] = {}

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and bool(self.lines_of(name))

    def lines_of(self, name: str) -> tuple[Line, ...]:
        """The lines of one attribute or type, in their order."""
        return self._index.get(_key(name), ())

    @property
    def attributes(self) -> dict[str, tuple[Line, ...]]:
        """The lines of all attributes, by the names of these."""
        return {key[2:]: lines for key, lines in self._index.items() if key[:2] == "a="}

    @cached_property
    def _index(self) -> dict[str, tuple[Line, ...]]:
        """The lines by what they are about (see `key_of`)."""
        by_key: dict[str, list[Line]] = defaultdict(list)
        for line in self._lines:
            by_key[key_of(line)].append(line)
        return {key: tuple(lines) for key, lines in by_key.items()}

    def get(self, name: str) -> Any:
        """The typed value of the first line of that name that can be decoded; None when there is none."""
        values = self._values.get(name)
        if values is None:
            values = self.get_all(name)
        return values[0] if values else None

    def get_all(self, name: str) -> tuple[Any, ...]:
        """The typed values of all lines of that name, without those that cannot be decoded."""
        values = self._values.get(name)
        if values is None:
            lines = self.lines_of(name)
            decode_all(lines)
            values = tuple([line.decoded for line in lines if line.decoded is not None])
            self._values[name] = values
        return values

    def set(self, name: str, *values: Any) -> None:
        """Makes these the only values of an attribute or type, in this order; False is no value.

        They take the places of the old lines, further ones stand behind the last of those; without old lines they go
        where RFC 8866 §9 wants them. A value that was there keeps its line as it is written.

        Raises SDPError for a value that is not one of these (SYN031) or would be more than one line (SYN030), and
        ValueError for what would move an m= line.
        """
        if values == self.get_all(name):
            return
        key = _key(name)
        old = self.lines_of(name)
        written: dict[str, list[Line]] = defaultdict(list)
        for line in reversed(old):
            if decode(line) is not None:
                written[encode(key, line.decoded)].append(line)
        texts = [encode(key, value) for value in values if value is not False]
        new = [written[text].pop() if written[text] else Line(0, 0, text, "") for text in texts]
        taken = {id(line): new[place : place + 1] for place, line in enumerate(old)}
        lines = [kept for line in self._lines for kept in taken.get(id(line), [line])]
        self._replace(self._with(key, new[len(old) :], lines))

    def add(self, name: str, *values: Any) -> None:
        """Adds lines behind the last one of the same name, or else where RFC 8866 §9 wants them.

        Raises what `set` raises.
        """
        key = _key(name)
        new = [Line(0, 0, encode(key, value), "") for value in values]
        self._replace(self._with(key, new, self._lines))

    def remove(self, name: str) -> None:
        """Takes away all lines of one attribute or type."""
        self.set(name)

    def holding(self, name: str) -> tuple[Any, ...]:
        """The values that hold here: an m-section has the session's where it has none of its own."""
        return self.get_all(name)

    @property
    def ice(self) -> Ice:
        """The ICE credentials and options that hold here."""
        ufrag, pwd, options = (self.holding(name) for name in ("ice-ufrag", "ice-pwd", "ice-options"))
        return Ice(ufrag[0] if ufrag else None, pwd[0] if pwd else None, options[0] if options else ())

    @property
    def dtls(self) -> Dtls:
        """The DTLS role and the certificates that hold here."""
        setup, tls_id = self.holding("setup"), self.holding("tls-id")
        return Dtls(setup[0] if setup else None, self.holding("fingerprint"), tls_id[0] if tls_id else None)

    @property
    @kept
    def own_direction(self) -> str | None:
        """The direction that is written in these lines; None when none is."""
        written = [direction for direction in DIRECTIONS if self.get_all(direction)]
        if len(written) < 2:
            return written[0] if written else None
        return min(written, key=lambda direction: self._lines.index(self.lines_of(direction)[0]))

    @own_direction.setter
    def own_direction(self, direction: str | None) -> None:
        if direction is not None and direction not in DIRECTIONS:
            raise ValueError(f"{direction!r} is none of {', '.join(DIRECTIONS)}")
        old = {id(line) for name in DIRECTIONS for line in self.lines_of(name)}
        new = [] if direction is None else [Line(0, 0, f"a={direction}", "")]
        place = next((place for place, line in enumerate(self._lines) if id(line) in old), None)
        if place is None:
            self._replace(self._with("a=", new, self._lines))
        else:
            kept = [line for line in self._lines[place:] if id(line) not in old]
            self._replace([*self._lines[:place], *new, *kept])

    def _with(self, key: str, new: list[Line], lines: Sequence[Line]) -> list[Line]:
        """The lines with new ones: behind the last of the same key, or behind the types that stand before theirs."""
        letter = "r" if key == "t=" else key[0]  # a t= line has its r= lines behind it
        before = self.order[: self.order.find(letter) + 1] or self.order
        alike = [place for place, line in enumerate(lines, 1) if key[0] == "a" and key_of(line) == key]
        places = alike or [place for place, line in enumerate(lines, 1) if line.type and line.type in before]
        place = places[-1] if places else 0
        return [*lines[:place], *new, *lines[place:]]

    def _replace(self, lines: Sequence[Line]) -> None:
        self._lines = tuple(lines)
        self.__dict__.pop("_index", None)
        self._values = {}
        self._kept = {}


def as_lines(lines: Iterable[Line | str], own: Iterable[Line]) -> list[Line]:
    """Lines for a section: its own as they are, copies of others, new ones for strings.

    Raises SDPError (SYN030) for a string with a line break in it.
    """
    known = set(map(id, own))
    return [_as_line(line, id(line) in known) for line in lines]


def _as_line(line: Line | str, own: bool) -> Line:
    if isinstance(line, str):
        return Line(0, 0, one_line(line), "")
    return line if own else msgspec.structs.replace(line, number=0)


class One(Generic[T]):
    """A view of the one line of some name: its typed value, or None when there is none. Setting None removes it."""

    def __init__(self, name: str, doc: str) -> None:
        self._name = name
        self.__doc__ = doc

    @overload
    def __get__(self, section: None, owner: type) -> "One[T]": ...
    @overload
    def __get__(self, section: Section, owner: type) -> T | None: ...
    def __get__(self, section: Section | None, owner: type) -> "One[T] | T | None":
        return self if section is None else section.get(self._name)

    def __set__(self, section: Section, value: T | None) -> None:
        if value != section.get(self._name):
            section.set(self._name, *([] if value is None else [value]))


class Many(Generic[T]):
    """A view of all lines of some name: their typed values as a tuple, which can be set to any others."""

    def __init__(self, name: str, doc: str) -> None:
        self._name = name
        self.__doc__ = doc

    @overload
    def __get__(self, section: None, owner: type) -> "Many[T]": ...
    @overload
    def __get__(self, section: Section, owner: type) -> tuple[T, ...]: ...
    def __get__(self, section: Section | None, owner: type) -> "Many[T] | tuple[T, ...]":
        return self if section is None else section.get_all(self._name)

    def __set__(self, section: Section, values: Iterable[T]) -> None:
        section.set(self._name, *values)


class Flag:
    """A view of an attribute without a value: whether it is there."""

    def __init__(self, name: str, doc: str) -> None:
        self._name = name
        self.__doc__ = doc

    @overload
    def __get__(self, section: None, owner: type) -> "Flag": ...
    @overload
    def __get__(self, section: Section, owner: type) -> bool: ...
    def __get__(self, section: Section | None, owner: type) -> "Flag | bool":
        return self if section is None else self._name in section

    def __set__(self, section: Section, value: bool) -> None:
        section.set(self._name, *([True] if value else []))


@lru_cache(maxsize=512)
def _key(name: str) -> str:
    if len(name) == 2 and name[1] == "=":
        return name
    if not name or ":" in name or "=" in name:
        raise ValueError(f'{name!r} names no line: an attribute is "mid", another type is "c="')
    return f"a={name}"
