"""`sdpkit diff`: what differs between two descriptions, and what it means."""

import enum
from typing import Annotated

import typer

from sdpkit.cli import exits, streams
from sdpkit.cli.inputs import Input, in_order, read_two
from sdpkit.offer_answer.changes import Mode, masked
from sdpkit.offer_answer.comparison import diff as compare
from sdpkit.offer_answer.relation import guess_mode
from sdpkit.offer_answer.subjects import SUBJECTS, TOPICS
from sdpkit.report.diff import screen
from sdpkit.report.json import document


class Format(enum.StrEnum):
    """How a result is written."""

    TEXT = "text"
    JSON = "json"


def diff(
    old: Annotated[
        str, typer.Argument(metavar="A", help="The earlier description, or the offer; - is standard input.")
    ],
    new: Annotated[
        str | None,
        typer.Argument(metavar="B", help="The later description, or the answer; not needed where A holds both."),
    ] = None,
    mode: Annotated[Mode, typer.Option(help="What the two are to each other.")] = Mode.AUTO,
    all: Annotated[bool, typer.Option("--all", help="Show what does not matter, too.")] = False,
    ignore: Annotated[
        str | None,
        typer.Option(metavar="TOPICS", help=f"Leave these out, as in ports,ssrc: {', '.join(TOPICS)}."),
    ] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="End with 0 whatever differs.")] = False,
    format: Annotated[Format, typer.Option(help="How the result is written.")] = Format.TEXT,
    show_secrets: Annotated[bool, typer.Option("--show-secrets", help="Do not mask ice-pwd and keys.")] = False,
) -> None:
    """Show what differs between two descriptions, what it means, and whether it matters.

    The modes: renegotiation is one peer, earlier and later; munge is what was made and what was set; peers is an offer
    and its answer; text compares lines. Ends with 0 when nothing differs that matters, 1 when something does, 2 for
    wrong usage, 3 when there is no SDP.
    """
    left_out = _topics(ignore or "")
    try:
        before, after = _ordered(*read_two(old, new), mode)
        difference = compare(before.description, after.description, mode, ignore=left_out)
        shown = difference if show_secrets else masked(difference, before.description, after.description)
        if format is Format.JSON:
            streams.write(document("diff", after.path, shown))
        else:
            streams.write(screen(shown, (before.name, after.name), streams.width(), show_all=all))
    except streams.InputError as error:
        streams.complain(str(error))
        raise typer.Exit(error.code) from None
    raise typer.Exit(exits.FINDINGS if difference.mattering and not exit_zero else exits.CLEAN)


def _topics(text: str) -> list[str]:
    """What is to be left out: topics, or names of changes."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in TOPICS and name not in SUBJECTS]
    if unknown:
        raise typer.BadParameter(f"--ignore: there is no topic {', '.join(unknown)}; there are {', '.join(TOPICS)}")
    return names


def _ordered(first: Input, second: Input, mode: Mode) -> tuple[Input, Input]:
    """The two as they are, but of two peers the offer first."""
    if mode is Mode.AUTO:
        mode, _ = guess_mode(first.description, second.description)
    return in_order(first, second) if mode is Mode.PEERS else (first, second)
