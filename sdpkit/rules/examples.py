"""The descriptions that the examples of rules change, and how such a change is written.

A change is some lines, each with `-` or `+` before it. A `-` line takes away the first line of the text that is equal
to it, or begins like it where it ends with `…`; the `+` lines behind it stand in its place. `+` lines at the beginning
go to the end of the text. In an example of a pair, a line `offer:`, `answer:` or `previous:` says which text the lines
behind it change; the answer, or the new description, is changed where nothing is said. Lines end with CRLF; `␊`, `␍`
and `␃` at the end of a `+` line show another end: LF, CR, or the end of the text.
"""

OFFER = """\
v=0
o=- 4611731400430051336 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1 2
m=audio 9 UDP/TLS/RTP/SAVPF 111 0
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=candidate:1 1 udp 2122260223 192.0.2.10 54321 typ host generation 0
a=candidate:2 1 udp 41885439 198.51.100.9 50000 typ relay raddr 192.0.2.10 rport 54321 generation 0
a=ice-ufrag:abcd
a=ice-pwd:0123456789abcdefghijkl
a=ice-options:trickle
a=fingerprint:sha-256 A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90:A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90
a=setup:actpass
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=sendrecv
a=msid:stream audio-track
a=rtcp-mux
a=rtpmap:111 opus/48000/2
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:0 PCMU/8000
a=ssrc:1001 cname:user
m=video 9 UDP/TLS/RTP/SAVPF 96 97 102
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:abcd
a=ice-pwd:0123456789abcdefghijkl
a=ice-options:trickle
a=fingerprint:sha-256 A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90:A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90
a=setup:actpass
a=mid:1
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
a=sendrecv
a=msid:stream video-track
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:96 VP8/90000
a=rtcp-fb:96 nack
a=rtcp-fb:96 nack pli
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=rtpmap:102 H264/90000
a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
a=ssrc-group:FID 2001 2002
a=ssrc:2001 cname:user
a=ssrc:2002 cname:user
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=ice-ufrag:abcd
a=ice-pwd:0123456789abcdefghijkl
a=ice-options:trickle
a=fingerprint:sha-256 A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90:A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90
a=setup:actpass
a=mid:2
a=sctp-port:5000
a=max-message-size:262144
"""
"""An offer without any finding, as a browser makes one."""

_ANSWERED = {
    "o=- 4611731400430051336 2 IN IP4 127.0.0.1": "o=- 5105660507156334405 2 IN IP4 127.0.0.1",
    "192.0.2.10": "192.0.2.20",
    "198.51.100.9": "198.51.100.19",
    "a=ice-ufrag:abcd": "a=ice-ufrag:efgh",
    "a=ice-pwd:0123456789abcdefghijkl": "a=ice-pwd:lkjihgfedcba9876543210",
    "A1:B2:C3": "C1:B2:C3",
    "a=setup:actpass": "a=setup:active",
    "a=msid:stream": "a=msid:other",
    "1001": "3001",
    "2001": "4001",
    "2002": "4002",
    "cname:user": "cname:other",
}


def _answer() -> str:
    text = OFFER
    for offered, answered in _ANSWERED.items():
        text = text.replace(offered, answered)
    return text


ANSWER = _answer()
"""The answer to OFFER, without any finding either."""
AGAIN = OFFER.replace("051336 2 IN", "051336 3 IN")
"""The same side's next offer, with nothing changed."""
CANDIDATE = "candidate:1 1 udp 2122260223 192.0.2.10 54321 typ host generation 0"
"""A candidate without any finding."""


_ENDS = {"␊": "\n", "␍": "\r", "␃": ""}


def changed(text: str, change: str) -> str:
    """The text after a change, with CRLF. Raises ValueError or StopIteration for a line that is not there."""
    lines = text.splitlines()
    position = len(lines)
    for line in change.splitlines():
        sign, body = line[:1], line[1:]
        if sign == "-":
            position = _index(lines, body)
            del lines[position]
        elif sign == "+":
            lines.insert(position, body)
            position += 1
        else:
            raise ValueError(f"{line!r} begins with neither - nor +")
    return "".join(map(_ended, lines))


def _ended(line: str) -> str:
    """A line with its end, which is CRLF unless it is shown."""
    return line[:-1] + _ENDS[line[-1]] if line[-1:] in _ENDS else f"{line}\r\n"


def _index(lines: list[str], wanted: str) -> int:
    """The first line that is equal to the wanted one, or begins as it does before its `…`."""
    if wanted.endswith("…"):
        return next(place for place, line in enumerate(lines) if line.startswith(wanted[:-1]))
    return lines.index(wanted)


def parts(change: str, default: str) -> dict[str, str]:
    """A change of a pair by the texts that it changes."""
    found: dict[str, str] = {}
    name = default
    for line in change.splitlines():
        if line in ("offer:", "answer:", "previous:"):
            name = line[:-1]
        else:
            found[name] = f"{found.get(name, '')}{line}\n"
    return found
