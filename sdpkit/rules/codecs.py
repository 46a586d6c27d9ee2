"""Codecs and their format parameters (COD)."""

from collections import defaultdict
from collections.abc import Iterator

from sdpkit.codecs.codec import Codec
from sdpkit.codecs.h264 import ProfileLevelId
from sdpkit.codecs.parameters import FormatParameters
from sdpkit.finding import Fix, SDPError, Severity, shorten
from sdpkit.rules.media import line_about, m_line, payload_types, without_formats
from sdpkit.rules.rule import WEB, Hit, Subject, at, place, rewrite, rule
from sdpkit.rules.syntax import nearest
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.section import kept

_VIDEO = {"vp8", "vp9", "h264", "h265", "av1"}
"""The video codecs of browsers; all have a clock of 90000 Hz."""
_PROTECTION = {"rtx", "ulpfec", "flexfec", "flexfec-03"}
"""What is not sent again itself; red is, and Chromium offers rtx for it."""
_NOT_SOUND = {"telephone-event", "cn", "red", "rtx", "ulpfec", "flexfec", "flexfec-03"}

Place = tuple[MediaDescription, Codec]


def codecs(subject: Subject, *names: str) -> Iterator[Place]:
    """The codecs of these names, in lower case, each with its m-section; all where no name is given.

    Those of rejected m-sections do no harm.
    """
    for section in subject.live:
        by_name = _by_name(section)
        for name in names or by_name:
            for codec in by_name.get(name, ()):
                yield section, codec


@kept
def _by_name(section: MediaDescription) -> dict[str, list[Codec]]:
    """The codecs of a section by their names in lower case."""
    found: dict[str, list[Codec]] = defaultdict(list)
    for codec in section.codecs:
        found[codec.name.lower()].append(codec)
    return dict(found)


def _line(section: MediaDescription, codec: Codec, name: str = "rtpmap") -> Line:
    """The a=rtpmap or a=fmtp line of a codec; its m= line where it has none."""
    return line_about(section, codec.payload_type, name)


@kept
def _parameters(section: MediaDescription) -> dict[int, dict[str, str | None]]:
    """The format parameters of each payload type as they are written, by their names in lower case."""
    return {codec.payload_type: _written(codec.fmtp or "") for codec in section.codecs}


def _written(fmtp: str) -> dict[str, str | None]:
    """Format parameters by their names; of a name the first one counts, and what has no equals sign has no value."""
    parameters: dict[str, str | None] = {}
    for part in fmtp.split(";"):
        name, equals, value = part.partition("=")
        parameters.setdefault(name.strip(" \t").lower(), value.strip(" \t") if equals else None)
    return parameters


def _parameter(section: MediaDescription, codec: Codec, name: str) -> str | None:
    """A format parameter as it is written, whether it fits or not."""
    return _parameters(section)[codec.payload_type].get(name)


def _at_parameter(section: MediaDescription, codec: Codec, name: str, message: str, severity: Severity) -> Hit:
    """A hit at one parameter of a=fmtp; at a=rtpmap where it is not there."""
    line = _line(section, codec, "fmtp")
    place = _places(section)[codec.payload_type].get(name.lower())
    if place is not None:
        return Hit(line, message, *place, severity=severity)
    return Hit(line if line.type == "a" else _line(section, codec), message, severity=severity)


@kept
def _places(section: MediaDescription) -> dict[int, dict[str, tuple[int, int]]]:
    """Where the format parameters of each payload type stand in its line, by their names in lower case."""
    return {codec.payload_type: _places_in(_line(section, codec, "fmtp").text) for codec in section.codecs}


def _places_in(fmtp: str) -> dict[str, tuple[int, int]]:
    places: dict[str, tuple[int, int]] = {}
    start = fmtp.find(" ") + 1
    for part in fmtp[start:].split(";"):
        name = part.strip().partition("=")[0].rstrip().lower()
        places.setdefault(name, (start + len(part) - len(part.lstrip()), start + len(part.rstrip())))
        start += len(part) + 1
    return places


def _rtpmap_fix(line: Line, codec: Codec, what: str) -> Hit:
    message = f'"{codec}" is not {what}'
    right = f"a=rtpmap:{codec.payload_type} {what}"
    return Hit(line, message, line.text.find(" ") + 1, fix=rewrite(line, right, f"write {what}"))


@rule("COD001", Severity.ERROR, "RFC 7587 §7", bad="-a=rtpmap:111…\n+a=rtpmap:111 opus/48000")
def opus_as_it_never_is(subject: Subject) -> Iterator[Hit]:
    """Opus is not written as opus/48000/2.

    It is always that, for mono too and whatever the rate: a=fmtp says the rest. Chromium and Firefox drop it without
    a word, so that PCMU is left or nothing; aiortc accepts it with one channel.
    """
    for section, codec in codecs(subject, "opus"):
        if (codec.clock_rate, codec.channels) != (48000, 2):
            yield _rtpmap_fix(_line(section, codec), codec, "opus/48000/2")


@rule("COD002", Severity.WARNING, "RFC 7741 §6.2.1", bad="-a=rtpmap:96…\n+a=rtpmap:96 VP8/8000")
def video_with_other_clock(subject: Subject) -> Iterator[Hit]:
    """A video codec has another clock rate than 90000.

    VP8, VP9, H264, H265 and AV1 all count time in 90000ths of a second. Firefox answers the m-section with port 0,
    aiortc with an error; Chromium accepts it, and time stamps mean something else on each side.
    """
    for section, codec in codecs(subject, *_VIDEO):
        if codec.clock_rate != 90000:
            yield _rtpmap_fix(_line(section, codec), codec, f"{codec.name}/90000")


@rule("COD003", Severity.ERROR, "RFC 4588 §8.1", bad="-a=fmtp:97…")
def rtx_without_codec(subject: Subject) -> Iterator[Hit]:
    """rtx does not say which payload type it sends again.

    That is apt in its a=fmtp line, which is easily lost when codecs are filtered by hand. Chromium refuses the
    description with "Failed to set remote video description send parameters", and no word of rtx; Firefox drops rtx.
    """
    for section, codec in codecs(subject, "rtx"):
        if _apt(section, codec) is None:
            said = _parameter(section, codec, "apt")
            message = "rtx without apt" if said is None else f'apt is "{shorten(said)}", which is no payload type'
            line = _line(section, codec, "fmtp" if said is not None else "rtpmap")
            yield Hit(line, message, fix=without_formats(section, {str(codec.payload_type)}))


def _apt(section: MediaDescription, codec: Codec) -> int | None:
    text = _parameter(section, codec, "apt") or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _retransmissions(subject: Subject) -> Iterator[tuple[MediaDescription, Codec, Codec]]:
    """Each rtx with the codec that it sends again, if the m= line has it."""
    for section, codec in codecs(subject, "rtx"):
        apt = _apt(section, codec)
        of = None if apt is None else section.codec(apt)
        if of is not None:
            yield section, codec, of


@rule("COD004", Severity.ERROR, "RFC 8829 §5.10", bad="-a=fmtp:97…\n+a=fmtp:97 apt=120")
def rtx_of_missing_codec(subject: Subject) -> Iterator[Hit]:
    """rtx sends a payload type again that the m= line does not have.

    Typical where a codec was removed and its rtx forgotten. Chromium refuses the description with "Failed to set
    remote video description send parameters"; Firefox does not mind. Take its rtx away too.
    """
    for section, codec in codecs(subject, "rtx"):
        apt = _apt(section, codec)
        if apt is not None and apt not in payload_types(section):
            message = f"apt={apt}: payload type {apt} is not on the m= line"
            yield _wrong_apt(section, codec, message)


def _wrong_apt(section: MediaDescription, codec: Codec, message: str) -> Hit:
    hit = _at_parameter(section, codec, "apt", message, Severity.ERROR)
    return hit._replace(fix=without_formats(section, {str(codec.payload_type)}))


@rule("COD005", Severity.ERROR, "RFC 4588 §8.1", bad="-a=fmtp:97…\n+a=fmtp:97 apt=97")
def rtx_of_no_codec(subject: Subject) -> Iterator[Hit]:
    """rtx sends itself again, or another payload type that is no codec.

    Only what carries media can be sent again, not rtx or FEC. Chromium refuses the description with "Failed to set
    remote video description send parameters"; Firefox does not mind.
    """
    for section, codec, of in _retransmissions(subject):
        if of.name.lower() in _PROTECTION:
            which = "itself" if of.payload_type == codec.payload_type else of.name
            yield _wrong_apt(section, codec, f"apt={of.payload_type} is {which}")


@rule("COD006", Severity.WARNING, "RFC 4588 §4", bad="-a=rtpmap:97…\n+a=rtpmap:97 rtx/8000", pedantic=True)
def rtx_with_other_clock(subject: Subject) -> Iterator[Hit]:
    """rtx has another clock rate than the codec that it sends again.

    Its time stamps are those of the codec. Chromium and Firefox accept it.
    """
    for section, codec, of in _retransmissions(subject):
        if of.clock_rate != codec.clock_rate:
            yield _rtpmap_fix(_line(section, codec), codec, f"rtx/{of.clock_rate}")


@rule(
    "COD007",
    Severity.WARNING,
    "RFC 7742 §6.2",
    profiles=WEB,
    bad="-a=fmtp:102…\n+a=fmtp:102 packetization-mode=1",
)
def h264_without_profile(subject: Subject) -> Iterator[Hit]:
    """H264 does not say its profile and level.

    In WebRTC it must. Without profile-level-id, RFC 6184 means Baseline at level 1 (42000a), a picture of the size of
    a stamp; Chromium and aiortc mean Constrained Baseline at level 3.1 (42e01f).
    """
    for section, codec in codecs(subject, "h264"):
        if _parameter(section, codec, "profile-level-id") is None:
            line = _line(section, codec, "fmtp")
            fix = None
            if line.type == "a":
                fix = rewrite(line, f"{line.text};profile-level-id=42e01f", "add 42e01f", safe=False)
            yield Hit(_line(section, codec), f"H264 {codec.payload_type} without profile-level-id", fix=fix)


@rule(
    "COD008",
    Severity.ERROR,
    "RFC 6184 §8.1",
    bad="-a=fmtp:102…\n+a=fmtp:102 packetization-mode=1;profile-level-id=zzzzzz",
)
def no_h264_profile(subject: Subject) -> Iterator[Hit]:
    """profile-level-id of H264 is not six hexadecimal digits, or no profile or level that exists.

    The codec then fits nothing: Chromium and Firefox answer an m-section without other codecs with port 0, aiortc with
    an error. Usual ones are 42e01f and 640c1f.
    """
    for section, codec in codecs(subject, "h264"):
        said = _parameter(section, codec, "profile-level-id")
        if said is None:
            continue
        try:
            id = ProfileLevelId.parse(said)
        except SDPError:
            message = f'"{shorten(said)}" is not six hexadecimal digits'
            yield _at_parameter(section, codec, "profile-level-id", message, Severity.ERROR)
            continue
        what = "profile" if id.profile is None else "level" if id.level is None else None
        if what and subject.profile in WEB:
            yield _at_parameter(section, codec, "profile-level-id", f'"{said}" has no known {what}', Severity.ERROR)


@rule(
    "COD009",
    Severity.ERROR,
    "RFC 6184 §8.1",
    bad="-a=fmtp:102…\n+a=fmtp:102 packetization-mode=3;profile-level-id=42e01f",
)
def no_packetization_mode(subject: Subject) -> Iterator[Hit]:
    """packetization-mode of H264 is neither 0, 1 nor 2, or no H264 has mode 1 in an offer.

    Where it is missing it is 0, and a codec in mode 0 only fits one in mode 0. WebRTC must have mode 1; Chromium offers
    both, aiortc takes only mode 1 and fails with an error otherwise.
    """
    for section, codec in codecs(subject, "h264"):
        said = _parameter(section, codec, "packetization-mode")
        if said is not None and said not in ("0", "1", "2"):
            message = f'packetization-mode is "{shorten(said)}", not 0, 1 or 2'
            yield _at_parameter(section, codec, "packetization-mode", message, Severity.ERROR)
    if subject.type == "answer" or subject.profile not in WEB:
        return  # an answer has no choice, and others do as they like
    for section in subject.live:
        h264 = _by_name(section).get("h264", [])
        said_all = {_parameter(section, codec, "packetization-mode") for codec in h264}
        if None in said_all and "1" not in said_all:
            codec = next(codec for codec in h264 if _parameter(section, codec, "packetization-mode") is None)
            message = f"H264 {codec.payload_type} without packetization-mode is in mode 0"
            yield Hit(_line(section, codec), message, severity=Severity.WARNING, help="offer packetization-mode=1")


@rule(
    "COD010",
    Severity.NOTE,
    "RFC 6184 §8.2.2",
    bad="-a=fmtp:102…\n+a=fmtp:102 packetization-mode=1;profile-level-id=42e01f",
    pedantic=True,
)
def one_level_for_both(subject: Subject) -> Iterator[Hit]:
    """H264 without level-asymmetry-allowed=1 sends and receives at the lower of the two levels.

    Browsers can do more in one direction than the other, and say so with it. Without it on both sides, Chromium takes
    the lower level of both.
    """
    for section, codec in codecs(subject, "h264"):
        if codec.fmtp and _parameter(section, codec, "level-asymmetry-allowed") != "1":
            message = f"H264 {codec.payload_type} has one level for both directions"
            yield _at_parameter(section, codec, "level-asymmetry-allowed", message, Severity.NOTE)


@rule(
    "COD011",
    Severity.WARNING,
    "RFC 9628 §6",
    bad="-a=rtpmap:96…\n+a=rtpmap:96 VP9/90000\n+a=fmtp:96 profile-id=9",
    pedantic=True,
)
def no_vp9_profile(subject: Subject) -> Iterator[Hit]:
    """profile-id of VP9 is not 0, 1, 2 or 3.

    Chromium answers an m-section without other codecs with port 0, aiortc with an error; Firefox ignores it.
    """
    yield from _out_of_range(subject, "vp9", Severity.WARNING, **{"profile-id": range(4)})


def _out_of_range(subject: Subject, name: str, severity: Severity, **ranges: range) -> Iterator[Hit]:
    """The parameters of a codec that are numbers, but none of those that they may be."""
    for section, codec in codecs(subject, name):
        for parameter, known in ranges.items():
            value = getattr(codec.parameters, parameter.replace("-", "_"), None)
            if value is not None and value not in known:
                message = f"{parameter} is {value}, not {known.start} to {known.stop - 1}"
                yield _at_parameter(section, codec, parameter, message, severity)


@rule(
    "COD012",
    Severity.WARNING,
    "AV1 RTP §7.2",
    bad="-a=rtpmap:96…\n+a=rtpmap:96 AV1X/90000",
)
def odd_av1(subject: Subject) -> Iterator[Hit]:
    """AV1 has its old name AV1X, or a profile, level or tier that does not exist.

    profile is 0 to 2, level-idx 0 to 31, tier 0 or 1. Chromium and Firefox answer an m-section with AV1X alone with
    port 0, aiortc with an error: the name was for tests before the standard.
    """
    for section, codec in codecs(subject, "av1x"):
        line = _line(section, codec)
        fix = rewrite(line, line.text.replace("AV1X", "AV1", 1), "write AV1", safe=False)
        yield at(line, codec.name, "AV1X is the name of AV1 before it was a standard", fix=fix)
    ranges = {"profile": range(3), "level-idx": range(32), "tier": range(2)}
    yield from _out_of_range(subject, "av1", Severity.WARNING, **ranges)


@rule(
    "COD013",
    Severity.WARNING,
    "RFC 7798 §7.1",
    bad="-a=rtpmap:96…\n+a=rtpmap:96 H265/90000\n+a=fmtp:96 tx-mode=FOO",
    pedantic=True,
)
def odd_h265(subject: Subject) -> Iterator[Hit]:
    """H265 has a parameter with a value that does not exist.

    profile-id is 0 to 31, level-id 0 to 255, a sub-layer 0 to 6, and tx-mode SRST, MRST or MRMT. A peer that minds
    takes the codec for one that it does not have.
    """
    ranges = {"profile-space": range(4), "profile-id": range(32), "level-id": range(256)}
    ranges |= {"sprop-sub-layer-id": range(7), "recv-sub-layer-id": range(7), "max-recv-level-id": range(256)}
    yield from _out_of_range(subject, "h265", Severity.WARNING, **ranges)
    for section, codec in codecs(subject, "h265"):
        said = _parameter(section, codec, "tx-mode")
        if said is not None and said not in ("SRST", "MRST", "MRMT"):
            message = f'tx-mode is "{shorten(said)}", not SRST, MRST or MRMT'
            yield _at_parameter(section, codec, "tx-mode", message, Severity.WARNING)


@rule(
    "COD014",
    Severity.WARNING,
    "RFC 4733 §2.5.1.2",
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 0 110\n"
    "-a=rtpmap:0…\n+a=rtpmap:0 PCMU/8000\n+a=rtpmap:110 telephone-event/16000",
    pedantic=True,
)
def helper_without_codec(subject: Subject) -> Iterator[Hit]:
    """telephone-event or CN has a clock rate that no audio codec of the m-section has, or not the preferred one.

    They take turns with a codec in one stream, and so share its clock: no tones can be sent beside another one.
    Firefox only knows telephone-event/8000, which does not go with Opus.
    """
    for section in subject.live:
        rates = [codec.clock_rate for codec in section.codecs if codec.name.lower() not in _NOT_SOUND]
        helpers = [codec for codec in section.codecs if codec.name.lower() in ("telephone-event", "cn")]
        for codec in helpers if rates else ():
            if codec.clock_rate not in rates:
                message = f"no audio codec here has the {codec.clock_rate} Hz of {codec}"
                yield at(_line(section, codec), f"/{codec.clock_rate}", message)
        events = [codec for codec in helpers if codec.name.lower() == "telephone-event"]
        fitting = [codec for codec in events if codec.clock_rate in rates]
        if fitting and rates[0] not in {codec.clock_rate for codec in events}:
            message = f"the preferred codec has {rates[0]} Hz, and no telephone-event has"
            yield Hit(_line(section, fitting[0]), message, severity=Severity.NOTE)


@rule(
    "COD015",
    Severity.WARNING,
    "RFC 2198 §5",
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 0 63\n"
    "-a=rtpmap:0…\n+a=rtpmap:0 PCMU/8000\n+a=rtpmap:63 red/48000/2\n+a=fmtp:63 111/120",
    pedantic=True,
)
def red_of_missing_codec(subject: Subject) -> Iterator[Hit]:
    """red repeats a payload type that the m= line does not have, or that is no number.

    Its a=fmtp names payload types with slashes between, as in 111/111. Chromium drops red without a word; Firefox has
    none.
    """
    for section, codec in codecs(subject, "red"):
        line = _line(section, codec, "fmtp")
        start = line.text.find(" ") + 1
        for word in (codec.fmtp or "").split("/") if codec.fmtp and "=" not in codec.fmtp else ():
            if not (word.strip().isascii() and word.strip().isdigit()):
                yield Hit(line, f'"{shorten(word)}" is no payload type', start, start + len(word), fix=_no_red(section))
            elif int(word[:4]) not in payload_types(section):
                message = f"payload type {shorten(word)} is not on the m= line"
                yield Hit(line, message, start, start + len(word), fix=_no_red(section))
            start += len(word) + 1


def _no_red(section: MediaDescription) -> Fix | None:
    return without_formats(section, {str(codec.payload_type) for codec in section.codecs if codec.name == "red"})


@rule(
    "COD016",
    Severity.NOTE,
    "RFC 5109 §14.2",
    bad="-m=video 9 UDP/TLS/RTP/SAVPF 96 97 102\n+m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 98\n"
    "-a=rtpmap:96…\n+a=rtpmap:96 VP8/90000\n+a=rtpmap:98 ulpfec/90000",
    pedantic=True,
)
def loose_error_correction(subject: Subject) -> Iterator[Hit]:
    """Forward error correction lacks what connects it to the media.

    In WebRTC, ulpfec travels inside red, and flexfec in a stream of its own that a=ssrc-group:FEC-FR names. Chromium
    answers ulpfec without red all the same, Firefox drops it. More than one kind at a time is of no use.
    """
    for section in subject.live:
        named = {codec.name.lower(): codec for codec in reversed(section.codecs)}
        ulpfec, flexfec = named.get("ulpfec"), named.get("flexfec-03") or named.get("flexfec")
        if ulpfec and "red" not in named:
            yield Hit(_line(section, ulpfec), "ulpfec without red to carry it")
        grouped = any(group.semantics == "FEC-FR" for group in section.ssrc_groups)
        if flexfec and section.ssrc_attributes and not grouped:
            yield Hit(_line(section, flexfec), f"{flexfec.name} without a=ssrc-group:FEC-FR")
        if flexfec and ulpfec and subject.type == "answer":
            yield Hit(_line(section, flexfec), f"{flexfec.name} beside ulpfec")


@rule("COD017", Severity.WARNING, "RFC 7587 §6.1", bad="-a=fmtp:111…\n+a=fmtp:111 stereo=yes")
def unfitting_parameter(subject: Subject) -> Iterator[Hit]:
    """A format parameter has a value that it cannot have, or stands there twice.

    Flags such as useinbandfec, stereo or usedtx are 0 or 1, and maxaveragebitrate of Opus is 6000 to 510000. Chromium
    and Firefox ignore other values; aiortc fails on stereo=yes with "invalid literal for int()".
    """
    # the parser itself finds values of the wrong kind
    yield from _out_of_range(subject, "opus", Severity.WARNING, maxaveragebitrate=range(6000, 510001))


@rule("COD018", Severity.NOTE, "RFC 7587 §7.1", bad="-a=fmtp:111…\n+a=fmtp:111 usinbandfec=1", pedantic=True)
def unknown_parameter(subject: Subject) -> Iterator[Hit]:
    """A format parameter is unknown for its codec.

    It is ignored by Chromium, Firefox and aiortc, and an answer must not repeat it. Names are easily misspelled.
    """
    for section, codec in codecs(subject):
        parameters = codec.parameters
        if parameters is None or type(parameters) is FormatParameters or parameters.unnamed:
            continue
        known = {field.replace("_", "-") for field in parameters.__struct_fields__} - {"others", "order"}
        misfits, written = set(parameters.misfits), set(_parameters(section)[codec.payload_type])
        for name, value in parameters.others:
            if (name, value) not in misfits and not name.lower().startswith("x-"):
                meant = nearest(name, known)
                hint = f'; was "{meant}" meant?' if meant else ""
                message = f'{codec.name} has no parameter "{shorten(name)}"{hint}'
                hit = _at_parameter(section, codec, name, message, Severity.NOTE)
                if meant and meant not in written:
                    written.add(meant)
                    hit = hit._replace(fix=_renamed(hit, name, meant))
                yield hit


def _renamed(hit: Hit, name: str, meant: str) -> Fix | None:
    text = hit.line.text
    if not text.startswith(name, hit.start):
        return None
    return rewrite(hit.line, f"{text[: hit.start]}{meant}{text[hit.start + len(name) :]}", f"write {meant}", safe=False)


@rule(
    "COD019",
    Severity.NOTE,
    "RFC 3264 §5.1",
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 0 112\n"
    "-a=rtpmap:0…\n+a=rtpmap:0 PCMU/8000\n+a=rtpmap:112 opus/48000/2\n+a=fmtp:112 minptime=10;useinbandfec=1",
    pedantic=True,
)
def codec_twice(subject: Subject) -> Iterator[Hit]:
    """A codec stands there twice with the same parameters.

    Two payload types for one thing say nothing new. Chromium and Firefox answer only the first; aiortc answers both.
    """
    for section in subject.media:
        first: dict[tuple[object, ...], Codec] = {}
        for codec in section.codecs:
            one = first.setdefault(_meaning(codec), codec)
            if one is not codec and codec.name.lower() != "rtx":
                dropped = without_formats(section, {str(codec.payload_type)})
                fix = Fix(dropped.title, False, dropped.edits) if dropped else None
                message = f"{codec} is payload type {one.payload_type} already"
                related = (place(_line(section, one), "the first one"),)
                yield Hit(_line(section, codec), message, fix=fix, related=related)


def _pairs(codec: Codec) -> tuple[tuple[str, str | None], ...]:
    parameters = codec.parameters
    return () if parameters is None else parameters.pairs


def _meaning(codec: Codec) -> tuple[object, ...]:
    """What distinguishes a codec from others, whatever its payload type."""
    pairs = tuple(sorted((name.lower(), value or "") for name, value in _pairs(codec)))
    return codec.name.lower(), codec.clock_rate, codec.channels or 1, pairs


@rule(
    "COD020",
    Severity.NOTE,
    "RFC 7874 §3",
    profiles=WEB,
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 9 UDP/TLS/RTP/SAVPF 111\n-a=rtpmap:0…",
    pedantic=True,
)
def codec_of_all_missing(subject: Subject) -> Iterator[Hit]:
    """An offer lacks a codec that every WebRTC peer has.

    For audio these are Opus and G.711 (PCMU and PCMA), for video VP8 and H264 (RFC 7742 §5). With all of them some
    codec is always in common.
    """
    if subject.type == "answer":
        return  # which has only what was offered
    wanted = {"audio": (("opus",), ("pcmu", "pcma")), "video": (("vp8",), ("h264",))}
    for section in subject.live:
        names = {codec.name.lower() for codec in section.codecs}
        for alternatives in wanted.get(section.kind, ()) if names else ():
            if not names & set(alternatives):
                yield Hit(m_line(section), f"no {' or '.join(alternatives).upper()} is offered")


@rule(
    "COD021",
    Severity.NOTE,
    "RFC 7742 §6.2",
    profiles=WEB,
    bad="-a=fmtp:102…\n+a=fmtp:102 profile-level-id=42e01f;sprop-parameter-sets=Z0IAHqtAoPyA,aM4xEg==",
    pedantic=True,
)
def parameter_sets_aside(subject: Subject) -> Iterator[Hit]:
    """H264 has its parameter sets in a=fmtp.

    In WebRTC they must come within the stream, because the picture changes its size on the way. Browsers ignore these.
    """
    for section, codec in codecs(subject, "h264"):
        if _parameter(section, codec, "sprop-parameter-sets") is not None:
            line = _line(section, codec, "fmtp")
            head, _, parameters = line.text.partition(" ")
            kept = [part for part in parameters.split(";") if "sprop-parameter-sets" not in part]
            fix = rewrite(line, f"{head} {';'.join(kept)}", "take it away") if kept else None
            message = "parameter sets belong into the stream"
            yield _at_parameter(section, codec, "sprop-parameter-sets", message, Severity.NOTE)._replace(fix=fix)
