"""A moving test picture that says in itself which frame it is."""

import asyncio
import colorsys
from binascii import crc_hqx
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from av import VideoFrame

from sdpkit.outcome import Opened
from sdpkit.peer.source import VIDEO_CLOCK, Feed

_WIDTHS = range(64, 7681, 2)
_HEIGHTS = range(64, 4321, 2)
_BLACK, _WHITE, _NEUTRAL = 16, 235, 128  # of luma, and chroma without a colour

# The counter is burnt in as two rows of cells, each black or white: 24 bits of the number, then 16 bits of its CRC.
# Twenty cells in a row are each as wide as a block of the codecs even in a picture 160 pixels wide.
_NUMBER_BITS = 24
_CHECK_BITS = 16
_ROWS, _COLUMNS = 2, 20
_GREY = (_BLACK + _WHITE) // 2
_LEAST_CONTRAST = 32  # a cell nearer to grey than this is neither black nor white

_FONT = (
    " ###    #    ###  #####    #  #####  ###  #####  ###   ###  ",
    "#   #  ##   #   #    #    ##  #     #   #     # #   # #   # ",
    "#   #   #       #   #    # #  ####  #         # #   # #   # ",
    "#   #   #     ##     #  #  #      # ####     #   ###   #### ",
    "#   #   #    #        # #####     # #   #   #   #   #     # ",
    "#   #   #   #     #   #    #  #   # #   #   #   #   # #   # ",
    " ###   ###  #####  ###     #   ###   ###    #    ###   ###  ",
)
_GLYPH_WIDTH = 6  # with the gap behind it
_DIGITS = 8  # as many as 24 bits need


class Pace:
    """Numbers that fall due at a steady rate, from 0 on.

    Whoever is late by more than one number skips those that were missed, so that the delay does not grow.
    """

    def __init__(self, rate: float) -> None:
        """`rate` is in numbers a second."""
        self._rate = rate
        self._started: float | None = None
        self._next = 0

    async def next(self) -> int:
        """The next number, once it is due."""
        now = asyncio.get_running_loop().time()
        if self._started is None:
            self._started = now
        due = int((now - self._started) * self._rate)
        number = due if due > self._next + 1 else self._next
        await asyncio.sleep(self._started + number / self._rate - now)
        self._next = number + 1
        return number


class TestPicture:
    """A Source of colours that scroll, with the number of each frame below them in digits and in cells."""

    __test__ = False  # it is not a test, whatever pytest makes of the name

    def __init__(self, width: int = 640, height: int = 480, fps: float = 30) -> None:
        """Raises ValueError for a size or a rate that it cannot have."""
        if width not in _WIDTHS or height not in _HEIGHTS:
            raise ValueError(
                f"a test picture of {width}x{height} cannot be made: its width has to be an even number from "
                f"{_WIDTHS[0]} to {_WIDTHS[-1]}, its height one from {_HEIGHTS[0]} to {_HEIGHTS[-1]}"
            )
        if not 1 <= fps <= 120:
            raise ValueError(f"a test picture cannot have {fps:g} frames a second: choose from 1 to 120")
        self.width = width
        self.height = height
        self.fps = fps
        empty = VideoFrame(width, height, "yuv420p")
        stride, chroma_stride, _ = (plane.line_size for plane in empty.planes)
        self._digits = _Digits(width, height, stride)
        self._cells = _Cells(width, height, stride)
        colours_height = height - self._digits.height - self._cells.height
        luma, *chroma = zip(*_colours(width), strict=True)
        self._colours = [
            _Scroll(bytes(luma), colours_height, stride, step=2),
            *(_Scroll(bytes(row[::2]), colours_height // 2, chroma_stride, step=1) for row in chroma),
        ]
        self._colourless = bytes([_NEUTRAL]) * (chroma_stride * (height - colours_height) // 2)

    async def open(self) -> Opened:
        """There is nothing to open."""
        return Opened("pattern", width=self.width, height=self.height, format="yuv420p", rate=self.fps)

    def video(self) -> Feed:
        """A new feed, which begins with frame 0."""
        return _PictureFeed(self)

    def audio(self) -> None:
        """There is none."""

    async def close(self) -> None:
        """There is nothing to close."""

    def draw(self, number: int) -> VideoFrame:
        """The frame of that number, with its time stamp."""
        frame = VideoFrame(self.width, self.height, "yuv420p")
        burnt = self._digits.draw(number) + self._cells.draw(number)
        for plane, colours, below in zip(
            frame.planes, self._colours, (burnt, self._colourless, self._colourless), strict=True
        ):
            plane.update(b"".join((colours.draw(number), below)))
        frame.pts = round(number / self.fps / VIDEO_CLOCK)
        frame.time_base = VIDEO_CLOCK
        return frame


class _PictureFeed:
    """The frames of a test picture as they fall due."""

    kind: Literal["audio", "video"] = "video"

    def __init__(self, picture: TestPicture) -> None:
        self._picture = picture
        self._pace = Pace(picture.fps)

    async def next(self) -> VideoFrame:
        return self._picture.draw(await self._pace.next())


def read_counter(frame: VideoFrame) -> int | None:
    """The number burnt into a frame of a TestPicture; None when it cannot be read, or is not there.

    Numbers begin again after 2^24.
    """
    if frame.width < _WIDTHS[0] or frame.height < _HEIGHTS[0]:
        return None
    bits = 0
    for brightness in _cell_brightness(frame):
        if abs(brightness - _GREY) < _LEAST_CONTRAST:
            return None
        bits = bits << 1 | (brightness > _GREY)
    return _number(bits)


def _number(bits: int) -> int | None:
    """The number in the bits of all cells; one wrong cell is put right, which codecs now and then leave as it was."""
    cells = (1 << place for place in range(_NUMBER_BITS + _CHECK_BITS))
    readings = (reading >> _CHECK_BITS for reading in (bits, *(bits ^ cell for cell in cells)) if _is_whole(reading))
    return next(readings, None)


def _is_whole(bits: int) -> bool:
    return bits == _with_check(bits >> _CHECK_BITS)


def _with_check(number: int) -> int:
    """The number with its CRC behind it, the bits of all cells."""
    return number << _CHECK_BITS | crc_hqx(number.to_bytes(_NUMBER_BITS // 8), 0xFFFF)


def _cell_brightness(frame: VideoFrame) -> Iterator[float]:
    """The luma of each cell, from its middle: codecs blur its edges."""
    plane = frame.planes[0]
    luma = memoryview(plane)
    height = _cell_height(frame.height)
    top = frame.height - _ROWS * height
    edges = _cell_edges(frame.width)
    for cells_top in range(top, frame.height, height):
        lines = [(cells_top + height * quarter // 4) * plane.line_size for quarter in (1, 2, 3)]
        for left, right in pairwise(edges):
            margin = (right - left) // 4
            columns = slice(left + margin, right - margin, max(1, margin))
            points = [point for line in lines for point in luma[line : line + frame.width][columns]]
            yield sum(points) / len(points)


def _cell_height(height: int) -> int:
    return height // 24 * 2


def _cell_edges(width: int) -> list[int]:
    return [column * width // _COLUMNS for column in range(_COLUMNS + 1)]


class _Cells:
    """The counter for programs: rows of luma across the whole picture."""

    def __init__(self, width: int, height: int, stride: int) -> None:
        self.height = _ROWS * _cell_height(height)
        edges = _cell_edges(width)
        widths = [right - left for left, right in pairwise(edges)]
        self._runs = [(bytes([_BLACK]) * run, bytes([_WHITE]) * run) for run in widths]
        self._stride = stride

    def draw(self, number: int) -> bytes:
        """The rows for one number."""
        bits = _with_check(number % (1 << _NUMBER_BITS))
        colours = [int(bit) for bit in f"{bits:0{_NUMBER_BITS + _CHECK_BITS}b}"]
        return self._row(colours[:_COLUMNS]) + self._row(colours[_COLUMNS:])

    def _row(self, colours: list[int]) -> bytes:
        line = b"".join(run[colour] for run, colour in zip(self._runs, colours, strict=True))
        return line.ljust(self._stride, b"\0") * (self.height // _ROWS)


class _Digits:
    """The counter for people: rows of luma across the whole picture."""

    def __init__(self, width: int, height: int, stride: int) -> None:
        self._scale = scale = min(width // 64, height // 36)  # pixels a dot
        self.height = 10 * scale
        self._side = bytes([_BLACK]) * ((width - _DIGITS * _GLYPH_WIDTH * scale) // 2)
        self._stride = stride
        self._above = bytes([_BLACK]) * (stride * (3 * scale // 2))
        self._below = bytes([_BLACK]) * (stride * (3 * scale - 3 * scale // 2))
        self._lines = [[self._dots(line, digit) for digit in range(10)] for line in _FONT]

    def _dots(self, line: str, digit: int) -> bytes:
        dots = line[digit * _GLYPH_WIDTH :][:_GLYPH_WIDTH]
        return b"".join(bytes([_BLACK if dot == " " else _WHITE]) * self._scale for dot in dots)

    def draw(self, number: int) -> bytes:
        """The rows for one number."""
        digits = [int(digit) for digit in f"{number % 10**_DIGITS:0{_DIGITS}}"]
        lines = (b"".join([self._side, *(line[digit] for digit in digits)]) for line in self._lines)
        rows = b"".join(line.ljust(self._stride, bytes([_BLACK])) * self._scale for line in lines)
        return self._above + rows + self._below


class _Scroll:
    """One plane of slanted colours that move up. It is kept twice, one below the other; a frame is a piece of that."""

    def __init__(self, row: bytes, height: int, stride: int, step: int) -> None:
        """`row` is the uppermost line; a frame moves by `step` lines."""
        width = len(row)
        shifts = (line * width // height for line in range(height))
        plane = b"".join((row[shift:] + row[:shift]).ljust(stride, b"\0") for shift in shifts)
        self._planes = memoryview(plane * 2)
        self._size = len(plane)
        self._step = step * stride

    def draw(self, number: int) -> memoryview:
        """The plane as frame `number` shows it."""
        start = number * self._step % self._size
        return self._planes[start : start + self._size]


def _colours(width: int) -> Iterator[tuple[int, int, int]]:
    """Luma and chroma along a line: all hues once, and light and shade many times (ITU-R BT.601, video range)."""
    for x in range(width):
        red, green, blue = colorsys.hsv_to_rgb(int(x * 8 / width) / 8, 0.7, 0.95 - 0.5 * (x * 8 / width % 1))
        yield (
            round(16 + 65.481 * red + 128.553 * green + 24.966 * blue),
            round(128 - 37.797 * red - 74.203 * green + 112 * blue),
            round(128 + 112 * red - 93.786 * green - 18.214 * blue),
        )
