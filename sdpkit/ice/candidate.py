"""ICE candidates: RFC 8839 §5.1, with TCP (RFC 6544 §4.5) and what libwebrtc adds.

candidate-attribute = "candidate" ":" foundation SP component-id SP transport SP priority SP
                      connection-address SP port SP cand-type [SP rel-addr] [SP rel-port]
                      *(SP cand-extension)
"""

import json
import re
from collections import defaultdict, deque
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, Self

import msgspec

from sdpkit.finding import SDPError, Severity, fault
from sdpkit.grammar import Grammar
from sdpkit.ice import address as addresses
from sdpkit.ice.priority import Priority

_GRAMMAR = Grammar(
    "{foundation:word} {component:digits} {transport:word} {priority:digits} {address:word} {port:digits}"
    " typ {type:word}[ raddr {raddr:word}][ rport {rport:digits}][ tcptype {tcptype:word}]"
    "[ generation {generation:digits}][ ufrag {ufrag:word}][ network-id {network-id:digits}]"
    "[ network-cost {network-cost:digits}][ {extensions:words}]",
    code="ICE020",
    reference="RFC 8839 §5.1",
)
# The pairs that have a field of their own, and whether their value is a number. The grammar reads them in the order in
# which libwebrtc writes them; in any other order they are read one by one. A pair whose value does not fit its field,
# or that comes twice, stays text in `extensions`.
_PAIRS = {
    "raddr": False,
    "rport": True,
    "tcptype": False,
    "generation": True,
    "ufrag": False,
    "network-id": True,
    "network-cost": True,
}
_FIELDS = {name: name.replace("-", "_") for name in _PAIRS}
_TYPE = 7  # the group of the grammar that holds the type; the pairs stand behind it
Pair = tuple[str, str | None]
_NUMBER = re.compile("[0-9]{1,20}").fullmatch


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """One ICE candidate.

    `extensions` are the further pairs in their order; a name without a value has None. `order` is the order of all
    pairs, empty when it is libwebrtc's: raddr, rport, tcptype, generation, ufrag, network-id, network-cost, the rest.

    >>> candidate = Candidate.parse("candidate:1 1 udp 2122260223 192.168.1.5 5000 typ host generation 0 network-id 1")
    >>> candidate.typ, candidate.port, candidate.network_id, str(candidate.scope)
    ('host', 5000, 1, 'private')
    >>> str(candidate)
    'candidate:1 1 udp 2122260223 192.168.1.5 5000 typ host generation 0 network-id 1'
    """

    foundation: str
    component: int
    transport: str
    priority: int
    address: str
    port: int
    typ: str
    raddr: str | None = None
    rport: int | None = None
    tcptype: str | None = None
    generation: int | None = None
    ufrag: str | None = None
    network_id: int | None = None
    network_cost: int | None = None
    extensions: tuple[Pair, ...] = ()
    order: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """A candidate as an SDP line, with or without `a=`, as its bare value, or as RTCIceCandidateInit JSON.

        Raises SDPError with the column of what does not fit.
        """
        if text.lstrip().startswith("{"):
            return cls.parse(CandidateInit.parse(text).candidate)
        text = text.strip()
        bare = text.removeprefix("a=").removeprefix("candidate:")
        if not bare.strip():
            message = "an empty candidate means that no more candidates follow; there is nothing in it to read"
            severity = Severity.ERROR if text else Severity.NOTE  # browsers take the empty text alone
            raise fault("TRK007", message, "RFC 8838 §13", start=0, end=max(1, len(text)), severity=severity)
        try:
            return cls.decode(bare)
        except SDPError as error:
            skipped = len(text) - len(bare)
            raise SDPError(*(finding.moved(1, skipped) for finding in error.findings)) from None

    @classmethod
    def decode(cls, text: str) -> Self:
        """A candidate from the bare value, which begins with the foundation."""
        found = _GRAMMAR.match(text)
        if found is None:
            raise _GRAMMAR.error(text)
        foundation, component, transport, priority, address, port, typ, *pairs, others = found.groups()
        if others is not None:
            arguments = _read_pairs(text[found.end(_TYPE) + 1 :])
            return cls(foundation, int(component), transport, int(priority), address, int(port), typ, **arguments)
        raddr, rport, tcptype, generation, ufrag, network_id, network_cost = pairs
        return cls(
            foundation,
            int(component),
            transport,
            int(priority),
            address,
            int(port),
            typ,
            raddr,
            None if rport is None else int(rport),
            tcptype,
            None if generation is None else int(generation),
            ufrag,
            None if network_id is None else int(network_id),
            None if network_cost is None else int(network_cost),
        )

    def encode(self) -> str:
        """The bare value, as it stands behind `a=candidate:`."""
        fields = (self.foundation, self.component, self.transport, self.priority, self.address, self.port)
        return " ".join([*map(str, fields), "typ", self.typ, *self._words()])

    def __str__(self) -> str:
        return f"candidate:{self.encode()}"

    @property
    def priority_parts(self) -> Priority:
        """The priority taken apart (RFC 8445 §5.1.2.1)."""
        return Priority.of(self.priority)

    @property
    def family(self) -> addresses.Family:
        """The family of the address."""
        return addresses.family(self.address)

    @property
    def scope(self) -> addresses.Scope:
        """How far the address reaches."""
        return addresses.scope(self.address)

    def _words(self) -> Iterator[str]:
        """The pairs in their order, as words."""
        fields = ((name, getattr(self, field)) for name, field in _FIELDS.items())
        known = ((name, str(value)) for name, value in fields if value is not None)
        for pair in _sorted_pairs([*known, *self.extensions], self.order):
            yield from (word for word in pair if word is not None)


def _sorted_pairs(pairs: list[Pair], order: tuple[str, ...]) -> list[Pair]:
    """Pairs in the order of their names; the first of several of one name takes its first place."""
    places: dict[str, deque[int]] = defaultdict(deque)
    for place, name in enumerate(order):
        places[name].append(place)
    return sorted(pairs, key=lambda pair: places[pair[0]].popleft() if places[pair[0]] else len(order))


def _read_pairs(text: str) -> dict[str, Any]:
    """The pairs behind the type as arguments for a Candidate."""
    words = text.split(" ")
    names = words[::2]
    arguments: dict[str, Any] = {}
    extensions: list[Pair] = []
    seen: set[str] = set()
    for name, value in zip_longest(names, words[1::2]):
        field = _FIELDS.get(name)
        if field is None or name in seen:
            extensions.append((name, value))
        elif value is not None and not _PAIRS[name]:
            arguments[field] = value
        elif value is not None and _NUMBER(value):
            arguments[field] = int(value)
        else:
            extensions.append((name, value))
        seen.add(name)
    if extensions:
        arguments["extensions"] = tuple(extensions)
    written = [name for name, field in _FIELDS.items() if field in arguments] + [name for name, _ in extensions]
    if names != written:
        arguments["order"] = tuple(names)
    return arguments


class CandidateInit(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """A candidate as JavaScript passes it on: RTCIceCandidateInit (W3C WebRTC §4.8.1).

    >>> init = CandidateInit.parse('{"candidate":"candidate:1 1 udp 1 192.0.2.1 9 typ host","sdpMid":"0"}')
    >>> init.sdp_mid, Candidate.parse(init.candidate).address
    ('0', '192.0.2.1')
    """

    candidate: str
    sdp_mid: str | None = None
    sdp_m_line_index: int | None = msgspec.field(default=None, name="sdpMLineIndex")
    username_fragment: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """From JSON; raises SDPError when it is not an RTCIceCandidateInit."""
        try:
            return msgspec.json.decode(text, type=cls)
        except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError) as error:
            message = f"this is not an RTCIceCandidateInit: {error}"
            raise fault("TRK004", message, "W3C WebRTC §4.8.1", start=0, end=max(1, len(text))) from None

    def __str__(self) -> str:
        return json.dumps(msgspec.to_builtins(self), ensure_ascii=False, separators=(",", ":"))
