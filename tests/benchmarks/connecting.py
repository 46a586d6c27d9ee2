"""Time to the first decoded frame, and CPU while a picture flows, against the smallest aiortc script there can be."""

import asyncio
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any

from aiortc import MediaStreamTrack, RTCConfiguration, RTCPeerConnection, VideoStreamTrack
from aiortc.contrib.media import MediaPlayer
from tabulate import tabulate

from sdpkit.outcome import Outcome
from sdpkit.peer import Plan, loopback

RUNS = 15
SECONDS = 10.0
PICTURE = "testsrc2=size=640x480:rate=30"


async def smallest(source: Callable[[], MediaStreamTrack], seconds: float) -> float:
    """Two peers and nothing else; the seconds to the first decoded frame."""
    began = time.perf_counter()
    offerer, answerer = (RTCPeerConnection(RTCConfiguration(iceServers=[])) for _ in range(2))
    tracks: asyncio.Queue[MediaStreamTrack] = asyncio.Queue()
    answerer.on("track", tracks.put_nowait)
    offerer.addTrack(source())
    await offerer.setLocalDescription(await offerer.createOffer())
    await answerer.setRemoteDescription(offerer.localDescription)
    await answerer.setLocalDescription(await answerer.createAnswer())
    await offerer.setRemoteDescription(answerer.localDescription)
    track = await tracks.get()
    await track.recv()
    first = time.perf_counter() - began
    while time.perf_counter() - began < first + seconds:
        await track.recv()
    await offerer.close()
    await answerer.close()
    return first


def lavfi() -> MediaStreamTrack:
    """A moving test picture, as users of aiortc make one."""
    track = MediaPlayer(PICTURE, format="lavfi").video
    assert track is not None
    return track


async def ours(seconds: float) -> float:
    """The same with sdpkit: its picture, its counting, its checks."""
    began = time.perf_counter()
    first: list[float] = []

    def watch(outcome: Outcome) -> None:
        if not first and outcome.steps and outcome.steps[-1].name == "first frame":
            first.append(time.perf_counter() - began)

    await loopback(Plan(seconds=seconds), watch=watch)
    return first[0]


def first_frames() -> list[list[str]]:
    """Medians of runs in turn, so that both see the same machine."""
    programs: dict[str, Callable[[], Coroutine[Any, Any, float]]] = {
        "smallest script, aiortc's own green picture": lambda: smallest(VideoStreamTrack, 0),
        "smallest script, lavfi testsrc2": lambda: smallest(lavfi, 0),
        "sdpkit loopback": lambda: ours(0.1),
    }
    times: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(RUNS):
        for name, program in programs.items():
            times[name].append(asyncio.run(program()))
    medians = {name: statistics.median(each) * 1000 for name, each in times.items()}
    own = medians["sdpkit loopback"]
    return [[name, f"{median:.0f}", f"{own / median:.2f}"] for name, median in medians.items()]


def cpu(name: str) -> float:
    """The CPU seconds that a second of flowing video takes, in a process of its own: that of `name`, run for long
    and for short, so that the start does not count."""
    used = []
    for seconds in (1.0, 1.0 + SECONDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, __file__, name, str(seconds)], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return (used[1] - used[0]) / SECONDS


def main() -> None:
    print(tabulate(first_frames(), ["to the first decoded frame", "ms", "sdpkit against it"], disable_numparse=True))  # noqa: T201
    used = {name: statistics.median(cpu(name) for _ in range(3)) for name in ("smallest", "ours")}
    rows = [[name, f"{seconds:.3f}", f"{used['ours'] / seconds:.2f}"] for name, seconds in used.items()]
    print(tabulate(rows, ["640x480 at 30 a second", "CPU s/s", "sdpkit against it"], disable_numparse=True))  # noqa: T201


def child(name: str, seconds: float) -> None:
    """One run in this process."""
    if name == "ours":
        asyncio.run(ours(seconds))
    else:
        asyncio.run(smallest(lavfi, seconds))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        child(sys.argv[1], float(sys.argv[2]))
    else:
        main()
