"""What libwebrtc's network-cost says of the network that a candidate sits on (rtc_base/network_constants.h)."""

_KINDS = {
    0: "ethernet",
    10: "wifi",
    50: "unknown",
    250: "5G",
    500: "4G",
    900: "cellular",
    910: "3G",
    980: "2G",
    999: "hidden",
}


def network_kind(cost: int) -> str:
    """The kind of network in one word; the cost of a VPN is one more than that of the network below it.

    >>> network_kind(10), network_kind(11), network_kind(7)
    ('wifi', 'wifi VPN', '')
    """
    return _KINDS.get(cost) or (f"{_KINDS[cost - 1]} VPN" if cost - 1 in _KINDS else "")
