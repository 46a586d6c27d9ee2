"""The forms in which `sdpkit convert` writes a description, and what it says of each."""

import enum
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from sdpkit.cli import streams
from sdpkit.cli.qr import qr_code
from sdpkit.conversion import (
    Losses,
    from_candidates,
    losses,
    lost_by_sdp_transform,
    to_base64,
    to_candidates,
    to_fragment,
    to_json,
    to_sdp_transform,
)
from sdpkit.finding import SDPError
from sdpkit.intake import pack
from sdpkit.masking import mask
from sdpkit.report.escaping import escape_json
from sdpkit.sdp.description import SessionDescription

if TYPE_CHECKING:
    from segno import QRCode

_MOST_SHOWN = 8  # lines that a form loses


class Form(enum.StrEnum):
    """The forms."""

    SDP = "sdp"
    JSON = "json"
    SDP_TRANSFORM = "sdp-transform"
    BASE64 = "base64"
    PACKED = "packed"
    FRAGMENT = "fragment"
    CANDIDATES = "candidates"
    QR = "qr"


def _sdp(description: SessionDescription, _: str | None) -> SessionDescription:
    return description


def _json(description: SessionDescription, type: str | None) -> str:
    return to_json(description, type or _guessed(description))


def _base64(description: SessionDescription, type: str | None) -> str:
    return to_base64(description, type or _guessed(description))


def _guessed(description: SessionDescription) -> str | None:
    """The type by the look of the description; that it is a guess is said."""
    guess = description.type
    if guess.value is not None:
        streams.remark(f"taken for an {guess.value} ({guess.signs[0]}); --type says otherwise")
    return guess.value


def _packed(description: SessionDescription, type: str | None) -> str:
    return pack(str(description), type or _guessed(description))


def _qr(description: SessionDescription, type: str | None) -> "QRCode":
    return qr_code(_packed(description, type))


def _sdp_transform(description: SessionDescription, _: str | None) -> str:
    shape = to_sdp_transform(description)
    try:
        _tell(lost_by_sdp_transform(description))
    except SDPError as error:
        streams.remark(f"it does not come back at all: {error.findings[0].message}")
    return json.dumps(shape, indent=1)


def _fragment(description: SessionDescription, _: str | None) -> SessionDescription:
    fragment = to_fragment(description)
    if not fragment.lines:
        raise streams.InputError("there is neither a credential nor a candidate in it")
    _tell_what_is_left_out(description, fragment)
    return fragment


def _candidates(description: SessionDescription, _: str | None) -> str:
    candidates = to_candidates(description)
    if not candidates:
        raise streams.InputError("there is no candidate in it")
    _tell_what_is_left_out(description, from_candidates(candidates))
    return "\n".join(escape_json(str(candidate)) for candidate in candidates)


def _tell_what_is_left_out(description: SessionDescription, left: SessionDescription) -> None:
    gone = len(losses(description, left).lines)
    streams.remark(f"{gone} of {len(description.lines)} lines are left out: it is only what ICE needs")


def _tell(lost: Losses) -> None:
    """What a form loses, and the first lines of it."""
    changed = [loss for loss in lost.lines if loss.becomes is not None]
    parts = [
        f"changes {len(changed)} lines" if changed else "",
        f"loses {len(lost.lines) - len(changed)}" if len(lost.lines) > len(changed) else "",
        f"adds {len(lost.added)}" if lost.added else "",
        "puts lines into another order" if lost.is_reordered else "",
        "ends lines with CRLF" if lost.changes_ends else "",
    ]
    streams.remark(f"sdp-transform {', '.join(filter(None, parts)) or 'loses nothing'}")
    for loss in lost.lines[:_MOST_SHOWN]:
        becomes = "nothing" if loss.becomes is None else mask(loss.becomes)
        streams.remark(f"line {loss.line}: {mask(loss.text)} -> {becomes}")
    if len(lost.lines) > _MOST_SHOWN:
        streams.remark(f"and {len(lost.lines) - _MOST_SHOWN} more")


WRITERS: dict[Form, Callable[[SessionDescription, str | None], "str | SessionDescription | QRCode"]] = {
    Form.SDP: _sdp,
    Form.JSON: _json,
    Form.SDP_TRANSFORM: _sdp_transform,
    Form.BASE64: _base64,
    Form.PACKED: _packed,
    Form.FRAGMENT: _fragment,
    Form.CANDIDATES: _candidates,
    Form.QR: _qr,
}
"""What makes each form of a description and its type, if that is known.

A form that is SDP is a description; a QR code is drawn where it is written. They raise InputError and SDPError for what
cannot be written.
"""
