"""What a difference means, in words."""

import re
from collections.abc import Callable

from sdpkit.codecs.h264 import ProfileLevelId
from sdpkit.finding import SDPError
from sdpkit.ice.address import Scope, scope
from sdpkit.offer_answer.changes import Delta, Kind, Mode, Sides
from sdpkit.offer_answer.directions import agreed_flow, receives, sends
from sdpkit.offer_answer.matching import is_media
from sdpkit.offer_answer.subjects import SUBJECTS
from sdpkit.sdp.attributes import ATTRIBUTES
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.section import Section


def meaning(delta: Delta, sides: Sides, mode: Mode) -> str:
    """What a difference in the session or an m-section means."""
    words = _BY_MODE.get(mode, {}).get(delta.what) or _WORDS.get(delta.what)
    return (words and words(delta, sides)) or SUBJECTS[delta.what].summary


_NEW_OR_GONE = {Kind.ADDED: "new", Kind.REMOVED: "gone"}
_ANSWERED = {Kind.ADDED: "not in the offer", Kind.REMOVED: "not in the answer"}


def _version(delta: Delta, _: Sides) -> str:
    step = int(delta.new.value or 0) - int(delta.old.value or 0)
    if step > 1:
        return f"+{step}: there were others in between"
    return "+1, as a later description must" if step == 1 else "it must go up by one (RFC 3264 §8)"


def _bundle(delta: Delta, _: Sides) -> str:
    before, after = ((said.value or "").split() for said in (delta.old, delta.new))
    had, has = set(before), set(after)
    come, gone = [mid for mid in after if mid not in had], [mid for mid in before if mid not in has]
    parts = [f"new: {' '.join(come)}" if come else "", f"gone: {' '.join(gone)}" if gone else ""]
    if before[:1] != after[:1] and before and after:
        parts.append(f"{after[0]} leads now")
    return ", ".join(filter(None, parts)) or "another order"


def _section(delta: Delta, sides: Sides) -> str:
    match delta.kind:
        case Kind.ADDED:
            return "new m-section"
        case Kind.REMOVED:
            return "gone; it must stay, with port 0 (RFC 3264 §8.2)"
        case Kind.MOVED:
            return "at another place; m-sections keep theirs (RFC 3264 §8)"
    if isinstance(sides.old, MediaDescription) and sides.old.is_rejected:
        return "the place of a rejected m-section is used again (RFC 9429 §5.2.2)"
    return "another m-section in its place"


def _rejection(delta: Delta, _: Sides) -> str:
    return "STOPPED: port 0" if delta.new.value == "rejected" else "in use again"


def _answered_rejection(delta: Delta, _: Sides) -> str:
    return "REJECTED by the answer" if delta.new.value == "rejected" else "not offered, and yet answered"


def _direction(delta: Delta, _: Sides) -> str:
    before, after = delta.old.value or "", delta.new.value or ""
    parts = [
        _turn("sends", sends(before), sends(after)),
        _turn("receives", receives(before), receives(after)),
    ]
    return ", ".join(filter(None, parts))


def _turn(verb: str, before: bool, after: bool) -> str:
    return "" if before == after else f"{verb} now" if after else f"no longer {verb}"


def _answered_direction(delta: Delta, _: Sides) -> str:
    flows = {
        (True, True): "media flows both ways",
        (True, False): "media flows from offerer to answerer only",
        (False, True): "media flows from answerer to offerer only",
        (False, False): "NO MEDIA flows",
    }
    return flows[agreed_flow(delta.old.value or "", delta.new.value or "")]


def _codec(delta: Delta, _: Sides) -> str:
    return _NEW_OR_GONE.get(delta.kind, "this payload type is another codec now (RFC 3264 §8.3.2)")


def _answered_codec(delta: Delta, _: Sides) -> str:
    return _ANSWERED.get(delta.kind, "one payload type, two codecs")


def _codec_order(_: Delta, sides: Sides) -> str:
    first, now = _preferred(sides.old), _preferred(sides.new)
    return f"preferred: {first} -> {now}" if first != now else f"preferred: {first}, as before"


def _preferred(section: Section | None) -> str:
    codecs = section.codecs if isinstance(section, MediaDescription) else ()
    media = filter(is_media, codecs)
    return next((f"{codec.name} {codec.payload_type}" for codec in media), "none")


def _parameter(delta: Delta, _: Sides) -> str:
    levels = [_level(said.value) for said in (delta.old, delta.new)] if delta.item.endswith("profile-level-id") else []
    if all(levels) and len(set(levels)) > 1:
        return f"level {levels[0]} -> {levels[1]}"
    return _NEW_OR_GONE.get(delta.kind, "another value")


def _level(text: str | None) -> str | None:
    try:
        return ProfileLevelId.parse(text or "").level
    except SDPError:
        return None


def _extension(delta: Delta, _: Sides) -> str:
    return _NEW_OR_GONE.get(delta.kind, "this id is another extension now; it must not change (RFC 8285 §7)")


def _ufrag(_: Delta, sides: Sides) -> str | None:
    if sides.restarts_ice:
        return "ICE RESTART"
    is_half = sides.old and sides.new and sides.old.ice.pwd == sides.new.ice.pwd
    return "half an ICE restart: the password is the same (RFC 8839 §4.4.1.1.1)" if is_half else None


def _password(_: Delta, sides: Sides) -> str | None:
    is_half = sides.old and sides.new and sides.old.ice.ufrag == sides.new.ice.ufrag
    return "half an ICE restart: the ufrag is the same (RFC 8839 §4.4.1.1.1)" if is_half else None


def _simulcast(delta: Delta, _: Sides) -> str | None:
    """Which layers come, go, pause or go on; `~` stands before those that pause (RFC 8853 §5.1)."""
    before, after = (set(re.split("[ ;,]", said.value or "")) - {"", "send", "recv"} for said in (delta.old, delta.new))
    had, has = ({layer.lstrip("~") for layer in layers} for layers in (before, after))
    changes = {
        "new": has - had,
        "gone": had - has,
        "paused": {rid for rid in had & has if f"~{rid}" in after - before},
        "going on": {rid for rid in had & has if f"~{rid}" in before - after},
    }
    return ", ".join(f"{' '.join(sorted(rids))} {verb}" for verb, rids in changes.items() if rids) or None


def _options(delta: Delta, _: Sides) -> str:
    before, after = (set((said.value or "").split()) for said in (delta.old, delta.new))
    parts = [f"{' '.join(sorted(after - before))} new" if after - before else ""]
    parts.append(f"{' '.join(sorted(before - after))} gone" if before - after else "")
    return ", ".join(filter(None, parts))


def _setup(delta: Delta, _: Sides) -> str | None:
    roles = {
        "active": "begins the DTLS handshake now",
        "passive": "waits for the DTLS handshake now",
        "actpass": "leaves the DTLS role to the answer",
    }
    return roles.get(delta.new.value or "")


def _candidate(delta: Delta, sides: Sides) -> str | None:
    typ = delta.item.partition(" ")[0]
    had, has = (typ in types for types in sides.candidate_types)
    first_or_last = (_LAST.get(typ) if had else _FIRST.get(typ)) if had != has else None
    return first_or_last or _NEW_OR_GONE.get(delta.kind)


_FIRST = {"relay": "by relay now", "srflx": "a way through NATs now"}
_LAST = {"relay": "NO RELAY any more", "srflx": "no way through NATs any more"}


def _candidate_address(delta: Delta, _: Sides) -> str:
    typ = delta.item.partition(" ")[0]
    return {"srflx": "public address changed", "relay": "another relay", "host": "local address changed"}.get(
        typ, "address changed"
    )


def _connection(delta: Delta, sides: Sides) -> str | None:
    address = (delta.new.value or "").rpartition(" ")[2]
    if delta.new.value is None or scope(address) is not Scope.UNSPECIFIED:
        return None
    uses_ice = sides.new is not None and sides.new.ice.ufrag is not None
    return "no address yet" if uses_ice else "no address: the old way to put a call on hold"


def _attribute(delta: Delta, _: Sides) -> str | None:
    known = ATTRIBUTES.get(delta.item)
    return known.summary if known else "an attribute that is not known here"


def _line(delta: Delta, _: Sides) -> str | None:
    return None if delta.item else "no line of SDP"


Words = Callable[[Delta, Sides], str | None]
_WORDS: dict[str, Words] = {
    "bundle": _bundle,
    "section": _section,
    "direction": _direction,
    "connection": _connection,
    "codec": _codec,
    "codec-order": _codec_order,
    "format-parameter": _parameter,
    "feedback": lambda delta, _: _NEW_OR_GONE.get(delta.kind),
    "extension": _extension,
    "ice-options": _options,
    "setup": _setup,
    "simulcast": _simulcast,
    "candidate": _candidate,
    "candidate-address": _candidate_address,
    "attribute": _attribute,
    "line": _line,
}
"""What says it better than the summary of the subject, where there is more to say."""
_LATER: dict[str, Words] = {
    "session-version": _version,
    "rejection": _rejection,
    "ice-ufrag": _ufrag,
    "ice-pwd": _password,
}
_PEERS: dict[str, Words] = {
    "session-version": lambda *_: "each peer counts its own",
    "rejection": _answered_rejection,
    "direction": _answered_direction,
    "codec": _answered_codec,
    "feedback": lambda delta, _: _ANSWERED.get(delta.kind),
    "extension": lambda delta, _: _ANSWERED.get(delta.kind),
    "ice-ufrag": lambda *_: "each peer has its own",
    "ice-pwd": lambda *_: "each peer has its own",
    "setup": lambda *_: "one side is active, the other one passive (RFC 8842 §5)",
    "candidate": lambda *_: "each peer has its own",
}
_BY_MODE = {Mode.RENEGOTIATION: _LATER, Mode.PEERS: _PEERS}
"""What says it better still where one is said later than the other, or one is an offer and the other its answer."""
