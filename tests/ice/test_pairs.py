"""Checklists: which pairs there are, in which order and state, which are left out and why, and what cannot work."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdpkit import pairs, parse
from sdpkit.ice.candidate import Candidate
from sdpkit.ice.checklist import Checklist, ChecklistSet
from sdpkit.ice.ordering import pair_priority
from sdpkit.strategies import broken_texts, candidates, descriptions

HOST = "1 1 udp 2122260223 192.168.1.5 5000 typ host"
SRFLX = "2 1 udp 1686052607 203.0.113.7 6000 typ srflx raddr 192.168.1.5 rport 5000"
RELAY = "3 1 udp 58663167 203.0.113.5 7000 typ relay raddr 203.0.113.7 rport 6000"
IPV6 = "4 1 udp 2122262783 2001:db8::5 5001 typ host"
THEIRS = "5 1 udp 2113937151 192.168.1.9 8000 typ host"
THEIR_SRFLX = "6 1 udp 1677729535 198.51.100.9 8001 typ srflx raddr 192.168.1.9 rport 8000"


def read(lines: list[str]) -> list[Candidate]:
    return [Candidate.decode(line) for line in lines]


def checked(local: list[str], remote: list[str], controlling: bool = True, limit: int = 100) -> Checklist:
    """The one checklist of candidates."""
    (checklist,) = pairs(read(local), read(remote), controlling, limit=limit).checklists
    return checklist


def listed(checklist: Checklist) -> list[tuple[int, int]]:
    """The ports of the pairs, in their order."""
    return [(pair.local.port, pair.remote.port) for pair in checklist.pairs]


def why(checklist: Checklist) -> dict[str, int]:
    """How many pairs are left out for which kind of reason."""
    counts: Counter[str] = Counter()
    for group in checklist.left_out:
        counts[group.kind] += group.count
    return dict(counts)


# --- order, priority, foundation, state ---


def test_pairs_stand_in_the_order_of_their_priorities() -> None:
    checklist = checked([RELAY, IPV6, HOST], [THEIR_SRFLX, THEIRS])
    assert listed(checklist) == [(5000, 8000), (5000, 8001), (7000, 8000), (7000, 8001)]
    assert [pair.number for pair in checklist.pairs] == [1, 2, 3, 4]
    first = checklist.pairs[0]
    assert (first.priority, first.foundation) == (9079290933588934143, "1:5")
    assert (first.component, first.checked_by, first.state) == (1, ("local", "remote"), "waiting")


def test_the_controlled_side_has_the_same_priorities() -> None:
    ours, theirs = checked([HOST], [THEIRS]), checked([THEIRS], [HOST], controlling=False)
    assert ours.pairs[0].priority == theirs.pairs[0].priority == 9079290933588934143


def test_one_pair_of_a_foundation_waits_and_it_is_that_of_the_lowest_component() -> None:
    """RFC 8445 §6.1.2.6."""
    local = [HOST, HOST.replace("1 1", "1 2", 1).replace("2122260223", "2130706430"), IPV6]
    remote = [THEIRS, THEIRS.replace("5 1", "5 2", 1), "5 1 udp 1 192.168.1.10 8003 typ host"]
    checklist = checked(local, remote)
    states = {(pair.component, pair.remote.port): pair.state for pair in checklist.pairs}
    assert states == {(2, 8000): "frozen", (1, 8000): "waiting", (1, 8003): "frozen"}


def test_a_foundation_that_an_earlier_checklist_has_stays_frozen() -> None:
    section = f"m=audio 9 RTP/SAVPF 0\r\na=ice-ufrag:abcd\r\na=candidate:{HOST}\r\n"
    other = f"m=video 9 RTP/SAVPF 31\r\na=ice-ufrag:abcd\r\na=candidate:{HOST}\r\na=candidate:{IPV6}\r\n"
    first, second = pairs(f"v=0\r\n{section}{other}", f"v=0\r\n{section}{other}").checklists
    assert [pair.state for pair in first.pairs] == ["waiting"]
    assert {pair.foundation: pair.state for pair in second.pairs} == {"1:1": "frozen", "4:4": "waiting"}


# --- what makes no pair ---


@pytest.mark.parametrize(
    ("local", "remote", "kind", "reason"),
    [
        (HOST, IPV6, "family", "IPv4 with IPv6"),
        (IPV6, HOST, "family", "IPv6 with IPv4"),
        (HOST, "1 1 udp 1 2001:db8:x:x::x 5 typ host", "family", "IPv4 with IPv6"),
        (IPV6, "1 1 udp 1 fe80::1 5 typ host", "link-local", "a link-local IPv6 address with one that is not"),
        (HOST, "1 2 udp 1 10.0.0.1 5 typ host", "component", "component 1 with another"),
        (HOST, "1 1 tcp 1 10.0.0.1 9 typ host tcptype active", "transport", "UDP with TCP"),
        (HOST, "1 1 tls 1 10.0.0.1 9 typ host", "transport", "the remote candidate is neither UDP nor TCP"),
        ("1 1 sctp 1 10.0.0.1 9 typ host", HOST, "transport", "the local candidate is neither UDP nor TCP"),
        (HOST, "1 1 udp 1 0.0.0.0 5 typ host", "address", "the remote candidate has no address"),
        ("1 1 udp 1 10.0.0.1 0 typ host", HOST, "address", "the local candidate has port 0"),
        (
            "1 1 udp 1 10.0.x.x 5 typ host",
            "1 1 udp 1 10.0.x.x 5 typ host",
            "address",
            "the address that checks would go to is masked",
        ),
    ],
)
def test_no_pair(local: str, remote: str, kind: str, reason: str) -> None:
    checklist = checked([local], [remote])
    assert checklist.pairs == ()
    assert [(group.kind, group.reason, group.local, group.remote) for group in checklist.left_out] == [
        (kind, reason, (0,), (0,))
    ]
    assert checklist.problem == f"no pair can be formed: {reason}"
    assert checklist.remedy


@pytest.mark.parametrize(
    ("local", "remote"),
    [
        ("fe80::1%eth0", "fe80::2"),
        ("a1.local", "192.168.1.9"),
        ("a1.local", "2001:db8::1"),
        ("2001:db8::1", "a1.local"),
        ("a1.local", "b1.local"),
        ("192.168.1.5", "sfu.example.com"),
        ("169.254.1.1", "192.168.1.1"),  # only IPv6 is said to keep its links apart
        ("::ffff:192.0.2.1", "192.0.2.2"),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_pairs_of_any_two_addresses_of_one_family(local: str, remote: str) -> None:
    checklist = checked([f"1 1 udp 9 {local} 5000 typ host"], [f"1 1 UDP 9 {remote} 8000 typ host"])
    assert listed(checklist) == [(5000, 8000)]


@pytest.mark.parametrize(
    ("local", "remote", "checked_by"),
    [
        ("active", "passive", ("local",)),
        ("active", "", ("local",)),  # taken for passive, as browsers do
        ("active", "ACTIVE", None),
        ("active", "so", None),
        ("passive", "active", ("remote",)),
        ("passive", "passive", None),
        ("passive", "so", None),
        ("so", "so", ("local", "remote")),
        ("so", "active", None),
    ],
)
def test_tcp(local: str, remote: str, checked_by: tuple[str, ...] | None) -> None:
    """RFC 6544 §6.2."""
    ours, theirs = (
        f"1 1 tcp 9 10.0.0.1 9 typ host{f' tcptype {tcptype}' if tcptype else ''}" for tcptype in (local, remote)
    )
    checklist = checked([ours], [theirs])
    found = [(pair.checked_by, pair.state) for pair in checklist.pairs]
    if checked_by is None:
        assert (found, why(checklist)) == ([], {"tcp": 1})
    else:
        assert found == [(checked_by, "waiting" if "local" in checked_by else None)]


def test_nobody_sends_to_a_masked_address_but_its_side_does() -> None:
    masked = HOST.replace("1.5", "xxx.xxx")
    ours, theirs = checked([masked], [THEIRS]), checked([HOST], [masked])
    assert [(pair.checked_by, pair.state) for pair in ours.pairs] == [(("local",), "waiting")]
    assert [(pair.checked_by, pair.state) for pair in theirs.pairs] == [(("remote",), None)]
    # the remote side can send to the reflexive address of the same base
    both = checked([masked, SRFLX.replace("192.168.1.5 rport 5000", "192.168.xxx.xxx rport 5000")], [THEIRS])
    assert [pair.checked_by for pair in both.pairs] == [("local", "remote")]


def test_rtcp_has_no_component_with_rtcp_mux() -> None:
    second = f"a=candidate:{HOST.replace('1 1', '1 2', 1)}\r\n"
    section = f"m=audio 9 RTP/SAVPF 0\r\na=ice-ufrag:abcd\r\na=rtcp-mux\r\na=candidate:{HOST}\r\n{second}"
    (muxed,) = pairs(f"v=0\r\n{section}", f"v=0\r\n{section}").checklists
    assert ([pair.component for pair in muxed.pairs], why(muxed)) == ([1], {"component": 3})
    assert {group.reason for group in muxed.left_out} == {"RTCP has no component of its own (rtcp-mux)"}
    (apart,) = pairs(f"v=0\r\n{section}", f"v=0\r\n{section.replace('a=rtcp-mux', '')}").checklists
    assert ([pair.component for pair in apart.pairs], why(apart)) == ([1, 2], {"component": 2})


# --- pruning (RFC 8445 §6.1.2.4) ---


def test_a_reflexive_candidate_is_checked_from_its_base() -> None:
    checklist = checked([SRFLX, HOST], [THEIRS, THEIR_SRFLX])
    assert listed(checklist) == [(5000, 8000), (5000, 8001)]
    (group,) = checklist.left_out
    assert (group.kind, group.local, group.remote) == ("redundant", (0,), (0, 1))
    assert group.reason == "the same check as from 192.168.1.5:5000"


def test_the_pair_of_a_base_has_the_priority_of_its_best_candidate() -> None:
    better = SRFLX.replace("1686052607", "2130706431")
    checklist = checked([HOST, better], [THEIRS])
    assert listed(checklist) == [(5000, 8000)]
    assert checklist.pairs[0].priority == pair_priority(2130706431, 2113937151)


def test_a_base_that_is_not_listed_is_stood_for_by_the_reflexive_candidate() -> None:
    checklist = checked([SRFLX, SRFLX.replace("6000", "6001").replace("1686052607", "1686052606")], [THEIRS])
    assert (listed(checklist), why(checklist)) == ([(6000, 8000)], {"redundant": 1})


def test_remote_candidates_at_one_address_are_checked_once() -> None:
    checklist = checked([HOST], [THEIRS, THEIRS.replace("5 1", "9 1", 1).replace("2113937151", "1")])
    assert (listed(checklist), why(checklist)) == ([(5000, 8000)], {"redundant": 1})
    assert checklist.left_out[0].reason == "the same check as to 192.168.1.9:8000"


def test_the_same_port_of_udp_and_tcp_is_not_the_same() -> None:
    tcp = "9 1 tcp 5 192.168.1.9 8000 typ host tcptype passive"
    checklist = checked([HOST, "8 1 tcp 5 192.168.1.5 9 typ host tcptype active"], [THEIRS, tcp])
    assert (len(checklist.pairs), why(checklist)) == (2, {"transport": 2})


# --- the limit (RFC 8445 §6.1.2.5) ---


def many(count: int, first: int) -> list[str]:
    return [f"{n} 1 udp {2000000000 + n * first} 10.{first}.{n >> 8}.{n & 255} 5000 typ host" for n in range(count)]


def test_the_best_pairs_remain() -> None:
    everything = checked(many(30, 1), many(30, 2), limit=1000)
    some = checked(many(30, 1), many(30, 2), limit=70)
    assert len(everything.pairs) == 900
    assert [pair.priority for pair in some.pairs] == [pair.priority for pair in everything.pairs[:70]]
    assert why(some) == {"limit": 830}
    assert accounted(some)


def test_a_thousand_candidates_on_each_side() -> None:
    checklist = checked(many(1000, 1), many(1000, 2))
    assert (len(checklist.pairs), why(checklist)) == (100, {"limit": 999_900})
    assert checklist.pairs[0].local.foundation == checklist.pairs[0].remote.foundation == "999"


def test_the_limit_is_for_all_checklists_together() -> None:
    lines = "".join(f"a=candidate:{line}\r\n" for line in many(20, 1))
    text = "v=0\r\n" + f"m=audio 9 RTP/SAVPF 0\r\na=ice-ufrag:abcd\r\n{lines}" * 2
    assert [len(each.pairs) for each in pairs(text, text).checklists] == [50, 50]
    assert [len(each.pairs) for each in pairs(text, text, limit=1).checklists] == [0, 1]


def test_no_pairs_are_wanted() -> None:
    checklist = checked([HOST], [THEIRS], limit=0)
    assert (checklist.pairs, checklist.remedy) == ((), "allow more pairs")
    assert checked([HOST], [THEIRS], limit=-5).pairs == ()


# --- what cannot work, and what is unusual ---


def said(*lines: str, session: str = "") -> str:
    head = f"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n{session}"
    section = ["m=audio 9 UDP/TLS/RTP/SAVPF 0", "a=ice-ufrag:abcd", *lines]
    return head + "".join(f"{line}\r\n" for line in section)


OURS = f"a=candidate:{HOST}"


@pytest.mark.parametrize(
    ("offer", "answer", "problem", "remedy"),
    [
        (said(OURS), said(), "the remote side lists no candidates", "copy the description after gathering"),
        (said("a=ice-options:trickle"), said(OURS), "the local side lists no candidates yet", "they may follow"),
        (said(), said(), "neither side lists candidates", "copy the description after gathering"),
        (said().replace("a=ice-ufrag", "a=x"), said(OURS), "the local side does not use ICE", "without ICE, media"),
        (said().replace("a=ice-ufrag", "a=x"),) * 2 + ("neither side uses ICE", "without ICE, media goes to"),
        (said("a=candidate:nonsense"), said(OURS), "the local side lists no candidates", "copy the description"),
    ],
)
def test_no_candidates(offer: str, answer: str, problem: str, remedy: str) -> None:
    (checklist,) = pairs(offer, answer).checklists
    assert checklist.problem == problem
    assert (checklist.remedy or "").startswith(remedy)


def test_the_most_telling_reason_comes_first() -> None:
    masked = "1 1 udp 1 10.0.x.x 5 typ host"
    checklist = checked([masked, "1 2 udp 1 10.0.0.1 5 typ host", "1 1 tcp 1 10.0.0.1 9 typ host"], [masked])
    assert (checklist.problem or "").startswith("no pair can be formed: the address that checks would go to is masked;")
    assert checklist.remedy == "take the descriptions as they were before their addresses were masked or taken out"


def test_nothing_is_accepted() -> None:
    found = pairs(said(OURS), said(OURS).replace("m=audio 9", "m=audio 0"))
    assert (found.checklists, found.works) == ((), False)
    assert found.problems == ("no m-section is accepted: there is nothing to connect",)


@pytest.mark.parametrize(
    ("local_lite", "remote_lite", "controlling", "lite", "checked_by", "notes"),
    [
        (False, True, True, ("remote",), ("local",), ["the remote side is lite: it answers checks and sends none"]),
        (True, False, False, ("local",), ("remote",), ["the local side is lite: it answers checks and sends none"]),
        (True, True, True, ("local", "remote"), (), ["both sides are lite: nobody sends checks"]),
        (False, True, False, ("remote",), ("local",), ["the remote side is lite", "a lite side is not controlling"]),
    ],
)
def test_lite(
    local_lite: bool,
    remote_lite: bool,
    controlling: bool,
    lite: tuple[str, ...],
    checked_by: tuple[str, ...],
    notes: list[str],
) -> None:
    lines = {True: "a=ice-lite\r\n", False: ""}
    public = OURS.replace("192.168.1.5", "203.0.113.1")
    local, remote = said(public, session=lines[local_lite]), said(public, session=lines[remote_lite])
    found = pairs(local, remote, controlling)
    (pair,) = found.checklists[0].pairs
    assert (found.lite, pair.checked_by, pair.state) == (lite, checked_by, "waiting" if "local" in checked_by else None)
    assert [note[: len(start)] for note, start in zip(found.notes, notes, strict=True)] == notes
    assert [each.number for each in found.checklists[0].expected] == [1, 1, None]


def test_a_lite_side_that_would_have_to_open_a_connection() -> None:
    tcp = "a=candidate:1 1 tcp 1 10.0.0.1 9 typ host tcptype"
    (checklist,) = pairs(said(f"{tcp} passive"), said(f"{tcp} active", session="a=ice-lite\r\n")).checklists
    assert checklist.problem == "no pair can be formed: a lite side would have to open the TCP connection"


def test_unusual_addresses_and_priorities_are_told() -> None:
    local = [HOST, HOST.replace("5000", "5001"), "1 1 udp 9 a1.local 5 typ host", "1 1 udp 8 x.example.com 5 typ host"]
    assert pairs(read(local), read(["1 1 udp 7 10.0.x.x 5 typ host"])).notes == (
        "1 of 4 local addresses are .local names: only multicast DNS on the same link finds them",
        "1 of 4 local addresses are host names: many agents look no names up",
        "2 local candidates have the priority 2122260223: the order of their pairs is arbitrary",
        "1 of 1 remote addresses are masked: nobody can send there",
    )


def test_who_is_the_offerer_where_only_the_text_tells() -> None:
    """A lite offerer is controlled; only of its answer's bundle the order counts."""

    def bundle(order: str, setup: str) -> str:
        head = f"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE {order}\r\n"
        return head + "".join(
            f"m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:{mid}\r\na=ice-ufrag:abcd\r\na=setup:{setup}\r\n"
            f"a=candidate:1 1 udp 9 192.0.2.{mid} 500{mid} typ host\r\n"
            for mid in "01"
        )

    offer, answer = f"{bundle('0 1', 'actpass')}", bundle("1 0", "active")
    lite = offer.replace("a=group", "a=ice-lite\r\na=group")
    assert pairs(lite, answer, controlling=False).checklists[0].mid == "1"
    assert pairs(answer, lite).checklists[0].mid == "1"


# --- properties ---


def accounted(checklist: Checklist) -> bool:
    """Whether each local with each remote candidate is listed or left out, and no two are both."""
    places = {id(each): place for place, each in enumerate(checklist.local)}
    there = {id(each): place for place, each in enumerate(checklist.remote)}
    left_out = [(a, b) for group in checklist.left_out for a in group.local for b in group.remote]
    listed = [(places[id(pair.local)], there[id(pair.remote)]) for pair in checklist.pairs]
    everything = {(a, b) for a in range(len(places)) for b in range(len(there))}
    return len(left_out) + len(listed) == len(everything) and {*left_out, *listed} == everything


SIDES = st.lists(candidates(), max_size=8)


@given(SIDES, SIDES, st.booleans(), st.integers(0, 20))
def test_every_pair_is_listed_or_left_out(
    local: list[Candidate], remote: list[Candidate], controlling: bool, limit: int
) -> None:
    (checklist,) = pairs(local, remote, controlling, limit=limit).checklists
    assert accounted(checklist)
    assert len(checklist.pairs) <= limit
    priorities = [pair.priority for pair in checklist.pairs]
    assert priorities == sorted(priorities, reverse=True)
    waiting = [pair.foundation for pair in checklist.pairs if pair.state == "waiting"]
    assert sorted(waiting) == sorted({pair.foundation for pair in checklist.pairs if pair.state})


def fitting(checklist: Checklist) -> set[tuple[int, int]]:
    """All pairs that can be formed, also those that are the same checks as others."""
    kinds = ("redundant", "limit")
    refused = {
        (a, b) for group in checklist.left_out if group.kind not in kinds for a in group.local for b in group.remote
    }
    return {(a, b) for a in range(len(checklist.local)) for b in range(len(checklist.remote))} - refused


@given(SIDES, SIDES, st.booleans())
def test_the_other_side_sees_the_mirror_image(
    local: list[Candidate], remote: list[Candidate], controlling: bool
) -> None:
    (ours,) = pairs(local, remote, controlling).checklists
    (theirs,) = pairs(remote, local, not controlling).checklists
    assert fitting(ours) == {(b, a) for a, b in fitting(theirs)}
    assert [bool(each.number) for each in ours.expected] == [bool(each.number) for each in theirs.expected]
    assert bool(ours.problem) == bool(theirs.problem)


@given(st.lists(candidates(), max_size=6, unique_by=lambda each: (each.address, each.port)))
def test_pairs_of_host_candidates_are_mirrored_one_by_one(every: list[Candidate]) -> None:
    hosts = [each for each in every if each.typ == "host"]
    (ours,) = pairs(hosts, hosts[::-1]).checklists
    (theirs,) = pairs(hosts[::-1], hosts, controlling=False).checklists
    seen = {(pair.local, pair.remote, pair.priority, frozenset(pair.checked_by)) for pair in ours.pairs}
    turned = {"local": "remote", "remote": "local"}
    assert seen == {
        (pair.remote, pair.local, pair.priority, frozenset(turned[side] for side in pair.checked_by))
        for pair in theirs.pairs
    }


@given(st.one_of(descriptions(), broken_texts()), st.one_of(descriptions(), broken_texts()), st.booleans())
def test_no_text_makes_it_fail(local: str, remote: str, controlling: bool) -> None:
    found: ChecklistSet = pairs(local, parse(remote), controlling)
    assert found.works is (not found.problems and all(each.problem is None for each in found.checklists))
    assert all(accounted(checklist) for checklist in found.checklists)
