"""The screens of negotiate, on any two texts at any width."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sdpkit.offer_answer.negotiation import negotiate
from sdpkit.report import negotiate as screens
from sdpkit.rules.examples import ANSWER, OFFER, changed
from sdpkit.strategies import broken_texts, descriptions

TEXTS = st.one_of(descriptions(), broken_texts(), st.text(), st.just(changed(OFFER, "")), st.just(changed(ANSWER, "")))


def screen(offer: str = "", answer: str = "", width: int = 100) -> str:
    """The screen for the examples of the rules, after changes."""
    found = negotiate(changed(OFFER, offer), changed(ANSWER, answer))
    return screens.overview(found, "offer.sdp", "answer.sdp", width)


def line(shown: str, label: str) -> str:
    """What stands behind a label."""
    return next(line[11:] for line in shown.splitlines() if line.startswith(f"{label} "))


@given(TEXTS, TEXTS, st.integers(60, 100))
def test_no_screen_fails_or_shows_what_is_unsafe(offer: str, answer: str, width: int) -> None:
    found = negotiate(offer, answer)
    for shown in (screens.overview(found, "a\x1b", "b", width), screens.brief(found, "a", "b")):
        unsafe = [char for char in shown if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
        assert set(unsafe) == {"\n"}


def test_all_fits_the_width() -> None:
    for width in (60, 80, 100):
        assert max(map(len, screen(width=width).splitlines())) <= width


def test_what_is_agreed() -> None:
    shown = screen(answer="-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 0\n-a=sendrecv\n+a=recvonly")
    assert "0  0      audio        sendonly   recvonly    PCMU 0" in shown
    assert "VP8 96, H264 102 (+ rtx)" in shown
    assert "data channels, SCTP 5000→5000, message size up to" in shown
    assert line(shown, "transport") == "#0 for #1 #2 too (BUNDLE)"
    assert line(shown, "dtls") == "#0: answerer is client, offerer is server"
    assert line(shown, "ice") == "#0: offerer is controlling; USERNAME from offerer to answerer efgh:abcd"
    assert line(shown, "rtcp") == "#0 #1: on the port of RTP"
    assert line(shown, "feedback") == "#1: VP8 96: nack, nack pli"
    assert line(shown, "extensions") == "#0: 1 ssrc-audio-level, 4 mid"
    assert line(shown, "levels") == "#1: H264 3.1 both ways"
    assert line(shown, "outcome") == "#0: audio PCMU 0→0, offerer to answerer only"
    assert "problem" not in shown


def test_codecs_that_fell_out_for_one_reason_are_on_one_row() -> None:
    shown = screen(answer="-m=video…\n+m=video 9 UDP/TLS/RTP/SAVPF 102 103\n+a=rtpmap:103 VP9/90000")
    row = next(line for line in shown.splitlines() if "not in the answer" in line)
    assert row.split("  ")[0:1] == [""]
    assert "VP8 96" in row
    assert "what it is for is not agreed" in shown
    assert "answerer" in next(line for line in shown.splitlines() if "not in the offer" in line)


def test_other_numbers_levels_and_limits_are_shown_with_their_side() -> None:
    offer = "-a=fmtp:102…\n+a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e034"
    answer = "-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 109 0\n+b=AS:100\n-a=rtpmap:111…\n+a=rtpmap:109 opus/48000/2"
    shown = screen(offer, f"{answer}\n-a=fmtp:111…\n-a=max-message-size:262144\n+a=max-message-size:0")
    assert "opus 111→109, PCMU 0" in shown
    assert line(shown, "levels") == "#1: H264 3.1 to the answerer, 5.2 to the offerer"
    assert line(shown, "bitrate") == "#0: the offerer may send 79,000 bit/s"
    assert "any from the offerer, 262144 from the answerer" in shown


def test_simulcast_remarks_notes_and_problems() -> None:
    offer = (
        "-a=mid:1\n+a=mid:1\n+a=rid:h send\n+a=rid:l send\n+a=simulcast:send h;~l\n-a=setup:actpass\n+a=setup:active"
    )
    answer = "-a=mid:1\n+a=mid:1\n+a=rid:h recv\n+a=rid:l recv\n+a=simulcast:recv h;l"
    event = "-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 111 126\n-a=rtpmap:111…\n+a=rtpmap:111 opus/48000/2\n"
    event += "+a=rtpmap:126 telephone-event/8000\n-o=…\n+o=- 1 2 IN IP4 127.0.0.1\n+a=ice-lite\n"
    shown = screen(event + offer, f"{event}{answer}")
    assert line(shown, "simulcast") == "#1: the offerer sends h;~l"
    assert line(shown, "remark") == "#0: telephone-event 126: no agreed codec has its clock rate"
    assert "offerer is controlling, offerer and answerer lite" in shown
    assert line(shown, "dtls") == "#0: the roles do not fit"
    assert line(shown, "problem").startswith("m-section 0: both sides are setup:active")
    assert line(screen(answer="-a=setup:active"), "note") == (
        "m-section 0: the answer has no a=setup; browsers take it for active"
    )


def test_what_cannot_work_is_said_first() -> None:
    shown = screen("-a=setup:actpass\n+a=setup:active")
    assert shown.splitlines()[2].startswith("problem    m-section 0: both sides are setup:active")


def test_names_are_not_broken_at_hyphens() -> None:
    for width in range(60, 100):
        assert "rtp-stream-id" in screen("-a=extmap:1…", width=width)


def test_ids_of_both_sides_are_shown_where_they_differ() -> None:
    answer = "-a=extmap:1…\n+a=extmap:6 urn:ietf:params:rtp-hdrext:ssrc-audio-level"
    assert line(screen(answer=answer), "extensions") == "#0: 1→6 ssrc-audio-level, 4 mid"


def test_brief_is_one_line() -> None:
    found = negotiate(changed(OFFER, ""), changed(ANSWER, "-m=video…\n+m=video 0 UDP/TLS/RTP/SAVPF 96"))
    assert screens.brief(found, "a.sdp", "b.sdp") == (
        "a.sdp + b.sdp: audio opus 111→111 both ways; video rejected (port 0 in the answer); "
        "data channels, SCTP 5000→5000\n"
    )
    assert screens.brief(negotiate("", ""), "a", "b") == "a + b: no m-section is accepted\n"


def test_a_screen_ends_whatever_the_texts() -> None:
    text = "m=audio 9 RTP/AVP 0\na=mid:" + "x" * 10_000 + "\n"
    shown = screens.overview(negotiate(text * 1000, ""), "a" * 200, "b", 100)
    assert shown.count("\n") < 700
    assert "and 950 more: --format json has all" in shown
