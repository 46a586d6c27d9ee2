"""`sdpkit explain` and `sdpkit rules`: what codes and error texts mean."""

from typing import Annotated

import typer

from sdpkit.cli import exits, streams
from sdpkit.report import rules as screens
from sdpkit.rules import RULES
from sdpkit.rules.errors import codes_behind


def explain(
    what: Annotated[str, typer.Argument(metavar="CODE|TEXT", help="A rule's code, or an error text of a browser.")],
) -> None:
    """Say what a code means, or which rules are behind a browser's error text.

    Ends with 2 when nothing is known of it.
    """
    codes = [what.strip().upper()] if what.strip().upper() in RULES else codes_behind(what)
    known = [RULES[code] for code in codes if code in RULES]
    if not known:
        streams.complain(f'nothing is known of "{what}": sdpkit rules lists the codes; of an error give the whole text')
        raise typer.Exit(exits.USAGE)
    streams.write("\n".join(screens.explanation(rule, streams.width()) for rule in known))


def rules(
    family: Annotated[str | None, typer.Argument(metavar="FAMILY", help="Only these codes: ICE, or DTL0.")] = None,
) -> None:
    """List all rules, or those of a family."""
    chosen = [rule for rule in RULES.values() if rule.code.startswith((family or "").upper())]
    if not chosen:
        families = ", ".join(dict.fromkeys(code[:3] for code in RULES))
        streams.complain(f'there is no rule "{family}": the families are {families}')
        raise typer.Exit(exits.USAGE)
    streams.write(screens.overview(chosen, streams.width()))
