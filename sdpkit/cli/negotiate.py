"""`sdpkit negotiate`: what an offer and its answer agree on."""

import enum
from typing import Annotated

import typer

from sdpkit.cli import exits, streams
from sdpkit.cli.inputs import read_pair
from sdpkit.offer_answer.negotiation import negotiate as agree
from sdpkit.report import negotiate as screens
from sdpkit.report.json import document


class Format(enum.StrEnum):
    """How a result is written."""

    TEXT = "text"
    JSON = "json"


def negotiate(
    offer: Annotated[str, typer.Argument(metavar="OFFER", help="The offer; - is standard input.")],
    answer: Annotated[
        str | None, typer.Argument(metavar="ANSWER", help="Its answer; not needed where OFFER holds both.")
    ] = None,
    brief: Annotated[bool, typer.Option("--brief", help="One line: the outcome of each m-section.")] = False,
    format: Annotated[Format, typer.Option(help="How the result is written.")] = Format.TEXT,
) -> None:
    """Show what an offer and its answer agree on: directions, codecs, extensions, transports, and what fell out.

    Ends with 0 when some m-section is accepted and each accepted one has something in common, 1 when nothing can come
    of it (all rejected, no common codec, DTLS roles that cannot work), 2 for wrong usage, 3 when there is no SDP.
    """
    if brief and format is Format.JSON:
        raise typer.BadParameter("only one of --brief and --format json can be had at a time")
    try:
        offered, answered = read_pair(offer, answer)
        negotiation = agree(offered.description, answered.description)
        if format is Format.JSON:
            streams.write(document("negotiate", answered.path, negotiation))
        elif brief:
            streams.write(screens.brief(negotiation, offered.name, answered.name))
        else:
            streams.write(screens.overview(negotiation, offered.name, answered.name, streams.width()))
    except streams.InputError as error:
        streams.complain(str(error))
        raise typer.Exit(error.code) from None
    raise typer.Exit(exits.CLEAN if negotiation.works else exits.FINDINGS)
