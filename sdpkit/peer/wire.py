"""What goes over the wire between two peers, counted where it leaves and where it arrives.

aiortc's own statistics are wrong under loss and say nothing of pairs or ciphers. But the header of an SRTP packet is
in the clear (RFC 3711 §3.1), and in one process both ends can be watched. What is private in aiortc and aioice is
used here and nowhere else.
"""

import asyncio
import random
import struct
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from aiortc import RTCPeerConnection, RTCRtpCodecParameters, RTCRtpTransceiver
from aiortc.rtcdtlstransport import certificate_digest

from sdpkit.outcome import End, Pair

_HEADER = struct.Struct(
    "!BBHII"
)  # RFC 3550 §5.1: version …, marker and payload type, sequence number, time stamp, SSRC


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

    def __init__(self, first: RtpHeader, clock_rate: int) -> None:
        self.first = first
        self.clock_rate = clock_rate
        self.started = time.monotonic()
        self.last = self.started
        self.packets = 0
        self.octets = 0
        self.dropped = 0
        self._first_octets = 0
        self._jitter = 0.0  # in units of the time stamp
        self._highest = first.sequence_number
        self._timestamp = first.timestamp

    def add(self, header: RtpHeader, size: int) -> None:
        """Counts one packet that goes out or comes in now."""
        now = time.monotonic()
        self._first_octets = self._first_octets or size
        self.packets += 1
        self.octets += size
        self._highest += max(0, _step(self._highest, header.sequence_number, 16))
        late = (now - self.last) * self.clock_rate - _step(self._timestamp, header.timestamp, 32)
        self._jitter += (abs(late) - self._jitter) / 16 if self.packets > 1 else 0  # RFC 3550 §A.8
        self.last = now
        self._timestamp = header.timestamp

    @property
    def lost(self) -> int:
        """How many packets are missing between the first and the last one (RFC 3550 §A.3)."""
        return max(0, self._highest - self.first.sequence_number + 1 - self.packets)

    @property
    def jitter_ms(self) -> float:
        """The interarrival jitter (RFC 3550 §6.4.1)."""
        return self._jitter / self.clock_rate * 1000

    @property
    def bitrate(self) -> float:
        """Octets behind the first packet, with all headers of RTP, in bits a second."""
        seconds = self.last - self.started
        return (self.octets - self._first_octets) * 8 / seconds if seconds > 0 else 0.0


def _step(before: int, now: int, bits: int) -> int:
    """From one number to the next, of those that begin again after so many bits; below 0 for one that comes late."""
    half = 1 << (bits - 1)
    return (now - before + half) % (2 * half) - half


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
            stream = self._stream(self.sent, header)
            stream.add(header, len(packet))
            stream.dropped += not passes
        return passes

    def _receiving(self, pass_on: Callable[[bytes, Any], None]) -> Callable[[bytes, Any], None]:
        def datagram_received(packet: bytes, address: Any) -> None:
            header = RtpHeader.parse(packet)
            if header is not None:
                is_first = header.ssrc not in self.received
                self._stream(self.received, header).add(header, len(packet))
                if is_first:
                    self._arrived(header)
            pass_on(packet, address)

        return datagram_received

    def _stream(self, streams: dict[int, Stream], header: RtpHeader) -> Stream:
        if header.ssrc not in streams:
            streams[header.ssrc] = Stream(header, _clock_rate(self._peer, header.payload_type))
        return streams[header.ssrc]


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


def ssrc(peer: RTCPeerConnection, kind: str) -> int:
    """The SSRC under which this peer sends media of a kind."""
    return int(_transceiver(peer, kind).sender._ssrc)


def rtx_ssrc(peer: RTCPeerConnection, kind: str) -> int:
    """The SSRC under which this peer sends lost packets of a kind again (RFC 4588)."""
    return int(_transceiver(peer, kind).sender._rtx_ssrc)


def main_stream(peer: RTCPeerConnection, kind: str, streams: dict[int, Stream]) -> Stream | None:
    """Of the streams that came, the one with media of a kind; retransmissions have streams of their own."""
    codecs = (codec for one in peer.getTransceivers() if one.kind == kind for codec in one._codecs)
    own = {codec.payloadType for codec in codecs if codec.name.lower() != "rtx"}
    there = (stream for stream in list(streams.values()) if stream.first.payload_type in own)
    return max(there, key=lambda stream: stream.packets, default=None)


def round_trip(peer: RTCPeerConnection, kind: str) -> float | None:
    """The round-trip time in seconds that this peer has from the receiver's reports; None before the first."""
    time = getattr(_transceiver(peer, kind).sender, "_RTCRtpSender__rtt", None)
    return None if time is None else float(time)


def codec(peer: RTCPeerConnection, kind: str) -> RTCRtpCodecParameters:
    """The codec that this peer sends with, once one is agreed on."""
    return _transceiver(peer, kind)._codecs[0]


async def close(peer: RTCPeerConnection) -> None:
    """Closes a peer with all that it has begun: what still connects would go on, and begin more, once it is closed."""
    while tasks := [task for task in asyncio.all_tasks() if _owner(task) is peer]:
        for task in tasks:
            task.cancel()
        done, _ = await asyncio.wait(tasks, timeout=0.1)  # again: wait_for() of Python 3.11 may swallow a cancellation
        await asyncio.gather(*done, return_exceptions=True)
    await peer.close()


def _owner(task: asyncio.Task[Any]) -> object:
    """Whose method a task runs; None for close(), which aiortc begins itself when the other side hangs up."""
    coroutine = task.get_coro()
    frame = getattr(coroutine, "cr_frame", None)
    return frame.f_locals.get("self") if frame and getattr(coroutine, "__name__", "") != "close" else None


def timestamp_origin(receiver: Any) -> int | None:
    """The RTP time stamp that is 0 in the frames of an RTCRtpReceiver; None before the first."""
    mapper = getattr(receiver, "_RTCRtpReceiver__timestamp_mapper", None)
    origin = getattr(mapper, "_origin", None)
    return None if origin is None else int(origin)


def _transceiver(peer: RTCPeerConnection, kind: str) -> RTCRtpTransceiver:
    return next(one for one in peer.getTransceivers() if one.kind == kind)


def _clock_rate(peer: RTCPeerConnection, payload_type: int) -> int:
    """The clock rate of a payload type, in Hz; that of video where nothing is known of it."""
    codecs = (codec for one in peer.getTransceivers() for codec in one._codecs)
    return next((codec.clockRate for codec in codecs if codec.payloadType == payload_type), 90000)
