"""Calls by hand between two peers of this process: who carries, what is carried, and how it ends."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiortc import RTCIceServer

from sdpkit import Candidate, SessionDescription
from sdpkit.call import Call
from sdpkit.peer.conversation import Conversation, Settings
from sdpkit.peer.hand import Media
from sdpkit.peer.pattern import TestPicture
from sdpkit.peer.source import SourceError
from sdpkit.peer.tone import Tone

FIXTURES = Path(__file__).parents[2] / "fixtures"
Carry = Callable[[str], str | None]


class Courier:
    """Carries everything at once to the other side; `carry` may change it, or lose it."""

    def __init__(self) -> None:
        self.texts: asyncio.Queue[str | None] = asyncio.Queue()
        self.other: Courier | None = None
        self.said: list[str] = []
        self.spoken = asyncio.Event()
        self.given: list[str] = []
        self.carry: Carry = lambda text: text

    async def _bring(self, text: str) -> None:
        self.given.append(text)
        carried = self.carry(text)
        if carried is not None and self.other is not None:
            self.other.texts.put_nowait(carried)

    async def give(self, description: SessionDescription, type: str) -> None:
        await self._bring(str(description))

    async def give_candidate(self, candidate: Candidate | None, mid: str) -> None:
        await self._bring("a=end-of-candidates\r\n" if candidate is None else f"a={candidate}\r\n")

    async def next(self) -> str | None:
        return await self.texts.get()

    def ask(self, type: str) -> None:
        pass

    def say(self, text: str) -> None:
        self.said.append(text)
        self.spoken.set()

    async def hears(self, text: str) -> None:
        """Gets a text, and waits until something is said of it."""
        self.spoken.clear()
        self.texts.put_nowait(text)
        async with asyncio.timeout(10):
            await self.spoken.wait()

    def count_down(self, what: str, seconds: float) -> None:
        pass


class Two:
    """An offerer and an answerer, with their couriers."""

    def __init__(self) -> None:
        self.offerer, self.answerer = Courier(), Courier()
        self.offerer.other, self.answerer.other = self.answerer, self.offerer
        self.calls: dict[str, Call] = {}
        """Each side's call so far, by its role."""
        self.changed = asyncio.Event()

    def watch(self, call: Call) -> None:
        self.calls[call.role] = call
        self.changed.set()

    async def until(self, state: Callable[[], bool]) -> None:
        """Waits for a state of the calls, some seconds at most."""
        async with asyncio.timeout(20):
            while len(self.calls) < 2 or not state():
                self.changed.clear()
                try:
                    async with asyncio.timeout(0.2):
                        await self.changed.wait()
                except TimeoutError:
                    pass

    def flows(self) -> bool:
        """Whether media and data flow on both sides."""
        return all(
            any(stream.way == "received" and stream.frames > 3 for stream in call.streams)
            and "data channel" in [step.name for step in call.steps]
            for call in self.calls.values()
        )


def media(**more: Any) -> Media:
    return Media(video=TestPicture(160, 120, 30), **more)


def run(
    script: Callable[[Two], Awaitable[None]], offering: Settings | None = None, answering: Settings | None = None
) -> tuple[Call, Call, Two]:
    """Both sides of a call while a script goes on; afterwards no task and no thread is left."""
    threads = set(threading.enumerate())

    async def main() -> tuple[Call, Call, Two]:
        two = Two()
        settings = offering or Settings(media=media()), answering or Settings(media=media())
        sides = [
            Conversation(role, how, courier, two.watch).run(asyncio.Event())
            for role, how, courier in zip(("offerer", "answerer"), settings, (two.offerer, two.answerer), strict=True)
        ]
        tasks = [asyncio.create_task(side) for side in sides]
        await script(two)
        async with asyncio.timeout(30):
            offerer, answerer = await asyncio.gather(*tasks)
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return offerer, answerer, two

    calls = asyncio.run(main())
    assert set(threading.enumerate()) <= threads
    return calls


async def bye(two: Two) -> None:
    """Media flows, then the offerer hangs up."""
    await two.until(two.flows)
    two.offerer.texts.put_nowait("bye\n")


@pytest.mark.parametrize("trickle", [False, True])
def test_a_call(trickle: bool) -> None:
    how = Settings(media=media(audio=Tone()), trickle=trickle)
    offerer, answerer, two = run(bye, how, how)
    for call in (offerer, answerer):
        assert call.connected
        assert call.failure is None
        assert call.notes == ()
        assert call.handshake is not None
        assert call.handshake.fingerprint_matches
        assert call.pair is not None
        assert {(stream.kind, stream.way) for stream in call.streams} == {
            (kind, way) for kind in ("audio", "video") for way in ("sent", "received")
        }
        assert [carried.type for carried in call.carried] == ["offer", "answer"]
    assert (offerer.over, answerer.over) == ("this side hung up", "the other side hung up")
    assert ("a=candidate" in two.offerer.given[0]) is not trickle
    assert (two.offerer.given[-1] == "a=end-of-candidates\r\n") is trickle


def test_messages_are_sent_and_come_back_once() -> None:
    async def script(two: Two) -> None:
        await two.until(two.flows)
        two.answerer.texts.put_nowait("hello\n")
        await two.until(lambda: len(two.calls["answerer"].messages) == 2)
        two.answerer.texts.put_nowait("bye")

    offerer, answerer, _ = run(script)
    assert [(message.way, message.text) for message in answerer.messages] == [
        ("sent", "hello"),
        ("received", "echo: hello"),
    ]
    assert [(message.way, message.text) for message in offerer.messages] == [("received", "hello")]
    assert offerer.over == "the other side hung up"


def test_only_one_side_sends() -> None:
    async def script(two: Two) -> None:
        await two.until(lambda: any(stream.frames > 3 for stream in two.calls["offerer"].streams))
        two.offerer.texts.put_nowait("bye")

    offerer, answerer, _ = run(script, Settings(media=Media()), Settings(media=media()))
    assert [(stream.kind, stream.way) for stream in offerer.streams] == [("video", "received")]
    assert [(stream.kind, stream.way) for stream in answerer.streams] == [("video", "sent")]


def test_wrong_texts_are_said_to_be_wrong_and_the_call_goes_on() -> None:
    other = (FIXTURES / "chromium/audio.offer.sdp").read_bytes().decode()

    async def script(two: Two) -> None:
        held: list[str] = []
        two.answerer.carry = held.append
        await two.until(lambda: bool(held))
        for text in (two.offerer.given[0], other, "what is this?", held[0][:900]):
            await two.offerer.hears(text)
        two.offerer.texts.put_nowait(held[0])
        await bye(two)

    offerer, _, two = run(script)
    assert offerer.connected
    words = ["this side's own offer", "an answer is waited for", "no description is in that text", "it ends too early"]
    for word, said in zip(words, two.offerer.said[-4:], strict=True):
        assert word in said


def test_a_paste_in_two_parts_is_put_together() -> None:
    async def script(two: Two) -> None:
        held: list[str] = []
        two.answerer.carry = held.append
        await two.until(lambda: bool(held))
        await two.offerer.hears(held[0][:1500])
        two.offerer.texts.put_nowait(held[0][1500:])
        await bye(two)

    assert run(script)[0].connected


def test_an_answer_that_was_not_used_is_followed_by_a_new_one() -> None:
    async def script(two: Two) -> None:
        answers: list[str] = []
        two.answerer.carry = lambda text: answers.append(text) if len(answers) < 1 else text
        await bye(two)
        assert len(answers) == 1

    offerer, answerer, two = run(script, answering=Settings(media=media(), answer_holds=1.0))
    assert offerer.connected
    assert answerer.connected
    assert any("too late" in said for said in two.answerer.said)
    assert len(set(two.answerer.given)) == len(two.answerer.given) == 2


def test_candidates_that_come_before_their_description_are_kept() -> None:
    def candidates_first(courier: Courier) -> Carry:
        waiting: list[str] = []

        def carry(text: str) -> str | None:
            waiting.append(text)
            if not text.startswith("a=end"):
                return None
            description, *others = waiting
            for one in others:
                if courier.other is not None:
                    courier.other.texts.put_nowait(one)
            return description

        return carry

    async def script(two: Two) -> None:
        two.offerer.carry = candidates_first(two.offerer)
        await bye(two)

    how = Settings(media=media(), trickle=True)
    offerer, _, two = run(script, how, how)
    assert offerer.connected
    assert any("before its description" in said for said in two.answerer.said)


def masked(text: str) -> str:
    lines = [line.split(" ") for line in text.splitlines()]
    for words in lines:
        if words[0].startswith("a=candidate:"):
            words[4] = "192.168.xxx.xxx"
    return "".join(" ".join(words) + "\r\n" for words in lines)


def test_addresses_masked_on_one_side_are_no_hindrance() -> None:
    async def script(two: Two) -> None:
        two.offerer.carry = masked
        await bye(two)

    offerer, answerer, two = run(script)
    assert offerer.connected
    assert any("masked" in note for note in answerer.notes)
    assert any("masked" in said for said in two.answerer.said)


def test_addresses_masked_on_both_sides_end_the_offerer_with_the_reason() -> None:
    async def script(two: Two) -> None:
        two.offerer.carry = two.answerer.carry = masked
        await two.until(lambda: two.calls["offerer"].failure is not None)
        two.answerer.texts.put_nowait("bye")

    offerer, answerer, _ = run(script, Settings(media=media(), to_connect=2.0))
    assert not offerer.connected
    assert offerer.failure is not None
    assert any("masked" in note for note in offerer.notes)
    assert not answerer.connected


def test_a_source_that_cannot_be_opened_ends_the_call() -> None:
    class Broken(TestPicture):
        async def open(self) -> Any:
            raise SourceError("there is no such thing")

    async def script(two: Two) -> None:
        two.answerer.texts.put_nowait("bye")

    offerer, _, _ = run(script, Settings(media=Media(video=Broken())))
    assert offerer.source_failed
    assert offerer.failure == "there is no such thing"


def test_without_a_relay_there_are_no_candidates() -> None:
    async def script(two: Two) -> None:
        two.answerer.texts.put_nowait("bye")

    server = RTCIceServer("turn:127.0.0.1:9", username="u", credential="p")
    offerer, _, _ = run(script, Settings(media=Media(servers=(server,), relay_only=True)))
    assert offerer.failure is not None
    assert offerer.failure.startswith("this side has no candidates")


def test_nobody_brings_a_description() -> None:
    async def script(two: Two) -> None:
        two.offerer.carry = lambda _: None

    offerer, answerer, _ = run(script, Settings(media=media(), timeout=0.5), Settings(media=media(), timeout=0.5))
    assert offerer.failure == "no answer came within 0.5 s"
    assert answerer.failure == "no offer came within 0.5 s"


def test_nobody_takes_an_answer() -> None:
    async def script(two: Two) -> None:
        two.answerer.carry = lambda _: None
        await two.until(lambda: two.calls["answerer"].failure is not None)
        two.offerer.texts.put_nowait("bye")

    _, answerer, two = run(script, answering=Settings(media=media(), answer_holds=0.5, timeout=1.2))
    assert answerer.failure == "nobody took an answer within 1.2 s"
    assert len(two.answerer.given) > 1


def test_the_input_ends() -> None:
    async def script(two: Two) -> None:
        two.offerer.carry = lambda _: None
        two.offerer.texts.put_nowait(None)
        two.answerer.texts.put_nowait(None)

    offerer, _, _ = run(script)
    assert offerer.failure == "the input ended before the answer came"
