"""Windows of a real Firefox, by WebDriver BiDi: the browser itself serves it, no driver is needed."""

import asyncio
import itertools
import json
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp

from tests.page.window import Window

BINARY = shutil.which("firefox-esr") or shutil.which("firefox")
_SETTINGS = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "media.gmp-manager.updateEnabled": False,
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.systemAddon.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}
_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class Firefox:
    """A running browser. Commands go through a connection in a thread of its own."""

    def __init__(self, address: str) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._numbers = itertools.count(1)
        self._wait(self._connect(address))
        self.command("session.new", capabilities={})

    def _wait(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    async def _connect(self, address: str) -> None:
        self._session = aiohttp.ClientSession()
        self._socket = await self._session.ws_connect(f"{address}/session", max_msg_size=0)

    def command(self, method: str, **params: Any) -> Any:
        """The result of a command of WebDriver BiDi."""
        return self._wait(self._command(method, params))

    async def _command(self, method: str, params: dict[str, Any]) -> Any:
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            answer = await self._socket.receive_json()
            if answer.get("id") == number:
                if answer["type"] == "error":
                    raise RuntimeError(f"{method}: {answer['error']}: {answer['message']}")
                return answer["result"]

    def opened(self, url: str) -> Window:
        """A new window with the page."""
        context = self.command("browsingContext.create", type="tab")["context"]
        self.command("browsingContext.navigate", context=context, url=url, wait="complete")
        return Window(FirefoxPage(self, context), [])

    def close(self) -> None:
        self._wait(self._session.close())
        self._loop.call_soon_threadsafe(self._loop.stop)


class FirefoxPage:
    """The methods of playwright's Page that a Window needs."""

    def __init__(self, firefox: Firefox, context: str) -> None:
        self._firefox = firefox
        self._context = context

    def evaluate(self, script: str) -> Any:
        done = self._firefox.command(
            "script.evaluate",
            expression=f"JSON.stringify({script})",
            target={"context": self._context},
            awaitPromise=True,
            userActivation=True,
        )
        if done["type"] == "exception":
            raise RuntimeError(done["exceptionDetails"]["text"])
        return json.loads(done["result"]["value"]) if done["result"]["type"] == "string" else None

    def _of(self, selector: str, script: str) -> Any:
        return self.evaluate(f"(() => {{ const it = document.querySelector({json.dumps(selector)}); {script} }})()")

    def click(self, selector: str) -> None:
        self._of(selector, "it.click();")

    check = click

    def fill(self, selector: str, text: str) -> None:
        self._of(selector, f"it.value = {json.dumps(text)};")

    def select_option(self, selector: str, value: str) -> None:
        self._of(selector, f"it.value = {json.dumps(value)}; it.dispatchEvent(new Event('change'));")

    def is_checked(self, selector: str) -> bool:
        return bool(self._of(selector, "return it.checked;"))

    def input_value(self, selector: str) -> str:
        return str(self._of(selector, "return it.value;"))

    def inner_text(self, selector: str) -> str:
        return str(self._of(selector, "return it.innerText;"))

    def get_attribute(self, selector: str, name: str) -> str:
        return str(self._of(selector, f"return it.getAttribute({json.dumps(name)});"))

    def wait_for_timeout(self, ms: float) -> None:
        time.sleep(ms / 1000)


@contextmanager
def firefox() -> Iterator[Firefox]:
    """A browser with a fake camera, and a profile of its own."""
    assert BINARY is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _SETTINGS.items())
        (Path(folder) / "user.js").write_text("".join(lines))
        command = [BINARY, "--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", folder]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            try:
                assert process.stderr is not None
                found = next(filter(None, map(_LISTENING.search, process.stderr)))
                threading.Thread(target=process.stderr.read, daemon=True).start()
                browser = Firefox(found[1])
                yield browser
                browser.close()
            finally:
                process.terminate()
