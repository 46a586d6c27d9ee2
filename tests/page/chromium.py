"""Windows of a real Chromium, by playwright."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Playwright

from tests.page.window import Window

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
    "--disable-dev-shm-usage",
    "--disable-quic",
]


@contextmanager
def chromium(playwright: Playwright, *more: str, without: str = "--none") -> Iterator[Browser]:
    """A browser with a fake camera."""
    options = [option for option in _OPTIONS if not option.startswith(without)]
    browser = playwright.chromium.launch(executable_path=BINARY, args=[*options, *more])
    try:
        yield browser
    finally:
        browser.close()


def opened(browser: Browser, url: str, *, language: str = "en", **context: Any) -> Window:
    """A new window with the page; close_all() closes it."""
    problems: list[str] = []
    page = browser.new_context(locale=language, **context).new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text))
    page.goto(url)
    return Window(page, problems)


def close_all(browser: Browser) -> None:
    """Closes all windows, which gives their cameras back: Chromium has no camera left after some twenty."""
    for context in browser.contexts:
        context.close()
