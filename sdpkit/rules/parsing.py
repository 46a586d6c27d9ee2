"""Refusals that no rule finds, and that no description can be an example of (SYN, STK).

The parser refuses a text beyond its limits, and edits refuse values that are none: both raise an `SDPError` with these
codes. STK001 is for `sdpkit validate --target`.
"""

from sdpkit.rules.rule import refusal


@refusal("SYN025", "sdpkit.Limits")
def too_many_characters() -> None:
    """The text has more characters than `Limits.characters` allows, which is 64 Mi unless said otherwise.

    No description comes near. It is refused before it is read, so that nobody can fill the memory with a text. Give
    the description alone, without the log or dump around it; from Python, `parse(text, limits=Limits(...))` takes
    other limits.
    """


@refusal("SYN026", "sdpkit.Limits")
def too_many_lines() -> None:
    """The text has more lines than `Limits.lines` allows, which is a million unless said otherwise.

    No description comes near. It is refused before it is read, so that nobody can fill the memory with a text. Give
    the description alone, without the log or dump around it; from Python, `parse(text, limits=Limits(...))` takes
    other limits.
    """


@refusal("SYN027", "sdpkit.Limits")
def too_long_a_line() -> None:
    """A line has more characters than `Limits.line_length` allows, which is 1 Mi unless said otherwise.

    No line of a description comes near. A file without line breaks is something else, such as JSON or a binary file.
    From Python, `parse(text, limits=Limits(...))` takes other limits.
    """


@refusal("SYN030", "RFC 8866 §5")
def line_break_in_a_value() -> None:
    """A value that is to be written into a description has a line break in it.

    A line ends where its value ends, so the rest of the value would be a line of its own: whoever may choose a name
    could add a candidate or a fingerprint. CR, LF and CRLF are refused in every edit from Python. Take them out of the
    value, or make several lines of it.
    """


@refusal("SYN031", "RFC 8866 §5")
def value_of_another_kind() -> None:
    """A value that is to be written into a description is none of that attribute or type.

    An edit from Python gave a number, a text or a value of another class where the attribute has its own, such as a
    string for `a=candidate`, or a value for an attribute that has none. Make the value with the class of the
    attribute, as in `Candidate.parse(text)`: what that attribute has is what `section.get(name)` gives.
    """


@refusal("STK001", "sdpkit validate --target")
def refused_without_a_finding() -> None:
    """The stack named by --target refuses the description, and none of the findings says why.

    The message has the stack's own error, as sdpkit's model of the stack predicts it. Either no rule knows the cause,
    or its rule is not for the profile that was chosen or guessed (--profile). `sdpkit explain` with the error text may
    name rules that are worth a look.
    """


@refusal("INT001", "sdpkit.intake.packed")
def not_whole_packed_line() -> None:
    """A packed description, which begins with `sdpk1.`, is not whole.

    It is one long line of letters and digits, and the last of it is missing or was changed: a message may have cut it,
    or broken it with blanks that do not belong there. Copy the whole line again.
    """


@refusal("INT002", "sdpkit.intake")
def nested_too_deeply() -> None:
    """JSON, or encodings in each other, are nested more deeply than anybody would write them.

    What unpacks to more and more is refused before it fills the memory. Unpack it yourself, and give the part with the
    description.
    """


@refusal("CNV001", "sdp-transform")
def no_dict_of_sdp_transform() -> None:
    """A dict that is to become SDP is none of the sdp-transform packages, or holds what they cannot write.

    It has the session's fields and a list of m-sections in `media`, as `sdp_transform.parse()` gives it. Values of
    other types than it gives, and line breaks in texts, are refused before they become lines that nobody meant.
    """


@refusal("CNV002", "W3C WebRTC §4.6.2")
def no_type() -> None:
    """JSON needs the type of a description, and whether this is an offer or an answer cannot be told.

    An RTCSessionDescription is a type and a text. The type shows in `a=setup`: actpass is an offer, active or passive
    an answer. A description without it says nothing: give the type, on the command line with `--type`.
    """


@refusal("CNV003", "RFC 8866 §6.6")
def no_such_codec() -> None:
    """Of the codecs that are to be kept, one is in no m-section.

    Codecs have the names that `a=rtpmap` has, in upper or lower case; those of payload types that need no `a=rtpmap`
    are in RFC 3551 §6, such as PCMU for 0. What there is, the message lists.
    """


@refusal("CNV004", "RFC 8866 §5.14")
def no_codec_left() -> None:
    """An m-section would have no codec left.

    An m= line needs a format. Keep a codec of each kind, as in `opus,vp8`, or reject the m-section: give it the port 0.
    """
