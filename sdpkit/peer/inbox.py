"""What was carried here by hand, made sense of: the other side's description, and candidates that follow it."""

from collections.abc import Iterator

from sdpkit.finding import SDPError
from sdpkit.intake import Find, Kind, find_descriptions
from sdpkit.reception import RemoteCandidate, Trouble, candidates_of, ends_candidates, examine
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse


class Inbox:
    """What has come of the other side."""

    def __init__(self, wanted: str, *, trickle: bool) -> None:
        """`wanted` is offer or answer; with `trickle` a description without candidates is nothing to speak of."""
        self.wanted = wanted
        self.description: SessionDescription | None = None
        self.may_change = True
        """Whether another description may still take the place of the first one."""
        self.candidates: list[RemoteCandidate] = []
        """Those that nobody has taken out yet."""
        self._trickle = trickle
        self._half = ""  # of a paste that was cut

    def take(self, text: str, own: SessionDescription | None) -> list[str] | None:
        """Reads a text; what is to be said of it, or None when there is neither description nor candidate in it.

        `own` is what this side has given.
        """
        try:
            found = find_descriptions(text)
            if self._half and not any(map(_is_begun, found)):
                text = self._half + text
                found = find_descriptions(text)
        except SDPError as error:
            return [error.findings[0].message]
        ends = ends_candidates(text, found)
        if not found and not ends:
            return None
        words = [word for find in found for word in self._take(find, text, own)]
        if ends:
            self.candidates.append(RemoteCandidate(None))
        return words

    def _take(self, find: Find, text: str, own: SessionDescription | None) -> Iterator[str]:
        if find.kind is Kind.DESCRIPTION:
            yield from self._take_description(find, text, own)
            return
        try:
            self.candidates += candidates_of(find)
        except SDPError as error:
            yield f"a candidate cannot be read: {error.findings[0].message}"
        if self.description is None:
            yield "a candidate came before its description: it is kept until that is there"

    def _take_description(self, find: Find, text: str, own: SessionDescription | None) -> Iterator[str]:
        description = parse(find.text)
        if self.description is not None and (not self.may_change or str(description) == str(self.description)):
            if str(description) != str(self.description):
                yield "the other side's description is here already: for another one, hang up and begin again"
            return
        reception = examine(description, find.type, self.wanted, own)
        is_cut = reception.refusal is not None and reception.refusal.code == Trouble.CUT.name
        self._half = text if is_cut else ""
        yield from _reading(find)
        if reception.refusal is not None:
            yield str(reception.refusal)
            return
        self.description = description
        yield from () if self._trickle else map(str, reception.notes)


def _is_begun(find: Find) -> bool:
    """Whether it is a description from its beginning, and not the rest of one that was cut."""
    return find.kind is Kind.DESCRIPTION and find.text.startswith("v=")


def _reading(find: Find) -> Iterator[str]:
    """What a text was read as, and what was repaired in it."""
    repairs = [f"{repair.what} ({repair.certainty})" for repair in find.repairs]
    if repairs:
        yield f"read as {', '.join(find.read_as)}: {', '.join(repairs)}"
