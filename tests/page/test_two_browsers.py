"""Hand signaling between a real Chromium and a real Firefox."""

import pytest
from aioice.ice import get_host_addresses
from playwright.sync_api import sync_playwright

from tests.page import chromium, firefox

pytestmark = [
    pytest.mark.skipif(chromium.BINARY is None, reason="needs Chromium: apt-get install chromium"),
    pytest.mark.skipif(firefox.BINARY is None, reason="needs Firefox: apt-get install firefox-esr"),
    pytest.mark.skipif(not get_host_addresses(True, False), reason="needs a network interface besides lo"),
]


@pytest.mark.parametrize("mode", ["vanilla", "trickle"])
@pytest.mark.parametrize("chromium_calls", [True, False])
def test_two_browsers(url: str, mode: str, chromium_calls: bool) -> None:
    with sync_playwright() as playwright, chromium.chromium(playwright) as first, firefox.firefox() as second:
        windows = [chromium.opened(first, url), second.opened(url)]
        caller, called = windows if chromium_calls else reversed(windows)
        for window in windows:
            window.start()
            window.settings(mode)
        called.receive(caller.connect())
        caller.receive(called.sent())
        for window in windows:
            window.connected()
            window.frames(10)
        caller.chat("hello")
        called.heard("hello")
        caller.page.click("#hangup")
        called.trouble("the other side hung up")
