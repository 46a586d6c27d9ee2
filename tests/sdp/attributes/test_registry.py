"""Every attribute of the registry by example, both ways; and what wrong values are found to be."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from sdpkit.finding import SDPError
from sdpkit.ice.candidate import Candidate
from sdpkit.sdp.attributes import ATTRIBUTES, FAMILIES
from sdpkit.sdp.attributes.data import ChannelAttribute, ChannelMap, Sctpmap
from sdpkit.sdp.attributes.formats import Fmtp, RtcpFeedback, Rtpmap
from sdpkit.sdp.attributes.grouping import Group, Msid, MsidSemantic
from sdpkit.sdp.attributes.ice import RemoteCandidate
from sdpkit.sdp.attributes.record import Record
from sdpkit.sdp.attributes.rtcp import Rtcp
from sdpkit.sdp.attributes.security import Crypto, Fingerprint, Identity, KeyManagement
from sdpkit.sdp.attributes.streams import (
    DraftPart,
    Extmap,
    Rid,
    Simulcast,
    SimulcastDraft,
    SimulcastStream,
    Ssrc,
    SsrcGroup,
)
from sdpkit.sdp.decoding import decode, encode
from sdpkit.sdp.lines import Line

# Attributes that are there or not.
FLAGS = (
    *("sendrecv", "sendonly", "recvonly", "inactive", "rtt-mixer"),
    *("extmap-allow-mixed", "cryptex", "rtcp-mux", "rtcp-mux-only", "rtcp-rsize", "rtcp-rgrp", "remote-net-estimate"),
    *("ice-lite", "ice-mismatch", "end-of-candidates", "bundle-only"),
    *("rtsp-ice-d-m", "loopback-source", "loopback-mirror", "msrp-cema"),
)

# Attributes whose value is their text.
TEXTS = [
    ("cat", "meeting.engineering.sdp"),
    ("tool", "libstreaming 4.0 (étude)"),
    ("type", "broadcast"),
    ("charset", "ISO-8859-1"),
    ("sdplang", "fr"),
    ("lang", "de-CH-1996"),
    ("orient", "seascape"),
    ("imageattr", "97 send [x=800,y=640,sar=1.1,q=0.6] [x=480,y=320] recv [x=330,y=250]"),
    ("rtcp-xr", "rcvr-rtt=all:10000 stat-summary=loss,dup,jitt"),
    ("rtcp-xr", ""),
    ("rtcp-unicast", "reflection"),
    ("rtcp-unicast", "rsi"),
    ("rtcp-idms", "sync-group=42"),
    ("ecn-capable-rtp", " ice,rtp ect=0; mode=setread"),
    ("fec-source-flow", " id=0; tag-len=4"),
    ("fec-repair-flow", " encoding-id=0; ss-fssi=n:7,k:5"),
    ("ice-ufrag", "00000001"),
    ("ice-ufrag", "1e5"),
    ("ice-pwd", "0000000000000000000001"),
    ("ice-pwd", "asd88fgpdd777uzjYhagZg"),
    ("setup", "active"),
    ("setup", "passive"),
    ("setup", "actpass"),
    ("setup", "holdconn"),
    ("connection", "new"),
    ("connection", "existing"),
    ("tls-id", "abc3de65cddef001be82-_"),
    ("mid", "007"),
    ("mid", "{audio}"),
    ("label", "01"),
    ("sctp-init", "AQAAHgAAAAEAUAAA//8AAAAAAAHAAAAEgAgABIKA"),
    ("control", "rtsp://media.example.com/movie/trackID=1"),
    ("control", "*"),
    ("etag", '"158bb3e7c7fd62ce67f12b533f06b83a"'),
    ("mtag", 'W/"158bb3e7c7fd62ce67f12b533f06b83a"'),
    ("dccp-service-code", "SC:RTPV"),
    ("dccp-service-code", "SC=x52545056"),
    ("file-selector", 'name:"my cool picture.jpg" type:image/jpeg size:32349 hash:sha-1:72:24:5F'),
    ("file-selector", ""),
    ("file-transfer-id", "Q6LMoGymJdh0IKIgD6wD0jkcfgva4xvE"),
    ("file-disposition", "render"),
    ("file-date", 'creation:"Mon, 15 May 2006 15:01:31 +0300"'),
    ("file-icon", "cid:id2@alicepc.example.com"),
    ("resource", "speechsynth"),
    ("cmid", "1"),
    ("record", "paused"),
    ("recordpref", "nopreference"),
    ("T38FaxFillBitRemoval", "0"),
    ("T38FaxTranscodingMMR", "1"),
    ("T38FaxTranscodingJBIG", ""),
    ("T38FaxRateManagement", "transferredTCF"),
    ("T38FaxUdpEC", "t38UDPRedundancy"),
    ("T38ModemType", "t38G3AndV34G3"),
    ("qos-mech-send", "rsvp nsis"),
    ("qos-mech-recv", " rsvp"),
    ("csup", "cap-v0,foo"),
    ("creq", "cap-v0"),
    ("silenceSupp", "off - - - -"),
    ("silenceSupp", "on 30 standard Fixed Noise 30"),
    ("eecid", "B3D58E32"),
    ("rtr", "confirm"),
    ("rtr", ""),
    ("X-pc-codec", " 0 8 96"),
    ("X-crypto", "AES_CM_128_HMAC_SHA1_32 inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR||"),
    ("X-confid", "4321"),
    ("X-sidin", "1"),
    ("X-sidout", "2"),
    ("bearer", "v.34"),
    ("called", "12025550123"),
    ("connection_type", "local"),
    ("dialed", "18005550100"),
    ("dialing", "12025550199"),
    ("direction", "both"),
    ("framing", "ppp-asynch"),
    ("subnet", "IN IP4 192.0.2.64/26"),
]

# Attributes with a value of some type; a dict stands for the fields of a Record.
VALUES: list[tuple[str, str, Any]] = [
    ("keywds", "webrtc interop test", {"keywords": "webrtc interop test"}),
    ("hlang-send", "es eu en *", ("es", "eu", "en", "*")),
    ("hlang-recv", "ase", ("ase",)),
    ("quality", "10", 10),
    # rtp
    ("rtpmap", "111 opus/48000/2", Rtpmap(111, "opus", 48000, "2")),
    ("rtpmap", "97 H263+/90000", Rtpmap(97, "H263+", 90000)),
    ("rtpmap", "0 pcmu/8000", Rtpmap(0, "pcmu", 8000)),
    ("rtpmap", "256 VP8/90000", Rtpmap(256, "VP8", 90000)),
    ("rtpmap", "96 VP8/90000/1", Rtpmap(96, "VP8", 90000, "1")),
    ("fmtp", "111 minptime=10;useinbandfec=1", Fmtp("111", "minptime=10;useinbandfec=1")),
    ("fmtp", "101 015", Fmtp("101", "015")),
    ("fmtp", "63 111/111", Fmtp("63", "111/111")),
    ("fmtp", "96 a=b;\tc ; ", Fmtp("96", "a=b;\tc ; ")),
    ("fmtp", "t38 rate=1e3", Fmtp("t38", "rate=1e3")),
    ("rtcp-fb", "96 nack", RtcpFeedback(96, "nack")),
    ("rtcp-fb", "96 nack pli", RtcpFeedback(96, "nack", "pli")),
    ("rtcp-fb", "* ccm tmmbr smaxpr=120", RtcpFeedback("*", "ccm", "tmmbr smaxpr=120")),
    ("rtcp-fb", "98 trr-int 100", RtcpFeedback(98, "trr-int", "100")),
    ("rtcp-fb", "* nack pli", RtcpFeedback("*", "nack", "pli")),
    ("rtcp-fb", "256 NACK pli x", RtcpFeedback(256, "NACK", "pli x")),
    ("ptime", "20", Decimal(20)),
    ("ptime", "0.3333333333", Decimal("0.3333333333")),
    ("ptime", "0.0000001", Decimal("0.0000001")),
    ("maxptime", "20.50", Decimal("20.50")),
    ("framerate", "29.970", Decimal("29.970")),
    ("maxprate", "50.0", Decimal("50.0")),
    ("framesize", "96 320-240", {"payload type": "96", "width": "320", "height": "240"}),
    ("depend", "97 lay L1:96,98 L2:99", {"format": "97", "type": "lay", "dependencies": "L1:96,98 L2:99"}),
    ("packetization", "98 raw", {"payload type": "98", "packetization": "raw"}),
    ("x-google-flag", "conference", {"xGoogleFlag": "conference"}),
    ("rid", "hi send", Rid("hi", "send")),
    (
        "rid",
        "01 recv pt=96,97;max-width=1280;x",
        Rid("01", "recv", (("pt", "96,97"), ("max-width", "1280"), ("x", None))),
    ),
    ("simulcast", "send hi", Simulcast(((SimulcastStream("hi"),),))),
    (
        "simulcast",
        "recv 1;2 send hi,~hi2;lo",
        Simulcast(
            ((SimulcastStream("hi"), SimulcastStream("hi2", True)), (SimulcastStream("lo"),)),
            ((SimulcastStream("1"),), (SimulcastStream("2"),)),
            recv_first=True,
        ),
    ),
    ("simulcast", " recv pt=96,97", SimulcastDraft((DraftPart("recv", "pt", (("96", "97"),)),))),
    (
        "simulcast",
        " send rid=5;6,7 paused=6,7 recv rid=1",
        SimulcastDraft(
            (DraftPart("send", "rid", (("5",), ("6", "7")), ("6", "7")), DraftPart("recv", "rid", (("1",),)))
        ),
    ),
    ("ssrc", "314159 cname:007", Ssrc(314159, "cname", "007")),
    ("ssrc", "314159 cname:a:b c", Ssrc(314159, "cname", "a:b c")),
    ("ssrc", "314159 label:", Ssrc(314159, "label", "")),
    ("ssrc", "4294967295 foo", Ssrc(4294967295, "foo")),
    ("ssrc-group", "FID 314159 271828", SsrcGroup("FID", (314159, 271828))),
    ("ssrc-group", "SIM", SsrcGroup("SIM", ())),
    ("extmap", "3 urn:ietf:params:rtp-hdrext:sdes:mid", Extmap(3, "urn:ietf:params:rtp-hdrext:sdes:mid")),
    ("extmap", "2/recvonly urn:a long b", Extmap(2, "urn:a", "recvonly", "long b")),
    ("extmap", "4096 urn:é", Extmap(4096, "urn:é")),
    (
        "extmap",
        "9 urn:ietf:params:rtp-hdrext:encrypt urn:a x",
        Extmap(9, "urn:ietf:params:rtp-hdrext:encrypt", None, "urn:a x"),
    ),
    ("rtcp", "9", Rtcp(9)),
    ("rtcp", "53020 IN IP6 2001:db8::4", Rtcp(53020, "IN", "IP6", "2001:db8::4")),
    ("multicast-rtcp", "42000", 42000),
    ("repair-window", "150ms", {"length": "150", "unit": "ms"}),
    ("duplication-delay", "50 100", ("50", "100")),
    # ice
    ("ice-options", "trickle renomination", ("trickle", "renomination")),
    ("ice-options", "ice2,trickle", ("ice2,trickle",)),
    ("ice-pacing", "50", 50),
    (
        "candidate",
        "0123 1 UDP 1694498815 203.0.113.5 45664 typ srflx raddr 192.0.2.3 rport 8998",
        Candidate("0123", 1, "UDP", 1694498815, "203.0.113.5", 45664, "srflx", "192.0.2.3", 8998),
    ),
    (
        "candidate",
        "1e5 1 tcp 1518280447 2001:db8::1 9 typ host tcptype active generation 0 network-id 1 network-cost 50",
        Candidate(
            *("1e5", 1, "tcp", 1518280447, "2001:db8::1", 9, "host"),
            tcptype="active",
            generation=0,
            network_id=1,
            network_cost=50,
        ),
    ),
    (
        "remote-candidates",
        "1 192.0.2.3 45664 2 peer.example.com 45665",
        (RemoteCandidate(1, "192.0.2.3", 45664), RemoteCandidate(2, "peer.example.com", 45665)),
    ),
    (
        "altc",
        "1 IP6 2001:db8::1 45678",
        {"preference": "1", "address type": "IP6", "address": "2001:db8::1", "port": "45678"},
    ),
    # security
    ("fingerprint", "sha-256 4A:AD:B9:b1", Fingerprint("sha-256", "4A:AD:B9:b1")),
    ("dtls-message", "client FgEAAAAAAAAAAAA=", {"role": "client", "message": "FgEAAAAAAAAAAAA="}),
    (
        "crypto",
        "1 F8_128_HMAC_SHA1_80 inline:MTIz|2^20|1:4;inline:NDU2|2^20|2:4 FEC_ORDER=FEC_SRTP WSH=64",
        Crypto(
            1, "F8_128_HMAC_SHA1_80", ("inline:MTIz|2^20|1:4", "inline:NDU2|2^20|2:4"), ("FEC_ORDER=FEC_SRTP", "WSH=64")
        ),
    ),
    ("key-mgmt", "mikey AQAFgM0XflABAAAA", KeyManagement("mikey", "AQAFgM0XflABAAAA")),
    ("zrtp-hash", "1.10 fe30efd02423cb05", {"version": "1.10", "hash": "fe30efd02423cb05"}),
    ("identity", "eyJpZHAiOnt9fQ==", Identity("eyJpZHAiOnt9fQ==")),
    ("identity", "eyJpZHAiOnt9fQ== a=1;b", Identity("eyJpZHAiOnt9fQ==", ("a=1", "b"))),
    # grouping
    ("group", "BUNDLE 0 01 2", Group("BUNDLE", ("0", "01", "2"))),
    ("group", "LS", Group("LS")),
    ("msid", "-", Msid("-")),
    ("msid", "{stream} {track}", Msid("{stream}", "{track}")),
    ("msid-semantic", "WMS *", MsidSemantic("WMS", ("*",))),
    ("msid-semantic", " WMS a b", MsidSemantic("WMS", ("a", "b"), " ")),
    ("content", "slides,main", {"content": "slides,main"}),
    # data
    ("sctp-port", "5000", 5000),
    ("max-message-size", "262144", 262144),
    ("sctpmap", "5000 webrtc-datachannel 1024", Sctpmap(5000, "webrtc-datachannel", 1024)),
    ("sctpmap", "5000 webrtc-datachannel", Sctpmap(5000, "webrtc-datachannel")),
    ("dcmap", '0 subprotocol="bfcp";label="a b"', ChannelMap(0, 'subprotocol="bfcp";label="a b"')),
    ("dcmap", "1", ChannelMap(1)),
    ("dcsa", "2 accept-types:text/plain", ChannelAttribute(2, "accept-types:text/plain")),
    # streaming
    ("range", "npt=0-34.4368", {"unit": "npt", "start": "0", "stop": "34.4368"}),
    ("range", "npt=now-", {"unit": "npt", "start": "now", "stop": ""}),
    (
        "range",
        "clock=19961108T142300Z-19961108T143520Z",
        {"unit": "clock", "start": "19961108T142300Z", "stop": "19961108T143520Z"},
    ),
    (
        "source-filter",
        " incl IN IP4 233.252.0.1 198.51.100.1 198.51.100.2",
        {
            "filterMode": "incl",
            "netType": "IN",
            "addressTypes": "IP4",
            "destAddress": "233.252.0.1",
            "srcList": "198.51.100.1 198.51.100.2",
        },
    ),
    (
        "ts-refclk",
        "ptp=IEEE1588-2008:39-A7-94-FF-FE-07-CB-D0:37",
        {"clksrc": "ptp", "clksrcExt": "IEEE1588-2008:39-A7-94-FF-FE-07-CB-D0:37"},
    ),
    ("ts-refclk", "localmac=00-00-5E-00-53-01", {"clksrc": "localmac", "clksrcExt": "00-00-5E-00-53-01"}),
    ("mediaclk", "direct=963214424", {"mediaClockName": "direct", "mediaClockValue": "963214424"}),
    (
        "mediaclk",
        "id=src:AA direct=0 rate=30000/1001",
        {
            "id": "src:AA",
            "mediaClockName": "direct",
            "mediaClockValue": "0",
            "rateNumerator": "30000",
            "rateDenominator": "1001",
        },
    ),
    ("loopback", "rtp-media-loopback rtp-pkt-loopback", ("rtp-media-loopback", "rtp-pkt-loopback")),
    ("dccp-port", "5004", 5004),
    # conferencing
    ("floorctrl", "c-only s-only", ("c-only", "s-only")),
    ("confid", "4321", {"bfcpConfId": "4321"}),
    ("userid", "1234", {"bfcpUserId": "1234"}),
    ("floorid", "1 mstrm:10 11", {"floor": "1", "media": "mstrm", "labels": "10 11"}),
    ("floorid", "1 m-stream:10", {"floor": "1", "media": "m-stream", "labels": "10"}),
    ("floorid", "2", {"floor": "2"}),
    ("bfcpver", "1 2", ("1", "2")),
    (
        "path",
        "msrp://[2001:db8::1]:7654/a;tcp msrp://b.example.com/c;tcp",
        ("msrp://[2001:db8::1]:7654/a;tcp", "msrp://b.example.com/c;tcp"),
    ),
    ("accept-types", "message/cpim text/plain", ("message/cpim", "text/plain")),
    ("accept-wrapped-types", "*", ("*",)),
    ("max-size", "10000", 10000),
    ("chatroom", "nickname private-messages", ("nickname", "private-messages")),
    ("file-range", "1-32349", {"start": "1", "stop": "32349"}),
    ("file-range", "1-*", {"start": "1", "stop": "*"}),
    ("channel", "32AECB23433802@speechsynth", {"identifier": "32AECB23433802", "resource": "speechsynth"}),
    # telephony
    ("T38FaxVersion", "0", 0),
    ("T38MaxBitRate", "14400", 14400),
    ("T38FaxMaxBuffer", "1800", 1800),
    ("T38FaxMaxDatagram", "400", 400),
    ("T38FaxMaxIFP", "40", 40),
    ("T38FaxUdpFECMaxSpan", "3", 3),
    ("T38FaxUdpECDepth", "1", {"least": "1"}),
    ("T38FaxUdpECDepth", "1 2", {"least": "1", "most": "2"}),
    ("T38VendorInfo", "0 0 37", ("0", "0", "37")),
    ("curr", "qos local none", {"type": "qos", "status": "local", "direction": "none"}),
    (
        "des",
        "qos mandatory e2e sendrecv",
        {"type": "qos", "strength": "mandatory", "status": "e2e", "direction": "sendrecv"},
    ),
    ("conf", "sec remote recv", {"type": "sec", "status": "remote", "direction": "recv"}),
    ("qos", "mandatory sendrecv confirm", {"strength": "mandatory", "direction": "sendrecv", "confirm": "confirm"}),
    ("secure", "optional recv", {"strength": "optional", "direction": "recv"}),
    ("X-qos", "success send", {"strength": "success", "direction": "send"}),
    ("X-pc-qos", "none none", {"strength": "none", "direction": "none"}),
    ("acap", "1 crypto:1 AES_CM_128 inline:MTIz", {"number": "1", "attribute": "crypto:1 AES_CM_128 inline:MTIz"}),
    ("tcap", "1 RTP/SAVPF RTP/SAVP", {"number": "1", "protocols": "RTP/SAVPF RTP/SAVP"}),
    ("pcfg", "1 t=1|2 a=1,[2]", {"number": "1", "configuration": "t=1|2 a=1,[2]"}),
    ("pcfg", "2", {"number": "2"}),
    ("acfg", "1 t=1 a=1", {"number": "1", "configuration": "t=1 a=1"}),
    ("lcfg", "2 mt=video t=1 pt=10:31", {"number": "2", "configuration": "mt=video t=1 pt=10:31"}),
    ("sescap", "1 1,2", {"number": "1", "configurations": "1,2"}),
    (
        "rmcap",
        "1,3 L16/8000/1",
        {"numbers": "1,3", "encoding name": "L16", "clock rate": "8000", "encoding parameters": "1"},
    ),
    ("omcap", "2 t38", {"numbers": "2", "format": "t38"}),
    ("mfcap", "1,2 mode-change-capability=1", {"numbers": "1,2", "parameters": "mode-change-capability=1"}),
    ("mscap", "1 rtcp-fb ccm tmmbr", {"numbers": "1", "attribute": "rtcp-fb", "value": "ccm tmmbr"}),
    ("bcap", "1 AS:128", {"number": "1", "type": "AS", "bandwidth": "128"}),
    (
        "ccap",
        "1 IN IP4 192.0.2.1 5000",
        {"number": "1", "network type": "IN", "address type": "IP4", "address": "192.0.2.1", "port": "5000"},
    ),
    ("icap", "1 Video from camera", {"number": "1", "title": "Video from camera"}),
    ("sqn", " 0", {"sequence number": "0"}),
    ("X-sqn", "0", {"sequence number": "0"}),
    (
        "cdsc",
        " 1 audio RTP/AVP 0 18 96",
        {"number": "1", "media": "audio", "protocol": "RTP/AVP", "formats": "0 18 96"},
    ),
    ("X-cap", "2 image udptl t38", {"number": "2", "media": "image", "protocol": "udptl", "formats": "t38"}),
    ("cpar", " a=fmtp:96 0-16,32-35", {"line type": "a", "value": "fmtp:96 0-16,32-35"}),
    ("cparmin", "b=AS:64", {"line type": "b", "value": "AS:64"}),
    ("cparmax", "b=AS:128", {"line type": "b", "value": "AS:128"}),
    ("X-cpar", " a=fmtp:96 0-16", {"line type": "a", "value": "fmtp:96 0-16"}),
    ("cs-correlation", "callerid:+12025550123 dtmf:14D*3", ("callerid:+12025550123", "dtmf:14D*3")),
    ("mptime", "20 - 30", ("20", "-", "30")),
    ("sprtmap", "120 v150mr/8000", Rtpmap(120, "v150mr", 8000)),
    ("TMRGwXid", "1", 1),
]

EXAMPLES: list[tuple[str, str, Any]] = [
    *((name, "", True) for name in FLAGS),
    *((name, text, text) for name, text in TEXTS),
    *(
        (name, text, Record(text, tuple(value.items())) if isinstance(value, dict) else value)
        for name, text, value in VALUES
    ),
]

# Values that do not fit: what is found, from which column of the value on, and up to which one (exclusive).
WRONG = [
    ("rtcp-mux", "yes", "SYN028", 1, 4),
    ("mid", "a b", "SYN029", 1, 4),
    ("mid", "", "SYN023", 1, 2),
    ("type", "H.332 x", "SYN029", 1, 8),
    ("cat", "", "SYN023", 1, 2),
    ("orient", "Portrait", "SYN029", 1, 9),
    ("quality", "ten", "SYN029", 1, 4),
    ("quality", "-1", "SYN029", 1, 3),
    ("quality", "1.5", "SYN029", 1, 4),
    ("quality", "٣", "SYN029", 1, 2),
    ("quality", "9" * 1001, "SYN029", 1, 1002),
    ("ptime", "1e3", "SYN029", 1, 4),
    ("ptime", "1.2.3", "SYN029", 1, 6),
    ("ptime", ".5", "SYN029", 1, 3),
    ("framerate", "NaN", "SYN029", 1, 4),
    ("hlang-send", "", "SYN023", 1, 2),
    ("rtpmap", "opus/48000", "MED012", 1, 11),
    ("rtpmap", "111 opus", "MED012", 9, 10),
    ("rtpmap", "111 opus/48k", "MED012", 12, 13),
    ("rtpmap", "111 opus/48000/", "MED012", 16, 17),
    ("rtpmap", "١١١ opus/48000", "MED012", 1, 4),
    ("rtpmap", "+5 opus/48000/2", "MED012", 1, 3),
    ("rtpmap", "111  opus/48000/2", "MED012", 5, 18),
    ("rtpmap", "111 opus/48000/2 ", "MED012", 17, 18),
    ("rtpmap", "1" * 1001 + " opus/48000/2", "MED012", 1001, 1002),
    ("fmtp", "111", "MED026", 4, 5),
    ("fmtp", "111 ", "MED026", 4, 5),
    ("rtcp-fb", "96", "MED025", 3, 4),
    ("rtcp-fb", "x nack", "MED025", 1, 2),
    ("rtcp-fb", "٣ nack", "MED025", 1, 2),
    ("rtcp-fb", "96 ", "MED025", 4, 5),
    ("rtcp-fb", "96 nack ", "MED025", 9, 10),
    ("rtcp-fb", "96 nack  pli", "MED025", 9, 13),
    ("framesize", "96 320x240", "SYN029", 7, 11),
    ("repair-window", "150s", "SYN029", 4, 5),
    ("rid", "hi both", "RID020", 4, 8),
    ("rid", "a,b send", "RID020", 2, 4),
    ("simulcast", "hi;lo", "RID005", 1, 6),
    ("simulcast", "send", "RID005", 5, 6),
    ("simulcast", "send 1 send 2", "RID005", 8, 12),
    ("ssrc", "x cname:a", "RID013", 1, 2),
    ("ssrc", "1", "RID013", 2, 3),
    ("ssrc-group", "FID 1 x", "RID021", 6, 8),
    ("extmap", "x urn:a", "MED023", 1, 2),
    ("extmap", "1/both urn:a", "MED023", 3, 7),
    ("extmap", "1 ", "MED023", 3, 4),
    ("extmap", "1  urn:a", "MED023", 3, 9),
    ("extmap", "1 urn:a\tb", "MED023", 8, 10),
    ("extmap", "1 urn:a ", "MED023", 9, 10),
    ("extmap", "٣ urn:a", "MED023", 1, 2),
    ("rtcp", "9 IN IP4", "MED036", 9, 10),
    ("ice-pacing", "50ms", "SYN029", 1, 5),
    ("candidate", "", "ICE020", 1, 2),
    ("candidate", "1 rtp udp 1 192.0.2.1 9 typ host", "ICE020", 3, 6),
    ("candidate", "1 1 udp high 192.0.2.1 9 typ host", "ICE020", 9, 13),
    ("candidate", "1 1 udp 1 192.0.2.1 9 foo host", "ICE020", 22, 26),
    ("candidate", "1 1 udp 1 192.0.2.1 9 typ", "ICE020", 22, 26),
    ("remote-candidates", "1 192.0.2.1 9 2 192.0.2.1", "ICE049", 26, 27),
    ("remote-candidates", "1 192.0.2.1 9 two 192.0.2.1 9", "ICE049", 15, 18),
    ("altc", "1 IP5 192.0.2.1 9", "SYN029", 3, 6),
    ("fingerprint", "sha-256", "DTL002", 8, 9),
    ("fingerprint", "sha-256 4A:AD:G1", "DTL002", 14, 17),
    ("fingerprint", "sha-256 4A:AD extra", "DTL002", 14, 20),
    ("setup", "act-pass", "DTL013", 1, 9),
    ("setup", "ACTPASS", "DTL013", 1, 8),
    ("connection", "old", "SYN029", 1, 4),
    ("crypto", "AES_CM_128_HMAC_SHA1_80 inline:MTIz", "DTL018", 1, 24),
    ("identity", "***", "DTL019", 1, 4),
    ("key-mgmt", "mikey *", "DTL020", 7, 8),
    ("group", "", "BUN021", 1, 2),
    ("group", "BUN/DLE 0", "BUN021", 4, 8),
    ("msid", "", "RID017", 1, 2),
    ("msid", "a b c", "RID017", 4, 6),
    ("msid", "a ", "RID017", 3, 4),
    ("msid", " b", "RID017", 1, 3),
    ("msid", "a b\t", "RID017", 4, 5),
    ("msid-semantic", "", "RID022", 1, 2),
    ("sctp-port", "5000 webrtc-datachannel", "SYN029", 1, 24),
    ("sctpmap", "webrtc-datachannel", "SCT010", 1, 19),
    ("dcmap", "zero", "SCT011", 1, 5),
    ("dcsa", "2", "SCT012", 2, 3),
    ("range", "npt", "SYN029", 4, 5),
    ("source-filter", "in IN IP4 * 192.0.2.1", "SYN029", 1, 22),
    ("confid", "١٢", "SYN029", 1, 3),
    ("file-range", "1-", "SYN029", 3, 4),
    ("floorid", "1 stream:10", "SYN029", 3, 12),
    ("record", "ON", "SYN029", 1, 3),
    ("curr", "qos here none", "SYN029", 5, 9),
    ("des", "qos must local send", "SYN029", 5, 9),
    ("cpar", "c=x", "SYN029", 1, 4),
]

# Values that can be read, but are written otherwise: only an edited line changes.
TIDIED = [
    ("quality", "010", "10"),
    ("sctp-port", "05000", "5000"),
    ("rtpmap", "0111 opus/048000", "111 opus/48000"),
    ("rid", "hi send pt=96; max-fps=30", "hi send pt=96;max-fps=30"),
    ("simulcast", "send rid=1", " send rid=1"),
]


def test_examples_for_all() -> None:
    assert {name for name, _, _ in EXAMPLES} == set(ATTRIBUTES)


def test_names_are_unique() -> None:
    names = Counter(attribute.name for family in FAMILIES for attribute in family.ATTRIBUTES)
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(("name", "text", "value"), EXAMPLES, ids=lambda part: str(part)[:40])
def test_example(name: str, text: str, value: Any) -> None:
    attribute = ATTRIBUTES[name]
    assert attribute.decode(text) == value
    assert attribute.encode(value) == text


@pytest.mark.parametrize(("name", "text", "value"), EXAMPLES, ids=lambda part: str(part)[:40])
def test_line(name: str, text: str, value: Any) -> None:
    line = f"a={name}:{text}" if text else f"a={name}"
    assert decode(Line(1, 0, line, "")) == value
    assert encode(f"a={name}", value) == line


@pytest.mark.parametrize(("name", "text", "code", "start", "end"), WRONG, ids=lambda part: str(part)[:40])
def test_wrong(name: str, text: str, code: str, start: int, end: int) -> None:
    with pytest.raises(SDPError) as caught:
        ATTRIBUTES[name].decode(text)
    (finding,) = caught.value.findings
    assert (finding.code, finding.span.start, finding.span.end) == (code, start, end)


@pytest.mark.parametrize(("name", "text", "tidy"), TIDIED)
def test_tidied(name: str, text: str, tidy: str) -> None:
    attribute = ATTRIBUTES[name]
    assert attribute.encode(attribute.decode(text)) == tidy
    assert attribute.decode(tidy) == attribute.decode(text)


@pytest.mark.parametrize(("value", "text"), [(20, "20"), (29.97, "29.97"), (Decimal("1E+3"), "1000")])
def test_decimal_takes_any_number(value: Any, text: str) -> None:
    assert ATTRIBUTES["ptime"].encode(value) == text


def test_payload_types_of_a_rid_are_short_numbers() -> None:
    rid = Rid.parse(f"hi send pt=96,x,{'9' * 5000},97")
    assert rid.payload_types == (96, 97)


def test_encrypted_extension() -> None:
    assert Extmap.parse("1 urn:a urn:b").encrypts is None
    assert Extmap.parse("1 urn:ietf:params:rtp-hdrext:encrypt urn:b c").encrypts == "urn:b"


@pytest.mark.parametrize(
    ("parameters", "pairs"),
    [
        ("a=1;b=2", (("a", "1"), ("b", "2"))),
        (" a = 1 ; b ;", (("a", "1"), ("b", None))),
        ("sprop=Z0IAHw==,aM4=", (("sprop", "Z0IAHw==,aM4="),)),
        ("0-15", (("0-15", None),)),
        ("a=", (("a", ""),)),
        (";;", ()),
    ],
)
def test_fmtp_pairs(parameters: str, pairs: tuple[tuple[str, str | None], ...]) -> None:
    assert Fmtp("96", parameters).pairs == pairs
