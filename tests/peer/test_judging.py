from typing import Any, cast

import pytest

from sdpkit.outcome import PictureCheck
from sdpkit.peer.echo import EchoTest
from sdpkit.peer.flow import MediaFlow
from sdpkit.peer.judging import all_arrived, fault, missing


class Flow:
    """As much of a MediaFlow as is judged."""

    name = "video offerer -> answerer"

    def __init__(
        self, sent: int, received: int, last: float, check: PictureCheck | None = None, came: bool = True
    ) -> None:
        self.came = came
        self.frames = self
        self.sent, self.received, self.last = sent, received, last
        self.check = self
        self.result = check


class Echo:
    """As much of an EchoTest."""

    def __init__(self, sent: int, returned: int, last: float) -> None:
        self.sent, self.returned, self.last = sent, returned, last


def judged(function: Any, flow: Flow | None, echo: Echo | None, *rest: float) -> Any:
    flows = [] if flow is None else [cast("MediaFlow", flow)]
    return function(flows, cast("EchoTest | None", echo), *rest)


@pytest.mark.parametrize(
    ("flow", "echo", "found"),
    [
        (Flow(10, 10, 99.9), None, None),
        (Flow(10, 5, 96.0), None, "video offerer -> answerer stopped 4.0 s before the end"),
        (
            Flow(10, 10, 99.9, PictureCheck("counter", 10, 4)),
            None,
            "what came as video offerer -> answerer is not what was sent (4 of 10)",
        ),
        (Flow(10, 10, 99.9, PictureCheck("psnr", 0, 0)), None, None),
        (None, Echo(10, 10, 99.9), None),
        (None, Echo(40, 1, 96.0), "messages stopped to come back 4.0 s before the end"),
    ],
)
def test_faults(flow: Flow | None, echo: Echo | None, found: str | None) -> None:
    assert judged(fault, flow, echo, 10.0, 100.0) == found


def test_a_short_run_may_have_a_gap() -> None:
    assert judged(fault, Flow(10, 10, 98.5), None, 1.0, 100.0) is None
    assert judged(fault, Flow(10, 10, 97.5), None, 1.0, 100.0) is not None


def test_what_is_missing() -> None:
    assert judged(missing, Flow(5, 1, 1.0), Echo(1, 1, 1.0)) == []
    assert judged(missing, Flow(5, 0, 0.0, came=False), Echo(1, 0, 0.0)) == [
        "no video offerer -> answerer: no RTP packet came",
        "no message came back through the data channel",
    ]
    assert judged(missing, Flow(5, 0, 0.0), None) == [
        "no video offerer -> answerer: packets came, but no frame could be decoded"
    ]


def test_what_is_still_on_its_way() -> None:
    assert judged(all_arrived, Flow(5, 5, 1.0), Echo(3, 3, 1.0))
    assert not judged(all_arrived, Flow(5, 4, 1.0), None)
    assert not judged(all_arrived, None, Echo(3, 2, 1.0))
