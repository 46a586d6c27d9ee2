"""ICE credentials, options and candidates (ICE)."""

import ipaddress
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import Any

from sdpkit.finding import Edit, Fix, Severity, shorten
from sdpkit.ice.address import Family, Scope, family, scope
from sdpkit.ice.candidate import Candidate
from sdpkit.ice.priority import Priority
from sdpkit.rules.compatibility import is_plain_rtp
from sdpkit.rules.rule import WEB, Hit, Subject, at, drop, found_by_parser, place, rewrite, rule
from sdpkit.sdp.decoding import decode
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.section import Section, kept

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

_ICE_CHARS = re.compile("[A-Za-z0-9+/]+").fullmatch
_TOLERATED = re.compile("[A-Za-z0-9+/=#_-]+").fullmatch  # what Chromium lets through
_NUMBER = re.compile("[0-9]{1,1000}").fullmatch
_WORD = re.compile("[^ \t]+")


# --- what an agent says of itself ---


def _credentials(subject: Subject, name: str) -> Iterator[tuple[Line, str]]:
    """All lines of ice-ufrag or ice-pwd that say something, each with what it says."""
    for part in (subject.description, *subject.media):
        yield from _said_in(part, name)


def _said_in(part: Section, name: str) -> Iterator[tuple[Line, str]]:
    for line in part.lines_of(name):
        value = line.text.partition(":")[2].strip(" \t")
        if value:
            yield line, value


def _said(subject: Subject, section: Section, name: str) -> Line | None:
    """The line of ice-ufrag or ice-pwd that holds in a section, also where its value is wrong."""
    own, common = _said_in(section, name), _said_in(subject.description, name)
    return next((line for line, _ in chain(own, common)), None)


@rule(
    "ICE001",
    ERROR,
    "RFC 8839 §5.4",
    profiles=WEB,
    bad="-a=ice-ufrag:abcd\n-a=ice-pwd:0123456789abcdefghijkl",
)
def no_credentials(subject: Subject) -> Iterator[Hit]:
    """A section has no ice-ufrag or no ice-pwd, neither its own nor the session's.

    Every check that ICE makes is signed with them, so no connection can be made. Chromium says "Called with SDP
    without ice-ufrag and ice-pwd", Firefox "no ice-ufrag attribute at level 0", aiortc "ICE username fragment or
    password is missing". Sections that are bundled behind another one need none. A misspelt attribute name or a SIP
    peer without ICE are the usual causes.
    """
    if is_plain_rtp(subject.description):
        return
    for section in subject.transports:
        missing = [name for name in ("ice-ufrag", "ice-pwd") if _said(subject, section, name) is None]
        if missing and any(name in section.protocol.upper() for name in ("RTP", "SCTP")):
            yield Hit(section.lines_of("m=")[0], f"no a={' and no a='.join(missing)}, here or in the session")


@rule("ICE002", ERROR, "RFC 8839 §5.4", bad="-a=ice-ufrag:abcd\n+a=ice-ufrag:abc")
def length_of_ufrag(subject: Subject) -> Iterator[Hit]:
    """The ice-ufrag is shorter than 4 or longer than 256 characters.

    Chromium refuses it: "ICE ufrag must be between 4 and 256 characters long". Firefox refuses short ones only,
    aiortc none. Use the value that the agent made, to the letter: a shortened one fails every check.
    """
    for line, ufrag in _credentials(subject, "ice-ufrag"):
        if not 4 <= len(ufrag) <= 256:
            yield at(line, ufrag, f"an ice-ufrag has 4 to 256 characters, this one {len(ufrag)}")


@rule("ICE003", ERROR, "RFC 8839 §5.4", bad="-a=ice-pwd:…\n+a=ice-pwd:0123456789abcdefghijk")
def length_of_pwd(subject: Subject) -> Iterator[Hit]:
    """The ice-pwd is shorter than 22 or longer than 256 characters.

    22 characters hold the 128 bits that the key of the checks must have. Chromium refuses it: "ICE pwd must be
    between 22 and 256 characters long"; Firefox refuses short ones only, aiortc none. Often ufrag and pwd have
    changed places, or the text was cut.
    """
    for line, pwd in _credentials(subject, "ice-pwd"):
        if not 22 <= len(pwd) <= 256:
            yield at(line, pwd, f"an ice-pwd has 22 to 256 characters, this one {len(pwd)}")


@rule("ICE004", NOTE, "RFC 8839 §5.4", pedantic=True, bad=f"-a=ice-ufrag:abcd\n+a=ice-ufrag:{'abcd' * 10}")
def long_ufrag(subject: Subject) -> Iterator[Hit]:
    """The ice-ufrag is longer than 32 characters.

    An agent must not send more than 32, although it must take up to 256. Browsers and aiortc take it.
    """
    for line, ufrag in _credentials(subject, "ice-ufrag"):
        if 32 < len(ufrag) <= 256:
            yield at(line, ufrag, f"an agent sends at most 32 characters of ice-ufrag, these are {len(ufrag)}")


@rule("ICE005", ERROR, "RFC 8839 §5.4", bad="-a=ice-ufrag:abcd\n+a=ice-ufrag:ab$d")
def characters_of_credentials(subject: Subject) -> Iterator[Hit]:
    """The ice-ufrag or ice-pwd has a character that is no letter, digit, "+" or "/".

    Chromium says "ICE ufrag must contain only alphanumeric characters, '+', and '/'", Firefox "ice-ufrag contains
    invalid characters"; both let "-", "_" and "=" through, which makes those a warning. aiortc takes all. Base64 in
    its URL form is the usual cause: make the value of letters and digits.
    """
    for name in ("ice-ufrag", "ice-pwd"):
        for line, value in _credentials(subject, name):
            odd = next((character for character in value if not _ICE_CHARS(character)), None)
            if odd is not None:
                start = line.text.index(odd, line.text.index(":"))
                severity = WARNING if _TOLERATED(value) else ERROR
                yield Hit(line, f'"{odd}" may not stand in an {name}', start, start + 1, severity=severity)


@rule("ICE006", ERROR, "RFC 8839 §5.4", bad="-a=ice-pwd:0123456789abcdefghijkl")
def half_credentials(subject: Subject) -> Iterator[Hit]:
    """There is an ice-ufrag without ice-pwd, or an ice-pwd without ice-ufrag.

    Either is worth nothing without the other. Browsers and aiortc refuse it, as if both were missing; Chromium also in
    an offered section that is bundled behind another one. They stand together, in the section or in the session.
    """
    for section in subject.live:
        for name, other in (("ice-ufrag", "ice-pwd"), ("ice-pwd", "ice-ufrag")):
            line = _said(subject, section, name)
            if line is not None and _said(subject, section, other) is None:
                yield Hit(line, f"{name} without {other}")


@rule(
    "ICE007",
    ERROR,
    "RFC 8839 §5.4",
    pedantic=True,
    bad="-a=ice-pwd:0123456789abcdefghijkl\n+a=ice-pwd:another89abcdefghijklm",
)
def one_ufrag_two_pwds(subject: Subject) -> Iterator[Hit]:
    """Two sections have the same ice-ufrag with different ice-pwd.

    A check names only the ufrag, so the agent cannot know which password signs it. Browsers and aiortc take it; the
    checks of one of the sections then fail. Give a section with another password another ufrag too.
    """
    known: dict[str, tuple[str, Line]] = {}
    for section in subject.live:
        for line in section.lines_of("ice-pwd")[:1]:
            pwd, ufrag = decode(line), section.ice.ufrag
            if pwd is None or ufrag is None:
                continue
            first, where = known.setdefault(ufrag, (pwd, line))
            if first != pwd:
                yield at(
                    line,
                    pwd,
                    f'ice-ufrag "{shorten(ufrag)}" has another ice-pwd in an earlier section',
                    related=(place(where, "the first password"),),
                )


@rule("ICE009", WARNING, "RFC 8839 §5.3", bad="-a=mid:0\n+a=mid:0\n+a=ice-lite", good="-t=0 0\n+t=0 0\n+a=ice-lite")
def lite_in_a_section(subject: Subject) -> Iterator[Hit]:
    """The ice-lite stands in an m-section.

    It is about the whole agent and belongs before the first m= line. Chromium and Firefox ignore it in a section: they
    take the peer for a full agent, and where that one offered, both wait for the other to nominate a pair.
    """
    session = subject.description
    moved = bool(session.lines_of("ice-lite"))
    for section in subject.media:
        for line in section.lines_of("ice-lite"):
            fix = drop(line)
            if not moved and session.session_lines:
                last = session.session_lines[-1]
                edits = (Edit(last.number, f"{last.text}\na=ice-lite"), Edit(line.number, None))
                fix = Fix("move it to the session", True, edits)
            yield Hit(line, "a=ice-lite in an m-section is ignored", help="move it before the first m= line", fix=fix)
            moved = True


@rule("ICE010", WARNING, "RFC 8839 §5.6", pedantic=True, bad="-a=ice-options:trickle\n+a=ice-options:ice2,trickle")
def malformed_options(subject: Subject) -> Iterator[Hit]:
    """The ice-options are not tags separated by single blanks.

    A tag is made of letters, digits, "+" and "/". "ice2,trickle" is one unknown tag, and the peer does not learn that
    candidates may be trickled. Browsers and aiortc take the line; libdatachannel writes commas.
    """
    for part in (subject.description, *subject.media):
        for line in part.lines_of("ice-options"):
            name, _, value = line.text.partition(":")
            bad = next((tag for tag in value.split() if not _ICE_CHARS(tag)), None)
            if not value.strip():
                yield Hit(line, "ice-options without a tag", fix=drop(line))
            elif bad is not None:
                tags = [tag for tag in re.split("[ \t,]+", value) if tag]
                fix = rewrite(line, f"{name}:{' '.join(tags)}", "separate the tags by blanks") if "," in bad else None
                yield at(line, bad, f'"{shorten(bad)}" is no tag of ice-options', fix=fix)


@rule(
    "ICE011",
    NOTE,
    "RFC 8839 §4.2.1.5",
    pedantic=True,
    bad="-a=ice-options:trickle\n-a=ice-options:trickle\n-a=ice-options:trickle",
    good="-a=ice-options:trickle\n+a=ice-options:trickle ice2",
)
def no_ice2(subject: Subject) -> Iterator[Hit]:
    """The ice-options do not have ice2.

    Every agent after RFC 8445 must say so, and no browser does: none reads it either. libdatachannel writes it. Say it
    only for an agent that really follows RFC 8445.
    """
    parts: tuple[Section, ...] = (subject.description, *subject.media)
    options = [tag for part in parts for tags in part.get_all("ice-options") for tag in tags]
    if any("ice2" in tag.split(",") for tag in options):
        return
    said = [line for part in parts for line in part.lines_of("ice-options") if decode(line)]
    lines = said or [line for part in parts for line in part.lines_of("ice-ufrag")]
    edits = tuple(Edit(line.number, f"{line.text} ice2") for line in said)
    fix = Fix("add ice2", False, edits) if edits else None
    yield from (Hit(line, "ice2 is not among the ICE options", fix=fix) for line in lines[:1])


# --- whether there are candidates, and where media goes without them ---


@kept
def _candidates(part: Section) -> list[tuple[Line, Candidate]]:
    """The candidates of a part of the description that can be read, with their lines."""
    return [(line, found) for line in part.lines_of("candidate") if (found := decode(line)) is not None]


def _all_candidates(subject: Subject) -> list[tuple[Line, Candidate]]:
    """The candidates of all live sections."""
    return [pair for section in subject.live for pair in _candidates(section)]


def _waiting(subject: Subject) -> MediaDescription | None:
    """The first section with ICE, if no section has a candidate."""
    sections = [section for section in subject.live if section.ice.ufrag]
    if subject.description.is_fragment or any(section.lines_of("candidate") for section in subject.live):
        return None
    return sections[0] if sections else None


def _has_ended(subject: Subject) -> bool:
    return any("end-of-candidates" in part for part in (subject.description, *subject.live))


def _may_trickle(subject: Subject) -> bool:
    return any(section.ice.trickle for section in subject.live)


_WAIT = 'wait until iceGatheringState is "complete", then take localDescription.sdp'
_NO_CANDIDATES = "-a=candidate:1…\n-a=candidate:2…"


@rule(
    "ICE012",
    WARNING,
    "RFC 8839 §4.3.1",
    bad=_NO_CANDIDATES + "\n-a=ice-options:trickle" * 3,
    good=_NO_CANDIDATES,
)
def no_candidates(subject: Subject) -> Iterator[Hit]:
    """There is no candidate in any section, and none are announced.

    Browsers and aiortc take such a description, and then nothing connects, without any error. It was copied before
    gathering ended, or gathering found no address. Wait for the end of gathering, or trickle.
    """
    section = _waiting(subject)
    if section is None:
        return
    if _has_ended(subject):
        yield Hit(section.lines_of("m=")[0], "no candidate at all, and a=end-of-candidates says that none follow")
    elif not _may_trickle(subject):
        message = "no candidate at all, and a=ice-options does not say that they trickle"
        yield Hit(section.lines_of("m=")[0], message, help=_WAIT)


@rule("ICE013", NOTE, "RFC 8840 §4.1.1", bad=_NO_CANDIDATES)
def candidates_to_come(subject: Subject) -> Iterator[Hit]:
    """There is no candidate yet: they must follow one by one.

    That is how browsers trickle, as long as something carries each icecandidate event to the other side. Who copies
    descriptions by hand must wait for the end of gathering first.
    """
    section = _waiting(subject)
    if section is not None and _may_trickle(subject) and not _has_ended(subject):
        yield Hit(section.lines_of("m=")[0], "no candidate yet: each must be sent separately", help=_WAIT)


@rule(
    "ICE014",
    WARNING,
    "RFC 8839 §4.2.5",
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 5000 UDP/TLS/RTP/SAVPF 111 0\n"
    "-c=IN IP4 0.0.0.0\n+c=IN IP4 192.0.2.77",
    good="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 54321 UDP/TLS/RTP/SAVPF 111 0\n"
    "-c=IN IP4 0.0.0.0\n+c=IN IP4 192.0.2.10",
)
def default_destination(subject: Subject) -> Iterator[Hit]:
    """The address of c= and the port of m= are not among the candidates.

    An agent that finds this takes it for the work of a gateway that does not know ICE, and gives ICE up
    (a=ice-mismatch). Browsers and aiortc do not look. Write a candidate's address and port there, or 0.0.0.0 and 9.
    """
    for section in subject.live:
        connection, candidates = section.connection, _candidates(section)
        if connection is None or not candidates or len(candidates) < len(section.lines_of("candidate")):
            continue
        default = (_normal(connection.address), section.port)
        offered = {(_normal(candidate.address), candidate.port) for _, candidate in candidates}
        hidden = {candidate.port for _, candidate in candidates if candidate.scope in _UNKNOWN}
        unknown = section.port in (0, 9, *hidden) or scope(connection.address) in _UNKNOWN
        if not unknown and default not in offered:
            lines = section.lines_of("c=") or subject.description.lines_of("c=")
            message = f"{connection.address} port {section.port} is none of the candidates of this section"
            yield at(lines[0], connection.address, message, fix=_no_destination(section))


_UNKNOWN = (Scope.UNSPECIFIED, Scope.MASKED, Scope.NAME, Scope.MDNS)


def _no_destination(section: MediaDescription) -> Fix | None:
    """0.0.0.0 and port 9, which no candidate has to have."""
    if not section.lines_of("c="):
        return None
    line = section.lines_of("m=")[0]
    text, is_port = re.subn(r"^(m=\S*[ \t]+)[0-9]+", r"\g<1>9", line.text)
    zeros = Edit(section.lines_of("c=")[0].number, "c=IN IP4 0.0.0.0")
    return Fix("write 0.0.0.0 and port 9", True, (Edit(line.number, text), zeros)) if is_port else None


def _normal(address: str) -> str:
    """An IP address in its one short form, anything else in lower case."""
    if ":" not in address:
        return address.lower()  # an IPv4 address has no other form
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return address.lower()


@rule("ICE015", NOTE, "RFC 8839 §5.3", pedantic=True, bad="-a=mid:0\n+a=mid:0\n+a=ice-mismatch")
def mismatch(subject: Subject) -> Iterator[Hit]:
    """The peer has given up ICE for this section (a=ice-mismatch).

    It found an address in c= and m= that was no candidate, as a gateway without ICE leaves it. Media goes to the plain
    addresses then. Browsers and aiortc ignore the line and go on with ICE, alone.
    """
    for section in subject.live:
        yield from (Hit(line, "ICE is given up for this section") for line in section.lines_of("ice-mismatch"))


@rule(
    "ICE016",
    WARNING,
    "RFC 8839 §5.2",
    pedantic=True,
    bad="answer:\n-a=mid:0\n+a=mid:0\n+a=remote-candidates:1 192.0.2.10 54321",
    good="-a=mid:0\n+a=mid:0\n+a=remote-candidates:1 192.0.2.20 54321",
)
def remote_candidates_in_an_answer(subject: Subject) -> Iterator[Hit]:
    """The remote-candidates stand in an answer.

    Only the controlling agent sends them, in an offer after ICE has ended. Browsers ignore the line.
    """
    for section in subject.live if subject.type == "answer" else ():
        for line in section.lines_of("remote-candidates"):
            yield Hit(line, "a=remote-candidates belongs into an offer", fix=drop(line))


@rule("ICE017", NOTE, "RFC 8839 §5.5", pedantic=True, bad="-t=0 0\n+t=0 0\n+a=ice-pacing:abc")
def pacing(subject: Subject) -> Iterator[Hit]:
    """The ice-pacing is no number of at most ten digits, stands in an m-section, or next to ice-lite.

    It is the whole agent's time between two checks in ms, and a lite agent makes none. Without it 50 ms hold, and the
    larger value of both sides. Browsers and aiortc ignore it.
    """
    for line in subject.description.lines_of("ice-pacing"):
        value = line.text.partition(":")[2].strip(" \t")
        if not re.fullmatch("[0-9]{1,10}", value):
            yield at(line, value, f'ice-pacing is a number of ms, not "{shorten(value)}"')
        elif subject.description.ice_lite:
            yield Hit(line, "a lite agent makes no checks: a=ice-pacing has no meaning", fix=drop(line))
    for section in subject.media:
        yield from (Hit(line, "a=ice-pacing is for the whole session") for line in section.lines_of("ice-pacing"))


@rule(
    "ICE018",
    WARNING,
    "RFC 8858 §5.3",
    pedantic=True,
    bad="-a=candidate:2…\n+a=candidate:1 2 udp 2122260222 192.0.2.10 54322 typ host\n"
    "-a=rtcp-mux\n+a=rtcp-mux\n+a=rtcp-mux-only",
)
def candidates_for_rtcp(subject: Subject) -> Iterator[Hit]:
    """There are candidates for RTCP alone (component 2) where it shares the port of RTP, or only such.

    With a=rtcp-mux-only there must be none; with component 2 alone, RTP has nowhere to go. Browsers leave them unused.
    """
    for section in subject.live:
        candidates = _candidates(section)
        second = [line for line, candidate in candidates if candidate.component == 2]
        if section.rtcp_mux_only:
            for line in second:
                yield Hit(line, "component 2 is of no use next to a=rtcp-mux-only", fix=drop(line))
        elif second and len(second) == len(candidates):
            yield Hit(second[0], "all candidates are of component 2: there is none for RTP")


# --- one candidate ---


class CandidateLine:
    """A candidate by its words, as far as they go: foundation, component, transport, priority, address, port, typ, …"""

    def __init__(self, line: Line) -> None:
        self.line = line

    @property
    def start(self) -> int:
        """Where the first word stands."""
        return self._spans[0][0]

    @cached_property
    def words(self) -> list[str]:
        return [self.line.text[start:end] for start, end in self._spans]

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        """Where the words stand; the foundation is empty where a blank begins a value that cannot be read."""
        text = self.line.text
        start = len(text.partition(":")[0]) + 1
        missing = [(start, start)] if self.candidate is None and text[start : start + 1] == " " else []
        return missing + [word.span() for word in _WORD.finditer(text, start)]

    @cached_property
    def is_aligned(self) -> bool:
        """Whether each word stands where it belongs, whatever it says."""
        return len(self.words) >= 8 and self.words[6] == "typ"

    @property
    def candidate(self) -> Candidate | None:
        found = decode(self.line)
        return found if isinstance(found, Candidate) else None

    @cached_property
    def pairs(self) -> dict[str, int]:
        """Where the names of pairs behind the type first stand."""
        found: dict[str, int] = {}
        for index in range(8, len(self.words), 2):
            found.setdefault(self.words[index], index)
        return found

    def value_of(self, name: str) -> str | None:
        """The value of a pair, as it is written."""
        index = self.pairs.get(name, len(self.words)) + 1
        return self.words[index] if index < len(self.words) else None

    def hit(self, index: int, message: str, **more: Any) -> Hit:
        """A hit at one word."""
        start, end = self._spans[index]
        return Hit(self.line, message, start, max(end, start + 1), **more)

    def pair_hit(self, name: str, message: str, **more: Any) -> Hit:
        """A hit at a pair: name and value."""
        index = self.pairs[name]
        last = min(index + 1, len(self.words) - 1)
        return Hit(self.line, message, self._spans[index][0], self._spans[last][1], **more)

    def written(self, changes: dict[int, str | None]) -> str:
        """The line with other words in some places; None takes a word away."""
        words = [changes.get(index, word) for index, word in enumerate(self.words)]
        return "a=candidate:" + " ".join(word for word in words if word is not None)

    def without(self, name: str) -> str:
        """The line without a pair."""
        index = self.pairs[name]
        return self.written({index: None, index + 1: None})


_FOUNDATION, _COMPONENT, _TRANSPORT, _PRIORITY, _ADDRESS, _PORT, _TYP, _TYPE = range(8)


def candidate_lines(subject: Subject) -> Iterator[CandidateLine]:
    """All candidate lines, also those before the first m= line."""
    for part in (subject.description, *subject.media):
        yield from _candidate_lines(part)


@kept
def _candidate_lines(part: Section) -> list[CandidateLine]:
    return [CandidateLine(line) for line in part.lines_of("candidate")]


def _aligned(subject: Subject) -> Iterator[CandidateLine]:
    return (found for found in candidate_lines(subject) if found.is_aligned)


def _readable(subject: Subject) -> Iterator[tuple[CandidateLine, Candidate]]:
    return ((found, found.candidate) for found in candidate_lines(subject) if found.candidate is not None)


def _instead(body: str) -> str:
    """An example: the first candidate of the offer becomes this one."""
    return f"-a=candidate:1…\n+a=candidate:{body}"


@found_by_parser("ICE020", ERROR, "RFC 8839 §5.1", bad=_instead("1 1 udp 2122260223 192.0.2.10 54321"))
def malformed_candidate() -> None:
    """A candidate is not made of foundation, component, transport, priority, address, port, "typ" and type.

    In a description one such line makes Chromium refuse the whole ("Expect at least 8 fields"), and addIceCandidate
    fails with "Error processing ICE candidate". Firefox drops the candidate without a word; aiortc raises
    AssertionError. Fields are separated by one single blank.
    """


@rule("ICE021", ERROR, "RFC 8839 §5.1", bad=_instead("1 1 udp 2122260223 192.0.2.10 54321 typ nat"))
def candidate_type(subject: Subject) -> Iterator[Hit]:
    """The type of a candidate is missing, or is not host, srflx, prflx or relay.

    Chromium refuses the whole description ("Unsupported candidate type"), in upper case too. Firefox drops the
    candidate without a word, aiortc keeps it.
    """
    for found in candidate_lines(subject):
        if found.words and "typ" not in found.words:
            yield Hit(found.line, 'the candidate has no "typ"', found.start)
        elif found.is_aligned and found.words[_TYPE] not in ("host", "srflx", "prflx", "relay"):
            word = shorten(found.words[_TYPE])
            yield found.hit(_TYPE, f'"{word}" is no type of candidate: host, srflx, prflx or relay')


@rule("ICE022", ERROR, "RFC 8839 §5.1", bad=_instead("1 0 udp 2122260223 192.0.2.10 54321 typ host"))
def component(subject: Subject) -> Iterator[Hit]:
    """The component of a candidate is not a number from 1 to 256.

    1 is RTP or data, 2 is RTCP; more are not used, which makes those a warning. Chromium refuses only what is no
    number ("Invalid component id"). A candidate of an unknown component is never paired.
    """
    for found in _aligned(subject):
        word = found.words[_COMPONENT]
        if not _NUMBER(word) or not 1 <= int(word) <= 256:
            yield found.hit(_COMPONENT, f'the component is a number from 1 to 256, not "{shorten(word)}"')
        elif int(word) > 2:
            message = f"only components 1 (RTP, data) and 2 (RTCP) are used, not {word}"
            yield found.hit(_COMPONENT, message, severity=WARNING)


@rule("ICE023", ERROR, "RFC 8445 §5.1.2", bad=_instead("1 1 udp 4294967296 192.0.2.10 54321 typ host"))
def priority_range(subject: Subject) -> Iterator[Hit]:
    """The priority of a candidate is not a number from 1 to 2^31 - 1.

    Chromium refuses the whole description where it is negative or beyond 32 bits ("Invalid priority"), and takes 0 and
    2^31. Pairs are ordered by this number on both sides, so both must read the same one.
    """
    for found in _aligned(subject):
        word = found.words[_PRIORITY]
        if not _NUMBER(word) or not 1 <= int(word) < 2**31:
            yield found.hit(_PRIORITY, f'the priority is a number from 1 to 2147483647, not "{shorten(word)}"')


@rule("ICE024", ERROR, "RFC 8839 §5.1", bad=_instead("1 1 udp 2122260223 192.0.2.10 70000 typ host"))
def port(subject: Subject) -> Iterator[Hit]:
    """The port of a candidate is not a number up to 65535, or is one that nobody connects to.

    Chromium refuses the whole description beyond 65535 ("Invalid port"), and silently ignores candidates with a port
    below 1024, but for 80 and 443 on public addresses: those are warnings. TCP candidates of type active are not
    meant to be connected to and have port 9. The rport is a number up to 65535 too.
    """
    for found in _aligned(subject):
        rport = found.value_of("rport")
        if rport is not None and not _is_port(rport):
            yield found.pair_hit("rport", f'the rport is a number up to 65535, not "{shorten(rport)}"')
        word = found.words[_PORT]
        if not _is_port(word):
            yield found.hit(_PORT, f'the port is a number up to 65535, not "{shorten(word)}"')
        elif int(word) < 1024 and not _is_active(found) and not _has_discard_port(found):
            if int(word) not in (80, 443):
                message = f"libwebrtc ignores candidates with port {int(word)}: below 1024 only 80 and 443 are used"
                yield found.hit(_PORT, message, severity=WARNING)
            elif scope(found.words[_ADDRESS]) in _INSIDE:
                message = f"libwebrtc ignores port {word} on the private address {shorten(found.words[_ADDRESS])}"
                yield found.hit(_PORT, message, severity=WARNING)


_INSIDE = (Scope.PRIVATE, Scope.SHARED, Scope.LINK_LOCAL, Scope.LOOPBACK)


def _is_port(word: str) -> bool:
    return _NUMBER(word) is not None and int(word) <= 65535


def _is_active(found: CandidateLine) -> bool:
    """Whether this is a TCP candidate that only connects, and listens nowhere."""
    candidate = found.candidate
    return candidate is not None and candidate.transport.lower() != "udp" and candidate.tcptype == "active"


def _has_discard_port(found: CandidateLine) -> bool:
    """Whether this is a TCP candidate with the port of active ones, whatever its tcptype says."""
    return found.words[_PORT] == "9" and found.words[_TRANSPORT].lower() != "udp"


@rule("ICE025", ERROR, "RFC 8839 §5.1", bad=_instead("1 1 sctp 2122260223 192.0.2.10 54321 typ host"))
def transport(subject: Subject) -> Iterator[Hit]:
    """The transport of a candidate is neither udp nor tcp.

    Chromium refuses the whole description ("Unsupported transport type"), Firefox drops the candidate without a word.
    "tcp-pass", "tcp-act" and "tcp-so" are from drafts: now it is tcp, with a tcptype.
    """
    for found in _aligned(subject):
        word = found.words[_TRANSPORT].lower()
        if word not in ("udp", "tcp", "ssltcp", "tls"):
            kind = {"tcp-pass": "passive", "tcp-act": "active", "tcp-so": "so"}.get(word)
            fix = kind and rewrite(
                found.line,
                f"{found.written({_TRANSPORT: 'tcp'})} tcptype {kind}",
                f"write tcp … tcptype {kind}",
                safe=False,
            )
            yield found.hit(_TRANSPORT, f'"{shorten(word)}" is neither udp nor tcp', fix=fix or None)


@rule("ICE026", ERROR, "RFC 6544 §4.5", bad=_instead("1 1 tcp 1518280447 192.0.2.10 54321 typ host"))
def no_tcptype(subject: Subject) -> Iterator[Hit]:
    """A TCP candidate has no tcptype.

    Without it nobody knows who connects to whom. Chromium and Firefox take it for passive; one that is really active
    is then waited for in vain.
    """
    for found, candidate in _readable(subject):
        if candidate.transport.lower() == "tcp" and "tcptype" not in found.pairs:
            kind = "active" if candidate.port == 9 else "passive"
            fix = rewrite(found.line, f"{found.written({})} tcptype {kind}", f"add tcptype {kind}", safe=False)
            yield found.hit(_TRANSPORT, "a TCP candidate needs a tcptype: active, passive or so", fix=fix)


@rule(
    "ICE027",
    ERROR,
    "RFC 6544 §4.5",
    bad=_instead("1 1 tcp 1518280447 192.0.2.10 54321 typ host tcptype simultaneous"),
    good=_instead("1 1 tcp 1518280447 192.0.2.10 54321 typ host tcptype so"),
)
def tcptype(subject: Subject) -> Iterator[Hit]:
    """The tcptype of a candidate is not active, passive or so, or the candidate is not TCP.

    Chromium refuses the whole description: "Invalid TCP candidate type", "Invalid non-TCP candidate".
    """
    for found, candidate in _readable(subject):
        if candidate.tcptype is None:
            continue
        if candidate.transport.lower() == "udp":
            fix = rewrite(found.line, found.without("tcptype"), "take the tcptype away")
            yield found.pair_hit("tcptype", "a UDP candidate has no tcptype", fix=fix)
        elif candidate.tcptype not in ("active", "passive", "so"):
            message = f'"{shorten(candidate.tcptype)}" is no tcptype: active, passive or so'
            yield found.pair_hit("tcptype", message)


@rule(
    "ICE028",
    WARNING,
    "RFC 6544 §4.5",
    pedantic=True,
    bad=_instead("1 1 tcp 1518280447 192.0.2.10 50000 typ host tcptype active"),
    good=_instead("1 1 tcp 1518280447 192.0.2.10 9 typ host tcptype active"),
)
def port_of_active(subject: Subject) -> Iterator[Hit]:
    """An active TCP candidate has another port than 9.

    It only connects and listens nowhere, so the port must be 9, discard. Browsers write 9 and take any.
    """
    for found in _aligned(subject):
        if _is_active(found) and found.words[_PORT] != "9":
            fix = rewrite(found.line, found.written({_PORT: "9"}), "write port 9")
            yield found.hit(_PORT, f"an active TCP candidate has port 9, not {shorten(found.words[_PORT])}", fix=fix)


# --- its address ---


@rule("ICE029", ERROR, "RFC 8839 §5.1", bad=_instead("1 1 udp 2122260223 192.168.xxx.xxx 54321 typ host"))
def masked_address(subject: Subject) -> Iterator[Hit]:
    """The address of a candidate has been made unreadable.

    Somebody or some tool has hidden it before sharing the text, which now serves for reading only. Chromium and Firefox
    take it for a host name and look that up in vain; aiortc drops it. Ask for the text as it was.
    """
    for found in _aligned(subject):
        address = found.words[_ADDRESS]
        if scope(address) is Scope.MASKED:
            yield found.hit(
                _ADDRESS, f'"{shorten(address)}" has been masked', help="ask for the description as it was made"
            )


@rule("ICE030", WARNING, "RFC 8839 §5.1", bad=_instead("1 1 udp 2122260223 turn.example.com 54321 typ host"))
def host_name(subject: Subject) -> Iterator[Hit]:
    """The address of a candidate is a host name, or no address at all.

    An agent must ignore such a candidate; Firefox and aiortc do. Chromium looks the name up and takes what it gets.
    Write the address. Names that end in .local are another matter (ICE031).
    """
    for found in _aligned(subject):
        address = found.words[_ADDRESS]
        if scope(address) is Scope.NAME and not address.startswith("["):
            kind = "no IP address" if re.fullmatch(r"[0-9.]*|.*:.*", address) else "a host name"
            yield found.hit(_ADDRESS, f'"{shorten(address)}" is {kind}: agents ignore the candidate')


_MDNS = "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed.local"


@rule(
    "ICE031",
    NOTE,
    "draft-ietf-mmusic-mdns-ice-candidates",
    bad=_instead(f"1 1 udp 2113937151 {_MDNS} 54321 typ host"),
)
def mdns_address(subject: Subject) -> Iterator[Hit]:
    """The address of a candidate is hidden behind a name that ends in .local.

    Browsers do so as long as a page may not use camera or microphone. Only peers on the same link that know multicast
    DNS find it: browsers and aiortc do, many servers do not. Others connect only if they can be reached themselves.
    """
    candidates = list(_readable(subject))
    hidden = [found for found, candidate in candidates if candidate.scope is Scope.MDNS]
    if hidden:
        message = f"{len(hidden)} of {len(candidates)} candidates can be resolved only on the same link"
        yield hidden[0].hit(_ADDRESS, "this can be resolved only on the same link" if len(candidates) == 1 else message)


# Why an address leads nowhere.
_NOWHERE = {
    Scope.UNSPECIFIED: "is no address: libwebrtc ignores the candidate",
    Scope.MULTICAST: "is a multicast address",
    Scope.RESERVED: "is an address that nobody has",
    Scope.LINK_LOCAL: "is an address that a machine gives itself where there is no network",
}


@rule("ICE032", WARNING, "RFC 8445 §5.1.1.1", bad=_instead("1 1 udp 2122260223 0.0.0.0 54321 typ host"))
def unusable_address(subject: Subject) -> Iterator[Hit]:
    """The address of a candidate is one that cannot be reached.

    0.0.0.0, multicast, broadcast, 169.254.0.0/16, or an IPv4 address written as IPv6. Browsers and aiortc take them and
    lose time. What programs really write is worth a note: 127.0.0.1 next to real addresses, which leads to the peer's
    own machine, and fe80::, which works between two agents on one link.
    """
    readable = list(_readable(subject))
    for found, candidate in readable:
        address, near = candidate.address, candidate.scope is Scope.LINK_LOCAL and candidate.family is Family.IP6
        if _normal(address).startswith("::ffff:"):
            message = f"{address} is an IPv4 address written as IPv6"
            yield found.hit(_ADDRESS, message, fix=drop(found.line, safe=False))
        elif candidate.scope in _NOWHERE and not near:
            why = _NOWHERE[candidate.scope]
            yield found.hit(_ADDRESS, f"{address} {why}", fix=drop(found.line, safe=candidate.scope in _CERTAIN))
    loopback = [found for found, candidate in readable if candidate.scope is Scope.LOOPBACK]
    if len(loopback) < len(readable):
        yield from _noted(loopback, "leads to the peer's own machine")
    link_local = [found for found, one in readable if one.scope is Scope.LINK_LOCAL and one.family is Family.IP6]
    yield from _noted(link_local, "is a link-local address: it leads nowhere beyond the link")


_CERTAIN = (Scope.UNSPECIFIED, Scope.MULTICAST)


def _noted(alike: list[CandidateLine], why: str) -> Iterator[Hit]:
    """One note about all candidates of which the same is to be said."""
    if alike:
        others = f" ({len(alike)} such candidates)" if len(alike) > 1 else ""
        fix = drop(*(found.line for found in alike), safe=False)
        yield alike[0].hit(_ADDRESS, f"{alike[0].words[_ADDRESS]} {why}{others}", severity=NOTE, fix=fix)


@rule(
    "ICE033",
    WARNING,
    "RFC 8839 §5.1",
    pedantic=True,
    bad=_instead("1 1 udp 2122260223 [2001:db8::1] 54321 typ host"),
    good=_instead("1 1 udp 2122260223 2001:db8::1 54321 typ host"),
)
def dressed_address(subject: Subject) -> Iterator[Hit]:
    """The IPv6 address of a candidate has brackets or a zone.

    Brackets are for URLs, and a zone such as %eth0 means something on one machine only. Chromium and Firefox take such
    a text without a word, and reach nothing with it.
    """
    for found in _aligned(subject):
        address = found.words[_ADDRESS]
        bare = address.strip("[]").partition("%")[0]
        if bare != address and family(bare) is Family.IP6:
            fix = rewrite(found.line, found.written({_ADDRESS: bare}), f"write {bare}")
            yield found.hit(_ADDRESS, f"an IPv6 address has no brackets and no zone here: {bare}", fix=fix)


@rule(
    "ICE034",
    WARNING,
    "RFC 8839 §5.1",
    pedantic=True,
    bad=_instead("1 1 udp 1686052607 192.0.2.10 54321 typ srflx"),
    good=_instead("1 1 udp 1686052607 192.0.2.10 54321 typ srflx raddr 0.0.0.0 rport 9"),
)
def related_address(subject: Subject) -> Iterator[Hit]:
    """A reflexive or relayed candidate has no raddr and rport, or a host candidate has them.

    They say what the candidate was derived from, for people who look for faults; a host candidate is derived from
    nothing. Browsers and aiortc do not look.
    """
    for found, candidate in _readable(subject):
        present = [name for name in ("raddr", "rport") if name in found.pairs]
        if candidate.typ == "host" and present:
            words = {found.pairs[name] + offset: None for name in present for offset in (0, 1)}
            fix = rewrite(found.line, found.written(dict(words)), "take raddr and rport away")
            yield found.pair_hit(present[0], f"a host candidate has no {present[0]}", fix=fix)
        elif candidate.typ in ("srflx", "prflx", "relay") and len(present) < 2:
            missing = [name for name in ("raddr", "rport") if name not in present]
            yield found.hit(_TYPE, f"a {candidate.typ} candidate needs {' and '.join(missing)}")


@rule(
    "ICE035",
    NOTE,
    "RFC 8839 §5.1",
    pedantic=True,
    bad=_instead("1 1 udp 1686052607 198.51.100.9 54321 typ srflx raddr 0.0.0.0 rport 0"),
)
def hidden_related_address(subject: Subject) -> Iterator[Hit]:
    """The raddr of a candidate is hidden: 0.0.0.0 or ::.

    Browsers do so where the local address is not to be known. Nothing is wrong with it; RFC 8839 wants port 9 with it,
    and libwebrtc writes 0.
    """
    for found, candidate in _readable(subject):
        if candidate.raddr is not None and scope(candidate.raddr) is Scope.UNSPECIFIED:
            yield found.pair_hit("raddr", f"the local address is hidden: {candidate.raddr}")


@rule("ICE037", ERROR, "RFC 8839 §5.1", pedantic=True, bad=_instead("a-b 1 udp 2122260223 192.0.2.10 54321 typ host"))
def foundation_characters(subject: Subject) -> Iterator[Hit]:
    """The foundation of a candidate is empty, longer than 32 characters, or has others than letters, digits, "+", "/".

    Browsers take any; aiortc refuses an empty one.
    """
    for found in _aligned(subject):
        word = found.words[_FOUNDATION]
        if not _ICE_CHARS(word) or len(word) > 32:
            message = f'a foundation is 1 to 32 letters, digits, + or /, not "{shorten(word)}"'
            yield found.hit(_FOUNDATION, message)


# --- candidates among each other ---


@rule(
    "ICE038",
    WARNING,
    "RFC 8445 §5.1.1.3",
    pedantic=True,
    bad="-a=candidate:2…\n+a=candidate:1 1 udp 2122194687 192.0.2.11 54322 typ host",
    good="-a=candidate:2…\n+a=candidate:1 1 udp 2122260222 192.0.2.10 54322 typ host",
)
def foundations(subject: Subject) -> Iterator[Hit]:
    """Candidates share a foundation although they differ, or do not although they are alike.

    The foundation is equal where type, base address and transport are. Checks wait for one another by it, so wrong
    ones make connecting slower, and can leave pairs out. Browsers and aiortc take any.
    """
    kinds: dict[str, tuple[tuple[str, ...], Line]] = {}
    names: dict[tuple[str, ...], tuple[str, Line]] = {}
    for line, candidate in _all_candidates(subject):
        kind = _kind(candidate)
        if kind is None:
            continue
        found = CandidateLine(line)
        other, where = kinds.setdefault(candidate.foundation, (kind, line))
        if other != kind:
            message = f'foundation "{shorten(candidate.foundation)}" is that of a candidate of another kind'
            yield found.hit(_FOUNDATION, message, related=(place(where, "the other one"),))
        elif candidate.typ == "host":
            name, where = names.setdefault((*kind, candidate.tcptype or ""), (candidate.foundation, line))
            if name != candidate.foundation:
                message = f'a candidate of the same base has the foundation "{shorten(name)}"'
                yield found.hit(_FOUNDATION, message, related=(place(where, "the other one"),))


def _kind(candidate: Candidate) -> tuple[str, ...] | None:
    """What a foundation stands for, as far as a candidate says it; None where its base is hidden."""
    base = candidate.raddr if candidate.typ in ("srflx", "prflx") else candidate.address
    if base is None or scope(base) in (Scope.UNSPECIFIED, Scope.MASKED):
        return None
    return candidate.typ, _normal(base), candidate.transport.lower()


@rule(
    "ICE039",
    WARNING,
    "RFC 8445 §5.1.3",
    bad="-a=candidate:2…\n+a=candidate:1 1 udp 2122260223 192.0.2.10 54321 typ host generation 0",
)
def redundant(subject: Subject) -> Iterator[Hit]:
    """Two candidates of a section are the same: component, transport, address, port and base.

    An agent leaves out the one of lower priority before it sends its candidates. Chromium and Firefox take both, and
    check the same path twice.
    """
    for section in subject.live:
        best: dict[tuple[Any, ...], tuple[Line, Candidate]] = {}
        ranked = sorted(_candidates(section), key=lambda pair: -pair[1].priority)
        for line, candidate in ranked:
            if candidate.scope in (Scope.MASKED, Scope.UNSPECIFIED):
                continue
            first, _ = best.setdefault(_path(candidate), (line, candidate))
            if first is not line:
                message = f"{candidate.address} port {candidate.port} is a candidate already"
                yield CandidateLine(line).hit(
                    _ADDRESS, message, fix=drop(line), related=(place(first, "the same candidate"),)
                )


def _path(candidate: Candidate) -> tuple[Any, ...]:
    """Where a candidate leads, and through which base."""
    base = (candidate.address, candidate.port)
    if candidate.typ in ("srflx", "prflx") and candidate.raddr is not None:
        base = (candidate.raddr, candidate.rport or 0)
    where = (candidate.component, candidate.transport.lower(), _normal(candidate.address), candidate.port)
    return (*where, base, candidate.tcptype, candidate.ufrag, candidate.generation)


_AIOICE = 2130706431  # type preference 126, local preference 65535


@rule(
    "ICE040",
    WARNING,
    "RFC 8445 §5.1.2",
    bad="-a=candidate:2…\n+a=candidate:2 1 udp 2122260223 192.0.2.11 54322 typ host generation 0",
)
def equal_priorities(subject: Subject) -> Iterator[Hit]:
    """Two candidates of a section have the same priority.

    Each must have its own, or both sides may order the pairs differently. Browsers and aiortc take it. 2130706431 is
    what aiortc gives all its host candidates: a note.
    """
    for section in subject.live:
        known: dict[tuple[int, int | None], tuple[Line, Candidate]] = {}
        for line, candidate in _candidates(section):
            first, other = known.setdefault((candidate.priority, candidate.generation), (line, candidate))
            if first is not line and _path(other) != _path(candidate):
                severity = NOTE if candidate.priority == _AIOICE else WARNING
                message = f"{other.address} port {other.port} has the priority {candidate.priority} too"
                yield CandidateLine(line).hit(
                    _PRIORITY, message, severity=severity, related=(place(first, "the other candidate"),)
                )


_PREFERENCES = {"host": 126, "prflx": 110, "srflx": 100, "relay": 0}


@rule("ICE041", WARNING, "RFC 8445 §5.1.2.1", bad=_instead("1 1 udp 659136 192.0.2.10 54321 typ host"))
def priority_parts(subject: Subject) -> Iterator[Hit]:
    """The priority of a candidate does not fit its component or its type.

    It is made of a type preference up to 126, a local preference, and 256 less the component. Both sides order pairs
    by it; a relay that outranks direct paths takes the media a long way round. Browsers and aiortc take any.
    """
    for found, candidate in _readable(subject):
        if not 1 <= candidate.priority < 2**31 or not 1 <= candidate.component <= 256:
            continue
        parts = candidate.priority_parts
        preference = _PREFERENCES.get(candidate.typ)
        if parts.component != candidate.component:
            why = f"is that of component {parts.component}, not {candidate.component}"
        elif parts.type_preference > 126:
            why = f"has the type preference {parts.type_preference}, more than 126"
        elif candidate.typ == "relay" and parts.type_preference >= _PREFERENCES["srflx"]:
            why = f"of a relay has the type preference {parts.type_preference}, as if it were a direct path"
        else:
            continue
        fix = None
        if preference is not None:
            value = Priority(preference, parts.local_preference, candidate.component).value
            fix = rewrite(found.line, found.written({_PRIORITY: str(value)}), f"write {value}", safe=False)
        yield found.hit(_PRIORITY, f"the priority {candidate.priority} {why}", fix=fix)


@rule(
    "ICE042",
    NOTE,
    "RFC 8445 §5.1.2.1",
    pedantic=True,
    bad="-a=candidate:2…\n+a=candidate:3 1 udp 2021531391 192.0.2.11 54322 typ host",
)
def type_preferences(subject: Subject) -> Iterator[Hit]:
    """Candidates of one type have different type preferences, or reflexive ones a higher one than hosts.

    The preference must be the same for all of a type. TCP is counted apart here: all stacks prefer UDP to it that way.
    """
    for section in subject.live:
        known: dict[tuple[str, str], int] = {}
        for line, candidate in _candidates(section):
            transport = candidate.transport.lower()
            preference = candidate.priority_parts.type_preference
            other = known.setdefault((candidate.typ, transport), preference)
            host = known.get(("host", transport))
            if other != preference:
                message = f"type preference {preference}, while other {candidate.typ} candidates have {other}"
                yield CandidateLine(line).hit(_PRIORITY, message)
            elif candidate.typ == "srflx" and host is not None and host < preference:
                message = f"type preference {preference}, more than that of the host candidates, {host}"
                yield CandidateLine(line).hit(_PRIORITY, message)


_SIXTEEN_BITS = ("generation", "network-id", "network-cost")


@rule(
    "ICE043",
    WARNING,
    "RFC 8839 §5.1",
    pedantic=True,
    bad=_instead("1 1 udp 2122260223 192.0.2.10 54321 typ host generation"),
)
def extensions(subject: Subject) -> Iterator[Hit]:
    """An extension of a candidate has no value, comes twice, or has a value that libwebrtc cannot read.

    Extensions are pairs of name and value. Chromium refuses the whole description for a bad generation ("Invalid
    generation") or network-id ("Invalid network-id"), and ignores the rest.
    """
    for found in _aligned(subject):
        seen: set[str] = set()
        for index in range(8, len(found.words), 2):
            name = found.words[index]
            value = found.words[index + 1] if index + 1 < len(found.words) else None
            if name in seen:
                yield found.hit(index, f'"{shorten(name)}" comes twice')
            elif value is None:
                fix = rewrite(found.line, found.written({index: None}), "take it away")
                yield found.hit(index, f'"{shorten(name)}" has no value', fix=fix)
            elif name in _SIXTEEN_BITS and (not _NUMBER(value) or int(value) > 65535):
                fix = rewrite(found.line, found.written({index: None, index + 1: None}), "take it away")
                yield found.hit(index + 1, f'{name} is a number up to 65535, not "{shorten(value)}"', fix=fix)
            seen.add(name)


@rule(
    "ICE044",
    WARNING,
    "RFC 8838 §13",
    bad=_instead("1 1 udp 2122260223 192.0.2.10 54321 typ host ufrag zzzz"),
    good=_instead("1 1 udp 2122260223 192.0.2.10 54321 typ host ufrag abcd"),
)
def stale_ufrag(subject: Subject) -> Iterator[Hit]:
    """The ufrag of a candidate is not that of its section.

    It was gathered before an ICE restart and leads nowhere now. Chromium and Firefox take the line; the same by
    addIceCandidate makes Firefox say "Unknown ufrag".
    """
    for section in subject.live:
        ufrag = section.ice.ufrag
        for line, candidate in _candidates(section):
            own = candidate.ufrag
            if ufrag is not None and own is not None and own != ufrag:
                message = f'the candidate is for ufrag "{shorten(own)}", the section has "{shorten(ufrag)}"'
                yield CandidateLine(line).pair_hit("ufrag", message, fix=drop(line))


@rule(
    "ICE045",
    NOTE,
    "RFC 8445 §5.1.1",
    bad="-a=candidate:1…\n+a=candidate:1 1 udp 2122260223 192.168.1.5 54321 typ host\n-a=candidate:2…",
)
def only_private(subject: Subject) -> Iterator[Hit]:
    """All candidates have private addresses.

    Only peers in the same network can reach them. Give RTCPeerConnection a STUN server, and a TURN server for networks
    that let nothing else through; or wait for the end of gathering.
    """
    candidates = _all_candidates(subject)
    near = all(candidate.typ == "host" and candidate.scope in (*_INSIDE, Scope.MDNS) for _, candidate in candidates)
    private = [line for line, candidate in candidates if candidate.scope in (Scope.PRIVATE, Scope.SHARED)]
    if near and private:
        message = "all candidates have private addresses: only peers in the same network reach them"
        yield CandidateLine(private[0]).hit(_ADDRESS, message, help="add a STUN or TURN server to iceServers")


@rule(
    "ICE046",
    NOTE,
    "RFC 8445 §5.1.1.2",
    bad="-a=candidate:2…\n+a=candidate:2 1 udp 1686052607 198.51.100.9 50000 typ srflx raddr 192.0.2.10 rport 54321",
)
def no_relay(subject: Subject) -> Iterator[Hit]:
    """There are server reflexive candidates, and no relayed one.

    Peers behind symmetric NATs, or in networks without UDP, do not connect then. A TURN server helps.
    """
    candidates = _all_candidates(subject)
    types = {candidate.typ for _, candidate in candidates}
    if "srflx" in types and "relay" not in types and not subject.description.ice_lite:
        line = next(line for line, candidate in candidates if candidate.typ == "srflx")
        message = "no relayed candidate: peers behind symmetric NATs do not connect"
        yield CandidateLine(line).hit(_TYPE, message, help="add a TURN server to iceServers")


@rule(
    "ICE047",
    NOTE,
    "RFC 8838 §13",
    pedantic=True,
    bad=_instead("1 1 udp 2122260223 192.0.2.10 54321 typ host generation 1"),
)
def generations(subject: Subject) -> Iterator[Hit]:
    """A candidate is of another generation than 0, or not of that of the others.

    libwebrtc counts ICE restarts by it. In a first description it is 0, and all candidates of a section are of the
    newest one.
    """
    for section in subject.live:
        first = {candidate.generation for _, candidate in _candidates(section)} == {0}
        for line, candidate in () if first else _candidates(section):
            if candidate.generation:
                found = CandidateLine(line)
                yield found.pair_hit("generation", f"a candidate of generation {candidate.generation}")


@rule(
    "ICE048",
    NOTE,
    "libwebrtc api/candidate.cc",
    pedantic=True,
    bad=_instead("1 1 ssltcp 1518280447 192.0.2.10 443 typ host tcptype passive"),
)
def libwebrtc_transports(subject: Subject) -> Iterator[Hit]:
    """The transport of a candidate is one that only libwebrtc knows: ssltcp or tls.

    No standard has them. Chromium refuses a whole description with a tls candidate that has no fingerprint ("Missing
    fingerprint extension for TLS candidate"); Firefox drops them without a word.
    """
    for found in _aligned(subject):
        word = found.words[_TRANSPORT].lower()
        if word == "tls" and "fingerprint" not in found.pairs:
            yield found.hit(_TRANSPORT, "Chromium refuses a tls candidate without a fingerprint", severity=WARNING)
        elif word in ("ssltcp", "tls"):
            yield found.hit(_TRANSPORT, f"only libwebrtc knows the transport {word}")


@found_by_parser("ICE049", ERROR, "RFC 8839 §5.2", bad="-a=mid:0\n+a=mid:0\n+a=remote-candidates:1 192.0.2.10")
def malformed_remote_candidates() -> None:
    """The remote-candidates are not groups of component, address and port.

    They repeat the peer's candidates that ICE has chosen. Browsers ignore the line, SIP agents with ICE need it.
    """
