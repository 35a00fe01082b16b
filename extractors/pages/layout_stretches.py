"""Stretches of text on one line, from runs of characters and the boxes of their ends: what a PDF page is read by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shenwen.extractors.pages.layout import Piece

#: A gap of so many ems within a line parts two pieces: columns, cells, labels.
_GAP = 0.9
#: Between the texts of two cells, in ems.
_MARGIN = 0.2
#: Left, bottom, right, top.
Box = tuple[float, float, float, float]
#: Begin and end in the page's text.
Run = tuple[int, int]
#: A run with the boxes of its first and its last character.
Stretch = tuple[int, int, Box, Box]
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


def sideways(runs: Sequence[Run], boxes: Sequence[Box]) -> int:
    """By how many quarters the page must be turned clockwise so that most of its text runs level: 1, 3, or 0 if it does."""
    ends = zip(runs, boxes[::2], boxes[1::2], strict=True)
    rising = [(last[1] - first[1], run) for run, first, last in ends if abs(last[1] - first[1]) > abs(last[0] - first[0])]
    if not rising:
        return 0
    upward = sum(end - begin for rise, (begin, end) in rising if rise > 0)
    downward = sum(end - begin for rise, (begin, end) in rising if rise <= 0)
    written = sum(end - begin for begin, end in runs)
    return 0 if written >= 2 * (upward + downward) else 1 if upward > downward else 3


def gathered(text: str, runs: Sequence[Run], boxes: Sequence[Box]) -> Iterator[Stretch]:
    """Begin, end and boxes of the first and last character of each stretch of runs on one line without a wide gap."""
    begin, end, first, last = 0, 0, NOWHERE, NOWHERE
    for (start, stop), left, right in zip(runs, boxes[::2], boxes[1::2], strict=True):
        if end:
            if text.find("\n", end, start) < 0 and _is_near(last, left):
                end, last = stop, right
                continue
            yield begin, end, first, last
        begin, end, first, last = start, stop, left, right
    if end:
        yield begin, end, first, last


def _is_near(box: Box, following: Box) -> bool:
    """Whether the following character stands beside the other, on its line."""
    _, bottom, right, top = box
    left, low, _, high = following
    em = top - bottom
    return abs(left - right) <= _GAP * em and abs(low + high - bottom - top) <= em


def leave_room(boxes: Sequence[Box], wall: float) -> bool:
    """Whether the characters leave room for the wall: cells have a margin, a rule behind running text has none."""
    left = max((box[2] for box in boxes if (box[0] + box[2]) / 2 <= wall), default=wall)
    right = min((box[0] for box in boxes if (box[0] + box[2]) / 2 > wall), default=wall)
    return right - left > _MARGIN * (boxes[0][3] - boxes[0][1])


def piece_of(text: str, first: Box, last: Box, square: Box | None) -> Piece:
    """The stretch as a piece. `square` is the box of a Chinese character in it, if it has one.

    Such a character is as high as it is wide; what fonts say of their height differs by half.
    """
    x0, y0, x1, y1 = first
    left, bottom, right, top = last
    if left < x0:
        x0 = left
    if right > x1:
        x1 = right
    if square:
        side, low, other, high = square
        size, height = other - side, high - low
        if 0.4 * height < size < 1.3 * height:
            y0 = (low + high - size) / 2
            return Piece(text, x0, y0, x1, y0 + size)
    return Piece(text, x0, y0 if y0 < bottom else bottom, x1, y1 if y1 > top else top)
