from typing import Any

import pytest

from sdpkit.finding import Finding, Severity, Span
from sdpkit.outcome import (
    Comparison,
    Delay,
    Echo,
    Flow,
    Opened,
    Outcome,
    PictureCheck,
    Signalled,
    Step,
)
from sdpkit.report.json import document
from sdpkit.report.loopback import comparison, devices, flow_table, screen, source_line, step_lines, without_secrets

FLOW = Flow(
    kind="video",
    sender="offerer",
    receiver="answerer",
    codec="VP8",
    payload_type=97,
    ssrc=1,
    frames_sent=300,
    frames_received=299,
    seconds=10,
    fps=29.94,
    bitrate=1_210_400,
    packets_sent=1000,
    packets_received=950,
    packets_lost=50,
    packets_retransmitted=49,
    dropped_on_purpose=50,
    jitter_ms=0.42,
    round_trip_ms=1.26,
    delay=Delay(35.2, 50, 80),
    width=640,
    height=480,
    check=PictureCheck("counter", 299, 298),
)
OFFER = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789abcdef012345\r\n"


def outcome(**changes: Any) -> Outcome:
    facts: dict[str, Any] = {
        "mode": "vanilla",
        "sources": (Opened("camera", "/dev/video0", "HD Webcam", 640, 480, "yuyv422", 30),),
        "steps": (Step("gathering", 12.3, "offerer 2 host   answerer 2 host"), Step("dtls", 1234.5, "done")),
        "signalled": (Signalled("offerer", "offer", OFFER, (), ()),),
        "pair": None,
        "security": None,
        "flows": (FLOW,),
        "echo": Echo(10, 9, 1.5, 0.4, 4.0),
        "notes": ("the encoder said no",),
        "connected": True,
        "flowed": True,
        "interrupted": False,
        "failure": None,
        "source_failed": False,
        "seconds": 10.2,
        "connect_ms": 1234.5,
        "verdict": "connected, media flowed",
    }
    return Outcome(**{**facts, **changes})


def test_the_whole_screen() -> None:
    assert screen(outcome(), 100) == (
        'camera /dev/video0 "HD Webcam"   640x480 yuyv422, 30 frames/s\n'
        "two peers in this process, vanilla\n"
        "\n"
        "gathering          12 ms  offerer 2 host   answerer 2 host\n"
        "dtls            1,234 ms  done\n"
        "\n"
        "media       codec    frames        fps    kbit/s       lost    jitter     rtt    delay  size\n"
        "----------  -------  ----------  -----  --------  ---------  --------  ------  -------  -------\n"
        "video o->a  VP8 97   299 of 300   29.9     1,210  50 (5.0%)    0.4 ms  1.3 ms    35 ms  640x480\n"
        "\n"
        "delay    video o->a: source to decoded frame 35 ms (median), 50 ms (95 %), 80 ms (worst)\n"
        "check    video o->a: the counter in the picture is right in 298 of 299 frames\n"
        "loss     video o->a: 50 of 1000 packets dropped on purpose, 49 retransmissions arrived\n"
        "data     9 of 10 messages came back, 1.5 ms (median), 0.4 to 4.0 ms\n"
        "note     the encoder said no\n"
        "\n"
        "connected, media flowed\n"
    )


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (Opened("pattern", None, None, 640, 480, "yuv420p", 30), "pattern   640x480 yuv420p, 30 frames/s"),
        (Opened("tone", None, None, None, None, "s16", 48000), "tone   s16, 48000 samples/s"),
        (Opened("file", "clip.mp4"), "file clip.mp4"),
        (Opened("camera", "/dev/video0", "/dev/video0", 640, 480), "camera /dev/video0   640x480"),
    ],
)
def test_sources(source: Opened, line: str) -> None:
    assert source_line(source) == line


@pytest.mark.parametrize("width", [60, 80, 100])
def test_screens_are_not_wider_than_the_terminal(width: int) -> None:
    step = Step("ice", 58, "checking -> completed   [2001:db8::1:2:3:4]:50112 <-> [2001:db8::9]:41873   host/host " * 2)
    lines = [*step_lines(step, width), *screen(outcome(notes=("word " * 60,)), width).splitlines()[5:]]
    assert max(map(len, lines)) <= max(width, 100)
    assert max(map(len, step_lines(step, width))) <= width


def test_findings_of_what_was_signalled() -> None:
    finding = Finding("MED012", Severity.ERROR, "clock rate: expected digits", Span(7, 3, 4), "RFC 8866 §6.6")
    shown = screen(outcome(signalled=(Signalled("offerer", "offer", OFFER, (), (finding,)),)), 100)
    assert "error    offer: line 7: clock rate: expected digits (MED012, RFC 8866 §6.6)" in shown


def test_nothing_raw_reaches_the_terminal() -> None:
    evil = "\x1b[2Jcam\u202e"
    shown = screen(outcome(sources=(Opened("camera", evil, evil),), notes=(evil,), verdict=evil), 80)
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_what_did_not_flow_is_left_out() -> None:
    assert flow_table((), 100) == ""
    shown = screen(outcome(steps=(), flows=(), echo=None, notes=(), failure="no camera", verdict="no camera"), 100)
    assert shown.splitlines()[-1] == "no camera"
    assert "media" not in shown


def test_secrets_are_masked_in_json() -> None:
    compared = Comparison.of(outcome(), outcome())
    for kind, result in (("loopback", outcome()), ("comparison", compared)):
        text = document(kind, None, without_secrets(result))
        assert "0123456789abcdef012345" not in text
        assert "a=ice-ufrag:abcd" in text


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ((100.0, 60.0), "trickle connected 40 ms sooner"),
        ((60.0, 100.0), "trickle connected 40 ms later"),
        ((None, 60.0), "not both connected: nothing to compare"),
    ],
)
def test_comparison(times: tuple[float | None, float | None], said: str) -> None:
    compared = Comparison.of(*(outcome(connect_ms=time) for time in times))
    assert comparison(compared, 100).splitlines()[-1] == said


def test_no_devices() -> None:
    assert devices([], [], 100).strip() == "no camera found: --pattern and --file need none"
