"""ICE candidates: in a line, bare, in JSON; with pairs in any order."""

from itertools import permutations

import pytest

from sdpkit.finding import SDPError
from sdpkit.ice.address import Family, Scope
from sdpkit.ice.candidate import Candidate, CandidateInit
from sdpkit.ice.priority import Priority

HOST = Candidate("1", 1, "udp", 2122260223, "192.0.2.1", 5000, "host")
HEAD = "1 1 udp 2122260223 192.0.2.1 5000 typ host"
LONG = "9" * 21


def host(**fields: object) -> Candidate:
    return Candidate("1", 1, "udp", 2122260223, "192.0.2.1", 5000, "host", **fields)  # type: ignore[arg-type]


# What stands behind the head, and the candidate.
PAIRS = [
    ("", HOST),
    (" raddr 10.0.0.1 rport 9", host(raddr="10.0.0.1", rport=9)),
    (" raddr 0.0.0.0 rport 0", host(raddr="0.0.0.0", rport=0)),
    (" raddr 10.0.0.1", host(raddr="10.0.0.1")),
    (" rport 9", host(rport=9)),
    (" tcptype so generation 0", host(tcptype="so", generation=0)),
    (
        " generation 0 ufrag 0993 network-id 1 network-cost 10",
        host(generation=0, ufrag="0993", network_id=1, network_cost=10),
    ),
    (" network-cost 999", host(network_cost=999)),
    # in another order
    (" rport 9 raddr 10.0.0.1", host(raddr="10.0.0.1", rport=9, order=("rport", "raddr"))),
    (" ufrag a generation 1", host(ufrag="a", generation=1, order=("ufrag", "generation"))),
    (" network-cost 50 network-id 2", host(network_id=2, network_cost=50, order=("network-cost", "network-id"))),
    # unknown ones, before, between and after
    (" foo bar", host(extensions=(("foo", "bar"),))),
    (" foo bar foo baz", host(extensions=(("foo", "bar"), ("foo", "baz")))),
    (" generation 0 foo bar", host(generation=0, extensions=(("foo", "bar"),))),
    (" foo bar generation 0", host(generation=0, extensions=(("foo", "bar"),), order=("foo", "generation"))),
    (
        " foo 1 ufrag a foo 2",
        host(ufrag="a", extensions=(("foo", "1"), ("foo", "2")), order=("foo", "ufrag", "foo")),
    ),
    (" foo typ typ foo", host(extensions=(("foo", "typ"), ("typ", "foo")))),
    # a name without a value
    (" foo", host(extensions=(("foo", None),))),
    (" generation", host(extensions=(("generation", None),))),
    (" ufrag a foo", host(ufrag="a", extensions=(("foo", None),))),
    # values that do not fit, and pairs that come twice, stay text
    (" generation one", host(extensions=(("generation", "one"),))),
    (" generation -1 ufrag a", host(ufrag="a", extensions=(("generation", "-1"),), order=("generation", "ufrag"))),
    (" generation 1 generation 2", host(generation=1, extensions=(("generation", "2"),))),
    (" generation x generation 2", host(extensions=(("generation", "x"), ("generation", "2")))),
    (" ufrag a ufrag b", host(ufrag="a", extensions=(("ufrag", "b"),))),
    (f" foo bar generation {LONG}", host(extensions=(("foo", "bar"), ("generation", LONG)))),
    (" generation ٣", host(extensions=(("generation", "٣"),))),
]

# Candidates of programs, in one line each.
LINES = [
    "0123 1 UDP 2130706431 192.0.2.1 5000 typ host",
    "1e5 1 udp 1 192.0.2.1 5000 typ host",
    "+/aB 256 udp 4294967295 2001:db8::1 0 typ srflx raddr :: rport 0",
    "3 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active generation 0 ufrag eZ5z network-id 1 network-cost 10",
    "4 1 TCP 1518280447 192.0.2.1 9 typ srflx raddr 192.168.1.5 rport 9 tcptype passive",
    "5 2 udp 1 192.168.xxx.xxx 5001 typ relay raddr 0.0.0.0 rport 0 generation 0 network-id 3",
    "6 1 udp 1 0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0.local 5000 typ host generation 0 ufrag 1Zr7 network-cost 999",
    "7 1 udp 1 peer.example.com 5000 typ host",
    "8 1 udp 1 fe80::1%eth0 5000 typ host",
    "9 1 dccp 1 192.0.2.1 99999 typ new-kind",
]

WRONG = [
    ("", "TRK007", 1, 2),
    ("candidate:", "TRK007", 1, 11),
    ("a=candidate: ", "TRK007", 1, 13),
    ("candidate:1", "ICE020", 12, 13),
    ("a=candidate:1 rtp udp 1 192.0.2.1 9 typ host", "ICE020", 15, 18),
    ("1 1 udp 1 192.0.2.1 9 foo host", "ICE020", 22, 26),
    ("1 1 udp 1 192.0.2.1 9 typ", "ICE020", 22, 26),
    ("1 1 udp 1 192.0.2.1 9  typ host", "ICE020", 22, 23),
    ("1 1 udp -1 192.0.2.1 9 typ host", "ICE020", 9, 11),
    ("1 ١ udp 1 192.0.2.1 9 typ host", "ICE020", 3, 4),
    ("1 1 udp 1 192.0.2.1 9 typ host  generation 0", "ICE020", 32, 43),
    ("m=audio 9 RTP/AVP 0", "ICE020", 20, 21),
    ("{", "TRK004", 1, 2),
    ('{"sdpMid":"0"}', "TRK004", 1, 15),
    ('{"candidate":1}', "TRK004", 1, 16),
    ('{"candidate":""}', "TRK007", 1, 2),
    (' {"candidate":"candidate:1"}', "ICE020", 12, 13),
]


@pytest.mark.parametrize(("pairs", "candidate"), PAIRS)
def test_pairs_both_ways(pairs: str, candidate: Candidate) -> None:
    assert Candidate.decode(HEAD + pairs) == candidate
    assert candidate.encode() == HEAD + pairs


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("prefix", ["", "candidate:", "a=candidate:"])
def test_lines_both_ways(prefix: str, line: str) -> None:
    candidate = Candidate.parse(prefix + line)
    assert candidate == Candidate.decode(line)
    assert candidate.encode() == line
    assert str(candidate) == f"candidate:{line}"


KNOWN = [
    "raddr 10.0.0.1",
    "rport 9",
    "tcptype so",
    "generation 0",
    "ufrag abcd",
    "network-id 1",
    "network-cost 10",
    "foo bar",
]


@pytest.mark.parametrize("count", [2, 3, 4])
def test_every_order(count: int) -> None:
    for pairs in permutations(KNOWN, count):
        line = f"{HEAD} {' '.join(pairs)}"
        candidate = Candidate.decode(line)
        assert candidate.encode() == line
        for pair in pairs:
            name, value = pair.split(" ")
            if name == "foo":
                assert candidate.extensions == (("foo", "bar"),)
            else:
                assert str(getattr(candidate, name.replace("-", "_"))) == value


def test_fields() -> None:
    candidate = Candidate.parse("a=candidate:4 2 TCP 1518280446 2001:db8::1 9 typ srflx raddr ::1 rport 8 tcptype so")
    assert (candidate.foundation, candidate.component, candidate.transport) == ("4", 2, "TCP")
    assert (candidate.priority, candidate.address, candidate.port) == (1518280446, "2001:db8::1", 9)
    assert (candidate.typ, candidate.raddr, candidate.rport, candidate.tcptype) == ("srflx", "::1", 8, "so")
    assert candidate.priority_parts == Priority(90, 32542, 2)
    assert (candidate.family, candidate.scope) == (Family.IP6, Scope.DOCUMENTATION)


@pytest.mark.parametrize(("text", "code", "start", "end"), WRONG)
def test_wrong(text: str, code: str, start: int, end: int) -> None:
    with pytest.raises(SDPError) as caught:
        Candidate.parse(text)
    (finding,) = caught.value.findings
    assert (finding.code, finding.span.line, finding.span.start, finding.span.end) == (code, 1, start, end)


INITS = [
    (f'{{"candidate":"candidate:{HEAD}"}}', CandidateInit(f"candidate:{HEAD}")),
    (
        f'{{"candidate":"candidate:{HEAD}","sdpMid":"audio","sdpMLineIndex":0,"usernameFragment":"8hhY"}}',
        CandidateInit(f"candidate:{HEAD}", "audio", 0, "8hhY"),
    ),
    ('{"candidate":"","sdpMid":"0"}', CandidateInit("", "0")),
]


@pytest.mark.parametrize(("text", "init"), INITS)
def test_json_both_ways(text: str, init: CandidateInit) -> None:
    assert CandidateInit.parse(text) == init
    assert str(init) == text


@pytest.mark.parametrize(
    "text",
    [
        f'{{"candidate":"candidate:{HEAD}"}}',
        f' {{ "sdpMid": null, "candidate": "{HEAD}", "other": [1] }}\n',
        f'{{"candidate":"a=candidate:{HEAD}","sdpMLineIndex":null}}',
    ],
)
def test_candidate_in_json(text: str) -> None:
    assert Candidate.parse(text) == HOST


def test_json_that_is_no_unicode() -> None:
    with pytest.raises(SDPError):
        Candidate.parse('{"candidate":"\ud800"}')


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_whole_line(ending: str) -> None:
    assert Candidate.parse(f"a=candidate:{HEAD}{ending}") == HOST
