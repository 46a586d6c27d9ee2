"""Whatever people paste: the descriptions and candidates in it, however they were wrapped, encoded or damaged."""

from sdpkit.intake.find import Certainty, Find, Found, Kind, LeftOut, Repair
from sdpkit.intake.packed import pack, unpack
from sdpkit.intake.search import find_descriptions
from sdpkit.intake.streaming import find_in_stream

__all__ = [
    "Certainty",
    "Find",
    "Found",
    "Kind",
    "LeftOut",
    "Repair",
    "find_descriptions",
    "find_in_stream",
    "pack",
    "unpack",
]
