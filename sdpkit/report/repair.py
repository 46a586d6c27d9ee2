"""What `sdpkit repair` says, and the line that every command says of what it did not read as it stood."""

import difflib
from collections import Counter
from collections.abc import Sequence

import msgspec

from sdpkit.intake.find import Find, Kind, LeftOut, Repair, count
from sdpkit.intake.restoring import masked_addresses
from sdpkit.masking import mask, mask_lines
from sdpkit.report.escaping import escape
from sdpkit.report.tables import cut, table
from sdpkit.sdp.lines import Limits, Line, split

_MOST_MASKED = 3  # examples of masked addresses
_LONGEST_TEXT = 60  # characters of what was left out


def reading(finds: Sequence[Find]) -> str:
    """As what something was read and what was repaired in it, in one line; nothing for a plain description.

    Such as `read as gzip → webrtc-internals dump: 4 descriptions, 12 candidates`.
    """
    said = []
    shapes = _common_shapes(finds)
    if shapes and shapes != ["SDP"]:
        said.append(f"read as {' → '.join(shapes)}: {_counted(finds)}")
    repairs = list(dict.fromkeys(_repaired(repair) for find in finds for repair in find.repairs))
    if len(finds) == 1:
        said += repairs
    elif repairs:
        number = sum(bool(find.repairs) for find in finds)
        said.append(f"repaired in {number} of them (sdpkit repair --list)")
    return "; ".join(said)


def _common_shapes(finds: Sequence[Find]) -> list[str]:
    """The shapes that all finds were wrapped in, the outermost first."""
    chains = zip(*(find.read_as for find in finds), strict=False)
    shapes: list[str] = []
    for level in chains:
        if len(set(level)) > 1:
            break
        shapes.append(level[0])
    return shapes


def _counted(finds: Sequence[Find]) -> str:
    """Such as `1 offer, 2 candidates`."""
    names = Counter(find.type or find.kind if find.kind is Kind.DESCRIPTION else find.kind for find in finds)
    return ", ".join(count(number, name) for name, number in names.items())


def _repaired(repair: Repair) -> str:
    """Such as `put back 111 line breaks (certain)`, with what was left out, if anything was."""
    texts = [mask(left_out.text.strip()) for left_out in repair.left_out if left_out.text.strip()]
    cited = f': "{cut(texts[0], _LONGEST_TEXT)}"' + (" …" if len(texts) > 1 else "") if texts else ""
    return f"{repair.what} ({repair.certainty}){cited}"


def summary(find: Find, finds: Sequence[Find]) -> str:
    """What was repaired in the one of all finds that was taken, in one line.

    Such as `description: put back 111 line breaks (certain); 26 masked addresses kept (192.168.xxx.xxx)`.
    """
    which = "" if len(finds) == 1 else f" {finds.index(find) + 1} of {len(finds)}"
    shapes = f", read as {' → '.join(find.read_as)}" if find.read_as not in ((), ("SDP",)) else ""
    said = [_repaired(repair) for repair in find.repairs] or ["nothing to repair"]
    masked = masked_addresses(find.text)
    if masked:
        examples = ", ".join(list(dict.fromkeys(masked))[:_MOST_MASKED])
        said.append(f"{len(masked)} masked address{'' if len(masked) == 1 else 'es'} kept ({examples})")
    return f"{find.type or find.kind}{which}{shapes}: {'; '.join(said)}"


def listing(finds: Sequence[Find], width: int) -> str:
    """A table of everything that was found."""
    rows = [
        (
            number,
            find.type or find.kind,
            len(find.text.splitlines()),
            find.path or (f"line {find.line}" if find.line else None),
            find.mid,
            " → ".join(find.read_as),
            "; ".join(f"{repair.what} ({repair.certainty})" for repair in find.repairs),
        )
        for number, find in enumerate(finds, 1)
    ]
    headers = ["#", "what", "lines", "where", "mid", "read as", "repaired"]
    return table(headers, rows, width, right=["#", "lines"], wrap=["where", "read as", "repaired"]) + "\n"


def difference(find: Find, name: str, *, show_secrets: bool) -> str:
    """What repairing changed, as a unified diff; nothing where nothing was."""
    texts = [find.text if find.original is None else find.original, find.text]
    before, after = ([_shown(line, show_secrets) for line in split(text, Limits())] for text in texts)
    return "".join(f"{escape(line)}\n" for line in difflib.unified_diff(before, after, name, name, lineterm=""))


def _shown(line: Line, show_secrets: bool) -> str:
    return line.text if show_secrets else mask(line.text)


def masked(find: Find) -> Find:
    """The same without secrets, in the text and in what was left out of it."""
    repairs = tuple(
        msgspec.structs.replace(repair, left_out=tuple(LeftOut(one.line, mask(one.text)) for one in repair.left_out))
        for repair in find.repairs
    )
    original = None if find.original is None else _masked_text(find.original)
    return msgspec.structs.replace(find, text=_masked_text(find.text), original=original, repairs=repairs)


def _masked_text(text: str) -> str:
    return "".join(map(str, mask_lines(split(text, Limits()))))
