"""Hand signaling with a real browser: two windows of it, and with `sdpkit offer` and `sdpkit answer`."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.page.chromium import BINARY, chromium, close_all, opened
from tests.page.hand import Sdpkit, hang_up
from tests.page.troubles import masked_addresses_are_explained, wrong_texts_are_explained
from tests.page.window import Window

SEVERAL_NETWORKS = "".join(
    f"a=candidate:{network} 1 udp 2122260223 {address} 50181 typ host generation 0 network-id {network}\r\n"
    for network, address in ((1, "192.168.0.8"), (2, "172.17.0.1"), (3, "fd00::8"))
)
"""With IPv4 and IPv6 of one interface."""

pytestmark = pytest.mark.skipif(BINARY is None, reason="needs Chromium: apt-get install chromium")


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def running(playwright: Playwright) -> Iterator[Browser]:
    with chromium(playwright) as browser:
        yield browser


@pytest.fixture
def browser(running: Browser) -> Iterator[Browser]:
    yield running
    close_all(running)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `sdpkit page --save` writes."""
    file = tmp_path_factory.mktemp("page") / "page.html"
    subprocess.run([sys.executable, "-m", "sdpkit", "page", "--save", str(file)], check=True, capture_output=True)
    return file


@pytest.mark.parametrize("mode", ["vanilla", "trickle"])
@pytest.mark.parametrize("codec", ["VP8", "H264"])
def test_two_windows(browser: Browser, url: str, mode: str, codec: str) -> None:
    one, other = opened(browser, url), opened(browser, url)
    for window in (one, other):
        window.start()
        window.settings(mode, codec)
    other.receive(one.connect())
    one.receive(other.sent())
    for window in (one, other):
        window.connected()
        window.frames(10)
        window.frames(10, "videoSent")
        assert codec in window.page.inner_text("#media")
    one.chat("hello")
    other.heard("hello")
    one.page.click("#hangup")
    other.trouble("the other side hung up")
    assert one.state == other.state == "over"
    assert one.problems == other.problems == []


@pytest.mark.parametrize("mode", ["vanilla", "trickle"])
@pytest.mark.parametrize("codec", ["VP8", "H264"])
def test_the_page_calls_sdpkit(browser: Browser, url: str, mode: str, codec: str) -> None:
    window, sdpkit = opened(browser, url), Sdpkit("answer", "--json", "--pattern", *["--trickle"] * (mode == "trickle"))
    window.start()
    window.settings(mode, codec)
    sdpkit.take(window.connect())
    window.receive(sdpkit.given(window, '"candidate": ""' if mode == "trickle" else '"answer"'))
    window.connected()
    window.frames(10)
    window.frames(10, "videoSent")
    window.chat("hello")
    window.heard("echo: hello")
    hang_up(window, sdpkit)
    assert any("first video" in line and codec in line for line in sdpkit.words)


@pytest.mark.parametrize("mode", ["vanilla", "trickle"])
@pytest.mark.parametrize("codec", ["VP8", "H264"])
def test_sdpkit_calls_the_page(browser: Browser, url: str, mode: str, codec: str) -> None:
    trickle = ["--trickle"] * (mode == "trickle")
    window, sdpkit = opened(browser, url), Sdpkit("offer", "--json", "--pattern", "--codec", codec, *trickle)
    window.start()
    window.settings(mode)
    window.receive(sdpkit.given(window, '"candidate": ""' if mode == "trickle" else '"offer"'))
    sdpkit.take(window.sent())
    window.connected()
    window.frames(10)
    window.frames(10, "videoSent")
    window.chat("hello")
    window.heard("echo: hello")
    hang_up(window, sdpkit)
    assert any("first video" in line and codec in line for line in sdpkit.words)


def test_without_a_camera_there_is_the_test_picture(browser: Browser, url: str) -> None:
    one, other = opened(browser, url), opened(browser, url)
    one.start("pattern")
    other.receive(one.connect())
    one.receive(other.sent())
    other.frames(10)


def test_wrong_texts(browser: Browser, url: str) -> None:
    wrong_texts_are_explained(opened(browser, url), opened(browser, url))


def test_masked_addresses(browser: Browser, url: str) -> None:
    masked_addresses_are_explained(opened(browser, url), opened(browser, url))


def test_hidden_addresses_are_explained(playwright: Playwright, url: str) -> None:
    with chromium(playwright, without="--use-fake-ui") as browser:
        window = opened(browser, url)
        window.page.click("#connect")
        window.trouble("hidden as .local names")


def test_several_networks(browser: Browser, url: str) -> None:
    window = opened(browser, url)
    window.page.evaluate(f"lookAtOwn({json.dumps(SEVERAL_NETWORKS)})")  # this machine has one network or none
    window.trouble("there are 2 networks (192.168.0.8, 172.17.0.1)")


def test_no_candidates(browser: Browser, url: str) -> None:
    window = opened(browser, url)
    window.page.click("#settings summary")
    window.page.check("#relay")  # and there is no server
    window.connect()
    window.trouble("this side has no candidates")


@pytest.mark.parametrize("server", ["stun.example.org", "turn:", "stun:a:b@c d"])
def test_a_server_that_is_none(browser: Browser, url: str, server: str) -> None:
    window = opened(browser, url)
    window.page.click("#settings summary")
    window.page.fill("#servers", server)
    window.page.click("#connect")
    window.trouble("is neither stun:HOST nor turn:USER:PASSWORD@HOST")
    assert window.state == "idle"


def test_a_text_that_lost_its_line_breaks(browser: Browser, url: str) -> None:
    one, other = opened(browser, url), opened(browser, url)
    one.start()
    other.start()
    other.receive(" ".join(one.connect().split()))
    other.trouble("put back")
    one.receive(other.sent())
    one.connected()


def test_an_old_answer(browser: Browser, url: str) -> None:
    one, other = opened(browser, url), opened(browser, url)
    one.start()
    other.receive(one.connect())
    answer = other.sent()
    one.receive(answer)
    one.connected()
    one.page.click("#hangup")
    one.connect()
    one.receive(answer)
    one.trouble("this answer was used for an earlier call")


def test_a_camera_that_is_busy(browser: Browser, url: str) -> None:
    window = opened(browser, url)
    busy = "() => Promise.reject(new DOMException('Could not start video source', 'NotReadableError'))"
    window.page.evaluate(f"void (navigator.mediaDevices.getUserMedia = {busy})")  # the fake camera never is
    window.page.click("#start")
    window.trouble("the camera is in use by another program")


def test_an_address_that_is_not_secure(browser: Browser, saved: Path) -> None:
    context = browser.new_context(locale="en")
    context.route("http://page.example/", lambda route: route.fulfill(path=saved, content_type="text/html"))
    page = context.new_page()
    page.goto("http://page.example/")
    page.click("#start")
    Window(page, []).trouble("this page needs https or http://127.0.0.1")


def test_other_sites_cannot_ask(browser: Browser, url: str) -> None:
    """Not even a site that knows the address."""
    context = browser.new_context()
    context.route("http://evil.example/", lambda route: route.fulfill(body="<p>", content_type="text/html"))
    page = context.new_page()
    page.goto("http://evil.example/")
    for options in ("{}", "{mode: 'no-cors'}", "{method: 'POST', body: '{}', headers: {'X-Sdpkit-Token': 'x'}}"):
        told = page.evaluate(
            f"fetch({json.dumps(url)} + 'read', {options}).then((r) => r.type + r.status, () => 'refused')"
        )
        assert told in ("refused", "opaque0")
    page.set_content(f"<iframe src={url}></iframe>")
    page.wait_for_timeout(500)
    assert page.frames[1].evaluate("document.getElementById('connect')") is None


def test_a_camera_that_is_not_there(playwright: Playwright, url: str) -> None:
    with chromium(playwright, without="--use-fake-device") as browser:
        window = opened(browser, url)
        window.page.click("#start")
        window.trouble("there is no camera or microphone")
        window.start("pattern")


def test_a_camera_that_is_not_allowed(playwright: Playwright, url: str) -> None:
    with chromium(playwright, "--deny-permission-prompts", without="--use-fake-ui") as browser:
        window = opened(browser, url)
        window.page.click("#start")
        window.trouble("the camera was not allowed")


def test_japanese(browser: Browser, url: str) -> None:
    window = opened(browser, url, language="ja-JP")
    assert window.page.inner_text("h1") == "手動シグナリング"
    window.start()
    window.receive(window.connect())
    window.trouble("これは自分のoffer")
    window.page.select_option("#language", "en")
    assert window.page.inner_text("h1") == "Hand signaling"


@pytest.mark.parametrize("width", [1366, 768, 375])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_nothing_is_wider_than_the_window(browser: Browser, url: str, width: int, language: str) -> None:
    window = opened(browser, url, language=language, viewport={"width": width, "height": 800})
    window.start()
    window.connect()
    window.page.wait_for_timeout(500)
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_inspector_shows_both_descriptions(browser: Browser, url: str) -> None:
    one, other = opened(browser, url), opened(browser, url)
    one.start()
    other.start()
    other.receive(one.connect())
    one.receive(other.sent())
    one.connected()
    shown = one.until("document.getElementById('findings').innerText", lambda text: "other side's answer" in text)
    assert "This side's offer" in shown
    assert "opus" in shown
    assert "Candidate pairs" in shown
    one.until("document.querySelectorAll('tr.selected').length > 0")


def test_a_saved_page_works_by_itself(browser: Browser, saved: Path) -> None:
    one, other = opened(browser, saved.as_uri()), opened(browser, saved.as_uri())
    for window in (one, other):
        window.start("pattern")
        window.settings("trickle")
    offer = one.connect()
    one.receive(offer)
    one.trouble("this side's own offer")
    sdp = json.loads(offer.splitlines()[0])["sdp"]
    for end in (len(sdp) // 2, sdp.rindex("m="), sdp.rindex("a=ice-pwd")):
        other.receive(sdp[:end])
        other.trouble("it ends too early")
    other.receive(" ".join(sdp.split()))
    other.sent()
    other.receive("\n".join(offer.splitlines()[1:]))
    one.receive(other.sent())
    one.connected()
    other.frames(10)
    assert one.problems == other.problems == []
