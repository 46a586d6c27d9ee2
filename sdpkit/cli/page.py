"""`sdpkit page`: the page for hand signaling in a browser."""

import asyncio
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from sdpkit.cli import exits, streams


def page(
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the page into one file that works by itself, and exit.")
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port to serve on (any free one).")] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser, only say the address.")] = False,
) -> None:
    """Serve a page that calls another browser, or sdpkit offer and answer, by hand.

    It is served on 127.0.0.1 only, at an address that nobody can guess, until Ctrl-C.
    """
    try:
        if save is not None:
            _save(save)
        else:
            asyncio.run(_serve(port, opens=not no_open))
    except streams.InputError as error:
        streams.complain(str(error))
        raise typer.Exit(error.code) from None
    except KeyboardInterrupt:
        raise typer.Exit(exits.CLEAN) from None  # that is how serving ends


def _save(file: Path) -> None:
    from sdpkit.page.assembly import assemble  # noqa: PLC0415  only here

    try:
        file.write_text(assemble(None), encoding="utf-8")
    except OSError as error:
        raise streams.InputError(f"{file}: {error.strerror}") from None
    streams.remark(f"{file}: written; serve it over https, or open it as a file")


async def _serve(port: int, *, opens: bool) -> None:
    from sdpkit.page.server import PageServer  # noqa: PLC0415  aiohttp takes its time to be imported

    server = PageServer()
    try:
        await server.start(port)
    except OSError as error:
        raise streams.InputError(f"port {port} cannot be had: {error.strerror or error}") from None
    try:
        streams.write(f"{server.url}\n")
        streams.remark("open this address in a browser, or in two; Ctrl-C ends it")
        if opens:
            webbrowser.open(server.url)
        await asyncio.Event().wait()
    finally:
        await server.stop()
