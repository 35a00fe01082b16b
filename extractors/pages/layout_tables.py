"""Ruled tables of laid-out pages: rules make a grid, cells that no rule divides are one, pieces of text fall into cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import NamedTuple

from shenwen.extractors.pages.layout import Piece, fits, joined, rows_of

#: Rules nearer than this (points) are one; ends of rules may miss the crossing rule by as much.
_SNAP = 3.0
_SHORTEST, _FAR = 8.0, 1e5
#: A frame with a longer text in one cell lays out prose; a page with more rules than this is a drawing.
_LONGEST_CELL, MOST_RULES = 1500, 3000
#: In ems: a line of a cell that ends so far from the wall, beyond what would not have fitted, was broken on purpose.
_BROKEN = 0.8
#: Between text and wall, in points.
_PADDING = 4.0
#: Rules that more of the text runs across are no walls of cells.
_ACROSS = 0.1


class Rule(NamedTuple):
    """A straight rule: upright if `x0 == x1`, level if `y0 == y1`."""

    x0: float
    y0: float
    x1: float
    y1: float


class Row(NamedTuple):
    page: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: its box, the places of its columns, its rows from the top with their pages (from 1)."""

    x0: float
    y0: float
    x1: float
    y1: float
    columns: tuple[float, ...]
    rows: tuple[Row, ...]

    def holds(self, piece: Piece) -> bool:
        _, x0, y0, x1, y1 = piece
        return self.x0 - 1 <= (x0 + x1) / 2 <= self.x1 + 1 and self.y0 - 1 <= (y0 + y1) / 2 <= self.y1 + 1


def rule_of(x0: float, y0: float, x1: float, y1: float) -> Rule | None:
    """The rule that a thin box is, or None for a box with an inside, for a dot and for what lies off any page."""
    width, height = abs(x1 - x0), abs(y1 - y0)
    if width > _SNAP < height or not (-_FAR < x0 < _FAR and -_FAR < y0 < _FAR and -_FAR < x1 < _FAR and -_FAR < y1 < _FAR):
        return None
    if height < width:
        y = (y0 + y1) / 2
        return Rule(x0, y, x1, y) if x0 < x1 else Rule(x1, y, x0, y)
    if width < height:
        x = (x0 + x1) / 2
        return Rule(x, y0, x, y1) if y0 < y1 else Rule(x, y1, x, y0)
    return None


class Grid:
    """Rules that cross one another, with the places between them: columns from the left, rows from the top."""

    def __init__(self, level: Sequence[Rule], upright: Sequence[Rule]) -> None:
        left, right = min(rule.x0 for rule in level), max(rule.x1 for rule in level)
        bottom, top = min(rule.y0 for rule in upright), max(rule.y1 for rule in upright)
        self.xs = _places([left, right, *(rule.x0 for rule in upright)])
        self.ys = _places([bottom, top, *(rule.y0 for rule in level)])[::-1]
        self._depths = [-y for y in self.ys]
        across, down = _middles(self.xs), _middles(self._depths)
        #: Whether a rule stands at each place of `xs` beside each row, and lies at each place of `ys` below each column.
        self._walls = [_reached(down, [(-rule.y1, -rule.y0) for rule in upright if abs(rule.x0 - x) <= _SNAP]) for x in self.xs]
        self._floors = [_reached(across, [(rule.x0, rule.x1) for rule in level if abs(rule.y0 - y) <= _SNAP]) for y in self.ys]

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of a point, None outside of the grid."""
        row, column = _between(self._depths, -y), _between(self.xs, x)
        return None if row is None or column is None else (row, column)

    def walls_within(self, x0: float, x1: float, y: float) -> list[float]:
        """Places of upright rules that a text from `x0` to `x1` on the height `y` would run through."""
        first, last = bisect_right(self.xs, x0 + _SNAP), bisect_left(self.xs, x1 - _SNAP)
        row = _between(self._depths, -y) if first < last else None
        if row is None:
            return []
        return [self.xs[index] for index in range(first, last) if self._walls[index][row]]

    def cells(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For every place (row, column) of the grid the place at which its cell begins."""
        begins: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(len(self.ys) - 1):
            for column in range(len(self.xs) - 1):
                if row and not self._floors[row][column]:
                    begins[row, column] = begins[row - 1, column]
                elif column and not self._walls[column][row]:
                    begins[row, column] = begins[row, column - 1]
                else:
                    begins[row, column] = (row, column)
        return begins


def may_be_table(pieces: Sequence[Piece]) -> bool:
    """Whether text stands side by side on two heights at least, which cells do; a blank within a piece may be a narrow gap."""
    blanks = sum([" " in piece[0] for piece in pieces])
    if blanks >= 2:
        return True
    heights = sorted([piece[2] + piece[4] for piece in pieces])
    near = 2 * _SNAP
    return blanks + sum([b - a < near for a, b in pairwise(heights)]) >= 2


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """Grids of at least two columns and two rows, from the top of the page."""
    if len(rules) > MOST_RULES:
        return []
    level = _merged([rule for rule in rules if rule.y0 == rule.y1], upright=False)
    upright = _merged([rule for rule in rules if rule.y0 != rule.y1], upright=True)
    grids = [Grid(own_level, own_upright) for own_level, own_upright in _crossing(level, upright)]
    grids = [grid for grid in grids if len(grid.xs) > 2 and len(grid.ys) > 2]
    return sorted(grids, key=lambda grid: -grid.ys[0])


def table_of(grid: Grid, pieces: Sequence[Piece], page: int) -> Table | None:
    """The grid's table with the pieces that lie in it, or None where the rules only frame prose."""
    begins = grid.cells()
    inside: dict[tuple[int, int], list[Piece]] = defaultdict(list)
    across = 0
    for piece in pieces:
        _, x0, y0, x1, y1 = piece
        middle = (y0 + y1) / 2
        place = grid.place((x0 + x1) / 2, middle)
        if place:
            inside[begins[place]].append(piece)
            across += bool(grid.walls_within(x0, x1, middle))
    if across > _ACROSS * sum(map(len, inside.values())):
        return None
    rights = {start: grid.xs[column + 1] for (_, column), start in begins.items()}
    texts = {start: _cell_text(own, rights[start]) for start, own in inside.items()}
    rows = tuple(row for row in _rows(grid, begins, texts) if any(row))
    if not _holds_entries(rows):
        return None
    return Table(grid.xs[0], grid.ys[-1], grid.xs[-1], grid.ys[0], tuple(grid.xs), tuple(Row(page, row) for row in rows))


def continued(before: Table, table: Table) -> Table | None:
    """The two as one if `table`, the next thing after `before`, goes on with it on the next page; else None.

    A head that is repeated goes, all its rows; a row that was parted by the page's end becomes one again.
    """
    same = len(before.columns) == len(table.columns) and all(
        abs((a - before.x0) - (b - table.x0)) < 2 * _SNAP for a, b in zip(before.columns, table.columns, strict=True)
    )
    if not same or table.rows[0].page != before.rows[-1].page + 1:
        return None
    repeated = takewhile(lambda pair: pair[0].cells == pair[1].cells, zip(before.rows, table.rows, strict=False))
    rows = list(table.rows[sum(1 for _ in repeated) :])
    last = before.rows[-1]
    if rows and _is_parted(last.cells, rows[0].cells):
        whole = Row(last.page, tuple(a + b for a, b in zip(last.cells, rows[0].cells, strict=True)))
        return replace(table, rows=(*before.rows[:-1], whole, *rows[1:]))
    return replace(table, rows=(*before.rows, *rows))


def _is_parted(above: Sequence[str], below: Sequence[str]) -> bool:
    """The row below only carries on cells of the row above that stopped in mid-sentence."""
    if len(above) != len(below) or below[0] or not any(below):
        return False
    return all(not rest or (start and start[-1] not in "。；！？") for start, rest in zip(above, below, strict=True))


def _rows(
    grid: Grid, begins: dict[tuple[int, int], tuple[int, int]], texts: dict[tuple[int, int], str]
) -> Iterator[tuple[str, ...]]:
    """Cells by row: one that reaches down from above is empty here, one that reaches over several columns stands once."""
    for row in range(len(grid.ys) - 1):
        starts = dict.fromkeys(begins[row, column] for column in range(len(grid.xs) - 1))
        yield tuple(texts.get(start, "") if start[0] == row else "" for start in starts)


def _holds_entries(rows: Sequence[Sequence[str]]) -> bool:
    several = sum(1 for row in rows if sum(1 for cell in row if cell) >= 2)
    longest = max((len(cell) for row in rows for cell in row), default=0)
    return several >= 2 and several * 3 >= len(rows) and longest <= _LONGEST_CELL


def _cell_text(pieces: Sequence[Piece], wall: float) -> str:
    """The cell's lines: joined where a line is full, with a blank where it was broken on purpose."""
    if len(pieces) == 1:
        return pieces[0].text.strip()
    parts: list[str] = []
    rows = rows_of(pieces)
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        text, end = joined(row)[0].strip(), row[-1]
        parts.append(text)
        ascii_both = following is not None and text[-1:].isalpha() and text[-1:].isascii() and following[0].text[:1].isascii()
        if following is not None and (
            fits(following[0].text, (wall - end.x1 - _PADDING) / max(end.em, 1.0) - _BROKEN) or ascii_both
        ):
            parts.append(" ")
    return "".join(parts)


def _places(values: Sequence[float]) -> list[float]:
    """Ascending places, those within `_SNAP` as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _SNAP:
            places.append(value)
    return places


def _middles(places: Sequence[float]) -> list[float]:
    return [(a + b) / 2 for a, b in pairwise(places)]


def _reached(points: Sequence[float], stretches: Sequence[tuple[float, float]]) -> list[bool]:
    """For each of the ascending points whether a stretch reaches over it."""
    reached = [False] * len(points)
    for start, end in stretches:
        first, last = bisect_left(points, start), bisect_right(points, end)
        reached[first:last] = [True] * (last - first)
    return reached


def _between(places: Sequence[float], value: float) -> int | None:
    """The number of the space between ascending places in which the value lies."""
    if not places[0] <= value <= places[-1]:
        return None
    return max(bisect_left(places, value) - 1, 0)


def _merged(rules: Sequence[Rule], upright: bool) -> list[Rule]:
    """Rules on one line that touch become one; short ones go."""
    found: list[Rule] = []
    across, along = (0, 1) if upright else (1, 0)
    lines: dict[float, list[Rule]] = defaultdict(list)
    values = sorted({rule[across] for rule in rules})
    places = _places(values)
    own_place = {value: places[bisect_right(places, value) - 1] for value in values}
    for rule in rules:
        lines[own_place[rule[across]]].append(rule)
    for place, own in lines.items():
        start, end = None, 0.0
        for begin, stop in sorted([(rule[along], rule[along + 2]) for rule in own]):
            if start is None or begin > end + _SNAP:
                if start is not None:
                    found.append(_rule(place, start, end, upright))
                start, end = begin, stop
            elif stop > end:
                end = stop
        if start is not None:
            found.append(_rule(place, start, end, upright))
    return [rule for rule in found if rule.x1 - rule.x0 + rule.y1 - rule.y0 >= _SHORTEST]


def _rule(place: float, start: float, end: float, upright: bool) -> Rule:
    return Rule(place, start, place, end) if upright else Rule(start, place, end, place)


def _crossing(level: Sequence[Rule], upright: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that hang together by crossings."""
    left_level, left_upright = list(level), list(upright)
    while left_upright:
        own_upright, own_level = [left_upright.pop()], []
        grown = True
        while grown:
            new_level = [rule for rule in left_level if any(_cross(rule, other) for other in own_upright)]
            own_level += new_level
            left_level = _others(left_level, new_level)
            new_upright = [rule for rule in left_upright if any(_cross(other, rule) for other in new_level)]
            own_upright += new_upright
            left_upright = _others(left_upright, new_upright)
            grown = bool(new_level or new_upright)
        if len(own_level) >= 2:
            yield own_level, own_upright


def _others(rules: Sequence[Rule], taken: Sequence[Rule]) -> list[Rule]:
    gone = set(taken)
    return [rule for rule in rules if rule not in gone]


def _cross(level: Rule, upright: Rule) -> bool:
    return level.x0 - _SNAP <= upright.x0 <= level.x1 + _SNAP and upright.y0 - _SNAP <= level.y0 <= upright.y1 + _SNAP
