"""Which simulcast streams two m-sections agree on (RFC 8853 §5.3)."""

from sdpkit.sdp.attributes.streams import Simulcast, SimulcastDraft, SimulcastStream
from sdpkit.sdp.media import MediaDescription

Streams = tuple[tuple[SimulcastStream, ...], ...]


def agreed_streams(sender: MediaDescription, receiver: MediaDescription) -> Streams:
    """The streams that one side may send: those of the receiver that the sender has, with their alternatives.

    A stream is paused where either says so. Each must have an a=rid of its direction on both sides (RFC 8853 §5.1).
    """
    offered = {stream.rid: stream for alternatives in _streams(sender, "send") for stream in alternatives}
    known = _rids(sender, "send") & _rids(receiver, "recv") & offered.keys()
    wanted = (
        tuple(
            SimulcastStream(stream.rid, stream.paused or offered[stream.rid].paused)
            for stream in alternatives
            if stream.rid in known
        )
        for alternatives in _streams(receiver, "recv")
    )
    return tuple(alternatives for alternatives in wanted if alternatives)


def _rids(section: MediaDescription, direction: str) -> set[str]:
    return {rid.id for rid in section.rids if rid.direction == direction}


def _streams(section: MediaDescription, direction: str) -> Streams:
    """The streams of a=simulcast in one direction, also those of the old form, where it names rids."""
    match section.simulcast:
        case Simulcast(send=send, recv=recv):
            return send if direction == "send" else recv
        case SimulcastDraft(parts=parts):
            return tuple(
                tuple(SimulcastStream(rid, rid in part.paused) for rid in alternatives)
                for part in parts
                if part.direction == direction and part.by == "rid"
                for alternatives in part.streams
            )
    return ()
