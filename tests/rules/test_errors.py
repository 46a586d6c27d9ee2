import pytest

from sdpkit.rules import RULES
from sdpkit.rules.errors import _TEXTS, codes_behind


@pytest.mark.parametrize("text", _TEXTS)
def test_every_text_leads_to_its_rules(text: str) -> None:
    assert set(_TEXTS[text].split()) <= set(codes_behind(text.replace("…", "anything")))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (
            "OperationError: Failed to execute 'setRemoteDescription' on 'RTCPeerConnection': "
            "Failed to set remote offer sdp: A BUNDLE group contains a MID='video' matching no m= section.",
            "BUN005",
        ),
        ("Answer changed id for extmap attribute at level 3 (urn:x) from 1 to 7.", "OAN018"),
        ("ValueError: ICE username fragment or password is missing", "ICE001"),
    ],
)
def test_an_error_as_it_stands_in_a_console(error: str, code: str) -> None:
    assert code in codes_behind(error)


def test_nothing_is_known_of_other_texts() -> None:
    assert codes_behind("segmentation fault") == ()
    assert codes_behind("") == ()


def test_the_rules_exist() -> None:
    assert {code for codes in _TEXTS.values() for code in codes.split()} <= set(RULES)
