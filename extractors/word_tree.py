"""What the readers of docx, doc and rtf make of a file before it becomes blocks: a tree of paragraphs and tables."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Paragraph:
    """One paragraph: `text` may hold line breaks, `order` counts those of a docx's body from 1, `boxes` are its text boxes.

    `number` is its automatic number, `level` its rank from 1 if it is a heading.
    """

    text: str
    number: str = ""
    level: int | None = None
    order: int | None = None
    boxes: list[Item] = field(default_factory=list)


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
