"""`sdpkit offer` and `sdpkit answer`: a live peer whose descriptions a person carries to the other side."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from sdpkit.cli import exits, streams
from sdpkit.cli.sources import MediaOptions

if TYPE_CHECKING:  # aiortc takes its time to be imported, and other commands must not pay for it
    from sdpkit.call import Call
    from sdpkit.cli.call_display import CallDisplay
    from sdpkit.cli.live import Keeper, Stops
    from sdpkit.peer.conversation import Carrier, Settings

Camera = Annotated[str | None, typer.Option(metavar="CAMERA", help="Send a camera, by its index, name or path.")]
Pattern = Annotated[bool, typer.Option("--pattern", help="Send a moving test picture, as when no source is named.")]
Clip = Annotated[Path | None, typer.Option(metavar="CLIP", help="Send the video of a file, over and over.")]
Size = Annotated[str | None, typer.Option(metavar="WxH", help="Size of the camera's or test picture (640x480).")]
Fps = Annotated[float | None, typer.Option(min=1, max=120, metavar="N", help="Pictures a second (30).")]
Sound = Annotated[
    str | None, typer.Option(metavar="SOUND", help="Send sound: tone, file (that of --file), microphone[:NAME].")
]
CodecName = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="Prefer this codec, such as H264; may be repeated.")
]
Server = Annotated[
    list[str] | None,
    typer.Option(metavar="URI", help="stun:HOST or turn:USER:PASSWORD@HOST; no server is asked otherwise."),
]
RelayOnly = Annotated[bool, typer.Option("--relay-only", help="Use only candidates of the TURN server.")]
Trickle = Annotated[bool, typer.Option("--trickle", help="Give candidates one by one behind the description.")]
Json = Annotated[bool, typer.Option("--json", help="Give an RTCSessionDescription, as browsers write and take it.")]
Packed = Annotated[bool, typer.Option("--packed", help="Give one short line, which sdpkit reads.")]
Clipboard = Annotated[bool, typer.Option("--clipboard", help="Put the description on the clipboard, too.")]
Qr = Annotated[bool, typer.Option("--qr", help="Show the description as a QR code, too.")]
Folder = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Exchange offer.sdp and answer.sdp through this folder.")
]
Timeout = Annotated[float, typer.Option(min=1, max=86400, metavar="S", help="How long to wait for the other side.")]
Snapshot = Annotated[Path | None, typer.Option(metavar="PICTURE", help="Keep the last received picture: .png or .jpg.")]
Preview = Annotated[bool, typer.Option("--preview", help="Show what is received in the terminal.")]
Record = Annotated[Path | None, typer.Option(metavar="CLIP", help="Keep what is received: .mp4, .mkv, .webm, .wav …")]


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What the options ask for."""

    role: str
    media: MediaOptions
    codecs: list[str]
    servers: list[str]
    relay_only: bool
    trickle: bool
    json: bool
    packed: bool
    clipboard: bool
    qr: bool
    folder: Path | None
    timeout: float
    snapshot: Path | None
    record: Path | None
    preview: bool


def offer(
    camera: Camera = None,
    pattern: Pattern = False,
    file: Clip = None,
    size: Size = None,
    fps: Fps = None,
    audio: Sound = None,
    codec: CodecName = None,
    ice_server: Server = None,
    relay_only: RelayOnly = False,
    trickle: Trickle = False,
    json: Json = False,
    packed: Packed = False,
    clipboard: Clipboard = False,
    qr: Qr = False,
    files: Folder = None,
    timeout: Timeout = 600,
    snapshot: Snapshot = None,
    record: Record = None,
    preview: Preview = False,
) -> None:
    """Call another peer by hand: give it this offer, and paste its answer here.

    The other side is a browser (sdpkit page), another sdpkit answer, or anything that speaks WebRTC. It is read in any
    form, and checked before it is used. Ends with 0 when the call was connected, 4 when it was not, 5 when a device is
    missing.
    """
    media = MediaOptions(camera, pattern, file, size, fps, audio)
    _begin(
        Request(
            role="offerer",
            media=media,
            codecs=codec or [],
            servers=ice_server or [],
            relay_only=relay_only,
            trickle=trickle,
            json=json,
            packed=packed,
            clipboard=clipboard,
            qr=qr,
            folder=files,
            timeout=timeout,
            snapshot=snapshot,
            record=record,
            preview=preview,
        )
    )


def answer(
    camera: Camera = None,
    pattern: Pattern = False,
    file: Clip = None,
    size: Size = None,
    fps: Fps = None,
    audio: Sound = None,
    ice_server: Server = None,
    relay_only: RelayOnly = False,
    trickle: Trickle = False,
    json: Json = False,
    packed: Packed = False,
    clipboard: Clipboard = False,
    qr: Qr = False,
    files: Folder = None,
    timeout: Timeout = 600,
    snapshot: Snapshot = None,
    record: Record = None,
    preview: Preview = False,
) -> None:
    """Take another peer's call by hand: paste its offer here, and give it this answer.

    The answer holds for a minute; when that has passed without the other side, a new one is given. Ends with 0 when
    the call was connected, 4 when it was not, 5 when a device is missing.
    """
    media = MediaOptions(camera, pattern, file, size, fps, audio)
    _begin(
        Request(
            role="answerer",
            media=media,
            codecs=[],
            servers=ice_server or [],
            relay_only=relay_only,
            trickle=trickle,
            json=json,
            packed=packed,
            clipboard=clipboard,
            qr=qr,
            folder=files,
            timeout=timeout,
            snapshot=snapshot,
            record=record,
            preview=preview,
        )
    )


def _begin(request: Request) -> None:
    """Checks the options and runs the call."""
    if request.preview and not sys.stderr.isatty():
        raise typer.BadParameter("--preview needs a terminal")
    if request.json and request.packed:
        raise typer.BadParameter("only one of --json and --packed can be had")
    if request.folder is not None and (request.json or request.packed or request.clipboard or request.qr):
        raise typer.BadParameter("--files are plain SDP: not with --json, --packed, --clipboard, --qr")
    try:
        raise typer.Exit(_run(request))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    except streams.InputError as error:
        streams.complain(str(error))
        raise typer.Exit(error.code) from None


def _run(request: Request) -> int:
    from sdpkit.cli import live  # noqa: PLC0415  it imports aiortc
    from sdpkit.cli.call_display import CallDisplay  # noqa: PLC0415  rich takes its time to be imported
    from sdpkit.cli.keys import pasting  # noqa: PLC0415

    settings = _settings(request)
    sounds_only = request.record is not None and request.record.suffix.lower() in (".wav", ".ogg")
    display = CallDisplay()
    shown = display if request.preview else None
    keeper = live.Keeper(shown, request.snapshot, request.record, video=not sounds_only, audio=True)
    with live.Stops() as stops, pasting():
        try:
            call = asyncio.run(_converse(request, settings, display, keeper, stops))
        finally:
            stops.run_is_over()
            keeper.close()
    return _exit_code(call, stops)


def _exit_code(call: "Call", stops: "Stops") -> int:
    if call.connected and call.failure is None:
        return exits.CLEAN  # a call ends by hanging up, also with Ctrl-C
    if stops.signal is not None:
        return 128 + stops.signal
    return exits.NO_DEVICE if call.source_failed else exits.NOT_CONNECTED


def _settings(request: Request) -> "Settings":
    """What is sent, and how. Raises ValueError."""
    from sdpkit.peer.conversation import Settings  # noqa: PLC0415  it imports aiortc
    from sdpkit.peer.hand import Media  # noqa: PLC0415
    from sdpkit.peer.pattern import TestPicture  # noqa: PLC0415
    from sdpkit.peer.plan import Plan  # noqa: PLC0415
    from sdpkit.peer.servers import parse_ice_server  # noqa: PLC0415

    video, audio = request.media.sources()
    servers = tuple(map(parse_ice_server, request.servers))
    Plan(codecs=tuple(request.codecs), servers=servers, relay_only=request.relay_only)  # it checks them
    media = Media(
        video=TestPicture() if video is None and audio is None else video,
        audio=audio,
        codecs=tuple(request.codecs),
        servers=servers,
        relay_only=request.relay_only,
    )
    return Settings(media=media, trickle=request.trickle, timeout=request.timeout)


async def _converse(
    request: Request, settings: "Settings", display: "CallDisplay", keeper: "Keeper", stops: "Stops"
) -> "Call":
    from sdpkit.peer.conversation import Conversation  # noqa: PLC0415  it imports aiortc

    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    try:
        carrier = _carrier(request, display)
        conversation = Conversation(request.role, settings, carrier, display.update, keeper.take)
        call = await conversation.run(stops.event())
    finally:
        display.close()
    display.finish(call)
    return call


def _carrier(request: Request, display: "CallDisplay") -> "Carrier":
    from sdpkit.cli import carriers  # noqa: PLC0415

    if request.folder is not None:
        return carriers.Folder(request.folder, request.role)
    form = carriers.as_json if request.json else carriers.as_packed if request.packed else carriers.as_sdp
    extras: list[Any] = [carriers.copy_to_clipboard] * request.clipboard + [carriers.show_qr] * request.qr
    return carriers.Person(form, display, extras)
