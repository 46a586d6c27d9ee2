"""The `sdpkit` program: its commands, and how it ends."""

import os
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from sdpkit.cli.exits import INTERNAL

COMMANDS = {
    "inspect": "inspect",
    "validate": "validate",
    "diff": "diff",
    "negotiate": "negotiate",
    "candidates": "candidates",
    "pairs": "pairs",
    "repair": "repair",
    "redact": "redact",
    "convert": "convert",
    "extract": "extract",
    "explain": "explain",
    "rules": "explain",
    "loopback": "loopback",
    "offer": "hand",
    "answer": "hand",
    "page": "page",
}
"""The commands in the order of the help, and the module of each, which holds a function of the command's name."""

_SETTINGS: dict[str, Any] = {
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


class _Commands(TyperGroup):
    """The commands, of which only the one that is called is imported: none is to pay for the others."""

    def list_commands(self, _: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _: Any, name: str) -> Any:
        if name not in COMMANDS:
            return None
        module = import_module(f"sdpkit.cli.{COMMANDS[name]}")
        command = typer.Typer(add_completion=False, **_SETTINGS)
        command.command(name)(getattr(module, name))
        return typer.main.get_command(command)


app = typer.Typer(
    cls=_Commands, help="Parse, inspect and check SDP and ICE candidates.", no_args_is_help=True, **_SETTINGS
)


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
