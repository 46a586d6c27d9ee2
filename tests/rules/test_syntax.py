"""The rules of the text itself, where two examples do not show enough."""

import pytest

from sdpkit.finding import Finding, Severity
from sdpkit.rules import Profile, validate
from sdpkit.rules.examples import OFFER, changed
from sdpkit.rules.fixing import apply
from sdpkit.rules.syntax import nearest
from sdpkit.sdp.parser import parse

TEXT = changed(OFFER, "")


def found(text: str, code: str, profile: Profile = Profile.WEBRTC) -> list[Finding]:
    report = validate(text, "offer", profile=profile, pedantic=True)
    return [finding for finding in report.findings if finding.code == code]


def cited(text: str, finding: Finding) -> str:
    """The piece of the text that a finding is about."""
    line = parse(text).lines[finding.span.line - 1].text
    return line[finding.span.start - 1 : finding.span.end - 1]


def codes(text: str) -> set[str]:
    return {finding.code for finding in validate(text, "offer", profile=Profile.WEBRTC).findings}


def quoted(text: str) -> str:
    """The text as it stands in a JSON string."""
    return text.replace("\r\n", "\\r\\n")


@pytest.mark.parametrize(
    "text",
    [
        f'{{"type":"offer","sdp":"{quoted(TEXT)}"}}',
        f'{{"type":"offer","sdp":"{quoted(TEXT)}"}}\n',
        f'{{"room": 1, "data": {{"sdp": "{quoted(TEXT)}"}}}}',
        f'[{{"sdp": "{quoted(TEXT)}"}}]',
        f'"{quoted(TEXT)}"',
    ],
)
def test_sdp_is_taken_out_of_json(text: str) -> None:
    [finding] = found(text, "SYN002")
    assert finding.fix is not None
    assert finding.fix.safe
    assert str(apply(parse(text), finding.fix)) in (TEXT, TEXT.replace("\r\n", "\n"))


@pytest.mark.parametrize(
    "text",
    ['{"error": "no such room"}', "{}", "[" * 100_000, '{"sdp": 1}', '"text"', "v=0\r\n", "{v=0", '{"a": 1'],
    ids=str.strip,
)
def test_json_without_sdp_has_no_fix(text: str) -> None:
    assert all(finding.fix is None for finding in found(text, "SYN002"))


@pytest.mark.parametrize("escape", ["\\r\\n", "\\n", "\\r", "↵"])
@pytest.mark.parametrize("end", ["", "\r\n"])
def test_escapes_become_line_ends(escape: str, end: str) -> None:
    text = TEXT.replace("\r\n", escape) + end
    [finding] = found(text, "SYN003")
    assert cited(text, finding) == escape
    assert finding.fix is not None
    assert str(apply(parse(text), finding.fix)) == TEXT
    assert codes(text).isdisjoint({"SES001", "SYN004", "SYN005"})


def test_backslashes_within_a_name_are_no_line_ends() -> None:
    assert found(changed(OFFER, "-s=-\n+s=a\\n"), "SYN003") == []


@pytest.mark.parametrize("separator", ["", " "])
def test_lost_line_ends_are_guessed(separator: str) -> None:
    text = TEXT.replace("\r\n", separator)
    [finding] = found(text, "SYN004")
    assert finding.fix is not None
    assert not finding.fix.safe
    fixed = apply(parse(text), finding.fix)
    assert len(fixed.media) == 3
    assert fixed.lines[-1].ending == "\r\n"
    assert codes(text).isdisjoint({"SES001", "SES016", "SYN005"})


def test_many_parameters_are_not_many_lines() -> None:
    assert found(changed(OFFER, "+a=fmtp:96 a=1; b=2; c=3; m=4; v=0"), "SYN004") == []


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (TEXT.removesuffix("\r\n"), "SYN005", 60, 26),
        (TEXT.replace("\r\n", "\n"), "SYN006", 1, 4),
        (TEXT.replace("s=-\r\n", "s=-\n"), "SYN006", 3, 4),
        (TEXT.replace("\r\n", "\r"), "SYN007", 1, 4),
        (TEXT.replace("\r\n", "\r\r\n"), "SYN007", 1, 4),
    ],
)
def test_line_ends_are_mended(text: str, code: str, line: int, column: int) -> None:
    [finding] = found(text, code)
    assert (finding.span.line, finding.span.start) == (line, column)
    assert finding.fix is not None
    assert str(apply(parse(text), finding.fix)) == TEXT


@pytest.mark.parametrize(
    ("change", "piece", "severity", "safe"),
    [
        ("-v=0\n+\ufeffv=0", "\ufeff", Severity.ERROR, True),
        ("-a=mid:0\n+a=mid:0\u200b", "\u200b", Severity.ERROR, True),
        ("-a=mid:0\n+a=mid:0\u2013", "\u2013", Severity.ERROR, False),
        ("-a=ice-ufrag:abcd\n+a=ice-ufrag:äbcd", "ä", Severity.ERROR, None),
        ("-s=-\n+s=Gespräch", "ä", Severity.WARNING, None),
        ("-a=ssrc:1001…\n+a=ssrc:1001 cname:ä", "ä", Severity.WARNING, None),
        ("-s=-\n+s=-\n+i=„so“", "„", Severity.WARNING, None),
    ],
)
def test_characters_beyond_ascii(change: str, piece: str, severity: Severity, safe: bool | None) -> None:
    text = changed(OFFER, change)
    [finding] = found(text, "SYN009")
    assert (cited(text, finding), finding.severity) == (piece, severity)
    assert (finding.fix and finding.fix.safe) == safe


def test_names_of_people_are_in_utf8() -> None:
    text = changed(OFFER, "-s=-\n+s=Gespräch")
    assert found(text, "SYN009", Profile.SIP) == []
    assert validate(text.encode("latin-1").decode("utf-8", "surrogateescape")).findings


@pytest.mark.parametrize(
    ("change", "code", "right"),
    [
        ("-t=0 0\n+t=0 0\n+   ", "SYN008", None),
        ("-t=0 0\n+> t=0 0", "SYN010", "t=0 0"),
        ("-t=0 0\n+\tt=0 0", "SYN010", "t=0 0"),
        ("-a=mid:0\n+a=mid: 0", "SYN011", "a=mid:0"),
        ("-a=mid:0\n+a=mid:0\t", "SYN011", "a=mid:0"),
        ("-a=rtcp-mux\n+a=rtcp-mux ", "SYN011", "a=rtcp-mux"),
        ("-t=0 0\n+t =0 0", "SYN012", "t=0 0"),
        ("-t=0 0\n+t= 0 0", "SYN012", "t=0 0"),
        ("-m=audio…\n+m=audio\t9\tUDP/TLS/RTP/SAVPF\t111\t0", "SYN015", "m=audio 9 UDP/TLS/RTP/SAVPF 111 0"),
        (
            "-a=candidate:1…\n+a=candidate:1 1 udp 1 192.0.2.1 1 typ  host",
            "SYN015",
            "a=candidate:1 1 udp 1 192.0.2.1 1 typ host",
        ),
        ("-s=-\n+S=-", "SYN019", "s=-"),
        ("-m=audio…\n+M=audio 9 UDP/TLS/RTP/SAVPF 111", "SYN019", "m=audio 9 UDP/TLS/RTP/SAVPF 111"),
    ],
)
def test_what_the_parser_finds_has_a_fix(change: str, code: str, right: str | None) -> None:
    text = changed(OFFER, change)
    [finding] = found(text, code)
    assert finding.fix is not None
    assert finding.fix.safe
    assert [edit.text for edit in finding.fix.edits] == [right]


@pytest.mark.parametrize(
    ("line", "severity"),
    [
        ("a=mid:0", Severity.ERROR),
        ("a=setup:actpass", Severity.ERROR),
        ("a=rtpmap:111 opus/48000/2", Severity.WARNING),
        ("a=sendrecv", Severity.WARNING),
    ],
)
def test_some_blanks_are_worse(line: str, severity: Severity) -> None:
    [finding] = found(changed(OFFER, f"-{line}\n+{line} "), "SYN011")
    assert finding.severity is severity


@pytest.mark.parametrize("line", ["s= ", "i= x", "a=tool: x ", "a=x-unknown:1 "])
def test_texts_may_have_blanks_around(line: str) -> None:
    assert codes(changed(OFFER, f"-s=-\n+s=-\n+{line}")).isdisjoint({"SYN011", "SYN012"})


FINGERPRINT = "a=fingerprint:sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB"


@pytest.mark.parametrize(
    ("first", "rest", "whole"),
    [
        ("a=fingerprint:sha-1", " 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB", FINGERPRINT),
        ("a=fingerprint:sha-1", "4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB", FINGERPRINT),
        ("a=fingerprint:sha-1 4A:AD:B9:B1:3F:82:18", ":3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB", FINGERPRINT),
        ("a=ice-pwd:0123456789ab", "cdefghijkl", "a=ice-pwd:0123456789abcdefghijkl"),
    ],
)
def test_wrapped_lines_are_joined(first: str, rest: str, whole: str) -> None:
    text = changed(OFFER, f"-a=setup:actpass\n+{first}\n+{rest}\n+a=setup:actpass")
    [finding] = found(text, "SYN017")
    assert cited(text, finding) == rest
    assert finding.fix is not None
    assert finding.fix.edits[0].text == whole


@pytest.mark.parametrize("rest", ["garbage", "", "  a=mid:7", "Best regards", "> a=mid:7"])
def test_other_lines_are_no_rest(rest: str) -> None:
    assert found(changed(OFFER, f"-t=0 0\n+t=0 0\n+{rest}"), "SYN017") == []


@pytest.mark.parametrize(
    ("before", "behind", "pieces"),
    [
        ("Here is my offer:\r\n", "", ["Here is my offer:"]),
        ("```\r\n", "```\r\n", ["```"]),
        ("", "```\r\n", ["```"]),
        ("", "-- \r\nBest regards\r\n", ["-- "]),
        ("", TEXT, ["v=0"]),
    ],
)
def test_only_one_description_is_taken(before: str, behind: str, pieces: list[str]) -> None:
    text = before + TEXT + behind
    findings = found(text, "SYN018")
    assert [cited(text, finding) for finding in findings] == pieces
    assert "SES003" not in codes(text)
    if behind != TEXT:
        assert findings[0].fix is not None
        assert str(apply(parse(text), findings[0].fix)) == TEXT


def test_entities_of_html() -> None:
    text = changed(OFFER, "-a=fmtp:111…\n+a=fmtp:111 minptime=10;x=&quot;1&quot;")
    [finding] = found(text, "SYN018")
    assert cited(text, finding) == "&quot;"
    assert found(changed(OFFER, "-s=-\n+s=&amp;"), "SYN018") == []


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Mid", "mid"),
        ("ice-ufrg", "ice-ufrag"),
        ("ice_ufrag", "ice-ufrag"),
        ("finger-print", "fingerprint"),
        ("fignerprint", "fingerprint"),
        ("rtpmpa", "rtpmap"),
        ("mod", None),
        ("x-mid", None),
        ("x-google-flag", None),
        ("rtcp-xr", None),
        ("rtpmap-x", None),
    ],
)
def test_nearest(word: str, meant: str | None) -> None:
    assert nearest(word, ["mid", "ice-ufrag", "ice-pwd", "fingerprint", "rtpmap", "rtcp-rsize"]) == meant


def test_mistyped_names_are_cited() -> None:
    text = changed(OFFER, "-a=ice-ufrag:abcd\n+a=Ice-Ufrag:abcd")
    [finding] = found(text, "SYN020")
    assert cited(text, finding) == "Ice-Ufrag"
    assert finding.fix is not None
    assert finding.fix.edits[0].text == "a=ice-ufrag:abcd"


@pytest.mark.parametrize(
    "lines", ["a=mid:0", "a=sendrecv", "a=inactive", "a=ice-pwd:x", "a=rtcp-mux", "a=setup:active"]
)
def test_attributes_for_once(lines: str) -> None:
    [finding] = found(changed(OFFER, f"-a=rtcp-mux\n+a=rtcp-mux\n+{lines}"), "SYN021")
    assert len(finding.related) == 1


@pytest.mark.parametrize(
    ("change", "piece"),
    [
        ("-t=0 0\n+t=0 0\n+a=candidate:1 1 udp 1 192.0.2.1 1 typ host", "a=candidate"),
        ("-t=0 0\n+t=0 0\n+a=rtcp-fb:* nack", "a=rtcp-fb"),
        ("-a=mid:0\n+a=mid:0\n+a=group:BUNDLE 0", "a=group"),
    ],
)
def test_levels(change: str, piece: str) -> None:
    text = changed(OFFER, change)
    [finding] = found(text, "SYN022")
    assert cited(text, finding) == piece


def test_fragments_have_attributes_of_sections_before_the_first() -> None:
    fragment = (
        "a=ice-ufrag:abcd\na=ice-pwd:0123456789abcdefghijkl\na=mid:0\na=candidate:1 1 udp 1 192.0.2.1 1 typ host\n"
    )
    assert codes(fragment).isdisjoint({"SYN022", "SES001", "SES008", "SES016"})


@pytest.mark.parametrize("text", ["", " ", "\r\n", "hello", "hello\r\n", "<html>\r\n", "null"])
def test_what_is_no_sdp_lacks_no_lines(text: str) -> None:
    assert codes(text).isdisjoint({"SES001", "SES016", "SYN018", "SYN004"})
