"""The page in a real browser, used as a person would: by its buttons and text fields."""

import time
from collections.abc import Callable
from typing import Any

_PATIENCE = 30.0  # s


class Window:
    """One window with the page. `page` is playwright's, or has the same methods."""

    def __init__(self, page: Any, problems: list[str]) -> None:
        """`problems` is where the browser itself complains."""
        self.page = page
        self.problems = problems

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
        return str(self.page.input_value("#send"))

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
        return str(self.page.inner_text("#troubles")).splitlines()

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
