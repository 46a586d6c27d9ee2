"""What is not wrong, but not understood by all (CMP)."""

from collections.abc import Iterator

from sdpkit.finding import Severity
from sdpkit.offer_answer.matching import HELPERS
from sdpkit.rules.rule import WEB, Hit, Subject, at, rule
from sdpkit.rules.syntax import values
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.section import Section

WARNING, NOTE = Severity.WARNING, Severity.NOTE


def is_plain_rtp(description: SessionDescription) -> bool:
    """Whether there is neither ICE nor DTLS anywhere, as in SIP, RTSP and ST 2110; one finding says so (CMP006)."""
    parts = (description, *description.media)
    keyed = any(name in part for part in parts for name in ("ice-ufrag", "ice-pwd", "candidate", "fingerprint"))
    protocols = [section.protocol.upper() for section in description.media]
    return not keyed and any("RTP" in protocol for protocol in protocols) and not any("TLS" in one for one in protocols)


_AIORTC = {"audio": {"opus", "pcmu", "pcma", "g722"}, "video": {"vp8", "h264"}}


def _codecs(section: MediaDescription) -> set[str]:
    """The codecs of a section by their names in lower case, without those that only help others."""
    return {codec.name.lower() for codec in section.codecs} - HELPERS


def _first(section: MediaDescription) -> Line:
    return section.lines_of("m=")[0]


@rule(
    "CMP004",
    WARNING,
    "aiortc 1.16",
    profiles=WEB,
    pedantic=True,
    bad="-m=video 9 UDP/TLS/RTP/SAVPF 96 97 102\n+m=video 9 UDP/TLS/RTP/SAVPF 98\n"
    "-a=rtpmap:96 VP8/90000\n-a=rtcp-fb:96 nack\n-a=rtcp-fb:96 nack pli\n-a=rtpmap:97 rtx/90000\n-a=fmtp:97 apt=96\n"
    "-a=rtpmap:102 H264/90000\n-a=fmtp:102…\n+a=rtpmap:98 VP9/90000",
)
def beyond_aiortc(subject: Subject) -> Iterator[Hit]:
    """A section needs something that aiortc does not have.

    aiortc knows opus, PCMU, PCMA and G722, VP8 and H264, each with rtx. A section with none of them makes it refuse the
    whole description. It ignores simulcast and rids, and takes one stream: those are a note.
    """
    for section in subject.live:
        codecs, known = _codecs(section), _AIORTC.get(section.kind)
        if known is not None and codecs and not codecs & known:
            yield Hit(_first(section), f"aiortc has none of these codecs: {', '.join(sorted(codecs))}")
        lines = section.lines_of("simulcast") or section.lines_of("rid")
        yield from (Hit(line, "aiortc ignores simulcast", severity=NOTE) for line in lines[:1])


_UNEVEN = {"h265", "av1", "h264"}


@rule(
    "CMP005",
    WARNING,
    "RFC 7742 §5",
    profiles=WEB,
    pedantic=True,
    bad="-m=video 9 UDP/TLS/RTP/SAVPF 96 97 102\n+m=video 9 UDP/TLS/RTP/SAVPF 102\n"
    "-a=rtpmap:96 VP8/90000\n-a=rtcp-fb:96 nack\n-a=rtcp-fb:96 nack pli\n-a=rtpmap:97 rtx/90000\n-a=fmtp:97 apt=96",
)
def uneven_codecs(subject: Subject) -> Iterator[Hit]:
    """A video section has only codecs that not every build of a browser has.

    H265 depends on the graphics card, AV1 on the version, and Firefox has H264 only once its plugin is loaded. Every
    browser has VP8: offer it too.
    """
    for section in subject.live:
        codecs = _codecs(section)
        if section.kind == "video" and codecs and codecs <= _UNEVEN:
            names = ", ".join(sorted(name.upper() for name in codecs))
            yield Hit(_first(section), f"only {names}: not every browser has that", help="offer VP8 too")


_PLAIN = "".join(
    f"-a={name}\n" for name in ("ice-ufrag:abcd", "ice-pwd:0123456789abcdefghijkl", "fingerprint:…") for _ in range(3)
)


@rule(
    "CMP006",
    WARNING,
    "RFC 8829 §5.8.3",
    bad=_PLAIN + "-a=candidate:1…\n-a=candidate:2…\n-m=application…\n"
    "-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio 9 RTP/AVP 111 0\n"
    "-m=video 9 UDP/TLS/RTP/SAVPF 96 97 102\n+m=video 9 RTP/AVP 96 97 102",
)
def no_webrtc(subject: Subject) -> Iterator[Hit]:
    """The description has neither ICE nor DTLS: it is not for browsers.

    SIP phones, cameras and studio equipment write such ones. Chromium says "Called with SDP without DTLS fingerprint",
    Firefox "no ice-ufrag attribute at level 0", aiortc "ICE username fragment or password is missing". A gateway must
    stand between. Where no browser is meant it is a note.
    """
    if is_plain_rtp(subject.description):
        section = next(section for section in subject.media if "RTP" in section.protocol.upper())
        message = f"{section.protocol}, and neither ICE nor DTLS: browsers refuse this"
        severity = WARNING if subject.profile in WEB else NOTE
        yield at(_first(section), section.protocol, message, severity=severity)


@rule(
    "CMP007",
    NOTE,
    "RFC 8866 §5.2",
    pedantic=True,
    bad="",
    good="-o=-…\n+o=x 1 1 IN IP4 192.0.2.1\n-a=candidate:1…\n-a=candidate:2…",
)
def maker(subject: Subject) -> Iterator[Hit]:
    """The description shows which program wrote it.

    The shape of o=, of ICE credentials, foundations and priorities give it away. Nothing is wrong with it, and it
    helps to find what one program says that another does not understand. `sdpkit inspect` names the signs.
    """
    guess = subject.description.maker
    lines = subject.description.lines_of("o=")
    if guess.value and lines:
        yield Hit(lines[0], f"written by {guess.value}: {', '.join(guess.signs[:3])}")


_VENDORS = ("x-google-", "webrtc.org", "google")
_OLD = ("msid-semantic", "sctpmap")


@rule("CMP008", NOTE, "RFC 8866 §5.13", pedantic=True, bad="-t=0 0\n+t=0 0\n+a=msid-semantic: WMS stream")
def vendor_attributes(subject: Subject) -> Iterator[Hit]:
    """The description has attributes or parameters of one vendor, or of a draft that never became a standard.

    x-google-* parameters, header extensions of webrtc.org, msid-semantic and sctpmap are such. Those who do not know
    them ignore them, so they do no harm; they also do nothing there.
    """
    seen: set[str] = set()
    for line in subject.description.lines:
        name = line.text[2:].partition(":")[0]
        if name in _OLD:
            what = f"a={name}"
        else:
            what = next((vendor for vendor in _VENDORS if vendor in line.text and name in ("extmap", "fmtp")), "")
        if what and what not in seen:
            seen.add(what)
            yield at(line, what if name not in _OLD else name, f"{what} is no standard")


_LARGEST = 2**31 - 1


@rule(
    "CMP009",
    WARNING,
    "RFC 8866 §9",
    profiles=WEB,
    bad="-a=max-message-size:262144\n+a=max-message-size:2147483648",
    good="-a=max-message-size:262144\n+a=max-message-size:2147483647",
)
def large_number(subject: Subject) -> Iterator[Hit]:
    """A limit of b=, a=max-message-size, or the clock rate of a=rtpmap, is larger than Chromium can read.

    No RFC sets a limit. Chromium takes no number beyond 2147483647 and says "Invalid SCTP max message size." or
    "Invalid value: 4294967296." Firefox and aiortc take it. Leave b= out where there is no limit; a=max-message-size:0
    is any size.
    """
    for section in (subject.description, *subject.media):
        for line, number in _numbers(section):
            if number > _LARGEST:
                yield at(line, str(number), f"Chromium takes no number beyond {_LARGEST} here")


def _numbers(section: Section) -> Iterator[tuple[Line, int]]:
    for line, bandwidth in values(section, "b="):
        yield line, bandwidth.value
    for line, size in values(section, "max-message-size"):
        yield line, size
    for line, rtpmap in values(section, "rtpmap"):
        yield line, rtpmap.clock_rate
