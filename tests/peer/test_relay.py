"""Candidates of STUN and TURN servers, against a coturn of our own on 127.0.0.1."""

import asyncio
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sdpkit.outcome import Outcome
from sdpkit.peer import Plan, loopback
from sdpkit.peer.servers import parse_ice_server

COTURN = shutil.which("turnserver")
pytestmark = pytest.mark.skipif(
    COTURN is None and not os.environ.get("CI"), reason="coturn is not installed: apt-get install coturn"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the user "me" and the password "secret": its host and port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder: Path = tmp_path_factory.mktemp("coturn")
    options = [
        *("-n", "--no-cli", "--no-tls", "--no-dtls", "--lt-cred-mech", "--allow-loopback-peers"),
        *("--listening-ip", "127.0.0.1", "--relay-ip", "127.0.0.1", "--listening-port", str(port)),
        *("--user", "me:secret", "--realm", "sdpkit", "--log-file", "stdout", "--pidfile", str(folder / "pid")),
    ]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([str(COTURN), *options], cwd=folder, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(port)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("coturn does not listen after 10 s")


def run(**plan: Any) -> Outcome:
    return asyncio.run(loopback(Plan(**{"seconds": 0.5, **plan})))


@pytest.mark.parametrize("transport", ["udp", "tcp"])
@pytest.mark.parametrize("trickle", [False, True])
def test_media_goes_through_a_relay(server: str, transport: str, trickle: bool) -> None:
    turn = parse_ice_server(f"turn:me:secret@{server}?transport={transport}")
    outcome = run(servers=(turn,), relay_only=True, trickle=trickle)
    assert outcome.verdict == "connected, media flowed"
    assert outcome.pair is not None
    assert (outcome.pair.local.type, outcome.pair.remote.type) == ("relay", "relay")
    for letter in outcome.signalled:
        assert [candidate for candidate in letter.candidates if "typ relay" not in candidate] == []
    (flow,) = outcome.flows
    assert flow.check is not None
    assert flow.check.right == flow.check.checked > 5
    assert flow.packets_lost == 0


def test_host_candidates_are_preferred_to_a_relay(server: str) -> None:
    outcome = run(servers=(parse_ice_server(f"turn:me:secret@{server}"),))
    assert outcome.pair is not None
    assert outcome.pair.local.type == "host"
    assert any("typ relay" in candidate for candidate in outcome.signalled[0].candidates)


def test_a_stun_server_tells_an_address(server: str) -> None:
    outcome = run(servers=(parse_ice_server(f"stun:{server}"),), data=True)
    assert any("typ srflx" in candidate for candidate in outcome.signalled[0].candidates)
    assert outcome.flowed


def test_wrong_credentials_give_no_candidate(server: str) -> None:
    outcome = run(servers=(parse_ice_server(f"turn:me:wrong@{server}"),), relay_only=True)
    assert outcome.failure is not None
    assert "are the credentials right?" in outcome.failure
    assert outcome.seconds < 5
