"""Escapes of source code and of pages, and the signs that stand for line breaks where these cannot be shown."""

import html
import re

_HEX = "[0-9A-Fa-f]"
_ESCAPE = re.compile(rf"\\(u\{{{_HEX}{{1,6}}\}}|u{_HEX}{{4}}|U{_HEX}{{8}}|x{_HEX}{{2}}|0[0-7]{{2}}|\r\n|.)", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "b": "\b", "f": "\f", "v": "\v", "\n": "", "\r\n": ""}
_BREAK_SIGNS = re.compile(
    r"[\v\f\x85\u2028\u2029]|␍␊|(?:[ \t]*(?:\r\n|\n|\r))?[↵⏎␤¶]|<br ?/?>(?:\r\n|\n|\r)?|\^M\n?", re.IGNORECASE
)


def unescape(text: str) -> str:
    r"""The text that an escaped one stands for, in JavaScript, JSON, Python, C, Go, Java or a shell's $'…'.

    >>> unescape(r"v=0\r\na=x:\u0041\/\"\q")
    'v=0\r\na=x:A/"q'
    """
    if "\\" not in text:
        return text
    plain = _ESCAPE.sub(_unescaped, text)
    # a character beyond U+FFFF may have been escaped as two
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    if code in _LETTERS:
        return _LETTERS[code]
    if len(code) == 1:
        return code
    number = int(code.strip("uUx{}"), 8 if code[0] == "0" else 16)
    return chr(number) if number < 0x110000 else found[0]


def with_breaks(text: str) -> str:
    """The text with line breaks where signs for them stand, or a page's markup.

    >>> with_breaks("v=0↵s=-↵"), with_breaks("v=0<br>s=-&quot;")
    ('v=0\\ns=-\\n', 'v=0\\ns=-"')
    """
    return _BREAK_SIGNS.sub("\n", html.unescape(text))
