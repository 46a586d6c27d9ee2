"""What Firefox keeps of a description."""

from collections import defaultdict
from typing import Any

import msgspec


class RefusedError(Exception):
    """Something that Firefox refuses; the text is its own."""


class FailedError(Exception):
    """The first thing that ends a parse; what it is stands in the log."""


class Log:
    """Errors and warnings of a parse, each with the number of its line."""

    def __init__(self) -> None:
        self.line = 0
        self._entries: list[str] = []

    def note(self, message: str, line: int | None = None) -> None:
        """Notes a message at this line, or at the one that is read."""
        self._entries.append(f"SDP Parse Error on line {self.line if line is None else line}: {message}")

    def fail(self, message: str, line: int | None = None) -> FailedError:
        """Notes the message that ends the parse."""
        self.note(message, line)
        return FailedError(message)

    def __str__(self) -> str:
        return "\n".join(self._entries)


class Section:
    """The session or an m-section: its attributes, each with the number of its line."""

    def __init__(self, line: int, session: "Section | None" = None) -> None:
        self.line = line
        self.session = session
        self.attributes: dict[str, list[tuple[int, Any]]] = defaultdict(list)
        self.has_connection = False
        """Whether there is a c= line that SIPCC understands."""
        self.direction = "sendrecv"
        self.kind = ""
        self.port = 0
        self.transport = ""
        self.formats: list[str] = []

    def own(self, name: str) -> list[Any]:
        """The values of an attribute of this section."""
        return [value for _, value in self.attributes.get(name, ())]

    def all(self, name: str) -> list[Any]:
        """The values of an attribute of this section or, where it has none, of the session."""
        return self.own(name) or (self.session.own(name) if self.session else [])

    def first(self, name: str) -> Any:
        """The first of these, or None."""
        return next(iter(self.all(name)), None)

    @property
    def mid(self) -> str | None:
        """The first a=mid."""
        return next(iter(self.own("mid")), None)

    @property
    def is_disabled(self) -> bool:
        """Whether the section is rejected."""
        return not self.port and not self.own("bundle-only")

    @property
    def is_sending(self) -> bool:
        """Whether its side sends."""
        return self.direction in ("sendrecv", "sendonly")

    @property
    def is_receiving(self) -> bool:
        """Whether its side receives."""
        return self.direction in ("sendrecv", "recvonly")


class Description(msgspec.Struct):
    """What SIPCC makes of a text."""

    session: Section
    sections: list[Section]

    def by_mid(self) -> dict[str, Section]:
        """The sections by their mids; of two with the same one the first."""
        return {section.mid: section for section in reversed(self.sections) if section.mid is not None}
