"""A small picture in the terminal."""

from rich.color import Color
from rich.style import Style
from rich.text import Text

_UPPER_HALF = "▀"  # its foreground is the upper pixel, its background the lower one


def preview(pixels: bytes, width: int, height: int) -> Text:
    """A picture from rgb24 of an even height, two pixels to a character; terminals with fewer colours get fewer."""
    text = Text(no_wrap=True)
    for top in range(0, height, 2):
        for x in range(width):
            upper, lower = _colour(pixels, top * width + x), _colour(pixels, (top + 1) * width + x)
            text.append(_UPPER_HALF, Style(color=upper, bgcolor=lower))
        text.append("\n")
    return text


def _colour(pixels: bytes, place: int) -> Color:
    return Color.from_rgb(*pixels[place * 3 : place * 3 + 3])
