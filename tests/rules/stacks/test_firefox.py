"""The model of Firefox: typical faults with the texts of Firefox ESR 153."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit.rules.examples import AGAIN, ANSWER, CANDIDATE, OFFER, changed
from sdpkit.rules.stacks import firefox
from sdpkit.sdp.parser import parse

UNSUPPORTED = "unsupported until 2-byte rtp header extensions are supported in webrtc.org"
LAST = len(OFFER.splitlines())


def failed(*errors: str) -> str:
    """The error of SIPCC: each its line and message."""
    lines = "\n".join(f"SDP Parse Error on line {error}" for error in errors)
    return f"SIPCC Failed to parse SDP: {lines}".rstrip()


FAULTS = [
    ("", None),
    # the session
    ("-v=0\n+v=1", failed("1:  Invalid version (1) found, parse failed.")),
    ("-v=0\n+hello\n+v=0", failed("1:  Attempt to parse text not recognized as SDP text, parse fails.")),
    (
        "-v=0",
        failed(
            "1:  First line not v=, parse fails", f"{LAST - 1}:  t= timespec line not specified, validation failed."
        ),
    ),
    ("-o=…\n+o=- x 2 IN IP4 127.0.0.1", failed("2:  Invalid owner session id specified for o=.")),
    ("-o=…\n+o=- 1 -2 IN IP4 127.0.0.1", failed("2:  Invalid owner version specified for o=.")),
    ("-o=…\n+o=- 1 2 ATM IP4 127.0.0.1", failed("2:  Owner network type unsupported (ATM)")),
    ("-o=…\n+o=- 1 2 IN IP5 127.0.0.1", failed("2:  Owner address type unsupported (IP5)")),
    ("-o=…\n+o=- 1 2 IN IP4", failed("2:  No owner address specified.")),
    ("-o=…", failed(f"{LAST - 1}:  o= owner line not specified, validation failed.")),
    ("-s=-", None),
    ("-t=0 0", failed(f"{LAST - 1}:  t= timespec line not specified, validation failed.")),
    ("-t=0 0\n+t=0", failed("4:  Invalid timespec stop time specified.")),
    ("-t=0 0\n+x=1\n+t=0 0", failed("4:  t= timespec line not specified, validation failed.")),
    ("-a=group…\n+a=group:BUNDLE 0 1 2\n+x=1", failed()),
    ("-a=group…\n+k=clear", failed("5:  Warning: No encryption key specified as required.")),
    ("-t=0 0\n+b=AS:-1\n+t=0 0", failed("4:  Error: No BW Value specified")),
    ("-a=group…\n+a=", failed("5:  No attribute type specified, parse failed.")),
    # c=
    ("-c=IN IP4 0.0.0.0\n+c=IN IP4 host.example", failed("7:  Error parsing address hos for mcast.")),
    (
        "-c=IN IP4 0.0.0.0\n+c=IN IP4 0.0.0.0\n+c=IN IP4 0.0.0.0",
        failed("8:  c= line specified twice at same level, parse failed."),
    ),
    (
        "-c=IN IP4 0.0.0.0",
        failed(f"{LAST - 1}:  c= connection line not specified for every media level, validation failed."),
    ),
    (
        "-c=IN IP4 0.0.0.0\n+c=XX IP4 0.0.0.0",
        failed(
            "7:  Warning: Connection network type unsupported (XX) for c=.",
            f"{LAST}:  c= connection line not specified for every media level, validation failed.",
        ),
    ),
    # m=
    (
        "-m=audio…\n+m=audio -9 RTP/SAVPF 0",
        failed("6:  Invalid port format (-9) specified for transport protocol (RTP/SAVPF), parse failed."),
    ),
    (
        "-m=audio…\n+m=audio 9 RTP/AVPF 0",
        failed("6:  Invalid port format (9) specified for transport protocol (RTP/AVPF), parse failed."),
    ),
    (
        "-m=audio…\n+m=audio 9 UDP/X 0",
        failed(
            "6:  Warning: Transport protocol type unsupported (UDP/X).",
            "6:  Invalid port format (9) specified for transport protocol (Unsupported), parse failed.",
        ),
    ),
    ("-m=audio…\n+m=audio 9", failed("6:  No transport protocol type specified, parse failed.")),
    ("-m=audio…\n+m=audio 9 UDP/DTLS/SCTP webrtc-datachannel", None),
    ("-m=audio…\n+m=audio 9/2 UDP/TLS/RTP/SAVPF 111", None),
    ("-m=audio…\n+m=text 9 UDP/TLS/RTP/SAVPF 111", failed("6: Unsupported media section type")),
    ("-m=audio…\n+m=audio 9 udp 111", failed("6: Unsupported media transport type")),
    (
        "-m=application…\n+m=application 9 UDP/DTLS/SCTP 5000",
        failed("51:  No webrtc-datachannel token in m= media line, parse failed."),
    ),
    ("-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 72", 'Illegal audio/video payload type "72" at level 0'),
    ("-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 200", 'audio/video payload type "200" is too large at level 0'),
    # attributes
    ("-a=fingerprint…\n+a=fingerprint:sha-256", failed("14: Only one token in fingerprint attribute")),
    ("-a=fingerprint…\n+a=fingerprint:sha-256 A1B2", failed("14: Malformed fingerprint token")),
    ("-a=fingerprint…\n+a=fingerprint:sha-256 a1:b2", failed("14: Malformed fingerprint token")),
    (
        "-a=fingerprint…\n+a=x-new:1\n+a=fingerprint:sha-256",
        failed("14:  Warning: Unrecognized attribute (x-new) ", "15: Only one token in fingerprint attribute"),
    ),
    ("-a=rtpmap:111…\n+a=rtpmap:111 opus", None),
    ("-a=extmap:1 …\n+a=extmap:1", None),
    (
        "-a=extmap:1 …\n+a=extmap:15 urn:x",
        f"Description contains invalid extension id 15 on level 0 which is {UNSUPPORTED}",
    ),
    ("-a=extmap:1 …\n+a=extmap:4 urn:x", "Description contains duplicate extension id 4 on level 0"),
    ("-a=mid:1\n+a=mid:12345678901234567", f"Invalid description, mid length greater than 16 {UNSUPPORTED}"),
    # a=rid and a=simulcast
    ("-a=rtcp-rsize\n+a=simulcast:send h", failed(*2 * ["26: No rid attribute for 'h'"])),
    ("-a=rtcp-rsize\n+a=rid:h send\n+a=simulcast:recv h", failed(*2 * ["26: No rid attribute for 'h'"])),
    ("-a=rtcp-rsize\n+a=rid:h recv pt=96;max-width=640\n+a=simulcast:recv ~h", None),
    ("-a=rtcp-rsize\n+a=simulcast:send", failed("40: Missing rid at column -1")),
    ("-a=rtcp-rsize\n+a=simulcast:both h", failed("40: Type must be either 'send' or 'recv' at column 4")),
    ("-a=rtcp-rsize\n+a=rid:h up", failed("40: Invalid direction, must be either send or recv at column 4")),
    (
        "-a=rtcp-rsize\n+a=rid:h_i send",
        failed("40: Rid can contain only alphanumeric characters (according to RFC 8852) at column 3"),
    ),
    # transport
    ("-a=ice-ufrag:abcd", "Invalid description, no ice-ufrag attribute at level 0"),
    ("-a=ice-ufrag:abcd\n+a=ice-ufrag:abc", "Invalid description, ice-ufrag is too short at level 0"),
    ("-a=ice-ufrag:abcd\n+a=ice-ufrag:ab$d", "Invalid description, ice-ufrag contains invalid characters at level 0"),
    ("-a=ice-pwd…\n+a=ice-pwd:short", "Invalid description, ice-pwd is too short at level 0"),
    ("-a=fingerprint…", "Invalid description, no fingerprint attribute at level 0"),
    (
        "-a=fingerprint…\n+a=fingerprint:sha-999 A1:B2",
        "Invalid description, no supported fingerprint algorithms present at level 0",
    ),
    ("-a=fingerprint…\n+a=fingerprint:MD5 A1:B2", None),
    ("-a=setup:actpass", "Invalid offer, no setup attribute at level 0"),
    ("-a=setup:actpass\n+a=setup:holdconn", 'Invalid description, illegal setup attribute "holdconn" at level 0'),
    ("-a=rtcp-mux", "m-section at level 0 is missing a=rtcp-mux, which is required by rtcpMuxPolicy"),
    # BUNDLE
    (
        "-a=group…\n+a=group:BUNDLE x 0 1 2",
        "mid specified for bundle transport in group attribute does not exist in the SDP. (mid=x)",
    ),
    (
        "-m=audio…\n+m=audio 0 UDP/TLS/RTP/SAVPF 111 0",
        "mid specified for bundle transport in group attribute points at a disabled m-section. (mid=0)",
    ),
    ("-a=group…\n+a=group:BUNDLE 0 1 1", "mid '1' appears more than once in a BUNDLE group"),
    ("-a=group…\n+a=group:BUNDLE 0 1 x", None),
]
ANSWER_FAULTS = [
    ("", None),
    ("-a=group…\n+a=group:BUNDLE 0 1 2 x", "No transceiver for bundled mid x"),
    ("-a=setup:active\n+a=setup:actpass", 'Invalid answer, illegal setup attribute "actpass" at level 0'),
    ("-m=audio…\n+m=video 9 UDP/TLS/RTP/SAVPF 111 0", "Answer and offer have different media types at m-line 0"),
    ("-a=mid:1\n+a=mid:x\n-a=group…", "Answer changes mid for level, was '1', now 'x'"),
    ("-a=extmap:1 …\n+a=extmap:2 urn:x", "Answer has extmap urn:x at level 0 that was not present in offer."),
    (
        "-a=extmap:1 …\n+a=extmap:2 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
        "Answer changed id for extmap attribute at level 0 (urn:ietf:params:rtp-hdrext:ssrc-audio-level) from 1 to 2.",
    ),
    (
        "-a=rtpmap:111…\n-a=rtpmap:0…\n+a=rtpmap:111 x/8000\n+a=rtpmap:0 y/8000",
        "Answer had no codecs in common with offer in m-section 0",
    ),
    ("offer:\n-a=sendrecv\n+a=recvonly", "Answer tried to set recv when offer did not set send"),
    ("offer:\n-a=sendrecv\n+a=sendonly", "Answer tried to set send when offer did not set recv"),
    (
        "offer:\n-m=audio…\n+m=audio 0 UDP/TLS/RTP/SAVPF 111 0\n-a=group…\n+a=group:BUNDLE 1 2",
        "Answer tried to enable an m-section that was disabled in the offer",
    ),
]


@pytest.mark.parametrize(("change", "error"), FAULTS)
def test_offers(change: str, error: str | None) -> None:
    assert firefox.judge(parse(changed(OFFER, change)), "offer").error == error


@pytest.mark.parametrize(("change", "error"), ANSWER_FAULTS)
def test_answers(change: str, error: str | None) -> None:
    _, is_of_offer, of_offer = change.partition("offer:\n")
    offer = changed(OFFER, of_offer if is_of_offer else "")
    answer = changed(ANSWER, "" if is_of_offer else change)
    assert firefox.judge(parse(answer), "answer", parse(offer)).error == error


def test_an_answer_with_fewer_sections() -> None:
    answer = ANSWER.replace(" 0 1 2", " 0 1").partition("m=application")[0]
    verdict = firefox.judge(parse(answer), "answer", parse(OFFER))
    assert verdict.error == "Offer and answer have different number of m-lines (3 vs 2)"


@pytest.mark.parametrize(
    ("new", "error"),
    [
        (AGAIN, None),
        (
            AGAIN.replace(" 0 1 2", " 0 1").partition("m=application")[0],
            "New remote description has fewer m-sections than the previous remote description.",
        ),
        (
            AGAIN.replace("a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level", "a=extmap:1 urn:x"),
            "Remote description attempted to remap RTP extension id 1 from "
            "urn:ietf:params:rtp-hdrext:ssrc-audio-level to urn:x",
        ),
        (
            AGAIN.replace("a=ice-ufrag:abcd", "a=ice-ufrag:efgh", 1),
            "Partial ICE restart is unsupported at this time (new remote description changes either the ice-ufrag or "
            "ice-pwd on fewer than all msections)",
        ),
        (AGAIN.replace("a=ice-ufrag:abcd", "a=ice-ufrag:efgh"), None),
        (
            AGAIN.replace("m=audio 9", "m=video 9"),
            "Remote description changes the media type of m-line 0; media type changes are only permitted when the "
            "m-section was previously disabled",
        ),
    ],
)
def test_new_offers(new: str, error: str | None) -> None:
    assert firefox.judge(parse(new), "offer", None, parse(OFFER)).error == error


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (OFFER.removesuffix("\n"), None),  # the last line is lost
        (OFFER.replace("\n", "\n\n", 1), failed("2:  o= owner line not specified, validation failed.")),
        (OFFER.replace("\n", "\r"), failed("1:  End of line beyond end of buffer.")),
        ("", failed("1:  End of line beyond end of buffer.")),
        (OFFER.replace("abcd", "\u00e9bcd"), f"SDP contains non ASCII characters at position {OFFER.index('abcd')}"),
    ],
)
def test_lines(text: str, error: str | None) -> None:
    assert firefox.judge(parse(text), "offer").error == error


def test_rejected_sections() -> None:
    text = changed(OFFER, "-a=rtpmap:96…\n+a=rtpmap:96 H264/90000\n-a=sctp-port:5000")
    assert firefox.judge(parse(text), "offer").rejected_sections == (1, 2)


def test_two_data_sections() -> None:
    data = OFFER[OFFER.index("m=application") :].replace("a=mid:2", "a=mid:3")
    assert firefox.judge(parse(OFFER + data), "offer").error == "No transceiver for level 2"


def test_obstacles() -> None:
    without = changed(OFFER, "").replace("opus", "x").replace("PCMU", "y")
    audio = without.replace(" 0 1 2", " 0").partition("m=video")[0]
    assert "none of the codecs" in (firefox.judge(parse(audio), "offer").obstacle or "")
    weak = OFFER.replace("a=fingerprint:sha-256", "a=fingerprint:md5")
    assert "DTLS" in (firefox.judge(parse(weak), "offer").obstacle or "")
    assert firefox.judge(parse(OFFER), "offer").obstacle is None
    nothing = OFFER.replace("a=group:BUNDLE 0 1 2\n", "").replace(" 9 U", " 0 U")
    assert firefox.judge(parse(nothing), "answer").obstacle == "every m-section is rejected"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (CANDIDATE, None),
        ("", None),
        ("garbage", "Invalid candidate, no ':' (garbage)"),
        (f'{{"candidate": "{CANDIDATE}", "sdpMid": "0"}}', None),
        (
            f'{{"candidate": "{CANDIDATE}"}}',
            "Cannot add a candidate without specifying either sdpMid or sdpMLineIndex",
        ),
    ],
)
def test_candidates(text: str, error: str | None) -> None:
    assert firefox.judge_candidate(text).error == error


@pytest.mark.parametrize(
    ("old", "new", "readable"),
    [
        ("udp", "UDP", True),
        ("udp", "sctp", False),
        ("typ host", "typ foo", False),
        ("54321", "0", False),
        ("54321", "70000", False),
        ("192.0.2.10", "host.example", False),
        ("192.0.2.10", "f00.local", True),
        ("1 1 ", "1 0 ", False),
        ("udp", "tcp", False),
        ("udp 2122260223 192.0.2.10 54321 typ host", "tcp 1 192.0.2.10 9 typ host tcptype active", True),
        ("typ host", "typ srflx", False),
        ("typ host", "typ srflx raddr 192.0.2.1 rport 9", True),
    ],
)
def test_candidates_that_do_nothing(old: str, new: str, readable: bool) -> None:
    verdict = firefox.judge_candidate(CANDIDATE.replace(old, new, 1))
    assert verdict.accepted
    assert (verdict.obstacle is None) == readable


LINES = st.sampled_from(OFFER.splitlines()) | st.text("vosctma=: 0123,;~/-\rx")


@given(st.text() | st.lists(LINES).map("\n".join), st.sampled_from(["offer", "answer"]))
def test_never_raises(text: str, type: str) -> None:
    firefox.judge(parse(text), type)
    firefox.judge(parse(text), type, parse(OFFER), parse(OFFER))
    firefox.judge(parse(OFFER), type, parse(text), parse(text))
    firefox.judge_candidate(text)


@given(st.integers(0, LAST - 1), st.integers(0, 40), st.text(st.characters(max_codepoint=127), max_size=5))
def test_never_raises_for_damaged_offers(place: int, cut: int, other: str) -> None:
    lines = OFFER.splitlines()
    lines[place] = lines[place][:cut] + other
    firefox.judge(parse("\r\n".join(lines)), "offer", None, parse(OFFER))
    firefox.judge(parse("\r\n".join(lines)), "answer", parse(OFFER))


@pytest.mark.parametrize("kind", ["audio", "video", "application", "text", "message"])
@pytest.mark.parametrize("transport", ["UDP/TLS/RTP/SAVPF", "RTP/AVP", "UDP/DTLS/SCTP", "DTLS/SCTP", "udp", "TCP/X"])
@pytest.mark.parametrize("formats", ["", " 0", " webrtc-datachannel", " 5000 0", " 70000", " x"])
def test_never_raises_for_any_media_line(kind: str, transport: str, formats: str) -> None:
    text = changed(OFFER, f"-m=audio…\n+m={kind} 9 {transport}{formats}")
    firefox.judge(parse(text), "offer", None, parse(text))
    firefox.judge(parse(text), "answer", parse(text))
