"""The text itself: lines, line ends, characters (SYN)."""

import html
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from sdpkit.finding import Edit, Finding, Fix, Severity, shorten
from sdpkit.rules.examples import OFFER
from sdpkit.rules.rule import WEB, Hit, Subject, at, drop, found_by_parser, place, rewrite, rule
from sdpkit.sdp.attributes import ATTRIBUTES, Level
from sdpkit.sdp.decoding import decode, key_of
from sdpkit.sdp.description import SessionDescription
from sdpkit.sdp.lines import Line
from sdpkit.sdp.section import DIRECTIONS, Section

# Lines whose text is for people; RFC 8866 §5 and §9 let them hold any character but NUL, CR and LF.
_FREE = {"s=", "i=", "e=", "p=", "a=tool", "a=cat", "a=keywds"}
# Lines whose values may be any bytes too, though not for people (RFC 8866 §6.15, RFC 5576 §10).
_BYTE_STRINGS = {"a=fmtp", "a=ssrc"}
# The beginning of a field that no value holds by chance; the lengths are bounded to keep the search linear.
_FIELD = re.compile(
    r"v=0|o=[^ ]{1,64} [0-9]{1,20} |s=-|t=[0-9]{1,20} [0-9]|c=IN |m=[a-z]{4,11} [0-9]|b=[A-Z]{2,4}:|a=[a-z][a-z-]{2,30}"
)
_ESCAPES = re.compile(r"(?:\\r\\n|\\n|\\r|↵)(?:(?=[a-z]=)|$)")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
_INVISIBLE = dict.fromkeys((0xFEFF, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0x00AD), "") | {0xA0: " "}
_TYPOGRAPHIC = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2010: "-", 0x2011: "-", 0x2013: "-", 0x2014: "-"}
EVERYTHING = "-…\n" * len(OFFER.splitlines())
"""The change that leaves nothing of the example."""
_BYTES = range(0xDC80, 0xDD00)
"""What stands for bytes that are no UTF-8 (PEP 383)."""
_ONCE = (
    *("mid", "setup", "ice-ufrag", "ice-pwd", "ice-options", "ptime", "maxptime", "rtcp", "rtcp-mux"),
    *("sctp-port", "max-message-size", "tls-id", "bundle-only", "end-of-candidates"),
)
"""The attributes that one level may hold only once; what is said of a=simulcast is RID005."""


_NO_BLANK_BEHIND = {"o=", "m=", "a=mid", "a=setup", "a=fingerprint", "a=ice-ufrag", "a=ice-pwd"}
"""The lines that Chromium refuses with a blank at their end."""


def values(section: Section, name: str) -> Iterator[tuple[Line, Any]]:
    """The lines of one attribute or type, each with its typed value, without those that cannot be read."""
    for line in section.lines_of(name):
        value = decode(line)
        if value is not None:
            yield line, value


def put_right(subject: Subject, code: str, right: Callable[[Line, Finding], Fix | None]) -> Iterator[Hit]:
    """What the parser itself finds under a code, with the fix that it has none of."""
    lines = subject.description.lines
    for finding in subject.findings:
        if finding.code == code and lines:
            line, span = lines[finding.span.line - 1], finding.span
            fix = right(line, finding)
            yield Hit(line, finding.message, span.start - 1, span.end - 1, finding.help, fix, finding.severity)


def has_lost_its_lines(description: SessionDescription) -> bool:
    """Whether the text has other breaks than line ends, or none: then little can be said of what it lacks."""
    return _is_json(description) or any(_is_run_together(line) or _is_escaped(line) for line in description.lines)


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The word that was probably meant: the same in another case, or with a letter or two mistyped.

    >>> nearest("ice-ufrg", ["ice-pwd", "ice-ufrag"]), nearest("Mid", ["mid"]), nearest("x-rtp", ["rtcp"])
    ('ice-ufrag', 'mid', None)
    """
    words = tuple(words)
    same = next((known for known in words if known.lower() == word.lower()), None)
    if same or len(word) < 4 or len(word) > 40 or word[:2].lower() == "x-":
        return same
    most = 1 if len(word) < 8 else 2
    alike = (known for known in words if abs(len(known) - len(word)) <= most and not word.startswith(f"{known}-"))
    close = ((_distance(word, known), known) for known in alike)
    best = min(close, default=(most + 1, ""))
    return best[1] if best[0] <= most else None


@lru_cache(maxsize=4096)
def _distance(a: str, b: str) -> int:
    """How many letters to insert, take away, replace or swap with their neighbour make one word the other."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        before, last, row = row, before, [i]
        for j, other in enumerate(b, 1):
            row.append(min(row[-1] + 1, before[j] + 1, before[j - 1] + (letter != other)))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                row[j] = min(row[j], last[j - 2] + 1)
    return row[-1]


@found_by_parser("SYN001", Severity.ERROR, "RFC 8866 §5", bad=EVERYTHING)
def empty_text() -> None:
    """The text is empty, or there are only blanks in it.

    Often the variable was never set, or the answer came before it was written. Chromium says "Expect line: v=",
    Firefox "End of line beyond end of buffer". aiortc takes it for a description without m-sections, and answers.
    """


@rule(
    "SYN002",
    Severity.ERROR,
    "RFC 8866 §5",
    bad="-…\n" * len(OFFER.splitlines())
    + r'+{"type":"offer","sdp":"v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"}',
)
def json_text(subject: Subject) -> Iterator[Hit]:
    """The text is JSON, not SDP.

    A whole RTCSessionDescription was given where only its `sdp` belongs, or a server sent an error message. Chromium
    says "Expect line: v=" and cites the JSON; Firefox says "End of line beyond end of buffer"; aiortc takes it for a
    description without m-sections. Pass on the value of `sdp` alone.
    """
    description = subject.description
    if not _is_json(description):
        return
    lines = description.lines
    sdp = _embedded(json.loads(str(description)))
    if sdp is None:
        yield Hit(lines[0], "this is JSON without any SDP in it", help="see what the server wanted to say")
    else:
        text = "\n".join(sdp.splitlines()) + "\n" * (not lines[0].ending)
        edits = (Edit(lines[0].number, text), *(Edit(line.number, None) for line in lines[1:]))
        fix = Fix("take the SDP out of the JSON", True, edits)
        yield Hit(lines[0], "the description is wrapped in JSON", help="pass on the value of sdp alone", fix=fix)


def _is_json(description: SessionDescription) -> bool:
    lines = description.lines
    first = next((line.text.strip() for line in lines if line.text.strip()), "")
    if first[:1] not in tuple('{["'):
        return False
    try:
        return isinstance(json.loads(str(description)), dict | list | str)
    except (ValueError, RecursionError):
        return False


def _embedded(value: Any) -> str | None:
    """The first text in JSON that is SDP."""
    waiting = [value]
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, str) and value.lstrip().startswith("v=0"):
            return value
        if isinstance(value, dict | list):
            waiting += value.values() if isinstance(value, dict) else value
    return None


@rule(
    "SYN003",
    Severity.ERROR,
    "RFC 8866 §5",
    bad="-s=-\n-t=0 0\n+s=-\\r\\nt=0 0",
)
def escaped_line_ends(subject: Subject) -> Iterator[Hit]:
    r"""Lines end with a backslash and a letter, as in `\r\n`, where there should be real line ends.

    The text was copied out of a JSON string, a log or source code without being unescaped. Chromium takes all of it
    for one line and refuses it, Firefox too; aiortc fails with a ValueError.
    """
    lines = [line for line in subject.description.lines if _is_escaped(line)]
    if lines and not _is_json(subject.description):
        found = _ESCAPES.search(lines[0].text)
        assert found is not None
        fix = Fix(
            "put real line ends in their place", True, tuple(Edit(line.number, _unescaped(line)) for line in lines)
        )
        yield Hit(lines[0], f'"{found[0]}" stands where a line should end', found.start(), found.end(), fix=fix)


def _unescaped(line: Line) -> str:
    text = _ESCAPES.sub("\n", line.text)
    return text.removesuffix("\n") if line.ending else text


def _is_escaped(line: Line) -> bool:
    # a free text may end with whatever it likes, so a single one at its end is none
    found = _ESCAPES.search(line.text) if "\\" in line.text or "↵" in line.text else None
    return found is not None and (found.end() < len(line.text) or key_of(line) not in _FREE)


@rule(
    "SYN004",
    Severity.ERROR,
    "RFC 8866 §5",
    bad="-s=-\n-t=0 0\n-a=group:BUNDLE 0 1 2\n+s=- t=0 0 a=group:BUNDLE 0 1 2",
)
def lost_line_ends(subject: Subject) -> Iterator[Hit]:
    """Several lines stand in one: their line ends were lost on the way.

    HTML pages, input fields and shells swallow line ends. Chromium, Firefox and aiortc all refuse the text; Chromium
    cites all of it as its first line. Where the lines ended can mostly be told, but not for certain.
    """
    for line in subject.description.lines:
        if _is_run_together(line):
            starts = [found.start() for found in _FIELD.finditer(line.text)]
            split = [line.text[a:b].strip() for a, b in pairwise([*starts, len(line.text)])]
            text = line.text[: starts[0]] + "\n".join([*split, *([] if line.ending else [""])])
            fix = rewrite(line, text, "begin a new line at each field", safe=False)
            yield Hit(line, f"{len(starts)} lines stand in one", fix=fix)


def _is_run_together(line: Line) -> bool:
    if len(line.text) <= 20 or line.text.count("=") < 3:  # each field has one
        return False
    return len(_FIELD.findall(line.text)) > 2 and not _ESCAPES.search(line.text)


@rule("SYN005", Severity.ERROR, "RFC 8866 §9", bad="-a=max-message-size:262144\n+a=max-message-size:262144␃")
def unended_last_line(subject: Subject) -> Iterator[Hit]:
    """The last line has no line end.

    Every line ends with CRLF, the last one too; mostly `trim()` or copying took it away. Chromium refuses the whole
    description and says "Invalid SDP line." of that last line. Firefox and aiortc do not mind.
    """
    lines = subject.description.lines
    last = lines[-1] if lines else Line(0, 0, "", "")
    if last.text.strip() and not last.ending and not has_lost_its_lines(subject.description):
        fix = rewrite(last, last.text, "end the last line with CRLF")
        yield Hit(last, f'the last line, "{shorten(last.text)}", has no line end', len(last.text), fix=fix)


@rule("SYN006", Severity.NOTE, "RFC 8866 §5", bad="-t=0 0\n+t=0 0␊")
def bare_line_feeds(subject: Subject) -> Iterator[Hit]:
    """Lines end with LF alone, not with CRLF.

    Parsers should accept that, and Chromium, Firefox and aiortc do. It matters where the text is compared or signed.
    """
    lines = [line for line in subject.description.lines if line.ending == "\n"]
    if lines:
        fix = Fix("end all lines with CRLF", True, tuple(Edit(line.number, line.text) for line in lines))
        count = f"{len(lines)} lines end" if len(lines) > 1 else "this line ends"
        yield Hit(lines[0], f"{count} with LF alone", len(lines[0].text), fix=fix)


@rule("SYN007", Severity.ERROR, "RFC 8866 §5", bad="-t=0 0\n+t=0 0␍")
def carriage_returns(subject: Subject) -> Iterator[Hit]:
    """Lines end with CR alone, or with CR CR LF.

    LF was made CRLF twice, or the text went through a program that knows only CR. Chromium refuses both; Firefox
    refuses CR alone; aiortc does not mind.
    """
    lines = subject.description.lines
    found = [line for line in lines if line.ending == "\r"]
    if found:
        # CR CR LF reads as a line that ends with CR, and an empty one
        empty = [line for before, line in pairwise(lines) if before.ending == "\r" and not line.text]
        edits = *(Edit(line.number, line.text) for line in found), *(Edit(line.number, None) for line in empty)
        how = "CR CR LF" if empty else "CR alone"
        count = f"{len(found)} lines end" if len(found) > 1 else "this line ends"
        fix = Fix("end all lines with CRLF", True, edits)
        yield Hit(found[0], f"{count} with {how}", len(found[0].text), fix=fix)


@rule("SYN008", Severity.ERROR, "RFC 8866 §5", bad="-t=0 0\n+t=0 0\n+")
def blank_line(subject: Subject) -> Iterator[Hit]:
    """There is an empty line, or one of blanks alone.

    SDP has none, not even at the end. Chromium refuses the description wherever it stands. Firefox refuses one before
    v=, and stops reading at one further down without a word, so that it then misses m-sections or mids. aiortc skips
    it. Take it away.
    """
    yield from put_right(subject, "SYN008", lambda line, _: drop(line))


@rule("SYN009", Severity.ERROR, "RFC 8866 §5", bad="-a=mid:0\n+a=mid:0\u00a0")
def not_ascii(subject: Subject) -> Iterator[Hit]:
    """There is a character that is not ASCII, such as a typographic quote or a blank that does not break.

    Word processors, chats and web pages put them in. Only texts for people, such as s=, may have them, in UTF-8.
    Firefox refuses every description with one ("SDP contains non ASCII characters at position N"); Chromium stumbles
    over the value that it stands in. Type the line again, or copy it from where it was made.
    """
    yield from put_right(subject, "SYN009", lambda line, _: _in_ascii(line))
    for line in subject.description.lines:
        if line.text.isascii():
            continue
        place = next(index for index, letter in enumerate(line.text) if letter > "\x7f")
        if place == 0 and line.text[0] == "\ufeff":
            continue  # the parser itself finds a byte order mark
        if key_of(line) not in _FREE | _BYTE_STRINGS and not _is_unknown(line):
            yield Hit(line, f"{_name(line.text[place])} is not ASCII", place, place + 1, fix=_in_ascii(line))
        elif subject.profile in WEB:
            message = f"{_name(line.text[place])} is not ASCII: legal here, but Firefox refuses it"
            yield Hit(line, message, place, place + 1, severity=Severity.WARNING)


def _is_unknown(line: Line) -> bool:
    """Whether a line is an attribute of which nothing is known, so that its value may be anything."""
    return line.type == "a" and key_of(line)[2:] not in ATTRIBUTES and line.text[2:].isprintable()


def _name(letter: str) -> str:
    if ord(letter) in _BYTES:
        return f"the byte 0x{ord(letter) - 0xDC00:02X}"
    return f"U+{ord(letter):04X} ({unicodedata.name(letter, 'no name').lower()})"


def _in_ascii(line: Line) -> Fix | None:
    """The line without the characters that are not ASCII, where something is known to take their place."""
    visible = line.text.translate(_INVISIBLE)
    text = visible.translate(_TYPOGRAPHIC)
    if not text.isascii():
        return None
    return rewrite(line, text.rstrip(" "), "write the line in ASCII", safe=visible.isascii())


@rule("SYN010", Severity.ERROR, "RFC 8866 §5", bad="-t=0 0\n+  t=0 0")
def indented_line(subject: Subject) -> Iterator[Hit]:
    """Something stands before the type letter: blanks, or a `>` of a quoted mail.

    A line begins with its letter. Descriptions in source code are easily indented with the code around them. Chromium
    and Firefox refuse the description; aiortc takes an indented one for a description without m-sections.
    """
    yield from put_right(
        subject,
        "SYN010",
        lambda line, _: rewrite(line, line.text.lstrip(" \t>|\xa0"), "take away what stands before it"),
    )


@rule("SYN011", Severity.WARNING, "RFC 8866 §9", bad="-a=setup:actpass\n+a=setup:actpass ")
def blanks_around_value(subject: Subject) -> Iterator[Hit]:
    """There are blanks before or behind a value.

    The end of a line is easily hit by an editor or a template. Chromium refuses the description when they stand in
    o=, m=, a=mid, a=setup, a=fingerprint or the ICE credentials, Firefox in a=fingerprint; aiortc fails with a
    KeyError in a=setup. Take them away.
    """
    for hit in put_right(subject, "SYN011", _without_blanks):
        fatal = hit.end == len(hit.line.text) and key_of(hit.line) in _NO_BLANK_BEHIND
        yield hit._replace(severity=Severity.ERROR) if fatal else hit


def _without_blanks(line: Line, finding: Finding) -> Fix:
    text = line.text[: finding.span.start - 1] + line.text[finding.span.end - 1 :]
    return rewrite(line, text.rstrip(" \t"), "take the blanks away")


@rule("SYN012", Severity.ERROR, "RFC 8866 §5", bad="-t=0 0\n+t= 0 0")
def blanks_around_equals_sign(subject: Subject) -> Iterator[Hit]:
    """There are blanks before or behind the equals sign.

    The type letter, the equals sign and the value follow each other directly; only `s= ` is written that way, for a
    session without a name. Chromium refuses the description, Firefox only where the blanks stand before the sign.
    """
    yield from put_right(subject, "SYN012", lambda line, _: rewrite(line, _tightened(line), "take the blanks away"))
    for line in subject.description.lines:  # the parser itself finds blanks before the sign only
        if line.text[2:3] in ("\t", " ") and line.type.isalpha() and line.type not in "si":
            end = len(line.text) - len(line.value.lstrip(" \t"))
            fix = rewrite(line, _tightened(line), "take the blanks away")
            yield Hit(line, f'blanks behind "{line.text[:2]}"', 2, end, fix=fix)


def _tightened(line: Line) -> str:
    """The line without blanks around its equals sign."""
    letter, _, value = line.text.partition("=")
    return letter.rstrip() + "=" + value.lstrip(" \t")


@found_by_parser("SYN013", Severity.ERROR, "RFC 8866 §9", bad="-t=0 0\n+t=0 0\n+garbage")
def no_type_and_value() -> None:
    """A line is not a letter, an equals sign and a value.

    The rest of a longer line, a log message, or something that is no SDP at all. Chromium says "Invalid SDP line.";
    Firefox stops reading there and then misses something else, such as a=rtcp-mux.
    """


@rule("SYN014", Severity.ERROR, "RFC 8866 §5", bad="-t=0 0\n+t=0 0\n+x=1")
def unknown_type(subject: Subject) -> Iterator[Hit]:
    """A line has a type letter that does not exist.

    A parser must refuse or ignore the whole description then, because new letters are not foreseen. Firefox refuses
    it, Chromium too when the line stands before the first m= line.
    """
    yield from put_right(subject, "SYN014", lambda line, _: drop(line, safe=False))


@rule(
    "SYN015",
    Severity.ERROR,
    "RFC 8866 §9",
    bad="-m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n+m=audio  9 UDP/TLS/RTP/SAVPF 111 0",
)
def several_blanks(subject: Subject) -> Iterator[Hit]:
    """Fields are separated by a tab, or by more than one blank.

    It is one single blank everywhere. Chromium counts the fields wrongly and refuses the description, aiortc too
    mostly; Firefox accepts tabs.
    """
    yield from put_right(
        subject,
        "SYN015",
        lambda line, _: rewrite(line, re.sub("[ \t]+", " ", line.text).rstrip(" "), "write one blank"),
    )


@rule("SYN016", Severity.ERROR, "RFC 8866 §9", bad="-s=-\n+s=a\0b", pedantic=True)
def null_character(subject: Subject) -> Iterator[Hit]:
    """There is a NUL character in a line.

    No text may have one; often the end of a buffer of a C program was sent too. Firefox refuses the description,
    Chromium takes it. What stands behind the NUL may never have been meant.
    """
    for line in subject.description.lines:
        if "\0" in line.text:
            fix = rewrite(line, line.text.replace("\0", ""), "take the NUL away", safe=False)
            yield at(line, "\0", "a NUL character stands here", fix=fix)


@rule(
    "SYN017",
    Severity.ERROR,
    "RFC 8866 §9",
    bad="-a=candidate:1…\n+a=candidate:1 1 udp 2122260223 192.0.2.10 54321\n+ typ host",
)
def folded_line(subject: Subject) -> Iterator[Hit]:
    """A line was broken in two.

    Mail programs and terminals wrap long lines, fingerprints and candidates first. SDP knows no continuation, so that
    both halves are wrong: Chromium says "Expects 2 fields." of a fingerprint, Firefox "Only one token in fingerprint
    attribute", aiortc fails too. Join the two lines.
    """
    for line, rest in pairwise(subject.description.lines):
        whole = None if rest.type else _joined(line, rest)
        if whole is not None:
            fix = Fix("join the two lines", True, (Edit(line.number, whole), Edit(rest.number, None)))
            message = f'"{shorten(rest.text.strip())}" is the rest of the line above'
            yield Hit(rest, message, fix=fix, related=(place(line, "the line that it continues"),))


def _joined(line: Line, rest: Line) -> str | None:
    """The line together with the next one, if that is no line by itself and the two make a value that fits."""
    key = key_of(line)
    tail = rest.text.strip(" \t")
    if not key or key in _FREE or not tail or key_of(Line(0, 0, tail, "")):
        return None
    blank = " " if rest.text[0] in " \t" else ""
    for text in (f"{line.text}{blank}{tail}", f"{line.text} {tail}"):
        whole = Line(0, 0, text, "")
        if key_of(whole) == key and decode(whole) is not None and not whole.faults and key[2:] in ("", *ATTRIBUTES):
            return text
    return None


@rule("SYN018", Severity.ERROR, "RFC 3264 §5", bad="-v=0\n+Offer:\n+v=0")
def more_than_a_description(subject: Subject) -> Iterator[Hit]:
    """There is more in the text than one description.

    A heading, code fences, entities of HTML, or a second description came along when it was copied. Chromium refuses
    text before v= ("Expect line: v="), and two descriptions mostly for a mid that is there twice; Firefox uses only
    the first of two without a word; aiortc ignores what stands before v=. Cut out one description.
    """
    lines = subject.description.lines
    starts = [index for index, line in enumerate(lines) if line.text == "v=0"]
    if not starts:
        return
    around = [line for line in lines[: starts[0]] if _is_foreign(line) and line.text.strip()]
    end = next((index for index in range(len(lines), 0, -1) if not _is_foreign(lines[index - 1])), 0)
    around += [line for line in lines[max(end, starts[0]) :] if line.text.strip()]
    if around:
        fix = drop(*around) if len(starts) == 1 else None
        yield Hit(around[0], f'"{shorten(around[0].text.strip())}" does not belong to the description', fix=fix)
    for index in starts[1:]:
        yield Hit(lines[index], "a second description begins here", help="give only one of them")
    for line in lines:
        if "&" in line.text and key_of(line) not in _FREE and (found := _ENTITY.search(line.text)):
            fix = rewrite(line, html.unescape(line.text), "write what it stands for", safe=False)
            yield Hit(line, f'"{found[0]}" is an entity of HTML', found.start(), found.end(), fix=fix)


def _is_foreign(line: Line) -> bool:
    """Whether a line is text that belongs to no description, or blank."""
    return not line.type and (not line.text.strip() or not re.match(r"[\s>|\ufeff]*[a-zA-Z][ \t]*=", line.text))


@rule("SYN019", Severity.ERROR, "RFC 8866 §5", bad="-t=0 0\n+T=0 0")
def upper_case_type(subject: Subject) -> Iterator[Hit]:
    """A type letter is in upper case.

    The case of letters matters in SDP, so that this is another line than the one that was meant. Chromium says
    "Expect line: t=" and the like, Firefox misses the line too. Write it in lower case.
    """
    yield from put_right(
        subject, "SYN019", lambda line, _: rewrite(line, line.text[0].lower() + line.text[1:], "write it in lower case")
    )


_FAMILIAR = {
    *("candidate", "end-of-candidates", "ice-ufrag", "ice-pwd", "ice-options", "ice-lite", "remote-candidates"),
    *("fingerprint", "setup", "tls-id", "crypto", "mid", "group", "bundle-only", "msid", "msid-semantic", "ssrc"),
    *("ssrc-group", "rid", "simulcast", "extmap", "extmap-allow-mixed", "rtpmap", "fmtp", "rtcp", "rtcp-fb"),
    *("rtcp-mux", "rtcp-mux-only", "rtcp-rsize", "ptime", "maxptime", "framerate", "imageattr", "sctp-port"),
    *("max-message-size", "sctpmap", "control", "range", "source-filter", "identity", *DIRECTIONS),
}


@rule("SYN020", Severity.WARNING, "RFC 8866 §5.13", bad="-a=ice-ufrag:abcd\n+a=ice-ufrg:abcd")
def misspelled_attribute(subject: Subject) -> Iterator[Hit]:
    """An attribute is unknown, but almost has the name of a known one.

    Unknown attributes are ignored without a word, and the case of names matters. Chromium, Firefox and aiortc then
    miss what was meant, and complain about something else or not at all.
    """
    for name, line in _unknown_attributes(subject):
        word, blank, value = line.text[2:].partition(" ")
        if blank and value and word in _FAMILIAR - {*DIRECTIONS}:
            fix = rewrite(line, f"a={word}:{value}", "write a colon", safe=False)
            yield Hit(
                line, f'a blank stands behind "{word}" where a colon should', 2 + len(word), 3 + len(word), fix=fix
            )
        elif meant := nearest(name, _FAMILIAR):
            fix = rewrite(line, f"a={meant}{line.text[2 + len(name) :]}", f"write a={meant}", safe=False)
            message = f'there is no attribute "{name}"; was "{meant}" meant?'
            yield Hit(line, message, 2, 2 + len(name), fix=fix)


def _unknown_attributes(subject: Subject) -> Iterator[tuple[str, Line]]:
    """The lines of attributes that have a name, but none that is known."""
    for section in (subject.description, *subject.media):
        for name, lines in section.attributes.items():
            if name and name not in ATTRIBUTES:
                yield from ((name, line) for line in lines)


@rule("SYN021", Severity.WARNING, "RFC 8829 §5.8.2", bad="-a=sendrecv\n+a=sendrecv\n+a=recvonly", pedantic=True)
def repeated_attribute(subject: Subject) -> Iterator[Hit]:
    """An attribute stands twice where only one has a meaning.

    Which one counts is left to chance: Chromium takes the last mid or direction, other programs the first. Mostly a
    line was added where another one should have been changed.
    """
    for section in (subject.description, *subject.media):
        for names in (*((name,) for name in _ONCE), DIRECTIONS):
            lines = sorted((line for name in names for line in section.lines_of(name)), key=lambda line: line.number)
            for line in lines[1:]:
                message = f'"{shorten(line.text)}" stands beside "{shorten(lines[0].text)}"'
                yield Hit(line, message, related=(place(lines[0], "the first one"),))


@rule("SYN022", Severity.WARNING, "RFC 8866 §5.13", bad="-a=mid:0\n+a=mid:0\n+a=ice-lite")
def attribute_at_wrong_level(subject: Subject) -> Iterator[Hit]:
    """An attribute stands in an m-section but is for the whole session, or the other way round.

    It is ignored there: Chromium and Firefox drop candidates and a=rtcp-fb before the first m= line, and a=ice-lite and
    a=group behind it, without a word. Move the line.
    """
    if subject.description.is_fragment:
        return  # there, attributes of m-sections stand before the first one too
    for line in _of_level(Level.MEDIA, subject.description):
        edits = _moved(line, subject.media[0].lines[-1]) if len(subject.media) == 1 else ()
        fix = Fix("move it into the m-section", False, edits) if edits else None
        yield Hit(line, f"{key_of(line)} belongs into an m-section", 0, len(key_of(line)), fix=fix)
    for section in subject.media:
        for line in _of_level(Level.SESSION, section):
            edits = _moved(line, subject.description.session_lines[-1]) if subject.description.session_lines else ()
            fix = Fix("move it before the first m= line", False, edits) if edits else None
            yield Hit(line, f"{key_of(line)} belongs before the first m= line", 0, len(key_of(line)), fix=fix)


def _moved(line: Line, behind: Line) -> tuple[Edit, ...]:
    return Edit(line.number, None), Edit(behind.number, f"{behind.text}\n{line.text}")


def _of_level(level: Level, section: Section) -> Iterator[Line]:
    """The lines of attributes that are for this level only."""
    for name, lines in section.attributes.items():
        if name in ATTRIBUTES and ATTRIBUTES[name].level is level:
            yield from lines


@rule("SYN023", Severity.ERROR, "RFC 8866 §5.13", bad="-a=mid:0\n+a=mid:0\n+a=")
def attribute_without_name_or_value(subject: Subject) -> Iterator[Hit]:
    """An attribute has no name, or lacks the value that it must have.

    Often a template whose variable was empty. Chromium says "Invalid SDP line." of `a=`, Firefox "No attribute type
    specified, parse failed." Give it its value, or take the line away.
    """
    yield from put_right(subject, "SYN023", lambda line, _: drop(line, safe=False))


@rule(
    "SYN024",
    Severity.NOTE,
    "RFC 8866 §6.7",
    profiles=WEB,
    bad="-t=0 0\n+t=0 0\n+a=recvonly\n-a=sendrecv",
    pedantic=True,
)
def direction_for_session(subject: Subject) -> Iterator[Hit]:
    """The direction is written once for the whole session.

    That is legal, and Chromium and Firefox understand it. aiortc does not: its createAnswer fails with "None is not in
    list". Write the direction into each m-section.
    """
    sections = [section for section in subject.media if section.own_direction is None]
    for direction in DIRECTIONS if sections else ():
        for line in subject.description.lines_of(direction):
            edits = (Edit(section.lines[-1].number, f"{section.lines[-1].text}\n{line.text}") for section in sections)
            fix = Fix("copy it into each m-section", True, tuple(edits))
            yield Hit(line, f"{len(sections)} m-sections have their direction only from here", fix=fix)


@rule("SYN028", Severity.ERROR, "RFC 8866 §5.13", bad="-a=rtcp-mux\n+a=rtcp-mux:1")
def value_of_flag(subject: Subject) -> Iterator[Hit]:
    """An attribute that is only there or not has a value.

    Such an attribute is a flag: `a=rtcp-mux` says all. With a value, programs that compare the whole line overlook it.
    """
    yield from put_right(
        subject, "SYN028", lambda line, _: rewrite(line, line.text.partition(":")[0], "take the value away", safe=False)
    )


@found_by_parser("SYN029", Severity.ERROR, "RFC 8866 §5.13", bad="-a=mid:0\n+a=mid:0 1")
def value_that_does_not_fit() -> None:
    """The value of a line is not what such a line may hold.

    The message says what was expected where. Programs ignore such a line or refuse the whole description, each in its
    own way.
    """
