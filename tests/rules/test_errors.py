"""Error texts as stacks gave them, and the rules that they lead to."""

import pytest

from sdpkit.rules import RULES
from sdpkit.rules.errors import _TEXTS, _Text, codes_behind

MEASURED = {
    "'NoneType' object has no attribute 'role'": "DTL014",
    "Invalid SDP line.": "SYN005 SYN008 SYN013",
    (
        "A BUNDLE group contains a codec collision for header extension id=1. The id must be the same across all "
        "bundled media descriptions"
    ): "MED020",
    (
        "A BUNDLE group contains a codec collision for header extension id=N. The id must be the same across all "
        "bundled media descriptions"
    ): "BUN014",
    "A BUNDLE group contains a MID='1' that is already in a BUNDLE group.": "BUN007",
    "A BUNDLE group contains a MID='9' matching no m= section.": "BUN005",
    "A BUNDLE group in answer contains a MID='1' that was not in the offered group.": "OAN028",
    "A BUNDLE group was added in the answer that did not exist in the offer.": "OAN028",
    "a= Invalid SDP line.": "SYN023",
    "a=fmtp:0 Expects at least 2 fields.": "MED026",
    "a=group:BUNDLE a(b Failed to parse group tag.": "BUN004",
    "Answer and offer have different media types at m-line 0": "OAN003",
    "Answer changed id for extmap attribute at level 0 (…) from 1 to 13.": "OAN018",
    "Answer changes mid for level, was '3', now 'x'": "OAN004",
    "Answer had no codecs in common with offer in m-section 0": "SCT001 OAN009 OAN034",
    "Answer has extmap urn:x:y at level 0 that was not present in offer.": "OAN017",
    "Answer tried to enable an m-section that was disabled in the offer": "OAN006",
    "Answer tried to set send when offer did not set recv": "OAN007",
    "Answerer must be active when offerer is passive": "OAN021",
    "Answerer must be passive when offerer is active": "OAN021",
    "Answerer must use either active or passive value for setup attribute.": "OAN020",
    "At most 16 channels are supported.": "MED012",
    "Attempt to parse text not recognized as SDP text, parse fails.": "SYN018",
    'audio/video payload type "200" is too large at level 0': "MED005",
    "b= syntax error, does not match b=<modifier>:<bandwidth-value>.": "SES012",
    "b=AS value can't be negative.": "SES012",
    "c= connection line not specified for every media level, validation failed.": "SES008",
    "Called with SDP without DTLS fingerprint.": "DTL001 DTL014 CMP006",
    "Called with SDP without ice-ufrag and ice-pwd.": "SYN020 ICE001",
    "Can't have multiple fingerprint attributes at the same level.": "DTL008",
    "Candidate missing values for both sdpMid and sdpMLineIndex": "TRK002",
    "Candidate must have either sdpMid or sdpMLineIndex": "TRK002",
    "Cannot set ICE candidate for level=… mid=…: No such transceiver.": "TRK002",
    "Description contains duplicate extension id 1 on level 0": "MED020",
    (
        "Description contains invalid extension id 0 on level 0 which is unsupported until 2-byte rtp header "
        "extensions are supported in webrtc.org"
    ): "MED018",
    "DTLS setup attribute must be 'active' or 'passive' for an answer": "OAN020",
    "Duplicate  payload type with conflicting codec name or clock rate.": "MED013",
    "Duplicate a=mid value '0'.": "SYN018 BUN001 BUN002 OAN002",
    "Duplicate a=msid lines detected": "RID018",
    "Duplicate ssrc … is not allowed": "RID015",
    "Duplicate statically assigned payload type with conflicting codec name or clock rate.": "MED007 MED014",
    "Error parsing address 999 for mcast.": "SES009",
    "Error parsing address … for mcast.": "SES011",
    "Error processing ICE candidate": "ICE020 TRK002 TRK004",
    "Error: No BW Value specified": "SES012",
    "Expect at least 8 fields.": "SYN015 ICE020",
    "Expect line: t=": "SYN019 SES003",
    "Expect line: v=": "SYN008 SYN009 SYN018",
    "Expect line: v=|o=|s=|t=": "SES001",
    "Expected a stream ID and optionally a track ID": "RID017",
    'Expected format "<encoding name>/<clock rate>[/<encodingparameters>]".': "MED012",
    "Expects at least 2 fields.": "MED023",
    "Expects at least 4 fields.": "SYN015 MED001",
    "Extension ID is not in valid range.": "MED018",
    "Failed to add remote stream ssrc: 1 to {mid: 1, media_type: video}": "RID012",
    "Failed to apply the description for m= section with mid='1': Failed to setup RTCP mux.": "OAN006",
    "Failed to create fingerprint from the digest.": "DTL002 DTL004",
    "Failed to create transport answer, transport is missing": "DTL012",
    "Failed to get the ssrc attribute value from cname. Expected format <attribute>:<value>.": "RID013",
    "Failed to parse codecs correctly.": "MED009 OAN015",
    "Failed to parse group tag.": "SYN007",
    "Failed to parse SessionDescription.  Expect line: v=": "SYN001",
    "Failed to set remote audio description send parameters": "OAN009",
    "Failed to set remote video description send parameters for m-section with mid='1'.": "MED029 COD003",
    "Failed to set remote video description send parameters for m-section with mid='…'": "OAN015",
    "ICE pwd must be between 22 and 256 characters long.": "ICE003",
    "ICE username fragment or password is missing": "ICE001 CMP006",
    "ice-pwd is too short at level 0": "ICE003",
    "ice-ufrag contains invalid characters at level 0": "ICE005",
    "ice-ufrag is too short at level 0": "ICE002",
    'Illegal audio/video payload type "1"': "MED007",
    'Illegal audio/video payload type "72" at level 0': "MED006",
    "Illegal character found in the value of mid": "SYN011",
    'illegal setup attribute "holdconn" at level 0': "DTL012",
    "Incompatible receive direction": "OAN007",
    "Incompatible send direction": "OAN007",
    'Invalid answer, illegal setup attribute "actpass" at level 0': "OAN020",
    "Invalid attribute value.": "SYN011 DTL013",
    "Invalid candidate, no ':' (…)": "TRK004",
    "Invalid component id": "ICE022",
    "Invalid description, no fingerprint attribute at level 0": "DTL001",
    "Invalid description, no ice-ufrag attribute at level 0": "ICE001 CMP006",
    "Invalid description, no supported fingerprint algorithms present at level 0": "DTL004",
    "Invalid generation": "ICE043",
    "Invalid ICE parameters: ICE ufrag must be between 4 and 256 characters long.": "ICE002",
    "Invalid ICE parameters: ICE ufrag must contain only alphanumeric characters, '+', and '/'.": "ICE005",
    "Invalid ICE parameters: ICE ufrag must contain only…": "SYN011",
    "invalid literal for int() with base 10: 'yes'": "COD017",
    "Invalid network-id": "ICE043",
    "Invalid non-TCP candidate": "ICE027",
    "Invalid offer, no setup attribute at level 0": "DTL010",
    "Invalid owner session id specified for o=.": "SES005",
    "Invalid port": "ICE024",
    "Invalid priority": "ICE023",
    "Invalid SCTP max message size.": "SCT007",
    "Invalid sctp port value.": "SCT002",
    "Invalid TCP candidate type": "ICE027",
    "Invalid timespec stop time specified.": "SES015",
    "Invalid value: .": "SYN011",
    "Invalid value: abc.": "SES012",
    "Invalid value: foo.": "MED005",
    "Invalid value: x.": "MED012 MED018",
    "Invalid value: …": "RID013",
    "Invalid version (1) found, parse failed.": "SES002",
    "m-section at level 0 is missing a=rtcp-mux": "SYN013",
    "m-section at level 0 is missing a=rtcp-mux, which is required by rtcpMuxPolicy": "MED016",
    "m=video 0 UDP/TLS/RTP/SAVPF Expects at least 4 fields.": "OAN042",
    "Malformed fingerprint token": "SYN011 DTL002 DTL006",
    "Malformed simulcast line: Must have one or two <direction, streams> pairs.": "RID005",
    "max-bundle is used but no bundle group found.": "BUN017",
    (
        "Media section has more than one track specified with a=ssrc lines which is not supported with Unified Plan."
    ): "RID016",
    "Media sections in answer do not match offer": "OAN001 OAN004",
    "mid '1' appears more than once in a BUNDLE group": "BUN006 BUN007",
    "mid length greater than 16 unsupported until 2-byte rtp header extensions are supported …": "BUN003",
    "mid specified for bundle transport in group attribute does not exist in the SDP. (mid=9)": "BUN005",
    "mid specified for bundle transport … does not exist": "SYN008",
    "Missing fingerprint extension for TLS candidate": "ICE048",
    "Missing rid at column -1": "RID005",
    "Missing stream ID in msid attribute.": "RID017",
    "Multicast is not currently supported.": "SES010",
    "Multiple Simulcast attributes specified.": "RID005",
    "New remote description has fewer m-sections than the previous remote description.": "OAN050",
    "No attribute type specified, parse failed.": "SYN023",
    "no fingerprint attribute at level 0": "DTL014",
    "no ice-ufrag attribute at level 1": "BUN012 OAN006",
    "No owner address specified.": "SES004",
    "No rid attribute for 'l'": "RID001",
    "No rid attribute for …": "RID002",
    "No transceiver for level 0": "SCT006",
    "No webrtc-datachannel token in m= media line": "SCT005",
    "None is not in list": "SYN024",
    "o= owner line not specified, validation failed.": "SES001",
    "Offer and answer have different number of m-lines (1 vs 2)": "OAN002",
    "Offer and answer have different number of m-lines (2 vs 1)": "OAN001",
    "Offerer must use actpass value for setup attribute.": "DTL011 OAN021",
    "Only one token in fingerprint attribute": "SYN017 DTL002",
    (
        "Partial ICE restart is unsupported at this time (new remote description changes either the ice-ufrag or "
        "ice-pwd on fewer than all msections)"
    ): "OAN056 OAN061",
    "points at a disabled m-section": "OAN030",
    "points at a disabled m-section. (mid=0)": "BUN008",
    "RED codec pointing to nonexistent PT": "COD015",
    "RED codec with invalid payload type argument": "COD015",
    "Remote description attempted to remap RTP extension id 1 from … to …": "OAN055",
    (
        "Remote description changes the media type of m-line 0; media type changes are only permitted when the "
        "m-section was previously disabled"
    ): "OAN051",
    "Rid can contain only alphanumeric characters (according to RFC 8852)": "RID004",
    "RTCP mux is not enabled": "MED016",
    "RTCP-MUX is not enabled when it is required.": "OAN026",
    "rtcp-mux must be enabled when BUNDLE is enabled.": "MED016 BUN015",
    "rtcp-mux-only media sections must also contain the rtcp-mux attribute": "MED017",
    "RTP extension ID reassignment not supported (collision on active MID 0, id=1, old_uri=…)": "OAN055",
    "RTX codec must have an APT field": "COD003",
    "RuntimeError: coroutine raised StopIteration": "MED009",
    "s= Expect line: s=": "SES006",
    "s=x Expect line: t=": "SES007",
    "sctp-port attribute can't be used with sctpmap.": "SCT005 OAN034",
    "SDP contains non ASCII characters at position N": "SYN009",
    "Session attribute a=group missing": "BUN017",
    "set recv when offer did not set send": "OAN007",
    "SetRemoteDescription called with no fingerprint": "DTL001",
    "SetRemoteDescription called with no ice-ufrag|no ice-pwd": "ICE001",
    "Simulcast attribute is empty.": "RID005",
    "SIPCC Failed to parse SDP: SDP Parse Error on line 1:  End of line beyond end of buffer.": "SYN001",
    "t= timespec line not specified, validation failed.": "SYN019",
    "The a=extmap MUST be either all session level or all media level.": "MED022",
    "The address type is mismatching.": "SES009",
    "The fmtp parameter '…' must be 0 or 1": "COD017",
    "The m= section with mid='0' is invalid. RTCP-MUX is not enabled when it is required.": "MED016",
    "The m= section with mid='1' should be rejected.": "OAN030",
    "The media section with MID='0' used an invalid payload type 72 for codec 'opus, rtcp-mux:enabled": "MED006",
    "The media section with MID='1' has a ssrc-group with semantics FID and an unexpected number of SSRCs.": "RID011",
    (
        "The media section with MID='1' negotiates simulcast but does not negotiate the RID RTP header extension."
    ): "RID007",
    "The MID attribute exceeds the maximum supported length of 16 characters.": "BUN003",
    "The network type is not currently supported.": "SES009",
    "The order of m-lines in answer doesn't match order in offer. Rejecting answer.": "OAN001 OAN004",
    "The order of m-lines in subsequent offer doesn't match order from previous offer/answer.": "OAN050",
    "The port number is invalid": "SYN009 MED002",
    "The remote description was null": "TRK001",
    "Transport protocol type unsupported (UDP/FOO).": "MED003",
    "Two different track IDs in msid attribute in one m= section": "RID018",
    "Unknown ufrag (zzzz)": "TRK005",
    "Unknown ufrag (…)": "ICE044",
    "Unsupported candidate type": "ICE021",
    "Unsupported media section type": "MED004",
    "Unsupported protocol for media type": "MED003",
    "Unsupported transport type": "ICE025",
    "ValueError: invalid literal for int()": "SYN003",
    '{"type": … Expect line: v=': "SYN002",
    "a=mid:0 Invalid SDP line.": "SYN005",
}
WRAPPERS = [
    "{}",
    "'{}'",
    "“{}”",
    "OperationError: {}",
    "InvalidAccessError: Failed to execute 'setRemoteDescription' on 'RTCPeerConnection': {}",
    "Uncaught (in promise) DOMException: Failed to execute 'addIceCandidate' on 'RTCPeerConnection': {}",
    "  {}\n    at async answer (https://example.com/call.js:12:5)",
]


@pytest.mark.parametrize("text", MEASURED)
@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_measured_texts_lead_to_their_rules(text: str, wrapper: str) -> None:
    assert set(MEASURED[text].split()) <= set(codes_behind(wrapper.format(text)))


@pytest.mark.parametrize("text", _TEXTS, ids=[text.text for text in _TEXTS])
def test_every_text_of_the_table_is_known_by_itself(text: _Text) -> None:
    assert set(text.codes) <= set(codes_behind(text.text.replace("…", "anything").removesuffix("␃")))
    assert set(text.codes) <= set(RULES)


def test_no_text_stands_in_the_table_twice() -> None:
    assert len({text.text for text in _TEXTS}) == len(_TEXTS)


@pytest.mark.parametrize(
    ("error", "codes"),
    [
        ("A BUNDLE group contains a MID='video' matching no m= section.", ["BUN005"]),
        ("Answer changed id for extmap attribute at level 3 (urn:x) from 1 to 7.", ["OAN018"]),
        ("Failed to parse SessionDescription. a=rtpmap:96 VP8/fast Invalid value: fast.", ["MED012"]),
        ("Failed to parse SessionDescription. a=ssrc-group:FID x y Invalid value: x.", ["RID021"]),
        ("Failed to parse SessionDescription. a=ssrc:x cname:y Invalid value: x.", ["RID013"]),
        ('Failed to parse SessionDescription. {"type":"offer","sdp":"v=0"} Expect line: v=', ["SYN002"]),
        ("Failed to parse SessionDescription. s=a s=b Expect line: t=", ["SES007"]),
        ("Failed to parse SessionDescription.", ["MED005"]),
        (
            "SIPCC Failed to parse SDP: SDP Parse Error on line 6:  Warning: Transport protocol type unsupported (X).\n"
            "SDP Parse Error on line 6:  Invalid port format (9) specified for transport protocol (Unsupported), parse "
            "failed.",
            ["MED002", "MED003"],
        ),
        ("Called with SDP without", ["ICE001", "DTL001"]),
    ],
)
def test_the_rules_of_a_text(error: str, codes: list[str]) -> None:
    assert set(codes) <= set(codes_behind(error))


def test_a_text_about_one_kind_of_line_does_not_lead_to_rules_of_others() -> None:
    assert "RID013" not in codes_behind("Failed to parse SessionDescription. a=rtpmap:96 x/y Invalid value: y.")
    assert "MED012" not in codes_behind("Failed to parse SessionDescription. a=fingerprint:x Expects 2 fields.")
    assert codes_behind("BUNDLE group contains a MID='1' a=setup:x Invalid attribute value.")[0] == "DTL013"


@pytest.mark.parametrize("text", ["segmentation fault", "", "  ", "o", "404 Not Found"])
def test_nothing_is_known_of_other_texts(text: str) -> None:
    assert codes_behind(text) == ()
