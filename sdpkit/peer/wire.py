"""What goes over the wire between two peers, counted where it leaves and where it arrives.

aiortc's own statistics are wrong under loss and say nothing of pairs or ciphers. But the header of an SRTP packet is
in the clear (RFC 3711 §3.1), and in one process both ends can be watched. What is private in aiortc and aioice is
used here and nowhere else.
"""

import random
import struct
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from aiortc import RTCPeerConnection
from aiortc.rtcdtlstransport import certificate_digest

from sdpkit.outcome import End, Pair

_HEADER = struct.Struct("!BBHII")  # RFC 3550 §5.1: version …, marker and payload type, sequence number, time stamp, SSRC
_SEQUENCE_NUMBERS = 1 << 16


class RtpHeader(NamedTuple):
    """What is read of an RTP packet."""

    payload_type: int
    sequence_number: int
    timestamp: int
    ssrc: int

    @classmethod
    def parse(cls, packet: bytes) -> "RtpHeader | None":
        """The header; None for what is no RTP packet: STUN, DTLS (RFC 7983 §7) or RTCP (RFC 5761 §4)."""
        if len(packet) < _HEADER.size or not 128 <= packet[0] < 192 or 64 <= packet[1] & 127 < 96:
            return None
        _, kind, sequence_number, timestamp, ssrc = _HEADER.unpack_from(packet)
        return cls(kind & 127, sequence_number, timestamp, ssrc)


class Stream:
    """The packets of one SSRC at one end."""

    def __init__(self, first: RtpHeader) -> None:
        self.first = first
        self.started = time.monotonic()
        self.last = self.started
        self.packets = 0
        self.octets = 0
        self.dropped = 0
        self.jitter = 0.0
        """RFC 3550 §6.4.1, in units of the time stamp."""
        self._highest = first.sequence_number
        self._transit: float | None = None

    def add(self, header: RtpHeader, size: int) -> None:
        """Counts one packet."""
        self.last = time.monotonic()
        self.packets += 1
        self.octets += size
        step = (header.sequence_number - self._highest) % _SEQUENCE_NUMBERS
        if step < _SEQUENCE_NUMBERS // 2:  # in its order
            self._highest += step

    def measure_jitter(self, header: RtpHeader, clock_rate: int) -> None:
        """Takes one arrived packet into the jitter (RFC 3550 §A.8)."""
        transit = self.last * clock_rate - header.timestamp
        if self._transit is not None:
            self.jitter += (abs(transit - self._transit) - self.jitter) / 16
        self._transit = transit

    @property
    def lost(self) -> int:
        """How many packets are missing between the first and the last that arrived (RFC 3550 §A.3)."""
        return max(0, self._highest - self.first.sequence_number + 1 - self.packets)


class Wire:
    """One peer's side of the wire: its RTP streams by SSRC, out and in; it can drop packets on their way out."""

    def __init__(self, peer: RTCPeerConnection, loss: float, arrived: Callable[[RtpHeader], None]) -> None:
        """`loss` is the share of packets to drop, from 0 to 1; `arrived` hears of the first packet of each stream."""
        self.sent: dict[int, Stream] = {}
        self.received: dict[int, Stream] = {}
        self._peer = peer
        self._loss = loss
        self._random = random.Random()
        self._arrived = arrived

    def tap(self) -> None:
        """Begins to watch, once candidates are gathered."""
        for protocol in dtls_transport(self._peer).transport._connection._protocols:
            protocol.transport = _Tap(protocol.transport, self._sends)
            protocol.datagram_received = self._receiving(protocol.datagram_received)

    def _sends(self, packet: bytes) -> bool:
        """Counts a packet; whether it may go out."""
        passes = self._random.random() >= self._loss
        header = RtpHeader.parse(packet)
        if header is not None:
            stream = self.sent.setdefault(header.ssrc, Stream(header))
            stream.add(header, len(packet))
            stream.dropped += not passes
        return passes

    def _receiving(self, pass_on: Callable[[bytes, Any], None]) -> Callable[[bytes, Any], None]:
        def datagram_received(packet: bytes, address: Any) -> None:
            header = RtpHeader.parse(packet)
            if header is not None:
                self._count(header, len(packet))
            pass_on(packet, address)

        return datagram_received

    def _count(self, header: RtpHeader, size: int) -> None:
        is_first = header.ssrc not in self.received
        stream = self.received.setdefault(header.ssrc, Stream(header))
        stream.add(header, size)
        stream.measure_jitter(header, clock_rate(self._peer, header.payload_type))
        if is_first:
            self._arrived(header)


class _Tap:
    """A datagram transport that asks before it sends; in all else it is the one behind it."""

    def __init__(self, transport: Any, may_send: Callable[[bytes], bool]) -> None:
        self._transport = transport
        self._may_send = may_send

    def sendto(self, data: bytes, address: Any = None) -> None:
        if self._may_send(data):
            self._transport.sendto(data, address)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


def dtls_transport(peer: RTCPeerConnection) -> Any:
    """The RTCDtlsTransport of a peer that bundles everything."""
    carried = [*(one.receiver for one in peer.getTransceivers()), peer.sctp]
    return next(one.transport for one in carried if one is not None)


def nominated_pair(peer: RTCPeerConnection) -> Pair | None:
    """The candidate pair that media goes over, as this peer sees it."""
    pair = dtls_transport(peer).transport._connection._nominated.get(1)
    return None if pair is None else Pair(_end(pair.local_candidate), _end(pair.remote_candidate))


def _end(candidate: Any) -> End:
    return End(candidate.type, candidate.transport, candidate.host, candidate.port)


def dtls_role(peer: RTCPeerConnection) -> str:
    """client or server."""
    return str(dtls_transport(peer)._role)


def dtls_cipher(peer: RTCPeerConnection) -> tuple[str, str]:
    """The version of DTLS and the name of the cipher suite."""
    ssl = dtls_transport(peer)._ssl
    return (ssl.get_protocol_version_name(), ssl.get_cipher_name() or "") if ssl else ("", "")


def certificate_fingerprint(peer: RTCPeerConnection, algorithm: str) -> str | None:
    """The fingerprint of the certificate that the other side showed (RFC 8122 §5); None while there is none."""
    ssl = dtls_transport(peer)._ssl
    certificate = ssl.get_peer_certificate(as_cryptography=True) if ssl else None
    return None if certificate is None else str(certificate_digest(certificate, algorithm))


def ssrc(peer: RTCPeerConnection, kind: str) -> int | None:
    """The SSRC under which this peer sends media of a kind."""
    return next((int(one.sender._ssrc) for one in peer.getTransceivers() if one.kind == kind), None)


def codec(peer: RTCPeerConnection, kind: str) -> Any:
    """The codec that this peer sends with (RTCRtpCodecParameters); None while none is agreed on."""
    codecs = [one._codecs for one in peer.getTransceivers() if one.kind == kind]
    return codecs[0][0] if codecs and codecs[0] else None


def clock_rate(peer: RTCPeerConnection, payload_type: int) -> int:
    """The clock rate of a payload type, in Hz; that of video when it means nothing."""
    codecs = (codec for one in peer.getTransceivers() for codec in one._codecs)
    return next((int(codec.clockRate) for codec in codecs if codec.payloadType == payload_type), 90000)


def timestamp_origin(receiver: Any) -> int | None:
    """The RTP time stamp that is 0 in the frames of an RTCRtpReceiver; None before the first."""
    origin = receiver._RTCRtpReceiver__timestamp_mapper._origin
    return None if origin is None else int(origin)
