"""The `sdpkit` program: its commands, and how it ends."""

import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from sdpkit.cli.exits import INTERNAL
from sdpkit.cli.inspect import inspect
from sdpkit.cli.loopback import loopback

app = typer.Typer(
    help="Parse, inspect and check SDP and ICE candidates.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(inspect)
app.command()(loopback)


def _show_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"sdpkit {version('sdpkit')}\n")
        raise typer.Exit


@app.callback()
def _program(
    _: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Runs the program. It ends with one of the exit codes in `sdpkit.cli.exits`, never with a traceback."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # whoever started us closed it
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115  for good
    try:
        app()
    except Exception as error:  # whatever it is, it is our fault, and a user can do nothing with a traceback
        sys.stderr.write(f"sdpkit: internal error: {type(error).__name__}: {error}\nPlease report it with the input.\n")
        sys.exit(INTERNAL)
