"""How long `sdpkit inspect` takes from the shell, against the smallest typer program."""

import compileall
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tabulate import tabulate

ROOT = Path(__file__).parents[2]
FIXTURE = ROOT / "fixtures" / "chromium" / "audio_video_data.offer.sdp"
BARE = """
import typer
app = typer.Typer()
@app.command()
def hello(name: str) -> None:
    print(name)
app()
"""


def main() -> None:
    compileall.compile_dir(ROOT / "sdpkit", quiet=1)  # as installing does
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        commands = {
            "python": [sys.executable, "-c", ""],
            "bare typer program": [sys.executable, str(bare), "name"],
            "sdpkit inspect": [str(Path(sys.executable).with_name("sdpkit")), "inspect", str(FIXTURE)],
        }
        times = {name: fastest(command) for name, command in commands.items()}
    peer = times["bare typer program"]
    rows = [[name, f"{time * 1000:.0f}", f"{time / peer:.2f}"] for name, time in times.items()]
    print(tabulate(rows, ["program", "ms", "of the bare typer program"], disable_numparse=True))  # noqa: T201


def fastest(command: list[str]) -> float:
    times = []
    for _ in range(15):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    main()
