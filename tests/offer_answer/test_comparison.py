"""What differs between two descriptions."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sdpkit
from sdpkit import parse
from sdpkit.finding import Span
from sdpkit.offer_answer.changes import Cause, Change, Kind, Mode, masked
from sdpkit.offer_answer.comparison import diff
from sdpkit.offer_answer.subjects import SUBJECTS, TOPICS
from sdpkit.report.json import document, schema
from sdpkit.rules.examples import AGAIN, ANSWER, OFFER, changed
from sdpkit.strategies import broken_texts, descriptions

FIXTURES = Path(__file__).parents[2] / "fixtures"
MODES = [mode for mode in Mode if mode is not Mode.AUTO]
MADE = changed(OFFER, "")


def read(name: str) -> str:
    return (FIXTURES / name).read_bytes().decode()


def said(changes: Iterable[Change]) -> list[str]:
    """Changes in short: where, what and which, old -> new."""
    words = (
        (
            " ".join(map(str, change.where)),
            change.what,
            change.item,
            f"{change.old or ''} -> {change.new or ''}".strip(),
        )
        for change in changes
    )
    return [" ".join(filter(None, each)) for each in words]


# --- one peer, earlier and later ---


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("", []),
        ("-a=sendrecv\n+a=recvonly", ["mid 0 direction sendrecv -> recvonly"]),
        ("-a=sendrecv", []),
        ("-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 0 111", ["mid 0 codec-order opus 111, PCMU 0 -> PCMU 0, opus 111"]),
        (
            "-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 111\n-a=rtpmap:0 PCMU/8000",
            ["mid 0 codec 0 PCMU/8000 ->"],
        ),
        (
            "-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 120 0\n-a=rtpmap:111…\n+a=rtpmap:120 opus/48000/2\n"
            "-a=fmtp:111…\n+a=fmtp:120 minptime=10;useinbandfec=1",
            ["mid 0 payload-type opus/48000/2 111 -> 120"],
        ),
        (
            "-a=rtpmap:0 PCMU/8000\n+a=rtpmap:0 G722/8000",
            ["mid 0 codec 0 PCMU/8000 -> G722/8000"],
        ),
        (
            "-m=video…\n+m=video 9 UDP/TLS/RTP/SAVPF 102\n-a=rtpmap:96…\n-a=rtpmap:97…\n-a=fmtp:97…"
            "\n-a=rtcp-fb:96 nack\n-a=rtcp-fb:96 nack pli",
            ["mid 1 codec 96 VP8/90000 ->"],
        ),
        (
            "-a=fmtp:102…\n+a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f",
            [
                "mid 1 codec 102 H264/90000 profile Constrained Baseline, packetization-mode 1"
                " -> H264/90000 profile Constrained Baseline, packetization-mode 0"
            ],
        ),
        (
            "-a=fmtp:102…\n+a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e034",
            ["mid 1 format-parameter H264 102 profile-level-id 42e01f -> 42e034"],
        ),
        ("-a=fmtp:111…\n+a=fmtp:111 useinbandfec=1; minptime=10", []),
        ("-a=rtcp-fb:96 nack", ["mid 1 feedback VP8 96 nack ->"]),
        ("+a=rtcp-fb:* ccm fir", ["mid 2 attribute rtcp-fb -> * ccm fir"]),
        ("-a=extmap:1…", ["mid 0 extension 1 urn:ietf:params:rtp-hdrext:ssrc-audio-level ->"]),
        (
            "-a=extmap:1…\n+a=extmap:7 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
            ["mid 0 extension-id urn:ietf:params:rtp-hdrext:ssrc-audio-level 1 -> 7"],
        ),
        (
            "-a=extmap:1…\n+a=extmap:1 urn:x:y",
            ["mid 0 extension 1 urn:ietf:params:rtp-hdrext:ssrc-audio-level -> urn:x:y"],
        ),
        ("-a=rtcp-mux", ["mid 0 rtcp-mux a=rtcp-mux ->"]),
        ("-a=ice-options:trickle", ["mid 0 ice-options trickle ->"]),
        ("-t=0 0\n+t=0 0\n+a=ice-lite", ["ice-lite -> a=ice-lite"]),
        ("-a=setup:actpass\n+a=setup:passive", ["mid 0 setup actpass -> passive"]),
        ("-a=sctp-port:5000\n+a=sctp-port:5001", ["mid 2 sctp-port 5000 -> 5001"]),
        ("-a=max-message-size:262144", ["mid 2 max-message-size 262144 ->"]),
        ("-c=IN IP4 0.0.0.0\n+c=IN IP4 0.0.0.0\n+b=AS:64", ["mid 0 bandwidth -> AS:64"]),
        ("-a=mid:0\n+a=mid:x\n-a=group:…\n+a=group:BUNDLE x 1 2", ["bundle BUNDLE 0 1 2 -> x 1 2", "mid x mid 0 -> x"]),
        ("-a=candidate:2…", ["mid 0 candidate relay udp 198.51.100.9 50000 ->"]),
        (
            "-a=candidate:2…\n+a=candidate:2 1 udp 41885439 198.51.100.8 50000 typ relay raddr 192.0.2.10 rport 54321",
            ["mid 0 candidate-address relay udp 198.51.100.9 -> 198.51.100.8"],
        ),
        (
            "-a=candidate:2…\n+a=candidate:2 broken",
            ["mid 0 candidate relay udp 198.51.100.9 50000 ->", "mid 0 candidate -> 2 broken"],
        ),
        ("-a=msid:stream audio-track\n+a=msid:stream other-track", []),
        ("-a=ssrc:1001 cname:user\n+a=ssrc:1002 cname:other", []),
        ("+a=ssrc-group:SIM 1 2 3", ["mid 2 ssrc-group -> SIM 1 2 3"]),
        ("+a=x-own:1", ["mid 2 attribute x-own -> 1"]),
        ("-s=-\n+s=call", []),
        ("-o=…\n+o=- 4611731400430051336 2 IN IP4 127.0.0.1\n-a=rtcp-rsize", ["mid 1 rtcp-rsize a=rtcp-rsize ->"]),
        ("-o=…\n+o=- 4611731400430051336 1 IN IP4 127.0.0.1", ["session-version 2 -> 1"]),
        ("-o=…\n+o=- 1 3 IN IP4 127.0.0.1", ["session-id - 4611731400430051336 127.0.0.1 -> - 1 127.0.0.1"]),
        ("+this is no line of SDP", ["mid 2 line -> this is no line of SDP"]),
        ("-a=max-message-size:262144\n+a=max-message-size:262144␃", ["last-line-ending ended -> not ended"]),
    ],
)
def test_what_matters_in_a_later_description(change: str, expected: list[str]) -> None:
    assert said(diff(MADE, changed(AGAIN, change), Mode.RENEGOTIATION).mattering) == expected


@pytest.mark.parametrize(
    ("change", "what", "cause"),
    [
        ("", "session-version", Cause.LATER),
        ("-m=audio…\n+m=audio 54321 UDP/TLS/RTP/SAVPF 111 0", "port", Cause.ICE),
        ("-c=…\n+c=IN IP4 192.0.2.10", "connection", Cause.ICE),
        ("-a=sendrecv\n+a=recvonly\n-a=msid:stream audio-track", "msid", Cause.DIRECTION),
        ("-a=candidate:1…\n-a=candidate:2…", "candidate", Cause.GATHERING),
        ("-m=audio…\n+m=audio 0 UDP/TLS/RTP/SAVPF 111 0\n-a=sendrecv\n+a=inactive", "direction", Cause.REJECTION),
        ("-m=application…\n-a=mid:2\n-a=group:…\n+a=group:BUNDLE 0 1", "bundle", Cause.SECTION),
        ("-a=group:…\n+a=group:BUNDLE 0 1", "bundle", None),
        ("-m=video…\n+m=video 9 UDP/TLS/RTP/SAVPF 96 102\n-a=rtpmap:97…\n-a=fmtp:97…", "codec", None),
        ("-m=video…\n+m=video 9 UDP/TLS/RTP/SAVPF 102", "codec", Cause.CODEC),
        ("-a=rtcp-mux\n-a=msid:stream audio…\n+a=rtcp-mux\n+a=msid:stream audio-track", "line-order", None),
    ],
)
def test_what_follows_from_what(change: str, what: str, cause: Cause | None) -> None:
    changes = diff(MADE, changed(AGAIN, change), Mode.RENEGOTIATION).changes
    assert cause in [each.follows for each in changes if each.what == what]


def test_an_ice_restart() -> None:
    difference = diff(read("chromium/icerestart_0.offer.sdp"), read("chromium/icerestart_1.offer.sdp"))
    assert (difference.mode, difference.ice_restart) == (Mode.RENEGOTIATION, True)
    assert difference.relation == "same peer by its fingerprint, later offer"
    (change,) = difference.mattering
    assert (change.what, change.old, change.new, change.meaning) == ("ice-ufrag", "8MSD", "XPG9", "ICE RESTART")
    assert [place.mid for place in change.where] == ["0", "1", "2"]
    assert [place.line for place in change.new_spans] == [11, 42, 164]
    assert {each.follows for each in difference.others} == {Cause.LATER, Cause.ICE_RESTART, Cause.GATHERING}


def test_half_an_ice_restart_is_none() -> None:
    difference = diff(MADE, changed(AGAIN, "-a=ice-ufrag:…\n+a=ice-ufrag:wxyz"))
    assert not difference.ice_restart
    assert [change.meaning.partition(":")[0] for change in difference.mattering] == ["half an ICE restart"]


def test_a_section_that_joins_a_bundle_does_not_restart_ice() -> None:
    own = "-a=ice-ufrag:abcd\n-a=ice-ufrag:abcd\n+a=ice-ufrag:efgh\n-a=ice-pwd:…\n-a=ice-pwd:…\n+a=ice-pwd:" + "x" * 22
    alone = changed(OFFER, f"-a=group:…\n{own}")
    assert not diff(alone, changed(AGAIN, "-a=ice-ufrag:abcd\n-a=ice-pwd:…"), Mode.RENEGOTIATION).ice_restart


def test_sections_added_and_recycled() -> None:
    added = diff(read("chromium/renego_0_data.offer.sdp"), read("chromium/renego_1_add_media.offer.sdp"))
    assert said(added.mattering) == [
        "mid 1 section -> mid 1: audio sendrecv, 8 codecs",
        "mid 2 section -> mid 2: video sendrecv, 23 codecs",
    ]
    assert [change.follows for change in added.changes if change.what == "bundle"] == [Cause.SECTION]
    before, after = "chromium/stop_2_reoffer_after_stop.offer.sdp", "chromium/stop_3_recycled_mline.offer.sdp"
    recycled = diff(read(before), read(after))
    assert said(recycled.mattering) == ["mid 3 section mid 1: video, rejected -> mid 3: audio sendrecv, 8 codecs"]
    assert recycled.mattering[0].where[0].old_index == recycled.mattering[0].where[0].new_index == 1


def test_sections_are_matched_by_mid_wherever_they_stand() -> None:
    audio, video = MADE.partition("m=audio")[2].partition("m=video")[::2]
    video = video.partition("m=application")[0]
    start, end = MADE.partition("m=audio")[0], MADE.partition("m=application")[2]
    moved = f"{start}m=video{video}m=audio{audio}m=application{end}"
    assert said(diff(MADE, moved, Mode.MUNGE).changes) == ["mid 0 section 0 -> 1"]


def test_sections_without_mids_are_matched_by_their_places() -> None:
    old = "v=0\r\nm=audio 9 RTP/AVP 0\r\nm=audio 9 RTP/AVP 8\r\n"
    assert said(diff(old, old + "a=ptime:20\r\n", Mode.RENEGOTIATION).changes) == ["m-section 1 attribute ptime -> 20"]


def test_media_without_ice_goes_where_port_and_address_say() -> None:
    old = "v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 5000 RTP/AVP 0\r\n"
    new = "v=0\r\nc=IN IP4 0.0.0.0\r\nm=audio 5002 RTP/AVP 0\r\n"
    difference = diff(old, new, Mode.RENEGOTIATION)
    assert said(difference.mattering) == [
        "connection IN IP4 192.0.2.1 -> IN IP4 0.0.0.0",
        "m-section 0 port 5000 -> 5002",
    ]
    assert difference.mattering[0].meaning == "no address: the old way to put a call on hold"


def test_candidates_that_cannot_be_read_are_compared_as_text() -> None:
    old = "v=0\r\nm=audio 9 RTP/AVP 0\r\na=candidate:x\r\n"
    assert said(diff(old, old.replace("x", "y"), Mode.RENEGOTIATION).changes) == ["m-section 0 candidate x -> y"]


def test_what_holds_for_a_section_may_stand_in_the_session() -> None:
    moved = changed(OFFER, "-a=setup:actpass\n-a=group:…\n+a=group:BUNDLE 0 1 2\n+a=setup:actpass")
    changes = diff(MADE, moved, Mode.RENEGOTIATION).changes
    assert {(change.what, change.matters) for change in changes} == {("spelling", False)}


# --- an offer and its answer ---


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("", []),
        ("-a=sendrecv\n+a=recvonly", ["mid 0 direction sendrecv -> recvonly"]),
        ("-m=audio…\n+m=audio 9 UDP/TLS/RTP/SAVPF 111\n-a=rtpmap:0 PCMU/8000", ["mid 0 codec 0 PCMU/8000 ->"]),
        (
            "-m=audio…\n+m=audio 0 UDP/TLS/RTP/SAVPF 111\n-a=group:…\n+a=group:BUNDLE 1 2",
            ["mid 0 rejection in use -> rejected"],
        ),
        (
            "-a=fingerprint:…",
            [f"mid 0 fingerprint sha-256 {'A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90:' * 2}".rstrip(":") + " ->"],
        ),
        ("-a=setup:active", ["mid 0 setup actpass ->"]),
        (
            "-a=extmap:1…\n+a=extmap:1/recvonly urn:ietf:params:rtp-hdrext:ssrc-audio-level",
            ["mid 0 extension-direction urn:ietf:params:rtp-hdrext:ssrc-audio-level -> recvonly"],
        ),
        ("-a=rtcp-fb:96 nack", ["mid 1 feedback VP8 96 nack ->"]),
        ("-a=max-message-size:262144\n+a=max-message-size:1000", ["mid 2 max-message-size 262144 -> 1000"]),
    ],
)
def test_what_an_answer_has_otherwise(change: str, expected: list[str]) -> None:
    difference = diff(MADE, changed(ANSWER, change))
    assert difference.mode is Mode.PEERS
    assert said(difference.mattering) == expected


def test_the_answer_receives_what_the_offer_sends() -> None:
    offer = changed(OFFER, "-a=sendrecv\n+a=sendonly\n+a=rid:h send\n+a=simulcast:send h")
    answer = changed(ANSWER, "-a=sendrecv\n+a=recvonly\n+a=rid:h recv\n+a=simulcast:recv h")
    assert diff(offer, answer).mattering == ()


# --- the other modes ---


def test_lines_of_a_text() -> None:
    changes = diff(MADE, changed(OFFER, "-s=-\n-a=rtcp-rsize\n+a=x"), Mode.TEXT).changes
    assert [(change.kind, change.old, change.new) for change in changes] == [
        (Kind.REMOVED, "s=-", None),
        (Kind.REMOVED, "a=rtcp-rsize", None),
        (Kind.ADDED, None, "a=x"),
    ]
    assert changes[2].new_spans == (Span(39, 1, 4),)


@pytest.mark.parametrize(
    ("old", "new", "mode", "relation"),
    [
        (MADE, changed(AGAIN, ""), Mode.RENEGOTIATION, "same peer by its fingerprint, later offer"),
        (changed(AGAIN, ""), MADE, Mode.RENEGOTIATION, "same peer by its fingerprint, earlier offer"),
        (MADE, changed(OFFER, "-s=-"), Mode.MUNGE, "same peer by its fingerprint, same version"),
        (MADE, changed(ANSWER, ""), Mode.PEERS, "two peers, offer and answer"),
        (MADE, read("chromium/audio.offer.sdp"), Mode.RENEGOTIATION, "two offers of different sessions"),
        (
            read("aiortc/audio_video.offer.sdp"),
            read("aiortc/audio_video.answer.sdp"),
            Mode.PEERS,
            "two peers, offer and answer",
        ),
        (read("sip/desk_phone.offer.sdp"), read("sip/desk_phone.answer.sdp"), Mode.PEERS, "two peers"),
        (
            read("sip/desk_phone.offer.sdp"),
            read("sip/desk_phone_hold.offer.sdp"),
            Mode.RENEGOTIATION,
            "same peer by its session id, later offer",
        ),
        ("v=0\r\n", "v=0\n", Mode.MUNGE, "same peer by its session id, same version"),
    ],
)
def test_what_two_descriptions_are_to_each_other(old: str, new: str, mode: Mode, relation: str) -> None:
    difference = diff(old, new)
    assert (difference.mode, difference.relation) == (mode, relation)


def test_changes_can_be_left_out() -> None:
    old, new = read("chromium/icerestart_0.offer.sdp"), read("chromium/icerestart_1.offer.sdp")
    left = {change.what for change in diff(old, new, ignore=["ports", "candidates"]).changes}
    assert left == {"session-version", "ice-ufrag", "ice-pwd"}
    assert diff(old, new, ignore=["session", "ice", "ports", "candidates"]).changes == ()
    with pytest.raises(ValueError, match="there is no topic port-number; there are attributes, bandwidth"):
        diff(old, new, ignore=["port-number"])
    with pytest.raises(ValueError, match="no-mode"):
        diff(old, new, "no-mode")


def test_it_is_a_name_of_the_package() -> None:
    assert sdpkit.diff is diff
    assert isinstance(sdpkit.diff(parse(MADE), MADE), sdpkit.Difference)


def test_secrets_are_masked() -> None:
    old = changed(OFFER, "+a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz")
    new = changed(AGAIN, "-a=ice-pwd:…\n+a=ice-pwd:another-password-of-22\n-a=max…\n+k=clear:topsecret")
    for mode in MODES:
        difference = diff(old, new, mode)
        texts = json.dumps([str(change) for change in difference.changes])
        assert all(
            secret in texts for secret in ("0123456789abcdefghijkl", "WVNfX19z", "another-password", "topsecret")
        )
        shown = str(masked(difference, parse(old), parse(new)))
        assert not any(
            secret in shown for secret in ("0123456789abcdefghijkl", "WVNfX19z", "another-password", "topsecret")
        )
        assert "max-message-size" in shown


# --- properties ---


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A description, and the same with a few lines gone, doubled, moved, changed, or taken from another one."""
    old = draw(descriptions())
    lines = old.splitlines(keepends=True)
    others = draw(descriptions()).splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 6))):
        at, to = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines)))
        edit = draw(st.sampled_from(["drop", "double", "move", "digits", "insert", "ending"]))
        if edit == "drop" and len(lines) > 1:
            del lines[at]
        elif edit == "double":
            lines.insert(to, lines[at])
        elif edit == "move":
            lines.insert(to, lines.pop(at))
        elif edit == "digits":
            lines[at] = lines[at].translate(str.maketrans("0123456789", "1234567890"))
        elif edit == "insert":
            lines.insert(to, draw(st.sampled_from(others)))
        else:
            lines[at] = lines[at].rstrip("\r\n") + draw(st.sampled_from(["\n", "\r\n", "\r", ""]))
    return old, "".join(lines)


pairs = st.one_of(
    edited(),
    st.tuples(descriptions(), descriptions()),
    st.tuples(broken_texts(), broken_texts()),
    st.tuples(st.text(), st.text()),
)


@given(st.one_of(descriptions(), broken_texts(), st.text()))
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    for mode in Mode:
        assert diff(text, text, mode).changes == ()


@given(pairs)
def test_every_line_that_differs_is_in_some_change(texts: tuple[str, str]) -> None:
    old, new = map(parse, texts)
    in_both = Counter(line.text for line in old.lines) & Counter(line.text for line in new.lines)
    for mode in (Mode.RENEGOTIATION, Mode.MUNGE, Mode.TEXT):
        changes = diff(old, new, mode).changes
        assert bool(changes) == (texts[0] != texts[1])
        covered_old = {place.line for change in changes for place in change.old_spans}
        covered_new = {place.line for change in changes for place in change.new_spans}
        assert Counter(line.text for line in old.lines if line.number not in covered_old) <= in_both, mode
        assert Counter(line.text for line in new.lines if line.number not in covered_new) <= in_both, mode


@given(pairs)
def test_the_other_way_round_it_is_the_mirror_image(texts: tuple[str, str]) -> None:
    old, new = texts
    turned = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}
    for mode in MODES:
        there = Counter(
            (change.kind, change.what, change.item, change.old, change.new, change.old_spans, change.new_spans)
            for change in diff(old, new, mode).changes
        )
        back = Counter(
            (
                turned.get(change.kind, change.kind),
                change.what,
                change.item,
                change.new,
                change.old,
                change.new_spans,
                change.old_spans,
            )
            for change in diff(new, old, mode).changes
        )
        assert there == back, mode


@given(pairs)
def test_any_difference_fits_the_schema_and_names_what_is_known(texts: tuple[str, str]) -> None:
    old, new = map(parse, texts)
    difference = diff(old, new)
    VALIDATOR.validate(json.loads(document("diff", None, masked(difference, old, new))))
    for change in difference.changes:
        assert change.what in SUBJECTS
        assert change.meaning
        assert not (change.matters and change.follows)
        for place, lines in [(place, old.lines) for place in change.old_spans] + [
            (place, new.lines) for place in change.new_spans
        ]:
            assert 1 <= place.start <= place.end <= len(lines[place.line - 1].text) + 1


VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema("diff")))


def test_every_subject_has_a_topic_and_says_what_it_is() -> None:
    for what, subject in SUBJECTS.items():
        assert subject.summary
        assert subject.topics, what
    assert {"ports", "ssrc", "candidates", "order"} <= set(TOPICS)


def shuffled_candidates(count: int, step: int) -> str:
    """Many candidates in an order that has to be found out."""
    head = "v=0\r\nm=audio 9 RTP/AVP 0\r\n"
    numbers = [(index * step) % count for index in range(count)]
    return head + "".join(
        f"a=candidate:1 1 udp 1 10.0.{number // 250}.{number % 250} 9 typ host\r\n" for number in numbers
    )


@pytest.mark.parametrize("mode", MODES)
def test_ten_thousand_lines_are_compared_in_time(mode: Mode) -> None:
    """A quadratic comparison would take longer than tests may take at all."""
    assert diff(shuffled_candidates(10_007, 1), shuffled_candidates(10_007, 5003), mode).changes
