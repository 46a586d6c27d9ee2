import pytest

from sdpkit.masking import mask, mask_lines
from sdpkit.sdp.lines import Limits, split


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("a=ice-pwd:asd88fgpdd777uzjYhagZg", "a=ice-pwd:********"),
        ("a=ice-pwd: two words", "a=ice-pwd: ********"),
        ("a=crypto:1 F8 inline:abc|2^20|1:32;inline:def|2^20|2:32 UNENCRYPTED_SRTP", None),
        ("a=acap:1 crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc", None),
        ("k=clear:abc", "k=clear:********"),
        ("k=prompt", "k=prompt"),
        ("a=key-mgmt:mikey abc", "a=key-mgmt:********"),
        ("a=acap:2 key-mgmt:mikey abc", "a=acap:2 key-mgmt:********"),
        ("a=ice-pwd :abc", None),
        ("  A=ICE-PWD=abc", None),
        ("a=ice-pwd:ab|abc;def", None),
        ("a=key-mgmt:mikey;abc", None),
        ("a=crypto:1 SUITE abc", None),
        ("a=crypto:1 SUITE inline :abc", None),
        ("a=crypto:1 SUITE inline:x abc", None),
        ("a=X-crypto:SUITE abc", None),
        ("a=crypto:abc", None),
        (" K = clear:abc;def", None),
        ("v=0 o=- a=ice-pwd:abc a=mid:0", "v=0 o=- a=ice-pwd:******** a=mid:0"),
        ("a=ice-ufrag:abc", "a=ice-ufrag:abc"),
        ("a=ice-pwd:", "a=ice-pwd:"),
    ],
)
def test_mask(line: str, shown: str | None) -> None:
    masked = mask(line)
    if shown is None:
        assert "abc" not in masked
        assert "def" not in masked
    else:
        assert masked == shown


def test_a_secret_that_is_wrapped_is_masked_to_its_end() -> None:
    lines = split("a=ice-pwd:abc\ndef\na=mid:0\nghi\n", Limits())
    assert [line.text for line in mask_lines(lines)] == ["a=ice-pwd:********", "********", "a=mid:0", "ghi"]


@pytest.mark.parametrize("name", ["a=ice-pwd:", "a=ice-pwd: ", "k=", "a=crypto:", "candidate ... a=ice-pwd:"])
def test_a_secret_that_lost_its_name_is_masked(name: str) -> None:
    lines = split(f"{name}\r\nasd88fgpdd777uzjYhagZg\r\na=mid:0\r\n", Limits())
    assert [line.text for line in mask_lines(lines)] == [name, "********", "a=mid:0"]
