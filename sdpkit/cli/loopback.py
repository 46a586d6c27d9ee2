"""`sdpkit loopback`: two live peers in this process, with a camera or a test picture between them."""

import enum
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdpkit.cli import streams
from sdpkit.cli.inspect import Format
from sdpkit.cli.sources import MediaOptions
from sdpkit.outcome import Comparison
from sdpkit.report import loopback as screens
from sdpkit.report.json import document

if TYPE_CHECKING:  # aiortc takes its time to be imported, and other commands must not pay for it
    from sdpkit.cli.display import Display
    from sdpkit.peer import Plan


class Direction(enum.StrEnum):
    """The four directions (RFC 8866 §6.7)."""

    SENDRECV = "sendrecv"
    SENDONLY = "sendonly"
    RECVONLY = "recvonly"
    INACTIVE = "inactive"


def loopback(
    camera: Annotated[
        str | None, typer.Option(metavar="CAMERA", help="Open a camera, by its index, name or path.")
    ] = None,
    pattern: Annotated[
        bool, typer.Option("--pattern", help="Send a moving test picture, as when no source is named.")
    ] = False,
    file: Annotated[Path | None, typer.Option(metavar="CLIP", help="Send the video of a file, over and over.")] = None,
    size: Annotated[
        str | None, typer.Option(metavar="WxH", help="Size of the camera's or test picture (640x480).")
    ] = None,
    fps: Annotated[float | None, typer.Option(min=1, max=120, metavar="N", help="Pictures a second (30).")] = None,
    list_devices: Annotated[bool, typer.Option("--list-devices", help="Show the cameras there are, and exit.")] = False,
    audio: Annotated[
        str | None, typer.Option(metavar="SOUND", help="Send sound: tone, file (that of --file), microphone[:NAME].")
    ] = None,
    data: Annotated[bool, typer.Option("--data", help="Send messages through a data channel and back.")] = False,
    seconds: Annotated[float, typer.Option(min=0.1, max=86400, metavar="S", help="How long media flows.")] = 10,
    trickle: Annotated[
        bool, typer.Option("--trickle", help="Send candidates one by one, not in the descriptions.")
    ] = False,
    compare: Annotated[bool, typer.Option("--compare", help="Run without trickle, then with, and compare.")] = False,
    codec: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Prefer this codec, such as H264; may be repeated.")
    ] = None,
    ice_server: Annotated[
        list[str] | None,
        typer.Option(metavar="URI", help="stun:HOST or turn:USER:PASSWORD@HOST; no server is asked otherwise."),
    ] = None,
    relay_only: Annotated[bool, typer.Option("--relay-only", help="Use only candidates of the TURN server.")] = False,
    loss: Annotated[float, typer.Option(min=0, max=100, metavar="PERCENT", help="Drop packets between the peers.")] = 0,
    offerer_direction: Annotated[Direction, typer.Option(help="What the offerer offers.")] = Direction.SENDONLY,
    answerer_direction: Annotated[Direction, typer.Option(help="What the answerer wants.")] = Direction.RECVONLY,
    timeout: Annotated[
        float, typer.Option(min=0.1, max=600, metavar="S", help="How long to wait for the connection, then for media.")
    ] = 10,
    preview: Annotated[bool, typer.Option("--preview", help="Show what is received in the terminal.")] = False,
    snapshot: Annotated[
        Path | None, typer.Option(metavar="PICTURE", help="Keep the last received picture: .png or .jpg.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(metavar="CLIP", help="Keep what is received: .mp4, .mkv, .webm, .wav …")
    ] = None,
    save_sdp: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep descriptions and candidates, secrets included.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How the result is written.")] = Format.TEXT,
) -> None:
    """Connect two live peers in this process, let media flow, and say step by step what happened.

    ICE, DTLS and SRTP are real; nothing leaves this machine unless an --ice-server is named. Ends with 0 when media
    flowed, 4 when the peers did not connect or no media came, 5 when a device is missing.
    """
    if list_devices:
        streams.write(_devices())
        raise typer.Exit
    if preview and (format is Format.JSON or not sys.stdout.isatty()):
        raise typer.BadParameter("--preview needs a terminal, and no --format json")
    if compare and (trickle or preview or snapshot or record or save_sdp):
        raise typer.BadParameter(
            "--compare is two runs: not with --trickle, --preview, --snapshot, --record, --save-sdp"
        )
    with _wrong_usage():
        options = MediaOptions(camera, pattern, file, size, fps, audio)
        settings = {
            "data": data,
            "seconds": seconds,
            "relay_only": relay_only,
            "loss": loss,
            "offerer_direction": offerer_direction.value,
            "answerer_direction": answerer_direction.value,
            "timeout": timeout,
        }
        plans = [
            _plan(options, codec or [], ice_server or [], trickle=trickles, **settings)
            for trickles in ((False, True) if compare else (trickle,))
        ]
        if compare:
            raise typer.Exit(_compare(plans, format))
        raise typer.Exit(_run(plans[0], format, preview, snapshot, record, save_sdp))


@contextmanager
def _wrong_usage() -> Iterator[None]:
    """Turns what is wrong with the options into words and an exit code."""
    try:
        yield
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    except streams.InputError as error:
        streams.complain(str(error))
        raise typer.Exit(error.code) from None


def _plan(options: MediaOptions, codecs: list[str], servers: list[str], **settings: Any) -> "Plan":
    """The plan that the options make. Raises ValueError."""
    from sdpkit.peer import Plan  # noqa: PLC0415  it imports aiortc
    from sdpkit.peer.servers import parse_ice_server  # noqa: PLC0415

    video, audio = options.sources()
    named = tuple(map(parse_ice_server, servers))
    return Plan(video=video, audio=audio, codecs=tuple(codecs), servers=named, **settings)


def _run(
    plan: "Plan", format: Format, preview: bool, snapshot: Path | None, record: Path | None, save_sdp: Path | None
) -> int:
    """One run, shown and kept; its exit code."""
    from sdpkit.cli import live  # noqa: PLC0415  it imports aiortc

    with live.Stops() as stops:
        display = _display(format)
        shows = plan.video is not None or plan.is_a_picture
        shown = display if preview else None
        keeper = live.Keeper(shown, snapshot, record, video=shows, audio=plan.audio is not None)
        try:
            outcome, code = live.run(plan, display, keeper, stops)
            if format is Format.JSON:
                streams.write(document("loopback", None, screens.without_secrets(outcome)))
            display.finish(outcome)
        finally:
            keeper.close()
        if save_sdp is not None:
            live.save_sdp(outcome, save_sdp)
    return code


def _compare(plans: "list[Plan]", format: Format) -> int:
    """The same run with vanilla and with trickle ICE; the worse exit code."""
    from sdpkit.cli import live  # noqa: PLC0415  it imports aiortc

    outcomes, codes = [], []
    for plan in plans:
        display = _display(format)
        with live.Stops() as stops:
            outcome, code = live.run(plan, display, None, stops)
        if format is Format.TEXT:
            display.finish(outcome)
            streams.write("\n")
        if outcome.interrupted:
            return code
        outcomes.append(outcome)
        codes.append(code)
    compared = Comparison.of(*outcomes)
    if format is Format.JSON:
        streams.write(document("comparison", None, screens.without_secrets(compared)))
    else:
        streams.write(screens.comparison(compared, streams.width()))
    return max(codes)


def _display(format: Format) -> "Display":
    from sdpkit.cli.display import Silent, display_on_stdout  # noqa: PLC0415  rich takes its time to be imported

    return Silent() if format is Format.JSON else display_on_stdout()


def _devices() -> str:
    """The cameras of this machine, and its microphones, as a table."""
    from sdpkit.peer.devices import cameras, microphones  # noqa: PLC0415  it imports PyAV

    return screens.devices(cameras(), microphones(), streams.width())
