"""What peers said to each other, out of a recording: rounds of offer and answer, and the candidates that followed."""

from sdpkit.extraction.files import files
from sdpkit.extraction.judging import judge
from sdpkit.extraction.reading import read
from sdpkit.extraction.recording import Event, Extraction, Judged, Judgement, Notice, PeerConnection, Round, Side
from sdpkit.extraction.rounds import exchanges
from sdpkit.extraction.trickling import with_candidates

__all__ = [
    "Event",
    "Extraction",
    "Judged",
    "Judgement",
    "Notice",
    "PeerConnection",
    "Round",
    "Side",
    "exchanges",
    "files",
    "judge",
    "read",
    "with_candidates",
]
