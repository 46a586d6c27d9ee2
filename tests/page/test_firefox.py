"""Hand signaling with a real Firefox, which needs an address that is not 127.0.0.1."""

from collections.abc import Iterator

import pytest
from aioice.ice import get_host_addresses

from tests.page.firefox import BINARY, Firefox, firefox
from tests.page.hand import Sdpkit, hang_up
from tests.page.troubles import masked_addresses_are_explained, wrong_texts_are_explained

pytestmark = [
    pytest.mark.skipif(BINARY is None, reason="needs Firefox: apt-get install firefox-esr"),
    pytest.mark.skipif(not get_host_addresses(True, False), reason="needs a network interface besides lo"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Firefox]:
    with firefox() as browser:
        yield browser


@pytest.mark.parametrize("mode", ["vanilla", "trickle"])
def test_two_windows(browser: Firefox, url: str, mode: str) -> None:
    one, other = browser.opened(url), browser.opened(url)
    for window in (one, other):
        window.start()
        window.settings(mode)
    other.receive(one.connect())
    one.receive(other.sent())
    for window in (one, other):
        window.connected()
        window.frames(10)
        window.frames(10, "videoSent")
    one.chat("hello")
    other.heard("hello")
    one.page.click("#hangup")
    other.trouble("the other side hung up")


@pytest.mark.parametrize("mode", ["vanilla", "trickle"])
def test_the_page_calls_sdpkit(browser: Firefox, url: str, mode: str) -> None:
    trickle = ["--trickle"] * (mode == "trickle")
    window, sdpkit = browser.opened(url), Sdpkit("answer", "--json", "--pattern", *trickle)
    window.start()
    window.settings(mode)
    sdpkit.take(window.connect())
    window.receive(sdpkit.given(window, '"candidate": ""' if mode == "trickle" else '"answer"'))
    window.connected()
    window.frames(10)
    window.chat("hello")
    window.heard("echo: hello")
    hang_up(window, sdpkit)
    assert any("first video" in line for line in sdpkit.words)


@pytest.mark.parametrize("mode", ["vanilla", "trickle"])
def test_sdpkit_calls_the_page(browser: Firefox, url: str, mode: str) -> None:
    trickle = ["--trickle"] * (mode == "trickle")
    window, sdpkit = browser.opened(url), Sdpkit("offer", "--json", "--pattern", *trickle)
    window.start()
    window.settings(mode)
    window.receive(sdpkit.given(window, '"candidate": ""' if mode == "trickle" else '"offer"'))
    sdpkit.take(window.sent())
    window.connected()
    window.frames(10)
    window.chat("hello")
    window.heard("echo: hello")
    hang_up(window, sdpkit)
    assert any("first video" in line for line in sdpkit.words)


def test_wrong_texts(browser: Firefox, url: str) -> None:
    wrong_texts_are_explained(browser.opened(url), browser.opened(url))


def test_masked_addresses(browser: Firefox, url: str) -> None:
    masked_addresses_are_explained(browser.opened(url), browser.opened(url))
