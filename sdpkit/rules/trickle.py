"""Candidates that are sent one by one (TRK).

A rule about one candidate sees the text that addIceCandidate is given, and the remote description if it is known.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sdpkit.finding import SDPError, Severity, shorten
from sdpkit.ice.candidate import Candidate, CandidateInit
from sdpkit.rules.rule import Hit, Scope, Subject, at, insert_behind, place, rewrite, rule
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import MediaDescription

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Given(NamedTuple):
    """What addIceCandidate is given: the text as one line, the RTCIceCandidateInit if it is one, the candidate."""

    line: Line
    init: CandidateInit | None
    candidate: str

    @classmethod
    def of(cls, text: str) -> "Given | None":
        """None for JSON that is no RTCIceCandidateInit, of which the parser says enough."""
        line = Line(1, 0, text, "")
        if not text.lstrip().startswith("{"):
            return cls(line, None, text.rstrip("\r\n"))
        try:
            init = CandidateInit.parse(text)
        except SDPError:
            return None
        return cls(line, init, init.candidate.rstrip("\r\n"))

    @property
    def ufrags(self) -> tuple[str, ...]:
        """The ufrags that it says it is for: that of the init, that of the candidate."""
        candidate = _read(self.candidate)
        said = self.init and self.init.username_fragment, candidate and candidate.ufrag
        return tuple(ufrag for ufrag in said if ufrag)

    def section(self, remote: SessionDescription) -> MediaDescription | None:
        """The m-section that it is for: by its mid, else by its index (RFC 8829 §4.1.19)."""
        if self.init is None:
            return None
        if self.init.sdp_mid is not None:
            return remote.section(self.init.sdp_mid)
        index = self.init.sdp_m_line_index
        return remote.media[index] if index is not None and 0 <= index < len(remote.media) else None


_BODY = "candidate:1 1 udp 2122260223 192.0.2.10 54321 typ host"


def _read(candidate: str) -> Candidate | None:
    """The candidate, if it can be read."""
    try:
        return Candidate.parse(candidate)
    except SDPError:
        return None


def _init(rest: str, candidate: str = _BODY) -> str:
    """An example: the candidate becomes an RTCIceCandidateInit with these further members."""
    return f'-candidate:1…\n+{{"candidate":"{candidate}"{rest}}}'


# --- what addIceCandidate is given ---


@rule("TRK001", ERROR, "RFC 8829 §4.1.19", bad=f"-v=0\n+a={_BODY}\n+v=0")
def before_the_description(subject: Subject) -> Iterator[Hit]:
    """A candidate comes before the description that it belongs to.

    addIceCandidate wants the remote description to be set first. Chromium says "The remote description was null",
    Firefox "No remoteDescription."; aiortc takes it and says nothing. Keep candidates until setRemoteDescription is
    done: on their way they may overtake the description.
    """
    starts = subject.description.lines_of("v=")
    for line in subject.description.lines_of("candidate") if starts else ():
        if line.number < starts[0].number:
            yield Hit(line, "a candidate before its description", help="set the remote description first")


@rule("TRK002", ERROR, "RFC 8829 §4.1.19", scope=Scope.CANDIDATE, bad=_init(""), good=_init(',"sdpMid":"0"'))
def no_section(text: str, remote: SessionDescription | None = None) -> Iterator[Hit]:
    """A candidate names no m-section: neither sdpMid nor sdpMLineIndex, or ones that the description does not have.

    Chromium says "Candidate missing values for both sdpMid and sdpMLineIndex", or for an unknown one only "Error
    processing ICE candidate"; Firefox "No such transceiver". aiortc wants one of both, and takes unknown ones silently.
    Send what the icecandidate event has, all of it.
    """
    given = Given.of(text)
    if given is None or given.init is None or not given.candidate.strip():
        return
    mid, index = given.init.sdp_mid, given.init.sdp_m_line_index
    if mid is None and index is None:
        yield Hit(given.line, "neither sdpMid nor sdpMLineIndex: the candidate belongs to no section")
    elif mid is None and index is not None and index < 0:
        yield _at_member(given.line, "sdpMLineIndex", f"sdpMLineIndex counts from 0, this is {index}")
    elif remote is not None and given.section(remote) is None:
        name, value = ("sdpMid", f'"{mid}"') if mid is not None else ("sdpMLineIndex", str(index))
        yield _at_member(given.line, name, f"the description has no section with {name} {shorten(value)}")


def _at_member(line: Line, name: str, message: str, **more: Severity) -> Hit:
    """A hit at one member of an RTCIceCandidateInit."""
    found = re.search(rf'"{name}"\s*:\s*(?:"[^"]*"|[^,}}\s]+)', line.text)
    return at(line, found[0] if found else "", message, **more)


@rule(
    "TRK003",
    WARNING,
    "RFC 8829 §3.5.2.1",
    scope=Scope.CANDIDATE,
    pedantic=True,
    bad=_init(',"sdpMid":"0","sdpMLineIndex":3'),
    good=_init(',"sdpMid":"0","sdpMLineIndex":0'),
)
def mid_and_index(text: str, remote: SessionDescription | None = None) -> Iterator[Hit]:
    """The sdpMid and the sdpMLineIndex of a candidate name different m-sections.

    The mid counts, and the index is not looked at. Chromium, Firefox and aiortc do so. Where the description is not
    known, a mid that is another number than the index is worth a note.
    """
    given = Given.of(text)
    if given is None or given.init is None:
        return
    mid, index = given.init.sdp_mid, given.init.sdp_m_line_index
    if mid is None or index is None:
        return
    section = remote and remote.section(mid)
    other = section.index if section else int(mid) if re.fullmatch("[0-9]{1,9}", mid) and remote is None else index
    if other != index:
        message = f'sdpMid "{mid}" and sdpMLineIndex {index} name different sections: the mid counts'
        yield _at_member(given.line, "sdpMLineIndex", message, severity=WARNING if section else NOTE)


@rule("TRK004", ERROR, "RFC 8839 §5.1", scope=Scope.CANDIDATE, bad=f"-candidate:1…\n+{_BODY.partition(':')[2]}")
def no_prefix(text: str, remote: SessionDescription | None = None) -> Iterator[Hit]:
    """What addIceCandidate is given does not begin with "candidate:", is more than one line, or is other JSON.

    Chromium says "Error processing ICE candidate", Firefox "Invalid candidate, no ':'"; aiortc takes it without the
    prefix. `a=` before it does no harm. Each candidate needs a call of its own.
    """
    given = Given.of(text)
    if given is None or not given.candidate.strip():
        return
    if "\n" in given.candidate or "\r" in given.candidate:
        yield Hit(given.line, "two lines in one: each candidate is added by itself")
    elif not given.candidate.removeprefix("a=").startswith(("candidate:", "end-of-candidates")):
        fix = None
        if given.init is None and _read(given.candidate):
            bare = given.candidate.strip().removeprefix("a=").removeprefix("candidate:")
            fix = rewrite(given.line, f"candidate:{bare}", 'begin it with "candidate:"')
        word = given.candidate.split()[0]
        yield at(given.line, word, 'a candidate begins with "candidate:"', fix=fix)


@rule(
    "TRK005",
    WARNING,
    "RFC 8829 §4.1.19",
    scope=Scope.CANDIDATE,
    bad=_init(',"sdpMid":"0","usernameFragment":"zzzz"', f"{_BODY} ufrag abcd"),
    good=_init(',"sdpMid":"0","usernameFragment":"abcd"', f"{_BODY} ufrag abcd"),
)
def other_ufrag(text: str, remote: SessionDescription | None = None) -> Iterator[Hit]:
    """A candidate is for another ice-ufrag than the description has, or says two.

    It was gathered before an ICE restart, or for another connection. Firefox says "Unknown ufrag"; Chromium and aiortc
    take it and check a path that is gone. Leave such candidates out.
    """
    given = Given.of(text)
    if given is None:
        return
    if len(set(given.ufrags)) > 1:
        first, second = given.ufrags
        yield at(
            given.line, second, f'usernameFragment "{shorten(first)}", and ufrag "{shorten(second)}" in the candidate'
        )
    elif given.ufrags and remote is not None:
        section = given.section(remote)
        current = {each.ice.ufrag for each in ([section] if section else remote.media)}
        if given.ufrags[0] not in current:
            yield at(given.line, given.ufrags[0], f'the description has no ufrag "{shorten(given.ufrags[0])}"')


@rule(
    "TRK007",
    NOTE,
    "RFC 8829 §4.1.19",
    scope=Scope.CANDIDATE,
    pedantic=True,
    bad="-candidate:1…\n+a=end-of-candidates",
)
def end_of_candidates(text: str, remote: SessionDescription | None = None) -> Iterator[Hit]:
    """The candidate is empty, which means that no more follow; or it says a=end-of-candidates, which is an error here.

    Chromium and Firefox take the empty string for the end of candidates, aiortc raises AssertionError. The text of the
    attribute is refused by all: pass the empty string.
    """
    given = Given.of(text)
    if given is not None and given.candidate.strip().removeprefix("a=") == "end-of-candidates":
        yield at(given.line, given.candidate.strip(), "the end of candidates is the empty string here", severity=ERROR)


# --- in descriptions and fragments ---


@rule(
    "TRK006",
    WARNING,
    "RFC 8838 §13",
    pedantic=True,
    bad="-a=candidate:2…\n+a=end-of-candidates\n+a=candidate:2 1 udp 41885439 198.51.100.9 50000 typ relay",
    good="-a=candidate:2…\n+a=candidate:2 1 udp 41885439 198.51.100.9 50000 typ relay\n+a=end-of-candidates",
)
def after_the_end(subject: Subject) -> Iterator[Hit]:
    """A candidate stands behind the a=end-of-candidates of its section.

    No candidate of the same generation may follow the end. Browsers take it all the same; others may have given up the
    section by then.
    """
    for section in subject.live:
        for end in section.lines_of("end-of-candidates")[:1]:
            for line in section.lines_of("candidate"):
                if line.number > end.number:
                    related = (place(end, "the end of candidates"),)
                    yield Hit(line, "a candidate behind the end of candidates", related=related)


@rule("TRK008", WARNING, "RFC 8838 §3", pedantic=True, bad="-a=ice-options:trickle")
def trickle_in_some_sections(subject: Subject) -> Iterator[Hit]:
    """Some sections say ice-options:trickle and others do not.

    An agent trickles in all sections or in none. Browsers and aiortc take it. Say it once, before the first m= line.
    """
    sections = [section for section in subject.live if "ice-ufrag" in section]
    silent = [section for section in sections if not section.ice.trickle]
    if 0 < len(silent) < len(sections):
        said = next(section for section in sections if section.ice.trickle)
        related = tuple(place(line, "it is said here") for line in said.lines_of("ice-options"))
        last = subject.description.session_lines[-1:]
        fix = None
        if last and "ice-options" not in subject.description and not any("ice-options" in one for one in silent):
            fix = insert_behind(last[0], "a=ice-options:trickle", "say it for the session")
        for section in silent:
            yield Hit(section.lines_of("m=")[0], "this section does not trickle, others do", related=related, fix=fix)


@rule(
    "TRK010",
    WARNING,
    "RFC 8840 §9",
    pedantic=True,
    bad="-v=0\n-o=-…\n-s=-\n-t=0 0\n" + "-a=ice-pwd:0123456789abcdefghijkl\n" * 3,
)
def fragment(subject: Subject) -> Iterator[Hit]:
    """A fragment with candidates (sdpfrag) lacks ice-ufrag or ice-pwd, or has lines that do not belong there.

    WHIP and SIP servers read such fragments, browsers never see them. They go by the credentials to know which
    generation the candidates are of, and by the a=mid before them to know the section.
    """
    description = subject.description
    first = description.lines[:1]
    parts = (description, *description.media)
    is_ice = any(name in part for part in parts for name in ("candidate", "end-of-candidates", "ice-ufrag", "ice-pwd"))
    if not (description.is_fragment and is_ice) or any(name in description for name in ("o=", "s=", "t=")):
        return
    for name in ("ice-ufrag", "ice-pwd"):
        if not any(name in part for part in parts):
            yield from (Hit(line, f"a fragment without {name}") for line in first)
    for section in description.media:
        mids = section.lines_of("mid")
        for line in section.lines_of("candidate")[:1]:
            if not mids or line.number < mids[0].number:
                yield Hit(line, "no a=mid stands before the candidates", help="put a=mid right behind the m= line")
    for line in description.lines:
        if line.type not in ("a", "m", ""):
            yield Hit(line, f"{line.type}= has no place in a fragment")
