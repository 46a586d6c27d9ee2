"""a=rid and a=simulcast: the first is dropped when it is malformed, the second kills the description."""

import re
from collections import Counter

from sdpkit.rules.stacks.chromium.model import Rid, Section
from sdpkit.rules.stacks.chromium.text import RefusalError, integer, unparsable

_DIRECTIONS = ("send", "recv")
_RID = re.compile("[0-9A-Za-z]{1,16}")
_MOST_RIDS = 16  # 20 are too many (measured); the limit itself is not measured


def read_rid(section: Section, line: str) -> None:
    """a=rid:<id> <direction> [<restrictions>]."""
    fields = [field for field in line[len("a=rid:") :].split(" ") if field]
    if len(fields) not in (2, 3) or fields[1] not in _DIRECTIONS or not _RID.fullmatch(fields[0]):
        return
    if len(fields) == 2 or _are_restrictions(fields[2]):
        section.rids.append(Rid(fields[0], fields[1]))


def _are_restrictions(text: str) -> bool:
    """Whether these are restrictions that libwebrtc understands; the payload types must be numbers."""
    for restriction in text.split(";"):
        name, equals, value = restriction.partition("=")
        if not name or (name == "pt" and not all(integer(pt) is not None for pt in value.split(","))):
            return False
        if equals and "=" in value:
            return False
    return True


def read_simulcast(section: Section, line: str) -> None:
    """a=simulcast:<direction> <layers> [<direction> <layers>]."""
    value = line[len("a=simulcast:") :]
    if not value:
        raise unparsable(line, "Simulcast attribute is empty.")
    if section.layers:
        raise unparsable(line, "Multiple Simulcast attributes specified.")
    fields = [field for field in value.split(" ") if field]
    if len(fields) not in (2, 4):
        raise _malformed(line, "Must have one or two <direction, streams> pairs.")
    directions = fields[::2]
    if any(direction not in _DIRECTIONS for direction in directions) or len(set(directions)) < len(directions):
        raise _malformed(line, "Valid values: send / recv.")
    section.layers = []
    for direction, layers in zip(directions, fields[1::2], strict=True):
        section.layers += [(rid, direction) for rid in _rids(line, layers)]


def _rids(line: str, layers: str) -> list[str]:
    rids: list[str] = []
    for alternatives in layers.split(";"):
        if not alternatives:
            raise _malformed(line, "Simulcast alternative layer list is empty.")
        for rid in alternatives.split(","):
            if rid in ("", "~"):
                raise _malformed(line, "Rid must not be empty.")
            rids.append(rid.removeprefix("~"))
    if len(rids) > _MOST_RIDS:
        raise _malformed(line, "Simulcast description contains too many RIDs.")
    return rids


def _malformed(line: str, reason: str) -> RefusalError:
    return unparsable(line, f"Malformed simulcast line: {reason}")


def drop_unmatched_layers(section: Section) -> None:
    """Takes away the layers without exactly one a=rid of their direction, and those of both directions."""
    if section.layers is None:
        return
    times = Counter(rid.id for rid in section.rids)
    usable = {(rid.id, rid.direction) for rid in section.rids if times[rid.id] == 1}
    sent, received = ({rid for rid, way in section.layers if way == direction} for direction in _DIRECTIONS)
    section.layers = [layer for layer in section.layers if layer in usable and layer[0] not in sent & received]
