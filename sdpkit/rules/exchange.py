"""Offers with their answers, and what one side says next (OAN)."""

from collections.abc import Hashable, Iterator
from itertools import product

from sdpkit.codecs.codec import Feedback
from sdpkit.codecs.h264 import H264Parameters
from sdpkit.finding import Edit, Fix, Severity, shorten
from sdpkit.ice.checklist import LOCAL, REMOTE
from sdpkit.ice.pairing import Kind, obstacle
from sdpkit.offer_answer.directions import agreed_flow
from sdpkit.offer_answer.matching import HELPERS, h264_profile, meanings
from sdpkit.rules.media import is_rtp, line_about, m_line
from sdpkit.rules.rule import WEB, Hit, Scope, Subject, at, drop, insert_behind, place, rewrite, rule
from sdpkit.rules.sctp import is_data, is_modern
from sdpkit.rules.streams import rids
from sdpkit.sdp.attributes.formats import RtcpFeedback
from sdpkit.sdp.attributes.grouping import Group
from sdpkit.sdp.attributes.streams import Extmap, Simulcast, Ssrc
from sdpkit.sdp.decoding import decode
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.section import kept

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
Pair = tuple[MediaDescription, MediaDescription]

BUNDLE = "BUNDLE"
_ALTERNATIVES = 4096
"""From here on an offer's extension ids are placeholders, which the answer replaces (RFC 8285 §7)."""
_RANDOM = 15
"""The digits from which on the id of a session is taken for a random one; shorter ones may be the time of day."""


# --- codecs ---


def _usable(section: MediaDescription) -> dict[int, Hashable]:
    """The codecs that carry audio or video by themselves."""
    names = _named(section)
    return {number: meaning for number, meaning in meanings(section).items() if names[number][0] not in HELPERS}


@kept
def _named(section: MediaDescription) -> dict[int, tuple[str, int, int]]:
    """Name, clock rate and channels of each payload type."""
    return {
        codec.payload_type: (
            codec.name.lower(),
            codec.clock_rate,
            2 if codec.name.lower() == "opus" else codec.channels or 1,
        )
        for codec in section.codecs
    }


def _at_codec(section: MediaDescription, payload_type: int, message: str, *related: Line) -> Hit:
    places = tuple(place(line, "the offer", "offer") for line in related)
    return at(line_about(section, payload_type), str(payload_type), message, related=places)


def _cite(section: MediaDescription, payload_type: int) -> str:
    return str(section.codec(payload_type) or payload_type)


# --- what belongs together ---


def bundles(description: SessionDescription) -> Iterator[tuple[Line, Group]]:
    """The BUNDLE groups of a description, with their lines."""
    for line in description.lines_of("group"):
        group = decode(line)
        if isinstance(group, Group) and group.semantics == BUNDLE:
            yield line, group


def _pairs(offer: Subject, answer: Subject) -> list[Pair]:
    """The sections of an offer and of its answer, by their positions (RFC 3264 §6)."""
    return list(zip(offer.media, answer.media, strict=False))


def _accepted(offer: Subject, answer: Subject) -> list[Pair]:
    """The pairs that neither side rejects; pairs of different media are no pairs."""
    return [
        (offered, answered)
        for offered, answered in _pairs(offer, answer)
        if not offered.is_rejected and not answered.is_rejected and answered.port and offered.kind == answered.kind
    ]


def _media(offer: Subject, answer: Subject) -> list[Pair]:
    """The accepted pairs with RTP."""
    return [pair for pair in _accepted(offer, answer) if is_rtp(pair[0]) and is_rtp(pair[1])]


def _transports(offer: Subject, answer: Subject) -> list[Pair]:
    """The accepted pairs that have a transport of their own in the answer."""
    own = set(map(id, answer.transports))
    return [pair for pair in _accepted(offer, answer) if id(pair[1]) in own]


def _line_of(section: MediaDescription, name: str) -> Line:
    """The line of a section that holds: its own, the session's, or its m= line."""
    session = section.session.lines_of(name) if section.session else ()
    return next(iter((*section.lines_of(name), *session)), m_line(section))


def _last(subject: Subject) -> Line:
    return subject.description.lines[-1]


# --- m-sections ---


@rule(
    "OAN001",
    ERROR,
    "RFC 3264 §6",
    scope=Scope.PAIR,
    bad="answer:\n-m=application…\n-a=mid:2\n-a=group:…\n+a=group:BUNDLE 0 1",
)
def fewer_sections(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer has fewer m-sections than the offer.

    It has one for each, in the same order; what is not wanted is rejected with port 0. Chromium says "The order of
    m-lines in answer doesn't match order in offer. Rejecting answer.", Firefox "Offer and answer have different
    number of m-lines (2 vs 1)", aiortc "Media sections in answer do not match offer".
    """
    missing = offer.media[len(answer.media) :]
    if missing and answer.description.lines:
        kinds = [section.kind for section in answer.media]
        fits = kinds == [section.kind for section in offer.media[: len(kinds)]]
        text = "\n".join(line for section in missing for line in _rejection(section))
        title = f"reject {', '.join(section.kind for section in missing)}"
        line = m_line(answer.media[-1]) if answer.media else answer.description.lines[0]
        related = tuple(place(m_line(section), "there is no answer to this", "offer") for section in missing)
        message = f"{len(answer.media)} m-sections answer {len(offer.media)}"
        yield Hit(
            line, message, fix=insert_behind(_last(answer), text, title, safe=False) if fits else None, related=related
        )


def _rejection(offered: MediaDescription) -> list[str]:
    """The lines that reject a section."""
    m = f"m={offered.kind} 0 {offered.protocol} {' '.join(offered.formats)}"
    return [m, "c=IN IP4 0.0.0.0", *(f"a=mid:{offered.mid}" for _ in range(offered.mid is not None)), "a=inactive"]


_MORE = "".join(f"+{line}\n" for line in ("m=audio 0 UDP/TLS/RTP/SAVPF 0", "c=IN IP4 0.0.0.0", "a=mid:3"))


@rule("OAN002", ERROR, "RFC 3264 §6", scope=Scope.PAIR, bad=_MORE, good=f"offer:\n{_MORE}answer:\n{_MORE}")
def more_sections(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer has more m-sections than the offer.

    Often it belongs to another, older offer. Chromium says "The order of m-lines in answer doesn't match order in
    offer. Rejecting answer.", Firefox "Offer and answer have different number of m-lines (1 vs 2)". Whoever wants
    more makes an offer.
    """
    extra = answer.media[len(offer.media) :]
    if extra:
        yield Hit(m_line(extra[0]), f"{len(answer.media)} m-sections answer {len(offer.media)}")


@rule(
    "OAN003",
    ERROR,
    "RFC 3264 §6",
    scope=Scope.PAIR,
    bad="answer:\n-m=video…\n+m=audio 9 UDP/TLS/RTP/SAVPF 96 97 102",
)
def other_media(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """A section of the answer has another kind of media than that of the offer in the same place.

    Sections are matched by their order. Chromium says "The order of m-lines in answer doesn't match order in offer.
    Rejecting answer.", Firefox "Answer and offer have different media types at m-line 0". Where the mids tell the
    order, the sections only have to change places.
    """
    moved = [(one, other) for one, other in _pairs(offer, answer) if one.kind.lower() != other.kind.lower()]
    fix = _in_order(offer, answer) if moved else None
    for offered, answered in moved:
        related = (place(m_line(offered), "what is offered here", "offer"),)
        message = f"{shorten(answered.kind)} answers {shorten(offered.kind)}"
        yield at(m_line(answered), answered.kind, message, fix=fix, related=related)


def _in_order(offer: Subject, answer: Subject) -> Fix | None:
    """The fix that brings the sections of the answer into the order of the offer's mids; None where they do not fit."""
    wanted = [(section.mid, section.kind) for section in offer.media]
    found = {(section.mid, section.kind): section for section in answer.media}
    if (
        not wanted
        or len(set(wanted)) != len(wanted)
        or set(wanted) != found.keys()
        or None in {mid for mid, _ in wanted}
    ):
        return None
    first, *others = [line for section in answer.media for line in section.lines]
    text = "\n".join(line.text for key in wanted for line in found[key].lines)
    edits = Edit(first.number, text), *(Edit(line.number, None) for line in others)
    return Fix("bring the sections into the order of the offer", True, edits)


@rule(
    "OAN004",
    ERROR,
    "RFC 5888 §9.1",
    scope=Scope.PAIR,
    bad="answer:\n-a=mid:1\n+a=mid:x\n-a=group:…\n+a=group:BUNDLE 0 x 2",
)
def other_mid(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """A section of the answer has another mid than that of the offer in the same place.

    The answer takes over the names. Chromium says "The order of m-lines in answer doesn't match order in offer.
    Rejecting answer.", Firefox "Answer changes mid for level, was '1', now 'x'", aiortc "Media sections in answer do
    not match offer".
    """
    taken = {section.mid for section in answer.media}
    for offered, answered in _pairs(offer, answer):
        old, new = answered.mid, offered.mid
        if old and new and old != new and offered.kind == answered.kind:
            line = answered.lines_of("mid")[0]
            related = (place(offered.lines_of("mid")[0], "its name in the offer", "offer"),)
            fix = _rename(answer, line, old, new) if new not in taken else None
            message = f'"{shorten(old)}" answers "{shorten(new)}"'
            yield at(line, old, message, fix=fix, related=related)


def _rename(answer: Subject, line: Line, old: str, new: str) -> Fix:
    """The fix that gives a section another mid, in the groups too."""
    edits = [Edit(line.number, f"a=mid:{new}")]
    for where, group in bundles(answer.description):
        if old in group.mids:
            mids = (new if mid == old else mid for mid in group.mids)
            edits.append(Edit(where.number, f"a=group:{' '.join([BUNDLE, *mids])}"))
    return Fix(f"call it {new}", False, tuple(edits))


@rule(
    "OAN005",
    WARNING,
    "RFC 8829 §5.3.1",
    scope=Scope.PAIR,
    bad="answer:\n-m=audio…\n+m=audio 9 RTP/SAVPF 111 0",
)
def other_protocol(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """A section of the answer has another transport protocol than the offer.

    It must be the same, to the letter. Chromium and Firefox take another one with RTP, and do what was offered.
    """
    for offered, answered in _accepted(offer, answer):
        if offered.protocol.upper() != answered.protocol.upper():
            line = m_line(answered)
            same_form = is_rtp(offered) and is_rtp(answered)
            text = line.text.replace(answered.protocol, offered.protocol, 1)
            fix = rewrite(line, text, f"write {offered.protocol}") if same_form else None
            related = (place(m_line(offered), "the offer", "offer"),)
            message = f"{shorten(answered.protocol)} answers {shorten(offered.protocol)}"
            yield at(line, answered.protocol, message, fix=fix, related=related)


@rule(
    "OAN006",
    ERROR,
    "RFC 3264 §6",
    scope=Scope.PAIR,
    bad="offer:\n-m=video 9…\n+m=video 0 UDP/TLS/RTP/SAVPF 96 97 102\n-a=group:…\n+a=group:BUNDLE 0 2",
)
def revived_section(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer has a port for a section that the offer rejects.

    What is rejected in the offer is rejected in the answer. Chromium says "Failed to setup RTCP mux.", Firefox "Answer
    tried to enable an m-section that was disabled in the offer". aiortc itself makes such answers.
    """
    for offered, answered in _pairs(offer, answer):
        if offered.is_rejected and answered.port:
            line = m_line(answered)
            words = line.text.split(" ")
            fix = rewrite(line, " ".join([words[0], "0", *words[2:]]), "reject it", safe=False)
            related = (place(m_line(offered), "port 0 rejects it", "offer"),)
            message = f"port {answered.port}, where the offer rejects the section"
            yield Hit(line, message, len(words[0]) + 1, len(words[0]) + 1 + len(words[1]), fix=fix, related=related)


def _allowed(offered: MediaDescription, answered: MediaDescription) -> str:
    """What is left of the answer's direction by that of the offer."""
    return agreed_flow(offered.direction, answered.direction).of_answerer


def _direction_line(section: MediaDescription) -> Line:
    """The line that gives a section its direction; its m= line where nothing does."""
    return _line_of(section, section.direction)


@rule(
    "OAN007",
    ERROR,
    "RFC 3264 §6.1",
    scope=Scope.PAIR,
    bad="offer:\n-a=sendrecv\n+a=recvonly",
    good="offer:\n-a=sendrecv\n+a=recvonly\nanswer:\n-a=sendrecv\n+a=sendonly",
)
def direction_against_offer(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer sends what the offer does not receive, or receives what it does not send.

    To sendonly answers recvonly, to recvonly sendonly, to inactive inactive; inactive answers each. Chromium says
    "Incompatible send direction", Firefox "Answer tried to set send when offer did not set recv"; aiortc takes it.
    """
    for offered, answered in _accepted(offer, answer):
        allowed = _allowed(offered, answered)
        if allowed != answered.direction and not is_data(answered):
            line = _direction_line(answered)
            own = line in answered.lines_of(answered.direction)
            title = f"write a={allowed}"
            fix = (
                rewrite(line, f"a={allowed}", title)
                if own
                else insert_behind(answered.lines[-1], f"a={allowed}", title)
            )
            related = (place(_direction_line(offered), f"{offered.direction} here", "offer"),)
            message = f"{answered.direction} answers {offered.direction}"
            yield at(line, answered.direction, message, fix=fix, related=related)


@rule(
    "OAN008",
    NOTE,
    "RFC 3264 §6.1",
    scope=Scope.PAIR,
    pedantic=True,
    bad="answer:\n-a=sendrecv\n+a=inactive",
)
def no_media_flows(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """No media will flow in an accepted section, in either direction.

    One side is inactive, or none wants what the other sends. That may be meant, as for a call on hold. Browsers and
    aiortc take it.
    """
    for offered, answered in _media(offer, answer):
        if _allowed(offered, answered) == answered.direction == "inactive":
            line = _direction_line(answered)
            related = (place(_direction_line(offered), f"{offered.direction} here", "offer"),)
            message = f"{answered.direction} answers {offered.direction}: no media will flow"
            yield at(line, answered.direction, message, related=related)


# --- codecs ---


@rule(
    "OAN009",
    WARNING,
    "RFC 3264 §6.1",
    scope=Scope.PAIR,
    bad="answer:\n-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 8\n-a=rtpmap:111…\n-a=fmtp:111…\n-a=rtpmap:0…",
)
def no_common_codec(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """An accepted section of the answer has no codec that was offered.

    Such a section must be rejected. Chromium takes it and no media flows; Firefox says "Answer had no codecs in
    common with offer in m-section 0", aiortc "Failed to set remote audio description send parameters".
    """
    for offered, answered in _media(offer, answer):
        wanted, found = set(_usable(offered).values()), set(_usable(answered).values())
        if wanted and found and not wanted & found:
            related = (place(m_line(offered), "what was offered", "offer"),)
            line = m_line(answered)
            start = len(" ".join(line.text.split(" ")[:3])) + 1
            yield Hit(line, f"no codec for {answered.kind} here was offered", start=start, related=related)


@rule(
    "OAN010",
    WARNING,
    "RFC 3264 §6.1",
    scope=Scope.PAIR,
    pedantic=True,
    bad="answer:\n-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 0 9\n+a=rtpmap:9 G722/8000",
)
def codec_not_offered(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer has a codec that was not offered.

    The offerer may set it aside. Chromium, Firefox and aiortc take it.
    """
    for offered, answered in _media(offer, answer):
        known, names = set(meanings(offered).values()), set(_named(offered).values())
        own = _named(answered)
        for payload_type, meaning in meanings(answered).items():
            elsewhere = own[payload_type][0] in ("h264", "rtx") and own[payload_type] in names
            if meaning not in known and not elsewhere:
                message = f"{_cite(answered, payload_type)} was not offered"
                yield _at_codec(answered, payload_type, message, m_line(offered))


@rule(
    "OAN011",
    NOTE,
    "RFC 3264 §6.1",
    scope=Scope.PAIR,
    pedantic=True,
    bad="answer:\n-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 109 0\n-a=rtpmap:111…\n+a=rtpmap:109 opus/48000/2\n"
    "-a=fmtp:111…\n+a=fmtp:109 useinbandfec=1",
)
def other_payload_type(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer has another payload type for a codec than the offer.

    Then each side sends with the number of the other. That is allowed but unusual, and a source of mistakes;
    browsers and aiortc take it.
    """
    for offered, answered in _media(offer, answer):
        theirs, ours = _named(offered), _named(answered)
        numbers = {meaning: number for number, meaning in reversed(meanings(offered).items())}
        for payload_type, meaning in meanings(answered).items():
            if theirs.get(payload_type) != ours[payload_type] and meaning in numbers:
                message = f"{_cite(answered, payload_type)} is {payload_type} here and {numbers[meaning]} in the offer"
                yield _at_codec(answered, payload_type, message, line_about(offered, numbers[meaning]))


@rule(
    "OAN012",
    WARNING,
    "RFC 3264 §8.3.2",
    scope=Scope.PAIR,
    pedantic=True,
    bad="answer:\n-a=rtpmap:111…\n+a=rtpmap:111 G722/8000\n-a=fmtp:111…",
)
def payload_type_of_another(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """A payload type of the answer stands for another codec in the offer.

    Within a session it must not. Chromium and Firefox take it.
    """
    for offered, answered in _media(offer, answer):
        known = _named(offered)
        for payload_type, meaning in _named(answered).items():
            if known.get(payload_type, meaning) != meaning:
                message = f"{payload_type} is {_cite(answered, payload_type)} here"
                message += f" and {_cite(offered, payload_type)} in the offer"
                yield _at_codec(answered, payload_type, message, line_about(offered, payload_type))


@rule(
    "OAN013",
    WARNING,
    "RFC 6184 §8.2.2",
    scope=Scope.PAIR,
    bad="answer:\n-a=fmtp:102…\n+a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=640c1f",
    good="answer:\n-a=fmtp:102…\n+a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e034",
)
def other_h264(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """H264 of the answer has a profile or packetization-mode that was not offered.

    Both must be one of those offered; only the level may differ. Chromium and Firefox take it without a word, and no
    video is seen.
    """
    for offered, answered in _media(offer, answer):
        known = meanings(offered)
        h264 = [number for number, name in _named(offered).items() if name[0] == "h264"]
        names = _named(answered)
        for payload_type, meaning in meanings(answered).items():
            offered_so = known.get(payload_type) == meaning if payload_type in h264 else meaning in known.values()
            if names[payload_type][0] == "h264" and h264 and not offered_so:
                line = line_about(answered, payload_type, "fmtp")
                number = payload_type if payload_type in h264 else h264[0]
                related = (place(line_about(offered, number, "fmtp"), "what was offered", "offer"),)
                message = f"{_h264(answered, payload_type)} answers {_h264(offered, number)}"
                yield Hit(line, message, related=related)


def _h264(section: MediaDescription, payload_type: int) -> str:
    codec = section.codec(payload_type)
    h264 = codec.parameters if codec else None
    if not isinstance(h264, H264Parameters):
        return "no parameters"
    return f"profile {h264_profile(h264)} and packetization-mode {h264.packetization_mode or 0}"


@rule(
    "OAN014",
    NOTE,
    "RFC 6184 §8.2.2",
    scope=Scope.PAIR,
    pedantic=True,
    bad="answer:\n-a=fmtp:102…\n+a=fmtp:102 packetization-mode=1;profile-level-id=42e034",
)
def other_level(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """H264 has different levels in offer and answer, and not both allow that.

    Without level-asymmetry-allowed=1 on both sides the lower level is for both. libwebrtc does so.
    """
    for offered, answered in _media(offer, answer):
        known, own = meanings(offered), meanings(answered)
        levels = {codec.payload_type: codec for codec in offered.codecs}
        for ours in answered.codecs:
            payload_type, theirs = ours.payload_type, levels.get(ours.payload_type)
            if theirs is None or known[payload_type] != own[payload_type]:
                continue
            new, old = ours.parameters, theirs.parameters
            if isinstance(new, H264Parameters) and isinstance(old, H264Parameters):
                ids = new.profile_level_id, old.profile_level_id
                asymmetric = new.level_asymmetry_allowed and old.level_asymmetry_allowed
                if ids[0] and ids[1] and ids[0].level != ids[1].level and not asymmetric:
                    line = line_about(answered, payload_type, "fmtp")
                    related = (place(line_about(offered, payload_type, "fmtp"), f"level {ids[1].level}", "offer"),)
                    message = f"level {ids[0].level} answers level {ids[1].level}: the lower one is for both"
                    yield at(line, str(ids[0]), message, related=related)


@rule(
    "OAN015",
    WARNING,
    "RFC 4588 §8.6",
    scope=Scope.PAIR,
    bad="answer:\n-a=fmtp:97…\n+a=fmtp:97 apt=102",
)
def other_rtx(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """An rtx of the answer belongs to another codec than in the offer.

    What is sent again would go to the wrong decoder. Chromium says "Failed to set remote video description send
    parameters for m-section with mid='1'"; Firefox takes it. Its apt is the payload type of the codec that it had in
    the offer.
    """
    for offered, answered in _media(offer, answer):
        known, names = meanings(offered), _named(answered)
        has_rtx = any(name[0] == "rtx" for name in _named(offered).values())
        for payload_type, meaning in meanings(answered).items():
            if names[payload_type][0] == "rtx" and has_rtx and meaning not in known.values():
                line = line_about(answered, payload_type, "fmtp")
                if line.text in [found.text for found in offered.lines_of("fmtp")]:
                    continue  # it is the codec itself that is missing here
                related = (place(line_about(offered, payload_type, "fmtp"), "the offer", "offer"),)
                yield at(line, "apt=", "no rtx for that codec was offered", related=related)


@rule(
    "OAN016",
    WARNING,
    "RFC 4585 §4.2",
    scope=Scope.PAIR,
    bad="answer:\n-a=rtcp-fb:96 nack pli\n+a=rtcp-fb:96 nack pli\n+a=rtcp-fb:96 ccm fir",
)
def feedback_not_offered(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer has a kind of RTCP feedback that was not offered for that codec.

    An answer may take kinds away but neither add nor change any. Chromium and Firefox take it, and do not use it.
    """
    for offered, answered in _media(offer, answer):
        kinds = {codec.payload_type: set(codec.feedback) for codec in offered.codecs}
        of_any = set().union(*kinds.values())
        known, own = meanings(offered), meanings(answered)
        numbers = {meaning: number for number, meaning in reversed(known.items())}
        for line in answered.lines_of("rtcp-fb"):
            feedback = decode(line)
            if not isinstance(feedback, RtcpFeedback):
                continue
            meaning = own.get(feedback.payload_type) if isinstance(feedback.payload_type, int) else None
            if feedback.payload_type == "*":
                allowed = of_any
            elif meaning in numbers:
                number = feedback.payload_type if known.get(feedback.payload_type) == meaning else numbers[meaning]
                allowed = kinds[number]
            else:
                continue  # a codec that was not offered
            kind = Feedback(feedback.type, feedback.parameter)
            if kind not in allowed:
                yield at(line, str(kind), f'"{shorten(str(kind))}" was not offered for this codec', fix=drop(line))


# --- header extensions ---


def _extensions(section: MediaDescription) -> Iterator[tuple[Line, Extmap]]:
    """The header extensions that hold in a section, with their lines."""
    lines = section.lines_of("extmap") or (section.session.lines_of("extmap") if section.session else ())
    for line in lines:
        extension = decode(line)
        if isinstance(extension, Extmap):
            yield line, extension


def _key(extension: Extmap) -> tuple[str, str | None]:
    return extension.uri, extension.encrypts


@rule(
    "OAN017",
    WARNING,
    "RFC 8829 §5.3.1",
    scope=Scope.PAIR,
    bad="answer:\n-a=extmap:1…\n+a=extmap:13 urn:x:y",
)
def extension_not_offered(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer has a header extension that was not offered.

    An answer takes some of those offered. Chromium takes it; Firefox says "Answer has extmap urn:x:y at level 0 that
    was not present in offer."
    """
    for offered, answered in _media(offer, answer):
        known = {_key(extension) for extension in offered.header_extensions}
        for line, extension in _extensions(answered):
            if _key(extension) not in known:
                related = (place(m_line(offered), "the offered section", "offer"),)
                message = f"{shorten(extension.uri)} was not offered here"
                yield at(line, extension.uri, message, fix=drop(line), related=related)


@rule(
    "OAN018",
    ERROR,
    "RFC 8285 §7",
    scope=Scope.PAIR,
    bad="answer:\n-a=extmap:1…\n+a=extmap:13 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
)
def other_extension_id(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer has another id for a header extension than the offer.

    It must be the same. Chromium takes it, and may read one extension for another; Firefox says "Answer changed id for
    extmap attribute at level 0 (…) from 1 to 13."
    """
    for offered, answered in _media(offer, answer):
        known: dict[tuple[str, str | None], dict[int, Line]] = {}
        for line, extension in _extensions(offered):
            known.setdefault(_key(extension), {}).setdefault(extension.id, line)
        decided = {key: ids for key, ids in known.items() if max(ids) < _ALTERNATIVES}
        for line, extension in _extensions(answered):
            ids = decided.get(_key(extension), {})
            if ids and extension.id not in ids:
                id, where = next(iter(ids.items()))
                text = line.text.replace(str(extension.id), str(id), 1)
                related = (place(where, f"{id} here", "offer"),)
                message = f"id {extension.id} instead of {id}"
                fix = rewrite(line, text, f"make it {id}")
                yield at(line, str(extension.id), message, fix=fix, related=related)


# --- transport ---


def _setup_line(section: MediaDescription) -> Line:
    return _line_of(section, "setup")


@rule("OAN020", ERROR, "RFC 8842 §5.3", scope=Scope.PAIR, bad="answer:\n-a=setup:active\n+a=setup:actpass")
def undecided_setup(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer says a=setup:actpass or holdconn.

    An answer decides who begins the handshake. Chromium says "Answerer must use either active or passive value for
    setup attribute.", Firefox "illegal setup attribute", aiortc "DTLS setup attribute must be 'active' or 'passive'
    for an answer". Often an offer was sent back as the answer.
    """
    for _, answered in _accepted(offer, answer):
        line, setup = _setup_line(answered), answered.dtls.setup
        if setup in ("actpass", "holdconn"):
            fix = rewrite(line, "a=setup:active", "write active", safe=False)
            yield at(line, setup, f"an answer says active or passive, not {setup}", fix=fix)


@rule("OAN021", ERROR, "RFC 8842 §5.3", scope=Scope.PAIR, bad="offer:\n-a=setup:actpass\n+a=setup:active")
def same_setup(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """Offer and answer have the same DTLS role, active or passive.

    Both would begin the handshake, or both would wait. libwebrtc says "Answerer must be passive when offerer is
    active"; Firefox takes it and never connects.
    """
    for offered, answered in _transports(offer, answer):
        role = answered.dtls.setup
        if role in ("active", "passive") and role == offered.dtls.setup:
            line, other = _setup_line(answered), "passive" if role == "active" else "active"
            related = (place(_setup_line(offered), f"{role} here too", "offer"),)
            fix = rewrite(line, f"a=setup:{other}", f"write {other}", safe=False)
            yield at(line, role, f"{role} answers {role}", fix=fix, related=related)


@rule("OAN022", WARNING, "RFC 8842 §5.3", scope=Scope.PAIR, bad="answer:\n-a=setup:active")
def answer_without_setup(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer has no a=setup.

    By RFC 4145 that means passive, but Chromium and Firefox take it for active. aiortc raises AttributeError:
    'NoneType' object has no attribute 'role'.
    """
    for offered, answered in _transports(offer, answer):
        if "setup" not in answered and "setup" not in answer.description and offered.dtls.setup:
            last = answered.lines[-1]
            line = (answered.lines_of("fingerprint") or (last,))[-1]
            fix = insert_behind(line, "a=setup:active", "add a=setup:active")
            related = (place(_setup_line(offered), "the offer", "offer"),)
            yield Hit(m_line(answered), "no a=setup here or in the session", fix=fix, related=related)


@rule(
    "OAN023",
    ERROR,
    "RFC 8842 §5.3",
    scope=Scope.PAIR,
    profiles=WEB,
    bad="answer:\n-a=fingerprint:…",
)
def answer_without_keys(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer has no ICE credentials or no fingerprint, although the offer has.

    Without them no connection can be made. Chromium says "Called with SDP without ice-ufrag and ice-pwd" or "without
    DTLS fingerprint", Firefox "no ice-ufrag attribute at level 0". Sections that are bundled behind another one need
    none. A SIP gateway that answers with plain RTP is the usual cause.
    """
    for offered, answered in _transports(offer, answer):
        names = ("ice-ufrag", "ice-pwd", "fingerprint")
        missing = [name for name in names if offered.holding(name) and not _has(answered, name)]
        if missing:
            related = tuple(place(_line_of(offered, name), "the offer", "offer") for name in missing)
            yield Hit(m_line(answered), f"no a={' and no a='.join(missing)}", related=related)


def _has(section: MediaDescription, name: str) -> bool:
    return name in section or (section.session is not None and name in section.session)


_ECHO = (
    "-o=…\n+o=- 4611731400430051336 2 IN IP4 127.0.0.1\n-a=ice-ufrag:…\n+a=ice-ufrag:abcd\n"
    "-a=ice-pwd:…\n+a=ice-pwd:0123456789abcdefghijkl\n"
)


@rule("OAN024", ERROR, "RFC 3264 §6", scope=Scope.PAIR, bad=f"answer:\n{_ECHO}")
def echo(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer is the offer sent back.

    It has the same session id, or the same ICE credentials and fingerprint. Chromium and Firefox refuse only its
    a=setup:actpass; where that was changed they take it, and never connect. The answer comes from the other side:
    signalling gave the offer back to its sender, or the wrong text was pasted.
    """
    ours, theirs = answer.description.origin, offer.description.origin
    if ours and theirs and len(str(ours.session_id)) >= _RANDOM:
        same = (ours.username, ours.session_id, ours.address) == (theirs.username, theirs.session_id, theirs.address)
        if same:
            related = (place(offer.description.lines_of("o=")[0], "the same session", "offer"),)
            line = answer.description.lines_of("o=")[0]
            yield at(line, str(ours.session_id), "the session of the offer", related=related)
            return
    for offered, answered in _transports(offer, answer):
        ice = answered.ice.ufrag and (answered.ice.ufrag, answered.ice.pwd) == (offered.ice.ufrag, offered.ice.pwd)
        if ice and answered.dtls.fingerprints and answered.dtls.fingerprints == offered.dtls.fingerprints:
            related = (place(_line_of(offered, "ice-ufrag"), "the same", "offer"),)
            message = "ICE credentials and fingerprint are those of the offer"
            yield Hit(_line_of(answered, "ice-ufrag"), message, related=related)
            return


@rule("OAN026", ERROR, "RFC 5761 §5.1.1", scope=Scope.PAIR, profiles=WEB, bad="answer:\n-a=rtcp-mux")
def answer_without_mux(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The offer has a=rtcp-mux, and the answer has not.

    Then RTCP would need a port of its own, which browsers do not give. Chromium says "RTCP-MUX is not enabled when it
    is required." or "rtcp-mux must be enabled when BUNDLE is enabled.", Firefox and aiortc refuse it too.
    """
    for offered, answered in _media(offer, answer):
        if "rtcp-mux" in offered and "rtcp-mux" not in answered:
            related = (place(offered.lines_of("rtcp-mux")[0], "the offer", "offer"),)
            fix = insert_behind(answered.lines[-1], "a=rtcp-mux", "add a=rtcp-mux")
            yield Hit(m_line(answered), "no a=rtcp-mux", fix=fix, related=related)


@rule(
    "OAN027",
    WARNING,
    "RFC 8858 §4.3",
    scope=Scope.PAIR,
    pedantic=True,
    bad="offer:\n-a=rtcp-mux",
)
def mux_not_offered(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer has a=rtcp-mux that was not offered, or a=rtcp-mux-only.

    An answer may only take what was offered. On a=rtcp-mux-only RFC 8858 (never) and RFC 9143 (where the offer has it
    in the first section) do not agree; then it is a note. Chromium and Firefox take it.
    """
    for offered, answered in _media(offer, answer):
        for line in answered.lines_of("rtcp-mux"):
            if "rtcp-mux" not in offered and "rtcp-mux-only" not in offered:
                related = (place(m_line(offered), "no a=rtcp-mux", "offer"),)
                yield Hit(line, "rtcp-mux was not offered", fix=drop(line), related=related)
        for line in answered.lines_of("rtcp-mux-only"):
            severity = NOTE if "rtcp-mux-only" in offered else None
            yield Hit(line, "rtcp-mux-only in an answer", fix=drop(line), severity=severity)


# --- bundles ---


@rule("OAN028", ERROR, "RFC 9143 §7.4", scope=Scope.PAIR, bad="offer:\n-a=group:…\n+a=group:BUNDLE 0")
def bundled_without_offer(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer bundles a section that the offer does not bundle.

    It may only take sections out. Chromium says "A BUNDLE group in answer contains a MID='1' that was not in the
    offered group." or "A BUNDLE group was added in the answer that did not exist in the offer."; Firefox takes it.
    aiortc itself always answers with a group.
    """
    owners = {mid: line for line, group in bundles(offer.description) for mid in group.mids}
    for line, group in bundles(answer.description):
        offered = next((owners[mid] for mid in group.mids if mid in owners), None)
        extra = [mid for mid in dict.fromkeys(group.mids) if owners.get(mid) is not offered or offered is None]
        if not extra:
            continue
        kept = [mid for mid in group.mids if mid not in set(extra)]
        text = f"a=group:{' '.join([BUNDLE, *kept])}"
        fix = rewrite(line, text, "bundle only what was offered so") if kept else drop(line)
        related = (place(offered, "the offered group", "offer"),) if offered else ()
        names = shorten(", ".join(f'"{mid}"' for mid in extra))
        message = f"{names} was not offered in this group" if owners else "the offer has no BUNDLE group"
        yield Hit(line, message, fix=fix, related=related)


@rule(
    "OAN062",
    ERROR,
    "RFC 9143 §7.3",
    scope=Scope.PAIR,
    bad="answer:\n-a=group:…\n+a=group:BUNDLE 0\n+a=group:BUNDLE 1 2",
    good="answer:\n-a=group:…\n+a=group:BUNDLE 1 2",
)
def split_group(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer makes two groups of one that was offered.

    For each offered group there is at most one in the answer; a section that is taken out of it has a transport of its
    own. Chromium says "A MID in the answer has changed group."; Firefox and aiortc take it.
    """
    owners = {mid: line for line, group in bundles(offer.description) for mid in group.mids}
    first: dict[int, Line] = {}
    for line, group in bundles(answer.description):
        offered = next((owners[mid] for mid in group.mids if mid in owners), None)
        if offered is not None and first.setdefault(offered.number, line) is not line:
            related = (place(first[offered.number], "the first one"), place(offered, "the offered group", "offer"))
            yield Hit(line, "a second group for the same offered one", related=related)


def _taken(answer: Subject) -> set[str]:
    """The mids of all groups of the answer."""
    return {mid for _, group in bundles(answer.description) for mid in group.mids}


@rule(
    "OAN029",
    WARNING,
    "RFC 9143 §7.4",
    scope=Scope.PAIR,
    pedantic=True,
    bad="answer:\n-a=group:…",
)
def bundle_declined(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer takes accepted sections out of the offered bundle.

    They then need a transport of their own: ports, candidates, a handshake each. Chromium and Firefox take it.
    """
    accepted = {offered.mid: answered for offered, answered in _accepted(offer, answer)}
    taken = _taken(answer)
    for line, group in bundles(offer.description):
        mids = [mid for mid in group.mids if mid in accepted]
        left = [mid for mid in mids if (accepted[mid].mid or mid) not in taken]
        if left and len(mids) > 1:
            where = next((found for found, _ in bundles(answer.description)), m_line(accepted[left[0]]))
            names = ", ".join(f'"{mid}"' for mid in left)
            related = (place(line, "the offered group", "offer"),)
            yield Hit(where, f"{shorten(names)} not bundled, as it was offered", related=related)


@rule(
    "OAN030",
    ERROR,
    "RFC 9143 §7.3.3",
    scope=Scope.PAIR,
    bad="answer:\n-m=audio…\n+m=audio 0 UDP/TLS/RTP/SAVPF 111 0",
)
def bundled_on_rejected(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer rejects the first section of its bundle, or has a bundle-only section outside of it.

    The first section lends its transport to the others; a bundle-only one has none. Chromium says "The m= section
    with mid='1' should be rejected.", Firefox "points at a disabled m-section". Take rejected sections out of the
    group, and reject bundle-only ones that are not in it.
    """
    sections = {section.mid: section for section in reversed(answer.media)}
    for line, group in bundles(answer.description):
        tag = sections.get(group.mids[0]) if group.mids else None
        if tag is not None and tag.is_rejected:
            related = (place(m_line(tag), "port 0 rejects it"),)
            yield at(
                line, group.mids[0], f'the first section, "{shorten(group.mids[0])}", is rejected', related=related
            )
    taken = _taken(answer)
    for offered, answered in _accepted(offer, answer):
        if offered.bundle_only and not offered.port and (answered.mid or offered.mid) not in taken:
            related = (place(offered.lines_of("bundle-only")[0], "the offer", "offer"),)
            yield Hit(m_line(answered), "bundle-only, but accepted outside of the bundle", related=related)


@rule("OAN031", WARNING, "RFC 9143 §7.3.1", scope=Scope.PAIR, pedantic=True, bad="-a=group:…\n+a=group:BUNDLE 1 0 2")
def other_tag(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The first section of the answer's bundle is not the first that was offered and is accepted.

    The offerer's order says whose transport is used. Chromium and Firefox take another one.
    """
    accepted = {offered.mid for offered, _ in _accepted(offer, answer) if not offered.bundle_only}
    tags: dict[str, str | None] = {}
    for _, group in bundles(offer.description):
        tags |= dict.fromkeys(group.mids, next((mid for mid in group.mids if mid in accepted), None))
    for line, group in bundles(answer.description):
        wanted = tags.get(group.mids[0]) if group.mids else None
        if wanted is not None and wanted in group.mids and wanted != group.mids[0] and group.mids[0] in accepted:
            message = f'"{shorten(group.mids[0])}" is first, where the offer wants "{shorten(wanted)}"'
            yield at(line, group.mids[0], message)


# --- simulcast ---


def _layers(section: MediaDescription) -> tuple[set[str], set[str]]:
    """The rids of a=simulcast, to send and to receive."""
    found = next((value for value in section.get_all("simulcast") if isinstance(value, Simulcast)), Simulcast())
    send, recv = ({stream.rid for streams in part for stream in streams} for part in (found.send, found.recv))
    return send, recv


_OFFERED = "-a=mid:1\n+a=mid:1\n+a=rid:h send\n+a=rid:l send\n+a=simulcast:send h;l"
_REVERSED = "-a=mid:1\n+a=mid:1\n+a=rid:h recv\n+a=rid:l recv\n+a=simulcast:recv h;l"


@rule(
    "OAN032",
    ERROR,
    "RFC 8853 §5.3.2",
    scope=Scope.PAIR,
    bad=f"offer:\n{_OFFERED}\nanswer:\n{_OFFERED}",
    good=f"offer:\n{_OFFERED}\nanswer:\n{_REVERSED}",
)
def simulcast_against_offer(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer's rids or simulcast are not a part of the offer's, the other way round.

    What the offer sends the answer receives; it adds no streams, payload types or looser restrictions. Chromium and
    Firefox take it without a word, and layers are missing. Where the offer has no simulcast it is a warning: Chromium
    itself answers so, and then sends one layer.
    """
    for offered, answered in _media(offer, answer):
        yield from _added_layers(offered, answered)
        yield from _added_rids(offered, answered)


def _added_layers(offered: MediaDescription, answered: MediaDescription) -> Iterator[Hit]:
    (their_send, their_recv), (send, recv) = _layers(offered), _layers(answered)
    for direction, extra in (("send", sorted(send - their_recv)), ("recv", sorted(recv - their_send))):
        if extra:
            where = _line_of(offered, "simulcast")
            related = (place(where, "the offer", "offer"),)
            message = f"{direction} {shorten(', '.join(extra))}: not what the offer has"
            severity = None if "simulcast" in offered else WARNING
            yield at(_line_of(answered, "simulcast"), direction, message, related=related, severity=severity)


def _added_rids(offered: MediaDescription, answered: MediaDescription) -> Iterator[Hit]:
    known = {rid.id: (line, rid) for line, rid in rids(offered)}
    layers = set().union(*_layers(answered))
    for line, rid in rids(answered):
        if rid.id not in known:
            if rid.id not in layers:  # else it is said at a=simulcast
                yield at(line, rid.id, f'no rid "{shorten(rid.id)}" was offered')
            continue
        where, theirs = known[rid.id]
        related = (place(where, "the offer", "offer"),)
        if rid.direction == theirs.direction:
            yield at(line, rid.direction, f"{rid.direction} answers {theirs.direction}", related=related)
        limits = dict(theirs.restrictions)
        for name, value in rid.restrictions:
            if _is_looser(name, value or "", limits):
                yield at(line, f"{name}={value}", f"{name} is looser than in the offer", related=related)


def _is_looser(name: str, value: str, offered: dict[str, str | None]) -> bool:
    """Whether a restriction allows what the offered one does not."""
    limit = offered.get(name)
    if limit is None:
        return False
    if name == "pt":
        return not set(value.split(",")) <= set(limit.split(","))
    numbers = [int(text) for text in (value, limit) if text.isascii() and text.isdigit() and len(text) < 11]
    return name.startswith("max-") and len(numbers) == 2 and numbers[0] > numbers[1]


@rule(
    "OAN033",
    WARNING,
    "RFC 8853 §5.3.3",
    scope=Scope.PAIR,
    pedantic=True,
    bad=f"offer:\n{_OFFERED}",
    good=f"offer:\n{_OFFERED}\nanswer:\n{_REVERSED}",
)
def simulcast_declined(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The offer has simulcast, and the answer has not.

    Then a single layer is sent. That is what browsers answer among themselves; a media server should want all layers.
    """
    for offered, answered in _media(offer, answer):
        if any(_layers(offered)) and "simulcast" not in answered:
            related = (place(_line_of(offered, "simulcast"), "the offer", "offer"),)
            yield Hit(m_line(answered), "no a=simulcast: one layer will be sent", related=related)


# --- data channels ---


@rule(
    "OAN034",
    ERROR,
    "RFC 8841 §10.3",
    scope=Scope.PAIR,
    bad="answer:\n-a=sctp-port:5000",
)
def other_association(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer for data channels has no a=sctp-port, or another format than the offer.

    Without the port Chromium assumes 5000, and Firefox says "Answer had no codecs in common with offer in m-section
    0". With the format of old drafts Chromium says "sctp-port attribute can't be used with sctpmap."
    """
    for offered, answered in _accepted(offer, answer):
        if not (is_data(offered) and is_data(answered) and is_modern(offered)):
            continue
        related = (place(m_line(offered), "the offer", "offer"),)
        if "sctp-port" not in answered and "sctpmap" not in answered:
            fix = insert_behind(answered.lines[-1], "a=sctp-port:5000", "add a=sctp-port:5000")
            yield Hit(m_line(answered), "no a=sctp-port", fix=fix, related=related)
        if offered.formats != answered.formats:
            line = m_line(answered)
            message = f'"{shorten(" ".join(answered.formats))}" answers "{shorten(" ".join(offered.formats))}"'
            yield Hit(line, message, start=len(" ".join(line.text.split(" ")[:3])) + 1, related=related)


def _message_size(section: MediaDescription) -> int:
    """The bytes of a message that may be sent to the writer; 0 is any number."""
    size = section.get("max-message-size")
    return size if isinstance(size, int) else 65536


@rule(
    "OAN035",
    NOTE,
    "RFC 8841 §6.1",
    scope=Scope.PAIR,
    pedantic=True,
    bad="answer:\n-a=max-message-size:262144\n+a=max-message-size:65536",
)
def message_sizes(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """Messages over data channels may have different sizes in the two directions.

    Each side obeys what the other says; nothing means 65536 bytes, and 0 any size. libwebrtc answers with the smaller
    of what was offered and 262144.
    """

    def words(size: int) -> str:
        return f"{size} bytes" if size else "any size"

    for offered, answered in _accepted(offer, answer):
        ours, theirs = _message_size(answered), _message_size(offered)
        if is_data(answered) and is_data(offered) and ours != theirs:
            line = _line_of(answered, "max-message-size")
            related = (place(_line_of(offered, "max-message-size"), words(theirs), "offer"),)
            yield Hit(line, f"the offerer may send {words(ours)}, the answerer {words(theirs)}", related=related)


@rule("OAN036", WARNING, "RFC 3264 §6", scope=Scope.PAIR, pedantic=True, bad="answer:\n-t=0 0\n+t=1 0")
def other_time(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The t= line of the answer is not that of the offer.

    It must be the same. Chromium and Firefox take another one.
    """
    ours, theirs = (subject.description.lines_of("t=") for subject in (answer, offer))
    if ours and theirs and [line.text.strip() for line in ours] != [line.text.strip() for line in theirs]:
        related = (place(theirs[0], "the offer", "offer"),)
        fix = rewrite(ours[0], theirs[0].text, "take over that of the offer") if len(ours) == len(theirs) == 1 else None
        yield Hit(ours[0], f"{shorten(ours[0].text)} answers {shorten(theirs[0].text)}", fix=fix, related=related)


# --- ICE ---


@rule(
    "OAN037",
    WARNING,
    "RFC 8445 §6.1.2.2",
    scope=Scope.PAIR,
    bad="answer:\n-a=candidate:1…\n-a=candidate:2…\n+a=candidate:1 1 udp 2122260223 2001:db8::1 54321 typ host",
)
def no_candidate_pair(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """No candidate of the offer can be paired with one of the answer.

    A pair has the same component, transport and family of addresses; with TCP one side is active and the other
    passive. No stack says a word before ICE fails. Where both sides may still trickle more it is a note.
    """
    for offered, answered in _transports(offer, answer):
        ours, theirs = _kinds(answered), _kinds(offered)
        if ours and theirs and not any(_fit(ours[key], theirs[key]) for key in ours.keys() & theirs.keys()):
            whole = any(_is_whole(part) for part in (offered, answered))
            related = (place(offered.lines_of("candidate")[0], "those of the offer", "offer"),)
            message = "none of these candidates can be paired with one of the offer"
            line = answered.lines_of("candidate")[0]
            yield Hit(line, message, related=related, severity=None if whole else NOTE)


def _kinds(section: MediaDescription) -> dict[int, set[Kind]]:
    """The kinds of candidates by their components."""
    found: dict[int, set[Kind]] = {}
    for candidate in section.candidates:
        found.setdefault(candidate.component, set()).add(Kind.of(candidate))
    return found


def _fit(ours: set[Kind], theirs: set[Kind]) -> bool:
    """Whether any two make a pair, if both sides check."""
    return any(obstacle(local, remote, (LOCAL, REMOTE)) is None for local, remote in product(ours, theirs))


def _is_whole(section: MediaDescription) -> bool:
    """Whether no more candidates will come."""
    session = section.session
    return (
        section.end_of_candidates or (session is not None and "end-of-candidates" in session) or not section.ice.trickle
    )


@rule(
    "OAN039",
    WARNING,
    "RFC 8838 §3",
    scope=Scope.PAIR,
    profiles=WEB,
    pedantic=True,
    bad="answer:\n-a=ice-options:…\n-a=ice-options:…\n-a=ice-options:…\noffer:\n-a=candidate:1…\n-a=candidate:2…",
)
def half_trickle(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """One side has no candidates yet, and the other does not say that it can trickle.

    The other side may wait for nothing, or give up. Chromium and Firefox take it, and trickle all the same. Wait until
    gathering has ended, or add a=ice-options:trickle to the other side.
    """
    offered = [pair[0] for pair in _transports(offer, answer)]
    answered = [pair[1] for pair in _transports(offer, answer)]
    for ours, theirs in ((offered, answered), (answered, offered)):
        waiting = next((part for part in ours if part.ice.ufrag and not part.candidates and not _ended(part)), None)
        deaf = next((part for part in theirs if part.ice.ufrag and not part.ice.trickle), None)
        if waiting and deaf and not any(part.candidates for part in ours):
            ours_is_offer = ours is offered
            line = m_line(deaf) if ours_is_offer else m_line(waiting)
            related = (place(m_line(waiting if ours_is_offer else deaf), "the other side", "offer"),)
            message = (
                "no ice-options:trickle, and the offer has no candidates yet"
                if ours_is_offer
                else "no candidates yet, and the offer has no ice-options:trickle"
            )
            yield Hit(line, message, related=related)


def _ended(section: MediaDescription) -> bool:
    session = section.session
    return section.end_of_candidates or (session is not None and "end-of-candidates" in session)


@rule("OAN040", WARNING, "RFC 8445 §5.3", scope=Scope.PAIR, bad="answer:\n-a=ice-ufrag:…\n+a=ice-ufrag:abcd")
def same_identity(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """Offer and answer have the same ice-ufrag, or the same fingerprint.

    Each side makes its own ufrag, so this is an answer of the offerer to itself, or a text mixed from two. The same
    certificate on both sides is one that programs share, which then cannot be told apart. Chromium and Firefox take
    both.
    """
    for offered, answered in _transports(offer, answer):
        alike = {
            "ice-ufrag": answered.ice.ufrag is not None and answered.ice.ufrag == offered.ice.ufrag,
            "fingerprint": bool(set(answered.dtls.fingerprints) & set(offered.dtls.fingerprints)),
        }
        for name in (name for name, same in alike.items() if same):
            related = (place(_line_of(offered, name), "the same there", "offer"),)
            yield Hit(_line_of(answered, name), f"the {name} of the offer", start=len(f"a={name}:"), related=related)


# --- odds and ends ---


@rule(
    "OAN042",
    NOTE,
    "RFC 3264 §6",
    scope=Scope.PAIR,
    pedantic=True,
    bad="answer:\n-m=audio…\n+m=audio 0 UDP/TLS/RTP/SAVPF 111 0\n-a=group:…\n+a=group:BUNDLE 1 2",
)
def rest_of_rejected(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """A rejected section of the answer has no format, or keeps candidates or a=bundle-only.

    It has any format that was offered, and nothing for a connection. Without a format Chromium refuses it: "m=video 0
    UDP/TLS/RTP/SAVPF Expects at least 4 fields."; Firefox takes it. Candidates both take.
    """
    for offered, answered in _pairs(offer, answer):
        line = m_line(answered)
        words = line.text.split()
        if len(words) == 3 and words[1] == "0" and offered.formats:
            fix = rewrite(line, " ".join([*words, offered.formats[0]]), f"add {offered.formats[0]}")
            yield Hit(line, "a rejected section has a format too", fix=fix)
        if words[1:2] == ["0"]:
            for name in ("candidate", "bundle-only"):
                for idle in answered.lines_of(name)[:1]:
                    if name != "bundle-only" or answered.mid not in _taken(answer):
                        fix = drop(*answered.lines_of(name))
                        yield Hit(idle, f"a={name} in a rejected section", fix=fix)


@rule("OAN044", WARNING, "RFC 5576 §8", scope=Scope.PAIR, pedantic=True, bad="-a=ssrc:3001…\n+a=ssrc:1001 cname:other")
def ssrc_of_the_offer(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """An SSRC of the answer is one of the offer in the same section.

    Both sides of an RTP session must have different ones. Chromium and Firefox take it.
    """
    for offered, answered in _media(offer, answer):
        known = _sources(offered)
        for ssrc, line in _sources(answered).items():
            if ssrc in known:
                related = (place(known[ssrc], "the offer", "offer"),)
                yield at(line, str(ssrc), f"{ssrc} is an SSRC of the offer", related=related)


def _sources(section: MediaDescription) -> dict[int, Line]:
    """The SSRCs of a section, each with its first line."""
    found = ((decode(line), line) for line in reversed(section.lines_of("ssrc")))
    return {ssrc.id: line for ssrc, line in found if isinstance(ssrc, Ssrc)}


@rule("OAN045", WARNING, "RFC 8829 §5.3.1", scope=Scope.PAIR, pedantic=True, bad="-a=mid:1\n+a=mid:1\n+a=bundle-only")
def bundle_only_in_answer(offer: Subject, answer: Subject) -> Iterator[Hit]:
    """The answer has a=bundle-only.

    It says how an answerer who cannot bundle shall take the section, so it means something in an offer only. Chromium
    and Firefox take it.
    """
    for _, answered in _pairs(offer, answer):
        for line in answered.lines_of("bundle-only"):
            yield Hit(line, "bundle-only in an answer", fix=drop(line))


# --- what one side says next ---


def _kept(previous: Subject, new: Subject) -> list[Pair]:
    """The sections that were live before and still are, by their positions; those of other media are others."""
    return [
        (before, now)
        for before, now in zip(previous.media, new.media, strict=False)
        if not before.is_rejected and not now.is_rejected and before.kind == now.kind
    ]


@rule(
    "OAN050",
    ERROR,
    "RFC 3264 §8",
    scope=Scope.RENEGOTIATION,
    bad="-m=application…\n-a=mid:2\n-a=group:…\n+a=group:BUNDLE 0 1",
)
def sections_gone(previous: Subject, new: Subject) -> Iterator[Hit]:
    """The new description has fewer m-sections than the previous one.

    A section stays where it is for as long as the session lasts; it is ended with port 0. Chromium says "The order of
    m-lines in subsequent offer doesn't match order from previous offer/answer.", Firefox "New remote description has
    fewer m-sections than the previous remote description."
    """
    missing = previous.media[len(new.media) :]
    if missing and new.description.lines:
        line = m_line(new.media[-1]) if new.media else new.description.lines[0]
        related = tuple(place(m_line(section), "this is gone", "previous") for section in missing)
        yield Hit(line, f"{len(new.media)} m-sections, after {len(previous.media)}", related=related)


_RECYCLED = "right only if the other side had rejected what was here: then a new section may take its place"


@rule(
    "OAN051",
    ERROR,
    "RFC 3264 §8.1",
    scope=Scope.RENEGOTIATION,
    bad="-m=video…\n+m=audio 9 UDP/TLS/RTP/SAVPF 96 97 102",
)
def sections_moved(previous: Subject, new: Subject) -> Iterator[Hit]:
    """A live section has another kind of media than before, or has changed its place.

    New sections come behind the others, or where one was that either side rejected; with a new mid it is a warning,
    because only one side is seen here. Chromium says "The order of m-lines in
    subsequent offer doesn't match order from previous offer/answer.", Firefox "Remote description changes the media
    type of m-line 0; media type changes are only permitted when the m-section was previously disabled".
    """
    places = {section.mid: index for index, section in enumerate(previous.media) if section.mid}
    for index, (before, now) in enumerate(zip(previous.media, new.media, strict=False)):
        if before.is_rejected:
            continue
        related = (place(m_line(before), "what was here before", "previous"),)
        if before.kind.lower() != now.kind.lower():
            message = f"{shorten(now.kind)} where {shorten(before.kind)} was"
            is_new = now.mid is not None and now.mid not in places
            recycled = {"severity": WARNING, "help": _RECYCLED} if is_new else {}
            yield at(m_line(now), now.kind, message, related=related, **recycled)
        elif now.mid is not None and places.get(now.mid, index) != index and before.mid != now.mid:
            line = now.lines_of("mid")[0]
            yield at(line, now.mid, f'"{shorten(now.mid)}" has changed its place', related=related)


@rule(
    "OAN052",
    WARNING,
    "RFC 8829 §5.2.2",
    scope=Scope.RENEGOTIATION,
    bad="-a=mid:1\n+a=mid:x\n-a=group:…\n+a=group:BUNDLE 0 x 2",
)
def mid_changed(previous: Subject, new: Subject) -> Iterator[Hit]:
    """A live section has another mid than before.

    Its name stays for as long as it lives. It is right only if the other side had rejected the section, and a new one
    has taken its place. Chromium says "The order of m-lines in subsequent offer doesn't match order
    from previous offer/answer."; Firefox takes it.
    """
    known = {section.mid for section in previous.media}
    for before, now in _kept(previous, new):
        if before.mid and now.mid and now.mid not in known:
            line = now.lines_of("mid")[0]
            related = (place(before.lines_of("mid")[0], "before", "previous"),)
            fix = _rename(new, line, now.mid, before.mid)
            yield at(
                line, now.mid, f'"{shorten(before.mid)}" has become "{shorten(now.mid)}"', fix=fix, related=related
            )


@rule(
    "OAN053",
    WARNING,
    "RFC 3264 §8",
    scope=Scope.RENEGOTIATION,
    pedantic=True,
    bad="-o=…\n+o=- 4611731400430051336 2 IN IP4 127.0.0.1\n-a=sendrecv\n+a=recvonly",
)
def version_not_raised(previous: Subject, new: Subject) -> Iterator[Hit]:
    """The description has changed, but its o= line has no higher version, or names another session.

    The version is one more with each change. Chromium and Firefox take any.
    """
    before, now = previous.description.origin, new.description.origin
    if before is None or now is None or (_body(previous) == _body(new) and before == now):
        return
    line = new.description.lines_of("o=")[0]
    related = (place(previous.description.lines_of("o=")[0], "before", "previous"),)
    if (before.username, before.session_id) != (now.username, now.session_id):
        yield at(line, str(now.session_id), "another session than before", related=related)
    elif now.session_version <= before.session_version and _body(previous) != _body(new):
        words = line.text.split(" ")
        text = " ".join([*words[:2], str(before.session_version + 1), *words[3:]])
        fix = rewrite(line, text, f"make it version {before.session_version + 1}")
        message = f"version {now.session_version}, after {before.session_version}"
        start = len(" ".join(words[:2])) + 1
        yield Hit(line, message, start, start + len(words[2]), fix=fix, related=related)


def _body(subject: Subject) -> list[str]:
    """A description without its o= line."""
    return [line.text for line in subject.description.lines if line.type != "o"]


@rule(
    "OAN054",
    ERROR,
    "RFC 3264 §8.3.2",
    scope=Scope.RENEGOTIATION,
    bad="-a=rtpmap:111…\n+a=rtpmap:111 G722/8000\n-a=fmtp:111…",
)
def payload_type_reused(previous: Subject, new: Subject) -> Iterator[Hit]:
    """A payload type stands for another codec than before.

    Within a session it keeps its meaning, as packets on their way would be taken for the new codec. Chromium and
    Firefox take it. Give the new codec a number that was not used yet.
    """
    for before, now in _kept(previous, new):
        known = _named(before)
        for payload_type, meaning in _named(now).items():
            if known.get(payload_type, meaning) != meaning:
                related = (place(line_about(before, payload_type), "before", "previous"),)
                message = f"{payload_type} was {_cite(before, payload_type)} and is {_cite(now, payload_type)}"
                yield at(line_about(now, payload_type), str(payload_type), message, related=related)


@rule("OAN055", ERROR, "RFC 8285 §7", scope=Scope.RENEGOTIATION, bad="-a=extmap:1…\n+a=extmap:1 urn:x:y")
def extension_remapped(previous: Subject, new: Subject) -> Iterator[Hit]:
    """An id stands for another header extension than before.

    Within a session it keeps its meaning. Chromium says "RTP extension ID reassignment not supported", Firefox
    "Remote description attempted to remap RTP extension id 1 from … to …".
    """
    for before, now in _kept(previous, new):
        known = {extension.id: (line, extension) for line, extension in _extensions(before)}
        for line, extension in _extensions(now):
            where, old = known.get(extension.id, (line, extension))
            if _key(old) != _key(extension) and extension.id < _ALTERNATIVES:
                related = (place(where, "before", "previous"),)
                message = f"{extension.id} was {shorten(old.uri)} and is {shorten(extension.uri)}"
                yield at(line, str(extension.id), message, related=related)


def _restarts(before: MediaDescription, now: MediaDescription) -> bool:
    """Whether ICE begins anew in a section."""
    return (before.ice.ufrag, before.ice.pwd) != (now.ice.ufrag, now.ice.pwd)


def _with_credentials(previous: Subject, new: Subject) -> list[Pair]:
    """The kept sections that have credentials in both descriptions."""
    return [(before, now) for before, now in _kept(previous, new) if before.ice.ufrag and now.ice.ufrag]


@rule(
    "OAN056",
    WARNING,
    "RFC 8839 §4.4.1.1.1",
    scope=Scope.RENEGOTIATION,
    pedantic=True,
    bad="-a=ice-ufrag:…\n+a=ice-ufrag:wxyz",
)
def partial_restart(previous: Subject, new: Subject) -> Iterator[Hit]:
    """ICE begins anew only in part: ufrag or pwd alone has changed, or some sections only.

    Both must change. Chromium takes it; Firefox says "Partial ICE restart is unsupported at this time" where it is
    some sections only.
    """
    pairs = _with_credentials(previous, new)
    for before, now in pairs:
        ufrag, pwd = before.ice.ufrag != now.ice.ufrag, before.ice.pwd != now.ice.pwd
        if ufrag != pwd:
            name, other = ("ice-ufrag", "ice-pwd") if ufrag else ("ice-pwd", "ice-ufrag")
            related = (place(_line_of(before, other), "the same as before", "previous"),)
            yield Hit(_line_of(now, name), f"{name} has changed, {other} has not", related=related)
    restarted = [now for before, now in pairs if _restarts(before, now)]
    if restarted and len(restarted) < len(pairs):
        line = _line_of(restarted[0], "ice-ufrag")
        yield Hit(line, f"ICE begins anew in {len(restarted)} of {len(pairs)} sections")


@rule(
    "OAN057",
    WARNING,
    "RFC 8842 §5.5",
    scope=Scope.RENEGOTIATION,
    pedantic=True,
    bad="-a=fingerprint:…\n+a=fingerprint:sha-256 B1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90:"
    "A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90",
)
def handshake_without_restart(previous: Subject, new: Subject) -> Iterator[Hit]:
    """The fingerprint or the DTLS role has changed, but ICE does not begin anew.

    That would be a new DTLS association on the same path, whose packets cannot be told from the old ones. Chromium
    and Firefox take it, and Chromium's DTLS then fails. Restart ICE with it.
    """
    own = {id(section) for subject in (previous, new) for section in subject.transports}
    for before, now in _kept(previous, new):
        if _restarts(before, now) or not {id(before), id(now)} <= own:
            continue
        ours, theirs = set(now.dtls.fingerprints), set(before.dtls.fingerprints)
        if ours and theirs and not ours & theirs:
            related = (place(_line_of(before, "fingerprint"), "before", "previous"),)
            yield Hit(_line_of(now, "fingerprint"), "another fingerprint, and no ICE restart", related=related)
        if {now.dtls.setup, before.dtls.setup} == {"active", "passive"}:
            related = (place(_setup_line(before), "before", "previous"),)
            message = f"{before.dtls.setup} has become {now.dtls.setup}, and no ICE restart"
            yield at(_setup_line(now), now.dtls.setup or "", message, related=related)


@rule(
    "OAN058",
    ERROR,
    "RFC 8839 §4.4.1.1.1",
    scope=Scope.RENEGOTIATION,
    pedantic=True,
    bad="-t=0 0\n+t=0 0\n+a=ice-lite",
)
def ice_changed(previous: Subject, new: Subject) -> Iterator[Hit]:
    """The agent has become ICE lite, or is no longer, or has changed ice2, and ICE does not begin anew.

    Who controls ICE depends on it. Chromium and Firefox take it.
    """
    if any(_restarts(before, now) for before, now in _with_credentials(previous, new)):
        return
    before, now = previous.description, new.description
    if before.ice_lite != now.ice_lite:
        line = next(iter(now.lines_of("ice-lite") or now.lines_of("o=") or now.lines))
        what = "ice-lite has come" if now.ice_lite else "ice-lite is gone"
        related = tuple(place(found, "before", "previous") for found in before.lines_of("ice-lite"))
        yield Hit(line, f"{what}, and no ICE restart", related=related)
    for old, section in _with_credentials(previous, new):
        if ("ice2" in old.ice.options) != ("ice2" in section.ice.options):
            yield Hit(_line_of(section, "ice-options"), "ice2 has changed, and no ICE restart")
            return


@rule(
    "OAN060",
    WARNING,
    "RFC 9143 §7.5.2",
    scope=Scope.RENEGOTIATION,
    pedantic=True,
    bad="-a=group:…\n+a=group:BUNDLE 0 1",
)
def bundle_changed(previous: Subject, new: Subject) -> Iterator[Hit]:
    """A live section has left its BUNDLE group, or moved to another one.

    Once bundled, a section stays so until it is rejected. Chromium and Firefox take it; Chromium refuses some:
    "Answer cannot remove m= section with mid='1' from already-established BUNDLE group."
    """
    now = {mid: line for line, group in bundles(new.description) for mid in group.mids}
    live = {section.mid: section for _, section in _kept(previous, new)}
    for line, group in bundles(previous.description):
        kept = [mid for mid in group.mids if mid in live]
        lost = [mid for mid in kept if mid not in now]
        moved = len({now[mid].number for mid in kept if mid in now}) > 1
        if lost or moved:
            where = next((found for found, _ in bundles(new.description)), m_line(live[(lost or kept)[0]]))
            names = shorten(", ".join(f'"{mid}"' for mid in lost))
            message = f"{names} has left the group" if lost else "the sections of a group have come into several"
            yield Hit(where, message, related=(place(line, "the group before", "previous"),))


_BARE = "-a=ice-ufrag:abcd\n-a=ice-ufrag:abcd\n-a=setup:actpass\n+a=setup:actpass\n+a=ice-ufrag:abcd"


@rule(
    "OAN061",
    NOTE,
    "RFC 9143 §7.1.3",
    scope=Scope.RENEGOTIATION,
    pedantic=True,
    bad=_BARE,
)
def bare_bundled_sections(previous: Subject, new: Subject) -> Iterator[Hit]:
    """A bundled section of the new description no longer has ICE credentials.

    RFC 9143 wants it so in all but the first section, once the bundle is agreed on. Chromium takes it; Firefox says
    "Partial ICE restart is unsupported at this time". For Firefox, repeat those of the first section.
    """
    for before, now in _kept(previous, new):
        if before.ice.ufrag and not now.ice.ufrag and not now.bundle_only:
            related = (place(_line_of(before, "ice-ufrag"), "before", "previous"),)
            yield Hit(m_line(now), "no a=ice-ufrag here any more", related=related)
