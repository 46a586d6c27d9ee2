"""The rules of the session part, where two examples do not show enough."""

import pytest

from sdpkit.finding import Finding
from sdpkit.rules import Profile, validate
from sdpkit.rules.examples import OFFER, changed
from sdpkit.rules.fixing import apply
from sdpkit.sdp.parser import parse


def found(text: str, code: str, profile: Profile = Profile.WEBRTC) -> list[Finding]:
    report = validate(text, "offer", profile=profile, pedantic=True)
    return [finding for finding in report.findings if finding.code == code]


def cited(text: str, finding: Finding) -> str:
    """The piece of the text that a finding is about."""
    line = parse(text).lines[finding.span.line - 1].text
    return line[finding.span.start - 1 : finding.span.end - 1]


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        ("-v=0", ["there is no v= line"]),
        ("-o=…", ["there is no o= line"]),
        ("-s=-", ["there is no s= line"]),
        ("-s=-\n-t=0 0", ["there is no s= line", "there is no t= line"]),
        ("-v=0\n-o=…\n-s=-\n-t=0 0", [f"there is no {letter}= line" for letter in "vost"]),
        ("-t=0 0\n+T=0 0", []),
        ("-t=0 0\n+ t=0 0", []),
        ("-t=0 0\n-a=mid:0\n+a=mid:0\n+t=0 0", []),
    ],
)
def test_missing_lines(change: str, messages: list[str]) -> None:
    assert [finding.message for finding in found(changed(OFFER, change), "SES001")] == messages


@pytest.mark.parametrize("line", ["s=-", "t=0 0"])
def test_missing_lines_are_added_where_they_belong(line: str) -> None:
    text = changed(OFFER, f"-{line}")
    [finding] = found(text, "SES001")
    assert finding.fix is not None
    assert str(apply(parse(text), finding.fix)) == changed(OFFER, "")


@pytest.mark.parametrize(
    ("change", "pieces"),
    [
        ("-s=-\n-t=0 0\n+t=0 0\n+s=-", ["s=-"]),
        ("-t=0 0\n+t=0 0\n+r=7d 1h 0\n+t=0 0", []),
        ("-t=0 0\n+t=0 0\n+c=IN IP4 192.0.2.1\n+b=AS:5", ["c=IN IP4 192.0.2.1", "b=AS:5"]),
        ("-a=mid:0\n+a=mid:0\n+b=AS:5", ["b=AS:5"]),
        ("-a=mid:0\n+a=mid:0\n+t=0 0", ["t=0 0"]),
        ("-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+i=x", []),
    ],
)
def test_order(change: str, pieces: list[str]) -> None:
    text = changed(OFFER, change)
    assert [cited(text, finding) for finding in found(text, "SES003")] == pieces


def test_order_is_restored() -> None:
    text = changed(OFFER, "-s=-\n-t=0 0\n-a=group:BUNDLE 0 1 2\n+a=group:BUNDLE 0 1 2\n+t=0 0\n+s=-")
    finding = found(text, "SES003")[0]
    assert finding.fix is not None
    assert str(apply(parse(text), finding.fix)) == changed(OFFER, "")


@pytest.mark.parametrize(
    ("origin", "piece"),
    [
        ("- abc 2 IN IP4 127.0.0.1", "abc"),
        ("- -5 2 IN IP4 127.0.0.1", "-5"),
        ("- 1 x IN IP4 127.0.0.1", "x"),
        ("- 9223372036854775808 2 IN IP4 127.0.0.1", "9223372036854775808"),
        ("- 1 12345678901234567890123 IN IP4 127.0.0.1", "12345678901234567890123"),
        ("- ٣ 2 IN IP4 127.0.0.1", "٣"),
        ("- 9223372036854775807 2 IN IP4 127.0.0.1", None),
        ("mozilla...THIS_IS_SDPARTA-99.0 1 0 IN IP4 0.0.0.0", None),
    ],
)
def test_numbers_of_the_origin(origin: str, piece: str | None) -> None:
    text = changed(OFFER, f"-o=…\n+o={origin}")
    assert [cited(text, finding) for finding in found(text, "SES005")] == ([] if piece is None else [piece])


@pytest.mark.parametrize("line", ["c=IN IP4 192.0.2.1", "s=x", "v=0"])
def test_lines_for_once(line: str) -> None:
    text = changed(OFFER, f"-t=0 0\n+{line}\n+{line}\n+t=0 0")
    assert found(text, "SES007")


@pytest.mark.parametrize(
    ("line", "piece", "right"),
    [
        ("IN IP6 0.0.0.0", "IP6", "c=IN IP4 0.0.0.0"),
        ("IN IP4 2001:db8::1", "IP4", "c=IN IP6 2001:db8::1"),
        ("IN IP4 999.1.1.1", "999.1.1.1", None),
        ("IN IP4 999", "999", None),
        ("IN IP6 2001:db8:::1", "2001:db8:::1", None),
        ("ATM IP4 0.0.0.0", "ATM", None),
        ("IN IP5 0.0.0.0", " IP5 ", None),
    ],
)
def test_addresses(line: str, piece: str, right: str | None) -> None:
    text = changed(OFFER, f"-c=…\n+c={line}")
    [finding] = found(text, "SES009")
    assert cited(text, finding) == piece
    assert (finding.fix and finding.fix.edits[0].text) == right


@pytest.mark.parametrize("line", ["IN IP4 host.example", "IN IP6 ::", "IN IP4 192.168.xxx.xxx", "IN IP6 ff02::1/3"])
def test_good_addresses(line: str) -> None:
    assert found(changed(OFFER, f"-c=…\n+c={line}"), "SES009") == []


def test_telephones_have_networks_of_their_own() -> None:
    assert found(changed(OFFER, "-c=…\n+c=PSTN E164 +15551234"), "SES009", Profile.SIP) == []


@pytest.mark.parametrize(
    ("address", "profile", "wrong"),
    [
        ("IP4 233.252.0.1/127", Profile.WEBRTC, True),
        ("IP4 233.252.0.1/127", Profile.ST2110, False),
        ("IP4 233.252.0.1/127/2", Profile.ST2110, False),
        ("IP4 233.252.0.1", Profile.ST2110, True),
        ("IP4 233.252.0.1/300", Profile.ST2110, True),
        ("IP6 ff15::101/3", Profile.ST2110, False),
        ("IP6 ff15::101/127/3", Profile.ST2110, True),
        ("IP4 192.0.2.1/127", Profile.SIP, True),
        ("IP4 192.0.2.1", Profile.SIP, False),
    ],
)
def test_multicast(address: str, profile: Profile, wrong: bool) -> None:
    assert bool(found(changed(OFFER, f"-c=…\n+c=IN {address}"), "SES010", profile)) == wrong


@pytest.mark.parametrize(("line", "wrong"), [("AS:500", 1), ("CT:500", 0), ("TIAS:5", 0), ("RR:0", 0), ("X-y:1", 1)])
def test_bandwidth_of_the_session(line: str, wrong: int) -> None:
    assert len(found(changed(OFFER, f"-t=0 0\n+b={line}\n+t=0 0"), "SES013")) == wrong


@pytest.mark.parametrize("line", ["AS", "AS:abc", "AS:-1", "AS:1.5", ":5"])
def test_malformed_bandwidth(line: str) -> None:
    [finding] = found(changed(OFFER, f"-t=0 0\n+b={line}\n+t=0 0"), "SES012")
    assert finding.fix is not None
    assert not finding.fix.safe


def test_no_connection_in_several_sections() -> None:
    text = changed(OFFER, "-c=…\n-c=…")
    assert len(found(text, "SES008")) == 2
    assert found(changed(text, "-t=0 0\n+c=IN IP4 0.0.0.0\n+t=0 0"), "SES008") == []


def test_placeholders_do_not_differ() -> None:
    assert found(changed(OFFER, "-c=…\n+c=IN IP4 192.0.2.1"), "SES017") == []
