"""What `[tool.sdpkit]` in the nearest pyproject.toml says."""

import enum
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from sdpkit.cli.streams import InputError
from sdpkit.rules import Profile


class FailOn(enum.StrEnum):
    """What ends the program with 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


class Target(enum.StrEnum):
    """The stacks with a verdict."""

    CHROMIUM = "chromium"
    FIREFOX = "firefox"
    AIORTC = "aiortc"


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The options of `sdpkit validate` that a project can set; those of the command line come first."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: FailOn = FailOn.ERROR
    target: Target | None = None
    profile: Profile | None = None
    pedantic: bool = False


def read_settings(folder: Path) -> Settings:
    """The settings that hold in a folder: those of the first pyproject.toml from there upwards that has any.

    Raises InputError for a file that cannot be read, or says what no setting is.
    """
    for parent in (folder, *folder.parents):
        path = parent / "pyproject.toml"
        table = _table(path)
        if table is not None:
            return _settings(path, table)
    return Settings()


def _table(path: Path) -> Any:
    """The table of a file; None where there is none, or no file."""
    try:
        tools = tomllib.loads(path.read_text(encoding="utf-8")).get("tool")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(f"{path}: it cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: this is no TOML: {error}") from None
    return tools.get("sdpkit") if isinstance(tools, dict) else None


def _settings(path: Path, table: Any) -> Settings:
    try:
        return msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise InputError(f"{path}: [tool.sdpkit]: {error}; sdpkit validate --help has what is possible") from None
