"""Which m-section of one description is which of another, and what has become of m-sections as a whole."""

from collections.abc import Iterator
from typing import NamedTuple

from sdpkit.offer_answer.changes import Delta, Kind, Said, Where, spans
from sdpkit.offer_answer.pairing import counterparts, moved, zipped
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import MediaDescription


class Placed(NamedTuple):
    """An m-section and its index in the description."""

    place: int
    section: MediaDescription

    @property
    def summary(self) -> str:
        """What it is, in words, with its mid."""
        section = self.section
        name = "" if section.mid is None else f"mid {section.mid}: "
        if section.is_rejected:
            return f"{name}{section.kind}, rejected"
        if section.data_channels:
            return f"{name}data channels"
        count = len(section.codecs)
        return f"{name}{section.kind} {section.direction}, {count} codec{'s' * (count != 1)}"


class Matched(NamedTuple):
    """An m-section in two descriptions; None in the one that has none."""

    old: Placed | None
    new: Placed | None

    @property
    def where(self) -> Where:
        """Which one it is; the mid of the new description, or else that of the old one."""
        mids = [placed.section.mid for placed in (self.new, self.old) if placed and placed.section.mid is not None]
        kinds = [placed.section.kind for placed in (self.new, self.old) if placed]
        return Where(
            self.old.place if self.old else None, self.new.place if self.new else None, next(iter(mids), None), kinds[0]
        )

    @property
    def kind(self) -> str:
        """The kind of media that it has in both; empty where that differs."""
        kinds = {placed.section.kind for placed in (self.old, self.new) if placed}
        return kinds.pop() if len(kinds) == 1 else ""

    @property
    def is_replaced(self) -> bool:
        """Whether a new m-section stands in the place of another one (RFC 9429 §5.2.2), or of one of another kind."""
        if self.old is None or self.new is None or self.old.section.mid == self.new.section.mid:
            return False
        one, other = self.old.section, self.new.section
        return one.is_rejected or other.is_rejected or one.kind != other.kind

    @property
    def is_whole(self) -> bool:
        """Whether it has come, gone or been replaced as a whole, so that there is nothing to compare in it."""
        return self.old is None or self.new is None or self.is_replaced

    @property
    def lines(self) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """Its lines in both."""
        return self.old.section.lines if self.old else (), self.new.section.lines if self.new else ()


def matched_sections(old: SessionDescription, new: SessionDescription) -> list[Matched]:
    """The m-sections by their mids, the others by their places."""
    before, after = ([Placed(*pair) for pair in enumerate(description.media)] for description in (old, new))
    places = counterparts(before, after, lambda placed: placed.section.mid, lambda placed: placed.place)
    return [Matched(*pair) for pair in zipped(before, after, places)]


def whole_change(matched: Matched) -> Delta:
    """An m-section that has come, gone, or been replaced by another one."""
    kind = Kind.ADDED if matched.old is None else Kind.REMOVED if matched.new is None else Kind.CHANGED
    before, after = (Said(placed.summary, spans(*placed.section.lines)) if placed else Said() for placed in matched)
    return Delta(kind, "section", before, after)


def moved_sections(all_matched: list[Matched]) -> Iterator[tuple[Matched, Delta]]:
    """The m-sections that stand in another order."""
    pairs = {(each.old.place, each.new.place): each for each in all_matched if each.old and each.new}
    for place in moved({place: matched.where.mid or "" for place, matched in pairs.items()}):
        before, after = (
            Said(str(placed.place), spans(*placed.section.lines_of("m="))) if placed else Said()
            for placed in pairs[place]
        )
        yield pairs[place], Delta(Kind.MOVED, "section", before, after)
