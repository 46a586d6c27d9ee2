"""Telephone events: RFC 4733."""

import pytest

from sdpkit.codecs.telephone_event import Events, TelephoneEventParameters
from sdpkit.finding import SDPError


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0-15", {*range(16)}),
        ("0-15,32-35", {*range(16), *range(32, 36)}),
        ("0-1,66,32-34,67", {0, 1, 66, 32, 33, 34, 67}),
        ("5,6,7", {5, 6, 7}),
        ("5-5", {5}),
        ("0-255", {*range(256)}),
    ],
)
def test_both_ways(text: str, numbers: set[int]) -> None:
    parameters = TelephoneEventParameters.parse(text)
    assert parameters == TelephoneEventParameters(Events(text))
    assert str(parameters) == text
    assert parameters.summary == text
    assert Events.parse(text).numbers == numbers


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("", 1),
        ("12-", 1),
        ("-12", 1),
        ("1-2-3", 1),
        ("33-2", 1),
        ("0-256", 1),
        ("112233", 1),
        ("0-5.", 1),
        ("1,12-,4", 3),
        ("1,2,3,", 7),
        (",2,3", 1),
        ("0-15, 66", 6),
        ("١", 1),
    ],
)
def test_what_are_no_events(text: str, start: int) -> None:
    with pytest.raises(SDPError, match="COD017") as caught:
        Events.parse(text)
    assert caught.value.findings[0].span.start == start
    parameters = TelephoneEventParameters.parse(text)
    assert parameters.events is None
    assert str(parameters) == text
