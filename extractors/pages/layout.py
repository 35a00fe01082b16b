"""Laid-out pages: pieces of text with their boxes become lines in reading order, one column after the other.

Lengths are in points (1/72 inch), from the page's lower left corner. An em is the height of a line's characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

#: A blank between Chinese characters narrower than this many ems only sets the line to its width.
_JUSTIFIED = 0.9
#: Pieces of one row that are closer than this touch.
_TOUCHING = 0.25
#: Columns of running text have at least so many lines side by side.
_LEAST = 5


#: What no line is broken within: a word, or a character with the brackets and stops that cling to it.
_UNIT = re.compile(r"[（《〈“‘【〔(]*(?:[0-9A-Za-z%.,/:_\-]+|.)[，。、；：？！）》〉”’】〕…,;:)]*")
#: In ems; an address that is longer may be parted.
_SHORTEST_WORD, _LONGEST_WORD = 0.5, 6.0


class Piece(NamedTuple):
    """A stretch of text on one base line without a wide gap in it."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def em(self) -> float:
        return self.y1 - self.y0


class Line(NamedTuple):
    """One line of a column. `page` counts from 1; `column` tells lines apart that stand side by side; `gaps` are wide ones.

    A table stands among the lines as one without text, `table` being its index.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    page: int
    column: int = 0
    gaps: int = 0
    table: int | None = None

    @property
    def em(self) -> float:
        return self.y1 - self.y0


def lines_of(pieces: Sequence[Piece], page: int) -> list[Line]:
    """The page's lines from top to bottom; where the page is set in two columns, the left one first."""
    rows = rows_of(pieces)
    gutter = _gutter(rows)
    if gutter is None:
        return [_line(row, page, 0) for row in rows]
    return list(_by_columns(rows, gutter, page))


def rows_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces on one height together, each row from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.y0 - piece.y1, piece.x0)):
        if rows and _same_row(rows[-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        if len(row) > 1:
            row.sort(key=lambda piece: piece.x0)
    return rows


def _same_row(row: Sequence[Piece], piece: Piece) -> bool:
    _, x0, y0, x1, y1 = piece
    _, _, bottom, _, top = row[0]
    height = min(top - bottom, y1 - y0)
    if abs(bottom + top - y0 - y1) > height:
        return False
    return all(x0 >= other.x1 - height or x1 <= other.x0 + height for other in row)


def joined(row: Sequence[Piece]) -> tuple[str, int]:
    """The row's text and the number of its wide gaps: blanks stand where a reader sees them."""
    if len(row) == 1:
        return row[0].text, 0
    parts, wide = [row[0].text], 0
    for left, right in pairwise(row):
        gap, em = right.x0 - left.x1, max(min(left.em, right.em), 1.0)
        wide += gap > 2 * em
        if gap > _JUSTIFIED * em or (gap > _TOUCHING * em and (left.text[-1:].isascii() and right.text[:1].isascii())):
            parts.append(" ")
        parts.append(right.text)
    text = "".join(parts)
    words = text.split(" ")
    return ("".join(words) if len(words) > 1 and all(len(word) == 1 for word in words) else text), wide


def fits(text: str, room: float) -> bool:
    """Whether the text could begin at the end of a line with so much room, in ems."""
    if room < _SHORTEST_WORD or room >= _LONGEST_WORD:
        return room >= _LONGEST_WORD
    unit = _UNIT.match(text)
    return not unit or sum(0.5 if char.isascii() else 1.0 for char in unit[0]) <= room


def _line(row: Sequence[Piece], page: int, column: int) -> Line:
    if len(row) == 1:
        return Line(*row[0], page, column)
    text, wide = joined(row)
    tallest = max(row, key=lambda piece: len(piece.text))
    return Line(text, row[0].x0, tallest.y0, max(piece.x1 for piece in row), tallest.y1, page, column, wide)


def _gutter(rows: Sequence[Sequence[Piece]]) -> float | None:
    """Where the page is divided into two columns of running text, or None. Tables have short cells and are none."""
    pieces = [piece for row in rows for piece in row]
    if sum(1 for row in rows if len(row) > 1) < _LEAST:
        return None
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    width = right - left
    steps = [left + width * step / 100 for step in range(38, 63)]
    crossing = [sum(1 for piece in pieces if piece.x0 < x < piece.x1) for x in steps]
    fewest = min(crossing)
    best = [x for x, n in zip(steps, crossing, strict=True) if n == fewest]
    gutter = best[len(best) // 2]
    before = [piece for piece in pieces if piece.x1 <= gutter]
    after = [piece for piece in pieces if piece.x0 >= gutter]
    if fewest > 0.3 * len(rows) or min(len(before), len(after)) < _LEAST:
        return None
    return gutter if _is_prose(before, left, gutter) and _is_prose(after, gutter, right) else None


def _is_prose(pieces: Sequence[Piece], left: float, right: float) -> bool:
    """Lines of running text mostly fill their column, and columns start at few places."""
    return median(piece.x1 - piece.x0 for piece in pieces) >= 0.7 * (right - left)


def _by_columns(rows: Sequence[Sequence[Piece]], gutter: float, page: int) -> Iterator[Line]:
    """Between lines across the page: the left column, then the right one."""
    left: list[Line] = []
    right: list[Line] = []
    for row in rows:
        if any(piece.x0 < gutter - 2 and piece.x1 > gutter + 2 for piece in row):
            yield from left
            yield from right
            left, right = [], []
            yield _line(row, page, 0)
            continue
        for side, column in ((left, 1), (right, 2)):
            if own := [piece for piece in row if (piece.x0 + piece.x1 < 2 * gutter) == (column == 1)]:
                side.append(_line(own, page, column))
    yield from left
    yield from right
