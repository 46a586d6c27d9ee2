"""Transports, and who does what there."""

import pytest

from sdpkit.offer_answer.agreement import Dtls, Negotiation
from sdpkit.offer_answer.negotiation import negotiate
from sdpkit.rules.examples import ANSWER, OFFER, changed

A, B = "offerer", "answerer"


def after(offer: str = "", answer: str = "") -> Negotiation:
    """What is agreed after changes of the examples of the rules: audio, video and data in a bundle."""
    return negotiate(changed(OFFER, offer), changed(ANSWER, answer))


def shared(negotiation: Negotiation) -> list[tuple[int, ...]]:
    return [transport.sections for transport in negotiation.transports]


@pytest.mark.parametrize(
    ("offer", "answer", "transports"),
    [
        ("", "", [(0, 1, 2)]),
        ("", "-a=group:…", [(0,), (1,), (2,)]),
        ("-a=group:…", "", [(0,), (1,), (2,)]),
        ("", "-a=group:…\n+a=group:BUNDLE 0 2", [(0, 2), (1,)]),
        ("", "-a=group:…\n+a=group:BUNDLE 0 2 7", [(0, 2), (1,)]),
        ("-a=group:…\n+a=group:BUNDLE 0 1\n+a=group:BUNDLE 2", "", [(0, 1), (2,)]),
        ("-a=group:…\n+a=group:BUNDLE 0\n+a=group:BUNDLE 1 2", "-a=group:…\n+a=group:BUNDLE 0\n+a=group:BUNDLE 2 1",
         [(0,), (1, 2)]),
        ("", "-a=group:…\n+a=group:LS 0 1 2", [(0,), (1,), (2,)]),
        ("", "-m=audio…\n+m=audio 0 UDP/TLS/RTP/SAVPF 111", [(1, 2)]),
        ("", "-a=group:…\n+a=group:BUNDLE 0 0 1\n+a=group:BUNDLE 1 2", [(0, 1), (2,)]),
    ],
)  # fmt: skip
def test_bundles(offer: str, answer: str, transports: list[tuple[int, ...]]) -> None:
    assert shared(after(offer, answer)) == transports


def test_the_first_accepted_section_of_a_bundle_is_tagged() -> None:
    (transport,) = after(answer="-a=group:…\n+a=group:BUNDLE 2 1 0").transports
    assert (transport.tagged, transport.sections) == (2, (0, 1, 2))
    found = after(answer="-m=audio…\n+m=audio 0 UDP/TLS/RTP/SAVPF 111")
    assert [(bundle.mids, bundle.tagged) for bundle in found.bundle] == [(("0", "1", "2"), "1")]
    assert [section.transport for section in found.sections] == [None, 0, 0]
    none = after(answer="-a=group:…\n+a=group:BUNDLE 7")
    assert [(bundle.mids, bundle.tagged) for bundle in none.bundle] == [(("7",), None)]


@pytest.mark.parametrize(
    ("offered", "answered", "client", "problem"),
    [
        ("actpass", "active", B, None),
        ("actpass", "passive", A, None),
        ("active", "passive", A, None),
        ("passive", "active", B, None),
        ("actpass", None, B, None),
        ("active", None, A, None),
        (None, "passive", A, None),
        (None, None, B, None),
        ("active", "active", None, "both sides are setup:active"),
        ("passive", "passive", None, "both sides are setup:passive"),
        ("actpass", "actpass", None, "the answer says setup:actpass"),
        ("actpass", "holdconn", None, "the answer says setup:holdconn"),
        ("holdconn", "active", None, "the offer says setup:holdconn"),
    ],
)
def test_dtls_roles(offered: str | None, answered: str | None, client: str | None, problem: str | None) -> None:
    offer = changed(OFFER, "").replace("a=setup:actpass", f"a=setup:{offered}" if offered else "a=x")
    answer = changed(ANSWER, "").replace("a=setup:active", f"a=setup:{answered}" if answered else "a=x")
    found = negotiate(offer, answer)
    server = {A: B, B: A}.get(client or "")
    assert found.dtls == Dtls(client, server)
    assert found.works is (problem is None)
    assert [text.partition(": ")[2].startswith(problem or "") for text in found.problems] == [True] * bool(problem)
    assert ("the answer has no a=setup" in " ".join(found.notes)) is (answered is None)


def test_without_dtls() -> None:
    found = negotiate("m=audio 9 RTP/AVP 0\n", "m=audio 9 RTP/AVP 0\n")
    assert (found.dtls, found.ice, len(found.transports)) == (None, None, 1)


@pytest.mark.parametrize(
    ("offer", "answer", "controlling", "lite"),
    [
        ("", "", A, ()),
        ("", "-t=0 0\n+t=0 0\n+a=ice-lite", A, (B,)),
        ("-t=0 0\n+t=0 0\n+a=ice-lite", "", B, (A,)),
        ("-t=0 0\n+t=0 0\n+a=ice-lite", "-t=0 0\n+t=0 0\n+a=ice-lite", A, (A, B)),
    ],
)
def test_ice_roles(offer: str, answer: str, controlling: str, lite: tuple[str, ...]) -> None:
    ice = after(offer, answer).ice
    assert ice is not None
    assert (ice.controlling, ice.lite) == (controlling, lite)
    assert {ice.controlling, ice.controlled} == {A, B}
    assert ice.offerer_username == "efgh:abcd"


def test_one_side_without_ice() -> None:
    found = negotiate(changed(OFFER, ""), changed(ANSWER, "").replace("a=ice-", "a=x-"))
    assert found.ice is None
    assert found.notes == ("m-section 0: the answerer does not use ICE",)


def test_a_bundle_only_section_has_the_transport_of_its_group() -> None:
    offer = changed(OFFER, "").replace("m=video 9", "m=video 0").replace("a=mid:1", "a=mid:1\r\na=bundle-only")
    section = offer.partition("m=video")[2].partition("m=application")[0]
    bare = section.replace("a=ice-ufrag:abcd\r\n", "").replace("a=setup:actpass\r\n", "")
    answer = changed(ANSWER, "-m=audio…\n+m=audio 0 UDP/TLS/RTP/SAVPF 111\n-a=group:…\n+a=group:BUNDLE 1 2")
    found = negotiate(offer.replace(section, bare), answer)
    assert found.transports[0].tagged == 1
    assert found.ice is not None
    assert found.ice.offerer_username == "efgh:abcd"


@pytest.mark.parametrize(
    ("setup", "version", "controlling"), [("passive", 4, B), ("active", 4, A), ("passive", 2, A), ("active", 2, A)]
)
def test_who_offered_first_controls_ice(setup: str, version: int, controlling: str) -> None:
    changes = f"-o=…\n+o=- 4611731400430051336 {version} IN IP4 127.0.0.1"
    found = negotiate(changed(OFFER, ""), changed(ANSWER, changes).replace("a=setup:active", f"a=setup:{setup}"))
    assert found.ice is not None
    assert found.ice.controlling == controlling
    assert ("the answerer made the first offer" in " ".join(found.notes)) is (controlling == B)


def test_other_programs_may_answer_passive_at_once() -> None:
    section = "m=audio 9 UDP/TLS/RTP/SAVPF 0\na=ice-ufrag:abcd\na=fingerprint:sha-1 AA\na=setup:{}\n"
    found = negotiate(section.format("actpass"), f"v=0\no=- 1 7 IN IP4 192.0.2.1\n{section.format('passive')}")
    assert found.ice is not None
    assert found.ice.controlling == A
