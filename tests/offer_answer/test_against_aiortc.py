"""What `negotiate` says of generated exchanges, and what two real aiortc peers report after them.

Only descriptions are exchanged: the peers gather no candidates, so nothing is sent.
"""

import asyncio
from typing import Any, NamedTuple
from unittest import mock

from aiortc import RTCConfiguration, RTCPeerConnection, RTCRtpSender
from aiortc.exceptions import OperationError
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sdpkit.offer_answer.agreement import Negotiation
from sdpkit.offer_answer.negotiation import negotiate


class Media(NamedTuple):
    """A transceiver that a peer makes, and the codecs that it wants, by their places in the capabilities."""

    kind: str
    direction: str
    wanted: list[int]


def of_kind(kind: str) -> st.SearchStrategy[Media]:
    """Transceivers that want all codecs, or some; of retransmissions alone aiortc cannot make an offer."""
    names = [codec.name for codec in RTCRtpSender.getCapabilities(kind).codecs]
    wanted = st.lists(st.sampled_from(range(len(names))), unique=True)
    directions = st.sampled_from(["sendrecv", "sendonly", "recvonly", "inactive"])
    return st.builds(
        Media,
        st.just(kind),
        directions,
        wanted.filter(lambda places: {names[place] for place in places} != {"rtx"}),
    )


class Peer(NamedTuple):
    """What a peer brings."""

    media: list[Media]
    data: bool


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Peer, Peer]:
    """Who offers and who answers. The latter has transceivers only for what is offered: else aiortc fails itself."""
    offered = draw(st.lists(of_kind("audio") | of_kind("video"), max_size=4))
    data = draw(st.booleans()) or not offered
    kinds = [media.kind for media in offered if draw(st.booleans())]
    return Peer(offered, data), Peer([draw(of_kind(kind)) for kind in kinds], draw(st.booleans()))


def made(peer: Peer) -> RTCPeerConnection:
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    for media in peer.media:
        transceiver = connection.addTransceiver(media.kind, media.direction)
        codecs = RTCRtpSender.getCapabilities(media.kind).codecs
        transceiver.setCodecPreferences([codecs[place] for place in media.wanted])
    if peer.data:
        connection.createDataChannel("data")
    return connection


async def exchange(offering: Peer, answering: Peer) -> tuple[Negotiation, list[dict[str | None, Any]]] | None:
    """The prediction, and the transceivers of both sides by their mids; None where aiortc takes no part in it."""
    peers = made(offering), made(answering)
    try:
        await peers[0].setLocalDescription(await peers[0].createOffer())
        await peers[1].setRemoteDescription(peers[0].localDescription)
        await peers[1].setLocalDescription(await peers[1].createAnswer())
        await peers[0].setRemoteDescription(peers[1].localDescription)
    except OperationError:
        return None  # it has no codec in common, and gives up altogether
    else:
        offer, answer = peers[0].localDescription.sdp, peers[1].localDescription.sdp
        return negotiate(offer, answer), [{each.mid: each for each in peer.getTransceivers()} for peer in peers]
    finally:
        await asyncio.gather(*(peer.close() for peer in peers))


@settings(max_examples=30)
@given(pairs())
def test_transceivers_are_as_predicted(pair: tuple[Peer, Peer]) -> None:
    offering, answering = pair
    with mock.patch("aioice.ice.get_host_addresses", return_value=[]):
        done = asyncio.run(exchange(offering, answering))
    assume(done is not None)
    assert done is not None
    prediction, peers = done
    assert len(prediction.sections) == len(offering.media) + offering.data
    for section in prediction.sections:
        assert section.accepted
        if section.kind == "application":
            assert section.offerer.sctp_port == section.answerer.sctp_port == 5000
            continue
        numbers = [codec.offerer for codec in section.codecs], [codec.answerer for codec in section.codecs]
        for side, own, transceivers in zip((section.offerer, section.answerer), numbers, peers, strict=True):
            transceiver = transceivers[section.mid]
            assert side.direction == transceiver.currentDirection
            agreed = {
                (number, codec.name.lower(), codec.clock_rate, codec.channels)
                for number, codec in zip(own, section.codecs, strict=True)
            }
            assert agreed == {
                (codec.payloadType, codec.name.lower(), codec.clockRate, codec.channels)
                for codec in transceiver._codecs
            }
            real = [(extension.id, extension.uri) for extension in transceiver._headerExtensions]
            assert [(extension.id, extension.uri) for extension in side.extensions] == real
