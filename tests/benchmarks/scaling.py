"""How time grows with the size of a text: about ten times the time for ten times the text, whatever the text."""

import itertools
import time
from collections.abc import Callable
from pathlib import Path

from tabulate import tabulate

from sdpkit import Limits, parse
from sdpkit.inspection import inspect_description

FIXTURE = Path(__file__).parents[2] / "fixtures" / "chromium" / "audio_video_data.offer.sdp"
HEAD = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF " + " ".join(map(str, range(96, 128))) + "\r\n"
LIMITS = Limits(lines=10_000_000, line_length=100_000_000)


def main() -> None:
    offer = FIXTURE.read_bytes().decode()
    media = offer[offer.index("m=") :]
    kinds: dict[str, Callable[[int], str]] = {
        "m-sections": lambda size: offer + media * (size // len(media)),
        "candidates": lambda size: HEAD + "a=candidate:1 1 udp 1 192.0.2.1 9 typ host x y z\r\n" * (size // 50),
        "ssrcs": lambda size: HEAD + "".join(f"a=ssrc:{n} cname:a\r\n" for n in range(size // 20)),
        "rtcp-fb of all": lambda size: HEAD + "a=rtcp-fb:* nack pli\r\n" * (size // 22),
        "groups": lambda size: "v=0\r\n" + "a=group:BUNDLE 0 1 2\r\n" * (size // 22) + HEAD,
        "fingerprints": lambda size: (
            "v=0\r\n" + "a=fingerprint:a 00\r\n" * (size // 40) + "m=a 9 RTP/AVP 0\r\n" * (size // 40)
        ),
        "extmaps": lambda size: "v=0\r\n" + "a=extmap:1 u:x\r\n" * (size // 32) + "m=a 9 RTP/AVP 0\r\n" * (size // 32),
        "blank lines": lambda size: "v=0\r\n" + "\r\n" * (size // 2),
        "single CRs": lambda size: "v=0\r" + "a=mid:0\r" * (size // 8),
        "one long fmtp": lambda size: HEAD + "a=fmtp:96 " + "a=b;" * (size // 4) + "\r\n",
        "one long candidate": lambda size: HEAD + "a=candidate:1 1 udp 1 192.0.2.1 9 typ host" + " a b" * (size // 4),
        "one line of blanks": lambda size: HEAD + "a=candidate:" + " " * size + "\r\n",
        "digits": lambda size: HEAD + "a=ssrc:" + "1" * size + " a\r\n",
        "junk": lambda size: "x" * size,
    }
    rows = []
    for name, make in kinds.items():
        times = [seconds(make(size)) for size in (10_000, 100_000, 1_000_000, 10_000_000)]
        growth = [f"{after / before:.1f}" for before, after in itertools.pairwise(times)]
        rows.append([name, *(f"{each * 1000:.1f}" for each in times), " ".join(growth)])
    headers = ["text of", "10 kB, ms", "100 kB, ms", "1 MB, ms", "10 MB, ms", "growth (10 is linear)"]
    print(tabulate(rows, headers, disable_numparse=True, colalign=["left", *["right"] * 5]))  # noqa: T201


def seconds(text: str) -> float:
    """The time to parse and to inspect a text, the better of two."""
    times = []
    for _ in range(2):
        start = time.perf_counter()
        inspect_description(parse(text, limits=LIMITS))
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    main()
