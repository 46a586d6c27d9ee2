"""Error texts of stacks, and the rules behind them.

Measured with Chromium 156, Firefox ESR 153 and aiortc 1.16. In a text, `…` stands for anything and `␃` for its end;
its rules are in the order of their likelihood. libwebrtc puts the line that it cannot read before the reason, so that
some texts begin with that.
"""

from typing import NamedTuple

_LIBWEBRTC_PARSING = {
    "{… Expect line: v=": "SYN002",
    "v=… Expect line: v=": "SYN004 SYN003 SYN010 SYN007 SYN012 SYN002 SYN008 SYN009 SYN013 SYN018 SYN023 SES001",
    "Expect line: v=": "SYN001 SYN002 SYN018 SYN010 SYN013 SYN008 SYN009 SES001 SES003 SYN019 SYN012 SYN004",
    "Expect line: o=": "SES001 SES003 SES007 SYN018 SES004 SYN008 SYN010 SYN019 SYN007 SYN012 SYN013 SYN017",
    "Expect line: s=": "SES001 SES003 SES006 SES007 SYN008 SYN012 SYN013 SYN017 SYN019 SYN010",
    "s=… Expect line: s=": "SES006 SYN011",
    "Expect line: t=": "SES001 SES003 SES015 SYN019 SYN008 SYN012 SYN013 SYN014 SYN017",
    "s=… Expect line: t=": "SES007",
    "Expects m line.": "SYN013 SYN017 SYN019 SES003 SYN014 SYN008 SYN012 SYN010 SES007 SYN007 MED001 SYN023 SES009",
    "m=… Expects m line.": "MED001 SYN012 SYN011",
    "c=… Expects m line.": "SES003 SES009 SES007",
    "Invalid SDP line.": "SYN005 SYN008 SYN013 SYN017 SYN007 SYN012 SYN019 SYN014 SYN010 SYN023 SES009",
    "a= Invalid SDP line.": "SYN023",
    "c=… Invalid SDP line.": "SYN005 SES009 SYN011",
    "o=… Expects 6 fields.": "SES004 SYN015 SYN011 SYN009",
    "t=… Expect line: t=": "SES015",
    "b= syntax error, does not match b=<modifier>:<bandwidth-value>.": "SES012",
    "value can't be negative.": "SES012",
    "b=… Invalid value:": "SES012 CMP009",
    "Failed to parse the address type.": "SES009",
    "Multicast is not currently supported.": "SES010",
    "The address type is mismatching.": "SES009",
    "The network type is not currently supported.": "SES009",
    "m=… Expects at least 4 fields.": "MED001 SYN015 SYN009 OAN042",
    "m=… Invalid value:": "MED005 SYN011 SYN015 MED001",
    "m=… Invalid value: .": "SYN011 SYN015 MED005 MED001",
    "The port number is invalid": "MED002 SYN015 SYN009 MED001",
    "Unsupported protocol for media type": "MED003 SYN015",
    "Failed to parse group tag.": "BUN004 BUN005 SYN011 SYN015 SYN009 SYN007",
    "Failed to parse group attribute.": "BUN021 BUN018",
    "Illegal character found in the value of mid": "BUN004 SYN029 SYN011 SYN009",
    "The MID attribute exceeds the maximum supported length of … characters.": "BUN003",
    "Expected candidate got": "ICE020 SYN020 SYN023",
    "Expect at least 8 fields.": "ICE020 ICE021 SYN015 SYN011",
    "Unsupported candidate type": "ICE021",
    "Invalid component id": "ICE022 ICE020",
    "Invalid priority": "ICE023 ICE020",
    "Invalid port": "ICE024 ICE020",
    "Unsupported transport type": "ICE025 ICE020",
    "Invalid TCP candidate type": "ICE027",
    "Invalid non-TCP candidate": "ICE027",
    "Invalid generation": "ICE043 ICE047 SYN011 SYN015",
    "Invalid network-id": "ICE043 SYN011 SYN015",
    "Invalid network-cost": "ICE043 SYN011",
    "Missing fingerprint extension for TLS candidate": "ICE048",
    "a=fingerprint… Expects 2 fields.": "DTL002 SYN017 SYN015 SYN011",
    "Failed to create fingerprint from the digest.": "DTL002 DTL004 DTL005 SYN009",
    "Can't have multiple fingerprint attributes at the same level.": "DTL008",
    "a=setup… Expects 2 fields.": "SYN023 DTL013",
    "a=setup… Invalid attribute value.": "DTL013 SYN011 SYN023",
    "Invalid attribute value.": "DTL013 SYN011",
    "Failed to get the value of attribute: …": "SYN023",
    "Failed to get the value of attribute: rtcp-fb": "MED025",
    "Failed to get the value of attribute: msid": "RID017",
    "a=extmap… Expects at least 2 fields.": "MED023",
    "a=extmap… Expects at least 3 fields.": "MED037",
    "a=extmap… Invalid value:": "MED018 MED023 SYN011",
    "Extension ID is not in valid range.": "MED018",
    "URI contains invalid characters.": "MED023",
    "The a=extmap MUST be either all session level or all media level.": "MED022",
    "a=rtpmap… Expects at least 2 fields.": "MED012",
    "a=rtpmap… Invalid value:": "MED012 SYN011 CMP009",
    'Expected format "<encoding name>/<clock rate>[/<encodingparameters>]".': "MED012 SYN015",
    "At most … channels are supported.": "MED012",
    "Duplicate payload type with conflicting codec name or clock rate.": "MED013",
    "Duplicate statically assigned payload type with conflicting codec name or clock rate.": "MED014 MED007 MED012",
    "Failed to parse codecs correctly.": "MED009 OAN015 COD004 COD003 MED012",
    "a=fmtp… Expects at least 2 fields.": "MED026",
    "a=fmtp… Invalid value:": "MED026 MED009 COD017",
    "a=rtcp-fb… Invalid value:": "MED025 MED009 SYN011",
    "a=ssrc… Expects 2 fields.": "RID013",
    "a=ssrc:… Invalid value:": "RID013",
    "Failed to get the ssrc attribute value from … Expected format <attribute>:<value>.": "RID013",
    'Expected format "msid:<identifier>[ <appdata>]".': "RID013",
    "a=ssrc-group… Expects at least 2 fields.": "RID021 RID011",
    "a=ssrc-group… Invalid value:": "RID021",
    "Duplicate SSRC in ssrc-group": "RID021 RID011",
    "Expected a stream ID and optionally a track ID": "RID017 SYN011",
    "Missing stream ID in msid attribute.": "RID017 SYN011",
    "Missing track ID in msid attribute.": "RID017",
    "Two different track IDs in msid attribute in one m= section": "RID018",
    "Duplicate a=msid lines detected": "RID018",
    "Malformed simulcast line: …": "RID005 RID009",
    "Simulcast attribute is empty.": "RID005",
    "Multiple Simulcast attributes specified.": "RID005",
    "sctp-port attribute can't be used with sctpmap.": "SCT005 OAN034 SCT004",
    "Invalid sctp port value.": "SCT002 SYN023 SYN011",
    "a=sctp-port… Expects at least 2 fields.": "SYN023 SCT002",
    "Invalid SCTP max message size.": "SCT007 SYN023 SYN011 CMP009",
    "Failed to parse SessionDescription. ␃": "MED005 MED009 MED025 COD004",
    "Invalid value:": "MED005 MED009 MED012 MED018 MED026 RID013 SES012 SYN011",
    "Expects at least 2 fields.": "MED023 MED012 MED026",
    "Expects at least 4 fields.": "MED001 SYN015",
}
"""What libwebrtc, and so Chromium, cannot parse: `Failed to parse SessionDescription. <line> <reason>`."""

_LIBWEBRTC = {
    "Answer cannot remove m= section with mid='…' from already-established BUNDLE group.": "OAN060 OAN029 BUN017",
    "A BUNDLE group contains a codec collision for header extension id=….": "BUN014 MED020 SYN015",
    "A BUNDLE group contains a codec collision for payload_type='…": "BUN013",
    "A BUNDLE group contains a MID='…' matching no m= section.": "BUN005 BUN002 SYN011 SYN015 SYN021",
    "A BUNDLE group contains a MID='…' that is already in a BUNDLE group.": "BUN006 BUN007",
    "A BUNDLE group in answer contains a MID='…' that was not in the offered group.": "OAN028",
    "A BUNDLE group was added in the answer that did not exist in the offer.": "OAN028",
    "A MID in the answer has changed group.": "OAN062 OAN028 OAN060",
    "MID … in the offer has changed group.": "OAN060",
    "Answerer must be active when offerer is passive": "OAN021",
    "Answerer must be passive when offerer is active": "OAN021",
    "Answerer must use either active or passive value for setup attribute.": "OAN020 DTL013",
    "Offerer must use actpass value for setup attribute.": "DTL011 OAN021",
    "Called with SDP without DTLS fingerprint.": "DTL001 DTL014 CMP006 PRV004",
    "Called with SDP without ice-ufrag and ice-pwd.": "ICE001 SYN020",
    "Candidate missing values for both sdpMid and sdpMLineIndex": "TRK002",
    "Duplicate a=mid value '…'.": "BUN001 BUN002 SYN018 SYN023 OAN002",
    "Duplicate ssrc … is not allowed": "RID015",
    "Error processing ICE candidate": (
        "ICE020 ICE021 ICE022 ICE023 ICE024 ICE025 ICE026 ICE027 ICE043 TRK002 TRK004 TRK007"
    ),
    "Failed to add remote stream ssrc: … to {mid: …": "RID012 RID015",
    "Failed to apply remote fingerprint.": "DTL003",
    "Failed to create transport answer, transport is missing": "DTL012",
    "Failed to process the bundled m= section with mid='…'.": "RID015",
    "Failed to set remote video description send parameters for m-section with mid='…'": (
        "COD003 COD004 COD005 MED029 OAN015"
    ),
    "Failed to set SSL role for the transport.": "OAN057 OAN021",
    "Failed to set up audio demuxing for mid='…'.": "RID015",
    "Failed to setup RTCP mux.": "OAN006",
    "ICE pwd must be between … and … characters long.": "ICE003 ICE006",
    "ICE pwd must contain only alphanumeric characters, '+', and '/'.": "ICE005 SYN011 SYN009",
    "ICE ufrag must be between … and … characters long.": "ICE002 ICE006",
    "ICE ufrag must contain only": "ICE005 SYN011 SYN009",
    "Incompatible receive direction": "OAN007",
    "Incompatible send direction": "OAN007",
    "max-bundle configured but session description has no BUNDLE group": "BUN017",
    "max-bundle is used but no bundle group found.": "BUN017",
    "Media section has more than one track specified with a=ssrc lines which is not supported with Unified Plan.": (
        "RID016"
    ),
    "Non-numeric argument to rtx apt parameter": "COD003 COD017",
    "PT pointed to by rtx apt parameter does not exist": "COD004",
    "RED codec pointing to nonexistent PT": "COD015",
    "RED codec with invalid payload type argument": "COD015",
    "rtcp-mux must be enabled when BUNDLE is enabled.": "MED016 BUN015 OAN026",
    "RTCP-MUX is not enabled when it is required.": "MED016 OAN026",
    "RTP extension ID reassignment not supported": "OAN055",
    "RTX codec must have an APT field": "COD003",
    "The fmtp parameter '…' must be 0 or 1": "COD017",
    "The m= section with mid='…' should be rejected.": "OAN030 BUN008",
    "The media section with MID='…' has a ssrc-group with semantics … and an unexpected number of SSRCs.": "RID011",
    "The media section with MID='…' negotiates simulcast but does not negotiate the RID RTP": "RID007",
    "The media section with MID='…' used an invalid payload type … for codec '…": "MED006",
    "The order of m-lines in answer doesn't match order in offer. Rejecting answer.": (
        "OAN001 OAN002 OAN003 OAN004 MED003"
    ),
    "The order of m-lines in subsequent offer doesn't match order from previous offer/answer.": "OAN050 OAN051 OAN052",
    "The remote description was null": "TRK001",
    "Unknown ufrag (…)": "TRK005 ICE044",
}
"""What libwebrtc refuses after parsing."""

_FIREFOX = {
    "Answer adds extmap attributes to level …": "OAN017",
    "Answer and offer have different media types at m-line …": "OAN003",
    "Answer changed id for extmap attribute at level … from … to ….": "OAN018",
    "Answer changes mid for level, was '…', now '…'": "OAN004",
    "Answer had no codecs in common with offer in m-section …": "OAN009 OAN034 SCT001 SCT002 MED009 OAN003",
    "Answer has extmap … at level … that was not present in offer.": "OAN017",
    "Answer tried to enable an m-section that was disabled in the offer": "OAN006",
    "Answer tried to set recv when offer did not set send": "OAN007",
    "Answer tried to set send when offer did not set recv": "OAN007",
    "set recv when offer did not set send": "OAN007",
    "Attempt to parse text not recognized as SDP text": "SYN018 SYN010 SYN013 SYN019 SYN017 SYN014 SYN012 SYN008",
    'audio/video payload type "…" is too large at level …': "MED005",
    "c= connection line not specified for every media level, validation failed.": "SES008 SES009",
    "c= line specified twice at same level, parse failed.": "SES007",
    "Cannot add a candidate without specifying either sdpMid or sdpMLineIndex": "TRK002",
    "Cannot set ICE candidate for level=… mid=…: No such transceiver.": "TRK002",
    "Connection … type unsupported (…) for c=.": "SES009",
    "Description contains duplicate extension id … on level …": "MED020",
    "Description contains invalid extension id … on level …": "MED018 MED019 OAN018",
    "Empty fingerprint attribute": "DTL002 SYN023",
    "Empty simulcast attribute": "RID005",
    "End of line beyond end of buffer.": "SYN001 SYN004 SYN002 SYN007 SYN003 SYN016 SYN013",
    "Error parsing address … for mcast.": "SES009 SES011",
    "Error: No BW Value specified": "SES012",
    "Expected '=' at column …": "RID020",
    "extmap attributes in both session and media level": "MED022",
    "First line not v=": "SES001 SES003 SYN018",
    'illegal setup attribute "holdconn" at level …': "DTL012",
    'Illegal audio/video payload type "…"': "MED006 MED007 MED005",
    'Invalid answer, illegal setup attribute "actpass" at level …': "OAN020",
    "Invalid candidate, no ':' (…)": "TRK004 TRK007",
    "ice-… contains invalid characters at level …": "ICE005",
    "ice-pwd is too short at level …": "ICE003",
    "ice-ufrag is too short at level …": "ICE002",
    "Invalid direction, must be either send or recv": "RID020",
    "Invalid Num of addresses: Value must be": "SES010",
    "Invalid offer, no setup attribute at level …": "DTL010 DTL013 SYN023 SYN013",
    "Invalid owner … specified for o=.": "SES005 SES004",
    "Invalid port format (…) specified for transport protocol": "MED002 MED003 MED001",
    "Invalid timespec … time specified.": "SES015",
    "Invalid TTL: Value must be": "SES010",
    "Invalid version (…) found, parse failed.": "SES002 SYN023 SYN029",
    "m-section at level … is missing a=rtcp-mux": "MED016 BUN015 SYN013",
    "Malformed at column": "RID008 RID020",
    "Malformed fingerprint token": "DTL002 DTL006 SYN011",
    "mid '…' appears more than once in a BUNDLE group": "BUN006 BUN007",
    "mid length greater than 16 unsupported until 2-byte rtp header extensions are supported": "BUN003",
    "mid specified for bundle transport": "BUN005",
    "mid specified for bundle transport … does not exist": "BUN005 SYN008 SYN013 SYN017",
    "Missing rid at column": "RID005",
    "New remote description has fewer m-sections than the previous remote description.": "OAN050",
    "No attribute type specified, parse failed.": "SYN023",
    "No bandwidth type specified for b=": "SES012",
    "No connection … specified for c=.": "SES009",
    "no fingerprint attribute at level": "DTL001 DTL014 BUN012",
    "no ice-pwd attribute at level": "ICE001 ICE006 BUN012",
    "no ice-ufrag attribute at level": "ICE001 ICE006 CMP006 BUN012 OAN006",
    "No media type specified, parse failed.": "MED001",
    "No owner … specified": "SES004",
    "No port specified in m= media line, parse failed.": "MED001",
    "No rid attribute for": "RID001 RID002",
    "No sctp port specified in m= media line, parse failed.": "SCT004 MED001",
    "no supported fingerprint algorithms present at level": "DTL004",
    "No transceiver for bundled mid": "BUN005 OAN028",
    "No transceiver for level": "SCT006",
    "No transport protocol type specified, parse failed.": "MED001",
    "No ttl value specified for this multicast addr with a slash": "SES010",
    "No webrtc-datachannel token in m= media line": "SCT005",
    "o= owner line not specified, validation failed.": "SES001 SES003 SYN008 SYN010 SYN018 SYN007 SYN019",
    "Offer and answer have different number of m-lines": "OAN001 OAN002 SYN013 SYN017 SYN008 SYN016",
    "Only one token in fingerprint attribute": "SYN017 DTL002",
    "Owner … type unsupported (…)": "SES009",
    "Partial ICE restart is unsupported at this time": "OAN056 OAN061",
    "points at a disabled m-section": "BUN008 OAN030",
    "Remote description attempted to remap RTP extension id … from … to …": "OAN055",
    "Remote description changes the media type of m-line …": "OAN051",
    "Rid can contain only alphanumeric characters (according to RFC 8852)": "RID004 RID006",
    "Rid must be non-empty (according to RFC 8851)": "RID020",
    "rtcp-mux-only media sections must also contain the rtcp-mux attribute": "MED017",
    "SDP contains non ASCII characters at position": "SYN009",
    "SIPCC Failed to parse SDP: ␃": "SYN014 SYN019 SES003 SYN013",
    "t= timespec line not specified, validation failed.": "SES001 SES003 SYN019",
    "Transport protocol type unsupported (…).": "MED003",
    "Type must be either 'send' or 'recv'": "RID005",
    "Unsupported media section type": "MED004",
    "Unsupported media transport type": "MED003",
    "Value is less than 0 at column": "RID008",
    "Value too large at column": "RID008",
}
"""What Firefox refuses; `SIPCC Failed to parse SDP: SDP Parse Error on line N: ` stands before what it cannot parse."""

_AIORTC = {
    "'NoneType' object has no attribute 'direction'": "MED004",
    "'NoneType' object has no attribute 'mid'": "MED004",
    "'NoneType' object has no attribute 'role'": "DTL014 DTL001 DTL010 OAN022",
    "'NoneType' object has no attribute 'split'": "SYN023 MED012 MED023 MED026 MED036 RID021 BUN021",
    "'NoneType' object has no attribute 'startswith'": "TRK004",
    "'NoneType' object has no attribute 'transport'": "BUN005 BUN002 BUN001 BUN004",
    "'NoneType' object has no attribute '_set_mid'": "BUN001 SYN018",
    "AssertionError ␃": "ICE020 MED001 MED002 MED003 MED005 MED006 MED007 SES009 SYN015 TRK007",
    "Candidate must have either sdpMid or sdpMLineIndex": "TRK002",
    "coroutine raised StopIteration": "MED009",
    "DTLS setup attribute must be 'active' or 'passive' for an answer": "OAN020",
    "Failed to set remote audio description send parameters": "OAN009 MED029",
    "Failed to set remote video description send parameters ␃": "OAN009 MED029 COD008 COD009",
    "ICE username fragment or password is missing": "ICE001 CMP006",
    "invalid literal for int() with base 10": (
        "SYN003 SYN004 SYN029 ICE020 ICE023 ICE024 MED005 MED009 MED012 MED018 COD003 COD017 SCT002 SCT007 RID013 "
        "SES002"
    ),
    "invalid literal for int()": "SYN003",
    "KeyError: '…'": "DTL013 DTL012 SYN011 SYN023 TRK004",
    "KeyError: None": "SYN023",
    "int() argument must be": "SYN023",
    "list index out of range": "MED012 MED025 RID017",
    "Media sections in answer do not match offer": "OAN001 OAN002 OAN003 OAN004",
    "None is not in list": "SYN024 SYN012 SYN020",
    "not enough values to unpack": "DTL002 MED012 MED023 MED026 RID013",
    "RTCP mux is not enabled": "MED016 OAN026",
    "too many values to unpack": "DTL002 MED023",
}
"""What aiortc raises."""

_OTHERS = {
    "Session attribute a=group missing": "BUN017",
    "SetRemoteDescription called with no fingerprint": "DTL001",
    "SetRemoteDescription called with no ice-pwd": "ICE001",
    "SetRemoteDescription called with no ice-ufrag": "ICE001",
}
"""What str0m and Pion refuse."""


class _Text(NamedTuple):
    """A text of an error as it is looked for: see `_plain`."""

    text: str
    pieces: tuple[str, ...]
    """What is the same each time. The first begins where a word begins."""
    codes: tuple[str, ...]

    def is_said_by(self, error: str) -> bool:
        """Whether all pieces stand in an error, one behind the other."""
        place = 0
        for piece in self.pieces:
            found = error.find(piece, place)
            if found < 0:
                return False
            place = found + len(piece)
        return True

    def is_part_of(self, other: "_Text") -> bool:
        """Whether another text says the same and more."""
        return self is not other and self.is_said_by(f" {other.text}")


_LEAST_PART = 8  # characters of a text by which it is known
_QUOTES = str.maketrans(dict.fromkeys("\"'`“”‘’", " "))


def _plain(text: str) -> str:
    """A text without quotation marks, and with single blanks between its words."""
    return " ".join(text.translate(_QUOTES).split())


def _text(text: str, codes: str) -> _Text:
    first, *others = map(_plain, text.split("…"))
    return _Text(_plain(text), (f" {first}", *others), tuple(codes.split()))


_TEXTS = [
    _text(text, codes)
    for texts in (_LIBWEBRTC_PARSING, _LIBWEBRTC, _FIREFOX, _AIORTC, _OTHERS)
    for text, codes in texts.items()
]


def codes_behind(error: str) -> tuple[str, ...]:
    """The codes of the rules that may be behind an error text, the likeliest first.

    The text is as it stands in a console, in an exception, or only a part of it.

    >>> codes_behind("DOMException: Failed to set remote offer sdp: Called with SDP without ice-ufrag and ice-pwd.")
    ('ICE001', 'SYN020')
    """
    said = _plain(error)
    found = [text for text in _TEXTS if text.is_said_by(f" {said} ␃")]
    if not found and len(said) >= _LEAST_PART:
        found = [text for text in _TEXTS if said in text.text]
    best = [text for text in found if not any(text.is_part_of(other) for other in found)]
    return tuple(dict.fromkeys(code for text in best for code in text.codes))
