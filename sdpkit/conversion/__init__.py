"""Conversion: descriptions in other forms, and with less in them."""

from sdpkit.conversion.filters import only_codecs, with_ends, without_tcp
from sdpkit.conversion.forms import from_candidates, to_base64, to_candidates, to_fragment, to_json
from sdpkit.conversion.losses import Loss, Losses, losses
from sdpkit.conversion.transform import from_sdp_transform, lost_by_sdp_transform, to_sdp_transform

__all__ = [
    "Loss",
    "Losses",
    "from_candidates",
    "from_sdp_transform",
    "losses",
    "lost_by_sdp_transform",
    "only_codecs",
    "to_base64",
    "to_candidates",
    "to_fragment",
    "to_json",
    "to_sdp_transform",
    "with_ends",
    "without_tcp",
]
