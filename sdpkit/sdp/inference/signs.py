"""The signs that guesses rest on: what can be seen in a description, and what it takes to see it."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from itertools import groupby
from typing import Any

import msgspec

from sdpkit.codecs.static import STATIC_PAYLOAD_TYPES
from sdpkit.ice.candidate import Candidate
from sdpkit.ice.priority import Priority
from sdpkit.sdp.attributes.grouping import MsidSemantic
from sdpkit.sdp.decoding import key_of
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Line
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.section import DIRECTIONS, Section


class Guess(msgspec.Struct, frozen=True):
    """A guess and the signs that it rests on. A `value` of None: there is no telling."""

    value: str | None
    signs: tuple[str, ...] = ()


class Traits:
    """What the signs look at, each part gathered once and when first needed."""

    def __init__(self, description: SessionDescription) -> None:
        self.description = description
        self.media = description.media
        self.origin = description.origin
        self.name = _text(description, "s=")
        self.user = _text(description, "o=").partition(" ")[0]

    @cached_property
    def tools(self) -> frozenset[str]:
        return frozenset(map(str, self._everywhere("tool")))

    @cached_property
    def ice_options(self) -> frozenset[str]:
        """The options of each line as they are written."""
        return frozenset(" ".join(options) for options in self._everywhere("ice-options"))

    @cached_property
    def session_attributes(self) -> frozenset[str]:
        return frozenset(_attributes(self.description.session_lines))

    @cached_property
    def orders(self) -> tuple[str, ...]:
        """The attributes of each m-section in their order, each run of one attribute once, between blanks."""
        return tuple(f" {' '.join(_attributes(section.lines))} " for section in self.media)

    @cached_property
    def attributes(self) -> frozenset[str]:
        """The attributes of all m-sections."""
        return frozenset(name for order in self.orders for name in order.split())

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(candidate for section in self.media for candidate in section.candidates)

    @cached_property
    def udp_host_priorities(self) -> tuple[Priority, ...]:
        hosts = (each for each in self.candidates if each.typ == "host" and each.transport.lower() == "udp")
        return tuple(host.priority_parts for host in hosts)

    @cached_property
    def foundations(self) -> frozenset[str]:
        return frozenset(candidate.foundation for candidate in self.candidates)

    @cached_property
    def credentials(self) -> frozenset[str]:
        """Each ufrag and pwd with a blank between them."""
        return frozenset(map(" ".join, zip(self._held("ice-ufrag"), self._held("ice-pwd"), strict=True)))

    @cached_property
    def cnames(self) -> frozenset[str]:
        return frozenset(self._of_ssrcs("cname"))

    @cached_property
    def msids(self) -> frozenset[str]:
        """The streams and tracks, whichever way they are written."""
        return frozenset([*self._of_ssrcs("msid"), *(str(msid) for section in self.media for msid in section.msids)])

    @cached_property
    def semantic(self) -> MsidSemantic | None:
        return self.description.msid_semantic

    @cached_property
    def codec_names(self) -> frozenset[str]:
        return frozenset(rtpmap.name for section in self.media for rtpmap in section.rtpmaps)

    @cached_property
    def parameters(self) -> frozenset[str]:
        """The format parameters, by name."""
        return frozenset(name for section in self.media for fmtp in section.fmtps for name, _ in fmtp.pairs)

    @cached_property
    def setups(self) -> frozenset[str]:
        return frozenset(self._held("setup"))

    @cached_property
    def codec_counts(self) -> tuple[int, ...]:
        """How many codecs each live RTP section has, without what only accompanies a codec."""
        live = (section for section in self.media if section.port and "RTP" in section.protocol)
        return tuple(sum(name.lower() not in _COMPANIONS for name in codecs_of(section)) for section in live)

    def _held(self, name: str) -> list[str]:
        """The value that holds in each m-section, its own or else the session's; empty when there is none."""
        inherited = self.description.get(name) or ""
        return [section.get(name) or inherited for section in self.media]

    def _everywhere(self, name: str) -> Iterator[Any]:
        """The values of an attribute at either level."""
        sections: tuple[Section, ...] = (self.description, *self.media)
        return (value for section in sections for value in section.get_all(name))

    def _of_ssrcs(self, attribute: str) -> Iterator[str]:
        lines = (line for section in self.media for line in section.ssrc_attributes)
        return (line.value for line in lines if line.attribute == attribute and line.value)


_COMPANIONS = {"telephone-event", "cn", "red", "rtx", "ulpfec", "flexfec-03"}


def _text(section: Section, name: str) -> str:
    """The value of the first line of a type as it is written, even if it cannot be decoded."""
    return next((line.value for line in section.lines_of(name)), "")


def codecs_of(section: MediaDescription) -> list[str]:
    """The names behind the formats of the m= line, and no more: `section.codecs` would join the feedback to each."""
    names = {str(payload_type): name for payload_type, (name, *_) in STATIC_PAYLOAD_TYPES.items()}
    names.update((str(rtpmap.payload_type), rtpmap.name) for rtpmap in section.rtpmaps)
    return [names[format] for format in section.formats if format in names]


def _attributes(lines: Iterable[Line]) -> Iterator[str]:
    """The names of the attributes in their order, each run of one name once; every direction is `direction`."""
    names = (key_of(line)[2:] for line in lines if line.type == "a")
    return (name for name, _ in groupby("direction" if name in DIRECTIONS else name for name in names))


# Signs. Each says what to write on a screen, how much it weighs, and when it holds. A maker's signs weigh
#   4  what says the name, or what nobody else writes
#   2  a habit that few share
#   1  a habit that several share


class Sign(msgspec.Struct, frozen=True):
    """Something that speaks for a guess."""

    phrase: str
    weight: int
    holds: Callable[[Traits], bool]


def found(signs: Iterable[Sign], traits: Traits) -> tuple[Sign, ...]:
    return tuple(sign for sign in signs if sign.holds(traits))


def weight(signs: Iterable[Sign]) -> int:
    return sum(sign.weight for sign in signs)


def phrases(signs: Iterable[Sign]) -> tuple[str, ...]:
    """What the signs say, the weightiest first."""
    return tuple(sign.phrase for sign in sorted(signs, key=lambda sign: -sign.weight))


def user(start: str) -> Sign:
    return Sign(f"o={start}", 4, lambda traits: traits.user.startswith(start))


def name(start: str, weight: int = 4) -> Sign:
    return Sign(f"s={start}", weight, lambda traits: traits.name.startswith(start))


def exact_name(name: str, weight: int) -> Sign:
    return Sign(f"s={name}", weight, lambda traits: traits.name == name)


def tool(start: str) -> Sign:
    begins = start.lower()
    return Sign(f"tool:{start}", 4, lambda traits: any(tool.lower().startswith(begins) for tool in traits.tools))


def attribute(name: str, weight: int) -> Sign:
    return Sign(name, weight, lambda traits: name in traits.attributes or name in traits.session_attributes)


def session_attribute(name: str, weight: int = 1) -> Sign:
    return Sign(f"{name} at session level", weight, lambda traits: name in traits.session_attributes)


def order(names: str, weight: int) -> Sign:
    run = f" {names} "
    return Sign(f"order {names}", weight, lambda traits: any(run in order for order in traits.orders))


def like(values: Callable[[Traits], Iterable[str]], pattern: str, phrase: str, weight: int) -> Sign:
    return Sign(phrase, weight, lambda traits: any(_matcher(pattern)(value) for value in values(traits)))


def credentials(ufrag: str, pwd: str, phrase: str, weight: int) -> Sign:
    return like(lambda traits: traits.credentials, f"{ufrag} {pwd}", phrase, weight)


def foundation(pattern: str, phrase: str, weight: int) -> Sign:
    return like(lambda traits: traits.foundations, pattern, phrase, weight)


def cname(pattern: str, phrase: str, weight: int) -> Sign:
    return like(lambda traits: traits.cnames, pattern, phrase, weight)


def msid(pattern: str, phrase: str, weight: int) -> Sign:
    return like(lambda traits: traits.msids, pattern, phrase, weight)


def codec(name: str, weight: int) -> Sign:
    return Sign(name, weight, lambda traits: name in traits.codec_names)


def parameter(name: str, weight: int) -> Sign:
    return Sign(f"{name}=", weight, lambda traits: name in traits.parameters)


def candidate(phrase: str, weight: int, holds: Callable[[Candidate], bool]) -> Sign:
    return Sign(phrase, weight, lambda traits: any(map(holds, traits.candidates)))


def priority(phrase: str, weight: int, holds: Callable[[Priority], bool]) -> Sign:
    """Of UDP host candidates, for all of which a program uses one formula."""
    return Sign(phrase, weight, lambda t: bool(t.udp_host_priorities) and all(map(holds, t.udp_host_priorities)))


def origin(phrase: str, weight: int, address: str | None, numbers: Callable[[int, int], bool]) -> Sign:
    """An o= line without a user name, by its address (None: any), and by its session id and version."""

    def holds(traits: Traits) -> bool:
        origin = traits.origin
        if origin is None or origin.username != "-" or address not in {None, origin.address}:
            return False
        return numbers(origin.session_id, origin.session_version)

    return Sign(phrase, weight, holds)


def semantic(value: str, weight: int, streams: Callable[[MsidSemantic], bool]) -> Sign:
    return Sign(f"msid-semantic:{value}", weight, lambda t: t.semantic is not None and streams(t.semantic))


@cache
def _matcher(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern).fullmatch
