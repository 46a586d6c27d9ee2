"""The shape of the sdp-transform packages, through the one on PyPI; that of JavaScript's is read as well.

It is a dict of the session's fields with one for each m-section in `media`. Texts that look like numbers become numbers
in it, attributes are put into another order, and some are lost: `lost_by_sdp_transform` says what.

JavaScript's package, version 3, has a candidate's `transport` where PyPI's has `protocol`, a list of `id` and `appdata`
for a=msid, and leaves numbers texts that it cannot hold, such as a sess-version of 19 digits.
"""

import math
from copy import deepcopy
from typing import Any

from sdpkit.conversion.losses import Losses, losses
from sdpkit.finding import SDPError, fault
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse

_MSID = ("id", "appdata")
_BEHIND_TYPE = ("raddr", "rport", "tcptype", "generation", "network-id", "network-cost")


def to_sdp_transform(description: SessionDescription) -> dict[str, Any]:
    """A description as sdp-transform's dict, fit for JSON: what it takes for infinite, or for no number, is text.

    >>> to_sdp_transform(parse("v=0\\r\\ns=-\\r\\nm=audio 9 RTP/AVP 0\\r\\na=mid:0\\r\\n"))["media"][0]["port"]
    9
    """
    import sdp_transform  # noqa: PLC0415  few need it

    shape: dict[str, Any] = _finite(sdp_transform.parse(str(description)))
    return shape


def from_sdp_transform(shape: dict[str, Any]) -> SessionDescription:
    """The description that sdp-transform writes of its dict, or of that of JavaScript's package.

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
        return parse(str(sdp_transform.write(_as_on_pypi(shape))))
    except SDPError:
        raise
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise _misfit(f"sdp-transform cannot write this: {type(error).__name__}: {error}") from None


def lost_by_sdp_transform(description: SessionDescription) -> Losses:
    """What does not come back from sdp-transform's dict; raises what `from_sdp_transform` raises."""
    return losses(description, from_sdp_transform(to_sdp_transform(description)))


def _misfit(message: str) -> SDPError:
    return fault("CNV001", message, "sdp-transform", start=0, end=1)


def _as_on_pypi(shape: dict[str, Any]) -> dict[str, Any]:
    """A copy that PyPI's package can write, and may: it changes what it is given."""
    copy = deepcopy(shape)
    origin = copy.get("origin")
    if origin and isinstance(origin.get("sessionVersion"), str):
        origin["sessionVersion"] = int(origin["sessionVersion"])
    for section in (copy, *copy["media"]):
        if "candidates" in section:
            section["candidates"] = [_candidate_as_on_pypi(candidate) for candidate in section["candidates"]]
        if isinstance(section.get("msid"), list):
            msids = [" ".join(str(each[name]) for name in _MSID if name in each) for each in section.pop("msid")]
            section["invalid"] = [*section.get("invalid", ()), *({"value": f"msid:{msid}"} for msid in msids)]
    return copy


def _candidate_as_on_pypi(candidate: dict[str, Any]) -> dict[str, Any]:
    """All that follows the type stands with it: PyPI's package would write tcpfield where it is tcptype."""
    if "transport" not in candidate:
        return candidate
    pairs = ((name, candidate[name]) for name in _BEHIND_TYPE if name in candidate)
    type = " ".join([candidate["type"], *(f"{name} {value}" for name, value in pairs)])
    fields = {name: value for name, value in candidate.items() if name not in _BEHIND_TYPE}
    return fields | {"protocol": candidate["transport"], "type": type}


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
