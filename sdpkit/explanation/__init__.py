"""What lines, values, numbers and terms of SDP and ICE mean, in plain words of English or Japanese."""

from sdpkit.explanation.reading import Explanation, Reading, Row
from sdpkit.explanation.readings import explain
from sdpkit.explanation.words import Language

__all__ = ["Explanation", "Language", "Reading", "Row", "explain"]
