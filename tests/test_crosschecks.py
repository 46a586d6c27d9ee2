"""What other parsers make of the same fixtures, where they are right. Where they are not, a comment says so."""

import re
from pathlib import Path

import aioice
import aiortc.sdp
import pytest
import sdp_transform

from sdpkit import MediaDescription, parse
from sdpkit.sdp.section import DIRECTIONS

FIXTURES = Path(__file__).parents[1] / "fixtures"
FILES = sorted(path for path in FIXTURES.glob("*/*.sdp") if path.parent.name != "broken")
# aiortc takes no digits or small letters in a protocol, and no c= line without an address
NOT_FOR_AIORTC = {"fax_1_t38.offer.sdp", "fax_1_t38.answer.sdp", "sloppy_wrong_track.sdp"}
with_each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
with_each_file_for_aiortc = pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.name not in NOT_FOR_AIORTC],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)


def values_of(section: MediaDescription, name: str) -> list[str]:
    """The values of an attribute as text, as a plain search finds them."""
    return re.findall(rf"(?m)^a={name}:(.*?)\r?$", str(section))


@with_each_file
def test_candidates_of_aioice(path: Path) -> None:
    for section in parse(path.read_bytes()).media:
        # aioice loses ufrag, network-id, network-cost and all unknown extensions
        for ours, value in zip(section.candidates, values_of(section, "candidate"), strict=True):
            theirs = aioice.Candidate.from_sdp(value)
            head = (ours.foundation, ours.component, ours.transport, ours.priority, ours.address, ours.port, ours.typ)
            assert head == (
                *(theirs.foundation, theirs.component, theirs.transport, theirs.priority),
                *(theirs.host, theirs.port, theirs.type),
            )
            tail = (ours.raddr, ours.rport, ours.tcptype, ours.generation)
            assert tail == (theirs.related_address, theirs.related_port, theirs.tcptype, theirs.generation)


@with_each_file_for_aiortc
def test_description_of_aiortc(path: Path) -> None:
    text = path.read_bytes().decode()
    ours, theirs = parse(text), aiortc.sdp.SessionDescription.parse(text)
    assert (ours.version, str(ours.origin)) == (theirs.version, theirs.origin)
    assert ours.name in (theirs.name, " ")  # aiortc strips the name
    assert [(group.semantics, list(group.mids)) for group in ours.groups] == [
        (group.semantic, group.items) for group in theirs.group
    ]
    assert len(ours.media) == len(theirs.media)


@with_each_file_for_aiortc
def test_m_sections_of_aiortc(path: Path) -> None:
    text = path.read_bytes().decode()
    for ours, theirs in zip(parse(text).media, aiortc.sdp.SessionDescription.parse(text).media, strict=True):
        assert (ours.kind, ours.port, ours.protocol) == (theirs.kind, theirs.port, theirs.profile)
        assert list(ours.formats) == [str(format) for format in theirs.fmt]
        assert ours.mid == (theirs.rtp.muxId or None)
        assert ours.own_direction == theirs.direction  # aiortc does not know the session's, nor the default
        assert theirs.ice is not None
        assert (ours.ice.ufrag, ours.ice.pwd) == (theirs.ice.usernameFragment, theirs.ice.password)
        assert " ".join(ours.ice.options) == (theirs.ice_options or "")
        assert (ours.rtcp_mux, ours.end_of_candidates) == (theirs.rtcp_mux, theirs.ice_candidates_complete)
        assert (ours.rtcp.port if ours.rtcp else None) == theirs.rtcp_port
        assert [(extmap.id, extmap.uri) for extmap in ours.extmaps] == [
            (extension.id, extension.uri) for extension in theirs.rtp.headerExtensions
        ]
        assert [(group.semantics, list(group.ssrcs)) for group in ours.ssrc_groups] == [
            (group.semantic, group.items) for group in theirs.ssrc_group
        ]
        assert [(source.ssrc, source.cname) for source in ours.ssrcs] == [
            (ssrc.ssrc, ssrc.cname) for ssrc in theirs.ssrc
        ]
        # aiortc keeps the last one only
        assert (str(ours.msids[-1]) if ours.msids else None) == theirs.msid
        if theirs.dtls is not None:  # aiortc drops the fingerprints of a section without a=setup
            assert ours.dtls.setup == aiortc.sdp.DTLS_ROLE_SETUP[theirs.dtls.role]
            assert [(print_.hash_function, print_.digest) for print_ in ours.dtls.fingerprints] == [
                (print_.algorithm, print_.value) for print_ in theirs.dtls.fingerprints
            ]
        if ours.data_channels is not None and ours.sctpmap is None:  # aiortc does not read the port of a=sctpmap
            theirs_size = theirs.sctpCapabilities and theirs.sctpCapabilities.maxMessageSize
            assert (ours.data_channels.sctp_port, ours.data_channels.max_message_size) == (
                theirs.sctp_port,
                theirs_size,
            )


@with_each_file_for_aiortc
def test_codecs_of_aiortc(path: Path) -> None:
    text = path.read_bytes().decode()
    for ours, theirs in zip(parse(text).media, aiortc.sdp.SessionDescription.parse(text).media, strict=True):
        # aiortc knows no static payload types, takes rtpmaps that the m= line does not name, and reads no order from it
        codecs = {codec.payload_type: codec for codec in ours.codecs}
        mapped = {rtpmap.payload_type for rtpmap in ours.rtpmaps}
        named = {codec.payloadType: codec for codec in theirs.rtp.codecs if codec.payloadType in codecs}
        assert set(named) == set(codecs) & mapped
        for payload_type, codec in named.items():
            mine = codecs[payload_type]
            assert (f"{ours.kind}/{mine.name}", mine.clock_rate) == (codec.mimeType, codec.clockRate)
            assert (mine.channels or (1 if ours.kind == "audio" else None)) == codec.channels
            assert sorted(str(feedback) for feedback in mine.feedback) == sorted(
                " ".join(filter(None, (feedback.type, feedback.parameter))) for feedback in codec.rtcpFeedback
            )
            if mine.fmtp is not None and " " not in mine.fmtp:  # aiortc keeps blanks in the names of parameters
                pairs = [pair.partition("=") for pair in mine.fmtp.split(";")]
                # aiortc makes numbers of some values
                values = {name: str(value) for name, value in codec.parameters.items() if value is not None}
                assert {name: value for name, equals, value in pairs if equals} == values


@with_each_file
def test_m_sections_of_sdp_transform(path: Path) -> None:
    text = path.read_bytes().decode()
    for ours, theirs in zip(parse(text).media, sdp_transform.parse(text)["media"], strict=True):
        assert (ours.kind, ours.port, ours.protocol) == (theirs["type"], theirs["port"], theirs["protocol"])
        assert " ".join(ours.formats) == str(theirs["payloads"])  # a number when there is but one
        # sdp-transform makes numbers of all that looks like one: mids, ufrags, rids, channels …
        assert ours.mid == (str(theirs["mid"]) if "mid" in theirs else None)
        # … and of several directions it keeps the last one
        assert (ours.own_direction in DIRECTIONS) == ("direction" in theirs)
        assert ours.own_direction == theirs.get("direction")
        rtpmaps = [(rtpmap.payload_type, rtpmap.name, rtpmap.clock_rate, rtpmap.parameters) for rtpmap in ours.rtpmaps]
        assert rtpmaps == [
            (r["payload"], r["codec"], r["rate"], str(r["encoding"]) if "encoding" in r else None)
            for r in theirs["rtp"]
        ]
        assert [(fmtp.format, fmtp.parameters) for fmtp in ours.fmtps] == [
            (str(fmtp["payload"]), str(fmtp["config"])) for fmtp in theirs["fmtp"]
        ]
        assert [(extmap.id, extmap.direction, extmap.uri, extmap.attributes) for extmap in ours.extmaps] == [
            (e["value"], e.get("direction"), e["uri"], e.get("config")) for e in theirs.get("ext", [])
        ]
        assert [(str(f.payload_type), f.type, f.parameter) for f in ours.rtcp_feedback] == [
            (str(f["payload"]), f["type"], f.get("subtype")) for f in theirs.get("rtcpFb", [])
        ]
        assert [(ssrc.id, ssrc.attribute, ssrc.value) for ssrc in ours.ssrc_attributes] == [
            (ssrc["id"], ssrc["attribute"], str(ssrc["value"])) for ssrc in theirs.get("ssrcs", [])
        ]
