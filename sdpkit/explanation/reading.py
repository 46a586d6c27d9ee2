"""What an explanation is: the readings of a text, each with its parts and what they mean."""

from typing import NamedTuple

import msgspec

from sdpkit.explanation.japanese import LABELS
from sdpkit.explanation.words import NOTHING, Language, Words, plain


class Row(msgspec.Struct, frozen=True):
    """A part of a text: what it is called, what stands there, and what that means (empty: it says all itself)."""

    part: str
    value: str
    meaning: str


class Reading(msgspec.Struct, frozen=True):
    """One way to understand a text: what it was read as, what that is in one or two sentences, and its parts.

    `see` are other texts to have explained.
    """

    read_as: str
    title: str
    summary: str
    rows: tuple[Row, ...]
    reference: str
    see: tuple[str, ...]


class Explanation(msgspec.Struct, frozen=True):
    """All readings of a text, the likeliest first. Without any, `near` are names that are almost the same."""

    text: str
    language: Language
    readings: tuple[Reading, ...]
    near: tuple[str, ...]


class Part(NamedTuple):
    """A row before its language is chosen. `label` is English, and a key of the Japanese labels."""

    label: str
    value: str
    meaning: Words = NOTHING


class Draft(NamedTuple):
    """A reading before its language is chosen."""

    read_as: Words
    title: Words
    summary: Words
    parts: tuple[Part, ...] = ()
    reference: str = ""
    see: tuple[str, ...] = ()

    def within(self, language: Language) -> Reading:
        """The reading in one language."""
        rows = [
            Row(label(part.label).within(language), part.value, part.meaning.within(language)) for part in self.parts
        ]
        read_as, title, summary = (words.within(language) for words in (self.read_as, self.title, self.summary))
        return Reading(read_as, title, summary, tuple(rows), self.reference, self.see)


def label(name: str) -> Words:
    """What something is called. A name that the standards leave to others, such as a format parameter's, stays."""
    return Words(name, LABELS[name]) if name in LABELS else plain(name)
