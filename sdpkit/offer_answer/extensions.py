"""Which header extensions two m-sections agree on (RFC 8285 §7)."""

from collections.abc import Hashable
from typing import NamedTuple

from sdpkit.offer_answer.agreement import AgreedExtension
from sdpkit.sdp.attributes.streams import Extmap
from sdpkit.sdp.media import MediaDescription

_PLACEHOLDERS = 4096
"""From here on an offer's ids are placeholders, which the answer replaces."""


class Extensions(NamedTuple):
    """The agreed extensions under the ids of each side, and the URIs that only the offer has."""

    offerer: tuple[AgreedExtension, ...]
    answerer: tuple[AgreedExtension, ...]
    dropped: tuple[str, ...]


def agreed_extensions(offered: MediaDescription, answered: MediaDescription) -> Extensions:
    """The extensions that both sections have, in the answer's order."""
    theirs, ours = _by_meaning(offered), _by_meaning(answered)
    pairs = [(theirs[meaning], extension) for meaning, extension in ours.items() if meaning in theirs]
    return Extensions(
        tuple(_agreed(answer if offer.id >= _PLACEHOLDERS else offer) for offer, answer in pairs),
        tuple(_agreed(answer) for _, answer in pairs),
        tuple(_agreed(extension).uri for meaning, extension in theirs.items() if meaning not in ours),
    )


def _by_meaning(section: MediaDescription) -> dict[Hashable, Extmap]:
    found: dict[Hashable, Extmap] = {}
    for extension in section.header_extensions:
        found.setdefault((extension.uri, extension.encrypts), extension)
    return found


def _agreed(extension: Extmap) -> AgreedExtension:
    return AgreedExtension(extension.id, extension.encrypts or extension.uri, extension.encrypts is not None)
