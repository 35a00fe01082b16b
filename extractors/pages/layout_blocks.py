"""From pieces of text on pages to the blocks of a document: the way that PDF, OFD and recognised scans share."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from shenwen.corpus.model import Anchor
from shenwen.extractors.content import Builder
from shenwen.extractors.pages.layout import Line, Piece, lines_of
from shenwen.extractors.pages.layout_furniture import is_page_mark, without_furniture, without_overlap
from shenwen.extractors.pages.layout_paragraphs import Paragraph, paragraphs_of
from shenwen.extractors.pages.layout_tables import Grid, Table, continued, table_of

#: No page reaches farther, in points.
_FAR = 1e5


def page_lines(
    pieces: Sequence[Piece], grids: Sequence[Grid], number: int, size: tuple[float, float], tables: list[Table]
) -> list[Line]:
    """Lines of page `number` (from 1) of this width and height, with its ruled tables, which are added to `tables`."""
    written = [piece for piece in _tamed(pieces) if not is_page_mark(piece, *size)]
    found = [table for grid in grids if (table := table_of(grid, written, number))]
    for table in found:
        written = [piece for piece in written if not table.holds(piece)]
    lines = lines_of(written, number)
    for table in found:
        at = next((i for i, line in enumerate(lines) if line.y1 <= table.y1), len(lines))
        lines.insert(at, Line("", table.x0, table.y0, table.x1, table.y1, number, table=len(tables)))
        tables.append(table)
    return lines


def _tamed(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces at places that a page can have: files may say anything."""
    sides = list(zip(*pieces, strict=True))[1:]
    if all(min(side) > -_FAR and max(side) < _FAR and not isnan(sum(side)) for side in sides):
        return pieces
    return [Piece(piece.text, *map(_tame, piece[1:])) for piece in pieces]


def _tame(value: float) -> float:
    return 0.0 if isnan(value) else min(max(value, -_FAR), _FAR)


def write_pages(pages: Sequence[Sequence[Line]], heights: Sequence[float], tables: Sequence[Table], builder: Builder) -> None:
    """Blocks of all pages in reading order, without furniture. `heights` are those of the pages."""
    _write(paragraphs_of(without_overlap(without_furniture(pages, heights))), tables, builder)


def _write(paragraphs: Sequence[Paragraph], tables: Sequence[Table], builder: Builder) -> None:
    """Blocks in reading order; a table that goes on after a page's end is one table."""
    count, waiting = 0, None
    for paragraph in paragraphs:
        table = None if paragraph.table is None else tables[paragraph.table]
        if waiting and table and (whole := continued(waiting, table)):
            waiting = whole
            continue
        if waiting:
            count += 1
            _write_table(waiting, count, builder)
        waiting = table
        if not table:
            builder.add(paragraph.text, anchor=Anchor(page=paragraph.page))
    if waiting:
        _write_table(waiting, count + 1, builder)


def _write_table(table: Table, number: int, builder: Builder) -> None:
    for row in table.rows:
        builder.add_row(row.cells, Anchor(page=row.page), number)
