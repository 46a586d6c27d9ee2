"""Untrusted text made fit for a terminal: nothing in it can move the cursor, change colours or reorder letters."""

import codecs


def escape(text: str) -> str:
    r"""The text with every character that is not printable written as its code.

    Not printable are controls, format characters such as those that turn the writing direction, line and paragraph
    separators, lone surrogates, and all blanks but the plain one.

    >>> escape("a\x1b[31mb\u202ec")
    'a\\x1b[31mb\\u202ec'
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _python_code(char) for char in text)


def escape_json(text: str) -> str:
    r"""JSON text with such characters written as JSON writes them. They can only stand inside its strings.

    >>> escape_json('{"name": "a\u202eb"}')
    '{"name": "a\\u202eb"}'
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _json_codes(char) for char in text)


def encode(text: str, encoding: str) -> bytes:
    r"""The text in an encoding; what that does not have is written as JSON writes it, so that JSON stays right.

    >>> encode('{"see": "RFC 8866 §9"}', "ascii")
    b'{"see": "RFC 8866 \\u00a79"}'
    """
    return text.encode(encoding, "sdpkit.codes")


def _as_codes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return _json_codes(error.object[error.start : error.end]), error.end


codecs.register_error("sdpkit.codes", _as_codes)


def _python_code(char: str) -> str:
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")


def _json_codes(text: str) -> str:
    units = text.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
