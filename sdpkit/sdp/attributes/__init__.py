"""The attribute registry: one entry says all that sdpkit knows of an attribute.

To add an attribute, add an entry to the table of its family and a row to the table in `tests/sdp/attributes`.
"""

from sdpkit.sdp.attributes import (
    capabilities,
    conferencing,
    data,
    formats,
    grouping,
    ice,
    rtcp,
    security,
    session,
    streaming,
    streams,
    telephony,
)
from sdpkit.sdp.attributes.registry import Attribute, Level, Mux

FAMILIES = (
    session,
    formats,
    streams,
    rtcp,
    ice,
    security,
    grouping,
    data,
    streaming,
    conferencing,
    telephony,
    capabilities,
)

ATTRIBUTES: dict[str, Attribute] = {entry.name: entry for family in FAMILIES for entry in family.ATTRIBUTES}
"""Every attribute by its name."""

__all__ = ["ATTRIBUTES", "Attribute", "Level", "Mux"]
