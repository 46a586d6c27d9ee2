"""ICE attributes whose value is not one word; the candidate itself is in `sdpkit.ice.candidate`."""

import msgspec

from sdpkit.finding import SDPError
from sdpkit.grammar import Grammar
from sdpkit.ice.candidate import Candidate
from sdpkit.sdp.attributes.record import record
from sdpkit.sdp.attributes.registry import Attribute, Level, Mux, flag, integer, word, words, write_flag, write_words


class RemoteCandidate(msgspec.Struct, frozen=True, gc=False):
    """One component of a=remote-candidates (RFC 8839 §5.2): the remote address that ICE chose for it."""

    component: int
    address: str
    port: int

    def __str__(self) -> str:
        return f"{self.component} {self.address} {self.port}"


def read_remote_candidates(text: str) -> tuple[RemoteCandidate, ...]:
    """a=remote-candidates (RFC 8839 §5.2).

    >>> [str(candidate) for candidate in read_remote_candidates("1 192.0.2.1 5000 2 192.0.2.1 5001")]
    ['1 192.0.2.1 5000', '2 192.0.2.1 5001']
    """
    words = text.split(" ")
    triples = [" ".join(words[start : start + 3]) for start in range(0, len(words), 3)]
    remotes = []
    start = 0
    for triple in triples:
        found = _REMOTE_CANDIDATE.match(triple)
        if found is None:
            raise SDPError(*(finding.moved(1, start) for finding in _REMOTE_CANDIDATE.error(triple).findings))
        component, address, port = found.groups()
        remotes.append(RemoteCandidate(int(component), address, int(port)))
        start += len(triple) + 1
    return tuple(remotes)


def write_remote_candidates(remotes: tuple[RemoteCandidate, ...]) -> str:
    """The mirror image of `read_remote_candidates`."""
    return " ".join(map(str, remotes))


_REMOTE_CANDIDATE = Grammar("{component:digits} {address:word} {port:digits}", code="ICE049", reference="RFC 8839 §5.2")


ATTRIBUTES = (
    Attribute(
        "ice-ufrag",
        Level.BOTH,
        Mux.TRANSPORT,
        "RFC 8839 §5.4",
        "Username fragment used to authenticate ICE checks; a new one means ICE restart.",
        word,
    ),
    Attribute(
        "ice-pwd",
        Level.BOTH,
        Mux.TRANSPORT,
        "RFC 8839 §5.4",
        "Password protecting ICE connectivity checks; goes with ice-ufrag.",
        word,
    ),
    Attribute(
        "ice-options",
        Level.BOTH,
        Mux.NORMAL,
        "RFC 8839 §5.6",
        "Lists the ICE extensions the writer supports, such as trickle or ice2.",
        words,
        write_words,
    ),
    Attribute(
        "ice-lite",
        Level.SESSION,
        Mux.NORMAL,
        "RFC 8839 §5.3",
        "The writer is an ICE lite agent: it answers checks but never starts them.",
        flag,
        write_flag,
    ),
    Attribute(
        "ice-pacing",
        Level.SESSION,
        Mux.NORMAL,
        "RFC 8839 §5.5",
        "Wanted pause between ICE checks in milliseconds; the larger of both sides wins.",
        integer,
    ),
    Attribute(
        "ice-mismatch",
        Level.MEDIA,
        Mux.NORMAL,
        "RFC 8839 §5.3",
        "Answer only: the default address matched no candidate, so ICE is off here.",
        flag,
        write_flag,
    ),
    Attribute(
        "candidate",
        Level.MEDIA,
        Mux.TRANSPORT,
        "RFC 8839 §5.1",
        "One address and port where ICE may reach the writer, with type and priority.",
        Candidate.decode,
        Candidate.encode,
        repeats=True,
    ),
    Attribute(
        "end-of-candidates",
        Level.BOTH,
        Mux.IDENTICAL,
        "RFC 8840 §8.1",
        "Trickle ICE: no more candidates will follow for this generation.",
        flag,
        write_flag,
    ),
    Attribute(
        "remote-candidates",
        Level.MEDIA,
        Mux.TRANSPORT,
        "RFC 8839 §5.2",
        "Repeats the peer candidates chosen by ICE, in an offer sent after it completed.",
        read_remote_candidates,
        write_remote_candidates,
        repeats=True,
    ),
    Attribute(
        "altc",
        Level.MEDIA,
        Mux.TRANSPORT,
        "RFC 6947 §4.1",
        "Alternative address and port, e.g. IPv6 beside IPv4, in order of preference.",
        record("{preference:digits} {address type:IP4|IP6} {address:word} {port:digits}", reference="RFC 6947 §4.1"),
        repeats=True,
    ),
)
