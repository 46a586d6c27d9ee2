"""Where private values stand, in lines that are right and in lines that are not."""

import pytest

from sdpkit.redaction.places import read

UUID = "5c3a7a4d-8f0e-4a71-9b7e-6a4f8a1e9d2b"
DIGEST = ":".join(["6B"] * 10)


@pytest.mark.parametrize(
    ("line", "values"),
    [
        (
            "o=jdoe 3724394400 3724394405 IN IP4 198.18.0.3",
            "user jdoe, session 3724394400 3724394405, address 198.18.0.3",
        ),
        ("o=- abc123 2 IN IP6 2600::5", "user -, id abc123, address 2600::5"),
        ("o=jdoe", "user jdoe"),
        ("s=Weekly meeting ", "title Weekly meeting"),
        ("i=A seminar", "title A seminar"),
        ("u=https://jdoe@www.company.com:8443/a/b?c=d", "user jdoe, address www.company.com, port 8443, path a/b?c=d"),
        ("e=j.doe@company.com (Jane Doe)", "mail j.doe@company.com, title Jane Doe"),
        ("p=+1 617 555-6011 (Jane)", "phone +1 617 555-6011, title Jane"),
        ("c=IN IP4 239.1.2.3/127/3", "address 239.1.2.3"),
        ("c=IN IP4 gateway.company.com", "address gateway.company.com"),
        ("k=clear:secret", "key secret"),
        ("k=prompt", ""),
        ("m=audio 49170/2 RTP/AVP 0", "port 49170"),
        ("t=3724394400 0", ""),
        (
            "a=candidate:842163049 1 udp 1677729535 9.8.7.6 61111 typ srflx raddr 10.0.0.4 rport 51000 ufrag lNnd",
            "foundation 842163049, address 9.8.7.6, port 61111, address 10.0.0.4, port 51000, ufrag lNnd",
        ),
        (
            "a=candidate:Hc0a80105 1 UDP 1 printer.local 5000 typ host",
            "foundation c0a80105, address printer.local, port 5000",
        ),
        ("a=candidate:1 1 udp 192.168.1.5", "foundation 1, address 192.168.1.5"),
        ("candidate:1 1 udp 1 192.168.1.5 5000 typ host", "foundation 1, address 192.168.1.5, port 5000"),
        (
            "a=candidate:842163049\t1\tudp\t1\t10.1.2.3\t5000\ttyp\thost",
            "foundation 842163049, address 10.1.2.3, port 5000",
        ),
        ("a=candidate:842163049 1 udp 1 10.1.2.3 99999999999 typ host", "foundation 842163049, address 10.1.2.3"),
        ("a=candidate:842163049 1 udp 1 5000 10.1.2.3 typ host", "foundation 842163049, address 10.1.2.3"),
        (
            "a=candidate:842163049 1 udp 1 10.1.2.3 10.1.2.3 5000 typ host",
            "foundation 842163049, address 10.1.2.3, address 10.1.2.3",
        ),
        ("a=candidate: 1 udp 1 10.1.2.3 5000 typ host", "address 10.1.2.3, port 5000"),
        ("a=candidate:842163049 1 udp 1  5000 typ host", "foundation 842163049"),
        ("m=audio\t5000\tRTP/AVP\t0", "port 5000"),
        ("o=jdoe\t3724394400\t2\tIN\tIP4\t10.1.2.3", "user jdoe, session 3724394400\t2, address 10.1.2.3"),
        ("a\uff1dice-pwd:secret", "pwd secret"),
        ("c\uff1dIN IP4 host.lan", "address host.lan"),
        ("a=ice-ufr/ag:lNnd", "ufrag lNnd"),
        ("a=msid\u2013semantic: WMS stream", "stream stream"),
        ("a=x-jdoe@company.com:1", "mail x-jdoe@company.com"),
        ("a=remote-candidates:1 9.8.7.6 5000 2 9.8.7.6 5001", "address 9.8.7.6, port 5000, address 9.8.7.6, port 5001"),
        ("a=rtcp:53020 IN IP4 126.16.64.4", "port 53020, address 126.16.64.4"),
        (
            "a=source-filter: incl IN IP4 239.1.2.3 10.1.1.1 host.lan",
            "address 239.1.2.3, address 10.1.1.1, address host.lan",
        ),
        ("a=ts-refclk:ptp=IEEE1588-2008:39-A7-94-FF-FE-07-CB-D0:37", "hardware 39-A7-94-FF-FE-07-CB-D0"),
        ("a=ts-refclk:ntp=time.company.com", "address time.company.com"),
        ("a=ice-ufrag:lNnd", "ufrag lNnd"),
        ("a=ice-pwd:top secret", "pwd top, pwd secret"),
        ("A = ice-pwd : secret", "pwd secret"),
        ("> a=ice-pwd:secret", "pwd secret"),
        ('  "a=ice-pwd:secret\\r\\n"', "pwd secret"),
        ("a=ice-pasword:secret", "pwd secret"),
        ("a=ice-pwd secret", "pwd secret"),
        (f"a=fingerprint:sha-256 {DIGEST}", f"fingerprint {DIGEST}"),
        (f"a=fingerprint:{DIGEST}", f"fingerprint {DIGEST}"),
        ("a=fingerprint:sha-256 not a digest", "fingerprint not a digest"),
        ("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0Rm|2^20|1:4 FEC_ORDER=FEC_SRTP", "key d0Rm"),
        ("a=crypto:1 AES_CM_128 d0RmdmcmVCspeEc3QGZi", "key d0RmdmcmVCspeEc3QGZi"),
        ("a=key-mgmt:mikey AQAFgM0X", "key AQAFgM0X"),
        ("a=tls-id:abc3de65cddef001be82", "association abc3de65cddef001be82"),
        ("a=identity:eyJpZHAi== a=1", "assertion eyJpZHAi=="),
        ("a=ssrc:1234567 cname:jdoe@10.0.0.1", "ssrc 1234567, cname jdoe@10.0.0.1"),
        ("a=ssrc:1234567 msid:stream track", "ssrc 1234567, stream stream, stream track"),
        ("a=ssrc-group:FID 1234567 7654321", "ssrc 1234567, ssrc 7654321"),
        ("a=msid-semantic: WMS stream", "stream stream"),
        ("a=floorid:1 mstrm:10 11", "label 10, label 11"),
        ("a=control:rtsp://admin:pw@10.1.1.1:554/ch1", "user admin:pw, address 10.1.1.1, port 554, path ch1"),
        ("a=control:trackID=1", ""),
        ("a=path:msrp://host.lan:7654/jshA7weztas;tcp", "address host.lan, port 7654, path jshA7weztas"),
        ('a=dcmap:2 subprotocol="chat";label="with Bob"', "title with Bob"),
        ("a=acap:1 crypto:1 AES_CM_128_HMAC_SHA1_32 inline:NzB4d1B", "key NzB4d1B"),
        ("a=cpar: a=ice-pwd:secret", "pwd secret"),
        ("a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time", ""),
        ("a=tool:libavformat 58.29.100", ""),
        ("a=fmtp:96 profile-level-id=42e01f;x=10.1.2.3", "address 10.1.2.3"),
        (
            f"a=x-peer:{UUID} at fe80::1:2 (jdoe@company.com)",
            f"stream {UUID}, address fe80::1:2, mail jdoe@company.com",
        ),
        (f"a=x-host:{UUID}.local https://turn.company.com:3478", f"address {UUID}.local, address turn.company.com"),
        ("a=x-version:1.2.3 12:30:45 std::map", ""),
        (f"this is no SDP: 10.1.2.3, {DIGEST}", f"address 10.1.2.3, fingerprint {DIGEST}"),
        (
            "v=0 o=jdoe 3724394400 2 IN IP4 10.1.2.3 s=Meeting t=0 0 a=ice-ufrag:lNnd",
            "user jdoe, session 3724394400 2, address 10.1.2.3, title Meeting, ufrag lNnd",
        ),
        ("c=IN IP4 host.lan\\r\\ns=Meeting\\r\\n", "address host.lan, title Meeting"),
        ('{"sdp": "a=setup:active\\r\\na=ssrc:1234567 cname:abcdefgh\\r\\n"}', "ssrc 1234567, cname abcdefgh"),
        ("v=0\\r\\na=ice-ufrag:lNnd\\r\\na=mid:0", "ufrag lNnd"),
        (
            '{"candidate":"candidate:1 1 udp 1 10.1.2.3 5000 typ host","usernameFragment":"lNnd"}',
            "foundation 1, address 10.1.2.3, port 5000, ufrag lNnd",
        ),
    ],
)
def test_private_values(line: str, values: str) -> None:
    found = [f"{kind.name} {line[start:end]}" for start, end, kind in read(line).places]
    assert ", ".join(found) == values


@pytest.mark.parametrize(
    ("line", "stretches"),
    [
        ("a=mid:0", []),
        ("a=x-unknown:some thing", ["some thing"]),
        ("X=what", ["what"]),
        ("no line at all", ["no line at all"]),
    ],
)
def test_stretches_of_which_nothing_is_known(line: str, stretches: list[str]) -> None:
    assert [line[start:end] for start, end in read(line).unknown] == stretches


def test_long_lines_take_time_in_proportion() -> None:
    for beginning, piece in [
        ("e=", "a"),
        ("a=x:", "a."),
        ("a=x:", "://a"),
        ("a=control:", "a:/"),
        ("p=", "1 "),
        ("", "a=b"),
    ]:
        read(beginning + piece * (200_000 // len(piece)))  # quadratic time would be hours
