import io

import pytest
from rich.console import Console

from sdpkit.report.preview import Preview, preview

_RED, _BLUE, _WHITE, _BLACK = b"\xff\0\0", b"\0\0\xff", b"\xff\xff\xff", b"\0\0\0"


def shown(picture: Preview, **options: object) -> str:
    out = io.StringIO()
    arguments: dict[str, object] = {"force_terminal": True, "width": 80, "no_color": False, "_environ": {}}
    Console(file=out, **{**arguments, **options}).print(picture, end="")  # type: ignore[arg-type]
    return out.getvalue()


def test_two_pixels_are_one_character() -> None:
    text = shown(preview(_RED + _BLUE, 1, 2), color_system="truecolor")
    assert text == "\x1b[38;2;255;0;0;48;2;0;0;255m▀\x1b[0m\n"


def test_rows_and_columns() -> None:
    text = shown(preview(_WHITE * 6 + _BLACK * 6, 3, 4), no_color=True, color_system="truecolor")
    assert text == "@@@\n   \n"


def test_terminals_with_256_colours_get_the_nearest() -> None:
    assert shown(preview(_RED + _BLUE, 1, 2), color_system="256") == "\x1b[38;5;196;48;5;21m▀\x1b[0m\n"


@pytest.mark.parametrize("options", [{"color_system": None}, {"no_color": True}, {"_environ": {"NO_COLOR": "1"}}])
def test_without_colours_it_is_in_shades_of_grey(options: dict[str, object]) -> None:
    if "_environ" in options:
        options = {**options, "no_color": None}
    ramp = b"".join(bytes([level]) * 3 for level in range(256))
    text = shown(preview(ramp * 2, 256, 2), **{"width": 300, **options}).strip("\n")
    assert "\x1b" not in text
    assert list(dict.fromkeys(text)) == list(" .:-=+*#%@")


@pytest.mark.parametrize(("width", "height"), [(1, 1), (2, 2), (1, 4)])
def test_other_sizes_than_the_pixels_have(width: int, height: int) -> None:
    with pytest.raises(ValueError, match="are no rgb24 picture"):
        preview(_WHITE * 2 if height % 2 == 0 else _WHITE, width, height)


def test_nothing_to_show() -> None:
    assert shown(preview(b"", 0, 0)) == ""
