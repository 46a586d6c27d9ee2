"""What came, against what should have come."""

from collections.abc import Sequence

from sdpkit.peer.echo import EchoTest
from sdpkit.peer.flow import MediaFlow

_SILENCE = 3.0  # s without a frame: the media has stopped
_GAP = 2.0  # s that may pass between two frames on a slow machine, however short the run is


def missing(flows: Sequence[MediaFlow], echo: EchoTest | None) -> list[str]:
    """What has not come at all yet."""
    said = {True: "packets came, but no frame could be decoded", False: "no RTP packet came"}
    silent = [f"no {flow.name}: {said[flow.came]}" for flow in flows if not flow.frames.received]
    if echo is not None and not echo.returned:
        silent.append("no message came back through the data channel")
    return silent


def all_arrived(flows: Sequence[MediaFlow], echo: EchoTest | None) -> bool:
    """Whether nothing is on its way any more."""
    frames = all(flow.frames.received >= flow.frames.sent for flow in flows)
    return frames and (echo is None or echo.returned >= echo.sent)


def fault(flows: Sequence[MediaFlow], echo: EchoTest | None, seconds: float, ended: float) -> str | None:
    """What is wrong with what came in a run of so many seconds, which `ended` then; None when nothing is."""
    silence = min(_SILENCE, max(_GAP, seconds / 2))
    for flow in flows:
        check = flow.frames.check.result
        if ended - flow.frames.last > silence:
            return f"{flow.name} stopped {ended - flow.frames.last:.1f} s before the end"
        if check is not None and check.checked and check.right < check.checked / 2:
            return f"what came as {flow.name} is not what was sent ({check.right} of {check.checked})"
    if echo is not None and ended - echo.last > silence:
        return f"messages stopped to come back {ended - echo.last:.1f} s before the end"
    return None
