"""What `[tool.sdpkit]` in the nearest pyproject.toml says."""

import tomllib
from pathlib import Path

import msgspec

from sdpkit.cli.streams import InputError


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The options of `sdpkit validate` that a project can set; those of the command line come first."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None
    target: str | None = None
    profile: str | None = None
    pedantic: bool = False


def read_settings(folder: Path) -> Settings:
    """The settings that hold in a folder: those of the first pyproject.toml from there upwards that has any.

    Raises InputError for a file that cannot be read, or says what no setting is.
    """
    for parent in (folder, *folder.parents):
        path = parent / "pyproject.toml"
        if path.is_file():
            try:
                table = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {}).get("sdpkit")
                if table is not None:
                    return msgspec.convert(table, Settings)
            except (OSError, ValueError, msgspec.ValidationError) as error:
                raise InputError(f"{path}: [tool.sdpkit]: {error}") from None
    return Settings()
