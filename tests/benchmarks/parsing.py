"""Time per parse of one browser offer, against other parsers in the same run."""

import json
import shutil
import subprocess
import tempfile
import timeit
from collections.abc import Callable
from pathlib import Path

import aiortc.sdp
import sdp_transform
from tabulate import tabulate

from sdpkit import SessionDescription, parse
from sdpkit.sdp import decoding

FIXTURE = Path(__file__).parents[2] / "fixtures" / "chromium" / "audio_video_data.offer.sdp"
LINES = 119  # of the fixture: a whole audio section and the better part of a video one
NODE_PROGRAM = """
const { parse } = require("sdp-transform");
const text = JSON.parse(process.argv[1]);
for (let round = 0; round < 5000; round++) parse(text);
let best = Infinity;
for (let run = 0; run < 20; run++) {
  const start = process.hrtime.bigint();
  for (let round = 0; round < 500; round++) parse(text);
  best = Math.min(best, Number(process.hrtime.bigint() - start) / 500 / 1000);
}
console.log(best);
"""


def main() -> None:
    text = "\r\n".join(FIXTURE.read_text(encoding="utf-8").splitlines()[:LINES]) + "\r\n"
    measured = {
        "sdpkit, lines only": microseconds(lambda: parse(text)),
        "sdpkit, every value decoded": microseconds(lambda: decoded(text)),
        "sdpkit, the same, nothing seen before": microseconds(lambda: decoded_anew(text)),
        "sdpkit, and codecs joined": microseconds(lambda: joined(text)),
        "aiortc.sdp": microseconds(lambda: aiortc.sdp.SessionDescription.parse(text)),
        "sdp-transform (PyPI)": microseconds(lambda: sdp_transform.parse(text)),
    }
    npm = npm_microseconds(text)
    if npm is not None:
        measured["sdp-transform (npm, V8)"] = npm
    peers = [name for name in measured if not name.startswith("sdpkit")]
    rows = [
        [name, f"{time:.0f}", *(f"{measured[peer] / time:.1f}" for peer in peers)] for name, time in measured.items()
    ]
    headers = [f"{LINES} lines, {len(text)} characters", "µs", *(f"times {peer}" for peer in peers)]
    print(tabulate(rows, headers, disable_numparse=True, colalign=["left", *["right"] * (len(peers) + 1)]))  # noqa: T201


def decoded(text: str) -> SessionDescription:
    description = parse(text)
    assert description.findings == ()  # finding none means having decoded all
    return description


def decoded_anew(text: str) -> SessionDescription:
    """The same without the values that are kept from one description to the next."""
    decoding._KEPT.clear()
    return decoded(text)


def joined(text: str) -> None:
    for section in decoded(text).media:
        assert section.codecs


def microseconds(action: Callable[[], object]) -> float:
    """The time of the fastest of many runs: what the machine does besides only ever adds to it."""
    action()
    rounds = max(1, int(0.02 / timeit.timeit(action, number=1)))
    return min(timeit.repeat(action, number=rounds, repeat=25)) / rounds * 1e6


def npm_microseconds(text: str) -> float | None:
    """npm's sdp-transform, after V8 has warmed up; None without node or the package."""
    npm = shutil.which("npm")
    node = shutil.which("node")
    if npm is None or node is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        install = [npm, "install", "--silent", "--no-save", "--prefix", folder, "sdp-transform"]
        if subprocess.run(install, capture_output=True, check=False).returncode:
            return None
        command = [node, "-e", NODE_PROGRAM, json.dumps(text)]
        return float(subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout)


if __name__ == "__main__":
    main()
