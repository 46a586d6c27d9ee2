"""`sdpkit explain` and `sdpkit rules`: what codes and error texts mean."""

from typing import Annotated

import typer

from sdpkit.cli import exits, streams
from sdpkit.report import rules as screens
from sdpkit.rules import RULES
from sdpkit.rules.errors import codes_behind

_MOST_EXPLAINED = 3  # rules; more behind one text are listed


def explain(
    words: Annotated[
        list[str], typer.Argument(metavar="CODE|TEXT", help="Codes of rules, or the error text of a browser.")
    ],
) -> None:
    """Say what a code means, or which rules are behind a browser's error text.

    The text may be as the console shows it, or a part of it. Ends with 2 when nothing is known of it.
    """
    text, width = " ".join(words), streams.width()
    codes = [word.upper() for word in words]
    if not all(code in RULES for code in codes):
        codes = list(codes_behind(text))
        if not codes:
            streams.complain(f'nothing is known of "{text}": give a code that sdpkit rules lists, or more of the error')
            raise typer.Exit(exits.USAGE)
        if len(codes) > _MOST_EXPLAINED:
            streams.write(screens.suspects([RULES[code] for code in codes], width))
            return
    streams.write("\n".join(screens.explanation(RULES[code], width) for code in codes))


def rules(
    family: Annotated[str | None, typer.Argument(metavar="FAMILY", help="Only these codes: ICE, or DTL0.")] = None,
) -> None:
    """List all rules, or those of a family."""
    chosen = [RULES[code] for code in sorted(RULES) if code.startswith((family or "").upper())]
    if not chosen:
        families = ", ".join(sorted({code[:3] for code in RULES}))
        streams.complain(f'there is no rule "{family}": the families are {families}')
        raise typer.Exit(exits.USAGE)
    streams.write(screens.overview(chosen, streams.width()))
