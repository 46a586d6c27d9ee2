"""The tables of words are complete, and say each thing once."""

from collections import Counter

import pytest

from sdpkit.codecs.parameters import _classes
from sdpkit.codecs.static import STATIC_PAYLOAD_TYPES
from sdpkit.explanation import explain
from sdpkit.explanation.addresses import SCOPES
from sdpkit.explanation.attributes import LEVELS, MUX, OUTSIDERS
from sdpkit.explanation.codecs import CODECS
from sdpkit.explanation.extensions import EXTENSIONS
from sdpkit.explanation.glossary import TERMS, normal
from sdpkit.explanation.japanese import LABELS
from sdpkit.explanation.numbers import _NETWORKS, payload_type, port
from sdpkit.explanation.values import VALUES
from sdpkit.ice.address import Scope
from sdpkit.ice.network import _KINDS
from sdpkit.sdp.attributes import ATTRIBUTES, Level, Mux
from sdpkit.sdp.attributes.formats import _USUAL_CODECS, _USUAL_MESSAGES
from sdpkit.sdp.section import DIRECTIONS


def test_every_scope_level_category_and_network_has_words() -> None:
    assert SCOPES.keys() == set(Scope)
    assert LEVELS.keys() == set(Level)
    assert MUX.keys() == set(Mux)
    assert _NETWORKS.keys() == set(_KINDS.values())


def test_every_usual_codec_has_words() -> None:
    usual = {name for name, *_ in (*_USUAL_CODECS.values(), *STATIC_PAYLOAD_TYPES.values())} | _classes().keys()
    known = {name.lower() for name in CODECS}
    assert {name.lower() for name in usual} - known == set()


def test_every_usual_feedback_has_words() -> None:
    words = next(values.words for values in VALUES if "rtcp-fb/message" in values.parts)
    assert _USUAL_MESSAGES.keys() - words.keys() == set()


@pytest.mark.parametrize("name", ["setup", "connection", "record"])
def test_the_words_of_an_attribute_are_those_that_it_may_have(name: str) -> None:
    words = next(values.words for values in VALUES if f"{name}/value" in values.parts)
    for word in words:
        ATTRIBUTES[name].decode(word)


def test_every_place_of_values_is_an_attribute_or_a_type_of_line() -> None:
    places = {part.partition("/")[0] for values in VALUES for part in values.parts}
    assert places - ATTRIBUTES.keys() - {"*", "m", "b", "k"} == set()
    assert {part.partition("/")[2] for values in VALUES for part in values.parts} - LABELS.keys() == set()


def test_outsiders_are_not_in_the_registry() -> None:
    assert OUTSIDERS.keys() & ATTRIBUTES.keys() == set()


def test_terms_do_not_repeat_what_is_explained_elsewhere() -> None:
    """But for a few that are values or attributes too."""
    names = [name for term, entry in TERMS.items() for name in (term, *entry.others)]
    assert [name for name, count in Counter(map(normal, names)).items() if count > 1] == []
    repeated = {name for name in names if len({reading.read_as for reading in explain(name).readings}) > 1}
    assert repeated == {"trickle", "FEC", "RTCP", "pt"}


def test_short_names_of_extensions_are_unique() -> None:
    counts = Counter(extension.name for extension in EXTENSIONS.values())
    assert [name for name, count in counts.items() if count > 1] == ["framemarking"]  # also by its draft's URI


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_directions_are_attributes(direction: str) -> None:
    assert [reading.read_as for reading in explain(direction).readings] == ["attribute"]


def test_every_payload_type_and_port_is_something() -> None:
    assert all(payload_type(str(number)) for number in range(300))
    assert all(port(str(number)) for number in range(70_000))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("34", "H263, 90000 Hz: fixed by RFC 3551, needs no a=rtpmap"),
        ("24", "assigned to no codec"),
        ("35", "free: a=rtpmap says which codec it is, where 96 to 127 do not suffice"),
        ("72", "not usable with rtcp-mux: RTCP packets have these numbers (RFC 5761)"),
        ("127", "dynamic: an a=rtpmap line says which codec it is"),
        ("128", "no payload type: those are 0 to 127"),
        ("x", "no payload type: those are 0 to 127"),
        ("*", "all payload types of the m-section"),
    ],
)
def test_payload_types(number: str, said: str) -> None:
    assert payload_type(number).en == said
