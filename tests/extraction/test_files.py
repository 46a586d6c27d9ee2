"""Names of files, whatever a recording says."""

import re
from pathlib import PurePosixPath

from hypothesis import example, given
from hypothesis import strategies as st

from sdpkit.extraction import Event, PeerConnection, exchanges, files
from sdpkit.intake import Find, Kind, find_descriptions
from tests.extraction.recordings import answer, candidate, modern, offer, text

OFFER, ANSWER = text("chromium/icerestart_0.offer.sdp"), text("chromium/icerestart_0.answer.sdp")


def test_each_description_is_a_file() -> None:
    munged = OFFER.replace("useinbandfec=1", "useinbandfec=1;stereo=1", 1)
    first = "candidate:1 1 udp 2113937151 192.0.2.1 5000 typ host"
    recording = modern(
        [
            offer(OFFER, "createOfferOnSuccess"),
            offer(munged),
            answer(ANSWER),
            candidate("icecandidate", first),
            candidate("icecandidate", f"{first} ufrag none"),
            offer(OFFER, "setRemoteDescription", connection="4-2"),
        ]
    )
    written = {f"{folder}/{name}": text for folder, name, text in files(exchanges(find_descriptions(recording)))}
    assert written.pop("4-1/02-offer-local+candidates.sdp").count(first) == 1
    assert written == {
        "4-1/01-offer-created.sdp": OFFER,
        "4-1/02-offer-local.sdp": munged,
        "4-1/03-answer-remote.sdp": ANSWER,
        "4-1/candidates.txt": f"{first} ufrag none\n",
        "4-2/01-offer-remote.sdp": OFFER,
    }


def test_what_is_not_said_is_not_in_a_name() -> None:
    (connection,) = exchanges([Find(kind=Kind.DESCRIPTION, text=text("rtsp/camera_h264_aac.sdp"))])
    assert [(folder, name) for folder, name, _ in files([connection])] == [("unnamed", "01-description.sdp")]


@given(
    st.lists(
        st.one_of(st.none(), st.text(max_size=80), st.sampled_from(["a", "A", "a-2", "a-3", "..", "a/b"])), unique=True
    )
)
@example(["../../etc", "/etc", "..", ".", "", "-", None, "a\0b", "CON", "a", "A", "a-2", "a-6"])
def test_names_are_safe_and_differ(ids: list[str | None]) -> None:
    event = Event(Find(kind=Kind.DESCRIPTION, text=OFFER), None, "offer", 1)
    folders = [folder for folder, _, _ in files(PeerConnection(id, (event,), ()) for id in ids)]
    assert len({folder.lower() for folder in folders}) == len(ids)
    for folder in folders:
        assert re.fullmatch("[A-Za-z0-9_-]{1,80}", folder)
        assert PurePosixPath(folder).name == folder
