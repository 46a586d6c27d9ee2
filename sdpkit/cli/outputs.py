"""Files that commands write."""

import tempfile
from pathlib import Path

from sdpkit.cli.streams import InputError


def write_file(path: Path, data: bytes) -> None:
    """Writes a file; one that is there is overwritten. Raises InputError, which names it."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(f"{path}: it cannot be written: {error.strerror}") from None


def write_private_file(path: Path, data: bytes) -> None:
    """Writes a file that only its owner can read, at once: what was there stays until the new one is whole.

    Raises InputError, which names it.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:  # mode 0600
            file.write(data)
        Path(file.name).replace(path)
    except OSError as error:
        raise InputError(f"{path}: it cannot be written: {error.strerror}") from None
