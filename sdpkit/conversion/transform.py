"""The shape of the sdp-transform packages, through the one on PyPI (JavaScript's has the same, but for numbers).

It is a dict of the session's fields with one for each m-section in `media`. Texts that look like numbers become numbers
in it, attributes are put into another order, and some are lost: `lost_by_sdp_transform` says what.
"""

import math
from copy import deepcopy
from typing import Any

from sdpkit.conversion.losses import Losses, losses
from sdpkit.finding import SDPError, fault
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse


def to_sdp_transform(description: SessionDescription) -> dict[str, Any]:
    """A description as sdp-transform's dict, fit for JSON: what it takes for infinite, or for no number, is text.

    >>> to_sdp_transform(parse("v=0\\r\\ns=-\\r\\nm=audio 9 RTP/AVP 0\\r\\na=mid:0\\r\\n"))["media"][0]["port"]
    9
    """
    import sdp_transform  # noqa: PLC0415  few need it

    shape: dict[str, Any] = _finite(sdp_transform.parse(str(description)))
    return shape


def from_sdp_transform(shape: dict[str, Any]) -> SessionDescription:
    """The description that sdp-transform writes of its dict.

    Raises SDPError (CNV001) for what is no such dict, or is one that the package cannot write.

    >>> str(from_sdp_transform({"name": "-", "timing": {"start": 0, "stop": 0}, "media": []}))
    'v=0\\r\\ns=-\\r\\nt=0 0\\r\\n'
    """
    import sdp_transform  # noqa: PLC0415

    if not isinstance(shape, dict) or not isinstance(shape.get("media"), list):
        raise _misfit('a dict of sdp-transform has a list of m-sections in "media"')
    try:
        if _has_line_breaks(shape):
            raise _misfit("a value of a dict of sdp-transform cannot hold a line break")
        return parse(str(sdp_transform.write(deepcopy(shape))))  # it changes what it is given
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError) as error:
        raise _misfit(f"sdp-transform cannot write this: {type(error).__name__}: {error}") from None


def lost_by_sdp_transform(description: SessionDescription) -> Losses:
    """What does not come back from sdp-transform's dict; raises what `from_sdp_transform` raises."""
    return losses(description, from_sdp_transform(to_sdp_transform(description)))


def _misfit(message: str) -> SDPError:
    return fault("CNV001", message, "sdp-transform", start=0, end=1)


def _finite(value: Any) -> Any:
    """Plain data without numbers that JSON does not have."""
    if isinstance(value, dict):
        return {name: _finite(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_finite(part) for part in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _has_line_breaks(value: Any) -> bool:
    """Whether a text anywhere in plain data would become more than one line."""
    if isinstance(value, dict):
        return any(map(_has_line_breaks, value.values()))
    if isinstance(value, list):
        return any(map(_has_line_breaks, value))
    return isinstance(value, str) and ("\n" in value or "\r" in value)
