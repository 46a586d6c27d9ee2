"""The long tail: attributes that need no class of their own, read by a grammar into named fields.

Some of those grammars are the tables of the sdp-transform package; only its regular expressions are used, because its
reader turns text such as 1e5 into numbers.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Self

import msgspec

from sdpkit.finding import fault
from sdpkit.grammar import Grammar


class Record(msgspec.Struct, frozen=True, gc=False):
    """A value by its named fields, all of them text. `text` is the whole value, as it is written."""

    text: str
    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, text: str, names: Iterable[str], values: Iterable[str | None]) -> Self:
        """A value from the names of a grammar's fields and what stands in them; None: not there."""
        pairs = zip(names, values, strict=True)
        return cls(text, tuple((name, value) for name, value in pairs if value is not None))

    @property
    def fields(self) -> dict[str, str]:
        """The fields by name."""
        return dict(self.pairs)

    def __str__(self) -> str:
        return self.text


def record(template: str, *, reference: str) -> Callable[[str], Record]:
    """A decoder for the values of one template (see `sdpkit.grammar`).

    >>> decode = record("{start:number}-[{stop:number}]", reference="RFC 2326 C.1.5")
    >>> decode("0-17.5").fields
    {'start': '0', 'stop': '17.5'}
    """
    grammar = Grammar(template, code="SYN029", reference=reference)
    names = re.findall(r"\{([^:}]+):", template)

    def decode(text: str) -> Record:
        return Record.of(text, names, grammar.read(text))

    return decode


def through_sdp_transform(name: str) -> Callable[[str], Record]:
    """A decoder through sdp-transform's grammar of the attribute `name`.

    >>> through_sdp_transform("source-filter")(" incl IN IP4 233.252.0.2 192.0.2.15").fields["srcList"]
    '192.0.2.15'
    """

    def decode(text: str) -> Record:
        for match, names in _rules()[name]:
            found = match(f"{name}:{text}")
            if found is not None:
                return Record.of(text, names, found.groups())
        raise fault("SYN029", f"this is not a value of a={name}", "", start=0, end=max(1, len(text)))

    return decode


@cache
def _rules() -> dict[str, list[tuple[Callable[[str], Any], list[str]]]]:
    """sdp-transform's rules by attribute: what matches a whole line, and the names of its groups."""
    from sdp_transform.grammar import grammar  # noqa: PLC0415  here, because few descriptions need it

    rules: dict[str, list[tuple[Callable[[str], Any], list[str]]]] = {}
    for rule in grammar["a"]:
        expression = re.compile(re.compile(rule["reg"]).pattern, re.ASCII)  # \d is an ASCII digit, as in ABNF
        name = re.match(r"\^\(?([A-Za-z-]+)", expression.pattern)
        if name is not None:
            names = rule.get("names") or [rule.get("name") or rule.get("push")]
            rules.setdefault(name[1], []).append((expression.fullmatch, names))
    return rules
