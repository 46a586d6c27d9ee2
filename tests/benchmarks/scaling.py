"""How time grows with the size of a text: about ten times the time for ten times the text, whatever the text."""

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

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
    print(f"{'text of':<20}{'10 kB':>9}{'100 kB':>9}{'1 MB':>9}{'10 MB, ms':>11}   growth (10 is linear)")  # noqa: T201
    for name, make in kinds.items():
        times = [seconds(make(size)) * 1000 for size in (10_000, 100_000, 1_000_000, 10_000_000)]
        growth = " ".join(f"{after / before:.1f}" for before, after in pairwise(times))
        print(f"{name:<20}" + "".join(f"{each:9.1f}" for each in times) + f"     {growth}", flush=True)  # noqa: T201


def seconds(text: str) -> float:
    """The time to parse and to inspect a text; of a small one, the best of three."""
    times = []
    for _ in range(3 if len(text) < 200_000 else 1):
        start = time.perf_counter()
        inspect_description(parse(text, limits=LIMITS))
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    main()
