"""The screens of `sdpkit offer` and `sdpkit answer`."""

from collections.abc import Iterator

from sdpkit.call import Call, Message, Stream
from sdpkit.report.escaping import escape
from sdpkit.report.loopback import source_line
from sdpkit.report.tables import table


def screen(call: Call, typed: str, width: int) -> str:
    """A call that goes on: what flows, and what is being typed."""
    blocks = [
        stream_table(call.streams, width),
        f"{call.verdict}   type a message and Enter to send it, bye to hang up\n> {escape(typed)}",
    ]
    return "\n\n".join(block for block in blocks if block)


def summary(call: Call, width: int) -> str:
    """A call that is over: what flowed, what there is to know, and the verdict in one line."""
    blocks = [
        stream_table(call.streams, width),
        "\n".join(f"note     {escape(note)}" for note in call.notes),
        escape(call.verdict),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def heading(call: Call) -> Iterator[str]:
    """What this side sends."""
    for source in call.sources:
        yield escape(source_line(source))
    yield f"{call.role}, {call.mode}{'' if call.sources else ', receiving only'}"


_WIDE = 80
"""Columns of a terminal in which all of the table stands; in fewer its times and sizes are left out."""


def stream_table(streams: tuple[Stream, ...], width: int) -> str:
    """The media that flows, a row each way."""
    headers = ["media", "codec", "frames", "fps", "kbit/s", "lost", "jitter", "rtt", "size"]
    rows = [
        [
            f"{stream.kind} {stream.way}",
            f"{stream.codec} {stream.payload_type}",
            stream.frames,
            f"{stream.fps:.1f}",
            f"{stream.bitrate / 1000:,.0f}",
            stream.packets_lost if stream.way == "received" else None,
            None if stream.jitter_ms is None or width < _WIDE else f"{stream.jitter_ms:.1f} ms",
            None if stream.round_trip_ms is None or width < _WIDE else f"{stream.round_trip_ms:.1f} ms",
            f"{stream.width}x{stream.height}" if stream.width and width >= _WIDE else None,
        ]
        for stream in streams
    ]
    return table(headers, rows, width, right=("frames", "fps", "kbit/s", "lost", "jitter", "rtt")) if rows else ""


def message_line(message: Message) -> str:
    """A message, and which way it went."""
    return f"{'<' if message.way == 'received' else '>'} {escape(message.text)}"
