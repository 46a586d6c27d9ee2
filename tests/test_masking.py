import pytest

from sdpkit.masking import mask


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("a=ice-pwd:asd88fgpdd777uzjYhagZg", "a=ice-pwd:********"),
        ("a=ice-pwd: two words", "a=ice-pwd: ********"),
        ("a=crypto:1 F8 inline:abc|2^20|1:32;inline:def|2^20|2:32 UNENCRYPTED_SRTP", None),
        ("a=acap:1 crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc", None),
        ("k=clear:abc", "k=clear:********"),
        ("k=prompt", "k=prompt"),
        ("a=key-mgmt:mikey abc", "a=key-mgmt:mikey ********"),
        ("a=acap:2 key-mgmt:mikey abc", "a=acap:2 key-mgmt:mikey ********"),
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
