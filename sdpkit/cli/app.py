"""The `sdpkit` program: its commands, and how it ends."""

import os
import sys
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup

from sdpkit.cli.exits import INTERNAL


class Command(NamedTuple):
    """The module of a command, which holds a function of its name, and what the list of all commands says of it."""

    module: str
    summary: str


COMMANDS = {
    "inspect": Command("inspect", "What a description says, on one screen"),
    "validate": Command("validate", "Everything that is wrong, and what each browser will say"),
    "diff": Command("diff", "What differs between two descriptions, and what it means"),
    "negotiate": Command("negotiate", "What an offer and its answer agree on"),
    "candidates": Command("candidates", "ICE candidates taken apart, and how far they reach"),
    "pairs": Command("pairs", "Candidate pairs, their order, and which one to expect"),
    "repair": Command("repair", "Clean SDP out of whatever was pasted"),
    "redact": Command("redact", "A copy that can be shown to others"),
    "convert": Command("convert", "SDP to JSON, base64, a QR code and more, and back"),
    "extract": Command("extract", "What peers said to each other, out of a dump or log"),
    "explain": Command("explain", "A line, value, code or error text in plain words"),
    "rules": Command("explain", "The rules of validate"),
    "loopback": Command("loopback", "Two live peers in this process, with a real camera"),
    "offer": Command("hand", "Call a browser or another sdpkit by copy and paste"),
    "answer": Command("hand", "Take such a call"),
    "page": Command("page", "The same in a browser, with an inspector beside it"),
}
"""The commands in the order of the help."""

_SETTINGS: dict[str, Any] = {
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


class _Commands(TyperGroup):
    """The commands, of which only the one that is called is imported: none is to pay for the others."""

    def list_commands(self, _: Any) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, _: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.summary) for name, command in COMMANDS.items()])

    def get_command(self, context: Any, name: str) -> Any:
        if name not in COMMANDS:
            close = get_close_matches(name, COMMANDS)
            if close and not context.resilient_parsing:  # as while a shell completes it
                context.fail(f'there is no command "{name}"; did you mean {" or ".join(close)}?')
            return None
        module = import_module(f"sdpkit.cli.{COMMANDS[name].module}")
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
