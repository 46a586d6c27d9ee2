"""What was carried here by hand, checked before it is used: in words that say what went wrong and what to do."""

import enum
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Self

import msgspec

from sdpkit.finding import shorten
from sdpkit.ice.address import Scope
from sdpkit.ice.candidate import Candidate
from sdpkit.intake import Find, Kind
from sdpkit.rules import validate
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.media import MediaDescription
from sdpkit.sdp.parser import parse


class RemoteCandidate(NamedTuple):
    """A candidate of the other side, and the m-section that it is for where that was said; None is the end of them."""

    candidate: Candidate | None
    mid: str | None = None
    m_line_index: int | None = None


class Trouble(enum.Enum):
    """What can be wrong with a description, in English and in Japanese."""

    OWN = (
        "this is this side's own {type}: paste what the other side gave in return",
        "これは自分の{type}です。相手から受け取ったものを貼り付けてください",
    )
    OFFER_FOR_ANSWER = (
        "this is an offer, and an answer is waited for: the other side has to take this side's offer first",
        "これはofferですが、answerを待っています。先に相手側でこちらのofferを受け取ってください",
    )
    ANSWER_FOR_OFFER = (
        "this is an answer, and an offer is waited for: it belongs to the side that made the offer",
        "これはanswerですが、offerを待っています。answerはofferを作った側に貼り付けてください",
    )
    CUT = (
        'it ends too early, in line {line} ("{text}"): copy the whole text again',
        "{line}行目（「{text}」）で途切れています。全体をもう一度コピーしてください",
    )
    OTHER_EXCHANGE = (
        "this answers another offer ({why}): paste the answer to the offer that was made last",
        "別のofferに対するanswerです（{why}）。最後に作ったofferへのanswerを貼り付けてください",
    )
    BROKEN = (
        "line {line}: {why}",
        "{line}行目: {why}",
    )
    NO_CANDIDATES = (
        "it has no candidates: it was copied before gathering ended, or its machine has no network; it may still "
        "connect if it can reach this side",
        "candidateがありません。収集が終わる前にコピーしたか、ネットワークがありません。"
        "相手からこちらに届く場合だけつながります",
    )
    MASKED = (
        "all its addresses are masked, such as {address}: nothing can be sent there; if this side's addresses are "
        "masked too, nothing can work",
        "アドレスがすべて伏せられています（{address}など）。そこへは送れません。両側とも伏せてあるとつながりません",
    )
    LOCAL_NAMES = (
        "its addresses are .local names, which only machines on the same link can resolve; a browser gives real "
        "addresses to a page that may use the camera",
        "アドレスが.localの名前だけです。同じネットワークでしか解決できません。"
        "カメラの使用を許可したページには実際のアドレスが入ります",
    )
    NO_UDP = (
        "it has no UDP candidates",
        "UDPのcandidateがありません",
    )

    @property
    def english(self) -> str:
        return self.value[0]

    @property
    def japanese(self) -> str:
        return self.value[1]


class Said(msgspec.Struct, frozen=True):
    """A trouble as it is said of one description."""

    code: str
    """The name of a Trouble, such as OWN."""
    en: str
    ja: str

    @classmethod
    def of(cls, trouble: Trouble, **values: object) -> Self:
        """A trouble with what is special about it."""
        return cls(trouble.name, trouble.english.format(**values), trouble.japanese.format(**values))

    def __str__(self) -> str:
        return self.en


class Reception(msgspec.Struct, frozen=True):
    """What is to be thought of a description that was carried here."""

    refusal: Said | None = None
    """Why it cannot be used, and what to do; None when it can."""
    notes: tuple[Said, ...] = ()
    """What may keep the peers from connecting although it can be used."""


def examine(
    description: SessionDescription, type: str | None, wanted: str, own: SessionDescription | None
) -> Reception:
    """Checks a description that was carried here.

    `type` is what its carrier said it is, if anything; `wanted` what is waited for, offer or answer; `own` what this
    side has given.
    """
    type = type or description.type.value
    if own is not None and _is_same(description, own):
        return Reception(Said.of(Trouble.OWN, type=type or "description"))
    if _is_cut(description):
        last = description.lines[-1]
        return Reception(Said.of(Trouble.CUT, line=last.number, text=shorten(last.text)))
    if wanted == "answer" and type == "offer":
        return Reception(Said.of(Trouble.OFFER_FOR_ANSWER))
    if wanted == "offer" and type == "answer":
        return Reception(Said.of(Trouble.ANSWER_FOR_OFFER))
    refusal = _refusal(description, wanted, own if wanted == "answer" else None)
    return Reception(refusal, () if refusal else tuple(_notes(description)))


def _is_same(one: SessionDescription, other: SessionDescription) -> bool:
    """Whether two descriptions are of one peer: they have the same ICE credentials."""
    credentials = [(each.ice.ufrag, each.ice.pwd) for each in (_first(one), _first(other)) if each is not None]
    return len(credentials) == 2 and credentials[0] == credentials[1] and None not in credentials[0]


def _first(description: SessionDescription) -> MediaDescription | None:
    """The first m-section that is not rejected: with BUNDLE, that of the transport."""
    return next((section for section in description.media if not section.is_rejected), None)


def _is_cut(description: SessionDescription) -> bool:
    """Whether the end of a text is missing."""
    last = description.lines[-1]
    broken = {finding.span.line for finding in description.findings}
    if not description.media or (not last.ending and last.number in broken) or _ends_amid_codecs(description):
        return True
    bundled = [mid for group in description.groups if group.semantics == "BUNDLE" for mid in group.mids]
    if any(description.section(mid) is None for mid in bundled):
        return True
    section = description.media[-1]
    is_live = not section.is_rejected and (section.mid is None or section.mid in bundled)
    return is_live and any(map(_has_keys, description.media)) and not _has_keys(section)


def _ends_amid_codecs(description: SessionDescription) -> bool:
    """Whether the last line is about a codec, and codecs without which its section makes no sense follow nowhere."""
    section = description.media[-1]
    named = {rtpmap.payload_type for rtpmap in section.rtpmaps}
    dynamic = {int(format) for format in section.formats if format.isascii() and format.isdigit() and len(format) < 4}
    about_codecs = description.lines[-1].text.startswith(("a=rtpmap:", "a=fmtp:", "a=rtcp-fb:"))
    return about_codecs and any(96 <= payload_type <= 127 and payload_type not in named for payload_type in dynamic)


def _has_keys(section: MediaDescription) -> bool:
    return bool(section.ice.ufrag and section.ice.pwd and section.dtls.fingerprints)


_OTHER_SECTIONS = ("OAN001", "OAN002", "OAN003", "OAN004", "OAN005")
"""What is found when an answer is not one to this offer."""


def _refusal(description: SessionDescription, type: str, offer: SessionDescription | None) -> Said | None:
    """Why it does not belong to the offer, or what without which no peer can connect is wrong."""
    errors = validate(description, type, against=offer).errors
    other = next((finding for finding in errors if finding.code in _OTHER_SECTIONS), None)
    if other is not None:
        return Said.of(Trouble.OTHER_EXCHANGE, why=other.message)
    live = [section for section in description.media if not section.is_rejected]
    broken = next((finding for finding in errors if finding.code[:3] in ("ICE", "DTL")), None)
    if broken is not None and not all(map(_has_keys, live)):
        return Said.of(Trouble.BROKEN, line=broken.span.line, why=f"{broken.message} ({broken.code})")
    return None


def is_reachable(description: SessionDescription) -> bool:
    """Whether any candidate has an address to which something can be sent."""
    candidates = (candidate for section in description.media for candidate in section.candidates)
    nowhere = (Scope.MASKED, Scope.NAME, Scope.UNSPECIFIED)
    return any(candidate.scope not in nowhere and candidate.transport.lower() == "udp" for candidate in candidates)


def _notes(description: SessionDescription) -> Iterator[Said]:
    """What makes a connection unlikely, as far as the text shows it."""
    section = _first(description)
    candidates = () if section is None else (*section.candidates, *description.get_all("candidate"))
    scopes = {candidate.scope for candidate in candidates}
    if not candidates:
        yield Said.of(Trouble.NO_CANDIDATES)
    elif scopes == {Scope.MASKED}:
        yield Said.of(Trouble.MASKED, address=candidates[0].address)
    elif scopes <= {Scope.MDNS, Scope.MASKED}:
        yield Said.of(Trouble.LOCAL_NAMES)
    elif all(candidate.transport.lower() != "udp" for candidate in candidates):
        yield Said.of(Trouble.NO_UDP)


def ends_candidates(text: str, found: Sequence[Find]) -> bool:
    """Whether a text ends with the end of candidates as a line by itself, and not within a description or fragment."""
    last = text.rstrip().splitlines()[-1:]
    is_end = last in (["a=end-of-candidates"], ["end-of-candidates"])
    return is_end and all(find.kind is Kind.CANDIDATE for find in found)


def candidates_of(find: Find) -> Iterator[RemoteCandidate]:
    """The candidates of a find: one, or all that a fragment has (RFC 8840 §9). Raises SDPError."""
    if find.kind is Kind.CANDIDATE:
        candidate = Candidate.parse(find.text) if find.text else None
        yield RemoteCandidate(candidate, find.mid, find.m_line_index)
        return
    fragment = parse(find.text)
    sections = [(fragment.get_all("candidate"), None), *((each.candidates, each.mid) for each in fragment.media)]
    for candidates, mid in sections:
        for candidate in candidates:
            yield RemoteCandidate(candidate, mid)
    if any("end-of-candidates" in section for section in (fragment, *fragment.media)):
        yield RemoteCandidate(None)
