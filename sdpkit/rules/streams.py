"""RTP streams: rids, simulcast, SSRCs, msids (RID)."""

import re
from collections import Counter
from collections.abc import Iterator

from sdpkit.finding import Fix, Severity, shorten
from sdpkit.rules.media import is_rtp, m_line, payload_types
from sdpkit.rules.rule import WEB, Hit, Subject, at, drop, found_by_parser, insert_behind, place, rewrite, rule
from sdpkit.sdp.attributes.grouping import Msid
from sdpkit.sdp.attributes.streams import DraftPart, Rid, Simulcast, SimulcastDraft, Ssrc, SsrcGroup
from sdpkit.sdp.decoding import decode
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import MediaDescription

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

_RTP_STREAM_ID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
_MOST_LAYERS = 3
"""The simulcast layers that libwebrtc sends at most."""
_MOST_SSRC = 2**32 - 1
_WORD = re.compile("(?<![^ ;,~])[^ ;,~][^ ;,]*")  # of a=simulcast, without the tilde of a paused stream
_ALPHANUMERIC = re.compile("[A-Za-z0-9]{1,16}").fullmatch
_MSID = re.compile("[-A-Za-z0-9!#$%&'*+.^_`{|}~]{1,64}").fullmatch
_NUMBER = re.compile("[0-9]{1,10}").fullmatch
_DECIMAL = re.compile(r"[0-9]{1,10}(?:\.[0-9]{1,10})?").fullmatch
_RESTRICTIONS = {
    **dict.fromkeys(("max-width", "max-height", "max-fps", "max-fs", "max-br", "max-pps"), _NUMBER),
    "max-bpp": _DECIMAL,
}
_DIGITS = re.compile("[0-9]+")
_SENDING = ("sendrecv", "sendonly")

_LAYERS = "-a=mid:1\n+a=mid:1\n+a=rid:h send\n+a=rid:l send"
_SIMULCAST = f"{_LAYERS}\n+a=simulcast:send h;l"


# --- rids and simulcast ---


def rids(section: MediaDescription) -> list[tuple[Line, Rid]]:
    """The a=rid lines that can be read."""
    found = ((line, decode(line)) for line in section.lines_of("rid"))
    return [(line, rid) for line, rid in found if isinstance(rid, Rid)]


def _simulcasts(subject: Subject) -> Iterator[tuple[MediaDescription, Line, Simulcast]]:
    """The a=simulcast lines of live sections that can be read, in the form of RFC 8853."""
    for section in subject.live:
        for line in section.lines_of("simulcast"):
            found = decode(line)
            if isinstance(found, Simulcast):
                yield section, line, found


def _named(simulcast: Simulcast) -> Iterator[tuple[str, str]]:
    """The rids of a=simulcast, each with its direction; alternatives count too."""
    for direction, streams in (("send", simulcast.send), ("recv", simulcast.recv)):
        for alternatives in streams:
            for stream in alternatives:
                yield direction, stream.rid


def _places(line: Line) -> dict[str, tuple[int, int | None]]:
    """Where the rids in a=simulcast first stand."""
    start = len("a=simulcast:")
    words = reversed(list(_WORD.finditer(line.text[start:])))
    return {word[0]: (word.start() + start, word.end() + start) for word in words}


@rule("RID001", ERROR, "RFC 8853 §5.2", bad=f"{_LAYERS}\n+a=simulcast:send h;m", good=_SIMULCAST)
def undefined_rid(subject: Subject) -> Iterator[Hit]:
    """The a=simulcast names a stream that no a=rid describes.

    Chromium drops that layer without a word; Firefox refuses the description: "No rid attribute for 'l'". Add its
    a=rid line, or take it out of a=simulcast.
    """
    for section, line, simulcast in _simulcasts(subject):
        written = {line.text[6:].split(" ")[0] for line in section.lines_of("rid")}
        places = _places(line)
        for _, rid in _named(simulcast):
            if rid and rid not in written:
                yield Hit(line, f'there is no a=rid for "{shorten(rid)}"', *places.get(rid, (0, None)))


@rule("RID002", WARNING, "RFC 8853 §5.2", pedantic=True, bad=f"{_LAYERS}\n+a=simulcast:recv h;l", good=_SIMULCAST)
def rid_in_other_direction(subject: Subject) -> Iterator[Hit]:
    """The a=simulcast names a stream in another direction than its a=rid, or in both.

    A rid is for one direction. Chromium drops that layer without a word; Firefox refuses the description: "No rid
    attribute for 'h'".
    """
    for section, line, simulcast in _simulcasts(subject):
        directions = {rid.id: (rid.direction, where) for where, rid in reversed(rids(section))}
        places = _places(line)
        for direction, rid in _named(simulcast):
            described, where = directions.get(rid, (direction, None))
            if where is not None and described != direction:
                related = (place(where, f"{described} here"),)
                message = f'"{shorten(rid)}" stands behind {direction}, but its a=rid says {described}'
                yield Hit(line, message, *places.get(rid, (0, None)), related=related)


@rule("RID003", WARNING, "RFC 8851 §4", pedantic=True, bad=f"{_LAYERS}\n+a=rid:h send\n+a=simulcast:send h;l")
def repeated_rid(subject: Subject) -> Iterator[Hit]:
    """Two a=rid lines of a section have the same name.

    Receivers must set both aside. Chromium, Firefox and aiortc take it.
    """
    for section in subject.media:
        first: dict[str, Line] = {}
        for line, rid in rids(section):
            earlier = first.setdefault(rid.id, line)
            if earlier is not line:
                related = (place(earlier, "the first of that name"),)
                yield at(line, rid.id, f'another a=rid has the name "{shorten(rid.id)}"', related=related)


@rule("RID004", WARNING, "RFC 8852 §3", pedantic=True, bad="-a=mid:1\n+a=mid:1\n+a=rid:h-i send")
def odd_rid(subject: Subject) -> Iterator[Hit]:
    """The name of an a=rid is not 1 to 16 letters and digits.

    The packets that carry it cannot hold anything else, although the grammar of a=rid allows "-" and "_". Firefox
    says "Rid can contain only alphanumeric characters (according to RFC 8852)"; Chromium ignores the line.
    """
    for section in subject.media:
        for line, rid in rids(section):
            if not _ALPHANUMERIC(rid.id):
                yield at(line, rid.id, f'a rid is 1 to 16 letters and digits, not "{shorten(rid.id)}"')


@rule("RID005", ERROR, "RFC 8853 §5.2", bad=f"{_LAYERS}\n+a=simulcast:send", good=_SIMULCAST)
def malformed_simulcast(subject: Subject) -> Iterator[Hit]:
    """The a=simulcast is not one or two directions with the names of their streams, or stands there twice.

    Each direction comes once, and so does the attribute. Chromium refuses it: "Simulcast attribute is empty.",
    "Multiple Simulcast attributes specified.", "Malformed simulcast line". Firefox refuses some: "Missing rid at
    column -1".
    """
    for section in subject.media:
        lines = section.lines_of("simulcast")
        for line in lines[1:]:
            yield Hit(line, "a second a=simulcast in this section", related=(place(lines[0], "the first"),))
        for line in lines:
            simulcast = decode(line)
            if isinstance(simulcast, Simulcast) and not all(rid for _, rid in _named(simulcast)):
                yield Hit(line, "a stream has no name", start=len("a=simulcast:"))


@rule("RID006", WARNING, "RFC 8853 §5.1", pedantic=True, bad=f"{_LAYERS}\n+a=simulcast: send rid=h;l", good=_SIMULCAST)
def draft_simulcast(subject: Subject) -> Iterator[Hit]:
    """The a=simulcast is written as in a draft, with `rid=` or `pt=`.

    Browsers wrote it so until about 2018. Chromium ignores it, and Firefox refuses the description.
    """
    for section in subject.live:
        for line in section.lines_of("simulcast"):
            draft = decode(line)
            if isinstance(draft, SimulcastDraft):
                yield Hit(line, "this is the form of a draft", start=len("a=simulcast:"), fix=_modern(line, draft))


def _modern(line: Line, draft: SimulcastDraft) -> Fix | None:
    """The line in the form of RFC 8853; None where streams are named by payload types."""
    if any(part.by != "rid" for part in draft.parts):
        return None
    return rewrite(line, f"a=simulcast:{' '.join(map(_part, draft.parts))}", "write it as RFC 8853 wants it")


def _part(part: DraftPart) -> str:
    streams = (",".join("~" * (rid in part.paused) + rid for rid in rids) for rids in part.streams)
    return f"{part.direction} {';'.join(streams)}"


@rule("RID007", ERROR, "RFC 8853 §5.5", bad=f"-a=extmap:10…\n{_SIMULCAST}", good=_SIMULCAST)
def no_rid_extension(subject: Subject) -> Iterator[Hit]:
    """A section has simulcast, but not the header extension that tells its streams apart.

    Chromium refuses it: "negotiates simulcast but does not negotiate the RID RTP header extension."; Firefox takes
    it. Add an a=extmap with urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id, if the sender does write it.
    """
    for section, line, _ in _simulcasts(subject):
        if all(extension.uri != _RTP_STREAM_ID for extension in section.header_extensions):
            yield Hit(line, f"simulcast without an a=extmap for {_RTP_STREAM_ID}")


@rule(
    "RID008",
    WARNING,
    "RFC 8851 §5",
    pedantic=True,
    bad="-a=mid:1\n+a=mid:1\n+a=rid:h send pt=120",
    good="-a=mid:1\n+a=mid:1\n+a=rid:h send pt=96;max-width=1280",
)
def odd_restriction(subject: Subject) -> Iterator[Hit]:
    """A restriction of an a=rid cannot be met: a payload type that is not on the m= line, no number, or one twice.

    Receivers must set the line aside. Chromium, Firefox and aiortc take it.
    """
    for section in subject.live:
        offered = set(map(str, payload_types(section)))
        for line, rid in rids(section):
            times = Counter(name for name, _ in rid.restrictions)
            for name, value in rid.restrictions:
                is_number = _RESTRICTIONS.get(name)
                if times[name] > 1:
                    yield at(line, name, f"{shorten(name)} stands here {times[name]} times")
                elif name == "pt":
                    hit = at(line, f"pt={value}", "")
                    for payload_type in (value or "").split(","):
                        if payload_type not in offered:
                            yield hit._replace(message=f'payload type "{shorten(payload_type)}" is not on the m= line')
                elif is_number and not is_number(value or ""):
                    yield at(line, f"{name}={value}", f'{name} wants a number, not "{shorten(value or "")}"')


@rule(
    "RID009",
    NOTE,
    "RFC 8853 §5.2",
    pedantic=True,
    bad="-a=mid:1\n+a=mid:1\n+a=rid:a send\n+a=rid:b send\n+a=rid:c send\n+a=rid:d send\n+a=simulcast:send a;b;c;d",
    good=_SIMULCAST,
)
def many_layers(subject: Subject) -> Iterator[Hit]:
    """There are more than three simulcast layers.

    libwebrtc sends three at most. Chromium and Firefox take the description; Firefox answers with three.
    """
    for _, line, simulcast in _simulcasts(subject):
        most = max(len(simulcast.send), len(simulcast.recv))
        if most > _MOST_LAYERS:
            yield Hit(line, f"{most} layers, where browsers send three at most", start=len("a=simulcast:"))


@rule("RID010", WARNING, "RFC 8851 §4", pedantic=True, bad="-a=mid:1\n+a=mid:1\n+a=rid:h send", good=_SIMULCAST)
def idle_rid(subject: Subject) -> Iterator[Hit]:
    """There are rids without a=simulcast, or a=simulcast with a single layer.

    Without simulcast a rid only names the stream. Chromium, Firefox and aiortc take it.
    """
    for section in subject.live:
        for line, _ in rids(section)[:1]:
            if "simulcast" not in section:
                yield Hit(line, "an a=rid without a=simulcast")
    for _, line, simulcast in _simulcasts(subject):
        if len(simulcast.send) < 2 and len(simulcast.recv) < 2:
            yield Hit(line, "simulcast of a single layer", start=len("a=simulcast:"))


# --- SSRCs ---


def _sources(section: MediaDescription) -> list[tuple[Line, Ssrc]]:
    """The a=ssrc lines that can be read."""
    found = ((line, decode(line)) for line in section.lines_of("ssrc"))
    return [(line, ssrc) for line, ssrc in found if isinstance(ssrc, Ssrc)]


def _groups(section: MediaDescription) -> list[tuple[Line, SsrcGroup]]:
    """The a=ssrc-group lines that can be read."""
    found = ((line, decode(line)) for line in section.lines_of("ssrc-group"))
    return [(line, group) for line, group in found if isinstance(group, SsrcGroup)]


@rule("RID011", ERROR, "RFC 5576 §4.2", bad="-a=ssrc-group:…\n+a=ssrc-group:FID 2001")
def members_of_ssrc_group(subject: Subject) -> Iterator[Hit]:
    """An a=ssrc-group has a number of members that its kind cannot have.

    FID and FEC-FR tie a stream to its retransmission or error correction: that makes two. libwebrtc takes SIM up to
    three. Chromium says "has a ssrc-group with semantics FID and an unexpected number of SSRCs."; Firefox takes it.
    """
    for section in subject.live:
        for line, group in _groups(section):
            count = len(group.ssrcs)
            pair = group.semantics in ("FID", "FEC-FR") and count != 2
            if pair or (group.semantics == "SIM" and not 0 < count <= _MOST_LAYERS):
                wanted = "2" if pair else "1 to 3"
                message = f"a group {group.semantics} has {wanted} SSRCs, this one {count}"
                yield Hit(line, message, start=len("a=ssrc-group:"), fix=drop(line, safe=False))


@rule("RID012", ERROR, "RFC 5576 §4.2", bad="-a=ssrc:2002…")
def member_without_ssrc(subject: Subject) -> Iterator[Hit]:
    """An a=ssrc-group names an SSRC that has no a=ssrc line.

    Chromium says "Failed to add remote stream ssrc: 1 to {mid: 1, media_type: video}"; Firefox takes it. A filter
    that took a=ssrc lines away and left the group is the usual cause.
    """
    for section in subject.live:
        sources = _sources(section)
        known = {ssrc.id for _, ssrc in sources}
        cname = next((ssrc.value for _, ssrc in sources if ssrc.attribute == "cname" and ssrc.value), None)
        last = section.lines[-1]
        for line, group in _groups(section):
            words = _DIGITS.finditer(line.text, line.text.index(group.semantics) + len(group.semantics))
            places = {ssrc: word.span() for ssrc, word in reversed(list(zip(group.ssrcs, words, strict=True)))}
            for missing in dict.fromkeys(ssrc for ssrc in group.ssrcs if ssrc not in known):
                text = f"a=ssrc:{missing} cname:{cname}"
                fix = insert_behind(last, text, f"add {shorten(text)}", safe=False) if cname else None
                yield Hit(line, f"there is no a=ssrc:{missing}", *places[missing], fix=fix)


@rule("RID013", ERROR, "RFC 5576 §4.1", bad="-a=ssrc:1001…\n+a=ssrc:4294967296 cname:user", pedantic=True)
def malformed_ssrc(subject: Subject) -> Iterator[Hit]:
    """An a=ssrc is not a number below 2^32 and an attribute, with its value where it needs one.

    Chromium refuses it: "Failed to get the ssrc attribute value from cname. Expected format <attribute>:<value>.",
    "Invalid value". aiortc raises ValueError where the value is missing; Firefox takes it.
    """
    for section in subject.media:
        for line, ssrc in _sources(section):
            if ssrc.id > _MOST_SSRC:
                number = line.text[len("a=ssrc:") :].split(" ")[0]
                yield at(line, number, f"an SSRC has 32 bits: {shorten(number)} is too large")
            elif not ssrc.value and ssrc.attribute in ("cname", "msid", "mslabel", "label"):
                yield at(line, ssrc.attribute, f"{ssrc.attribute} wants a value")


@rule("RID014", WARNING, "RFC 5576 §6.1", bad="-a=ssrc:1001 cname:user\n+a=ssrc:1001 msid:a b", pedantic=True)
def ssrc_without_cname(subject: Subject) -> Iterator[Hit]:
    """An SSRC has a=ssrc lines, but none of them gives its cname.

    The cname tells which streams share a clock. Chromium, Firefox and aiortc take it.
    """
    for section in subject.live:
        sources = _sources(section)
        named = {ssrc.id for _, ssrc in sources if ssrc.attribute == "cname"}
        for ssrc, line in {ssrc.id: line for line, ssrc in reversed(sources)}.items():
            if ssrc not in named:
                yield at(line, str(ssrc), f"no a=ssrc:{ssrc} cname")


@rule(
    "RID015",
    ERROR,
    "RFC 5576 §4.1",
    pedantic=True,
    bad="-a=ssrc:1001 cname:user\n+a=ssrc:2001 cname:user",
)
def ssrc_in_two_sections(subject: Subject) -> Iterator[Hit]:
    """Two sections have the same SSRC.

    It stands for one stream, which cannot belong to both. Browsers take it from the peer; in an own description that
    was changed Chromium says "Duplicate ssrc … is not allowed".
    """
    owners: dict[int, tuple[MediaDescription, Line]] = {}
    for section in subject.live:
        seen: set[int] = set()
        for line, ssrc in _sources(section):
            owner, first = owners.setdefault(ssrc.id, (section, line))
            if owner is not section and ssrc.id not in seen:
                seen.add(ssrc.id)
                related = (place(first, "it is there too"),)
                yield at(line, str(ssrc.id), f"SSRC {ssrc.id} belongs to another section already", related=related)


@rule(
    "RID016",
    ERROR,
    "RFC 8829 §5.2.1",
    bad="-a=ssrc:2002…\n+a=ssrc:2002 cname:user\n+a=ssrc:2001 msid:s one\n+a=ssrc:2002 msid:s two",
    good="-a=ssrc:2002…\n+a=ssrc:2002 cname:user\n+a=ssrc:2001 msid:s one\n+a=ssrc:2002 msid:s one",
)
def plan_b(subject: Subject) -> Iterator[Hit]:
    """A section has several tracks, told apart by a=ssrc: this is Plan B.

    Chromium dropped it in version 96, Firefox and aiortc never had it. Chromium says "Media section has more than one
    track specified with a=ssrc lines which is not supported with Unified Plan." Each track needs an m-section of its
    own.
    """
    for section in subject.live:
        first: tuple[Line, str] | None = None
        for line, ssrc in _sources(section):
            if ssrc.attribute == "msid" and ssrc.value:
                first = first or (line, ssrc.value)
                if ssrc.value != first[1]:
                    related = (place(first[0], "the first track"),)
                    yield at(line, ssrc.value, "a second track in this section", related=related)
                    break


# --- msids ---


def _msids(section: MediaDescription) -> list[tuple[Line, Msid]]:
    """The a=msid lines that can be read."""
    found = ((line, decode(line)) for line in section.lines_of("msid"))
    return [(line, msid) for line, msid in found if isinstance(msid, Msid)]


@rule("RID017", ERROR, "RFC 8830 §2", bad="-a=msid:stream audio-track\n+a=msid:a b c")
def malformed_msid(subject: Subject) -> Iterator[Hit]:
    """The a=msid is not a stream and maybe a track, each of 1 to 64 characters of a token.

    RFC 8830 has malformed ones ignored, but Chromium refuses the description: "Missing stream ID in msid attribute.",
    "Expected a stream ID and optionally a track ID". Firefox takes them. Names that are too long all take; then it is
    a warning.
    """
    for section in subject.media:
        for line, msid in _msids(section):
            for name in filter(None, (msid.stream, msid.track)):
                if not _MSID(name):
                    message = f'"{shorten(name)}" is not 1 to 64 characters of a token'
                    yield at(line, name, message, severity=WARNING)


@rule("RID018", ERROR, "RFC 8830 §2", bad="-a=msid:stream video-track\n+a=msid:stream audio-track")
def unclear_track(subject: Subject) -> Iterator[Hit]:
    """The a=msid lines of a section name two tracks, or two sections name the same track of the same stream.

    A section is one track, which may be in several streams. Chromium says "Two different track IDs in msid attribute
    in one m= section" or "Duplicate a=msid lines detected"; Firefox and aiortc take it.
    """
    owners: dict[Msid, tuple[MediaDescription, Line]] = {}
    for section in subject.media:
        tracks: list[tuple[Line, str]] = []
        for line, msid in _msids(section):
            if not msid.track:
                continue
            tracks.append((line, msid.track))
            owner, first = owners.setdefault(msid, (section, line))
            if msid.track != tracks[0][1]:
                related = (place(tracks[0][0], "the first track"),)
                yield at(line, msid.track, f'"{shorten(msid.track)}" is a second track here', related=related)
            elif owner is not section:
                related = (place(first, "it is there too"),)
                yield at(line, str(msid), "another section is this track of this stream already", related=related)


@rule("RID019", NOTE, "RFC 8829 §5.2.1", profiles=WEB, pedantic=True, bad="-a=msid:stream audio-track")
def no_msid(subject: Subject) -> Iterator[Hit]:
    """A section that sends has no a=msid.

    The other side then gets a track without a stream: `ontrack` has an empty list of streams. Browsers and aiortc
    take it.
    """
    for section in subject.live:
        sent = is_rtp(section) and section.direction in _SENDING
        if sent and "msid" not in section and all(ssrc.attribute != "msid" for _, ssrc in _sources(section)):
            yield Hit(m_line(section), f"{section.direction}, and no a=msid")


# --- what the parser cannot read ---


@found_by_parser("RID020", ERROR, "RFC 8851 §10", bad="-a=mid:1\n+a=mid:1\n+a=rid:h both")
def malformed_rid() -> None:
    """An a=rid is not a name, send or recv, and maybe restrictions.

    The stream of that name is unknown then: browsers leave it out of simulcast, and Firefox may refuse the
    description.
    """


@found_by_parser("RID021", ERROR, "RFC 5576 §4.2", bad="-a=ssrc-group:…\n+a=ssrc-group:FID a b")
def malformed_ssrc_group() -> None:
    """An a=ssrc-group is not the name of what ties streams together, and their SSRCs.

    Chromium refuses it: "Invalid value" or "Expects at least 2 fields."; Firefox ignores the line.
    """


@found_by_parser("RID022", ERROR, "draft-ietf-mmusic-msid-08", bad="-t=0 0\n+t=0 0\n+a=msid-semantic:(WMS)")
def malformed_msid_semantic() -> None:
    """An a=msid-semantic is not WMS and maybe the names of streams.

    It comes from before RFC 8830, and nobody needs it; browsers still write it, and take any.
    """
