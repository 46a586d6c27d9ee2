"""Whatever people paste: the descriptions and candidates in it, however they were wrapped, encoded or damaged."""

from sdpkit.intake.find import Certainty, Find, Kind, LeftOut, Repair
from sdpkit.intake.packed import pack, unpack
from sdpkit.intake.search import find_descriptions

__all__ = ["Certainty", "Find", "Kind", "LeftOut", "Repair", "find_descriptions", "pack", "unpack"]
