"""mids and groups (BUN)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from sdpkit.finding import Edit, Fix, Severity, shorten
from sdpkit.offer_answer.matching import meanings
from sdpkit.rules.exchange import BUNDLE, bundles
from sdpkit.rules.media import is_rtp, line_about, m_line
from sdpkit.rules.rule import WEB, Hit, Subject, at, drop, found_by_parser, insert_behind, place, rewrite, rule
from sdpkit.sdp.attributes.grouping import Group
from sdpkit.sdp.attributes.streams import Extmap
from sdpkit.sdp.decoding import decode
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import MediaDescription

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

_MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
_LONGEST = 16
"""The characters of a mid that fit a header extension with one byte of header (RFC 8285 §4.2)."""
_TOKEN = re.compile("[-A-Za-z0-9!#$%&'*+.^_`{|}~]+").fullmatch
_WORD = re.compile("[^ \t]+")
_TRANSPORT = ("ice-ufrag", "ice-pwd", "fingerprint", "setup")


# --- mids ---


def _mids(subject: Subject) -> Iterator[tuple[MediaDescription, Line, str]]:
    """The sections that have a mid, with its line, and what it says."""
    for section in subject.media:
        for line in section.lines_of("mid"):
            value = line.text.partition(":")[2].strip(" \t")
            if value:
                yield section, line, value


@rule("BUN001", ERROR, "RFC 5888 §4", bad="-a=mid:1\n+a=mid:0")
def repeated_mid(subject: Subject) -> Iterator[Hit]:
    """Two sections have the same mid, or one has it twice.

    A mid is the name of one section: packets and candidates that carry it belong to no one. Chromium says "Duplicate
    a=mid value '0'." Firefox and aiortc take it and mix the sections up. Often a section was copied by hand, or two
    descriptions were joined.
    """
    first: dict[str, tuple[MediaDescription, Line]] = {}
    for section, line, mid in _mids(subject):
        owner, earlier = first.setdefault(mid, (section, line))
        if earlier is not line:
            who, fix = ("this section", drop(line)) if owner is section else ("another section", None)
            related = (place(earlier, "the first line of that name"),)
            yield at(line, mid, f'{who} has the mid "{shorten(mid)}" already', fix=fix, related=related)


@rule("BUN002", ERROR, "RFC 5888 §6", bad="-a=mid:1")
def no_mid(subject: Subject) -> Iterator[Hit]:
    """A section has no mid although there is a group.

    Whoever groups sections must name all of them. Chromium makes up a mid, which may be that of another section
    ("Duplicate a=mid value '0'."), Firefox takes it, aiortc answers with a group that names nothing.
    """
    if "group" not in subject.description:
        return
    severity = None if any(bundles(subject.description)) else WARNING
    taken = {mid for _, _, mid in _mids(subject)}
    for section in subject.live:
        if "mid" not in section:
            name = next(name for name in map(str, range(len(taken) + 1)) if name not in taken)
            fix = insert_behind(section.lines[-1], f"a=mid:{name}", f"add a=mid:{name}", safe=False)
            yield Hit(m_line(section), "no a=mid, although there is a group", fix=fix, severity=severity)


@rule("BUN003", ERROR, "RFC 9143 §17", bad=f"-a=mid:1\n+a=mid:{'a' * 17}", good="-a=mid:1\n+a=mid:video")
def long_mid(subject: Subject) -> Iterator[Hit]:
    """A mid is longer than 16 characters.

    It does not fit the header extension that carries it in each packet. Chromium says "The MID attribute exceeds the
    maximum supported length of 16 characters.", Firefox "mid length greater than 16 unsupported". Write 1 to 3
    characters, such as the number of the section.
    """
    for _, line, mid in _mids(subject):
        if len(mid) > _LONGEST:
            yield at(line, mid, f"a mid has at most 16 characters, this one {len(mid)}")


@rule("BUN004", ERROR, "RFC 5888 §4", pedantic=True, bad="-a=mid:1\n+a=mid:a(b")
def odd_mid(subject: Subject) -> Iterator[Hit]:
    """A mid has a blank or another character that a token cannot have.

    Chromium says "Failed to parse group tag." or "Illegal character found in the value of mid"; Firefox and aiortc
    take it. Letters and digits are safe.
    """
    for _, line, mid in _mids(subject):
        if not _TOKEN(mid):
            yield at(line, mid, f'"{shorten(mid)}" is no token')


# --- groups ---


def _mids_of(line: Line, group: Group) -> list[tuple[str, tuple[int, int]]]:
    """The mids of an a=group line, with their places in it."""
    words = _WORD.finditer(line.text, line.text.index(":") + 1)
    return list(zip(group.mids, [word.span() for word in words][1:], strict=True))


def _tag_span(line: Line, group: Group) -> tuple[int, int]:
    """The place of the first mid."""
    return _mids_of(line, group)[0][1]


def _regroup(line: Line, semantics: str, mids: list[str], title: str, *, safe: bool = True) -> Fix:
    """The fix that makes these the mids of a group; a group of none is removed."""
    if not mids:
        return drop(line, safe=safe)
    return rewrite(line, f"a=group:{' '.join([semantics, *mids])}", title, safe=safe)


def _by_mid(subject: Subject) -> dict[str, MediaDescription]:
    """The sections by their mids; the first where two have the same."""
    return {section.mid: section for section in reversed(subject.media) if section.mid}


def _groups(subject: Subject) -> Iterator[tuple[Line, Group]]:
    for line in subject.description.lines_of("group"):
        group = decode(line)
        if isinstance(group, Group):
            yield line, group


@rule("BUN005", ERROR, "RFC 5888 §6", bad="-a=group:…\n+a=group:BUNDLE 0 1 2 9")
def unknown_mid(subject: Subject) -> Iterator[Hit]:
    """A group names a mid that no section has.

    RFC 5888 has it ignored, but Chromium refuses it: "A BUNDLE group contains a MID='9' matching no m= section."
    Firefox and aiortc refuse it where it is the first one: "mid specified for bundle transport in group attribute
    does not exist in the SDP". Often an m-section was taken out by hand and its mid left in the group. In groups
    other than BUNDLE all ignore it.
    """
    known = {mid for _, _, mid in _mids(subject)}
    for line, group in _groups(subject):
        kept = [mid for mid in group.mids if mid in known]
        fix = _regroup(line, group.semantics, kept, "name only sections that are there")
        for mid, span in _mids_of(line, group):
            if mid not in known:
                hit = Hit(line, f'no section has the mid "{shorten(mid)}"', *span, fix=fix)
                yield hit if group.semantics == BUNDLE else hit._replace(severity=WARNING)


@rule("BUN006", ERROR, "RFC 9143 §5", bad="-a=group:…\n+a=group:BUNDLE 0 1 2 2")
def mid_twice_in_group(subject: Subject) -> Iterator[Hit]:
    """A group names a mid twice.

    Firefox refuses it: "mid '1' appears more than once in a BUNDLE group"; Chromium and aiortc take it.
    """
    for line, group in bundles(subject.description):
        fix = _regroup(line, BUNDLE, list(dict.fromkeys(group.mids)), "name each section once")
        seen: set[str] = set()
        for mid, span in _mids_of(line, group):
            if mid in seen:
                yield Hit(line, f'"{shorten(mid)}" stands in this group already', *span, fix=fix)
            seen.add(mid)


@rule("BUN007", ERROR, "RFC 9143 §5", pedantic=True, bad="-a=group:…\n+a=group:BUNDLE 0 1 2\n+a=group:BUNDLE 1")
def mid_in_two_groups(subject: Subject) -> Iterator[Hit]:
    """A section is in two BUNDLE groups.

    It can only have one transport. Chromium says "A BUNDLE group contains a MID='1' that is already in a BUNDLE
    group.", Firefox "mid '1' appears more than once in a BUNDLE group"; aiortc takes it.
    """
    owner: dict[str, Line] = {}
    for line, group in bundles(subject.description):
        for mid, span in _mids_of(line, group):
            earlier = owner.setdefault(mid, line)
            if earlier is not line:
                related = (place(earlier, "the other group"),)
                yield Hit(line, f'"{shorten(mid)}" is in another BUNDLE group already', *span, related=related)


@rule("BUN008", WARNING, "RFC 9143 §7.2.1", bad="-m=audio 9…\n+m=audio 0 UDP/TLS/RTP/SAVPF 111 0")
def rejected_tag(subject: Subject) -> Iterator[Hit]:
    """The first section of a BUNDLE group is rejected.

    Its ICE and DTLS attributes count for the whole group, so it must be one that is used. Firefox refuses it: "points
    at a disabled m-section"; Chromium takes it in an offer and refuses it in an answer, where it is an error. Take
    the mid out of the group.
    """
    sections = _by_mid(subject)
    for line, group in bundles(subject.description):
        tag = sections.get(group.mids[0]) if group.mids else None
        if tag is not None and tag.is_rejected:
            kept = [mid for mid in group.mids if mid not in sections or not sections[mid].is_rejected]
            fix = _regroup(line, BUNDLE, kept, "take the rejected section out of the group", safe=False)
            message = f'the first section, "{shorten(group.mids[0])}", is rejected'
            related = (place(m_line(tag), "port 0 rejects it"),)
            severity = ERROR if subject.type == "answer" else None
            yield Hit(line, message, *_tag_span(line, group), fix=fix, related=related, severity=severity)


@rule(
    "BUN009",
    WARNING,
    "RFC 9143 §7.5.3",
    pedantic=True,
    bad="-m=video 9…\n+m=video 0 UDP/TLS/RTP/SAVPF 96 97 102",
    good="-m=video 9…\n+m=video 0 UDP/TLS/RTP/SAVPF 96 97 102\n-a=group:…\n+a=group:BUNDLE 0 2",
)
def rejected_in_group(subject: Subject) -> Iterator[Hit]:
    """A BUNDLE group names a rejected section.

    It has no place in the group any more. Chromium, Firefox and aiortc take it.
    """
    sections = _by_mid(subject)
    for line, group in bundles(subject.description):
        kept = [mid for mid in group.mids if mid not in sections or not sections[mid].is_rejected]
        fix = _regroup(line, BUNDLE, kept, "take the rejected sections out of the group")
        for mid, span in _mids_of(line, group)[1:]:
            if mid in sections and sections[mid].is_rejected:
                related = (place(m_line(sections[mid]), "port 0 rejects it"),)
                yield Hit(line, f'"{shorten(mid)}" is rejected', *span, fix=fix, related=related)


@rule(
    "BUN010",
    WARNING,
    "RFC 9143 §6",
    pedantic=True,
    bad="-a=mid:1\n+a=mid:1\n+a=bundle-only",
    good="-m=video 9…\n+m=video 0 UDP/TLS/RTP/SAVPF 96 97 102\n-a=mid:1\n+a=mid:1\n+a=bundle-only",
)
def idle_bundle_only(subject: Subject) -> Iterator[Hit]:
    """A section with a=bundle-only has another port than 0, or is in no BUNDLE group.

    Port 0 makes those reject the section who cannot bundle; without a group nobody can take it. Chromium, Firefox
    and aiortc ignore the attribute.
    """
    bundled = {mid for _, group in bundles(subject.description) for mid in group.mids}
    for section in subject.media:
        for line in section.lines_of("bundle-only"):
            if section.port:
                yield Hit(line, f"bundle-only wants port 0, not {section.port}")
            elif section.mid not in bundled:
                yield Hit(line, "bundle-only, but in no BUNDLE group")


@rule(
    "BUN011",
    ERROR,
    "RFC 9143 §7.2.1",
    pedantic=True,
    bad="-m=audio 9…\n+m=audio 0 UDP/TLS/RTP/SAVPF 111 0\n-a=mid:0\n+a=mid:0\n+a=bundle-only",
)
def bundle_only_tag(subject: Subject) -> Iterator[Hit]:
    """The first section of a BUNDLE group is bundle-only.

    It lends its transport to the others, so it must have one of its own. Chromium keeps the order, Firefox answers
    with another section first; both take it. Name a section first that is not bundle-only.
    """
    sections = _by_mid(subject)
    for line, group in bundles(subject.description):
        tag = sections.get(group.mids[0]) if group.mids else None
        if tag is not None and tag.bundle_only:
            own = [mid for mid in group.mids if mid in sections and not sections[mid].bundle_only]
            order = [*own, *(mid for mid in group.mids if mid not in set(own))]
            fix = _regroup(line, BUNDLE, order, f"name {own[0]} first", safe=False) if own else None
            message = f'the first section, "{shorten(group.mids[0])}", is bundle-only'
            related = (place(tag.lines_of("bundle-only")[0], "it is so here"),)
            yield Hit(line, message, *_tag_span(line, group), fix=fix, related=related)


def _bundled(subject: Subject) -> Iterator[list[MediaDescription]]:
    """The live sections of each BUNDLE group, in the order of the group."""
    sections = {section.mid: section for section in reversed(subject.live) if section.mid}
    for _, group in bundles(subject.description):
        yield [sections[mid] for mid in dict.fromkeys(group.mids) if mid in sections]


@rule(
    "BUN012",
    WARNING,
    "RFC 9143 §7.1.3",
    profiles=WEB,
    bad="-a=ice-ufrag:abcd\n-a=ice-ufrag:abcd\n-a=setup:actpass\n+a=setup:actpass\n+a=ice-ufrag:abcd",
)
def no_transport_of_its_own(subject: Subject) -> Iterator[Hit]:
    """A bundled section of an offer has no ICE credentials or fingerprint of its own.

    RFC 9143 wants them in every section of a first offer, for those who cannot bundle; RFC 8829 does not want them
    repeated. Chromium takes both. Firefox refuses it ("no ice-ufrag attribute at level 1"), and so does aiortc.
    Repeat those of the first section.
    """
    if subject.type != "offer":
        return
    for tag, *others in filter(None, _bundled(subject)):
        for section in others:
            missing = [name for name in _TRANSPORT if not section.holding(name)]
            if set(missing) & {"ice-ufrag", "fingerprint"} and not section.bundle_only:
                lines = [line.text for name in missing for line in tag.lines_of(name)]
                fix = insert_behind(section.lines[-1], "\n".join(lines), "repeat those of the first section")
                what = " and no ".join(f"a={name}" for name in missing if name != "setup")
                related = (place(m_line(tag), "the section whose transport it uses"),)
                yield Hit(m_line(section), f"no {what} here", fix=fix if lines else None, related=related)


@rule(
    "BUN013",
    ERROR,
    "RFC 9143 §9.1",
    bad="-m=video…\n+m=video 9 UDP/TLS/RTP/SAVPF 111 97 102\n-a=rtpmap:96…\n+a=rtpmap:111 VP8/90000\n"
    "-a=rtcp-fb:96 nack\n-a=rtcp-fb:96 nack pli\n-a=fmtp:97 apt=96\n+a=fmtp:97 apt=111",
)
def payload_type_collision(subject: Subject) -> Iterator[Hit]:
    """A payload type stands for different codecs in two bundled sections.

    The payload type is one of the things that tell to which section a packet belongs. Chromium, Firefox and aiortc
    take the description, and then media of one section may go to the decoder of the other. Give one of them another
    payload type.
    """
    for sections in _bundled(subject):
        known: dict[int, tuple[object, MediaDescription]] = {}
        free = _free(sections)
        for section in filter(is_rtp, sections):
            for payload_type, meaning in meanings(section).items():
                other, where = known.setdefault(payload_type, (meaning, section))
                if other != meaning:
                    message = f"{payload_type} is {_codec(section, payload_type)} here"
                    related = (place(line_about(where, payload_type), f"and {_codec(where, payload_type)} here"),)
                    fix = _renumber(section, payload_type, free)
                    yield at(line_about(section, payload_type), str(payload_type), message, fix=fix, related=related)


def _codec(section: MediaDescription, payload_type: int) -> str:
    """What a payload type stands for; with its parameters where they tell it from another of that name."""
    codec = section.codec(payload_type)
    return "" if codec is None else f"{codec} ({shorten(codec.fmtp)})" if codec.fmtp else str(codec)


def _free(sections: list[MediaDescription]) -> int | None:
    """A payload type that none of the sections uses."""
    numbers = (*range(96, 128), *range(35, 64))
    used = {format for section in sections for format in section.formats}
    return next((number for number in numbers if str(number) not in used), None)


def _renumber(section: MediaDescription, old: int, new: int | None) -> Fix | None:
    """The fix that gives a codec another payload type; what names it in parameters is not found: the fix is a guess."""
    if new is None:
        return None
    start = re.compile(f"(a=(?:rtpmap|fmtp|rtcp-fb):){old} ").match
    edits = []
    for line in section.lines:
        if line is m_line(section):
            head, formats = line.text.split(" ")[:3], section.formats
            renumbered = (str(new) if format == str(old) else format for format in formats)
            edits.append(Edit(line.number, " ".join([*head, *renumbered])))
        elif found := start(line.text):
            edits.append(Edit(line.number, f"{found[1]}{new} {line.text[found.end() :]}"))
        elif line.text.startswith("a=fmtp:") and line.text.endswith(f"apt={old}"):
            edits.append(Edit(line.number, line.text.removesuffix(str(old)) + str(new)))
    return Fix(f"make it payload type {new}", False, tuple(edits))


@rule(
    "BUN014",
    ERROR,
    "RFC 9143 §12",
    bad="-a=extmap:4…\n-a=extmap:4…\n+a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid",
)
def extension_collision(subject: Subject) -> Iterator[Hit]:
    """An id stands for different header extensions in two bundled sections.

    Receivers look at packets before they know the section. Chromium says "A BUNDLE group contains a codec collision
    for header extension id=1. The id must be the same across all bundled media descriptions"; Firefox and aiortc
    take it.
    """
    for sections in _bundled(subject):
        known: dict[int, tuple[Extmap, Line]] = {}
        used = {extension.id for section in sections for extension in section.header_extensions}
        free = next((id for id in range(1, 15) if id not in used), None)
        for section in sections:
            for line in section.lines_of("extmap"):
                extension = decode(line)
                if isinstance(extension, Extmap):
                    first, where = known.setdefault(extension.id, (extension, line))
                    if (first.uri, first.encrypts) != (extension.uri, extension.encrypts):
                        message = f"{extension.id} is {shorten(extension.uri)} here"
                        related = (place(where, f"and {shorten(first.uri)} here"),)
                        text = line.text.replace(str(extension.id), str(free), 1)
                        fix = rewrite(line, text, f"make it {free}", safe=False) if free else None
                        yield at(line, str(extension.id), message, fix=fix, related=related)


@rule("BUN015", ERROR, "RFC 9143 §9.3", pedantic=True, bad="-a=rtcp-mux")
def bundled_without_mux(subject: Subject) -> Iterator[Hit]:
    """A bundled section with RTP has no a=rtcp-mux.

    A bundle has one port for everything. Chromium says "rtcp-mux must be enabled when BUNDLE is enabled.", Firefox
    and aiortc refuse every section without it.
    """
    for sections in _bundled(subject):
        for section in sections:
            if is_rtp(section) and len(sections) > 1 and "rtcp-mux" not in section:
                fix = insert_behind(section.lines[-1], "a=rtcp-mux", "add a=rtcp-mux") if _is_offer(subject) else None
                yield Hit(m_line(section), "bundled, and no a=rtcp-mux", fix=fix)


def _is_offer(subject: Subject) -> bool:
    return subject.type == "offer"


@rule("BUN016", NOTE, "RFC 9143 §9.1", pedantic=True, bad="-a=extmap:4…")
def bundled_without_mid_extension(subject: Subject) -> Iterator[Hit]:
    """A bundled section does not have the header extension that carries its mid.

    The receiver then tells sections apart by SSRC and payload type only. Chromium, Firefox and aiortc take it; pion
    needs the extension for simulcast.
    """
    for sections in _bundled(subject):
        for section in sections if len(sections) > 1 else ():
            if is_rtp(section) and all(extension.uri != _MID for extension in section.header_extensions):
                yield Hit(m_line(section), f"bundled, and no a=extmap with {_MID}")


@rule("BUN017", WARNING, "RFC 9429 §4.1.1", profiles=WEB, bad="-a=group:…")
def no_bundle(subject: Subject) -> Iterator[Hit]:
    """An offer has several sections and no BUNDLE group.

    Each section then needs ports and a handshake of its own. Peers that only bundle refuse it; Chromium does with
    the policy max-bundle: "max-bundle is used but no bundle group found.", else browsers and aiortc take it.
    """
    live = subject.live if subject.description.uses_ice else ()
    if _is_offer(subject) and len(live) > 1 and not any(bundles(subject.description)):
        mids = [section.mid for section in live]
        lines = subject.description.session_lines
        fix = None
        if lines and all(mids) and len(set(mids)) == len(mids):
            names = " ".join(mid or "" for mid in mids)
            fix = insert_behind(lines[-1], f"a=group:BUNDLE {names}", "bundle all sections", safe=False)
        yield Hit(m_line(live[1]), "the second section, and there is no BUNDLE group", fix=fix)


@rule("BUN018", WARNING, "RFC 5888 §5", pedantic=True, bad="-a=group:…\n-a=mid:0\n+a=mid:0\n+a=group:BUNDLE 0 1 2")
def idle_group(subject: Subject) -> Iterator[Hit]:
    """An a=group stands in an m-section, or names no section.

    Groups belong to the session part. Chromium, Firefox and aiortc ignore others, and nothing is bundled.
    """
    for line, group in _groups(subject):
        if not group.mids:
            yield Hit(line, "a group of no sections", fix=drop(line))
    session = subject.description.session_lines
    for section in subject.media:
        for line in section.lines_of("group"):
            fix = None
            if session and "group" not in subject.description:
                above = Edit(session[-1].number, f"{session[-1].text}\n{line.text}")
                fix = Fix("move it above the first m= line", True, (above, Edit(line.number, None)))
            yield Hit(line, "a group in an m-section is ignored", fix=fix)


@rule(
    "BUN020",
    WARNING,
    "RFC 9143 §9.1",
    pedantic=True,
    bad="-m=video…\n+m=video 9 RTP/SAVPF 96 97 102",
)
def protocols_differ(subject: Subject) -> Iterator[Hit]:
    """Bundled sections with RTP have different transport protocols.

    They share one transport, so it must be the same. Chromium and Firefox take RTP/SAVPF next to UDP/TLS/RTP/SAVPF;
    Chromium answers a section over TCP/DTLS with port 0.
    """
    for sections in _bundled(subject):
        for first, section in pairwise(filter(is_rtp, sections)):
            if first.protocol.upper() != section.protocol.upper():
                related = (place(m_line(first), f"{first.protocol} here"),)
                yield at(m_line(section), section.protocol, f"{section.protocol} here", related=related)


@found_by_parser("BUN021", ERROR, "RFC 5888 §5", bad="-a=group:…\n+a=group:(BUNDLE) 0 1")
def malformed_group() -> None:
    """An a=group is not the name of what the sections share, and their mids, with one blank before each.

    What cannot be read groups nothing. BUNDLE, LS, FID and DUP are such names.
    """
