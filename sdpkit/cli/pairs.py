"""`sdpkit pairs`: which candidate pairs are checked, in which order, and what to expect of them."""

import enum
from typing import Annotated

import msgspec
import typer

from sdpkit.cli import exits, streams
from sdpkit.cli.inputs import Input, read_pair
from sdpkit.ice.checklist import Checklist, ChecklistSet
from sdpkit.ice.pairs import pairs as form_pairs
from sdpkit.report import pairs as screens
from sdpkit.report.json import document


class Format(enum.StrEnum):
    """How a result is written."""

    TEXT = "text"
    JSON = "json"


def pairs(
    offer: Annotated[str, typer.Argument(metavar="OFFER", help="The offer; - is standard input.")],
    answer: Annotated[
        str | None, typer.Argument(metavar="ANSWER", help="Its answer; not needed where OFFER holds both.")
    ] = None,
    answerer: Annotated[bool, typer.Option("--answerer", help="As the answerer sees it, not the offerer.")] = False,
    mid: Annotated[str | None, typer.Option(metavar="MID", help="Only the transport of this m-section.")] = None,
    component: Annotated[int | None, typer.Option(min=1, metavar="N", help="Only this component.")] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most this many pairs are checked.")] = 100,
    everything: Annotated[bool, typer.Option("--all", help="List each pair that is left out, too.")] = False,
    format: Annotated[Format, typer.Option(help="How the result is written.")] = Format.TEXT,
) -> None:
    """Show which candidate pairs are checked, in which order, which one to expect, and why others are left out.

    Ends with 0 when each transport has a pair that can work, 1 when one has none, 2 for wrong usage, 3 when there is no
    SDP.
    """
    try:
        offered, answered = read_pair(offer, answer)
        found = _chosen(_formed(offered, answered, answerer, limit), offered, mid, component)
        local, remote = (answered, offered) if answerer else (offered, answered)
        if format is Format.JSON:
            streams.write(document("pairs", local.path, found))
        else:
            streams.write(screens.overview(found, local.name, remote.name, streams.width(), everything=everything))
    except streams.InputError as error:
        streams.complain(str(error))
        raise typer.Exit(error.code) from None
    raise typer.Exit(exits.CLEAN if found.works else exits.FINDINGS)


def _formed(offered: Input, answered: Input, answerer: bool, limit: int) -> ChecklistSet:
    """The pairs as one side sees them. The offerer is controlling, unless only it is lite (RFC 8445 §6.1.1)."""
    offer, answer = offered.description, answered.description
    offerer_controls = answer.ice_lite or not offer.ice_lite
    if answerer:
        return form_pairs(answer, offer, not offerer_controls, limit=limit)
    return form_pairs(offer, answer, offerer_controls, limit=limit)


def _chosen(found: ChecklistSet, offered: Input, mid: str | None, component: int | None) -> ChecklistSet:
    """The checklists that are wanted, with the pairs that are wanted."""
    checklists = found.checklists
    if mid is not None:
        mids = [section.mid for section in offered.description.media]
        checklists = tuple(each for each in checklists if mid in [mids[index] for index in each.sections])
        if not checklists:
            raise streams.InputError(f"{offered.name}: no accepted m-section has the mid {mid}")
    if component is not None:
        checklists = tuple(_of_component(each, component) for each in checklists)
    return msgspec.structs.replace(found, checklists=checklists)


def _of_component(checklist: Checklist, component: int) -> Checklist:
    return msgspec.structs.replace(
        checklist,
        pairs=tuple(pair for pair in checklist.pairs if pair.component == component),
        left_out=tuple(group for group in checklist.left_out if checklist.local[group.local[0]].component == component),
        expected=tuple(each for each in checklist.expected if each.component == component),
    )
