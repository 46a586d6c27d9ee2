"""The page in a real Chromium, driven as a person would: by its buttons and text fields."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright

BINARY = next(
    (path for path in ("/usr/lib/chromium/chromium", shutil.which("chromium")) if path and Path(path).exists()), None
)
"""The browser itself; Debian's `chromium` is a script that adds options."""
_OPTIONS = [
    "--no-sandbox",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--disable-background-networking",
    "--disable-quic",
]
_PATIENCE = 20.0  # s


@contextmanager
def chromium(playwright: Playwright, *more: str, without: str = "--none") -> Iterator[Browser]:
    """A browser with a fake camera."""
    options = [option for option in _OPTIONS if not option.startswith(without)]
    browser = playwright.chromium.launch(executable_path=BINARY, args=[*options, *more])
    try:
        yield browser
    finally:
        browser.close()


class Window:
    """One window with the page."""

    def __init__(self, browser: Browser, url: str, *, language: str = "en", **context: Any) -> None:
        self.problems: list[str] = []
        """What the browser itself complained of."""
        self.page: Page = browser.new_context(locale=language, **context).new_page()
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", lambda message: self.problems.append(message.text))
        self.page.goto(url)

    def until(self, script: str, wanted: Callable[[Any], bool] = bool) -> Any:
        """Waits for the value of a script; not by wait_for_function(), which the page's own policy forbids."""
        deadline = time.monotonic() + _PATIENCE
        while not wanted(value := self.page.evaluate(script)):
            assert time.monotonic() < deadline, f"{script} is {value}; {self.troubles}; {self.problems}"
            self.page.wait_for_timeout(50)
        return value

    def start(self, source: str = "camera") -> None:
        """Presses Start Video, and waits for the picture."""
        self.page.select_option("#source", source)
        self.page.click("#start")
        self.until("document.getElementById('local').videoWidth > 0")

    def settings(self, mode: str = "vanilla", codec: str = "") -> None:
        self.page.click("#settings summary")
        self.page.check(f"input[value={mode}]")
        self.page.select_option("#codec", codec)

    def sent(self) -> str:
        """SDP to send, once it is complete."""
        self.until("document.getElementById('send').value.length > 0")
        trickles = self.page.is_checked("input[value=trickle]")
        self.until(f'!{str(trickles).lower()} || call.trickled.some((line) => line.includes(\'"candidate":""\'))')
        return self.page.input_value("#send")

    def receive(self, text: str) -> None:
        """Pastes into SDP to receive, and presses Receive."""
        self.page.fill("#receive", text)
        self.page.click("#take")

    def connect(self) -> str:
        """Presses Connect; the offer."""
        self.page.click("#connect")
        return self.sent()

    @property
    def state(self) -> str:
        """Such as connected."""
        return str(self.page.get_attribute("#state", "data-state"))

    @property
    def troubles(self) -> list[str]:
        return self.page.locator("#troubles li").all_inner_texts()

    def trouble(self, part: str) -> None:
        """Waits until a trouble with these words is shown."""
        self.until("document.getElementById('troubles').innerText", lambda shown: part in shown)

    def connected(self) -> None:
        self.until("document.getElementById('state').dataset.state", lambda state: state == "connected")

    def frames(self, more_than: int, kind: str = "videoReceived") -> int:
        """Waits for so many frames by the browser's own count."""
        return int(self.until(f"Number(document.getElementById('media').dataset.{kind} || 0)", lambda n: n > more_than))

    def chat(self, text: str) -> None:
        self.until("!document.getElementById('message').disabled")
        self.page.fill("#message", text)
        self.page.click("#say-button")

    def heard(self, text: str) -> None:
        self.until("document.getElementById('messages').innerText", lambda shown: f"< {text}" in shown)
