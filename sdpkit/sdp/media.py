"""One m-section as typed values over its lines."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

import msgspec

from sdpkit.codecs.codec import Codec, Feedback
from sdpkit.codecs.parameters import format_parameters
from sdpkit.codecs.static import STATIC_PAYLOAD_TYPES
from sdpkit.finding import Finding, Severity, Span, shorten
from sdpkit.grammar import NUMBERS
from sdpkit.ice.candidate import Candidate
from sdpkit.sdp.attributes.data import Sctpmap
from sdpkit.sdp.attributes.formats import Fmtp, RtcpFeedback, Rtpmap
from sdpkit.sdp.attributes.grouping import Msid
from sdpkit.sdp.attributes.rtcp import Rtcp
from sdpkit.sdp.attributes.security import Crypto
from sdpkit.sdp.attributes.streams import Extmap, Rid, Simulcast, SimulcastDraft, Ssrc, SsrcGroup
from sdpkit.sdp.fields import MEDIA_ORDER, Bandwidth, ConnectionData, EncryptionKey, Media
from sdpkit.sdp.lines import Line
from sdpkit.sdp.section import DIRECTIONS, Flag, Many, One, Section, as_lines, kept

if TYPE_CHECKING:
    from sdpkit.sdp.description import SessionDescription

T = TypeVar("T")


class Source(msgspec.Struct, frozen=True):
    """An RTP stream by its SSRC: what the a=ssrc lines say of it, in their order."""

    ssrc: int
    attributes: tuple[tuple[str, str | None], ...]

    @property
    def cname(self) -> str | None:
        """The canonical name (RFC 3550 §6.5.1): equal for all streams of one end that share a clock."""
        return next((value for name, value in self.attributes if name == "cname"), None)


class DataChannels(msgspec.Struct, frozen=True):
    """The SCTP association of an m-section (RFC 8841). A `max_message_size` of 0 is "any"; absent means 65536."""

    sctp_port: int | None
    max_message_size: int | None
    streams: int | None = None


class MLine(Generic[T]):
    """A view of one part of the m= line, which can be set."""

    def __init__(self, part: str, default: T, doc: str) -> None:
        self._part = part
        self._default = default
        self.__doc__ = doc

    @overload
    def __get__(self, section: None, owner: type) -> Self: ...
    @overload
    def __get__(self, section: "MediaDescription", owner: type) -> T: ...
    def __get__(self, section: "MediaDescription | None", owner: type) -> Self | T:
        if section is None:
            return self
        m_line = section.get("m=")
        value: T = self._default if m_line is None else getattr(m_line, self._part)
        return value

    def __set__(self, section: "MediaDescription", value: T) -> None:
        if isinstance(value, str) and isinstance(self._default, tuple):
            raise TypeError(f"expected a tuple of {self._part}, not one str")
        if section.m_line is None:
            raise ValueError("the m= line of this section cannot be decoded: set m_line as a whole")
        section.m_line = msgspec.structs.replace(section.m_line, **{self._part: value})


class MediaDescription(Section):
    """One m-section: an m= line and what follows it up to the next one (RFC 8866 §5.14)."""

    order = MEDIA_ORDER

    m_line = One[Media]("m=", "The m= line.")
    kind = MLine("kind", "", "audio, video, application, text, image, message …; empty when the m= line is broken.")
    port = MLine("port", 0, "The port of the m= line; 9 stands for none yet, 0 for a rejected or a bundled section.")
    protocol = MLine("protocol", "", "The transport protocol of the m= line, such as UDP/TLS/RTP/SAVPF.")
    formats = MLine[tuple[str, ...]]("formats", (), "The formats of the m= line; payload types where it is RTP.")

    information = One[str]("i=", "A title for the media (i=).")
    connections = Many[ConnectionData]("c=", "The section's own addresses (c=).")
    bandwidths = Many[Bandwidth]("b=", "Bandwidth limits (b=).")
    encryption_key = One[EncryptionKey]("k=", "A key in the clear (k=), obsolete.")

    mid = One[str]("mid", "The name of the section (RFC 5888).")
    msids = Many[Msid]("msid", "The streams and tracks of the section (RFC 8830).")
    bundle_only = Flag("bundle-only", "The section exists only inside its bundle (RFC 9143 §6).")
    candidates = Many[Candidate]("candidate", "ICE candidates (RFC 8839 §5.1).")
    end_of_candidates = Flag("end-of-candidates", "No candidates follow (RFC 8838 §8.2).")
    rtpmaps = Many[Rtpmap]("rtpmap", "What the payload types mean.")
    fmtps = Many[Fmtp]("fmtp", "Parameters of the formats.")
    rtcp_feedback = Many[RtcpFeedback]("rtcp-fb", "The RTCP feedback that may be sent.")
    extmaps = Many[Extmap]("extmap", "Header extensions of this section alone.")
    ssrc_attributes = Many[Ssrc]("ssrc", "What is said of RTP streams; `ssrcs` has it stream by stream.")
    ssrc_groups = Many[SsrcGroup]("ssrc-group", "RTP streams that belong together.")
    rids = Many[Rid]("rid", "RTP streams by name, with their restrictions (RFC 8851).")
    simulcast = One[Simulcast | SimulcastDraft]("simulcast", "Which rids are simulcast layers (RFC 8853).")
    rtcp = One[Rtcp]("rtcp", "Where RTCP goes without multiplexing.")
    rtcp_mux = Flag("rtcp-mux", "RTCP on the port of RTP (RFC 5761).")
    rtcp_mux_only = Flag("rtcp-mux-only", "RTCP on no other port than that of RTP (RFC 8858).")
    rtcp_rsize = Flag("rtcp-rsize", "Reduced-size RTCP (RFC 5506).")
    cryptos = Many[Crypto]("crypto", "SRTP keys in the clear (RFC 4568).")
    sctpmap = One[Sctpmap]("sctpmap", "The SCTP port in the form of old drafts.")

    def __init__(self, m_line: Media | None = None, *, lines: Iterable[Line] = ()) -> None:
        super().__init__(lines)
        self.session: SessionDescription | None = None
        if m_line is not None:
            self.m_line = m_line

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of this section. Set them to change, add, remove or reorder any; a str becomes a new line."""
        self._settle()
        return self._lines

    @lines.setter
    def lines(self, lines: Iterable[Line | str]) -> None:
        self._replace(as_lines(lines, self._lines))

    @property
    def index(self) -> int | None:
        """Which m-section of its session this is, from 0; None while it belongs to none."""
        sections = () if self.session is None else self.session.media
        return next((index for index, section in enumerate(sections) if section is self), None)

    @property
    def direction(self) -> str:
        """Which way media flows, as the writer sees it: the section's own, or the session's, or sendrecv."""
        return self.own_direction or (self.session and self.session.own_direction) or DIRECTIONS[0]

    @direction.setter
    def direction(self, direction: str) -> None:
        self.own_direction = direction

    @property
    def connection(self) -> ConnectionData | None:
        """The address of the media: the section's own c= line, or else the session's."""
        return next(iter(self.connections), None) or (self.session.connection if self.session else None)

    @property
    def header_extensions(self) -> tuple[Extmap, ...]:
        """The header extensions that hold here: the section's own, or else the session's (RFC 8285 §5: never both)."""
        return self.holding("extmap")

    @property
    @kept
    def is_rejected(self) -> bool:
        """Whether port 0 refuses the section (RFC 3264 §6).

        It does not where the section is bundled (RFC 9143 §6), nor in RTSP, where SETUP chooses the port (RFC 2326
        §C.1.1).
        """
        m_line = self.m_line
        return m_line is not None and m_line.port == 0 and not self.bundle_only and "control" not in self

    @property
    def data_channels(self) -> DataChannels | None:
        """The SCTP association of the section; None when its protocol is not SCTP."""
        if "SCTP" not in self.protocol.upper():
            return None
        old = self.sctpmap
        port = self.get("sctp-port")
        return DataChannels(
            port if port is not None or old is None else old.port,
            self.get("max-message-size"),
            None if old is None else old.streams,
        )

    @property
    def ssrcs(self) -> tuple[Source, ...]:
        """The RTP streams that a=ssrc lines name, in the order in which they are first named."""
        attributes: dict[int, list[tuple[str, str | None]]] = defaultdict(list)
        for line in self.ssrc_attributes:
            attributes[line.id].append((line.attribute, line.value))
        return tuple(Source(ssrc, tuple(pairs)) for ssrc, pairs in attributes.items())

    @property
    @kept
    def codecs(self) -> tuple[Codec, ...]:
        """The payload types of the m= line in its order, each with its rtpmap, fmtp, rtcp-fb and rtx.

        A payload type that is neither static (RFC 3551 §6) nor in an rtpmap means nothing and is left out.
        """
        if "RTP" not in self.protocol.upper():
            return ()
        rtpmaps = {rtpmap.payload_type: rtpmap for rtpmap in reversed(self.rtpmaps)}
        fmtps = {fmtp.format: fmtp for fmtp in reversed(self.fmtps)}
        feedback: dict[int | str, list[Feedback]] = defaultdict(list)
        for item in self.rtcp_feedback:
            feedback[item.payload_type].append(Feedback(item.type, item.parameter))
        rtx = {
            apt: payload_type
            for payload_type, rtpmap in rtpmaps.items()
            if rtpmap.name.lower() == "rtx" and (apt := _apt(fmtps.get(str(payload_type)))) is not None
        }
        codecs = []
        for payload_type in dict.fromkeys(map(_payload_type, self.formats)):
            said = _name_rate_channels(rtpmaps.get(payload_type), payload_type)
            if said is not None:
                fmtp = fmtps.get(str(payload_type))
                kinds = (*feedback.get(payload_type, ()), *feedback.get("*", ()))
                codecs.append(
                    Codec(payload_type, *said, fmtp.parameters if fmtp else None, kinds, rtx.get(payload_type))
                )
        return tuple(codecs)

    def codec(self, payload_type: int) -> Codec | None:
        """The codec of one payload type."""
        return self._by_payload_type().get(payload_type)

    @kept
    def _by_payload_type(self) -> dict[int, Codec]:
        return {codec.payload_type: codec for codec in self.codecs}

    def parameter_findings(self) -> Iterator[Finding]:
        """The format parameters that do not fit their codec, each at its place (COD017), once lines are decoded."""
        names: dict[str, str] = {}
        fmtps: list[Line] = []
        for line in self._lines:
            kind = type(line.decoded)
            if kind is Rtpmap:
                names[str(line.decoded.payload_type)] = line.decoded.name
            elif kind is Fmtp:
                fmtps.append(line)
        for line in fmtps:
            name, parameters = names.get(line.decoded.format), line.decoded.parameters
            find = _misfits if len(parameters) < 200 else _misfits.__wrapped__  # long ones are not worth keeping
            if name is not None and (misfits := find(name, parameters)):
                yield from _misfit_findings(line, misfits)

    def copy(self) -> "MediaDescription":
        """A section of its own with the same lines; what it has from its session stays there."""
        return MediaDescription(lines=as_lines(self.lines, ()))

    @property
    def own_lines(self) -> tuple[Line, ...]:
        """The lines as they are kept, maybe not counted yet; for the session."""
        return self._lines

    def holding(self, name: str) -> tuple[Any, ...]:
        return self.get_all(name) or (self.session.get_all(name) if self.session is not None else ())

    def _replace(self, lines: Sequence[Line]) -> None:
        if [line.text.startswith("m=") for line in lines] != [True] + [False] * (len(lines) - 1):
            raise ValueError("an m-section has one m= line, and it is the first")
        super()._replace(lines)
        if self.session is not None:
            self.session.changed()

    def _settle(self) -> None:
        if self.session is not None:
            self.session.settle()

    def __str__(self) -> str:
        lines = self.lines
        common = next((line.ending for line in lines if line.ending), "\r\n")  # for lines that no session has counted
        return "".join(line.text + (line.ending or common * (line.number == 0)) for line in lines)

    def __repr__(self) -> str:
        return f"<MediaDescription {' '.join(line.value for line in self._lines[:1])}>"


@lru_cache(maxsize=512)
def _misfits(name: str, parameters: str) -> tuple[tuple[str, str | None], ...]:
    """The parameters that do not fit; kept, because descriptions of one program have the same ones."""
    return format_parameters(name, parameters).misfits


def _misfit_findings(line: Line, misfits: Iterable[tuple[str, str | None]]) -> Iterator[Finding]:
    """A finding for each misfit, in the order of their places from the end: a repeated one is the last of its name."""
    end = len(line.text)
    for name, value in reversed(tuple(misfits)):
        cited = name if value is None else f"{name}={value}"
        start = max(line.text.rfind(cited, 0, end), 0)
        end = start + 1
        message = f'"{shorten(cited)}" does not fit this codec, or stands here twice'
        span = Span(line.number, start + 1, start + len(cited) + 1)
        yield Finding("COD017", Severity.WARNING, message, span, "RFC 8866 §6.15")


_CHANNELS = re.compile("[0-9]{1,9}").fullmatch


def _payload_type(format: str) -> int:
    """A format of the m= line as a payload type; -1 when it is none."""
    number = NUMBERS.get(format)
    if number is None:
        number = int(format) if format.isascii() and format.isdigit() and len(format) < 4 else -1
    return number if number < 128 else -1


def _apt(fmtp: Fmtp | None) -> int | None:
    """The payload type that a retransmission with these parameters is of (RFC 4588 §8.6: apt); None when unsaid."""
    pairs = () if fmtp is None else fmtp.pairs
    return next((_payload_type(value or "") for name, value in pairs if name.lower() == "apt"), None)


def _name_rate_channels(rtpmap: Rtpmap | None, payload_type: int) -> tuple[str, int, int | None] | None:
    """What a payload type means, from its rtpmap or else from RFC 3551's table."""
    if rtpmap is None:
        return STATIC_PAYLOAD_TYPES.get(payload_type)
    channels = rtpmap.parameters
    return rtpmap.name, rtpmap.clock_rate, int(channels) if channels and _CHANNELS(channels) else None
