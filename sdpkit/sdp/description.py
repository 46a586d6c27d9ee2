"""Session descriptions (RFC 8866) as typed values over their lines."""

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Self

import msgspec

from sdpkit.finding import Finding, Severity, Span
from sdpkit.ice.candidate import Candidate
from sdpkit.sdp.attributes.grouping import Group, MsidSemantic
from sdpkit.sdp.attributes.streams import Extmap
from sdpkit.sdp.decoding import decode_all, findings_of
from sdpkit.sdp.fields import (
    SESSION_ORDER,
    Bandwidth,
    ConnectionData,
    EncryptionKey,
    Origin,
    RepeatTime,
    TimeZones,
    Timing,
)
from sdpkit.sdp.lines import Line, number
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.section import Flag, Many, One, Section, as_lines

if TYPE_CHECKING:
    from sdpkit.sdp.inference import Guess


class SessionDescription(Section):
    r"""A session description: the lines of the session, then its m-sections.

    `str` gives back the text that was parsed, to the letter, but for what was edited since. A trickle fragment
    (RFC 8840 §9) is one too: it has no v= line.

    >>> offer = SessionDescription()
    >>> offer.version, offer.origin, offer.name = 0, Origin("-", 1, 1, "IN", "IP4", "192.0.2.1"), "-"
    >>> offer.timings = [Timing(0, 0)]
    >>> str(offer)
    'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n'
    """

    order = SESSION_ORDER

    version = One[int]("v=", "The version of SDP: 0.")
    origin = One[Origin]("o=", "Who made the session, and its version.")
    name = One[str]("s=", "The name of the session; `-` where there is none.")
    information = One[str]("i=", "What the session is about.")
    uri = One[str]("u=", "Where more is to be read.")
    emails = Many[str]("e=", "Whom to write to.")
    phones = Many[str]("p=", "Whom to call.")
    connection = One[ConnectionData]("c=", "The address of all m-sections that have none of their own.")
    bandwidths = Many[Bandwidth]("b=", "Limits for the whole session.")
    timings = Many[Timing]("t=", "When the session takes place; 0 0 is always.")
    repeats = Many[RepeatTime]("r=", "When it comes again.")
    time_zones = One[TimeZones]("z=", "Where the clock is put forward or back meanwhile.")
    encryption_key = One[EncryptionKey]("k=", "A key in the clear, obsolete.")

    groups = Many[Group]("group", "The m-sections that belong together (RFC 5888).")
    msid_semantic = One[MsidSemantic]("msid-semantic", "The MediaStreams of the session, from before RFC 8830.")
    extmaps = Many[Extmap]("extmap", "Header extensions that hold for all m-sections.")
    candidates = Many[Candidate]("candidate", "Candidates before the first m= line: only a fragment has some.")
    ice_lite = Flag("ice-lite", "An ICE lite agent wrote this: it answers checks and makes none (RFC 8445 §2.5).")
    ice_pacing = One[int]("ice-pacing", "The wanted time between two checks, in ms (RFC 8839 §5.5).")

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        super().__init__()
        self._media: tuple[MediaDescription, ...] = ()
        self._counted: tuple[Line, ...] | None = None  # all lines, once they have their numbers
        self._ending = "\r\n"
        self._divide(lines)

    def _divide(self, lines: Iterable[Line]) -> None:
        """Gives each line to the session or to its m-section."""
        lines = self._counted = tuple(lines)
        for section in self._media:
            section.session = None
        self._ending = next((line.ending for line in lines if line.ending), self._ending)
        # most lines begin with a=, which the first comparison rules out at less cost
        starts = [place for place, line in enumerate(lines) if line.text > "m" and line.text.startswith("m=")]
        super()._replace(lines[: starts[0]] if starts else lines)
        self._media = tuple(MediaDescription(lines=lines[a:b]) for a, b in pairwise([*starts, len(lines)]))
        for section in self._media:
            section.session = self

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines of the text. Set them to change, add, remove or reorder any; a str becomes a new line."""
        return self.settle()

    @lines.setter
    def lines(self, lines: Iterable[Line | str]) -> None:
        self._divide(as_lines(lines, self._all_lines()))
        self.changed()

    @property
    def session_lines(self) -> tuple[Line, ...]:
        """The lines before the first m= line."""
        self.settle()
        return self._lines

    @property
    def media(self) -> tuple[MediaDescription, ...]:
        """The m-sections. Set them to add, remove or reorder any; a section of another description is copied."""
        return self._media

    @media.setter
    def media(self, sections: Iterable[MediaDescription]) -> None:
        for section in self._media:
            section.session = None
        own: list[MediaDescription] = []
        for section in sections:
            own.append(section if section.session is None else section.copy())
            own[-1].session = self
        self._media = tuple(own)
        self.changed()

    def section(self, mid: str) -> MediaDescription | None:
        """The m-section with this mid."""
        return next((section for section in self._media if section.mid == mid), None)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What cannot be read in the text, each finding at its place, in the order of the lines."""
        lines = self.lines
        decode_all(lines)
        found = [finding for line in lines if line.faults for finding in findings_of(line)]
        for section in self._media:
            found += section.parameter_findings()
        found.sort(key=lambda finding: finding.span.line)
        if not any(line.text.strip() for line in lines):
            empty = Finding("SYN001", Severity.ERROR, "there is nothing to read", Span(1, 1, 2), "RFC 8866 §5")
            return (empty, *found)
        return tuple(found)

    @property
    def type(self) -> "Guess":
        """Whether this is an offer or an answer, guessed, with the signs that say so (`sdpkit.sdp.inference`)."""
        from sdpkit.sdp.inference import infer_type  # noqa: PLC0415  it needs descriptions itself

        return infer_type(self)

    @property
    def maker(self) -> "Guess":
        """Which program wrote this, guessed, with the signs that say so (`sdpkit.sdp.inference`)."""
        from sdpkit.sdp.inference import infer_maker  # noqa: PLC0415  it needs descriptions itself

        return infer_maker(self)

    @property
    def is_fragment(self) -> bool:
        """Whether this is not a whole description but a piece to trickle: it has no v= line (RFC 8840 §9)."""
        return "v=" not in self and bool(self._lines or self._media)

    @property
    def uses_ice(self) -> bool:
        """Whether any m-section has ICE credentials."""
        return any(section.ice.ufrag for section in self._media) or "ice-ufrag" in self

    @property
    def is_trickle(self) -> bool:
        """Whether candidates are still to come: ICE is used, there is none yet, and none are said to be all."""
        sections = [self, *self._media]
        return self.uses_ice and not any("candidate" in part or "end-of-candidates" in part for part in sections)

    @property
    def is_vanilla(self) -> bool:
        """Whether the candidates are in the description (RFC 8445's way): ICE is used and there are some."""
        return self.uses_ice and not self.is_trickle

    def copy(self) -> Self:
        """A description of its own with the same text."""
        return type(self)(msgspec.structs.replace(line) for line in self.lines)

    def changed(self) -> None:
        """Called by sections after an edit: numbers and offsets are to be counted again before anyone sees them."""
        self._counted = None

    def settle(self) -> tuple[Line, ...]:
        """Counts numbers and offsets again, if an edit has moved lines; gives all lines."""
        if self._counted is None:
            self._counted = self._all_lines()
            number(self._counted, self._ending)
        return self._counted

    def _replace(self, lines: Sequence[Line]) -> None:
        if any(line.text.startswith("m=") for line in lines):
            raise ValueError("an m= line begins an m-section: set media, or lines")
        super()._replace(lines)
        self.changed()

    def _all_lines(self) -> tuple[Line, ...]:
        return tuple(chain(self._lines, *(section.own_lines for section in self._media)))

    def __str__(self) -> str:
        return "".join([line.text + line.ending for line in self.lines])

    def __bytes__(self) -> bytes:
        try:
            return str(self).encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:  # surrogates that never were bytes
            return str(self).encode("utf-8", "surrogatepass")

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, SessionDescription) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # it can be edited

    def __repr__(self) -> str:
        return f"<SessionDescription {len(self.lines)} lines, {[section.kind for section in self._media]}>"
