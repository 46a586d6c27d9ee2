"""All the ways to read a text."""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from sdpkit.explanation import (
    addresses,
    attributes,
    candidates,
    codecs,
    digests,
    extensions,
    glossary,
    lines,
    numbers,
    parameters,
    priorities,
    profiles,
    values,
)
from sdpkit.explanation.reading import Draft, Explanation
from sdpkit.explanation.words import Language
from sdpkit.masking import mask
from sdpkit.sdp.attributes import ATTRIBUTES
from sdpkit.sdp.decoding import decode
from sdpkit.sdp.lines import Line


def explain(text: str, lang: str = "en", *, show_secrets: bool = False) -> Explanation:
    """What a text of SDP or ICE means, in plain words: in all ways in which it can be read, the likeliest first.

    The text is a line, an attribute, a candidate or parts of one, a value, a number, a codec, a header extension, or a
    term. `lang` is "en" or "ja"; ValueError for any other. Secrets are masked unless `show_secrets`. A text of which
    nothing is known has no readings, but perhaps near names. Several lines have none: each is to be given by itself.

    >>> reading = explain("a=rtcp-fb:96 nack pli").readings[0]
    >>> reading.title, [(row.part, row.value) for row in reading.rows]
    ('a=rtcp-fb', [('payload type', '96'), ('message', 'nack pli')])
    >>> explain("setupp").near
    ('setup',)
    """
    language = Language(lang)
    line = _as_line(text.strip())
    shown = line if show_secrets else mask(line)
    if _LINE_END.search(line):
        return Explanation(shown, language, (), ())
    readings = tuple(draft.within(language) for draft in _drafts(shown))
    return Explanation(shown, language, readings, () if readings else _near(line))


_LINE_END = re.compile(r"[\r\n]")


def _as_line(text: str) -> str:
    """The text, or the line that it means where it is an attribute and its value, as in `setup actpass`."""
    found = _NAME_AND_VALUE(text)
    if found is None or found[1] not in ATTRIBUTES:
        return text
    line = f"a={found[1]}:{found[3]}"
    return line if found[2] == ":" or decode(Line(1, 0, line, "")) is not None else text


_NAME_AND_VALUE = re.compile(r"([A-Za-z0-9_-]+)([: ])([^\r\n]+)").fullmatch


def _drafts(text: str) -> Iterator[Draft]:
    """The readings of a text: one of a line, all that there are of anything else."""
    line = candidates.read(text) or lines.read(text)
    if line is not None:
        yield line
        return
    for read in _READERS:
        found = read(text)
        if isinstance(found, Draft):
            yield found
        elif found is not None:
            yield from found


_READERS: tuple[Callable[[str], Draft | Iterator[Draft] | None], ...] = (
    candidates.read_parts,
    attributes.read,
    values.read,
    codecs.read,
    extensions.read,
    glossary.read,
    profiles.read,
    numbers.read,
    priorities.read,
    numbers.read_identifier,
    parameters.read,
    addresses.read,
    digests.read,
)
"""What reads a text that is no line, the likeliest reading first."""


def _near(text: str) -> tuple[str, ...]:
    """Names that are written almost like a text, or like the name that it begins with."""
    name = _NAME.match(text[:_LONGEST])
    wanted = name[1].lower() if name else ""
    by_name = {each.lower(): each for each in reversed(_names())}
    return tuple(by_name[near] for near in get_close_matches(wanted, by_name, 3, 0.75))


_LONGEST = 60  # characters of a name
_NAME = re.compile("(?:[a-z]=)?([^:=]*)")


def _names() -> list[str]:
    """All that can be explained by its name."""
    words = (word for table in values.VALUES for word in table.words)
    terms = (name for term, entry in glossary.TERMS.items() for name in (term, *entry.others))
    extension_names = (extension.name for extension in extensions.EXTENSIONS.values())
    parameter_names = (name for table in parameters.PARAMETERS.values() for name in table)
    own = (*ATTRIBUTES, *attributes.OUTSIDERS)
    return [*own, *words, *codecs.CODECS, *extension_names, *terms, *parameter_names]
