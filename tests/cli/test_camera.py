"""`sdpkit loopback --camera` as users run it, with the camera that SDPKIT_TEST_CAMERA names.

On a machine without cameras, in a guest that has two of the kernel's own, with metadata nodes between them:

    tests/guest.sh -n 2 -u -t 1500 env -u PYTHONDONTWRITEBYTECODE SDPKIT_TEST_CAMERA=/dev/video0 \
        .venv/bin/python -m pytest -q -p no:cacheprovider -m camera tests/cli/test_camera.py

A run takes about 20 s there, so every wait is long. With -n 1 and with -n 0 what does not fit is skipped.
SDPKIT_CAMERA_RUNS says how many runs in a row must not crash (5).
"""

import os
import re
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import pstdev
from typing import IO

import av
import pytest
from av import VideoFrame

from sdpkit.peer.devices import Device, cameras

CAMERA = os.environ.get("SDPKIT_TEST_CAMERA", "")
RUNS = int(os.environ.get("SDPKIT_CAMERA_RUNS", "5"))
IN_GUEST = "tests/guest.sh -n 2 -u env SDPKIT_TEST_CAMERA=/dev/video0 .venv/bin/python -m pytest -m camera tests/cli"

pytestmark = [
    pytest.mark.camera,
    pytest.mark.skipif(not CAMERA, reason=f"needs a camera in SDPKIT_TEST_CAMERA: {IN_GUEST}"),
]

PROGRAM = [sys.executable, "-m", "sdpkit", "loopback", "--timeout", "60"]
ENVIRONMENT = os.environ | {"PYTHONFAULTHANDLER": "1"}  # a crash inside libav should say where
WITHIN = 200  # s for a whole run
SOON = 60  # s for the end of a run that has failed or was interrupted
LONG = ("--seconds", "150")  # so long that no run ends by itself
SMALL = ("--size", "320x180")

# Controls of vivid: V4L2_CID_VIVID_BASE + n
DROPPED_PER_CENT, DISCONNECT, BROKEN_BUFFER, FATAL_ERROR = (0x00F0F000 + n for n in (64, 65, 66, 70))


# ---- what there is to test with


@pytest.fixture(scope="module")
def camera() -> Device:
    """The camera to test."""
    found = next((camera for camera in cameras() if camera.path == CAMERA), None)
    if found is None:
        pytest.skip(f"there is no camera {CAMERA} here: {IN_GUEST}")
    return found


@pytest.fixture
def vivid(camera: Device) -> Iterator[Device]:
    """A camera that can be told to fail, and that works again afterwards."""
    if Path("/sys/class/video4linux", Path(camera.path).name, "device/driver").resolve().name != "vivid":
        pytest.skip(f"needs the driver vivid, which fails on command: {IN_GUEST}")
    yield camera
    set_control(camera, DROPPED_PER_CENT, 0)


def other_camera(camera: Device) -> Device:
    found = next((other for other in cameras() if other.path != camera.path), None)
    if found is None:
        pytest.skip(f"needs two cameras: {IN_GUEST}")
    return found


def metadata_node() -> str:
    """A V4L2 node that gives no pictures."""
    listed = {camera.path for camera in cameras()}
    others = sorted(str(node) for node in Path("/dev").glob("video*") if str(node) not in listed)
    if not others:
        pytest.skip(f"needs a metadata node: {IN_GUEST}")
    return others[0]


def ioctl(camera: Device, number: int, argument: bytes) -> bytes:
    import fcntl  # noqa: PLC0415  Windows has none

    descriptor = os.open(camera.path, os.O_RDWR | os.O_NONBLOCK)
    try:
        return fcntl.ioctl(descriptor, number, argument)
    finally:
        os.close(descriptor)


def set_control(camera: Device, control: int, value: int = 1) -> None:
    """VIDIOC_S_CTRL."""
    ioctl(camera, 0xC008561C, struct.pack("Ii", control, value))


def is_free(camera: Device) -> bool:
    """Whether nobody has its buffers: VIDIOC_REQBUFS gives us one, which goes when we close."""
    try:
        ioctl(camera, 0xC0145608, struct.pack("IIIII", 1, 1, 1, 0, 0))
    except OSError:
        return False
    return True


# ---- the program


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=WITHIN, check=False, text=True, env=ENVIRONMENT)


def ended_well(done: subprocess.CompletedProcess[str], code: int, stderr: str = "") -> list[str]:
    """The lines that the program wrote, if it ended with this code and said nothing else on standard error."""
    assert re.fullmatch(stderr, done.stderr, re.DOTALL), done.stderr
    assert done.returncode == code, done.stdout
    return done.stdout.splitlines()


def flowed(done: subprocess.CompletedProcess[str], stderr: str = "") -> list[str]:
    """The lines of a run that went well to its end."""
    lines = ended_well(done, 0, stderr)
    assert lines[-1] == "connected, media flowed"
    return lines


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """Why the program opened no camera: that alone is said, on standard error."""
    found = re.fullmatch(r"sdpkit: error: (.*)\n", done.stderr)
    assert found is not None, done.stderr
    assert (done.returncode, done.stdout) == (5, "")
    return found[1]


@contextmanager
def running(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    """The program while it runs; it does not outlive the test."""
    command = [*PROGRAM, *map(str, arguments)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for_media(process: subprocess.Popen[str]) -> list[str]:
    """The lines up to the first received frame."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("first frame"):
            return lines
    pytest.fail("".join(lines))


def ended_soon(process: subprocess.Popen[str], code: int) -> str:
    """The last line of a program that must end within SOON, with this code and without complaints."""
    assert process.stdout is not None
    assert process.stderr is not None
    begun = time.monotonic()
    rest = process.stdout.read()
    assert process.wait(SOON) == code, rest + process.stderr.read()
    assert time.monotonic() - begun < SOON
    assert process.stderr.read() == ""
    return rest.splitlines()[-1]


def listed(devices: list[Device]) -> str:
    """How the program says what it found, and what to try."""
    found = ", ".join(map(str, devices)) or "none"
    return f"Found: {found}. --list-devices shows them, --pattern needs no camera"


# ---- a camera that works


def test_one_second(camera: Device) -> None:
    lines = flowed(run("--camera", camera.index, "--seconds", "1"))
    assert re.fullmatch(rf'camera {camera.path} "{camera.name}"   640x480 \w+, [0-9.]+ frames/s', lines[0])
    check = next(line for line in lines if line.startswith("check"))
    found = re.fullmatch(r"check +video o->a: (\d+) of (\d+) compared frames are like .* PSNR ([0-9.]+) dB .*", check)
    assert found is not None, check
    assert int(found[1]) == int(found[2]) > 0
    assert float(found[3]) > 25
    assert is_free(camera)


def test_by_path_and_by_a_link_to_it(camera: Device, tmp_path: Path) -> None:
    """As in /dev/v4l/by-id/…"""
    link = tmp_path / "usb-HD_Webcam-video-index0"
    link.symlink_to(camera.path)
    for path in (camera.path, link):
        lines = flowed(run("--camera", path, *SMALL, "--seconds", "1"))
        assert lines[0].startswith(f'camera {camera.path} "')


def test_by_name(camera: Device) -> None:
    """By part of it, in any case; a name that two have says nothing."""
    name = str(camera.name)[1:].upper()
    done = run("--camera", name, *SMALL, "--seconds", "1")
    if len([other for other in cameras() if name in str(other.name).upper()]) == 1:
        assert flowed(done)[0].startswith(f'camera {camera.path} "{camera.name}"')
    else:
        why = f"there is more than one camera {name}: say its index or path. {listed(cameras())}"
        assert refused(done) == why


def test_another_camera_behind_a_metadata_node(camera: Device) -> None:
    other = other_camera(camera)
    metadata_node()
    lines = flowed(run("--camera", other.index, *SMALL, "--seconds", "1"))
    assert lines[0].startswith(f'camera {other.path} "')


def test_devices_are_listed() -> None:
    """Cameras only, not the nodes that give no pictures; this needs none."""
    lines = ended_well(run("--list-devices"), 0)
    rows = [line.split()[1:3] for line in lines if line.startswith("camera")]
    assert rows == [[str(camera.index), camera.path] for camera in cameras()]
    assert (lines[-1] == "no camera found: --pattern and --file need none") == (not rows)


@pytest.mark.parametrize("size", ["320x180", "640x360", "1280x720"])
def test_sizes(vivid: Device, size: str) -> None:
    lines = flowed(run("--camera", vivid.index, "--size", size, "--seconds", "1"))
    assert f" {size} " in lines[0]
    assert any(line.startswith("video o->a ") and line.endswith(f" {size}") for line in lines)


@pytest.mark.parametrize("size", ["641x481", "100x100"])
def test_a_size_that_it_does_not_have(vivid: Device, size: str) -> None:
    """It is a wish: the driver chooses another, and its pictures are not taken for ones of the size that was asked."""
    lines = flowed(run("--camera", vivid.index, "--size", size, "--seconds", "1"))
    chosen = size_of(vivid)
    assert chosen != size
    assert f" {chosen} " in lines[0]
    assert any(line.startswith("video o->a ") and line.endswith(f" {chosen}") for line in lines)


def size_of(camera: Device) -> str:
    """What the driver last gave: VIDIOC_G_FMT of a capturing device."""
    width, height = struct.unpack_from("=8xII", ioctl(camera, 0xC0D05604, struct.pack("=I204x", 1)))
    return f"{width}x{height}"


def test_frames_a_second(vivid: Device) -> None:
    lines = flowed(run("--camera", vivid.index, *SMALL, "--fps", "5", "--seconds", "3"))
    assert lines[0].endswith(", 5 frames/s")
    row = next(line for line in lines if line.startswith("video o->a"))
    sent = re.search(r" \d+ of (\d+) ", row)
    assert sent is not None
    assert 5 <= int(sent[1]) <= 25, row


def test_with_sound_and_data(camera: Device) -> None:
    done = run("--camera", camera.index, *SMALL, "--audio", "tone", "--data", "--seconds", "2")
    text = "\n".join(flowed(done))
    assert text.startswith(f"camera {camera.path} ")
    assert re.search(r"^check +audio o->a: the tone is heard in [1-9]\d* of ", text, re.MULTILINE)
    assert re.search(r"^check +video o->a: [1-9]\d* of ", text, re.MULTILINE)
    assert re.search(r"^data +[1-9]\d* of \d+ messages came back", text, re.MULTILINE)


def test_from_both_peers(camera: Device) -> None:
    """One camera, two tracks."""
    both = ("--offerer-direction", "sendrecv", "--answerer-direction", "sendrecv")
    lines = flowed(run("--camera", camera.index, *SMALL, "--fps", "10", *both, "--seconds", "1"))
    assert [line[:10] for line in lines if line.startswith("video ")] == ["video o->a", "video a->o"]


def test_vanilla_and_trickle_are_compared(camera: Device) -> None:
    """The camera is opened, given back, and opened again in one process."""
    lines = ended_well(run("--camera", camera.index, *SMALL, "--compare", "--seconds", "1"), 0)
    assert lines.count("connected, media flowed") == 2
    assert lines[-1].startswith("trickle connected ")


def test_what_was_received_is_kept(camera: Device, tmp_path: Path) -> None:
    picture, clip = tmp_path / "last.png", tmp_path / "all.mp4"
    kept = ("--snapshot", picture, "--record", clip)
    flowed(run("--camera", camera.index, *SMALL, *kept, "--seconds", "3"), "(sdpkit: .*: written\n){2}")
    (last,), frames = pictures(picture), pictures(clip)
    assert {(frame.width, frame.height) for frame in (last, *frames)} == {(320, 180)}
    assert len(frames) >= 3
    assert spread(last) > 20
    assert spread(frames[-1]) > 20


@contextmanager
def by_hand(role: str, folder: Path, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """`sdpkit offer` or `answer`, that exchanges descriptions through a folder; it does not outlive the test."""
    command = [sys.executable, "-m", "sdpkit", role, "--files", str(folder), *map(str, arguments)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_call_by_hand(camera: Device, tmp_path: Path) -> None:
    folder, picture = tmp_path / "call", tmp_path / "last.png"
    camera_options = ("--camera", camera.index, *SMALL, "--fps", "10")
    tiny = ("--pattern", "--size", "160x120", "--fps", "5")
    with (
        by_hand("offer", folder, *camera_options) as offer,
        by_hand("answer", folder, *tiny, "--snapshot", picture) as answer,
    ):
        assert answer.stderr is not None
        assert offer.stderr is not None
        shown = list(lines_up_to("first video", answer.stderr))
        offer.send_signal(signal.SIGINT)
        told, rest = offer.communicate(timeout=SOON)[1], answer.communicate(timeout=SOON)[1]
        assert offer.returncode == answer.returncode == 0, told + "".join(shown) + rest
    assert f"camera {camera.path}" in told
    assert "was connected: the other side hung up" in rest
    assert spread(pictures(picture)[-1]) > 10
    assert is_free(camera)


def lines_up_to(start: str, stream: IO[str]) -> Iterator[str]:
    """The lines of a stream up to one that starts so, which must come."""
    shown = []
    for line in stream:
        shown.append(line)
        yield line
        if line.startswith(start):
            return
    pytest.fail("".join(shown))


def pictures(path: Path) -> list[VideoFrame]:
    """All of a file."""
    with av.open(str(path)) as container:
        return list(container.decode(video=0))


def spread(frame: VideoFrame) -> float:
    """The standard deviation of its brightness; 0 when it is all black."""
    return pstdev(bytes(frame.reformat(format="gray").planes[0]))


# ---- no camera, or none that can be opened


def test_a_camera_that_is_not_there() -> None:
    """This needs none."""
    assert refused(run("--camera", "7")) == f"there is no camera 7. {listed(cameras())}"


def test_a_metadata_node(camera: Device) -> None:
    path = metadata_node()
    why = f"(a node of {camera.name}, but not the one that gives pictures)"
    assert refused(run("--camera", path)) == f"there is no camera {path} {why}. {listed(cameras())}"


HOLD = """
import av, sys
container = av.open(sys.argv[1], format="v4l2")
next(container.decode(video=0))
print("it streams", flush=True)
sys.stdin.read()
"""


def test_a_busy_camera(camera: Device) -> None:
    """It streams to another program, which goes on; without that program it can be had."""
    holding = [sys.executable, "-c", HOLD, camera.path]
    with subprocess.Popen(holding, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        try:
            assert holder.stdout.readline() == b"it streams\n"
            assert not is_free(camera)
            why = refused(run("--camera", camera.index))
            assert holder.poll() is None
        finally:
            holder.kill()
    busy = f"the camera {camera.path} is busy: another program uses it; close that one. "
    assert why == f"{busy}{listed(cameras())}"
    assert is_free(camera)


def test_a_camera_that_gives_no_frame(vivid: Device) -> None:
    set_control(vivid, DROPPED_PER_CENT, 100)
    assert refused(run("--camera", vivid.index)).startswith("the camera gave no frame within 10 s")
    assert is_free(vivid)


# ---- a camera that fails while media flows


def test_a_stalled_camera(vivid: Device) -> None:
    with running("--camera", vivid.index, *SMALL, *LONG) as process:
        wait_for_media(process)
        set_control(vivid, DROPPED_PER_CENT, 100)
        verdict = ended_soon(process, 5)
    assert verdict == "connected, but the camera gives no more frames: stalled for 3 s"
    assert is_free(vivid)


def test_a_camera_that_breaks(vivid: Device) -> None:
    with running("--camera", vivid.index, *SMALL, *LONG) as process:
        wait_for_media(process)
        set_control(vivid, FATAL_ERROR)
        verdict = ended_soon(process, 5)
    assert verdict.startswith(f"connected, but the camera {vivid.path} failed: ")
    assert verdict.endswith(listed(cameras()))
    assert is_free(vivid)


def test_one_corrupt_buffer(vivid: Device) -> None:
    """Frames go on after it."""
    with running("--camera", vivid.index, *SMALL, "--seconds", "10") as process:
        wait_for_media(process)
        set_control(vivid, BROKEN_BUFFER)
        assert ended_soon(process, 0) == "connected, media flowed"
    assert is_free(vivid)


# ---- interrupts


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_while_media_flows(camera: Device, number: signal.Signals, code: int) -> None:
    with running("--camera", camera.index, *SMALL, *LONG) as process:
        wait_for_media(process)
        process.send_signal(number)
        assert ended_soon(process, code) == "interrupted: connected, media flowed"
    assert is_free(camera)


def test_interrupted_before_the_first_frame(vivid: Device) -> None:
    set_control(vivid, DROPPED_PER_CENT, 100)
    with running("--camera", vivid.index) as process:
        deadline = time.monotonic() + WITHIN
        while is_free(vivid):
            assert time.monotonic() < deadline
            time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        assert ended_soon(process, 130) == "interrupted, not yet connected"
    assert is_free(vivid)


def test_interrupted_while_it_stalls(vivid: Device) -> None:
    with running("--camera", vivid.index, *SMALL, *LONG) as process:
        wait_for_media(process)
        set_control(vivid, DROPPED_PER_CENT, 100)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        assert ended_soon(process, 130) == "interrupted: connected, media flowed"
    assert is_free(vivid)


# ---- again and again


@pytest.mark.parametrize("number", range(RUNS))
def test_run_after_run(camera: Device, number: int) -> None:
    """None crashes, and each gives the camera back."""
    lines = flowed(run("--camera", camera.index, "--seconds", "1"))
    assert lines[0].startswith(f"camera {camera.path} ")
    assert is_free(camera)


def test_an_unplugged_camera(vivid: Device) -> None:
    """The last one of all: vivid's camera may be gone after it."""
    with running("--camera", vivid.index, *SMALL, *LONG) as process:
        wait_for_media(process)
        set_control(vivid, DISCONNECT)
        verdict = ended_soon(process, 5)
    assert verdict.startswith(f"connected, but the camera {vivid.path} was unplugged. Found: ")
    assert verdict.endswith(". --list-devices shows them, --pattern needs no camera")
