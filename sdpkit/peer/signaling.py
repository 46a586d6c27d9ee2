"""Offer, answer and candidates between two peers: every one of them is read by sdpkit's parser on its way."""

from collections.abc import Sequence

from aiortc import RTCIceCandidate, RTCPeerConnection, RTCSessionDescription

from sdpkit.finding import Finding
from sdpkit.ice.candidate import Candidate
from sdpkit.outcome import Signalled
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.parser import parse


class Letter:
    """A description on its way to the other peer, with the candidates that follow it."""

    def __init__(self, by: str, type: str, text: str) -> None:
        self.by = by
        self.type = type
        self.description: SessionDescription = parse(text)
        self.candidates: list[str] = []
        self.findings: list[Finding] = list(self.description.findings)

    def __str__(self) -> str:
        return str(self.description)

    def as_signalled(self) -> Signalled:
        """The same as plain data."""
        inside = (str(candidate) for section in self.description.media[:1] for candidate in section.candidates)
        candidates = tuple(self.candidates or inside)
        return Signalled(self.by, self.type, str(self.description), candidates, tuple(self.findings))

    async def deliver(self, peer: RTCPeerConnection) -> None:
        """Gives the description to the other peer."""
        await peer.setRemoteDescription(RTCSessionDescription(str(self.description), self.type))


async def trickle(letter: Letter, sender: RTCPeerConnection, receiver: RTCPeerConnection) -> None:
    """Sends the candidates of a peer that has gathered after its description, one by one, and then the end of them."""
    for mid, candidate in _candidates(parse(sender.localDescription.sdp)):
        text = str(candidate)
        letter.candidates.append(text)
        await receiver.addIceCandidate(ice_candidate(Candidate.parse(text), mid))
    await receiver.addIceCandidate(None)


def _candidates(description: SessionDescription) -> Sequence[tuple[str, Candidate]]:
    """The candidates of the bundle's transport, which the first m-section has, and its mid."""
    section = description.media[0]
    return [(section.mid or "0", candidate) for candidate in section.candidates]


def ice_candidate(candidate: Candidate, mid: str) -> RTCIceCandidate:
    """A candidate as aiortc takes it."""
    return RTCIceCandidate(
        component=candidate.component,
        foundation=candidate.foundation,
        ip=candidate.address,
        port=candidate.port,
        priority=candidate.priority,
        protocol=candidate.transport,
        type=candidate.typ,
        relatedAddress=candidate.raddr,
        relatedPort=candidate.rport,
        sdpMid=mid,
        tcpType=candidate.tcptype,
    )
