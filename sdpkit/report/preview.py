"""A small picture in the terminal."""

from collections.abc import Iterator
from functools import lru_cache

from rich.color import Color
from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style

_UPPER_HALF = "▀"  # its foreground is the upper pixel, its background the lower one
_ROUNDED = bytes(level & 0xF0 | level >> 4 for level in range(256))  # few colours are shown faster than many
_GREYS = " .:-=+*#%@"  # from black to white, where there are no colours
_LUMA = (299, 587, 114)  # how bright red, green and blue are, in thousandths (ITU-R BT.601)


class Preview:
    """A picture as rich shows it, two pixels to a character.

    Terminals with fewer colours get the nearest ones. Where there are none (NO_COLOR, TERM=dumb) or no half blocks,
    it is in characters that are as dense as the picture is bright.
    """

    def __init__(self, pixels: bytes, width: int, height: int) -> None:
        """`pixels` are rgb24, rows from the top. Raises ValueError when they are not of that size."""
        if len(pixels) != width * height * 3 or height % 2:
            raise ValueError(f"{len(pixels)} bytes are no rgb24 picture of {width}x{height} with an even height")
        pixels = pixels.translate(_ROUNDED)
        self._rows = [pixels[start : start + width * 3] for start in range(0, len(pixels), width * 3 or 1)]
        self._width = width

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        plain = console.no_color or console.color_system is None or options.ascii_only
        for upper, lower in zip(self._rows[::2], self._rows[1::2], strict=True):
            for start in range(0, len(upper), 3):
                pair = upper[start : start + 3], lower[start : start + 3]
                yield Segment(_grey(*pair)) if plain else Segment(_UPPER_HALF, _colours(*pair, console.color_system))
            yield Segment.line()

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(self._width, self._width)


def preview(pixels: bytes, width: int, height: int) -> Preview:
    """A picture for rich from rgb24 of an even height. Raises ValueError when it is not that."""
    return Preview(pixels, width, height)


@lru_cache(1 << 14)
def _colours(upper: bytes, lower: bytes, system: str | None) -> Style:
    """A style keeps how it is first rendered, so there is one for each colour system."""
    return Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))


def _grey(upper: bytes, lower: bytes) -> str:
    brightness = sum(weight * (above + below) for weight, above, below in zip(_LUMA, upper, lower, strict=True))
    return _GREYS[brightness * len(_GREYS) // (2 * 1000 * 256)]
