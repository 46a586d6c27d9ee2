"""Texts as QR codes, on a terminal or as pictures. segno makes them, and is imported only for who wants one."""

import io
import shutil
from typing import TYPE_CHECKING, TextIO

from sdpkit.cli.streams import InputError

if TYPE_CHECKING:
    from segno import QRCode

_MOST = 2953  # bytes in the largest one (ISO/IEC 18004, version 40-L)
_SCALE = 4  # pixels of a module
PICTURES = (".png", ".svg", ".pdf", ".eps")


def qr_code(text: str) -> "QRCode":
    """A text as a QR code. Raises InputError when it is too long for any."""
    import segno  # noqa: PLC0415

    try:
        return segno.make(text, micro=False, error="l")
    except segno.DataOverflowError:
        message = f"{len(text):,} characters are too many for a QR code, which holds {_MOST:,}"
        raise InputError(f"{message}: pack it, and leave codecs and candidates out (sdpkit convert)") from None


def drawn(code: "QRCode", where: TextIO) -> str:
    """A QR code in block characters, two modules each. Raises InputError where a terminal has not enough columns."""
    needed, columns = code.symbol_size()[0], shutil.get_terminal_size().columns
    if where.isatty() and needed > columns:
        raise InputError(f"the QR code needs {needed} columns, and this terminal has {columns}")
    text = io.StringIO()
    code.terminal(out=text, compact=True)
    return text.getvalue()


def picture(code: "QRCode", suffix: str) -> bytes:
    """A QR code as a picture, of the kind that the end of a file's name says: one of PICTURES."""
    data = io.BytesIO()
    code.save(data, kind=suffix.removeprefix("."), scale=_SCALE)
    return data.getvalue()
