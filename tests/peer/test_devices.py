"""Which cameras there are, and which one is meant."""

import errno
import fcntl
import os
import sys
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from sdpkit.peer import devices
from sdpkit.peer.devices import Device, Input, camera_input, cameras, find_camera, find_microphone, microphone_input
from sdpkit.peer.source import SourceError

CAPTURE = 0x05200005  # the node that gives pictures
METADATA = 0x05A00000  # its neighbour
BOTH = 0x85A00005  # what both say of the device that they belong to

Nodes = dict[str, tuple[str, int] | OSError]

linux = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux: V4L2's ioctl")


@pytest.fixture
def nodes(monkeypatch: pytest.MonkeyPatch) -> Callable[[Nodes], None]:
    """Gives this machine nodes in /dev: a name and the capabilities of each, or the error of opening it."""

    def give(nodes: Nodes) -> None:
        opened: dict[int, str] = {}

        def open(path: str, flags: int) -> int:
            node = nodes.get(str(path), FileNotFoundError(errno.ENOENT, "No such file or directory"))
            if isinstance(node, OSError):
                raise node
            opened[len(opened)] = path
            return len(opened) - 1

        def ioctl(descriptor: int, request: int, argument: bytes) -> bytes:
            assert request == 0x80685600
            assert len(argument) == 104
            node = nodes[opened[descriptor]]
            assert isinstance(node, tuple)
            name, capabilities = node
            if not capabilities:
                raise OSError(errno.ENOTTY, "Inappropriate ioctl for device")
            words = (0, BOTH, capabilities, 0, 0, 0)
            return (
                b"fake".ljust(16, b"\0")
                + name.encode().ljust(32, b"\0")
                + bytes(32)
                + b"".join(word.to_bytes(4, sys.byteorder) for word in words)
            )

        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setattr(os, "open", open)
        monkeypatch.setattr(os, "close", opened.pop)
        monkeypatch.setattr(fcntl, "ioctl", ioctl)
        monkeypatch.setattr(Path, "glob", lambda _, pattern: map(Path, nodes))

    return give


@linux
def test_cameras_are_the_nodes_that_give_pictures_in_the_order_of_their_numbers(
    nodes: Callable[[Nodes], None],
) -> None:
    nodes(
        {
            "/dev/video10": ("Ten", CAPTURE),
            "/dev/video2": ("Two", CAPTURE),
            "/dev/video1": ("Zero", METADATA),
            "/dev/video0": ("Zero", CAPTURE),
            "/dev/video3": ("no V4L2 at all", 0),
            "/dev/video-dec0": ("a name of its own", CAPTURE),
        }
    )
    assert cameras() == [
        Device(0, "/dev/video0", "Zero"),
        Device(1, "/dev/video2", "Two"),
        Device(2, "/dev/video10", "Ten"),
    ]
    assert find_camera("1").path == "/dev/video2"
    assert find_camera("/dev/video10").index == 2
    assert find_camera("two").path == "/dev/video2"
    assert find_camera("er").path == "/dev/video0"


@linux
def test_a_camera_that_may_not_be_opened_is_listed_and_says_why(nodes: Callable[[Nodes], None]) -> None:
    nodes(
        {
            "/dev/video0": PermissionError(errno.EACCES, "Permission denied"),
            "/dev/video1": OSError(errno.EBUSY, "Device or resource busy"),
            "/dev/video2": OSError(errno.ENODEV, "No such device"),
        }
    )
    forbidden, busy = cameras()
    assert forbidden.path == "/dev/video0"
    assert forbidden.problem is not None
    assert forbidden.problem.startswith("permission denied")
    assert busy == Device(1, "/dev/video1", busy.name, "device or resource busy")
    with pytest.raises(SourceError, match="the camera 0 cannot be opened: permission denied"):
        find_camera("0")


@linux
@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("7", "there is no camera 7. Found: 0 /dev/video0 Desk, 1 /dev/video2 Desk. --list-devices"),
        ("Garden", "there is no camera Garden. Found: 0 /dev/video0 Desk"),
        ("", "there is no camera . Found"),
        ("/dev/video9", "there is no camera /dev/video9 (no such file)"),
        ("/dev/video1", "there is no camera /dev/video1 (a node of Desk, but not the one that gives pictures)"),
        ("/dev/video3", "there is no camera /dev/video3 (not a V4L2 device)"),
        ("Desk", "there is more than one camera Desk: say its index or path"),
    ],
)
def test_a_camera_that_is_not_there(nodes: Callable[[Nodes], None], wanted: str, message: str) -> None:
    desk = ("Desk", CAPTURE)
    nodes({"/dev/video0": desk, "/dev/video1": ("Desk", METADATA), "/dev/video2": desk, "/dev/video3": ("", 0)})
    with pytest.raises(SourceError) as raised:
        find_camera(wanted)
    assert str(raised.value).startswith(message)


@linux
def test_no_camera_at_all(nodes: Callable[[Nodes], None]) -> None:
    nodes({})
    assert cameras() == []
    with pytest.raises(SourceError, match=r"Found: none\. --list-devices shows them, --pattern needs no camera"):
        find_camera("0")


@pytest.mark.parametrize(
    ("platform", "asked", "told"),
    [
        ("linux", ((640, 480), 30), Input("X", "v4l2", {"video_size": "640x480", "framerate": "30"})),
        ("linux", (None, 12.5), Input("X", "v4l2", {"framerate": "12.5"})),
        ("linux", (None, None), Input("X", "v4l2")),
        ("darwin", (None, None), Input("X:none", "avfoundation", {"framerate": "30"})),
        ("win32", ((640, 480), None), Input("video=X", "dshow", {"video_size": "640x480"})),
    ],
)
def test_how_a_camera_is_opened(
    monkeypatch: pytest.MonkeyPatch, platform: str, asked: tuple[tuple[int, int] | None, float | None], told: Input
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert camera_input(Device(0, "X"), *asked) == told


@pytest.mark.parametrize(
    ("platform", "told"),
    [
        ("linux", Input("X", "alsa")),
        ("darwin", Input(":X", "avfoundation")),
        ("win32", Input("audio=X", "dshow")),
    ],
)
def test_how_a_microphone_is_opened(monkeypatch: pytest.MonkeyPatch, platform: str, told: Input) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("ALSA_CONFIG_DIR", "/usr/share/alsa")
    assert microphone_input(Device(0, "X")) == told


@pytest.mark.parametrize(("platform", "format"), [("darwin", "avfoundation"), ("win32", "dshow")])
def test_devices_that_ffmpeg_lists(monkeypatch: pytest.MonkeyPatch, platform: str, format: str) -> None:
    listed = [
        av.DeviceInfo("0", "FaceTime Camera", False, ["video"]),
        av.DeviceInfo("1", "Capture screen 0", False, ["video"]),
        av.DeviceInfo("2", "Built-in Microphone", False, ["audio"]),
        av.DeviceInfo("3", "USB Camera", False, ["video", "audio"]),
    ]
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(av, "enumerate_input_devices", lambda name: listed if name == format else [])
    assert cameras() == [Device(0, "0", "FaceTime Camera"), Device(1, "3", "USB Camera")]
    assert devices.microphones() == [Device(0, "2", "Built-in Microphone"), Device(1, "3", "USB Camera")]
    assert find_camera("usb").path == "3"
    assert find_microphone("built-in").path == "2"


def test_a_microphone_of_alsa_needs_no_listing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert find_microphone("0").path == "default"
    assert find_microphone("default").path == "default"
    assert find_microphone("hw:1,0").path == "hw:1,0"
    with pytest.raises(SourceError, match="there is no microphone 3"):
        find_microphone("3")


def test_a_device_as_a_line() -> None:
    assert str(Device(0, "/dev/video0", "Desk")) == "0 /dev/video0 Desk"
    assert str(Device(1, "/dev/video2", None, "permission denied")) == "1 /dev/video2 (permission denied)"
