"""What the readers of docx, doc and rtf make of a file before it becomes blocks: a tree of paragraphs and tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec import Struct

#: Tables in tables: what is deeper counts as this deep.
DEEPEST = 30


class Paragraph(Struct, gc=False):
    """One paragraph: `text` may hold line breaks, `order` counts those of a docx's body from 1, `boxes` are its text boxes.

    `number` is its automatic number, `level` its rank from 1 if it is a heading.
    """

    text: str
    number: str = ""
    level: int | None = None
    order: int | None = None
    boxes: list[Item] = []


@dataclass(slots=True)
class Table:
    """Rows of cells; a cell is a list of paragraphs and tables, empty where a merged cell goes on."""

    rows: list[list[list[Item]]]


@dataclass(slots=True)
class Chunk:
    """A document of another format put in whole (`w:altChunk`), by the id of its relationship."""

    relationship: str


Item = Paragraph | Table | Chunk


@dataclass(frozen=True, slots=True)
class Fragment:
    """Commented words: those of `paragraph.text` from `start` to `end`."""

    paragraph: Paragraph
    start: int
    end: int


@dataclass(slots=True)
class Nest:
    """Puts paragraphs into the cells of the tables they stand in; `_open` has the rows and the open cell of each depth."""

    _body: list[Item] = field(default_factory=list)
    _open: list[tuple[list[list[list[Item]]], list[list[Item]], list[Item]]] = field(default_factory=list)

    def put(self, paragraph: Paragraph, depth: int) -> None:
        self._settle(depth)
        (self._open[-1][2] if self._open else self._body).append(paragraph)

    def end_cell(self, depth: int) -> None:
        self._settle(max(depth, 1))
        _, row, cell = self._open[-1]
        row.append(list(cell))
        cell.clear()

    def end_row(self, depth: int) -> None:
        self._settle(max(depth, 1))
        rows, row, cell = self._open[-1]
        if cell:
            row.append(list(cell))
            cell.clear()
        rows.append(list(row))
        row.clear()

    def items(self) -> list[Item]:
        self._settle(0)
        return self._body

    def _settle(self, depth: int) -> None:
        """Open or close tables until `depth` are open."""
        while len(self._open) < min(depth, DEEPEST):
            self._open.append(([], [], []))
        while len(self._open) > depth:
            rows, row, cell = self._open.pop()
            rest = [*row, cell] if cell else row
            if rest:
                rows.append(rest)
            (self._open[-1][2] if self._open else self._body).append(Table(rows))
