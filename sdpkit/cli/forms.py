"""The forms in which `sdpkit convert` writes a description, and what it says of each."""

import enum
import io
import json
import shutil
import sys
from collections.abc import Callable

from sdpkit.cli import streams
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

_MOST_SHOWN = 8  # lines that a form loses
_QR_CODE = 2953  # bytes that the largest one holds (ISO/IEC 18004, version 40-L)


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


def _qr(description: SessionDescription, type: str | None) -> str:
    """The packed form as a QR code of block characters."""
    import segno  # noqa: PLC0415  only this form needs it

    text = _packed(description, type)
    try:
        code = segno.make(text, micro=False)
    except segno.DataOverflowError:
        message = f"packed it has {len(text)} characters, and a QR code holds {_QR_CODE} at most"
        raise streams.InputError(f"{message}: --only-codecs and --no-tcp make it shorter") from None
    columns, _ = code.symbol_size()
    if sys.stdout.isatty() and shutil.get_terminal_size().columns < columns:
        raise streams.InputError(f"the QR code is {columns} columns wide, and this terminal is not")
    drawn = io.StringIO()
    code.terminal(out=drawn, compact=True)
    streams.remark(f"{len(text)} characters in a QR code, {columns} columns wide")
    return drawn.getvalue().rstrip("\n")


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


WRITERS: dict[Form, Callable[[SessionDescription, str | None], str | SessionDescription]] = {
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

A form that is SDP is a description. They raise InputError and SDPError for what cannot be written.
"""
