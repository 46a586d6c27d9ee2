"""What a description gives away to those it is shown to (PRV)."""

import re
from collections.abc import Iterator

from sdpkit.finding import Severity, shorten
from sdpkit.ice.address import Scope, scope
from sdpkit.ice.candidate import Candidate
from sdpkit.rules.rule import WEB, Hit, Subject, at, drop, place, rewrite, rule
from sdpkit.sdp.decoding import decode
from sdpkit.sdp.fields import Origin
from sdpkit.sdp.lines import Line

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

_INSIDE = (Scope.PRIVATE, Scope.SHARED, Scope.LINK_LOCAL)
_SHARING = "do not show it in public; sdpkit masks passwords and keys in what it prints"


def _candidates(subject: Subject) -> Iterator[tuple[Line, Candidate]]:
    for section in subject.live:
        for line in section.lines_of("candidate"):
            candidate = decode(line)
            if candidate is not None:
                yield line, candidate


@rule(
    "PRV001",
    NOTE,
    "RFC 8828 §3",
    pedantic=True,
    bad="-a=candidate:1…\n+a=candidate:1 1 udp 2122260223 192.168.1.4 54321 typ host",
)
def private_addresses(subject: Subject) -> Iterator[Hit]:
    """The description shows addresses of a private network.

    They help peers in the same network to connect, and tell all others how it is made. Browsers hide them behind .local
    names, until a page may use camera or microphone.
    """
    lines: dict[str, Line] = {}
    for line, candidate in _candidates(subject):
        if candidate.typ == "host" and candidate.scope in _INSIDE:
            lines.setdefault(candidate.address, line)
    if lines:
        (address, line), *others = lines.items()
        message = f"private address {address}" + (f", and {len(others)} more" if others else "")
        yield at(line, address, message, related=tuple(place(each, name) for name, each in others))


@rule(
    "PRV002",
    NOTE,
    "RFC 8828 §3",
    pedantic=True,
    bad="-a=candidate:2…\n+a=candidate:2 1 udp 1686052607 198.51.100.9 50000 typ srflx raddr 192.168.1.4 rport 54321",
    good="-a=candidate:2…\n+a=candidate:2 1 udp 1686052607 198.51.100.9 50000 typ srflx raddr 0.0.0.0 rport 9",
)
def both_addresses(subject: Subject) -> Iterator[Hit]:
    """A reflexive candidate shows a public address together with the private one behind it.

    The raddr is for people who look for faults; ICE does not need it. Chromium writes 0.0.0.0 there where addresses are
    hidden.
    """
    for line, candidate in _candidates(subject):
        if candidate.typ in ("srflx", "prflx") and candidate.raddr and scope(candidate.raddr) in _INSIDE:
            yield at(line, f"raddr {candidate.raddr}", f"{candidate.raddr} is behind {candidate.address}")


@rule("PRV003", WARNING, "RFC 8829 §5.2.1", profiles=WEB, bad="-o=-…\n+o=alice 1 2 IN IP4 host.example.com")
def origin(subject: Subject) -> Iterator[Hit]:
    """The description names its user or host: in o=, e= or p=.

    A browser writes "-" for the user and 127.0.0.1 or 0.0.0.0 for the host, and no e= or p=: nobody needs them to
    connect.
    """
    for line in subject.description.lines_of("o="):
        found = decode(line)
        if isinstance(found, Origin) and _names_somebody(found):
            text = f"o=- {found.session_id} {found.session_version} IN IP4 127.0.0.1"
            fix = rewrite(line, text, "write - and 127.0.0.1")
            yield Hit(line, f"o= names {shorten(found.username)} at {shorten(found.address)}", 2, fix=fix)
    for name in ("e=", "p="):
        for line in subject.description.lines_of(name):
            yield Hit(line, f"{name} names a person: {shorten(line.value)}", 2, fix=drop(line, safe=False))


def _names_somebody(found: Origin) -> bool:
    """A user at a real address. A name alone is that of a program: "rtc", "mozilla...THIS_IS_SDPARTA-99.0"."""
    return found.username != "-" and scope(found.address) not in (Scope.UNSPECIFIED, Scope.LOOPBACK)


_KEY = re.compile("inline:[^|; ]*")


@rule(
    "PRV004",
    ERROR,
    "RFC 8866 §7",
    bad="-a=mid:0\n+a=mid:0\n+a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj",
)
def keys(subject: Subject) -> Iterator[Hit]:
    """The description has media keys in the clear: a=crypto or k=.

    Who reads it can listen. In SIP that is usual, over signalling that is encrypted itself, and worth a note; WebRTC
    must not do it. Browsers ignore such keys.
    """
    severity = ERROR if subject.profile in WEB else NOTE
    for part in (subject.description, *subject.media):
        for line in part.lines_of("crypto"):
            found = _KEY.search(line.text)
            if found:
                yield Hit(line, "an SRTP key in the clear", *found.span(), help=_SHARING, severity=severity)
        for line in part.lines_of("k="):
            if line.value != "prompt":
                yield Hit(line, "a key in the clear", 2, help=_SHARING, severity=severity)


@rule(
    "PRV005", NOTE, "RFC 8827 §6", pedantic=True, bad="", good="".join(f"-a=ice-pwd:{'0123456789abcdefghijkl'}\n" * 3)
)
def credentials(subject: Subject) -> Iterator[Hit]:
    """The description has the ice-pwd and the fingerprint of a session.

    That is what they are for. As long as the session lasts, who knows them and can reach the peer may disturb it, or
    answer in another's place: descriptions in public places should be old, or masked.
    """
    for section in subject.live:
        if section.ice.pwd and section.dtls.fingerprints:
            lines = section.lines_of("ice-pwd") or subject.description.lines_of("ice-pwd")
            yield from (Hit(line, "the password of ICE in the clear", help=_SHARING) for line in lines[:1])
            return


@rule(
    "PRV006",
    NOTE,
    "RFC 8828 §3",
    pedantic=True,
    bad="-a=candidate:1…\n+a=candidate:1 1 udp 2122260223 192.0.2.10 54321 typ host network-id 1\n"
    "+a=candidate:3 1 udp 2122194687 192.0.2.11 54322 typ host network-id 2",
)
def interfaces(subject: Subject) -> Iterator[Hit]:
    """The candidates show how many network interfaces the machine has.

    libwebrtc numbers them in network-id, which helps it to choose paths; together with a fingerprint that stays the
    same they make a machine known again.
    """
    numbers = {candidate.network_id: line for line, candidate in _candidates(subject) if candidate.network_id}
    if len(numbers) > 1:
        line = list(numbers.values())[-1]
        yield at(line, f"network-id {list(numbers)[-1]}", f"{len(numbers)} network interfaces")


# Words that programs and developers use for what a section, layer or stream is.
_TECHNICAL = re.compile(
    "audio|video|data|application|text|media|datachannel|channel|stream|track|screen|share|screenshare|display|desktop"
    "|camera|webcam|microphone|main|primary|secondary|second|first|medium|high|full|half|quarter|left|right|front|back"
    "|default|fallback|backup|local|remote|send|recv|sender|receiver|user|peer|session|msid|cname|label|control|events"
    "|sync|simulcast|sdparta|janus|janusa|janusv"
).fullmatch
_LETTERS = re.compile("[A-Za-z]+")


@rule("PRV007", NOTE, "RFC 8829 §5.2.1", pedantic=True, bad="-a=mid:2\n+a=mid:alice")
def names(subject: Subject) -> Iterator[Hit]:
    """A mid, rid or msid looks like a word that means something to its user.

    These names travel with every packet or to every peer, and should be random or numbers. Browsers write such.
    """
    for section in subject.media:
        for name in ("mid", "rid", "msid"):
            for line in section.lines_of(name):
                value = line.text.partition(":")[2]
                told = value if name == "msid" else value.split(" ")[0]
                word = next((word for word in told.split(" ") if _is_meaningful(word)), None)
                if word is not None:
                    yield at(line, word, f'{name} "{shorten(word)}" may tell something about its user')


def _is_meaningful(name: str) -> bool:
    """Whether a name is made of words, and one is not technical; what has digits in it is random or counted."""
    words = re.split(r"[-_. ]+", name)
    plain = all(_LETTERS.fullmatch(word) and (word.islower() or word.istitle()) for word in words)
    return plain and any(len(word) > 3 and not _TECHNICAL(word.lower()) for word in words)
