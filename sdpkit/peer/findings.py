"""What is found in a text that was carried here."""

import contextlib
import json

from sdpkit.finding import SDPError
from sdpkit.ice.candidate import Candidate
from sdpkit.peer.conversation import Found
from sdpkit.sdp.parser import parse


def find(text: str) -> list[Found]:
    bare = text.strip()
    if bare.startswith("{"):
        try:
            data = json.loads(bare)
        except ValueError:
            return []
        if "sdp" in data:
            return [Found(description=parse(data["sdp"]), type=data.get("type"))]
    if bare.startswith("v=0"):
        return [Found(description=parse(text))]
    found = []
    for line in bare.splitlines():
        if line == "a=end-of-candidates":
            found.append(Found(is_end=True))
        elif line.startswith(("candidate:", "a=candidate:", '{"candidate')):
            with contextlib.suppress(SDPError):
                found.append(Found(candidate=Candidate.parse(line)))
    return found
