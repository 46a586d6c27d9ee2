"""The model of aiortc against aiortc itself."""

import asyncio
import contextlib
from collections.abc import Iterator

import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.rtcdtlstransport import RTCCertificate
from aiortc.rtcicetransport import RTCIceGatherer, RTCIceTransport
from aiortc.sdp import candidate_from_sdp
from hypothesis import given
from hypothesis import strategies as st

from sdpkit.rules.examples import AGAIN, ANSWER, CANDIDATE, OFFER, changed
from sdpkit.rules.stacks import aiortc
from sdpkit.rules.verdict import Verdict
from sdpkit.sdp.parser import parse

NO_TRANSPORT = "AttributeError: 'NoneType' object has no attribute 'transport'"
NO_MATCH = "ValueError: Media sections in answer do not match offer"
FAULTS = [
    ("", None),
    ("-v=0\n+v=x", "ValueError: invalid literal for int() with base 10: 'x'"),
    ("-c=IN IP4 0.0.0.0\n+c=XX IP4 0.0.0.0", "AssertionError"),
    ("-m=audio…\n+m=audio 9/2 UDP/TLS/RTP/SAVPF 111 0", "AssertionError"),
    ("-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 72 0", "AssertionError"),
    ("-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF opus", "ValueError: invalid literal for int() with base 10: 'opus'"),
    ("-a=ice-ufrag:abcd", "ValueError: ICE username fragment or password is missing"),
    ("-a=rtcp-mux", "ValueError: RTCP mux is not enabled"),
    ("-a=setup:actpass", "AttributeError: 'NoneType' object has no attribute 'role'"),
    ("-a=setup:actpass\n+a=setup:holdconn", "KeyError: 'holdconn'"),
    ("-a=setup:actpass\n+a=setup", "KeyError: None"),
    ("-a=sendrecv", "ValueError: None is not in list"),
    ("-a=fingerprint…\n+a=fingerprint:sha-256", "ValueError: not enough values to unpack (expected 2, got 1)"),
    ("-a=rtpmap:111…\n+a=rtpmap:111 opus", "IndexError: list index out of range"),
    ("-a=rtpmap:111…", "RuntimeError: coroutine raised StopIteration"),
    ("-a=extmap:1 …\n+a=extmap:1 urn:x y", "ValueError: too many values to unpack (expected 2)"),
    ("-a=candidate:1…\n+a=candidate:1 1 udp 1 192.0.2.1 9", "AssertionError"),
    ("-a=group…\n+a=group:BUNDLE 9 0 1 2", NO_TRANSPORT),
    ("-a=mid:1\n+a=mid:0", NO_MATCH),
    ("-a=ssrc:1001…\n+a=ssrc:1001", "ValueError: not enough values to unpack (expected 2, got 1)"),
    (
        "-m=application…\n+m=text 9 UDP/TLS/RTP/SAVPF 98",
        "AttributeError: 'NoneType' object has no attribute 'mid'",
    ),
    (
        "-a=rtpmap:96 VP8/90000\n-a=rtpmap:102 H264/90000\n+a=rtpmap:96 VP9/90000\n+a=rtpmap:102 AV1/90000",
        "OperationError: Failed to set remote video description send parameters",
    ),
]
ANSWER_FAULTS = [
    ("", None),
    (
        "-a=setup:active\n+a=setup:actpass",
        "ValueError: DTLS setup attribute must be 'active' or 'passive' for an answer",
    ),
    ("-a=setup:active", "AttributeError: 'NoneType' object has no attribute 'role'"),
    ("-a=mid:1\n+a=mid:x", NO_MATCH),
    ("-m=audio…\n+m=video 9 UDP/TLS/RTP/SAVPF 111 0", NO_MATCH),
    ("-a=sendrecv", None),
]
VALUES = ["", "x", "-1", "1.5", "\u00e9", "1 2 3", ":", "0/0"]


@pytest.mark.parametrize(("change", "error"), FAULTS)
def test_offers(change: str, error: str | None) -> None:
    assert judge(changed(OFFER, change)).error == error


@pytest.mark.parametrize(("change", "error"), ANSWER_FAULTS)
def test_answers(change: str, error: str | None) -> None:
    assert aiortc.judge(parse(changed(ANSWER, change)), "answer", parse(changed(OFFER, ""))).error == error


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (CANDIDATE, None),
        (CANDIDATE.removeprefix("candidate:"), None),
        ("candidate:1 x udp 1 192.0.2.1 9 typ host", "ValueError: invalid literal for int() with base 10: 'x'"),
        ("garbage", "AssertionError"),
        (f'{{"candidate": "{CANDIDATE}", "sdpMid": "0"}}', None),
        (f'{{"candidate": "{CANDIDATE}"}}', "ValueError: Candidate must have either sdpMid or sdpMLineIndex"),
    ],
)
def test_candidates(text: str, error: str | None) -> None:
    assert aiortc.judge_candidate(text).error == error


def test_obstacles() -> None:
    without = OFFER.replace("a=fingerprint:sha-256", "a=x:sha-256")
    weak = OFFER.replace("a=fingerprint:sha-256", "a=fingerprint:md5")
    assert "no fingerprint" in (judge(without).obstacle or "")
    assert "algorithm" in (judge(weak).obstacle or "")
    assert judge(OFFER).obstacle is None


@pytest.mark.usefixtures("no_network")
def test_damaged_offers_against_aiortc() -> None:
    for text in damaged(changed(OFFER, "")):
        assert judge(text).error == asyncio.run(said([(text, "offer")])), text


@pytest.mark.usefixtures("no_network")
def test_damaged_new_offers_against_aiortc() -> None:
    first = changed(OFFER, "")
    for text in damaged(changed(AGAIN, "")):
        modelled = aiortc.judge(parse(text), "offer", None, parse(first)).error
        assert modelled == asyncio.run(said([(first, "offer"), (text, "offer")])), text


@pytest.mark.usefixtures("no_network")
def test_damaged_answers_against_aiortc() -> None:
    offer, answer = asyncio.run(own_pair())
    for text in damaged(answer):
        modelled = aiortc.judge(parse(text), "answer", parse(offer)).error
        assert modelled == asyncio.run(said_to_answer(text)), text


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(VALUES), st.integers(0, 30)), max_size=4))
def test_words_of_offers_against_aiortc(edits: list[tuple[int, str, int]]) -> None:
    lines = OFFER.splitlines()
    for place, value, cut in edits:
        lines[place % len(lines)] = lines[place % len(lines)][:cut] + value
    text = "\r\n".join(lines) + "\r\n"
    with pytest.MonkeyPatch.context() as patch:
        disconnect(patch)
        assert judge(text).error == asyncio.run(said([(text, "offer")]))


MIDS = st.sampled_from(["", "a=mid\r\n", "a=mid:\r\n", "a=mid:0\r\n", "a=mid:1\r\n", "a=mid:2\r\n"])
SECTIONS = st.tuples(st.sampled_from(["audio", "audio", "video", "application", "text"]), MIDS)
GROUPS = st.sampled_from(["", "a=group:BUNDLE 0 1 2\r\n", "a=group:BUNDLE 2 1\r\n", "a=group:BUNDLE\r\n"])


@given(st.lists(st.tuples(GROUPS, st.lists(SECTIONS, max_size=4)), min_size=1, max_size=2))
def test_sections_against_aiortc(offers: list[tuple[str, list[tuple[str, str]]]]) -> None:
    texts = [group + "".join(section(*each) for each in sections) for group, sections in offers]
    with pytest.MonkeyPatch.context() as patch:
        disconnect(patch)
        *before, last = [(text, "offer") for text in texts]
        if not before or asyncio.run(said(before)) is None:
            previous = parse(before[0][0]) if before else None
            assert aiortc.judge(parse(last[0]), "offer", None, previous).error == asyncio.run(said([*before, last]))


@given(st.text())
def test_candidates_against_aiortc(text: str) -> None:
    if not text.startswith("candidate:") and not text.lstrip().startswith("{"):
        assert aiortc.judge_candidate(text).error == said_to_candidate(text)


@given(st.text(), st.sampled_from(["offer", "answer"]))
def test_never_raises(text: str, type: str) -> None:
    aiortc.judge(parse(text), type)
    aiortc.judge(parse(text), type, parse(OFFER), parse(OFFER))
    aiortc.judge(parse(OFFER), type, parse(text), parse(text))
    aiortc.judge_candidate(text)
    aiortc.judge_candidate(f'{{"candidate": {text}')


def judge(text: str) -> Verdict:
    return aiortc.judge(parse(text), "offer")


def section(kind: str, mid: str) -> str:
    """An m-section that aiortc understands."""
    codec = "VP8/90000" if kind == "video" else "opus/48000/2"
    return (
        f"m={kind} 9 UDP/TLS/RTP/SAVPF 96\r\n{mid}a=sendrecv\r\na=rtcp-mux\r\na=rtpmap:96 {codec}\r\n"
        "a=ice-ufrag:u\r\na=ice-pwd:p\r\na=setup:actpass\r\n"
    )


def damaged(text: str) -> Iterator[str]:
    """The text with each line in turn taken away, doubled, or with another end."""
    lines = text.splitlines()
    for place, line in enumerate(lines):
        name = line.partition(":")[0] if line.startswith("a=") else line[:2]
        others = [[], [line, line], [f"{line} "], [name], [f"{name}:"], [line[:-1]], [line.replace(" ", "  ")]]
        others += [[f"{name}:{value}"] for value in VALUES]
        for other in others:
            yield "\r\n".join([*lines[:place], *other, *lines[place + 1 :], ""])


def disconnect(patch: pytest.MonkeyPatch) -> None:
    """No gathering, no candidate whose name would be looked up, and one certificate for all."""
    certificate = RTCCertificate.generateCertificate()

    async def nothing(*_: object) -> None:
        pass

    patch.setattr(RTCCertificate, "generateCertificate", lambda: certificate)
    patch.setattr(RTCIceGatherer, "gather", nothing)
    patch.setattr(RTCIceTransport, "addRemoteCandidate", nothing)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    disconnect(monkeypatch)


async def said(descriptions: list[tuple[str, str]]) -> str | None:
    """What aiortc says to the last of these offers, having answered the others."""
    peer = RTCPeerConnection()
    try:
        for text, type in descriptions:
            await peer.setRemoteDescription(RTCSessionDescription(text, type))
            await peer.setLocalDescription(await peer.createAnswer())
    except Exception as error:
        return f"{error.__class__.__name__}: {error}".removesuffix(": ")
    finally:
        with contextlib.suppress(AttributeError):  # a transport that is None
            await peer.close()
    return None


def said_to_candidate(text: str) -> str | None:
    """What aiortc says to the text of a candidate."""
    try:
        candidate_from_sdp(text)
    except (AssertionError, ValueError) as error:
        return f"{error.__class__.__name__}: {error}".removesuffix(": ")
    return None


async def offering() -> RTCPeerConnection:
    """A peer that has sent an offer with audio, video and data."""
    peer = RTCPeerConnection()
    peer.addTransceiver("audio")
    peer.addTransceiver("video")
    peer.createDataChannel("data")
    await peer.setLocalDescription(await peer.createOffer())
    return peer


async def own_pair() -> tuple[str, str]:
    """An offer of aiortc's, and its answer to that."""
    offerer, answerer = await offering(), RTCPeerConnection()
    await answerer.setRemoteDescription(offerer.localDescription)
    await answerer.setLocalDescription(await answerer.createAnswer())
    texts = offerer.localDescription.sdp, answerer.localDescription.sdp
    await offerer.close()
    await answerer.close()
    return texts


async def said_to_answer(text: str) -> str | None:
    """What aiortc says to an answer to such an offer."""
    peer = await offering()
    try:
        await peer.setRemoteDescription(RTCSessionDescription(text, "answer"))
    except Exception as error:
        return f"{error.__class__.__name__}: {error}".removesuffix(": ")
    finally:
        with contextlib.suppress(AttributeError):
            await peer.close()
    return None
