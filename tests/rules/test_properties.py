"""What must hold for any text: validation never raises, says the same twice, and fixes converge and harm nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sdpkit import SessionDescription, parse, strategies
from sdpkit.finding import Finding, Severity
from sdpkit.rules import Report, validate, validate_candidate
from sdpkit.rules.examples import ANSWER, OFFER, changed
from sdpkit.rules.fixing import fix

OFFER_TEXT, ANSWER_TEXT = changed(OFFER, ""), changed(ANSWER, "")


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """A good description with some lines gone, doubled, swapped, or from elsewhere."""
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(["drop", "double", "swap", "other", "cut"]))
        if kind == "drop" and len(lines) > 1:
            del lines[place]
        elif kind == "double":
            lines.insert(place, lines[place])
        elif kind == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[place], lines[other] = lines[other], lines[place]
        elif kind == "other":
            name = draw(
                st.sampled_from(["candidate", "fmtp", "extmap", "setup", "group", "rtpmap", "simulcast", "mid"])
            )
            lines.insert(place, f"a={name}:{draw(strategies.attribute_values(name))}")
        else:
            lines[place] = lines[place][: draw(st.integers(1, 20))]
    return draw(st.sampled_from(["\r\n", "\n"])).join(lines) + draw(st.sampled_from(["\r\n", "", "\r\n\r\n"]))


TEXTS = st.one_of(
    damaged(OFFER_TEXT), damaged(ANSWER_TEXT), strategies.descriptions(), strategies.broken_texts(), st.text()
)


def check_places(text: str, findings: tuple[Finding, ...]) -> None:
    lines = parse(text).lines
    for finding in findings:
        assert 1 <= finding.span.line <= max(1, len(lines))
        assert 1 <= finding.span.start < finding.span.end
        assert finding.span.start <= len(lines[finding.span.line - 1].text) + 1 if lines else True


@settings(max_examples=150)
@given(TEXTS, st.sampled_from(["offer", "answer", None]))
def test_any_text_is_validated_and_says_the_same_twice(text: str, type: str | None) -> None:
    report = validate(text, type, pedantic=True)
    assert report == validate(parse(text), type, pedantic=True)
    check_places(text, report.findings)
    assert set(report.verdicts) == {"chromium", "firefox", "aiortc"}
    for verdict in report.verdicts.values():
        assert verdict.accepted == (verdict.error is None)


@settings(max_examples=80)
@given(damaged(OFFER_TEXT), damaged(ANSWER_TEXT))
def test_any_pair_is_validated(offer: str, answer: str) -> None:
    check_places(answer, validate(answer, against=offer, pedantic=True).findings)
    check_places(answer, validate(answer, previous=offer, pedantic=True).findings)


@given(st.one_of(st.text(), strategies.attribute_values("candidate"), strategies.candidates().map(str)))
def test_any_candidate_is_validated(text: str) -> None:
    assert validate_candidate(text, pedantic=True) == validate_candidate(text, pedantic=True)


def counts(report: Report) -> list[int]:
    """How many findings there are of error, of warning and worse, and of all."""
    order = list(Severity)
    return [sum(order.index(finding.severity) <= least for finding in report.findings) for least in range(3)]


@settings(max_examples=60)
@given(TEXTS, st.booleans())
def test_fixes_converge_and_make_nothing_worse(text: str, unsafe: bool) -> None:
    def judge(description: SessionDescription) -> Report:
        return validate(description, "offer", pedantic=True)

    before = judge(parse(text))
    fixed = fix(parse(text), judge, unsafe=unsafe)
    assert all(after <= before for after, before in zip(counts(fixed.report), counts(before), strict=True))
    for name, verdict in before.verdicts.items():
        assert fixed.report.verdicts[name].accepted >= verdict.accepted
    assert fix(fixed.description, judge, unsafe=unsafe).applied == ()
    if not fixed.applied:
        assert str(fixed.description) == text
