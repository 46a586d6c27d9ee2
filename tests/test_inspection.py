"""What an inspection says of the candidates, and what it keeps to itself."""

from pathlib import Path

import pytest

from sdpkit import parse
from sdpkit.inspection import inspect_description

FIXTURES = Path(__file__).parents[1] / "fixtures"
HEAD = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=ice-ufrag:abcd\r\na=ice-pwd:{22}\r\n"


def candidate(typ: str, address: str, priority: int = 2122260223, component: int = 1, more: str = "") -> str:
    return f"a=candidate:1 {component} udp {priority} {address} 5000 typ {typ}{more}\r\n"


@pytest.mark.parametrize(
    ("candidates", "reach"),
    [
        ([("host", "192.168.1.2")], ("yes", "no", "no", "no")),
        ([("host", "9.9.9.9")], ("yes", "yes (public)", "no", "no")),
        ([("host", "127.0.0.1")], ("this machine only", "no", "no", "no")),
        ([("host", "a.local")], ("by mDNS names", "no", "no", "no")),
        ([("host", "192.168.xxx.xxx"), ("srflx", "203.0.113.x")], ("unknown (masked)", "yes (srflx)", "no", "no")),
        ([("relay", "203.0.113.5")], ("no", "no", "yes", "no")),
    ],
)
def test_reach(candidates: list[tuple[str, str]], reach: tuple[str, ...]) -> None:
    text = HEAD + "".join(candidate(typ, address) for typ, address in candidates)
    found = inspect_description(parse(text)).reach
    assert found is not None
    assert (found.same_network, found.through_nat, found.by_relay, found.udp_blocked) == reach


@pytest.mark.parametrize(
    ("address", "udp_blocked"),
    [("9.9.9.9", "yes (tcp passive)"), ("192.168.1.2", "only in the same network (tcp passive)")],
)
def test_reach_over_tcp(address: str, udp_blocked: str) -> None:
    text = HEAD + candidate("host", address, more=" tcptype passive").replace(" udp ", " tcp ")
    reach = inspect_description(parse(text)).reach
    assert reach is not None
    assert reach.udp_blocked == udp_blocked


def test_highest_priority_comes_first() -> None:
    text = HEAD + candidate("host", "192.0.2.1", 2122260222, 2) + candidate("host", "192.0.2.1", 2122260223, 1)
    assert [group.component for group in inspect_description(parse(text)).candidates] == [1, 2]


def test_candidates_without_an_m_section_are_seen() -> None:
    inspection = inspect_description(parse(candidate("host", "192.0.2.1") + candidate("srflx", "198.51.100.1")))
    assert inspection.fragment
    assert [(group.typ, group.ports) for group in inspection.candidates] == [
        ("host", ((None, 5000),)),
        ("srflx", ((None, 5000),)),
    ]


def test_candidates_of_a_rejected_section_do_not_count() -> None:
    text = HEAD + candidate("host", "192.0.2.1")
    assert inspect_description(parse(text)).candidates
    assert not inspect_description(parse(text.replace("m=audio 9 ", "m=audio 0 "))).candidates


def test_secrets_are_nowhere() -> None:
    for path in sorted(FIXTURES.glob("*/*.sdp")):
        description = parse(path.read_bytes())
        inspection = inspect_description(description)
        secrets = {pwd for section in description.media for pwd in section.get_all("ice-pwd")}
        secrets |= {key.partition("|")[0] for section in description.media for c in section.cryptos for key in c.keys}
        assert not [secret for secret in secrets if secret in repr(inspection)], path


def test_a_secret_is_not_cited() -> None:
    text = "v=0\r\na=ice-pwd:top secret\r\na=key-mgmt:mikey;topsecret\r\na=crypto:x AES inline:topsecret\r\n"
    inspection = inspect_description(parse(text))
    assert len(inspection.findings) == 3
    assert "secret" not in repr(inspection)
    assert "top secret" in repr(inspect_description(parse(text), show_secrets=True))
