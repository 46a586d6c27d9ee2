import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sdpkit import Limits, SDPError, find_descriptions, parse
from sdpkit.conversion import from_sdp_transform, only_codecs, to_json
from sdpkit.intake import unpack
from sdpkit.rules import RULES, Profile, Report, Verdict
from sdpkit.rules.targets import for_target

TEXT = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"


def edited(name: str, value: object) -> None:
    parse(TEXT).set(name, value)


def judged_for_a_target() -> None:
    """Raises what the report says, as nothing else does."""
    report = Report("offer", Profile.WEBRTC, (), {"chromium": Verdict(False, "something new")})
    raise SDPError(*for_target(report, report, "chromium").findings)


CASES: dict[str, Callable[[], object]] = {
    "SYN025": lambda: parse(TEXT, limits=Limits(characters=10)),
    "SYN026": lambda: parse(TEXT, limits=Limits(lines=3)),
    "SYN027": lambda: parse(TEXT, limits=Limits(line_length=10)),
    "SYN030": lambda: edited("name", "evil\r\na=candidate:1"),
    "SYN031": lambda: edited("candidate", 7),
    "STK001": judged_for_a_target,
    "INT001": lambda: unpack("sdpk1.q1Yqq"),
    "CNV001": lambda: from_sdp_transform({"media": [{}]}),
    "CNV002": lambda: to_json(parse(TEXT)),
    "CNV003": lambda: only_codecs(parse(TEXT), ["vp8"]),
    "CNV004": lambda: only_codecs(parse(f"{TEXT}m=audio 9 RTP/AVP 0\r\nm=audio 9 RTP/AVP 8\r\n"), ["PCMU"]),
    "INT002": lambda: find_descriptions("[" * 5000 + '"v=0"' + "]" * 5000),
}


@pytest.mark.parametrize(("code", "refused"), CASES.items(), ids=CASES)
def test_refusals(code: str, refused: Callable[[], object]) -> None:
    with pytest.raises(SDPError) as caught:
        refused()
    assert [finding.code for finding in caught.value.findings] == [code]


def test_every_rule_but_these_has_an_example() -> None:
    assert {code for code, rule in RULES.items() if rule.bad == rule.good} == set(CASES)


def test_every_code_in_the_sources_is_explained() -> None:
    sources = (Path(__file__).parents[2] / "sdpkit").rglob("*.py")
    used = {code for path in sources for code in re.findall(r'"([A-Z]{3}[0-9]{3})"', path.read_text(encoding="utf-8"))}
    assert len(used) > 200
    assert used <= set(RULES)
