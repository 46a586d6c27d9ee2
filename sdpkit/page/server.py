"""The server of the page: on this machine only, for this page only."""

import secrets
from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec
from aiohttp import web

from sdpkit.finding import SDPError
from sdpkit.page.answers import Both, Pasted, inspect, read
from sdpkit.page.assembly import assemble

HOST = "127.0.0.1"
_MOST_BYTES = 4_000_000  # of a question
Question = TypeVar("Question", bound=msgspec.Struct)
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def application(token: str, port: Callable[[], int]) -> web.Application:
    """The page at `/TOKEN/`, and what it asks at `/TOKEN/read` and `/TOKEN/inspect`.

    Other sites can neither read nor ask: they do not know the token, the Host and Origin of a request must be this
    server's own (so that no other name can be made to point here), and questions need a header that only the page
    sends.
    """

    @web.middleware
    async def guard(request: web.Request, handler: _Handler) -> web.StreamResponse:
        own = {f"{HOST}:{port()}", f"localhost:{port()}"}
        origin = request.headers.get("Origin")
        if request.host not in own or (origin is not None and origin.removeprefix("http://") not in own):
            raise web.HTTPForbidden(text="this server is for its own page only")
        if request.method == "POST" and not secrets.compare_digest(request.headers.get("X-Sdpkit-Token", ""), token):
            raise web.HTTPForbidden(text="the token is wrong")
        response = await handler(request)
        response.headers.update({"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"})
        response.headers["Cache-Control"] = "no-store"
        return response

    app = web.Application(middlewares=[guard], client_max_size=_MOST_BYTES)
    app.router.add_get(f"/{token}/", _page(token))
    app.router.add_post(f"/{token}/read", _answering(read, Pasted))
    app.router.add_post(f"/{token}/inspect", _answering(inspect, Both))
    return app


def _page(token: str) -> _Handler:
    async def page(_: web.Request) -> web.Response:
        nonce = secrets.token_urlsafe(16)
        policy = (
            f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; "
            "media-src blob: mediastream:; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        text = assemble({"base": f"/{token}", "token": token}, nonce)
        return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": policy})

    return page


def _answering(answer: Callable[[Question], msgspec.Struct], kind: type[Question]) -> _Handler:
    async def handler(request: web.Request) -> web.Response:
        try:
            question = msgspec.json.decode(await request.read(), type=kind)
            body = msgspec.json.encode(answer(question))
        except msgspec.MsgspecError as error:
            raise web.HTTPBadRequest(text=f"the question is wrong: {error}") from None
        except SDPError as error:
            raise web.HTTPBadRequest(text=error.findings[0].message) from None
        return web.Response(body=body, content_type="application/json")

    return handler


class PageServer:
    """The server while it runs. `url` is the address of the page, with the token in it."""

    def __init__(self) -> None:
        self._token = secrets.token_urlsafe(16)
        self._port = 0
        self._runner = web.AppRunner(application(self._token, lambda: self._port), access_log=None)

    async def start(self, port: int) -> None:
        """Begins to serve on a port; 0 is any free one. Raises OSError when that cannot be had."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://{HOST}:{self._port}/{self._token}/"

    async def stop(self) -> None:
        """Ends it."""
        await self._runner.cleanup()
