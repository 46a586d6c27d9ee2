import pytest

from sdpkit.peer.servers import parse_ice_server


@pytest.mark.parametrize(
    ("text", "urls", "username", "credential"),
    [
        ("stun:192.0.2.1", "stun:192.0.2.1", None, None),
        ("stun:stun.example.org:19302", "stun:stun.example.org:19302", None, None),
        ("turn:me:secret@192.0.2.1", "turn:192.0.2.1", "me", "secret"),
        ("turn:me:a:b:c@example.org:80?transport=udp", "turn:example.org:80?transport=udp", "me", "a:b:c"),
        ("turn:1700000000%3Ame:p%40ss@example.org", "turn:example.org", "1700000000:me", "p@ss"),
        ("turns:me:secret@example.org?transport=tcp", "turns:example.org?transport=tcp", "me", "secret"),
        ("turn:me:@example.org", "turn:example.org", "me", ""),
    ],
)
def test_servers(text: str, urls: str, username: str | None, credential: str | None) -> None:
    server = parse_ice_server(text)
    assert (server.urls, server.username, server.credential) == (urls, username, credential)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "neither stun:HOST"),
        ("example.org", "neither stun:HOST"),
        ("http://example.org", "neither stun:HOST"),
        ("stun:", "neither stun:HOST"),
        ("stun:[::1]:3478", "neither stun:HOST"),
        ("stun:example.org:0", "there is no port 0"),
        ("stun:example.org:99999", "there is no port 99999"),
        ("stun:me:secret@example.org", "STUN takes no credentials"),
        ("stun:example.org?transport=udp", "STUN takes no credentials and no transport"),
        ("stuns:example.org", "over UDP only"),
        ("turn:example.org", "TURN needs credentials"),
        ("turn:me@example.org", "TURN needs credentials"),
        ("turn:me:secret@example.org?transport=sctp", "neither stun:HOST"),
    ],
)
def test_no_servers(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("?", r"\?").replace("[", r"\[")):
        parse_ice_server(text)
