"""Media of one kind from one peer to the other."""

from typing import Any

from av import AudioFrame, VideoFrame

from sdpkit.outcome import Flow
from sdpkit.peer import wire
from sdpkit.peer.measuring import Frames
from sdpkit.peer.side import Side
from sdpkit.peer.source import AUDIO_RATE

_ROUND = 1 << 32  # RTP time stamps begin again there


class MediaFlow:
    """The frames and the packets of one kind of media, counted where they leave and where they arrive."""

    def __init__(self, kind: str, sender: Side, receiver: Side, frames: Frames) -> None:
        self.kind = kind
        self.sender = sender
        self.receiver = receiver
        self.frames = frames

    @property
    def name(self) -> str:
        """Such as `video offerer -> answerer`."""
        return f"{self.kind} {self.sender.name} -> {self.receiver.name}"

    @property
    def came(self) -> bool:
        """Whether any packet of it has arrived."""
        return self.ssrc in self.receiver.wire.received

    @property
    def ssrc(self) -> int:
        """The SSRC under which it is sent."""
        return wire.ssrc(self.sender.peer, self.kind)

    def sent_stamp(self, frame: VideoFrame | AudioFrame, receiver: Any) -> int | None:
        """The time stamp that a received frame had when it was handed out; None when that cannot be known."""
        stream = self.sender.wire.sent.get(self.ssrc)
        origin = wire.timestamp_origin(receiver)
        if stream is None or origin is None or frame.pts is None or self.frames.first_sent is None:
            return None
        missed = (origin - stream.first.timestamp) % _ROUND  # when the first frames got lost
        scale = AUDIO_RATE / stream.clock_rate if self.kind == "audio" else 1
        return self.frames.first_sent + round((frame.pts + missed) * scale)

    @property
    def facts(self) -> Flow:
        """What is known of it so far."""
        frames, codec = self.frames, wire.codec(self.sender.peer, self.kind)
        out, came = self.sender.wire.sent.get(self.ssrc), self.receiver.wire.received.get(self.ssrc)
        repairs = self.receiver.wire.received.get(wire.rtx_ssrc(self.sender.peer, self.kind))
        width, height = frames.size or (None, None)
        round_trip = wire.round_trip(self.sender.peer, self.kind)
        return Flow(
            kind=self.kind,
            sender=self.sender.name,
            receiver=self.receiver.name,
            codec=codec.name,
            payload_type=codec.payloadType or 0,
            ssrc=self.ssrc,
            frames_sent=frames.sent,
            frames_received=frames.received,
            seconds=frames.seconds,
            fps=frames.fps,
            bitrate=came.bitrate if came else 0.0,
            packets_sent=out.packets if out else 0,
            packets_received=came.packets if came else 0,
            packets_lost=came.lost if came else 0,
            packets_retransmitted=repairs.packets if repairs else 0,
            dropped_on_purpose=out.dropped if out else 0,
            jitter_ms=came.jitter_ms if came else 0.0,
            round_trip_ms=None if round_trip is None else max(0.0, round_trip * 1000),
            delay=frames.delay,
            width=width,
            height=height,
            check=frames.check.result,
        )
