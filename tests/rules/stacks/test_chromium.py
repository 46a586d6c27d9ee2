"""Chromium's verdict on the example descriptions, with one thing wrong at a time."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit.rules.examples import AGAIN, ANSWER, CANDIDATE, OFFER, changed
from sdpkit.rules.stacks import chromium
from sdpkit.rules.verdict import Verdict
from sdpkit.sdp.parser import parse

PARSE = "Failed to parse SessionDescription. "
OFFERED = "Failed to set remote offer sdp: "
ANSWERED = "Failed to set remote answer sdp: "
APPLY_OFFER = f"{OFFERED}Failed to apply the description for m= section with mid='0': "
APPLY_ANSWER = f"{ANSWERED}Failed to apply the description for m= section with mid='0': "
LOCAL = "Failed to set local answer sdp: Failed to apply the description for m= section with mid='0': "

DIGEST = "A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90:A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90"
FINGERPRINT = f"a=fingerprint:sha-256 {DIGEST}"
ORIGIN = "o=- 4611731400430051336 2 IN IP4 127.0.0.1"
AUDIO = "m=audio 9 UDP/TLS/RTP/SAVPF 111 0"
VIDEO = "m=video 9 UDP/TLS/RTP/SAVPF 96 97 102"
DATA = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel"
FIRST = "a=candidate:1 1 udp 2122260223 192.0.2.10 54321 typ host generation 0"


def offered(text: str, previous: str | None = None) -> Verdict:
    """The verdict on an offer."""
    return chromium.judge(parse(text), "offer", None, parse(previous) if previous else None)


def answered(text: str, offer: str = OFFER, previous: str | None = None) -> Verdict:
    """The verdict on an answer."""
    before = parse(changed(previous, "")) if previous else None
    return chromium.judge(parse(text), "answer", parse(changed(offer, "")), before)


REFUSED_OFFERS = {
    # lines
    "blank-first": ("-v=0\n+\n+v=0", f"{PARSE} Expect line: v="),
    "no-origin": (f"-{ORIGIN}", f"{PARSE}s=- Expect line: o="),
    "origin-with-two-blanks": (
        f"-{ORIGIN}\n+o=-  1 2 IN IP4 127.0.0.1",
        f"{PARSE}o=-  1 2 IN IP4 127.0.0.1 Expects 6 fields.",
    ),
    "no-name": ("-s=-\n+s=", f"{PARSE}s= Expect line: s="),
    "no-time": ("-t=0 0", f"{PARSE}a=group:BUNDLE 0 1 2 Expect line: t="),
    "late-information": ("-t=0 0\n+t=0 0\n+i=late", f"{PARSE}i=late Expects m line."),
    "empty-attribute": ("-a=rtcp-rsize\n+a=", f"{PARSE}a= Invalid SDP line."),
    "blank-at-the-end": ("+", f"{PARSE} Invalid SDP line."),
    "blank-before-the-value": ("-a=rtcp-rsize\n+a= rtcp-rsize", f"{PARSE}a= rtcp-rsize Invalid SDP line."),
    "nul": ("-a=rtcp-rsize\n+a=ssrc:1\0 cname:x", f"{PARSE}a=ssrc:1 Invalid value: 1"),
    "unicode": ("-a=mid:0\n+a=mid:é", f"{PARSE}a=mid:Ã\x83Â© Illegal character found in the value of mid"),
    # session
    "address-family": (
        "-s=-\n+s=-\n+c=IN IP6 192.0.2.1",
        f"{PARSE}c=IN IP6 192.0.2.1 Failed to parse the connection data. The address type is mismatching.",
    ),
    "multicast": (
        "-c=IN IP4 0.0.0.0\n+c=IN IP4 233.252.0.1/127",
        f"{PARSE}c=IN IP4 233.252.0.1/127 Failed to parse the connection data. Multicast is not currently supported.",
    ),
    "network-type": (
        "-c=IN IP4 0.0.0.0\n+c=in IP4 0.0.0.0",
        f"{PARSE}c=in IP4 0.0.0.0 Failed to parse the connection data. The network type is not currently supported.",
    ),
    "bandwidth": ("-a=rtcp-mux\n+b=AS:-1", f"{PARSE}b=AS:-1 b=AS value can't be negative."),
    "group-tag": ("-a=group:…\n+a=group:BUNDLE 0,1,2", f"{PARSE}a=group:BUNDLE 0,1,2 Failed to parse group tag."),
    "two-session-fingerprints": (
        f"-t=0 0\n+t=0 0\n+{FINGERPRINT}\n+{FINGERPRINT}",
        f"{PARSE}{FINGERPRINT} Can't have multiple fingerprint attributes at the same level.",
    ),
    # m= lines and codecs
    "no-formats": (
        f"-{AUDIO}\n+m=audio 9 UDP/TLS/RTP/SAVPF",
        f"{PARSE}m=audio 9 UDP/TLS/RTP/SAVPF Expects at least 4 fields.",
    ),
    "port-range": (f"-{AUDIO}\n+m=audio 9/2 RTP/AVP 0", f"{PARSE}m=audio 9/2 RTP/AVP 0 The port number is invalid"),
    "protocol": (f"-{AUDIO}\n+m=audio 9 udp 0", f"{PARSE}m=audio 9 udp 0 Unsupported protocol for media type"),
    "payload-type": (f"-{AUDIO}\n+m=audio 9 RTP/AVP 0 128", f"{PARSE} "),
    "payload-type-text": (
        f"-{AUDIO}\n+m=audio 9 RTP/AVP 0 opus",
        f"{PARSE}m=audio 9 RTP/AVP 0 opus Invalid value: opus.",
    ),
    "no-rtpmap": ("-a=rtpmap:111 opus/48000/2", f"{PARSE} Failed to parse codecs correctly."),
    "no-clock-rate": (
        "-a=rtpmap:111 opus/48000/2\n+a=rtpmap:111 opus",
        f'{PARSE}a=rtpmap:111 opus Expected format "<encoding name>/<clock rate>[/<encodingparameters>]".',
    ),
    "many-channels": (
        "-a=rtpmap:111 opus/48000/2\n+a=rtpmap:111 opus/48000/17",
        f"{PARSE}a=rtpmap:111 opus/48000/17 At most 16 channels are supported.",
    ),
    "static-payload-type": (
        "-a=rtpmap:0 PCMU/8000\n+a=rtpmap:0 opus/48000/2",
        f"{PARSE}a=rtpmap:0 opus/48000/2 Duplicate statically assigned payload type "
        "with conflicting codec name or clock rate.",
    ),
    "redefined-payload-type": (
        "-a=rtpmap:96 VP8/90000\n+a=rtpmap:96 VP8/90000\n+a=rtpmap:96 VP9/90000",
        f"{PARSE}a=rtpmap:96 VP9/90000 Duplicate  payload type with conflicting codec name or clock rate.",
    ),
    "payload-type-of-rtcp": (
        f"-{AUDIO}\n+m=audio 9 UDP/TLS/RTP/SAVPF 72 0\n-a=rtpmap:111…\n+a=rtpmap:72 opus/48000/2\n-a=fmtp:111…",
        f"{OFFERED}The media section with MID='0' used an invalid payload type 72 for codec 'opus, rtcp-mux:enabled",
    ),
    "no-parameters": ("-a=fmtp:97 apt=96\n+a=fmtp:97", f"{PARSE}a=fmtp:97 Expects at least 2 fields."),
    "feedback": (
        "-a=rtcp-fb:96 nack\n+a=rtcp-fb:96",
        f"{PARSE}a=rtcp-fb:96 Failed to get the value of attribute: rtcp-fb",
    ),
    "rtx-without-apt": (
        "-a=fmtp:97 apt=96",
        f"{OFFERED}Failed to set remote video description send parameters for m-section with mid='1'.",
    ),
    "rtx-of-rtx": (
        "-a=fmtp:97 apt=96\n+a=fmtp:97 apt=97",
        f"{OFFERED}Failed to set remote video description send parameters for m-section with mid='1'.",
    ),
    # header extensions
    "extension-id": (
        "-a=extmap:1 …\n+a=extmap:256 urn:x",
        f"{PARSE}a=extmap:256 urn:x Extension ID is not in valid range.",
    ),
    "extension-without-uri": ("-a=extmap:1 …\n+a=extmap:1", f"{PARSE}a=extmap:1 Expects at least 2 fields."),
    "extensions-at-both-levels": (
        "-t=0 0\n+t=0 0\n+a=extmap:9 urn:x",
        f"{PARSE} The a=extmap MUST be either all session level or all media level.",
    ),
    "extension-id-twice": (
        "-a=extmap:10 …\n+a=extmap:1 urn:x",
        f"{OFFERED}A BUNDLE group contains a codec collision for header extension id=1. "
        "The id must be the same across all bundled media descriptions",
    ),
    # ICE and DTLS
    "short-ufrag": (
        "-a=ice-ufrag:abcd\n+a=ice-ufrag:abc",
        f"{APPLY_OFFER}Invalid ICE parameters: ICE ufrag must be between 4 and 256 characters long.",
    ),
    "odd-password": (
        "-a=ice-pwd:0123456789abcdefghijkl\n+a=ice-pwd:0123456789abcdefghijkl$",
        f"{APPLY_OFFER}Invalid ICE parameters: ICE pwd must contain only alphanumeric characters, '+', and '/'.",
    ),
    "no-ufrag": ("-a=ice-ufrag:abcd", f"{OFFERED}Called with SDP without ice-ufrag and ice-pwd."),
    "candidate": (f"-{FIRST}\n+a=candidate:1 1 udp", f"{PARSE}a=candidate:1 1 udp Expect at least 8 fields."),
    "no-fingerprint": (f"-{FINGERPRINT}", f"{OFFERED}Called with SDP without DTLS fingerprint."),
    "md5": (
        f"-{FINGERPRINT}\n+a=fingerprint:md5 AB:CD",
        f"{PARSE}a=fingerprint:md5 AB:CD Failed to create fingerprint from the digest.",
    ),
    "fingerprint-and-more": (f"-{FINGERPRINT}\n+{FINGERPRINT} ", f"{PARSE}{FINGERPRINT}  Expects 2 fields."),
    "short-digest": (
        f"-{FINGERPRINT}\n+a=fingerprint:sha-256 AB:CD",
        f"{LOCAL}Failed to apply remote fingerprint.",
    ),
    "setup": ("-a=setup:actpass\n+a=setup:foo", f"{PARSE}a=setup:foo Invalid attribute value."),
    "holdconn": (
        "-a=setup:actpass\n+a=setup:holdconn",
        "Failed to create transport answer, transport is missing",
    ),
    # BUNDLE
    "mid-twice": ("-a=mid:1\n+a=mid:0", f"{OFFERED}Duplicate a=mid value '0'."),
    "long-mid": (
        "-a=mid:1\n+a=mid:12345678901234567",
        f"{OFFERED}The MID attribute exceeds the maximum supported length of 16 characters.",
    ),
    "unknown-mid": (
        "-a=group:…\n+a=group:BUNDLE 0 1 2 3",
        f"{OFFERED}A BUNDLE group contains a MID='3' matching no m= section.",
    ),
    "two-groups": (
        "-a=group:…\n+a=group:BUNDLE 0 1\n+a=group:BUNDLE 1 2",
        f"{OFFERED}A BUNDLE group contains a MID='1' that is already in a BUNDLE group.",
    ),
    "bundled-without-mux": ("-a=rtcp-mux", f"{OFFERED}rtcp-mux must be enabled when BUNDLE is enabled."),
    "alone-without-mux": (
        "-a=group:…\n-a=rtcp-mux",
        f"{OFFERED}The m= section with mid='0' is invalid. RTCP-MUX is not enabled when it is required.",
    ),
    # SSRCs and simulcast
    "ssrc": ("-a=ssrc:1001…\n+a=ssrc:x cname:y", f"{PARSE}a=ssrc:x cname:y Invalid value: x."),
    "ssrc-without-value": (
        "-a=ssrc:1001…\n+a=ssrc:1 cname",
        f"{PARSE}a=ssrc:1 cname Failed to get the ssrc attribute value from cname. "
        "Expected format <attribute>:<value>.",
    ),
    "two-audio-ssrcs": (
        "-a=ssrc:1001…\n+a=ssrc:1 cname:x\n+a=ssrc:2 cname:x",
        f"{OFFERED}Failed to add remote stream ssrc: 1 to {{mid: 0, media_type: audio}}",
    ),
    "group-of-one": (
        "-a=ssrc-group:…\n+a=ssrc-group:FID 2001",
        f"{OFFERED}The media section with MID='1' has a ssrc-group with semantics FID "
        "and an unexpected number of SSRCs.",
    ),
    "rtx-without-ssrc": (
        "-a=ssrc:2002…",
        f"{OFFERED}Failed to add remote stream ssrc: 2001 to {{mid: 1, media_type: video}}",
    ),
    "one-ssrc-in-two-sections": (
        "-a=ssrc:1001…\n+a=ssrc:2001 cname:user",
        "Failed to set local answer sdp: Failed to process the bundled m= section with mid='1'.",
    ),
    "plan-b": (
        "-a=msid:stream video-track\n-a=ssrc-group:…\n"
        "-a=ssrc:2001…\n+a=ssrc:2001 msid:s a\n-a=ssrc:2002…\n+a=ssrc:2002 msid:s b",
        f"{OFFERED}Media section has more than one track specified with a=ssrc lines "
        "which is not supported with Unified Plan.",
    ),
    "msid-twice": (
        "-a=msid:stream video-track\n+a=msid:stream audio-track",
        f"{PARSE} Duplicate a=msid lines detected",
    ),
    "simulcast": (
        "-a=rtcp-rsize\n+a=simulcast:send",
        f"{PARSE}a=simulcast:send Malformed simulcast line: Must have one or two <direction, streams> pairs.",
    ),
    "simulcast-without-rid-extension": (
        "-a=extmap:10 …\n+a=rid:a send\n+a=rid:b send\n+a=simulcast:send a;b",
        f"{OFFERED}The media section with MID='1' negotiates simulcast "
        "but does not negotiate the RID RTP header extension.",
    ),
    # data channels
    "sctp-port": ("-a=sctp-port:5000\n+a=sctp-port:65536", f"{PARSE}a=sctp-port:65536 Invalid sctp port value."),
    "sctp-format": (
        f"-{DATA}\n+m=application 9 UDP/DTLS/SCTP 5000",
        f"{PARSE}a=sctp-port:5000 sctp-port attribute can't be used with sctpmap.",
    ),
    "message-size": (
        "-a=max-message-size:262144\n+a=max-message-size:2147483648",
        f"{PARSE}a=max-message-size:2147483648 Invalid SCTP max message size.",
    ),
}


@pytest.mark.parametrize(("change", "error"), REFUSED_OFFERS.values(), ids=REFUSED_OFFERS)
def test_refused_offers(change: str, error: str) -> None:
    assert offered(changed(OFFER, change)) == Verdict(False, error)


TAKEN_OFFERS = {
    "nothing": "",
    "version": "-v=0\n+v=1",
    "no-connection": "-c=IN IP4 0.0.0.0",
    "masked-connection": "-c=IN IP4 0.0.0.0\n+c=IN IP4 192.168.xxx.xxx",
    "unknown-line": "-a=rtcp-rsize\n+x=1",
    "no-mids-no-group": "-a=group:…\n-a=mid:0\n-a=mid:1\n-a=mid:2",
    "mid-twice-in-the-group": "-a=group:…\n+a=group:BUNDLE 0 1 2 1",
    "bundled-without-transport": "-a=ice-ufrag:abcd\n+a=ice-ufrag:abcd",
    "capitals": "-a=setup:actpass\n+a=setup:ACTPASS",
    "ufrag-of-other-characters": "-a=ice-ufrag:abcd\n+a=ice-ufrag:ab_-",
    "rtpmap-of-no-format": "-a=rtcp-rsize\n+a=rtpmap:127 x/1",
    "strange-rid": "-a=rtcp-rsize\n+a=rid:a.b send",
    "masked-candidate": f"-{FIRST}\n+a=candidate:x 0 udp 0 192.168.*.* 54321 typ host",
    "sctp-port-0": "-a=sctp-port:5000\n+a=sctp-port:0",
}


@pytest.mark.parametrize("change", TAKEN_OFFERS.values(), ids=TAKEN_OFFERS)
def test_taken_offers(change: str) -> None:
    assert offered(changed(OFFER, change)) == Verdict(True)


def test_line_ends() -> None:
    text = changed(OFFER, "")
    assert offered(text.replace("\r\n", "\n")).accepted
    assert offered(text.replace("\r\n", "\r")).error == f"{PARSE}{text.replace(chr(10), '')} Expect line: v="
    last = "a=max-message-size:262144"
    assert offered(text[:-2]).error == f"{PARSE}{last} Invalid SDP line."
    assert offered("").error == f"{PARSE} Expect line: v="


REJECTED_SECTIONS = {
    "unknown-media": ("-m=audio…\n+m=text 9 UDP/TLS/RTP/SAVPF 111 0", (0,)),
    "unknown-codecs": (f"-{VIDEO}\n+m=video 9 UDP/TLS/RTP/SAVPF 102 96 97\n-a=rtpmap:96…\n+a=rtpmap:96 FOO/90000", ()),
    "no-known-codec": (
        f"-{VIDEO}\n+m=video 9 UDP/TLS/RTP/SAVPF 96 97\n"
        "-a=rtpmap:96…\n+a=rtpmap:96 FOO/90000\n-a=rtpmap:102…\n-a=fmtp:102…",
        (1,),
    ),
    "comfort-noise": (f"-{AUDIO}\n+m=audio 9 UDP/TLS/RTP/SAVPF 13\n-a=fmtp:111…", (0,)),
    "dtls-over-tcp": (f"-{AUDIO}\n+m=audio 9 TCP/DTLS/RTP/SAVPF 111 0", (0,)),
    "sctp-protocol": (f"-{DATA}\n+m=application 9 SCTP webrtc-datachannel", (2,)),
    "rejected-by-the-offer": (f"-{DATA}\n+m=application 0 UDP/DTLS/SCTP webrtc-datachannel", ()),
    "h264-profile": (
        f"-{VIDEO}\n+m=video 9 UDP/TLS/RTP/SAVPF 102\n-a=rtcp-fb:96 nack\n-a=rtcp-fb:96 nack pli\n-a=fmtp:97…\n"
        "-a=fmtp:102…\n+a=fmtp:102 profile-level-id=640c1f;packetization-mode=1",
        (1,),
    ),
}


@pytest.mark.parametrize(("change", "sections"), REJECTED_SECTIONS.values(), ids=REJECTED_SECTIONS)
def test_rejected_sections(change: str, sections: tuple[int, ...]) -> None:
    assert offered(changed(OFFER, change)) == Verdict(True, rejected_sections=sections)


REFUSED_ANSWERS = {
    "other-mid": (
        "-a=group:…\n+a=group:BUNDLE 0 1 3\n-a=mid:2\n+a=mid:3",
        f"{ANSWERED}The order of m-lines in answer doesn't match order in offer. Rejecting answer.",
    ),
    "actpass": (
        "-a=setup:active\n+a=setup:actpass",
        f"{APPLY_ANSWER}Answerer must use either active or passive value for setup attribute.",
    ),
    "short-digest": (
        "-a=fingerprint:…\n+a=fingerprint:sha-256 AB:CD",
        f"{APPLY_ANSWER}Failed to apply remote fingerprint.",
    ),
    "first-rejected": (
        f"-{AUDIO}\n+m=audio 0 UDP/TLS/RTP/SAVPF 111 0",
        f"{ANSWERED}The m= section with mid='1' should be rejected.",
    ),
    "regrouped": (
        "-a=group:…\n+a=group:BUNDLE 0 1\n+a=group:BUNDLE 2",
        f"{ANSWERED}A MID in the answer has changed group.",
    ),
    "one-ssrc-in-two-sections": (
        "-a=ssrc:3001…\n+a=ssrc:4001 cname:other",
        f"{ANSWERED}Failed to set up audio demuxing for mid='1'.",
    ),
}


@pytest.mark.parametrize(("change", "error"), REFUSED_ANSWERS.values(), ids=REFUSED_ANSWERS)
def test_refused_answers(change: str, error: str) -> None:
    assert answered(changed(ANSWER, change), OFFER_OF_ITS_OWN_TRANSPORTS) == Verdict(False, error)


OFFER_OF_ITS_OWN_TRANSPORTS = "\n".join(line for line in OFFER.splitlines() if not line.startswith("a=candidate"))
"""The offer while its candidates are still to come: each section will have some."""


def test_answers_to_offers() -> None:
    assert answered(changed(ANSWER, "")) == Verdict(True)
    fewer = changed(ANSWER, "-a=group:…\n+a=group:BUNDLE 0 1").partition("m=application")[0]
    error = f"{ANSWERED}The order of m-lines in answer doesn't match order in offer. Rejecting answer."
    assert answered(fewer).error == error
    receiving = changed(OFFER, "-a=sendrecv\n+a=recvonly")
    assert answered(changed(ANSWER, ""), receiving).error == f"{ANSWERED}Incompatible send direction"
    sending = changed(OFFER, "-a=sendrecv\n+a=sendonly")
    assert answered(changed(ANSWER, ""), sending).error == f"{ANSWERED}Incompatible receive direction"
    active = changed(OFFER, "-a=setup:actpass\n+a=setup:active")
    error = f"{APPLY_ANSWER}Offerer must use actpass value for setup attribute."
    assert answered(changed(ANSWER, ""), active).error == error
    lone = changed(OFFER, "-a=group:…\n+a=group:BUNDLE 0 1")
    error = f"{ANSWERED}A BUNDLE group in answer contains a MID='2' that was not in the offered group."
    assert answered(changed(ANSWER, ""), lone).error == error


def test_a_bundle_that_holds_at_once() -> None:
    # only the first section of the offer has candidates: the others have no transport to fall back on
    error = f"{ANSWERED}Answer cannot remove m= section with mid='0' from already-established BUNDLE group."
    assert answered(changed(ANSWER, "-a=group:…")).error == error
    error = f"{ANSWERED}Failed to apply the description for m= section with mid='1': Failed to setup RTCP mux."
    assert answered(changed(ANSWER, "-a=group:…\n+a=group:BUNDLE 1 0 2")).error == error


def test_obstacles() -> None:
    def obstacle(change: str, offer: str = OFFER) -> str | None:
        verdict = answered(changed(ANSWER, change), offer)
        assert verdict.accepted
        return verdict.obstacle

    assert obstacle("") is None
    rejected = "".join(f"-{line}\n+{line.replace(' 9 ', ' 0 ')}\n" for line in (AUDIO, VIDEO, DATA))
    assert obstacle(rejected) == "every section is rejected: there is nothing to connect"
    alone = obstacle("-a=group:…\n+a=group:BUNDLE 0 1", OFFER_OF_ITS_OWN_TRANSPORTS)
    assert alone == "section 2: it was offered in a BUNDLE group, and alone it has no candidates"
    echo = chromium.judge(parse(changed(OFFER, "-a=setup:actpass\n+a=setup:active")), "answer", parse(OFFER))
    assert echo.accepted
    assert "of the offer itself" in str(echo.obstacle)
    assert "no media" in str(obstacle(f"-{AUDIO}\n+m=audio 9 RTP/AVP 8\n-a=fmtp:111…"))
    zeros = ":".join(["00"] * 32)
    assert "no certificate" in str(offered(changed(OFFER, f"-{FINGERPRINT}\n+a=fingerprint:sha-256 {zeros}")).obstacle)


REFUSED_AGAIN = {
    "other-mid": (
        "-a=group:…\n+a=group:BUNDLE 0 1 3\n-a=mid:2\n+a=mid:3",
        f"{OFFERED}The order of m-lines in subsequent offer doesn't match order from previous offer/answer.",
    ),
    "extension-id": (
        "-a=extmap:1 …\n+a=extmap:1 urn:x",
        f"{OFFERED}RTP extension ID reassignment not supported (collision on active MID 0, id=1, "
        'old_uri="urn:ietf:params:rtp-hdrext:ssrc-audio-level", new_uri="urn:x"). (mid=0)',
    ),
    "sctp-port": ("-a=sctp-port:5000\n+a=sctp-port:5001", f"{OFFERED}Failed to start SCTP transport."),
    "no-group": (
        "-a=group:…",
        "Failed to set local answer sdp: "
        "Answer cannot remove m= section with mid='0' from already-established BUNDLE group.",
    ),
    "first-rejected": (
        f"-{AUDIO}\n+m=audio 0 UDP/TLS/RTP/SAVPF 111 0",
        f"{OFFERED}The m= section with mid='1' should be rejected.",
    ),
}


@pytest.mark.parametrize(("change", "error"), REFUSED_AGAIN.values(), ids=REFUSED_AGAIN)
def test_refused_when_offered_again(change: str, error: str) -> None:
    assert offered(changed(AGAIN, change), changed(OFFER, "")) == Verdict(False, error)


def test_offered_again() -> None:
    before = changed(OFFER, "")
    assert offered(changed(AGAIN, ""), before) == Verdict(True)
    assert offered(changed(AGAIN, "-a=mid:0\n-a=mid:1"), before).accepted  # the mids are known
    grown = changed(AGAIN, "-a=ssrc:1001 …\n+a=ssrc:1001 cname:user\n+a=ssrc:1002 cname:user")
    assert offered(grown, before).accepted  # a track that is received already


def test_a_changed_role() -> None:
    error = f"{APPLY_ANSWER}Failed to set SSL role for the transport."
    assert answered(changed(ANSWER, "-a=setup:active\n+a=setup:passive"), OFFER, ANSWER).error == error


CANDIDATES = {
    "": True,
    CANDIDATE: True,
    f"a={CANDIDATE}": True,
    f"{CANDIDATE}\r\n": True,
    "candidate:é -1 udp 0  54321 typ host": True,
    CANDIDATE.replace("192.0.2.10", "[redacted]"): True,
    CANDIDATE.replace("udp", "tcp"): True,
    f"{CANDIDATE} odd": True,
    "candidate:": False,
    CANDIDATE.removeprefix("candidate:"): False,
    f"{CANDIDATE}\n{CANDIDATE}": False,
    CANDIDATE.replace("2122260223", "-1"): False,
    CANDIDATE.replace("2122260223", "4294967296"): False,
    CANDIDATE.replace("54321", "65536"): False,
    CANDIDATE.replace("udp", "sctp"): False,
    CANDIDATE.replace("udp", "tls"): False,
    CANDIDATE.replace("typ host", "typ foo"): False,
    CANDIDATE.replace("typ host", "typ host tcptype passive"): False,
    CANDIDATE.replace("generation 0", "generation x"): False,
    f"{CANDIDATE} network-id 65536": False,
    "candidate:1 1 udp 1 192.0.2.1 1 typ srflx raddr 0.0.0.0 rport x": False,
}


@pytest.mark.parametrize(("text", "accepted"), CANDIDATES.items())
def test_candidates(text: str, accepted: bool) -> None:
    assert chromium.judge_candidate(text) == Verdict(accepted, None if accepted else "Error processing ICE candidate")


PIECES = st.sampled_from(
    [*changed(OFFER, "").splitlines(keepends=True), "a=", "m=", "\n", ":", " ", "0", "é", "\0", "\ud800"]
)


@given(st.lists(PIECES | st.text(max_size=5)).map("".join), st.sampled_from(["offer", "answer"]))
def test_never_raises(text: str, type: str) -> None:
    description = parse(text)
    assert chromium.judge(description, type, parse(OFFER), parse(AGAIN)).accepted in (True, False)
    assert chromium.judge(parse(changed(OFFER, "")), type, description, description).accepted in (True, False)
    assert chromium.judge_candidate(text).accepted in (True, False)


@given(
    st.lists(st.sampled_from(OFFER.splitlines()), max_size=3), st.lists(st.sampled_from(OFFER.splitlines()), max_size=3)
)
def test_never_raises_for_changed_offers(dropped: list[str], added: list[str]) -> None:
    lines = [line for line in OFFER.splitlines() if line not in dropped] + added
    text = changed("\n".join(lines), "")
    assert chromium.judge(parse(text), "offer", None, parse(OFFER)).accepted in (True, False)
    assert chromium.judge(parse(text), "answer", parse(OFFER), parse(text)).accepted in (True, False)


HEAD = changed(OFFER, "-a=group:…\n+a=group:BUNDLE 0").partition("m=video")[0]


def sections(count: int) -> str:
    """A description of so many sections, all bundled and none like another."""
    session, _, section = HEAD.partition("m=")
    made = (
        f"m={section}".replace("a=mid:0", f"a=mid:{number}")
        .replace("audio-track", f"track{number}")
        .replace("a=ssrc:1001", f"a=ssrc:{number}")
        for number in range(count)
    )
    return session.replace("BUNDLE 0", "BUNDLE " + " ".join(map(str, range(count)))) + "".join(made)


LONG: dict[str, Callable[[int], str]] = {
    "sections": lambda n: sections(n // 10),
    "formats": lambda n: HEAD.replace("111 0\r\n", "111 0" + " 96" * n + "\r\n") + "a=rtpmap:96 x/1\r\n" * n,
    "sources": lambda n: HEAD + "".join(f"a=ssrc:{i} cname:x\r\na=ssrc-group:FID {i} {i + 1}\r\n" for i in range(n)),
    "extensions": lambda n: HEAD + "a=extmap:2 urn:x\r\n" * n,
    "rids": lambda n: HEAD + "".join(f"a=rid:{i} send\r\n" for i in range(n)) + "a=simulcast:send 1;2\r\n",
    "ssrcs-in-one-line": lambda n: HEAD + "a=ssrc-group:FID " + " ".join(map(str, range(n))) + "\r\n",
    "digits": lambda n: HEAD + "b=AS:" + "9" * n + "\r\n",
    "groups": lambda n: HEAD.replace("a=group:BUNDLE 0\r\n", "a=group:BUNDLE 0\r\n" * n),
    "blanks": lambda n: HEAD + "a=candidate:" + " " * n + "\r\n",
}


@pytest.mark.parametrize("make", LONG.values(), ids=LONG)
def test_linear_time(make: Callable[[int], str]) -> None:
    def seconds(size: int) -> float:
        description = parse(make(size))
        before = time.perf_counter()
        chromium.judge(description, "offer", None, description)
        chromium.judge(description, "answer", description, description)
        return time.perf_counter() - before

    small = min(seconds(500) for _ in range(3))
    assert min(seconds(5000) for _ in range(3)) < 30 * small + 0.05
