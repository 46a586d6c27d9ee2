"""ICE candidates, whole or in part."""

from collections.abc import Callable, Iterator

from sdpkit.explanation import addresses, attributes, numbers, priorities, values
from sdpkit.explanation.glossary import TERMS
from sdpkit.explanation.reading import Draft, Part
from sdpkit.explanation.words import NOTHING, Words, plain
from sdpkit.finding import SDPError
from sdpkit.ice.candidate import Candidate

_RELATED = Words("where it comes from: {scope}", "元のアドレスです。{scope}")
_HIDDEN = Words("hidden on purpose", "意図的に隠されています。")
_TITLE = Words(
    "{typ} candidate over {transport}: {address} port {port}, component {component}",
    "{typ} 候補、{transport}、{address} ポート {port}、コンポーネント {component}",
)
_EXTENSION = Words("an extension that no standard knows; agents skip it", "規格にない拡張で、無視されます。")


def _term(name: str) -> Callable[[str], Words]:
    return lambda _: TERMS[name].words


def _word(part: str) -> Callable[[str], Words]:
    return lambda text: values.meaning("candidate", part, text.lower()) or NOTHING


def _related_address(text: str) -> Words:
    return _HIDDEN if text in {"0.0.0.0", "::"} else _RELATED.fill(scope=addresses.describe(text))


def _related_port(text: str) -> Words:
    return _HIDDEN if text in {"0", "9"} else TERMS["rport"].words


_PARTS: dict[str, tuple[str, Callable[[str], Words]]] = {
    "foundation": ("foundation", _term("foundation")),
    "component": ("component", numbers.component),
    "transport": ("transport", _word("transport")),
    "priority": ("priority", priorities.describe),
    "address": ("address", addresses.describe),
    "port": ("port", numbers.port),
    "typ": ("type", _word("type")),
    "raddr": ("raddr", _related_address),
    "rport": ("rport", _related_port),
    "tcptype": ("tcptype", _word("tcptype")),
    "generation": ("generation", _term("generation")),
    "ufrag": ("ufrag", _term("ufrag")),
    "network-id": ("network-id", _term("network-id")),
    "network-cost": ("network-cost", numbers.network_cost),
}
"""The parts of a candidate in their order: what each is called, and what says its meaning."""


def read(text: str) -> Draft | None:
    """A candidate as an SDP line, as its bare value, or as RTCIceCandidateInit JSON."""
    try:
        candidate = Candidate.parse(text)
    except SDPError:
        return None
    title = _TITLE.fill(
        typ=candidate.typ,
        transport=candidate.transport,
        address=candidate.address,
        port=candidate.port,
        component=candidate.component,
    )
    summary = attributes.summary("candidate") or NOTHING
    return Draft(
        Words("candidate", "ICE 候補"),
        title,
        summary,
        tuple(_parts(candidate)),
        "RFC 8839 §5.1",
        ("priority", "typ"),
    )


def _parts(candidate: Candidate) -> Iterator[Part]:
    for name in _PARTS:
        value = getattr(candidate, name.replace("-", "_"))
        if value is not None:
            yield _part(name, str(value))
    for name, extension in candidate.extensions:
        yield Part(name, extension or "", _EXTENSION)


def _part(name: str, text: str) -> Part:
    label, describe = _PARTS[name]
    return Part(label, text, describe(text))


def read_parts(text: str) -> Draft | None:
    """Some parts of a candidate, each with its name before it, as in `typ relay` or `network-cost 50`."""
    words = text.split()
    names = [word.lower() for word in words[::2]]
    if len(words) % 2 or not words or not all(name in _PARTS for name in names):
        return None
    parts = tuple(_part(name, word) for name, word in zip(names, words[1::2], strict=True))
    if not all(part.meaning for part in parts):  # as of "transport address", which is a term
        return None
    summary = TERMS[names[0]].words if names[0] in TERMS else NOTHING
    return Draft(
        Words("part of a candidate", "ICE 候補の一部"),
        plain(text),
        summary,
        parts,
        "RFC 8839 §5.1",
        ("candidate",),
    )
