"""Files written anew so that nobody ever sees half of one."""

import os
import shutil
import tempfile
from pathlib import Path

from sdpkit.cli.streams import InputError


def replace_file(path: str, data: bytes) -> None:
    """Puts other bytes in place of those of a file at once. A link stays a link, owner and permissions stay.

    Raises InputError where that cannot be done; the file is then as it was.
    """
    target = Path(path).resolve()
    if not target.is_file():
        raise InputError("it cannot be written: this is no regular file")
    if not os.access(target, os.W_OK):
        raise InputError("it cannot be written: it is read-only")
    try:
        _replace(target, data)
    except OSError as error:
        raise InputError(f"it cannot be written: {error.strerror}") from None


def _replace(target: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=".sdpkit-", dir=target.parent)
    new = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _keep_owner(target, new)
        shutil.copymode(target, new)
        new.replace(target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _keep_owner(target: Path, new: Path) -> None:
    owner, group = target.stat().st_uid, target.stat().st_gid
    if (owner, group) != (new.stat().st_uid, new.stat().st_gid):
        os.chown(new, owner, group)
