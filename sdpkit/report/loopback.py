"""The screens of `sdpkit loopback`."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from sdpkit.finding import Finding
from sdpkit.inspection import masked
from sdpkit.outcome import Comparison, Echo, Flow, Opened, Outcome, PictureCheck, Step
from sdpkit.report.escaping import escape
from sdpkit.report.tables import table
from sdpkit.sdp.parser import parse

if TYPE_CHECKING:  # it imports PyAV
    from sdpkit.peer.devices import Device

_STEP = 14  # columns of a step's name
_TIME = 10  # columns of its time
_LABEL = 9


def screen(outcome: Outcome, width: int) -> str:
    """All of a run, finished or not: its sources, its steps with their times, what flowed, and the verdict."""
    blocks = [
        "\n".join(heading(outcome)),
        "\n".join(line for step in outcome.steps for line in step_lines(step, width)),
        summary(outcome, width),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def heading(outcome: Outcome) -> Iterator[str]:
    """What is run."""
    for source in outcome.sources:
        yield escape(source_line(source))
    yield f"two peers in this process, {outcome.mode}"


def source_line(source: Opened) -> str:
    """A source as it was opened: `camera /dev/video0 "HD Webcam"   640x480 yuyv422, 30 frames/s`."""
    name = f' "{source.name}"' if source.name and source.name != source.device else ""
    size = f"{source.width}x{source.height}" if source.width else ""
    unit = "frames/s" if source.width else "samples/s"
    rate = f"{source.rate:g} {unit}" if source.rate else ""
    facts = ", ".join(fact for fact in (f"{size} {source.format or ''}".strip(), rate) if fact)
    return f"{source.what}{f' {source.device}' if source.device else ''}{name}   {facts}".rstrip()


def step_lines(step: Step, width: int) -> list[str]:
    """One step: its name, when it was reached, and what was reached."""
    label = f"{step.name:<{_STEP}}{step.after_ms:>{_TIME - 3},.0f} ms  "
    return textwrap.wrap(
        escape(step.what),
        width,
        initial_indent=label,
        subsequent_indent=" " * (_STEP + _TIME + 2),
        break_on_hyphens=False,
        drop_whitespace=True,
    ) or [label.rstrip()]


def summary(outcome: Outcome, width: int) -> str:
    """What flowed, what there is to know, and the verdict in one line."""
    blocks = [
        flow_table(outcome.flows, width),
        "\n".join(_labelled(outcome, width)),
        escape(outcome.verdict),
    ]
    return "\n\n".join(block for block in blocks if block)


def flow_table(flows: Iterable[Flow], width: int) -> str:
    """The media that flowed, a row each."""
    headers = ["media", "codec", "frames", "fps", "kbit/s", "lost", "jitter", "rtt", "delay", "size"]
    rows = [
        [
            f"{flow.kind} {_arrow(flow)}",
            f"{flow.codec} {flow.payload_type}",
            f"{flow.frames_received} of {flow.frames_sent}",
            f"{flow.fps:.1f}",
            f"{flow.bitrate / 1000:,.0f}",
            _lost(flow),
            f"{flow.jitter_ms:.1f} ms",
            None if flow.round_trip_ms is None else f"{flow.round_trip_ms:.1f} ms",
            None if flow.delay is None else f"{flow.delay.median_ms:.0f} ms",
            f"{flow.width}x{flow.height}" if flow.width else None,
        ]
        for flow in flows
    ]
    return table(headers, rows, width, right=("fps", "kbit/s", "lost", "jitter", "rtt", "delay")) if rows else ""


def _arrow(flow: Flow) -> str:
    """Who sends to whom: the first letters are enough, offerer and answerer."""
    return f"{flow.sender[0]}->{flow.receiver[0]}"


def _lost(flow: Flow) -> str:
    expected = flow.packets_received + flow.packets_lost
    return f"{flow.packets_lost} ({flow.packets_lost / expected:.1%})" if flow.packets_lost else "0"


def _labelled(outcome: Outcome, width: int) -> Iterator[str]:
    for flow in outcome.flows:
        yield from _line("delay", _delay(flow), width)
    for flow in outcome.flows:
        yield from _line("check", _check(flow), width)
    for flow in outcome.flows:
        yield from _line("loss", _repairs(flow), width)
    yield from _line("data", _echo(outcome.echo), width)
    for letter in outcome.signalled:
        for finding in letter.findings:
            yield from _line(str(finding.severity), f"{letter.type}: {_finding(finding)}", width)
    for note in outcome.notes:
        yield from _line("note", note, width)


def _line(label: str, text: str | None, width: int) -> list[str]:
    if not text:
        return []
    first, others = f"{label:<{_LABEL}}", " " * _LABEL
    return textwrap.wrap(escape(text), width, initial_indent=first, subsequent_indent=others, break_on_hyphens=False)


def _delay(flow: Flow) -> str | None:
    if flow.delay is None:
        return None
    return (
        f"{flow.kind} {_arrow(flow)}: source to decoded frame {flow.delay.median_ms:.0f} ms (median), "
        f"{flow.delay.p95_ms:.0f} ms (95 %), {flow.delay.worst_ms:.0f} ms (worst)"
    )


def _check(flow: Flow) -> str | None:
    return None if flow.check is None else f"{flow.kind} {_arrow(flow)}: {_what_was_checked(flow.check)}"


def _what_was_checked(check: PictureCheck) -> str:
    if check.by == "counter":
        return f"the counter in the picture is right in {check.right} of {check.checked} frames"
    if check.by == "psnr":
        value = "" if check.psnr_db is None else f", PSNR {check.psnr_db:.1f} dB (median)"
        return f"{check.right} of {check.checked} compared frames are like the sent ones{value}"
    return f"the tone is heard in {check.right} of {check.checked} frames"


def _repairs(flow: Flow) -> str | None:
    if not (flow.dropped_on_purpose or flow.packets_retransmitted):
        return None
    return (
        f"{flow.kind} {_arrow(flow)}: {flow.dropped_on_purpose} of {flow.packets_sent} packets dropped on purpose, "
        f"{flow.packets_retransmitted} retransmissions arrived"
    )


def _echo(echo: Echo | None) -> str | None:
    if echo is None:
        return None
    times = (
        ""
        if echo.median_ms is None
        else (f", {echo.median_ms:.1f} ms (median), {echo.least_ms:.1f} to {echo.most_ms:.1f} ms")
    )
    return f"{echo.returned} of {echo.sent} messages came back{times}"


def _finding(finding: Finding) -> str:
    return f"line {finding.span.line}: {finding.message} ({finding.code}, {finding.reference})"


def devices(cameras: "Sequence[Device]", microphones: "Sequence[Device]", width: int) -> str:
    """What there is to open, as a table."""
    found = [("camera", device) for device in cameras] + [("microphone", device) for device in microphones]
    rows = [[kind, device.index, device.path, device.name, device.problem] for kind, device in found]
    none = "" if cameras else "no camera found: --pattern and --file need none\n"
    return f"{table(['kind', 'index', 'device', 'name', 'problem'], rows, width, wrap=('name', 'problem'))}\n{none}"


def without_secrets(result: Outcome | Comparison) -> Outcome | Comparison:
    """The same with the secrets in its descriptions masked."""
    if isinstance(result, Comparison):
        runs = (without_secrets(result.vanilla), without_secrets(result.trickle))
        return msgspec.structs.replace(result, vanilla=runs[0], trickle=runs[1])
    signalled = tuple(
        msgspec.structs.replace(letter, text=str(masked(parse(letter.text)))) for letter in result.signalled
    )
    return msgspec.structs.replace(result, signalled=signalled)


def comparison(compared: Comparison, width: int) -> str:
    """When each step was reached with vanilla and with trickle ICE."""
    runs = (compared.vanilla, compared.trickle)
    names = dict.fromkeys(step.name for run in runs for step in run.steps)
    rows = [[name, *(_time_of(run, name) for run in runs)] for name in names]
    if compared.saved_ms is None:
        said = "not both connected: nothing to compare"
    else:
        more = "sooner" if compared.saved_ms >= 0 else "later"
        said = f"trickle connected {abs(compared.saved_ms):,.0f} ms {more}"
    times = table(["step", "vanilla", "trickle"], rows, width, right=("vanilla", "trickle"))
    return f"{times}\n\n{said}\n"


def _time_of(run: Outcome, name: str) -> str | None:
    time = next((step.after_ms for step in run.steps if step.name == name), None)
    return None if time is None else f"{time:,.0f} ms"
