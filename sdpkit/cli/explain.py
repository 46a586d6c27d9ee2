"""`sdpkit explain` and `sdpkit rules`: what lines, names, numbers, codes and error texts mean."""

import os
import re
from typing import Annotated

import typer

from sdpkit.cli import exits, streams
from sdpkit.cli.inspect import Format
from sdpkit.explanation import Explanation, Language
from sdpkit.explanation import explain as explained
from sdpkit.report import explanation as screens
from sdpkit.report import rules as rule_screens
from sdpkit.report.json import document
from sdpkit.rules import RULES
from sdpkit.rules.errors import codes_behind

_MOST_EXPLAINED = 3  # rules; more behind one text are listed
_LINE_AND_MORE = re.compile("[a-z]=[^ ]* (.+)")


def explain(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WHAT",
            help="A line, candidate, attribute, value, number or term; codes of rules; or an error text of a browser.",
        ),
    ],
    lang: Annotated[
        Language | None, typer.Option(help="The language; without it Japanese where the locale is, else English.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How the result is written.")] = Format.TEXT,
    show_secrets: Annotated[bool, typer.Option("--show-secrets", help="Do not mask ice-pwd and keys.")] = False,
) -> None:
    """Say in plain words what something in SDP or ICE means, or what is behind an error text of a browser.

    The error text may be as the console shows it, or a part of it. Ends with 2 when nothing is known of WHAT.
    """
    text = " ".join(words)
    explanation = explained(text, lang or _language_of_locale(), show_secrets=show_secrets)
    codes = [word.upper() for word in words]
    if not all(code in RULES for code in codes):
        is_error = not explanation.readings or _is_error_about_line(text)
        codes = list(codes_behind(text)) if is_error else []
    if codes and format is Format.JSON:
        raise typer.BadParameter("--format json is not for codes and error texts")
    if codes:
        _write_rules(codes)
    else:
        _write_explanation(explanation, format)


def _language_of_locale() -> Language:
    """The language that the locale asks for messages in (POSIX: LC_ALL before LC_MESSAGES before LANG)."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, names), "")
    return Language.JA if locale.lower().startswith("ja") else Language.EN


def _is_error_about_line(text: str) -> bool:
    """Whether a text begins like a line only because an error text quotes one."""
    found = _LINE_AND_MORE.match(text)
    return found is not None and bool(codes_behind(found[1]))


def _write_rules(codes: list[str]) -> None:
    known, width = [RULES[code] for code in codes], streams.width()
    if len(known) > _MOST_EXPLAINED:
        streams.write(rule_screens.suspects(known, width))
    else:
        streams.write("\n".join(rule_screens.explanation(rule, width) for rule in known))


def _write_explanation(explanation: Explanation, format: Format) -> None:
    """Ends the program with USAGE when there is none."""
    if format is Format.JSON:
        streams.write(document("explain", None, explanation))
    elif explanation.readings:
        streams.write(screens.screen(explanation, streams.width()))
    if not explanation.readings:
        streams.complain(screens.unknown(explanation))
        raise typer.Exit(exits.USAGE)


def rules(
    family: Annotated[str | None, typer.Argument(metavar="FAMILY", help="Only these codes: ICE, or DTL0.")] = None,
) -> None:
    """List all rules, or those of a family."""
    chosen = [RULES[code] for code in sorted(RULES) if code.startswith((family or "").upper())]
    if not chosen:
        families = ", ".join(sorted({code[:3] for code in RULES}))
        streams.complain(f'there is no rule "{family}": the families are {families}')
        raise typer.Exit(exits.USAGE)
    streams.write(rule_screens.overview(chosen, streams.width()))
