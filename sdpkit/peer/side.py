"""One of two peers in this process: its connection, what it sends, and what it counts."""

import asyncio
from collections import Counter
from collections.abc import Callable

from aiortc import RTCConfiguration, RTCIceCandidate, RTCIceServer, RTCPeerConnection, RTCRtpSender, RTCRtpTransceiver
from aiortc.rtcconfiguration import RTCBundlePolicy, RTCIceTransportPolicy
from aiortc.rtcrtpparameters import RTCRtpCodecCapability

from sdpkit.peer import wire
from sdpkit.peer.plan import SENDING
from sdpkit.peer.tracks import FeedTrack
from sdpkit.peer.wire import RtpHeader, Wire


class Side:
    """A peer, with its wire tapped."""

    def __init__(
        self,
        name: str,
        servers: tuple[RTCIceServer, ...],
        relay_only: bool,
        loss: float,
        arrived: Callable[[RtpHeader], None],
    ) -> None:
        """`loss` is a share from 0 to 1. No servers means none: aiortc would otherwise ask a public one."""
        self.name = name
        self.relay_only = relay_only
        policy = RTCIceTransportPolicy.RELAY if relay_only else RTCIceTransportPolicy.ALL
        bundle = RTCBundlePolicy.MAX_BUNDLE
        self.peer = RTCPeerConnection(
            RTCConfiguration(iceServers=list(servers), iceTransportPolicy=policy, bundlePolicy=bundle)
        )
        self.wire = Wire(self.peer, loss, arrived)

    def transceiver(self, kind: str) -> RTCRtpTransceiver:
        """The transceiver of a kind."""
        return next(one for one in self.peer.getTransceivers() if one.kind == kind)

    def offer(self, kind: str, direction: str, track: FeedTrack | None, codecs: tuple[str, ...]) -> None:
        """Adds media of a kind to the offer that is to be made, the wanted codecs first."""
        transceiver = self.peer.addTransceiver(track or kind, direction)
        if codecs:
            transceiver.setCodecPreferences(_preferred(kind, codecs))

    def accept(self, kind: str, direction: str, track: FeedTrack | None) -> None:
        """Says how the media of an offer that has come is answered."""
        transceiver = self.transceiver(kind)
        transceiver.direction = direction
        if track is not None:
            transceiver.sender.replaceTrack(track)

    def sends(self, kind: str) -> bool:
        """Whether media of a kind goes out, as offer and answer have agreed."""
        return self.transceiver(kind).currentDirection in SENDING

    @property
    def candidates(self) -> list[RTCIceCandidate]:
        """What was gathered."""
        candidates: list[RTCIceCandidate] = wire.dtls_transport(self.peer).transport.iceGatherer.getLocalCandidates()
        return candidates

    @property
    def candidate_counts(self) -> str:
        """Such as `2 host, 1 relay`."""
        counts = Counter(candidate.type for candidate in self.candidates)
        return ", ".join(f"{count} {type}" for type, count in counts.items())

    @property
    def dtls_role(self) -> str:
        """client or server."""
        return wire.dtls_role(self.peer)

    @property
    def state(self) -> str:
        """new, connecting, connected, failed or closed."""
        return str(self.peer.connectionState)

    @property
    def ice_completed(self) -> bool:
        """Whether a pair is nominated."""
        return str(self.peer.iceConnectionState) == "completed"

    @property
    def dtls_connected(self) -> bool:
        """Whether media can flow."""
        return str(wire.dtls_transport(self.peer).state) == "connected"

    async def close(self, seconds: float) -> str | None:
        """Closes the connection within a time; what went wrong, or None."""
        try:
            async with asyncio.timeout(seconds):
                await wire.close(self.peer)
        except TimeoutError:
            return f"the {self.name} could not be closed within {seconds:g} s"
        except Exception as error:  # aiortc's own, after a run that is over: nothing is lost but must not be hidden
            return f"closing the {self.name} failed: {type(error).__name__}: {error}"
        return None


def _preferred(kind: str, names: tuple[str, ...]) -> list[RTCRtpCodecCapability]:
    """All codecs of a kind, those with these names first."""
    wanted = [name.lower() for name in names]
    codecs = RTCRtpSender.getCapabilities(kind).codecs

    def rank(codec: RTCRtpCodecCapability) -> int:
        name = codec.mimeType.partition("/")[2].lower()
        return wanted.index(name) if name in wanted else len(wanted)

    return sorted(codecs, key=rank)
