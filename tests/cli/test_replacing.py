"""Files written anew: at once, with all that they were but their bytes."""

import os
import stat
from pathlib import Path

import pytest

from sdpkit.cli.replacing import replace_file
from sdpkit.cli.streams import InputError


def test_other_bytes_with_the_same_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.sdp"
    path.write_bytes(b"old")
    path.chmod(0o640)
    replace_file(str(path), b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "a.sdp", tmp_path / "link.sdp"
    path.write_bytes(b"old")
    link.symlink_to("a.sdp")
    replace_file(str(link), b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"


def test_a_file_that_fails_to_be_written_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.sdp"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="it cannot be written: No space left on device"):
        replace_file(str(path), b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_read_only_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.sdp"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write what others may not
    with pytest.raises(InputError, match="it is read-only"):
        replace_file(str(path), b"new")
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("path", [os.devnull, ".", "nowhere"])
def test_only_regular_files_are_replaced(path: str) -> None:
    with pytest.raises(InputError, match="no regular file"):
        replace_file(path, b"new")
