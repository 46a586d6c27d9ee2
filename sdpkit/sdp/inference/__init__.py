"""What a description does not say outright: whether it is an offer or an answer, and which program wrote it.

Both are told from signs, and every guess names the ones it rests on. A sign of the maker is something that a program
writes whoever its peer is: the shape of o=, of ICE credentials, foundations and priorities, the order of attributes.
What an answer copies from its offer (payload types, header extensions, mids, feedback) says nothing about its maker.
"""

from sdpkit.sdp.inference.makers import infer_maker
from sdpkit.sdp.inference.signs import Guess
from sdpkit.sdp.inference.types import infer_type

__all__ = ["Guess", "infer_maker", "infer_type"]
