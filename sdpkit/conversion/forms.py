"""Descriptions in the forms in which they are passed on; `sdpkit.intake` reads all of them."""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator

from sdpkit.finding import fault
from sdpkit.ice.candidate import CandidateInit
from sdpkit.sdp.decoding import key_of
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.fields import Media
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.parser import parse

# What a fragment says of the session and of an m-section, besides its mid (RFC 8840 §9.2).
_ICE = ("a=ice-ufrag", "a=ice-pwd", "a=ice-options", "a=candidate", "a=remote-candidates", "a=end-of-candidates")
_ICE_OF_SESSION = (*_ICE, "a=ice-lite", "a=ice-pacing")


def type_of(description: SessionDescription) -> str:
    """Whether a description is an offer or an answer; raises SDPError (CNV002) where that cannot be guessed."""
    if description.type.value is None:
        message = "whether this is an offer or an answer cannot be told: say which"
        raise fault("CNV002", message, "W3C WebRTC §4.6.2", start=0, end=1)
    return description.type.value


def to_json(description: SessionDescription, type: str | None = None) -> str:
    r"""An RTCSessionDescription (W3C WebRTC §4.6.2) as JSON, in ASCII; the type is guessed where it is None.

    Raises SDPError (CNV002) when the type cannot be guessed.

    >>> print(to_json(parse("v=0\r\n"), "offer"))
    {"type":"offer","sdp":"v=0\r\n"}
    """
    return json.dumps({"type": type or type_of(description), "sdp": str(description)}, separators=(",", ":"))


def to_base64(description: SessionDescription, type: str | None = None) -> str:
    """The same JSON in base64 (RFC 4648 §4), as Pion's examples pass it on; raises what `to_json` raises."""
    return b64encode(to_json(description, type).encode("ascii")).decode("ascii")


def to_fragment(description: SessionDescription) -> SessionDescription:
    r"""Only what ICE needs, as it is trickled over HTTP and SIP: application/trickle-ice-sdpfrag (RFC 8840 §9).

    Its m= lines only say the kind of media, and a=mid stands right behind them. Rejected m-sections are left out.

    >>> print(to_fragment(parse("v=0\na=ice-ufrag:abcd\nm=audio 5004 RTP/AVP 96\na=candidate:1\na=mid:0\n")), end="")
    a=ice-ufrag:abcd
    m=audio 9 RTP/AVP 0
    a=mid:0
    a=candidate:1
    """
    ending = next((line.ending for line in description.lines if line.ending), "\r\n")
    texts = [line.text for line in description.session_lines if key_of(line) in _ICE_OF_SESSION]
    for section in description.media:
        if not section.is_rejected:
            texts += _pseudo_section(section)
    return parse("".join(f"{text}{ending}" for text in texts))


def to_candidates(description: SessionDescription) -> tuple[CandidateInit, ...]:
    """All candidates, each as it is given to addIceCandidate: RTCIceCandidateInit (W3C WebRTC §4.8.1).

    An empty one says that an m-section has no more (RFC 8838 §14).
    """
    return tuple(init for index, section in enumerate(description.media) for init in _candidates_of(section, index))


def from_candidates(candidates: Iterable[CandidateInit]) -> SessionDescription:
    """A fragment that holds these candidates, by their m-sections; those without mid and index stand before all.

    What kind of media an m-section has, a candidate does not say: the fragment says audio.

    >>> [line.text for line in from_candidates([CandidateInit("candidate:1", "0", 0, "abcd")]).lines]
    ['m=audio 9 RTP/AVP 0', 'a=mid:0', 'a=ice-ufrag:abcd', 'a=candidate:1']
    """
    sections: dict[tuple[str | None, int | None], list[CandidateInit]] = {}
    for init in candidates:
        sections.setdefault((init.sdp_mid, init.sdp_m_line_index), []).append(init)
    ordered = sorted(sections.items(), key=lambda section: section[0] != (None, None))  # the session comes first
    texts = [text for (mid, index), inits in ordered for text in _section_of(mid, index, inits)]
    return parse("".join(f"{text}\r\n" for text in texts))


def _pseudo_section(section: MediaDescription) -> list[str]:
    """The lines of an m-section in a fragment."""
    kind = section.kind or section.lines[0].value.partition(" ")[0]
    mids = [line.text for line in section.lines_of("mid")]
    return [_pseudo_m_line(kind), *mids, *(line.text for line in section.lines if key_of(line) in _ICE)]


def _pseudo_m_line(kind: str) -> str:
    return f"m={Media(kind, 9, 'RTP/AVP', ('0',))}"


def _candidates_of(section: MediaDescription, index: int) -> Iterator[CandidateInit]:
    for line in section.lines_of("candidate"):
        yield CandidateInit(line.text.removeprefix("a="), section.mid, index, section.ice.ufrag)
    if section.end_of_candidates:
        yield CandidateInit("", section.mid, index, section.ice.ufrag)


def _section_of(mid: str | None, index: int | None, inits: list[CandidateInit]) -> Iterator[str]:
    """The lines of some candidates of one m-section, or of the session."""
    if (mid, index) != (None, None):
        yield _pseudo_m_line("audio")
    if mid is not None:
        yield f"a=mid:{mid}"
    yield from dict.fromkeys(f"a=ice-ufrag:{init.username_fragment}" for init in inits if init.username_fragment)
    yield from (f"a={init.candidate.removeprefix('a=')}" for init in inits if init.candidate)
    if any(not init.candidate for init in inits):
        yield "a=end-of-candidates"
