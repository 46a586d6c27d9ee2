"""The descriptions of a recording as files."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, count

from sdpkit.extraction.recording import Event, PeerConnection
from sdpkit.extraction.trickling import with_candidates
from sdpkit.sdp.parser import parse

_UNSAFE = re.compile("[^A-Za-z0-9_-]+")
_LONGEST = 60  # characters of a folder's name


def files(connections: Iterable[PeerConnection]) -> Iterator[tuple[str, str, str]]:
    """The folder, the name and the text of each file.

    A peer connection has a folder, and each of its descriptions a file there, such as `02-offer-local.sdp`. Where
    candidates followed, a second one, `02-offer-local+candidates.sdp`, has these too. `candidates.txt` has those that
    belong to no description. Names have only letters, digits, - and _ before their suffix, whatever the recording says.
    """
    taken: set[str] = set()
    for connection in connections:
        folder = _folder(connection.id, taken)
        candidates = connection.candidates
        for number, event in connection.descriptions.items():
            name = _name(number, event)
            yield folder, f"{name}.sdp", event.find.text
            if number in candidates:
                whole = with_candidates(parse(event.find.text), candidates[number])
                yield folder, f"{name}+candidates.sdp", str(whole)
        if None in candidates:
            yield folder, "candidates.txt", "".join(f"{event.find.text.rstrip()}\n" for event in candidates[None])


def _folder(id: str | None, taken: set[str]) -> str:
    """A folder's name that is none of those taken, of which it then is one; without regard to case."""
    plain = _UNSAFE.sub("-", id or "").strip("-")[:_LONGEST] or "unnamed"
    names = chain([plain], (f"{plain}-{number}" for number in count(len(taken) + 1)))
    name = next(name for name in names if name.lower() not in taken)
    taken.add(name.lower())
    return name


def _name(number: int, event: Event) -> str:
    side = event.side if event.is_set else "created"
    return "-".join(filter(None, (f"{number:02}", event.type or "description", side)))
