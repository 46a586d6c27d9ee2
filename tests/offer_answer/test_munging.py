"""What was edited in a description before it was set, by libwebrtc's names."""

import pytest

from sdpkit.offer_answer.changes import Mode
from sdpkit.offer_answer.comparison import diff
from sdpkit.offer_answer.munging import MUNGINGS
from sdpkit.rules.examples import OFFER, changed

MADE = changed(OFFER, "")
FMTP = "-a=fmtp:111…\n+a=fmtp:111 "
H264 = "-a=fmtp:102…\n+a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("+m=audio 9 UDP/TLS/RTP/SAVPF 0", {"NumberOfContents"}),
        ("-a=mid:0\n+a=mid:x", {"Mid"}),
        ("+a=sctp-init:AAAA", {"DataChannelSctpInit"}),
        ("-a=max-message-size:262144\n+a=max-message-size:1", {"DataChannelMaxMessageSize"}),
        ("-a=sctp-port:5000\n+a=sctp-port:5001", {"DataChannelSctpPort"}),
        ("-m=video…\n+m=video 9 UDP/TLS/RTP/SAVPF 96 97\n-a=rtpmap:102…\n-a=fmtp:102…", {"VideoCodecsRemoved"}),
        ("-m=video…\n+m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 98\n+a=x", {"UnknownModification"}),
        ("-m=video…\n+m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 98\n+a=rtpmap:98 VP9/90000", {"VideoCodecsAdded"}),
        ("-a=ssrc-group:…\n+a=ssrc-group:SIM 2001 2002", {"VideoCodecsLegacySimulcast"}),
        (f"{H264};sps-pps-idr-in-keyframe=1", {"VideoCodecsFmtpH264SpsPpsIdrInKeyframe"}),
        (f"{H264};x=1", {"VideoCodecsFmtp"}),
        ("-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 111\n-a=rtpmap:0 PCMU/8000", {"AudioCodecsRemoved"}),
        ("-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 0 8\n+a=x", {"AudioCodecsAdded"}),
        (
            "-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 0 98\n+a=rtpmap:98 multiopus/48000/6",
            {"AudioCodecsAddedMultiOpus"},
        ),
        ("-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 0 98\n+a=rtpmap:98 L16/48000", {"AudioCodecsAddedL16"}),
        (f"{FMTP}minptime=10;useinbandfec=1;stereo=1", {"AudioCodecsFmtpOpusStereo"}),
        (f"{FMTP}minptime=10", {"AudioCodecsFmtpOpusFec"}),
        (f"{FMTP}minptime=10;useinbandfec=1;usedtx=1", {"AudioCodecsFmtpOpusDtx"}),
        (f"{FMTP}minptime=10;useinbandfec=1;cbr=1", {"AudioCodecsFmtpOpusCbr"}),
        (f"{FMTP}minptime=20;useinbandfec=1", {"AudioCodecsFmtp"}),
        ("-a=fmtp:111…\n+a=fmtp:111 minptime=10;useinbandfec=1\n+a=rtcp-fb:111 nack", {"AudioCodecsRtcpFbAudioNack"}),
        ("-a=fmtp:111…\n+a=fmtp:111 minptime=10;useinbandfec=1\n+a=rtcp-fb:111 rrtr", {"AudioCodecsRtcpFbRrtr"}),
        ("-a=fmtp:111…\n+a=fmtp:111 minptime=10;useinbandfec=1\n+a=rtcp-fb:111 x", {"AudioCodecsRtcpFb"}),
        ("-a=rtcp-fb:96 nack", {"VideoCodecsRtcpFb"}),
        ("-a=rtcp-mux", {"RtcpMux"}),
        ("-a=rtcp-rsize", {"VideoCodecsRtcpReducedSize"}),
        ("-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 0 111", {"AudioCodecsReordered"}),
        ("-m=video…\n+m=video 9 UDP/TLS/RTP/SAVPF 102 96 97", {"VideoCodecsReordered"}),
        (
            "-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 112 0\n-a=rtpmap:111…\n+a=rtpmap:112 opus/48000/2\n"
            "-a=fmtp:111…\n+a=fmtp:112 minptime=10;useinbandfec=1",
            {"PayloadTypes"},
        ),
        ("-a=rtcp-rsize\n+a=rtcp-rsize\n+a=packetization:96 raw", {"VideoCodecsModifiedWithRawPacketization"}),
        ("-a=sendrecv\n+a=recvonly", {"Direction"}),
        ("-a=sendrecv\n+a=sendrecv\n+a=sframe", {"Sframe"}),
        ("-a=ssrc:1001 cname:user\n+a=ssrc:1002 cname:user", {"Ssrcs"}),
        ("-a=ssrc:1001 cname:user\n+a=ssrc:1001 cname:other", {"UnknownModification"}),
        ("-a=msid:stream audio-track\n+a=msid:other audio-track", {"MsidStream"}),
        ("-a=msid:stream audio-track\n+a=msid:stream other", {"MsidTrack"}),
        ("-a=extmap:1…\n-a=mid:0\n+a=mid:0", {"RtpHeaderExtensionRemoved"}),
        ("-a=mid:0\n+a=mid:0\n+a=extmap:9 urn:x:y", {"RtpHeaderExtensionAdded"}),
        ("-a=extmap:1…\n+a=extmap:9 urn:ietf:params:rtp-hdrext:ssrc-audio-level", {"RtpHeaderExtensionModified"}),
        ("-a=mid:0\n+a=mid:0\n+a=cryptex", {"Cryptex"}),
        ("-c=IN IP4 0.0.0.0\n+c=IN IP4 0.0.0.0\n+b=AS:64", {"Bandwidth"}),
        ("-a=ice-ufrag:abcd\n+a=ice-ufrag:efgh", {"IceUfrag"}),
        ("-a=ice-pwd:…\n+a=ice-pwd:another0another0another0", {"IcePwd"}),
        ("-t=0 0\n+t=0 0\n+a=ice-lite", {"IceMode"}),
        ("-a=setup:actpass\n+a=setup:active", {"DtlsSetup"}),
        ("-a=ice-options:trickle\n+a=ice-options:trickle renomination", {"IceOptionsRenomination"}),
        ("-a=ice-options:trickle", {"IceOptionsTrickle"}),
        ("-a=ice-options:trickle\n+a=ice-options:trickle sped", {"IceOptionsSped"}),
        ("-a=ice-options:trickle\n+a=ice-options:trickle ice2", {"IceOptions"}),
        ("-a=candidate:1…", {"IceCandidateCount"}),
        ("-a=candidate:1…\n-a=candidate:2…", {"IceCandidateCount"}),
        ("-a=group:…\n+a=group:BUNDLE 0 1", {"Bundle"}),
        ("-a=fingerprint:…", {"UnknownModification"}),
        # what libwebrtc makes itself, or does not read
        ("-s=-\n+s=call", set()),
        ("-c=…\n+c=IN IP4 192.0.2.1", set()),
        ("+a=x-own:1", set()),
        ("-a=sendrecv", set()),
        ("-a=fmtp:111…\n+a=fmtp:111 useinbandfec=1;minptime=10", set()),
    ],
)
def test_kinds_of_edits(change: str, expected: set[str]) -> None:
    difference = diff(MADE, changed(OFFER, change), Mode.MUNGE)
    assert set(difference.mungings) == expected


def test_edits_come_in_the_order_of_libwebrtc() -> None:
    change = "-a=candidate:1…\n-a=setup:actpass\n+a=setup:active\n-a=sendrecv\n+a=recvonly"
    assert diff(MADE, changed(OFFER, change)).mungings == ("Direction", "DtlsSetup", "IceCandidateCount")


def test_candidates_that_were_gathered_are_no_edit() -> None:
    bare = changed(OFFER, "-a=candidate:1…\n-a=candidate:2…")
    difference = diff(bare, MADE)
    assert (difference.mode, difference.mungings, difference.mattering) == (Mode.MUNGE, (), ())


def test_only_edits_have_kinds() -> None:
    assert diff(MADE, changed(OFFER, "-a=sendrecv\n+a=recvonly"), Mode.RENEGOTIATION).mungings == ()


def test_numbers_are_those_of_libwebrtc_and_no_two_are_the_same() -> None:
    assert len({munging.number for munging in MUNGINGS.values()}) == len(MUNGINGS)
    refused = {name for name, munging in MUNGINGS.items() if munging.is_refused}
    assert refused == {"NumberOfContents", "Sframe", "DataChannelSctpInit", "IceOptionsSped", "Cryptex"}
