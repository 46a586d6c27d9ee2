"""The cameras and microphones of this machine, and how PyAV opens them."""

import errno
import os
import re
import struct
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import av
import msgspec

from sdpkit.peer.source import SourceError


class Device(msgspec.Struct, frozen=True):
    """A camera or a microphone."""

    index: int
    """Its place among the devices of its kind, from 0."""
    path: str
    """What the system calls it: a node on Linux, an index on macOS, an identifier on Windows."""
    name: str | None = None
    """What people call it."""
    problem: str | None = None
    """Why it cannot be opened, as far as that can be seen without opening it."""

    def __str__(self) -> str:
        words = (str(self.index), self.path, self.name, self.problem and f"({self.problem})")
        return " ".join(word for word in words if word)


class Input(msgspec.Struct, frozen=True):
    """What av.open is told."""

    file: str
    format: str | None = None
    options: dict[str, str] = {}


def cameras() -> list[Device]:
    """The cameras of this machine, in the order of their numbers; those that may not be opened have a problem."""
    if sys.platform == "linux":
        return _numbered(_linux_cameras())
    return _numbered(_listed("video"))


def microphones() -> list[Device]:
    """The microphones of this machine; on Linux only ALSA's default, whichever that is."""
    if sys.platform == "linux":
        return [Device(0, "default", "ALSA's default")]
    return _numbered(_listed("audio"))


def find_camera(wanted: str) -> Device:
    """The camera with this index, path, or name or part of a name; raises SourceError when there is none to open."""
    return _find(wanted, "camera", cameras(), "--pattern needs no camera")


def find_microphone(wanted: str) -> Device:
    """The microphone with this index, path, or name or part of a name; on Linux any ALSA device, as in "hw:1"."""
    if sys.platform == "linux" and wanted and not wanted.isdecimal():
        return Device(0, wanted)
    return _find(wanted, "microphone", microphones(), "--tone needs no microphone")


def camera_input(camera: Device, size: tuple[int, int] | None, fps: float | None) -> Input:
    """How to open a camera with this size and these frames a second, or with what it has when they are None.

    Both are wishes: what the driver made of them is known once it is open.
    """
    options = {} if size is None else {"video_size": f"{size[0]}x{size[1]}"}
    if fps is None and sys.platform == "darwin":
        fps = 30  # FFmpeg's own default there is 29.97, which many cameras refuse
    if fps is not None:
        options["framerate"] = f"{fps:g}"
    match sys.platform:
        case "darwin":
            return Input(f"{camera.path}:none", "avfoundation", options)
        case "win32":
            return Input(f"video={camera.path}", "dshow", options)
        case _:
            return Input(camera.path, "v4l2", options)


def microphone_input(microphone: Device) -> Input:
    """How to open a microphone."""
    match sys.platform:
        case "darwin":
            return Input(f":{microphone.path}", "avfoundation")
        case "win32":
            return Input(f"audio={microphone.path}", "dshow")
        case _:
            # PyAV's own copy of ALSA looks for its configuration where it was built, which is nowhere.
            os.environ.setdefault("ALSA_CONFIG_DIR", "/usr/share/alsa")
            return Input(microphone.path, "alsa")


def explain_camera(path: str, error: OSError | av.FFmpegError, running: bool) -> str:
    """What an error of a camera means that was running, or else was being opened."""
    why = (_RUNNING if running else _OPENING).get(error.errno or 0, f"failed: {error.strerror}")
    return f"the camera {path} {why}. {_listing(cameras())}, --pattern needs no camera"


def explain_microphone(path: str, error: OSError | av.FFmpegError, running: bool) -> str:
    """The same for a microphone."""
    failed = "stopped" if running else "cannot be opened"
    return f"the microphone {path} {failed}: {error.strerror}. {_listing(microphones())}, --tone needs no microphone"


_OPENING = {
    errno.ENOENT: "is not there any more",
    errno.EACCES: "may not be opened: permission denied",
    errno.EBUSY: "is busy: another program uses it; close that one",
    errno.ENOTTY: "is not a camera",
    errno.ENODEV: "gives no pictures, or was just unplugged",
    errno.EINVAL: "does not give this size or pixel format: ask for another size",
    errno.ENOSPC: "has not enough room on its USB bus: ask for a smaller size, or use another port",
}
_RUNNING = {
    errno.ENODEV: "was unplugged",
    errno.ENXIO: "was unplugged",
}


def _numbered(devices: Iterable[Device]) -> list[Device]:
    return [msgspec.structs.replace(device, index=index) for index, device in enumerate(devices)]


def _find(wanted: str, what: str, found: list[Device], otherwise: str) -> Device:
    """The one device that is wanted; raises SourceError with all that were found."""
    fitting = _fitting(wanted, found)
    listing = f"{_listing(found)}, {otherwise}"
    if not fitting:
        raise SourceError(f"there is no {what} {wanted}{_why_not(wanted)}. {listing}")
    if len(fitting) > 1:
        raise SourceError(f"there is more than one {what} {wanted}: say its index or path. {listing}")
    device = fitting[0]
    if device.problem is not None:
        raise SourceError(f"the {what} {wanted} cannot be opened: {device.problem}. {listing}")
    return device


def _listing(found: list[Device]) -> str:
    return f"Found: {', '.join(map(str, found)) or 'none'}. --list-devices shows them"


def _fitting(wanted: str, found: list[Device]) -> list[Device]:
    """By index, else by path or by what a link like /dev/v4l/by-id/… leads to, else by name, else by part of a name."""
    if wanted.isdecimal():
        return [device for device in found if device.index == int(wanted)]
    tests: tuple[Callable[[Device], bool], ...] = (
        lambda device: device.path in {wanted, os.path.realpath(wanted)},
        lambda device: device.name is not None and device.name.casefold() == wanted.casefold(),
        lambda device: device.name is not None and wanted.casefold() in device.name.casefold() and wanted != "",
    )
    return next(filter(None, ([device for device in found if test(device)] for test in tests)), [])


def _why_not(path: str) -> str:
    """Why a path is no camera, in brackets; nothing when it is not a path."""
    if "/" not in path or sys.platform != "linux":
        return ""
    try:
        node = _query(path)
    except FileNotFoundError:
        return " (no such file)"
    except OSError:
        return " (not a V4L2 device)"
    return f" (a node of {node.name}, but not the one that gives pictures)"


_QUERYCAP = 0x80685600  # VIDIOC_QUERYCAP: _IOR('V', 0, struct v4l2_capability)
_CAPABILITY = struct.Struct("=16s32s32sIII12x")  # driver, card, bus, version, of the device, of the node
_HAS_NODE_CAPABILITIES = 0x80000000
_CAPTURES = 0x1 | 0x1000  # V4L2_CAP_VIDEO_CAPTURE, and the same with several planes
_STREAMS = 0x04000000
_NO_DEVICE = {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTTY}  # a node that nothing stands behind, or no V4L2


class _Node(msgspec.Struct, frozen=True):
    """What a V4L2 node says of itself."""

    driver: str
    name: str
    capabilities: int

    @property
    def captures(self) -> bool:
        """Whether it gives pictures; a USB camera has a second node, for metadata, which does not."""
        return bool(self.capabilities & _CAPTURES and self.capabilities & _STREAMS)


def _linux_cameras() -> Iterable[Device]:
    nodes = (path for path in map(str, Path("/dev").glob("video*")) if re.fullmatch("/dev/video[0-9]+", path))
    for path in sorted(nodes, key=lambda path: int(path.removeprefix("/dev/video"))):
        try:
            node = _query(path)
        except PermissionError:
            yield Device(0, path, _sysfs_name(path), "permission denied: join the group of the node, often video")
        except OSError as error:
            if error.errno not in _NO_DEVICE:
                yield Device(0, path, _sysfs_name(path), str(error.strerror).lower())
        else:
            if node.captures:
                yield Device(0, path, node.name)


def _query(path: str) -> _Node:
    """Asks a node what it is; raises OSError when it is no V4L2 node or may not be opened."""
    import fcntl  # noqa: PLC0415  Windows has none

    descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        answer = fcntl.ioctl(descriptor, _QUERYCAP, bytes(_CAPABILITY.size))
    finally:
        os.close(descriptor)
    driver, card, _, _, device, node = _CAPABILITY.unpack(answer)
    return _Node(_text(driver), _text(card), node if device & _HAS_NODE_CAPABILITIES else device)


def _text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode(errors="replace")


def _sysfs_name(path: str) -> str | None:
    """The name of a node that may not be opened."""
    try:
        return Path("/sys/class/video4linux", Path(path).name, "name").read_text(errors="replace").strip()
    except OSError:
        return None


def _listed(kind: str) -> Iterable[Device]:
    """The devices that FFmpeg lists, without the screens that macOS counts as cameras."""
    format = {"darwin": "avfoundation", "win32": "dshow"}.get(sys.platform)
    for device in av.enumerate_input_devices(format) if format else ():
        if kind in device.media_types and not device.description.startswith("Capture screen"):
            yield Device(0, device.name, device.description)
